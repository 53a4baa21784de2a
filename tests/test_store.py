"""Pages on disk: what goes in comes out, broken files count as missing, no page is read twice."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from papers import PROSE, pdf, put

from pipeline import flow, read, store, versions
from pipeline.model import Box, Page, Source, Span, TextSource, Word
from pipeline.settings import Recognition, Settings

SOURCE = Source(("a.pdf",), "ab" * 32, "application/pdf", 10)
PAGE = Page(
    3,
    "Nämnden\tbeslutar\n",
    (Word(Span(0, 7), Box(1.5, 2, 3, 4.25), 0.93, "Nimnden"), Word(Span(8, 16))),
    TextSource.OCR,
    595.0,
    842.0,
    300,
    90,
    1.25,
    ("no_layer", "rotated"),
    0.125,
)


def test_a_page_comes_back_as_it_was(tmp_path):
    assert store.load_page(tmp_path, 3) is None
    store.save_page(tmp_path, PAGE)
    assert store.has_page(tmp_path, 3)
    assert store.load_page(tmp_path, 3) == PAGE
    assert [path.name for path in tmp_path.iterdir()] == ["00003.json.gz"]


@given(st.text(st.characters(exclude_categories=[])))
def test_any_text_comes_back(tmp_path_factory, text):
    place = tmp_path_factory.mktemp("store")
    store.save_page(place, Page(1, text))
    assert store.load_page(place, 1).text == text


@pytest.mark.parametrize("damage", [b"", b"\x1f\x8b\x08", b"not compressed", None])
def test_a_broken_file_counts_as_missing(tmp_path, damage):
    store.save_page(tmp_path, PAGE)
    (path,) = tmp_path.iterdir()
    path.write_bytes(path.read_bytes()[:-9] if damage is None else damage)
    assert store.load_page(tmp_path, 3) is None
    store.save_page(tmp_path, PAGE)
    assert store.load_page(tmp_path, 3) == PAGE


def test_the_same_page_makes_the_same_file(tmp_path):
    for name in "ab":
        store.save_page(tmp_path / name, PAGE)
    files = [next((tmp_path / name).iterdir()).read_bytes() for name in "ab"]
    assert files[0] == files[1]


def test_the_number_of_pages(tmp_path):
    assert store.load_count(tmp_path) is None
    store.save_count(tmp_path, 12)
    assert store.load_count(tmp_path) == 12


def test_what_read_a_page_and_how_is_part_of_its_place(tmp_path, monkeypatch):
    settings = Settings(cache=tmp_path)
    here = store.folder(SOURCE, settings)
    assert here.name == versions.recognition(settings)
    assert store.folder(SOURCE, replace(settings, workers=7)) == here
    assert store.folder(SOURCE, replace(settings, recognition=Recognition(dpi=200))) != here
    assert store.folder(replace(SOURCE, digest="cd" * 32), settings) != here
    monkeypatch.setattr(versions, "recognition", lambda _: "read otherwise")
    assert store.folder(SOURCE, settings) == here.with_name("read otherwise")


def test_no_page_is_read_twice(tmp_path, monkeypatch):
    source = read.discover([put(tmp_path, "a.pdf", pdf(PROSE, PROSE))], 10**9)[0][0]
    settings = Settings(cache=tmp_path / "cache")
    first = flow.document(source, settings)
    monkeypatch.setattr(read, "sheet", None)
    monkeypatch.setattr(read, "count", None)
    assert flow.document(source, settings) == first
    assert len(first.pages) == 2
