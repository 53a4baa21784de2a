"""The preposition `i` read as the digit `1`: `Föreningen 1 Malmö`, `bedrivs 1 form av`.

Only in text that has lost its å, ä and ö, since a machine that knows Swedish doesn't make this mistake;
never where the digit can count something or number a part.
"""

import re
from functools import cache

from pipeline.clean.damage import regions
from pipeline.clean.rule import Edits, Texts, edit
from pipeline.lexicon.context import gain
from pipeline.model import Edit
from pipeline.word_lists import words_by_kind

DAMAGED = 0.5
AHEAD = -0.5  # log10; how far the neighbours may speak for the digit
LONE = re.compile(r"(?<=[^\W\d_][ \n])1(?=[ \n][^\W\d_])")
WORD_BEFORE = re.compile(r"([^\W\d_]+)\s$")
WORD_AFTER = re.compile(r"\s([^\W\d_]+)")


def find(texts: Texts) -> tuple[Edits, ...]:
    """Lone ones between words, in damaged regions."""
    if not any(LONE.search(text) for text in texts):
        return ((),) * len(texts)
    found = []
    for text, page in zip(texts, regions(texts), strict=True):
        damaged = [region for region in page if region.lost >= DAMAGED and not region.foreign]
        found.append(tuple(change for region in damaged for change in _in(text, region.start, region.end)))
    return tuple(found)


def _in(text: str, start: int, end: int) -> list[Edit]:
    return [
        edit(match.start(), "1", "i", "lone_one", 0.9)
        for match in LONE.finditer(text, start, end)
        if not _counts(text, match.start())
    ]


def _counts(text: str, at: int) -> bool:
    """Whether the digit numbers what stands before it or counts what stands after it."""
    before = WORD_BEFORE.search(text[max(0, at - 40) : at])
    after = WORD_AFTER.match(text[at + 1 : at + 41])
    words = _words()
    return (
        before is None
        or after is None
        or before[1].lower() in words["before"]
        or after[1].lower() in words["after"]
        or (text[at - 1] == "\n" and after[1][0].isupper())  # a numbered heading
        or _said(before[1], "i", after[1]) < _said(before[1], "1", after[1]) + AHEAD
    )


def _said(before: str, word: str, after: str) -> float:
    """How well a word stands between two others, in log10."""
    return gain(before.lower(), word) + gain(word, after.lower())


@cache
def _words() -> dict[str, frozenset[str]]:
    """What can stand before a number and after it (`data/numbered.txt`)."""
    return words_by_kind(__package__, "numbered.txt")
