"""Parties, persons and points told by their place in a paper, whatever they are called."""

import pytest
from factories import reading

from pipeline.extract import decisions, parties, persons
from pipeline.extract.nlp import Material, material
from pipeline.model import Decision, Party, Person

ALIASES = (
    "Samarbete om vinterbad\n\nAvtalet träffas mellan\n\n(1) Granö kommun, org. nr 212000-0019, Torget 1, "
    "123 45 Granö,\nnedan Kommunen,\n\n(2) Kallbadarna Norr, org. nr 802440-1239, nedan Badarna, och\n\n"
    "(3) Sankta Vega församling, org. nr 252001-1239, nedan Församlingen.\n\n1. Syfte\nAlla ska få bada.\n"
)


def seen(text: str) -> Material:
    return material(reading(*text.split("\f")))


def names(text: str) -> list[tuple[str, str]]:
    values = [f.value for f in parties.find(seen(text))]
    return [(v.role, v.name) for v in values if isinstance(v, Party)]


def people(text: str) -> set[tuple[str, str]]:
    values = [f.value for f in persons.find(seen(text))]
    return {(v.function, v.name) for v in values if isinstance(v, Person)}


def points(text: str) -> list[str]:
    return [f.value.text for f in decisions.find(seen(text)) if isinstance(f.value, Decision)]


def test_three_parties_by_their_aliases() -> None:
    assert names(ALIASES) == [
        ("public", "Granö kommun"),
        ("counterparty", "Kallbadarna Norr"),
        ("counterparty", "Sankta Vega församling"),
    ]


def test_refused_table_grants_nothing() -> None:
    rows = "Sökande\tOrg.nr\tSökt belopp\n{}\t802440-1239\t5 000\n{}\t802441-1238\t7 000\n\n"
    text = (
        "Granö kommun\nKulturnämnden\n\nBeslut om bidrag\n\nBeslut\n\nBidrag fördelas enligt tabell 1.\n\n"
        "Beviljade bidrag\n" + rows.format("Lyktan Väst", "Vågen Öst") + "Avslagna ansökningar\n"
    ) + rows.format("Ankarspelet", "Dragon Fem")
    assert [name for role, name in names(text) if role == "counterparty"] == ["Lyktan Väst", "Vågen Öst"]


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Frågor besvaras av Ada Vik, samordnare, 0123-45 67 89.", ("contact", "Ada Vik")),
        ("Ring Ada Vik, samordnare, 0123-45 67 89, vid frågor.", ("contact", "Ada Vik")),
        ("Verksamhetschef är Ada Vik.", ("responsible", "Ada Vik")),
        ("Med vänlig hälsning\n\nAda Vik\nkulturchef", ("signatory", "Ada Vik")),
        ("Beslutande\tAda Vik (S)\n\tBo Ek (M)", ("other", "Bo Ek")),
    ],
)
def test_person_by_place(text: str, person: tuple[str, str]) -> None:
    assert person in people(f"Granö kommun\n\nOm badet\n\nBadet är öppet varje dag i veckan.\n\n{text}\n")


@pytest.mark.parametrize("text", ["Sankta Vega församling har en kör.", "Ada Vik badar gärna om vintern."])
def test_nobody_by_mention(text: str) -> None:
    assert people(f"Granö kommun\n\nOm badet\n\n{text}\n") == set()


def test_reasons_are_no_points() -> None:
    text = (
        "Beslut om badet\n\nBeslut\n\nKallbadarna beviljas 5 000 kronor.\n\nBidraget gäller bryggan.\n\n"
        "Jag har läst ansökan. Den är väl skriven. Vattnet är kallt i maj.\n"
    )
    assert points(text) == ["Kallbadarna beviljas 5 000 kronor.", "Bidraget gäller bryggan."]
