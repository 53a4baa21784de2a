"""Sums that look as if they were granted and aren't: small papers read as a whole."""

import pytest
from factories import reading

from pipeline.extract import extract
from pipeline.extract.amounts import find
from pipeline.extract.nlp import material
from pipeline.model import Amount
from pipeline.resolve import resolve
from pipeline.settings import Extraction


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


DECIDED = """Askeby kommun                         Tjänsteskrivelse

Bidrag till Byalaget Stjärnan

Förslag till beslut

Kommunstyrelsen beslutar att bevilja Byalaget Stjärnan 80 000 kr för 2021.

Ekonomi

{}
"""
ASIDES = {
    "Kontot för bygdepengar har ett anslag på 900 tkr, varav 300 tkr är utbetalt.": [],
    "Medel finns i byapotten, som uppgår till 600 000 kr.": [],
    "Skillnaden mot ansökan uppgår till 45 000 kr.": [],
    "Resten finansieras genom grannbyarna, 50 000 kr, och en bössa, 5 000 kr.": [],
    "Bidraget för 2020 är 70 000 kr.": [],
    "Bidraget betalas med 60 000 kr i mars och 20 000 kr i maj.": [("60000", None, ""), ("20000", None, "")],
    "Bidraget på 85 000 kr ryms inom ramen.": [("85000", None, "")],  # contradicts, and is flagged as such
}


@pytest.mark.parametrize("said", ASIDES)
def test_what_stands_beside_a_decision_is_granted_only_where_it_is_tied_to_it(said: str) -> None:
    assert funding(DECIDED.format(said)) == [("80000", 2021, ""), *ASIDES[said]]


YEARS = """Askeby kommun
Kulturnämnden                         Beslut

Nämnden beslutar att fördela stöd för 2019 enligt tabellen, sammanlagt 75 000 kr.

Mottagare             Stöd 2018     Stöd 2019
Teater Valvet            30 000        35 000
Vävstugan Inslaget       41 000        40 000
Summa                    71 000        75 000
"""


def test_a_column_of_the_year_before_the_decided_one_is_there_to_compare_with() -> None:
    wanted = {("75000", 2019, ""), ("35000", 2019, ""), ("40000", 2019, "")}
    assert set(funding(YEARS)) == wanted
    assert set(funding(YEARS.replace(", sammanlagt 75 000 kr", ""))) == wanted


FINANCED = DECIDED.format(
    "Finansiering              Belopp 2021 (kr)\nAskeby kommun                   80 000\n"
    "Leaderområdet                  120 000\nEget arbete                     40 000\n"
    "Summa                          240 000"
)


def test_a_table_of_who_pays_what_grants_no_more_than_the_decision() -> None:
    assert set(funding(FINANCED)) == {("80000", 2021, "")}


LISTED = """Askeby kommun
Fritidsnämnden                        Beslut

Fritidsnämnden fördelar bidrag enligt nedan, sammanlagt 91 000 kr.

Idrott

   Askeby Bordtennissällskap, org.nr 802467-1235
        Sökt 50 000 kr      Beviljat 40 000 kr
   Pistolskyttarna i Askeby med omnejd, org.nr 802400-1234
        Sökt 60 000 kr      Beviljat 51 000 kr
"""


def test_a_cell_that_begins_with_what_it_is_needs_no_heading() -> None:
    assert {sek for sek, _, _ in funding(LISTED)} == {"91000", "40000", "51000"}


COUNTS = """Överenskommelse om samverkan

Parter

Askeby kommun och Berga kommun har träffat denna överenskommelse.

Kostnader

Kostnaden fördelas enligt följande. Belopp i tkr.

Kommun        Invånare     Andel i %     Avgift 2021
Askeby          12 400          62,0             620
Berga            7 600          38,0             380
Summa           20 000         100,0           1 000
"""


def test_a_stated_unit_makes_no_sums_of_what_is_counted() -> None:
    assert everything(COUNTS) == ["620000", "380000", "1000000"]


REPORT = """Verksamhetsrapport 2020

Måluppfyllelse

Mål                        Utfall
Minst 40 träffar               52
Fyra utflykter                  3

Ekonomi

Belopp i kr               Budget 2020      Utfall 2020
Löner                         120 000          118 500
Hyra                           36 000           36 000
"""


