"""Searchable PDFs: every word on its ink by other readers, and nothing of the source lost."""

import io
import shutil
import subprocess
import xml.etree.ElementTree as ET
from dataclasses import replace

import copying
import numpy as np
import pdfplumber
import pikepdf
import pypdfium2 as pdfium
import pytest
from copying import LINES, overlap, page, paper, result
from papers import picture, put, scanned
from PIL import Image, ImageCms

from pipeline.errors import Encrypted
from pipeline.export import font, pdf
from pipeline.model import TextSource
from pipeline.read import images
from pipeline.settings import Recognition

DPI = 200
BAD_LAYER = ("F6reningen far stod for 6ppen verksamhet", "i Akersta under tva ar.")


def scan(quarters=0):
    """A picture of the page, turned counter-clockwise by quarters."""
    return np.ascontiguousarray(np.rot90(picture(paper(), dpi=DPI), quarters))


def upright(folder):
    return put(folder, "scan.pdf", scanned(scan(), DPI)), page()


def on_its_side(folder):
    return put(folder, "scan.pdf", scanned(scan(1), DPI)), page(rotation=90)


def on_its_head(folder):
    return put(folder, "scan.pdf", scanned(scan(2), DPI)), page(rotation=180)


def on_its_other_side(folder):
    return put(folder, "scan.pdf", scanned(scan(3), DPI)), page(rotation=270)


def turned_by_the_file(folder):
    """The picture lies on its side, and the file says to show it upright."""
    return _changed(folder, scan(1), lambda page: page.__setitem__("/Rotate", 90)), page()


def turned_the_wrong_way(folder):
    return _changed(folder, scan(), lambda page: page.__setitem__("/Rotate", 270)), page(rotation=90)


def cropped(folder):
    """The page is a part of a larger sheet, away from its corner, and lies on its side."""

    def larger(page):
        x0, y0, x1, y1 = (float(side) for side in page.MediaBox)
        page.Contents = page.Contents
        page.MediaBox = [x0 - 50, y0 - 30, x1 + 20, y1 + 70]
        page.CropBox = [x0, y0, x1, y1]
        page.Rotate = -270

    return _changed(folder, scan(1), larger), page()


def unbalanced(folder):
    """The page's content leaves its state changed and a level open."""

    def careless(page):
        content = b"q 0.5 0 0 0.5 30 30 cm 2 Tr"
        page.Contents = pikepdf.Array([page.Contents, pikepdf.Stream(OPEN[-1], content)])

    return _changed(folder, scan(), careless), page()


def with_a_bad_layer(folder):
    return put(folder, "scan.pdf", scanned(scan(), DPI, BAD_LAYER)), page()


def tiff(folder):
    path = folder / "scan.tif"
    Image.fromarray(scan()).convert("1", dither=0).save(path, compression="group4", dpi=(DPI, DPI))
    return path, page()


def png(folder):
    path = folder / "scan.png"
    Image.fromarray(scan()).save(path, dpi=(DPI, DPI))
    return path, page()


def jpeg(folder):
    """A photograph that its note says is to be turned a quarter."""
    path = folder / "scan.jpg"
    note = Image.Exif()
    note[0x0112] = 6
    Image.fromarray(scan(1)).save(path, dpi=(DPI, DPI), exif=note, quality=90)
    return path, page()


OPEN: list[pikepdf.Pdf] = []


def _changed(folder, pixels, change):
    with pikepdf.open(io.BytesIO(scanned(pixels, DPI))) as document:
        OPEN.append(document)
        change(document.pages[0].obj)
        document.save(folder / "scan.pdf")
        OPEN.clear()
    return folder / "scan.pdf"


VARIANTS = (
    upright, on_its_side, on_its_head, on_its_other_side, turned_by_the_file, turned_the_wrong_way,
    cropped, unbalanced, with_a_bad_layer, tiff, png, jpeg,
)  # fmt: skip


@pytest.fixture(scope="module", params=VARIANTS, ids=lambda variant: variant.__name__)
def copied(request, tmp_path_factory):
    """The source, what was read on it, and the copy."""
    folder = tmp_path_factory.mktemp(request.param.__name__)
    source, read = request.param(folder)
    copy = folder / "copy.pdf"
    notes = pdf.write(result(source, read), copy)
    assert notes == []
    return source, read, copy


