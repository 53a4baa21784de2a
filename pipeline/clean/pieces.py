"""The pieces of a text that may be words, and those that must be left alone.

Left alone are e-mail and web addresses, numbers and what has one in it (case numbers, dates, sums),
acronyms, and CamelCase.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

TOKEN = re.compile(r"\S+")
ADDRESS = re.compile(r"@\w|\w@|://|www\.|\w\.(?:se|nu|com|org|net|eu|example|pdf|docx?)\b|\\")
# Letters, with what a misread letter can look like: f6r, £6r, &r, [oérlingning, |6n
PIECE = re.compile(r"(?:(?<!\w)[£&@|\[§€](?=[a-zåäöé0-9]))?[^\W_]+(?:[£&@|€][^\W_]+)*")
NUMBERLIKE = re.compile(r"\d{2}|\d$")
YEARLY = re.compile(r"[a-zåäö]{4,}")  # 20-årig, 30-årsjubileum
MISREAD_END = re.compile(r"[A-ZÅÄÖ]?[a-zåäöé]{2,}[46]")  # vaxj6
SHORT_MISREADINGS = frozenset(("p4", "d4", "s4", "f4", "m4"))  # på, då, så, få, må
CAPITAL_INSIDE = re.compile(r"[^\W\d_][A-ZÅÄÖÉ]")
MISREAD_CAPITAL = re.compile(r"[A-ZÅÄÖÉ]?[a-zåäöé]*[AOGS][a-zåäöé]+")
SHORTEST_IN_CAPITALS = 6
LONGEST = 45
HEADING_SHARE = 0.6


@dataclass(frozen=True, slots=True)
class Piece:
    """A candidate for repair: where it begins, what it reads, what stands around it."""

    start: int
    text: str
    before_hyphen: bool = False
    protected: bool = False


def pieces(text: str, start: int, end: int) -> Iterator[Piece]:
    """Every word of a stretch of text, protected ones marked (they still are context)."""
    capitals = _in_capitals(text[start:end])
    for token in TOKEN.finditer(text, start, end):
        whole = token.group()
        closed = ADDRESS.search(whole) is not None
        for match in PIECE.finditer(text, token.start(), token.end()):
            piece = match.group()
            yield Piece(
                match.start(),
                piece,
                text[match.end() : match.end() + 1] == "-",
                closed or _is_protected(piece, capitals) or _touches_number(text, match),
            )


def _is_protected(piece: str, capitals: bool) -> bool:
    if not 2 <= len(piece) <= LONGEST or (NUMBERLIKE.search(piece) and not _may_end_in_digit(piece)):
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


def _touches_number(text: str, match: re.Match[str]) -> bool:
    """Whether only a sign stands between the piece and a digit: `ASN-2020`, `2:a`, `1/a`."""
    if YEARLY.fullmatch(match.group()):
        return False
    before = text[max(0, match.start() - 2) : match.start()]
    after = text[match.end() : match.end() + 2]
    return (len(before) == 2 and before[0].isdigit() and before[1] in "-:/.,–") or (
        len(after) == 2 and after[0] in "-:/–" and after[1].isdigit()
    )


def _in_capitals(text: str) -> bool:
    """Whether the stretch is a heading in capitals, where a short word needn't be an acronym."""
    letters = [letter for letter in text if letter.isalpha()]
    return bool(letters) and sum(map(str.isupper, letters)) > HEADING_SHARE * len(letters)
