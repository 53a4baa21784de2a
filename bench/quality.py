"""Fit and measure the quality estimate of `pipeline/audit` on documents whose text is known.

    python bench/quality.py gather CORPUS ... [--cache DIR]   read the corpora into bench/data/quality_*.csv
    python bench/quality.py fit [--write]                     from these into pipeline/audit/data/quality.json
    python bench/quality.py measure CORPUS ... [--cache DIR]  how the estimate of each page and document holds

A CORPUS holds files/ID--LEVEL.EXT and truth/ID.json, as `bench/scans/build.py` writes them. The two tables
hold figures alone, no text: `quality_words.csv` how many words of a kind and confidence were right, and
`quality_pages.csv` the signs and the true share of wrong characters of each page. `fit` needs nothing else.
Measured must be what was not fitted on. With `--cache` pages are kept and not read again.
"""

import argparse
import csv
import json
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from compare import parts, wrong_share
from reading import LARGEST, files, level_of, truth_of

from pipeline import flow
from pipeline.audit.model import Model, at, fitted, from_json
from pipeline.audit.quality import estimate, score
from pipeline.audit.signs import JUMBLED, NAMES, SOURCES, Signs, seen, signs, source
from pipeline.audit.words import KINDS
from pipeline.clean import clean_document
from pipeline.model import Cleaned
from pipeline.privacy import mask_text
from pipeline.read import discover
from pipeline.recognize import tesseract
from pipeline.settings import Settings

DATA = Path(__file__).parent / "data"
WORDS, PAGES = DATA / "quality_words.csv", DATA / "quality_pages.csv"
TARGET = Path(__file__).parent.parent / "pipeline" / "audit" / "data" / "quality.json"
PRIOR_WORDS = 4  # imaginary words of each step that are right as often as all of the kind
STEP = 30  # words to a step of a table, at least
PART, PULL = 0.35, {"engine": 20.0, "text": 0.5}
BELIEVED = 0.05
FLOOR = 0.02  # a page's miss counts by how large it is beside this and the page's own wrong share
Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Document:
    """One file: its cleaned pages, the true text of each, and what stamps may add."""

    name: str
    pages: tuple[Cleaned, ...]
    truth: tuple[str, ...]
    extra: tuple[str, ...]


@dataclass(frozen=True)
class Row:
    """One page: what can be seen of it, and its true share of wrong characters."""

    document: str
    page: int
    source: str
    words: int
    wrong: float
    signs: Signs


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    for name in ("gather", "measure"):
        command = commands.add_parser(name)
        command.add_argument("corpora", type=Path, nargs="+")
        command.add_argument("--cache", type=Path)
        command.add_argument("--processes", type=int, default=2)
    commands.add_parser("fit").add_argument("--write", action="store_true")
    options = parser.parse_args(arguments)
    if options.command == "fit":
        fit(options.write)
    else:
        documents = read_all(options.corpora, options.cache, options.processes)
        gather(documents) if options.command == "gather" else measure(documents)
    return 0


def read_all(corpora: Iterable[Path], cache: Path | None, processes: int) -> list[Document]:
    jobs = [(corpus, path) for corpus in corpora for path in files(corpus)]
    with tempfile.TemporaryDirectory() as folder, ProcessPoolExecutor(processes) as pool:
        return list(pool.map(read, *zip(*jobs, strict=True), [cache or Path(folder)] * len(jobs)))


def read(corpus: Path, path: Path, cache: Path) -> Document:
    (file,), _ = discover([path], LARGEST)
    truth = truth_of(corpus, path)
    pages = clean_document(flow.document(file, replace(Settings(), cache=cache)).pages)
    masked = tuple(map(mask_text, truth["pages"]))  # as every reading is
    return Document(path.stem, pages, masked, tuple(truth.get("extra", ())))


