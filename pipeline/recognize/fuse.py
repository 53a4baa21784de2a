"""Two readings of one page made one: words are paired by their place on the paper, the better ones stay.

What one reading took for one word may be two in the other, or nothing at all, so groups of words are
weighed against groups: the smallest that share no place with any other. The reading that loses is kept in
`Token.other` of the word that won.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from pipeline.sheet import Token

Choose = Callable[[Sequence[Token], Sequence[Token]], bool]
"""Whether the second reading of a place is the better one. Either may be empty, never both."""

_SHARED = 0.5  # of the narrower and of the lower box
_TALLER = 2.5  # type sizes; what is taller runs across lines and belongs to none
_CELL = 24.0  # points; only speed depends on it

_Links = Mapping[int, Sequence[int]]


def fuse(first: Sequence[Token], second: Sequence[Token], choose: Choose) -> list[Token]:
    """The words of two readings of a page, in the order of the first; `choose` decides place by place.

    Words that only the second has come after the word that they follow there. Where both say the same, the
    surer one stays. The time is linear in the number of words, as long as they don't lie on one another.
    """
    right, left = _links(first, second)
    placed: list[tuple[tuple[int, int], Token]] = []
    for mine, others in _groups(len(first), right, left):
        one, two = [first[i] for i in mine], [second[j] for j in others]
        if not _second_wins(one, two, choose):
            placed += [((i, 0), token) for i, token in zip(mine, _won(one, two), strict=True)]
        elif len(one) == len(two):
            placed += [((i, 0), token) for i, token in zip(mine, _won(two, one), strict=True)]
        else:
            placed += [((mine[0], j + 1), token) for j, token in zip(others, _won(two, one), strict=True)]
    before = -1
    for j, token in enumerate(second):
        before = max(left.get(j, (before,)))
        if j not in left and choose((), (token,)):
            placed.append(((before, j + 1), token))
    return [token for _, token in sorted(placed, key=lambda entry: entry[0])]


def text_of(tokens: Sequence[Token]) -> str:
    """Words as they stand on a line."""
    return " ".join(token.text for token in tokens)


def _second_wins(one: Sequence[Token], two: Sequence[Token], choose: Choose) -> bool:
    if text_of(one) == text_of(two):
        return len(one) == len(two) and _surety(two) > _surety(one)
    return choose(one, two)


def _won(winners: Sequence[Token], losers: Sequence[Token]) -> list[Token]:
    """The winners, the first of them with what the losers said, where that was something else."""
    if not winners or not losers or text_of(winners) == text_of(losers):
        return list(winners)
    return [replace(winners[0], other=text_of(losers)), *winners[1:]]


def _surety(tokens: Sequence[Token]) -> float:
    return min(token.confidence or 0.0 for token in tokens)


def _groups(count: int, right: _Links, left: _Links) -> Iterator[tuple[list[int], list[int]]]:
    """Indexes of the words that share places, for all `count` words of the first reading."""
    seen: set[int] = set()
    for start in range(count):
        if start in seen:
            continue
        mine, others, new = {start}, set[int](), [start]
        while new:
            found = {j for i in new for j in right.get(i, ())} - others
            others |= found
            new = sorted({i for j in found for i in left[j]} - mine)
            mine.update(new)
        seen |= mine
        yield sorted(mine), sorted(others)


def _links(first: Sequence[Token], second: Sequence[Token]) -> tuple[_Links, _Links]:
    """Which words of the second reading share the place of each word of the first, and the other way."""
    grid: dict[tuple[int, int], list[int]] = defaultdict(list)
    for j, token in enumerate(second):
        for cell in _cells(token):
            grid[cell].append(j)
    right: dict[int, list[int]] = defaultdict(list)
    left: dict[int, list[int]] = defaultdict(list)
    for i, token in enumerate(first):
        for j in sorted({j for cell in _cells(token) for j in grid.get(cell, ())}):
            if _share_a_place(token, second[j]):
                right[i].append(j)
                left[j].append(i)
    return right, left


def _cells(token: Token) -> Iterator[tuple[int, int]]:
    box = token.box
    for column in range(math.floor(box.x0 / _CELL), math.floor(box.x1 / _CELL) + 1):
        for row in range(math.floor(box.y0 / _CELL), math.floor(box.y1 / _CELL) + 1):
            yield column, row


def _share_a_place(one: Token, other: Token) -> bool:
    a, b = one.box, other.box
    if a == b:
        return True
    wide = min(a.x1, b.x1) - max(a.x0, b.x0)
    high = min(a.y1, b.y1) - max(a.y0, b.y0)
    taller = max(a.y1 - a.y0, b.y1 - b.y0)
    return (
        wide > _SHARED * min(a.x1 - a.x0, b.x1 - b.x0)
        and high > _SHARED * min(a.y1 - a.y0, b.y1 - b.y0)
        and taller <= _TALLER * max(one.size, other.size)
    )
