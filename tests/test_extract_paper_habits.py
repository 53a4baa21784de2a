"""Habits of municipal paper that headings and blanks alone don't tell: small papers read as a whole."""

import pytest
from factories import reading

from pipeline.extract import amounts, case_numbers, decisions, parties, periods
from pipeline.extract.document_types import guesses
from pipeline.extract.naming import PERSON
from pipeline.extract.nlp import material
from pipeline.model import Amount, CaseNumber, Decision, Finding, Party, Period, Span
from pipeline.resolve.parties import settle_parties

DECIDED_UNDER_A_BODY = {
    "att with a wide gap, under the body that decides": (
        "Tekniska nämndens beredning har hört byalaget.\n\n\nMiljö- och tekniska nämnden beslutar\n\n"
        "att    bevilja Sjöbo Roddarlag 18.000:- till en ny brygga,\n\n"
        "att    bryggan skall vara på plats senast den\n       1 juni, samt\n\n"
        "att    roddarlaget svarar för tillsynen.\n\n\nUtdrag till: Sjöbo Roddarlag\n"
        "             Ekonomienheten\n",
        [
            ("decided", "att bevilja Sjöbo Roddarlag 18.000:- till en ny brygga,"),
            ("decided", "att bryggan skall vara på plats senast den 1 juni, samt"),
            ("decided", "att roddarlaget svarar för tillsynen."),
        ],
    ),
    "indented paragraphs that end where the indentation ends": (
        "Hembygdsbidrag\n\nArbetsutskottet har den 4 maj behandlat ansökan.\n\nUtskottet beslöt följande:\n\n"
        "    Rävlanda Spelmanslag får ett bidrag med 12 000 kr.\n\n"
        "    Bidraget betalas ut i juni.\n\n"
        "Spelmanslaget har funnits sedan 1952 och hade i fjol\n41 medlemmar. Grannkommunen ger 9 000 kr.\n",
        [
            ("decided", "Rävlanda Spelmanslag får ett bidrag med 12 000 kr."),
            ("decided", "Bidraget betalas ut i juni."),
        ],
    ),
    "what a committee proposes": (
        "Fritidsutskottet föreslår att kommunstyrelsen beslutar följande\n\n"
        "1. Avtalet med Norra Skidlaget förlängs ett år.\n2. Hyran är oförändrad.\n",
        [
            ("proposed", "Avtalet med Norra Skidlaget förlängs ett år."),
            ("proposed", "Hyran är oförändrad."),
        ],
    ),
    "a point that begins with the word of a heading": (
        "Beslut\n1.  Ansökan beviljas.\n\n2.  Ersättningen belastar kulturkontorets anslag för evenemang\n"
        "    och jubileer år 2014.\n\nProtokollsutdrag till\nKulturkontoret\nEkonomiassistenten\n",
        [
            ("decided", "Ansökan beviljas."),
            ("decided", "Ersättningen belastar kulturkontorets anslag för evenemang och jubileer år 2014."),
        ],
    ),
}


@pytest.mark.parametrize("name", DECIDED_UNDER_A_BODY)
def test_points_under_a_line_that_only_says_who_decides(name: str) -> None:
    text, wanted = DECIDED_UNDER_A_BODY[name]
    values = [f.value for f in decisions.find(material(reading(text)))]
    assert [(v.status, v.text) for v in values if isinstance(v, Decision)] == wanted


TOPICS = {
    "a sentence that goes on": ("Bakgrund\n\nDet var detta nämnden beslutade\nom i våras.\n", ["background"]),
    "offices that get a copy": (
        "Beslut\n\nAnsökan avslås.\n\nProtokollsutdrag till\nEkonomikontoret\nBidragshandläggaren\n",
        ["decision", "distribution"],
    ),
    "a heading, though an office bears the word": ("Ekonomi\n\nHyran är 300 kr.\n", ["economy"]),
    "under its own heading a body opens nothing": (
        "Förslag till beslut\n\nNämnden beslutar\n\natt avslå ansökan.\n",
        ["proposal"],
    ),
}


@pytest.mark.parametrize("name", TOPICS)
def test_lines_that_are_headings_and_lines_that_are_not(name: str) -> None:
    text, wanted = TOPICS[name]
    assert [s.topic for s in material(reading(text)).outline.sections if s.heading] == wanted


