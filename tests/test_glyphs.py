"""Signs told by their shape: on pictures of type that the network wasn't taught on (pdfium's own faces)."""

from dataclasses import replace

import pytest
from papers import pdf, picture

from pipeline.lexicon import known
from pipeline.model import Box
from pipeline.recognize import addresses, by_shape, closeup, glyphs, tesseract
from pipeline.sheet import Picture

SIZE, LINE = 11, 90.0


def page(text, font="Helvetica", dpi=300):
    """A line of type at 72 points from the left, on a line 90 points down."""
    return Picture(picture(pdf([(72, LINE, text)], font=font, size=SIZE), dpi=dpi), dpi)


def found(text, font="Helvetica", least=0.9, dpi=300):
    cut = glyphs.cut(page(text, font, dpi), Box(72, LINE - 8, 320, LINE), LINE, 0.72 * SIZE)
    assert cut is not None
    return "".join(glyph.sign for glyph in glyphs.signs(cut.ink, least)[0])


@pytest.mark.parametrize("font", ["Helvetica", "Helvetica-Bold", "Times-Roman", "Times-Bold", "Courier-Bold"])
@pytest.mark.parametrize("dpi", [200, 300])
def test_a_section_sign_is_told_in_any_face(font, dpi):
    assert found("3 § 12", font, dpi=dpi) == "§"


@pytest.mark.parametrize("font", ["Helvetica", "Helvetica-Bold", "Times-Bold"])
def test_percent_and_at_are_told(font):
    assert found("25 %", font) == "%"
    assert found("a @ b", font) == "@"


@pytest.mark.parametrize("font", ["Helvetica", "Helvetica-Bold", "Times-Roman", "Times-Bold", "Courier"])
@pytest.mark.parametrize(
    "text", ["0123456789", "8 88 3 5 9", "ABEGQRS &", "SEK 985 650", "saegdoqb", "$ 8 S 5 6", "Åäö 96 90"]
)
def test_nothing_else_is_taken_for_a_sign(font, text):
    assert found(text, font, least=0.97) == ""


def test_bare_paper_has_no_signs():
    assert glyphs.cut(page(""), Box(72, LINE - 8, 200, LINE), LINE, 8) is None


def tokens_of(paper, read_as):
    """The page's words where they stand, with what they were read as instead."""
    seen = tesseract.words(paper, "eng", psm=7)
    assert len(seen) == len(read_as), [token.text for token in seen]
    return [
        replace(token, text=text, confidence=0.7) if text else token
        for token, text in zip(seen, read_as, strict=True)
    ]


def line(cutting):
    return tesseract.words(cutting, "swe", psm=7)


@pytest.mark.parametrize(
    ("text", "read_as", "expected"),
    [
        ("enligt 3 § lagen", ["", "", "8", ""], "enligt 3 § lagen"),
        ("enligt 3 § lagen", ["", "", "&", ""], "enligt 3 § lagen"),
        ("enligt 12 § lagen", ["", "", "S", ""], "enligt 12 § lagen"),
        ("Andel 25 % av", ["", "", "HA", ""], "Andel 25 % av"),
        ("Andel 25 % av", ["", "", "96", ""], "Andel 25 % av"),
        ("Andel 25 % av", ["", "", "$", ""], "Andel 25 % av"),
        # It is what it was read as.
        ("grupp 3 8 barn", ["", "", "8", ""], "grupp 3 8 barn"),
        ("klass 3 S lagen", ["", "", "S", ""], "klass 3 S lagen"),
        ("Andel 25 96 av", ["", "", "96", ""], "Andel 25 96 av"),
        ("mellan 8 och 88 kr", ["", "8", "", "88", ""], "mellan 8 och 88 kr"),
        # A sign where none can stand: after a word, and before none.
        ("Andel % av", ["", "AB", ""], "Andel AB av"),
    ],
)
def test_a_word_gives_way_to_the_shape_of_a_sign(text, read_as, expected):
    paper = page(text)
    again = by_shape.reread(tokens_of(paper, read_as), paper, line, known)
    assert " ".join(token.text for token in again) == expected


def test_what_gave_way_is_remembered():
    paper = page("enligt 3 § lagen")
    again = by_shape.reread(tokens_of(paper, ["", "", "8", ""]), paper, line, known)
    assert (again[2].text, again[2].other, again[2].confidence) == ("§", "8", 0.8)


def test_a_sign_that_nobody_saw_is_found_and_bare_paper_is_not():
    paper = page("enligt 3 § lagen")
    whole = tokens_of(paper, ["", "", "", ""])
    lost = [whole[0], whole[1], whole[3]]
    assert [token.text for token in by_shape.reread(lost, paper, line, known)] == [
        "enligt",
        "3",
        "§",
        "lagen",
    ]
    blank = page("enligt 3      lagen")
    seen = tesseract.words(blank, "eng", psm=7)
    assert by_shape.reread(seen, blank, line, known) == seen


def test_a_number_and_its_sign_in_one_word_are_parted():
    paper = page("enligt 3 § lagen")
    first, number, sign, last = tokens_of(paper, ["", "", "", ""])
    one = replace(number, text="38", box=number.box.union(sign.box))
    again = by_shape.reread([first, one, last], paper, line, known)
    assert [token.text for token in again] == ["enligt", "3", "§", "lagen"]
    true = page("enligt 38 lagen")
    seen = tokens_of(true, ["", "", ""])
    assert by_shape.reread(seen, true, line, known) == seen


@pytest.mark.parametrize(
    ("said", "expected"),
    [("elsa.ekQhagaby.se", "elsa.ek@hagaby.se"), ("elsa.ek&hagaby.se", "elsa.ek@hagaby.se")],
)
def test_an_address_gets_its_sign_by_shape_where_no_reading_has_it(monkeypatch, said, expected):
    paper = page("elsa.ek@hagaby.se")
    (token,) = tokens_of(paper, [said])
    monkeypatch.setattr(closeup, "look", lambda *_: [])
    assert [word.text for word in addresses.reread([token], paper, line)] == [expected]
    host = page("www.ek-hagaby.se")
    (token,) = tokens_of(host, ["www.ekQhagaby.se"])
    assert [word.text for word in addresses.reread([token], host, line)] == ["www.ekQhagaby.se"]
