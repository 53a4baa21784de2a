"""Words that were read wrong, free of order: a page with columns, notes and stamps has no one right order."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

_WORD = re.compile(r"[^\W_]+(?:[-'’.:/][^\W_]+)*")
_GROUPED = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")
_DASHES = re.compile("[‐‑‒–—−]")


def words(text: str) -> list[str]:
    """The words of a text in lower case; a blank inside a number (1 450 000) doesn't split it."""
    text = unicodedata.normalize("NFKC", text).replace("\xad", "")
    return _WORD.findall(_GROUPED.sub("", " ".join(_DASHES.sub("-", text).lower().split())))


def word_errors(true: Sequence[str], read: Sequence[str]) -> int:
    """How many words are wrong: the larger of those that are missing and those that were made up."""
    wanted, found = Counter(true), Counter(read)
    return max((wanted - found).total(), (found - wanted).total())
