"""Words, lines and pictures of PDF pages, as the many ways of writing them to a file leave them."""

import io
import re
from dataclasses import astuple

import numpy as np
import pikepdf
import pypdfium2 as pdfium
import pytest
from papers import PROSE, pdf, picture, put
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from pipeline import read
from pipeline.read import pdf_open, pdf_plumber
from pipeline.settings import Recognition

LIMITS = Recognition()
DEJAVU = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"


def sheet(tmp_path, data, number=1, careful=False):
    sources, _ = read.discover([put(tmp_path, "a.pdf", data)], 10**9)
    return read.sheet(sources[0], number, LIMITS, careful)


def words(tmp_path, draw, **options):
    return [token.text for token in sheet(tmp_path, pdf([], draw=draw, **options)).tokens]


def text_at(paper, x, y, line, size=11, font="Helvetica", **how):
    run = paper.beginText(x, y)
    run.setFont(font, size)
    if "spacing" in how:
        run.setCharSpace(how["spacing"])
    if "rise" in how:
        run.setRise(how["rise"])
    if "mode" in how:
        run.setTextRenderMode(how["mode"])
    run.textOut(line)
    paper.drawText(run)


def letter_by_letter(order, step=7.0):
    """Letters of one word, each drawn by itself, in an order of their own."""

    def draw(paper):
        paper.setFont("Courier", 11)
        for index in order:
            paper.drawString(100 + index * step, 500, "stadsdel"[index])

    return draw


def in_pieces(*pieces):
    """Text drawn in pieces: (x, text), one line."""

    def draw(paper):
        paper.setFont("Helvetica", 11)
        for x, text in pieces:
            paper.drawString(x, 500, text)

    return draw


def squeezed(*words):
    """Words a seventh of their size apart, as on a line that had to fit its column."""

    def draw(paper):
        x = 100.0
        for word in words:
            text_at(paper, x, 500, word)
            x += pdfmetrics.stringWidth(word, "Helvetica", 11) + 11 / 7

    return draw


@pytest.mark.parametrize(
    ("draw", "expected"),
    [
        (letter_by_letter(range(8)), ["stadsdel"]),
        (letter_by_letter([4, 5, 6, 7, 0, 1, 2, 3]), ["stadsdel"]),
        (letter_by_letter([0, 2, 4, 6, 1, 3, 5, 7]), ["stadsdel"]),
        (letter_by_letter(range(8), step=9.5), list("stadsdel")),
        (in_pieces((100, "utan"), (130, "blank")), ["utan", "blank"]),
        (in_pieces((100, "Granliden"), (100.3, "Granliden")), ["Granliden"]),
        (in_pieces((100, "Alla"), (100, "Alla"), (100, "Alla")), ["Alla"]),
        (in_pieces((100, "till"), (160, "till")), ["till", "till"]),
        (in_pieces((100, "1 111 111 kr")), ["1", "111", "111", "kr"]),
        (in_pieces((-40, "utanför"), (100, "inne"), (700, "utanför")), ["inne"]),
        (lambda paper: text_at(paper, 100, 500, "BESLUT", spacing=1.2), ["BESLUT"]),
        (lambda paper: text_at(paper, 100, 500, "BESLUT", spacing=1.6), ["BESLUT"]),
        (lambda paper: text_at(paper, 100, 500, "BESLUT", spacing=3), list("BESLUT")),
        (squeezed("Granlidens", "kommun", "i", "avtalet"), ["Granlidens", "kommun", "i", "avtalet"]),
        (lambda paper: text_at(paper, 100, 500, "hemligt", mode=3), ["hemligt"]),
    ],
)
def test_words_by_where_letters_stand(tmp_path, draw, expected):
    assert words(tmp_path, draw) == expected


def test_small_capitals_are_one_word_and_footnote_marks_are_not(tmp_path):
    def draw(paper):
        text_at(paper, 100, 500, "G", size=14)
        text_at(paper, 100 + pdfmetrics.stringWidth("G", "Helvetica", 14), 500, "RANLIDEN", size=11)
        text_at(paper, 100, 450, "avtalet", size=11)
        text_at(paper, 100 + pdfmetrics.stringWidth("avtalet", "Helvetica", 11), 450, "2", size=7, rise=4)
        text_at(paper, 100, 400, "A", size=14)
        text_at(paper, 100 + pdfmetrics.stringWidth("A", "Helvetica", 14), 400, "vtal", size=11)

    assert sorted(words(tmp_path, draw)) == sorted(["GRANLIDEN", "avtalet", "2", "A", "vtal"])


