"""Rows of grant tables as worn scans and foreign engines leave them: specks, lost gaps, misread numbers."""

import pytest
from factories import reading

from pipeline.extract import extract
from pipeline.extract.grant_names import row_name
from pipeline.extract.grant_tables import grant_rows
from pipeline.extract.nlp import material
from pipeline.model import Party
from pipeline.settings import Extraction

NAMES = [
    ("Ekeby Byalag 80 24 67 - 1235", "Ekeby Byalag"),
    ("Ekeby Byalag 82467-1235 40000 10.000", "Ekeby Byalag"),
    ("; & Ekeby Byalag — 802467-1235 20 000", "Ekeby Byalag"),
    ("-Ekeby Byalag - 02467-1235 232 000", "Ekeby Byalag"),
    ("12 Ekeby Byalag 802467-12 35 15 000 Avslag", "Ekeby Byalag"),
    ("Norrsele IF 1909", "Norrsele IF 1909"),
    ("Hjortens Scoutkår 3", "Hjortens Scoutkår 3"),
    ("Lyktan – förening för samtal", "Lyktan – förening för samtal"),
]


@pytest.mark.parametrize(("words", "name"), NAMES)
def test_a_name_ends_where_figures_begin(words, name):
    assert row_name(words) == name


def rows(text):
    return [
        (row.name, row.org_number, row.granted) for row in grant_rows(material(reading(*text.split("\f"))))
    ]


def test_a_heading_announces_the_numbers_below_it():
    text = (
        "Förening\tOrg.nr\tBeviljat kr\nEkeby Byalag\t802467 1235\t12 000\nNorrsele IF\t802400 1219\t9 000\n"
    )
    assert rows(text) == [("Ekeby Byalag", "802467-1235", True), ("Norrsele IF", "802400-1219", True)]


def test_specks_between_the_headings():
    text = "Mottagare . Org.nr Beslut 2010, kr\n"
    text += "Ekeby Byalag 802467-1235 12 000\nNorrsele IF ~ 802400-1234 9 000\n"
    assert rows(text) == [("Ekeby Byalag", "802467-1235", True), ("Norrsele IF", "802400-1234", True)]


def test_the_head_of_the_next_page_ends_no_name():
    table = "Förening\tBeviljat kr\nEkeby Byalag\t12 000\nArbetslaget\t7 000\nek. för.\n"
    table += "Norrsele Dansförening\t9 000\n"
    named = ["Ekeby Byalag", "Arbetslaget ek. för.", "Norrsele Dansförening", "Vikens Ridklubb"]
    found = rows(table + "\fAskeby kommun\nVikens Ridklubb\t2 000\n")
    assert [name for name, *_ in found] == named


def test_a_heading_below_the_last_row_ends_it():
    table = "Förening\tBeviljat kr\nEkeby Byalag\t12 000\nNorrsele IF\t9 000\n"
    found = rows(table + "\nNämndens beslut\n\nFritidsnämnden\n")
    assert [name for name, *_ in found] == ["Ekeby Byalag", "Norrsele IF"]


def test_rows_whose_names_begin_alike_are_two_bodies():
    text = "Kulturnämnden\n\nBeslut\n\nNämnden beviljar bidrag för 2024 enligt tabellen.\n\n"
    text += "Förening\tBeviljat kr\nFöreningen Lyktan\t12 000\nNorrsele IF\t9 000\n"
    text += "Föreningen Lyktan i Viken\t2 000\n"
    found = extract(reading(text), Extraction())
    named = {f.value.name for f in found if isinstance(f.value, Party) and f.value.role == "counterparty"}
    assert named == {"Föreningen Lyktan", "Norrsele IF", "Föreningen Lyktan i Viken"}
