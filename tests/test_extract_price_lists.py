"""Lists of prices, lists without headings, pots and what is left of them, tables of who pays what."""

import pytest
from factories import reading

from pipeline.extract import extract
from pipeline.extract.amounts import find
from pipeline.extract.nlp import material
from pipeline.model import Amount
from pipeline.resolve import resolve
from pipeline.settings import Extraction


def sums(text: str, kind: str) -> list[tuple[str, int | None]]:
    found = (f.value for f in find(material(reading(text))))
    return [(str(v.sek), v.year) for v in found if isinstance(v, Amount) and v.kind == kind]


def total(text: str) -> str:
    record = resolve(extract(reading(text), Extraction()))[1]
    return record.value("amount_total_sek")


AGREED = (
    "Avtal om stödboende\n\nParter\n\nTallbo kommun, 212000-0787, och Stiftelsen Grinden, 802004-1121, har "
    "träffat följande avtal.\n\nAvtalstid\n\nAvtalet gäller 2021-01-01–2022-12-31.\n\n"
)
DECIDED = "Tallbo kommun\nFritidsnämnden\nBESLUT\n2021-03-02\n\nBidrag 2021\n\nBeslut\n"

PRICE_LISTS = {
    "6  Priser\n\nPos   Insats                    Pris exkl. moms\n\n"
    "1     Samtal, per deltagare           7 400 kr\n2     Praktik, per vecka              2 600 kr\n",
    "Ersättning\n\nBoende, ungdom .............. 1 350\nBoende, vuxen ...............  1 720\n"
    "Priserna är angivna i kronor per dygn.\n",
    "Ersättning\n\nInsats\tBelopp kr\tEnhet\nFamiljesamtal\t1 210\ttimme\nBoende\t2 480\tdygn\n",
    "Ersättning\n\nInsats\tKr/dygn\nNattplats\t1 210\nDagplats\t2 480\n",
}


@pytest.mark.parametrize("rest", sorted(PRICE_LISTS))
def test_a_price_list_commits_nothing(rest: str) -> None:
    text = AGREED + rest + "\nUppsägning\n\nAvtalet kan sägas upp."
    assert sums(text, "funding") == []
    assert len(sums(text, "other")) == 2
    assert total(text) == ""


def test_a_table_of_yearly_sums_is_no_price_list() -> None:
    text = AGREED + "Ersättning\n\nInsats\tKr per år\nNattplats\t210 000\nDagplats\t480 000\n"
    assert [sek for sek, _ in sums(text, "funding")] == ["210000", "480000"]
    person = DECIDED + "Mottagare\tBeviljat 2021, kr\nPer Lindmans minne\t4 500\nKasper & Eks scen\t6 500\n"
    assert sums(person, "funding") == [("4500", 2021), ("6500", 2021)]


LEADERS = {
    "dots and two blanks": "Mölle Fältklubb ............  12 600\nBrobo Gille ................  23 400\n",
    "dots that touch": "Mölle Fältklubb ............12 600\nBrobo Gille ................23 400\n",
    "dots apart": "Mölle Fältklubb . . . . . . . 12 600\nBrobo Gille . . . . . . . . . 23 400\n",
    "ellipses": "Mölle Fältklubb ………… 12 600\nBrobo Gille ……………… 23 400\n",
}


@pytest.mark.parametrize("rows", sorted(LEADERS.values()), ids=sorted(LEADERS, key=LEADERS.__getitem__))
def test_dots_lead_to_the_figure_of_a_row(rows: str) -> None:
    text = DECIDED + "Förening                     Beviljat 2021, kr\n" + rows
    assert sums(text, "funding") == [("12600", 2021), ("23400", 2021)]


LISTED = "Nämnden beslutar att bidrag utgår enligt följande:\n\n"
ROWS = (
    "Ekens Vänner               12 000\nLindens Vänner              8 500\nAlens Vänner               4 500\n"
)


