"""What a document is: type, title, municipality, nämnd and date, over letterheads that differ."""

from datetime import date

import pytest
from factories import reading

from pipeline.extract import facts
from pipeline.extract.document_types import guesses
from pipeline.extract.nlp import material
from pipeline.model import Finding


def findings(text: str) -> list[Finding]:
    return list(facts.find(material(reading(*text.split("\f")))))


def best(text: str, kind: str) -> object:
    found = [f for f in findings(text) if f.kind == kind]
    return max(found, key=lambda f: f.confidence).value if found else None


BODY = "Bakgrund\n\nVerksamheten har drivits sedan länge och når många i kommunen.\n"
TYPES = [
    (
        "Nora kommun\nKulturnämnden\n\nTjänsteskrivelse\n2024-01-02\n\nStöd till teater\n\nFörslag "
        "till beslut\n\nNämnden beslutar\natt ge stöd.\n",
        "staff_report",
    ),
    (
        "Nora kommun\n\nTjänsteutlåtande\nDatum 2024-01-02\n\nAvtal med Teater Tranan\n\nFörslag till "
        "beslut\n\n1. Avtalet godkänns.\n",
        "staff_report",
    ),
    (
        "Stöd till teater\n\nSammanfattning\n\nFörvaltningen föreslår stöd.\n\nFörslag till beslut\n\n"
        "1. Nämnden godkänner stödet.\n\nBeslutsunderlag\n\nAvtal\n",
        "staff_report",
    ),
    (
        "Nora kommun\tSammanträdesprotokoll\nKulturnämnden\t2024-01-02\n\n§ 12\n\nStöd till teater\n\n"
        "Beslut\n\nNämnden beslutar\natt ge stöd.\n\nJusterande\n",
        "minutes",
    ),
    (
        "PROTOKOLLSUTDRAG\nKulturnämnden\n\n§ 12 Avtal med Teater Tranan\n\nBeslut\n\nAvtalet "
        "godkänns av nämnden.\n\nYrkanden\n\nEva Ek (M) yrkar avslag.\n",
        "minutes",
    ),
    (
        "§ 7\n\nFörlängning av överenskommelse med Grinden\n\nBeslut\n\nNämnden beslutar\natt "
        "förlänga överenskommelsen.\n\nReservation\n\nEva Ek (M) reserverar sig.\n\nJusterare\n",
        "minutes",
    ),
    (
        "Överenskommelse om mötesplats\n\nParter\n\nNora kommun\nOrg.nr 212000-2007\n\nFöreningen "
        "Grinden\nOrg.nr 802477-1027\n\nAvtalstid\n\nAvtalet gäller 2024.\n\nUnderskrifter\n\nFör "
        "Nora kommun\n",
        "agreement",
    ),
    (
        "Hyresavtal\n\nHyresvärd\tKullens AB\nHyresgäst\tNora kommun\n\nHyrestid\t2024-01-01 – 2024-12-31\n",
        "agreement",
    ),
    (
        "Tilläggsavtal nr 2 till avtal om drift\n\nParterna är överens om följande tillägg.\n\n1. "
        "Avtalstid\nAvtalet förlängs.\n\nUnderskrifter\n\nFör kommunen\n",
        "agreement",
    ),
    (
        "Mellan Nora kommun, nedan kallad kommunen, och Grindens Hus AB, nedan kallad bolaget, har "
        "följande kontrakt träffats.\n\nKontraktstid\n\nKontraktet gäller 2024.\n",
        "agreement",
    ),
    (
        "NORA KOMMUN BESLUT\nKulturnämnden 1999-03-24\n\nTEATERSTÖD 1999\n\nKulturnämnden har vid möte "
        "1999-03-20 beslutat\n\natt ge Teater Tranan stöd.\n",
        "decision",
    ),
    (
        "VERKSAMHETSREDOVISNING 2011\n\nSommaren\n\nTeater Tranan spelade varje kväll enligt avtalet med "
        "kommunen.\n",
        "report",
    ),
    (
        "Nora kommun\nKulturnämnden\nDELEGATIONSBESLUT\n2024-01-02\n\nStöd till teater\n\nBeslut\n\n"
        "Föreningen beviljas stöd.\n\nHur beslutet överklagas\n\nBeslutet kan överklagas.\n",
        "decision",
    ),
    (
        "Nora kommun\tBESLUT\nKulturnämnden\t2024-01-02\n\nVerksamhetsbidrag 2024\n\nBeslut\n\n"
        "Nämnden beviljar bidrag enligt tabellen.\n",
        "decision",
    ),
    (
        "Beslut om återkrav av föreningsbidrag\n\nBeslut\n\nNämnden beslutar att återkräva 10 000 "
        "kr.\n\nSkäl för beslutet\n\nText.\n\nHur man överklagar\n\nText.\n",
        "decision",
    ),
    (
        "Nora kommun\n\nAnsökan om verksamhetsbidrag\n\nUppgifter om föreningen\n\nFöreningens namn\n"
        "Teater Tranan\n\nSökt belopp\n10 000 kr\n",
        "application",
    ),
    (
        "Ansökan om föreningsbidrag 2024\n\nVi ansöker om bidrag till våra läger. Härmed intygas att "
        "uppgifterna är riktiga.\n",
        "application",
    ),
    (
        "Verksamhetsberättelse 2023\n\nTeater Tranan\n\nUnder verksamhetsåret har vi spelat tio "
        "gånger.\n\nEkonomi\n\nText.\n",
        "other",
    ),
    (
        "Verksamhetsberättelse 2023\n\nTeater Tranan\n\nEnligt överenskommelsen med kommunen har vi under "
        "verksamhetsåret spelat tio gånger.\n\nEkonomi\n\nText.\n",
        "report",
    ),
    (
        "Slutrapport för projektet Grinden\n\nSammanfattning\n\nProjektet har nått sina mål.\n\n"
        "Måluppfyllelse\n\nText.\n",
        "report",
    ),
    (
        "Uppföljningsrapport natthärbärge 2023\n\nInledning\n\nRapporten beskriver året.\n\n"
        "Måluppfyllelse\n\nText.\n",
        "report",
    ),
    ("Kallelse till vårstädning\n\nVälkommen på lördag klockan tio. Ta med kratta.\n", "other"),
]


