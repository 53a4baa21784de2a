"""The two ways to run Tesseract, on a real page, and what becomes of the words that they find."""

import pytest
from papers import PROSE, pdf, picture
from rapidfuzz import fuzz

from pipeline import tessdata
from pipeline.errors import OcrFailed, UsageError
from pipeline.recognize import by_command, found, in_process, tesseract
from pipeline.recognize.found import Found
from pipeline.settings import Recognition, Settings, load
from pipeline.sheet import Picture

PAGE = Picture(picture(pdf(PROSE), dpi=200), 200)
OTHER = Picture(picture(pdf([line[::-1] for line in PROSE]), dpi=150), 150)


@pytest.fixture(scope="module")
def readings():
    return {engine: tesseract.words(PAGE, "swe", engine=engine) for engine in ("tesserocr", "pytesseract")}


def test_both_engines_read_the_same_words_at_the_same_places(readings):
    first, second = readings["tesserocr"], readings["pytesseract"]
    assert fuzz.ratio(" ".join(t.text for t in first), " ".join(t.text for t in second)) > 99
    assert fuzz.ratio(" ".join(t.text for t in first), " ".join(PROSE)) > 98
    places = {t.text: t for t in second}
    for token in first:
        other = places.get(token.text)
        if other and sum(t.text == token.text for t in first) == 1:
            assert (token.box.x0, token.box.y0) == pytest.approx((other.box.x0, other.box.y0), abs=1)
            assert (token.size, token.baseline) == pytest.approx((other.size, other.baseline), abs=1)
            assert token.confidence == pytest.approx(other.confidence, abs=0.1)


def test_a_reading_leaves_nothing_behind_for_the_next(readings):
    tesseract.words(OTHER, "swe", psm=6, whitelist="0123456789", engine="tesserocr")
    tesseract.words(OTHER, "eng", engine="tesserocr")
    tesseract.turned(OTHER, engine="tesserocr")
    assert tesseract.words(PAGE, "swe", engine="tesserocr") == readings["tesserocr"]


@pytest.mark.parametrize("engine", ["tesserocr", "pytesseract"])
def test_only_the_characters_asked_for(engine):
    tokens = tesseract.words(PAGE, "swe", psm=6, whitelist="0123456789", engine=engine)
    assert set("".join(t.text for t in tokens)) <= set("0123456789")


def test_the_setting_chooses_the_engine():
    chosen = {engine: tesseract._chosen(engine, "swe") for engine in ("auto", "tesserocr", "pytesseract")}
    assert chosen == {"auto": in_process, "tesserocr": in_process, "pytesseract": by_command}


def test_without_the_library_or_its_data_the_command_reads(monkeypatch):
    monkeypatch.setattr(in_process, "usable", lambda languages: False)
    assert tesseract._chosen("auto", "swe") is by_command


def test_language_data_is_found_where_the_environment_says(tmp_path, monkeypatch):
    (tmp_path / "xyz.traineddata").write_bytes(b"")
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    tessdata.folder.cache_clear()
    assert tessdata.folder("xyz") == tmp_path
    assert tessdata.folder("xyz+swe") is None
    assert [told.partition(" ")[0] for told in tessdata.digests("xyz+swe")] == [
        "xyz.traineddata",
        "swe.traineddata",
    ]
    with pytest.raises(OcrFailed):
        tesseract.words(PAGE, "xyz", engine="tesserocr")
    tessdata.folder.cache_clear()


def test_an_unknown_engine_is_refused(tmp_path):
    file = tmp_path / "namnd.toml"
    file.write_text('[recognition]\nengine = "abbyy"\n')
    with pytest.raises(UsageError, match="engine"):
        load(file)
    file.write_text('[recognition]\nengine = "pytesseract"\n')
    settings = load(file)
    assert settings.recognition == Recognition(engine="pytesseract")
    assert settings.recognition_digest() != Settings().recognition_digest()


@pytest.mark.parametrize(
    ("text", "confidence", "width", "expected"),
    [
        ("Beslut", 0.9, 60, ["Beslut"]),
        ("|", 0.2, 4, []),
        ("|", 0.8, 4, ["|"]),
        ("å", 0.2, 9, ["å"]),
        ("(0)", 0.45, 15, ["0"]),
        ("(0)", 0.45, 33, ["(0)"]),
        ("(01)", 0.45, 15, ["(01)"]),
        ("=", 0.7, 20, []),
        ("=", 0.95, 20, ["="]),
        ("”", 0.6, 20, []),
        ("-—", 0.6, 20, ["–"]),
        ("--", 0.6, 20, ["--"]),
    ],
)
def test_words_and_noise(text, confidence, width, expected):
    tokens = found.tokens([[Found(text, confidence, 100, 200, 100 + width, 222)]], 300)
    assert [t.text for t in tokens] == expected


def test_a_sign_seen_twice_is_one():
    line = [
        Found("den", 0.9, 10, 10, 40, 30),
        Found("1", 0.8, 52, 10, 60, 30),
        Found("i", 0.7, 48, 5, 56, 34),
        Found("juli", 0.9, 70, 10, 99, 30),
    ]
    assert [t.text for t in found.tokens([line], 72)] == ["den", "1", "juli"]


def test_a_word_cut_in_two_ends_where_the_next_begins():
    line = [Found("2022", 0.9, 10, 10, 90, 30), Found("2024", 0.9, 55, 10, 90, 30)]
    assert [(t.box.x0, t.box.x1) for t in found.tokens([line], 72)] == [(10, 55), (55, 90)]
    assert found.tokens([[]], 72) == []
