"""Rows and files: the contract's columns, evidence that points back, bytes that don't depend on order."""

import csv
import json
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import frictionless
import pytest
from factories import amount, fact, finding, party, period

from pipeline import archive, ledger
from pipeline.columns import TABLES
from pipeline.flags import FLAGS, REVIEW_REASONS
from pipeline.flow import Result
from pipeline.harvest import finished
from pipeline.ledger import Rules
from pipeline.model import (
    Box,
    Cleaned,
    Document,
    Edit,
    Failure,
    Found,
    Page,
    PageQuality,
    Person,
    Source,
    Span,
    TextSource,
    Word,
)
from pipeline.offsets import apply
from pipeline.reading import Reading
from pipeline.resolve import resolve
from pipeline.settings import Extraction, Recognition, Settings
from pipeline.write import OutputFolder, packed_text

RAW = "Féreningen Lyktan får 100 000 kr"
EDITS = (Edit(Span(0, 10), "Féreningen", "Föreningen", "swedish", 0.97, "Fereningen"),)


def result(digest: str = "ab", failures: tuple[Failure, ...] = ()) -> Result:
    """A one-page scan with a repaired word, two parties and a sum."""
    words, at = [], 0
    for text in RAW.split(" "):
        words.append(Word(Span(at, at + len(text)), Box(at, 10, at + len(text), 20), 0.9))
        at += len(text) + 1
    page = Page(1, RAW, tuple(words), TextSource.OCR, 595.0, 842.0, 300, 90, 1.5, ("no_layer",))
    source = Source((f"arkiv/{digest}.pdf",), digest * 32, "application/pdf", 10)
    found = [
        fact("document_type", "agreement"),
        party("public", "Norrviks kommun", "212000-9721", 0),
        party("counterparty", "Föreningen Lyktan", at=11),
        period("2024-01-01", "2024-12-31", 3, "term"),
        amount(100000, 22, frequency="year"),
        finding("person", Person("Eva Ek", "ordförande", "", "signatory"), 11),
    ]
    findings, record = resolve(found)
    return Result(
        source=source,
        document=Document(source, (page,)),
        reading=Reading((Cleaned(page, apply(RAW, EDITS), (EDITS,)),)),
        findings=findings,
        record=record,
        qualities=(PageQuality(1, 6, 0.9, 0.95, 1, 0.987),),
        failures=failures,
    )


RULES = Rules("read so", "found so", 1.0, 1.0, 1, 1, 1)


def enter(book: sqlite3.Connection, *results: Result, unread: Sequence[Failure] = ()) -> None:
    """Enter results in a ledger in their order of arrival, as a run does."""
    run = ledger.start(book, RULES, {})
    paths = [path for each in results for path in each.source.paths]
    ledger.note(book, [Found(path) for path in (*paths, *(each.source_path for each in unread))], run)
    for failure in unread:
        ledger.refuse(book, failure.source_path, failure.code, failure.message)
    for each in results:
        for path in each.source.paths:
            ledger.noted(book, path, each.source.digest, each.source.media_type, 1, 1)
        assert ledger.begin(book, each.source.digest, RULES, run)
        ledger.finish(book, finished(each).kept)


def rows(folder: Path, *results: Result, unread: Sequence[Failure] = ()) -> dict[str, list[dict[str, str]]]:
    """The tables of an archive of these results."""
    found: dict[str, list[dict[str, str]]] = {name: [] for name in TABLES}
    with ledger.opened(folder) as book:
        enter(book, *results, unread=unread)
        for name, row in archive.rows(book):
            found[name].append(row)
    return found


def test_every_row_has_exactly_the_columns_of_its_table(tmp_path: Path) -> None:
    for name, table in TABLES.items():
        for row in rows(tmp_path, result()).get(name, []):
            assert tuple(row) == table.header, name


def test_a_fact_points_to_its_page_box_and_raw_characters(tmp_path: Path) -> None:
    row = next(r for r in rows(tmp_path, result())["parties"] if r["role"] == "counterparty")
    assert (row["page"], row["x0"], row["y0"], row["x1"], row["y1"]) == ("1", "11.0", "10.0", "17.0", "20.0")
    assert (row["char_start"], row["char_end"], row["raw"]) == ("11", "16", "Lykta")


def test_the_record_holds_the_total_and_joined_parties(tmp_path: Path) -> None:
    row = rows(tmp_path, result())["documents"][0]
    assert row["amount_total_sek"] == "100000"
    assert row["public_party"] == "Norrviks kommun"
    assert row["text_source"] == "ocr"
    assert row["needs_review"] == "false"


def test_a_repair_names_both_words_the_method_and_the_runner_up(tmp_path: Path) -> None:
    (row,) = rows(tmp_path, result())["repairs"]
    assert (row["original"], row["repaired"], row["method"]) == ("Féreningen", "Föreningen", "swedish")
    assert (row["char_start"], row["char_end"], row["runner_up"]) == ("0", "10", "Fereningen")


