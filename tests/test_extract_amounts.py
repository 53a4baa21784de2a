"""Sums of money: forms, kinds, years, frequencies, tables, and figures that are no money."""

import pytest
from factories import reading
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract import amounts
from pipeline.extract.money import figures, spelled_number, sums
from pipeline.extract.nlp import material
from pipeline.model import Amount, Finding


def findings(text: str) -> list[Finding]:
    return list(amounts.find(material(reading(*text.split("\f")))))


def values(text: str) -> list[Amount]:
    out = []
    for finding in findings(text):
        assert isinstance(finding.value, Amount)
        out.append(finding.value)
    return out


def rows(text: str) -> list[tuple[str, str, int | None, str]]:
    return [(value.kind, str(value.sek), value.year, value.frequency) for value in values(text)]


FORMS = [
    ("350 000 kr", "350000"),
    ("350 000 kronor", "350000"),
    ("350\u00a0000\u00a0kr", "350000"),
    ("350\u202f000 kr", "350000"),
    ("350000 kr", "350000"),
    ("350.000 kr", "350000"),
    ("350'000 kr", "350000"),
    ("350 000:-", "350000"),
    ("45.000:-", "45000"),
    ("45.000:–", "45000"),
    ("45 000,-", "45000"),
    ("SEK 1.210.000", "1210000"),
    ("SEK 1,210,000", "1210000"),
    ("SEK 450 000", "450000"),
    ("450 000 SEK", "450000"),
    ("kr 5 000", "5000"),
    ("380 tkr", "380000"),
    ("380 tkr.", "380000"),
    ("5 kkr", "5000"),
    ("250 ksek", "250000"),
    ("1,2 mnkr", "1200000"),
    ("1,25 mkr", "1250000"),
    ("3 mkr", "3000000"),
    ("1,2 miljoner kronor", "1200000"),
    ("1,2 miljoner kr", "1200000"),
    ("2 miljoner kronor", "2000000"),
    ("tre miljoner kronor", "3000000"),
    ("en miljon kronor", "1000000"),
    ("tvåhundra tusen kronor", "200000"),
    ("tvåhundratusen kronor", "200000"),
    ("etthundratjugofemtusen kronor", "125000"),
    ("450 tusen kronor", "450000"),
    ("1 250,50 kr", "1250.50"),
    ("1 250,00 kr", "1250"),
    ("670\n000 kronor", "670000"),
    ("670 000\nkronor", "670000"),
    ("1 8OO kr", "1800"),
    ("l2 500 kr", "12500"),
    ("1275 000 kr", "1275000"),
    ("12,5 mnkr", "12500000"),
    ("**650 000** kr", "650000"),
    ("500 kr", "500"),
    ("0,5 mkr", "500000"),
    ("2 000 kronor", "2000"),
    ("2 024 000 kr", "2024000"),
    ("1 000 000 000 kr", "1000000000"),
    ("2.340 000 kr", "2340000"),
    ("125 000 kx", "125000"),
]


@pytest.mark.parametrize(("written", "sek"), FORMS)
def test_a_written_form_is_read(written: str, sek: str) -> None:
    assert [
        str(value.sek) for value in values(f"Ersättning\n\nKommunen betalar {written} till föreningen.")
    ] == [sek]


SEVERAL = [
    ("Bidraget är mellan 100 000 och 150 000 kr.", ["100000", "150000"]),
    ("Bidraget är 5 000–10 000 kr.", ["5000", "10000"]),
    ("Bidraget är 2–3 mnkr.", ["2000000", "3000000"]),
    ("Kommunen betalar 200 000, 250 000 respektive 300 000 kr.", ["200000", "250000", "300000"]),
    ("Stödet är 2 × 45 000 kr, sammanlagt 90 000 kr.", ["45000", "90000"]),
    ("Stödet är 2 x 45 000 kr.", ["45000"]),
    ("tvåhundraåttiotusen kronor (SEK 280 000)", ["280000"]),
    ("450 000 kr (fyrahundrafemtio tusen kronor)", ["450000"]),
    ("etthundra tusen (100 000) kronor", ["100000"]),
    ("För 2025 200 000 kr och för 2026 210 000 kr.", ["200000", "210000"]),
    ("I punkt 7 250 kr.", ["7250"]),
]


