"""Finding files, telling what they are, decoding text, and laying out pages."""

import os
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from papers import PROSE, pdf, picture, put, scanned
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption

from pipeline import read
from pipeline.errors import Corrupt, Encrypted, TooLarge
from pipeline.read.media import media_type
from pipeline.read.text import decode, pages
from pipeline.settings import Recognition

LIMITS = Recognition()
ANY_SIZE = 10**9


def one(path):
    sources, failures = read.discover([path], ANY_SIZE)
    assert not failures
    return sources[0]


SWEDISH = "Nämnden för Åkersta beviljar 45 000 kr – enligt § 4 – till föreningen.\nÄrendet är avgjort.\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
def test_decode_knows_the_encoding(encoding):
    assert decode(SWEDISH.encode(encoding)) == SWEDISH


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("Å ä ö".encode("latin-1"), "Å ä ö"),
        (b"a\r\nb\rc\n", "a\nb\nc\n"),
        (b"Malm\xc3\xb6 \xe5r 2023 p\xc3\xa5", "Malmö år 2023 på"),
        (b"Bes\x00lut\x00\x00", "Beslut"),
        (b"\x81\x8d", "\x81\x8d"),
        (b"", ""),
        ("NÃ¤mnden".encode(), "NÃ¤mnden"),
    ],
)
def test_decode_odd_bytes(data, text):
    assert decode(data) == text


@pytest.mark.parametrize(
    ("head", "name", "kind"),
    [
        (b"%PDF-1.7\n", "a.pdf", "application/pdf"),
        (b"\n\njunk %PDF-1.4", "a.txt", "application/pdf"),
        (b"II*\x00aaaa", "a.pdf", "image/tiff"),
        (b"\x89PNG\r\n\x1a\n", "a", "image/png"),
        (b"\xff\xd8\xff\xe0", "scan.tif", "image/jpeg"),
        (b"Beslut", "a.txt", "text/plain"),
        (b"# Beslut", "a.MD", "text/markdown"),
        (b"Beslut", "a", "text/plain"),
        (b"Beslut", "a.pdf", "text/plain"),
        ("Nämnd".encode("utf-16-le"), "a.txt", "text/plain"),
        (b"<!DOCTYPE html><html>", "a.pdf", None),
        (b"\xef\xbb\xbf  <html lang='sv'>", "a.txt", None),
        (b"PK\x03\x04\x00\x00\x00\x00\x00\x00", "a.docx", None),
        (b"\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00", "a", None),
        (b"{\\rtf1 a}", "a.txt", None),
        (b"a;b;c\n1;2;3\n", "a.csv", None),
    ],
)
def test_media_type_by_content(head, name, kind):
    assert media_type(head, name) == kind


def test_discover_finds_all_and_only_documents(tmp_path):
    deep = tmp_path / "a" / "b [1] 'ö'"
    deep.mkdir(parents=True)
    put(deep, "x=1|y; $(z).txt", b"ett")
    put(deep, "samma.txt", b"ett")
    put(tmp_path, "empty.pdf", b"")
    put(tmp_path, "page.html", b"<html></html>")
    put(tmp_path, ".hidden.txt", b"dolt")
    (tmp_path / ".git").mkdir()
    put(tmp_path / ".git", "HEAD.txt", b"dolt")
    sources, failures = read.discover([tmp_path], ANY_SIZE)
    assert [len(s.paths) for s in sources] == [2]
    assert sources[0].paths == tuple(sorted(sources[0].paths))
    assert sources[0].doc_id == sources[0].digest[:16]
    codes = {Path(f.source_path).name: (f.code, f.stage) for f in failures}
    assert codes == {"empty.pdf": ("empty", "read"), "page.html": ("unsupported", "read")}


def test_discover_leaves_pipes_devices_and_links_out_of_the_folder(tmp_path):
    inside, outside = tmp_path / "in", tmp_path / "out"
    inside.mkdir()
    outside.mkdir()
    secret = put(outside, "secret.txt", b"hemligt")
    kept = put(inside, "kept.txt", b"ett")
    (inside / "link.txt").symlink_to(secret)
    (inside / "loop.txt").symlink_to(inside / "loop.txt")
    (inside / "near.txt").symlink_to(kept)
    (inside / "folder").symlink_to(outside)
    os.mkfifo(inside / "pipe.txt")
    sources, failures = read.discover([inside], ANY_SIZE)
    assert failures == []
    assert [s.paths for s in sources] == [(str(kept), str(inside / "near.txt"))]


