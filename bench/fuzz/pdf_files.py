"""Small PDFs of every make that readers meet: text, tables, scans, forms, turned and locked pages."""

import io
from collections.abc import Callable, Iterator

import numpy as np
import pikepdf
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

PAGE = (
    "Kultur- och fritidsnämnden\tDnr KFN 2021/0097",
    "Överenskommelse om idéburet offentligt partnerskap",
    "Parter: Norrviks kommun, org.nr 212000-9721, och Föreningen Granliden, 802400-0006",
    "Avtalet gäller från och med 1 januari 2022 till och med 31 december 2024.",
    "Kommunen betalar 250 000 kronor per år till föreningen.",
    "Kontaktperson är Anna Ek, 19640823-3234.",
)
TABLE = (("År", "Bidrag", "Summa"), ("2022", "250 000", "250 000"), ("2023", "260 000", "510 000"))


def seeds() -> Iterator[bytes]:
    for draw in (_text, _table, _turned, _scan, _form, _slanted):
        yield _drawn(draw)
    yield _drawn(_text, encrypt=StandardEncryption("", "lås", canModify=0))
    yield _drawn(_text, encrypt="lås")
    yield _saved(_drawn(_table), object_stream_mode=pikepdf.ObjectStreamMode.generate)
    yield _saved(_drawn(_scan), linearize=True)
    yield _with_forms(_drawn(_text))
    yield _without_key(_drawn(_text))


def _drawn(*pages: Callable[[Canvas], None], encrypt: object = None) -> bytes:
    data = io.BytesIO()
    paper = Canvas(data, A4, invariant=1, encrypt=encrypt)
    for draw in pages:
        draw(paper)
        paper.showPage()
    paper.save()
    return data.getvalue()


def _text(paper: Canvas) -> None:
    for number, line in enumerate(PAGE):
        for cell, part in enumerate(line.split("\t")):
            paper.drawString(60 + 300 * cell, 780 - 20 * number, part)


def _table(paper: Canvas) -> None:
    _text(paper)
    for row, cells in enumerate(TABLE):
        for column, cell in enumerate(cells):
            paper.drawString(64 + 120 * column, 604 - 20 * row, cell)
    paper.grid([60, 180, 300, 420], [620, 600, 580, 560])


def _turned(paper: Canvas) -> None:
    paper.setPageRotation(90)
    _text(paper)
    paper.saveState()
    paper.rotate(90)
    paper.drawString(100, -40, "Upp längs kanten")
    paper.restoreState()
    paper.showPage()
    _table(paper)


def _slanted(paper: Canvas) -> None:
    text = paper.beginText(60, 700)
    text.setFont("Times-Italic", 14, 20)
    text.setCharSpace(4)
    text.setHorizScale(60)
    text.setRise(3)
    for line in PAGE:
        text.textLine(line)
    paper.drawText(text)
    paper.bezier(10, 10, 200, 300, 300, 100, 500, 500)


def _scan(paper: Canvas) -> None:
    pixels = np.full((180, 130), 240, np.uint8)
    pixels[20:160:9, 10:110] = 40
    paper.drawImage(ImageReader(Image.fromarray(pixels)), 0, 0, *A4)
    hidden = paper.beginText(60, 780)
    hidden.setTextRenderMode(3)
    for line in PAGE:
        hidden.textLine(line)
    paper.drawText(hidden)


def _form(paper: Canvas) -> None:
    _text(paper)
    paper.acroForm.textfield(name="namn", value="Stiftelsen Björken", x=60, y=500, width=200, height=20)
    paper.acroForm.checkbox(name="ja", checked=True, x=60, y=460, size=14)
    paper.linkURL("http://norrvik.example/", (60, 400, 200, 420))
    paper.bookmarkPage("a")
    paper.addOutlineEntry("Avtal", "a")


def _saved(data: bytes, **how: object) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as document:
        return _written(document, **how)


def _written(document: pikepdf.Pdf, **how: object) -> bytes:
    out = io.BytesIO()
    document.save(out, deterministic_id=True, **how)  # type: ignore[arg-type]
    return out.getvalue()


def _with_forms(data: bytes) -> bytes:
    """The page's content in a form within a form."""
    with pikepdf.open(io.BytesIO(data)) as document:
        page = document.pages[0]
        page.contents_coalesce()
        content = page.obj["/Contents"].read_bytes()
        inner = _form_of(document, content, page.obj["/Resources"])
        outer = _form_of(document, b"q .9 0 0 .9 20 20 cm /F Do Q", pikepdf.Dictionary(XObject={"/F": inner}))
        page.obj["/Resources"] = pikepdf.Dictionary(XObject={"/G": outer})
        page.obj["/Contents"] = document.make_stream(b"/G Do")
        return _written(document)


def _form_of(document: pikepdf.Pdf, content: bytes, resources: pikepdf.Object) -> pikepdf.Object:
    return document.make_stream(
        content,
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Form,
        BBox=[0, 0, 600, 850],
        Resources=resources,
    )


def _without_key(data: bytes) -> bytes:
    """Fonts whose codes mean letters of their own, which only a broken key tells."""
    with pikepdf.open(io.BytesIO(data)) as document:
        fonts = document.pages[0].obj["/Resources"]["/Font"]
        key = b"begincmap 1 beginbfrange <00> <ff> <0041> endbfrange"
        key += b" 1 beginbfchar <20> <d83d> endbfchar endcmap"
        for name in list(fonts.keys()):
            fonts[name]["/ToUnicode"] = document.make_stream(key)
            fonts[name]["/Encoding"] = pikepdf.Dictionary(
                Type=pikepdf.Name.Encoding, Differences=[32, pikepdf.Name("/g1"), pikepdf.Name("/uniD83D")]
            )
        return _written(document)
