"""Decision points in the forms that municipalities write them in, and what only looks like one."""

import pytest
from factories import reading

from pipeline.extract import decisions
from pipeline.extract.nlp import material
from pipeline.model import Decision


def found(text: str) -> list[Decision]:
    values = [f.value for f in decisions.find(material(reading(*text.split("\f"))))]
    return [v for v in values if isinstance(v, Decision)]


def texts(text: str) -> list[str]:
    return [d.text for d in found(text)]


LISTS = {
    "one sentence after a dash": (
        "Beslut\n\n- Ansökan från Klubben Lyktan i Norrby socken med omnejd avslås av "
        "nämnden.\n\nÄrendet\n\nText.\n",
        ["Ansökan från Klubben Lyktan i Norrby socken med omnejd avslås av nämnden."],
    ),
    "the dash of a term at the head of a line": (
        "Beslut\n\nKulturnämnden beslutar\n\n- att bevilja Klubben Lyktan 40 000 kr för tiden den 1 "
        "januari 2012\n"
        "– den 31 december 2012,\n- att uppdra åt förvaltningen att betala ut "
        "bidraget.\n\nÄrendet\n\nText.\n",
        [
            "att bevilja Klubben Lyktan 40 000 kr för tiden den 1 januari 2012 – den 31 december 2012,",
            "att uppdra åt förvaltningen att betala ut bidraget.",
        ],
    ),
    "a point whose line ends before a number": (
        "Beslut\n\n1. Avtal tecknas med Klubben Lyktan, reg.nr\n802411-1234, under perioden 2010-2012.\n"
        "2. Ersättningen är 7 000 kr.\n",
        [
            "Avtal tecknas med Klubben Lyktan, reg.nr 802411-1234, under perioden 2010-2012.",
            "Ersättningen är 7 000 kr.",
        ],
    ),
    "capitals with brackets": (
        "Beslut\n\nKulturnämnden beslutar\n\nA) att återkräva 4 000 kr,\nB) att inget mer stöd betalas ut.\n",
        ["att återkräva 4 000 kr,", "att inget mer stöd betalas ut."],
    ),
    "the head of the next page": (
        "Beslut\n\n1. Uppföljningen godkänns.\nNorrby kommun\n2. Förvaltningen återkommer med åtgärder.\n",
        ["Uppföljningen godkänns.", "Förvaltningen återkommer med åtgärder."],
    ),
    "a footing below the list": (
        "Nämndens beslut\n\nDagordningen fastställs.\n\nDelegat enligt delegationsordningen, punkt 4.2.\n",
        ["Dagordningen fastställs."],
    ),
    "numbered att-satser": (
        "Förslag till beslut\n\nSocialnämnden beslutar\n\n1. att godkänna avtalet med Föreningen Ankaret,\n"
        "2. att avsätta 100 000 kronor per år, sammanlagt 200 000\nkronor, för verksamheten.\n\n"
        "Sammanfattning\n\nText.\n",
        [
            "att godkänna avtalet med Föreningen Ankaret,",
            "att avsätta 100 000 kronor per år, sammanlagt 200 000 kronor, för verksamheten.",
        ],
    ),
    "att at the start of lines": (
        "Beslut\n\nSocialnämnden beslutar\natt ingå överenskommelse med Föreningen Ankaret för tre år "
        "från och med\nden 1 januari 2024,\n"
        "att bevilja föreningen 10 000 kr samt\natt medlen tas ur nämndens anslag.\n\n"
        "Ärendebeskrivning\n\nText.\n",
        [
            "att ingå överenskommelse med Föreningen Ankaret för tre år från och med den 1 januari 2024,",
            "att bevilja föreningen 10 000 kr samt",
            "att medlen tas ur nämndens anslag.",
        ],
    ),
    "bold att": (
        "## Beslut\n\nKulturnämnden beslutar\n\n**att** bevilja Teater Tranan 45 000 kr,\n\n**att** "
        "beslutet gäller omedelbart.\n\n## Bakgrund\n\nText.\n",
        ["att bevilja Teater Tranan 45 000 kr,", "att beslutet gäller omedelbart."],
    ),
    "dashes": (
        "Förslag till beslut\n\nNämnden föreslås besluta\n\n– att bevilja Teater Tranan 45 000 kr\n– "
        "att uppdra åt förvaltningen att följa upp stödet\n\nBakgrund\n\nText.\n",
        ["att bevilja Teater Tranan 45 000 kr", "att uppdra åt förvaltningen att följa upp stödet"],
    ),
    "numbered sentences without att": (
        "Förslag till beslut\n\n1. Kulturnämnden godkänner avtalet.\n2. Kulturnämnden avsätter 45 000 "
        "kr under 2025 för\ngenomförandet.\n\nBeslutsunderlag\n\nAvtal\n",
        [
            "Kulturnämnden godkänner avtalet.",
            "Kulturnämnden avsätter 45 000 kr under 2025 för genomförandet.",
        ],
    ),
    "an infinitive list after att": (
        "Förslag till beslut\n\nKulturnämnden beslutar att\n\n1. godkänna avtalet med Teater Tranan\n"
        "2. ge ordföranden i uppdrag att underteckna avtalet\n\nÄrendet\n\nText.\n",
        ["godkänna avtalet med Teater Tranan", "ge ordföranden i uppdrag att underteckna avtalet"],
    ),
    "one sentence": (
        "Beslut\n\nUtbildningsnämnden beslutar att återkräva 86.400:- från Trollets Förskola AB.\n\n"
        "Bakgrund\n\nText.\n",
        ["Utbildningsnämnden beslutar att återkräva 86.400:- från Trollets Förskola AB."],
    ),
    "sentences without numbers": (
        "Beslut\n\nFöreningen beviljas stöd om 50 000 kr.\n\nStödet betalas ut senast den 1 mars "
        "2024.\n\nSkäl för beslutet\n\nText.\n",
        ["Föreningen beviljas stöd om 50 000 kr.", "Stödet betalas ut senast den 1 mars 2024."],
    ),
    "several clauses in one sentence": (
        "Beslut\n\nSocialnämnden beslutar att godkänna avtalet, att avsätta 10 000 kr samt att ge "
        "chefen i uppdrag att skriva under.\n\nBakgrund\n\nText.\n",
        ["att godkänna avtalet", "att avsätta 10 000 kr", "att ge chefen i uppdrag att skriva under."],
    ),
    "a word broken at a line's end": (
        "Beslut\n\nNämnden beslutar\n\n1. att godkänna överens-\nkommelsen och barn-\noch "
        "ungdomsplanen.\n\nBakgrund\n\nText.\n",
        ["att godkänna överenskommelsen och barn- och ungdomsplanen."],
    ),
    "a list over a page break with running lines": (
        "Nora kommun\nKulturnämnden Sida 1 (2)\n\nBeslut\n\nNämnden beslutar\n\n1. att godkänna "
        "avtalet,\n2. att avsätta medel för\n\nNora kommun, 713 80 Nora\f"
        "Nora kommun\nKulturnämnden Sida 2 (2)\n\nverksamheten under 2024.\n\nBakgrund\n\nText.\n\n"
        "Nora kommun, 713 80 Nora",
        ["att godkänna avtalet,", "att avsätta medel för verksamheten under 2024."],
    ),
    "the board's own heading": (
        "Kulturnämndens beslut\n\nKulturnämnden beviljar Teater Tranan 45 000 kr.\n\nBakgrund\n\nText.\n",
        ["Kulturnämnden beviljar Teater Tranan 45 000 kr."],
    ),
    "no heading": (
        "Kulturnämnden beslutar att bevilja Teater Tranan 45 000 kr för 2024.\n\nBakgrund\n\nText.\n",
        ["Kulturnämnden beslutar att bevilja Teater Tranan 45 000 kr för 2024."],
    ),
    "after the list nothing more": (
        "Beslut\n\n1. Avtalet godkänns av nämnden.\n2. Medel anslås med 10 000 kr.\n\nParagrafen "
        "justeras omedelbart.\n\nBakgrund\n\nText.\n",
        ["Avtalet godkänns av nämnden.", "Medel anslås med 10 000 kr."],
    ),
    "indented by blanks": (
        "Beslut\n\nNämnden beslutar\n   1.  att godkänna avtalet med Föreningen\n       Ankaret, och\n"
        "   2.  att uppdra åt förvaltningen att verkställa.\n\nBakgrund\n\nText.\n",
        ["att godkänna avtalet med Föreningen Ankaret, och", "att uppdra åt förvaltningen att verkställa."],
    ),
    "letters": (
        "Beslut\n\nNämnden beslutar\n\na) att godkänna avtalet,\nb) att avsätta 10 000 kr.\n\n"
        "Bakgrund\n\nText.\n",
        ["att godkänna avtalet,", "att avsätta 10 000 kr."],
    ),
    "dels att": (
        "Beslut\n\nNämnden beslutar\n\ndels att godkänna avtalet,\ndels att avsätta 10 000 kr.\n\n"
        "Bakgrund\n\nText.\n",
        ["dels att godkänna avtalet,", "dels att avsätta 10 000 kr."],
    ),
    "a delegate": (
        "Delegationsbeslut\n\nBeslut\n\nJag beslutar att bevilja IK Vinden 5 000 kr i lägerbidrag.\n\n"
        "Skäl för beslutet\n\nText.\n",
        ["Jag beslutar att bevilja IK Vinden 5 000 kr i lägerbidrag."],
    ),
    "the heading and the decision on one line": (
        "Bygdekulturen i kommunen\n\n**Beslut:** Kulturnämnden beviljar Teater Tranan 45 000 kr.\n\n"
        "Bakgrund\n\nText.\n",
        ["Kulturnämnden beviljar Teater Tranan 45 000 kr."],
    ),
}


