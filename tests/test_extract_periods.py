"""Periods in every written form, what they are about, and what only looks like one."""

from datetime import date, timedelta

import pytest
from factories import reading
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract import periods
from pipeline.extract.nlp import material
from pipeline.model import Finding, Period


def findings(text: str) -> list[Finding]:
    return list(periods.find(material(reading(*text.split("\f")))))


def found(text: str) -> list[tuple[str, str, str]]:
    out = []
    for finding in findings(text):
        assert isinstance(finding.value, Period)
        end = finding.value.end
        out.append((finding.value.kind, finding.value.start.isoformat(), end.isoformat() if end else ""))
    return out


def days(text: str) -> list[tuple[str, str]]:
    return [(start, end) for _, start, end in found(text)]


FORMS = [
    ("tre (3) år räknat från startdagen den 1 juni 2021", "2021-06-01", "2024-05-31"),
    ("från den 4 mars 2021 till utgången av år 2023", "2021-03-04", "2023-12-31"),
    ("Fr.o.m.\tT.o.m.\n1 juni 2021\t31 maj 2023", "2021-06-01", "2023-05-31"),
    ("Arbetet påbörjas 2021-03-04 och ska vara färdigställt 2021-09-30", "2021-03-04", "2021-09-30"),
    ("läsåret 2021/22 (18/8 2021–9/6 2022)", "2021-08-18", "2022-06-09"),
    ("2025-01-01 – 2025-12-31", "2025-01-01", "2025-12-31"),
    ("2025-01-01 - 2025-12-31", "2025-01-01", "2025-12-31"),
    ("2025-01-01--2025-12-31", "2025-01-01", "2025-12-31"),
    ("2025-01-01—2025-12-31", "2025-01-01", "2025-12-31"),
    ("2025-01-01 ~ 2025-12-31", "2025-01-01", "2025-12-31"),
    ("2025-01-01 -\n2025-12-31", "2025-01-01", "2025-12-31"),
    ("2025-01-01 –\n2025-12-31", "2025-01-01", "2025-12-31"),
    ("2025-01-01 till 2025-12-31", "2025-01-01", "2025-12-31"),
    ("2025-01-01 till och med 2025-12-31", "2025-01-01", "2025-12-31"),
    ("2025-01-01 t.o.m. 2025-12-31", "2025-01-01", "2025-12-31"),
    ("2025-01-01 t o m 2025-12-31", "2025-01-01", "2025-12-31"),
    ("2025-01-01 tom 2025-12-31", "2025-01-01", "2025-12-31"),
    ("fr.o.m. 2025-01-01 t.o.m. 2025-12-31", "2025-01-01", "2025-12-31"),
    ("från och med 2025-01-01 till och med 2025-12-31", "2025-01-01", "2025-12-31"),
    ("från och med den 1 januari 2025 till och med den 31 december 2025", "2025-01-01", "2025-12-31"),
    ("fr o m 1 juli 2019 t o m 30 juni 2021", "2019-07-01", "2021-06-30"),
    ("1 januari 2026 till 31 december 2027", "2026-01-01", "2027-12-31"),
    ("1 januari 2026 –31 december 2027", "2026-01-01", "2027-12-31"),
    ("1 januari–31 december 2025", "2025-01-01", "2025-12-31"),
    ("1 januari till och med 31 december 2025", "2025-01-01", "2025-12-31"),
    ("den 1 juli 2024 till den 30 juni 2025", "2024-07-01", "2025-06-30"),
    ("1 juli – 30 juni 2026", "2025-07-01", "2026-06-30"),
    ("1 jan. 2024 – 31 dec. 2024", "2024-01-01", "2024-12-31"),
    ("1:a januari 2024 till 31:a december 2024", "2024-01-01", "2024-12-31"),
    ("1/7 2021–30/6 2023", "2021-07-01", "2023-06-30"),
    ("1/7 2021 - 30/6 2023", "2021-07-01", "2023-06-30"),
    ("1/1–31/12 2024", "2024-01-01", "2024-12-31"),
    ("1/7-21 till 30/6-23", "2021-07-01", "2023-06-30"),
    ("1.7.2021–30.6.2023", "2021-07-01", "2023-06-30"),
    ("2021.07.01 – 2023.06.30", "2021-07-01", "2023-06-30"),
    ("20210701–20230630", "2021-07-01", "2023-06-30"),
    ("20210701-20230630", "2021-07-01", "2023-06-30"),
    ("230101–230630", "2023-01-01", "2023-06-30"),
    ("230101-230630", "2023-01-01", "2023-06-30"),
    ("230101 till 230630", "2023-01-01", "2023-06-30"),
    ("[2025-01-01] till och med [2028-12-31]", "2025-01-01", "2028-12-31"),
    ("**2025-01-01** – **2028-12-31**", "2025-01-01", "2028-12-31"),
    ("juli 2023 – december 2024", "2023-07-01", "2024-12-31"),
    ("juli–december 2024", "2024-07-01", "2024-12-31"),
    ("januari 2024 till och med mars 2025", "2024-01-01", "2025-03-31"),
    ("oktober 2023-\nmars 2024", "2023-10-01", "2024-03-31"),
    ("2024-01 – 2024-06", "2024-01-01", "2024-06-30"),
    ("2021–2022", "2021-01-01", "2022-12-31"),
    ("2021-2022", "2021-01-01", "2022-12-31"),
    ("2021 – 2024", "2021-01-01", "2024-12-31"),
    ("2020 till 2022", "2020-01-01", "2022-12-31"),
    ("2020 t.o.m. 2022", "2020-01-01", "2022-12-31"),
    ("åren 2024, 2025 och 2026", "2024-01-01", "2026-12-31"),
    ("åren 2024 och 2025", "2024-01-01", "2025-12-31"),
    ("2021-22", "2021-01-01", "2022-12-31"),
    ("kalenderåret 2024", "2024-01-01", "2024-12-31"),
    ("verksamhetsåret 2023", "2023-01-01", "2023-12-31"),
    ("bidragsåret 2023", "2023-01-01", "2023-12-31"),
    ("hela 2025", "2025-01-01", "2025-12-31"),
    ("första halvåret 2024", "2024-01-01", "2024-06-30"),
    ("andra halvåret 2024", "2024-07-01", "2024-12-31"),
    ("vårterminen 2024", "2024-01-01", "2024-06-30"),
    ("höstterminen 2024", "2024-07-01", "2024-12-31"),
    ("vårterminen 2024 – höstterminen 2025", "2024-01-01", "2025-12-31"),
    ("läsåret 2023/24", "2023-07-01", "2024-06-30"),
    ("läsåret 2023/2024", "2023-07-01", "2024-06-30"),
    ("tredje kvartalet 2024", "2024-07-01", "2024-09-30"),
    ("tre år från och med den 1 januari 2024", "2024-01-01", "2026-12-31"),
    ("tre (3) år från och med 2024-01-01", "2024-01-01", "2026-12-31"),
    ("en tid av två år räknat från den 1 september 2023", "2023-09-01", "2025-08-31"),
    ("i två år från 2024-07-01", "2024-07-01", "2026-06-30"),
    ("24 månader från och med 2024-07-01", "2024-07-01", "2026-06-30"),
    ("sex månader från och med den 15 mars 2024", "2024-03-15", "2024-09-14"),
    ("från den 1 mars 2024 och två år framåt", "2024-03-01", "2026-02-28"),
    ("från den 1 mars 2024 i tolv månader", "2024-03-01", "2025-02-28"),
    ("tre år fr.o.m. 2024", "2024-01-01", "2026-12-31"),
    ("med start 2024-01-01 och upphör 2026-12-31", "2024-01-01", "2026-12-31"),
    ("1 mars 2022-28 februari 2025", "2022-03-01", "2025-02-28"),
    ("1 maj 2021-30\napril 2023", "2021-05-01", "2023-04-30"),
    ("den 15 oktober 2022-30 april 2023", "2022-10-15", "2023-04-30"),
    ("Avtalsstart\n2022-04-01\n\nAvtalsslut\n2025-03-31", "2022-04-01", "2025-03-31"),
]