def test_slanted_ink_hides_no_blank(tmp_path):
    """A blank that is a text of its own is no letter to PDFium, and the f before it reaches into it."""

    def draw(paper):
        font, size, x = "Times-Italic", 12, 100.0
        for piece in ("av", " ", "stoff", " ", "får"):
            text_at(paper, x, 500, piece, size, font)
            x += pdfmetrics.stringWidth(piece, font, size)

    assert words(tmp_path, draw) == ["av", "stoff", "får"]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("di\ufb00us o\ufb03ciell \ufb02ytt \ufb01n", ["diffus", "officiell", "flytt", "fin"]),
        ("a\u030ar o\u0308ver", ["år", "över"]),
        ("sam\u00adverkan", ["sam\u00adverkan"]),
        ("5\u00a0000\u00a0kr", ["5", "000", "kr"]),
        ("\uf6c5 punkt", ["\uf6c5", "punkt"]),
        ("noll\u200bbredd", ["nollbredd"]),
    ],
)
def test_signs_become_the_letters_that_they_stand_for(tmp_path, written, expected):
    pdfmetrics.registerFont(TTFont("DejaVu", DEJAVU))
    assert words(tmp_path, lambda paper: text_at(paper, 100, 500, written, font="DejaVu")) == expected


@pytest.mark.parametrize(("code", "expected"), [("F0B7", "•"), ("F02D", "–"), ("E00A", "\ue00a")])
def test_signs_of_symbol_fonts(tmp_path, code, expected):
    pdfmetrics.registerFont(TTFont("DejaVu", DEJAVU))
    data = pdf([], draw=lambda paper: text_at(paper, 100, 500, "Ω punkt", font="DejaVu"))
    with pikepdf.open(io.BytesIO(data)) as document:
        for thing in document.objects:
            if isinstance(thing, pikepdf.Stream) and b"beginbfchar" in (key := thing.read_bytes()):
                thing.write(re.sub(b"03A9", code.encode(), key))
        document.save(tmp_path / "b.pdf")
    tokens = sheet(tmp_path, (tmp_path / "b.pdf").read_bytes()).tokens
    assert [token.text for token in tokens] == [expected, "punkt"]


def test_hyphens_at_line_ends_are_hyphens(tmp_path):
    lines = ["Nämnden fattade beslut om sam-", "verkan med föreningen i maj."]
    assert "sam-" in [token.text for token in sheet(tmp_path, pdf(lines)).tokens]


def ruled(paper):
    paper.setLineWidth(0.5)
    paper.line(100, 700, 400, 700)
    paper.line(100, 650, 100, 700)
    paper.rect(100, 600, 300, 0.5, stroke=0, fill=1)
    paper.rect(150, 400, 200, 100)
    paper.line(10, 10, 14, 10)
    paper.line(100, 100, 300, 300)


def in_a_form(paper):
    paper.beginForm("tabell")
    ruled(paper)
    paper.endForm()
    paper.translate(30, -50)
    paper.scale(0.5, 0.5)
    paper.doForm("tabell")


@pytest.mark.parametrize("draw", [ruled, in_a_form])
def test_drawn_lines_are_those_that_pdfplumber_sees(tmp_path, draw):
    data = pdf([], draw=draw)
    found = sheet(tmp_path, data).rules
    other = pdf_plumber.page(io.BytesIO(data), 1)
    assert len(found) == 8
    assert sum(rule.upright for rule in found) == 3
    for rule in found:
        place = pytest.approx(astuple(rule), abs=1)
        assert any(astuple(twin) == place for twin in other.rules)


