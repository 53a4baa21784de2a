"""A sentence read as a whole: how probable each reading of each word is, given all readings of the others.

The words of a sentence form a chain, in which each word weighs by itself and by how well it follows the one
before. Forward and backward sums over all ways through the chain (Baum et al. 1970) give each reading's
share, which is both what decides and how sure the decision is.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from pipeline.clean.options import Option, Options
from pipeline.clean.pieces import Piece
from pipeline.lexicon import municipalities
from pipeline.lexicon.context import EDGE, NUMBER, gain
from pipeline.lexicon.words import known
from pipeline.word_lists import data_lines

CONTEXT = 0.8  # how far the neighbours are believed
COMMA = ","
YEARS = frozenset(("år", "året", "åren", "års"))
COUNT = re.compile(r"\d{1,3}")
YEAR = re.compile(r"(?:19|20)\d\d")
YEAR_SAYS = 0.8  # log10, as is the next
PHRASE_SAYS = 2.0
ENDS = re.compile(r"[.!?:;](?=\s|$)|\t|\n\s*\n")


class Run(NamedTuple):
    """Pieces in a row that have more than one reading, and the words around them."""

    start: int
    stop: int
    before: str
    after: str


def runs(text: str, listed: Sequence[Piece], readings: Sequence[Options]) -> Iterator[Run]:
    """The runs of a stretch of text; signs and ends of sentences part them."""
    start, before = -1, EDGE
    for at, piece in enumerate(listed):
        choice = len(readings[at]) > 1
        if start < 0 and not choice:
            continue
        gap = _between(text, listed[at - 1], piece) if at else EDGE
        if start >= 0 and (not choice or gap):
            yield Run(start, at, before, gap or piece.text.lower())
            start = -1
        if choice and start < 0:
            start, before = at, gap or listed[at - 1].text.lower()
    if start >= 0:
        yield Run(start, len(listed), before, EDGE)


def shares(places: Sequence[Options], before: str, after: str) -> list[list[float]]:
    """The share of each reading at each place of a run; `before` and `after` are the words around it."""
    weights = [[10.0**option.score for option in place] for place in places]
    forward = [_even([w * follows(before, o.word) for w, o in zip(weights[0], places[0], strict=True)])]
    for at in range(1, len(places)):
        known = list(zip(forward[-1], places[at - 1], strict=True))
        forward.append(
            _even([w * _sum_to(known, o.word) for w, o in zip(weights[at], places[at], strict=True)])
        )
    backward = [_even([follows(option.word, after) for option in places[-1]])]
    for at in range(len(places) - 2, -1, -1):
        known = [
            (w * share, o) for w, share, o in zip(weights[at + 1], backward[-1], places[at + 1], strict=True)
        ]
        backward.append(_even([_sum_from(option.word, known) for option in places[at]]))
    return [
        _even([to * fro for to, fro in zip(there, back, strict=True)])
        for there, back in zip(forward, reversed(backward), strict=True)
    ]


def _sum_to(known: Sequence[tuple[float, Option]], word: str) -> float:
    return sum(share * follows(option.word, word) for share, option in known)


def _sum_from(word: str, known: Sequence[tuple[float, Option]]) -> float:
    return sum(share * follows(word, option.word) for share, option in known)


def _even(numbers: list[float]) -> list[float]:
    total = sum(numbers)
    return [number / total for number in numbers]


@lru_cache(maxsize=500_000)
def follows(before: str, word: str) -> float:
    """How many times likelier than by chance the word stands after the other, as far as that is believed."""
    found = gain(before, word)
    if found > 0 and (_is_debris(before) or _is_debris(word)):
        found = 0.0
    return float(10.0 ** (CONTEXT * found + _said(before, word)))


def _is_debris(word: str) -> bool:
    """Whether this is no word, so that its ending can't tell how it is used."""
    return word.isalpha() and not known(word)


def _said(before: str, word: str) -> float:
    """What the context model can't say: numbers are all the same to it, and it has read no letters."""
    counted = (word in YEARS and COUNT.fullmatch(before)) or (before in YEARS and YEAR.fullmatch(word))
    pair = (before, NUMBER if word[0].isdigit() else word)
    return YEAR_SAYS if counted else PHRASE_SAYS if pair in phrases() else 0.0


@cache
def phrases() -> frozenset[tuple[str, str]]:
    """Pairs of words that administrative letters use much (`data/phrases.txt`), and municipalities' names."""
    pairs = (pair.split() for line in data_lines(__package__, "phrases.txt") for pair in line.split(","))
    names = (re.split("[ -]", place.short.lower()) for place in municipalities())
    return frozenset(pair for words in (*pairs, *names) for pair in pairwise(words))


def _between(text: str, one: Piece, other: Piece) -> str:
    """What the context model calls what stands between two pieces; empty for a mere blank."""
    gap = text[one.start + len(one.text) : other.start]
    if gap in (" ", "\n", "-"):
        return ""
    if ENDS.search(gap):
        return EDGE
    return COMMA if COMMA in gap else ""
