"""Figures in the cells of a table, with the heading of their column and the label of their row.

A cell finds its heading by its place on the paper where the words have boxes, else by the number of gaps
before it, else counted from the right, where the figures stand.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipeline.extract.lines import CELL_GAP, Line
from pipeline.extract.money import FIGURES, UNIT_WORDS, figures, unit_factor
from pipeline.extract.nlp import Material
from pipeline.extract.points import YEAR
from pipeline.model import Span

FIGURE_CELL = re.compile(
    rf"\W{{0,3}}(?P<minus>[-–−]\s?)?(?P<figure>\d{{4,7}}(?:[ \u00a0.]\d{{3}})+"
    rf"|\d{{1,3}}:\d{{3}}|{FIGURES})\W{{0,2}}"
)
LONE_YEAR = re.compile(rf"(?<![\w/-]){YEAR}(?![\w/-])")
STATEMENT = re.compile(
    r"(?:belopp\w*|summor\w*|siffror\w*|tabell\w*|uppgifter\w*|anges"
    r"|redovisas)\b[^.\n]{0,40}?(?:\bi\s+|[(,:]\s*)(?P<unit>" + UNIT_WORDS + r")(?![^\W_])",
    re.IGNORECASE,
)
CAPTION = re.compile(r"[(,][^()\n]{0,20}?(?P<unit>" + UNIT_WORDS + r")\)?\s*$", re.IGNORECASE)
UNIT = re.compile(r"(?<![^\W_])(?P<unit>" + UNIT_WORDS + r")(?![^\W_])", re.IGNORECASE)
HEAD_ROWS = 4
REST_LENGTH = 12
PROSE = 75
WINDOW = 600


@dataclass(frozen=True, slots=True)
class FigureCell:
    """A bare number in a table: its column's heading, its row's label, what stands above the table, and the
    factor of the unit that one of them names (0 where none does)."""

    span: Span
    number: Decimal
    heading: str
    label: str
    caption: str
    factor: int
    stated: bool


@dataclass(frozen=True, slots=True)
class _Cell:
    span: Span
    column: int
    left: float
    right: float


def figure_cells(material: Material, tables: Sequence[tuple[int, int, int]]) -> Iterator[FigureCell]:
    """Every bare number in a table row, with what says what it is."""
    for first, last, head_rows in tables:
        headings = _headings(material, first, head_rows)
        caption = _caption(material, first)
        stated = _stated_factor(material, first, last)
        if (
            not head_rows
            and sum(_has_figures(material, material.outline.lines[i]) for i in range(first, last)) < 2
        ):
            continue
        for index in range(first + head_rows, last):
            cells = _cells(material, index)
            for cell in cells:
                number = _number(material, cell.span)
                if number is None:
                    continue
                heading, label = _heading_of(cell, cells, headings), _label(material, cells, cell, headings)
                factor = _factor(heading) or _factor(label) or stated
                yield FigureCell(cell.span, number, heading, label, caption, factor, stated > 1)


def blocks(material: Material) -> list[tuple[int, int, int]]:
    """The tables of a text: (first line, line after the last, rows of headings), in order."""
    return list(_blocks(material))


def heading_of(
    material: Material, span: Span, tables: Sequence[tuple[int, int, int]]
) -> tuple[str, str, str]:
    """(column heading, row label, caption) of the cell that `span` stands in; empty outside `tables`."""
    index = material.outline.line_index(span.start)
    at = bisect_right(tables, (index, len(material.outline.lines) + 1, 0)) - 1
    for first, last, head_rows in tables[max(at, 0) : at + 1]:
        if first + head_rows <= index < last:
            cells = _cells(material, index)
            cell = next((c for c in cells if c.span.start <= span.start < c.span.end), None)
            if cell is None or len(cells) < 2:
                return "", "", ""
            headings = _headings(material, first, head_rows)
            return (
                _heading_of(cell, cells, headings),
                _label(material, cells, cell, headings),
                _caption(material, first),
            )
    return "", "", ""


def _blocks(material: Material) -> Iterator[tuple[int, int, int]]:
    """(first line, line after the last, rows of headings) of each run of rows with figures in cells."""
    lines = material.outline.lines
    i = 0
    while i < len(lines):
        if not _has_figures(material, lines[i]):
            i += 1
            continue
        last = i + 1
        while last < len(lines) and _goes_on(material, lines, last):
            last += 1
        head = _head(material, lines, i)
        yield head, last, i - head
        i = last


def _head(material: Material, lines: tuple[Line, ...], first: int) -> int:
    """The first of the rows of headings above a row; a lone `kr` or `2024` goes on one above it."""
    head = at = first
    while at > 0 and first - at < HEAD_ROWS:
        if _is_head_row(material, lines, at - 1):
            head = at - 1
        elif not _is_rest_of_heading(material, lines, at - 1):
            break
        at -= 1
    return head


def _is_rest_of_heading(material: Material, lines: tuple[Line, ...], index: int) -> bool:
    words = material.text[lines[index].span.start : lines[index].span.end].strip()
    gap = material.text[lines[index].span.end : lines[index + 1].span.start]
    rest = UNIT.fullmatch(words) or LONE_YEAR.fullmatch(words)
    return bool(rest or len(words) <= REST_LENGTH) and "\f" not in gap and not words.endswith((".", ":"))


def _has_figures(material: Material, line: Line) -> bool:
    """Whether a line is a row of a table with a bare number or a sum in a cell after a label."""
    led = material.text[line.span.start : line.cells[0].start] if line.cells else ""
    if len(line.cells) < 2 and "\t" not in led:
        return False
    cells = [material.text[c.start : c.end] for c in line.cells]
    found = [
        c
        for c in (cells if "\t" in led else cells[1:])
        if (FIGURE_CELL.fullmatch(c) or re.search(r"\d\s?(?:kr|:-)", c)) and re.search(r"\d", c)
    ]
    return bool(found) and not all(LONE_YEAR.fullmatch(c.strip()) for c in found)


def _goes_on(material: Material, lines: tuple[Line, ...], index: int) -> bool:
    line = lines[index]
    if _has_figures(material, line):
        return True
    if (
        index + 1 >= len(lines)
        or len(line.span) > PROSE
        or "\f" in material.text[lines[index - 1].span.end : line.span.start]
    ):
        return False
    short = (
        len(line.cells) <= 2
        and len(line.span) < 45
        and not re.search(r"[.:]$", material.text[line.span.start : line.span.end])
    )
    return short and any(_has_figures(material, other) for other in lines[index + 1 : index + 3])


def _is_head_row(material: Material, lines: tuple[Line, ...], index: int) -> bool:
    line = lines[index]
    gap = material.text[line.span.end : lines[index + 1].span.start]
    words = material.text[line.span.start : line.span.end]
    return (
        len(line.cells) > 1
        and "\f" not in gap
        and len(words) <= 160
        and not re.search(r"[a-zåäö]{3}[.;]\s", words)
    )


def _cells(material: Material, index: int) -> list[_Cell]:
    line = material.outline.lines[index]
    body = material.text[line.span.start : line.span.end]
    gaps = [line.span.start + gap.start() for gap in CELL_GAP.finditer(body)]
    cells = []
    for span in line.cells:
        box = material.reading.box(span)
        left, right = (box.x0, box.x1) if box else (0.0, 0.0)
        cells.append(_Cell(span, sum(gap < span.start for gap in gaps), left, right))
    return cells


def _headings(material: Material, first: int, rows: int) -> list[tuple[_Cell, str]]:
    return [
        (cell, material.text[cell.span.start : cell.span.end])
        for index in range(first, first + rows)
        for cell in _cells(material, index)
    ]


def _heading_of(cell: _Cell, row: list[_Cell], headings: list[tuple[_Cell, str]]) -> str:
    """The words of every heading row above a cell."""
    if not headings:
        return ""
    if cell.right and all(head.right for head, _ in headings):
        above = [
            words for head, words in headings if min(head.right, cell.right) - max(head.left, cell.left) > -3
        ]
        if above:
            return " ".join(above)
    above = [words for head, words in headings if head.column == cell.column]
    width = max(head.column for head, _ in headings)
    if above and max(c.column for c in row) <= width:
        return " ".join(above)
    from_right = max(c.column for c in row) - cell.column
    return " ".join(words for head, words in headings if width - head.column == from_right)


def _label(material: Material, cells: list[_Cell], cell: _Cell, headings: list[tuple[_Cell, str]]) -> str:
    """The words of a row that a figure belongs to: the nearest cell to its left that isn't a number, after
    the heading of that cell's own column (`Intäkter`)."""
    for other in reversed([c for c in cells if c.column < cell.column]):
        words = material.text[other.span.start : other.span.end]
        if re.search(r"[^\W\d_]{2}", words) or LONE_YEAR.fullmatch(words.strip(" :.")):
            above = _heading_of(other, cells, headings)
            return f"{above} {words}" if above and other is not cells[0] else words
    return ""


