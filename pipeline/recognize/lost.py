"""Words that have lost their å, ä and ö, or letters that are joined in print: to other signs, or to nothing.

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
_JOINS = ("ti", "tt", "ft", "fi", "ff")  # printed as one glyph in many fonts, some of which have no key to it
_OTHER_PAIRS = ("re", "an", "sk", "nd", "ol")  # what is lost nowhere
_NO_WORD = re.compile(r"[./@:–\\-]")  # paths, addresses, times, two words in one
_AROUND = ".,;:!?()[]\"'”’»«*"
_STRANGE_SIGN = re.compile(r"[^a-zåäöéü]")
_MOST = 24  # words that are tried: enough is known by then


def gone(words: Collection[str], familiar: Collection[str], known: Known) -> float:
    """How many of the distinct lower-case words that had å, ä or ö lack them, or one of these three; 0 to 1.

    `familiar` are those of the words that are known. A word or two tell nothing.
    """
    back = put_back(set(words).difference(familiar), known)
    total = max(sum(_is_bare(word, known) for word in words), sum(back.values()))
    shares = [_share(back[letter], kept(familiar, letter), 1.2) for letter in _SWEDISH]
    return max(_share(total, kept(familiar, _SWEDISH), 0.7), *shares)


def respelt(text: str, known: Known) -> float:
    """How many of the words have another sign where å, ä or ö makes them known: `f_rening`, `mĺnad`; 0 to 1.

    The same for every word of a page: one such word, a name or a way to mark a sound, tells nothing.
    """
    pieces = {piece.strip(_AROUND).lower() for piece in text.split()}
    spelt = {p for p in pieces if 3 < len(p) <= _LONGEST and p[0].isalpha() and not _NO_WORD.search(p)}
    odd = sorted(word for word in spelt if _STRANGE_SIGN.search(word))[: 4 * _MOST]
    found = sum(is_misspelt(word, _STRANGE_SIGN, known) for word in odd)
    return max(0.0, found - 1) / (len(spelt) + 4)


def joins_gone(strangers: Collection[str], familiar: Collection[str], known: Known) -> float:
    """How many of the lower-case words lack letters that are joined in print: `funkon`, `trädes`; 0 to 1."""
    tried = [word for word in sorted(strangers) if 4 < len(word) <= _LONGEST][: _MOST // 2]
    found = [word for word in tried if _is_joined(word, _JOINS, known)]
    by_chance = sum(_is_joined(word, _OTHER_PAIRS, known) for word in found)
    return max(0.0, len(found) - by_chance - 0.7) / (len(tried) + 0.5 * len(familiar) + 4)


def kept(familiar: Collection[str], letters: str) -> int:
    """How many words have one of the letters."""
    return sum(any(letter in word for letter in letters) for word in familiar)


@lru_cache(maxsize=20_000)
def is_misspelt(word: str, odd: re.Pattern[str], known: Known) -> bool:
    """Whether a lower-case word becomes known by å, ä or ö for each of its odd letters."""
    letters = sorted(set(odd.findall(word)))
    return len(letters) < 3 and any(
        known(word.translate(str.maketrans(dict(zip(letters, put, strict=True)))))
        for put in product(_SWEDISH, repeat=len(letters))
    )


def put_back(strangers: Collection[str], known: Known) -> dict[str, float]:
    """How many unknown words å, ä or ö in one place makes known, by letter, beyond what e, i and u do.

    What is unknown by nature, a name or another language, is as near to a word by the one as by the other.
    """
    tried = [word for word in sorted(strangers) if _LEAST <= len(word) <= _LONGEST][:_MOST]
    by_chance = sum(_becomes_known(word, letter, known) for word in tried for letter in _OTHER)
    return {
        letter: max(0.0, sum(_becomes_known(word, letter, known) for word in tried) - by_chance / len(_OTHER))
        for letter in _SWEDISH
    }


def _share(lost: float, kept: int, by_chance: float) -> float:
    return max(0.0, lost - by_chance) / (lost + kept + 1.5)


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
def _becomes_known(word: str, letter: str, known: Known) -> bool:
    """Whether the letter, put in one place between or instead of others, makes a known word."""
    return any(
        known(word[:at] + letter + word[at:])
        or (at < len(word) and word[at] not in _SWEDISH and known(word[:at] + letter + word[at + 1 :]))
        for at in range(len(word) + 1)
    )


@lru_cache(maxsize=20_000)
def _is_joined(word: str, pairs: tuple[str, ...], known: Known) -> bool:
    """Whether one of the pairs, put in at one place, makes a known word."""
    return any(known(word[:at] + pair + word[at:]) for at in range(1, len(word)) for pair in pairs)
