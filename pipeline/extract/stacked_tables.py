"""Tables that another tool has taken apart: one cell in each line, row after row below the headings.

The headings tell what the columns hold (a name, an organisation number, a sum); the cells that follow are
dealt out to them row by row. A run of lines is a table only where its first rows fit their columns cell by
cell.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.extract.layout import furniture
from pipeline.extract.nlp import Material
from pipeline.extract.table_cells import (
    LONE_YEAR,
    TOTAL_LABEL,
    FigureCell,
    caption_of,
    column_kind,
    factor_of,
    holds_money,
    is_nothing,
    number_of,
    stated_factor,
)
from pipeline.model import Span

MOST_COLUMNS = 7
LONGEST_CELL = 70
EDGE = 2  # lines of a page that may hold its number
ORDINAL = re.compile(r"\W*(?:nr|nummer|#|löpnr|rad)\W*", re.IGNORECASE)
NUMBERS = re.compile(r"\W*org(?:anisations)?[\s.-]*(?:nr|nummer)\W*", re.IGNORECASE)
SENTENCE = re.compile(r"^(?:\S+\s+){5}.*[.;]\s*$|[a-zåäö]{2}[.;]\s+[A-ZÅÄÖ]")
NUMBER_CELL = re.compile(r"\W*(?:16)?\d{2} ?\d{2} ?\d{2}\s{0,2}[-–—−]{0,2}\s{0,2}\d{2} ?\d{2}\W*")
STATES = re.compile(r":\s*\d")  # a field and its figure: `Sökt belopp: 30 tkr`
OVER_PAGES = 12  # lines at the foot and head of pages that may part a table from its rest


@dataclass(frozen=True, slots=True)
class Cell:
    """A line that is a cell: its words and what they look like (`text`, `figure`, `number`, `nothing`)."""

    span: Span
    words: str
    look: str
    line: int
    page: int


@dataclass(frozen=True, slots=True)
class StackedRow:
    """The label of a row and its other cells by the column that they belong to."""

    label: Cell
    cells: dict[int, Cell]


@dataclass(frozen=True, slots=True)
class StackedTable:
    """Headings, rows, and the kinds of the columns: `label`, `ordinal`, `number`, `count`, `sum`, `text`."""

    headings: tuple[str, ...]
    kinds: tuple[str, ...]
    rows: tuple[StackedRow, ...]
    first: int
    last: int


def stacked_tables(material: Material) -> tuple[StackedTable, ...]:
    """The tables of a text that stand one cell a line, in order."""
    return material.once(_stacked_tables)


def stacked_cells(material: Material) -> Iterator[FigureCell]:
    """The figures of such tables."""
    for table in stacked_tables(material):
        caption = caption_of(material, table.first)
        stated = stated_factor(material, table.first, table.last)
        for row in table.rows:
            for at, cell in sorted(row.cells.items()):
                number = number_of(cell.words) if table.kinds[at] == "sum" else None
                if number is None:
                    continue
                heading = table.headings[at]
                factor = factor_of(heading) or factor_of(row.label.words) or stated
                yield FigureCell(
                    cell.span,
                    number,
                    heading,
                    row.label.words,
                    caption,
                    factor,
                    True,
                    (table.first, table.first + at),
                )


def _stacked_tables(material: Material) -> tuple[StackedTable, ...]:
    found = []
    cells = _cells(material)
    at = 0
    while at < len(cells):
        table = _table_at(cells, at)
        if table is None:
            at += 1
            continue
        later = _table_at(cells, at + 1)
        if later and len(later.kinds) >= len(table.kinds) and len(later.rows) >= len(table.rows):
            table = later  # what stands above the headings isn't one of them
        found.append(table)
        while at < len(cells) and cells[at].line <= table.last:
            at += 1
    return tuple(found)


def _cells(material: Material) -> list[Cell]:
    """The lines of one cell, running heads left out."""
    running = furniture(material.outline)
    found = []
    page, end = 0, 0
    for i, line in enumerate(material.outline.lines):
        page, end = page + material.text.count("\f", end, line.span.start), line.span.start
        if i in running and (i in material.outline.running or _at_edge(material, i)):
            continue
        words = material.text[line.span.start : line.span.end].strip()
        span = line.cells[0] if len(line.cells) == 1 else line.span
        long = len(line.cells) != 1 or len(words) > LONGEST_CELL or SENTENCE.search(words)
        found.append(Cell(span, words, "prose" if long else _look(words), i, page))
    return found


def _at_edge(material: Material, i: int) -> bool:
    """Whether a line is among the first or last of its page, where a number counts the pages, not rows."""
    lines = material.outline.lines
    first, last = lines[max(0, i - EDGE)], lines[min(len(lines) - 1, i + EDGE)]
    near = i < EDGE or i + EDGE >= len(lines)
    return near or "\f" in material.text[first.span.start : last.span.end]


def _look(words: str) -> str:
    if NUMBER_CELL.fullmatch(words) and len(re.sub(r"\D", "", words)) >= 10:
        return "number"
    if number_of(words) is not None:
        return "figure"
    return "nothing" if is_nothing(words) else "text"


def _table_at(cells: Sequence[Cell], at: int) -> StackedTable | None:
    """The table whose headings begin at a cell, with as many columns as its rows allow."""
    near = cells[at + 2 : at + 2 * MOST_COLUMNS]  # where the first row has its figures
    if cells[at].look != "text" or not any(cell.look in ("figure", "nothing") for cell in near):
        return None
    for width in range(min(MOST_COLUMNS, (len(cells) - at) // 2), 1, -1):
        heads = cells[at : at + width]
        if any(head.look != "text" or len(head.words) > 45 or STATES.search(head.words) for head in heads):
            continue
        kinds = _kinds([head.words for head in heads])
        if "sum" not in kinds:
            continue
        rows = _rows(cells, at + width, kinds)
        if len(rows) > 1 and len(rows[0].cells) == width - 1:
            last = max(cell.line for row in rows for cell in (row.label, *row.cells.values()))
            words = tuple(head.words for head in heads)
            return StackedTable(words, kinds, tuple(rows), cells[at].line, last + 1)
    return None


def _kinds(headings: Sequence[str]) -> tuple[str, ...]:
    """What each column holds by its heading; the first that isn't an ordinal number labels the row."""
    kinds: list[str] = []
    for words in headings:
        if ORDINAL.fullmatch(words) and not kinds:
            kinds.append("ordinal")
        elif "label" not in kinds:
            kinds.append("label")
        elif NUMBERS.fullmatch(words):
            kinds.append("number")
        elif holds_money(words):
            kinds.append("sum")
        else:
            kinds.append("count" if column_kind(words) else "text")
    return tuple(kinds)


