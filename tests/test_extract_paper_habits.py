"""Habits of municipal paper that headings and blanks alone don't tell: small papers read as a whole."""

import pytest
from factories import reading

from pipeline.extract import case_numbers, decisions, parties, periods, persons
from pipeline.extract.naming import PERSON
from pipeline.extract.nlp import material
from pipeline.model import CaseNumber, Decision, Finding, Party, Period, Person, Span
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
    "a title right over the sentence that decides": (
        "Norrskens Roddarlag\nBox 8\n\nÅterkrav av lägerbidrag\n"
        "Fritidsnämnden beslutar att återkräva 8 400 kronor av Norrskens Roddarlag,\nsom inte höll lägret.\n",
        [
            (
                "decided",
                "Fritidsnämnden beslutar att återkräva 8 400 kronor av Norrskens Roddarlag, "
                "som inte höll lägret.",
            )
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
    "numbers set off from headings by a gap": (
        "1    AVTALSPARTER\n     Askeby kommun\n\n2    Bakgrund\n\nSå.\n\n3    AVTALSTID\n3.1  Ett.\n",
        ["parties", "background", "term"],
    ),
    "a row of a table, a numbered name": (
        "1    Bakgrund        300\n2    Bakgrund        400\n\n3    Kersti Ahlmark\n\n4    Hyran\nsjönk.\n",
        [],
    ),
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
    "parties in a numbered list under `Mellan`": (
        "AVTAL OM BYGDEBUSS\n\n\n§ 1  PARTER\n\nMellan\n\n1. Askeby kommun, org.nr 212000-0001, samt\n"
        "2. Föreningen Norrsken, org.nr 802416-3019,\n\nhar följande avtal slutits.\n",
        [("public", "Askeby kommun", "212000-0001"), ("counterparty", "Föreningen Norrsken", "802416-3019")],
    ),
    "a letter that says `Er förening` to its addressee": (
        "Askeby kommun\nFritidsnämnden\n500 10 Askeby\n                                      2016-05-03\n\n"
        "                                      Torps Intresseförening\n"
        "                                      Box 7\n                                      500 12 Torp\n\n\n"
        "Beslut om återbetalning\n\n\nFritidsnämnden beviljade 2014-02-11 Er förening (org.nr 802416-3019) "
        "ett\nbidrag på 20 000 kronor. Vid besök på platsen\nhade inget byggts.\n\n"
        "Fritidsnämnden beslutar att hela beloppet skall återbetalas inom 30 dagar. Om Ni kan visa att\n"
        "virke har köpts in är vi beredda att tala om en plan. Ni kan begära omprövning.\n\n\n"
        "Begäran lämnas skriftligen till nämnden inom tre veckor från den dag då Ni fick del av beslutet.\n\n"
        "För Askeby kommun\n\nKersti Ahlmark\nförvaltningschef\n",
        [("public", "Fritidsnämnden", ""), ("counterparty", "Torps Intresseförening", "802416-3019")],
    ),
    "columns whose lines don't go on in the first": (
        "AVTAL OM TVÄTT\n\n1  Parter\n\n     Beställare                         Leverantör\n"
        "     Askeby kommun                      Norrskens Tvätt & Press AB\n"
        "     Socialnämnden                      Sjövägen 3\n"
        "     500 10 Askeby                      500 12 Askeby\n"
        "     Org nr 212000-0001                 Org nr 556612-3401\n",
        [
            ("public", "Askeby kommun", "212000-0001"),
            ("counterparty", "Norrskens Tvätt & Press AB", "556612-3401"),
        ],
    ),
    "a person who rents land": (
        "ARRENDEAVTAL\n\nUpplåtare:      Askeby kommun, 500 10 Askeby (212000-0001)\n\n"
        "Arrendator:     Kerstin Ahlmark, Myra 12, 500 12 Askeby\n\n"
        "Arrendatorn får använda marken till kolonilott.\n",
        [("public", "Askeby kommun", "212000-0001"), ("counterparty", "Kerstin Ahlmark", "")],
    ),
    "whom to ask at the tenant": (
        "ARRENDEAVTAL\n\nUpplåtare:      Askeby kommun, 500 10 Askeby (212000-0001)\n\n"
        "Arrendator:     Föreningen Norrsken, Sjövägen 3, 500 12 Askeby (802416-3019)\n\n"
        "Kontakt hos arrendatorn: Börje Lund, tel 0500-12 34 56\n\nArrendatorn får använda marken.\n",
        [("public", "Askeby kommun", "212000-0001"), ("counterparty", "Föreningen Norrsken", "802416-3019")],
    ),
    "points with two figures, an address that goes on below": (
        "AVTAL\n\n1   Parter\n\n1.1 Askeby kommun, org.nr 212000-0001, 500 10 Askeby.\n\n"
        "1.2 Öppna Huset Vinga ekonomisk förening, org.nr 769612-3402,\n    Vinga torg, 500 12 Askeby.\n\n\n"
        "2   Bakgrund\n\nUpphandlingen överprövades av Byteknik AB\n(556612-3401), vars ansökan avslogs.\n",
        [
            ("public", "Askeby kommun", "212000-0001"),
            ("counterparty", "Öppna Huset Vinga ekonomisk förening", "769612-3402"),
        ],
    ),
    "a sole trader among those whom points grant something": (
        "Askeby kommun\nKulturnämnden\n\nJag fattar med stöd av kulturnämndens delegationsordning\n"
        "följande beslut för hösten 2011.\n\n 1. Vinga Sagolek, enskild firma (innehavare Kersti Ahlmark),"
        "\n    beviljas 8 000 kr.\n\n 2. Föreningen Norrsken, org.nr 802416-3019, beviljas 14 000 kr.\n\n"
        "Deltagarna betalar 60 kr per gång. Torps Sagolek har begärt 9 000 kr.\n",
        [
            ("public", "Kulturnämnden", ""),
            ("counterparty", "Vinga Sagolek", ""),
            ("counterparty", "Föreningen Norrsken", "802416-3019"),
        ],
    ),
    "a noun for the grantee that opens a sentence": (
        "Kulturnämnden\n\nBeslut\n\nKulturnämnden beslutar att återkräva 8 400 kronor av IFK Vinga, org.nr "
        "802416-3019.\nKlubben har 38 medlemmar. IFK Myra har 40 medlemmar.\n",
        [("public", "Kulturnämnden", ""), ("counterparty", "IFK Vinga", "802416-3019")],
    ),
    "a coined name with which a partnership is made": (
        "Askeby kommun\nKulturnämnden\n\nTjänsteskrivelse\n\nFörslag till beslut\n\n"
        "1. Nämnden ingår IOP med Vinga Backungdom under två år.\n\nBakgrund\n\n"
        "Samtal har förts med Kersti Ahlmark.\n",
        [("public", "Kulturnämnden", ""), ("counterparty", "Vinga Backungdom", "")],
    ),
}


@pytest.mark.parametrize("name", PARTIES)
def test_parties_that_layout_and_verbs_name(name: str) -> None:
    text, wanted = PARTIES[name]
    values = [f.value for f in parties.find(material(reading(text)))]
    found = [(v.role, v.name, v.org_number) for v in values if isinstance(v, Party)]
    assert sorted(found) == sorted(wanted)


def test_two_municipalities_with_names_alike_are_two() -> None:
    found = [
        Finding("party", Span(at, at + 5), Party("public", name, number, valid, "", ""), 0.9, "test")
        for at, (name, number, valid) in enumerate(
            [("Mora kommun", "", None), ("Orsa kommun", "", None), ("Mora kommum", "", None)]
        )
    ]
    names = [f.value.name for f in settle_parties(found, "Mora").findings if isinstance(f.value, Party)]
    assert names == ["Mora kommun", "Orsa kommun"]


def test_lines_of_bars_alone_are_read_over() -> None:
    text = "Beslut\n| | |\n\nNämnden beslutar\n|||\nFörening  |  Beviljat\n| |\n"
    text += "          ingenting\n---\n| | | |\n"
    read = material(reading(text))
    for extractor in (decisions, parties):
        assert isinstance(list(extractor.find(read)), list)


def test_a_body_that_is_called_like_a_person_is_none() -> None:
    text = (
        "AVTAL\n\nParter:\n\n  Askeby kommun       Org. nr 212000-0001\n"
        "  Vingarna Askeby     Org. nr 802416-3019\n\nAvtalet gäller 2024-01-01 - 2024-12-31.\n\n"
        "Askeby 2023-11-02\n\n_______________             _______________\n"
        "Kersti Ahlmark              Börje Lund\nOrdförande                  Ordförande Vingarna Askeby\n"
    )
    names = [f.value.name for f in persons.find(material(reading(text))) if isinstance(f.value, Person)]
    assert sorted(set(names)) == ["Börje Lund", "Kersti Ahlmark"]


PROLONGED = {
    "agreed on": ("Parterna är överens om att avtalet förlängs ett år, från {}.", "agreement"),
    "may be agreed on": ("Om parterna är överens om det förlängs avtalet ett år, från {}.", "option"),
    "can be agreed on": ("Parterna kan komma överens om att avtalet förlängs ett år, från {}.", "option"),
}


@pytest.mark.parametrize("name", PROLONGED)
def test_an_extension_agreed_on_is_no_option(name: str) -> None:
    sentence, wanted = PROLONGED[name]
    text = f"Avtal\n\nParter är Askeby kommun och Föreningen Norrsken.\n\n{sentence}\n"
    text = text.format("2026-01-01 till och med 2026-12-31")
    values = [f.value for f in periods.find(material(reading(text)))]
    assert [v.kind for v in values if isinstance(v, Period)] == [wanted]


CASES = {
    "alone in the letterhead's column": (
        "Askeby kommun              2009-03-04\nKulturkontoret\n                           KUN 09-41\n\n"
        "Stöd till dans\n\nVi ger stöd.\n",
        ["KUN-2009-41"],
    ),
    "in a sentence": ("Askeby kommun\n\nStöd till dans\n\nVi spelar i hallen KUN 09-41 i vår.\n", []),
    "a hall, not a nämnd": (
        "Askeby kommun              2009-03-04\n                           SAL 09-41\n\nStöd\n",
        [],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_short_number_is_a_case_where_the_letterhead_says_no_more(name: str) -> None:
    text, wanted = CASES[name]
    values = [f.value for f in case_numbers.find(material(reading(text)))]
    assert [v.number for v in values if isinstance(v, CaseNumber)] == wanted


SAID_OR_ALONE = {
    "an introduction before the term": (
        "Avtalet gäller 2019-09-01 - 2021-08-31.\n\nUnder tiden 1-31 maj 2019 medverkar bolaget vid möten.\n",
        [("other", "2019-05-01"), ("agreement", "2019-09-01")],
    ),
    "a season of lists": (
        "Avtalet gäller 2019-09-01 - 2021-08-31.\n\nListor för hösten 2018 lämnas in på nytt.\n",
        [("agreement", "2019-09-01")],
    ),
    "days alone": ("2019-09-01 - 2021-08-31.\n", [("agreement", "2019-09-01")]),
}


@pytest.mark.parametrize("name", SAID_OR_ALONE)
def test_days_beside_a_stated_term_are_of_another_thing(name: str) -> None:
    text, wanted = SAID_OR_ALONE[name]
    whole = f"Avtal\n\nParter är Askeby kommun och Föreningen Norrsken.\n\nAvtalstid\n\n{text}"
    values = [f.value for f in periods.find(material(reading(whole)))]
    found = [(v.kind, v.start.isoformat()) for v in values if isinstance(v, Period)]
    assert sorted(found, key=lambda pair: pair[1]) == wanted