def printed(read):
    return [(read.text[word.span.start : word.span.end], word.box) for word in read.words]


def test_pdfium_finds_every_word_at_its_box(copied):
    _, read, copy = copied
    assert_same(printed(read), copying.words(copy))


def assert_same(expected, found):
    assert [text for text, _ in found] == [text for text, _ in expected]
    for (text, box), (_, there) in zip(expected, found, strict=True):
        assert overlap(box, there) > 0.8, text
        assert abs(box.x0 - there.x0) < 1, text
        assert abs(box.x1 - there.x1) < 1, text


def test_pdfplumber_finds_every_word_at_its_box(copied):
    source, read, copy = copied
    with pdfplumber.open(copy) as document:
        (shown,) = document.pages
        found = shown.extract_words(use_text_flow=True)
        if "CropBox" in shown.page_obj.attrs and shown.page_obj.attrs.get("Rotate"):
            found = []  # its coordinates go astray on pages both cropped and turned; the text is asked below
            assert "Föreningen" in shown.extract_text() or source
    for (text, box), word in zip(printed(read), found, strict=False):
        assert word["text"] == text
        there = copying.Box(word["x0"], word["top"], word["x1"], word["bottom"])
        assert overlap(box, there) > 0.8, text


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="needs pdftotext, of poppler-utils")
def test_poppler_finds_every_word_at_its_box(copied):
    _, read, copy = copied
    command = ["pdftotext", "-cropbox", "-bbox", str(copy), "-"]
    said = subprocess.run(command, capture_output=True, check=True, timeout=300).stdout
    sides = ("xMin", "yMin", "xMax", "yMax")
    found = [
        (word.text, copying.Box(*(float(word.get(side)) for side in sides)))
        for word in ET.fromstring(said).iter("{http://www.w3.org/1999/xhtml}word")
    ]
    assert_same(printed(read), found)


def test_words_lie_on_ink_and_the_page_looks_as_it_did(copied):
    """Shown upright: in every word's box there is ink, and all ink lies in the boxes of words."""
    _, read, copy = copied
    pixels = picture(copy.read_bytes(), dpi=72)
    dark = pixels < 160
    within = np.zeros_like(dark)
    for text, box in copying.words(copy):
        area = slice(int(box.y0) - 1, int(box.y1) + 2), slice(int(box.x0) - 1, int(box.x1) + 2)
        assert dark[area].any(), text
        within[area] = True
    assert (dark & ~within).sum() < 0.01 * dark.sum()
    assert pixels.shape == pytest.approx((read.height, read.width), abs=2)


def test_copying_gives_the_lines_as_printed(copied):
    _, _, copy = copied
    text = pdfium.PdfDocument(copy)[0].get_textpage().get_text_range()
    assert [line.strip() for line in text.splitlines()] == list(LINES)


def test_pictures_stay_byte_for_byte(copied):
    source, _, copy = copied
    if source.suffix == ".pdf":
        assert pictures(copy) == pictures(source)


def pictures(path):
    with pikepdf.open(path) as document:
        return [
            (bytes(image.read_raw_bytes()), image.Width, image.Height, str(image.ColorSpace))
            for page in document.pages
            for image in page.get_images().values()
        ]


def test_the_copy_is_deterministic(copied, tmp_path):
    source, read, copy = copied
    again = tmp_path / "again.pdf"
    pdf.write(result(source, read), again)
    assert again.read_bytes() == copy.read_bytes()


def test_sideways_pages_are_shown_upright(tmp_path):
    source, read = on_its_side(tmp_path)
    pdf.write(result(source, read), tmp_path / "copy.pdf")
    with pikepdf.open(tmp_path / "copy.pdf") as document:
        assert document.pages[0].obj.Rotate == 90


def test_hidden_text_goes_and_its_font_with_it(tmp_path):
    source, read = with_a_bad_layer(tmp_path)
    assert "6ppen" in pdfium.PdfDocument(source)[0].get_textpage().get_text_range()
    pdf.write(result(source, read), tmp_path / "copy.pdf")
    assert "6ppen" not in pdfium.PdfDocument(tmp_path / "copy.pdf")[0].get_textpage().get_text_range()
    with pikepdf.open(tmp_path / "copy.pdf") as document:
        fonts = {str(made.BaseFont) for made in document.pages[0].Resources.Font.values()}
        assert fonts == {"/" + font.NAME}


