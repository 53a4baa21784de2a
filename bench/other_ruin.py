"""How much of other ruin than bad OCR the cleaner mends: `python bench/other_ruin.py [STATUTES [PAGES]]`.

Each way of `ruin.py` is done to the texts of `scans/texts`, and to pages of statutes where a file of them
is given (of those that the lexicon was not counted over; only counts are printed). Paired word by word,
restored is the share of ruined words that are right again, broken the right words that are so no longer.
"""

import argparse
import json
import re
import sys
import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parent / "scans")]

from cast import Cast  # noqa: E402
from rapidfuzz.distance import Levenshtein  # noqa: E402
from ruin import KINDS  # noqa: E402

from pipeline.clean import clean_document  # noqa: E402
from pipeline.lexicon.statutes import kept_out_texts  # noqa: E402
from pipeline.model import Page  # noqa: E402

TEXTS = Path(__file__).parent / "scans" / "texts"
HEAD = re.compile(r"\A\+\+\+.*?\+\+\+\n", re.S)
MARKUP = re.compile(r"^(?:#+|[?=~>]) *", re.M)
WIDTH, LINES = 84, 42


@dataclass(frozen=True)
class Score:
    """Counts of words: in the truth, ruined before cleaning, wrong after it, right before but not after."""

    words: int = 0
    ruined: int = 0
    left: int = 0
    broken: int = 0

    def __add__(self, other: "Score") -> "Score":
        return Score(
            self.words + other.words,
            self.ruined + other.ruined,
            self.left + other.left,
            self.broken + other.broken,
        )

    @property
    def restored(self) -> float:
        return 1 - self.left / self.ruined if self.ruined else 1.0

    @property
    def broken_per_10_000(self) -> float:
        return 10_000 * self.broken / max(1, self.words - self.ruined)


def score(truth: str, ruined: str, cleaned: str) -> Score:
    """The counts of one page. A word is right where the pairing has it as it stands in the truth."""
    words = truth.split()
    before, after = _right(words, ruined.split()), _right(words, cleaned.split())
    return Score(len(words), len(words) - len(before), len(words) - len(after), len(before - after))


def _right(truth: list[str], read: list[str]) -> set[int]:
    return {
        at
        for op in Levenshtein.opcodes(truth, read)
        if op.tag == "equal"
        for at in range(op.src_start, op.src_end)
    }


def own_texts(half: str = "*") -> Iterator[tuple[str, str]]:
    """Name and text of each of our documents, filled with invented names and figures."""
    for path in sorted(TEXTS.glob(f"{half}/*.txt")):
        text = Cast(path.stem).fill(HEAD.sub("", path.read_text(encoding="utf-8")))
        yield path.stem, paged(MARKUP.sub("", text))


def paged(text: str) -> str:
    """The text in lines as on paper."""
    return "\n".join(line for raw in text.split("\n") for line in _wrapped(raw))


def _wrapped(line: str) -> list[str]:
    return textwrap.wrap(line, WIDTH, break_on_hyphens=False, break_long_words=False) or [""]


def statutes(path: Path, pages: int) -> Iterator[tuple[str, str]]:
    """Pages, evenly drawn, of the statutes that the lexicon wasn't counted over.

    Pages on which the cleaner finds something to mend as they are (words in two, hyphens that lines left
    behind) are passed over: what is done to sound text is measured elsewhere.
    """
    lines = [line for text in kept_out_texts(path).values() for line in paged(text).split("\n")]
    sheets = ["\n".join(lines[at : at + LINES]) for at in range(0, len(lines), LINES)]
    step = max(1, len(sheets) // pages)
    for number, sheet in enumerate(sheets[::step][:pages]):
        (page,) = clean_document((Page(1, sheet),))
        if not page.passes:
            yield str(number), sheet


def measured(kind: str, texts: Iterable[tuple[str, str]]) -> Score:
    """The score of a way of ruin over some texts, each a document of its own."""
    total = Score()
    for name, text in texts:
        ruined = KINDS[kind](text, Random(f"{kind} {name}"))
        (page,) = clean_document((Page(1, ruined),))
        total += score(text if "case" not in kind else _cased(kind, text), ruined, page.text)
    return total


def _cased(kind: str, text: str) -> str:
    return text.lower() if "lower" in kind else text.upper()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("statutes", nargs="?", type=Path)
    parser.add_argument("pages", nargs="?", type=int, default=40)
    parser.add_argument("--kind", default="", help="only the ways with this in their name")
    parser.add_argument("--out", type=Path, help="where the rows go as JSON too")
    chosen = parser.parse_args()
    corpora = {"own": list(own_texts())}
    if chosen.statutes:
        corpora["statutes"] = list(statutes(chosen.statutes, chosen.pages))
    rows = []
    for kind in KINDS:
        if chosen.kind not in kind:
            continue
        row: dict[str, object] = {"kind": kind}
        for name, texts in corpora.items():
            found = measured(kind, texts)
            row |= {f"{name}_ruined": found.ruined, f"{name}_restored": round(found.restored, 4)}
            row |= {f"{name}_broken_per_10_000": round(found.broken_per_10_000, 2)}
        print(json.dumps(row, ensure_ascii=False), flush=True)
        rows.append(row)
    if chosen.out:
        chosen.out.write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
