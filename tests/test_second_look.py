"""Places of a page that are looked at again: signs that the Swedish model lacks, and figures in doubt."""

from dataclasses import replace

import pytest
from papers import PROSE, pdf, picture

from pipeline.lexicon import known
from pipeline.model import Box
from pipeline.recognize import addresses, closeup, figures, missed, signs, tesseract
from pipeline.sheet import Picture, Token

BARE = Picture(picture(pdf([]), dpi=100), 100)


def line(*words, y=100.0, size=11.0):
    """Words of a line from (text, confidence), six points a letter, with their places."""
    tokens, x = [], 72.0
    for text, confidence in words:
        tokens.append(Token(text, Box(x, y - 8, x + 6 * len(text), y), size, y, confidence))
        x += 6 * len(text) + 4
    return tokens


@pytest.fixture
def reread(monkeypatch):
    """The words after a second look where the places of some, {index: (text, confidence)}, read otherwise."""

    def run(tokens, english):
        boxes = []

        def look(paper, box, read, enlarged=1.0):
            boxes.append(box)
            inside = {i for i, t in enumerate(tokens) if box.x0 <= t.box.x0 and t.box.x1 <= box.x1}
            return [replace(tokens[i], text=t, confidence=c) for i, (t, c) in english.items() if i in inside]

        monkeypatch.setattr(closeup, "look", look)
        return signs.reread(tokens, BARE, lambda cutting: [], known), boxes

    return run


@pytest.mark.parametrize(
    ("words", "english", "expected"),
    [
        # What the signs are taken for.
        ([("enligt", 0.96), ("3", 0.96), ("S", 0.8)], {2: ("§", 0.9)}, "enligt 3 §"),
        ([("$", 0.8), ("112", 0.96), ("Bidrag", 0.96)], {0: ("§", 0.9)}, "§ 112 Bidrag"),
        ([("§154", 0.9)], {}, "§154"),
        ([("854", 0.9), ("Val", 0.96)], {0: ("§54", 0.9)}, "§54 Val"),
        ([("5", 0.96), ("$$", 0.8), ("och", 0.96)], {1: ("S§", 0.7)}, "5 §§ och"),
        ([("kap.", 0.96), ("21.$", 0.4)], {1: ("21.§", 0.4)}, "kap. 21.§"),
        ([("är", 0.96), ("12,5", 0.96), ("96", 0.9)], {1: ("12,5", 0.9), 2: ("%", 0.9)}, "är 12,5 %"),
        ([("med", 0.96), ("40946", 0.8)], {1: ("40%", 0.9)}, "med 40%"),
        ([("(25", 0.96), ("90)", 0.9)], {0: ("(25", 0.9), 1: ("%)", 0.9)}, "(25 %)"),
        ([("1S", 0.3), ("Syfte", 0.96)], {0: ("1", 0.9)}, "1S Syfte"),
        ([("1S", 0.3), ("$", 0.5), ("Syfte", 0.96)], {0: ("1", 0.9), 1: ("§", 0.9)}, "1 § Syfte"),
        (
            [("är", 0.96), ("76,2", 0.97), ("20", 0.8), ("av", 0.9)],
            {1: ("76,2", 0.9), 3: ("%av", 0.9)},
            "är 76,2 % av",
        ),
        ([("minst", 0.96), ("61", 0.96), ("AN", 0.5)], {2: ("%", 0.9)}, "minst 61 %"),
        ([("är", 0.96), ("61", 0.96), ("96", 0.97)], {2: ("1%|", 0.5)}, "är 61 %"),
        ([("betalar", 0.96), ("7296", 0.97)], {1: ("72%", 0.9)}, "betalar 72%"),
        ([("•", 0.9), ("275", 0.8), ("Val", 0.96)], {1: ("27§", 0.9)}, "• 27§ Val"),
        ([("4kap.15$", 0.8)], {0: ("4kap.15§", 0.9)}, "4kap.15§"),
        ([("186", 0.96), ("m?", 0.9)], {1: ("m2", 0.9)}, "186 m²"),
        ([("186", 0.96), ("m?", 0.9)], {1: ("m", 0.9)}, "186 m?"),
        # Another number, a word, a doubtful sign: the Swedish reading stays.
        ([("enligt", 0.96), ("37", 0.8)], {1: ("8 §", 0.9)}, "enligt 37"),
        ([("i", 0.96), ("28", 0.8)], {1: ("§", 0.2)}, "i 28"),
        ([("några", 0.6), ("år", 0.6)], {0: ("nagra", 0.9), 1: ("ar", 0.9)}, "några år"),
        ([("dag", 0.96), ("4", 0.8)], {1: ("%", 0.7)}, "dag 4"),
        ([("12", 0.9), ("500", 0.9)], {0: ("12", 0.9), 1: ("800", 0.95)}, "12 500"),
        ([("gata", 0.96), ("61", 0.96), ("AN", 0.5)], {2: ("AN", 0.9)}, "gata 61 AN"),
        ([("12", 0.96), ("96", 0.97), ("10", 0.97)], {1: ("96", 0.9)}, "12 96 10"),
        ([("år", 0.96), ("1996", 0.97)], {1: ("19%", 0.9)}, "år 1996"),
        ([("betalar", 0.96), ("7296", 0.97)], {1: ("31%", 0.9)}, "betalar 7296"),
    ],
)
def test_a_reading_in_english_counts_only_for_signs(reread, words, english, expected):
    found, _ = reread(line(*words), english)
    assert " ".join(token.text for token in found) == expected