@pytest.mark.parametrize(("text", "expected"), SEVERAL)
def test_ranges_lists_and_sums_said_twice(text: str, expected: list[str]) -> None:
    assert [str(value.sek) for value in values(text)] == expected


NO_MONEY = [
    "Projektet fick EUR 88 000 av unionen.",
    "Resan kostar 12 000 euro eller 13 000 USD.",
    "Bidraget var 20 000 danska kronor.",
    "Deltagarna blev 14 310, en ökning med 12 procent.",
    "Minst 25 % av 340 medlemmar.",
    "601 81 Askeby, Box 1222, 351 12 Norrby",
    "Telefon 0470-51 18 30 och 070-318 55 06",
    "Bankgiro 5732-1180, plusgiro 62 18 04-5",
    "Salen är 240 m² och har två ingångar.",
    "försäkringen täcker 20 prisbasbelopp",
    "SFS 2009:400 och kap. 12",
    "Org.nr 802467-1235",
    "Unga mellan 18 och 25 år",
    "Föreningen har 340 medlemmar sedan 1997.",
    "1,5 miljoner invånare bor i regionen",
    "Alla belopp i tusen kronor",
    "Kronofogden och Kronoberg 24",
    "kl. 08.00–16.00 den 12 mars 2024",
    "Nr\tNamn\tTelefon\n1\tAnna Ek\t0470 51 18 30\n2\tBo Al\t0470 51 18 31\n",
    "Mottagning\tPass per vecka\nNorr\t10\nSöder\t15\nSumma\t25\n",
    "Mål\tMått\tResultat\nFritid\t10 000 besök\t11 260 besök\n",
    "Antal medlemmar\tVarav barn\n1 120\t1 019\n",
]


@pytest.mark.parametrize("text", NO_MONEY)
def test_what_is_no_swedish_money_is_left_alone(text: str) -> None:
    assert rows(text) == []


