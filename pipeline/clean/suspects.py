"""Where whole text has words that may be misread all the same: few, so that the rest costs next to nothing.

A suspect is a word that the lexicon lacks but for which it has a reading close enough to win; short words
are left out, since too many of them are somebody's abbreviations.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from pipeline.clean.candidates import as_read, candidates
from pipeline.lexicon.words import known

TOKEN = re.compile(r"[^\W_]+")
LEAST = 5
REACH = 60  # characters on either side, for the neighbours
WITHIN = -1.0  # log10; how far behind a reading may be by itself and still win by its neighbours


def around_suspects(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretches around suspects, from blank to blank, those that touch joined."""
    stretch = text[start:end]
    suspects = {word for word in set(TOKEN.findall(stretch)) if is_suspect(word)}
    if not suspects:
        return
    low = high = -1
    for match in TOKEN.finditer(text, start, end):
        if match.group() in suspects:
            a, b = _widened(text, match.start(), match.end(), start, end)
            if high >= a:
                high = b
                continue
            if high >= 0:
                yield low, high
            low, high = a, b
    yield low, high


def _widened(text: str, low: int, high: int, start: int, end: int) -> tuple[int, int]:
    low, high = max(start, low - REACH), min(end, high + REACH)
    while low > start and not text[low - 1].isspace():
        low -= 1
    while high < end and not text[high].isspace():
        high += 1
    return low, high


@lru_cache(maxsize=200_000)
def is_suspect(word: str) -> bool:
    """Whether a word in whole text may be misread."""
    if (len(word) < LEAST and word.isalpha()) or word.isdigit() or known(word):
        return False
    found = candidates(word)
    return bool(found) and found[0].score > as_read(word) - WITHIN
