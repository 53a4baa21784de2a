"""Who is a party in letters, lists and papers of nämnder for a part of a town: small papers as a whole."""

import pytest
from factories import reading

from pipeline.extract import facts, parties, persons
from pipeline.extract.nlp import material
from pipeline.model import Party, Person

BOARDS = {
    "a nämnd for a part of a town, short in the text": (
        "Ekstads stad\nEkbackens stadsdelsförvaltning\n\nTill\n        Ekbackens stadsdelsnämnd\n\n"
        "Stöd till Föreningen Granen\n\n1. Stadsdelsnämnden beviljar Föreningen Granen 9 000 kronor.\n",
        "Ekbackens stadsdelsnämnd",
    ),
    "in capitals": (
        "EKSTADS STAD\nNORRA EKBACKENS STADSDELSNÄMND\n\nBESLUT\n\nStadsdelsnämnden avslår ansökan.\n",
        "Norra Ekbackens stadsdelsnämnd",
    ),
    "the place behind it, a heading below": (
        "Ekstads kommun\nKommundelsnämnden i Rönninge\nProtokoll\n\nKommundelsnämnden beslutar\n\n"
        "att godkänna avtalet.\n",
        "Kommundelsnämnden i Rönninge",
    ),
    "a name that goes on in a column below": (
        "Rapport\n\nDnr\tRX 2016/2304\nAvser\tAvtal med Ekstads kommun, nämnden för\n\tvård och hälsa\n",
        "Nämnden för vård och hälsa",
    ),
    "stadsdelsfullmäktige": (
        "Till Stadsdelsfullmäktige Sofielund\n\nFörslag till beslut\n\n"
        "Stadsdelsfullmäktige Sofielund föreslås besluta\n\natt bevilja Föreningen Granen 9 000 kr.\n",
        "Stadsdelsfullmäktige Sofielund",
    ),
    "a nämnd of a former town": (
        "Ekstads kommun\nLillköpings stads nämnd\n\nOrdförandebeslut\n\nBidragen beviljas.\n",
        "Lillköpings stads nämnd",
    ),
    "two parts of a town leave the plain name alone": (
        "Stadsdelsnämnden\n\nStadsdelsnämnden ersätter Almens stadsdelsnämnd och Björkens stadsdelsnämnd.\n",
        "Stadsdelsnämnden",
    ),
}


@pytest.mark.parametrize("case", BOARDS)
def test_board(case: str) -> None:
    text, board = BOARDS[case]
    found = [f.value for f in facts.find(material(reading(text))) if f.kind == "board"]
    assert found[0] == board


def named(text: str) -> set[tuple[str, str, str]]:
    """Role, name and number of every party."""
    values = [f.value for f in parties.find(material(reading(text))) if isinstance(f.value, Party)]
    return {(value.role, value.name, value.org_number) for value in values}


FEDERATIONS = {
    "an agreement of the nämnd with a federation": (
        "EKSTADS KOMMUN\nUtbildningsnämnden\n\nTjänsteskrivelse\n\n"
        "Avtal med Gymnasieförbundet Ådalen\n\nFörslag till beslut\n\n"
        "1  Avtal med Gymnasieförbundet Ådalen om fyra platser godkänns.\n\nBakgrund\n\n"
        "Gymnasieförbundet Ådalen (org nr 222000-0265) bildades 2004.\n",
        {("public", "Utbildningsnämnden", ""), ("public", "Gymnasieförbundet Ådalen", "222000-0265")},
    ),
    "a federation of sports is none": (
        "Ekstads kommun\nFritidsnämnden\n\nBeslut\n\nNämnden beviljar Ekstads Motorförbund 4 000 kr.\n",
        {("public", "Fritidsnämnden", ""), ("counterparty", "Ekstads Motorförbund", "")},
    ),
}


@pytest.mark.parametrize("case", FEDERATIONS)
def test_federation(case: str) -> None:
    text, wanted = FEDERATIONS[case]
    assert named(text) == wanted


LETTERS = {
    "a refusal by letter": (
        "Ekstads kommun\nFritidsnämnden\n\n                    2014-03-02\n\n"
        "                    Granens Skoterklubb\n                    c/o Alva Lindh\n"
        "                    Ekvägen 3\n                    912 30 Granby\n\n\nBeslut om avslag\n\n"
        "Beslut\n\nFritidsnämnden avslår ansökan om bidrag.\n",
        {("public", "Fritidsnämnden", ""), ("counterparty", "Granens Skoterklubb", "")},
    ),
    "a reminder by letter": (
        "Ekstads kommun\nKulturnämnden\n\n                    Granens Teaterkollektiv\n"
        "                    Alva Lindh\n                    Ekvägen 3\n                    912 30 Granby\n\n"
        "Påminnelse\n\nVi saknar redovisningen av bidraget för 2021.\n\nHälsningar\n\nOla Berg\nekonom\n",
        {("public", "Kulturnämnden", ""), ("counterparty", "Granens Teaterkollektiv", "")},
    ),
    "a letter of thanks has no parties": (
        "Ekstads kommun\nKulturnämnden\n\n                    Granens Teaterkollektiv\n"
        "                    Ekvägen 3\n                    912 30 Granby\n\n\n"
        "Tack\n\nVi tackar för en fin kväll på torget.\n\nHälsningar\n\nOla Berg\nekonom\n",
        set(),
    ),
    "an application by letter": (
        "Granens Paddelvänner\nEkvägen 3\n912 30  GRANBY\n\n\n               Granby den 4 mars 2003\n\n"
        "               Ekstads kommun\n               Fritidsnämnden\n               912 80  EKSTAD\n\n\n"
        "ANSÖKAN OM BIDRAG\n\nVi söker 8 000 kronor till en ny brygga.\n\nTore Lindh\nordförande\n",
        {("public", "Fritidsnämnden", ""), ("counterparty", "Granens Paddelvänner", "")},
    ),
    "an invoice": (
        "GRANENS VED & RÖJ AB                     FAKTURA  204\nLillgran 2\n913 99 GRANBY\n\n"
        "                                         Ekstads kommun\n"
        "                                         Tekniska kontoret\n"
        "                                         913 81 EKSTAD\n\nAvser: röjning\n\n"
        "ATT BETALA            6.837:50\n\nPostgiro 90 14 22-0     Org nr 556016-0680\n",
        {("public", "Ekstads kommun", ""), ("counterparty", "GRANENS VED & RÖJ AB", "556016-0680")},
    ),
}


