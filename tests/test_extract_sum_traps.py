"""Sums that look as if they were granted and aren't: small papers read as a whole."""

import pytest
from factories import reading

from pipeline.extract.amounts import find
from pipeline.extract.nlp import material
from pipeline.model import Amount


def funding(text: str) -> list[tuple[str, int | None, str]]:
    return [
        (str(v.sek), v.year, v.frequency)
        for v in (f.value for f in find(material(reading(*text.split("\f")))))
        if isinstance(v, Amount) and v.kind == "funding"
    ]


def everything(text: str) -> list[str]:
    found = (f.value for f in find(material(reading(*text.split("\f")))))
    return [str(v.sek) for v in found if isinstance(v, Amount)]


AGREED = (
    "Överenskommelse om dagverksamhet\n\nParter\n\nAskeby kommun och Föreningen Lyktan har träffat denna "
    "överenskommelse.\n\nErsättning\n\n"
)
PIECES = {
    "Ersättning utgår med 410 kr per vårddygn.": [],
    "Ersättningen per deltagare och dag är 310 kr.": [],
    "Kommunen betalar 1 200 kr per år och plats.": [],
    "Kommunen betalar 625 kronor/timme.": [],
    "Priset per tvättad duk uppgår till 45 kr.": [],
    "Kommunen ersätter föreningen med 7 500 kr för varje påbörjad etapp.": [],
    "Kommunen betalar 90 000 kr för varje år som avtalet gäller.": [("90000", None, "year")],
    "Kommunen lämnar bidrag med 20 000 kr per läsår.": [("20000", None, "year")],
    "Kommunen betalar 2 500 kr per postgiro.": [("2500", None, "")],
    "Kommunen betalar 12 000 kr/kvartal.": [("12000", None, "")],
}


@pytest.mark.parametrize("clause", PIECES)
def test_the_price_of_a_piece_is_no_grant(clause: str) -> None:
    assert funding(AGREED + clause + "\n") == PIECES[clause]


ORE = {
    "Moms 25 %   3.367:50": ["3367.50"],
    "Summa 16 837:50": ["16837.50"],
    "Porto 12:50 kr": ["12.50"],
    "Mötet slutar 18:30": [],
    "Lagen 1998:12 och protokoll 2014:55": [],
    "Bidrag med 96 000\n      kronor beviljas": ["96000"],
}


@pytest.mark.parametrize("written", ORE)
def test_ore_after_a_colon_and_a_unit_on_the_next_line(written: str) -> None:
    assert everything(written + "\n") == ORE[written]