@pytest.mark.parametrize("form", LISTS)
def test_list(form: str) -> None:
    text, expected = LISTS[form]
    assert texts(text) == expected
    assert [d.number for d in found(text)] == list(range(1, len(expected) + 1))


NONE = [
    "Yrkanden\n\nEva Ek (M) yrkar att bidraget sänks till 10 000 kr.\n",
    "Reservation\n\nEva Ek (M) reserverar sig mot beslutet att höja bidraget.\n",
    "Beslutsunderlag\n\n1. Tjänsteskrivelse 2024-01-02\n2. Förslag till avtal\n",
    "Hur man överklagar\n\nBeslutet kan överklagas hos Förvaltningsrätten i Umeå inom tre veckor.\n",
    "Bakgrund\n\nKommunen ska se till att föreningen får stöd. Föreningen åtar sig\natt hålla öppet "
    "varje vecka.\n",
    "Beslutet skickas till\n\nFöreningen Ankaret\nEkonomichefen\n",
    "Parternas åtaganden\n\nFöreningen ska\natt svara för städning,\natt hålla öppet.\n",
    "BESLUT\n2024-01-02\nDnr SN 2024/1\n",
]


@pytest.mark.parametrize("text", NONE)
def test_no_point(text: str) -> None:
    assert texts(f"Samverkan i kommunen\n\nEtt stycke text.\n\n{text}") == []


