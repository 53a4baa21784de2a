"""Who a document is between, or about: wordings and layouts of many municipalities, about invented bodies."""

import pytest
from factories import reading

from pipeline.extract import parties
from pipeline.extract.nlp import material
from pipeline.model import Finding, Party


def findings(text: str) -> list[Finding]:
    return list(parties.find(material(reading(*text.split("\f")))))


def named(text: str) -> list[tuple[str, str]]:
    return [(f.value.role[0], f.value.name) for f in findings(text) if isinstance(f.value, Party)]


def numbered(text: str) -> dict[str, str]:
    return {f.value.name: f.value.org_number for f in findings(text) if isinstance(f.value, Party)}


# Each clause stands in an agreement of a few lines; `p` is a public party, `c` a counterparty.
CLAUSES = [
    (
        "Mellan Tierps kommun, org.nr 212000-0266, nedan kallad kommunen, och Ljusets Vänförening, org.nr "
        "802477-1027, nedan kallad föreningen, har följande avtal träffats.",
        [("p", "Tierps kommun", "212000-0266"), ("c", "Ljusets Vänförening", "802477-1027")],
    ),
    (
        "Mellan Socialnämnden i Tierps kommun (nedan nämnden) och Stiftelsen Grinden (org.nr "
        "802477-1027), nedan "
        "stiftelsen, träffas härmed följande överenskommelse.",
        [("p", "Socialnämnden", ""), ("c", "Stiftelsen Grinden", "802477-1027")],
    ),
    (
        "Detta avtal är träffat mellan Kiruna kommun, 981 85 Kiruna, org. nr 212000-2783, och "
        "Norrskenets Ryttare\n"
        "ekonomisk förening, org. nr 769612-3459, Gruvgatan 3, 981 31 Kiruna.",
        [
            ("p", "Kiruna kommun", "212000-2783"),
            ("c", "Norrskenets Ryttare ekonomisk förening", "769612-3459"),
        ],
    ),
    (
        "Överenskommelse mellan Region Kalmar län (232100-0073) och Kustens Brukarförening (846001-2340).",
        [("p", "Region Kalmar län", "232100-0073"), ("c", "Kustens Brukarförening", "846001-2340")],
    ),
    (
        "Mellan Ystads kommun å ena sidan, org.nr 212000-1181, och Backens Bygg AB å andra sidan, org.nr\n"
        "556701-2348, har denna dag ingåtts följande avtal.",
        [("p", "Ystads kommun", "212000-1181"), ("c", "Backens Bygg AB", "556701-2348")],
    ),
    (
        "Ystads kommun genom kulturnämnden, org.nr 212000-1181, och Teater Vinden ideell förening, org.nr\n"
        "802533-9089, har ingått följande avtal om barnteater.",
        [("p", "Ystads kommun", "212000-1181"), ("c", "Teater Vinden ideell förening", "802533-9089")],
    ),
    (
        "Mellan Lerums kommun, org.nr 212000-1447, Föreningen Ankaret, org.nr 802477-1027, och "
        "Studieförbundet\n"
        "Lyktan, org.nr 802533-9089, nedan gemensamt kallade parterna, har följande avtal träffats.",
        [
            ("p", "Lerums kommun", "212000-1447"),
            ("c", "Föreningen Ankaret", "802477-1027"),
            ("c", "Studieförbundet Lyktan", "802533-9089"),
        ],
    ),
    (
        "Mellan **Lerums kommun**, org.nr 212000-1447, nedan kallad beställaren, och **Omsorg i Väst AB**,\n"
        "org.nr 559301-1223, nedan kallad utföraren, har följande avtal slutits.",
        [("p", "Lerums kommun", "212000-1447"), ("c", "Omsorg i Väst AB", "559301-1223")],
    ),
    (
        "Parter i detta avtal är Nora kommun, org.nr 212000-2007, och Noraskogs Hembygdsförening, "
        "org.nr 802477-1027.",
        [("p", "Nora kommun", "212000-2007"), ("c", "Noraskogs Hembygdsförening", "802477-1027")],
    ),
    (
        "Mellan kommunala förvaltningen Barn- och utbildningsnämnden i Nora kommun finns inget avtal.\n\n"
        "Mellan Nora kommun, nedan kommunen, och Föreningen Ljus och Värme, nedan föreningen, har "
        "följande avtalats.",
        [("p", "Nora kommun", ""), ("c", "Föreningen Ljus och Värme", "")],
    ),
]


