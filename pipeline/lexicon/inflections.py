"""Inflected forms by the paradigms of `data/paradigms.txt`. Not needed at run time.

A word that is seen in several forms of one paradigm has the others too (`bidragsmottagare`,
`bidragsmottagarens`, so `bidragsmottagarna`), though rarer.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

DATA = Path(__file__).parent / "data"
AS_IS = "as-is"
LEAST_STEM = 4
LEAST_SEEN = 5  # forms, the base among them, that show what a word's paradigm is
RARER = 0.1
LEAST = 1e-9
OPEN = (
    "er",
    "ar",
    "r",
    "or",
    "are",
    "ett",
    "ett-e",
    "verb-ar",
    "adj",
)  # of which there are new words every day


class Paradigm(NamedTuple):
    """How many letters of the base form are cut off, and the endings; the base form's comes first."""

    cut: int
    endings: tuple[str, ...]

    def forms(self, base: str) -> list[str]:
        stem = base[: len(base) - self.cut]
        return [stem + ending for ending in self.endings]

    def base(self, word: str) -> str:
        """The base form of a word; empty where it doesn't end as base forms do."""
        return word if word.endswith(self.endings[0]) else ""


def paradigms() -> dict[str, Paradigm]:
    """The paradigms by name."""
    found = {AS_IS: Paradigm(0, ("",))}
    for line in _lines("paradigms.txt"):
        head, _, endings = line.partition(": ")
        name, cut = head.split()
        found[name] = Paradigm(int(cut), tuple(ending.strip("-") for ending in endings.split()))
    return found


def listed() -> Iterator[str]:
    """Every form of the words in `data/stems.txt`, in lower case."""
    known = paradigms()
    for line in _lines("stems.txt"):
        name, _, words = line.partition(": ")
        for word in words.lower().split():
            yield from known[name].forms(word)


def completed(words: Mapping[str, float]) -> dict[str, float]:
    """Forms that the words lack, with probabilities, where enough others of the same paradigm are there."""
    found: dict[str, float] = {}
    open_ones = [paradigm for name, paradigm in paradigms().items() if name in OPEN]
    for word in sorted(words):
        for paradigm in open_ones:
            if len(word) - paradigm.cut < LEAST_STEM or not word.isalpha() or not paradigm.base(word):
                continue
            forms = paradigm.forms(word)
            seen = [words[form] for form in forms if form in words]
            if len(seen) >= LEAST_SEEN:
                rare = max(LEAST, RARER * min(seen))
                found.update({form: max(rare, found.get(form, 0.0)) for form in forms if form not in words})
    return found


def _lines(name: str) -> list[str]:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]