@pytest.mark.parametrize(("written", "start", "end"), FORMS)
def test_a_written_form_is_read(written: str, start: str, end: str) -> None:
    assert found(f"Avtalstid\n\nAvtalet gäller för {written}.") == [("agreement", start, end)]


CLAUSES = [
    (
        "Avtalet träder i kraft 2024-01-01 och gäller till och med 2026-12-31.",
        [("agreement", "2024-01-01", "2026-12-31")],
    ),
    (
        "Avtalet gäller från den 1 maj 2024 och upphör att gälla den 30 april 2027 utan uppsägning.",
        [("agreement", "2024-05-01", "2027-04-30")],
    ),
    ("Startdatum: 2024-02-01\nSlutdatum: 2025-01-31\n", [("agreement", "2024-02-01", "2025-01-31")]),
    ("Avtalstid\tFrån 2024-02-01\tTill 2025-01-31\n", [("agreement", "2024-02-01", "2025-01-31")]),
    (
        "Hyrestid\n\nFrån och med 2024-02-01\nTill och med 2025-01-31\n",
        [("agreement", "2024-02-01", "2025-01-31")],
    ),
    (
        "Uppdraget gäller till och med 2026-06-30 med start den 1 juli 2025.",
        [("agreement", "2025-07-01", "2026-06-30")],
    ),
    (
        "Avtalet gäller 2024-01-01 – 2025-12-31. Beställaren har rätt att förlänga avtalet för tiden "
        "2026-01-01 – 2027-12-31.",
        [("agreement", "2024-01-01", "2025-12-31"), ("option", "2026-01-01", "2027-12-31")],
    ),
    (
        "Kontraktet löper 1 mars 2024–28 februari 2026 med option på förlängning 1 mars 2026–29"
        " februari 2028.",
        [("agreement", "2024-03-01", "2026-02-28"), ("option", "2026-03-01", "2028-02-29")],
    ),
    (
        "Det nuvarande avtalet gäller 2021-01-01 – 2023-12-31. Det nya avtalet föreslås gälla "
        "2024-01-01 – 2026-12-31.",
        [("previous", "2021-01-01", "2023-12-31"), ("agreement", "2024-01-01", "2026-12-31")],
    ),
    (
        "Tidigare överenskommelse omfattade åren 2019–2021.",
        [("previous", "2019-01-01", "2021-12-31")],
    ),
    (
        "Driftavtalet (KUN 2019/88) omfattar 20190701–20210630 och gick då ut: det löper ut.",
        [("previous", "2019-07-01", "2021-06-30")],
    ),
    (
        "Den äldsta överenskommelsen gällde 2018–2020; den förlängdes till 2021-01-01 – 2022-12-31.",
        [("previous", "2018-01-01", "2020-12-31"), ("previous", "2021-01-01", "2022-12-31")],
    ),
    (
        "Förslag till beslut\n\nNämnden godkänner förlängning av befintligt samarbete för perioden "
        "2025-01-01 till 2025-12-31.",
        [("agreement", "2025-01-01", "2025-12-31")],
    ),
    (
        "Beslut\n\nNämnden beviljar föreningen verksamhetsbidrag för kalenderåret 2025.",
        [("agreement", "2025-01-01", "2025-12-31")],
    ),
    (
        "Ansökan\n\nStödet söks för\nkalenderåret 2026\n",
        [("agreement", "2026-01-01", "2026-12-31")],
    ),
    (
        "Projektet Trygg kväll drevs under tiden april 2022 – mars 2023.",
        [("other", "2022-04-01", "2023-03-31")],
    ),
    (
        "Under åren 2015–2019 ökade antalet besökare kraftigt.",
        [("other", "2015-01-01", "2019-12-31")],
    ),
    (
        "Verksamheten följer kommunens handlingsplan för jämställdhet 2022–2026.",
        [("other", "2022-01-01", "2026-12-31")],
    ),
    ("Under mandatperioden 2022–2026 ska nämnden se över stödet.", [("other", "2022-01-01", "2026-12-31")]),
    (
        "VERKSAMHETSREDOVISNING 2022\n\nOm bryggan\n\nAvtalet gäller 2021-05-01 – 2023-04-30. Besöken ökade.",
        [("other", "2022-01-01", "2022-12-31"), ("agreement", "2021-05-01", "2023-04-30")],
    ),
    (
        "Slutrapport för år 2022\n\nKlubben har ett avtal med kommunen. Avtalet gäller 2021–2023.",
        [("other", "2022-01-01", "2022-12-31"), ("agreement", "2021-01-01", "2023-12-31")],
    ),
    (
        "Tjänsteskrivelse\n\nBrygga\n\nBilaga: Verksamhetsredovisning 2022\n",
        [],
    ),
    (
        "Verksamhetsrapport\nVerksamhetsåret 2022\n\nBesöken ökade.",
        [("other", "2022-01-01", "2022-12-31")],
    ),
    (
        "The agreement is valid from 1 March 2025 to 28 February 2027.",
        [("agreement", "2025-03-01", "2027-02-28")],
    ),
    (
        "Avtal om drift av fritidsgård 2021–2024\n\nMellan Askeby kommun och Föreningen Blåklinten.",
        [("agreement", "2021-01-01", "2024-12-31")],
    ),
    (
        "Avtalstid\n\nAvtalet kan förlängas med högst ett år, för tiden 1 januari 2027 till 31"
        " december 2027.",
        [("option", "2027-01-01", "2027-12-31")],
    ),
    (
        "Bakgrund\n\nAvtalet gäller 2021-01-01–2022-12-31.\n\nAvtalstid\n\n"
        "Avtalet förlängs att gälla 2023-01-01–2024-12-31.",
        [("previous", "2021-01-01", "2022-12-31"), ("agreement", "2023-01-01", "2024-12-31")],
    ),
    (
        "Den forlingda driften avser perioden 2027-02-15\ntill 2027-11-30.",
        [("agreement", "2027-02-15", "2027-11-30")],
    ),
    (
        "Avtalet giller f6r perioden 1 juli 2024 till 30 juni 2025.",
        [("agreement", "2024-07-01", "2025-06-30")],
    ),
    (
        "Overenskommelsen galler frin och med 2024-01-01 till och med 2024-12-31.",
        [("agreement", "2024-01-01", "2024-12-31")],
    ),
    ("Avtalet gäller 1 januarl 2024 – 31 decernber 2025.", [("agreement", "2024-01-01", "2025-12-31")]),
    ("Avtalet gäller 2O24-01-0l – 2025-12-3l.", [("agreement", "2024-01-01", "2025-12-31")]),
    (
        "Hyrestid\n\nTillträdesdag är den 1 oktober 2022. Avtalet upphör den 30 september 2025.",
        [("agreement", "2022-10-01", "2025-09-30")],
    ),
    (
        "Avtalet börjar gälla 2023-04-01 och löper tills vidare, dock längst till och med 2025-03-31.",
        [("agreement", "2023-04-01", "2025-03-31")],
    ),
    ("Avtalsperioden är 24 månader med start 2023-09-01.", [("agreement", "2023-09-01", "2025-08-31")]),
    (
        "Avtalet gäller i tre (3) år, med start den 1 januari 2025.",
        [("agreement", "2025-01-01", "2027-12-31")],
    ),
    ("Stödet avser HT 2023 och VT 2024.", [("agreement", "2023-07-01", "2024-06-30")]),
    (
        "Mellan den 1 januari 2023 och den 31 december 2023 gäller avtalet.",
        [("agreement", "2023-01-01", "2023-12-31")],
    ),
    ("För perioden jan-dec 2024 utgår bidrag.", [("agreement", "2024-01-01", "2024-12-31")]),
    (
        "Överenskommelsen löper 2022–2024 och kan därefter förlängas för 2025–2026.",
        [("agreement", "2022-01-01", "2024-12-31"), ("option", "2025-01-01", "2026-12-31")],
    ),
    (
        "Ansökan om projektstöd\n\nProjekttid: 2024-05-01–2024-10-31\n",
        [("agreement", "2024-05-01", "2024-10-31")],
    ),
    ("Avtalsstart: 2022-04-01\tAvtalsslut: 2025-03-31\n", [("agreement", "2022-04-01", "2025-03-31")]),
    ("Avtalsperiod: 2024-01-01\t2025-12-31", [("agreement", "2024-01-01", "2025-12-31")]),
    (
        "Ansökan om projektbidrag\n\nProjekttid\n2024-05-01–2024-10-31\n",
        [("agreement", "2024-05-01", "2024-10-31")],
    ),
    (
        "Kommunen har rätt, men inte skyldighet, att förlänga avtalet för tiden 20300501–20320430.",
        [("option", "2030-05-01", "2032-04-30")],
    ),
    (
        "Återbetalning av lokalstöd\n\nKlubben fick ett bidrag för tiden 2023-07-01–2024-06-30.",
        [("previous", "2023-07-01", "2024-06-30")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), CLAUSES)
def test_a_clause_says_which_period_it_is(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert found(text) == expected


OPEN_AND_COUNTED = [
    ("Avtalet gäller tills vidare från den 1 mars 2024.", [("agreement", "2024-03-01", "")]),
    (
        "Hyresavtalet gäller från och med den 1 maj 2024 och tills vidare med sex månaders uppsägning.",
        [("agreement", "2024-05-01", "")],
    ),
    (
        "Avtalet träder i kraft den 1 juni 2023. Det gäller därefter tills vidare.",
        [("agreement", "2023-06-01", "")],
    ),
    (
        "Avtalet gäller tills vidare från 2020-01-01, dock längst till och med 2022-12-31.",
        [("agreement", "2020-01-01", "2022-12-31")],
    ),
    ("Avtalet omfattar två år från och med 1 juli 2025.", [("agreement", "2025-07-01", "2027-06-30")]),
    ("Avtalet löper i 24 månader från den 1/7 2025.", [("agreement", "2025-07-01", "2027-06-30")]),
    (
        "Klubben beviljas 965 000 kr per år för en tid av ett år från 2011-01-01.",
        [("agreement", "2011-01-01", "2011-12-31")],
    ),
    ("Samarbetet pågår under 2025.", [("agreement", "2025-01-01", "2025-12-31")]),
    ("Hyrestid\n\nParterna är bundna av avtalet under 2025.", [("agreement", "2025-01-01", "2025-12-31")]),
    ("Ny avtalstid är 2024 -2025.", [("agreement", "2024-01-01", "2025-12-31")]),
    ("Bidraget ska användas under 2025.", [("agreement", "2025-01-01", "2025-12-31")]),
    ("Avtalet förlängs under 2025.", [("agreement", "2025-01-01", "2025-12-31")]),
    ("1 § Vad avtalet omfattar\n\nUnder 2025 rustades huset upp.", []),
    ("Under 2025 kostade renoveringen 40 000 kr.", []),
    # A report has a year of its own and an agreement that it reports on.
    (
        "Slutredovisning\n\nRedovisningen avser avtalsperioden 2025-01-01–2025-12-31. Avtalet med "
        "kommunen avser "
        "2024-01-01–2026-12-31.",
        [("other", "2025-01-01", "2025-12-31"), ("agreement", "2024-01-01", "2026-12-31")],
    ),
    (
        "Verksamhetsrapport\n\nKlubben har under kalenderåret 2025 ordnat läger. Överenskommelsen "
        "gäller kalenderåret "
        "2025.",
        [("other", "2025-01-01", "2025-12-31"), ("agreement", "2025-01-01", "2025-12-31")],
    ),
    (
        "Beslut om återbetalning av bidrag\n\nBakgrund\n\nKlubben beviljades 90 000 kr för tiden "
        "2023-01-01–2023-06-30.",
        [("previous", "2023-01-01", "2023-06-30")],
    ),
    (
        "Förlängning av avtal om städning\n\nAvtalet gäller 2021-04-01–2024-03-31. Avtalet förlängs "
        "till att gälla "
        "2024-04-01–2026-03-31.",
        [("previous", "2021-04-01", "2024-03-31"), ("agreement", "2024-04-01", "2026-03-31")],
    ),
    # What a heading calls a prolongation is the term itself where the clause prolongs, not where it may.
    (
        "2. Förlängning\n\nAvtalet förlängs för tiden 2021-01-01–2021-09-30.\n",
        [("agreement", "2021-01-01", "2021-09-30")],
    ),
    (
        "2. Förlängning\n\nKommunen kan välja att förlänga avtalet för tiden 2021-01-01–2021-09-30.\n",
        [("option", "2021-01-01", "2021-09-30")],
    ),
    (
        "Överenskommelsen gäller, som tidigare har meddelats, tiden 2021-01-01–2021-12-31.",
        [("agreement", "2021-01-01", "2021-12-31")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), OPEN_AND_COUNTED)
def test_terms_by_count_without_an_end_and_prolonged(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert found(text) == expected


NOT_PERIODS = [
    "Enligt lagen (2009:400) och förordningen (2011:1108).",
    "För barn och unga 7–25 år, se 2–4 §§.",
    "Telefon 0470-51 18 30, 2021-2022 1234",
    "Se sidorna 12–14 och bilaga 3–4.",
    "Ärendet ASN-2020-13691 och KS 2021/0097.",
    "Klass 7–9 och årskurs 4–6.",
    "Öppet kl. 08.00–16.00 måndag–fredag.",
    "Sammanträdet den 15 maj 2024 och den 3 juni 2024.",
    "Fakturan betalas senast den 31 mars 2024.",
    "Rekvisition lämnas den 10 mars 2021 och den 10 mars 2022.",
    "Klubben får 31 000 kr för 2025, 32 000 kr för 2026 och 33 000 kr för 2027.",
    "Post\tBudget 2024\tUtfall 2023\nPersonal\t900\t870\n",
    "Betänkandet SOU 2016:13 och prop. 2018/19:44.",
    "Anslaget uppsatt 2022-05-02\nAnslaget nedtas 2022-05-24\n",
    "Org.nr 802467-1235, bankgiro 5732-1180.",
    "Personnummer 850229-0011",
    "601 81 Norrby, Box 1222, 351 12 Askeby.",
    "Antalet besök var 2 015 – 2 019 per månad.",
    "Föreningen bildades 1997 och har 340 medlemmar.",
    "Målgruppen är 18–25 år.",
    "Avtalet sägs upp senast tre månader från dagen för underrättelsen.",
    "Skrivelse daterad 2023-09-04 och protokoll 2023-10-02.",
    "Verksamhetsberättelse 2023 och budget 2024 bifogas.",
    "Mellan 1200 och 1500 besökare kom.",
    "Nästa möte är 2024-05-03 kl. 13.00.",
    "Våren 2023 startade en ny grupp.",
    "Dnr 2021-2022",
    "Detta avtal gäller från undertecknandet t.o.m. 2025-06-30.",
    "Arbetet ligger redan i underhållsplanen för 2029.",
    "Avgiften var 6 387 kr för 2010, dock högst 0,75 procent.",
]


@pytest.mark.parametrize("text", NOT_PERIODS)
def test_what_is_no_period_is_left_alone(text: str) -> None:
    assert found(text) == []


def test_precision_is_as_written() -> None:
    written = [("2024-01-01 – 2024-12-31", "day"), ("juli 2023 – mars 2024", "month"), ("2021–2022", "year")]
    for text, precision in written:
        value = findings(f"Avtalet gäller {text}.")[0].value
        assert isinstance(value, Period)
        assert value.precision == precision


def test_both_periods_of_a_contradiction_are_kept() -> None:
    text = (
        "Sammanfattning\n\nDet nya avtalet avser tiden 2025-02-01 – 2025-12-31.\n\nFörslag till beslut\n\n"
        "Nämnden godkänner förlängning för perioden 2025-01-01 – 2025-12-31."
    )
    assert found(text) == [
        ("agreement", "2025-02-01", "2025-12-31"),
        ("agreement", "2025-01-01", "2025-12-31"),
    ]


def test_a_period_said_twice_is_one_row() -> None:
    text = "Avtalet gäller 2024-01-01–2024-12-31.\n\nBilaga\n\nAvtalet gäller den 1 januari–31 december 2024."
    assert len(found(text)) == 1


def test_seasons_are_flagged_as_approximate_and_terms_as_computed() -> None:
    assert "approximate" in findings("Stödet gäller för vårterminen 2024.")[0].flags
    assert "computed" in findings("Avtalet gäller i två år från 2024-07-01.")[0].flags


@given(
    st.dates(date(1990, 1, 1), date(2050, 1, 1)),
    st.integers(1, 2000),
    st.sampled_from([" – ", "–", " - ", " till ", " till och med ", " t.o.m. ", " -\n"]),
)
def test_any_pair_of_dates_in_order_is_read_exactly(start: date, length: int, between: str) -> None:
    end = start + timedelta(days=length)
    text = f"Avtalet gäller {start}{between}{end}."
    assert days(text) == [(start.isoformat(), end.isoformat())]


@given(st.dates(date(1990, 1, 1), date(2050, 1, 1)), st.integers(1, 400))
def test_a_pair_in_the_wrong_order_is_no_period(start: date, length: int) -> None:
    end = start - timedelta(days=length)
    assert days(f"Avtalet gäller {start} – {end}.") == []


def test_a_day_and_a_month_that_could_change_places_are_told() -> None:
    assert [f.flags for f in findings("Avtalet gäller 03/04/2024–05/06/2025.")] == [("ambiguous_date",)]
    for sure in ("3.4.2024–5.6.2025", "13/04/2024–25/06/2025", "3/4 2024–5/6 2025", "2024-04-03–2025-06-05"):
        assert [f.flags for f in findings(f"Avtalet gäller {sure}.")] == [()]
