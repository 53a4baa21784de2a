"""Tables of sums in every setting, what they add up to, and sums that contradict each other."""

import pytest
from factories import reading

from pipeline.extract import extract
from pipeline.extract.amounts import find
from pipeline.extract.flat_tables import parted
from pipeline.extract.nlp import material
from pipeline.model import Amount, Record
from pipeline.resolve import resolve
from pipeline.settings import Extraction

HEAD = ["Förening", "Org.nr", "Sökt 2024 kr", "Beviljat 2024 kr"]
ROWS = [
    ["Kullens Ridklubb", "802467-1235", "60 000", "45 000"],
    ["Viken Teaterförening", "802400 - 1234", "12 500", "Avslag"],
    ["Kvarnbyns Byalag", "8024001242", "9 000", "9 000"],
    ["Summa", "", "81 500", "54 000"],
]
FUNDED = {("45000", 2024), ("9000", 2024), ("54000", 2024)}
SOUGHT = {("60000", 2024), ("12500", 2024), ("9000", 2024), ("81500", 2024)}


def barred(rows: list[list[str]]) -> str:
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def tabbed(rows: list[list[str]]) -> str:
    return "\n".join("\t".join(row) for row in rows)


def spaced(rows: list[list[str]]) -> str:
    wide = [max(len(row[k]) for row in rows) + 4 for k in range(len(rows[0]))]
    return "\n".join(
        "".join(f"{cell:<{w}}" for cell, w in zip(row, wide, strict=True)).rstrip() for row in rows
    )


def stacked(rows: list[list[str]]) -> str:
    return "\n".join(cell for row in rows for cell in row if cell)


def flat(rows: list[list[str]]) -> str:
    return "\n".join(" ".join(cell for cell in row if cell) for row in rows if "Avslag" not in row)


def broken(rows: list[list[str]]) -> str:
    """Over a page, with the letterhead and the number of the next one between the rows."""
    return tabbed(rows[:2]) + "\n\fNorrviks kommun\nSida 2\n\n" + tabbed(rows[2:])


def amounts(text: str, kind: str) -> set[tuple[str, int | None]]:
    found = find(material(reading(*text.split("\f"))))
    values = [f.value for f in found if isinstance(f.value, Amount)]
    return {(str(value.sek), value.year) for value in values if value.kind == kind}


@pytest.mark.parametrize("setting", [barred, tabbed, spaced, stacked, broken])
def test_a_table_of_grants_is_read_however_it_is_set(setting: object) -> None:
    assert callable(setting)
    text = "Beslut\n\nNämnden beviljar bidrag enligt tabellen.\n\nFördelning\n\n" + setting([HEAD, *ROWS])
    assert amounts(text, "funding") == FUNDED
    assert amounts(text, "other") == SOUGHT


def test_a_table_that_has_run_together_is_parted_by_its_heading() -> None:
    text = "Beslut\n\nNämnden beviljar bidrag enligt tabellen.\n\nFördelning\n\n" + flat([HEAD, *ROWS])
    assert amounts(text, "funding") == FUNDED
    assert amounts(text, "other") == SOUGHT - {("12500", 2024)}


def test_a_numbered_table_with_a_cell_a_line_keeps_its_numbers_apart() -> None:
    rows = [
        ["Nr", "Mottagare", "Bidrag (kr)"],
        ["1", "Kullens Ridklubb", "45 000"],
        ["2", "Byalaget", "9 000"],
    ]
    text = "Beslut\n\nBidrag fördelas så.\n\n" + stacked(rows)
    assert amounts(text, "funding") == {("45000", None), ("9000", None)}


NO_TABLES = [
    "| | |\n|   |   |\nNamn\n\t\n",
    "Närvarande\nAnna Ek\nBo Al\nPlats\nStadshuset\nTid\n18.00\nSida\n12\n",
    "Telefon\n0470 51 18 30\nFax\n0470 51 18 31\nBesök\nStorgatan 12\n",
    "Mål Mått Utfall\nBesök 1 200 1 340\nLån 5 904 6 811\nMedlemmar 214 238\n",
    "Deltagare under året\nJanuari 1 200\nFebruari 1 340\nMars 1 100\n",
]


@pytest.mark.parametrize("text", NO_TABLES)
def test_lists_of_other_things_hold_no_sums(text: str) -> None:
    assert not amounts(text, "funding") | amounts(text, "other")


