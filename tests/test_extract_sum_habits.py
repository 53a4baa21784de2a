"""Habits of municipal paper in telling money and time: small papers read as a whole."""

import pytest
from factories import fact, period, reading

from pipeline.extract import amounts, case_numbers, decisions, granted_totals, periods, point_totals
from pipeline.extract.document_types import guesses
from pipeline.extract.nlp import material
from pipeline.model import Amount, CaseNumber, Decision, Period
from pipeline.resolve import resolve

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
        [("funding", sek, None) for sek in ("150000", "100000", "50000")] + [("other", "120000", None)],
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


HABITS = {
    "a total row without words below a rule": (
        "Beslut om bidrag\n\nBidrag utgår enligt nedan. Bidragen avser året 1994.\n\n"
        "                          Antal    Lokal-    Drift-     Summa\n"
        "                          unga     bidrag    bidrag\n"
        "===================================================================\n"
        "Granviks Roddare             41     3.000     2.500     5.500\n"
        "Östby Schacksällskap         17     4.200     1.100     5.300\n"
        "===================================================================\n"
        "                             58     7.200     3.600    10.800\n",
        [("funding", "7200", None, ""), ("funding", "10800", None, "")],
        [("funding", "10800", 1994, ""), ("other", "58", None, "")],
        ["10800"],
    ),
    "a total below a rule as wide as the page": (
        "Kulturnämnden beslutar\n\n1. Stöd för 2019 fördelas enligt tabell 1, totalt 84 000 kr.\n\n"
        "2. Stöd över 50 000 kr betalas ut i två delar.\n\n\nTabell 1. Beviljat stöd\n\n"
        " Sökande                              Org.nr        Sökt 2019    Beviljat 2019\n"
        " ------------------------------------------------------------------------------\n"
        " Teater Lyktan                        802411-3207      60 000         54 000\n"
        " Hovby Manskör                        802411-3306      40 000         30 000\n"
        " ------------------------------------------------------------------------------\n"
        " Summa                                                100 000         84 000\n",
        [
            ("funding", "84000", 2019, ""),
            ("other", "100000", 2019, ""),
            ("other", "50000", None, ""),
        ],
        [("funding", "84000", None, ""), ("funding", "100000", 2019, "")],
        ["84000"],
    ),
    "kronor per year are kronor": (
        "AVTAL\n\nErsättning\n\nKommunen betalar ersättning enligt följande:\n\n"
        "    Part                           kronor per år\n    ------------------------------------------\n"
        "    Föreningen Viken                     120 000\n    Föreningen Lunden                     80 000\n"
        "    ------------------------------------------\n    Sammanlagt                           200 000\n",
        [("funding", "120000", None, "year"), ("funding", "200000", None, "year")],
        [],
        [],
    ),
    "the line above a list says how often": (
        "AVTAL\n\n§ 4  ERSÄTTNING\n\nKommunerna betalar årligen följande belopp till mottagningen:\n\n"
        "        Norrby kommun            210 000 kronor\n        Söderby kommun            90 000 kronor\n"
        "        --------------------------------------\n        Summa                    300 000 kronor\n",
        [("funding", "210000", None, "year"), ("funding", "300000", None, "year")],
        [("other", "210000", None, "")],
        [],
    ),
    "an item hangs beside its att": (
        "Förslag till beslut\nNämnden föreslås besluta\n\n"
        "att    bevilja Kooperativet Alen 120 000 kr för 2011 och 140 000 kr\n       för 2012,\n\n"
        "att    avslå övriga ansökningar.\n",
        [("funding", "120000", 2011, ""), ("funding", "140000", 2012, "")],
        [("funding", "140000", None, "")],
        [],
    ),
    "prices, earlier sums and frames are no grants": (
        "Beslut\n\nNämnden beslutar att bevilja Föreningen Viken 90 000 kr för 2016.\n\nBakgrund\n\n"
        "Kommunen har gett ett årligt bidrag, senast 70 000 kronor för 2015. Bidraget per sammankomst höjs\n"
        "från 20 till 25 kronor. Nämnden avsatte 1,4 miljoner kronor för 2016. För varje påbörjad timme\n"
        "betalas 480 kr. Medel anvisas från kontot för bidrag, där 2,1 mnkr är budgeterade.\n",
        [
            ("funding", "90000", 2016, ""),
            ("other", "70000", 2015, ""),
            ("other", "20", None, ""),
            ("other", "25", None, ""),
            ("other", "1400000", 2016, ""),
            ("other", "480", None, ""),
            ("other", "2100000", None, ""),
        ],
        [],
        [],
    ),
    "what the grants of a year cost": (
        "Förslag till beslut\nNämnden föreslås besluta\n\n"
        "att bevilja Kooperativet Alen 120 000 kr för 2011,\n\n"
        "att bevilja Föreningen Viken 40 000 kr för 2011.\n\n"
        "Ekonomiska konsekvenser\n"
        "Förslaget innebär kostnader på 160 000 kr 2011. Lokalerna medför kostnader på\n"
        "90 000 kr 2011.\n",
        [("funding", "160000", 2011, ""), ("other", "90000", 2011, "")],
        [("funding", "90000", 2011, "")],
        [],
    ),
    "a part follows its whole": (
        "Nämnden beslutar att godkänna rapporten.\n\n"
        "Utfallet pekar på ett underskott på 3,4 mnkr, varav 2,1 mnkr\n"
        "avser lokaler. Försörjningsstödet väntas bli 12 300 tkr.\n",
        [("other", "2100000", None, ""), ("other", "12300000", None, "")],
        [("funding", "2100000", None, ""), ("funding", "12300000", None, "")],
        [],
    ),
    "a part that is granted itself": (
        "Nämnden beslutar\n\n"
        "att godkänna en budget om 400 000 kr, varav 150 000 kr beviljas Föreningen Viken.\n",
        [("funding", "150000", None, "")],
        [],
        [],
    ),
    "a form with its unit before the figures": (
        "HYRESKONTRAKT\n\n Hyra             Kronor 84 000 per år, utgörande hyra\n\n"
        " Rabatt           Under första året 9 000 kr. Kronor 3 är ingen hyra.\n",
        [("funding", "84000", None, "year")],
        [("funding", "3", None, ""), ("other", "3", None, "")],
        [],
    ),
}


