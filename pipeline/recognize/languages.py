"""Which language a text is in, as far as its small words tell, and whether its letters could be any's.

The data is built by `bench/languages.py`. Everything is loaded when first asked for.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from unicodedata import normalize

_LATIN_LETTERS = "_abcdefghijklmnopqrstuvwxyz"
_OWN_LETTERS = {
    "æ": "a",
    "ø": "o",
    "œ": "o",
    "ß": "s",
    "þ": "t",
    "ð": "d",
    "đ": "d",
    "ł": "l",
    "ı": "i",
    "ŋ": "n",
    "ŧ": "t",
}
_LETTERS = [chr(code) for block in (range(0xDF, 0x250), range(0x1E00, 0x1F00)) for code in block]
_FOLD = str.maketrans(
    {letter: normalize("NFD", letter)[0] for letter in _LETTERS if letter.islower()} | _OWN_LETTERS
)
_NO_LATIN = re.compile(r"[^\W\d_a-zA-Z\u00c0-\u024f\u1e00-\u1eff\ufb00-\ufb06ªºµˆˇ]")


def fold(text: str) -> str:
    """Lower-case letters without their diacritics."""
    return text.translate(_FOLD)


@cache
def small_words() -> Mapping[str, tuple[str, ...]]:
    """The languages that a word, folded, is one of the commonest of. Read only."""
    found: dict[str, list[str]] = {}
    for line in _lines("languages.txt"):
        language, words = line.split("\t")
        for word in words.split():
            found.setdefault(word, []).append(language)
    return {word: tuple(languages) for word, languages in found.items()}


@cache
def _bigrams() -> dict[str, float]:
    levels: dict[str, float] = {}
    for line in _lines("bigrams.txt"):
        if not line.startswith("#"):
            letter, *rest = line.split()
            levels |= {
                letter + follower: int(level) / 100
                for follower, level in zip(_LATIN_LETTERS, rest, strict=True)
            }
    return levels


def counts(words: Sequence[str]) -> Counter[str]:
    """How many of the words are small words of each language; the words are folded."""
    lists, found = small_words(), Counter[str]()
    for word in words:
        found.update(lists.get(word, ()))
    return found


def surprise(words: Sequence[str]) -> float:
    """How unlikely the letters follow one another, in nats a letter; 2.3 to 2.7 in any European language.

    The words are folded; those with letters that aren't Latin are left out. 0 where no words are left.
    """
    levels, total, letters = _bigrams(), 0.0, 0
    for word in words:
        marked = f"_{word}_"
        try:
            total += sum([levels[marked[i : i + 2]] for i in range(len(marked) - 1)])
        except KeyError:
            continue
        letters += len(word) + 1
    return total / letters if letters else 0.0


def other_script(text: str) -> bool:
    """Whether most letters are of a script that no Swedish is written in (Arabic, Cyrillic)."""
    letters = sum(map(str.isalpha, text))
    return letters > 0 and len(_NO_LATIN.findall(text)) > 0.6 * letters


def _lines(name: str) -> list[str]:
    return files(__package__).joinpath("data").joinpath(name).read_text(encoding="utf-8").splitlines()
