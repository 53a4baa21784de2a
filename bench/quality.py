"""Fit and measure the quality estimate of `pipeline/audit` on documents whose text is known.

    python bench/quality.py gather CORPUS ... [--cache DIR]   read the corpora into bench/data/quality_*.csv
    python bench/quality.py fit [--write]                     from these into pipeline/audit/data/quality.json
    python bench/quality.py measure CORPUS ... [--cache DIR]  how the estimate of each page and document holds

A CORPUS holds files/ID--LEVEL.EXT and truth/ID.json, as `bench/scans/build.py` writes them. The two tables
hold figures alone, no text: `quality_words.csv` how many words of a kind and confidence were wrong, and
`quality_pages.csv` the signs and the true share of wrong characters of each page. `fit` needs nothing else.
Measured must be what was not fitted on. Pages are kept (in build/quality) until the code that reads them
changes, so a run that was broken off goes on where it was.
"""

import argparse
import csv
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path

import numpy as np
from characters import wrong_share, wrong_words
from compare import parts
from quality_fit import Counts, Row, attainable, calibration_error, fitted_to, spearman, usual, word_weights
from reading import LARGEST, files, level_of, truth_of

from pipeline import flow, versions
from pipeline.audit.model import Model, fitted, from_json
from pipeline.audit.quality import estimate
from pipeline.audit.signs import NAMES, SOURCES, is_swedish, page_surety, seen, signs, source
from pipeline.audit.words import word_wrong
from pipeline.clean import clean_document
from pipeline.model import Cleaned
from pipeline.privacy import mask_text
from pipeline.read import discover
from pipeline.settings import Settings

ROOT = Path(__file__).parent.parent
DATA = Path(__file__).parent / "data"
WORDS, PAGES = DATA / "quality_words.csv", DATA / "quality_pages.csv"
TARGET = ROOT / "pipeline" / "audit" / "data" / "quality.json"
CACHE = ROOT / "build" / "quality"
READERS = ("read", "recognize", "lexicon")


@dataclass(frozen=True)
class Document:
    """One file: its cleaned pages, the true text of each, and what stamps may add."""

    name: str
    pages: tuple[Cleaned, ...]
    truth: tuple[str, ...]
    extra: tuple[str, ...]


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    for name in ("gather", "measure"):
        command = commands.add_parser(name)
        command.add_argument("corpora", type=Path, nargs="+")
        command.add_argument("--cache", type=Path, default=CACHE)
        command.add_argument("--processes", type=int, default=2)
    commands.add_parser("fit").add_argument("--write", action="store_true")
    options = parser.parse_args(arguments)
    if options.command == "fit":
        fit(options.write)
    else:
        documents = read_all(options.corpora, options.cache, options.processes)
        gather(documents) if options.command == "gather" else measure(documents)
    return 0


def read_all(corpora: Iterable[Path], cache: Path, processes: int) -> list[Document]:
    jobs = [(corpus, path) for corpus in corpora for path in files(corpus)]
    place = cache / readers()
    with ProcessPoolExecutor(processes) as pool:
        return list(pool.map(read, *zip(*jobs, strict=True), [place] * len(jobs)))


