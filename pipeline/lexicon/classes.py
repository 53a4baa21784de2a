"""Classes of words that are used alike, found by exchange (Kneser and Ney 1993, Martin et al. 1998).

Each word in turn is put into the class in which the pairs of classes tell most about the text. Not needed at
run time. Sums are rounded before they are compared, so that the last bit of a machine's logarithm decides
nothing.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.float64]
DIGITS = 3
LONGEST_ENDING = 5
LEAST_WORDS = 3  # an ending says something when so many words have it


@dataclass(frozen=True, slots=True)
class Neighbours:
    """A word's followers and forerunners by number, with counts, and how often it follows itself."""

    after: NDArray[np.int64]
    after_counts: Counts
    before: NDArray[np.int64]
    before_counts: Counts
    itself: float


def clustered(
    words: Sequence[str], pairs: Mapping[tuple[str, str], int], fixed: int, count: int, rounds: int
) -> list[int]:
    """The class of each word, 0 to `count` - 1; the first `fixed` words have a class of their own."""
    around = _neighbours(words, pairs)
    classes = np.array([i if i < fixed else fixed + (i - fixed) % (count - fixed) for i in range(len(words))])
    square = np.zeros((count, count))
    for word, one in enumerate(around):
        np.add.at(square[classes[word]], classes[one.after], one.after_counts)
        square[classes[word], classes[word]] += one.itself
    for _ in range(rounds):
        for word in range(fixed, len(words)):
            classes[word] = _moved(around[word], classes, square, classes[word], fixed)
    return [int(found) for found in classes]


def _moved(
    one: Neighbours, classes: NDArray[np.int64], square: Counts, now: NDArray[np.int64], fixed: int
) -> int:
    """The best class for a word; `square` is brought up to date."""
    count = len(square)
    after = np.bincount(classes[one.after], one.after_counts, count).astype(np.float64)
    before = np.bincount(classes[one.before], one.before_counts, count).astype(np.float64)
    square[now] -= after
    square[:, now] -= before
    square[now, now] -= one.itself
    gained = _gained(square, after, before, one.itself)
    gained[:fixed] = -np.inf
    best = int(np.argmax(np.round(gained, DIGITS)))
    square[best] += after
    square[:, best] += before
    square[best, best] += one.itself
    return best


def _gained(square: Counts, after: Counts, before: Counts, itself: float) -> Counts:
    """For each class what the likelihood gains by the word."""
    columns, rows = after.nonzero()[0], before.nonzero()[0]
    gained = _grown(square[:, columns], after[columns]).sum(axis=1)
    gained += _grown(square[rows, :], before[rows][:, None]).sum(axis=0)
    corner = np.diag(square)
    gained += _grown(corner, after + before + itself) - _grown(corner, after) - _grown(corner, before)
    gained -= _grown(square.sum(axis=1), np.array(after.sum() + itself))
    gained -= _grown(square.sum(axis=0), np.array(before.sum() + itself))
    return np.asarray(gained)


def _grown(counts: Counts, more: Counts) -> Counts:
    return _entropy(counts + more) - _entropy(counts)


def _entropy(counts: Counts) -> Counts:
    return np.asarray(counts * np.log(np.maximum(counts, 1)))


def _neighbours(words: Sequence[str], pairs: Mapping[tuple[str, str], int]) -> list[Neighbours]:
    number = {word: i for i, word in enumerate(words)}
    after: list[list[tuple[int, int]]] = [[] for _ in words]
    before: list[list[tuple[int, int]]] = [[] for _ in words]
    itself = [0.0] * len(words)
    for (first, second), count in sorted(pairs.items()):
        a, b = number.get(first), number.get(second)
        if a is not None and b is not None and a != b:
            after[a].append((b, count))
            before[b].append((a, count))
        elif a is not None and a == b:
            itself[a] = float(count)
    return [
        Neighbours(*_columns(followers), *_columns(forerunners), self_count)
        for followers, forerunners, self_count in zip(after, before, itself, strict=True)
    ]


def _columns(counts: Sequence[tuple[int, int]]) -> tuple[NDArray[np.int64], Counts]:
    return (
        np.array([number for number, _ in counts], dtype=np.int64),
        np.array([count for _, count in counts], dtype=np.float64),
    )


def by_ending(classes: Mapping[str, int]) -> dict[str, int]:
    """The commonest class among words that end so, for each ending that several have."""
    seen: dict[str, Counter[int]] = {}
    for word, found in sorted(classes.items()):
        for size in range(1, min(LONGEST_ENDING, len(word) - 1) + 1):
            seen.setdefault(word[-size:], Counter())[found] += 1
    return {
        ending: min(counts, key=lambda found: (-counts[found], found))
        for ending, counts in sorted(seen.items())
        if counts.total() >= LEAST_WORDS
    }
