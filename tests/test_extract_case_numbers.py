"""Diarienummer in the forms that registrars use, which one is the document's own, and what isn't one."""

import pytest
from factories import reading

from pipeline.extract import case_numbers
from pipeline.extract.nlp import material
from pipeline.model import CaseNumber


def found(text: str) -> list[CaseNumber]:
    out = []
    for finding in case_numbers.find(material(reading(*text.split("\f")))):
        assert isinstance(finding.value, CaseNumber)
        out.append(finding.value)
    return out


def numbers(text: str) -> list[str]:
    return [value.number for value in found(text)]


FORMS = [
    ("BUN23-417", "BUN-2023-417"),
    ("BUN22/0451 Hyra av sal", "BUN 2022/0451"),
    ("Dnr BUN 18-64", "BUN-2018-64"),
    ("TN.2022.455", "TN-2022-455"),
    ("BoU/2024:00077", "BOU-2024-00077"),
    ("RD22/00412", "RD 2022/00412"),
    ("Dnr IFN-2018-00412", "IFN-2018-00412"),
    ("Dnr: IFN 2018-00412", "IFN-2018-00412"),
    ("Dnr IFN – 2018 – 00412", "IFN-2018-00412"),
    ("Diarienr KFN 2021/0097", "KFN 2021/0097"),
    ("Diarienummer: KS 2023/12", "KS 2023/12"),
    ("Diarienummer KS/2023:12", "KS-2023-12"),
    ("Dnr HN/2021:88", "HN-2021-88"),
    ("Dnr SN 2022.118", "SN-2022-118"),
    ("Dnr SN 2022:118", "SN-2022-118"),
    ("Dnr KS 217/1999", "KS 1999/217"),
    ("Dnr 142/97", "1997/142"),
    ("Vår beteckning: FN 39/2016", "FN 2016/39"),
    ("Ärende: KN 2024/88", "KN 2024/88"),
    ("Stödet beslutades i ärende 2008/1202.", "2008/1202"),
    ("Avtalet tecknades i ärende NOA/2023:00037.", "NOA-2023-00037"),
    ("Dnr 142/2007", "2007/142"),
    ("Dnr KS 142/97", "KS 1997/142"),
    ("Dnr 22ON118", "ON-2022-118"),
    ("Dnr: 2023-00456", "2023-00456"),
    ("Ärendenr 2023-00456", "2023-00456"),
    ("Ärendenummer: 2023/456", "2023/456"),
    ("Ärende nr KUN-2023-56", "KUN-2023-56"),
    ("Vårt dnr: SN 2024/77", "SN 2024/77"),
    ("Vår beteckning\nSN 2024/77", "SN 2024/77"),
    ("Beteckning: BUN 2020/0312", "BUN 2020/0312"),
    ("Dnr ÄN 2024-0012", "ÄN-2024-0012"),
    ("Dnr KS2023/145", "KS 2023/145"),
    ("Dnr KSKF/2023:145", "KSKF-2023-145"),
    ("Dnr 2023/145-7", "2023/145"),
    ("Dnr KS-2023-145-12", "KS-2023-145"),
    ("Dnr KS 2023/145 - 3", "KS 2023/145"),
    ("Datum\tDiarienummer\n2021-10-18\tIFN-2021-00356\n", "IFN-2021-00356"),
    ("Datum\tDnr\n2021-10-18\t2021/356\n", "2021/356"),
    ("Dnr\nAVN 2021/356\n", "AVN 2021/356"),
    ("Diarienummer | NF-2021-356 |", "NF-2021-356"),
    ("**Diarienummer:** NF-2021-356", "NF-2021-356"),
    ("Dnr ASN-2019-\n17494", "ASN-2019-17494"),
    ("enligt beslut (KFN\n2019/0214) om stöd", "KFN 2019/0214"),
    ("Dnr KFN 2019/O214", "KFN 2019/0214"),
    ("Dnr 1FN-2018-00412", "IFN-2018-00412"),
    ("Dnr IFN-2018-0O412", "IFN-2018-00412"),
    ("dnr KUN 2023-0941 Inkom 2023-08-14", "KUN-2023-0941"),
    ("kommunens handbok (KS-2019-00233).", "KS-2019-00233"),
    ("rutin för lokaler (RS 2018/1190)", "RS 2018/1190"),
    ("Arendenr 2023-00456", "2023-00456"),
    ("Diarienummer: PHHN 2024/233", "PHHN 2024/233"),
    ("Reg.nr SN 2024/55", "SN 2024/55"),
    ("DNR: KS 2020/00614 003", "KS 2020/00614"),
    ("Beslut i ärende GVN 2021/12 och", "GVN 2021/12"),
    ("Dnr SON 47-2023", "SON-2023-47"),
    ("Dnr SN 118-2022", "SN-2022-118"),
    ("Dnr SN 22-2024", "SN-2022-2024"),
    ("Dnr AVN. 2024.27", "AVN-2024-27"),
    ("Dnr ON-2023-9i", "ON-2023-91"),
    ("Dnr 04417-2019", "2019-04417"),
    ("Diarienummer: 88-2004", "2004-88"),
    ("Dnr RK 02214-2018", "RK-2018-02214"),
    ("Sammanträde 2004-05-11\nDnr FN 83-2004", "FN-2004-83"),
    ("Sammanträde 1983-05-11\nDnr FN 83-2004", "FN-1983-2004"),
    ("DNR 2015/0311", "2015/0311"),
    ("DNR 2015-0311\nSID 1 (2)", "2015-0311"),
    ("REF 88/2016", "2016/88"),
]


