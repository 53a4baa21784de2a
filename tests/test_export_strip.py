"""Hidden text goes, whatever hides it; what can be seen stays where it is."""

import io

import pikepdf
import pypdfium2 as pdfium
import pytest
from papers import picture
from pikepdf import Array, Dictionary, Name, Stream

from pipeline.export.strip import own_resources, strip

SIZE = (0.0, 0.0, 200.0, 100.0)
COVER = b"q 200 0 0 100 0 0 cm /Scan Do Q "


def document(content: bytes, masked=False, form: bytes = b"", form_resources=True):
    made = pikepdf.Pdf.new()
    helvetica = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    scan = Stream(made, b"\xd0" * 4, Subtype=Name.Image, Width=2, Height=2, BitsPerComponent=8)
    scan.ColorSpace = Name.DeviceGray
    if masked:
        scan.SMask = Stream(made, b"\x00" * 4, dict(scan.items()))
    fonts = Dictionary(F=made.make_indirect(helvetica), G=made.make_indirect(helvetica))
    drawn = Stream(made, form, Type=Name.XObject, Subtype=Name.Form, BBox=Array(list(SIZE)))
    if form_resources:
        drawn.Resources = Dictionary(Font=fonts)
    pictures = Dictionary(Scan=made.make_indirect(scan), Form=made.make_indirect(drawn))
    page = Dictionary(
        Type=Name.Page, MediaBox=list(SIZE), Resources=Dictionary(Font=fonts, XObject=pictures),
        Contents=made.make_indirect(Stream(made, content)),
    )  # fmt: skip
    made.pages.append(pikepdf.Page(made.make_indirect(page)))
    return made


def seen(made):
    """The text of the page and its looks."""
    data = io.BytesIO()
    made.save(data)
    page = pdfium.PdfDocument(data.getvalue())[0]
    return page.get_textpage().get_text_range().split(), picture(data.getvalue(), dpi=100)


CASES = {
    "a hidden layer": (b"BT /F 9 Tf 3 Tr 9 9 Td (gone) Tj ET", []),
    "hidden and seen": (
        b"BT /F 9 Tf 9 9 Td (here) Tj 3 Tr 0 20 Td (gone) Tj 0 Tr 0 20 Td (too) Tj ET",
        ["here", "too"],
    ),
    "a mode that lasts": (b"3 Tr BT /F 9 Tf 9 9 Td (gone) Tj ET BT /F 9 Tf 9 9 Td [(gone)] TJ ET", []),
    "a mode that q ends": (b"q 3 Tr Q BT /F 9 Tf 9 9 Td (here) Tj ET", ["here"]),
    "next lines": (
        b"BT /F 9 Tf 12 TL 3 Tr 9 60 Td (gone) Tj (gone) ' 1 2 (gone) \" 0 Tr (here) ' ET",
        ["here"],
    ),
    "seen right after hidden": (b"BT /F 9 Tf 9 9 Td 3 Tr (stays) Tj 0 Tr (here) Tj ET", ["stayshere"]),
    "under the scan": (b"BT /F 9 Tf 9 9 Td (gone) Tj ET " + COVER, []),
    "over the scan": (COVER + b"BT /F 9 Tf 9 9 Td (here) Tj ET", ["here"]),
    "beside a small picture": (b"BT /F 9 Tf 9 9 Td (here) Tj ET q 20 0 0 20 50 50 cm /Scan Do Q", ["here"]),
    "nothing hidden": (b"BT /F 9 Tf 9 9 Td (here) Tj ET", ["here"]),
}  # fmt: skip


@pytest.mark.parametrize(("content", "left"), CASES.values(), ids=CASES.keys())
def test_hidden_text_goes_and_nothing_moves(content, left):
    made = document(content)
    _, before = seen(made)
    page = made.pages[0].obj
    page.Resources = own_resources(page.Resources)
    strip(made, page, SIZE)
    text, after = seen(made)
    assert text == left
    assert (before == after).all()
    assert ("/F" in page.Resources.Font) == (b"here" in page.Contents.read_bytes())


def test_text_shows_through_a_picture_with_holes():
    made = document(CASES["under the scan"][0], masked=True)
    strip(made, made.pages[0].obj, SIZE)
    assert seen(made)[0] == ["gone"]


@pytest.mark.parametrize("own", [True, False])
def test_hidden_text_in_a_form_goes_from_a_copy(own):
    """As OCR programs graft their layer; another page that draws the form keeps it."""
    hidden = b"BT /F 9 Tf 3 Tr 9 9 Td (gone) Tj ET BT 0 Tr /G 9 Tf 9 40 Td (here) Tj ET"
    made = document(COVER + b"/Form Do", form=hidden, form_resources=own)
    original = made.pages[0].obj.Resources.XObject.Form
    _, before = seen(made)
    page = made.pages[0].obj
    page.Resources = own_resources(page.Resources)
    strip(made, page, SIZE)
    text, after = seen(made)
    assert text == ["here"]
    assert (before == after).all()
    assert original.read_bytes() == hidden
    fonts = (page.Resources.XObject.Form if own else page).Resources.Font
    assert set(fonts.keys()) == ({"/G"} if own else {"/F", "/G"})


def test_content_that_cannot_be_followed_stays():
    made = document(b"BT /F 9 Tf /odd Tr (here) Tj ET")
    before = made.pages[0].obj.Contents.read_bytes()
    strip(made, made.pages[0].obj, SIZE)
    assert made.pages[0].obj.Contents.read_bytes() == before


def test_content_without_hidden_text_stays_byte_for_byte():
    made = document(CASES["nothing hidden"][0])
    strip(made, made.pages[0].obj, SIZE)
    assert made.pages[0].obj.Contents.read_bytes() == CASES["nothing hidden"][0]
