"""Every sum of a text where it stands: written with its unit, or bare in a table whose heading tells it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from pipeline.extract.flat_tables import flat_cells
from pipeline.extract.forgiving import cues
from pipeline.extract.money import THOUSAND, Sum, sums
from pipeline.extract.nlp import Material
from pipeline.extract.tables_in_text import FigureCell, blocks, figure_cells, heading_of
from pipeline.extract.weighing import weigh
from pipeline.model import Span

SMALLEST_BARE = 1000  # a bare figure below it is no sum unless a unit is named
LONGEST_PLAIN = 8  # digits of a sum in a cell without any gap
GROUPED = re.compile(r"\d[ \u00a0.]\d{3}")


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


def sum_mentions(material: Material) -> Iterator[Mention]:
    """The written sums first, then those of tables that no written one covers."""
    written = _paired(material.text, [s for s in sums(material.text) if not _across_cells(material, s.span)])
    tables = blocks(material)
    for found, flags in written:
        heading, label, caption = heading_of(material, found.span, tables)
        yield Mention(found.span, found.sek, heading, label, caption, flags)
    taken = {at for found, _ in written for at in range(found.span.start, found.span.end)}
    for cell in (*figure_cells(material, tables), *flat_cells(material.text)):
        if cell.span.start in taken or cell.span.end - 1 in taken:
            continue
        mention = _of_cell(material, cell)
        if mention is not None:
            taken |= set(range(cell.span.start, cell.span.end))
            yield mention


def _across_cells(material: Material, span: Span) -> bool:
    """A number that runs over a line end between rows of a table is two numbers."""
    if "\n" not in material.text[span.start : span.end]:
        return False
    first, last = material.outline.line_at(span.start), material.outline.line_at(span.end - 1)
    return len(first.cells) > 1 and len(last.cells) > 1


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
                clash = () if before.sek == found.sek else ("words_digits_conflict",)
                out[-1] = replace(figures, span=whole), tuple(dict.fromkeys((*known, *flags, *clash)))
                continue
        out.append((found, flags))
    return out


def _own_flags(found: Sum) -> tuple[str, ...]:
    flags = ["spelled_out"] if found.spelled_out else []
    return tuple([*flags, "digits_repaired"] if found.repaired else flags)


def _of_cell(material: Material, cell: FigureCell) -> Mention | None:
    """The sum in a table's cell, or None where the column holds no money."""
    kind = weigh(
        cell.heading,
        Span(0, len(cell.heading)),
        Span(len(cell.heading), len(cell.heading)),
        cues("amount_columns"),
        {},
    )
    if kind is not None and kind.kind == "not" and not re.search(r"kr\b|belopp", cell.heading, re.IGNORECASE):
        return None
    written = material.text[cell.span.start : cell.span.end]
    if re.search(rf"\d{{{LONGEST_PLAIN + 1},}}", written):
        return None  # an organisation number, an account
    money_column = kind is not None and kind.kind != "not"
    if cell.factor == 1 and not money_column and not cell.stated and abs(cell.number) < SMALLEST_BARE:
        return None
    sum_like = abs(cell.number) >= SMALLEST_BARE and GROUPED.search(written)
    if not cell.factor and not (money_column and sum_like):
        return None
    if re.fullmatch(r"\D*(?:19|20)\d\d\D*", written) and not cell.heading:
        return None
    flags = ("thousands_assumed",) if cell.factor >= THOUSAND else ()
    sek = abs(cell.number) * (cell.factor or 1)
    if not sek:
        return None
    return Mention(
        cell.span, sek.quantize(Decimal(1)) if sek == sek.to_integral_value() else sek,
        cell.heading, cell.label, cell.caption, flags, True,
    )  # fmt: skip