GROUPS = [
    ("240 000 210 000", 2, ["240000", "210000"]),
    ("1 150 1 150", 2, ["1150", "1150"]),
    ("45 000", 1, ["45000"]),
    ("400 000 – 320 000", 3, ["400000", "320000"]),
    ("12", 2, None),
    ("240 000 210 000", 1, None),
]


@pytest.mark.parametrize(("groups", "width", "numbers"), GROUPS)
def test_groups_of_digits_are_dealt_out(groups: str, width: int, numbers: list[str] | None) -> None:
    found = parted(list(enumerate(groups.split())), width)
    assert (None if found is None else [str(number[1]) for number in found if number]) == numbers


def record_of(text: str) -> Record:
    return resolve(extract(reading(*text.split("\f")), Extraction()))[1]


AGREEMENT = """Överenskommelse

Parter
Norrviks kommun och Föreningen Hamnljuset.

Ersättning

{}

Avtalstid

Avtalet gäller 2022-01-01 till 2023-12-31.
"""
DECISION = "Beslut\n\nKulturnämnden beslutar att bevilja bidrag för 2024 enligt tabellen.\n\nFördelning\n\n"


TOTALS = [
    ("Kommunen betalar 210 000 kr per år, sammanlagt 420 000 kr.", "420000", set()),
    ("Kommunen betalar 210 000 kr per år, sammanlagt 430 000 kr.", "420000", {"sum_mismatch"}),
    ("Kommunen betalar 2 × 210 000 kr, sammanlagt 420 000 kr.", "420000", set()),
    ("Kommunen betalar 2 x 210 000 kr, sammanlagt 400 000 kr.", "420000", {"sum_mismatch"}),
    ("Kommunen betalar 12 000 kr i månaden, totalt 288 000 kr.", "288000", set()),
    ("Kommunen betalar 12 000 kr i månaden, totalt 280 000 kr.", "288000", {"sum_mismatch"}),
    ("Kommunen betalar 300 000 kr, 140 000 kr för 2022 och 160 000 kr för 2023.", "300000", set()),
    ("Kommunen betalar totalt 310 000 kr, fördelat på 140 000 kr för 2022 och 160 000 kr för 2023.",
     "300000", {"sum_mismatch"}),
    ("Kommunen betalar 210 000 kr per år, varav 30 000 kr per år avser hyra.", "420000", set()),
    ("Kommunen betalar 310 000 kr för vardera året.", "620000", set()),
]  # fmt: skip


@pytest.mark.parametrize(("clause", "total", "doubts"), TOTALS)
def test_a_stated_total_is_checked_against_its_parts(clause: str, total: str, doubts: set[str]) -> None:
    record = record_of(AGREEMENT.format(clause))
    assert record.value("amount_total_sek") == total
    assert set(record.review_reasons) & {"sum_mismatch", "amount_conflict"} == doubts


def test_equal_grants_are_added_row_by_row() -> None:
    rows = [HEAD, ROWS[0], ["Norra Byalaget", "8024001242", "45 000", "45 000"]]
    assert record_of(DECISION + tabbed(rows)).value("amount_total_sek") == "90000"


@pytest.mark.parametrize(("stated", "doubts"), [("54 000", set()), ("55 000", {"sum_mismatch"})])
def test_the_total_row_is_checked_against_the_rows(stated: str, doubts: set[str]) -> None:
    record = record_of(DECISION + tabbed([HEAD, *ROWS[:3], ["Summa", "", "81 500", stated]]))
    assert record.value("amount_total_sek") == "54000"
    assert set(record.review_reasons) & {"sum_mismatch", "amount_conflict"} == doubts


BUDGET = [
    ["Post", "Budget 2023 kr", "Utfall 2023 kr"],
    ["Ersättning från kommunen", "400 000", "400 000"],
    ["Övriga intäkter", "50 000", "40 000"],
    ["Summa intäkter", "450 000", "440 000"],
    ["Löner", "300 000", "310 000"],
    ["Lokaler", "120 000", "118 000"],
    ["Summa kostnader", "420 000", "428 000"],
    ["Resultat", "30 000", "12 000"],
]


def test_subtotals_and_results_are_no_mismatch() -> None:
    found = find(material(reading("Ekonomi\n\n" + tabbed(BUDGET))))
    assert not [f for f in found if "sum_mismatch" in f.flags]