@pytest.mark.parametrize(("clause", "expected"), CLAUSES)
def test_clause(clause: str, expected: list[tuple[str, str, str]]) -> None:
    text = (
        f"Samverkansavtal om mötesplats\n\n{clause}\n\nAvtalstid\n\nAvtalet gäller 2024-01-01 – 2024-12-31.\n"
    )
    found = [(f.value.role[0], f.value.name, f.value.org_number) for f in findings(text)]  # type: ignore[union-attr]
    assert found == expected


AGREEMENTS = {
    "blocks one below the other": (
        "Överenskommelse om idéburet offentligt partnerskap\n\nParter\n\nHabo kommun\nSocialnämnden\n"
        "Box 212, 566 24 Habo\nOrganisationsnummer: 212000-1611\nKontaktperson: Lisa Ekdal, enhetschef\n\n"
        "Stiftelsen Kronljuset\nBrogatan 2, 566 31 Habo\nOrganisationsnummer: 885602-2333\n"
        "Kontaktperson: Amir Rahimi, föreståndare\n\nSyfte\n\nSyftet är att ge stöd.\n",
        {"Habo kommun": "212000-1611", "Stiftelsen Kronljuset": "885602-2333"},
    ),
    "blocks side by side": (
        "Avtal om öppen förskola\n\n1. Avtalsparter\n\nMora kommun\tKyrkans Barnhus i Mora\n"
        "Barn- och utbildningsnämnden\tStrandgatan 1\n792 80 Mora\t792 30 Mora\nOrg.nr "
        "212000-2213\tOrg.nr 252003-3446\n\n"
        "2. Bakgrund\n\nParterna samverkar sedan länge.\n",
        {"Mora kommun": "212000-2213", "Kyrkans Barnhus i Mora": "252003-3446"},
    ),
    "the name of a nämnd over two lines beside the other party": (
        "Avtal om dagverksamhet\n\n1. Parter\n\nBeställare\tLeverantör\nRegion Dalarna\tOmsorgshuset "
        "Siljan AB\n"
        "Hälso- och\tTorggatan 4\nsjukvårdsnämnden\t791 30 Falun\nOrg.nr 232100-0180\tOrg.nr "
        "556701-2348\n\n2. Bakgrund\n\nText.\n",
        {"Region Dalarna": "232100-0180", "Omsorgshuset Siljan AB": "556701-2348"},
    ),
    "rows of a form": (
        "Hyresavtal\n\n1. Hyresvärd\tBostads AB Kullen\n\tOrg.nr 556701-2348\n\tKullgatan 1, 252 20 "
        "Helsingborg\n"
        "2. Hyresgäst\tHöganäs kommun\n\tOrg.nr 212000-1165\n\tSocialnämnden, 263 82 Höganäs\n"
        "3. Hyrestid\t2024-01-01 – 2026-12-31\n",
        {"Bostads AB Kullen": "556701-2348", "Höganäs kommun": "212000-1165"},
    ),
    "a table of three cells": (
        "Tilläggsavtal 2\n\nKommunen\tHöganäs kommun, kulturnämnden\t212000-1165\n"
        "Föreningen\tKullens Musikkår\t802533-9089\n\nParterna är överens om följande.\n\n1. "
        "Avtalstid\nAvtalet gäller till 2025.\n",
        {"Höganäs kommun": "212000-1165", "Kullens Musikkår": "802533-9089"},
    ),
    "bullets": (
        "Slutrapport för Trädgårdsprojektet\n\nPartnerskapets parter\n\n• Vara kommun, kulturnämnden, "
        "org.nr 212000-2924\n"
        "• Föreningen Rabatten, org.nr 802477-1027\n• Studieförbundet Grönskan, org.nr 802533-9089\n\n"
        "Sammanfattning\n\nUnder året har vi odlat.\n",
        {
            "Vara kommun": "212000-2924",
            "Föreningen Rabatten": "802477-1027",
            "Studieförbundet Grönskan": "802533-9089",
        },
    ),
    "a cover page": (
        "Överenskommelse om samverkan\n\nmellan\nSala kommun\noch\nFöreningen Silverlinjen\n\nInnehåll\n"
        "1. Bakgrund ........ 2\n2. Parter ........ 2\n\fBakgrund\n\nFöreningen Silverlinjen har "
        "drivit kafé.\n",
        {"Sala kommun": "", "Föreningen Silverlinjen": ""},
    ),
    "headings in Markdown": (
        "# Partnerskap om natthärbärge\n\n## 2. Parter\n\nAvtalet gäller mellan nedanstående parter.\n\n"
        "### **Stiftelsen Natthamnen**\n\nHamngatan 3, 621 57 Visby\n\nOrganisationsnummer: 885602-2333\n\n"
        "### **Socialnämnden**\n\nRegion Gotland, 621 81 Visby\n\nOrganisationsnummer: 212000-0803\n\n"
        "## 3. Syfte\n\nText.\n",
        {"Stiftelsen Natthamnen": "885602-2333", "Socialnämnden": "212000-0803"},
    ),
    "a förvaltning that signs for its stad": (
        "Överenskommelse om mötesplats\n\n3 Avtalsparter\n\nSocialförvaltningen Lunds stad\n\n"
        "Organisationsnummer: 21 20 00 – 1132\n\n"
        "Anna Hedlund, Socialdirektör\n\nKällan\n\nOrganisationsnummer: 80 25 33 - 9089\n\nOlof Rask, "
        "Föreståndare\n\n4 Tid\n\nText.\n",
        {"Socialförvaltningen Lunds stad": "212000-1132", "Källan": "802533-9089"},
    ),
    "a number in the footer only": (
        "Avtal om lokal\n\nMellan Vara kommun, nedan kommunen, och Vara Tennisklubb, nedan klubben, "
        "har följande avtal träffats.\n\n"
        "Avtalstid\n\nAvtalet gäller 2024.\n\nVara kommun · 534 81 Vara · Org.nr 212000-2924\n",
        {"Vara kommun": "212000-2924", "Vara Tennisklubb": ""},
    ),
    "a subcontractor is no party": (
        "Kontrakt om tolkning\n\nMellan Region Halland, org.nr 232100-0115, och Tolkpoolen Väst AB, "
        "org.nr 556701-2348, "
        "har följande kontrakt träffats.\n\n5 Underleverantör\n\nLeverantören får anlita Språkhuset "
        "Syd AB, org.nr 559301-1223.\n\n"
        "6 Kontraktstid\n\nKontraktet gäller till och med 2026.\n",
        {"Region Halland": "232100-0115", "Tolkpoolen Väst AB": "556701-2348"},
    ),
    "a funder and a court are no parties": (
        "Samverkansavtal\n\nMellan Vara kommun, org.nr 212000-2924, nedan kommunen, och Föreningen "
        "Rabatten, org.nr "
        "802477-1027, nedan föreningen, har följande avtal träffats.\n\nBakgrund\n\nProjektet fick "
        "medel från Allmänna arvsfonden och "
        "Stiftelsen Kronfonden.\n\nTvist\n\nTvist avgörs av Skaraborgs tingsrätt.\n",
        {"Vara kommun": "212000-2924", "Föreningen Rabatten": "802477-1027"},
    ),
    "signature lines when nothing else names them": (
        "Avtal om vinteröppet\n\n1. Avtalstid\n\nAvtalet gäller 2024.\n\nUnderskrifter\n\nFör "
        "Tomelilla kommun\tFör Brösarps Byalag\n\n"
        "Stina Lind\tErik Alm\n",
        {"Tomelilla kommun": "", "Brösarps Byalag": ""},
    ),
    "a broken legal form": (
        "Avtal om scen\n\nMellan Tomelilla kommun, org.nr 212000-0886, nedan kommunen, och Scenhuset "
        "i Tomelilla ekonomisk\n"
        "förening, org.nr 769612 - 3459, nedan föreningen, har följande avtal träffats.\n\nAvtalstid\n"
        "\nAvtalet gäller 2024.\n",
        {"Tomelilla kommun": "212000-0886", "Scenhuset i Tomelilla ekonomisk förening": "769612-3459"},
    ),
}


