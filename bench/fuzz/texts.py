"""Texts to begin with, and ways to ruin them as Swedish papers are ruined: seeds and mutations for text."""

import random
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from importlib.resources import files

from synth.build import corpus

from pipeline.extract import sample

SEEDS = 40
_LOOK_ALIKE = (
    "0OoQ", "1Il|i", "2Zz", "5Ss", "8B", "6G", "9g", "åaâãä", "öoôõø", "äaåâ", "-–—\u2011", ",.",
)  # fmt: skip
_BLANKS = (
    "", " ", "  ", "   ", "\t", "\t\t", "\n", "\n\n", "-\n", "\u00ad\n", "\f", "\u00a0", "\u2009", "\u200b",
)  # fmt: skip
_MARKS = ("\u0301", "\u0308", "\u030a", "\u0327", "\u20dd", "\u200d", "\ufe0f")
_STRANGE = (
    "\x00", "\x1b", "\x7f", "\x85", "\ue000", "\uf0b7", "\ufffd", "\ufeff", "\u2028", "\ufffe", "\U0010ffff",
)  # fmt: skip
_RUINS = (
    ("utf-8", "cp1252"), ("utf-8", "latin-1"), ("cp1252", "cp437"), ("cp1252", "cp850"),
    ("utf-8", "mac_roman"),
)  # fmt: skip
_EXTREME = (
    "0", "00", "9" * 30, "-1", "1e9", "31", "32", "13", "1000000", "0001", "٣", "²", "½", "1,5", "1.000.000",
)  # fmt: skip

Change = Callable[[str, random.Random], str]


def seeds() -> Iterator[bytes]:
    """Made documents of the half that one may look at, and the sample that warms the extractors."""
    for document in corpus(SEEDS, "develop", 0):
        yield "\f".join(document.pages).encode()
    yield sample().encode()


@cache
def pieces() -> tuple[str, ...]:
    """What mutations put in, from the list beside this module."""
    lines = files(__package__).joinpath("pieces.txt").read_text(encoding="utf-8").splitlines()
    written = (line for line in lines if line and not line.startswith("# "))
    return tuple(
        line.encode("latin-1", "backslashreplace").decode("unicode_escape") if "\\" in line else line
        for line in written
    )


def mutated(data: bytes, rng: random.Random) -> bytes:
    """The text with a few changes; it can always be encoded, so lone surrogates can't come up."""
    text = data.decode("utf-8", "replace")
    for _ in range(rng.choice((1, 1, 2, 3, 5, 8))):
        text = rng.choice(CHANGES)(text, rng)
    return text.encode("utf-8", "replace")


def crossed(one: bytes, other: bytes, rng: random.Random) -> bytes:
    """Lines of both texts: the beginning of the one, and a stretch of the other in it."""
    lines, theirs = (data.decode("utf-8", "replace").split("\n") for data in (one, other))
    at, start = rng.randrange(len(lines) + 1), rng.randrange(len(theirs))
    taken = theirs[start : start + rng.randrange(1, 12)]
    return "\n".join([*lines[:at], *taken, *lines[at + rng.randrange(3) :]]).encode()


def _place(text: str, rng: random.Random) -> int:
    return rng.randrange(len(text) + 1)


def _put(text: str, at: int, new: str, over: int = 0) -> str:
    return text[:at] + new + text[at + over :]


def _one_of(text: str, rng: random.Random, wanted: Callable[[str], bool]) -> int | None:
    """A place where the wanted kind of character stands."""
    places = [at for at, char in enumerate(text) if wanted(char)]
    return rng.choice(places) if places else None


def _looks_alike(text: str, rng: random.Random) -> str:
    """A digit or letter becomes one that looks like it, as OCR reads it."""
    at = _one_of(text, rng, lambda char: any(char in row for row in _LOOK_ALIKE))
    if at is None:
        return text
    row = rng.choice([row for row in _LOOK_ALIKE if text[at] in row])
    return _put(text, at, rng.choice(row), 1)


def _digit(text: str, rng: random.Random) -> str:
    at = _one_of(text, rng, str.isdigit)
    return text if at is None else _put(text, at, rng.choice("0123456789"), 1)


