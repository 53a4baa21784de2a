"""What each part of the pipeline is worth: facts with it and without it, on documents no rule was written on.

    python bench/ablate.py CORPUS [--write]

CORPUS comes from `bench/synth/build.py --half measure --as text pdf scan engtext`. Each file is read once and
understood in every way. `scan` beside `engtext` says what reading the picture again is worth: `engtext` is
what an English OCR had read of the same scan, where nothing is left but to repair it.
"""

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))
from corpora import documents_of
from rightness import KEY_FIELDS, facts_of, is_fact, right, right_field

from pipeline.clean import clean_document
from pipeline.extract import extract
from pipeline.extract.nlp import OWN_MODEL
from pipeline.model import Cleaned, Document, Finding, Record
from pipeline.reading import Reading
from pipeline.resolve import resolve
from pipeline.settings import Settings
from pipeline.tables import FINDING_TABLES

TARGET = Path(__file__).resolve().parents[1] / "docs/extraction.json"
Facts = tuple[tuple[Finding, ...], Record]


@dataclass
class Tally:
    """Counts over the documents of one cell of the table."""

    documents: int = 0
    all_right: int = 0
    rows: int = 0
    right_rows: int = 0
    facts: int = 0
    found_facts: int = 0

    def add(self, found: Facts, gold: dict[str, Any]) -> None:
        findings, record = found
        self.documents += 1
        self.all_right += all(right_field(field, record, gold) for field in KEY_FIELDS)
        for kind in FINDING_TABLES:
            own = [f for f in findings if f.kind == kind]
            facts = facts_of(kind, gold)
            self.rows += len(own)
            self.right_rows += sum(right(f, gold) for f in own)
            self.facts += len(facts)
            self.found_facts += sum(any(is_fact(f, fact) for f in own) for fact in facts)

    def figures(self) -> dict[str, float]:
        return {
            "documents": self.documents,
            "key facts": self.all_right / max(1, self.documents),
            "precision": self.right_rows / max(1, self.rows),
            "recall": self.found_facts / max(1, self.facts),
        }


def understood(document: Document, spacy_model: str = "") -> Facts:
    settings = replace(Settings().extraction, spacy_model=spacy_model)
    return resolve(extract(Reading(clean_document(document.pages)), settings))


def unrepaired(document: Document) -> Facts:
    pages = tuple(Cleaned(page, page.text) for page in document.pages)
    return resolve(extract(Reading(pages), Settings().extraction))


WAYS: dict[str, Callable[[Document], Facts]] = {
    "rules": understood,
    "rules and model": lambda document: understood(document, OWN_MODEL),
    "without the cleaner": unrepaired,
}


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--write", action="store_true", help="keep the figures in docs/extraction.json")
    options = parser.parse_args(arguments)
    tallies: dict[str, dict[str, Tally]] = defaultdict(lambda: defaultdict(Tally))
    for name, document, gold in documents_of(options.corpus):
        variant = Path(name).stem.partition("--")[2]
        for way, do in WAYS.items():
            found = do(document)
            tallies[f"variant {variant}"][way].add(found, gold)
            if way == "rules":
                tallies[f"kind {gold['kind']}"][way].add(found, gold)
                tallies[f"type {gold['document_type']}"][way].add(found, gold)
    figures = {
        part: {way: tally.figures() for way, tally in ways.items()} for part, ways in sorted(tallies.items())
    }
    for part, ways in figures.items():
        for way, of in ways.items():
            print(f"{part:22s} {way:20s} " + " ".join(f"{key} {value:.3f}" for key, value in of.items()))
    if options.write:
        TARGET.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