@pytest.mark.parametrize(("text", "kind"), TYPES)
def test_document_type(text: str, kind: str) -> None:
    assert best(text, "document_type") == kind


TITLES = [
    (
        "Nora kommun\nKulturnämnden\n\nTjänsteskrivelse\n2024-01-02\n\nStöd till Teater Tranan för "
        "spelåret\n\nFörslag till beslut\n\nText.\n",
        "Stöd till Teater Tranan för spelåret",
    ),
    (
        "Nora kommun\nKulturnämnden\n\nFörlängning av idéburet offentligt partnerskap med\nFöreningen "
        "Grinden\n\nFörslag till beslut\n",
        "Förlängning av idéburet offentligt partnerskap med Föreningen Grinden",
    ),
    (
        "# Överenskommelse om **mötesplats**\n\nNora kommun\n\n## Bakgrund\n\nText.\n",
        "Överenskommelse om mötesplats",
    ),
    (
        "§ 12\n\nAvtal med Teater Tranan\n\nDiarienummer: KN-2024-1\n\nBeslut\n\nText.\n",
        "Avtal med Teater Tranan",
    ),
    (
        "§ 12 Avtal med Teater Tranan om sommarscen\n\nBeslut\n\nText.\n",
        "Avtal med Teater Tranan om sommarscen",
    ),
    (
        "Sida 1 (2)\nNora kommun\tDnr KN 2024/1\n\nSamverkansavtal om sommarscen\n\n1 Parter\n\nText.\n",
        "Samverkansavtal om sommarscen",
    ),
    ("NORA KOMMUN BESLUT\nKulturnämnden\n\nTEATERSTÖD 1999\n\nText.\n", "TEATERSTÖD 1999"),
    (
        "REGION GÄVLEBORG\n\nSammanträde i Sandviken 2014-05-06\n\nResor till sommarscenen i norr\n\nText.\n",
        "Resor till sommarscenen i norr",
    ),
    (
        "Nora kommun\n\nHYRESKONTRAKT\n\nNora kommun har en scen och behöver en till. Kontraktet löper\n"
        "tills vidare från i dag.\n",
        "HYRESKONTRAKT",
    ),
    (
        "Nora kommun\n\nProtokoll kulturnämnden\n\n§ 3\nStöd till Teater Tranan\n\nBeslut\n\nNämnden ger "
        "stöd.\n\n§ 4\nAvtal om sommarscenen\n\nBeslut\n\nAvtalet godkänns av nämnden.\n",
        "Protokoll kulturnämnden",
    ),
    (
        "Verksamhetsrapport för Grinden\n\nVerksamhetsåret 2022\n\nSammanfattning\n\nText.\n",
        "Verksamhetsrapport för Grinden",
    ),
]