def test_a_drawing_without_end_is_looked_at_in_part(tmp_path):
    def scribble(paper):
        path = paper.beginPath()
        path.moveTo(0, 0)
        for step in range(60_000):
            path.lineTo(step % 500 + 20, step % 700)
        paper.drawPath(path)

    assert sheet(tmp_path, pdf(["ord"], draw=scribble)).tokens[0].text == "ord"


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_pictures_have_their_places_on_the_page_as_it_is_shown(tmp_path, rotate):
    black = ImageReader(Image.fromarray(np.zeros((50, 100), np.uint8)))

    def draw(paper):
        paper.drawImage(black, 100, 600, 200, 100)
        paper.drawImage(black, 500, 20, 200, 100)  # partly beyond the edge
        paper.drawImage(black, 900, 20, 200, 100)
        paper.beginForm("bild")
        paper.drawImage(black, 0, 0, 100, 50)
        paper.endForm()
        paper.translate(50, 300)
        paper.scale(0.5, 0.5)
        paper.doForm("bild")

    document = pdfium.PdfDocument(pdf([], draw=draw))
    document[0].set_rotation(rotate)
    document[0].set_cropbox(10, 5, 595, 842)
    document.save(tmp_path / "b.pdf")
    found = sheet(tmp_path, (tmp_path / "b.pdf").read_bytes())
    pixels = picture(tmp_path / "b.pdf", dpi=72)
    assert len(found.images) == 3
    inside = np.zeros(pixels.shape, bool)
    for box in found.images:
        inside[round(box.y0) : round(box.y1), round(box.x0) : round(box.x1)] = True
    assert np.mean(inside == (pixels < 128)) > 0.995
    assert found.image_share == pytest.approx(inside.mean(), abs=0.01)
    assert found.image_dpi == pytest.approx(36, abs=1)


def test_what_was_typed_on_a_page_is_read_without_a_form(tmp_path):
    paper = pdf(["Ansökan"], draw=lambda paper: paper.freeTextAnnotation("inkom", (200, 600, 300, 650)))
    assert "Ansökan" in [token.text for token in sheet(tmp_path, paper).tokens]


def test_pdfplumber_reads_letters_that_have_no_key(tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr(pdf_plumber, "page", lambda *_: asked.append(1))
    assert sheet(tmp_path, pdf(PROSE)).tokens
    assert not asked
    pdfmetrics.registerFont(TTFont("DejaVu", DEJAVU))
    keyless = pdf(PROSE, font="DejaVu").replace(b"/ToUnicode", b"/ToNothing")
    tokens = sheet(tmp_path, keyless).tokens
    assert asked
    assert "\N{REPLACEMENT CHARACTER}" in "".join(token.text for token in tokens)
    asked.clear()
    sheet(tmp_path, keyless, careful=True)
    assert not asked


def test_a_document_stays_open_from_page_to_page_but_not_for_ever(tmp_path, monkeypatch):
    opened = []
    real = pdfium.PdfDocument

    def watched(*arguments):
        opened.append(arguments)
        return real(*arguments)

    monkeypatch.setattr(pdf_open.pdfium, "PdfDocument", watched)
    data = pdf(*[["sida"]] * 40)
    path = put(tmp_path, "a.pdf", data)
    source = read.discover([path], 10**9)[0][0]
    assert read.count(source, LIMITS) == 40
    for number in range(1, 31):
        read.sheet(source, number, LIMITS).picture(20)
    assert len(opened) == 1
    read.sheet(source, 40, LIMITS)
    assert len(opened) == 2
    path.write_bytes(pdf(["annan"]))
    assert [token.text for token in read.sheet(source, 1, LIMITS).tokens] == ["annan"]
    assert A4[0] == pytest.approx(read.sheet(source, 1, LIMITS).width, abs=0.1)


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"3 0 obj << /Type /Catalog >> endobj", (b"3", b"0")),
        (b"3 0 obj << /A << >> /Type/Catalog", (b"3", b"0")),
        (b"3 0 obj << /Type /Catalog >> endobj 9 1 obj <</Type\n/Catalog>>", (b"9", b"1")),
        (b"3 0 obj << /A 1 >> endobj /Type /Catalog", ()),
        (b"1 0 obj << " * 200_000 + b"/Type /Catalog", (b"1", b"0")),
        (b"/Type /Catalog " * 200_000, ()),
        (b"3 0 obj << /Type /Page >> endobj", ()),
    ],
)
def test_the_way_into_a_file_without_one_is_found_and_no_time_lost(data, found):
    assert pdf_open._catalog(data) == found
