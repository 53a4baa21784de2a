"""The parts of a decided sum: rows of a table that add up to what is granted or agreed elsewhere."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from pipeline.extract.sum_mentions import Mention
from pipeline.extract.table_cells import TOTAL_LABEL
from pipeline.model import Span

FEWEST_PARTS = 2


def parts_of(decided: Iterable[Decimal], mentions: Sequence[Mention]) -> set[Span]:
    """Where the rows stand that add up to a total row under the same heading, if the total is decided."""
    sums = set(decided)
    found: set[Span] = set()
    columns: dict[tuple[str, str], list[Mention]] = {}
    for mention in mentions:
        if not mention.bare:
            continue
        rows = columns.setdefault((mention.heading, mention.caption), [])
        if not TOTAL_LABEL.search(mention.label):
            rows.append(mention)
            continue
        adds_up = len(rows) >= FEWEST_PARTS and sum((r.sek for r in rows), Decimal(0)) == mention.sek
        if adds_up and mention.sek in sums:
            found |= {row.span for row in rows} | {mention.span}
        rows.clear()
    return found