@pytest.mark.parametrize(("text", "title"), TITLES)
def test_title(text: str, title: str) -> None:
    assert best(text, "title") == title


PROSE = (
    "Sammanfattning\n\nAvtalet har slutits av parterna för att möta en växande grupp\nsom behöver "
    "stöd och samtal under kvällar och helger.\n"
)


def test_prose_is_no_title() -> None:
    assert best(PROSE, "title") is None


MUNICIPALITIES = [
    ("Nora kommun\nKulturnämnden\n\nText om Örebro kommun.", "Nora"),
    ("NORRKÖPINGS KOMMUN\nKulturnämnden\n\nText.", "Norrköping"),
    ("Borås Stad\n\nText.", "Borås"),
    ("Göteborgs Stad\nSocialnämnden\n\nText.", "Göteborg"),
    ("Upplands Väsby kommun\n\nText.", "Upplands Väsby"),
    ("Östra Göinge kommun\n\nText.", "Östra Göinge"),
    ("Malung-Sälens kommun\n\nText.", "Malung-Sälen"),
    ("Region Skåne\n\nAvtal\n\nLeverantören finns i Malmö stad.", "Region Skåne"),
    ("Region Jämtland Härjedalen\n\nText.", "Region Jämtland Härjedalen"),
    ("Västra Götalandsregionen\n\nText.", "Västra Götalandsregionen"),
    ("Östersunds kommun\n\nBudget\n\nBidrag från Region\nJämtland Härjedalen\t40 000\n", "Östersund"),
    ("Vaxj6 kommun\nUtbildningsnämnden\n\nText.", "Växjö"),
    ("Umea kommun\n\nText.", "Umeå"),
    ("Avtal mellan Habo kommun och Föreningen Ankaret.", "Habo"),
    ("Avtal\n\nBeställaren, org.nr 212000-2007, betalar.", "Nora"),
    ("Varje kommun har ansvar för sin stad.", None),
    ("Sveriges Kommuner och Regioner har lämnat råd.", None),
]


@pytest.mark.parametrize(("text", "name"), MUNICIPALITIES)
def test_municipality(text: str, name: str | None) -> None:
    assert best(text, "municipality") == name


BOARDS = [
    ("Nora kommun\nArbetsmarknads- och socialnämnden\n\nText.", "Arbetsmarknads- och socialnämnden"),
    ("Nora kommun\nNämnden för arbete och välfärd\n\nText.", "Nämnden för arbete och välfärd"),
    (
        "Region Skåne\nPsykiatri-, habiliterings- och\nhjälpmedelsnämnden\n\nText.",
        "Psykiatri-, habiliterings- och hjälpmedelsnämnden",
    ),
    ("KULTUR- OCH FRITIDSNÄMNDEN\n\nText.", "Kultur- och fritidsnämnden"),
    ("Nora kommun\nBygg- och miljönämnden Sida 1 (2)\n\nText.", "Bygg- och miljönämnden"),
    ("Nora kommun\nKommunstyrelsen\n\nText.", "Kommunstyrelsen"),
    ("Nora kommun\nSocialförvaltningen\n\nTill socialnämnden\n\nText.", "Socialnämnden"),
    ("Nora kommun\nSocialförvaltningen\n\nText.", None),
    ("Förslag till beslut\n\n1. Vård- och omsorgsnämnden godkänner avtalet.\n", "Vård- och omsorgsnämnden"),
    (
        "Avtal\n\nMellan Nora kommun genom dess utbildningsnämnd, org.nr 212000-2007, och Grinden.",
        "Utbildningsnämnden",
    ),
    (
        "Rapport\n\nParter\n\nNora kommun, nämnden för lek och lärande, org.nr 212000-2007\n",
        "Nämnden för lek och lärande",
    ),
    ("Ärendet prövades av Allmänna reklamationsnämnden och Överklagandenämnden.", None),
    ("Tvisten avgörs av hyresnämnden i Umeå.", None),
    ("Nora kommun\nIndivid- och familje-\nnämnden\n\nText.", "Individ- och familjenämnden"),
    ("Södermalms stadsdelsnämnd\n\nText.", "Södermalms stadsdelsnämnd"),
    ("Barn och utbildningsnämnden\n\nText.", "Barn och utbildningsnämnden"),
    (
        "Nora kommun\nSocialnämnden\n\nFörslag till beslut\n\nSocialnämnden beslutar\natt föreslå "
        "kommunstyrelsen att anslå medel.\n",
        "Socialnämnden",
    ),
]