@pytest.mark.parametrize("layout", AGREEMENTS)
def test_agreement(layout: str) -> None:
    text, expected = AGREEMENTS[layout]
    assert numbered(text) == expected


HEAD = (
    "Habo kommun\nSocialnämnden\n\nTjänsteskrivelse\n2024-03-01\n\nStöd till mötesplats\n\nFörslag "
    "till beslut\n\n"
)
# The decision points of a staff report and whom they are about.
POINTS = [
    ("Socialnämnden beslutar\natt bevilja Föreningen Ankaret 50 000 kr för 2024.", ["Föreningen Ankaret"]),
    (
        "1. Socialnämnden godkänner avtal med Stiftelsen Grinden för perioden 2024–2025.",
        ["Stiftelsen Grinden"],
    ),
    (
        "att teckna överenskommelse med Ljusets Vänförening (802477-1027) om dagverksamhet,",
        ["Ljusets Vänförening"],
    ),
    (
        "att förlänga partnerskapet med Kvinnojouren Vide i Habo till och med 2025.",
        ["Kvinnojouren Vide i Habo"],
    ),
    ("att betala ut 120 000 kr till Habo Bygdegårdsförening.", ["Habo Bygdegårdsförening"]),
    ("att återkräva 30 000 kr från Trollskogens Förskola AB.", ["Trollskogens Förskola AB"]),
    ("att avslå ansökan från IK Vinden om bidrag till belysning.", ["IK Vinden"]),
    ("Föreningen Ankaret beviljas 75 000 kr i verksamhetsbidrag.", ["Föreningen Ankaret"]),
    (
        "att bevilja Föreningen Ankaret 50 000 kr och Habo Scoutkår 20 000 kr i bidrag för 2024.",
        ["Föreningen Ankaret"],
    ),
    (
        "att ingå avtal med IK Vinden och Habo Hembygdsförening om skötsel.",
        ["IK Vinden", "Habo Hembygdsförening"],
    ),
    ("att ge socialchefen i uppdrag att underteckna avtalet med Föreningen Ankaret.", ["Föreningen Ankaret"]),
    ("att bevilja bidrag till Frälsningsarmén med 90 000 kr.", ["Frälsningsarmén"]),
    ("att bevilja Hela Huset (802477-1027) ett bidrag om 10 000 kr.", ["Hela Huset"]),
    (
        "att godkänna hyresavtal med Norra Kajens Fastigheter AB för lokal i centrum.",
        ["Norra Kajens Fastigheter AB"],
    ),
]