def test_names_side_by_side_are_two() -> None:
    text = (
        "Hälsningar\n\n\nKersti Ahlmark               Börje Lund Öst\nordförande                   kassör\n"
    )
    assert [m.group() for m in PERSON.finditer(text)] == ["Kersti Ahlmark", "Börje Lund Öst"]


def test_a_name_over_the_end_of_a_line_is_one() -> None:
    assert [m.group() for m in PERSON.finditer("handläggs av Kersti \n   Ahlmark på")] == [
        "Kersti \n   Ahlmark"
    ]


PARTIES = {
    "a body known by what it does, in lower case": (
        "Kommunstyrelsen\n\nBeslut\n\natt bevilja Torps spelmanslag 9 000 kr i jubileumsbidrag.\n",
        [("public", "Kommunstyrelsen", ""), ("counterparty", "Torps spelmanslag", "")],
    ),
    "a refusal, the name in the genitive": (
        "Fritidsnämnden\n\nBeslut\n\nFritidsnämnden avslår Viks Kanotskolas ansökan om 40 000 kr.\n\n"
        "Bakgrund\n\nViks Kanotskola, org.nr 802416-3019, ansökte i maj.\n",
        [("public", "Fritidsnämnden", ""), ("counterparty", "Viks Kanotskola", "802416-3019")],
    ),
    "labels and values, a name that is coined": (
        "Delegationsbeslut\n\nNämnd:               Vårdnämnd öster\n"
        "Mottagare:           Anhörigstödet Vinga\nOrganisationsnummer: 802416-3019\n"
        "Beviljat belopp:     SEK 31 000\nSökt belopp:         SEK 45 000\n"
        "Kontering:           ansvar 122\n\nBeslut:\n\n   Vårdnämnd öster beviljar 31 000 kr.\n",
        [("public", "Vårdnämnd öster", ""), ("counterparty", "Anhörigstödet Vinga", "802416-3019")],
    ),
    "the nämnd by whose order an official decides": (
        "Askeby kommun\nBarn & Unga\n\nDELEGATIONSBESLUT\n\nDelegat: Rektor, enligt punkt 2 i Barn- och\n"
        "ungdomsnämndens delegationsordning\n\nBESLUT\nStiftelsen Lekhagen, org.nr 802416-3019, beviljas "
        "12 000 kr.\n",
        [("public", "Barn- och ungdomsnämnden", ""), ("counterparty", "Stiftelsen Lekhagen", "802416-3019")],
    ),
    "a number in brackets below each name": (
        "Kulturnämnden\n\nBeslut\n\natt bevilja stöd enligt nedan.\n\n"
        "Förening                 Sökt       Beviljat\n(org.nummer)             2022       2022\n"
        "Dansens Vänner           40 000     25 000\n(802416-3019)\nNya Kören                18 000     -\n"
        "(802440-1005)\nLergruppen               30 000     30 000\n(802433-4404)\nSumma                    "
        "88 000     55 000\n",
        [
            ("public", "Kulturnämnden", ""),
            ("counterparty", "Dansens Vänner", "802416-3019"),
            ("counterparty", "Lergruppen", "802433-4404"),
        ],
    ),
    "a manager who signs for the landlord": (
        "LOKALHYRESAVTAL\n\nHyresvärd:    Ekhagens Hus KB, org.nr 969612-3406, företräds av\n"
        "              Byförvaltarna AB, org.nr 556612-3401\n\n"
        "Hyresgäst:    Askeby kommun, org.nr 212000-0001\n",
        [("counterparty", "Ekhagens Hus KB", "969612-3406"), ("public", "Askeby kommun", "212000-0001")],
    ),
    "a letter's closing": (
        "Till\nKulturnämnden\nAskeby kommun\n\nAnsökan om bidrag till höstens mässa\n\n"
        "Vi söker 12 000 kr till vår mässa och till\nde gäster som vi bjuder in.\n\nMed vänlig hälsning\n\n"
        "Kersti Ahlmark\nordförande\n\nHantverksrundan Väst\nOrg nr 802416-3019\nTel. 0500-12 34 56\n",
        [("public", "Kulturnämnden", ""), ("counterparty", "Hantverksrundan Väst", "802416-3019")],
    ),
    "a region that was heard, with its number": (
        "Askeby kommun\nSamhällsnämnden\n\nBeslut\n\nSamhällsnämnden beslutar att anta reglerna.\n\n"
        "Bakgrund\n\nRegion Halland (232100-0115) har yttrat sig.\n",
        [("public", "Samhällsnämnden", "")],
    ),
    "who runs something for a party": (
        "AVTAL\n\nmellan Askeby kommun, org.nr 212000-0001, och Föreningen Norrsken, org.nr 802416-3019.\n\n"
        "1 Bokning\n\nBokningen, som driftas av Byteknik AB (556612-3401), är öppen dygnet runt.\n",
        [("public", "Askeby kommun", "212000-0001"), ("counterparty", "Föreningen Norrsken", "802416-3019")],
    ),
    "below a heading a sentence with a figure in it": (
        "AVTAL\n\nmellan Askeby kommun, org.nr 212000-0001, och Norrskens Krets, org.nr 802416-3019.\n\n"
        "2 Parternas uppgifter\n\nKretsen rekryterar ledare, gör scheman, anställer en värd på 50 procent,\n"
        "svarar för bokningen.\n",
        [("public", "Askeby kommun", "212000-0001"), ("counterparty", "Norrskens Krets", "802416-3019")],
    ),
    "below a label a sentence, not a name": (
        "AVTAL\n\nmellan Askeby kommun, org.nr 212000-0001, och Föreningen Norrsken, org.nr 802416-3019.\n\n"
        "4.1  Föreningen\nFöreningen sköter anläggningen, tar hand om bokningar på lördagar,\n"
        "söndagar och helger och städar.\n",
        [("public", "Askeby kommun", "212000-0001"), ("counterparty", "Föreningen Norrsken", "802416-3019")],
    ),
}


