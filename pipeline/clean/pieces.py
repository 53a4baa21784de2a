"""The pieces of a text that may be words, and those that must be left alone.

Left alone are e-mail and web addresses, numbers and what has one in it (case numbers, dates, sums),
acronyms, abbreviations with points inside, and CamelCase.
"""

import re
from typing import NamedTuple

from pipeline.clean.names import short_names

ADDRESS = re.compile(
    r"@|://|www\.|\\|(?<=\w)\.(?:se|nu|com|org|net|eu|example|pdf|docx?)\b"
    r"|(?<![\w.])[^\W\d_]{1,3}(?:\.[a-zåäö]{1,4})+\b"  # t.ex, fro.m, utg.omr
)
BLANK = re.compile(r"\s|$")
# Letters, with what a misread letter can look like: f6r, £6r, &r, [oérlingning, |6n
PIECE = re.compile(r"(?:(?<!\w)[£&@|\[§€](?=[a-zåäöé0-9]))?[^\W_]+(?:[£&@|€][^\W_]+)*")
NUMBERLIKE = re.compile(r"\d{2}|\d$|^[0-35789][a-z]$")  # 5a, but 4r is är
YEARLY = re.compile(r"[a-zåäö]{4,}")  # 20-årig, 30-årsjubileum
MISREAD_END = re.compile(r"[A-ZÅÄÖ]?[a-zåäöé]{2,}[46]")  # vaxj6
SHORT_MISREADINGS = frozenset(("p4", "d4", "s4", "f4", "m4"))  # på, då, så, få, må
CAPITAL_INSIDE = re.compile(r"[^\W\d_][A-ZÅÄÖÉ]")
MISREAD_CAPITAL = re.compile(r"[A-ZÅÄÖÉ]?[a-zåäöé]*[AOGS][a-zåäöé]+|[a-zåäö]+[AO]")  # fAtt, sA
SHORTEST_IN_CAPITALS = 6
LONGEST = 45
LONE = frozenset("rfp")  # what is left of är, få and på
LEAST_NAME = 4  # shorter ones begin sentences too often: För Örebro
HEADING_SHARE = 0.6
MUCH_USED = "aeinrstdlo"
INSIDE = re.compile(r"[\w,)] $|\w-$")  # what stands before a word inside a sentence
AMONG_WORDS = re.compile(r"[^\W\d_][^\W\d_,][ \n]\w[ \n][^\W\d_]{2}")
FULL_NAME = re.compile(r" [A-ZÅÄÖ][a-zåäöé]+")
JOINTS = "-:/.,–"


class Piece(NamedTuple):
    """A candidate for repair: where it begins, what it reads, what stands around it.

    `named` where its capital isn't the beginning of a sentence or line, or the next word has one too.
    """

    start: int
    text: str
    before_hyphen: bool = False
    protected: bool = False
    named: bool = False


def pieces(text: str, start: int, end: int) -> list[Piece]:
    """Every word of a stretch of text, protected ones marked (they still are context)."""
    capitals = _in_capitals(text, start, end)
    closed = _addresses(text, start, end)
    found = []
    for match in PIECE.finditer(text, start, end):
        at, stop = match.span()
        piece = match.group()
        after = text[stop : stop + 1]
        while closed and closed[-1][1] <= at:
            closed.pop()
        protected = bool(closed) and closed[-1][0] <= at
        if not protected:
            plain = piece.islower() and piece.isalpha() and 2 <= len(piece) <= LONGEST
            protected = not plain and _is_protected(piece, capitals)
        if not protected and len(piece) == 1:
            protected = not AMONG_WORDS.fullmatch(text, max(0, at - 3), stop + 3)
        if not protected and (after in JOINTS or text[at - 1 : at] in JOINTS):
            protected = _touches_number(text, at, stop)
        named = piece[0].isupper() and not capitals and _is_named(text, at, stop)
        found.append(Piece(at, piece, after == "-", protected, named))
    return found


def _is_named(text: str, at: int, stop: int) -> bool:
    return (
        INSIDE.search(text, max(0, at - 2), at) is not None
        or text[at:stop] in short_names()
        or (stop - at >= LEAST_NAME and FULL_NAME.match(text, stop) is not None)
    )


def _addresses(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where the words between blanks stand that have an address in them, the last one first."""
    found: list[tuple[int, int]] = []
    for match in ADDRESS.finditer(text, start, end):
        if not found or match.start() >= found[-1][1]:
            low = match.start()
            while low > start and not text[low - 1].isspace():
                low -= 1
            blank = BLANK.search(text, match.end(), end)
            found.append((low, blank.start() if blank else end))
    return found[::-1]


def _is_protected(piece: str, capitals: bool) -> bool:
    if not 2 <= len(piece) <= LONGEST:
        return piece not in LONE
    if NUMBERLIKE.search(piece) and not _may_end_in_digit(piece):
        return True
    if not any(map(str.isalpha, piece)):
        return True
    if piece.isupper():
        return len(piece) < SHORTEST_IN_CAPITALS and not capitals
    if CAPITAL_INSIDE.search(piece):
        return MISREAD_CAPITAL.fullmatch(piece) is None
    return False


def _may_end_in_digit(piece: str) -> bool:
    """Whether the digit may be a letter; a word and its number (`bilaga2`) stays for lack of a reading."""
    return piece in SHORT_MISREADINGS or MISREAD_END.fullmatch(piece) is not None


def _touches_number(text: str, at: int, stop: int) -> bool:
    """Whether only a sign stands between the piece and a digit: `ASN-2020`, `2:a`, `1/a`."""
    if YEARLY.fullmatch(text, at, stop):
        return False
    before = text[max(0, at - 2) : at]
    after = text[stop : stop + 2]
    return (len(before) == 2 and before[0].isdigit() and before[1] in JOINTS) or (
        len(after) == 2 and after[0] in "-:/–" and after[1].isdigit()
    )


def _in_capitals(text: str, start: int, end: int) -> bool:
    """Whether the stretch is a heading in capitals, where a short word needn't be an acronym."""
    stretch = text[start:end]
    if sum(map(stretch.count, MUCH_USED)) >= (1 - HEADING_SHARE) * len(stretch):
        return False
    letters = "".join(filter(str.isalpha, stretch))
    return bool(letters) and sum(map(str.isupper, letters)) > HEADING_SHARE * len(letters)