def test_the_unit_of_a_table_is_not_that_of_the_one_before_it() -> None:
    assert set(everything(REPORT)) == {"120000", "118500", "36000"}


SPLIT = AGREED + (
    "Kommunens bidrag är 90 000 kr per år.\n\nBidraget används så här (kr per år)\n\n"
    "     Lön                 70 000\n     Material            20 000\n"
)


def test_rows_without_headings_that_come_to_the_grant_are_its_parts() -> None:
    assert funding(SPLIT) == [(sek, None, "year") for sek in ("90000", "70000", "20000")]


NOTHING = {
    "Påminnelse om redovisning": "Nämnden gav er förening ett bidrag. Av bidraget har 40 000 kr betalats ut.",
    "Beslut": "Nämnden beslutade 2019 att bevilja er 40 000 kr.\nNämnden beslutar att återkräva 12 000 kr.",
}


@pytest.mark.parametrize("title", NOTHING)
def test_reminders_and_claims_commit_nothing(title: str) -> None:
    assert funding(f"Askeby kommun\nFritidsnämnden\n\n{title}\n\n{NOTHING[title]}\n") == []


FIELDS = "Ansökan\n\nPeriod: 2017\nSökt belopp: 30 tkr\n\nKostnader\nBelopp (kr)\nHyra\n19 000\nMat\n11 000\n"


def test_a_field_heads_no_column() -> None:
    assert everything(FIELDS) == ["30000", "19000", "11000"]


WORDED = """Askeby kommun
Fritidsnämnden                        Beslut

Fritidsnämnden har beslutat om följande bidrag för 2020.

Förening              Antal medlemmar   Grundbidrag   Aktivitetsbidrag     Totalt
Askeby Gymnaster                  210         5 000             21 400     26 400
Berga Byalag                       85         5 000              8 600     13 600
Summa                             295        10 000             30 000     40 000
"""


def test_grants_of_several_kinds_beside_each_other_add_up_once() -> None:
    assert {sek for sek, _, _ in funding(WORDED)} == {
        "5000", "21400", "26400", "8600", "13600", "10000", "30000", "40000",
    }  # fmt: skip
    assert resolve(extract(reading(WORDED), Extraction()))[1].value("amount_total_sek") == "40000"


SHARED = """Överenskommelse om kvinnojour

Parter

Arboga kommun, org.nr 212000-2122, och Föreningen Jourlyktan har träffat denna överenskommelse.

Avtalstid

2021-01-01 – 2022-12-31

Finansiering

Kostnaden delas enligt nedan.

Finansiär               2021        2022
{}               400 000     420 000
Jourlyktan            90 000      90 000
Köpings kommun       100 000     100 000
Summa                590 000     610 000
"""


@pytest.mark.parametrize("own", ["Arboga kommun", "Kommunen"])
def test_of_a_table_of_payers_the_row_of_the_public_party_is_what_it_commits(own: str) -> None:
    text = SHARED.format(own)
    assert funding(text) == [("400000", 2021, ""), ("420000", 2022, "")]
    assert resolve(extract(reading(text), Extraction()))[1].value("amount_total_sek") == "820000"


SOUGHT = {
    "Nämnden beslutar bevilja Jouren 1,50 kr per invånare, totalt 15 200 kr. Jouren ansöker om 2,50 kr per "
    "invånare, totalt 25 300 kr.": [("15200", None, "")],
    "Nämnden beslutar bevilja Jouren hälften av det sökta beloppet, 15 000 kr.": [("15000", None, "")],
    "Nämnden beslutar att ta ut en byggsanktionsavgift om 22 750 kr av Korgen AB.": [],
}


@pytest.mark.parametrize("said", SOUGHT)
def test_what_is_sought_or_charged_is_no_grant(said: str) -> None:
    assert funding(f"Askeby kommun\nNämnden för omsorg\n\nBeslut\n\n{said}\n") == SOUGHT[said]


EARLIER = "Kommunen lämnar ett driftbidrag om 90 000 kr. Kommunen har 2009 lämnat ett bidrag om 400 000 kr."


def test_what_was_paid_before_is_no_grant_though_the_public_party_paid_it() -> None:
    assert funding(AGREED + EARLIER + "\n") == [("90000", None, "")]


