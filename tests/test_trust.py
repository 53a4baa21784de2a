"""Whether a page's own text is believed, repaired or read again, and what becomes of two readings."""

import io
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from papers import PROSE, pdf, picture, put, scanned
from PIL import Image
from reportlab.lib.utils import ImageReader

from pipeline import read
from pipeline.lexicon import known
from pipeline.model import Box, Page, TextSource
from pipeline.recognize import features, lost, merge, own, recognize, sample, tesseract, trust
from pipeline.recognize.look import DPI, look
from pipeline.recognize.prepare import Levelled
from pipeline.recognize.trust import Verdict
from pipeline.settings import Recognition
from pipeline.sheet import Picture, Token

sys.path.insert(0, str(Path(__file__).parent.parent / "bench"))
from trust_pages import damage, labelled, paper

SETTINGS = Recognition()
TEXT = list(PROSE) * 2
WORDS = " ".join(TEXT)


def sheet(lines, **changes):
    return replace(paper.born_digital(paper.tokens(lines, paper.Type())), **changes)


def spoilt(kind):
    import random

    every = {**damage.BOTH, **damage.MEASURED}
    return every[kind](TEXT, random.Random(1))


NAMES = ["Närvarande", *(f"{n} Lindqvist\t(S)\tersättare" for n in ("Åsa", "Emil", "Pär", "Björn", "Ulla"))]
VOTES = ["Omröstning\tJa\tNej", *(f"{n} Öman\t{p}\tX" for n in ("Åsa", "Emil", "Pär") for p in "SMCVL")]
FIGURES = ["Konto\tUtfall\tBudget", *(f"{n}\t{n * 37} 500\t-{n} 000" for n in range(3010, 3040))]


@pytest.mark.parametrize(
    "lines",
    [
        TEXT,
        TEXT[:1],
        ["Bilaga 3"],
        NAMES,
        FIGURES,
        VOTES,
        ["Namnd"],  # one word tells nothing
        ["Innehåll", *(f"{n}.1 Bakgrund och syfte ................ {n}" for n in range(3, 20))],
        ["CAS-nummer", *("dimetylhydrazin\t57-14-7", "etylenimin\t151-56-4", "metylendianilin\t101-77-9")],
        ["The board has decided to grant the association support for two years, and will follow it up."] * 4,
        ["Yhdistyksen kokous pidetään seuratalolla, ja kaikki jäsenet ovat tervetulleita sinne."] * 4,
        ["Foreningen har gjort en stor innsats for dem som ikke har så mange å være sammen med."] * 4,
        ["Zapraszamy dzieci i młodzież na zajęcia z języka polskiego w każdą sobotę."] * 4,
        ["Waxaan ku soo dhowaynaynaa dhammaan dadka degmada, waxaana laga heli karaa caawimo."] * 4,
        ["نرحب بكم في بيت الجمعية حيث يمكنكم شرب القهوة والتحدث مع الآخرين"] * 4,
        ["Stämman beslöt, att qvinnan, hvilken länge legat sjuk, skulle af kassan erhålla två kronor."] * 3,
    ],
)
def test_sound_pages_are_believed(lines):
    assert trust.decide(sheet(lines), known).verdict is Verdict.TRUST


@pytest.mark.parametrize("kind", sorted({**damage.BOTH, **damage.MEASURED}))
def test_ruined_pages_are_not(kind):
    decision = trust.decide(sheet(spoilt(kind)), known)
    assert decision.verdict in (Verdict.REREAD, Verdict.REPAIR)
    assert decision.flags in (("bad_layer",), ("damaged_text",), ("no_layer",))


@pytest.mark.parametrize(
    ("changes", "verdict", "flags"),
    [
        ({"picture": None}, Verdict.REPAIR, ("damaged_text",)),
        ({}, Verdict.REREAD, ("bad_layer",)),
    ],
)
def test_what_has_no_picture_can_only_be_repaired(changes, verdict, flags):
    decision = trust.decide(sheet(spoilt("lost: a a o"), **changes), known)
    assert (decision.verdict, decision.flags) == (verdict, flags)


