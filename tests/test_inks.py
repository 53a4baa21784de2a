"""Coloured ink, dark fields, dotted grounds and pale print: seen to where they are, and nowhere else."""

import io

import cv2
import numpy as np
import pikepdf
import pytest
from papers import PROSE, pdf, picture, put, scanned, shaded, specked, tilted
from PIL import Image

from pipeline.model import Span, Word
from pipeline.read import colour, pdf_open, pdf_paint
from pipeline.recognize import contrast, fields, frames, inks, marks, ocr, prepare, screens
from pipeline.settings import Recognition
from pipeline.sheet import Picture, Sheet

DPI = 200
BLUE, RED = (165, 60, 25), (40, 35, 195)  # blue, green, red
PAGE = picture(pdf(PROSE * 3), dpi=DPI)
STAMP = [(200, 118, "INKOM"), (200, 136, "2024-03-18"), (200, 154, "Dnr 417")]


def frame(paper):
    paper.rect(190, 842 - 162, 110, 62)


def stamp(degrees=0):
    """How much ink of a stamp there is at each point of a page, 0 to 1."""
    ink = picture(pdf(STAMP, size=16, font="Helvetica-Bold", draw=frame), dpi=DPI)
    return (255 - tilted(ink, degrees).astype(np.float32)) / 255


def inked(page, cover, ink):
    """A grey page with ink of a colour on it."""
    light = 1 - 0.85 * cover[..., None] * (1 - np.array(ink, np.float32) / 255)
    return np.clip(page[..., None] * light, 0, 255).astype(np.uint8)


@pytest.mark.parametrize("ink", [BLUE, RED])
@pytest.mark.parametrize("degrees", [0, 4, -6])
def test_a_stamp_across_print_is_taken_out_and_kept(ink, degrees):
    cover = stamp(degrees)
    parted = inks.parted(colour.picture(inked(PAGE, cover, ink), DPI))
    assert parted.marks
    left, top, right, foot = 190 * DPI // 72, 80 * DPI // 72, 310 * DPI // 72, 180 * DPI // 72
    there = np.s_[top:foot, left:right]
    print_ = PAGE[there] < 100
    assert (parted.picture.pixels[there][print_] < 140).mean() > 0.9
    assert (parted.picture.pixels[there][(PAGE[there] > 250)] > 170).mean() > 0.99
    outside = np.ones_like(PAGE, bool)
    outside[0:600, 450:950] = False
    assert np.abs(parted.picture.pixels[outside].astype(int) - PAGE[outside]).max() <= 2


def test_ink_of_one_colour_that_touches_no_print_stays():
    heading = (255 - picture(pdf([(72, 60, "Beslut om bidrag")], size=18), dpi=DPI)) / np.float32(255)
    page = colour.picture(inked(PAGE, heading, BLUE), DPI)
    parted = inks.parted(page)
    assert page.colour is not None
    assert parted.marks == ()
    assert np.array_equal(parted.picture.pixels, page.pixels)


@pytest.mark.parametrize("pixels", [PAGE, shaded(PAGE), specked(PAGE, 200)])
def test_pages_without_colour_are_kept_in_grey_alone(pixels):
    assert colour.picture(np.dstack([pixels] * 3), DPI).colour is None
    yellowed = np.dstack([pixels * 0.8, pixels * 0.95, pixels]).astype(np.uint8)
    assert colour.picture(yellowed, DPI).colour is None


