"""Page quality without truth: what lowers it, and what must not."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.audit import page_quality
from pipeline.audit.model import fitted
from pipeline.audit.signs import seen
from pipeline.audit.words import KINDS, kind, word_wrong
from pipeline.model import Cleaned, Edit, Page, Span, TextSource, Word
from pipeline.offsets import apply

SOUND = "Nämnden beslutar att förvaltningen ska lämna en skriftlig redovisning av verksamheten varje år. " * 5
RUINED = (
    "Nxmnqen bqslqtar qtt förvqltninqen skq lämnq en skrqftlig rqdovisning qv vqrksamheten vqrje åq. " * 5
)
FOREIGN = (
    "The committee will publish the report when the figures have been checked by both parties in spring. "
    * 4,
    "Lautakunta päättää, että hakemus hyväksytään ja avustus maksetaan yhdistykselle ensi vuoden alussa. "
    * 4,
    "Der Ausschuss beschließt, dass die Verwaltung den Bericht bis zum Herbst ergänzt und veröffentlicht. "
    * 4,
)


def cleaned(text: str, confidence: float | None = None) -> Cleaned:
    words, at = [], 0
    for word in text.split():
        start = text.index(word, at)
        at = start + len(word)
        words.append(Word(Span(start, at), None, confidence))
    return Cleaned(Page(1, text, tuple(words), TextSource.OCR), text)


def rated(page: Cleaned) -> float:
    quality = page_quality(page).quality
    assert quality is not None
    return quality


def test_sound_text_that_was_read_surely_is_thought_right() -> None:
    quality = page_quality(cleaned(SOUND, 0.96))
    assert quality.quality is not None
    assert quality.quality > 0.995
    assert quality.flags == ()


def test_unsure_reading_and_unknown_words_both_lower_it() -> None:
    sure, unsure = cleaned(SOUND, 0.96), cleaned(SOUND, 0.5)
    ruined = cleaned(RUINED, 0.5)
    assert rated(sure) > rated(unsure) > rated(ruined)
    assert "low_quality" in page_quality(ruined).flags


def test_ruined_text_without_confidences_is_thought_worse_than_sound() -> None:
    assert rated(cleaned(SOUND)) > 0.995
    assert rated(cleaned(RUINED)) < rated(cleaned(SOUND)) - 0.02


def test_swedish_without_its_diacritics_is_thought_worse() -> None:
    bare = SOUND.translate(str.maketrans("åäö", "aao"))
    assert rated(cleaned(bare)) < rated(cleaned(SOUND)) - 0.005


def test_other_languages_are_not_called_bad_for_words_that_swedish_lacks() -> None:
    for text in FOREIGN:
        assert rated(cleaned(text, 0.95)) > 0.96
        assert rated(cleaned(text)) > 0.98


def test_a_short_page_of_names_is_not_blamed_for_unknown_words() -> None:
    assert rated(cleaned("Xqz Wvb Kjh")) > 0.98
    assert rated(cleaned("Xqz Wvb Kjh", 0.97)) > 0.95


@pytest.mark.parametrize(
    ("token", "expected"),
    [
        ("nämnden,", "known"),
        ("Zarubins", "name"),
        ("vqrksamheten", "unknown"),
        ("lamnat", "bare"),
        ("2 450", "number"),
        ("999693-0468", "number"),
        ("a)", "letter"),
        ("KFN-2019-31", "code"),
        ("2019/31-KFN", "code"),
        ("info@lyktan.example", "code"),
        ("t.o.m.", "code"),
        ("1970-talet", "code"),
        ("f6rvaltning", "mixed"),
        ("b[a", "mixed"),
        ("—", None),
        ("", None),
    ],
)
def test_kinds_of_words(token: str, expected: str | None) -> None:
    assert kind(token) == expected


@given(st.sampled_from(KINDS), st.floats(0, 1), st.floats(0, 1), st.floats(-4, 4))
def test_a_surer_word_is_never_thought_less_right(name: str, one: float, other: float, page: float) -> None:
    low, high = sorted((one, other))
    surer, doubted = (word_wrong(name, confidence, page, False, fitted()) for confidence in (high, low))
    assert 0 <= surer <= doubted <= 1


def test_a_word_is_doubted_more_on_a_poor_page_and_where_a_second_reading_differs() -> None:
    usual = word_wrong("known", 0.8, 3.0, False, fitted())
    assert word_wrong("known", 0.8, 0.5, False, fitted()) > usual
    assert word_wrong("known", 0.8, 3.0, True, fitted()) > usual


def test_print_that_was_never_read_lowers_it() -> None:
    page = cleaned(SOUND, 0.96)
    half = replace(page, page=replace(page.page, unread=0.5))
    assert rated(half) < 0.9 < rated(page)


def test_second_readings_that_say_the_same_dispute_nothing() -> None:
    text = "Anna Berg svarar"
    words = tuple(
        Word(Span(*at), None, 0.9, other)
        for at, other in (((0, 4), "Anna."), ((5, 9), "Borg"), ((10, 16), ""))
    )
    page = Cleaned(Page(1, text, words, TextSource.OCR), text)
    assert [word.disputed for word in seen(page)] == [False, True, False]


def test_jumbled_letters_are_wrong_and_their_figures_may_be_right() -> None:
    jumbled = "".join(chr(ord(char) - 29) if 61 < ord(char) < 127 else char for char in SOUND)
    assert rated(cleaned(jumbled)) < 0.1
    assert rated(cleaned(jumbled + " 1450 2019 17 36 8" * 8)) < 0.3


@pytest.mark.parametrize("source", ["engine", "text"])
def test_more_of_any_sign_never_raises_the_estimate(source: str) -> None:
    model = fitted()
    assert all(weight >= 0 for weight in model.weights[source].values())
    heights = [wrong for _, wrong in model.curves[source]]
    assert heights == sorted(heights)
    assert heights[0] == 0


def test_a_word_broken_over_two_lines_is_one_and_not_repaired() -> None:
    raw = "Kommun-\nen svarar"
    edits = (Edit(Span(6, 10), "-\nen", "en\n", "hyphens"),)
    words = tuple(
        Word(Span(*at), None, sure) for at, sure in (((0, 7), 0.9), ((8, 10), 0.8), ((11, 17), 0.96))
    )
    page = Cleaned(Page(1, raw, words, TextSource.OCR), apply(raw, edits), (edits,))
    assert [(word.text, word.confidence, word.repaired) for word in seen(page)] == [
        ("Kommunen", 0.8, False),
        ("svarar", 0.96, False),
    ]


def test_an_empty_page_has_no_quality() -> None:
    quality = page_quality(cleaned(""))
    assert quality.quality is None
    assert quality.words == 0


def test_repaired_words_are_counted_and_mended_blanks_are_not() -> None:
    raw = "f6r\u00a0dig"
    edits = (Edit(Span(0, 3), "f6r", "för", "swedish"), Edit(Span(3, 4), "\u00a0", " ", "layout:blank"))
    page = Cleaned(Page(1, raw), apply(raw, edits), (edits,))
    assert page_quality(page).repaired_words == 1


def test_a_word_that_was_repaired_twice_is_one_word() -> None:
    raw = "f6r6n dig"
    first = (Edit(Span(1, 2), "6", "ö", "symbol"), Edit(Span(3, 4), "6", "e", "symbol"))
    second = (Edit(Span(0, 5), "fören", "för", "swedish"),)
    page = Cleaned(Page(1, raw), "för dig", (first, second))
    assert page_quality(page).repaired_words == 1
    both = (Edit(Span(0, 9), "f6r6n dig", "för dig", "swedish"),)
    assert page_quality(Cleaned(Page(1, raw), "för dig", (both,))).repaired_words == 2