@pytest.mark.parametrize(("text", "name"), BOARDS)
def test_board(text: str, name: str | None) -> None:
    assert best(text, "board") == name


LETTER = "Nora kommun\nKulturnämnden\n\n{}\n\nStöd till Teater Tranan\n\n{}\n"
AGREEMENT = (
    "Avtal om sommarscen\n\nParter\n\nNora kommun och Tranan\n\nAvtalstid\n\nAvtalet gäller "
    "2024-01-01 – 2024-12-31.\n\nUnderskrifter\n\n{}\n"
)
DATES = [
    (
        LETTER.format(
            "Tjänsteskrivelse\nDatum: 2024-02-03",
            "Förslag till beslut\n\n1. Stödet godkänns den 1 mars 2024.",
        ),
        date(2024, 2, 3),
    ),
    (
        LETTER.format("Tjänsteskrivelse\n2024-02-03", "Förslag till beslut\n\n1. Stödet godkänns."),
        date(2024, 2, 3),
    ),
    (
        LETTER.format("Delegationsbeslut\nBeslutsdatum: 2024-02-03", "Beslut\n\nStödet beviljas."),
        date(2024, 2, 3),
    ),
    (
        LETTER.format("Tjänsteskrivelse\n3 februari 2024", "Förslag till beslut\n\n1. Stödet godkänns."),
        date(2024, 2, 3),
    ),
    (LETTER.format("Tjänsteskrivelse\nInkom 2024-02-01", "Förslag till beslut\n\n1. Stödet godkänns."), None),
    (
        "Nora kommun\tSammanträdesprotokoll\nKulturnämnden\tSammanträdesdatum 2024-02-03\n\n§ 12\n\n"
        "Beslut\n\nAvtalet godkänns av nämnden.\n\nAnslag\n\nAnslaget sätts upp 2024-02-10\n",
        date(2024, 2, 3),
    ),
    (AGREEMENT.format("Nora den 12 december 2023\n\nFör Nora kommun"), date(2023, 12, 12)),
    (AGREEMENT.format("Nora 2023-12-12\tNora 2023-12-14\n\nFör Nora kommun\tFör Tranan"), date(2023, 12, 12)),
    (AGREEMENT.format("Nora (datum)\n\nFör Nora kommun"), None),
    (AGREEMENT.format("Ort och datum: ..........\n\nFör Nora kommun"), None),
    (
        "Ansökan om bidrag\n\nNORA KOMMUN Inkom 2024-09-30\n\nSökt belopp\n10 000 kr\n\nUnderskrift\n"
        "\nNora 2024-09-27\n",
        date(2024, 9, 27),
    ),
]


@pytest.mark.parametrize(("text", "day"), DATES)
def test_document_date(text: str, day: date | None) -> None:
    assert best(text, "document_date") == day


@pytest.mark.parametrize("text", ["", "\f\f", " \n\t\n", "§", "#", "kommun", "nämnden"])
def test_next_to_nothing(text: str) -> None:
    assert all(f.kind in facts.KINDS for f in findings(text))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Gemensam fiskevård\n\nAvtalet träffas mellan\n\nGranö kommun och\n\nNorra Fiskarna\n", "agreement"),
        ("Gemensam fiskevård\n\nÖverenskommelsen ingås mellan:\nGranö kommun\nNorra Fiskarna\n", "agreement"),
        (
            "Granö kommun\nFritidsnämnden\n\nStöd till läger\n\nFritidsnämndens beslut\n\n"
            "1. Stödet fördelas enligt listan.\n\nVid protokollet\n\nEva Ek\nsekreterare\n",
            "decision",
        ),
        (
            "Granö kommun\nProtokoll\n\n§ 4\nStöd till läger\n\nBeslut\n\n"
            "1. Stödet fördelas enligt listan.\n\nVid protokollet\n\nEva Ek\nsekreterare\n",
            "minutes",
        ),
    ],
)
def test_type_by_how_a_paper_opens_and_closes(text: str, kind: str) -> None:
    assert guesses(material(reading(text)))[0].type == kind