FORM = "Askeby kommun\n\nBIDRAGSBESLUT\n\nSökt belopp            88 000\nBeviljat belopp        60 000\n"


def test_labels_of_a_form_are_headings_of_their_sums() -> None:
    assert everything(FORM) == ["88000", "60000"]
    assert funding(FORM) == [("60000", None, "")]


LIST = """Askeby kommun
Kulturnämnden

Beslut om stöd

Kulturnämnden beviljar följande stöd för 2012:

- Studieringen Björken: 45 000 kr (sökt 60 000 kr)
- Vuxna lär, avdelning Väst: 32 500 kr (sökt 40 000 kr)
- Bildningsloftet: 18 000 kr (sökt 18 000 kr)

Summa 95 500 kr
"""


def test_what_brackets_say_was_sought_says_nothing_of_the_next_grant() -> None:
    assert {sek for sek, _, _ in funding(LIST)} == {"45000", "32500", "18000", "95500"}


FLAT = """ASKEBY KOMMUN BESLUT
Fritidsnamnden 1998-04-02

Fritidsnamnden beviljar foljande foreningar bidrag for 1998.

FORENING ORG NR BELOPP 1998
Askeby Simsallskap 802467-1235 12.500
Berga Sagverksmuseum 802400 -1234 4.000
Stenbro Schackklubb 802400-1242 31.000
SUMMA 47.500
"""


def test_a_table_that_has_run_together_may_part_thousands_by_points() -> None:
    assert {sek for sek, _, _ in funding(FLAT)} == {"12500", "4000", "31000", "47500"}


PARTS_OF_YEARS = {"kvartal": "432000", "halvår": "216000", "tertial": "324000", "säsong": "", "termin": ""}


@pytest.mark.parametrize("part", PARTS_OF_YEARS)
def test_what_is_paid_for_each_part_of_a_year_is_no_total(part: str) -> None:
    rent = (
        f"Kommunen betalar en ersättning om 36 000 kr per {part}.\n\nAvtalstid\n\n2021-01-01 – 2023-12-31\n"
    )
    assert (
        resolve(extract(reading(AGREED + rent), Extraction()))[1].value("amount_total_sek")
        == PARTS_OF_YEARS[part]
    )


MINUTES = """Askeby kommun
Socialnämnden                      PROTOKOLL           2013-05-14

§ 44 Bidrag till jouren 2013

Förvaltningens förslag till beslut

Jouren beviljas 65 000 kr för 2013.

Socialnämndens beslut

Jouren beviljas 70 000 kr för 2013.
"""


def test_what_is_decided_outweighs_what_was_proposed() -> None:
    assert resolve(extract(reading(MINUTES), Extraction()))[1].value("amount_total_sek") == "70000"


def test_what_a_piece_gives_is_a_price() -> None:
    text = (
        "Delegationsbeslut\n\nBeslut\n\nNorra Kören beviljas 8 000 kronor för 2011.\n\nUnderlag\n\n"
        "En träff ger 9,50 kr. Varje sångare berättigar till 40 kr.\n"
    )
    assert funding(text) == [("8000", 2011, "")]


@pytest.mark.parametrize(
    ("decision", "rents"),
    [
        ("bevilja Norra Kören ett bidrag på 80 000 kronor", 0),
        ("höja hyran för Norra Kören till 70 000 kronor", 1),
    ],
)
def test_a_rent_is_the_grant_only_where_the_decision_is_about_one(decision: str, rents: int) -> None:
    text = (
        f"Tjänsteskrivelse\n\nFörslag till beslut\n\natt {decision} för 2011.\n\nBakgrund\n\n"
        "Kören har lokal i centrum. Hyran uppgår nu till 3 100 kronor per månad.\n"
    )
    assert sum(sek == "3100" for sek, _, _ in funding(text)) == rents


def test_what_became_of_an_aim_that_counts_is_no_sum() -> None:
    text = (
        "Verksamhetsrapport\n\nResultat\n\n    Mål                   Utfall\n    200 sångare           412\n"
        "    30 ton kläder         41 ton\n\nEkonomi (kronor)\n\n    Bidrag                 80 000\n"
        "    Hyra                   61 000\n"
    )
    assert everything(text) == ["80000", "61000"]
