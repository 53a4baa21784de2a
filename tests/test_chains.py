"""Agreements that continue one another."""

from dataclasses import replace
from datetime import date

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
