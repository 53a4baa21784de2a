"""Words that were read wrong, free of order: a page with columns, notes and stamps has no one right order."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

_WORD = re.compile(r"[^\W_]+(?:[-'’.:/][^\W_]+)*")
_GROUPED = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")
_DASHES = re.compile("[‐‑‒–—−]")


def normal(text: str) -> str:
    """A text with one kind of blank and of dash, and no soft hyphens."""
    text = unicodedata.normalize("NFKC", text).replace("\xad", "")
    return " ".join(_DASHES.sub("-", text).split())


def words(text: str) -> list[str]:
    """Words with their case; a blank inside a number (1 450 000) doesn't split it."""
    return _WORD.findall(grouped(normal(text)))


def grouped(text: str) -> str:
    """The text with `1 450 000` as `1450000`."""
    return _GROUPED.sub("", text)


def word_errors(true: Sequence[str], read: Sequence[str]) -> int:
    """Missing or made-up words, whichever are more, whatever their case."""
    wanted, found = (Counter(word.lower() for word in listed) for listed in (true, read))
    return max((wanted - found).total(), (found - wanted).total())
