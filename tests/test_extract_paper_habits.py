"""Habits of municipal paper that headings and blanks alone don't tell: small papers read as a whole."""

import pytest
from factories import reading

from pipeline.extract import decisions
from pipeline.extract.naming import PERSON
from pipeline.extract.nlp import material
from pipeline.model import Decision

DECIDED_UNDER_A_BODY = {
    "att with a wide gap, under the body that decides": (
        "Tekniska nämndens beredning har hört byalaget.\n\n\nMiljö- och tekniska nämnden beslutar\n\n"
        "att    bevilja Sjöbo Roddarlag 18.000:- till en ny brygga,\n\n"
        "att    bryggan skall vara på plats senast den\n       1 juni, samt\n\n"
        "att    roddarlaget svarar för tillsynen.\n\n\nUtdrag till: Sjöbo Roddarlag\n"
        "             Ekonomienheten\n",
        [
            ("decided", "att bevilja Sjöbo Roddarlag 18.000:- till en ny brygga,"),
            ("decided", "att bryggan skall vara på plats senast den 1 juni, samt"),
            ("decided", "att roddarlaget svarar för tillsynen."),
        ],
    ),
    "indented paragraphs that end where the indentation ends": (
        "Hembygdsbidrag\n\nArbetsutskottet har den 4 maj behandlat ansökan.\n\nUtskottet beslöt följande:\n\n"
        "    Rävlanda Spelmanslag får ett bidrag med 12 000 kr.\n\n"
        "    Bidraget betalas ut i juni.\n\n"
        "Spelmanslaget har funnits sedan 1952 och hade i fjol\n41 medlemmar. Grannkommunen ger 9 000 kr.\n",
        [
            ("decided", "Rävlanda Spelmanslag får ett bidrag med 12 000 kr."),
            ("decided", "Bidraget betalas ut i juni."),
        ],
    ),
    "what a committee proposes": (
        "Fritidsutskottet föreslår att kommunstyrelsen beslutar följande\n\n"
        "1. Avtalet med Norra Skidlaget förlängs ett år.\n2. Hyran är oförändrad.\n",
        [
            ("proposed", "Avtalet med Norra Skidlaget förlängs ett år."),
            ("proposed", "Hyran är oförändrad."),
        ],
    ),
    "a point that begins with the word of a heading": (
        "Beslut\n1.  Ansökan beviljas.\n\n2.  Ersättningen belastar kulturkontorets anslag för evenemang\n"
        "    och jubileer år 2014.\n\nProtokollsutdrag till\nKulturkontoret\nEkonomiassistenten\n",
        [
            ("decided", "Ansökan beviljas."),
            ("decided", "Ersättningen belastar kulturkontorets anslag för evenemang och jubileer år 2014."),
        ],
    ),
}


@pytest.mark.parametrize("name", DECIDED_UNDER_A_BODY)
def test_points_under_a_line_that_only_says_who_decides(name: str) -> None:
    text, wanted = DECIDED_UNDER_A_BODY[name]
    values = [f.value for f in decisions.find(material(reading(text)))]
    assert [(v.status, v.text) for v in values if isinstance(v, Decision)] == wanted


TOPICS = {
    "a sentence that goes on": ("Bakgrund\n\nDet var detta nämnden beslutade\nom i våras.\n", ["background"]),
    "offices that get a copy": (
        "Beslut\n\nAnsökan avslås.\n\nProtokollsutdrag till\nEkonomikontoret\nBidragshandläggaren\n",
        ["decision", "distribution"],
    ),
    "a heading, though an office bears the word": ("Ekonomi\n\nHyran är 300 kr.\n", ["economy"]),
    "under its own heading a body opens nothing": (
        "Förslag till beslut\n\nNämnden beslutar\n\natt avslå ansökan.\n",
        ["proposal"],
    ),
}


@pytest.mark.parametrize("name", TOPICS)
def test_lines_that_are_headings_and_lines_that_are_not(name: str) -> None:
    text, wanted = TOPICS[name]
    assert [s.topic for s in material(reading(text)).outline.sections if s.heading] == wanted


def test_names_side_by_side_are_two() -> None:
    text = "Hälsningar\n\n\nKersti Ahlmark               Börje Lund Öst\nordförande                   kassör\n"
    assert [m.group() for m in PERSON.finditer(text)] == ["Kersti Ahlmark", "Börje Lund Öst"]


def test_a_name_over_the_end_of_a_line_is_one() -> None:
    assert [m.group() for m in PERSON.finditer("handläggs av Kersti \n   Ahlmark på")] == [
        "Kersti \n   Ahlmark"
    ]
