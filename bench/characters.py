"""The share of wrong characters of a read text, free of the order in which its parts were read.

Columns, stamps and tables have no one right order, so plain edit distance won't do, and a bag of words counts
one sign misread between two words as two words lost and one made up. Here passages that stand in both texts
are found first, longest first, wherever they stand; what is left between them is paired where it is alike and
measured by edit distance; of the rest words are paired. The idea is that of the flexible character accuracy
(Clausner, Pletschacher, Antonacopoulos 2020). Letters and digits count; blanks, signs and case don't.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import groupby

import numpy as np
from compare import pairs, parts, settle
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

_PASSAGE = 8  # letters and digits that make words a passage, if they stand in both texts
_APART = (0.0, 0.25, 0.5)  # how far passages may differ that are taken for the same


@dataclass(frozen=True)
class Gap:
    """Words between passages that stand in both texts; `beside` names the words on either side of it."""

    words: tuple[str, ...] = ()
    beside: frozenset[int] = frozenset()

    @property
    def letters(self) -> str:
        return "".join(self.words)


def wrong_share(truth: str, text: str, extra: Iterable[str] = ()) -> float:
    """Wrong, missing and made-up letters and digits as a share of the true ones, 0 to 1.

    `extra` are texts that may be read or not, such as those of stamps.
    """
    true, read = parts(truth), parts(text)
    total = sum(map(len, true))
    if not total:
        return float(bool(read))
    return min(1.0, wrong_characters(true, _without(read, true, extra)) / total)


def wrong_characters(true: Sequence[str], read: Sequence[str]) -> int:
    """How many letters and digits are wrong, missing or made up in a text of words.

    Each way of pairing explains what was read by so many mistakes; the one that needs the fewest is right.
    """
    gaps, others = _gaps(true, read)
    return min(_wrong(list(gaps), list(others), apart) for apart in _APART)


def wrong_words(truth: str, text: str, extra: Iterable[str] = ()) -> Counter[str]:
    """The words read that don't stand in the truth, neither whole nor joined nor in pieces, and how often."""
    true = parts(truth)
    read = Counter(_without(parts(text), true, extra))
    lost, made = Counter(true) - read, read - Counter(true)
    settle(lost, made)
    settle(made, lost)
    return +made


def _wrong(gaps: list[Gap], others: list[Gap], apart: float) -> int:
    wrong = 0
    for one, other in list(_alike(gaps, others, apart)):
        wrong += Levenshtein.distance(one.letters, other.letters)
        gaps.remove(one)
        others.remove(other)
    lost, made = _counted(gaps), _counted(others)
    lost, made = lost - made, made - lost
    settle(lost, made)
    settle(made, lost)
    found = pairs([*lost.elements()], [*made.elements()])
    wrong += sum(Levenshtein.distance(*pair) for pair in found if all(pair))
    lost, made = (Counter(pair[side] for pair in found if not all(pair)) for side in (0, 1))
    return wrong + _unlike(_left(gaps, lost), _left(others, made))


def _counted(gaps: Iterable[Gap]) -> Counter[str]:
    return Counter(word for gap in gaps for word in gap.words)


def _left(gaps: Iterable[Gap], words: Counter[str]) -> list[Gap]:
    """The gaps with those of their words alone that are among some words, each as often as it is there."""
    found = []
    for gap in gaps:
        kept = []
        for word in gap.words:
            if words[word] > 0:
                words[word] -= 1
                kept.append(word)
        if kept:
            found.append(replace(gap, words=tuple(kept)))
    return found


def _unlike(lost: Iterable[Gap], made: Sequence[Gap]) -> int:
    """The letters of gaps that share none; at the same place one is the other, garbled, and counts once."""
    free = list(made)
    wrong = 0
    for gap in lost:
        same = next((other for other in free if gap.beside & other.beside), Gap())
        wrong += max(len(gap.letters), len(same.letters))
        if same.words:
            free.remove(same)
    return wrong + sum(len(other.letters) for other in free)


def _without(read: Sequence[str], true: Sequence[str], extra: Iterable[str]) -> list[str]:
    """The words read, but for those that stand in `extra` and are more than the truth has."""
    allowed = Counter(word for text in extra for word in parts(text)) & (Counter(read) - Counter(true))
    kept = []
    for word in reversed(read):
        if allowed[word] > 0:
            allowed[word] -= 1
        else:
            kept.append(word)
    return kept[::-1]


def _gaps(true: Sequence[str], read: Sequence[str]) -> tuple[list[Gap], list[Gap]]:
    """The words of each text that lie between the passages that stand in both."""
    left: list[str | int] = list(true)
    right: list[str | int] = list(read)
    number = 0
    while True:
        found = SequenceMatcher(None, left, right, autojunk=False).find_longest_match()
        passage = left[found.a : found.a + found.size]
        if sum(len(word) for word in passage if isinstance(word, str)) < _PASSAGE:
            return list(_runs(left)), list(_runs(right))
        for at in range(found.size):  # an even number there, the next odd one here: they never match again
            left[found.a + at], right[found.b + at] = number, number + 1
            number += 2


def _runs(words: Sequence[str | int]) -> Iterator[Gap]:
    start = 0
    for kind, group in groupby(words, key=type):
        run = list(group)
        end = start + len(run)
        if kind is str:
            before = {-1 if not start else _place(words[start - 1])}
            after = {-2 if end == len(words) else -3 - _place(words[end])}
            yield Gap(tuple(map(str, run)), frozenset(before | after))
        start = end


def _place(mark: str | int) -> int:
    return int(mark) // 2


def _alike(gaps: Sequence[Gap], others: Sequence[Gap], limit: float) -> Iterator[tuple[Gap, Gap]]:
    """Gaps of the two texts of which at most a share differs, the most alike first."""
    if not gaps or not others or not limit:
        return
    texts, reads = [gap.letters for gap in gaps], [gap.letters for gap in others]
    apart = process.cdist(texts, reads, scorer=Levenshtein.distance, dtype=np.int32)
    longest = np.maximum.outer([len(text) for text in texts], [len(text) for text in reads])
    alone, free = set(range(len(gaps))), set(range(len(others)))
    for place in np.argsort(apart / longest, axis=None, kind="stable"):
        one, other = divmod(int(place), len(others))
        if apart[one, other] > limit * longest[one, other]:
            return
        if one in alone and other in free:
            alone.discard(one)
            free.discard(other)
            yield gaps[one], others[other]