STATUS = [
    ("Förslag till beslut\n\nSocialnämnden beslutar\n\natt godkänna avtalet.\n", "proposed"),
    ("Förvaltningens förslag till beslut\n\nSocialnämnden godkänner avtalet med Grinden.\n", "proposed"),
    ("Beslut\n\nSocialnämnden beslutar\n\natt godkänna avtalet.\n", "decided"),
    ("Socialnämndens beslut\n\nSocialnämnden godkänner avtalet med Grinden.\n", "decided"),
    ("Beslut\n\nSocialnämnden föreslår kommunfullmäktige att anslå 10 000 kr till Grinden.\n", "proposed"),
    (
        "Arbetsutskottets förslag till beslut\n\n1. Avtalet med Grinden godkänns.\n2. Medel anslås.\n",
        "proposed",
    ),
]


@pytest.mark.parametrize(("text", "status"), STATUS)
def test_status(text: str, status: str) -> None:
    assert {d.status for d in found(text)} == {status}


def test_paragraph_of_the_minutes() -> None:
    text = (
        "§ 12\n\nStöd till Teater Tranan\n\nBeslut\n\nKulturnämnden beslutar\n\natt bevilja 10 000 "
        "kr.\n\nBakgrund\n\nText.\n\n"
        "§ 13\n\nAvtal med IK Vinden\n\nBeslut\n\nKulturnämnden beslutar\n\natt godkänna avtalet,\n"
        "att anslå 5 000 kr.\n\nBakgrund\n\nText.\n"
    )
    assert [(d.section, d.number) for d in found(text)] == [("§ 12", 1), ("§ 13", 1), ("§ 13", 2)]


def test_a_section_of_law_is_no_paragraph_of_the_minutes() -> None:
    text = (
        "Beslut med stöd av lag\n\nEnligt\n§ 4 kap. förvaltningslagen gäller följande.\n\nBeslut\n\n"
        "Nämnden beslutar att bevilja 10 000 kr.\n"
    )
    assert [d.section for d in found(text)] == [""]


