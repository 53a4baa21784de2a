"""Decision points that no heading opens: form rows, lists below who decides and how, single sentences."""

import pytest
from factories import reading

from pipeline.extract import decisions
from pipeline.extract.nlp import material
from pipeline.model import Decision

FOUND = {
    "how they voted stands between": (
        "PROTOKOLL\nNämnden för Södra Torp\n\n§ 14\n\nStöd till Orrvikens Roddare\n\nRoddarna har bett om en "
        "brygga.\n\nNämnden beslutar efter sluten omröstning och tre jäviga\n\n\n"
        "att   skänka bryggan till Orrvikens Roddare\n\natt   kostnaden bokförs på hamnen\n\n\n"
        "Vid protokollet\n\nEva Ek\n",
        ["att skänka bryggan till Orrvikens Roddare", "att kostnaden bokförs på hamnen"],
    ),
    "the day and the paragraph stand between": (
        "BESLUT\n1994-02-03\n\nHamnstöd\n\nHamnnämnden har vid sitt möte 1994-02-01, § 7, beslutat\n\n"
        "att   ge Orrvikens Roddare 4.000 kronor,\n\natt   pengarna betalas i mars.\n\n\nEva Ek\n",
        ["att ge Orrvikens Roddare 4.000 kronor,", "att pengarna betalas i mars."],
    ),
    "what is decided now, not what was": (
        "PROTOKOLL\n\nOm en brygga\n\nSkolnämnden beslutade 1991-04-02, § 3,\natt bygga en brygga.\n\n"
        "Skolnämnden beslutar i dag\natt riva bryggan,\natt sälja virket.\n",
        ["att riva bryggan,", "att sälja virket."],
    ),
    "beside its label": (
        "DELEGATIONSBESLUT          Nr 4\n\nÄrende          Bidrag till brygga\n\n"
        "Beslut          Orrvikens Roddare beviljas 4 000 kr för en\n"
        "                brygga under sommaren 2013.\n\n"
        "                Bryggan ska vara klar 2013-06-01.\n\n"
        "Motivering      Roddarna ror mycket. De har en gammal brygga.\n",
        [
            "Orrvikens Roddare beviljas 4 000 kr för en brygga under sommaren 2013.",
            "Bryggan ska vara klar 2013-06-01.",
        ],
    ),
    "beside its label, below a heading": (
        "Delegationsbeslut\n\nÄrende\tBidrag till brygga\nBeslut\tOrrvikens Roddare beviljas 4 000 kr.\n"
        "Skäl\tRoddarna ror mycket.\n",
        ["Orrvikens Roddare beviljas 4 000 kr."],
    ),
    "a board's one sentence": (
        "BESLUT OM HAMNSTÖD\n\nTekniska nämnden beviljar Orrvikens Roddare, org nr 802000-1111, stöd med "
        "4 000 kr\nför en brygga.\n\nPengarna betalas i mars.\n\n\nEva Ek\nhamnmästare\n",
        ["Tekniska nämnden beviljar Orrvikens Roddare, org nr 802000-1111, stöd med 4 000 kr för en brygga."],
    ),
    "who gets it is the subject": (
        "DELEGATIONSBESLUT\n2013-02-03\n\nStöd till brygga\n\nFöreningen Orrvikens Roddare beviljas 4 000 kr "
        "till en brygga.\n\nFöreningar som beviljas mer än 3 000 kr ska visa upp kvitton.\n",
        ["Föreningen Orrvikens Roddare beviljas 4 000 kr till en brygga."],
    ),
    "numbers without a stop": (
        "Förslag till beslut\n\n1  Avtal med Orrvikens Roddare godkänns för\n   tiden 2013-2015.\n\n"
        "2  Hamnmästaren får i uppdrag att skriva under avtalet.\n\nBakgrund\n\nText.\n",
        [
            "Avtal med Orrvikens Roddare godkänns för tiden 2013-2015.",
            "Hamnmästaren får i uppdrag att skriva under avtalet.",
        ],
    ),
    "figures in front of a line that goes on": (
        "Beslut\n\n1  Roddarna får nästa sommar låna ut högst sammanlagt\n12  båtar i juni.\n"
        "2  Båtarna lämnas tillbaka.\n",
        ["Roddarna får nästa sommar låna ut högst sammanlagt 12 båtar i juni.", "Båtarna lämnas tillbaka."],
    ),
}

NONE = {
    "what another decided": (
        "TJÄNSTESKRIVELSE\n\nBryggan\n\nSynpunkter lämnas senast i mars.\n\nBeslutsunderlag\n\nHamnnämnden "
        "beslutade 1991-04-02\natt bygga en brygga.\n"
    ),
    "a day beside the label": "Orrvikens kommun\nBeslut          2013-06-01\n                Dnr HN 2013-4\n",
    "who is granted something in general": (
        "DELEGATIONSBESLUT\n\nStöd till bryggor\n\nOm en förening beviljas 4 000 kr eller mer ska den visa "
        "kvitton.\n\nDen som har beviljats stöd 2012 får inte söka igen.\n"
    ),
    "the same sentence in a letter": (
        "Hej!\n\nHamnnämnden beviljar bara stöd på 4 000 kr till bryggor.\n\nMed vänlig hälsning\n\nEva Ek\n"
    ),
}


def texts(text: str) -> list[str]:
    values = [f.value for f in decisions.find(material(reading(*text.split("\f"))))]
    return [v.text for v in values if isinstance(v, Decision)]


@pytest.mark.parametrize("form", FOUND)
def test_points_without_a_heading(form: str) -> None:
    text, expected = FOUND[form]
    assert texts(text) == expected


@pytest.mark.parametrize("form", NONE)
def test_what_only_looks_like_one(form: str) -> None:
    assert texts(NONE[form]) == []


def test_each_matter_has_points_of_its_own() -> None:
    text = (
        "PROTOKOLL\nHamnnämnden\n\n§ 3\n\nBrygga\n\nBeslut\n\nHamnnämnden beslutar\n\natt bygga en brygga.\n"
        "\n§ 4\n\nBåtar\n\nHamnnämnden beslutar på förslag av hamnmästaren\n\natt köpa tre båtar,\n\n"
        "att måla dem röda.\n\nJusteras\n\nEva Ek\n"
    )
    values = [f.value for f in decisions.find(material(reading(text)))]
    points = [(v.section, v.text) for v in values if isinstance(v, Decision)]
    assert points == [
        ("§ 3", "att bygga en brygga."),
        ("§ 4", "att köpa tre båtar,"),
        ("§ 4", "att måla dem röda."),
    ]