@pytest.mark.parametrize(("point", "expected"), POINTS)
def test_whom_a_decision_is_about(point: str, expected: list[str]) -> None:
    found = named(f"{HEAD}{point}\n\nSammanfattning\n\nFörvaltningen föreslår stöd.\n")
    assert ("p", "Socialnämnden") in found
    assert [name for role, name in found if role == "c"][: len(expected)] == expected


NOBODY = [
    "att uppdra åt förvaltningschefen att återkomma med en rapport om stödet.",
    "att överlämna ärendet till kommunfullmäktige för beslut om medel.",
    "att begära yttrande från Länsstyrelsen om bidraget.",
    "att avsätta 100 000 kr för samverkan med Polisen och Region Jönköpings län.",
    "att Eva Ek får i uppdrag att betala ut stödet.",
    "att medel ska tas från nämndens anslag för Förebyggande arbete.",
]


@pytest.mark.parametrize("point", NOBODY)
def test_a_point_about_no_party(point: str) -> None:
    found = named(f"{HEAD}{point}\n\nSammanfattning\n\nFörvaltningen föreslår stöd.\n")
    assert [name for role, name in found if role == "c"] == []


def test_a_short_name_is_completed() -> None:
    text = (
        "Habo kommun\nSocialnämnden\n\nTjänsteskrivelse\n\nFörslag till beslut\n\natt förlänga "
        "avtalet med Hela Huset (802477-1027).\n\n"
        "Beslutet skickas till\n\nFöreningen Hela Huset i Habo\n\nÄrendet\n\nFöreningen Hela Huset i "
        "Habo driver ett kafé.\n"
    )
    found = {
        f.value.name: f
        for f in findings(text)
        if isinstance(f.value, Party) and f.value.role == "counterparty"
    }
    assert list(found) == ["Föreningen Hela Huset i Habo"]
    assert "name_completed" in found["Föreningen Hela Huset i Habo"].flags


