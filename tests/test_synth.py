"""The generator of documents with exact facts: what its gold says is what its texts say, always alike."""

import json
import random
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn

BENCH = Path(__file__).resolve().parent.parent / "bench"
sys.path.insert(0, str(BENCH))

from synth import build, document, forms_money, forms_numbers, forms_time, gold, grammar, layout  # noqa: E402
from synth.paper import vocabulary  # noqa: E402

from pipeline.flags import FLAGS, REVIEW_REASONS  # noqa: E402
from pipeline.lexicon.registers import public_bodies  # noqa: E402

MANY = 300
EXPECTED_FLAGS = {
    "period_conflict", "amount_conflict", "org_number_invalid", "org_number_conflict", "name_conflict",
    "sum_mismatch", "words_digits_conflict", "party_missing", "unsupported_language",
}  # fmt: skip
SCORED = {
    "document_type", "municipality", "board", "case_number", "parties", "org_numbers", "periods", "amounts",
    "case_numbers", "decisions", "persons", "record", "personal_numbers",
}  # fmt: skip


@pytest.fixture(scope="module")
def documents() -> list[document.Document]:
    return build.corpus(MANY, "develop", 0)


def squeezed(text: str) -> str:
    return "".join(text.split()).casefold()


def test_same_seed_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        build.main([str(tmp_path / name), "--count", "40", "--seed", "7"])
    files = sorted(path.relative_to(tmp_path / "one") for path in (tmp_path / "one").rglob("*.*"))
    assert len(files) == 3 * 40 + 1
    assert all((tmp_path / "one" / at).read_bytes() == (tmp_path / "two" / at).read_bytes() for at in files)


def test_another_seed_or_half_gives_other_documents() -> None:
    texts = [build.corpus(3, half, seed)[2].pages for half in ("develop", "measure") for seed in (0, 1)]
    assert len({str(pages) for pages in texts}) == 4


def test_a_document_does_not_depend_on_how_many_are_made(documents: list[document.Document]) -> None:
    assert [one.pages for one in build.corpus(30, "develop", 0)[:28]] == [one.pages for one in documents[:28]]


def test_every_gold_value_stands_in_the_text_as_drawn(documents: list[document.Document]) -> None:
    for one in documents:
        text = squeezed("\n".join(one.pages))
        for drawn in one.gold["drawn"]:
            assert squeezed(drawn["form"]) in text, (one.ident, drawn)
        for party in one.gold["parties"]:
            assert squeezed(party["name"]) in text, (one.ident, party)


def test_gold_holds_what_was_drawn(documents: list[document.Document]) -> None:
    for one in documents:
        drawn = {(row["field"], row["value"]) for row in one.gold["drawn"]}
        for field in ("org_numbers", "case_numbers", "personal_numbers"):
            assert {(field, value) for value in one.gold[field]} == {row for row in drawn if row[0] == field}
        sums = {("amounts", str(row["amount_sek"])) for row in one.gold["amounts"]}
        assert sums == {row for row in drawn if row[0] == "amounts"}


def test_check_digits(documents: list[document.Document]) -> None:
    real = set(public_bodies().values())
    for one in documents:
        for number in one.gold["org_numbers"]:
            assert luhn.is_valid(number.replace("-", "")) == (number not in one.gold["invalid_org_numbers"])
            assert number not in real
        for number in one.gold["personal_numbers"]:
            assert luhn.is_valid(number.replace("-", ""))


def test_every_type_and_flag_occurs(documents: list[document.Document]) -> None:
    assert {one.gold["kind"] for one in documents} == set(gold.TYPES) == set(document.TYPES)
    flags = Counter(flag for one in documents for flag in one.gold["flags"])
    assert set(flags) == EXPECTED_FLAGS
    assert set(flags) - {"unsupported_language"} <= {*FLAGS, *REVIEW_REASONS}
    assert sum(bool(one.gold["personal_numbers"]) for one in documents) > MANY / 20


def test_period_conflicts_have_two_periods(documents: list[document.Document]) -> None:
    for one in documents:
        agreed = [row for row in one.gold["periods"] if row["kind"] == "agreement"]
        if one.gold["record"]["period_conflict"]:
            assert len(agreed) > 1
            assert one.gold["record"]["period_start"] == one.gold["periods"][0]["start"] or len(agreed) == 2
        else:
            assert len(agreed) <= 1