@pytest.mark.parametrize(
    "text",
    ["", "\f", "Beslut", "Beslut\n\n", "Förslag till beslut\n\natt", "1.\n2.\n", "Beslut\n\n1.\n\n2.\n"],
)
def test_next_to_nothing(text: str) -> None:
    assert texts(text) == []


UNDER_THEIR_HEADING = {
    "att right below a heading without white space": (
        "§ 8\nSamarbete med en förening som driver öppna mötesplatser\nOmsorgsnämndens beslut\n"
        "att bevilja Norra Mötesplatsen 9 000 kronor, samt\n"
        "att följa upp stödet i maj.\nSammanfattning\nEn idé.\n",
        [
            ("decided", "att bevilja Norra Mötesplatsen 9 000 kronor, samt"),
            ("decided", "att följa upp stödet i maj."),
        ],
    ),
    "what a meeting proposes to another": (
        "Protokoll\n\n§ 12\n\nBadavgift\n\nBeslut\n\n"
        "Fritidsnämnden föreslår att kommunfullmäktige höjer avgiften.\n",
        [("decided", "Fritidsnämnden föreslår att kommunfullmäktige höjer avgiften.")],
    ),
    "the matter itself as the subject of a point": (
        "Förslag till beslut\n\n- Nämnden ger Mötesplatsen 9 000 kronor.\n"
        "- Ärendet förklaras genast justerat.\n",
        [
            ("proposed", "Nämnden ger Mötesplatsen 9 000 kronor."),
            ("proposed", "Ärendet förklaras genast justerat."),
        ],
    ),
    "a line that goes on below the text of a point": (
        "Förslag till beslut\n\natt   ingå avtal med Norra Skidlaget,\n      att gälla fr o m 2019-01-01,\n\n"
        "att   betala 9 000 kronor.\n",
        [
            ("proposed", "att ingå avtal med Norra Skidlaget, att gälla fr o m 2019-01-01,"),
            ("proposed", "att betala 9 000 kronor."),
        ],
    ),
    "what the chair of a board decides": (
        "Beslut om återbetalning\n\nFritidsnämndens ordförande beslutar att Norra Skidlaget "
        "ska betala tillbaka 900 kronor.\n\nMed stöd av delegationsordningen\n",
        [
            (
                "decided",
                "Fritidsnämndens ordförande beslutar att Norra Skidlaget ska betala tillbaka 900 kronor.",
            )
        ],
    ),
    "a board of two words over its points": (
        "Stöd till läger\n\nTekniska nämnden beslutade vid sammanträde den 3 maj 1997, § 6,\n\n"
        "att bevilja Norra Lägret 9 000 kronor.\n",
        [("decided", "att bevilja Norra Lägret 9 000 kronor.")],
    ),
    "a table below the sentence that leads to it": (
        "Beslut\n\nKörerna beviljas stöd för 2011 enligt tabellen.\n\nPengarna betalas ut i maj.\n\n"
        "Nr  Kör                 Sökt       Beviljat\n1   Norra Kören        9 000          8 000\n"
        "2   Södra Kören        7 000          6 000\n3   Dalens Röster      5 000              0\n"
        "    Summa             21 000         14 000\n",
        [
            ("decided", "Körerna beviljas stöd för 2011 enligt tabellen."),
            ("decided", "Pengarna betalas ut i maj."),
        ],
    ),
    "what a chair decides for a board in small letters": (
        "Beslut\n\nOrdföranden i skol- och fritidsnämnden beslutar på nämndens vägnar att bevilja Norra "
        "Kören\n9 000 kronor.\n\nMotivering\n\nOrdföranden konstaterar att ärendet är brådskande.\n",
        [
            (
                "decided",
                "Ordföranden i skol- och fritidsnämnden beslutar på nämndens vägnar att bevilja Norra Kören "
                "9 000 kronor.",
            )
        ],
    ),
    "a chair of a board in small letters without a heading": (
        "Stöd till läger\n\nOrdföranden i kulturnämnden beslutar att bevilja Norra Lägret 9 000 kronor.\n",
        [("decided", "Ordföranden i kulturnämnden beslutar att bevilja Norra Lägret 9 000 kronor.")],
    ),
}


@pytest.mark.parametrize("name", UNDER_THEIR_HEADING)
def test_points_under_their_heading(name: str) -> None:
    text, wanted = UNDER_THEIR_HEADING[name]
    values = [f.value for f in decisions.find(material(reading(text)))]
    assert [(v.status, v.text) for v in values if isinstance(v, Decision)] == wanted
