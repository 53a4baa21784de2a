"""Papers in other languages, and what else lies in the pile: no agreement is made of them."""

import pytest
from factories import reading

from pipeline.extract import extract
from pipeline.extract.languages import foreign
from pipeline.extract.nlp import material
from pipeline.model import Period
from pipeline.resolve import resolve
from pipeline.settings import Extraction

FOREIGN = [
    (
        "en",
        "Cooperation Agreement\n\nThis agreement is made between the city and the association. It shall "
        "be valid "
        "from 1 January 2024 until 31 December 2025, and either party may end it by giving notice.",
    ),
    (
        "no",
        "Avtale om drift\n\nKommunen og foreningen er enige om at avtalen ikke skal endres. Den gjelder "
        "fra "
        "1. januar 2024 og etter søknad til 2026. Saken er også sendt ved brev til dere.",
    ),
    (
        "da",
        "Aftale om samarbejde\n\nKommunen og foreningen er enige om, at aftalen ikke skal ændres. Den "
        "gælder fra "
        "1. januar 2024 og efter ansøgning til 2026. Den er også sendt af udvalget ved brev.",
    ),
    (
        "fi",
        "Sopimus on voimassa ja se koskee kunnan palveluja. Osapuolet ovat sopineet, että tämä on ja ei "
        "muutu.",
    ),
]


@pytest.mark.parametrize(("language", "text"), FOREIGN, ids=[language for language, _ in FOREIGN])
def test_a_paper_in_another_language_is_no_agreement(language: str, text: str) -> None:
    told = foreign(material(reading(text)))
    assert told is not None
    assert told.language == language
    findings, record = resolve(extract(reading(text), Extraction()))
    assert record.value("document_type") == "other"
    assert "unsupported_language" in record.review_reasons
    assert record.value("period_start") == ""
    assert not any(isinstance(f.value, Period) and f.value.kind == "agreement" for f in findings)


SWEDISH = [
    "Avtalet gäller från och med den 1 maj 2024 och förlängs inte. Parterna ska även träffas en gång om "
    "året.",
    # As an English engine reads it.
    "Avtalet galler fran och med den 1 maj 2024 och forlangs inte. Parterna ska aven traffas en gang om "
    "aret.",
    "Överenskommelse om drift\n\nParterna är överens om att verksamheten ska fortsätta under året, samt "
    "att den följs "
    "upp enligt bilagan.\n\nSummary\n\nThis agreement is about the day centre and the work of its members.",
    "",
    "802467-1235\t12 000\n",
]


@pytest.mark.parametrize("text", SWEDISH)
def test_swedish_is_never_foreign(text: str) -> None:
    assert foreign(material(reading(text))) is None


PILE = [
    "Almviks Sällskap\n\nÅrsredovisning\n\nRäkenskapsår 2023-01-01–2023-12-31\n\nÅrets resultat blev 12 "
    "000 kr. "
    "Föreningen har 40 medlemmar.\n",
    "Nordanby Trycksaker AB\n\nFAKTURA\n\nFakturanummer 4711\nFörfallodatum 2024-03-01\n\nAtt betala 12 "
    "000 kr för "
    "perioden 2024-01-01–2024-02-01\n",
    "Nordanby kommun\n\nInbjudan till möte\n\nHej!\n\nVälkommen till ett möte om avtal den 3 maj 2024.\n\n"
    "Med vänlig hälsning\n\nEva Ek\n",
]


@pytest.mark.parametrize("text", PILE)
def test_what_else_is_in_the_pile_makes_no_agreement(text: str) -> None:
    findings, record = resolve(extract(reading(text), Extraction()))
    assert record.value("document_type") == "other"
    assert record.value("period_start") == ""
    assert not any(isinstance(f.value, Period) and f.value.kind == "agreement" for f in findings)


TYPED = [
    (
        "report",
        "Klubben Lyktan\nTill Norrby kommun, fritidsnämnden\n\nVerksamhetsberättelse "
        "2023\n\nÖverenskommelsen gäller "
        "2022-01-01–2024-12-31.\n",
    ),
    ("agreement", "Hyresavtal för lokal\n\n§ 1 Hyresvärd\n\nNorrby Hus AB\n\n§ 2 Hyresgäst\n\nNorrby "
    "kommun\n\n"
     "§ 3 Hyrestid\n\nAvtalet gäller 2024-01-01–2025-12-31.\n\n§ 4 Hyra\n\n10 000 kr i månaden.\n"),
    ("decision", "Norrby kommun\nFritidsnämnden\n\nAnsökan om lokalbidrag "
    "avslås\n\nBeslut\n\nFritidsnämnden avslår "
     "ansökan från Klubben Lyktan.\n\nSkäl\n\nPengarna räcker inte.\n"),
    ("staff_report", "Norrby kommun\nTill fritidsnämnden\n\nÖverenskommelse med Klubben Lyktan om "
    "sommarkafé\n\n"
     "Förslag till beslut\n\nFritidsnämnden beslutar att ingå överenskommelsen.\n\nBakgrund\n\nKaféet "
     "är öppet.\n"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "text"), TYPED, ids=[kind for kind, _ in TYPED])
def test_a_paper_is_what_its_parts_make_it(kind: str, text: str) -> None:
    assert resolve(extract(reading(text), Extraction()))[1].value("document_type") == kind
