"""Tables of contacts: `Part | Namn | Befattning | Telefon`."""

import re
from collections.abc import Iterator
from dataclasses import replace

from pipeline.extract.layout import gap_before
from pipeline.extract.lines import Line
from pipeline.extract.naming import is_person, is_title_word, one_line
from pipeline.extract.nlp import Material
from pipeline.extract.people import Human, humans
from pipeline.extract.person_places import Spot

_NAMED = re.compile(r"namn|person", re.I)  # without one of these no column holds names
_COLUMNS = {
    "name": re.compile(r"(?:namn|kontaktperson(?:er)?|person|för-?\s?och\s+efternamn)$", re.I),
    "title": re.compile(r"(?:befattning|titel|roll|funktion|uppdrag|tjänst)$", re.I),
    "organisation": re.compile(
        r"(?:part|organisation|förening|förvaltning|arbetsplats|avtalspart|företag)$", re.I
    ),
}


def tables(material: Material, text: str) -> Iterator[Spot]:
    """A table of contacts: `Part | Namn | Befattning | Telefon`."""
    lines = material.outline.lines
    for i, line in enumerate(lines):
        heads = _heads(text, line)
        if heads is None:
            continue
        misses = 0
        for j in range(i + 1, min(i + 12, len(lines))):
            row = lines[j]
            if gap_before(material.outline, j) and j > i + 1 and len(row.cells) < 2 and len(row.span) > 40:
                break
            human = _of_row(text, row, heads, len(line.cells))
            if human is None:
                misses += 1
                if misses > 2:
                    break
                continue
            yield Spot(
                "contact",
                human,
                0.92 if human.sure else 0.8,
                "person_contact_table",
                one_line(text[line.span.start : line.span.end]),
            )


def _heads(text: str, line: Line) -> dict[str, int] | None:
    """Which column holds the name, and which title and organisation; None for a line that heads no "
    "such table."""
    if not _NAMED.search(text, line.span.start, line.span.end):
        return None
    cells = [one_line(text[c.start : c.end]) for c in line.cells]
    if len(cells) == 1 and 2 <= len(cells[0].split()) <= 6:
        cells = cells[0].split()
    heads: dict[str, int] = {}
    for k, cell in enumerate(cells):
        for kind, pattern in _COLUMNS.items():
            if pattern.match(
                cell.split(" ")[-1]
                if len(cell.split()) == 2 and len(cell.split()[0]) < 3
                else cell.strip(" .")
            ):
                heads.setdefault(kind, k)
    return (
        heads
        if "name" in heads and ("title" in heads or "organisation" in heads) and len(cells) > 2
        else None
    )


def _of_row(text: str, row: Line, heads: dict[str, int], width: int) -> Human | None:
    if len(row.cells) == width and width > 1:
        cells = [one_line(text[c.start : c.end]) for c in row.cells]
        name_cell = row.cells[heads["name"]]
        name = cells[heads["name"]]
        if not is_person(name):
            return None
        title = cells[heads["title"]] if "title" in heads else ""
        organisation = cells[heads["organisation"]] if "organisation" in heads else ""
        return Human(name, title, organisation, name_cell, True)
    found = list(humans(text[row.span.start : row.span.end], row.span.start))
    if not found:
        return None
    human = found[0]
    lead = one_line(text[row.span.start : human.span.start])
    after = re.match(
        r"[\s\t|]*([^\d\t|]*?)(?=\s*(?:\t|\||\+?\d|\S+@|$))", text[human.span.end : row.span.end]
    )
    title = human.title or (
        one_line(after.group(1)) if after and any(is_title_word(w) for w in after.group(1).split()) else ""
    )
    return replace(human, title=title, organisation=lead if "organisation" in heads else "")
