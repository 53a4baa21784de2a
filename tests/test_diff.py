"""`namnd diff`: raw text beside cleaned text, whole and in order, whatever stands in it."""

from pathlib import Path

import pytest
from hypothesis import given
from test_offsets import passes
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.diff import rows, visible
from pipeline.diff.webpage import webpage
from pipeline.model import Cleaned, Edit, Page, Span

RUINED = "Namnden beviljar foreningen 40 000 kr f6r aret och till en fest.\n"
PLAIN = "Inget att anmärka.\n"


def cleaned(raw: str, text: str, *edits: tuple[Edit, ...]) -> Cleaned:
    return Cleaned(Page(1, raw), text, edits)


def edit(start: int, old: str, new: str, rule: str = "swedish", confidence: float = 1.0) -> Edit:
    return Edit(Span(start, start + len(old)), old, new, rule, confidence, "fyr")


@given(passes())
def test_the_rows_are_the_whole_text_before_and_after(
    case: tuple[str, tuple[tuple[Edit, ...], ...], str],
) -> None:
    raw, done, text = case
    found = list(rows(Cleaned(Page(1, raw), text, done)))
    assert "\n".join("".join(piece.text for piece in row.before) for row in found) == raw
    assert "\n".join("".join(piece.text for piece in row.after) for row in found) == text
    for row in found:
        assert [p.text for p in row.before if not p.change] == [p.text for p in row.after if not p.change]
        assert row.changes == tuple(p.change for p in row.after if p.change)


@given(passes())
def test_lines_have_the_numbers_of_the_raw_text(
    case: tuple[str, tuple[tuple[Edit, ...], ...], str],
) -> None:
    raw, done, text = case
    at = 1
    for row in rows(Cleaned(Page(1, raw), text, done)):
        assert row.number == at
        at += 1 + sum(piece.text.count("\n") for piece in row.before)


def test_edits_of_several_passes_at_one_place_are_one_change() -> None:
    page = cleaned(
        "f6r-\nening", "förening", (edit(3, "-\n", "", "hyphen"),), (edit(0, "f6rening", "förening"),)
    )
    (row,) = rows(page)
    (change,) = row.changes
    assert [e.rule for e in change.edits] == ["hyphen", "swedish"]
    assert [p.text for p in row.before if p.change] == ["f6r-\nening"]


def test_a_change_is_as_sure_as_its_least_sure_edit() -> None:
    page = cleaned(
        "f6r", "för", (edit(0, "f6r", "fär", confidence=0.9),), (edit(0, "fär", "för", confidence=0.4),)
    )
    (row,) = rows(page)
    assert row.changes[0].confidence == 0.4


def test_the_web_page_shows_a_document_and_obeys_none_of_it() -> None:
    raw = "<script>alert(1)</script> f6r \x1b[31m & \x07"
    page = cleaned(raw, raw.replace("f6r", "för"), (edit(raw.index("f6r"), "f6r", "för", confidence=0.5),))
    html = webpage("a<b>.txt", [page])
    assert "<script" not in html
    assert "\x1b" not in html
    assert "\x07" not in html
    assert "a&lt;b&gt;.txt" in html
    assert '<del class="doubtful" title="swedish, 0.50, else fyr">f6r</del>' in html
    assert ">för</ins>" in html
    assert "http" not in html.replace("http-equiv", "")


def test_control_characters_are_shown_and_line_ends_kept() -> None:
    assert visible("a\x1b[2Jb\n\tc\x7f") == "a␛[2Jb\n\tc␡"


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "beslut.txt"
    path.write_text(RUINED * 9 + PLAIN, encoding="utf-8")
    return path


@pytest.mark.parametrize(("options", "plain"), [([], False), (["--whole"], True)])
def test_the_terminal_shows_changed_lines_or_all(document: Path, options: list[str], plain: bool) -> None:
    done = CliRunner().invoke(app, ["diff", str(document), *options])
    assert done.exit_code == 0, done.output
    assert "[-f6r-]" in done.output
    assert "{+för+}" in done.output
    assert ("anmärka" in done.output) is plain


def test_a_document_that_cannot_be_read_ends_the_command(tmp_path: Path) -> None:
    path = tmp_path / "broken.pdf"
    path.write_bytes(b"%PDF-1.7\nnothing more")
    done = CliRunner().invoke(app, ["diff", str(path), "--html", str(tmp_path / "out.html")])
    assert done.exit_code == 1
    assert not (tmp_path / "out.html").exists()