@pytest.mark.parametrize("rotation", [0, 90])
def test_what_a_tilted_stamp_says_is_read_and_placed(rotation):
    page = inked(PAGE, stamp(5), RED)
    page = np.ascontiguousarray(np.rot90(page, rotation // 90))
    drawn = colour.picture(page, DPI)
    size = page.shape[1] * 72 / DPI, page.shape[0] * 72 / DPI
    sheet = Sheet(*size, image_share=1.0, image_dpi=DPI, picture=lambda _: drawn)
    read = ocr.page(sheet, 1, Recognition())
    *_, before, after = read.text.split("\n\n")
    assert after.split() == ["INKOM", "2024-03-18", "Dnr", "417"]
    assert "återbetalas" in before
    year = next(word for word in read.words if read.text[word.span.start : word.span.end] == "2024-03-18")
    assert read.rotation == rotation
    assert 165 < year.box.x0 < year.box.x1 < 270
    assert 100 < year.box.y0 < year.box.y1 < 170
    assert "Nämnden för kultur och fritid beslutar att ge stöd" in read.text.replace("\n", " ")


def stamped(page, degrees, ink=90):
    """A grey page with a stamp in grey on it."""
    return (page * (1 - stamp(degrees) * (1 - ink / 255))).astype(np.uint8)


@pytest.mark.parametrize("degrees", [3, -5])
def test_a_slanting_frame_beside_the_print_is_cut_out_and_read(degrees):
    pixels = stamped(picture(pdf([""] * 8 + [*PROSE]), dpi=DPI), degrees)
    parted = frames.parted(Picture(pixels, DPI))
    assert len(parted.marks) == 1
    sheet = Sheet(595, 842, image_share=1.0, image_dpi=DPI, picture=lambda _: Picture(pixels, DPI))
    read = ocr.page(sheet, 1, Recognition())
    assert read.text.split("\n\n")[-1].split() == ["INKOM", "2024-03-18", "Dnr", "417"]


@pytest.mark.parametrize(
    "pixels", [stamped(PAGE, 0), stamped(PAGE, 4), PAGE, tilted(stamped(PAGE, 0), 2), shaded(PAGE)]
)
def test_frames_that_stand_level_or_lie_across_print_stay(pixels):
    page = Picture(pixels, DPI)
    assert frames.parted(page).picture is page


def test_marks_come_after_the_text_of_the_page():
    text, words = marks.appended(
        "En rad", [Word(Span(0, 2)), Word(Span(3, 6))], [("INKOM\n7", (Word(Span(0, 5)), Word(Span(6, 7))))]
    )
    assert [text[word.span.start : word.span.end] for word in words] == ["En", "rad", "INKOM", "7"]
    assert marks.appended("En rad", [], []) == ("En rad", ())
    assert marks.appended("", [], [("7", (Word(Span(0, 1)),))]) == ("7", (Word(Span(0, 1)),))


def banded(page, dark=30):
    """The second line of the page, white on a dark band."""
    page = page.copy()
    part = np.s_[round(95 * DPI / 72) : round(110 * DPI / 72), 180:1300]
    page[part] = dark + (255 - page[part].astype(int)) * (255 - dark) // 255
    return page


@pytest.mark.parametrize("dark", [0, 30, 90])
@pytest.mark.parametrize("degrees", [0, 1])
def test_white_print_on_a_dark_band_is_turned(dark, degrees):
    turned = fields.turned(Picture(tilted(banded(PAGE, dark), degrees), DPI)).pixels
    plain = tilted(PAGE, degrees)
    letters = plain < 90
    assert (turned[letters] < 150).mean() > 0.97
    assert (turned[plain > 250] > 150).mean() > 0.999


def grainy(seed=3):
    """A dark photograph."""
    page = PAGE.copy()
    coarse = np.random.default_rng(seed).integers(0, 200, (12, 16)).astype(np.uint8)
    page[900:1500, 400:1200] = cv2.resize(coarse, (800, 600), interpolation=cv2.INTER_CUBIC)
    return page


def boxed(page):
    """A black bar without letters, and a frame."""
    page = page.copy()
    page[1600:1640, 200:1400] = 10
    cv2.rectangle(page, (150, 1700), (1500, 2100), 0, 4)
    return page


HEADING = picture(pdf([(72, 100, "BESLUT OM BIDRAG")], size=26, font="Helvetica-Bold"), dpi=DPI)


@pytest.mark.parametrize("pixels", [PAGE, HEADING, grainy(), boxed(PAGE), shaded(PAGE)])
def test_what_is_no_dark_field_with_letters_stays(pixels):
    page = Picture(pixels, DPI)
    assert fields.turned(page) is page


def dotted(page, ground=200):
    """The page black and white, on a grey ground made of dots in its upper half."""
    rank = np.array([[0, 8, 2, 10], [12, 4, 14, 6], [3, 11, 1, 9], [15, 7, 13, 5]]) * 16 + 8
    high, wide = page.shape
    grey = page.astype(np.float32)
    grey[: high // 2] *= ground / 255
    screen = np.tile(rank, (high // 4 + 1, wide // 4 + 1))[:high, :wide]
    return ((grey > screen) * 255).astype(np.uint8)


@pytest.mark.parametrize("ground", [185, 225])
def test_dots_of_a_ground_go_and_letters_stay(ground):
    page = Picture(dotted(PAGE, ground), DPI)
    wiped = screens.wiped(page).pixels
    assert (wiped[cv2.erode(PAGE, np.ones((7, 7))) > 250] > 150).mean() > 0.99
    assert (wiped[cv2.dilate(PAGE, np.ones((2, 2))) < 60] < 150).mean() > 0.97


@pytest.mark.parametrize("pixels", [((PAGE > 128) * 255).astype(np.uint8), PAGE, dotted(PAGE, 255)])
def test_pages_on_plain_ground_keep_their_dots(pixels):
    page = Picture(pixels, DPI)
    assert screens.wiped(page) is page


def faded(page, share, noise=2, seed=1):
    grain = np.random.default_rng(seed).normal(0, noise, page.shape)
    return np.clip(240 - (255.0 - page) * share + grain, 0, 255).astype(np.uint8)


@pytest.mark.parametrize("share", [0.12, 0.16, 0.22])
def test_pale_print_is_made_strong_and_read(share):
    pale = Picture(faded(PAGE, share), DPI)
    strong = contrast.strong(pale)
    assert not prepare.blank(strong)
    assert np.percentile(strong.pixels[PAGE < 30], 50) < 110
    assert np.percentile(strong.pixels[PAGE > 250], 5) > 200


@pytest.mark.parametrize(
    "pixels", [PAGE, shaded(PAGE), specked(PAGE, 200), ((PAGE > 128) * 255).astype(np.uint8)]
)
def test_print_that_is_dark_enough_stays(pixels):
    page = Picture(pixels, DPI)
    assert contrast.strong(page) is page


def test_a_blank_page_with_the_back_shining_through_stays_blank():
    through = cv2.GaussianBlur(np.fliplr(PAGE), (0, 0), 1.5)
    pixels = faded(through, 0.2)
    sheet = Sheet(595, 842, image_share=1.0, image_dpi=DPI, picture=lambda _: Picture(pixels, DPI))
    assert ocr.page(sheet, 1, Recognition()).flags == ("blank",)


def layered(print_dpi, paper_dpi):
    """A scan in layers: its paper in one picture, its print as a mask in another."""
    made = pikepdf.new()
    page = made.add_blank_page(page_size=(595.2, 841.68))
    ground = np.full((round(841.68 / 72 * paper_dpi), round(595.2 / 72 * paper_dpi)), 240, np.uint8)
    ink = picture(pdf(PROSE), dpi=print_dpi) < 128
    images = {}
    for name, pixels, bits in (("Im0", ground, 8), ("Im1", np.packbits(~ink, axis=1), 1)):
        high, wide = (ground if bits == 8 else ink).shape
        image = pikepdf.Stream(made, pixels.tobytes())
        image.Type, image.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
        image.Width, image.Height, image.BitsPerComponent = wide, high, bits
        if bits == 8:
            image.ColorSpace = pikepdf.Name.DeviceGray
        else:
            image.ImageMask = True
        images[name] = image
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(**images))
    shown = b"q 595.2 0 0 841.68 0 0 cm /Im0 Do Q q 595.2 0 0 841.68 0 0 cm 0 g /Im1 Do Q"
    page.Contents = pikepdf.Stream(made, shown)
    data = io.BytesIO()
    made.save(data)
    return data.getvalue()


@pytest.mark.parametrize(
    ("data", "dpi"),
    [
        (layered(300, 100), 300),
        (layered(200, 100), 200),
        (layered(100, 75), 300),  # the print must be in a mask that doesn't show
        (scanned(PAGE, DPI), 200),
        (scanned(PAGE[::2, ::2], DPI // 2), 100),
    ],
)
def test_a_layered_scan_is_as_fine_as_its_finest_layer(tmp_path, data, dpi):
    path = put(tmp_path, "scan.pdf", data)
    with pdf_open.opened(path) as document, pdf_open.page(document, 1) as page:
        assert pdf_paint.page(page).image_dpi == pytest.approx(dpi, rel=0.01)


def filed(pixels):
    """A PDF of one picture, in colour where the pixels are."""
    data = io.BytesIO()
    Image.fromarray(pixels).save(data, "PDF", resolution=DPI)
    return data.getvalue()


@pytest.mark.parametrize(("pixels", "is_so"), [(np.dstack([PAGE] * 3), True), (PAGE, False)])
def test_pictures_in_colour_are_known_by_their_file(tmp_path, pixels, is_so):
    path = put(tmp_path, "scan.pdf", filed(pixels))
    with pdf_open.opened(path) as document, pdf_open.page(document, 1) as page:
        assert pdf_paint.coloured(page) is is_so