GRANTS = (
    "Kalix kommun\nFritidsnämnden\n\nBeslut\n\nFritidsnämnden beviljar bidrag enligt tabellen.\n\n"
    "Fördelning\n\n"
)
TABLES = {
    "sought and granted": (
        "Nr\tMottagare\tOrg.nr\tSökt (kr)\tBeviljat (kr)\n1\tKalix Simklubb\t802477-1027\t50 000\t40 000\n"
        "2\tFöreningen Isbrytaren\t802533-9089\t20 000\t20 000\nSumma\t\t\t70 000\t60 000\n",
        ["Kalix Simklubb", "Föreningen Isbrytaren"],
    ),
    "a refused applicant": (
        "Förening\tSökt\tBeviljat\nKalix Simklubb\t50 000\t40 000\nKlubb Frost\t30 000\t0\nIF "
        "Älven\t10 000\t10 000\nTotalt\t90 000\t50 000\n",
        ["Kalix Simklubb", "IF Älven"],
    ),
    "a refusal in words": (
        "Sökande\tSökt belopp\tBeslut\nKalix Simklubb\t50 000 kr\t40 000 kr\nKlubb Frost\t30 000 "
        "kr\tAvslag\nIF Älven\t9 000 kr\t9 000 kr\n",
        ["Kalix Simklubb", "IF Älven"],
    ),
    "a name over two lines": (
        "Mottagare\tOrg.nr\tBeviljat\nStiftelsen Kalix\t885602-2333\t40 000\nFolkets Hus\nIF "
        "Älven\t802533-9089\t9 000\n",
        ["Stiftelsen Kalix Folkets Hus", "IF Älven"],
    ),
    "columns by blanks": (
        "Förening                      Belopp\nKalix Simklubb                40 000\nIF Älven         "
        "              9 000\nSumma                         49 000\n",
        ["Kalix Simklubb", "IF Älven"],
    ),
    "the gaps were lost": (
        "Nr Mottagare Org.nr Beviljat\n1 Kalix Simklubb 802477-1027 40 000\n2 IF Älven 802533-9089 9 "
        "000\nSumma 49 000\n",
        ["Kalix Simklubb", "IF Älven"],
    ),
}


@pytest.mark.parametrize("table", TABLES)
def test_grant_table(table: str) -> None:
    rows, expected = TABLES[table]
    assert [name for role, name in named(GRANTS + rows) if role == "c"] == expected


def test_a_budget_is_no_grant_table() -> None:
    text = (
        GRANTS + "Post\tBudget 2024\tUtfall 2024\nLokaler\t40 000\t41 000\nLöner\t90 000\t88 000\n"
        "Summa\t130 000\t129 000\n"
    )
    assert [name for role, name in named(text) if role == "c"] == []


APPLICATIONS = [
    (
        "Nora kommun\nKulturnämnden\n\nAnsökan om verksamhetsbidrag\n\nUppgifter om föreningen\n\n"
        "Föreningens namn\tOrganisationsnummer\nNora Trädgårdsförening\t802477-1027\n"
        "Postadress\tBankgiro\nTorget 2, 713 31 Nora\t512-3344\n",
        "Nora Trädgårdsförening",
    ),
    (
        "Ansökan om föreningsbidrag\n\nTill Kulturnämnden, Nora kommun\n\nSökande: Nora "
        "Schacksällskap\nOrg.nr: 802477-1027\nSökt belopp: 10 000 kr\n",
        "Nora Schacksällskap",
    ),
    (
        "Nora kommun\nKulturnämnden\n\nAnsökan om projektstöd\n\nOrganisationens namn\nTeater Tranan\n"
        "Organisationsnummer\n802477-1027\nSökt belopp\n45 000 kr\n",
        "Teater Tranan",
    ),
]


@pytest.mark.parametrize(("form", "name"), APPLICATIONS)
def test_application(form: str, name: str) -> None:
    assert sorted(named(form)) == [("c", name), ("p", "Kulturnämnden")]
    assert numbered(form)[name] == "802477-1027"