CLAUSES = [
    ("Kommunen betalar 40 000 kr om året.", [("funding", "40000", None, "year")]),
    ("Vägverket lämnar dessutom stöd med 30 000 kr.", [("other", "30000", None, "")]),
    ("Byalaget bidrar med 12 000 kr till driften.", [("other", "12000", None, "")]),
    ("Ersättning utgår med 90 000 kr.", [("funding", "90000", None, "")]),
    ("Stödet sänks då med 2 000 kr.", [("other", "2000", None, "")]),
    ("Nämnden har avsatt högst 400 000 kr.", [("other", "400000", None, "")]),
    ("Ersättningen är 450 kr per dygn.", [("other", "450", None, "")]),
    ("Nämnden kan inte bevilja de 8 000 kr som gäller bussen.", [("other", "8000", None, "")]),
    (
        "Beställaren betalar 90 000 kr, fördelat på\n\nTak\t30 000 kr\nGolv\t60 000 kr",
        [("funding", "90000", None, ""), ("funding", "30000", None, ""), ("funding", "60000", None, "")],
    ),
    (
        "Ansökan om bidrag\n\nFöreningen Eken\n\nBidraget ska bli 70 000 kr.",
        [("other", "70000", None, "")],
    ),
    (
        "Hyresavtal\n\nHyresvärd\tAskeby kommun\nHyresgäst\tEkens byalag\n\nHyran är 24 000 kr per år.",
        [("other", "24000", None, "year")],
    ),
    (
        "Hyresavtal\n\nHyresvärd\tEkens Hus AB\nHyresgäst\tAskeby kommun\n\nHyran är 24 000 kr per år.",
        [("funding", "24000", None, "year")],
    ),
    # Funding
    ("Kommunen bidrar till klubbhuset med 95 000 kr per år.", [("funding", "95000", None, "year")]),
    ("Nämnden beviljar föreningen 185 000 kr för 2025.", [("funding", "185000", 2025, "")]),
    ("Nämnden avsätter 330 000 kronor under 2025 för fältarbetet.", [("funding", "330000", 2025, "")]),
    ("Askeby kommun betalar 17 500 kr per månad till ridklubben.", [("funding", "17500", None, "month")]),
    ("För scenbygget betalar staden ett engångsbelopp om 38.000:-.", [("funding", "38000", None, "once")]),
    ("Hela ersättningen för de två åren är 420 000 kr.", [("funding", "420000", None, "")]),
    (
        "Staden finansierar en halv fritidsledare med 265 000 kr årligen.",
        [("funding", "265000", None, "year")],
    ),
    ("Ett årligt bidrag om 300 000 kr utbetalas i januari.", [("funding", "300000", None, "year")]),
    (
        "Hyran för förrådet är 4 500 kr/mån, alltså 54 000 kr/år.",
        [("funding", "4500", None, "month"), ("funding", "54000", None, "year")],
    ),
    ("Årshyran är 150 000 kr exklusive moms.", [("funding", "150000", None, "year")]),
    ("Ersättningen uppgår till 90 000 kr exkl. moms per månad.", [("funding", "90000", None, "month")]),
    (
        "Stödet från nämnden blir för 2025 högre: 140 000 kr, för 2026 150 000 kr.",
        [("funding", "140000", 2025, ""), ("funding", "150000", 2026, "")],
    ),
    (
        "Nämnden ger orkestern 61 000 kr för 2024, 62 500 kr för 2025 och 64 000 kr för 2026, "
        "totalt 187 500 kr.",
        [
            ("funding", "61000", 2024, ""),
            ("funding", "62500", 2025, ""),
            ("funding", "64000", 2026, ""),
            ("funding", "187500", None, ""),
        ],
    ),
    (
        "Regionen ersätter mottagningen med 512 000 kronor för 2026 samt 525 500 kronor för 2027.",
        [("funding", "512000", 2026, ""), ("funding", "525500", 2027, "")],
    ),
    (
        "Priset är fast: 860 000 kr per år exklusive mervärdesskatt, sammanlagt 1 720 000 kr.",
        [("funding", "860000", None, "year"), ("funding", "1720000", None, "")],
    ),
    ("Föreningen beviljas verksamhetsstöd med 120 000 kr.", [("funding", "120000", None, "")]),
    ("Stödet utgår med 40 000 kr om året.", [("funding", "40000", None, "year")]),
    ("Förslag till beslut\n\nNämnden anslår 80 000 kr till Blåklinten.", [("funding", "80000", None, "")]),
    (
        "The city pays the charity a fixed fee of SEK 1,350,000 per year.",
        [("funding", "1350000", None, "year")],
    ),
    ("Kommunen betalar hyresvärden 8 000 kr i månaden.", [("funding", "8000", None, "month")]),
    (
        "Kommunen bekostar en handledare med 415 000 kronor arligen och ger stod.",
        [("funding", "415000", None, "year")],
    ),
    ("Namnden avsatter 330 000 kronor f6r 2025.", [("funding", "330000", 2025, "")]),
    ("Kommunen ersätter utföraren med 410 tkr per kalenderår.", [("funding", "410000", None, "year")]),
    (
        "2024: 350 000 kr i bidrag\n2025: 360 000 kr i bidrag\n",
        [("funding", "350000", 2024, ""), ("funding", "360000", 2025, "")],
    ),
    (
        "Bidraget är 350 000 kr (2024) och 360 000 kr (2025).",
        [("funding", "350000", 2024, ""), ("funding", "360000", 2025, "")],
    ),
    ("För verksamhetsåret 2024 betalar kommunen 300 000 kr.", [("funding", "300000", 2024, "")]),
    ("Köparen betalar 300 000 kr i en engångsutbetalning.", [("funding", "300000", None, "once")]),
    (
        "Nämnden beslutar att bevilja Lyktan 100 tkr för år 2023 och 110 tkr för år 2024.",
        [("funding", "100000", 2023, ""), ("funding", "110000", 2024, "")],
    ),
    (
        "Nämnden beslutar att utbetala 60 000 kr till Lyktan för 2023 års verksamhet.",
        [("funding", "60000", 2023, "")],
    ),
    (
        "Nämnden beslutar att bevilja 15 000 kr av sökta 25 000 kr.",
        [("funding", "15000", None, ""), ("other", "25000", None, "")],
    ),
    ("Kommunen hyr lokalen för 38 500 kr/månad exkl. moms.", [("funding", "38500", None, "month")]),
    ("Kommunen tecknar avtal med en årlig ersättning om 2,1 mnkr.", [("funding", "2100000", None, "year")]),
    (
        "Ersättning 2024: 450 000 kr\nErsättning 2025: 463 500 kr\n",
        [("funding", "450000", 2024, ""), ("funding", "463500", 2025, "")],
    ),
    ("Lyktan får ett engångsstöd på 35.000 kr.", [("funding", "35000", None, "once")]),
    ("Köpeskillingen uppgår till 4 250 000 kronor.", [("funding", "4250000", None, "")]),
    (
        "Ekonomi\n\nKommunens bidrag uppgår till\n\n- 350 000 kronor för 2024,\n- 360 000 kronor"
        " för 2025,\n\n"
        "det vill säga tillsammans 710 000 kronor.",
        [("funding", "350000", 2024, ""), ("funding", "360000", 2025, ""), ("funding", "710000", None, "")],
    ),
    (
        "Stödet till Lyktan är 90 000 kr för 2025 och för 2026 95 000 kr. (Åren 2027 och 2028 är öppna.)",
        [("funding", "90000", 2025, ""), ("funding", "95000", 2026, "")],
    ),
    # Other
    ("Bolaget ska betala 1 500 kr i månaden i arrende till kommunen.", [("other", "1500", None, "month")]),
    ("Statsbidraget uppgick 2022 till 3,4 miljoner kronor.", [("other", "3400000", None, "")]),
    (
        "Omsättningen var 4,3 Mkr 2021 och 4,9 Mkr 2022.",
        [("other", "4300000", 2021, ""), ("other", "4900000", 2022, "")],
    ),
    ("Nämndens budget för föreningsstöd är 5,6 mnkr.", [("other", "5600000", None, "")]),
    ("Ersättning utgår med 1 450 kr per plats och dygn.", [("other", "1450", None, "")]),
    (
        "Total kostnad: 900 tkr. Egen insats: 400 tkr.",
        [("other", "900000", None, ""), ("other", "400000", None, "")],
    ),
    ("Församlingen svarar själv för lokalkostnaden, som var 96 500 kr.", [("other", "96500", None, "")]),
    ("Orkestern har sökt 310 000 kr.", [("other", "310000", None, "")]),
    ("Sökt belopp: 72 000 kr", [("other", "72000", None, "")]),
    (
        "Yrkanden\n\nEva Berg (M) yrkar att stödet till scouterna sänks till 35 000 kr per år.",
        [("other", "35000", None, "year")],
    ),
    ("Kommer ingen städare tas ett vite om 1 200 kr ut per tillfälle.", [("other", "1200", None, "")]),
    ("Vid inbrott är självrisken 7 500 kr.", [("other", "7500", None, "")]),
    ("Klubbens egen insats, ideellt arbete, motsvarar 90 000 kr per år.", [("other", "90000", None, "year")]),
    (
        "Entréintäkterna tillfaller arrangören och väntas bli 210 tkr per år.",
        [("other", "210000", None, "year")],
    ),
    ("Lyktan har också fått 60 tkr från Länsstyrelsen för kurser.", [("other", "60000", None, "")]),
    (
        "Allmänna arvsfonden gav 2,4 miljoner kronor till starten.",
        [("other", "2400000", None, "")],
    ),
    (
        "I det nuvarande avtalet är bidraget 190 000 kronor per år.",
        [("other", "190000", None, "year")],
    ),
    ("Förra året fick klubbarna dela på 1,6 mnkr i bidrag.", [("other", "1600000", None, "")]),
    ("Nämnden beslutar att återkräva 17.900:- av klubben.", [("other", "17900", None, "")]),
    ("Föreningen ska betala tillbaka 12 000 kr.", [("other", "12000", None, "")]),
    ("Ersättning för resor lämnas med högst 10 000 kr.", [("other", "10000", None, "")]),
    ("Medlemsavgiften är 200 kr per år.", [("other", "200", None, "year")]),
    ("Priset är 450 kr per timme.", [("other", "450", None, "")]),
    ("Vid årets slut hade klubben ett eget kapital på 240 tkr.", [("other", "240000", None, "")]),
    ("Bakgrund\n\nÅr 2016 byggde kommunen en ramp för 0,3 mnkr.", [("other", "300000", 2016, "")]),
    ("Hyresvärden bekostar golvbytet, 48 000 kr.", [("other", "48000", None, "")]),
    (
        "Föreningen omsätter 2,4 mnkr och har ett underskott på 40 tkr.",
        [("other", "2400000", None, ""), ("other", "40000", None, "")],
    ),
    ("Ansökan från Lyktan om 60 000 kr avslås.", [("other", "60000", None, "")]),
    ("Ansvarsförsäkringens försäkringsbelopp ska vara minst 5 mkr.", [("other", "5000000", None, "")]),
    ("Utöver detta får föreningen bidrag från Region Norr med 40 000 kr.", [("other", "40000", None, "")]),
    ("Hyran, 48 000 kr per år, betalas av föreningen till kommunen.", [("other", "48000", None, "year")]),
    ("Hyran, 48 000 kr per år, betalas av kommunen.", [("funding", "48000", None, "year")]),
    ("Nyttjaren erlägger 12 000 kr per år till kommunen.", [("other", "12000", None, "year")]),
    ("Bidraget i fjol var 95 000 kr.", [("other", "95000", None, "")]),
    (
        "Nämnden beviljar 110 000 kr, vilket är 15 000 kr mer än året innan.",
        [("funding", "110000", None, ""), ("other", "15000", None, "")],
    ),
    # Money that others pay, that is left over, or that was paid before.
    ("Huvudpartner är Linds Bygg, som betalar 90 000 kr per år.", [("other", "90000", None, "year")]),
    ("Region Värmvik, som betalar 50 000 kr per år", [("funding", "50000", None, "year")]),
    ("Hyran för stugan, 700 kr per natt, betalar ni till Scoutkåren.", [("other", "700", None, "")]),
    ("Koncessionshavaren bekostar en ny brygga, beräknad till 150.000 kr.", [("other", "150000", None, "")]),
    ("Sjöfartsverket har lämnat stöd med 70.000 kr.", [("other", "70000", None, "")]),
    ("Församlingen lånar ut salen (värde 55 000 kr per år).", [("other", "55000", None, "year")]),
    ("Ersättningen var då 40 000 kr per månad.", [("other", "40000", None, "month")]),
    ("Ersättningen är 40 000 kr per månad.", [("funding", "40000", None, "month")]),
    ("För 2023 fördelade nämnden 310 000 kr.", [("other", "310000", 2023, "")]),
    ("I potten återstår 800 tkr.", [("other", "800000", None, "")]),
    ("Kören har 3 200 kr kvar av förra årets bidrag.", [("other", "3200", None, "")]),
    ("Ersättningen ryms inom det tillägg på 12 mkr som nämnden fördelar.", [("other", "12000000", None, "")]),
    ("I budgeten finns 500 000 kr avsatta.", [("other", "500000", None, "")]),
    ("Till maj hade fyra ansökningar om tillsammans 280 000 kr inkommit.", [("other", "280000", None, "")]),
    (
        "1. Jordägare\nStenåsa kommun\n\n2. Arrendator\nVadets Lamm\n\n3. Arrendeavgift\n7.400:- om året.",
        [("other", "7400", None, "year")],
    ),
    ("Staden betalar sammanlagt 125 000\nkx, plus moms.", [("funding", "125000", None, "")]),
]


