"""Pages by their own text or by Tesseract: real papers, real engine."""

import pytest
from papers import PROSE, pdf, picture, put, scanned, shaded, specked, tilted
from PIL import Image
from rapidfuzz import fuzz

from pipeline import read
from pipeline.errors import TooLarge
from pipeline.flags import FLAGS as DOCUMENTED
from pipeline.model import TextSource
from pipeline.recognize import FLAGS, prepare, recognize, spots
from pipeline.settings import Recognition
from pipeline.sheet import Picture, Sheet

SETTINGS = Recognition()
PAGE = pdf(PROSE * 3)
WORDS = " ".join(PROSE * 3)


def page_of(folder, data, name="a.pdf", settings=SETTINGS):
    (source,), _ = read.discover([put(folder, name, data)], 10**9)
    return recognize(read.sheet(source, 1, settings), 1, settings)


def likeness(page, text=WORDS):
    return fuzz.ratio(" ".join(page.text.split()), text)


def test_every_flag_is_documented():
    assert set(FLAGS) <= set(DOCUMENTED)


def test_plain_text_is_kept_as_it_is(tmp_path):
    text = "  Beslut\n\n\tNämnden   beslutar\n"
    page = page_of(tmp_path, text.encode(), "a.txt")
    assert (page.text, page.source) == (text, TextSource.PLAIN_TEXT)
    assert [text[w.span.start : w.span.end] for w in page.words] == ["Beslut", "Nämnden", "beslutar"]
    assert page_of(tmp_path, b" \n", "b.txt").flags == ("blank",)


def test_a_sound_text_layer_is_believed(tmp_path):
    page = page_of(tmp_path, PAGE)
    assert (page.source, page.flags, page.dpi) == (TextSource.TEXT_LAYER, (), 0)
    assert likeness(page) == 100


def test_a_scan_is_read_with_boxes_and_confidences(tmp_path):
    page = page_of(tmp_path, scanned(picture(PAGE)))
    assert (page.source, page.rotation, page.dpi) == (TextSource.OCR, 0, 200)
    assert page.flags == ("no_layer",)
    assert likeness(page) > 98
    assert all(0 <= word.confidence <= 1 for word in page.words)
    original = page_of(tmp_path, PAGE, "b.pdf")
    first, known = page.words[0].box, original.words[0].box
    assert (first.x0, first.y1) == pytest.approx((known.x0, known.y1), abs=4)


@pytest.mark.parametrize(("turns", "rotation"), [(1, 90), (2, 180), (3, 270)])
def test_a_scan_that_lies_wrong_is_turned(tmp_path, turns, rotation):
    page = page_of(tmp_path, scanned(pixels := turned(picture(PAGE), turns)))
    assert page.rotation == rotation
    assert "rotated" in page.flags
    assert page.width < page.height
    assert (page.width > page.height) != (pixels.shape[1] > pixels.shape[0]) or turns == 2
    assert likeness(page) > 97


def turned(pixels, quarter_turns):
    """As a scanner sees a paper that lies so many quarter turns counter-clockwise."""
    import numpy as np

    return np.ascontiguousarray(np.rot90(pixels, quarter_turns))


