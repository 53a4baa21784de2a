"""The scanner levels of our own corpus, and how texts are compared: where a wrong figure could come from."""

import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn

BENCH = Path(__file__).resolve().parent.parent / "bench"
sys.path[:0] = [str(BENCH), str(BENCH / "scans")]

import cast as names  # noqa: E402
import compare  # noqa: E402
import damage  # noqa: E402
import levels  # noqa: E402

from pipeline.compare.counts import Letter  # noqa: E402

TEXT = "Nämnden beslutar att bevilja 1 450 000 kr till Föreningen Åkanten, 999693-0468."


def paper(dpi: float) -> np.ndarray:
    """A page with lines of strokes where text would be; its size is that of a stamp, to be quick."""
    page = np.full((round(2.4 * dpi), round(1.7 * dpi)), 255, np.float32)
    for top in range(round(0.3 * dpi), round(2.1 * dpi), round(0.17 * dpi)):
        page[top : top + max(1, round(0.06 * dpi)), round(0.2 * dpi) : round(1.4 * dpi) : 3] = 16
    return page


@pytest.mark.parametrize("name", sorted(set(levels.LEVELS) - {"stamped"}))  # stamps need Debian's fonts
def test_each_level_is_the_same_for_the_same_seed_and_another_for_another(name: str) -> None:
    original = levels.Original(paper, paper)

    def scan(seed: int) -> levels.Scan:
        return levels.LEVELS[name](original, np.random.default_rng(seed))

    one, same, other = scan(1), scan(1), scan(2)
    assert one.pixels.dtype == np.uint8
    assert np.array_equal(one.pixels, same.pixels)
    assert one.pixels.shape != other.pixels.shape or not np.array_equal(one.pixels, other.pixels)
    if one.jpeg == 0:
        assert set(np.unique(one.pixels)) <= {0, 255}


def test_a_text_is_filled_alike_for_the_same_seed() -> None:
    text = "{org:1} {orgnr:1} {orgnr:1} {person} {summa:10-20} {datum} {år:1} {dnr}"
    filled = names.Cast("a").fill(text)
    assert filled == names.Cast("a").fill(text)
    assert filled != names.Cast("b").fill(text)
    assert "{" not in filled


def test_the_halves_of_the_sign_sheets_share_no_block_and_have_every_sign() -> None:
    dev, hold = (
        set((BENCH / "scans" / "signs" / f"{half}.txt").read_text(encoding="utf-8").strip().split("\n\n"))
        for half in ("dev", "hold")
    )
    assert not dev & hold
    for half in (dev, hold):
        filled = " ".join(names.Cast("a").fill(block) for block in sorted(half))
        assert "{" not in filled
        assert all(filled.count(sign) > 5 for sign in compare.SIGNS)


def test_organisation_numbers_have_check_digits() -> None:
    number = names.Cast("a").fill("{orgnr}")
    assert luhn.is_valid(number.replace("-", ""))
    assert number.startswith("999")


def test_what_a_stamp_says_may_be_read_or_not() -> None:
    assert compare.tally(TEXT, TEXT + " INKOM", ["INKOM 2024-01-02"]).wrong == 0


def test_letters_are_counted_where_they_stood() -> None:
    found = compare.tally("Åsa får två öre", "Asa fär två öre").counts
    assert (found["Å"].recall, found["å"].recall, found["ö"].recall) == (0, 0.5, 1)
    assert (found["ä"].true, found["ä"].read, found["ä"].precision) == (0, 1, 0)


@given(st.text("abåäö 12-§\n", max_size=60))
def test_a_text_has_nothing_wrong_beside_itself(text: str) -> None:
    assert compare.tally(text, text).wrong == 0


def test_damaged_texts_keep_their_blanks() -> None:
    wrong = damage.misread(np.random.default_rng(0), 0.5)
    for written in (damage.mojibake, damage.stripped, damage.shifted, wrong):
        damaged = damage.words(TEXT, written)
        assert damaged != TEXT
        assert len(damaged.split()) == len(TEXT.split())


@pytest.mark.parametrize(
    ("truth", "read", "true", "right"),
    [
        ("Bidraget är 315 000 kr.", "Bidraget är 315000 kr.", 6, 6),
        ("Bidraget är 315 000 kr.", "Bidraget är 315 600 kr.", 6, 5),
        ("80 24 00 - 0006", "802400-0006", 10, 10),
        ("12 500 3 400", "3 400 12 500", 9, 9),  # a row that was read in another order
        ("45 000 120 000 7", "120 000 7 45 000", 12, 12),
        ("sid 1 (2), 011-15 21 44", "sid 112), 011-15 2144", 11, 9),
        ("Ek, 19640823-3234, ordförande", "Ek, 640823-****, ordförande", 6, 6),
        ("Ek, 19640823-3234, ordförande", "Ek, 640828-****, ordförande", 6, 5),
        ("år 2024", "år 2O24", 4, 3),
        ("den 10 maj", "den IO maj", 2, 0),
        ("den 10 maj", "den maj", 2, 0),
        ("enligt 5 §", "enligt 5 8", 1, 1),  # made up, but none is lost
        ("12 kap. 4 §", "12 kap. 4 § 2024", 3, 3),
    ],
)
def test_digits_are_right_wherever_blanks_divide_them(truth: str, read: str, true: int, right: int) -> None:
    found = Letter()
    for count in compare.digit_counts(truth, read).values():
        found += count
    assert (found.true, found.right) == (true, right)


def test_digits_that_are_made_up_cost_precision() -> None:
    assert compare.digit_counts("enligt 5 §", "enligt 5 8")["8"] == Letter(0, 1, 0)
    assert compare.digit_counts("enligt 5 §", "enligt 5 § 8", ["nr 8"])["8"] == Letter(0, 0, 0)


@given(st.text("0123456789 -,.a\n", max_size=60))
def test_digits_have_nothing_wrong_beside_themselves(text: str) -> None:
    for count in compare.digit_counts(text, text).values():
        assert count.true == count.read == count.right
