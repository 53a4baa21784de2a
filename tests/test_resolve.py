"""The record of a document: what governs, what adds up, what is doubtful."""

import pytest
from factories import amount, case_number, decision, fact, org_number, party, period

from pipeline.model import Amount, Finding, Party, Period
from pipeline.resolve import resolve

AGREEMENT = fact("document_type", "agreement")
STAFF_REPORT = fact("document_type", "staff_report")
TWO_YEARS = period("2024-01-01", "2025-12-31", 900, "term")
PARTIES = (
    party("public", "Norrviks kommun", "212000-0000", 10),
    party("counterparty", "Föreningen Lyktan", "802400-1234", 60),
)


@pytest.mark.parametrize(
    ("findings", "total", "rule"),
    [
        pytest.param([amount(350000, frequency="year")], "700000", "yearly_times_period", id="yearly"),
        pytest.param(
            [amount(25000, frequency="month"), amount(45000, 50, frequency="once")],
            "645000",
            "monthly_times_period",
            id="monthly and once",
        ),
        pytest.param(
            [amount(670000, year=2024), amount(688000, 50, year=2025)], "1358000", "sum_of_years", id="years"
        ),
        pytest.param([amount(200000, year=2024)], "", "not_known", id="one of two years is unknown"),
        pytest.param(
            [amount(460000, frequency="year"), amount(920000, 50, cue="sammanlagt")],
            "920000",
            "stated_total",
            id="stated",
        ),
        pytest.param(
            [amount(315000), amount(630000, 50)], "630000", "multiple_of_part", id="part and its multiple"
        ),
        pytest.param([amount(450000, frequency="once")], "450000", "only_sum", id="single sum"),
        pytest.param([amount(10000), amount(17000, 50)], "", "not_known", id="two sums that say nothing"),
        pytest.param([amount(90000, kind="other")], "", "not_known", id="somebody else's money"),
        pytest.param([], "", "not_known", id="no money"),
    ],
)
def test_total_is_known_only_when_the_parts_allow_it(findings: list[Finding], total: str, rule: str) -> None:
    _, record = resolve([AGREEMENT, *PARTIES, TWO_YEARS, *findings])
    assert record.value("amount_total_sek") == total
    assert record.choices["amount_total_sek"].rule == rule


def test_a_yearly_sum_is_not_multiplied_by_part_of_a_year() -> None:
    months = period("2024-03-01", "2025-08-31", 900, "term")
    _, record = resolve([AGREEMENT, *PARTIES, months, amount(100000, frequency="year")])
    assert record.value("amount_total_sek") == ""
    assert "amount_missing" in record.review_reasons


def test_the_parts_stand_against_a_stated_total_and_the_mismatch_is_told() -> None:
    _, record = resolve(
        [AGREEMENT, *PARTIES, TWO_YEARS, amount(460000, frequency="year"), amount(900000, 9, cue="totalt")]
    )
    assert record.value("amount_total_sek") == "920000"
    assert "sum_mismatch" in record.review_reasons


def test_a_grant_table_with_equal_grants_is_no_mismatch() -> None:
    rows = [amount(50000, 10, year=2024, place="grants"), amount(30000, 20, year=2024, place="grants")]
    total = amount(130000, 5, year=2024, place="decision", cue="sammanlagt")
    _, record = resolve([fact("document_type", "decision"), *PARTIES, TWO_YEARS, *rows, total])
    assert record.value("amount_total_sek") == "130000"
    assert "sum_mismatch" not in record.review_reasons


def test_decision_points_win_over_background_and_the_contradiction_is_told() -> None:
    background = period("2024-02-01", "2024-12-31", 100, "background")
    decided = period("2024-01-01", "2024-12-31", 500, "proposal")
    _, record = resolve([STAFF_REPORT, *PARTIES, background, decided])
    assert record.value("period_start") == "2024-01-01"
    assert record.review_reasons == ("period_conflict",)
    losers = record.choices["period_start"].losers
    assert losers[0][0] is background
    assert "background" in losers[0][1]


def test_the_agreements_own_clause_wins_over_its_title() -> None:
    title = period("2021-01-01", "2024-12-31", 5, "start")
    clause = period("2021-07-01", "2023-06-30", 500, "term")
    _, record = resolve([AGREEMENT, *PARTIES, title, clause])
    assert (record.value("period_start"), record.value("period_end")) == ("2021-07-01", "2023-06-30")
    assert "period_conflict" in record.review_reasons