def test_discover_reports_what_is_named_and_cannot_be_read(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    big = put(tmp_path, "big.txt", b"x" * 100)
    sources, failures = read.discover([tmp_path / "none.pdf", tmp_path / "pipe", big], 50)
    assert sources == []
    assert sorted(f.code for f in failures) == ["too_large", "unreadable", "unsupported"]


def test_the_order_of_inputs_does_not_matter(tmp_path):
    for name in "cab":
        put(tmp_path, f"{name}.txt", name.encode())
    paths = [tmp_path / f"{name}.txt" for name in "bca"]
    assert read.discover(paths, ANY_SIZE) == read.discover([tmp_path], ANY_SIZE)


def test_text_pages_end_at_form_feeds(tmp_path):
    assert pages(put(tmp_path, "a.txt", b"ett\n\ftv\xc3\xa5\n\f")) == ["ett\n", "två\n"]
    assert pages(put(tmp_path, "b.txt", b"ett")) == ["ett"]
    assert pages(put(tmp_path, "c.txt", b"ett\f\ftre")) == ["ett", "", "tre"]


def test_a_pdf_page_brings_its_words(tmp_path):
    source = one(put(tmp_path, "a.pdf", pdf(PROSE, ["Sida två"])))
    assert read.count(source, LIMITS) == 2
    sheet = read.sheet(source, 2, LIMITS)
    assert [token.text for token in sheet.tokens] == ["Sida", "två"]
    box = sheet.tokens[0].box
    assert (round(box.x0), box.y0 < sheet.tokens[0].baseline == pytest.approx(90, abs=0.5)) == (72, True)
    assert sheet.image_share == sheet.hidden_share == 0


@pytest.mark.parametrize("careful", [False, True])
@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_a_turned_pdf_page_is_read_as_it_is_shown(tmp_path, rotate, careful):
    def level_when_turned(paper):
        paper.translate(300, 500)
        paper.rotate(rotate)
        paper.drawString(0, 0, "hörnsten")

    document = pdfium.PdfDocument(pdf([], draw=level_when_turned))
    document[0].set_rotation(rotate)
    document[0].set_cropbox(20, 30, 500, 800)
    document.save(tmp_path / "a.pdf")
    sheet = read.sheet(one(tmp_path / "a.pdf"), 1, LIMITS, careful)
    assert (sheet.width > sheet.height) == (rotate in (90, 270))
    rows, columns = (picture(tmp_path / "a.pdf", dpi=72) < 128).nonzero()
    (token,) = sheet.tokens
    assert token.text == "hörnsten"
    assert (token.box.x0, token.box.x1) == pytest.approx((columns.min(), columns.max()), abs=2.5)
    assert token.box.y0 < rows.mean() < token.box.y1
    assert token.baseline == pytest.approx(rows.max(), abs=2.5)


@pytest.mark.parametrize("careful", [False, True])
def test_text_that_does_not_lie_level_is_counted_not_read(tmp_path, careful):
    def up_the_margin(paper):
        paper.translate(30, 300)
        paper.rotate(90)
        paper.drawString(0, 0, "marginal")

    sheet = read.sheet(one(put(tmp_path, "a.pdf", pdf(["textsida"], draw=up_the_margin))), 1, LIMITS, careful)
    assert [token.text for token in sheet.tokens] == ["textsida"]
    assert sheet.sideways_share == 0.5


def test_only_what_the_crop_box_shows_is_read(tmp_path):
    document = pdfium.PdfDocument(pdf([(72, 100, "synligt"), (72, 800, "dolt")]))
    document[0].set_cropbox(50, 400, 500, 800)
    document.save(tmp_path / "a.pdf")
    sheet = read.sheet(one(tmp_path / "a.pdf"), 1, LIMITS)
    assert (sheet.width, sheet.height) == (450, 400)
    assert [token.text for token in sheet.tokens] == ["synligt"]
    assert sheet.tokens[0].box.x0 == pytest.approx(22, abs=1)


def test_what_is_filled_in_on_a_form_is_read(tmp_path):
    def fields(paper):
        paper.acroForm.textfield(value="Granliden", x=200, y=700, width=200, height=20, name="sokande")

    sheet = read.sheet(one(put(tmp_path, "a.pdf", pdf(["Sökande:"], draw=fields))), 1, LIMITS)
    assert {token.text for token in sheet.tokens} == {"Sökande:", "Granliden"}


def test_encryption_without_a_password_is_no_hindrance(tmp_path):
    open_to_all = StandardEncryption("", ownerPassword="ägare", canPrint=0)
    source = one(put(tmp_path, "a.pdf", pdf(["öppen"], encrypt=open_to_all)))
    assert [token.text for token in read.sheet(source, 1, LIMITS).tokens] == ["öppen"]
    locked = one(put(tmp_path, "b.pdf", pdf(["låst"], encrypt=StandardEncryption("hemlig"))))
    with pytest.raises(Encrypted):
        read.count(locked, LIMITS)


def test_broken_pdfs(tmp_path):
    good = pdf(PROSE)
    cut = one(put(tmp_path, "cut.pdf", good[: good.index(b"\nxref")]))
    assert len(read.sheet(cut, 1, LIMITS).tokens) > 50
    moved = one(put(tmp_path, "moved.pdf", b"skr\xc3\xa4p\n" * 20 + good))
    assert len(read.sheet(moved, 1, LIMITS).tokens) > 50
    headless = one(put(tmp_path, "headless.pdf", good[9:]))
    assert read.count(headless, LIMITS) == 1
    with pytest.raises(Corrupt):
        read.count(one(put(tmp_path, "head.pdf", good[:60])), LIMITS)
    with pytest.raises(Corrupt) as caught:
        read.sheet(cut, 2, LIMITS)
    assert caught.value.page == 2


def test_pdfium_reads_what_pdfplumber_would(tmp_path):
    source = one(put(tmp_path, "a.pdf", pdf(PROSE)))
    usual, careful = (read.sheet(source, 1, LIMITS, careful).tokens for careful in (False, True))
    assert [t.text for t in usual] == [t.text for t in careful]
    for a, b in zip(usual, careful, strict=True):
        assert a.box.x0 == pytest.approx(b.box.x0, abs=1.5)
        assert a.baseline == pytest.approx(b.baseline, abs=0.5)


def test_scans_tell_that_they_are_pictures(tmp_path):
    pixels = picture(pdf(PROSE), dpi=150)
    sheet = read.sheet(one(put(tmp_path, "a.pdf", scanned(pixels, 150, PROSE))), 1, LIMITS)
    assert sheet.image_share == pytest.approx(1, abs=0.02)
    assert sheet.image_dpi == pytest.approx(150, abs=1)
    assert sheet.hidden_share == 1
    assert sheet.picture(100).pixels.shape == pytest.approx((1169, 827), abs=3)


def test_limits(tmp_path):
    source = one(put(tmp_path, "a.pdf", pdf(PROSE, PROSE)))
    with pytest.raises(TooLarge, match="max_pages is 1"):
        read.count(source, Recognition(max_pages=1))
    with pytest.raises(TooLarge, match="max_pixels"):
        read.sheet(source, 1, Recognition(max_pixels=1000)).picture(100)
    image = tmp_path / "a.png"
    Image.new("1", (5000, 5000)).save(image)
    with pytest.raises(TooLarge, match="max_pixels"):
        read.sheet(one(image), 1, Recognition(max_pixels=1_000_000))


@pytest.mark.parametrize(
    ("mode", "kind", "options", "dpi"),
    [
        ("L", "PNG", {"dpi": (200, 200)}, 200),
        ("1", "TIFF", {"dpi": (300, 300), "compression": "group4"}, 300),
        ("RGB", "JPEG", {"dpi": (72, 72)}, 72),
        ("RGBA", "PNG", {}, 100),
        ("LA", "PNG", {}, 100),
        ("P", "PNG", {}, 100),
        ("CMYK", "JPEG", {}, 100),
        ("I;16", "PNG", {}, 100),
        ("L", "TIFF", {"dpi": (200, 100)}, 200),
    ],
)
def test_picture_files(tmp_path, mode, kind, options, dpi):
    path = tmp_path / "scan"
    Image.new("L", (827, 1169), 255).convert(mode).save(path, kind, **options)
    sheet = read.sheet(one(path), 1, LIMITS)
    assert sheet.picture(300).dpi == pytest.approx(dpi, rel=0.02)
    assert sheet.width == pytest.approx(
        827 * 72 / dpi * (2 if options.get("dpi") == (200, 100) else 1), rel=0.6
    )
    assert sheet.picture(300).pixels.min() >= 250 or mode == "I;16"


def test_frames_and_broken_pictures(tmp_path):
    frames = [Image.new("1", (600, 800), 1) for _ in range(3)]
    path = tmp_path / "a.tif"
    frames[0].save(path, save_all=True, append_images=frames[1:], compression="group4", dpi=(200, 200))
    assert read.count(one(path), LIMITS) == 3
    assert read.sheet(one(path), 3, LIMITS).width == pytest.approx(216)
    cut = put(tmp_path, "cut.tif", path.read_bytes()[:60])
    with pytest.raises(Corrupt):
        read.count(one(cut), LIMITS)