@pytest.mark.parametrize(
    ("words", "english", "expected"),
    [
        (["elsa.ekQhagaby.se"], {0: ("elsa.ek@hagaby.se", 0.6)}, "elsa.ek@hagaby.se"),
        (["elsa.ek(hagaby.se"], {0: ("elsa.ek@hagaby.se", 0.2)}, "elsa.ek@hagaby.se"),
        (
            ["till", "elsa.ek", "Qhagaby.se,"],
            {1: ("elsa.ek", 0.6), 2: ("@hagaby.se,", 0.6)},
            "till elsa.ek@hagaby.se,",
        ),
        (["kansliet&hagaby.", "se"], {0: ("kansliet@hagaby.", 0.6), 1: ("se", 0.9)}, "kansliet@hagaby.se"),
        # Another word, too little surety, no address: what was read stays.
        (["hagaby.se"], {0: ("hagaby.se", 0.9)}, "hagaby.se"),
        (["elsa.ek(hagaby.se"], {0: ("nils@lind.se", 0.9)}, "elsa.ek(hagaby.se"),
        (["elsa.ek(hagaby.se"], {0: ("else.ck@hagahy.se", 0.2)}, "elsa.ek(hagaby.se"),
        (["org.nr"], {0: ("org@nr.se", 0.9)}, "org.nr"),
    ],
)
def test_an_address_gets_its_sign_where_the_rest_agrees(monkeypatch, words, english, expected):
    tokens = line(*((word, 0.7) for word in words))

    def look(paper, box, read, enlarged=1.0):
        return [replace(tokens[i], text=text, confidence=sure) for i, (text, sure) in english.items()]

    monkeypatch.setattr(closeup, "look", look)
    found = addresses.reread(tokens, BARE, lambda cutting: [])
    assert " ".join(token.text for token in found) == expected


def test_what_was_read_with_confidence_is_not_looked_at(reread):
    tokens = line(("Stödet", 0.6), ("är", 0.9), ("120", 0.97), ("000", 0.97), ("kr", 0.96))
    assert reread(tokens, {}) == (tokens, [])


def test_other_figures_are_remembered(reread):
    (_, doubted), _ = reread(line(("12", 0.97), ("500", 0.9)), {1: ("800", 0.95)})
    assert (doubted.text, doubted.other) == ("500", "800")


@pytest.mark.parametrize("enlarged", [1.0, 2.0])
def test_a_close_up_keeps_the_places_of_the_page(enlarged):
    paper = Picture(picture(pdf(PROSE), dpi=200), 200)
    whole = {t.text: t.box for t in tesseract.words(paper, "swe")}
    first, last = whole["för"], whole["är"]
    box = Box(first.x0 - 3, first.y0 - 2, last.x1 + 3, first.y1 + 3)
    seen = closeup.look(paper, box, lambda cutting: tesseract.words(cutting, "swe", psm=7), enlarged)
    assert [t.text for t in seen[:3]] == ["för", "öppen", "verksamhet"]
    for token in seen[1:3]:
        there = whole[token.text]
        assert (token.box.x0, token.box.y1) == pytest.approx((there.x0, there.y1), abs=1.2)


