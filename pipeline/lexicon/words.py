"""Is this a Swedish word, and how common is it?

A word is known when the frequency table has it, or when it is a compound of parts that begin and end other
compounds. Numbers are no words. Case doesn't count.
"""

import re
from functools import cache, lru_cache

from pipeline.lexicon.format import loaded
from pipeline.lexicon.shadows import skeleton

LEAST_HEAD = 3
LEAST_TAIL = 3
LEAST_COMPOUND = 7
LONGEST = 60  # what is longer is no word, and splitting takes time by the square
PLAUSIBLE = -8.2  # log10 of head and tail shares: below it a split is an accident of letters
JUDGED = re.compile(r"\S+")
EDGES = ".,;:!?()[]{}\"'”’“‘»«•·*–—-/\\_<>|…+=#&%§"


@cache
def table() -> dict[str, float]:
    """Log10 probability by word. Read only."""
    return loaded("words.txt.xz")


@cache
def shadows() -> dict[str, float]:
    """Log10 probability on the web of words that have lost their diacritics (`pa`). Read only."""
    return loaded("shadows.txt.xz")


@cache
def heads() -> dict[str, float]:
    """Log10 share among the first parts of compounds, joint included (`verksamhets`). Read only."""
    return loaded("heads.txt.xz")


@cache
def tails() -> dict[str, float]:
    """Log10 share among the last parts of compounds. Read only."""
    return loaded("tails.txt.xz")


@cache
def accented() -> dict[str, str]:
    """The most common word with å, ä, ö or é for each skeleton without them. Read only."""
    best: dict[str, str] = {}
    words = table()
    for word in words:
        if not word.isascii():
            plain = skeleton(word)
            if plain not in best or words[word] > words[best[plain]]:
                best[plain] = word
    return best


@lru_cache(maxsize=200_000)
def known(word: str) -> bool:
    """Whether the word, or each of its parts between hyphens, is a Swedish word or compound."""
    lowered = word.lower()
    if lowered in table():
        return True
    if "-" in lowered and len(lowered) <= 2 * LONGEST:
        pieces = [piece for piece in lowered.split("-") if piece]
        words = [piece for piece in pieces if not piece.isdigit()]
        return bool(words) and all(known(word) or _joined(word) for word in words)
    return split(lowered) is not None


def frequency(word: str) -> float:
    """Probability of the word in general and administrative Swedish, 0.0 where the table lacks it."""
    level = table().get(word.lower())
    return 0.0 if level is None else 10.0**level


@lru_cache(maxsize=50_000)
def split(word: str) -> tuple[str, ...] | None:
    """The parts of a compound, joint with the part before (`('verksamhets', 'plan')`); None if it is none."""
    lowered = word.lower()
    if not LEAST_COMPOUND <= len(lowered) <= LONGEST or not lowered.isalpha():
        return None
    if lowered.isascii() and lowered in accented():  # `namnden` is `nämnden`, not `namn` + `den`
        return None
    two = _best_of_two(lowered)
    if two is not None and two[0] >= PLAUSIBLE:
        return two[1]
    return _best_of_three(lowered)


def compound_score(word: str) -> float | None:
    """Log10 plausibility of a word of two parts as a compound; None where no split has known parts."""
    two = _best_of_two(word.lower())
    return None if two is None else two[0]


def lexicon_rate(text: str) -> float | None:
    """The share of words known, 0 to 1; None where the text has no words.

    Words are what stands between blanks, without punctuation at the ends, with at least two letters.
    Acronyms and forms with digits inside count as they are: debris such as `f6r` is unknown.
    """
    judged = [word for word in (token.strip(EDGES) for token in JUDGED.findall(text)) if _judgeable(word)]
    return sum(map(known, judged)) / len(judged) if judged else None


def _judgeable(word: str) -> bool:
    letters = sum(map(str.isalpha, word))
    return letters >= 2 and letters >= len(word) / 2 and "@" not in word and "." not in word


def _joined(piece: str) -> bool:
    """A head that stands before a hyphen: `arbetsmarknads-`."""
    return piece in heads()


def _best_of_two(word: str) -> tuple[float, tuple[str, ...]] | None:
    firsts, lasts = heads(), tails()
    best: tuple[float, tuple[str, ...]] | None = None
    for at in range(LEAST_HEAD, len(word) - LEAST_TAIL + 1):
        last = lasts.get(word[at:])
        if last is not None:
            first = firsts.get(word[:at])
            if first is not None and (best is None or first + last > best[0]):
                best = (first + last, (word[:at], word[at:]))
    return best


def _best_of_three(word: str) -> tuple[str, ...] | None:
    """A head before a compound: `familje` + `rätts` + `frågor`. Both joints must be plausible."""
    firsts = heads()
    best: tuple[float, tuple[str, ...]] | None = None
    for at in range(LEAST_HEAD + 1, len(word) - 2 * LEAST_HEAD):
        first = firsts.get(word[:at])
        if first is not None and first > PLAUSIBLE / 2:
            rest = _best_of_two(word[at:])
            if rest is not None and rest[0] >= PLAUSIBLE and (best is None or first + rest[0] > best[0]):
                best = (first + rest[0], (word[:at], *rest[1]))
    return None if best is None else best[1]