def test_the_same_period_twice_is_no_contradiction() -> None:
    twice = [period("2024-01-01", "2024-12-31", at, place) for at, place in ((5, "start"), (500, "term"))]
    _, record = resolve([AGREEMENT, *PARTIES, *twice])
    assert "period_conflict" not in record.review_reasons
    assert len(record.choices["period_start"].winners) == 2


def test_previous_and_optional_periods_never_govern() -> None:
    others = [period("2022-01-01", "2023-12-31", 5, "background", kind) for kind in ("previous", "option")]
    _, record = resolve([AGREEMENT, *PARTIES, *others])
    assert record.value("period_start") == ""


@pytest.mark.parametrize("document_type", ["application", "report"])
def test_applications_and_reports_commit_nothing(document_type: str) -> None:
    findings, record = resolve([fact("document_type", document_type), *PARTIES, TWO_YEARS, amount(185000)])
    assert record.value("amount_total_sek") == ""
    assert [f.value.kind for f in findings if isinstance(f.value, Amount)] == ["other"]


def test_a_claim_for_repayment_commits_nothing() -> None:
    points = [decision("Nämnden beslutar att återkräva 86 400 kr från bolaget.")]
    findings, record = resolve(
        [fact("document_type", "decision"), *PARTIES, *points, amount(86400, place="decision")]
    )
    assert record.value("amount_total_sek") == ""
    assert "amount_missing" not in record.review_reasons
    assert [f.value.kind for f in findings if isinstance(f.value, Amount)] == ["other"]


def test_a_grant_that_may_be_reclaimed_stays_a_grant() -> None:
    points = [decision("att bevilja föreningen 50 000 kr, som kan återkrävas om villkoren inte följs")]
    _, record = resolve(
        [fact("document_type", "decision"), *PARTIES, *points, amount(50000, place="decision")]
    )
    assert record.value("amount_total_sek") == "50000"


def test_a_reports_year_is_not_an_agreements_period() -> None:
    year = period("2022-01-01", "2022-12-31", 5, "start", cue="verksamhetsåret")
    term = period("2021-01-01", "2023-12-31", 90, "background", cue="överenskommelsen gäller")
    findings, _ = resolve([fact("document_type", "report"), *PARTIES, year, term])
    kinds = {str(f.value.start): f.value.kind for f in findings if isinstance(f.value, Period)}
    assert kinds == {"2022-01-01": "other", "2021-01-01": "agreement"}


def test_a_party_gets_the_number_that_the_document_ties_to_its_name() -> None:
    findings, record = resolve(
        [
            AGREEMENT,
            party("public", "Norrviks kommun"),
            party("counterparty", "Föreningen Lyktan", at=60),
            org_number("802400-1234", "Föreningen Lyktan", 200),
        ]
    )
    assert record.value("counterparty_org_number") == "802400-1234"
    flags = [f.flags for f in findings if isinstance(f.value, Party) and f.value.role == "counterparty"]
    assert flags == [("number_from_elsewhere",)]


def test_a_municipal_number_in_the_footer_is_the_public_partys() -> None:
    board = party("public", "Socialnämnden")
    _, record = resolve([STAFF_REPORT, board, PARTIES[1], org_number("212000-9999", at=999)])
    assert record.value("public_org_number") == "212000-9999"


def test_two_municipal_numbers_are_given_to_nobody() -> None:
    numbers = [org_number("212000-9999", at=900), org_number("212000-8888", at=950)]
    _, record = resolve([STAFF_REPORT, party("public", "Socialnämnden"), PARTIES[1], *numbers])
    assert record.value("public_org_number") == ""


def test_another_municipalitys_number_is_not_taken() -> None:
    kalmar = org_number("212000-0746", at=900)
    municipality = fact("municipality", "Norrvik")
    _, record = resolve([STAFF_REPORT, municipality, party("public", "Socialnämnden"), PARTIES[1], kalmar])
    assert record.value("public_org_number") == ""


def test_a_slip_in_a_number_is_told() -> None:
    slip = org_number("802400-1243", "Föreningen Lyktan", 500, valid=False)
    _, record = resolve([AGREEMENT, *PARTIES, org_number("802400-1234", at=60), slip])
    assert {"org_number_conflict", "org_number_invalid"} <= set(record.review_reasons)
    assert record.value("counterparty_org_number") == "802400-1234"


