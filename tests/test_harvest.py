"""Rows as they travel and are kept: packed line by line, and the same when they are unpacked."""

import tracemalloc

from hypothesis import given
from hypothesis import strategies as st

from pipeline import harvest
from pipeline.columns import TABLES
from pipeline.ledger import Kept
from pipeline.tables import Sheaf

NONE = Kept("0" * 64, 0, 0.0, False, (), "", "", "", b"")


def sheaf(table: str, cells: list[str]) -> Sheaf:
    """A document with a row for each of these cells."""
    header = TABLES[table].header
    rows: dict[str, list[dict[str, str]]] = {name: [] for name in TABLES}
    rows[table] = [dict.fromkeys(header, "") | {header[1]: cell} for cell in cells]
    return Sheaf("0" * 16, rows, None)


@given(st.sampled_from(sorted(set(TABLES) - {"parties"})), st.lists(st.text(st.characters())))
def test_rows_come_back_as_they_were(table: str, cells: list[str]) -> None:
    made = sheaf(table, cells)
    found = list(harvest.unpacked(harvest.packed(NONE, made).rows))
    assert found == [(table, row) for row in made.rows[table]]


def test_the_rows_of_a_large_document_are_not_held_at_once() -> None:
    cells = [f"{number} kronor " * 20 for number in range(20_000)]
    packed = harvest.packed(NONE, sheaf("amounts", cells)).rows
    tracemalloc.start()
    try:
        assert sum(1 for _ in harvest.unpacked(packed)) == 20_000
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()
