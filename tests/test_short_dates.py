"""Days with a year of two figures: where one is read, in which order, and what only looks alike."""

import pytest
from factories import reading

from pipeline.extract import facts, periods
from pipeline.extract.dates import scan
from pipeline.extract.nlp import material
from pipeline.model import Period

READ = [
    ("Skrivelse daterad 96-05-14 om bryggan", "1996-05-14"),
    ("Sammanträdesdatum: 04-11-30", "2004-11-30"),
    ("Bryggan hyrs från och med 24-01-01", "2024-01-01"),
    ("Avtalet gäller t.o.m. 97-06-30.", "1997-06-30"),
    ("den 96/05/14", "1996-05-14"),
    ("den 14/05/96", "1996-05-14"),
    ("Datum 24-01-15\nProtokoll 2024-02-03", "2024-01-15"),
    ("ORRVIKENS KOMMUN      BESLUT      96-05-14\n\nBrygga 1997", "1996-05-14"),
    ("Orrviken 96-05-14\n\nEva Ek\n\nBryggan byggdes 1994.", "1996-05-14"),
]

IN_DOUBT = [
    ("den 05/06/07", "2007-06-05", True),  # either may be the year
    ("den 05/06/07 och 2007", "2007-06-05", True),
    ("den 25/06/97", "1997-06-25", False),
    ("datum 05-06-07", "2005-06-07", False),  # Swedish papers write the year first
    ("datum 68-06-07", "2068-06-07", True),  # no date tells the century
    ("datum 12-06-07, se brev 1956", "2012-06-07", True),
    ("datum 28-06-97, se brev 1996", "1997-06-28", False),
    ("datum 28-06-07, se brev 2006", "2007-06-28", True),  # the day first, against custom
]

NO_DAY = [
    "Dnr 96-05-14",
    "Konto 11-02-03",
    "Postgiro 12-10-11",
    "Tel 08-12-10 och 08-12-10-11",
    "Ring till 12-10-11 22",
    "Nr 96-05-14-7",
    "Personnummer 96-05-14-1234",
    "Kontering 45-11-02\t45-11-03",
    "ansvar 11-02-03, verksamhet 22-03-04",
    "Fakta 1996:96-05-14",
    "KS 96-05-14",
    "den 96-13-14",
    "den 97-02-30",
    "Hylla\t32-11-12\nSkåp 2023",
    "matchen slutade 12-11-10 i sets",
]


def days(text: str) -> list[str]:
    return [w.first().isoformat() for w in scan(text) if w.day is not None and w.year]


@pytest.mark.parametrize(("text", "day"), READ)
def test_a_day_is_read(text: str, day: str) -> None:
    assert days(text)[0] == day


@pytest.mark.parametrize(("text", "day", "doubtful"), IN_DOUBT)
def test_order_and_century(text: str, day: str, doubtful: bool) -> None:
    written = scan(text)[0]
    assert (written.first().isoformat(), written.ambiguous) == (day, doubtful)


@pytest.mark.parametrize("text", NO_DAY)
def test_what_may_be_something_else_is_no_day(text: str) -> None:
    assert days(text) == []


TERMS = [
    ("Bryggan hyrs ut 96-05-14--97-06-30.", "1996-05-14", "1997-06-30"),
    ("Avtalstid: 96-05-14 - 97-06-30", "1996-05-14", "1997-06-30"),
    ("Avtalet gäller 24-01-01–25-12-31.", "2024-01-01", "2025-12-31"),
    ("Avtalet gäller fr.o.m. 99-01-01 t.o.m. 01-12-31.", "1999-01-01", "2001-12-31"),
    ("Avtalet gäller från 1999-01-01 till 01-12-31.", "1999-01-01", "2001-12-31"),
    ("Avtalet gäller 01/07/05 - 30/06/07.", "2005-07-01", "2007-06-30"),
]


@pytest.mark.parametrize(("text", "start", "end"), TERMS)
def test_a_term_between_two_of_them(text: str, start: str, end: str) -> None:
    values = [f.value for f in periods.find(material(reading(f"Avtal\n\nAvtalstid\n\n{text}\n")))]
    assert [(str(v.start), str(v.end)) for v in values if isinstance(v, Period)] == [(start, end)]


def test_a_doubtful_day_flags_its_term() -> None:
    text = "Avtal\n\nAvtalstid\n\nAvtalet gäller 01/02/03 - 04/05/06.\n"
    assert [f.flags for f in periods.find(material(reading(text)))] == [("ambiguous_date",)]


LETTERHEADS = [
    "Hamn- och fritidsnämnden\n3 maj 2014\nDnr HN 2014.4\n\nBESLUT\n\nOm en brygga\n",
    "     Orrvikens kommun · Hamnnämnden · Dnr HN 2014/4 · den 3 maj 2014\n\nBESLUT\n\nOm en brygga\n",
    "Orrvikens kommun | 2014-05-03\nHamnnämnden\n\nBESLUT\n\nOm en brygga\n",
]


@pytest.mark.parametrize("text", LETTERHEADS)
def test_a_day_among_the_parts_of_a_letterhead(text: str) -> None:
    found = [str(f.value) for f in facts.find(material(reading(text))) if f.kind == "document_date"]
    assert found == ["2014-05-03"]


def test_a_hidden_personal_number_is_no_day() -> None:
    text = "Avtal\n\nOm en brygga\n\nUppgiftslämnare: 560914-****\nAnsvarig: 560915 - ****\n"
    assert [f for f in facts.find(material(reading(text))) if f.kind == "document_date"] == []


def test_the_date_of_a_letterhead() -> None:
    text = "Orrvikens kommun        BESLUT        96-05-14\nHamnnämnden\n\nBrygga\n\nEtt stycke om 1996.\n"
    found = [f.value for f in facts.find(material(reading(text))) if f.kind == "document_date"]
    assert [str(day) for day in found] == ["1996-05-14"]