def test_pages_whose_text_was_trusted_are_left_alone(tmp_path):
    source = put(tmp_path, "own.pdf", paper())
    pdf.write(result(source, page(source=TextSource.TEXT_LAYER)), tmp_path / "copy.pdf")
    with pikepdf.open(source) as before, pikepdf.open(tmp_path / "copy.pdf") as after:
        assert after.pages[0].obj.Contents.read_raw_bytes() == before.pages[0].obj.Contents.read_raw_bytes()


def test_what_is_not_a_page_stays(tmp_path):
    """Bookmarks, links, notes and metadata are those of the source."""
    path, read = upright(tmp_path)
    with pikepdf.open(path, allow_overwriting_input=True) as document:
        with document.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem("Beslut", 0))
        link = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[10, 10, 50, 20], F=4,
            A=pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String("https://granliden.example")),
        )  # fmt: skip
        document.pages[0].obj.Annots = pikepdf.Array([document.make_indirect(link)])
        document.docinfo["/Title"] = "Överenskommelse"
        document.save(path)
    assert pdf.write(result(path, read), tmp_path / "copy.pdf") == []
    with pikepdf.open(tmp_path / "copy.pdf") as copy:
        with copy.open_outline() as outline:
            assert [item.title for item in outline.root] == ["Beslut"]
        assert copy.pages[0].obj.Annots[0].A.URI == "https://granliden.example"
        assert copy.docinfo["/Title"] == "Överenskommelse"
        assert copy.open_metadata()["dc:title"] == "Överenskommelse"


def test_every_frame_of_a_tiff_becomes_a_page_of_its_size(tmp_path):
    path = tmp_path / "two.tif"
    first, second = Image.fromarray(scan()), Image.new("1", (600, 300), 1)
    first.save(path, save_all=True, append_images=[second], dpi=(DPI, DPI))
    read = replace(page(), number=1), replace(page(), number=2, text="", words=(), width=216, height=108)
    pdf.write(result(path, *read), tmp_path / "copy.pdf")
    document = pdfium.PdfDocument(tmp_path / "copy.pdf")
    assert [document[n].get_size() for n in range(2)] == [
        pytest.approx((595.44, 842.04), abs=0.4),
        pytest.approx((216, 108), abs=0.4),
    ]


@pytest.mark.parametrize(
    ("mode", "name"),
    [("1", "a.tif"), ("L", "a.png"), ("L", "a.tif"), ("RGB", "a.png"), ("P", "a.png"), ("CMYK", "a.tif"),
     ("I;16", "a.png"), ("RGBA", "a.png"), ("LA", "a.png"), ("F", "a.tif"), ("YCbCr", "a.tif")],
)  # fmt: skip
def test_pixels_are_kept(tmp_path, mode, name):
    """The picture in the copy has the pixels of the file, laid on white where it can be seen through."""
    grey = Image.fromarray(np.random.default_rng(3).integers(0, 256, (40, 50), dtype=np.uint8))
    if mode == "I;16":
        made = Image.fromarray(np.asarray(grey).astype(np.uint16) * 257)
    elif mode == "F":  # floating point, from black to white
        made = Image.fromarray(
            ((np.asarray(grey) - float(np.min(grey))) / np.ptp(np.asarray(grey))).astype("f")
        )
    else:
        made = grey.convert("RGB").convert(mode) if mode != "LA" else grey.convert("LA")
    if "A" in mode:
        made.putalpha(Image.fromarray(np.tile(np.arange(50, dtype=np.uint8) * 5, (40, 1))))
    path = tmp_path / name
    made.save(path, dpi=(DPI, DPI))
    pdf.write(result(path, replace(page(), text="", words=())), tmp_path / "copy.pdf")
    with pikepdf.open(tmp_path / "copy.pdf") as copy:
        (found,) = copy.pages[0].get_images().values()
        data = pikepdf.PdfImage(found).as_pil_image() if mode != "I;16" else None
        if data is None:
            assert found.BitsPerComponent == 16
            return
        white = Image.new("RGBA", made.size, "white")
        seen = Image.alpha_composite(white, made.convert("RGBA")) if "A" in mode else made
        if mode == "F":
            seen = Image.fromarray((np.asarray(made) * 255).astype(np.uint8))
        off = np.abs(np.asarray(data.convert("RGB"), int) - np.asarray(seen.convert("RGB"), int))
        assert off.max() <= (2 if mode in ("F", "YCbCr") else 0)