@pytest.mark.parametrize("degrees", [-3, 1.2])
def test_a_tilted_scan_is_levelled_and_its_boxes_lie_on_the_scan(tmp_path, degrees):
    pixels = tilted(picture(PAGE), degrees)
    page = page_of(tmp_path, scanned(pixels))
    assert "deskewed" in page.flags
    assert likeness(page) > 97
    dark = pixels < 120
    for word in page.words[:: len(page.words) // 12]:
        x0, y0, x1, y1 = (round(v * 200 / 72) for v in (word.box.x0, word.box.y0, word.box.x1, word.box.y1))
        assert dark[y0:y1, x0:x1].mean() > 0.06


def test_dirt_and_shadow_do_not_hide_the_text(tmp_path):
    page = page_of(tmp_path, scanned(specked(shaded(picture(PAGE, dpi=150)), 300), 150))
    assert likeness(page) > 93
    assert page.dpi == 150


ENGLISH_OCR = [
    line.translate(str.maketrans("åäöÅÄÖ", "aaoAAO")).replace("for ", "f6r ").replace("och", "ach")
    for line in PROSE * 3
]


def test_a_bad_text_layer_is_read_again(tmp_path):
    page = page_of(tmp_path, scanned(picture(PAGE), text=ENGLISH_OCR))
    assert page.flags == ("bad_layer",)
    assert likeness(page) > 98


def test_a_sound_hidden_layer_is_kept(tmp_path):
    page = page_of(tmp_path, scanned(picture(PAGE), text=PROSE * 3))
    assert page.flags == ("hidden_layer",)
    assert page.source is TextSource.TEXT_LAYER


def test_a_stamp_on_a_scan_does_not_pass_for_its_text(tmp_path):
    def stamp(paper):
        paper.drawImage(image(), 0, 0, 595, 842)
        paper.drawString(300, 800, "Inkom 2023-05-02")

    def image():
        from reportlab.lib.utils import ImageReader

        return ImageReader(Image.fromarray(picture(PAGE)))

    page = page_of(tmp_path, pdf([], draw=stamp))
    assert page.flags == ("sparse_layer",)
    assert likeness(page) > 90
    assert "2023-05-02" in page.text


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF"])
def test_blank_pages(tmp_path, kind):
    path = tmp_path / "blank"
    Image.new("L", (1654, 2339), 250).save(path, kind, dpi=(200, 200))
    page = page_of(tmp_path, path.read_bytes(), "b")
    assert (page.text, page.words, page.flags) == ("", (), ("no_layer", "blank"))


def test_an_absurd_page_is_refused():
    sheet = Sheet(width=2**31, height=595, image_share=1, picture=lambda dpi: pytest.fail("drawn"))
    with pytest.raises(TooLarge):
        recognize(sheet, 1, SETTINGS)


def test_signs_that_the_swedish_model_lacks(tmp_path):
    lines = [
        "Bidraget minskas enligt 4 § i avtalet med föreningen.",
        "Andelen är 25 % av kostnaden och 12,5 % av intäkten.",
        "Protokollet från mötet är justerat i § 142 av nämnden.",
        "Frågor om stödet besvaras av kultur@granliden.se varje dag.",
    ]
    page = page_of(tmp_path, scanned(picture(pdf(lines * 3), dpi=300), 300))
    assert page.text.count("§") >= 5
    assert page.text.count("%") == 6
    assert "25 %" in page.text
    assert page.text.count("kultur@granliden.se") >= 1


def test_a_ruled_table_on_a_scan_is_read_by_rows(tmp_path):
    def lines(paper):
        for y in (742, 722, 702, 682):
            paper.line(70, y, 500, y)
        for x in (70, 250, 380, 500):
            paper.line(x, 682, x, 742)

    rows = [
        ("Förening", "Sökt belopp", "Beviljat"),
        ("Granliden", "120 000", "100 000"),
        ("Älven", "80 000", "0"),
    ]
    cells = [
        (75 + 180 * i - 50 * (i == 2), 114 + 20 * j, t) for j, r in enumerate(rows) for i, t in enumerate(r)
    ]
    page = page_of(tmp_path, scanned(picture(pdf(cells, draw=lines), dpi=300), 300))
    assert page.text == "Förening\tSökt belopp\tBeviljat\nGranliden\t120 000\t100 000\nÄlven\t80 000\t0"


def test_rules_are_taken_off_and_letters_are_not():
    pixels = picture(pdf(PROSE, draw=lambda paper: paper.line(70, 600, 500, 600)), dpi=300)
    cleared = spots.clear(Picture(pixels, 300))
    (rule,) = cleared.rules
    assert (rule.x0, rule.x1, rule.y0) == pytest.approx((70, 500, 842 - 600), abs=2)
    changed = (cleared.picture.pixels != pixels).any(axis=1).nonzero()[0] * 72 / 300
    assert (changed.min(), changed.max()) == pytest.approx((241.9, 241.9), abs=3)
    assert cleared.specks == 0


def test_clean_pages_are_left_alone():
    sheet = Picture(picture(PAGE, dpi=300), 300)
    assert prepare.rescale(sheet) is sheet
    assert prepare.even(sheet) is sheet
    assert prepare.level(sheet).picture is sheet
    assert spots.clear(sheet).picture is sheet
