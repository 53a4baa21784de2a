"""Two readings of a page, word by word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import Box
from pipeline.recognize.fuse import fuse
from pipeline.sheet import Token


def word(text, x0, x1, y=100.0, confidence=0.9, other="", size=10.0):
    return Token(text, Box(x0, y - 7, x1, y), size, y, confidence, other)


def line(text, x=72.0, y=100.0, confidence=0.9):
    """Words of six points a letter."""
    tokens = []
    for part in text.split():
        tokens.append(word(part, x, x + 6 * len(part), y, confidence))
        x += 6 * len(part) + 6
    return tokens


def said(tokens):
    return [(token.text, token.other) for token in tokens]


def always(one, other):
    return True


def never(one, other):
    return False


@pytest.mark.parametrize(
    ("first", "second", "choose", "expected"),
    [
        (line("ett avtal"), line("ett avta1"), never, [("ett", ""), ("avtal", "avta1")]),
        (line("ett avtal"), line("ett avta1"), always, [("ett", ""), ("avta1", "avtal")]),
        # One word that the other reading has cut in two, and the other way.
        (
            [word("kommunstyrelsen", 72, 162)],
            [word("kommun", 72, 108), word("styrelsen", 109, 162)],
            never,
            [("kommunstyrelsen", "kommun styrelsen")],
        ),
        (
            [word("kommunstyrelsen", 72, 162), word("beslutar", 168, 216)],
            [word("kommun", 72, 108), word("styrelsen", 109, 162), word("beslutar", 168, 216)],
            always,
            [("kommun", "kommunstyrelsen"), ("styrelsen", ""), ("beslutar", "")],
        ),
        # Words that one reading alone has, in their places.
        (line("den ny lagen")[::2], line("den ny lagen"), always, [("den", ""), ("ny", ""), ("lagen", "")]),
        (line("den ny lagen")[::2], line("den ny lagen"), never, [("den", ""), ("lagen", "")]),
        (line("den ny lagen"), line("den ny lagen")[::2], always, [("den", ""), ("lagen", "")]),
        (line("den ny lagen"), line("den ny lagen")[::2], never, [("den", ""), ("ny", ""), ("lagen", "")]),
        ([], line("hela sidan"), always, [("hela", ""), ("sidan", "")]),
        # The line above and the line below share no place, however close they stand.
        (line("över"), line("under", y=108.0), never, [("över", "")]),
        # A stroke across three lines is no word of any of them.
        (
            [*line("ett"), *line("två", y=112.0)],
            [Token("|", Box(75, 90, 78, 130), 10, 130, 0.3), *line("ett"), *line("tva", y=112.0)],
            never,
            [("ett", ""), ("två", "tva")],
        ),
        # A lost reading of an earlier fusion stays where the new one says the same.
        ([word("ett", 72, 90, other="eft")], line("ett"), always, [("ett", "eft")]),
    ],
)
def test_words_are_paired_by_place(first, second, choose, expected):
    assert said(fuse(first, second, choose)) == expected


def test_of_two_that_agree_the_surer_stays():
    (token,) = fuse(line("avtal", confidence=0.5), line("avtal", confidence=0.8), never)
    assert token.confidence == 0.8


@st.composite
def readings(draw):
    """Words on a page, some on one another as engines at times have them."""
    tokens = []
    for _ in range(draw(st.integers(0, 12))):
        x, y = draw(st.integers(0, 20)) * 6.0, draw(st.integers(1, 5)) * 9.0
        text = draw(st.text("aå1 ".strip(), min_size=1, max_size=4))
        tokens.append(word(text, x, x + draw(st.integers(0, 30)), y, draw(st.sampled_from([None, 0.3, 0.9]))))
    return tokens


def sure(tokens):
    return sum(token.confidence or 0.0 for token in tokens)


@given(readings(), st.sampled_from([always, never]))
def test_fusing_with_itself_changes_nothing(tokens, choose):
    assert fuse(tokens, tokens, choose) == tokens


@given(readings(), readings())
def test_no_word_is_lost_where_something_stands_in_its_place(first, second):
    fused = fuse(first, second, never)
    kept = [part for token in fused for part in (token.text, *token.other.split())]
    assert [token.text for token in fused] == [token.text for token in first]
    assert {t.text for t in fuse(first, second, lambda one, other: not one)} >= {t.text for t in first}
    won = fuse(first, second, always)
    for token in second:
        assert token.text in [text for t in won for text in (t.text, *t.other.split())]
    assert set(kept) <= {t.text for t in (*first, *second)}


@given(readings(), readings())
def test_the_order_of_the_readings_matters_only_to_the_choice(first, second):
    def better(one, other):
        return (sure(other), [t.text for t in other]) > (sure(one), [t.text for t in one])

    one = fuse(first, second, better)
    other = fuse(second, first, better)
    assert sorted(t.text for t in one) == sorted(t.text for t in other)


def test_a_page_of_many_words_keeps_them_all():
    page = [token for row in range(400) for token in line("ord " * 20, y=12.0 * row + 20)]
    assert len(fuse(page, page, never)) == 8000
