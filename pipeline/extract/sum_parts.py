"""The parts of a sum: rows of a table that add up to a total row, and totals that they don't add up to."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipeline.extract.layout import furniture
from pipeline.extract.nlp import Material
from pipeline.extract.sum_mentions import Mention
from pipeline.extract.table_cells import TOTAL_LABEL, is_nothing
from pipeline.model import Span

FEWEST_PARTS = 2
# Rows that are neither a part nor the total of those above them.
BESIDE_PARTS = re.compile(
    r"^\W*(?:\d+\W+)?(?:varav|d[äa]rav|resultat\w*|[åa]rets\s+\w+|differens|avvikelse|netto\w*|moms|avrundning"
    r"|[åa]terst[åa]r|kvar|[öo]verskott|underskott|medel(?:v[äa]rde|tal)|genomsnitt|snitt|budget|ram|anslag"
    r"|att\s+f[öo]rdela|tillg[äa]ngligt|inkl\w*|exkl\w*|andel|per)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PartedSum:
    """The rows of one column of a table down to its total row, if it has one.

    `whole` says that every row of the table has a figure in the column that could be read, or says that there
    is none."""

    parts: tuple[Mention, ...]
    total: Mention | None
    whole: bool

    @property
    def sek(self) -> Decimal:
        return sum((part.sek for part in self.parts), Decimal(0))

    @property
    def agrees(self) -> bool:
        return self.total is not None and self.total.sek == self.sek

    @property
    def disagrees(self) -> bool:
        """Whether the total is wrong for certain: all parts are known, and it isn't that of a subtotal."""
        return self.total is not None and self.whole and not self.agrees


def parted_sums(material: Material, mentions: Sequence[Mention]) -> list[PartedSum]:
    """The sums of the tables of a text, column by column."""
    columns: dict[tuple[int, int], list[Mention]] = {}
    for mention in mentions:
        if mention.column[0] >= 0:
            columns.setdefault(mention.column, []).append(mention)
    return [one for rows in columns.values() for one in _column(material, rows)]


def _column(material: Material, rows: Sequence[Mention]) -> Iterable[PartedSum]:
    """Parts and total, one total after the other; a total of totals is that of all parts above it."""
    parts: list[Mention] = []
    above = Decimal(0)  # what the totals before add up to
    for row in rows:
        if TOTAL_LABEL.search(row.label) or _is_bare_total(row, parts):
            if len(parts) >= FEWEST_PARTS:
                found = PartedSum(tuple(parts), row, _is_whole(material, parts, row))
                grand = above and row.sek == above + found.sek
                yield PartedSum(found.parts, None, found.whole) if grand else found
                above += found.sek
            parts = []
        elif not BESIDE_PARTS.match(row.label):
            parts.append(row)
    if len(parts) >= FEWEST_PARTS:
        yield PartedSum(tuple(parts), None, _is_whole(material, parts, None))


def _is_bare_total(row: Mention, parts: Sequence[Mention]) -> bool:
    """Whether a row without any words holds what the labelled rows above it add up to."""
    labelled = len(parts) >= FEWEST_PARTS and all(part.label for part in parts)
    return labelled and not row.label and row.sek == sum(part.sek for part in parts)


def crossing(mentions: Sequence[Mention], totals: Collection[Span]) -> set[Span]:
    """The cells that add up, across their row, to one of `totals`: columns of receivers beside a column of
    sums."""
    found: set[Span] = set()
    rows: dict[tuple[int, str], list[Mention]] = {}
    for mention in mentions:
        if mention.bare and mention.column[0] >= 0:
            rows.setdefault((mention.column[0], mention.label), []).append(mention)
    for row in rows.values():
        last = row[-1]
        if last.span in totals and len(row) > FEWEST_PARTS and sum(m.sek for m in row[:-1]) == last.sek:
            found |= {mention.span for mention in row[:-1]}
    return found


def totals_of_rows(mentions: Sequence[Mention]) -> set[Span]:
    """The last cells of rows of a table that are what the cells before them add up to."""
    rows: dict[tuple[int, str], list[Mention]] = {}
    for mention in mentions:
        if mention.column[0] >= 0 and mention.label:
            rows.setdefault((mention.column[0], mention.label), []).append(mention)
    return {
        row[-1].span
        for row in rows.values()
        if len(row) > FEWEST_PARTS and sum(m.sek for m in row[:-1]) == row[-1].sek
    }


def _is_whole(material: Material, parts: Sequence[Mention], total: Mention | None) -> bool:
    """Whether no row between the first part and the total lacks a figure that could be read."""
    lines, text, skip = material.outline.lines, material.text, furniture(material.outline)
    read = {material.outline.line_index(part.span.start) for part in parts}
    last = material.outline.line_index(total.span.start) if total else max(read)
    for i in range(min(read), last):
        cells = lines[i].cells
        if i in read or i in skip or len(cells) < 2:
            continue
        words = text[lines[i].span.start : lines[i].span.end]
        if re.search(r"\d", words) and not is_nothing(text[cells[-1].start : cells[-1].end]):
            return False
    return not any("digits_repaired" in mention.flags for mention in parts)