@pytest.mark.parametrize(("text", "expected"), CLAUSES)
def test_a_clause_says_what_a_sum_is(text: str, expected: list[tuple[str, str, int | None, str]]) -> None:
    assert rows(text) == expected


TABLES = [
    (
        "Nr\tFörening\tOrganisationsnr\tSökt\tBeviljat\n\t\t\t\t2023\n"
        "1\tEkens IF\t8020001114\t50 000\t40 000\n2\tAlmens IF\t8020001122\t30 000\t–",
        {("other", "50000", None), ("funding", "40000", 2023), ("other", "30000", None)},
    ),
    (
        "Mottagare\tÄndamål\tBidrag 2023,\n\nkr\n\nEkens IF\tläger\t40 000\nAlmens IF\tkör\t20 000",
        {("funding", "40000", 2023), ("funding", "20000", 2023)},
    ),
    (
        "Fördelning\n\nNr\tMottagare\tOrg.nr\tSökt 2024\tBeviljat 2024\n\t\t\t(kr)\t(kr)\n"
        "1\tAskeby Ridklubb\t802467-1235\t240 000\t210 000\n2\tLyktan\t885603-3108\t60 000\t55 000\n"
        "Summa\t\t\t300 000\t265 000\n",
        {
            ("other", "240000", 2024),
            ("other", "60000", 2024),
            ("other", "300000", 2024),
            ("funding", "210000", 2024),
            ("funding", "55000", 2024),
            ("funding", "265000", 2024),
        },
    ),
    (
        "Förening\tSökt belopp\tBeviljat belopp\nAskeby Ridklubb\t40 000 kr\t30 000"
        " kr\nLyktan\t20 000 kr\t0 kr\n",
        {("other", "40000", None), ("other", "20000", None), ("funding", "30000", None)},
    ),
    (
        "Ekonomi\n\nAlla belopp anges i tusental kronor (tkr).\n\nPost\tBudget 2022\tUtfall 2022\n"
        "Ersättning\t1 150\t1 148\nLokaler\t310\t305\nResultat\t–\t8\n",
        {("other", n, 2022) for n in ("1150000", "1148000", "310000", "305000", "8000")},
    ),
    (
        "Budget 2025\n\nIntäkter\tkr\tKostnader\tkr\nMedlemsavgifter\t24 000\tLokalhyra\t132 000\n"
        "Bidrag från Region Norr\t40 000\tArvoden\t96 000\nSumma\t64 000\tSumma\t228 000\n",
        {("other", n, 2025) for n in ("24000", "132000", "40000", "96000", "64000", "228000")},
    ),
    (
        "| Mottagare | Beviljat (kr) |\n|---|---|\n| Lyktan | 25 000 |\n| Blåklinten | 35 000 |\n",
        {("funding", "25000", None), ("funding", "35000", None)},
    ),
    (
        "Mottagare            Sökt (kr)      Beviljas (kr)\nLyktan               45 000         25 000\n"
        "Blåklinten           55 000         35 000\n",
        {
            ("other", "45000", None),
            ("other", "55000", None),
            ("funding", "25000", None),
            ("funding", "35000", None),
        },
    ),
    (
        "Ersättning\n\nÅr\tErsättning (kr)\n2024\t350 000\n2025\t360 000\n",
        {("funding", "350000", 2024), ("funding", "360000", 2025)},
    ),
    (
        "Verksamhet\tAntal platser\tErsättning, tkr\nMötesplats\t25\t450\nVerkstad\t12\t310\n",
        {("funding", "450000", None), ("funding", "310000", None)},
    ),
]


