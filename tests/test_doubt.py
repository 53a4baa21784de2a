"""Texts in doubt: what gives cause for doubt, and how a few lines read anew settle it."""

import random
import re
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from papers import PROSE

from pipeline.lexicon import known
from pipeline.recognize import features, languages, lost, sample, tesseract, trust
from pipeline.recognize.trust import Verdict

sys.path.insert(0, str(Path(__file__).parent.parent / "bench"))
from trust_pages import drawn, drawn_damage, drawn_set, paper

TEXT = list(PROSE) * 2


def swedish(picture):
    return tesseract.words(picture, "swe", psm=6)


def page(layer, printed):
    """A page of a PDF whose text says the one and whose picture the other."""
    there = paper.tokens(printed, paper.Type())
    return replace(
        paper.born_digital(paper.tokens(layer, paper.Type())), picture=paper.drawn(there, "Helvetica")
    )


@pytest.mark.parametrize(
    ("chance", "disproved", "bad"),
    [
        (0.5, None, True),
        (0.1, None, False),
        (0.5, 0.0, False),  # the same as its print: odd, not damaged
        (0.94, 0.0, True),  # printed as broken as it is
        (0.05, 0.3, True),
        (0.05, 0.02, False),
        (0.5, trust.DISPROVED, True),
    ],
)
def test_what_some_lines_say_settles_a_doubt(chance, disproved, bad):
    assert (trust.settled(chance, disproved) >= trust.BAD) is bad


@given(st.floats(0.001, 0.999), st.floats(0, 1), st.floats(0, 1))
def test_more_that_differs_is_never_more_believed(chance, one, other):
    low, high = sorted((one, other))
    assert 0 <= trust.settled(chance, low) <= trust.settled(chance, high) <= 1


SUMS = [
    "Mottagare\tBelopp",
    *(f"{n} scoutkår\t{i * 7} 500" for i, n in enumerate(("Ådala", "Lövö", "Ekby"), 2)),
]
NAMES = ["Deltagare", *(f"{n} Sjölander\tTallmon" for n in ("Åke", "Görel", "Yusuf", "Märta", "Petrus"))]
FIGURES = ["Konto\tUtfall\tBudget", *(f"{n}\t{n * 37} 500\t-{n} 000" for n in range(3010, 3040))]
BIRDS = ["Art\tAntal", *(f"{n}\t{i} par" for i, n in enumerate(("Circus aeruginosus", "Cygnus olor"), 3))]


@pytest.mark.parametrize("lines", [TEXT, TEXT[:1], NAMES, FIGURES, ["Bilaga 3"]])
def test_a_plainly_sound_page_is_neither_drawn_nor_read(lines):
    sheet = replace(page(lines, lines), picture=lambda dpi: pytest.fail("drawn"))
    assert trust.decide(sheet, known, swedish).verdict is Verdict.TRUST


@pytest.mark.parametrize("lines", [TEXT, SUMS, NAMES, FIGURES, BIRDS])
def test_a_text_that_says_what_its_print_says_is_not_disproved(lines):
    told = sample.disproved(page(lines, lines), swedish, known)
    assert told is None or told < 0.4 * trust.DISPROVED


JOINED = " Attesterade aktiviteter och offentlig information."


@pytest.mark.parametrize(
    "change",
    [
        lambda line: re.sub("ti|tt|ft|fi|ff", "", line + JOINED),
        lambda line: re.sub("[åäö]", "", line + JOINED),
        lambda line: (line + JOINED).translate(str.maketrans("åäö", "aao")),
        lambda line: (line + JOINED).translate(str.maketrans("rnst", "nrts")),
    ],
)
def test_a_font_without_a_key_is_disproved_by_its_print(change):
    sheet = page([change(line) for line in TEXT], [line + JOINED for line in TEXT])
    assert sample.disproved(sheet, swedish, known) > 0.05
    assert trust.decide(sheet, known, swedish).verdict is Verdict.REREAD


def test_a_word_let_off_is_no_proof_and_strange_words_are_read_first():
    lines = [*TEXT[:1], *[""] * 12, *TEXT]
    changed = [*lines[:-1], lines[-1].replace("a", "qx")]
    assert sample.disproved(page([lines[0].replace("och", "oc"), *lines[1:]], lines), swedish, known) == 0
    assert sample.disproved(page(changed, lines), swedish, known) > 0