def readers() -> str:
    """A name for the code and data that pages are read with."""
    paths = sorted(
        path
        for folder in READERS
        for path in (ROOT / "pipeline" / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    )
    return sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()[:16]


def read(corpus: Path, path: Path, cache: Path) -> Document:
    (file,), _ = discover([path], LARGEST)
    truth = truth_of(corpus, path)
    pages = clean_document(flow.document(file, replace(Settings(), cache=cache)).pages)
    masked = tuple(map(mask_text, truth["pages"]))  # as every reading is
    return Document(path.stem, pages, masked, tuple(truth.get("extra", ())))


def gather(documents: Sequence[Document]) -> None:
    """Write the two tables; the signs depend on the words, so that these are fitted first."""
    counts = word_counts(documents)
    write_rows(WORDS, [*KEYS, "words", "wrong"], ([*key, *value] for key, value in counts.items()))
    weights = word_weights(counts)
    model = replace(fitted(), words=weights, usual=usual(counts, weights))
    rows = [row for document in documents for row in page_rows(document, model)]
    write_rows(PAGES, ["document", "page", "source", "words", "letters", "wrong", *NAMES], map(listed, rows))
    print(f"{len(documents)} files, {len(rows)} pages, {sum(n for n, _ in counts.values())} words")


def listed(row: Row) -> list[object]:
    rounded = [round(value, 5) for value in (row.wrong, *(row.signs[name] for name in NAMES))]
    return [row.document, row.page, row.source, row.words, row.letters, *rounded]


def write_rows(path: Path, head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    path.parent.mkdir(exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([head, *sorted(rows, key=str)])


def read_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


KEYS = ("kind", "confidence", "page", "disputed")


def word_counts(documents: Iterable[Document]) -> Counts:
    """For each kind of word and evidence, roundly, how many words there were and how many were wrong."""
    found: dict[tuple[str, float, float, bool], list[int]] = defaultdict(lambda: [0, 0])
    for document in documents:
        for of, confidence, page, disputed, wrong in judged(document):
            count = found[of, round(confidence, 2), round(page * 4) / 4, disputed]
            count[0] += 1
            count[1] += wrong
    return {key: (value[0], value[1]) for key, value in sorted(found.items())}


def judged(document: Document) -> Iterator[tuple[str, float, float, bool, bool]]:
    """Each word that an engine read: its kind, confidence, its page's surety, whether disputed and wrong."""
    text = "\n".join(page.text for page in document.pages)
    wrong = wrong_words("\n".join(document.truth), text, document.extra)
    for page in document.pages:
        swedish, words = is_swedish(page.text), [word for word in seen(page) if word.size]
        surety = page_surety(words)
        for word in words:
            of = word.kind_where(swedish)
            if of is not None and word.confidence is not None:
                pieces = Counter(parts(word.text)) & wrong
                wrong -= pieces
                yield of, word.confidence, surety, word.disputed, bool(pieces)


def page_rows(document: Document, model: Model) -> Iterator[Row]:
    """The pages, where the file has as many as the truth; else the document as one page would mislead."""
    if len(document.pages) != len(document.truth):
        return
    for number, (page, truth) in enumerate(zip(document.pages, document.truth, strict=True), 1):
        count = len(page.page.words)
        if count:
            wrong = wrong_share(truth, page.text, document.extra)
            letters = sum(map(len, parts(truth)))
            yield Row(document.name, number, source(page), count, letters, wrong, signs(page, model))


def fit(write: bool) -> None:
    counts: Counts = {
        (row["kind"], float(row["confidence"]), float(row["page"]), row["disputed"] == "True"): (
            int(row["words"]),
            int(row["wrong"]),
        )
        for row in read_rows(WORDS)
    }
    rows = [
        Row(
            row["document"],
            int(row["page"]),
            row["source"],
            int(row["words"]),
            int(row["letters"]),
            float(row["wrong"]),
            {name: float(row[name]) for name in NAMES},
        )
        for row in read_rows(PAGES)
    ]
    content = fitted_to(counts, rows)
    model = from_json(content)
    print({name: round(weight, 2) for name, weight in model.words.items()})
    for of in SOURCES:
        print(of, {k: round(v, 4) for k, v in content["weights"][of].items()})
        print("   ", " ".join(f"{x:.4f}:{y:.4f}" for x, y in content["curves"][of]))
    report("fitted pages", [(1 - row.wrong, estimate(row.signs, row.source, model)) for row in rows])
    if write:
        provenance = {
            "script": "bench/quality.py fit --write",
            "data": [f"bench/data/{path.name}" for path in (WORDS, PAGES)],
            "engine": versions.tesseract(),
            "pages": len(rows),
            "words": sum(count for count, _ in counts.values()),
            "date": date.today().isoformat(),
        }
        text = json.dumps({"provenance": provenance, **content}, indent=1)
        TARGET.write_text(text + "\n", encoding="utf-8")


def measure(documents: Iterable[Document]) -> None:
    """Print the estimate beside the truth by level, by page and document, and what confidences are worth."""
    model = fitted()
    by_level: Mapping[str, list[tuple[float, float]]] = defaultdict(list)
    pages: list[tuple[float, float]] = []
    whole: list[tuple[float, float]] = []
    sizes: list[int] = []
    words: list[tuple[float, float, bool]] = []
    for document in documents:
        rows = list(page_rows(document, model))
        rated = [estimate(row.signs, row.source, model) for row in rows]
        pages += [(1 - row.wrong, value) for row, value in zip(rows, rated, strict=True)]
        if rows:
            right = np.average([1 - row.wrong for row in rows], weights=[row.letters for row in rows])
            value = np.average(rated, weights=[row.words for row in rows])
            whole.append((float(right), float(value)))
            sizes.append(sum(row.letters for row in rows))
            by_level[level_of(Path(document.name))].append(whole[-1])
            print(f"{document.name:36s} {right:.4f} {value:.4f}")
        for of, confidence, page, disputed, wrong in judged(document):
            words.append((confidence, 1 - word_wrong(of, confidence, page, disputed, model), not wrong))
    for level, pairs in sorted(by_level.items()):
        report(level, pairs)
    means = [np.mean(pairs, axis=0) for pairs in by_level.values()]
    report("levels", [(float(right), float(said)) for right, said in means])
    report("pages", pages)
    report("documents", whole)
    rates = np.array([1 - said for _, said in whole])
    print(f"Spearman that chance leaves over these documents {attainable(rates, np.array(sizes)):.3f}")
    if words:
        stated, ours, right_words = (list(column) for column in zip(*words, strict=True))
        errors = [calibration_error(said, right_words) for said in (stated, ours)]
        print(f"words {len(words)}: calibration error {errors[0]:.4f} by the engine, {errors[1]:.4f} by us")


def report(name: str, pairs: Sequence[tuple[float, float]]) -> None:
    """`pairs` are (true, estimated) shares of right characters."""
    true, said = (np.array(column) for column in zip(*pairs, strict=True))
    print(
        f"{name:14s} n {len(pairs):4d} right {true.mean():.4f} estimated {said.mean():.4f} "
        f"mean absolute error {np.abs(true - said).mean():.4f} Spearman {spearman(true, said):.3f}"
    )


if __name__ == "__main__":
    sys.exit(main())
