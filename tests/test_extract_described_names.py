"""Names that go on in lower case after a dash, as bodies for a cause are often called."""

import pytest

from pipeline.extract.party_lines import name_part
from pipeline.extract.party_words import names_nobody
from pipeline.extract.running_names import organisations

SENTENCES = [
    ("Lyktan – förening för samtal (org.nr 802467-1235) beviljas 5 000 kr", "Lyktan – förening för samtal"),
    ("avtalet med\nLyktan – förening för samtal, org.nr", "Lyktan – förening för samtal"),
    ("Lyktan – förening för psykisk hälsa beviljas medel", "Lyktan – förening för psykisk hälsa"),
    ("Lyktan – förening för samtal bedriver ett kafé", "Lyktan – förening för samtal"),
    ("Lyktan - förening för barn och unga får medel", "Lyktan - förening för barn och unga"),
    ("stöd till Norrsele IF – en förening för alla", "Norrsele IF"),
]


@pytest.mark.parametrize(("sentence", "name"), SENTENCES)
def test_a_described_body_is_named_in_full(sentence: str, name: str) -> None:
    assert [found for *_, found in organisations(sentence)][-1] == name


NOBODY = [
    "2 § VERKSAMHETEN",
    "STIFTELSENS ÅTAGANDEN",
    "2. FÖREMÅLET FÖR AVTALET",
    "Gällande avtal",
    "Förvaltningens förslag till beslut",
    "Dokument RAPPORT",
    "Motpart Organisationsnummer",
]


@pytest.mark.parametrize("words", NOBODY)
def test_headings_name_nobody(words: str) -> None:
    assert names_nobody(words)


@pytest.mark.parametrize(
    "words",
    [
        "Föreningen Socialt Ansvar",
        "2 IFK NORRSELE",
        "Hjortens Uppdrag AB",
        "4 H Viken",
        "Sociala Arbetslaget ek. för., organisationsnummer",
    ],
)
def test_bodies_are_called_like_headings(words: str) -> None:
    assert not names_nobody(words)


LABELLED = [
    ("Askeby kommun 21 20 00-9879", "Askeby kommun"),
    ("Ansvarig nämnd = Kultur- och fritidsnämnden", "Kultur- och fritidsnämnden"),
    ("Förening Föreningen Lyktan i Viken", "Föreningen Lyktan i Viken"),
    ("Förening för Alla", "Förening för Alla"),
]


@pytest.mark.parametrize(("line", "name"), LABELLED)
def test_a_label_before_a_name_and_a_number_behind_it_are_no_part_of_it(line: str, name: str) -> None:
    assert name_part(line) == name