@pytest.mark.parametrize(
    ("first", "confidence", "english", "narrow", "expected", "other"),
    [
        # Letters that were digits, if another reading says which.
        ("s732-1180.", 0.9, "5732-1180.", [], "5732-1180.", "s732-1180."),
        ("470.s74:-", 0.7, "", ["470.574", "470.574"], "470.574:-", "470.s74:-"),
        ("(2015:s24)", 0.8, "(2015:624)", ["(2015:524)", "2015:524"], "(2015:524)", "(2015:s24)"),
        ("2019/1s", 0.8, "2019/13", ["2019/18"], "2019/1s", "2019/13"),
        ("I", 0.8, "", ["1"], "1", "I"),
        ("n.", 0.5, "", ["11.", "n.", "11."], "11.", "n."),
        ("a.", 0.5, "", ["a.", "2.", "a.", "a."], "a.", "2"),
        ("112)", 0.0, "1 (2)", ["1(2)"], "1(2)", "112)"),
        # The check digit and the calendar decide.
        ("556036-0783", 0.95, "", ["556036-0793", "556036-0793"], "556036-0793", "556036-0783"),
        ("556036-0793", 0.3, "556036-0783", ["556036-0783"], "556036-0793", ""),
        ("2023-19-01,", 0.9, "2023-10-01,", ["2023-19-01"], "2023-10-01,", "2023-19-01,"),
        ("2015-11105", 0.85, "2015-11-05", ["2015-11-05", ""], "2015-11-05", "2015-11105"),
        ("2015-11105", 0.85, "", ["2015-11105", "2015-11-05"], "2015-11105", ""),
        # Two against one that was unsure.
        ("(2011:49)", 0.2, "(2011:491)", ["(2011:491)", ""], "(2011:491)", "(2011:49)"),
        ("561", 0.4, "", ["61", "61"], "61", "561"),
        ("24", 0.97, "21", ["21", "24"], "24", "21"),
        ("24", 0.97, "21", ["21", ""], "24", "21"),
        ("24", 0.97, "21", ["21", "21"], "21", "24"),
        # Nothing decides.
        ("089", 0.8, "689", ["889", ""], "089", "689"),
        ("315", 0.8, "316", ["315", "315"], "315", ""),
        ("315", 0.8, "B1S", ["", ""], "315", ""),
        ("556036-0783", 0.95, "556036-0703", ["556036-0763"], "556036-0783", "556036-0703"),
        ("556036-0783", 0.95, "556036-0793", ["556036-0783", "556036-0785"], "556036-0783", "556036-0793"),
    ],
)
def test_figures_are_settled_by_what_their_picture_says(first, confidence, english, narrow, expected, other):
    (token,) = line((first, confidence))
    (settled,) = figures.settled(replace(token, other=english), [[replace(token, text=t)] for t in narrow])
    assert settled.text == expected
    assert settled.other == (other or english)
    if other and settled.text == first:
        assert settled.confidence <= 0.9


@pytest.mark.parametrize(
    ("first", "readings", "expected"),
    [
        (
            ("0E321000", 0.0),
            [[("0", 0.8), ("32000", 0.9)], [("0", 0.8), ("32", 0.9), ("000", 0.9)]],
            "0 32 000",
        ),
        (("FLOAT", 0.0), [[("5741", 0.8), ("25250", 0.9)], [("574125250", 0.9)]], "574125250"),
        (("FLOAT", 0.0), [[("5741", 0.8)], [("5747", 0.9)]], "FLOAT"),
        (('142"', 0.8), [[("8", 0.5), ("142", 0.5)], [("8", 0.5), ("142", 0.5)]], '142"'),
    ],
)
def test_what_was_no_number_may_be_several(first, readings, expected):
    (token,) = line(first)
    found = figures.settled(token, [line(*words) for words in readings])
    assert " ".join(word.text for word in found) == expected
    assert found[0].other == (first[0] if expected != first[0] else found[0].other)


@pytest.mark.parametrize(
    ("words", "doubtful"),
    [
        ([("120", 0.9), ("000", 0.9), ("556036-0793", 0.7), ("2024-02-29", 0.7)], []),
        ([("556036-0783", 0.97), ("2023-02-29", 0.97), ("s732", 0.97), ("31", 0.2)], [0, 1, 2, 3]),
        ([("Skola", 0.2), ("KFN-2023-17", 0.2), ("3G", 0.2), ("4you", 0.2)], []),
        ([("I", 0.9), ("890", 0.97), ("I", 0.9), ("år", 0.97)], [0]),
        ([("2015-11105", 0.97), ("2015-31105", 0.97), ("5", 0.97), ("7", 0.3), ("ÅS", 0.1)], [0, 3, 4]),
        ([("n.", 0.5), ("Underskrifter", 0.97)], [0]),
        ([("n.", 0.5), ("underskrifter", 0.97), ("n.", 0.5), ("Ek", 0.9)], []),
    ],
)
def test_which_figures_are_looked_at_again(monkeypatch, words, doubtful):
    tokens = line(*words)
    looked = set()

    def look(paper, box, read, enlarged=1.0, sharpened=False):
        middle = (box.x0 + box.x1) / 2
        looked.update(i for i, t in enumerate(tokens) if t.box.x0 < middle < t.box.x1)
        return []

    monkeypatch.setattr(closeup, "look", look)
    found = figures.reread(tokens, BARE, lambda cutting: [], lambda cutting: [])
    assert [token.text for token in found] == [token.text for token in tokens]
    assert sorted(looked) == doubtful