def test_a_list_without_heading_is_of_money_where_it_adds_up() -> None:
    whole = DECIDED + LISTED + ROWS + "                             25 000\n"
    assert [sek for sek, _ in sums(whole, "funding")] == ["12000", "8500", "4500", "25000"]
    assert total(whole) == "25000"
    assert sums(DECIDED + LISTED + ROWS + "                             26 000\n", "funding") == []


@pytest.mark.parametrize("unit", ["(tkr)", "tkr", "Belopp i tkr"])
def test_a_unit_alone_below_a_table_is_that_of_its_sums(unit: str) -> None:
    text = DECIDED + "Förening\tBeviljat 2021\nEkens Vänner\t1 200\nLindens Vänner\t350\n" + unit + "\n"
    assert sums(text, "funding") == [("1200000", 2021), ("350000", 2021)]


LEFT_OVER = {
    "Totalt fördelas 40 000 kr av 55 000 kr.": ["40000"],
    "Föreningen Eken beviljas 40 000 kr. Resterande 15 000 kr fördelas i höst.": ["40000"],
    "Föreningen Eken beviljas 40 000 kr. Outnyttjade medel, 15 000 kr, överförs till nästa år.": ["40000"],
    "Föreningen Eken beviljas 40 000 kr, varav resterande 15 000 kr betalas i höst.": ["40000", "15000"],
    "Nämnden beslutar att bifalla ansökan om bidrag till läger med 15 000 kr.": ["15000"],
}


@pytest.mark.parametrize(("said", "expected"), LEFT_OVER.items())
def test_a_pot_and_what_is_left_of_it_are_not_granted(said: str, expected: list[str]) -> None:
    assert [sek for sek, _ in sums(DECIDED + said, "funding")] == expected


def test_each_sum_of_a_list_of_beviljat_is_granted_though_the_one_above_was_refused() -> None:
    text = DECIDED + (
        "Nämnden fördelar stöd så här:\n\nEkens Vänner\n  Sökt: 60 000 kr\n  Beviljat: Avslag\n"
        "Lindens Vänner\n  Sökt: 40 000 kr\n  Beviljat: 28 500 kr\n"
    )
    assert [sek for sek, _ in sums(text, "funding")] == ["28500"]


def test_in_a_table_of_who_pays_only_the_own_row_is_committed() -> None:
    text = AGREED + (
        "Finansiering, belopp i tkr\n\n|  | 2021 | 2022 |\n| Tallbo kommun | 450 | 460 |\n"
        "| Region Skogsbygden | 200 | 210 |\n| Stiftelsen, eget | 120 | 125 |\n| Totalt | 770 | 795 |\n"
    )
    assert sums(text, "funding") == [("450000", 2021), ("460000", 2022)]
    assert total(text) == "910000"


TOTALS = {
    "Kommunen betalar ett årligt bidrag om 340 000 kr. Bidraget betalas med 85 000 kr per kvartal.": "680000",
    "Kommunen betalar\n2021 (halvår): 150 000 kr\n2022: 310 000 kr\n": "460000",
    "Kommunen betalar 900 000 kr för 2021. Därefter betalar kommunen 365 000 kr per år.": "",
    "Kommunen betalar 80 000 kr per år. För 2021 betalar kommunen 40 000 kr i förskott.": "160000",
}


@pytest.mark.parametrize(("said", "expected"), TOTALS.items())
def test_the_total_of_parts_of_years_and_years(said: str, expected: str) -> None:
    assert total(AGREED + "Ersättning\n\n" + said) == expected


TWO_BLANKS = """Nr  Förening                Träffar  Deltagare  Bidrag
1   Ekens Vänner                412      6 180  43 260
2   Lindens Vänner               96      1 152   8 064
3   Alens Vänner                230      2 530  17 710
"""


def test_two_blanks_part_figures_that_have_their_thousands_parted() -> None:
    assert [sek for sek, _ in sums(DECIDED + TWO_BLANKS, "funding")] == ["43260", "8064", "17710"]