@pytest.mark.parametrize(("text", "expected"), TABLES)
def test_cells_take_unit_year_and_kind_from_their_column(
    text: str, expected: set[tuple[str, str, int | None]]
) -> None:
    assert {(kind, sek, year) for kind, sek, year, _ in rows(text)} == expected


COST_TABLE = "Nämnden beviljar Linden {} kr.\n\nKostnader\n{}\n\nDet är allt.\n"
WITH_GAPS = "Post\tKronor\nTvå värdar, 60 procent\t97 000\nUtbildning\t13 000\nSumma\t110 000"


@pytest.mark.parametrize(
    "table", [WITH_GAPS, WITH_GAPS.replace("\t", " ").replace("Summa", "Tröjor 9 000\nSumma")]
)
def test_the_rows_of_a_cost_table_are_sums_with_or_without_gaps(table: str) -> None:
    found = {sek for _, sek, _, _ in rows(COST_TABLE.format("110 000", table))}
    assert {"97000", "13000", "110000"} <= found


def test_rows_that_add_up_to_the_decided_sum_are_parts_of_it() -> None:
    said = "Beslut\n\n" + COST_TABLE.format("{}", WITH_GAPS.replace("Kronor", "Kostnad, kr"))
    assert {(kind, sek) for kind, sek, _, _ in rows(said.format("110 000"))} == {
        ("funding", "110000"),
        ("funding", "97000"),
        ("funding", "13000"),
    }
    assert ("other", "97000", None, "") in rows(said.format("80 000"))


