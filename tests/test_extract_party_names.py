"""What is a party's name and what only stands where one might: headings, labels, numbers of other bodies."""

import pytest
from factories import reading

from pipeline.extract import facts, parties, persons
from pipeline.extract.nlp import material
from pipeline.extract.party_words import names_nobody
from pipeline.extract.running_names import cut_name
from pipeline.model import Party, Person


def named(text: str) -> dict[str, tuple[str, str]]:
    """Role letter and number by name."""
    values = [f.value for f in parties.find(material(reading(*text.split("\f"))))]
    return {v.name: (v.role[0], v.org_number) for v in values if isinstance(v, Party)}


def fact(text: str, kind: str) -> object:
    found = [f for f in facts.find(material(reading(*text.split("\f")))) if f.kind == kind]
    return max(found, key=lambda f: f.confidence).value if found else None


NOBODY = [
    ("Licensgivare", True),
    ("Rättighetshavaren", True),
    ("Säljaren", True),
    ("Fastighetsägare", True),
    ("Avtalsparterna", True),
    ("Parter", True),
    ("Personuppgiftsbiträde", True),
    ("3 Klubbens åtaganden", True),
    ("4.2 Ersättning", True),
    ("§ 5 Avtalstid", True),
    ("Fastighetsägarna", False),
    ("4 H Nora", False),
    ("12 Stegs föreningen", False),
    ("Kajutan", False),
    ("Koloniföreningen Kajutan", False),
]


@pytest.mark.parametrize(("words", "nobody"), NOBODY)
def test_names_nobody(words: str, nobody: bool) -> None:
    assert names_nobody(words) is nobody


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Mellan Nora kommun", "Nora kommun"),
        ("Samt Nora Orkester", "Nora Orkester"),
        ("Mellansels Orkester", "Mellansels Orkester"),
        ("Ochre Teater", "Ochre Teater"),
    ],
)
def test_a_name_begins_after_the_preposition(written: str, name: str) -> None:
    assert cut_name(written) == name


CONTRACTS = {
    "a clause that begins the sentence": (
        "Avtal om konserter\n\nMellan Region Gotland, organisationsnummer 232100-0180, genom "
        "kulturnämnden, nedan kallad Regionen, och Nora Orkester, organisationsnummer 802477-1027, nedan "
        "kallad Orkestern, har följande avtal träffats.\n\n1 Tid\nAvtalet gäller 2024.\n",
        {"Region Gotland": ("p", "232100-0180"), "Nora Orkester": ("c", "802477-1027")},
    ),
    "labels of a licence": (
        "Licensavtal\n\nRättighetsgivare\nNora kommun\n713 80 Nora\nOrg.nr: 212000-2007\n\n"
        "Rättighetshavare\nKajutan Mat & Bad\nBadvägen 2, 713 31 Nora\nOrg.nr: 802477-1027\n\n"
        "1. Avtalet gäller 2024.\n",
        {"Nora kommun": ("p", "212000-2007"), "Kajutan Mat & Bad": ("c", "802477-1027")},
    ),
    "a hired helper under a heading, and again in an annex": (
        "Avtal om telefonjour\n\nParter\nAvtalet har slutits mellan Nora kommun, organisationsnummer "
        "212000-2007, i fortsättningen kallad Kommunen, och Nora Telefonvänner, organisationsnummer "
        "802477-1027, i fortsättningen kallad Kretsen.\n\n2 Kretsens åtaganden\nKretsen svarar i telefon. "
        "Växeln sköts av Tele Växjö AB (556701-2348).\n\n3 Avtalstid\nAvtalet gäller 2024.\n\f"
        "Bilaga 1\n\nUnderbiträde\nTele Växjö AB, 556701-2348, nedan kallat Biträdet, godkänns.\n",
        {"Nora kommun": ("p", "212000-2007"), "Nora Telefonvänner": ("c", "802477-1027")},
    ),
    "a table whose last body has no word for a body": (
        "Överenskommelse om fritid\n\nParter\n\nPart\tOrganisationsnummer\tFöreträds av\n"
        "Nora kommun, 713 80 Nora\t212000-2007\tLena Ek, chef\n"
        "Nora församling, Kyrkvägen 2, 713\t885602-2333\tNils Berg, kyrkoherde\n31 Nora\n"
        "Solstrimman Nora, Lillgatan 7, 713\t802477-1027\tSiri Moe, ordförande\n31 Nora\n\n"
        "Syfte\n\nBarn ska ha någonstans att vara.\n",
        {
            "Nora kommun": ("p", "212000-2007"),
            "Nora församling": ("c", "885602-2333"),
            "Solstrimman Nora": ("c", "802477-1027"),
        },
    ),
}