@pytest.mark.parametrize("name", PARTIES)
def test_parties_that_layout_and_verbs_name(name: str) -> None:
    text, wanted = PARTIES[name]
    values = [f.value for f in parties.find(material(reading(text)))]
    found = [(v.role, v.name, v.org_number) for v in values if isinstance(v, Party)]
    assert sorted(found) == sorted(wanted)


PERIODS = {
    "days of one month": (
        "Stödet gäller för tiden 3–5 maj 2019.",
        [("agreement", "2019-05-03", "2019-05-05")],
    ),
    "days of one month, with words": (
        "Bidraget avser tiden från den 12 till och med den 14 augusti 2022.",
        [("agreement", "2022-08-12", "2022-08-14")],
    ),
    "days between": (
        "Lokalen hyrs ut mellan den 4 och den 9 juli 2011.",
        [("agreement", "2011-07-04", "2011-07-09")],
    ),
    "two days apart are no term": ("Styrgruppen träffades den 4 och 9 juli 2011.", []),
    "a prolongation tells only its end": (
        "Kontraktet, som löper 2014-07-01–2017-06-30, förlängs t.o.m. den 31 december 2018.",
        [("previous", "2014-07-01", "2017-06-30"), ("agreement", "2017-07-01", "2018-12-31")],
    ),
    "a prolongation of an agreement over years": (
        "Överenskommelsen för åren 2019–2020 förlängs till och med den 30 juni 2022.",
        [("previous", "2019-01-01", "2020-12-31"), ("agreement", "2021-01-01", "2022-06-30")],
    ),
    "silence prolongs it": (
        "Avtalstid\n\nFrån 1 maj 2019 till 30 april 2021. Om avtalet inte sägs upp i tid förlängs det "
        "för tiden 1 maj 2021–30 april 2023.",
        [("agreement", "2019-05-01", "2021-04-30"), ("option", "2021-05-01", "2023-04-30")],
    ),
    "the year of a sum that was paid": ("Bakgrund\n\nFör år 2011 utgick bidrag med 42.000:-.", []),
}


@pytest.mark.parametrize("name", PERIODS)
def test_terms_said_in_few_words(name: str) -> None:
    text, wanted = PERIODS[name]
    values = [f.value for f in periods.find(material(reading(text)))]
    found = [(v.kind, str(v.start), str(v.end)) for v in values if isinstance(v, Period)]
    assert found == wanted