def test_totals_and_parts_say_so_in_their_cue() -> None:
    total, part = findings("Kommunen betalar sammanlagt 90 000 kr, varav 30 000 kr för hyra.")
    assert (total.cue, part.cue) == ("sammanlagt", "varav")


def test_thousands_are_flagged() -> None:
    text = "Belopp i tkr.\n\nPost\tBudget 2022\nLokaler\t310\nPersonal\t900\n"
    assert all("thousands_assumed" in finding.flags for finding in findings(text))


CLASHES = [
    ("Föreningen beviljas fyrahundratusen kronor (450 000 kr).", ["400000", "450000"]),
    ("Föreningen beviljas tvåhundratjugofemtusen (250 000) kronor.", ["225000", "250000"]),
    ("Föreningen beviljas 90 000 kr (nittioettusen kronor).", ["90000", "91000"]),
]


@pytest.mark.parametrize(("text", "both"), CLASHES)
def test_words_and_digits_that_disagree_are_both_kept_and_flagged(text: str, both: list[str]) -> None:
    found = findings(text)
    assert [str(value.sek) for value in values(text)] == both
    assert all("words_digits_conflict" in finding.flags for finding in found)


def test_a_sum_said_again_without_its_year_is_the_same_sum() -> None:
    text = "Staden bidrar med 330 000 kr per år.\n\nBidraget 330 000 kr betalas ut i mars."
    assert rows(text) == [("funding", "330000", None, "year")]