def test_a_wrong_encoding_is_undone_without_a_look():
    decision = trust.decide(
        sheet(spoilt("mojibake utf8 as cp1252"), picture=lambda dpi: pytest.fail("drawn")), known
    )
    assert (decision.verdict, decision.flags) == (Verdict.REPAIR, ("damaged_text",))


def test_text_that_lies_on_its_side_is_read_again():
    assert trust.decide(sheet(TEXT, sideways_share=0.9), known).flags == ("bad_layer",)


def test_good_pages_are_not_drawn():
    page = sheet(
        TEXT, picture=lambda dpi: pytest.fail("drawn"), images=(Box(60, 20, 120, 60),), image_share=0.02
    )
    assert trust.decide(page, known) == trust.Decision(Verdict.TRUST, pytest.approx(0, abs=0.1))


def scan_with(layer, printed=TEXT, hidden=1.0):
    words = paper.tokens(printed, paper.Type())
    return paper.scan_with_layer(paper.tokens(layer, paper.Type()), paper.drawn(words, "Helvetica"), hidden)


OTHER = [
    "Vaktmästaren lämnar nyckeln dagen innan, så hör av er om det inte passar.",
    "Kostnaden för hyran betalas av den som har bokat, och fakturan skickas efteråt.",
    "Vi vill gärna veta hur många som kommer och om någon behöver hjälp med resan.",
    "Stolarna ställs tillbaka när mötet är slut och lampan i köket ska vara släckt.",
] * 2


@pytest.mark.parametrize(
    ("page", "flags"),
    [
        (scan_with(TEXT), ("hidden_layer",)),
        (scan_with(OTHER), ("bad_layer",)),
        (scan_with(["Inkom 2023-05-02"], ["", *TEXT], 0.0), ("sparse_layer",)),
        (scan_with(TEXT[:3], TEXT), ("sparse_layer",)),
    ],
)
def test_a_layer_must_lie_on_its_picture(page, flags):
    assert trust.decide(page, known).flags == flags


def test_a_layer_of_narrow_words_still_lies_on_its_picture():
    words = paper.tokens(TEXT, paper.Type())
    narrow = [replace(w, box=replace(w.box, x1=w.box.x0 + 0.8 * (w.box.x1 - w.box.x0))) for w in words]
    seen = look(paper.drawn(words, "Helvetica")(DPI), narrow)
    assert seen.astray < 0.2
    assert seen.uncovered < 0.05


def test_the_decision_is_right_on_the_measuring_half():
    pages = [page for number, page in enumerate(labelled.labelled("measure")) if number % 5 == 0]
    wrong = [p for p in pages if (trust.decide(p.sheet, known).verdict is not Verdict.TRUST) != p.bad]
    bad, sound = sum(p.bad for p in pages), sum(not p.bad for p in pages)
    assert (bad > 100, sound > 50) == (True, True)
    assert sum(p.bad for p in wrong) <= 0.04 * bad
    assert sum(not p.bad for p in wrong) <= 0.02 * sound


TABLE = [
    "Inventering av häckplatser\tÅr",
    *(
        f"{bird}\tcirka {n} styck"
        for n, bird in enumerate(["Sånglärka", "Gråsparv", "Blåmes", "Fjällvråk"], 3)
    ),
    "Förvaltningsområde\tÖvrigt",
]


@pytest.mark.parametrize("kind", ["lost: a a o", "lost: dropped", "mojibake html", "mojibake quoted"])
def test_a_table_of_few_words_shows_lost_letters(kind):
    import random

    every = {**damage.BOTH, **damage.MEASURED, **damage.UNSEEN}
    assert trust.decide(sheet(TABLE), known).verdict is Verdict.TRUST
    assert trust.decide(sheet(every[kind](TABLE, random.Random(1))), known).verdict is not Verdict.TRUST


@pytest.mark.parametrize(
    ("words", "share"),
    [
        (["förening", "nämnd", "stol"], 0.0),
        (["forening", "namnden", "ovriga", "stol"], 1.0),
        (["frening", "nmnden", "frvaltning", "stol"], 1.0),
        (["foerening", "naemnden", "oevriga"], 1.0),
        (["frening", "frvaltning", "mte", "trning", "många", "väg"], 0.5),  # ö alone, å and ä stay
        (["stol", "bord"], 0.0),
        (["vanellus", "gallinago", "cygnus"], 0.0),
        ([], 0.0),
    ],
)
def test_words_that_lack_their_dots(words, share):
    found = lost.gone(words, {word for word in words if known(word)}, known)
    assert (found > 0.3) == (share > 0.3)
    assert 0 <= found <= 1


