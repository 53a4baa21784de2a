"""Which words stand before and after the words that differ only by å, ä and ö (`ar`/`är`/`år`, `for`/`för`).

Counted over the statutes, kept only for words that another known word can be mistaken for. A rare
neighbour is kept as its last three letters, a number as `#`, so that what is not in the table can still be
judged by its form.
"""

import lzma
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import log10

from pipeline.lexicon.context import COMMA as COMMA
from pipeline.lexicon.context import EDGE as EDGE
from pipeline.lexicon.context import tokens as tokens
from pipeline.lexicon.shadows import skeleton

FREQUENT = 3000  # neighbours kept as whole words
LEAST_PAIR = 2
LEAST_WORD = 5.0
AMBIGUOUS = 3e-7  # a confusable word rarer than this needs no context: the common one wins
COMMON = 1e-4  # words this common are also watched against words with any other vowel (för/får)
DOUBT = 100.0  # pseudo-counts of the general distribution: how much context it takes to be believed
MOST = 1.5  # a side's say, at most
ELSEWHERE = 0.15  # how much of the language isn't like the texts that were counted
BLURRED = "*"
VOWELS = str.maketrans("oei", "aaa")
NUMBER = "#"


@dataclass(frozen=True)
class Neighbours:
    """Counts of the neighbours of some words, and of all neighbours."""

    frequent: frozenset[str]
    counts: Mapping[str, tuple[Mapping[str, int], Mapping[str, int]]]  # word: before, after
    totals: Mapping[str, int]
    shares: Mapping[str, float]

    def form(self, neighbour: str) -> str:
        return form(neighbour, self.frequent)

    def score(self, word: str, before: str, after: str) -> float:
        """How much likelier than by chance the word stands between these two, in log10; 0 if unknown."""
        if word not in self.counts:
            return 0.0
        both = zip(self.counts[word], (before, after), strict=True)
        return sum(self._score(word, counts, self.form(neighbour)) for counts, neighbour in both)

    def _score(self, word: str, counts: Mapping[str, int], neighbour: str) -> float:
        share = self.shares.get(neighbour, 1e-5)
        total = self.totals[word]
        seen = (counts.get(neighbour, 0) + DOUBT * share) / (total + DOUBT)
        return min(MOST, log10(((1 - ELSEWHERE) * seen + ELSEWHERE * share) / share))


def form(neighbour: str, frequent: frozenset[str]) -> str:
    """A neighbour as the table has it: the word, its ending, or `#`."""
    word = neighbour.lower()
    if word in frequent or word in (EDGE, COMMA):
        return word
    if word.isdigit():
        return NUMBER
    return "~" + word[-3:]


def ambiguous(words: Mapping[str, float]) -> frozenset[str]:
    """The known words that share their skeleton with another known word."""
    groups: dict[str, list[str]] = defaultdict(list)
    for word, probability in words.items():
        if probability >= AMBIGUOUS and word.isalpha():
            groups[skeleton(word)].append(word)
        if probability >= COMMON and not word.isascii():
            groups[BLURRED + skeleton(word).translate(VOWELS)].append(word)
    return frozenset(word for group in groups.values() if len(group) > 1 for word in group)


def packed(pairs: Mapping[tuple[str, str], int], words: Mapping[str, float]) -> bytes:
    """The table as bytes. `pairs` counts neighbouring words, `words` has the probability of known ones."""
    totals: Counter[str] = Counter()
    for (first, _), count in pairs.items():
        totals[first] += count
    common = sorted((word for word in totals if word[0].isalpha()), key=lambda word: (-totals[word], word))[
        :FREQUENT
    ]
    frequent = frozenset(common)
    watched = {word for word in ambiguous(words) if totals[word] >= LEAST_WORD}
    before: dict[str, Counter[str]] = defaultdict(Counter)
    after: dict[str, Counter[str]] = defaultdict(Counter)
    shares: Counter[str] = Counter()
    for (first, second), count in pairs.items():
        shares[form(first, frequent)] += count
        if first in watched:
            after[first][form(second, frequent)] += count
        if second in watched:
            before[second][form(first, frequent)] += count
    lines = ["\t".join(common), _listed(shares, 20)]
    for word in sorted(watched):
        lines.append(f"{word}\t{totals[word]}\t{_listed(before[word])}\t{_listed(after[word])}")
    return lzma.compress("\n".join(lines).encode(), preset=9 | lzma.PRESET_EXTREME)


def _listed(counts: Mapping[str, int], least: int = LEAST_PAIR) -> str:
    return " ".join(f"{word} {count}" for word, count in sorted(counts.items()) if count >= least)


@cache
def neighbours() -> Neighbours:
    """The table of this package."""
    packed_lines = files(__package__).joinpath("data").joinpath("pairs.txt.xz").read_bytes()
    common, shares, *lines = lzma.decompress(packed_lines).decode().split("\n")
    counts, totals = {}, {}
    for line in lines:
        word, total, before, after = line.split("\t")
        counts[word] = (_counts(before.split()), _counts(after.split()))
        totals[word] = int(total)
    all_of_them = _counts(shares.split())
    total_shares = sum(all_of_them.values())
    return Neighbours(
        frozenset(common.split("\t")),
        counts,
        totals,
        {word: count / total_shares for word, count in all_of_them.items()},
    )


def _counts(flat: Iterable[str]) -> dict[str, int]:
    items = list(flat)
    return dict(zip(items[::2], map(int, items[1::2]), strict=True))