PACKED = {
    "utf-7": lambda c: c.encode("utf-7").decode(),
    "underscore": lambda c: "_",
    "eastern": lambda c: c.encode("cp1252").decode("cp1250"),
    "python": lambda c: f"\\u{ord(c):04x}",
    "code point": lambda c: f"<U+{ord(c):04X}>",
}
TABLE = [
    "Månadsredovisning åk 4–6",
    *(f"{w}\t{n} st" for n, w in enumerate(("Gånglåt", "Lånebåt", "Båtmån"), 3)),
]


@pytest.mark.parametrize("way", sorted(PACKED))
def test_packed_letters_of_few_words_give_cause_for_doubt(way):
    lines = [*TABLE, "Återbetalning av lånet sker månadsvis i förskott"]
    text = re.sub("[åäöÅÄÖ]", lambda m: PACKED[way](m.group()), " ".join(lines))
    assert trust.probability(features.figures(text, False, known)) > trust.IN_DOUBT[0]
    assert trust.probability(features.figures(" ".join(lines), False, known)) < trust.BAD


@pytest.mark.parametrize(
    ("text", "is_so"),
    [
        ("f_rening n_mnden _vriga m_te h_lls", True),
        ("mĺnad rĺdet frĺga gĺr", True),
        ("f*rening m*te n*mnden", True),
        ("arsredovisning_2020.pdf fil_namn.txt och/eller 3:e kr/år", False),
        ("och/eller in- och utgående", False),
        ("f_rening", False),  # once is no habit
        ("ê û î lîstik çîrok", False),
        ("BeslutomavgiftsbefrielseÄrendeDelegat" * 30 + "/7", False),  # glued: no word, and no trap
        ("", False),
    ],
)
def test_words_spelt_with_another_sign(text, is_so):
    assert (lost.respelt(text, known) > 0.02) is is_so


@pytest.mark.parametrize(
    ("words", "is_so"),
    [
        (["verksamhe", "redovisning", "lokalitet"], False),
        (["funkon", "informaon", "organisaon", "upprädande", "ersäning"], True),
        (["vanellus", "gallinago", "cygnus"], False),
        ([], False),
    ],
)
def test_words_that_lack_joined_letters(words, is_so):
    strangers = {word for word in words if not known(word)}
    assert (lost.joins_gone(strangers, set(words) - strangers, known) > 0.02) is is_so


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("sq", "Ky është një njoftim për prindërit që kanë fëmijë në shkollë dhe nuk mund të vijnë."),
        ("ku", "Ev agahî ji bo malbatan e ku zarokên wan li dibistanê ne û dikarin werin."),
        ("et", "See teave on vanematele, kelle lapsed käivad koolis ja kes ei saa tulla."),
        ("se", "Dát diehtu lea buot váhnemiidda geain leat mánát skuvllas ja dat sáhttet boahtit."),
    ],
)
def test_more_languages_are_known(language, line):
    words = [languages.fold(word) for word in re.findall(r"[^\W\d_]+", line) if word.islower()]
    found = languages.counts(words)
    assert found[language] == max(found.values())
    assert trust.probability(features.figures(" ".join([line] * 3), False, known)) < trust.BAD


def test_the_halves_of_the_drawn_set_share_no_piece():
    develop, kept = (drawn._pieces(half) for half in drawn.HALVES)
    assert all(not set(develop[key]) & set(kept[key]) for key in develop)
    assert set(develop) == set(kept)
    assert not set(drawn.languages("develop")) & set(drawn.languages("kept"))


def test_the_same_dice_give_the_same_page_and_damage():
    for number in range(30):
        one, other = (random.Random(number) for _ in range(2))
        lines = [drawn.minutes(drawn.Writer("develop", dice)) for dice in (one, other)]
        assert lines[0] == lines[1]
        spoilt = []
        for dice in (one, other):
            name, change, where = drawn_damage.draw(dice)
            spoilt.append((name, drawn_damage.applied(lines[0], change, where, dice)))
        assert spoilt[0] == spoilt[1]
    assert drawn_set.FAMILIES > 600
