"""The cleaner on cases: what it must mend (real, synthetic), what it must leave alone (negative), and what it
can't do yet (known-failures, strict: an accidental improvement is noticed)."""

import json
from itertools import pairwise
from pathlib import Path

import pytest

from pipeline.clean import clean_document, damage, profile
from pipeline.model import Page
from pipeline.offsets import apply

CASES = Path(__file__).parent / "cases"
WHOLE = (
    "Föreningen Fyren har ansökt om bidrag för att hålla öppet för äldre och ensamma under sommaren. "
    "Nämnden föreslår att ansökan beviljas, eftersom behovet är stort och kostnaden måttlig. Träffarna "
    "äger rum två gånger i veckan på biblioteket, där föreningen får låna en lokal utan hyra. Frågan "
    "har beretts av förvaltningen. Någon annan förening har inte hört av sig. Ärendet återkommer när "
    "året är slut och räkenskaperna är klara."
)
RUINED = (
    "Foreningen Fyren har ansokt om bidrag for att halla oppet for aldre och ensamma under sommaren. "
    "Namnden foreslar att ansokan beviljas, eftersom behovet ar stort och kostnaden mattlig. Traffarna "
    "ager rum tva ganger i veckan pa biblioteket, dar foreningen far lana en lokal utan hyra. Fragan "
    "har beretts av forvaltningen. Nagon annan forening har inte hort av sig. Arendet aterkommer nar "
    "aret ar slut och rakenskaperna ar klara."
)
AROUND = {"whole": WHOLE + "\n\n", "ruined": RUINED + "\n\n", "none": ""}


def cases(name: str) -> list[object]:
    loaded = json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))
    return [pytest.param(case, id=case["label"]) for case in loaded]


def cleaned(text: str, around: str) -> str:
    """The text cleaned as the end of a page that is whole, ruined, or nothing else."""
    (page,) = clean_document((Page(1, AROUND[around] + text),))
    lead = clean_document((Page(1, AROUND[around]),))[0].text
    assert page.text.startswith(lead)
    return page.text[len(lead) :]


@pytest.mark.parametrize("case", [*cases("real"), *cases("synthetic")])
def test_mended(case: dict[str, str]) -> None:
    assert cleaned(case["original"], case["around"]) == case["fixed"]


@pytest.mark.parametrize("case", cases("negative"))
def test_left_alone(case: dict[str, str]) -> None:
    assert cleaned(case["original"], case["around"]) == case["original"]


@pytest.mark.xfail(strict=True, reason="known failure")
@pytest.mark.parametrize("case", cases("known-failures"))
def test_not_yet(case: dict[str, str]) -> None:
    assert cleaned(case["original"], case["around"]) == case["fixed"]


@pytest.mark.parametrize("case", [*cases("real"), *cases("synthetic"), *cases("negative")])
def test_edits_lead_from_the_raw_text_to_the_cleaned(case: dict[str, str]) -> None:
    (page,) = clean_document((Page(1, AROUND[case["around"]] + case["original"]),))
    text = page.page.text
    for edits in page.passes:
        assert all(text[edit.span.start : edit.span.end] == edit.old != edit.new for edit in edits)
        assert all(a.span.end <= b.span.start for a, b in pairwise(edits))
        assert all(0 < edit.confidence <= 1 and edit.rule for edit in edits)
        text = apply(text, edits)
    assert text == page.text


@pytest.mark.parametrize("case", [*cases("real"), *cases("synthetic"), *cases("negative")])
def test_cleaning_again_changes_nothing(case: dict[str, str]) -> None:
    (once,) = clean_document((Page(1, AROUND[case["around"]] + case["original"]),))
    (twice,) = clean_document((Page(1, once.text),))
    assert twice.passes == ()


def test_whole_text_passes_unchanged() -> None:
    assert clean_document((Page(1, WHOLE),))[0].passes == ()


def test_ruined_text_becomes_whole() -> None:
    assert clean_document((Page(1, RUINED),))[0].text == WHOLE


def test_one_page_is_ruined_and_the_other_whole() -> None:
    """As when a scanned annex follows a born-digital agreement."""
    whole, ruined = clean_document((Page(1, WHOLE + "\n\nDe far illa."), Page(2, RUINED)))
    assert (whole.passes, ruined.text) == ((), WHOLE)


def test_a_name_spelled_out_on_another_page_is_restored() -> None:
    first = Page(1, WHOLE + " Föreningen Skvättebölen deltar.")
    _, second = clean_document((first, Page(2, RUINED + " Skvattebolen deltar.")))
    assert second.text.endswith("Skvättebölen deltar.")


def test_the_runner_up_is_named() -> None:
    (page,) = clean_document((Page(1, RUINED),))
    edits = {edit.old: edit for edit in page.passes[-1]}
    assert edits["ar"].runner_up != edits["ar"].new


def test_damage_tells_ruined_from_whole() -> None:
    assert damage(RUINED) > 0.7
    assert damage(WHOLE) < 0.01
    assert damage("") < 0.01
    assert damage("The board of the association has decided on this agreement. " * 20) < 0.01


def test_profile_counts() -> None:
    seen = profile(RUINED + " f6r 6ppet")
    assert seen.dotted_share == 0
    assert seen.digits_inside > 10
    assert seen.unknown_share is not None
    assert seen.unknown_share > 0.2
    assert profile("").unknown_share is None