def test_the_same_party_found_twice_is_one() -> None:
    again = party("counterparty", "Foreningen Lyktan", at=400, confidence=0.5)
    findings, record = resolve([AGREEMENT, *PARTIES, again])
    assert record.value("counterparty") == "Föreningen Lyktan"
    assert sum(isinstance(f.value, Party) for f in findings) == 2


def test_a_missing_party_is_told() -> None:
    _, record = resolve([AGREEMENT, PARTIES[0]])
    assert "party_missing" in record.review_reasons


def test_the_documents_own_case_number_wins() -> None:
    _, record = resolve(
        [AGREEMENT, *PARTIES, case_number("KS-2020-1", at=5), case_number("SN-2024-7", own=True, at=50)]
    )
    choice = record.choices["case_number"]
    assert choice.value == "SN-2024-7"
    assert [f.value.number for f, _ in choice.losers] == ["KS-2020-1"]  # type: ignore[union-attr]


def test_an_unknown_type_is_told() -> None:
    _, record = resolve([*PARTIES])
    assert record.value("document_type") == ""
    assert "type_unknown" in record.review_reasons


@pytest.mark.parametrize(
    ("cue", "kind"),
    [("omfattar tiden", "agreement"), ("avser tiden", "agreement"), ("för tiden", "previous")],
)
def test_a_claim_has_a_period_only_where_it_says_what_time_it_covers(cue: str, kind: str) -> None:
    points = [decision("att återkräva 86 400 kr från bolaget")]
    term = period("2023-01-01", "2023-06-30", 50, "decision", cue=cue)
    findings, _ = resolve([fact("document_type", "decision"), *PARTIES, *points, term])
    assert [f.value.kind for f in findings if isinstance(f.value, Period)] == [kind]


def test_a_plain_sum_that_the_monthly_sum_multiplies_to_is_the_total() -> None:
    sums = [amount(18500, frequency="month"), amount(444000, 50), amount(96000, 90, frequency="year")]
    _, record = resolve([AGREEMENT, *PARTIES, TWO_YEARS, *sums])
    assert record.value("amount_total_sek") == "444000"


@pytest.mark.parametrize(
    ("point", "commits"),
    [
        ("Bidrag lämnas med sammanlagt 90 000 kr till sju föreningar.", True),
        ("Nämnden fördelar 90 000 kr enligt bilagan.", True),
        ("Ansökan lämnas utan bifall. Ansökan avslås.", False),
        ("att avslå ansökan om bidrag på 90 000 kr", False),
        ("Beviljat stöd återkrävs med 90 000 kr.", False),
    ],
)
def test_what_the_first_decision_point_does_decides_for_the_document(point: str, commits: bool) -> None:
    refusal = decision("Övriga ansökningar avslås.", at=40, number=2)
    findings, _ = resolve(
        [
            fact("document_type", "decision"),
            *PARTIES,
            decision(point),
            refusal,
            amount(90000, place="decision"),
        ]
    )
    kinds = [f.value.kind for f in findings if isinstance(f.value, Amount)]
    assert kinds == ["funding" if commits else "other"]


@pytest.mark.parametrize(
    ("board", "read", "number"),
    [
        ("Kultur- och fritidsnämnden", "KEN 2024/0038", "KFN 2024/0038"),
        ("Kultur- och fritidsnämnden", "KEN-2024-38", "KFN-2024-38"),
        ("Kultur- och fritidsnämnden", "KS 2024/0038", "KS 2024/0038"),
        ("Kultur- och fritidsnämnden", "KAN 2024/0038", "KAN 2024/0038"),
        ("Omsorgsnämnden", "QN-2023-91", "ON-2023-91"),
        ("Tekniska nämnden", "TN-2023-91", "TN-2023-91"),
        ("", "KEN 2024/0038", "KEN 2024/0038"),
    ],
)
def test_a_bent_prefix_is_mended_only_by_the_own_nämnds_initials(board: str, read: str, number: str) -> None:
    _, record = resolve([AGREEMENT, fact("board", board), *PARTIES, case_number(read, own=True)])
    assert record.value("case_number") == number