def test_quotation_marks_before_words_are_no_debris():
    spoken = ["»Det är bra att ni kom«, sade grannen, »för nu är kaffet klart.«"] * 6
    assert trust.probability(features.figures(" ".join(spoken), True, known)) < trust.BAD


def test_letters_of_another_language_are_odd_but_not_damage():
    rows = ["Ji bo zarokan lîstik û çîrok hene, û her kes dikare bê û bi me re bilîze."] * 4
    assert trust.probability(features.figures(" ".join(rows), False, known)) < trust.BAD


def test_the_figures_are_as_many_as_their_names():
    for text in ("", "12 000", "Привіт " * 20, WORDS):
        assert len(features.figures(text, True, known)) == len(features.NAMES)


def word(text, x=72.0, confidence=None, y=100.0):
    return Token(text, Box(x, y - 8, x + 6 * len(text), y + 2), 10, y, confidence)


@pytest.mark.parametrize(
    ("read", "surety", "layer", "printed", "wins"),
    [
        ("Nämnden", 0.9, "Namnden", False, False),
        ("Nämnden", 0.3, "Niimnden", False, False),
        ("S", 0.9, "§", False, True),
        ("25", 0.9, "25%", False, False),  # no room for a sign in what was read
        ("2590", 0.9, "25%", False, True),
        ("kulturdgranliden.se", 0.9, "kultur@granliden.se", False, True),
        ("verkstad", 0.9, "§", False, False),
        ("120000", 0.95, "120600", False, False),
        ("120000", 0.95, "120600", True, True),  # printed figures are what was meant
        ("l2O", 0.5, "120", False, True),
        ("verksamhe", 0.5, "verksamhet", False, True),
        ("verksamhe", 0.95, "verksamhet", False, False),
        ("", 0.0, "1250", False, True),
        ("", 0.0, ";", False, False),
        ("", 0.0, "Signerat", True, True),
        ("ord", 0.9, "", True, False),
    ],
)
def test_which_reading_of_a_place_wins(read, surety, layer, printed, wins):
    one = [word(read, confidence=surety)] if read else []
    other = [word(layer)] if layer else []
    assert merge._choice(printed, known)(one, other) is wins


def test_another_pages_text_is_kept_out():
    read = [replace(token, confidence=0.9) for token in paper.tokens(TEXT, paper.Type())]
    assert merge.with_layer(scan_with(OTHER), known)(read, Levelled(Picture([], 300))) == read


def test_words_find_their_place_on_a_level_picture():
    back = ((0.9998, -0.02, 3.0), (0.02, 0.9998, -5.0))
    levelled = Levelled(Picture([], 300), back)
    token = word("ord", 200, y=300)
    there = merge._on_level(token, levelled)
    box = levelled.box(there.box)
    assert (box.x0, box.y1) == pytest.approx((token.box.x0, token.box.y1), abs=0.05)


GARBLED = " ".join(spoilt("cipher"))


@pytest.mark.parametrize(
    ("layer", "read", "hidden", "better"),
    [
        (TEXT, GARBLED, 0.0, True),
        (TEXT, "", 1.0, True),
        (spoilt("lost: a a o"), WORDS, 1.0, False),
        (spoilt("cipher"), WORDS, 0.0, False),
        (spoilt("cipher"), "", 0.0, False),
        (TEXT, WORDS, 1.0, False),
        (TEXT, WORDS, 0.0, True),  # what was printed is right to the letter, if both look right
    ],
)
def test_which_of_two_texts_is_better(layer, read, hidden, better):
    assert own.better(sheet(layer, hidden_share=hidden), Page(1, read), known) is better


def page_of(folder, data):
    (source,), _ = read.discover([put(folder, "a.pdf", data)], 10**9)
    return recognize(read.sheet(source, 1, SETTINGS), 1, SETTINGS)