def _number(material: Material, span: Span) -> Decimal | None:
    match = FIGURE_CELL.fullmatch(material.text[span.start : span.end])
    if match is None:
        return None
    written = re.sub(r"(?<=\d)[ \u00a0:](?=\d{3}(?!\d))", "", match["figure"])
    number = figures(written)
    return -number if number is not None and match["minus"] else number


def _factor(words: str) -> int:
    unit = UNIT.search(words)
    return unit_factor(unit["unit"]) if unit else 0


def _stated_factor(material: Material, first: int, last: int) -> int:
    """The factor that a sentence or caption near the table states for all its sums; 0 if none."""
    lines, text = material.outline.lines, material.text
    top = max(
        lines[first].span.start - WINDOW,
        material.outline.section_at(lines[first].span.start).span.start - 120,
        0,
    )
    bottom = lines[last - 1].span.end
    statements = list(STATEMENT.finditer(text[top : lines[first].span.start]))
    if statements:
        return unit_factor(statements[-1]["unit"])
    for line in lines[max(0, first - 2) : first]:
        if caption := CAPTION.search(text[line.span.start : line.span.end]):
            return unit_factor(caption["unit"])
    after = STATEMENT.search(text[bottom : bottom + 200])
    return unit_factor(after["unit"]) if after else 0


def _caption(material: Material, first: int) -> str:
    """The heading or short line above the table."""
    lines, text = material.outline.lines, material.text
    if first and len(lines[first - 1].span) <= PROSE and len(lines[first - 1].cells) == 1:
        return text[lines[first - 1].span.start : lines[first - 1].span.end]
    return material.outline.section_at(lines[first].span.start).heading