@pytest.mark.parametrize("name", HABITS)
def test_habits_of_municipal_paper(name: str) -> None:
    text, wanted, unwanted, granted = HABITS[name]
    read = material(reading(text))
    values = [f.value for f in amounts.find(read)]
    found = [(v.kind, str(v.sek), v.year, v.frequency) for v in values if isinstance(v, Amount)]
    assert [row for row in wanted if row not in found] == [], found
    assert [row for row in unwanted if row in found] == []
    assert [str(f.value) for f in granted_totals.find(read)] == granted


POINTS = {
    "each point grants to its own": (
        "Förslag till beslut\nNämnden föreslås besluta\n\n"
        "att bevilja Kooperativet Alen 120 000 kr för 2011 och 140 000 kr för 2012,\n\n"
        "att bevilja Föreningen Viken 120 000 kr för 2011,\n\natt avslå övriga ansökningar.\n",
        ["380000"],
    ),
    "equal sums to two bodies": (
        "Jag fattar med stöd av delegationsordningen punkt 4 följande beslut för hösten 2009.\n\n"
        " 1. Lagmansby Danscirkel beviljas 28 000 kr.\n\n 2. Föreningen Hjortens Väl beviljas 28 000 kr.\n\n"
        "Stödet betalas ut mot faktura.\n",
        ["56000"],
    ),
    "an advance is no second grant": (
        "Nämnden beslutar\n\n1. att bevilja Föreningen Viken 90 000 kr.\n\n"
        "2. att bevilja Kooperativet Alen förskott med 45 000 kr.\n",
        [],
    ),
    "parts of what another point grants": (
        "Nämnden beslutar\n\n1. att fördela 90 000 kr till byalag.\n\n"
        "2. att bevilja Viksta Byalag 50 000 kr.\n\n"
        "3. att bevilja Almby Byalag 40 000 kr.\n",
        [],
    ),
    "the same body twice": (
        "Nämnden beslutar\n\natt bevilja Viksta Byalag 50 000 kr,\n\natt bevilja Viksta Byalag 20 000 kr.\n",
        [],
    ),
    "two matters of one meeting": (
        "PROTOKOLL\n\n§ 7  Bidrag till Viksta Byalag\n\nNämnden beslutar\n"
        "att bevilja Viksta Byalag 50 000 kr.\n\n"
        "§ 8  Bidrag till Almby Byalag\n\nNämnden beslutar\natt bevilja Almby Byalag 40 000 kr.\n",
        [],
    ),
}