def test_timings_stay_out_of_the_tables(tmp_path: Path) -> None:
    assert rows(tmp_path, result())["pages"][0]["seconds"] == ""


def test_a_failed_document_costs_nobody_a_row(tmp_path: Path) -> None:
    source = Source(("arkiv/trasig.pdf",), "ee" * 32, "application/pdf", 10)
    failure = Failure("arkiv/trasig.pdf", "ee" * 8, None, "read", "corrupt", "the cross-reference is gone")
    broken = Result(source=source, document=Document(source, ()), failures=(failure,))
    tables = rows(tmp_path, result(), broken)
    assert len(tables["documents"]) == 1
    assert [row["code"] for row in tables["errors"]] == ["corrupt"]


def test_unread_files_become_errors(tmp_path: Path) -> None:
    unread = [Failure("arkiv/x.docx", "", None, "read", "unsupported", "a Word file")]
    assert rows(tmp_path, unread=unread)["errors"][0]["source_path"] == "arkiv/x.docx"


def test_the_order_of_arrival_leaves_no_trace(tmp_path: Path) -> None:
    results = [result("ab"), result("cd"), result("01")]
    for name, order in (("one", results), ("two", results[::-1])):
        folder = OutputFolder(tmp_path / name)
        for each in order:
            folder.write_text(each.source.doc_id, packed_text(each))
        with ledger.opened(tmp_path) as book:
            enter(book, *order)
            folder.write_tables(archive.rows(book), Settings())
        (tmp_path / ledger.NAME).unlink()
    files = sorted(path.relative_to(tmp_path / "one") for path in (tmp_path / "one").rglob("*"))
    assert files == sorted(path.relative_to(tmp_path / "two") for path in (tmp_path / "two").rglob("*"))
    for file in files:
        if (tmp_path / "one" / file).is_file():
            assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()


def test_the_data_package_describes_the_tables(tmp_path: Path) -> None:
    folder = OutputFolder(tmp_path)
    folder.write_text("ab" * 8, packed_text(result()))
    with ledger.opened(tmp_path) as book:
        enter(book, result())
        folder.write_tables(archive.rows(book), Settings())
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert report.valid, report.flatten(["title", "message"])
    assert report.stats["tasks"] == len(TABLES)


def test_the_data_package_says_when_personal_numbers_are_in_clear(tmp_path: Path) -> None:
    def told(settings: Settings) -> str:
        OutputFolder(tmp_path).write_tables([], settings)
        package = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
        return f"{package['personal_numbers']}, persons {package['persons']}"

    assert told(Settings()) == "masked, persons included"
    open_settings = Settings(Recognition(keep_personal_numbers=True), Extraction(persons=False))
    assert told(open_settings) == "in clear, persons left out"


def test_texts_of_documents_that_are_gone_are_dropped_and_nothing_else(tmp_path: Path) -> None:
    folder = OutputFolder(tmp_path)
    stale, foreign = tmp_path / "text" / f"{'0' * 16}.json", tmp_path / "text" / "notes.json"
    stale.write_text("{}")
    foreign.write_text("{}")
    folder.drop_texts("ab".__eq__)
    assert not stale.exists()
    assert foreign.exists()


def test_the_page_text_file_maps_words_to_cleaned_characters(tmp_path: Path) -> None:
    OutputFolder(tmp_path).write_text("ab" * 8, packed_text(result()))
    page = json.loads((tmp_path / "text" / f"{'ab' * 8}.json").read_text(encoding="utf-8"))["pages"][0]
    assert page["raw_text"] == RAW
    for word in page["words"]:
        assert page["text"][word["char_start"] : word["char_end"]] == word["text"]
    assert (page["words"][0]["text"], page["words"][0]["raw"]) == ("Föreningen", "Féreningen")


@pytest.mark.parametrize("cell", ['a "quoted" name', "a, b", "two\nlines", "re\rturn", "=1+1", "", "å ä ö"])
def test_cells_come_back_from_csv_as_they_went_in(cell: str, tmp_path: Path) -> None:
    row = dict.fromkeys(TABLES["errors"].header, cell)
    OutputFolder(tmp_path).write_tables([("errors", row)], Settings())
    with (tmp_path / "errors.csv").open(encoding="utf-8", newline="") as file:
        assert list(csv.DictReader(file)) == [row]


def test_every_empty_table_still_has_its_header(tmp_path: Path) -> None:
    OutputFolder(tmp_path).write_tables([], Settings())
    for name, table in TABLES.items():
        assert (tmp_path / f"{name}.csv").read_text() == ",".join(table.header) + "\n"


def test_flags_and_reasons_are_told_apart_and_explained() -> None:
    assert all(meaning.strip() for meaning in (*FLAGS.values(), *REVIEW_REASONS.values()))