@pytest.mark.parametrize(("text", "number"), FORMS)
def test_a_written_form_gets_its_normal_form(text: str, number: str) -> None:
    assert numbers(text) == [number]


NOT_CASE_NUMBERS = [
    "Klass BUN 18-64 hade 20 elever",
    "Tåg SJ 12-45 går från spår 3",
    "Rapport COVID19-22 om läget",
    "Enligt offentlighets- och sekretesslagen (2009:400) gäller",
    "socialtjänstlagen (SFS 2001:453)",
    "LSS (1993:387) och SoL (2001:453)",
    "betänkandet SOU 2016:13, Ds 2014:15 och dir. 2016:22",
    "prop. 2020/21:33, bet. 2020/21:KU15 och rskr. 2020/21:88",
    "Läsåret 2021/22 och VT 2024, HT 2024",
    "NJA 2017 s. 75, HFD 2016 ref. 12 och RÅ 2004 ref. 88",
    "SOSFS 2014:5, HSLF-FS 2017:37 och AFS 2001:1",
    "Standarden SS-EN 2012-1187 och ISO 9001",
    "COVID-2019 spreds",
    "IOP 2021-2022 och avtal 2021–2024",
    "Datum: 2023-10-18",
    "Sammanträdesdatum 2023-11-15",
    "Telefon 090-16 10 00, 0470-410 22",
    "Avtal nr 0417-22",
    "Kontering 02214-2018",
    "Datum: 31-12-2018 eller 12-2018",
    "Modell ABC 44170-2019",
    "Hyresavtal nr 2017-0422",
    "Upphandlingsnummer 2402817",
    "Upphandlingsnummer UH-2024-123",
    "Fakturanummer AB 2023-1187",
    "Org.nr 802467-1235",
    "Bankgiro 5732-1180",
    "50 000 kr per år 2023/2024",
    "1/7 2021–30/6 2023",
    "Blankett KFN 12, version 3",
    "Fastigheten Eken 3:14",
    "Mål 1 och delmål 2–4",
    "Sida 1/2022",
    "cirka 1/3 av 2024 års medel",
    "EU 2016/679 och förordning (EU) 2016/679",
    "Lgr 2011:123",
    "AB 04 och ABT 06",
    "Region Värmvik\tDnr\nÖVERENSKOMMELSE",
    "i enlighet med KFN. 2024-03 börjar arbetet",
]


@pytest.mark.parametrize("text", NOT_CASE_NUMBERS)
def test_what_is_no_case_number_is_left_alone(text: str) -> None:
    assert numbers(text) == []


