"""Words on paper to text: lines, blocks, cells, columns. Papers are written as (x, y, text)."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import Box
from pipeline.recognize.layout import layout
from pipeline.sheet import Rule, Token

WIDTH = 0.5  # of a letter, in type sizes


def words(*lines, size=11.0):
    """Tokens of lines (x, y, text) or (x, y, text, size)."""
    tokens = []
    for x, y, text, *own in lines:
        high = own[0] if own else size
        at = x
        for word in text.split(" "):
            wide = len(word) * WIDTH * high
            if word:
                tokens.append(Token(word, Box(at, y - 0.8 * high, at + wide, y + 0.2 * high), high, y))
            at += wide + 0.28 * high
    return tokens


def text_of(*lines, rules=(), size=11.0):
    return layout(words(*lines, size=size), rules)[0]


def grid(xs, ys):
    """The lines of a table."""
    return [Rule(x, ys[0], x, ys[-1]) for x in xs] + [Rule(xs[0], y, xs[-1], y) for y in ys]


def test_lines_and_blocks():
    page = text_of(
        (72, 100, "Beslut", 16.0),
        (72, 124, "Nämnden beslutar att bevilja"),
        (72, 138, "stöd till föreningen."),
        (72, 160, "Ärendet har beretts."),
    )
    assert page == "Beslut\n\nNämnden beslutar att bevilja\nstöd till föreningen.\n\nÄrendet har beretts."


def test_lines_of_a_scan_are_blocks_by_their_distance_where_boxes_are_too_high():
    lines = [
        ((72, 100, "Nämnden beslutar att bevilja byalaget ett bidrag om 12"), 11.0),
        ((72, 112, "500 kr."), 19.0),
        ((72, 124, "Det betalas ut i maj och ska redovisas senast i"), 14.5),
        ((72, 136, "december samma år."), 11.0),
        ((72, 153, "Motivering"), 19.0),
        ((72, 170, "Byalaget röjer stigar och håller dem öppna hela"), 11.0),
        ((72, 182, "året."), 19.0),
    ]
    tokens = [replace(token, size=size, confidence=0.9) for line, size in lines for token in words(line)]
    blocks = layout(tokens)[0].split("\n\n")
    assert [block.split()[-1] for block in blocks] == ["år.", "Motivering", "året."]


def test_nothing_gives_nothing():
    assert layout([]) == ("", ())


def test_a_footnote_mark_stays_with_its_word():
    page = text_of((72, 100, "Stödet räknas upp varje år"), (206, 95.5, "1", 7.0), (72, 114, "med index."))
    assert page == "Stödet räknas upp varje år 1\nmed index."


def test_justified_lines_are_not_cut():
    tokens = []
    for y in (100, 114, 128):
        x = 72.0
        for word in ("Nämnden", "ska", "följa", "upp", "stödet"):
            tokens.append(Token(word, Box(x, y - 9, x + len(word) * 5.5, y + 2), 11, y))
            x += len(word) * 5.5 + 13
    assert layout(tokens)[0].splitlines() == ["Nämnden ska följa upp stödet"] * 3


def test_a_line_stretched_over_its_column_is_no_row_of_cells():
    tokens, x = [], 72.0
    for word in ("kommunen,", "i", "fortsättningen", "kallad", "Beställaren"):
        tokens.append(Token(word, Box(x, 91, x + len(word) * 5.5, 102), 11, 100))
        x += len(word) * 5.5 + 20
    assert layout(tokens)[0] == "kommunen, i fortsättningen kallad Beställaren"


def test_figures_set_apart_in_a_row_are_cells_however_even():
    page = text_of(*[(72 + 47 * at, 100, str(2019 + at)) for at in range(6)])
    assert page == "2019\t2020\t2021\t2022\t2023\t2024"


def test_a_narrow_gap_parts_cells_beside_wide_ones():
    page = text_of(
        (72, 100, "Dansklubben Norrsken"), (250, 100, "120 000"), (301, 100, "avslås"), (400, 100, "Nej")
    )
    assert page == "Dansklubben Norrsken\t120 000\tavslås\tNej"


def test_a_lesser_gap_parts_cells_where_those_around_line_up():
    page = text_of(
        (72, 100, "Granliden"),
        (250, 100, "120 000"),
        (320, 100, "100 000"),
        (72, 115, "Älvens Vänner"),
        (250, 115, "180 000"),
        (297, 115, "Avslag"),
        (72, 130, "Norrsken"),
        (250, 130, "180 000"),
        (320, 130, "130 000"),
    )
    assert page.splitlines()[1] == "Älvens Vänner\t180 000\tAvslag"


@pytest.mark.parametrize(("left", "right"), [("kr 85", "000"), ("Lokal", "med el")])
def test_what_runs_on_is_one_cell_though_others_begin_there(left, right):
    rows = [
        (72, 100, "El"),
        (107, 100, "Ja"),
        (72, 115, left),
        (107, 115, right),
        (72, 130, "El"),
        (107, 130, "Ja"),
    ]
    assert text_of(*rows).splitlines() == ["El\tJa", f"{left} {right}", "El\tJa"]


def test_a_table_without_lines_is_read_by_rows():
    page = text_of(
        (72, 100, "Förening"),
        (250, 100, "Sökt"),
        (350, 100, "Beviljat"),
        (72, 115, "Granliden"),
        (250, 115, "120 000"),
        (350, 115, "100 000"),
        (72, 130, "Älvens Vänner"),
        (250, 130, "80 000"),
        (350, 130, "0"),
    )
    assert page == "Förening\tSökt\tBeviljat\nGranliden\t120 000\t100 000\nÄlvens Vänner\t80 000\t0"


def test_empty_cells_keep_their_place():
    page = text_of(
        (72, 100, "Post"),
        (200, 100, "2023"),
        (300, 100, "2024"),
        (72, 114, "Hyra"),
        (200, 114, "12"),
        (300, 114, "14"),
        (72, 128, "Lön"),
        (300, 128, "90"),
    )
    assert page.splitlines()[2] == "Lön\t\t90"


def test_figures_to_the_right_under_a_heading_to_the_left_are_one_column():
    page = text_of(
        (72, 100, "Plats"),
        (200, 100, "Antal"),
        (300, 100, "Språk"),
        (72, 114, "Norr"),
        (245, 114, "10"),
        (300, 114, "dari"),
        (72, 128, "Söder"),
        (245, 128, "12"),
        (300, 128, "polska"),
    )
    assert page.splitlines()[1:] == ["Norr\t10\tdari", "Söder\t12\tpolska"]


def test_cells_of_several_lines_in_a_ruled_table():
    page = text_of(
        (75, 112, "Hyresgäst"),
        (205, 112, "Åkersta kommun"),
        (205, 125, "Storgatan 3"),
        (75, 142, "Hyra"),
        (205, 142, "12 500 kr"),
        rules=grid([72, 200, 400], [100, 130, 147]),
    )
    assert page == "Hyresgäst\tÅkersta kommun\n\tStorgatan 3\nHyra\t12 500 kr"


def test_rows_of_a_ruled_table_stay_rows_where_a_rule_wore_off():
    page = text_of(
        (75, 100, "Granliden"),
        (255, 100, "120 000"),
        (75, 115, "Älvens Vänner"),
        (255, 115, "80 000"),
        (75, 127, "i Norr"),
        (75, 145, "Norrsken"),
        (255, 145, "9 000"),
        rules=grid((70, 250, 400), (88, 132, 150)),
    )
    assert page.splitlines() == ["Granliden\t120 000", "Älvens Vänner\t80 000", "i Norr", "Norrsken\t9 000"]


def test_the_boxes_of_a_form_are_read_one_by_one():
    page = text_of(
        (75, 108, "Föreningens namn", 8.0),
        (305, 108, "Organisationsnummer", 8.0),
        (75, 121, "Granliden"),
        (305, 121, "802400-0006"),
        rules=grid([72, 300, 500], [98, 126]),
    )
    assert page == "Föreningens namn\nGranliden\n\nOrganisationsnummer\n802400-0006"


PARTIES = [
    (72, 100, "Åkersta kommun"),
    (320, 100, "Föreningen Granliden"),
    (72, 114, "genom nämnden för kultur"),
    (320, 114, "Älvgatan 4, 123 45 Åkersta"),
    (72, 128, "Storgatan 3, 123 40 Åkersta"),
    (320, 128, "Org.nr 802400-0006"),
    (72, 142, "Org.nr 212000-9999"),
]
LEFT = "Åkersta kommun\ngenom nämnden för kultur\nStorgatan 3, 123 40 Åkersta\nOrg.nr 212000-9999"
RIGHT = "Föreningen Granliden\nÄlvgatan 4, 123 45 Åkersta\nOrg.nr 802400-0006"


@pytest.mark.parametrize("ruled", [False, True])
def test_party_blocks_side_by_side_are_read_one_after_the_other(ruled):
    rules = grid([70, 315, 520], [88, 147]) if ruled else ()
    assert text_of(*PARTIES, rules=rules) == f"{LEFT}\n\n{RIGHT}"


def test_signatures_side_by_side():
    page = text_of(
        (72, 100, "För Åkersta kommun"),
        (320, 100, "För Föreningen Granliden"),
        (72, 150, "______________"),
        (320, 150, "______________"),
        (72, 164, "Anna Ek"),
        (320, 164, "Bo Lind"),
        (72, 178, "nämndordförande"),
        (320, 178, "ordförande"),
    )
    left, right = page.split("\n\nFör Föreningen")
    assert left.split() == ["För", "Åkersta", "kommun", "_" * 14, "Anna", "Ek", "nämndordförande"]
    assert right.split() == ["Granliden", "_" * 14, "Bo", "Lind", "ordförande"]


def test_prose_in_two_columns():
    left = [
        "Pass är fyra timmar i följd",
        "på en mottagning under en",
        "helgfri vardag och ska bokas",
        "i god tid.",
    ]
    right = [
        "Tolkning är muntlig överföring",
        "av ett samtal i vården, och",
        "omfattas inte av avtalet",
        "mellan parterna.",
    ]
    lines = [(72, 100 + 14 * i, text) for i, text in enumerate(left)]
    lines += [(320, 100 + 14 * i, text) for i, text in enumerate(right)]
    assert text_of(*lines) == "\n".join(left) + "\n\n" + "\n".join(right)


@pytest.mark.parametrize("mark", ["•", "-", "1.", "a)", "2.1.", "att", "§ 4"])
def test_points_with_hanging_marks_are_text(mark):
    page = text_of(
        (72, 100, mark),
        (100, 100, "bevilja föreningen stöd med ett"),
        (100, 114, "belopp om 120 000 kr,"),
        (72, 128, mark),
        (100, 128, "ge förvaltningen i uppdrag att följa upp."),
    )
    assert page == (
        f"{mark} bevilja föreningen stöd med ett\nbelopp om 120 000 kr,\n"
        f"{mark} ge förvaltningen i uppdrag att följa upp."
    )


def test_numbered_rows_of_a_ruled_table_stay_rows():
    page = text_of((75, 112, "1."), (105, 112, "Granliden"), rules=grid([72, 100, 400], [100, 117]))
    assert page == "1.\tGranliden"


def test_text_after_a_table_is_not_part_of_it():
    page = text_of(
        (72, 100, "Hyra"),
        (300, 100, "12 500 kr"),
        (72, 114, "Värme"),
        (300, 114, "2 000 kr"),
        (72, 140, "Hyran betalas i förskott varje kvartal till föreningens bankgiro."),
    )
    assert page == (
        "Hyra\t12 500 kr\nVärme\t2 000 kr\n\n"
        "Hyran betalas i förskott varje kvartal till föreningens bankgiro."
    )


def test_a_letterhead_with_labels_of_its_own_is_two_blocks():
    page = text_of(
        (72, 60, "ÅKERSTA KOMMUN"),
        (350, 60, "TJÄNSTESKRIVELSE"),
        (72, 74, "Kulturförvaltningen"),
        (350, 74, "Datum: 2023-05-02"),
        (350, 88, "Diarienummer: KUN 2023/41"),
    )
    assert page.startswith("ÅKERSTA KOMMUN\nKulturförvaltningen\n\nTJÄNSTESKRIVELSE\nDatum:")


coordinates = st.tuples(st.floats(0, 600), st.floats(0, 800), st.text("abåÄ1-", min_size=1, max_size=8))


@given(st.lists(coordinates, max_size=40), st.lists(st.floats(0, 600), max_size=4))
def test_no_word_is_lost_or_made_up(lines, upright):
    tokens = words(*lines)
    text, placed = layout(tokens, [Rule(x, 0, x, 800) for x in upright])
    assert sorted(text[w.span.start : w.span.end] for w in placed) == sorted(t.text for t in tokens)
    assert sorted(text.split()) == sorted(t.text for t in tokens)
    ends = [0, *(w.span.end for w in placed)]
    assert all(w.span.start >= end for w, end in zip(placed, ends, strict=False))
    assert "\n\n\n" not in text
    assert text == text.strip("\n")
