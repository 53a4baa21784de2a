"""What the rows of a table are granted in all.

Equal sums are listed once in the table of amounts, so the rows are added here, where each of them is seen.
"""

from collections.abc import Iterator

from pipeline.extract.nlp import Material
from pipeline.extract.sum_context import heading_year
from pipeline.extract.sum_kinds import judged
from pipeline.model import Amount, Finding, Span

KIND = "granted_total"
"""Fills no table of its own; the record takes its total from it."""


def find(material: Material) -> Iterator[Finding]:
    """The sum of each column whose rows are all funding, surer where the table's own total says the same; its
    cue is the year that the column is for."""
    found, sums = material.once(judged)
    funding = {f.span for f in found if isinstance(f.value, Amount) and f.value.kind == "funding"}
    for one in sums:
        if one.whole and all(part.span in funding for part in one.parts):
            span = Span(one.parts[0].span.start, one.parts[-1].span.end)
            year = heading_year(one.parts[0].heading)
            confidence = 0.9 if one.agrees else 0.7
            yield Finding(KIND, span, str(one.sek), confidence, "table_sum", cue=str(year or ""))
