"""Laws of rows on documents that hypothesis puts together, and of the way of any cell to a file and back."""

import csv
import sys
from decimal import Decimal
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_offsets import passes

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "bench")]

from fuzz import laws, table_laws, texts  # noqa: E402

from pipeline.columns import TABLES  # noqa: E402
from pipeline.flow import understand  # noqa: E402
from pipeline.harvest import packed, unpacked  # noqa: E402
from pipeline.ledger import Kept  # noqa: E402
from pipeline.model import Cleaned, Document, Edit, Page, Source  # noqa: E402
from pipeline.privacy import mask  # noqa: E402
from pipeline.settings import Settings  # noqa: E402
from pipeline.tables import Sheaf, row  # noqa: E402
from pipeline.write import OutputFolder  # noqa: E402

PIECES = st.sampled_from(texts.pieces())
LINES = st.lists(PIECES, max_size=7).map(" ".join)
PAGES = st.lists(st.lists(LINES, max_size=9).map("\n".join), min_size=1, max_size=3)
CELLS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
NOTHING_KEPT = Kept("ab" * 32, 1, 0.0, False, (), "avtal.txt", "", "", b"")


@settings(max_examples=60, deadline=None)
@given(PAGES)
def test_rows_of_any_document_keep_the_contract(pages: list[str]) -> None:
    source = Source(("avtal.txt",), "ab" * 32, "text/plain", 1)
    read = tuple(mask(Page(number, text)) for number, text in enumerate(pages, 1))
    result = understand(Document(source, read), Settings())
    assert result.reading is not None
    laws.findings(result.findings, result.reading)
    laws.result(result)
    table_laws.rows(result)
    laws.private(table_laws.texts(result))


@given(passes())
def test_what_no_edit_touched_maps_to_itself(case: tuple[str, tuple[tuple[Edit, ...], ...], str]) -> None:
    raw, done, clean = case
    laws.offsets(Cleaned(Page(1, raw), clean, done))


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.lists(CELLS, min_size=6, max_size=6), max_size=4))
def test_any_cell_comes_back_from_its_table(tmp_path: Path, rows: list[list[str]]) -> None:
    header = TABLES["errors"].header
    written = [dict(zip(header, cells, strict=True)) for cells in rows]
    OutputFolder(tmp_path).write_tables([("errors", each) for each in written], Settings())
    with (tmp_path / "errors.csv").open(encoding="utf-8", newline="") as file:
        assert list(csv.DictReader(file)) == written


@given(st.lists(st.lists(CELLS, min_size=6, max_size=6), max_size=4))
def test_rows_come_back_as_they_were_packed(rows: list[list[str]]) -> None:
    header = TABLES["errors"].header
    written = [dict(zip(header, cells, strict=True)) for cells in rows]
    kept = packed(NOTHING_KEPT, Sheaf("ab" * 8, {"parties": [], "errors": written}, None))
    assert list(unpacked(kept.rows)) == [("errors", each) for each in written]


@given(st.decimals(0, 10**15, places=2))
def test_sums_are_written_plainly_and_in_full(sek: Decimal) -> None:
    cell = row({"amount_sek": sek})["amount_sek"]
    assert set(cell) <= set("0123456789.-")
    assert Decimal(cell) == sek
