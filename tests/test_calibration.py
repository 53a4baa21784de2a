"""Confidences mean what they say: from signals to a share, and from shares to the decision to review."""

import math
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from factories import amount, finding, org_number, party, period, reading
from hypothesis import given
from hypothesis import strategies as st

from pipeline.flags import REVIEW_REASONS
from pipeline.model import Box, Cleaned, Finding, Page, PageQuality, Record, Span, TextSource, Word
from pipeline.reading import Reading
from pipeline.resolve import calibrated, resolve, surroundings
from pipeline.resolve.calibration import REASONS, Scale, scales, sureness
from pipeline.resolve.signals import Signals, Surroundings, of_finding
from pipeline.tables import FINDING_TABLES

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "bench"))

import calibrate
import reliability
import rightness
from reliability import Judged, Share

SOUND = PageQuality(1, 100, None, 1.0, 0, 0.99)


def around(
    findings: tuple[Finding, ...], text: Reading | None = None, record: Record | None = None
) -> Surroundings:
    return surroundings(findings, record or Record(), text or reading("x" * 200), (SOUND,))


def signals_of(fact: Finding, here: Surroundings) -> Signals:
    return of_finding(fact, here, here.reading.evidence(fact.span))


def scanned(text: str, confidence: float) -> Reading:
    """A page of one word, read by an engine that was so sure of it."""
    word = Word(Span(0, len(text)), Box(0, 0, 10, 10), confidence)
    return Reading((Cleaned(Page(1, text, (word,), TextSource.OCR), text),))


def test_every_kind_and_key_field_has_a_scale_and_every_reason_is_documented() -> None:
    assert set(scales()) == {*FINDING_TABLES, *REASONS}
    assert set(REASONS.values()) <= set(REVIEW_REASONS)
    assert all(0 < scales()[field].threshold < 1 for field in REASONS)


@given(st.dictionaries(st.text(max_size=3), st.floats(-1e6, 1e6)), st.floats(-50, 50))
def test_a_share_is_a_chance_whatever_the_signals(given_signals: dict[str, float], weight: float) -> None:
    share = Scale(dict.fromkeys(given_signals, weight) | {"": 1.0}).share(given_signals)
    assert 0 < share < 1


def test_a_signal_that_was_never_weighed_changes_nothing() -> None:
    scale = Scale({"": 0.5, "stated": 1.0})
    assert scale.share({"stated": 2.0, "rule of tomorrow": 1.0}) == scale.share({"stated": 2.0})


def test_what_is_found_twice_agrees_and_what_differs_is_a_rival() -> None:
    once, again = period("2020-01-01", "2022-12-31"), period("2020-01-01", "2022-12-31", at=50)
    other = period("2020-01-01", "2023-12-31", at=90)
    alone = signals_of(once, around((once,)))
    both = signals_of(once, around((once, again)))
    against = signals_of(once, around((once, other)))
    assert (alone["agreeing"], alone["rivals"]) == (0, 0)
    assert both["agreeing"] > 0
    assert both["rivals"] == 0
    assert against["agreeing"] == 0
    assert against["rivals"] > 0


def test_the_paper_speaks_too() -> None:
    fact = replace(org_number("802499-2168"), span=Span(0, 11))
    for confidence in (0.3, 0.9):
        text = scanned("802499-2168", confidence)
        signals = signals_of(fact, around((fact,), text))
        assert signals["engine"] == pytest.approx(math.log(confidence / (1 - confidence)))
        assert signals["read ocr"] == 1
        assert "respelled" not in signals
    typed = signals_of(fact, around((fact,), reading("802499-2168")))
    assert "engine" not in typed
    assert "read plain_text" not in typed


def test_a_repaired_word_is_told_from_one_that_stood_so() -> None:
    from pipeline.clean import clean_document

    page = clean_document((Page(1, "Stadsdelsf6rvaltningen i Hagby beviljar bidrag f6r 6r 2021."),))
    text = Reading(tuple(page))
    assert text.text.startswith("Stadsdelsförvaltningen")
    repaired = replace(finding("person", "x"), span=Span(0, 22))
    left = replace(finding("person", "x"), span=Span(25, 30))
    facts = (repaired, left)
    assert "respelled" in signals_of(repaired, around(facts, text))
    assert "respelled" not in signals_of(left, around(facts, text))


def test_doubtful_words_are_flagged_and_the_same_words_read_well_are_not() -> None:
    fact = replace(org_number("802499-2168"), span=Span(0, 11))
    for confidence, flags in ((0.3, ("low_confidence",)), (0.95, ())):
        findings, record = resolve((fact,))
        here = around(findings, scanned("802499-2168", confidence), record)
        assert calibrated(findings, record, here)[0][0].flags == flags


def test_a_record_with_a_doubtful_key_field_is_for_review(monkeypatch: pytest.MonkeyPatch) -> None:
    facts = (
        party("public", "Hagby kommun", "212000-9999"),
        party("counterparty", "Föreningen Linden", at=40),
        period("2020-01-01", "2022-12-31", at=60, place="term"),
        amount(300000, at=90, cue="totalt"),
    )
    findings, record = resolve(facts)
    here = around(findings, record=record)
    sure = {name: Scale({"": 5.0}, 0.9 if name in REASONS else 0.0) for name in scales()}
    for field, reason in (("period_end", "doubtful_period"), ("counterparty", "doubtful_party")):
        doubtful = sure | {field: Scale({"": -1.0}, 0.9)}
        for made, expected in ((sure, False), (doubtful, True)):
            monkeypatch.setattr("pipeline.resolve.calibration.scales", lambda made=made: made)
            _, after = calibrated(findings, record, here)
            assert (reason in after.review_reasons) is expected
            assert set(record.review_reasons) <= set(after.review_reasons)


