"""Parties from layouts that forms and other tools leave: boxes read row by row, senders, dots for nobody."""

import pytest
from factories import reading

from pipeline.extract import parties
from pipeline.extract.nlp import material
from pipeline.model import Party

TERMS = "\n\nAvtalstid\n\nAvtalet gäller från 2024-01-01 till 2024-12-31.\n\nUppsägning\n\nTre månader.\n"
KOMMUN, LJUSET = (
    ("public", "Askeby kommun", "212000-9879"),
    ("counterparty", "Föreningen Ljuset", "802467-1235"),
)

AGREEMENTS = {
    "a box read row by row": "Avtalspart A\nAvtalspart B\nAskeby kommun\nFöreningen Ljuset\nKulturnämnden\n"
    "Storgatan 3, 123 45 Askeby\nOrg.nr 212000-9879\nOrg.nr 802467-1235",
    "names and numbers, no labels": "Askeby kommun\nFöreningen Ljuset\n212000–9879\n80 24 67 - 1235",
    "side by side": "Avtalspart A\tAvtalspart B\nAskeby kommun\tFöreningen Ljuset\n"
    "Org.nr 212000-9879\tOrg.nr 8024671235",
    "leader dots": "Beställare ......... Askeby kommun\nOrg.nr ............. 212000-9879\n"
    "Motpart ............ Föreningen Ljuset\nOrg.nr ............. 802467-1235",
    "label above value": "Beställare\nAskeby kommun\nOrganisationsnummer\n212000-9879\nMotpart\n"
    "Föreningen Ljuset\nOrganisationsnummer\n802467-1235",
    "part 1 and 2": "Part 1: Askeby kommun\nOrganisationsnummer: 212000-9879\nNämnd: Kulturnämnden\n\n"
    "Part 2: Föreningen Ljuset\nOrganisationsnummer: 802467-1235",
    "a clause in the background": "Bakgrund\n\nBehovet är stort.\n\nUndertecknade, Askeby kommun org.nr "
    "212000-9879 via kulturförvaltningen och "
    "Föreningen Ljuset reg.nr 802467-1235, har kommit överens om det som står nedan.",
}


def found(text: str) -> set[tuple[str, str, str]]:
    values = [f.value for f in parties.find(material(reading(text)))]
    return {(v.role, v.name, v.org_number) for v in values if isinstance(v, Party)}


@pytest.mark.parametrize("layout", AGREEMENTS)
def test_agreement(layout: str) -> None:
    assert found(f"Avtal om drift av kafé\n\n{AGREEMENTS[layout]}{TERMS}") == {KOMMUN, LJUSET}


def test_dots_name_nobody() -> None:
    text = "Avtal om drift\n\nBeställare\tAskeby kommun\nOrg.nr\t212000-9879\n"
    blank = "Motpart\t..............\nOrg.nr\t.......\n"
    assert found(text + blank + TERMS) == {KOMMUN}


@pytest.mark.parametrize(
    "head",
    [
        "Föreningen Ljuset\nTill Askeby kommun, kulturnämnden\n\nVerksamhetsrapport\n\n",
        "Verksamhetsrapport\n\nTill\tAskeby kommun, kulturnämnden\n"
        "Från\tFöreningen Ljuset\nOrg.nr\t802467-1235\n\n",
        "Verksamhetsrapport\n\nRapporten lämnas av Föreningen Ljuset, org.nr 802467-1235, till Askeby kommun,"
        " kulturnämnden.\n\n",
    ],
)
def test_sender_of_a_report(head: str) -> None:
    body = "Redovisningen avser 2024.\n\nFöreningen Ljusets organisationsnummer är 802467-1235.\n\n"
    body += "Resultat\n\n"
    body += "Kaféet var öppet alla dagar. " * 12
    assert found(head + body) == {("public", "Askeby kommun", ""), LJUSET}


def test_an_invoice_is_between_its_sender_and_whom_it_goes_to() -> None:
    text = (
        "Norrby Bygg AB\nStorgatan 3, 123 45 Norrby\nOrg.nr 559813-6371\n\nFAKTURA\n\nFakturanummer: 4711\n"
        "Betalningsvillkor: 30 dagar netto\n\nAskeby kommun\nFakturamottagning\n123 45 Askeby\n\n"
        "Att betala 12 500 kr\nBankgiro 123-4567\nGodkänd för F-skatt.\n"
    )
    sender = ("counterparty", "Norrby Bygg AB", "559813-6371")
    assert found(text) == {("public", "Askeby kommun", ""), sender}
