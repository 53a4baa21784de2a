"""Whom a contact works for is told by the label, where just one party has that part."""

import pytest

from pipeline.model import Finding, Party, Person, Span
from pipeline.resolve.people import with_employers

PARTIES = (("public", "Askeby kommun"), ("counterparty", "Föreningen Ljuset"))


def employer(cue: str, parties: tuple[tuple[str, str], ...], rule: str = "person_contact_label") -> str:
    named = [
        Finding("party", Span(0, 1), Party(role, name, "", None, "", ""), 0.9, "party")
        for role, name in parties
    ]
    human = Finding("person", Span(2, 3), Person("Eva Ek", "", "", "contact"), 0.9, rule, cue=cue)
    person = with_employers((*named, human))[-1].value
    assert isinstance(person, Person)
    return person.organisation


@pytest.mark.parametrize(
    ("cue", "name"),
    [
        ("Kontaktperson kommunen", "Askeby kommun"),
        ("För föreningen", "Föreningen Ljuset"),
        ("Leverantörens kontaktperson", "Föreningen Ljuset"),
        ("Kontaktperson", ""),
        ("Kommunens och föreningens kontaktperson", ""),
    ],
)
def test_label(cue: str, name: str) -> None:
    assert employer(cue, PARTIES) == name


def test_the_name_of_a_part_gives_way_to_the_party() -> None:
    alias = Finding(
        "person", Span(2, 3), Person("Eva Ek", "", "Kommunen", "contact"), 0.9, "person_contact_table"
    )
    party = Finding("party", Span(0, 1), Party("public", "Askeby kommun", "", None, "", ""), 0.9, "party")
    person = with_employers((party, alias))[-1].value
    assert isinstance(person, Person)
    assert person.organisation == "Askeby kommun"


def test_two_counterparties_leave_it_open() -> None:
    assert employer("Föreningens kontaktperson", (*PARTIES, ("counterparty", "Föreningen Natten"))) == ""


def test_a_sentence_is_no_label() -> None:
    assert employer("Kommunens kontaktperson", PARTIES, "person_in_text") == ""


def signers(
    document_type: str, *people: tuple[str, str], parties: tuple[tuple[str, str], ...] = PARTIES
) -> list[str]:
    """The organisations of signers, given by title and what stands beside them."""
    named = [
        Finding("party", Span(0, 1), Party(role, name, "", None, "", ""), 0.9, "party")
        for role, name in parties
    ]
    signed = [
        Finding("person", Span(k, k + 1), Person("Eva Ek", title, body, "signatory"), 0.9, "person_signature")
        for k, (title, body) in enumerate(people, 2)
    ]
    values = [finding.value for finding in with_employers((*named, *signed), document_type)]
    return [value.organisation for value in values if isinstance(value, Person)]


@pytest.mark.parametrize(
    ("document_type", "people", "organisations"),
    [
        ("application", [("ordförande", ""), ("", "")], ["Föreningen Ljuset", "Föreningen Ljuset"]),
        ("agreement", [("fritidschef", ""), ("ordförande", "")], ["Askeby kommun", "Föreningen Ljuset"]),
        ("agreement", [("nämndens ordförande", ""), ("kassör", "")], ["Askeby kommun", "Föreningen Ljuset"]),
        ("agreement", [("ordförande", ""), ("ordförande", "")], ["", ""]),
        ("agreement", [("socialchef", ""), ("verksamhetschef", "")], ["Askeby kommun", ""]),
        ("decision", [("fritidschef", ""), ("ordförande", "")], ["", ""]),
        ("agreement", [("", "Föreningen")], ["Föreningen Ljuset"]),
        ("agreement", [("", "Askeby")], ["Askeby kommun"]),
    ],
)
def test_sides(document_type: str, people: list[tuple[str, str]], organisations: list[str]) -> None:
    assert signers(document_type, *people) == organisations
