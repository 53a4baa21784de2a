"""What a page needs before it is read, measured on its picture: good pages come through untouched."""

from functools import partial

import cv2
import numpy as np
import pytest
from papers import PROSE, pdf, picture, shaded, specked, tilted

from pipeline.recognize import ocr, orientation, prepare, spots, tesseract
from pipeline.settings import Recognition
from pipeline.sheet import Picture, Sheet

DPI = 200
ROWS = [("Förening", "Sökt", "Beviljat"), *((f"Förening {n}", f"{n}0 000", f"{n}5 500") for n in range(1, 9))]
TABLE = [(75 + 170 * i, 120 + 20 * j, cell) for j, row in enumerate(ROWS) for i, cell in enumerate(row)]
COVER = [(90, 200, "Avtal om partnerskap"), (90, 230, "Föreningen Granliden"), (90, 260, "2024–2026")]


def ruled(paper):
    for y in range(640, 760, 20):
        paper.line(70, y, 500, y)


def paper_of(kind, dpi=DPI):
    if kind == "typewriter":
        return picture(pdf(PROSE * 3, font="Courier", size=10), dpi=dpi)
    if kind == "capitals":
        return picture(pdf([line.upper() for line in PROSE]), dpi=dpi)
    if kind == "dirty":
        return specked(shaded(picture(pdf(PROSE * 3), dpi=dpi)), 200)
    if kind == "tilted":
        return tilted(picture(pdf(PROSE * 3), dpi=dpi), -3)
    lines = {"prose": PROSE * 3, "table": TABLE, "cover": COVER}[kind]
    return picture(pdf(lines, draw=ruled if kind == "table" else None), dpi=dpi)


@pytest.mark.parametrize("kind", ["prose", "table", "cover", "typewriter", "capitals", "dirty", "tilted"])
@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_pages_are_turned_upright(kind, turned):
    sheet = prepare.turn(Picture(paper_of(kind), DPI), turned)
    strip = partial(tesseract.words, languages="swe", psm=6)
    assert orientation.turn(sheet, strip, tesseract.turned) == -turned % 360


@pytest.mark.parametrize("kind", ["prose", "table", "typewriter", "tilted"])
def test_an_upright_page_costs_no_reading(kind):
    def never(_):
        pytest.fail("the engine was asked")

    assert orientation.turn(Picture(paper_of(kind), DPI), never, never) == 0


def test_an_empty_page_lies_as_it_lies():
    sheet = Picture(np.full((2339, 1654), 250, np.uint8), DPI)
    assert orientation.turn(sheet, lambda _: [], lambda _: (0, 0.0)) == 0


@pytest.mark.parametrize("kind", ["prose", "cover", "typewriter", "capitals"])
@pytest.mark.parametrize("dpi", [200, 300, 400])
def test_good_pages_come_through_untouched(kind, dpi):
    sheet = Picture(paper_of(kind, dpi), dpi)
    assert prepare.rescale(sheet) is sheet
    assert prepare.even(sheet) is sheet
    assert prepare.level(sheet).picture is sheet
    assert spots.clear(sheet).picture is sheet
    assert not prepare.blank(sheet)


@pytest.mark.parametrize("degrees", [-5, -1.3, -0.4, 0.5, 2, 4.5])
def test_tilts_are_measured(degrees):
    levelled = prepare.level(Picture(tilted(paper_of("prose"), degrees), DPI))
    assert levelled.back is not None
    (cosine, sine, _), _ = levelled.back
    assert np.degrees(np.arctan2(sine, cosine)) == pytest.approx(degrees, abs=0.1)


def holed(pixels):
    pixels = pixels.copy()
    for y in (0.36, 0.64):
        cv2.circle(pixels, (95, round(y * pixels.shape[0])), 24, 10, -1)
    pixels[:, -14:] = 20
    return pixels


def test_holes_and_edges_go_and_letters_stay():
    clean = paper_of("prose")
    cleared = spots.clear(Picture(holed(clean), DPI)).picture.pixels
    assert np.abs(cleared.astype(int) - clean).max() < 60


def test_specks_go_and_letters_stay():
    clean = paper_of("prose")
    cleared = spots.clear(Picture(specked(clean, 300), DPI))
    ink = clean < 128
    assert cleared.specks > 200
    assert (cleared.picture.pixels[ink] < 160).mean() > 0.999
    assert (cleared.picture.pixels[~ink] < 100).sum() < 0.25 * (specked(clean, 300)[~ink] < 100).sum()


def test_shade_goes():
    even = prepare.even(Picture(shaded(paper_of("prose")), DPI)).pixels
    paper = np.percentile(even.reshape(-1, 1), 50)
    corners = [even[:200, :200], even[:200, -200:], even[-200:, :200], even[-200:, -200:]]
    assert all(abs(np.median(corner) - paper) < 8 for corner in corners)


def empty(shade=250):
    return np.full((2339, 1654), shade, np.uint8)


def back_side():
    """The other side of a printed page, seen through the paper."""
    through = cv2.GaussianBlur(np.fliplr(paper_of("prose")), (0, 0), 3).astype(np.int16)
    return (235 - (255 - through) // 7).astype(np.uint8)


@pytest.mark.parametrize(
    ("pixels", "is_blank"),
    [
        (empty(), True),
        (shaded(empty()), True),
        (specked(empty(), 150), True),
        (holed(empty()), True),
        (back_side(), True),
        (picture(pdf([(72, 100, "Sida 2")], size=9), dpi=DPI), False),
        (picture(pdf([(500, 800, "2")], size=12), dpi=DPI), False),
        (specked(paper_of("cover"), 150), False),
    ],
)
def test_blank_pages_are_told_apart(pixels, is_blank):
    assert prepare.blank(Picture(pixels, DPI)) is is_blank


@pytest.mark.parametrize(("dpi", "after"), [(100, 300), (150, 300), (200, 200), (300, 300), (600, 300)])
def test_resolutions(dpi, after):
    sheet = prepare.rescale(Picture(np.full((dpi * 4, dpi * 3), 250, np.uint8), dpi))
    assert sheet.dpi == pytest.approx(after)
    assert sheet.pixels.shape == pytest.approx((after * 4, after * 3), abs=2)


@pytest.mark.parametrize(
    "size", [(1, 1), (1, 50), (50, 1), (7, 300), (9, 2000), (8, 300), (30, 30), (700, 12)]
)
@pytest.mark.parametrize("shade", [0, 255])
def test_a_picture_too_small_for_words_has_none(size, shade):
    picture = Picture(np.full(size, shade, np.uint8), 300)
    high, wide = (side * 72 / 300 for side in size)
    page = ocr.page(Sheet(wide, high, image_share=1.0, picture=lambda _: picture), 1, Recognition())
    assert page.text == ""
    assert set(page.flags) & {"blank", "wordless"}
