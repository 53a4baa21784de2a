"""What the benchmark of repair counts: readings tied to their true words, fates, curves."""

import sys
from itertools import pairwise
from pathlib import Path

import jiwer
import pytest
from hypothesis import given
from hypothesis import strategies as st

BENCH = Path(__file__).parents[1] / "bench"
sys.path[:0] = [str(BENCH)]

import alignment  # noqa: E402
import calibrate_repairs  # noqa: E402
import repair  # noqa: E402
import repair_peer  # noqa: E402
import sound  # noqa: E402

TIES = [
    pytest.param("en våt dag", "en vat dag", {0: ("en",), 1: ("vat",), 2: ("dag",)}, 0, id="misread"),
    pytest.param("en våt dag", "en v åt dag", {0: ("en",), 1: ("v", "åt"), 2: ("dag",)}, 0, id="split"),
    pytest.param("en våt dag", "envåt dag", {0: ("envåt",), 1: ("envåt",), 2: ("dag",)}, 0, id="joined"),
    pytest.param("en våt dag", "dag", {2: ("dag",)}, 0, id="not read"),
    pytest.param("en dag", "e en | x7 dag", {0: ("en",), 1: ("dag",)}, 3, id="made up"),
    pytest.param(
        "nere vid bäcken växer alarna som sist", "växer alarna som sist nere vid bicken",
        {0: ("nere",), 1: ("vid",), 2: ("bicken",), 3: ("växer",), 4: ("alarna",), 5: ("som",), 6: ("sist",)},
        0, id="moved",
    ),
]  # fmt: skip

FATES = [
    pytest.param("på", "på", "pa", "broken", id="right and broken"),
    pytest.param("på", "pa", "på", "fixed", id="wrong and fixed"),
    pytest.param("på", "pa", "pä", "wrongly fixed", id="wrong and changed"),
    pytest.param("på", "pa", "pa", "left", id="wrong and left"),
    pytest.param("på", "På", "på", "kept", id="case is no mistake"),
]


@pytest.mark.parametrize(("true", "read", "expected", "made_up"), TIES)
def test_read_words_are_tied_to_true_ones(
    true: str, read: str, expected: alignment.Readings, made_up: int
) -> None:
    assert alignment.readings(true.split(), read.split()) == (expected, made_up)


@pytest.mark.parametrize(("true", "before", "after", "fate"), FATES)
def test_each_word_has_one_fate(true: str, before: str, after: str, fate: str) -> None:
    counts = repair.of_page(
        f"Hon står {true} torget", f"Hon står {before} torget", f"Hon står {after} torget"
    )
    named = ("kept", "fixed", "wrongly fixed", "left", "broken")
    assert {name: counts.counts[name] for name in named} == {
        **dict.fromkeys(named, 0), "kept": 3, fate: 1 + 3 * (fate == "kept"),
    }  # fmt: skip


def test_passages_that_were_not_read_count_apart() -> None:
    page = repair.of_page("Mötet öppnas. Ingen anmälde jäv.", "Mitet öppnas.", "Mötet öppnas.")
    assert page.counts["not read"] == 3
    assert (page.counts["before"], page.counts["after"]) == (1, 0)


def test_letters_are_counted_where_they_stand() -> None:
    page = repair.of_page("två år", "tva ar", "tvä år")
    assert [page.letters["å", what] for what in ("true", "read", "right")] == [2, 1, 1]
    assert [page.letters["ä", what] for what in ("true", "read", "right")] == [0, 1, 0]


@given(
    st.lists(
        st.sampled_from(["nämnden", "beslutar", "att", "bevilja", "föreningen", "stöd", "under", "året"]),
        min_size=1,
    ),
    st.data(),
)
def test_right_words_are_as_many_as_jiwer_finds(true: list[str], data: st.DataObject) -> None:
    """Where words are only misread, each in its place."""
    misread = [data.draw(st.booleans()) for _ in true]
    read = [
        word.translate(str.maketrans("äöåei", "aoacl")) if bad else word
        for word, bad in zip(true, misread, strict=True)
    ]
    counts = repair.of_page(" ".join(true), " ".join(read), " ".join(read)).counts
    assert counts["kept"] == jiwer.process_words(" ".join(true), " ".join(read)).hits


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1))
def test_a_fitted_curve_never_falls(pairs: list[tuple[float, bool]]) -> None:
    points = calibrate_repairs.pooled(calibrate_repairs.binned(pairs))
    assert all(one[1] < other[1] and one[0] <= other[0] for one, other in pairwise(points))
    assert all(0 < height < 1 for _, height in points)


def test_the_curve_says_how_often_repairs_are_right() -> None:
    pairs = [(0.5, number % 2 == 0) for number in range(100)] + [
        (0.9, number % 10 != 0) for number in range(100)
    ]
    low, high = calibrate_repairs.pooled(calibrate_repairs.binned(pairs))
    assert (low[0], high[0]) == pytest.approx((0.5, 0.9))
    assert (low[1], high[1]) == pytest.approx((0.5, 0.9), abs=0.01)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [("*", "ord"), ("# ord 1", "ord"), ("& ord 2 1: orden, orda", "orden"), ("& ord 1 1: nå gon", "nå gon")],
)
def test_the_first_suggestion_of_hunspell(answer: str, expected: str) -> None:
    assert repair_peer.first("ord", answer) == expected


def test_sound_text_is_changed_where_letters_are(tmp_path: Path) -> None:
    (tmp_path / "sund.txt").write_text(
        "Nämnden beslutar att bevilja ansökan.\fTack för brevet.", encoding="utf-8"
    )
    (document,) = sound.sound_documents([tmp_path], None)
    assert len(document.pages) == 2
    assert list(sound.changed(document.pages)) == []
    ruined = ("F6r nimnden dr det viktigt att arendet avgors nu, sjilvklart f6r miljén och for malgruppen.",)
    assert {"swedish"} <= {rule for rule, _, _ in sound.changed(ruined)}


def test_the_texts_of_the_halves_differ_and_meet_every_face_and_level() -> None:
    sys.path.insert(0, str(BENCH / "scans"))
    import english

    halves = {half: list(english.copies(half)) for half in ("dev", "hold")}
    for copies in halves.values():
        assert {(face, level) for _, _, face, level in copies} == {
            (face, level) for face in english.FACE_NAMES for level in english.LEVEL_NAMES
        }
    lines = {
        half: {
            line
            for path, *_ in copies
            for line in path.read_text(encoding="utf-8").split("\n")
            if len(line) > 60
        }
        for half, copies in halves.items()
    }
    assert not lines["dev"] & lines["hold"]