def test_gold_has_what_the_scorer_reads(documents: list[document.Document]) -> None:
    for one in documents:
        assert one.gold.keys() >= SCORED
        json.dumps(one.gold)
        if one.gold["document_type"] in ("application", "report", "other"):
            assert one.gold["record"]["amount_total_sek"] is None
        if one.gold["document_type"] == "other":
            assert bool(one.gold["parties"]) == (one.gold["kind"] == "faktura")


def test_families_are_many_and_belong_to_one_half() -> None:
    halves = {half: layout.families(half) for half in ("develop", "measure")}
    names = [{family.name for family in families} for families in halves.values()]
    assert not names[0] & names[1]
    assert min(map(len, names)) > 50
    assert len({family.choices for families in halves.values() for family in families}) == layout.FAMILIES


def test_each_document_is_of_its_half() -> None:
    for half in ("develop", "measure"):
        assert {one.family.half for one in build.corpus(50, half, 3)} == {half}


def test_some_wordings_are_kept_for_measuring() -> None:
    rules = grammar.rules()
    developed = sum(len(grammar.alternatives(name, "develop")) for name in rules)
    measured = sum(len(grammar.alternatives(name, "measure")) for name in rules)
    assert 0.7 < developed / measured < 0.9
    assert all(grammar.alternatives(name, "develop") for name in rules)


def test_chains_go_forward(documents: list[document.Document]) -> None:
    found = document.chains(documents)
    assert len(found) > 5
    for chain in found:
        starts = [one["period_start"] for one in chain["documents"]]
        assert starts == sorted(starts)
        assert all(one["links"] for one in chain["documents"][1:])


@pytest.mark.parametrize(
    ("block", "wanted"),
    [
        ("^ Namn\nOrt", "Namn\n\nOrt"),
        ("1) ett\n2) två", "1) ett\n\n2) två"),
        ("1. ett\n2. två", "1. ett\n2. två"),
        ("pnr 640823-⏎3234", "pnr 640823- 3234"),
    ],
)
def test_blocks_for_the_typesetter(block: str, wanted: str) -> None:
    assert vocabulary([block]) == wanted


@pytest.mark.parametrize(
    ("template", "wanted"),
    [
        ("<a|a>", {"a"}),
        ("<a|<b|c>>d", {"ad", "bd", "cd"}),
        ("<?x>y", {"xy", "y"}),
        ("{tal 3 3}", {"[tal 3 3]"}),
        ("1/7 & 50 %", {"1/7 & 50 %"}),
    ],
)
def test_grammar(template: str, wanted: set[str]) -> None:
    made = {
        grammar.Expander(random.Random(seed), "measure", {}, lambda call: f"[{call}]").text(template)
        for seed in range(40)
    }
    assert made == wanted


def test_a_choice_without_end_is_an_error() -> None:
    with pytest.raises(ValueError, match="no closing"):
        list(grammar.pieces("<a|b"))


def test_unknown_rules_and_slots_are_errors() -> None:
    expander = grammar.Expander(random.Random(1), "measure", {}, {}.__getitem__)
    for template in ("<no such rule>", "{no such slot}"):
        with pytest.raises(KeyError):
            expander.text(template)


@given(st.integers(1, 999), st.integers(0, 10**6))
def test_sums_in_digits_say_their_value(thousands: int, seed: int) -> None:
    form = forms_money.money(random.Random(seed), thousands * 1000, words=False)
    digits = "".join(char for char in form.replace(",00", "") if char.isdigit())
    assert digits.rstrip("0") == str(thousands).rstrip("0") or "m" in form.casefold()


@pytest.mark.parametrize(
    ("number", "word"),
    [
        (0, "noll"),
        (21, "tjugoett"),
        (1000, "ettusen"),
        (17_500, "sjuttontusenfemhundra"),
        (101_000, "etthundraettusen"),
    ],
)
def test_words(number: int, word: str) -> None:
    assert forms_money.in_words(number) == word


@given(st.dates(date(2000, 1, 1), date(2030, 12, 1)), st.integers(1, 60))
def test_terms_count_their_months(start: date, months: int) -> None:
    one = forms_time.term(start.replace(day=1), months)
    assert one.months == months
    assert one.years == (months // 12 if months % 12 == 0 else 0)


@given(st.integers(0, 10**6))
def test_case_numbers_keep_year_and_number(seed: int) -> None:
    rng = random.Random(seed)
    normal = forms_numbers.case_number(rng, "KFN", 2019, 417)
    form = forms_numbers.written_case(rng, normal)
    assert "417" in form
    assert "19" in form
    assert ("KFN" in form) == ("KFN" in normal)