@pytest.mark.parametrize("case", LETTERS)
def test_letter(case: str) -> None:
    text, wanted = LETTERS[case]
    assert named(text) == wanted


GRANTED = {
    "a name with a common noun in the genitive": (
        "Kulturnämnden\n\nKulturnämnden beslutar\n\natt   bevilja Höga kustens spelmanslag 8 000 kr.\n",
        "Höga kustens spelmanslag",
    ),
    "a commission": (
        "Kulturnämnden\n\nKulturnämnden beslutar\n\natt   ge Stiftelsen Granens Kvarn ett uppdrag i år.\n",
        "Stiftelsen Granens Kvarn",
    ),
}


@pytest.mark.parametrize("case", GRANTED)
def test_granted(case: str) -> None:
    text, name = GRANTED[case]
    assert {one for role, one, _ in named(text) if role == "counterparty"} == {name}


PEOPLE = {
    "whom an invoice refers to": (
        "FAKTURA\n\nVår referens  Alva Lindh\nEr ref: 4410 Ola Berg\n",
        {"Alva Lindh", "Ola Berg"},
    ),
    "care of": ("Granens Skoterklubb\nc/o Alva Lindh\nEkvägen 3\n912 30 Granby\n", {"Alva Lindh"}),
    "a firm below the reference": (
        "Er ref: Alva Lindh\n\nGranviks Trygghetslarm AB\nEkvägen 3\n912 30 Granby\n",
        {"Alva Lindh"},
    ),
    "a body with half a compound": ("Beslut\n\nMottagare: Norrby Skid- och Frisksport\n", set()),
    "what was done, over a rule": (
        "Arbetet\n\n__________________\nSlåtter Ekebergs ängar   22 tim   5 830:-\n",
        set(),
    ),
    "who has a row in a table of grants": (
        "Beslut\n\nMottagare\tKommun\tStöd\nBarens Sångring\tEkstad\t110 000\nLövens Kör\tEkstad\t90 000\n",
        set(),
    ),
}


@pytest.mark.parametrize("case", PEOPLE)
def test_people(case: str) -> None:
    text, wanted = PEOPLE[case]
    found = [f.value for f in persons.find(material(reading(text)))]
    assert {one.name for one in found if isinstance(one, Person)} == wanted


LISTED = {
    "sought and granted below each name": (
        "Ekstads kommun\nKulturnämnden\n\nBeslut\n\n1. Stöd beviljas enligt nedan.\n\n"
        "2. Ansökan från Lövens Kaffeklubb avslås.\n\n"
        "   Granens Skidklubb, org.nr 802467-1235\n        Sökt 40 000 kr      Beviljat 25 000 kr\n"
        "   Lövens Teaterförening\n        Sökt 15 000 kr      Beviljat 10 000 kr\n\n"
        "   Lövens Kaffeklubb, org.nr 802481-0001\n        Sökt 28 000 kr       Avslag\n",
        {"Granens Skidklubb", "Lövens Teaterförening"},
    ),
    "sums of two figures, in thousands": (
        "Ekstads kommun\nKulturnämnden\n\nBeslut\n\nStöd 2018 beviljas.\n\nBelopp i tkr\n\n"
        "Mottagare\tKommun\tStöd 2018\nLövens Kör\tEkstad\t110\nStiftelsen Granens Kvarn\tEkby\t75\n"
        "Summa\t\t185\n",
        {"Lövens Kör", "Stiftelsen Granens Kvarn"},
    ),
    "nothing is granted": (
        "Ekstads kommun\nKulturnämnden\n\nBeslut\n\nBidrag beviljas enligt nedan.\n\n"
        "Granens Skidklubb\nSökt: 4 000 kr\nBeviljat: 0\n\nLövens Kör\nSökt: 9 000 kr\nBeviljat: 5 000 kr\n",
        {"Lövens Kör"},
    ),
}


@pytest.mark.parametrize("case", LISTED)
def test_listed(case: str) -> None:
    text, wanted = LISTED[case]
    assert {one for role, one, _ in named(text) if role == "counterparty"} == wanted


def test_a_body_below_its_signer() -> None:
    text = (
        "Underskrifter\n\n......................\nAlva Lindh\nsocialchef\nEkstads kommun\n\n"
        "......................\nOla Berg\npastor\nGranens församling\n"
    )
    found = [f.value for f in persons.find(material(reading(text)))]
    bodies = {one.name: one.organisation for one in found if isinstance(one, Person)}
    assert bodies == {"Alva Lindh": "Ekstads kommun", "Ola Berg": "Granens församling"}
