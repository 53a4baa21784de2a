"""Boxes of parties side by side that recognition has read row by row: the names, then what belongs to each.

    Avtalspart A
    Avtalspart B
    Askeby kommun
    Föreningen Ljuset
    Org.nr 212000-9879
    Org.nr 802467-1235

As many names in a row as numbers belong together in their order, if each number is of its body's group.
"""

import re
from collections.abc import Iterator

from pipeline.extract.claims import Claim, role_of
from pipeline.extract.layout import content, plain
from pipeline.extract.nlp import Material
from pipeline.extract.party_lines import ADDRESS, is_name_line, name_part
from pipeline.extract.printed_numbers import is_public_number, number_in
from pipeline.model import Span

_ONLY_NUMBER = re.compile(r"\W*(?:org(?:anisations)?\W*(?:nr|nummer)?\W*)?[\d\s–—−-]{10,16}\W*", re.I)
REACH = 9  # lines above the numbers in which the names begin

Row = tuple[Span, str]


def box_claims(material: Material) -> Iterator[Claim]:
    """The parties of every such box, each with its number."""
    text = plain(material.text)
    rows = [(line.cells[0], text[line.span.start : line.span.end]) for _, line in content(material.outline)]
    i = 0
    while i < len(rows):
        found = _numbers(rows, i)
        if len(found) > 1:
            yield from _paired(rows, i, found)
        i += max(1, len(found))


def _numbers(rows: list[Row], first: int) -> list[tuple[str, bool]]:
    """The numbers of the lines from `first` on that hold a number and no more."""
    found = []
    for _, body in rows[first : first + 6]:
        number = number_in("Org.nr " + body) if _ONLY_NUMBER.fullmatch(body) else None
        if number is None:
            break
        found.append(number)
    return found


def _paired(rows: list[Row], first: int, found: list[tuple[str, bool]]) -> Iterator[Claim]:
    for top in range(max(0, first - REACH), first - len(found) + 1):
        names = rows[top : top + len(found)]
        if all(_fits(body, number) for (_, body), (number, _) in zip(names, found, strict=True)):
            for (cell, body), (number, valid) in zip(names, found, strict=True):
                name = name_part(body)
                yield Claim(role_of(name), name, cell, 0.9, "party_box", "", number, valid)
            return


def _fits(body: str, number: str) -> bool:
    """Whether a line is a name that can bear the number."""
    if not is_name_line(body, unknown=True) or ADDRESS.match(body.strip()):
        return False
    return (role_of(name_part(body)) == "public") == is_public_number(number)
