"""Fit `pipeline/resolve/data/calibration.json`: how often rows of a stated confidence are right.

    python bench/calibrate.py [--write] CORPUS EXTRACTED [CORPUS EXTRACTED ...]

CORPUS holds gold/ID.json, EXTRACTED what `namnd run CORPUS/files` made of it under settings with
`[extraction] calibrated = false`. Each row of a fact table is right or wrong by the gold; per kind, the
share of right rows is fitted to the extractor's own confidence by isotonic regression (pool adjacent
violators), drawn towards the kind's mean by two imaginary rows per step so that no small step claims
certainty.
"""

import csv
import itertools
import json
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from rapidfuzz import fuzz

from pipeline.tables import FINDING_TABLES

TARGET = Path(__file__).parent.parent / "pipeline/resolve/data/calibration.json"
PRIOR_ROWS = 2
BANDS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 1.01)
Row = Mapping[str, str]


def same(a: str, b: str) -> bool:
    return fuzz.ratio(a.lower(), b.lower()) >= 92


def money(value: object) -> str:
    return f"{float(str(value)):.2f}" if value not in (None, "") else ""


# For each table: whether a row is one of the gold facts.
RIGHT: dict[str, Callable[[Row, Mapping[str, list]], bool]] = {  # type: ignore[type-arg]
    "parties": lambda r, g: any(
        r["role"] == p["role"]
        and same(r["name"], p["name"])
        and (not r["org_number"] or r["org_number"] == p.get("org_number"))
        for p in g["parties"]
    ),
    "org_numbers": lambda r, g: not r["org_number"] or r["org_number"] in g["org_numbers"],
    "periods": lambda r, g: any(
        (r["kind"], r["start"], r["end"]) == (p["kind"], p["start"], p["end"]) for p in g["periods"]
    ),
    "amounts": lambda r, g: any(
        (r["kind"], money(r["amount_sek"]), r["year"], r["frequency"])
        == (a["kind"], money(a["amount_sek"]), str(a["year"] or ""), a["frequency"] or "")
        for a in g["amounts"]
    ),
    "case_numbers": lambda r, g: r["case_number"] in g["case_numbers"],
    "decisions": lambda r, g: any(
        r["status"] == d["status"] and fuzz.ratio(r["text"].lower(), d["text"].lower()) >= 90
        for d in g["decisions"]
    ),
    "persons": lambda r, g: any(
        same(r["name"], p["name"]) and r["function"] == p["function"] for p in g["persons"]
    ),
}


def main() -> None:
    write = "--write" in sys.argv
    folders = [Path(arg) for arg in sys.argv[1:] if arg != "--write"]
    judged: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    for corpus, extracted in zip(folders[::2], folders[1::2], strict=True):
        for table, confidence, right in judge(corpus, extracted):
            judged[table].append((confidence, right))
    curves = {}
    for kind, table in sorted(FINDING_TABLES.items()):
        curves[kind] = curve(judged[table])
        count = sum(ok for _, ok in judged[table])
        print(f"{table:14s} {count}/{len(judged[table])} right; {curves[kind]}")
    print("\nstated confidence, rows, share right")
    for low, high, oks in reliability([pair for pairs in judged.values() for pair in pairs]):
        print(f"{low:.2f}-{high:.2f} {len(oks):6d} {sum(oks) / len(oks):.3f}")
    if write:
        TARGET.write_text(json.dumps(curves, indent=1) + "\n", encoding="utf-8")


def judge(corpus: Path, extracted: Path) -> Iterator[tuple[str, float, bool]]:
    """Table, stated confidence and rightness of every row."""
    names = {
        row["doc_id"]: Path(row["source_path"]).stem.split("--")[0]
        for row in rows_of(extracted / "documents.csv")
    }
    for table, right in RIGHT.items():
        for row in rows_of(extracted / f"{table}.csv"):
            gold = json.loads((corpus / "gold" / f"{names[row['doc_id']]}.json").read_text(encoding="utf-8"))
            yield table, float(row["confidence"]), right(row, defaultdict(list, gold))


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def curve(judged: list[tuple[float, bool]]) -> list[tuple[float, float]]:
    """Steps of (stated, calibrated), rising, by pool adjacent violators."""
    mean = sum(ok for _, ok in judged) / len(judged)
    pools: list[list[float]] = []  # right rows, rows, sum of stated confidences
    by_confidence = defaultdict(list)
    for confidence, ok in judged:
        by_confidence[round(confidence, 2)].append(ok)
    for confidence, oks in sorted(by_confidence.items()):
        pools.append([sum(oks), len(oks), confidence * len(oks)])
        while len(pools) > 1 and share(pools[-2], mean) >= share(pools[-1], mean):
            last = pools.pop()
            pools[-1] = [a + b for a, b in zip(pools[-1], last, strict=True)]
    return [(round(pool[2] / pool[1], 3), round(share(pool, mean), 3)) for pool in pools]


def reliability(judged: list[tuple[float, bool]]) -> Iterator[tuple[float, float, list[bool]]]:
    """The rows in bands of stated confidence: what the confidences are worth as they stand."""
    for low, high in itertools.pairwise(BANDS):
        oks = [ok for confidence, ok in judged if low <= confidence < high]
        if oks:
            yield low, high, oks


def share(pool: list[float], mean: float) -> float:
    return (pool[0] + PRIOR_ROWS * mean) / (pool[1] + PRIOR_ROWS)


if __name__ == "__main__":
    main()
