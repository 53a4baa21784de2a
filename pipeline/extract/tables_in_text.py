"""Tables whose cells stand beside each other: their figures, with the heading of the column and the label of
the row.

A cell finds its heading by its place on the paper where the words have boxes, by the number of gaps before
it where tabs or bars part the cells, by its place in the line where blanks do; else counted from the right,
where the figures stand.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.extract.layout import furniture
from pipeline.extract.lines import CELL_GAP
from pipeline.extract.money import unit_factor
from pipeline.extract.nlp import Material
from pipeline.extract.table_cells import (
    CAPTION,
    LONE_YEAR,
    TOTAL_LABEL,
    FigureCell,
    Place,
    caption_of,
    factor_of,
    number_of,
    stated_factor,
)
from pipeline.extract.table_lines import has_figures, runs
from pipeline.model import Span

REST_LENGTH = 12
ASIDE = 5  # blanks by which a lone year may stand beside the sums that it heads
OVER_PAGES = 6  # lines of one cell that may stand between a table and its rest on the next page


@dataclass(frozen=True, slots=True)
class _Cell:
    span: Span
    column: int
    left: float
    right: float
    words: str


@dataclass(frozen=True, slots=True)
class _Row:
    """The cells of a line parted on `paper` by boxes, by `marks` (tabs, bars), by `blanks`."""

    cells: tuple[_Cell, ...]
    gaps: int
    way: str


@dataclass(frozen=True, slots=True)
class Table:
    """The lines of a table, `first` to before `last`, its rows of headings, and the line that names it: its
    first, or the first of the table on an earlier page that it goes on with."""

    first: int
    rows: int
    last: int
    heads: tuple[_Row, ...]
    name: int


def blocks(material: Material) -> list[Table]:
    """The tables of a text, in order."""
    lines = material.outline.lines
    found: list[Table] = []
    for first, last, head_rows in runs(material):
        width = max(len(lines[i].cells) for i in range(first, last))
        rows = [_row(material, i) for i in range(first, first + head_rows)]
        heads = tuple(_split(row, width) for row in rows if any(re.search(r"\w", c.words) for c in row.cells))
        name = first
        if found and not heads and _continues(material, found[-1], first):
            heads, name = found[-1].heads, found[-1].name
        found.append(Table(first, first + head_rows, last, heads, name))
    return found


def figure_cells(material: Material, tables: Sequence[Table]) -> Iterator[FigureCell]:
    """Every bare number in a table row, with what says what it is."""
    lines = material.outline.lines
    for table in tables:
        caption = caption_of(material, table.first)
        named = table.heads and CAPTION.search(table.heads[0].cells[0].words)
        stated = unit_factor(named["unit"]) if named else stated_factor(material, table.first, table.last)
        if (
            not table.heads
            and sum(has_figures(material, lines[i]) for i in range(table.first, table.last)) < 2
        ):
            continue
        for index in range(table.rows, table.last):
            row = _row(material, index)
            for cell in row.cells:
                number = number_of(cell.words)
                if number is None:
                    continue
                heading, label = _heading_of(cell, row, table.heads), _label(cell, row, table.heads)
                factor = factor_of(heading) or factor_of(label) or stated
                column = (table.name, _column_of(cell, row, table.heads))
                yield FigureCell(cell.span, number, heading, label, caption, factor, stated > 1, column)


def place_of(material: Material, span: Span, tables: Sequence[Table]) -> Place:
    """What the table says of the cell that `span` stands in; nothing outside `tables`."""
    index = material.outline.line_index(span.start)
    at = bisect_right(tables, index, key=lambda table: table.first) - 1
    if at < 0 or not tables[at].rows <= index < tables[at].last:
        return Place()
    table, row = tables[at], _row(material, index)
    cell = next((c for c in row.cells if c.span.start <= span.start < c.span.end), None)
    if cell is None or len(row.cells) < 2:
        return Place()
    alone = len(cell.span) - len(span) < REST_LENGTH  # not within the words of a cell
    return Place(
        _heading_of(cell, row, table.heads),
        _label(cell, row, table.heads),
        caption_of(material, table.first),
        (table.name, _column_of(cell, row, table.heads)) if alone else (-1, 0),
    )


def _continues(material: Material, above: Table, first: int) -> bool:
    """Whether the rows at the head of a page go on with the table at the foot of the page before."""
    lines, last = material.outline.lines, above.last
    between = material.text[lines[last - 1].span.end : lines[first].span.start]
    skip = furniture(material.outline)
    left = [i for i in range(last, first) if i not in skip]
    return (
        between.count("\f") == 1
        and len(left) <= OVER_PAGES
        and all(len(lines[i].cells) == 1 for i in left)
        and _row(material, first).way == _row(material, last - 1).way
        and _row(material, first).gaps <= max(_row(material, i).gaps for i in range(above.first, last))
    )


def _row(material: Material, index: int) -> _Row:
    line = material.outline.lines[index]
    body = material.text[line.span.start : line.span.end]
    gaps = [line.span.start + gap.start() for gap in CELL_GAP.finditer(body)]
    cells, on_paper = [], True
    for span in line.cells:
        box = material.reading.box(span)
        on_paper = on_paper and box is not None
        left, right = (box.x0, box.x1) if box else (span.start - line.span.start, span.end - line.span.start)
        words = material.text[span.start : span.end]
        cells.append(_Cell(span, sum(gap < span.start for gap in gaps), left, right, words))
    way = "paper" if on_paper and cells else "marks" if "\t" in body or "|" in body else "blanks"
    return _Row(tuple(cells), len(gaps), way)


def _split(head: _Row, width: int) -> _Row:
    """A row of headings with those parted that two blanks alone part, if the table has so many columns."""
    if head.way != "blanks" or len(head.cells) >= width:
        return head
    cells: list[_Cell] = []
    for cell in head.cells:
        for part in re.finditer(r"\S+(?: \S+)*", cell.words):
            span = Span(cell.span.start + part.start(), cell.span.start + part.end())
            left, right = cell.left + part.start(), cell.left + part.end()
            cells.append(_Cell(span, len(cells), left, right, part[0]))
    return _Row(tuple(cells), len(cells) - 1, head.way) if len(cells) <= width else head


def _heading_of(cell: _Cell, row: _Row, heads: Sequence[_Row]) -> str:
    """The words of every heading row above a cell."""
    return " ".join(head.words for head in _heads_above(cell, row, heads))


def _column_of(cell: _Cell, row: _Row, heads: Sequence[_Row]) -> int:
    """A number that the cells of one column share."""
    above = _heads_above(cell, row, heads)
    return above[0].span.start if above else -1 - (max(c.column for c in row.cells) - cell.column)


def _heads_above(cell: _Cell, row: _Row, heads: Sequence[_Row]) -> list[_Cell]:
    headings = [head for one in heads for head in one.cells]
    if not headings:
        return []
    ways = {row.way, *(head.way for head in heads)}
    if ways == {"paper"}:
        above = _overlapping(cell, headings, 3)
        if above:
            return above
    if ways == {"blanks"} and any(len(row.cells) != len(head.cells) for head in heads):
        above = [found for head in heads for found in _below_blanks(cell, row, head)]
        if above:
            return above
    last = max(c.column for c in row.cells)
    width = max(head.column for head in headings)
    whole = row.way != "marks" or row.gaps >= max(head.gaps for head in heads)
    if last <= width and (whole or not TOTAL_LABEL.search(row.cells[0].words)):
        above = [head for head in headings if head.column == cell.column]
        if above:
            return above
    return [head for head in headings if width - head.column == last - cell.column]


def _below_blanks(cell: _Cell, row: _Row, head: _Row) -> list[_Cell]:
    """The heading over a cell: the one of its number where the rows have as many, else the one above it."""
    if len(head.cells) == len(row.cells):
        return [head.cells[row.cells.index(cell)]]
    return _overlapping(cell, head.cells, 1) or _overlapping(cell, head.cells, ASIDE)[:1]


def _overlapping(cell: _Cell, headings: Sequence[_Cell], slack: float) -> list[_Cell]:
    """The headings that stand above a cell, or no further beside it than `slack`."""
    return [h for h in headings if min(h.right, cell.right) - max(h.left, cell.left) > -slack]


def _label(cell: _Cell, row: _Row, heads: Sequence[_Row]) -> str:
    """The words of a row that a figure belongs to: the nearest cell to its left that isn't a number, after
    the heading of that cell's own column (`Intäkter`)."""
    for other in reversed([c for c in row.cells if c.column < cell.column]):
        if re.search(r"[^\W\d_]{2}", other.words) or LONE_YEAR.fullmatch(other.words.strip(" :.")):
            above = _heading_of(other, row, heads)
            return f"{above} {other.words}" if above and other is not row.cells[0] else other.words
    return ""