NUMBERS = {
    "small letters after the label": ("Ärendenummer:   Kof 88/2021\n", ["KOF 2021/88"]),
    "small letters, another label": ("Dnr Bun 2019/14\n", ["BUN 2019/14"]),
    "a word before the number": ("Dnr: Nr 14/2019\n", ["2019/14"]),
    "small letters without a label": ("Vi ses i Lid 14/2019 på ängen\n", []),
}


@pytest.mark.parametrize("name", NUMBERS)
def test_prefixes_in_small_letters(name: str) -> None:
    text, wanted = NUMBERS[name]
    values = [f.value for f in case_numbers.find(material(reading(text)))]
    assert [v.number for v in values if isinstance(v, CaseNumber)] == wanted


def test_a_letter_that_prolongs_an_agreement_is_one() -> None:
    said = "Avtalet förlängs och gäller till och med den 31 mars 2026."
    letter = "Askeby kommun\n\nFörlängning\n\nHej!\n\n{}\n\nMed vänlig hälsning\n\nEva Lind\n"
    assert guesses(material(reading(letter.format(said))))[0].type == "agreement"
    assert guesses(material(reading(letter.format("Vi har läst er skrivelse."))))[0].type == "other"


def test_a_report_on_an_agreement_is_a_report() -> None:
    text = "HALVÅRSRAPPORT IOP, 1 januari - 30 juni 2021\n\nParter\n\nAskeby kommun\nFöreningen Norrsken\n"
    assert guesses(material(reading(text)))[0].type == "report"


SUMS = {
    "what was asked for and what was paid before": (
        "Bakgrund\n\nSpelmanslaget har anhållit om ett bidrag med 20.000:-. För år 1996 utgick bidrag med\n"
        "12.000:-.\n\nBeslut\n\natt bevilja Torps spelmanslag ett bidrag med 15.000:-.\n",
        [("other", "20000", None), ("other", "12000", 1996), ("funding", "15000", None)],
    ),
    "the unit in the sentence above, receivers side by side": (
        "Askeby kommun\n\nEkonomi\n\nKommunen bidrar med sammanlagt 1,2 miljoner kronor, fördelade\n"
        "som nedan (tkr):\n\n   År         Klubben     Kyrkan     Summa\n"
        "   2022           300        100       400\n"
        "   2023           500        300       800\n   Totalt         800        400     1 200\n",
        [
            ("funding", "1200000", None),
            ("funding", "300000", 2022),
            ("funding", "100000", 2022),
            ("funding", "400000", 2022),
            ("funding", "500000", 2023),
            ("funding", "300000", 2023),
            ("funding", "800000", 2023),
        ],
    ),
    "a budget of several payers isn't all the kommun's": (
        "Askeby kommun\n\nEkonomi\n\nKommunen betalar 150 000 kr.\n\nBudget (tkr)\n\n"
        "   Post         Kommunen   Föreningen   Summa\n   Lön               100           50     150\n"
        "   El                 50           70     120\n",
        [("funding", "150000", None), ("other", "120000", None)],
    ),
    "another municipality pays too": (
        "ASKEBY KOMMUN\nKulturnämnden\n\nBeslut\n\nNorrskens förening beviljas 30 000 kr.\n\nMotivering\n\n"
        "Falköpings kommun (212000-1744) bidrar med 25 000 kr och Region Halland lämnar 5 000 kr.\n",
        [("funding", "30000", None), ("other", "25000", None), ("other", "5000", None)],
    ),
    "beside a heading in the margin a sentence runs on": (
        "ERSÄTTNING          Kommunen betalar för driften 80.000 kronor för år\n"
        "                    2011, 82.000 kronor för år 2012 och ingenting\n                    därefter.\n",
        [("funding", "80000", 2011), ("funding", "82000", 2012)],
    ),
    "a price that was": (
        "Avtal om skolmåltider\n\nKund: Askeby kommun\n\nPriset är 640 000 kr per år. Förra läsåret "
        "var det fasta priset 610 000 kr.\n",
        [("funding", "640000", None), ("other", "610000", None)],
    ),
}


@pytest.mark.parametrize("name", SUMS)
def test_whose_money_and_when(name: str) -> None:
    text, wanted = SUMS[name]
    values = [f.value for f in amounts.find(material(reading(text)))]
    found = [(v.kind, str(v.sek), v.year) for v in values if isinstance(v, Amount)]
    assert [row for row in wanted if row not in found] == []
    assert [row for row in found if row[0] == "funding" and row not in wanted] == []