def test_address_and_contact() -> None:
    text, _ = AGREEMENTS["blocks one below the other"]
    value = next(
        f.value for f in findings(text) if isinstance(f.value, Party) and f.value.role == "counterparty"
    )
    assert isinstance(value, Party)
    assert (value.address, value.contact) == ("Brogatan 2, 566 31 Habo", "Amir Rahimi")


def test_a_misprinted_number_gives_way_to_a_right_one() -> None:
    text = (
        "Habo kommun\nSocialnämnden\n\nBeslut\n\nSocialnämnden beslutar att återkräva 10 000 kr från "
        "Grindens Hus AB.\n\n"
        "Bakgrund\n\nGrindens Hus AB (556701-2384) driver boende. Grindens Hus AB (556701-2348) har "
        "yttrat sig.\n"
    )
    assert numbered(text)["Grindens Hus AB"] == "556701-2348"


def test_a_wrong_check_digit_is_flagged() -> None:
    text = (
        "Habo kommun\nSocialnämnden\n\nBeslut\n\nSocialnämnden beslutar att bevilja Grindens Hus AB "
        "(org.nr 556701-2384) 10 000 kr.\n"
    )
    flags = [
        f.flags for f in findings(text) if isinstance(f.value, Party) and f.value.name == "Grindens Hus AB"
    ]
    assert flags == [("org_number_invalid",)]


def test_a_personal_number_is_nobodys_organisation_number() -> None:
    text = (
        "Nora kommun\nKulturnämnden\n\nAnsökan om bidrag\n\nSökande: Nora Schacksällskap\n"
        "Personnummer: 640823-3234\n"
    )
    assert "640823-3234" not in numbered(text).values()


@pytest.mark.parametrize(
    "text", ["", "\f\f", "Hej", "...\n\n\t\t\n", "mellan\noch", "Parter\n", "Förslag till beslut\n\natt\n"]
)
def test_next_to_nothing(text: str) -> None:
    findings(text)


MORE_FORMS = {
    "a label, then a label for the name": (
        "Avtal om städning\n\nBeställare\n\nNamn\n\nNora kommun\n\nOrganisationsnummer\n212000-2007\n"
        "\nLeverantör\n\nNamn\n\n"
        "Nora Städ & Golv AB\n\nOrganisationsnummer\n556701-2348\n\nAvtalstid\n\nAvtalet gäller 2024.\n",
        {"Nora kommun": "212000-2007", "Nora Städ & Golv AB": "556701-2348"},
    ),
    "the label is the first word of the name too": (
        "Överenskommelse om natthärbärge\n\nKommunen\n\nNora kommun\ngenom socialnämnden\n"
        "Organisationsnummer 212000-2007\n\n"
        "Föreningen\n\nFöreningen Ankaret i Nora\nOrganisationsnummer 802477-1027\n\n1 Bakgrund\n\n"
        "Text.\n\nAvtalstid\n\nAvtalet gäller 2024.\n",
        {"Nora kommun": "212000-2007", "Föreningen Ankaret i Nora": "802477-1027"},
    ),
    "parties named by their kind": (
        "Partnerskap om härbärge\n\nOffentlig part\nNora kommun\nOrg.nr: 21 20 00 - 2007\n\nIdéburen "
        "part\nFöreningen Ankaret\n"
        "Org.nr: 80 24 77 - 1027\n\n1. Avtalstid\n\nÖverenskommelsen gäller 2024.\n",
        {"Nora kommun": "212000-2007", "Föreningen Ankaret": "802477-1027"},
    ),
    "a table in Markdown": (
        "# Verksamhetsrapport 2023 för Språkcaféet\n\n| | |\n|---|---|\n| Mottagare av stödet | Noras "
        "Språkvänner |\n"
        "| Organisationsnummer | 802477-1027 |\n| Bidragsgivare | Nora kommun, 212000-2007 |\n\n## "
        "Sammanfattning\n\nText.\n",
        {"Nora kommun": "212000-2007", "Noras Språkvänner": "802477-1027"},
    ),
}


@pytest.mark.parametrize("layout", MORE_FORMS)
def test_form(layout: str) -> None:
    text, expected = MORE_FORMS[layout]
    assert numbered(text) == expected
