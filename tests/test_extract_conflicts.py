"""What contradicts about a party is flagged, what only looks so isn't; lost dots come back by agreement."""

import pytest

from pipeline.clean import clean_document
from pipeline.extract import parties
from pipeline.extract.nlp import material
from pipeline.model import Finding, Page, Party
from pipeline.reading import Reading

CLAUSE = (
    "Avtal om drift av kafé\n\nMellan Askeby kommun, org.nr 212000-9879, nedan kommunen, och {name}, "
    "org.nr 802467-1235, nedan föreningen, har följande avtal träffats.\n\nAvtalstid\n\n"
    "Avtalet gäller från 2024-01-01 till 2024-12-31.\n\nÖvrigt\n\n{more}\n"
)


def found(name: str, more: str) -> Finding:
    text = CLAUSE.format(name=name, more=more)
    reading = Reading(clean_document((Page(1, text),)))
    every = [f for f in parties.find(material(reading)) if isinstance(f.value, Party)]
    (one,) = [f for f in every if isinstance(f.value, Party) and f.value.role == "counterparty"]
    return one


@pytest.mark.parametrize(
    ("name", "more", "flags"),
    [
        (
            "Föreningen Blåklinten",
            "Föreningen Blåklinten (802481-9060) finns.",
            {"org_number_conflict"},
        ),
        ("Föreningen Blåklinten", "Föreningen Blåklinetn har lämnat stadgar.", {"name_conflict"}),
        (
            "Blåklintens Hörselförening",
            "Blåklintens Hörselförenning har svarat.",
            {"name_conflict"},
        ),
        ("Föreningen Blåklinten", "Stiftelsen Solrosen (802467-1235) driver det.", {"name_conflict"}),
        # the same body: a genitive, another case, a number printed again, a short form
        ("Föreningen Blåklinten", "Föreningen Blåklintens lokaler ligger i Askeby.", set()),
        ("Föreningen Blåklinten", "FÖRENINGEN BLÅKLINTEN (802467-1235) svarar för drift.", set()),
        ("Föreningen Blåklinten", "Blåklinten, org.nr 80 24 67 - 1235, svarar för drift.", set()),
        # another body, and letters that OCR loses
        ("Askeby IF", "Askeby BK (802481-9060) lånar lokalen.", set()),
        ("Föreningen Blåklinten", "Foreningen Blaklinten svarar för drift.", set()),
    ],
)
def test_flags(name: str, more: str, flags: set[str]) -> None:
    assert set(found(name, more).flags) & {"name_conflict", "org_number_conflict"} == flags


def test_lost_dots_come_back_where_the_name_is_printed_with_them() -> None:
    party = found("Foreningen Blaklinten", "För Föreningen Blåklinten").value
    assert isinstance(party, Party)
    assert party.name == "Föreningen Blåklinten"
