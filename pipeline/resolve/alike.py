"""Which of many names are spelled alike, without comparing each with each.

Two names that are much alike share most of their grams (three letters in a row). So each name is compared
with those alone that share several of its rarer grams with it: how many that must be follows from the
likeness that is asked for, and nothing that is alike is missed.
"""

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

import numpy as np
from rapidfuzz import fuzz

LEAST = 92
"""Of 100: what `rapidfuzz.fuzz.ratio` must say of two names at least."""

GRAM = 3
SHARED = 7
"""How many rare grams two names must share before they are compared, where they have so many."""


def heads(names: Sequence[str]) -> list[int]:
    """For each name the place of its head: the first head that it is like, itself where there is none."""
    index = _Index(names)
    first: dict[str, int] = {}
    for place, name in enumerate(names):
        if name not in first:
            first[name] = index.head(place)
    return [first[name] for name in names]


class _Index:
    """The heads so far, to be found by their rarest grams."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = names
        self.times = Counter(gram for name in names for gram in _grams(name))
        self.known: list[int] = []
        self.having: dict[str, array[int]] = defaultdict(lambda: array("i"))

    def head(self, place: int) -> int:
        """The head of a name, which becomes one where it is like none."""
        name = self.names[place]
        grams = sorted(_grams(name), key=lambda gram: (self.times[gram], gram))
        for at in self._near(len(name), grams):
            if fuzz.ratio(self.names[self.known[at]], name, score_cutoff=LEAST):
                return self.known[at]
        for gram in grams[: _lost(len(name)) + SHARED]:
            self.having[gram].append(len(self.known))
        self.known.append(place)
        return place

    def _near(self, length: int, grams: list[str]) -> Iterable[int]:
        """Which heads, in order, may be like a name with these grams, the rarest of which come first."""
        shared = min(SHARED, len(grams) - _lost(length))
        if shared < 1:
            return range(len(self.known))
        rarest = grams[: _lost(length) + shared]
        lists = [np.frombuffer(found, np.int32) for gram in rarest if (found := self.having.get(gram))]
        if not lists:
            return ()
        hits = np.bincount(np.concatenate(lists))
        return list((hits >= shared).nonzero()[0].tolist())


def _grams(name: str) -> set[str]:
    return {name[at : at + GRAM] for at in range(len(name) - GRAM + 1)}


@cache
def _lost(length: int) -> int:
    """How many grams of a name of this length another may lack that is like it.

    A letter that the other lacks takes GRAM of them along, one that it has instead GRAM - 1.
    """
    return max(
        GRAM * (apart + length - other) // 2 + (GRAM - 1) * (apart + other - length) // 2
        for other, apart in _partners(length)
    )


def _partners(length: int) -> Iterator[tuple[int, int]]:
    """How long a name may be that is like one of this length, and how many letters of both the other lacks.

    `fuzz.ratio` is one less the latter as a share of the letters of both.
    """
    share = 1 - LEAST / 100
    for other in range(2 * length + 1):
        apart = int(share * (length + other) + 1e-9)
        apart -= (apart + length + other) % 2
        if apart >= abs(length - other):
            yield other, apart