def _rows(cells: Sequence[Cell], at: int, kinds: Sequence[str]) -> list[StackedRow]:
    rows: list[StackedRow] = []
    while at < len(cells):
        read = _row(cells, at, kinds) or (_over_page(cells, at, kinds) if rows else None)
        if read is None:
            break
        row, at = read
        rows.append(row)
        if TOTAL_LABEL.match(row.label.words) and len(row.cells) < len(kinds) - 1 - ("ordinal" in kinds):
            break
    return rows


def _over_page(cells: Sequence[Cell], at: int, kinds: Sequence[str]) -> tuple[StackedRow, int] | None:
    """The row with which a table goes on below the foot of a page and the head of the next."""
    page = cells[at - 1].page
    for start in range(at, min(at + OVER_PAGES, len(cells))):
        if cells[start].page == page:
            continue
        read = _row(cells, start, kinds)
        if read is None or cells[start].page != page + 1:
            continue
        row = read[0]  # what heads a page may look like a row, but not like a whole one
        if len(row.cells) == len(kinds) - 1 or TOTAL_LABEL.match(row.label.words):
            return read
    return None


def _row(cells: Sequence[Cell], at: int, kinds: Sequence[str]) -> tuple[StackedRow, int] | None:
    """The row that begins at a cell and where the next one does; None where no row begins."""
    ordinal = cells[at] if kinds[0] == "ordinal" and re.fullmatch(r"\d{1,3}\.?", cells[at].words) else None
    at += ordinal is not None
    if at >= len(cells) or not _labels(cells[at], kinds):
        return None
    label, at = cells[at], at + 1
    if at + 1 < len(cells) and cells[at].look == "text" and "text" not in kinds:
        if cells[at + 1].look in ("text", "prose") or TOTAL_LABEL.match(label.words):
            return None
        at += 1  # a name that goes on in a second line
    first = 1 + (kinds[0] == "ordinal")
    values: list[Cell] = []
    column = first
    while at < len(cells) and column < len(kinds):
        fits = next((k for k in range(column, len(kinds)) if _fits(cells[at], kinds[k])), None)
        if fits is None:
            break
        values.append(cells[at])
        column, at = fits + 1, at + 1
    dealt = _dealt(values, kinds, first)
    if dealt is None or not any(kinds[k] == "sum" for k in dealt):
        return None
    if ordinal is not None:
        dealt[0] = ordinal
    elif kinds[0] == "ordinal" and any(re.fullmatch(r"\d{1,3}", cell.words) for cell in dealt.values()):
        return None  # the number of the row below, taken for a sum
    return StackedRow(label, dealt), at


def _labels(cell: Cell, kinds: Sequence[str]) -> bool:
    return cell.look == "text" or (cell.look == "figure" and bool(LONE_YEAR.fullmatch(cell.words)))


def _dealt(values: Sequence[Cell], kinds: Sequence[str], first: int) -> dict[int, Cell] | None:
    """The columns of the cells of a row, dealt out from the right: what a row leaves out stands left."""
    dealt: dict[int, Cell] = {}
    column = len(kinds) - 1
    for cell in reversed(values):
        while column >= first and not _fits(cell, kinds[column]):
            column -= 1
        if column < first:
            return None
        dealt[column] = cell
        column -= 1
    return dealt


def _fits(cell: Cell, kind: str) -> bool:
    if kind == "sum":
        return cell.look == "nothing" or (cell.look == "figure" and not LONE_YEAR.fullmatch(cell.words))
    if kind == "number":
        return cell.look == "number"
    if kind == "count":
        return cell.look in ("figure", "number")
    return cell.look == "text"