CONTRADICTIONS = [
    ("Kommunen bidrar med 90 000 kr per år.", "I följebrevet står att kommunen bidrar med 95 000 kr per år.",
     True),
    ("Kommunen bidrar med 90 000 kr per år.", "I följebrevet står att kommunen bidrar med 90 000 kr per år.",
     False),
    ("Kommunen bidrar med 90 000 kr per år.", "I följebrevet står att föreningen bidrar med 7 000 kr per år.",
     False),
    ("Kommunen bidrar med 90 000 kr per år, sammanlagt 180 000 kr.",
     "I utkastet anges kommunens bidrag till 180 000 kr.", False),
    ("Kommunen bidrar med nittiotusen (95 000) kronor per år.", "", True),
    ("Kommunen bidrar med 90 000 kr per år. För lokalen betalar kommunen 20 000 kr per år.", "", False),
]  # fmt: skip


@pytest.mark.parametrize(("clause", "retold", "conflict"), CONTRADICTIONS)
def test_a_sum_that_is_told_otherwise_elsewhere_is_a_conflict(
    clause: str, retold: str, conflict: bool
) -> None:
    record = record_of("Bakgrund\n\n" + retold + "\n\n" + AGREEMENT.format(clause))
    assert ("amount_conflict" in record.review_reasons) == conflict


def test_both_sums_of_a_contradiction_stay_and_are_flagged() -> None:
    text = AGREEMENT.format("Kommunen bidrar med 90 000 kr per år.")
    text += "\nUppföljning\n\nAv missivet framgår att kommunen bidrar med 95 000 kr per år.\n"
    found, record = resolve(extract(reading(text), Extraction()))
    marked = {str(f.value.sek) for f in found if isinstance(f.value, Amount) and "amount_conflict" in f.flags}
    assert marked == {"90000", "95000"}
    assert record.value("amount_total_sek") == "180000"


KINDS = [
    ("Eva Ek (V) yrkar att bidraget ska vara 350 000 kr.", "other", "350000"),
    ("Linds Bygg AB bidrar därutöver med 20 000 kr.", "other", "20000"),
    ("Medlemsavgifterna ger omkring 35 000 kr om året.", "other", "35000"),
    ("Anslaget för föreningsstöd är 6 500 000 kr.", "other", "6500000"),
    ("Avslås gör ansökningarna från Ro IF (40 000 kr) och Ro Bridge (8 000 kr).", "other", "8000"),
    ("Nämnden beslutar att höja bidraget från 500 000 kr till 550 000 kr per år.", "other", "500000"),
    ("Nämnden beslutar att höja bidraget från 500 000 kr till 550 000 kr per år.", "funding", "550000"),
    ("att bevilja Byalaget (org.nr 80 24 67-1235) kr 90 000 för 2024", "funding", "90000"),
    ("Enligt avtalet ersätter kommunen föreningen med 23 000 kr per månad.", "funding", "23000"),
    ("Kommunen ersätter föreningen med 52 000,- kr per månad.", "funding", "52000"),
]


@pytest.mark.parametrize(("sentence", "kind", "sek"), KINDS)
def test_what_a_sum_is_for_is_told_by_its_place_and_its_payer(sentence: str, kind: str, sek: str) -> None:
    assert sek in {amount for amount, _ in amounts(f"Ekonomi\n\n{sentence}", kind)}


def test_the_year_and_unit_of_a_heading_are_no_sum() -> None:
    assert not amounts("Beviljat belopp 2025 kr", "funding") | amounts("Beviljat belopp 2025 kr", "other")


def test_an_invoice_commits_nothing() -> None:
    text = (
        "Norrviks Städ AB\n\nFAKTURA 1044\n\nBenämning\tAntal\tÀ-pris\tBelopp\nStädning\t5\t9 000\t45 000\n"
    )
    text += "Moms 25 %\t\t\t11 250\nAtt betala\t\t\t56 250\n"
    assert amounts(text, "other") == {("9000", None), ("45000", None), ("11250", None), ("56250", None)}
    assert not amounts(text, "funding")


def test_a_running_head_in_cells_ends_no_table() -> None:
    head = "Norrviks kommun\tSida {} (2)\n\n"
    rows = [["Vikens fritid", "", "", "30 000"], ["ek. för."], *ROWS[:3]]
    told = DECISION + tabbed([HEAD, *rows[:3]]) + "\n\f" + head.format(2) + tabbed([*rows[3:], ROWS[3]])
    record = record_of(head.format(1) + told)
    assert record.value("amount_total_sek") == "84000"
    assert "sum_mismatch" in record.review_reasons
