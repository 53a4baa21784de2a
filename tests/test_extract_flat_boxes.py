"""Forms whose boxes have run together: labels on one line, values on the next, letters bent."""

import pytest
from factories import reading

from pipeline.extract import extract
from pipeline.model import Party
from pipeline.settings import Extraction


def parties(text: str) -> set[tuple[str, str, str]]:
    found = extract(reading(text), Extraction())
    return {(f.value.role, f.value.name, f.value.org_number) for f in found if isinstance(f.value, Party)}


@pytest.mark.parametrize("number", ["Organisationsnummer", "Organtsationsnumimer", "‘Org.nr"])
def test_both_parties_of_an_agreement(number: str) -> None:
    text = "Avtal om skötsel av parken\n\n"
    text += f"Beställare {number}\nAskeby kommun 212000-9879\n"
    text += f"Motpart {number}\nByalaget Lyktan 802467 - 1235\n"
    text += "Adress Telefon\nTorget 5, 123 45 Viken 070-000 00 00\n\n"
    text += "1 Avtalstid\n\nAvtalet gäller från 1 maj 2019 till 30 april 2021.\n\n"
    text += "2 Ersättning\n\nKommunen betalar 5 000 kr per år.\n"
    assert parties(text) == {
        ("public", "Askeby kommun", "212000-9879"),
        ("counterparty", "Byalaget Lyktan", "802467-1235"),
    }


def test_an_applicant() -> None:
    text = "Askeby kommun\nKulturnämnden\n\nAnsökan om projektstöd\n\nSökande Org.nr Kontaktperson\n"
    text += "Lyktans församling 802467-1235 Alma Ek\n\nSökt belopp: 5 000 kr\n"
    text += "Period: 1 maj 2019 - 30 april 2020\n"
    assert {name for role, name, _ in parties(text) if role == "counterparty"} == {"Lyktans församling"}