TABLES = {
    "columns that two blanks part, a second row of years, rules": (
        "Kulturnämnden\n\nBeslut\n\natt fördela stöd för 2023 enligt kolumnen Beslut.\n\nBelopp i tkr\n\n"
        " Förening            Betalt  Sökt   Beslut\n                      2022   2023    2023\n"
        " ------------------------------------------\n Dansens Vänner         40     60      50\n"
        " Nya Kören              20     30      25\n ------------------------------------------\n"
        " Summa                  60     90      75\n",
        [
            ("other", "40000", 2022),
            ("other", "60000", 2023),
            ("funding", "50000", 2023),
            ("funding", "75000", 2023),
            ("other", "90000", 2023),
        ],
        [("funding", "40000", 2022), ("funding", "60000", 2022)],
    ),
    "an income statement whose heading names the unit": (
        "ÅRSREDOVISNING 2012\n\nRESULTATRÄKNING (kr)\n\n                    Not      2012      2011\n\n"
        "Intäkter\nKommunbidrag          1    90 000    85 000\nLotterier                  7 450     6 120\n"
        "                           ------    ------\nSumma                     97 450    91 120\n",
        [("other", "90000", 2012), ("other", "6120", 2011), ("other", "97450", 2012)],
        [("other", "1", None)],
    ),
    "rows whose cells run over two lines": (
        "Beslut\n\nSammanställning, belopp i kronor\n\n"
        " Nr   Sökande                    Sökt            Besked          Beviljat\n"
        "                                 2018                            2018\n"
        " 1    Dansens Vänner                 46 000      Delvis              40 000\n"
        "                                                 bifall\n"
        " 2    Stiftelsen Gamla               22 500      Bifall              22 500\n"
        "      Båthuset\n"
        " 3    Nya Kören                      18 000      Avslag                   –\n"
        " 4    Lergruppen                     31 000      Delvis              15 000\n"
        "      ekonomisk förening                         bifall\n"
        " 5    Torps Spelmanslag              12 400      Bifall              12 400\n",
        [
            ("funding", "40000", 2018),
            ("funding", "22500", 2018),
            ("funding", "15000", 2018),
            ("funding", "12400", 2018),
            ("other", "18000", 2018),
            ("other", "31000", 2018),
        ],
        [("funding", "18000", 2018), ("funding", "46000", 2018)],
    ),
    "two tables with a caption between them": (
        "Uppföljning\n\nNyckeltal            Mål     Utfall\n--------------------------------\n"
        "Besök                120        96\nGrupper               14        13\n\n\nEkonomi\n"
        "                  Budget    Utfall\nBidrag            60 000    60 000\n"
        "Löner             41 000    43 150\n",
        [("other", "60000", None), ("other", "41000", None), ("other", "43150", None)],
        [("other", "96", None), ("other", "13", None)],
    ),
    "years of work are no sums": (
        "Uppföljning\n\nDeltagare           2021      2020\n\nUnga\nNorrby               140       133\n"
        "Söderby               70        61\n",
        [],
        [("other", "140", 2021), ("other", "140000", 2021)],
    ),
}


@pytest.mark.parametrize("name", TABLES)
def test_columns_of_tables_set_by_blanks(name: str) -> None:
    text, wanted, unwanted = TABLES[name]
    values = [f.value for f in amounts.find(material(reading(text)))]
    found = [(v.kind, str(v.sek), v.year) for v in values if isinstance(v, Amount)]
    assert [row for row in wanted if row not in found] == []
    assert [row for row in unwanted if row in found] == []


def test_two_municipalities_with_names_alike_are_two() -> None:
    found = [
        Finding("party", Span(at, at + 5), Party("public", name, number, valid, "", ""), 0.9, "test")
        for at, (name, number, valid) in enumerate(
            [("Mora kommun", "", None), ("Orsa kommun", "", None), ("Mora kommum", "", None)]
        )
    ]
    names = [f.value.name for f in settle_parties(found, "Mora").findings if isinstance(f.value, Party)]
    assert names == ["Mora kommun", "Orsa kommun"]
