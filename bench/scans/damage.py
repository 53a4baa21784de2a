"""What goes wrong with text on its way through other programs: each takes a word and damages it."""

import re
from collections.abc import Callable

import numpy as np

# What engines take for each other, by looks.
LOOKALIKES = {
    "å": "aä", "ä": "aå", "ö": "oé6", "Å": "AÄ", "Ä": "AÅ", "Ö": "O0", "l": "1iI", "i": "lj1", "e": "co",
    "c": "eo", "n": "rnu", "m": "rn", "u": "n", "o": "0c", "a": "o", "t": "fr", "f": "t", "r": "n", "h": "b",
    "b": "h", "s": "5", "S": "5", "O": "0", "0": "O", "1": "lI", "5": "S6", "6": "5b", "8": "3B", "3": "8",
    "g": "q9", "v": "y", "k": "h",
}  # fmt: skip


def words(text: str, written: Callable[[str], str]) -> str:
    """A text with each of its words damaged; blanks and lines stay."""
    return re.sub(r"\S+", lambda word: written(word[0]), text)


def mojibake(word: str) -> str:
    """UTF-8 read as Windows' Western code page."""
    return word.encode().decode("cp1252", errors="replace")


def stripped(word: str) -> str:
    """Diacritics lost."""
    return word.translate(str.maketrans("åäöÅÄÖé", "aaoAAOe"))


def shifted(word: str) -> str:
    """The font's map is off by 29, as in subsets without a ToUnicode table."""
    return "".join(chr(ord(char) - 29) if 61 < ord(char) < 127 else char for char in word)


def misread(rng: np.random.Generator, share: float) -> Callable[[str], str]:
    """A share of the characters taken for those that look like them."""

    def written(word: str) -> str:
        return "".join(
            str(rng.choice(list(LOOKALIKES[char]))) if char in LOOKALIKES and rng.random() < share else char
            for char in word
        )

    return written
