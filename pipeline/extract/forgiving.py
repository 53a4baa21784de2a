"""Patterns that find Swedish wordings though a scan or a wrong OCR language has bent their letters.

`for` and `f6r` are found for `för`, `arligen` for `årligen`, whatever blanks or line ends stand between the
words. Only å, ä and ö are forgiven, and `o` and `l` inside numbers: more would find what isn't there.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import product
from typing import NamedTuple

from pipeline.extract.word_lists import data_rows

# What an engine without Swedish makes of the three letters (seen with the English models of Tesseract).
BENT = {"å": "(?:[åäaàáâãé4d&]|i)", "ä": "[äåaàáâãéid&]", "ö": "(?:oé|[öoóòôõøéée60])"}
# Letters that stand for digits in scanned numbers: each with the digits it may be.
LOOK_ALIKES = {
    **dict.fromkeys("OoQD", "0"),
    **dict.fromkeys("lI|!i", "1"),
    **dict.fromkeys("Ss", "5"),
    **dict.fromkeys("Zz", "2"),
    "B": "8",
    "G": "6",
    "b": "6",
    "g": "9",
    "q": "9",
    "T": "7",
    "A": "4",
}
MAX_READINGS = 64
BEGINNING = 4  # letters of a gist that are looked up before all of it is looked for
_UNBENT = re.compile(r"[a-z0-9]+")


class Cue(NamedTuple):
    """A wording that speaks for a kind, and how strongly; `side` is `<` where it speaks only of what follows
    it, `>` only of what goes before, doubled where it must stand right beside it, empty where it speaks of
    both. `gist` are small letters without which it can't be there, to pass over most wordings quickly."""

    kind: str
    weight: float
    pattern: re.Pattern[str]
    side: str = ""
    gist: str = ""


def forgiving(wording: str) -> str:
    """The source of a pattern for a wording: `*` ends a word in any way, `~` lets a few words between.

    >>> bool(re.fullmatch(forgiving("för perioden"), "f6r\\nperioden"))
    True
    >>> bool(re.search(forgiving("årlig*"), "arligen"))
    True
    """
    parts = []
    for character in wording.lower().replace(" ~ ", "~"):
        if character == "*":
            parts.append(r"\w*")
        elif character == "~":
            parts.append(r"\s(?:[^.;:]{0,120}\s)?")
        elif character.isspace():
            parts.append(r"[\s*_]+")
        else:
            parts.append(BENT.get(character, re.escape(character)))
    source = "".join(parts)
    return rf"(?<!\w){source}(?!\w)"


@cache
def cues(name: str) -> tuple[Cue, ...]:
    """The cues of `data/NAME.tsv`: kind, weight and wording in each line; the side before the wording."""
    return tuple(
        Cue(
            kind,
            float(weight),
            re.compile(forgiving(wording.lstrip("<>")), re.IGNORECASE),
            wording[: len(wording) - len(wording.lstrip("<>"))],
            max(_UNBENT.findall(wording.lower()), key=len, default=""),
        )
        for kind, weight, wording in data_rows(f"{name}.tsv")
    )


@lru_cache(maxsize=4)  # asked for each sum and date in turn, of the same document
def cues_in(name: str, text: str) -> tuple[Cue, ...]:
    """The cues of `data/NAME.tsv` that a text may hold."""
    letters, begun = text.lower(), _beginnings(text)
    found = [
        (at, cue)
        for beginning, group in _by_beginning(name).items()
        if beginning in begun or len(beginning) < BEGINNING
        for at, cue in group
        if cue.gist in letters
    ]
    return tuple(cue for _, cue in sorted(found))


@lru_cache(maxsize=2)
def _beginnings(text: str) -> frozenset[str]:
    """The first letters of all that a text may hold."""
    letters = text.lower()
    return frozenset(letters[at : at + BEGINNING] for at in range(len(letters)))


@cache
def _by_beginning(name: str) -> dict[str, list[tuple[int, Cue]]]:
    """The cues of `data/NAME.tsv`, numbered, by the first letters of their gists."""
    found: dict[str, list[tuple[int, Cue]]] = {}
    for at, cue in enumerate(cues(name)):
        found.setdefault(cue.gist[:BEGINNING], []).append((at, cue))
    return found


def readings(written: str) -> Iterator[str]:
    """Every way to read the look-alike letters of a number as digits; other marks stay.

    >>> list(readings("8O2438-l355"))
    ['802438-1355']
    """
    choices = [LOOK_ALIKES.get(character, character) for character in written]
    ways = 1
    for choice in choices:
        ways *= len(choice)
    if ways <= MAX_READINGS:
        for way in product(*choices):
            yield "".join(way)