@pytest.mark.parametrize(
    ("mode", "profile", "named"),
    [
        ("RGB", "sRGB", "/ICCBased"),
        ("RGB", "LAB", "/DeviceRGB"),
        ("L", "sRGB", "/DeviceGray"),
        ("RGB", "", "/DeviceRGB"),
    ],
)
def test_colours_keep_the_profile_that_fits_them(tmp_path, mode, profile, named):
    made = ImageCms.ImageCmsProfile(ImageCms.createProfile(profile)).tobytes() if profile else b"nothing"
    path = tmp_path / "a.png"
    Image.new(mode, (20, 20)).save(path, dpi=(DPI, DPI), icc_profile=made)
    assert pdf.write(result(path, replace(page(), text="", words=())), tmp_path / "copy.pdf") == []
    with pikepdf.open(tmp_path / "copy.pdf") as copy:
        (found,) = copy.pages[0].get_images().values()
        space = found.ColorSpace
        assert str(space[0] if isinstance(space, pikepdf.Array) else space) == named


def test_inks_of_a_press_are_no_colours_of_a_screen(tmp_path):
    path = tmp_path / "a.jpg"
    Image.new("CMYK", (20, 20), (0, 0, 0, 230)).save(path, dpi=(DPI, DPI))
    (note,) = pdf.write(result(path, replace(page(), text="", words=())), tmp_path / "copy.pdf")
    assert note.endswith("(6.2.4.3)")
    drawn = pdfium.PdfDocument(tmp_path / "copy.pdf")[0].render(scale=3).to_pil().convert("RGB")
    assert max(drawn.getpixel((5, 5))) < 90


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("name", ["a.jpg", "a.png"])
def test_pictures_are_turned_and_mirrored_as_their_note_says(tmp_path, name, orientation):
    """The page of the copy looks as the reader saw the picture, on which the words' places stand."""
    pixels = np.full((60, 40), 255, np.uint8)
    pixels[5:15, 5:30], pixels[20:50, 5:12] = 0, 90
    note = Image.Exif()
    note[0x0112] = orientation
    path = tmp_path / name
    Image.fromarray(pixels).save(path, dpi=(72, 72), exif=note)
    seen = images.sheet(path, 1, Recognition()).picture(72)
    pdf.write(result(path, replace(page(), text="", words=())), tmp_path / "copy.pdf")
    drawn = picture((tmp_path / "copy.pdf").read_bytes(), dpi=seen.dpi)
    assert drawn.shape == seen.pixels.shape
    assert np.abs(drawn.astype(int) - seen.pixels).mean() < 6


def test_a_jpeg_is_taken_as_it_is(tmp_path):
    source, read = jpeg(tmp_path)
    pdf.write(result(source, read), tmp_path / "copy.pdf")
    with pikepdf.open(tmp_path / "copy.pdf") as copy:
        (found,) = copy.pages[0].get_images().values()
        assert found.read_raw_bytes() == source.read_bytes()


def test_a_pdf_whose_owner_forbids_changes_is_refused(tmp_path):
    source, read = upright(tmp_path)
    locked = tmp_path / "locked.pdf"
    with pikepdf.open(source) as document:
        allowed = pikepdf.Permissions(modify_other=False)
        document.save(locked, encryption=pikepdf.Encryption(owner="ägaren", allow=allowed))
    with pytest.raises(Encrypted, match="owner"):
        pdf.write(result(locked, read), tmp_path / "copy.pdf")


@pytest.mark.parametrize("text", ["å", "Ä1", "\u2019", "\U0001f600", "\ud800", "\ufeff"])
def test_the_font_says_what_it_can(text):
    code = font.encoded(text)
    known = text if len(code) == 2 + 4 * len(text) and "FFFD" not in code else "\ufffd" * len(text)
    assert bytes.fromhex(code[1:-1]).decode("utf-16-be") == known


def test_the_font_is_a_sound_truetype_file():
    from PIL import ImageFont

    made = ImageFont.truetype(io.BytesIO(font.truetype()), 1000)
    assert made.getmetrics() == (800, 200)
    assert sum(np.frombuffer(font.truetype(), ">u4").tolist()) % 2**32 == 0xB1B0AFBA
