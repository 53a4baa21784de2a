"""Headings set with a blank after each letter: `A V T A L`, `Ö V E R E N S K O M M E L S E  2 0 2 4`.

The letters are put together where they make Swedish words. Between words there may be a wider gap; where
there isn't, the lexicon parts them. A row of letters that makes no word (`A B C D`) stays.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from pipeline.clean.rule import edit
from pipeline.lexicon import known
from pipeline.lexicon.words import table
from pipeline.model import Edit

RUN = re.compile(r"(?<![^\s])(?:[^\W_] {1,4}|[^\W_]\t){3,}[^\W_](?![^\s:.])")
WORD_GAP = re.compile(r" {2,}|\t")
SHORT = frozenset(
    ("i", "å", "ö", "om", "av", "på", "en", "ett", "och", "för", "med", "till", "att", "per", "vid")
)
LEAST = 4  # letters of a word, unless it is one of the short ones
RARE = -6.3  # log10; rarer rows of letters are words by accident
LEAST_COMPOUND = 9
LONGEST = 40


def find(text: str) -> Iterator[Edit]:
    """Rows of single letters, as words."""
    for run in RUN.finditer(text):
        old = run.group()
        new = (
            " ".join(_joined(part) for part in WORD_GAP.split(old)) if WORD_GAP.search(old) else _joined(old)
        )
        if new != old and _is_sure(new):
            yield edit(run.start(), old, new, "spaced", 0.95)


def _joined(part: str) -> str:
    """The letters of one stretch as a word or words; as it was where they make none."""
    letters = part.replace(" ", "")
    if letters.isdigit():
        return letters
    head = letters.rstrip("0123456789")
    words = _parted(head.lower())
    if not words:
        return part
    at, made = 0, []
    for word in words:
        made.append(head[at : at + len(word)])
        at += len(word)
    return " ".join([*made, letters[len(head) :]]).strip()


def _is_sure(new: str) -> bool:
    """Whether a word of some length came of it and no single letter is left."""
    words = new.split()
    return any(len(word) >= LEAST and word.isalpha() for word in words) and all(
        len(word) > 1 or word.lower() in SHORT for word in words
    )


@lru_cache(maxsize=1000)
def _parted(letters: str) -> tuple[str, ...]:
    """The likeliest row of words that the letters are; empty where they are none."""
    if not letters.isalpha() or len(letters) > LONGEST:
        return ()
    level = table().get(letters)
    if letters in SHORT or (len(letters) >= LEAST and level is not None and level > RARE):
        return (letters,)
    if len(letters) >= LEAST_COMPOUND and known(letters):
        return (letters,)
    best: list[tuple[float, tuple[str, ...]] | None] = [(0.0, ())] + [None] * len(letters)
    for start in range(len(letters)):
        path = best[start]
        if path is None:
            continue
        for end in range(start + 1, len(letters) + 1):
            word = letters[start:end]
            level = table().get(word) if len(word) >= LEAST or word in SHORT else None
            if level is not None and level > RARE:
                total, old = path[0] + level, best[end]
                if old is None or total > old[0]:
                    best[end] = (total, (*path[1], word))
    found = best[-1]
    return found[1] if found else ()
