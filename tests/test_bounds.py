"""Limits on what a file may be once it is opened: objects, depth, bytes unpacked, pages."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest
from papers import PROSE, pdf, picture, put, scanned

BENCH = Path(__file__).parents[1] / "bench"
sys.path[:0] = [str(BENCH)]

import attacks  # noqa: E402

from pipeline import read  # noqa: E402
from pipeline.errors import TooLarge  # noqa: E402
from pipeline.read import pdf_bounds  # noqa: E402
from pipeline.settings import Recognition  # noqa: E402


def _broken(data: bytes) -> bytes:
    """With a byte near the end of its stream that is wrong: readers keep what they had until then."""
    place = data.index(b"endstream") - 40
    return data[:place] + b"\xff\xff" + data[place + 2 :]


TIGHT = Recognition(max_objects=500, max_depth=20, max_unpacked=2_000_000, max_pages=50)
BEYOND = {
    "contents": (attacks.bomb(4), "max_unpacked"),
    "packed twice": (attacks.bomb_in_a_bomb(4), "max_unpacked"),
    "packed twice and broken": (_broken(attacks.bomb_in_a_bomb(200)), "max_unpacked"),
    "a font's table": (attacks.font_bomb(4), "max_unpacked"),
    "arrays": (attacks.nested(21), "max_depth"),
    "dictionaries": (attacks.nested(30, b"<< /A ", b" >>"), "max_depth"),
    "never closed": (attacks.nested(21, b"[", b""), "max_depth"),
    "deep in a packed stream": (attacks.nested_in_a_stream(30), "max_depth"),
    "many": (attacks.crowded(500), "max_objects"),
    "many in a packed stream": (attacks.crowded_stream(500), "max_objects"),
    "frames": (attacks.tiff(51), "max_pages"),
    "pages of text": (b"\f" * 60 + b"a", "max_pages"),
}
WITHIN = {
    "unpacked": attacks.pdf(attacks.stream(attacks.zeros(1), b"/Filter /FlateDecode")),
    "a picture of many dots": attacks.pdf(
        more=[attacks.stream(attacks.zeros(4), b"/Subtype /Image /Filter /FlateDecode")]
    ),
    "not deflated after all": attacks.pdf(attacks.stream(b"\xff" * 5000, b"/Filter /FlateDecode")),
    "nested": attacks.nested(19),
    "brackets in words": attacks.pdf(more=[b"(" + b"[" * 100 + b")", b"[(\\)" + b"[ <<" * 30 + b")]"]),
    "many brackets beside each other": attacks.pdf(more=[b"[" + b"[0 [1]] " * 100 + b"]"]),
    "many": attacks.crowded(490),
    "a number of objects that isn't true": attacks.pdf(
        more=[attacks.packed(b"9 0 " + b"0", b"/Type /ObjStm /N 4000000 /First 4 ")]
    ),
    "a length that isn't true": attacks.pdf(attacks.stream(attacks.HELLO).replace(b"/Length ", b"/Length 9")),
    "a length told elsewhere": attacks.pdf(
        attacks.stream(attacks.HELLO).replace(b"/Length ", b"/Length 9 0 R %")
    ),
    "a stream without an end": attacks.pdf(b"<< /Length 5 >>\nstream\nBT ET"),
    "the word stream": attacks.pdf(more=[b"(upstream\nendstream stream\n)"]),
    "sound": pdf(PROSE, PROSE),
    "encrypted": pdf(PROSE, encrypt="secret"),
    "only a mark": b"%PDF-1.7\n",
    "frames": attacks.tiff(50),
}


def count(tmp_path, data, limits):
    sources, failures = read.discover([put(tmp_path, "a.pdf", data)], 10**9)
    assert not failures
    return read.count(sources[0], limits)


@pytest.mark.parametrize("name", BEYOND)
def test_what_is_beyond_a_limit_is_refused_and_the_limit_named(tmp_path, name):
    data, limit = BEYOND[name]
    with pytest.raises(TooLarge, match=f"{limit}.*{getattr(TIGHT, limit)}|{getattr(TIGHT, limit)}.*{limit}"):
        count(tmp_path, data, TIGHT)


@pytest.mark.parametrize("window", [pdf_bounds._WINDOW, 100])
@pytest.mark.parametrize("name", BEYOND)
def test_a_higher_limit_lets_it_through(tmp_path, monkeypatch, name, window):
    data, limit = BEYOND[name]
    if limit == "max_pages":
        assert count(tmp_path, data, replace(TIGHT, max_pages=61)) >= 50
        return
    monkeypatch.setattr(pdf_bounds, "_WINDOW", window)
    path = put(tmp_path, "a.pdf", data)
    pdf_bounds.check(path, replace(TIGHT, **{limit: 10**9}))
    if limit != "max_depth":  # of which a stretch is all that is known
        with pytest.raises(TooLarge, match=limit):
            pdf_bounds.check(path, TIGHT)


@pytest.mark.parametrize("name", WITHIN)
def test_what_is_within_its_limits_is_let_through(tmp_path, name):
    data = WITHIN[name]
    if data.startswith(b"%PDF"):
        pdf_bounds.check(put(tmp_path, "a.pdf", data), TIGHT)
    else:
        assert count(tmp_path, data, TIGHT) == 50


@pytest.mark.parametrize("own", [0, 7])
def test_objects_are_counted_one_by_one(tmp_path, own):
    path = put(tmp_path, "a.pdf", attacks.pdf(more=[b"0"] * own))
    pdf_bounds.check(path, replace(TIGHT, max_objects=5 + own))
    with pytest.raises(TooLarge):
        pdf_bounds.check(path, replace(TIGHT, max_objects=4 + own))


def test_a_picture_that_unpacks_to_too_much_costs_its_page_alone(tmp_path):
    scan = scanned(picture(pdf(PROSE), dpi=100), dpi=100)
    sources, _ = read.discover([put(tmp_path, "a.pdf", scan)], 10**9)
    for enough, limits in ((True, Recognition()), (False, Recognition(max_unpacked=100_000))):
        assert read.count(sources[0], limits) == 1
        sheet = read.sheet(sources[0], 1, limits)
        if enough:
            assert sheet.picture(100).pixels.size > 100_000
            continue
        with pytest.raises(TooLarge, match="max_unpacked is 100000") as caught:
            sheet.picture(100)
        assert caught.value.page == 1


def test_frames_in_a_circle_are_counted_once(tmp_path):
    assert count(tmp_path, attacks.tiff_in_a_circle(), TIGHT) == 2