def _number(text: str, rng: random.Random) -> str:
    """A whole run of digits becomes another."""
    at = _one_of(text, rng, str.isdigit)
    if at is None:
        return text
    end = at
    while end < len(text) and text[end].isdigit():
        end += 1
    return _put(text, at, rng.choice(_EXTREME), end - at)


def _blank(text: str, rng: random.Random) -> str:
    """A blank within a word, or other blanks for a blank."""
    if rng.random() < 0.5:
        return _put(text, _place(text, rng), rng.choice(_BLANKS))
    at = _one_of(text, rng, str.isspace)
    return text if at is None else _put(text, at, rng.choice(_BLANKS), 1)


def _marks(text: str, rng: random.Random) -> str:
    return _put(text, _place(text, rng), rng.choice(_MARKS) * rng.choice((1, 1, 1, 40)))


def _strange(text: str, rng: random.Random) -> str:
    return _put(text, _place(text, rng), rng.choice(_STRANGE))


def _piece(text: str, rng: random.Random) -> str:
    at = _place(text, rng)
    before, behind = (rng.choice((" ", " ", "", "\n", "\t")) for _ in range(2))
    return _put(text, at, f"{before}{rng.choice(pieces())}{behind}", rng.choice((0, 0, 4)))


def _piece_for_word(text: str, rng: random.Random) -> str:
    """A word or number becomes a piece, so that the words around it lead the rules to it."""
    words = text.split(" ")
    words[rng.randrange(len(words))] = rng.choice(pieces())
    return " ".join(words)


def _cut(text: str, rng: random.Random) -> str:
    start = _place(text, rng)
    return _put(text, start, "", rng.choice((1, 2, 5, 20, 80, 400)))


def _again(text: str, rng: random.Random) -> str:
    """A stretch a few times over, up to a very long line."""
    start = _place(text, rng)
    stretch = text[start : start + rng.choice((1, 2, 7, 30, 120))]
    return _put(text, start, stretch * rng.choice((1, 2, 5, 60)))


def _lines(text: str, rng: random.Random) -> str:
    """A line goes, comes again, moves, or is joined to the next."""
    lines = text.split("\n")
    at = rng.randrange(len(lines))
    match rng.randrange(5):
        case 0:
            del lines[at]
        case 1:
            lines.insert(rng.randrange(len(lines)), lines[at])
        case 2:
            lines.insert(rng.randrange(len(lines)), lines.pop(at))
        case 3:
            lines[at : at + 2] = [" ".join(lines[at : at + 2])]
        case _:
            reach = rng.randrange(2, 30)
            lines[at : at + reach] = [rng.choice((" ", "", "\t")).join(lines[at : at + reach])]
    return "\n".join(lines)


def _pages(text: str, rng: random.Random) -> str:
    at = _one_of(text, rng, lambda char: char in "\n\f")
    return text if at is None else _put(text, at, rng.choice(("\f", "\f\f", "\n\f\n", "\n")), 1)


def _table(text: str, rng: random.Random) -> str:
    """A line becomes a row of cells, or cells a column."""
    lines = text.split("\n")
    at = rng.randrange(len(lines))
    lines[at] = lines[at].replace(
        *rng.choice(((" ", "\t"), ("\t", "\n"), ("  ", "|"), (" ", "   "), ("\t", " ")))
    )
    return "\n".join(lines)


def _ruined(text: str, rng: random.Random) -> str:
    """A stretch saved under one encoding and opened under another, taken apart, or escaped."""
    start = _place(text, rng)
    stretch = text[start : start + rng.choice((3, 20, 200))]
    kind = rng.randrange(5)
    if kind == 0:
        new = unicodedata.normalize(rng.choice(("NFD", "NFKC", "NFKD")), stretch)
    elif kind == 1:
        new = "".join(f"&#{ord(char)};" if rng.random() < 0.3 else char for char in stretch)
    elif kind == 2:
        new = rng.choice((str.upper, str.lower, str.title, str.swapcase))(stretch)
    else:
        wrote, read = rng.choice(_RUINS)
        new = stretch.encode(wrote, "replace").decode(read, "replace")
    return _put(text, start, new, len(stretch))


CHANGES: tuple[Change, ...] = (
    _looks_alike, _looks_alike, _digit, _number, _blank, _blank, _marks, _strange, _piece, _piece,
    _piece_for_word, _piece_for_word, _cut, _again, _lines, _lines, _pages, _table, _table, _ruined,
)  # fmt: skip
