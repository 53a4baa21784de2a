"""Where the tables of a text begin and end, and which of their lines head them."""

import re
from collections.abc import Iterator

from pipeline.extract.layout import furniture
from pipeline.extract.lines import Line, gap
from pipeline.extract.nlp import Material
from pipeline.extract.points import YEAR
from pipeline.extract.table_cells import (
    FIGURE_CELL,
    LONE_YEAR,
    UNIT,
    WRITTEN_SUM,
    is_dated_heading,
    is_nothing,
)

HEAD_ROWS = 4
CAPTIONS = 2  # captions that stand between a row of years and the first row
CAPTION_LENGTH = 40
YEAR_CELL = re.compile(rf"(?:(?:år|utfall|bokslut|budget)\s)?{YEAR}(?:-\d\d-\d\d)?", re.IGNORECASE)
REST_LENGTH = 12
PROSE = 75
NUMBER = re.compile(r"(?<!\d)\d{6}\s?[-–—]\s?\d{4}(?!\d)")  # of the body that the row below is about
SHORT = 45  # characters of the rest of a row whose cells run over two lines


def runs(material: Material) -> Iterator[tuple[int, int, int]]:
    """(first line, line after the last, rows of headings) of each run of rows with figures in cells."""
    lines = material.outline.lines
    i = 0
    while i < len(lines):
        if not has_figures(material, lines[i]):
            i += 1
            continue
        last = i + 1
        while last < len(lines) and _goes_on(material, lines, last):
            last += 1
        head, first = _head(material, lines, i)
        yield head, last, first - head
        i = last


def _head(material: Material, lines: tuple[Line, ...], first: int) -> tuple[int, int]:
    """The first of the rows of headings above a row, and the first row below them, which may be one of a
    refused body; a lone `kr` or `2024` goes on a heading above it."""
    while first > 0 and _is_refused(material, lines[first - 1]) and _is_head_row(material, lines, first - 1):
        first -= 1
    head = at = first
    while at > 0 and first - at < HEAD_ROWS:
        if _is_head_row(material, lines, at - 1):
            head = at - 1
        elif years := _years_above(material, lines, at - 1):
            head = at = years - 1
            continue
        elif not _is_rest_of_heading(material, lines, at - 1) and not _is_rule(material, lines[at - 1]):
            break
        at -= 1
    return head, first


def _years_above(material: Material, lines: tuple[Line, ...], index: int) -> int:
    """One more than the row of years that stands above a caption within its table, as in an income statement;
    0 if there is none: `2015   2014`, and below it `Intäkter`."""
    top = index
    while top > 0 and index - top < CAPTIONS and _is_short(material, lines[top]):
        top -= 1
    cells = [material.text[c.start : c.end].strip() for c in lines[top].cells]
    dated = sum(bool(YEAR_CELL.fullmatch(cell)) for cell in cells)
    return top + 1 if top < index and dated and _is_head_row(material, lines, top) else 0


def _is_short(material: Material, line: Line) -> bool:
    words = material.text[line.span.start : line.span.end].strip()
    return len(line.cells) == 1 and len(words) <= CAPTION_LENGTH and not re.search(r"[.:\d]", words)


def _is_rule(material: Material, line: Line) -> bool:
    """Whether a line is drawn and says nothing."""
    return not re.search(r"\w", material.text[line.span.start : line.span.end].replace("_", ""))


def _is_rest_of_heading(material: Material, lines: tuple[Line, ...], index: int) -> bool:
    words = material.text[lines[index].span.start : lines[index].span.end].strip()
    between = material.text[lines[index].span.end : lines[index + 1].span.start]
    rest = UNIT.fullmatch(words) or LONE_YEAR.fullmatch(words)
    return bool(rest or len(words) <= REST_LENGTH) and "\f" not in between and not words.endswith((".", ":"))


def has_figures(material: Material, line: Line) -> bool:
    """Whether a line is a row of a table with a bare number or a sum in a cell after a label."""
    led = material.text[line.span.start : line.cells[0].start] if line.cells else ""
    if len(line.cells) < 2 and "\t" not in led:
        return False
    cells = [material.text[c.start : c.end] for c in line.cells]
    found = [
        c
        for c in (cells if "\t" in led else cells[1:])
        if re.search(r"\d", c)
        and (FIGURE_CELL.fullmatch(c) or (WRITTEN_SUM.search(c) and not is_dated_heading(c)))
    ]
    return bool(found) and not all(LONE_YEAR.fullmatch(c.strip()) for c in found)


def _is_refused(material: Material, line: Line) -> bool:
    """Whether a line is a row whose last cell says that nothing is given."""
    if len(line.cells) < 2:
        return False
    return is_nothing(material.text[line.cells[-1].start : line.cells[-1].end])


def _goes_on(material: Material, lines: tuple[Line, ...], index: int) -> bool:
    line = lines[index]
    if has_figures(material, line) or _is_refused(material, line):
        return True
    if (
        index + 1 >= len(lines)
        or (any(len(cell) > PROSE for cell in line.cells) and not _is_rule(material, line))
        or "\f" in material.text[lines[index - 1].span.end : line.span.start]
    ):
        return False
    longest = PROSE if NUMBER.search(material.text, line.span.start, line.span.end) else SHORT
    short = _is_rule(material, line) or (
        len(line.cells) <= 2
        and sum(map(len, line.cells)) < longest
        and not re.search(r"(?<! för)[.:]$", material.text[line.span.start : line.span.end])  # `ek. för.`
    )
    apart = gap(material.text, lines[index - 1], line)  # a caption, then: its rows follow at once
    return short and any(has_figures(material, other) for other in lines[index + 1 : index + 2 + (not apart)])


def _is_head_row(material: Material, lines: tuple[Line, ...], index: int) -> bool:
    line = lines[index]
    between = material.text[line.span.end : lines[index + 1].span.start]
    words = material.text[line.span.start : line.span.end]
    return (
        len(line.cells) > 1
        and index not in furniture(material.outline)
        and not has_figures(material, line)
        and "\f" not in between
        and len(words) <= 160
        and not re.search(r"[a-zåäö]{3}(?<!exkl)(?<!inkl)(?<!resp)(?<!förk)[.;]\s", words)
    )
