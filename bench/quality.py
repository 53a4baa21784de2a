"""Fit the weights of `pipeline/audit/quality.py` on scanned documents whose text is known.

    python bench/quality.py CORPUS EXTRACTED

CORPUS holds truth/ID.json with the true page texts, EXTRACTED what `namnd run` made of CORPUS/files, whose
names are ID--VARIANT.EXT. Errors are counted in letters and digits and free of order, since a page has no one
right reading order and its ruled lines are no text: words that stand in both texts cancel out, the others are
paired with their nearest.
"""

import csv
import json
import re
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Sample:
    """One document: what can be seen of it, and its true share of wrong characters."""

    name: str
    confidence: float | None
    lexicon_rate: float
    wrong: float
    estimate: float


def main() -> None:
    corpus, extracted = map(Path, sys.argv[1:3])
    samples = sorted(read(corpus, extracted), key=lambda s: s.wrong)
    for s in samples:
        seen = "  -  " if s.confidence is None else f"{s.confidence:.3f}"
        print(
            f"{s.name:22s} conf {seen} lexicon {s.lexicon_rate:.3f} wrong {s.wrong:.4f} est {s.estimate:.4f}"
        )
    scanned = [s for s in samples if s.confidence is not None]
    rows = np.array([[s.confidence or 0.0, s.lexicon_rate, 1.0] for s in scanned])
    weights, *_ = np.linalg.lstsq(rows, np.array([s.wrong for s in scanned]), rcond=None)
    errors = [abs(s.wrong - s.estimate) for s in samples]
    print(f"least squares: wrong = {weights[0]:.3f} conf + {weights[1]:.3f} lexicon + {weights[2]:.3f}")
    print(f"mean absolute error {np.mean(errors):.4f}, largest {max(errors):.4f}, n {len(errors)}")


def read(corpus: Path, extracted: Path) -> list[Sample]:
    pages = defaultdict(list)
    for row in rows_of(extracted / "pages.csv"):
        pages[row["doc_id"]].append(row)
    samples = []
    for row in rows_of(extracted / "documents.csv"):
        name = Path(row["source_path"].split("|")[0]).stem
        truth = json.loads((corpus / "truth" / f"{name.split('--')[0]}.json").read_text(encoding="utf-8"))
        text = json.loads((extracted / "text" / f"{row['doc_id']}.json").read_text(encoding="utf-8"))
        samples.append(
            Sample(
                name=name,
                confidence=mean(pages[row["doc_id"]], "mean_word_confidence"),
                lexicon_rate=mean(pages[row["doc_id"]], "lexicon_rate") or 0.0,
                wrong=wrong_share(" ".join(truth["pages"]), " ".join(page["text"] for page in text["pages"])),
                estimate=1 - float(row["quality"] or 0),
            )
        )
    return samples


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def mean(pages: list[dict[str, str]], column: str) -> float | None:
    """The pages' mean of a column, weighted by their words."""
    seen = [(float(page[column]), int(page["words"])) for page in pages if page[column]]
    words = sum(count for _, count in seen)
    return sum(value * count for value, count in seen) / words if words else None


def wrong_share(truth: str, text: str) -> float:
    """Wrong, missing and made-up characters as a share of the true ones, free of order."""
    missing, extra = Counter(WORD.findall(truth)), Counter(WORD.findall(text))
    common = missing & extra
    lost, made = list((missing - common).elements()), list((extra - common).elements())
    wrong = 0
    for word in lost:
        near = process.extractOne(word, made, scorer=Levenshtein.distance, score_cutoff=len(word) - 1)
        if near is None:
            wrong += len(word)
        else:
            wrong += int(near[1])
            made.pop(near[2])
    wrong += sum(len(word) for word in made)
    return min(1.0, wrong / max(1, sum(map(len, WORD.findall(truth)))))


if __name__ == "__main__":
    main()