def test_payer_and_payee_where_the_sentence_names_them() -> None:
    (value,) = values("Askeby kommun betalar 17 500 kr i månaden till Föreningen Blåklinten.")
    assert (value.payer, value.payee) == ("Askeby kommun", "Föreningen Blåklinten")


@given(st.integers(1, 999_999_999))
def test_grouped_figures_are_read_back(number: int) -> None:
    grouped = f"{number:,}"
    for mark in (" ", "\u00a0", "."):
        assert figures(grouped.replace(",", mark)) == number


@given(st.integers(1000, 99_999_999), st.sampled_from([" kr", " kronor", ":-", " SEK"]))
def test_any_grouped_sum_is_found_whole(number: int, unit: str) -> None:
    text = "Summan är " + f"{number:,}".replace(",", " ") + unit + "."
    assert [found.sek for found in sums(text)] == [number]


UNITS = ["noll", "ett", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio"]
TENS = ["noll", "tio", "tjugo", "trettio", "fyrtio", "femtio", "sextio", "sjuttio", "åttio", "nittio"]


@given(st.integers(1, 9), st.integers(2, 9), st.integers(1, 9))
def test_spelled_out_thousands(hundreds: int, tens_of: int, ones: int) -> None:
    words = f"{UNITS[hundreds]}hundra{TENS[tens_of]}{UNITS[ones]}tusen"
    assert spelled_number(words) == (hundreds * 100 + tens_of * 10 + ones) * 1000
