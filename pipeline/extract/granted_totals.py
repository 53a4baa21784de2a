"""What the rows of a table are granted in all.

Equal sums are listed once in the table of amounts, so the rows are added here, where each of them is seen.
"""

from collections.abc import Iterator, Sequence

from pipeline.extract.nlp import Material
from pipeline.extract.sum_context import heading_year
from pipeline.extract.sum_kinds import judged
from pipeline.extract.sum_parts import FEWEST_PARTS, PartedSum
from pipeline.model import Amount, Finding, Span

KIND = "granted_total"
"""Fills no table of its own; the record takes its total from it."""


def find(material: Material) -> Iterator[Finding]:
    """The sum of each column whose rows are all funding, surer where the table's own total says the same; its
    cue is the year that the column is for."""
    found, sums = material.once(judged)
    funding = {
        f.span
        for f in found
        if isinstance(f.value, Amount) and f.value.kind == "funding" and f.value.frequency in ("", "once")
    }
    granted = [one for one in sums if one.whole and all(part.span in funding for part in one.parts)]
    for one in granted:
        if not _is_summed_up(one, granted):
            span = Span(one.parts[0].span.start, one.parts[-1].span.end)
            year = heading_year(one.parts[0].heading)
            confidence = 0.9 if one.agrees else 0.7
            yield Finding(KIND, span, str(one.sek), confidence, "table_sum", cue=str(year or ""))


def _is_summed_up(one: PartedSum, others: Sequence[PartedSum]) -> bool:
    """Whether a column is one of those that a last column of the same table adds up, row by row."""
    table = [other for other in others if other.parts[0].column[0] == one.parts[0].column[0]]
    if len(table) <= FEWEST_PARTS or table[-1] is one:
        return False
    rows = [{part.label: part.sek for part in column.parts} for column in table]
    return all(sum(row.get(label, 0) for row in rows[:-1]) == sek for label, sek in rows[-1].items())