def swedish(cutting):
    return tesseract.words(cutting, "swe", psm=7)


def english(cutting):
    return tesseract.words(cutting, "eng", psm=7)


@pytest.mark.parametrize("lost", [["älven."], ["Stödet", "är"], ["Föreningen", "öppen", "två", "läggs"]])
def test_what_the_engine_passed_over_is_read_again(lost):
    paper = Picture(picture(pdf(PROSE), dpi=200), 200)
    whole = tesseract.words(paper, "swe")
    seen = [token for token in whole if token.text not in lost]
    assert len(seen) < len(whole)
    assert [t.text for t in missed.reread(seen, paper, swedish, english)] == [t.text for t in whole]


def test_a_word_whose_box_is_too_narrow_is_not_read_twice():
    paper = Picture(picture(pdf(PROSE), dpi=200), 200)
    whole = tesseract.words(paper, "swe")
    seen = [
        replace(t, box=replace(t.box, x1=t.box.x0 + 0.5 * (t.box.x1 - t.box.x0))) if len(t.text) == 2 else t
        for t in whole
    ]
    assert [t.text for t in missed.reread(seen, paper, swedish, english)] == [t.text for t in whole]


def test_a_lost_line_is_read_again():
    paper = Picture(picture(pdf(PROSE), dpi=200), 200)
    whole = tesseract.words(paper, "swe")
    second_line = whole[10].baseline
    seen = [token for token in whole if abs(token.baseline - second_line) > 3]
    again = missed.reread(seen, paper, swedish, english)
    assert sorted(t.text for t in again) == sorted(t.text for t in whole)


def test_a_lost_sign_is_read_again():
    paper = Picture(picture(pdf(["Stöd ges enligt 20 § i lagen om", *PROSE]), dpi=300), 300)
    seen = [token for token in tesseract.words(paper, "swe") if token.text not in ("§", "$", "8")]
    again = missed.reread(seen, paper, swedish, english)
    assert [t.text for t in again][:6] == ["Stöd", "ges", "enligt", "20", "§", "i"]


def test_lines_that_nobody_read_are_told_from_what_lies_beside_the_text():
    paper = Picture(picture(pdf(PROSE), dpi=200), 200)
    whole = tesseract.words(paper, "swe")
    lost = [token for token in whole if abs(token.baseline - whole[10].baseline) > 3]
    share = sum(t.box.x1 - t.box.x0 for t in whole if t not in lost) / sum(t.box.x1 - t.box.x0 for t in whole)
    assert missed.unread(whole, paper) == 0
    assert missed.unread(lost, paper) == pytest.approx(share, abs=0.05)
    assert missed.unread(whole[:10], paper) == 0  # lines below the last word may be anything
    assert missed.unread([], paper) == 0


def test_ink_that_is_no_text_is_left_alone():
    def draw(paper):
        paper.circle(300, 500, 40)
        paper.line(100, 400, 180, 430)
        for x in range(100, 400, 20):
            paper.rect(x, 300, 9, 9, fill=x % 40 == 0)

    paper = Picture(picture(pdf(PROSE, draw=draw), dpi=200), 200)
    whole = [token for token in tesseract.words(paper, "swe") if token.baseline < 170]
    assert missed.reread(whole, paper, swedish, english) == whole


@pytest.mark.parametrize(
    ("words", "deeper", "expected"),
    [
        ("enligt 4 8 minskas", 0.8, "enligt 4 § minskas"),
        ("enligt 4 8 minskas", 0.0, "enligt 4 8 minskas"),
        ("enligt 14 88 minskas", 0.8, "enligt 14 §§ minskas"),
        ("enligt 4 8 12 16", 0.8, "enligt 4 8 12 16"),
        ("ny grupp 8 barn", 0.8, "ny grupp 8 barn"),
    ],
)
def test_an_8_that_goes_below_the_line_after_a_number_is_a_section_sign(reread, words, deeper, expected):
    tokens = [
        replace(t, box=Box(t.box.x0, t.box.y0 - deeper, t.box.x1, t.box.y1 + deeper))
        if t.text in ("8", "88")
        else t
        for t in line(*((word, 0.96) for word in words.split()))
    ]
    found, _ = reread(tokens, {})
    assert " ".join(token.text for token in found) == expected
