"""How well names are found: by the model, by the rules, and by both, on documents that neither was made on.

    python bench/names/evaluate.py [--documents 300] [--news FILE] [--model FOLDER]

Names in lines come from the half `measure` of `bench/synth`. Beside them stand the names of persons and
parties in the tables: by the rules, by the model, and by the rules with the model named in the settings.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import spacy
from rightness import same_name
from spacy.language import Language
from synth import build

from names.examples import Example, made, news
from names.train import TARGET
from pipeline import flow
from pipeline.extract.nlp import OWN_MODEL
from pipeline.model import Document, Finding, Page, Party, Person, Source
from pipeline.settings import Extraction, Settings


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--documents", type=int, default=300)
    parser.add_argument("--news", type=Path)
    parser.add_argument("--model", type=Path, default=TARGET)
    options = parser.parse_args(arguments)
    nlp = spacy.load(options.model, exclude=["vocab"])
    told("made lines", by_label(nlp, made(options.documents, "measure", seed=78)))
    if options.news:
        told("news", by_label(nlp, news(options.news)))
    told("tables", by_table(nlp, options.documents))
    return 0


def by_label(nlp: Language, examples: Sequence[Example]) -> dict[str, Counter[str]]:
    """Right, made-up and missed names of each label; a name is right whose ends are."""
    found: dict[str, Counter[str]] = {}
    for example, doc in zip(examples, nlp.pipe(e.text for e in examples), strict=True):
        spans = (doc.char_span(a, b, label, alignment_mode="expand") for a, b, label in example.names)
        gold = {(span.start, span.end, span.label_) for span in spans if span}
        seen = {(ent.start, ent.end, ent.label_) for ent in doc.ents if ent.label_ != "MISC"}
        for what, names in (("right", gold & seen), ("made up", seen - gold), ("missed", gold - seen)):
            for _, _, label in names:
                found.setdefault(label, Counter())[what] += 1
    return dict(sorted(found.items()))


def by_table(nlp: Language, documents: int) -> dict[str, Counter[str]]:
    """Names of the tables of persons and parties, each way."""
    found: dict[str, Counter[str]] = {}
    for made_one in build.corpus(documents, "measure", 79):
        pages = tuple(Page(n, text) for n, text in enumerate(made_one.pages, 1))
        document = Document(Source(("x.txt",), "0" * 64, "text/plain", 0), pages)
        result = flow.understand(document, Settings())
        both = flow.understand(document, Settings(extraction=Extraction(spacy_model=OWN_MODEL)))
        assert result.reading is not None
        seen = list(names_in(nlp, result.reading.text))
        for what, of, label in (("persons", Person, "PER"), ("parties", Party, "ORG")):
            gold = [row["name"] for row in made_one.gold[what]]
            ways = {
                "rules": named(result.findings, of),
                "model": distinct(name for name, told_as in seen if told_as == label),
                "rules and model": named(both.findings, of),
            }
            for way, names in ways.items():
                tally = found.setdefault(f"{what}, {way}", Counter())
                right = sum(any(same_name(name, one) for one in gold) for name in names)
                tally["right"] += right
                tally["made up"] += len(names) - right
                tally["missed"] += sum(not any(same_name(name, one) for name in names) for one in gold)
    return found


def names_in(nlp: Language, text: str) -> Iterable[tuple[str, str]]:
    lines = [line for line in text.replace("\f", "\n").replace("\t", "  ").split("\n") if line.strip()]
    for doc in nlp.pipe(lines):
        yield from ((ent.text, ent.label_) for ent in doc.ents)


def named(findings: Iterable[Finding], of: type[Person] | type[Party]) -> list[str]:
    return distinct(f.value.name for f in findings if isinstance(f.value, of))


def distinct(names: Iterable[str]) -> list[str]:
    kept: list[str] = []
    for name in names:
        if not any(same_name(name, other) for other in kept):
            kept.append(name)
    return kept


def told(title: str, tallies: dict[str, Counter[str]]) -> None:
    for name, tally in tallies.items():
        precision = tally["right"] / max(1, tally["right"] + tally["made up"])
        recall = tally["right"] / max(1, tally["right"] + tally["missed"])
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        print(
            f"{title}: {name:26s} precision {precision:.3f} recall {recall:.3f} F1 {f1:.3f} ({dict(tally)})"
        )


if __name__ == "__main__":
    sys.exit(main())
