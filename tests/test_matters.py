"""Minutes with several matters in one file: each has its own decisions, and the record is about one."""

from factories import reading

from pipeline.extract import extract
from pipeline.extract.matters import matters
from pipeline.extract.nlp import material
from pipeline.model import Decision
from pipeline.resolve import resolve
from pipeline.settings import Extraction

MINUTES = """Norrby kommun
Kulturnämnden
Sammanträdesprotokoll 2024-05-02

Beslutande: Eva Ek (M), ordförande

§ 31
Godkännande av dagordningen

Beslut

Dagordningen godkänns.

§ 32
Yttrande över detaljplan för Tallen 3

Dnr KS 2024/17

Beslut

Nämnden har inget att erinra mot planförslaget.

§ 33
Avtal med Klubben Lyktan om sommarkafé

Ärende: KN 2024/88

Beslut

1. Kulturnämnden godkänner avtalet med Klubben Lyktan, org.nr 802467-1235, som gäller
2024-06-01–2024-08-31.
2. För ändamålet avsätts 40 000 kr.

§ 34
Revidering av taxor

Dnr KN 2023/5

Beslut

De nya taxorna antas för tiden 2025-01-01–2025-12-31.
"""


def test_the_record_is_that_of_the_matter_that_grants() -> None:
    findings, record = resolve(extract(reading(MINUTES), Extraction()))
    assert record.value("document_type") == "minutes"
    assert record.value("case_number") == "KN 2024/88"
    assert (record.value("period_start"), record.value("period_end")) == ("2024-06-01", "2024-08-31")
    assert record.value("amount_total_sek") == "40000"
    assert record.value("counterparty") == "Klubben Lyktan"
    sections = [f.value.section for f in findings if isinstance(f.value, Decision)]
    assert sections == ["§ 31", "§ 32", "§ 33", "§ 33", "§ 34"]
    texts = [f.value.text for f in findings if isinstance(f.value, Decision)]
    assert texts[3] == "För ändamålet avsätts 40 000 kr."


def test_two_matters_that_grant_are_told_of() -> None:
    second = MINUTES.replace(
        "De nya taxorna antas för tiden",
        "Kulturnämnden beviljar Sällskapet Fyren, org.nr 802411-1234, 10 000 kr för tiden",
    )
    assert "several_matters" not in resolve(extract(reading(MINUTES), Extraction()))[1].review_reasons
    assert "several_matters" in resolve(extract(reading(second), Extraction()))[1].review_reasons


def test_a_file_without_paragraphs_has_no_matters() -> None:
    assert matters(material(reading("Beslut\n\nEnligt 2 kap. 3 § kommunallagen, se §§ 4 och 5.\n"))) == ()
    assert matters(material(reading(""))) == ()


def test_periods_that_contradict_one_another_are_flagged_in_their_rows() -> None:
    text = (
        "Avtal om sommarkafé för tiden 2024-06-01–2025-08-31\n\nParter\n\nNorrby kommun och Klubben "
        "Lyktan\n\n"
        "Avtalstid\n\nAvtalet gäller 2024-06-01–2024-08-31. Kommunen får förlänga det "
        "2025-06-01–2025-08-31.\n"
    )
    findings, record = resolve(extract(reading(text), Extraction()))
    assert "period_conflict" in record.review_reasons
    flagged = {(f.value.start.year, f.value.end.year) for f in findings if "period_conflict" in f.flags}  # type: ignore[union-attr]
    assert flagged == {(2024, 2024), (2024, 2025)}
    assert record.value("period_end") == "2024-08-31"
    lost = record.choices["period_end"].losers
    assert lost
    assert all(reason for _, reason in lost)