OWN = [
    ("Askeby kommun\tDatum\tDiarienummer\nFörvaltningen\t2022.03.04\tBUN22-417\n\nText", ["BUN-2022-417"]),
    ("Askeby Datum Diarienummer\nFörvaltningen oläst BUN22-417\n\nSe (BUN 18-64).", ["BUN-2022-417"]),
    (
        "Askeby kommun\tBESLUT\nNämnden\t4 maj 2022\n\tTN.2022.455\n\nEnligt TN.2021.12 gäller.",
        ["TN-2022-455"],
    ),
    ("Protokoll\n\n" + "Rad om något\n" * 20 + "\n§ 12 Hyra av sal\tTN 2022-455\n\nBeslut", ["TN-2022-455"]),
    ("Slutrapport\nKommunens diarienummer TN 2022/45\nAvsändare Byalaget", ["TN 2022/45"]),
    ("Askeby kommun\nDnr KS 2023/12\n\nAvtal\n\nSe även dnr KS 2020/7.", ["KS 2023/12"]),
    ("Avtal\n\nParterna har avtal om drift (dnr KFN 2019/0214).", []),
    ("Er beteckning: SN 2020/1\nVår beteckning: KS 2023/12\n", ["KS 2023/12"]),
    ("Ert dnr: SN 2020/1\n", []),
    (
        "Tjänsteskrivelse\n\nBeslutsunderlag\n\n- Tjänsteskrivelse om stöd ASN 2024-1740\n-"
        " Riktlinjer ASN-2020-11\n",
        ["ASN-2024-1740"],
    ),
    (
        "2024-10-24\tASN-2024-1740\n\nTjänsteskrivelse\n\nPartnerskapet (ASN-2020-11) gäller.",
        ["ASN-2024-1740"],
    ),
    ("Ansökan om bidrag\n\nASKEBY KOMMUN Inkom 2023-08-14 Dnr KUN 2023-0941\n", ["KUN-2023-0941"]),
    (
        "§ 41\nStöd till Blåklinten\nDiarienummer: SN 2023/4\n\n§ 42\nStöd till"
        " Lyktan\nDiarienummer: SN 2023/5\n",
        ["SN 2023/4", "SN 2023/5"],
    ),
    ("Rapport\n\nHandboken (KS-2017-00120) tillämpas.", []),
]


@pytest.mark.parametrize(("text", "own"), OWN)
def test_the_documents_own_number(text: str, own: list[str]) -> None:
    assert [value.number for value in found(text) if value.own] == own


def test_a_number_written_twice_is_one_row() -> None:
    assert numbers("Dnr KS 2023/12\n\nÄrendet (KS 2023/12) gäller KS 2023/12.") == ["KS 2023/12"]


def test_a_figure_behind_another_number_is_not_what_the_label_announces() -> None:
    text = "Avtalet, dnr VUN 2008/877, avser tiden 1 juni 2008 –\n30 november 2009."
    assert numbers(text) == ["VUN 2008/877"]


def test_the_number_of_a_letterhead_on_one_line_is_the_documents_own() -> None:
    text = "Norrby kommun · Nämnden för omsorg och fritid · Dnr NOF 2018/297 · 2018-05-10\n\nBeslut\n"
    assert [(value.number, value.own) for value in found(text)] == [("NOF 2018/297", True)]


def test_a_letterheads_number_comes_before_the_one_of_a_cited_agreement() -> None:
    text = (
        "Klubben Lyktan\nTill Norrby kommun, kulturnämnden\nDnr 2020-00239\n\nUppföljning\n\n"
        "Avtalet med kommunen,\ndnr KN-2021-00816, avser 2021.\n"
    )
    assert [(value.number, value.own) for value in found(text)] == [
        ("2020-00239", True),
        ("KN-2021-00816", False),
    ]


def test_a_prefix_in_small_letters_beside_a_paragraph() -> None:
    both = found("Utdrag ur protokoll\n\nKs § 20    Ks 2020/418\n\nBadhus\n\nBeslut\n\nBadet öppnas.\n")
    assert [(value.number, value.own) for value in both] == [("KS 2020/418", True)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("Granö 2021-05-03\nDnr 21-0456\n", ["2021-0456"]), ("Granö 2021-05-03\nVår ref: 08-4561\n", [])],
)
def test_a_short_year_behind_a_label_is_one_of_the_documents_years(text: str, wanted: list[str]) -> None:
    assert numbers(text) == wanted


@pytest.mark.parametrize(
    ("said", "own"),
    [
        ("har denna dag följande avtal ingåtts (diarienummer KS/2016:207).", True),
        ("är överens om detta samarbetsavtal, dnr KS/2016:207.", True),
        ("ingår detta avtal, som ersätter det tidigare (dnr KS/2016:207).", False),
        ("ingår detta avtal efter kommunstyrelsens beslut (dnr KS/2016:207).", False),
    ],
)
def test_a_sentence_gives_the_agreement_its_number(said: str, own: bool) -> None:
    text = f"AVTAL OM ISTID\n\nMellan\n\nNorrby kommun och\n\nNorrby Konståkare\n\n{said}\n\n§ 1 Omfattning\n"
    assert [(value.number, value.own) for value in found(text)] == [("KS-2016-207", own)]