def test_what_was_proposed_is_not_granted_where_a_column_tells_what_was_decided() -> None:
    text = DECIDED + (
        "Organisation\tAnsökan\tUtskottets förslag\tNämndens beslut\n"
        "Ekens Vänner\t55 000\t40 000\t45 000\nLindens Vänner\t38 000\t31 000\t30 000\n"
    )
    assert [sek for sek, _ in sums(text, "funding")] == ["45000", "30000"]


def test_the_year_in_the_line_that_leads_to_a_list_is_that_of_its_sums() -> None:
    text = (
        DECIDED + "att anslå följande belopp för 2021 (tkr)\n\nEken             120\nLinden            95,5\n"
    )
    assert sums(text, "funding") == [("120000", 2021), ("95500", 2021)]


def test_the_columns_of_the_years_of_an_agreement_hold_sums() -> None:
    text = AGREED + (
        "Resurser\n\nPart\tÅr 1\tÅr 2\tTotalt\nKommunen\t400 000\t400 000\t800 000\n"
        "Föreningen\t100 000\t120 000\t220 000\n\nSamtliga belopp i kronor.\n"
    )
    assert [sek for sek, _ in sums(text, "funding")] == ["400000", "800000"]
    assert total(text) == "800000"


MORE = {
    "Ersättningen för 2021 höjs med 75 000 kr, från 600 000 kr till 675 000 kr.": ["675000"],
    "4.1 Fast ersättning: 90 000 kr\n4.2 Avdrag vid vakans: 1 500 kr/dag": ["90000"],
    "Priser\n\nTimpris dagtid 720 kr\nUteblivet besök 300 kr\nKommunen betalar 80 000 kr.": ["80000"],
    "Kommunen betalar 400 000 kr under förutsättning att Krusbärsrådet beviljar 900 000 kr.": ["400000"],
    "Startavgiften är 5 500 kr per ärende.": [],
}


@pytest.mark.parametrize(("said", "expected"), MORE.items())
def test_what_stands_beside_a_sum_in_an_agreement(said: str, expected: list[str]) -> None:
    assert [sek for sek, _ in sums(AGREED + "Ersättning\n\n" + said, "funding")] == expected


def test_one_grant_of_a_year_is_not_the_total_of_several() -> None:
    said = (
        "Nämnden beviljar Eken bidrag på 90 tkr, lokalbidrag på 48 tkr samt projektbidrag på 37 tkr för 2021."
    )
    assert total(DECIDED + said) in ("", "175000")
    assert total(DECIDED + "Nämnden bifaller ansökan om bidrag till läger med 15 000 kr.") == "15000"


def test_what_is_paid_once_beside_a_monthly_sum_leaves_the_total_open() -> None:
    said = "Kommunen betalar 26 500 kr per månad. Startbidrag om 45 000 kr betalas vid avtalets tecknande."
    assert total(AGREED + "Ersättning\n\n" + said) in ("", "681000")


def test_the_number_of_a_year_is_no_sum() -> None:
    said = "Kommunen betalar 450 tkr år 1, 480 tkr år 2 och 510 tkr år 3."
    assert [sek for sek, _ in sums(AGREED + "Ersättning\n\n" + said, "funding")] == [
        "450000",
        "480000",
        "510000",
    ]


def test_a_refusal_after_bodies_that_get_something_refuses_only_its_own() -> None:
    said = "att Bygdegården Ek får 35.000 kr\n\natt Huset Al får 42.500 kr\n\natt avslå ansökan från Lyktan"
    text = "Tallbo kommun\nFritidsnämnden\nPROTOKOLL\n2021-03-02\n\n§ 4 Bidrag\n\nNämnden beslutar\n\n" + said
    settled, _ = resolve(extract(reading(text), Extraction()))
    granted = [f.value for f in settled if isinstance(f.value, Amount) and f.value.kind == "funding"]
    assert [str(value.sek) for value in granted] == ["35000", "42500"]
