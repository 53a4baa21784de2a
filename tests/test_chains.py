"""Agreements that continue one another."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from pipeline.chains import Member, chains
from pipeline.resolve.canonical import canonical_names

FIRST = Member(
    doc_id="a" * 16,
    document_type="agreement",
    municipality="Norrvik",
    public_number="212000-0000",
    counterparties=(("Föreningen Lyktan", "802400-1234"),),
    period_start=date(2021, 1, 1),
    period_end=date(2022, 12, 31),
    total="700000",
    own_case="SN-2020-1",
    cases=frozenset(["SN-2020-1"]),
)
RENEWAL = replace(
    FIRST,
    doc_id="b" * 16,
    period_start=date(2023, 2, 1),
    period_end=date(2023, 12, 31),
    own_case="SN-2022-7",
    cases=frozenset(["SN-2022-7", "SN-2020-1"]),
)


def test_a_renewal_follows_its_agreement() -> None:
    links = chains([RENEWAL, FIRST])
    assert [(link.position, link.member.doc_id, link.gap_days) for link in links] == [
        (1, FIRST.doc_id, None),
        (2, RENEWAL.doc_id, 31),
    ]
    assert links[0].reasons == ("org_number", "case_number", "name")


def test_order_of_arrival_does_not_matter() -> None:
    assert chains([FIRST, RENEWAL]) == chains([RENEWAL, FIRST])


def test_overlap_is_a_negative_gap() -> None:
    early = replace(RENEWAL, period_start=date(2022, 12, 1))
    assert [link.gap_days for link in chains([FIRST, early])] == [None, -31]


def test_one_document_is_no_chain() -> None:
    assert chains([FIRST]) == []


def test_another_municipality_is_another_chain() -> None:
    assert chains([FIRST, replace(RENEWAL, municipality="Ekshult")]) == []


def test_applications_and_undated_documents_are_left_out() -> None:
    assert chains([FIRST, replace(RENEWAL, document_type="application")]) == []
    assert chains([FIRST, replace(RENEWAL, period_start=None)]) == []


def test_a_missing_number_is_bridged_by_the_name() -> None:
    nameless = replace(RENEWAL, counterparties=(("Föreningen Lyktan", ""),), public_number="")
    links = chains([FIRST, nameless])
    assert [link.counterparty_number for link in links] == ["802400-1234", "802400-1234"]


def test_each_counterparty_has_its_own_chain() -> None:
    two = (("Föreningen Lyktan", "802400-1234"), ("Stiftelsen Ankaret", "802400-9999"))
    links = chains([replace(FIRST, counterparties=two), replace(RENEWAL, counterparties=two)])
    assert [link.position for link in links] == [1, 2, 1, 2]
    assert len({link.chain_id for link in links}) == 2


def test_one_name_per_number() -> None:
    names = canonical_names(
        [("Föreningen Lyktan", "1"), ("Föreningen Lyktan", "1"), ("Forenigen Lyktan", "1"), ("Lyktan", "")]
    )
    assert set(names.values()) == {"Föreningen Lyktan", "Lyktan"}


def test_bent_names_without_a_number_share_the_commonest_spelling() -> None:
    names = canonical_names([("Norrviks Scoutkår", ""), ("Norrviks Scoutkår", ""), ("Norrviks Scoutkar", "")])
    assert set(names.values()) == {"Norrviks Scoutkår"}


def test_a_nämnd_shares_its_municipalitys_name() -> None:
    names = canonical_names([("Socialnämnden", "2"), ("Socialnämnden", "2"), ("Norrviks kommun", "2")])
    assert set(names.values()) == {"Norrviks kommun"}


def test_nämnder_without_their_municipalitys_name_keep_their_own() -> None:
    names = canonical_names([("Socialnämnden", "212000-9721"), ("Tekniska nämnden", "212000-9721")])
    assert set(names.values()) == {"Socialnämnden", "Tekniska nämnden"}


def test_a_misread_number_is_the_one_that_the_same_name_has_elsewhere() -> None:
    # 802400-1235 passes the check; 802400-1285 doesn't, and is one figure off.
    first = replace(FIRST, counterparties=(("Föreningen Lyktan", "802400-1235"),))
    bent = replace(RENEWAL, counterparties=(("Föreningen Lyktan", "802400-1285"),))
    assert [link.counterparty_number for link in chains([first, bent])] == ["802400-1235", "802400-1235"]


def test_two_bodies_of_one_name_stay_apart() -> None:
    first = replace(FIRST, counterparties=(("Kamratklubben", "802400-1235"),))
    other = replace(RENEWAL, counterparties=(("Kamratklubben", "556783-3057"),))
    assert chains([first, other]) == []


def test_a_paper_that_names_no_public_body_follows_its_counterparty() -> None:
    nameless = replace(RENEWAL, municipality="", public_number="")
    assert [link.position for link in chains([FIRST, nameless])] == [1, 2]
    elsewhere = replace(FIRST, doc_id="c" * 16, municipality="Ekshult")
    assert nameless not in [link.member for link in chains([FIRST, elsewhere, nameless])]


def test_a_paper_that_names_no_counterparty_follows_the_case_that_it_cites() -> None:
    blank = replace(RENEWAL, counterparties=())
    links = chains([FIRST, blank])
    assert [link.position for link in links] == [1, 2]
    assert links[1].reasons == ("case_number",)
    assert chains([FIRST, replace(blank, cases=frozenset(["SN-2022-7"]))]) == []
    assert chains([FIRST, replace(blank, municipality="Ekshult")]) == []


def test_a_missing_link_leaves_a_gap() -> None:
    third = replace(
        RENEWAL, doc_id="c" * 16, period_start=date(2025, 1, 1), period_end=date(2025, 12, 31), total="650000"
    )
    links = chains([FIRST, third])
    assert [(link.gap_days, link.change) for link in links] == [(None, None), (731, Decimal(-50000))]


def test_papers_about_one_term_share_its_gap() -> None:
    report = replace(RENEWAL, doc_id="c" * 16, document_type="staff_report")
    assert [link.gap_days for link in chains([FIRST, RENEWAL, report])] == [None, 31, 31]


def test_a_term_without_an_end_has_its_place() -> None:
    endless = replace(RENEWAL, period_end=None)
    later = replace(RENEWAL, doc_id="c" * 16, period_start=date(2024, 5, 1))
    links = chains([FIRST, endless, later])
    assert [link.gap_days for link in links] == [None, 31, None]