def test_a_contradicted_period_is_for_review_and_its_sureness_is_a_chance() -> None:
    one = period("2020-01-01", "2022-12-31", place="term")
    for facts, reviewed in (((one,), False), ((one, period("2020-01-01", "2023-12-31", at=50)), True)):
        findings, record = resolve((party("public", "Hagby kommun"), party("counterparty", "Linden"), *facts))
        here = around(findings, record=record)
        _, after = calibrated(findings, record, here)
        assert ("period_conflict" in after.review_reasons) is reviewed
        assert set(sureness(after, here)) == set(REASONS)
        assert all(0 < share < 1 for share in sureness(after, here).values())


def test_logistic_regression_finds_how_often_a_signal_is_right() -> None:
    rows = [({"good": 1.0}, n % 10 != 0) for n in range(1000)] + [
        ({"bad": 1.0}, n % 4 == 0) for n in range(1000)
    ]
    scale = Scale(calibrate.logistic(rows))
    assert scale.share({"good": 1.0}) == pytest.approx(0.9, abs=0.01)
    assert scale.share({"bad": 1.0}) == pytest.approx(0.25, abs=0.01)


def test_calibration_error_is_none_for_honest_shares_and_the_gap_for_boasts() -> None:
    honest = [Share(0.8, n % 5 != 0) for n in range(100)]
    boast = [Share(0.95, n % 2 == 0) for n in range(100)]
    assert reliability.error(honest) == pytest.approx(0.0)
    assert reliability.error(boast) == pytest.approx(0.45)


def test_the_threshold_lets_pass_what_is_right_and_no_more() -> None:
    shares = [Share(0.9, True)] * 300 + [Share(0.6, False)] * 30
    assert 0.6 < calibrate.dividing(shares) <= 0.9
    assert 0.6 < calibrate.dividing([*shares, Share(0.95, False)]) <= 0.9
    assert calibrate.dividing([Share(0.9, False)] * 9) > 0.9


@pytest.mark.parametrize(
    ("share", "reasons", "passed"),
    [
        (0.9, (), ["period_end", "counterparty"]),
        (0.7, (), ["counterparty"]),
        (0.9, ("period_conflict",), ["counterparty"]),
        (0.9, ("name_conflict",), ["period_end"]),
        (0.9, ("page_failed",), []),
    ],
)
def test_a_reason_sends_to_review_what_it_casts_doubt_on(
    share: float, reasons: tuple[str, ...], passed: list[str]
) -> None:
    fields = {"period_end": Share(share, True), "counterparty": Share(0.95, True)}
    judged = Judged("x", (), fields, reasons)
    assert judged.passed(0.8) == [fields[name] for name in passed]
    assert judged.reviewed(0.8) is (len(passed) < 2)


def test_every_reason_to_review_is_known() -> None:
    assert set(reliability.DOUBTED) <= set(REVIEW_REASONS)


GOLD = {
    "parties": [{"role": "public", "name": "Hagby kommun", "org_number": "212000-9999"}],
    "org_numbers": ["212000-9999"],
    "periods": [{"kind": "agreement", "start": "2020-01-01", "end": "2022-12-31"}],
    "amounts": [{"kind": "funding", "amount_sek": 300000, "year": None, "frequency": "year"}],
    "record": {"period_start": "2020-01-01", "period_end": "2022-12-31", "amount_total_sek": 900000},
}


@pytest.mark.parametrize(
    ("fact", "is_right"),
    [
        (party("public", "Hagby Kommun", "212000-9999"), True),
        (party("public", "Hagby kommun"), True),
        (party("public", "Hagby kommun", "212000-1111"), False),
        (party("counterparty", "Hagby kommun"), False),
        (org_number("212000-9999"), True),
        (org_number("212000-1111"), False),
        (period("2020-01-01", "2022-12-31"), True),
        (period("2020-01-01", "2022-12-31", kind="previous"), False),
        (amount(300000, frequency="year"), True),
        (amount(300000), False),
        (amount(300000, frequency="year", kind="other"), False),
    ],
)
def test_a_row_is_right_when_every_field_is(fact: Finding, is_right: bool) -> None:
    assert rightness.right(fact, GOLD) is is_right


def test_the_figures_and_the_plot_come_from_the_same_run(tmp_path: Path) -> None:
    judged = Judged("a", (("period", Share(0.9, True)),), {"period_end": Share(0.9, True)})
    kinds = ("amount", "case_number", "decision", "org_number", "party", "period", "person")
    rows = tuple((kind, Share(0.9, True)) for kind in kinds)
    found = reliability.figures([replace(judged, rows=rows)] * 20, 0.5)
    assert (found["passed"], found["passed right"]) == (20, 20)
    reliability.plot(found, tmp_path / "plot.svg")
    assert "share right" in (tmp_path / "plot.svg").read_text()
