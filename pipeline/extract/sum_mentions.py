"""Every sum of a text where it stands: written with its unit, or bare in a table whose heading tells it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from pipeline.extract.flat_tables import flat_cells
from pipeline.extract.money import THOUSAND, Sum, sums
from pipeline.extract.nlp import Material
from pipeline.extract.stacked_tables import stacked_cells
from pipeline.extract.table_cells import (
    LONE_YEAR,
    NAMES_MONEY,
    FigureCell,
    column_kind,
    holds_money,
    is_dated_heading,
    number_of,
)
from pipeline.extract.tables_in_text import blocks, figure_cells, place_of
from pipeline.extract.weighing import Verdict
from pipeline.model import Span

SMALLEST_BARE = 1000  # a bare figure below it is no sum unless a unit is named
SMALLEST_AMONG = 100  # nor one below this among sums: the number of a note
FEWEST_LISTED = 3
LONGEST_LABEL = 30
LONGEST_PLAIN = 8  # digits of a sum in a cell without any gap
OF_MONEY = ("economy", "budget", "grants")  # sections whose tables by years are of money
LAST_PHRASE = re.compile(r"[A-ZÅÄÖ][^A-ZÅÄÖ\n]*$")  # from the last capital on: the last of several headings
WITH_ORE = re.compile(r"\d[ \u00a0.]\d{3},\d\d(?!\d)")
GROUPED = re.compile(r"\d[ \u00a0.]\d{3}")
# An aim that counts: `40 deltagare`.
COUNT_LABEL = re.compile(r"\d{1,5}\s+(?!kr|tkr|kkr|mkr|mnkr|milj|tus)[a-zåäö]{4,}")


@dataclass(frozen=True, slots=True)
class Mention:
    """A sum where it stands, with the heading of its column where it stands in a table."""

    span: Span
    sek: Decimal
    heading: str = ""
    label: str = ""
    caption: str = ""
    flags: tuple[str, ...] = ()
    bare: bool = False
    column: tuple[int, int] = (-1, 0)  # the first line of its table, and the column


def sum_mentions(material: Material) -> Iterator[Mention]:
    """The written sums first, then those of tables that no written one covers."""
    written = _paired(material.text, [s for s in sums(material.text) if _stands(material, s.span)])
    tables = blocks(material)
    for found, flags in written:
        at = place_of(material, found.span, tables)
        if label := _own_label(material, found.span, written):
            at = replace(at, heading=label, label="")
        yield Mention(found.span, found.sek, at.heading, at.label, at.caption, flags, False, at.column)
    taken = {at for found, _ in written for at in range(found.span.start, found.span.end)}
    cells = [*figure_cells(material, tables), *stacked_cells(material), *flat_cells(material)]
    of_sums = {cell.column for cell in cells if cell.column[0] >= 0 and _is_sum_like(material, cell)}
    summed, totals = _lists_that_add_up(material, cells)
    for read in [*cells, *totals]:
        cell = replace(read, factor=1) if read.column in summed else read
        if cell.span.start in taken or cell.span.end - 1 in taken:
            continue
        mention = _of_cell(material, cell, cell.column in of_sums)
        if mention is not None:
            taken |= set(range(cell.span.start, cell.span.end))
            yield mention


def _lists_that_add_up(
    material: Material, cells: Sequence[FigureCell]
) -> tuple[set[tuple[int, int]], list[FigureCell]]:
    """The columns without heading or unit, below words about money, that their last figure or the lone one
    below them adds up, and these lone figures."""
    columns: dict[tuple[int, int], list[FigureCell]] = {}
    for cell in cells:
        if cell.column[0] >= 0 and not (cell.heading or cell.factor) and holds_money(cell.caption):
            columns.setdefault(cell.column, []).append(cell)
    summed: set[tuple[int, int]] = set()
    totals: list[FigureCell] = []
    for name, rows in columns.items():
        whole, last = sum(row.number for row in rows), rows[-1].number
        below = _lone_figure_below(material, rows[-1])
        if len(rows) >= FEWEST_LISTED and below and below.number == whole:
            totals.append(below)
            summed.add(name)
        elif len(rows) > FEWEST_LISTED and whole == 2 * last:
            summed.add(name)
    return summed, totals


def _lone_figure_below(material: Material, row: FigureCell) -> FigureCell | None:
    """The figure that stands alone in the line below a row, rules aside."""
    lines, text = material.outline.lines, material.text
    for line in lines[material.outline.line_index(row.span.start) + 1 :][:2]:
        words = text[line.span.start : line.span.end].strip()
        if len(line.cells) == 1 and (number := number_of(words)) is not None:
            return replace(row, span=line.cells[0], number=number, label="")
        if any(character.isalnum() for character in words):
            return None
    return None


def _own_label(material: Material, span: Span, written: list[tuple[Sum, tuple[str, ...]]]) -> str:
    """The words that a cell has before its sum where the line has several: `Sökt 9 tkr   Beviljat 7 tkr`."""
    line = material.outline.line_at(span.start)
    cell = next((c for c in line.cells if c.start < span.start < c.end), None)
    if cell is None or sum(any(s.span in c for s, _ in written) for c in line.cells) < 2:
        return ""
    words = material.text[cell.start : span.start].strip(" :\t")
    return words if len(words) <= LONGEST_LABEL and column_kind(words) else ""


def _stands(material: Material, span: Span) -> bool:
    """Whether a written sum is one: not two numbers of rows below each other, nor the year and the unit in
    the heading of a column."""
    first, last = material.outline.line_at(span.start), material.outline.line_at(span.end - 1)
    if first is not last:
        return len(first.cells) == 1 or len(last.cells) == 1
    if not LONE_YEAR.match(material.text, span.start):
        return True
    cell = next((c for c in first.cells if c.start <= span.start < c.end), first.span)
    phrase = LAST_PHRASE.search(material.text, cell.start, span.end)
    whole = material.text[cell.start : cell.end]
    return not is_dated_heading(phrase[0] if phrase else whole) and not is_dated_heading(whole)


def _paired(text: str, written: list[Sum]) -> list[tuple[Sum, tuple[str, ...]]]:
    """A sum in words with the same in figures in brackets after it is stated once."""
    out: list[tuple[Sum, tuple[str, ...]]] = []
    for found in written:
        flags = _own_flags(found)
        if out:
            before, known = out[-1]
            between = text[before.span.end : found.span.start]
            if before.spelled_out != found.spelled_out and re.fullmatch(r"[\s,]*[(\[]\s*", between):
                whole = Span(before.span.start, found.span.end)
                figures = found if before.spelled_out else before
                both = tuple(dict.fromkeys((*known, *flags)))
                if before.sek == found.sek:
                    out[-1] = replace(figures, span=whole), both
                else:  # neither is chosen
                    clash = (*both, "words_digits_conflict")
                    out[-1] = replace(before, span=whole), clash
                    out.append((replace(found, span=whole), clash))
                continue
        out.append((found, flags))
    return out


def _own_flags(found: Sum) -> tuple[str, ...]:
    flags = ["spelled_out"] if found.spelled_out else []
    return tuple([*flags, "digits_repaired"] if found.repaired else flags)


def _is_sum_like(material: Material, cell: FigureCell) -> bool:
    """Whether a figure is written as sums are, with a gap between its thousands."""
    written = material.text[cell.span.start : cell.span.end]
    return abs(cell.number) >= SMALLEST_BARE and bool(GROUPED.search(written))


def _label_kind(label: str) -> Verdict | None:
    """What the label of a row says that it holds, where it names money: `Beviljat belopp   60 000`."""
    kind = column_kind(label)
    return None if kind is None or kind.kind == "not" else kind


def _of_cell(material: Material, cell: FigureCell, among_sums: bool) -> Mention | None:
    """The sum in a table's cell, or None where the column holds no money; `among_sums` says that its column
    has others that are written as sums."""
    kind = column_kind(cell.heading) or (_label_kind(cell.label) if _is_sum_like(material, cell) else None)
    if kind is not None and kind.kind == "not" and not NAMES_MONEY.search(cell.heading):
        return None
    written = material.text[cell.span.start : cell.span.end]
    if re.search(rf"\d{{{LONGEST_PLAIN + 1},}}", written):
        return None  # an organisation number, an account
    money_column = kind is not None and kind.kind != "not"
    if kind is None and LONE_YEAR.fullmatch(cell.heading.strip()):
        topic = material.outline.topic_at(cell.span.start)
        money_column = topic in OF_MONEY or holds_money(cell.caption) or holds_money(cell.label)
    if cell.factor == 1 and not money_column and not cell.stated and abs(cell.number) < SMALLEST_BARE:
        return None
    counts = COUNT_LABEL.match(cell.label) and not _is_sum_like(material, cell)
    if counts and cell.factor <= 1 and not NAMES_MONEY.search(cell.heading):
        return None  # what became of an aim that counts: `40 deltagare   38`
    among_sums = among_sums and abs(cell.number) >= SMALLEST_AMONG
    money_column = money_column or bool(WITH_ORE.search(written))
    if not cell.factor and not (money_column and (among_sums or _is_sum_like(material, cell))):
        return None
    if re.fullmatch(r"\D*(?:19|20)\d\d\D*", written) and not cell.heading:
        return None
    flags = ("thousands_assumed",) if cell.factor >= THOUSAND else ()
    sek = abs(cell.number) * (cell.factor or 1)
    if not sek:
        return None
    return Mention(
        cell.span, sek.quantize(Decimal(1)) if sek == sek.to_integral_value() else sek,
        cell.heading, cell.label, cell.caption, flags, True, cell.column,
    )  # fmt: skip
