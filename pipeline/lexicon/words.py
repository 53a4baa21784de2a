"""Is this a Swedish word, and how common is it?

A word is known when the frequency table has it, or when it is a compound of parts that begin and end other
compounds. Numbers are no words. Case doesn't count.

`level(word)` is its log10 probability. To search for words by what they begin with, walk the trees
of `words()`, `head_words()` and `tail_words()` (`trie.py`); `LEVELS[number]` is what a number means.
All tables are mapped into memory: nothing is built when they are opened, and processes share them.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from pipeline.lexicon.format import opened
from pipeline.lexicon.shadows import skeleton
from pipeline.lexicon.trie import NONE, ROOT, Trie
from pipeline.lexicon.trie import opened as tree

STEP = 20  # a number of the tables is -20 times the log10 of a probability, at least 1
LEAST_HEAD = 3
LEAST_TAIL = 3
LEAST_COMPOUND = 7
LONGEST = 60  # what is longer is no word, and splitting takes time by the square
PLAUSIBLE = -8.2  # log10 of head and tail shares: below it a split is an accident of letters
LEAST_COMMON = 5
COMMON = 7 * STEP  # the number of a word that is common enough to be joined with any other
JOINED = re.compile("[/–]")
EDGES = ".,;:!?()[]{}\"'”’“‘»«•·*–—-/\\_<>|…+=#&%§"
ACCENTED = {"a": "aàáâãäåæ", "e": "eèéêë", "i": "iìíîï", "o": "oòóôõöø", "u": "uùúûü", "c": "cç", "n": "nñ"}
LEAST_ACCENTED = ord("à")
LEVELS = tuple(-number / STEP for number in range(256))


@dataclass(frozen=True, slots=True)
class Table(Mapping[str, float]):
    """Log10 probability by word, over the numbers of a tree."""

    tree: Trie

    def __getitem__(self, word: str) -> float:
        number = self.tree.value(word)
        if not number:
            raise KeyError(word)
        return LEVELS[number]

    def get(self, word: str, default: float | None = None) -> float | None:  # type: ignore[override]
        number = self.tree.value(word)
        return LEVELS[number] if number else default

    def __contains__(self, word: object) -> bool:
        return isinstance(word, str) and self.tree.value(word) > 0

    def __iter__(self) -> Iterator[str]:
        return self.tree.words()

    def __len__(self) -> int:
        return sum(map(bool, self.tree.values))


@cache
def words() -> Trie:
    """All words of the table."""
    return tree(opened("words.bin"))


@cache
def head_words() -> Trie:
    """The first parts of compounds, joint included."""
    return tree(opened("heads.bin"))


@cache
def tail_words() -> Trie:
    """The last parts of compounds."""
    return tree(opened("tails.bin"))


@cache
def table() -> Table:
    """Log10 probability by word."""
    return Table(words())


@cache
def shadows() -> Table:
    """Log10 probability on the web of words that have lost their diacritics (`pa`)."""
    return Table(tree(opened("shadows.bin")))


@cache
def heads() -> Table:
    """Log10 share among the first parts of compounds, joint included (`verksamhets`)."""
    return Table(head_words())


@cache
def tails() -> Table:
    """Log10 share among the last parts of compounds."""
    return Table(tail_words())


@lru_cache(maxsize=100_000)
def level(word: str) -> float | None:
    """Log10 probability of a word in general and administrative Swedish; None where the table lacks it."""
    number = words().value(word.lower())
    return LEVELS[number] if number else None


def near_level(word: str) -> float | None:
    """Log10 probability of the commonest word that is but one letter away; None where there is none."""
    return LEVELS[min(found)] if (found := words().near(word)) else None


@lru_cache(maxsize=50_000)
def accented_form(plain: str) -> str | None:
    """The most common word that is this one with å, ä, ö or é; None where there is none."""
    tree = words()
    nodes: list[tuple[int, str]] = [(ROOT, "")]
    for letter in plain:
        nodes = _followed(tree, nodes, letter)
        if not nodes:
            return None
    found = [(tree.values[node], word) for node, word in nodes if tree.values[node] and not word.isascii()]
    return min(found)[1] if found else None


def _followed(tree: Trie, nodes: list[tuple[int, str]], letter: str) -> list[tuple[int, str]]:
    """The nodes after a letter, with it or with one of its accented forms: those are the last children."""
    labels, first = tree.labels, tree.first
    found = []
    for node, begun in nodes:
        low, high = first[node], first[node + 1]
        accented = low < high and labels[high - 1] >= LEAST_ACCENTED
        for other in ACCENTED.get(letter, letter) if accented else letter:
            child = labels.find(ord(other), low, high) if ord(other) < 256 else NONE
            if child >= 0:
                found.append((child, begun + other))
    return found


@lru_cache(maxsize=200_000)
def known(word: str) -> bool:
    """Whether the word, or each of its parts between hyphens, is a Swedish word or compound."""
    lowered = word.lower()
    if words().value(lowered):
        return True
    if JOINED.search(lowered) and len(lowered) <= 2 * LONGEST:  # `och/eller`, `måndag–fredag`
        return all(len(piece) > 1 and known(piece) for piece in JOINED.split(lowered))
    if "-" in lowered and len(lowered) <= 2 * LONGEST:
        pieces = [piece for piece in lowered.split("-") if piece]
        spelled = [piece for piece in pieces if not piece.isdigit()]
        return bool(spelled) and all(known(piece) or _joined(piece) for piece in spelled)
    return split(lowered) is not None


def frequency(word: str) -> float:
    """Probability of the word in general and administrative Swedish, 0.0 where the table lacks it."""
    found = level(word)
    return 0.0 if found is None else 10.0**found


@lru_cache(maxsize=50_000)
def split(word: str) -> tuple[str, ...] | None:
    """The parts of a compound, joint with the part before (`('verksamhets', 'plan')`); None if it is none."""
    lowered = word.lower()
    if not LEAST_COMPOUND <= len(lowered) <= LONGEST or not lowered.isalpha():
        return None
    if lowered.isascii() and accented_form(lowered):  # `namnden` is `nämnden`, not `namn` + `den`
        return None
    two = _best_of_two(lowered)
    if two is not None and two[0] >= PLAUSIBLE:
        return two[1]
    return _best_of_three(lowered) or _of_common_words(lowered)


def compound_score(word: str) -> float | None:
    """Log10 plausibility of a word of two parts as a compound; None where no split has known parts."""
    two = _best_of_two(word.lower())
    return None if two is None else two[0]


def lexicon_rate(text: str) -> float | None:
    """The share of words known, 0 to 1; None where the text has no words.

    Words are what stands between blanks, without punctuation at the ends, with at least two letters.
    Acronyms and forms with digits inside count as they are: debris such as `f6r` is unknown.
    """
    judged = seen = 0
    for token, count in Counter(text.split()).items():
        word = token.strip(EDGES)
        if _judgeable(word):
            judged += count
            seen += count * known(word)
    return seen / judged if judged else None


def _judgeable(word: str) -> bool:
    letters = sum(map(str.isalpha, word))
    return letters >= 2 and letters >= len(word) / 2 and "@" not in word and "." not in word


def _joined(piece: str) -> bool:
    """A head that stands before a hyphen: `arbetsmarknads-`."""
    return head_words().value(piece) > 0


def _best_of_two(word: str) -> tuple[float, tuple[str, ...]] | None:
    lasts = tail_words()
    best, at = 0, 0
    for end, first in head_words().beginnings(word):
        if LEAST_HEAD <= end <= len(word) - LEAST_TAIL:
            last = lasts.value(word[end:])
            if last and (not at or first + last < best):
                best, at = first + last, end
    return (-best / STEP, (word[:at], word[at:])) if at else None


def _best_of_three(word: str) -> tuple[str, ...] | None:
    """A head before a compound: `familje` + `rätts` + `frågor`. Both joints must be plausible."""
    best: tuple[float, tuple[str, ...]] | None = None
    for at, number in head_words().beginnings(word):
        first = LEVELS[number]
        if LEAST_HEAD < at < len(word) - 2 * LEAST_HEAD and first > PLAUSIBLE / 2:
            rest = _best_of_two(word[at:])
            if rest is not None and rest[0] >= PLAUSIBLE and (best is None or first + rest[0] > best[0]):
                best = (first + rest[0], (word[:at], *rest[1]))
    return None if best is None else best[1]


def _of_common_words(word: str) -> tuple[str, ...] | None:
    """Two long and common words that nobody joined before, with an s between or not: `trafik` + `traktor`.

    The parts are long, since a word that has lost its dots (`stod`, `rad`) mustn't make a compound.
    """
    begun = {end for end, number in words().beginnings(word) if number <= COMMON}
    begun |= {end for end, _ in head_words().beginnings(word)}
    begun |= {end + 1 for end in begun if word[end : end + 1] == "s"}
    for end in sorted(begun):
        if LEAST_COMMON <= end <= len(word) - LEAST_COMMON:
            last = word[end:]
            if 0 < words().value(last) <= COMMON or tail_words().value(last):
                return word[:end], last
    return None


class _Accented(Mapping[str, str]):
    """`accented_form` as a mapping."""

    def __getitem__(self, plain: str) -> str:
        found = accented_form(plain)
        if found is None:
            raise KeyError(plain)
        return found

    def __contains__(self, plain: object) -> bool:
        return isinstance(plain, str) and accented_form(plain) is not None

    def __iter__(self) -> Iterator[str]:
        return iter({skeleton(word) for word in words().words() if not word.isascii()})

    def __len__(self) -> int:
        return sum(1 for _ in self)


@cache
def accented() -> Mapping[str, str]:
    """The most common word with å, ä, ö or é for each skeleton without them."""
    return _Accented()