def pasted(pixels):
    def draw(paper_):
        paper_.drawImage(ImageReader(Image.fromarray(pixels)), 60, 250, 480, 240)

    return draw


def test_a_pasted_picture_of_text_is_read_too(tmp_path):
    rows = ["Granliden 120 000", "Lyktan 80 500", "Ankaret 64 000", "Växthuset 9 500"]
    scan = picture(pdf([(72, 100 + 40 * i, row) for i, row in enumerate(rows)], size=22), dpi=200)
    page = page_of(tmp_path, pdf(list(PROSE), draw=pasted(scan[150:770, 100:1340])))
    assert page.source is TextSource.MIXED
    assert page.flags == ("pasted_picture",)
    assert page.text.startswith(PROSE[0])
    assert all(row in page.text.replace("\t", " ") for row in rows)


def test_a_pasted_photograph_is_not(tmp_path):
    page = page_of(tmp_path, pdf(list(PROSE), draw=pasted(paper._photograph(600, 1200, 3))))
    assert (page.source, page.flags) == (TextSource.TEXT_LAYER, ())


def test_digits_of_a_damaged_print_are_kept(tmp_path):
    lines = [line.translate(str.maketrans("åäö", "???")) for line in PROSE] + ["Belopp 120 600 kr"]
    data = io.BytesIO(scanned(picture(pdf([*PROSE, "Belopp 120 600 kr"])), text=lines)).getvalue()
    page = page_of(tmp_path, data)
    assert "bad_layer" in page.flags
    assert "120 600" in page.text
    assert "för öppen verksamhet" in page.text


# A sample of the picture


def swedish(picture):
    return tesseract.words(picture, "swe", psm=6)


ACCOUNTS = ["Konto\tUtfall\tBudget", *(f"{n} Hyror\t{n * 37} 500\t{n * 11} 000" for n in range(3010, 3026))]


def misread(lines, every):
    """The lines with a sign wrong in every so manieth word."""
    words = iter(range(10**6))

    def change(word):
        return word[:-1] + ("7" if word[-1] != "7" else "1") if next(words) % every == 0 else word

    return ["\t".join(" ".join(map(change, cell.split())) for cell in line.split("\t")) for line in lines]


@pytest.mark.parametrize("lines", [TEXT, ACCOUNTS])
def test_a_hidden_text_that_says_what_its_picture_says_is_believed(lines):
    page = scan_with(lines, lines)
    assert sample.differing(page, swedish) < 0.5 * trust.DIFFERENT
    assert trust.decide(page, known, swedish).verdict is Verdict.TRUST


def test_misread_figures_are_found_by_a_sample_of_the_picture():
    page = scan_with(misread(ACCOUNTS, 4), ACCOUNTS)
    assert trust.decide(page, known).verdict is Verdict.TRUST
    decision = trust.decide(page, known, swedish)
    assert (decision.verdict, decision.flags) == (Verdict.REREAD, ("bad_layer",))


def test_a_text_over_a_picture_that_nobody_can_read_has_nothing_to_stand_on():
    page = replace(scan_with(TEXT, TEXT), picture=lambda dpi: Picture(np.full((842, 595), 255, np.uint8), 72))
    assert sample.differing(page, swedish) == 1.0


def test_few_words_and_other_languages_are_no_case_for_a_sample():
    assert sample.differing(scan_with(["Bilaga 3"], ["Bilaga 3"]), swedish) is None
    polish = [
        "Zapraszamy dzieci i młodzież na zajęcia z języka polskiego w każdą sobotę, proszę przyjść."
    ] * 4
    page = scan_with(polish, polish)
    assert trust.decide(page, known, lambda picture: pytest.fail("read")).verdict is Verdict.TRUST


def test_a_text_beside_its_print_is_believed_where_a_sample_says_the_same():
    page = scan_with(TEXT)
    beside = tuple(replace(t, box=replace(t.box, x0=t.box.x0 + 4, x1=t.box.x1 + 4)) for t in page.tokens)
    moved = replace(page, tokens=beside, image_dpi=200)
    assert trust.decide(moved, known, swedish).verdict is Verdict.TRUST
    assert trust.decide(scan_with(OTHER), known, swedish).verdict is Verdict.REREAD
