"""Words that are only another word with its dots and rings lost: `pa` of `på`, `ocksa` of `också`.

Text from the web is full of them, so being in a frequency list says nothing; the ratio to the right form
does, and so does absence from the statutes, which were edited with care.
"""

from collections.abc import Mapping
from itertools import groupby

FOLD = str.maketrans("åäöéèüáàêëíóôâï", "aaoeeuaaeeiooai")

SWEDISH = frozenset("abcdefghijklmnopqrstuvwxyzåäöé-:'’")
ABSENT_RATIO = 3.0  # the plain form isn't in the statutes
RARE_RATIO = 60.0  # it is, but the right form is that much more common there and in general
COMMON_IN_STATUTES = 3.0


def skeleton(word: str) -> str:
    """The word without diacritics."""
    return word.translate(FOLD)


def found(words: Mapping[str, float], statutes: Mapping[str, float]) -> frozenset[str]:
    """The shadows among the words.

    `words` has merged probabilities, `statutes` counts.
    """
    shadow: set[str] = set()
    for _, group in groupby(sorted(words, key=lambda word: (skeleton(word), word)), key=skeleton):
        same = list(group)
        if len(same) > 1:
            shadow.update(word for word in same if _is_shadow(word, same, words, statutes))
    return frozenset(shadow)


def fuller(words: Mapping[str, float]) -> dict[str, float]:
    """For what is left of each word without its å, ä and ö the probability of the commonest such word."""
    best: dict[str, float] = {}
    for word, probability in words.items():
        plain = skeleton(word)
        if plain != word:
            best[plain] = max(probability, best.get(plain, 0.0))
    return best


def _is_shadow(word: str, same: list[str], words: Mapping[str, float], statutes: Mapping[str, float]) -> bool:
    fuller = [other for other in same if _fuller(other, word)]
    if not fuller:
        return False
    best = max(fuller, key=lambda other: words[other])
    ratio = words[best] / words[word]
    seen, right = statutes.get(word, 0.0), statutes.get(best, 0.0)
    if seen < COMMON_IN_STATUTES:
        return ratio > ABSENT_RATIO
    return ratio > RARE_RATIO and right > RARE_RATIO * seen


def _fuller(other: str, word: str) -> bool:
    """Whether `word` is `other` with some å, ä, ö, é lost or become foreign (`frân`), and none gained."""
    return other != word and all(
        a == b or b == skeleton(a) or b not in SWEDISH for a, b in zip(other, word, strict=True)
    )