def gather(documents: Sequence[Document]) -> None:
    """Write the two tables; the signs depend on the words, so that these are fitted first."""
    counts = word_counts(documents)
    write_rows(
        WORDS, ["kind", "confidence", "words", "right"], ([*key, *value] for key, value in counts.items())
    )
    tables = word_tables(counts)
    model = replace(fitted(), words=tables, usual=usual(counts, tables))
    rows = [row for document in documents for row in page_rows(document, model)]
    write_rows(PAGES, ["document", "page", "source", "words", "wrong", *NAMES], map(listed, rows))
    print(f"{len(documents)} files, {len(rows)} pages, {sum(n for n, _ in counts.values())} words")


def listed(row: Row) -> list[object]:
    rounded = [round(value, 5) for value in (row.wrong, *(row.signs[name] for name in NAMES))]
    return [row.document, row.page, row.source, row.words, *rounded]


def write_rows(path: Path, head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    path.parent.mkdir(exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([head, *sorted(rows, key=str)])


def read_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


Counts = dict[tuple[str, float], tuple[int, int]]


def word_counts(documents: Iterable[Document]) -> Counts:
    """For each kind of word and confidence, in hundredths: how many there were and how many were right."""
    found: dict[tuple[str, float], list[int]] = defaultdict(lambda: [0, 0])
    for document in documents:
        for of, confidence, right in judged(document):
            found[of, round(confidence, 2)][0] += 1
            found[of, round(confidence, 2)][1] += right
    return {key: (value[0], value[1]) for key, value in sorted(found.items())}


def judged(document: Document) -> Iterator[tuple[str, float, bool]]:
    """Kind, confidence and rightness of each word that an engine read: right is what stands in the truth."""
    left = Counter(parts(" ".join((*document.truth, *document.extra))))
    for page in document.pages:
        for word in seen(page):
            of = word.kind
            if of is not None and word.confidence is not None:
                pieces = Counter(parts(word.text))
                yield of, word.confidence, pieces <= left
                left -= pieces


def page_rows(document: Document, model: Model) -> Iterator[Row]:
    """The pages, where the file has as many as the truth; else the document as one page would mislead."""
    if len(document.pages) != len(document.truth):
        return
    for number, (page, truth) in enumerate(zip(document.pages, document.truth, strict=True), 1):
        count = len(page.page.words)
        if count:
            wrong = wrong_share(truth, page.text, document.extra)
            yield Row(document.name, number, source(page), count, wrong, signs(page, model))


def fit(write: bool) -> None:
    counts: Counts = {
        (row["kind"], float(row["confidence"])): (int(row["words"]), int(row["right"]))
        for row in read_rows(WORDS)
    }
    rows = [
        Row(
            row["document"],
            int(row["page"]),
            row["source"],
            int(row["words"]),
            float(row["wrong"]),
            {name: float(row[name]) for name in NAMES},
        )
        for row in read_rows(PAGES)
    ]
    tables = word_tables(counts)
    content: dict[str, Any] = {"words": tables, "usual": usual(counts, tables), "weights": {}, "curves": {}}
    for of in ("engine", "text"):
        # Jumbled text is all wrong, and says nothing about what single mistakes look like.
        chosen = [row for row in rows if row.source == of and not row.signs[JUMBLED]]
        weights = weighed(chosen, PULL[of])
        content["weights"][of] = dict(zip(NAMES, weights, strict=True)) | {JUMBLED: 1.0}
        found = [score(row.signs, of, from_json(content)) for row in chosen]
        content["curves"][of] = curve(found, [row.wrong for row in chosen])
    # A layer that recognition found sound is believed, until its signs are those of ruin.
    ruin = [point for point in content["curves"]["text"] if point[0] > BELIEVED]
    content["weights"]["layer"] = content["weights"]["text"]
    content["curves"]["layer"] = [(0.0, 0.0), (BELIEVED, 0.0), *ruin]
    model = from_json(content)
    for name, points in content["words"].items():
        print(f"{name:9s}", " ".join(f"{x:.2f}:{y:.3f}" for x, y in points))
    for of in SOURCES:
        print(of, {k: round(v, 4) for k, v in content["weights"][of].items()})
        print("   ", " ".join(f"{x:.4f}:{y:.4f}" for x, y in content["curves"][of]))
    report("fitted pages", [(1 - row.wrong, estimate(row.signs, row.source, model)) for row in rows])
    if write:
        provenance = {
            "script": "bench/quality.py fit --write",
            "data": [f"bench/data/{path.name}" for path in (WORDS, PAGES)],
            "engine": f"Tesseract {tesseract.version()}",
            "pages": len(rows),
            "words": sum(count for count, _ in counts.values()),
            "date": date.today().isoformat(),
        }
        text = json.dumps({"provenance": provenance, **content}, indent=1)
        TARGET.write_text(text + "\n", encoding="utf-8")


def word_tables(counts: Counts) -> dict[str, list[tuple[float, float]]]:
    """For each kind the share right by confidence, rising, by pool adjacent violators."""
    tables = {}
    for of in KINDS:
        own = [(confidence, *value) for (name, confidence), value in sorted(counts.items()) if name == of]
        total, right = sum(n for _, n, _ in own), sum(ok for _, _, ok in own)
        mean = right / total if total else 0.5
        steps = gathered(own, STEP)
        pooled = pools(
            [x for x, _, _ in steps],
            [(ok + PRIOR_WORDS * mean) / (n + PRIOR_WORDS) for _, n, ok in steps],
            [n for _, n, _ in steps],
        )
        tables[of] = [(round(x, 3), round(y, 4)) for x, y in pooled] or [(0.0, 0.5)]
    return tables


def usual(counts: Counts, tables: Mapping[str, list[tuple[float, float]]]) -> dict[str, float]:
    """The share right at the middle one of the confidences of each kind's right words."""
    found = {}
    for of, table in tables.items():
        own = sorted((confidence, right) for (name, confidence), (_, right) in counts.items() if name == of)
        sums = np.cumsum([right for _, right in own]) if own else np.zeros(0)
        middle = own[int(np.searchsorted(sums, sums[-1] / 2))][0] if len(sums) else 1.0
        found[of] = round(at(table, middle), 4)
    return found


def gathered(own: Iterable[tuple[float, int, int]], least: int) -> list[tuple[float, int, int]]:
    """Neighbouring confidences put together until each step has enough words."""
    steps: list[tuple[float, int, int]] = []
    x = n = ok = 0.0
    for confidence, count, right in own:
        x, n, ok = x + confidence * count, n + count, ok + right
        if n >= least:
            steps.append((x / n, int(n), int(ok)))
            x = n = ok = 0.0
    return [*steps, (x / n, int(n), int(ok))] if n else steps


def pools(xs: Sequence[float], ys: Sequence[float], weights: Sequence[float]) -> list[tuple[float, float]]:
    """The nearest rising curve: x and y of each pool (isotonic regression)."""
    found: list[list[float]] = []
    for x, y, weight in zip(xs, ys, weights, strict=True):
        found.append([x * weight, y * weight, weight])
        while len(found) > 1 and found[-2][1] / found[-2][2] >= found[-1][1] / found[-1][2]:
            last = found.pop()
            found[-1] = [a + b for a, b in zip(found[-1], last, strict=True)]
    return [(x / weight, y / weight) for x, y, weight in found]


def weighed(rows: Sequence[Row], strength: float) -> list[float]:
    """The weights of the signs, 0 to 1, by least squares of the miss relative to the wrong share."""
    table = np.array([[row.signs[name] for name in NAMES] for row in rows])
    target = np.array([row.wrong for row in rows])
    importance = 1 / (target + FLOOR)
    # Sound pages have some doubt too. What all have is no sign; the curve begins where it ends.
    level = np.full((len(rows), 1), -1.0)
    table = np.hstack([table, level]) * importance[:, None]
    # Weights that the pages say little about stay near what a wrong word has of wrong characters.
    pull = np.diag([strength] * len(NAMES) + [0.0])
    table, target = np.vstack([table, pull]), np.concatenate([target * importance, PART * pull.sum(axis=1)])
    return [round(float(value), 4) for value in bounded(table, target)[:-1]]


def bounded(table: Array, target: Array) -> Array:
    """Least squares with weights of 0 to 1, by coordinate descent."""
    weights = np.zeros(table.shape[1])
    squares = (table**2).sum(axis=0)
    for _ in range(2000):
        for at_column in range(len(weights)):
            if squares[at_column] > 0:
                rest = target - table @ weights + table[:, at_column] * weights[at_column]
                best = float(table[:, at_column] @ rest) / squares[at_column]
                weights[at_column] = min(1.0, max(0.0, best))
    return weights


def curve(scores: Sequence[float], wrongs: Sequence[float]) -> list[tuple[float, float]]:
    """The share of wrong characters by score: rising, from nothing at 0, at most 1."""
    ordered = sorted(zip(scores, wrongs, strict=True))
    each = 5
    steps = [ordered[start : start + each] for start in range(0, len(ordered), each)]
    means = [tuple(float(np.mean(column)) for column in zip(*step, strict=True)) for step in steps]
    pooled = pools([x for x, _ in means], [y for _, y in means], [len(step) for step in steps])
    points = [(round(x, 5), round(min(1.0, y), 5)) for x, y in pooled if x > 0]
    return [(0.0, 0.0), *points, (max(1.0, points[-1][0] + 0.001), 1.0)]


def measure(documents: Iterable[Document]) -> None:
    """Print the estimate beside the truth by level, by page and document, and what confidences are worth."""
    model = fitted()
    by_level: Mapping[str, list[tuple[float, float]]] = defaultdict(list)
    pages: list[tuple[float, float]] = []
    whole: list[tuple[float, float]] = []
    words: list[tuple[float, float, bool]] = []
    for document in documents:
        rows = list(page_rows(document, model))
        rated = [(row.words, estimate(row.signs, row.source, model)) for row in rows]
        pages += [(1 - row.wrong, value) for row, (_, value) in zip(rows, rated, strict=True)]
        if rows:
            text = " ".join(page.text for page in document.pages)
            right = 1 - wrong_share(" ".join(document.truth), text, document.extra)
            value = sum(n * rate for n, rate in rated) / sum(n for n, _ in rated)
            whole.append((right, value))
            by_level[level_of(Path(document.name))].append((right, value))
            print(f"{document.name:36s} {right:.4f} {value:.4f}")
        words += [(said, at(model.words[of], said), ok) for of, said, ok in judged(document)]
    for level, pairs in sorted(by_level.items()):
        report(level, pairs)
    report("pages", pages)
    report("documents", whole)
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


def spearman(a: Array, b: Array) -> float:
    """The correlation of ranks, ties sharing theirs; 0 where one side is all alike."""
    first, second = ranks(a), ranks(b)
    if len(a) < 2 or first.std() == 0 or second.std() == 0:
        return 0.0
    return float(np.corrcoef(first, second)[0, 1])


def ranks(values: Array) -> Array:
    _, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    return np.asarray((ends - (counts - 1) / 2)[place], dtype=np.float64)


def calibration_error(stated: Sequence[float], right: Sequence[bool], bins: int = 20) -> float:
    """The mean distance between stated and true share right, over words in bins of what was stated."""
    said, true = np.array(stated), np.array(right, dtype=float)
    place = np.minimum((said * bins).astype(int), bins - 1)
    gaps = [
        abs(said[place == number].mean() - true[place == number].mean()) * (place == number).mean()
        for number in range(bins)
        if (place == number).any()
    ]
    return float(sum(gaps))


if __name__ == "__main__":
    sys.exit(main())