@pytest.mark.parametrize("name", POINTS)
def test_points_add_up_where_each_grants_to_another_body(name: str) -> None:
    text, wanted = POINTS[name]
    assert [str(f.value) for f in point_totals.find(material(reading(text)))] == wanted


def test_a_list_follows_the_words_of_a_delegate() -> None:
    text = POINTS["equal sums to two bodies"][0]
    found = [f.value for f in decisions.find(material(reading(text)))]
    assert [d.text for d in found if isinstance(d, Decision)] == [
        "Lagmansby Danscirkel beviljas 28 000 kr.",
        "Föreningen Hjortens Väl beviljas 28 000 kr.",
    ]


MONTHLY = "AVTAL\n\nErsättning\n\nBeställaren betalar en fast ersättning om 15 000 kronor per månad.\n\n"
PRICES = (
    "     Post                                         Pris, kr\n"
    "     -----------------------------------------------------\n"
    "     Portion, vanlig                                 61,50\n"
    "     Portion, grön                                   57,00\n"
)


@pytest.mark.parametrize(("text", "total"), [(MONTHLY, "180000"), (MONTHLY + PRICES, "")])
def test_what_is_bought_by_the_piece_leaves_the_total_open(text: str, total: str) -> None:
    known = [fact("document_type", "agreement"), period("2024-01-01", "2024-12-31", 900, "term")]
    _, record = resolve([*known, *amounts.find(material(reading(text)))])
    assert record.value("amount_total_sek") == total


TABLE = (
    "AVTAL\n\nErsättning\n\nKommunen betalar ersättning enligt följande:\n\n"
    "    Part                           kronor per år\n    ------------------------------------------\n"
    "    Föreningen Viken                     120 000\n    Föreningen Lunden                     {}\n"
    "    ------------------------------------------\n    Sammanlagt                           200 000\n"
)


@pytest.mark.parametrize(("other", "total"), [(" 80 000", "400000"), (" 70 000", "")])
def test_yearly_sums_and_their_total_make_one_yearly_sum(other: str, total: str) -> None:
    known = [fact("document_type", "agreement"), period("2024-01-01", "2025-12-31", 900, "term")]
    _, record = resolve([*known, *amounts.find(material(reading(TABLE.format(other))))])
    assert record.value("amount_total_sek") == total


MATTERS = (
    "PROTOKOLL\n\n§ 11  Dagordning\n\nSocialnämnden beslutar\natt fastställa dagordningen.\n\n"
    "_______________\n\n\n"
    "§ 12  Uppföljning per maj 2013                       Dnr SN 13/0021\n\n"
    "Ekonomen går igenom siffrorna.\n\nSocialnämnden beslutar\natt godkänna uppföljningen.\n"
)


def test_each_matter_has_decisions_of_its_own() -> None:
    found = [f.value for f in decisions.find(material(reading(MATTERS)))]
    assert [(d.number, d.text, d.section) for d in found if isinstance(d, Decision)] == [
        (1, "att fastställa dagordningen.", "§ 11"),
        (1, "att godkänna uppföljningen.", "§ 12"),
    ]


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ("BESLUT OM BIDRAG", ["Enligt fritidsnämndens beslut 1994-03-02, § 21, utgår bidrag enligt nedan."]),
        ("INFORMATION OM BIDRAG", []),
    ],
)
def test_a_notice_tells_what_was_decided(title: str, wanted: list[str]) -> None:
    text = (
        f"GRANVIKS KOMMUN\nFritidsnämnden\n\n{title}             1994-03-09\n\n\n"
        "Enligt fritidsnämndens beslut 1994-03-02, § 21, utgår bidrag\nenligt nedan. Bidragen avser 1994.\n\n"
        "Granviks Roddare           5.500\nÖstby Schacksällskap       5.300\n"
    )
    found = [f.value for f in decisions.find(material(reading(text)))]
    assert [d.text for d in found if isinstance(d, Decision)] == wanted