@pytest.mark.parametrize("layout", CONTRACTS)
def test_contract(layout: str) -> None:
    text, expected = CONTRACTS[layout]
    assert named(text) == expected


def test_a_number_with_a_doubled_dash() -> None:
    text = CONTRACTS["a clause that begins the sentence"][0].replace("802477-1027", "802477—-1027")
    assert named(text)["Nora Orkester"] == ("c", "802477-1027")


STAFF_REPORT = (
    "Nora kommun\t2024-05-02\nKulturförvaltningen\tKUN 2024:7\n\nStöd till Nora Orkester\n\n"
    "Org nr\n212000-2007\tFörvaltningens förslag\n\nKulturnämnden föreslås fatta följande beslut:\n\n"
    "a) Nora Orkester (802477-1027) tilldelas 40 000 kronor för 2024.\n\n"
    "Bakgrund\nOrkestern har spelat sedan 1990.\n"
)


def test_a_staff_report_without_its_word() -> None:
    assert fact(STAFF_REPORT, "document_type") == "staff_report"
    assert named(STAFF_REPORT) == {
        "Kulturnämnden": ("p", "212000-2007"),
        "Nora Orkester": ("c", "802477-1027"),
    }


@pytest.mark.parametrize(
    ("text", "board"),
    [
        ("Nora kommun, Teknisk driftnämnd / Dnr 12/2024\n\nAvtal om bad\n", "Teknisk driftnämnd"),
        ("Nora kommun\nSocial omsorgsnämnd\n\nAvtal om bad\n", "Social omsorgsnämnd"),
        ("Nora kommun\nTekniska driftnämnden\n\nAvtal om bad\n", "Tekniska driftnämnden"),
        ("Nora kommun\n\nAvtal om bad\n\nI Nora finns ingen Social omsorgsnämnd längre.\n", None),
    ],
)
def test_board_of_two_words(text: str, board: str | None) -> None:
    assert fact(text, "board") == board


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "Nora kommun\n\nAvtal om badplats Dnr KS 2024/12\n\nBakgrund\n\nDet är varmt.\n",
            "Avtal om badplats",
        ),
        ("Nora kommun\n\nAvtal om badplats   Sid 1 (3)\n\nBakgrund\n\nDet är varmt.\n", "Avtal om badplats"),
        (
            "Nora kommun\n\nAvtal om badplats, avtalsnr 24-17\n\nBakgrund\n\nDet är varmt.\n",
            "Avtal om badplats",
        ),
        (
            "IOP • Nora kommun • diarienr 2024/0012\n\nSommar vid sjön\n\nBakgrund\n\nDet är varmt.\n",
            "Sommar vid sjön",
        ),
        (
            "Nora kommun\n\nBidrag till badplatsen KFN 00412/2023\n\nBakgrund\n\nVarmt.\n",
            "Bidrag till badplatsen",
        ),
        ("Nora kommun Datum\nUlla Berg, 0587-12 34 56\n\nBidrag till badet\n\nVarmt.\n", "Bidrag till badet"),
        ("Stadshuset, sal Tre, kl. 13.00\n\nBidrag till badet\n\nVarmt.\n", "Bidrag till badet"),
        ("Nora kommun\n\nStöd till badplatsen har lämnats\nsedan länge, och många barn\nbadar där.\n", None),
    ],
)
def test_title_alone(text: str, title: str | None) -> None:
    assert fact(text, "title") == title


@pytest.mark.parametrize(
    "text",
    [
        "Kontaktperson: Lisa Ekdal, enhetschef lisa.ekdal@nora.example",
        "Kontaktperson: Lisa Ekdal, enhetschef e-post lisa@nora.example",
        "Kontaktperson: Lisa Ekdal, enhetschef\nlisa.ekdal@nora.example",
    ],
)
def test_a_title_holds_no_address(text: str) -> None:
    values = [f.value for f in persons.find(material(reading(text)))]
    assert [(v.name, v.title) for v in values if isinstance(v, Person)] == [("Lisa Ekdal", "enhetschef")]
