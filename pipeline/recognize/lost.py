"""Words that have lost their å, ä and ö: to a, o or another letter, or to nothing.

Such a word is no word, and becomes one when the letters are put back: a sign that holds for table heads and
names too, where there are no small words to tell the language by.
"""

import re
from collections.abc import Callable, Collection, Iterator
from functools import lru_cache
from itertools import combinations, product

from pipeline.lexicon.words import accented_form

Known = Callable[[str], bool]

_FOLDED = {"a": "åä", "o": "ö"}
_PAIRS = {"aa": "å", "ae": "ä", "oe": "ö"}
_PAIR = re.compile("aa|ae|oe")
_SWEDISH, _OTHER = "åäö", "eiu"
_LEAST, _LONGEST = 5, 24
_MOST = 24  # words that are tried: enough is known by then


def bare(words: Collection[str], known: Known) -> tuple[int, int]:
    """How many of the distinct lower-case words lack their å, ä and ö, and how many have them."""
    lost = sum(_is_bare(word, known) for word in words)
    kept = sum(not word.isascii() and any(c in word for c in _SWEDISH) and known(word) for word in words)
    return lost, kept


def put_back(strangers: Collection[str], known: Known) -> int:
    """How many more unknown words one å, ä or ö makes known than one e, i or u does, in the same places.

    What is unknown by nature, a name or another language, is as near to a word by the one as by the other.
    """
    tried = [word for word in sorted(strangers) if _LEAST <= len(word) <= _LONGEST][:_MOST]
    return sum(_becomes_known(word, _SWEDISH, known) for word in tried) - sum(
        _becomes_known(word, _OTHER, known) for word in tried
    )


@lru_cache(maxsize=20_000)
def _is_bare(word: str, known: Known) -> bool:
    if len(word) < 3 or not word.isascii() or known(word):
        return False
    if accented_form(word) or (_PAIR.search(word) and known(_joined(word))):
        return True
    return len(word) > 6 and any(map(known, _with_dots(word)))


def _joined(word: str) -> str:
    """A word written for a machine without å, ä and ö: `foerening`."""
    return _PAIR.sub(lambda match: _PAIRS[match.group()], word)


def _with_dots(word: str) -> Iterator[str]:
    """The word with dots and rings at one or two of its places."""
    places = [at for at, letter in enumerate(word) if letter in _FOLDED][:6]
    for count in (1, 2):
        for chosen in combinations(places, count):
            for letters in product(*(_FOLDED[word[at]] for at in chosen)):
                put = dict(zip(chosen, letters, strict=True))
                yield "".join(put.get(at, letter) for at, letter in enumerate(word))


@lru_cache(maxsize=20_000)
def _becomes_known(word: str, letters: str, known: Known) -> bool:
    for at in range(len(word) + 1):
        for letter in letters:
            if known(word[:at] + letter + word[at:]):
                return True
            if at < len(word) and word[at] not in _SWEDISH and known(word[:at] + letter + word[at + 1 :]):
                return True
    return False
