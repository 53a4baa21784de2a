"""The share of wrong characters that the quality estimate is fitted to and measured against."""

import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent.parent / "bench"))

from characters import wrong_share, wrong_words

TRUE = (
    "Nämnden beslutar att bevilja Föreningen Klockan 1 450 kronor. Skriv till info@klockan.example före maj."
)
LETTERS = sum(map(str.isalnum, TRUE))


@pytest.mark.parametrize(
    ("read", "wrong"),
    [
        (TRUE, 0),
        (TRUE.upper(), 0),
        (TRUE.replace("1 450", "1450"), 0),
        (TRUE.replace(" att bevilja", "attbevilja"), 0),
        ("Skriv till info@klockan.example före maj. " + TRUE[: TRUE.index("Skriv")], 0),
        (TRUE.replace("Föreningen", "Före ningen"), 0),
        (TRUE.replace("beslutar", "besiutar"), 1),
        (TRUE.replace("@", "Q"), 1),  # one sign, though two words are gone and a third is made up
        (TRUE.replace("1 450", "1 45O"), 1),
        (TRUE.replace("maj", "%&#"), 3),
        (TRUE.replace("bevilja", "xqzkw"), 7),  # garbled, not lost and made up besides
        (TRUE.replace("Föreningen Klockan ", ""), 17),
        (TRUE + " INKOM", 5),
        ("", LETTERS),
    ],
)
def test_what_is_wrong_is_counted_by_character_wherever_it_stands(read: str, wrong: int) -> None:
    assert wrong_share(TRUE, read) == pytest.approx(wrong / LETTERS)


def test_words_of_stamps_may_be_read_or_not() -> None:
    assert wrong_share(TRUE, f"INKOM 2024-01-02 {TRUE}", ["INKOM 2024-01-02"]) == 0
    assert wrong_share(TRUE, TRUE, ["INKOM 2024-01-02"]) == 0


@given(st.text("aå 1\n", max_size=60), st.text("aå 1\n", max_size=60))
def test_it_is_a_share_and_nothing_where_the_texts_are_alike(true: str, read: str) -> None:
    assert 0 <= wrong_share(true, read) <= 1
    assert wrong_share(true, true) == 0


def test_words_that_were_joined_or_torn_apart_are_not_wrong() -> None:
    assert wrong_words("1 450 kronor till föreningen", "1450 kronor till före ningen") == {}
    assert wrong_words("till föreningen", "till förcningen") == {"förcningen": 1}
