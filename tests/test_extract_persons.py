"""Persons with a function, in the wordings and layouts of many municipalities; all invented."""

import pytest
from factories import reading

from pipeline.extract import persons
from pipeline.extract.naming import is_person
from pipeline.extract.nlp import material
from pipeline.model import Person


def found(text: str) -> list[tuple[str, str, str]]:
    """Function, name and title of each person."""
    values = [f.value for f in persons.find(material(reading(*text.split("\f"))))]
    return [(v.function, v.name, v.title) for v in values if isinstance(v, Person)]


def organisations(text: str) -> dict[str, str]:
    values = [f.value for f in persons.find(material(reading(*text.split("\f"))))]
    return {v.name: v.organisation for v in values if isinstance(v, Person)}


CASES = [
    # Contacts
    ("Kontaktperson: Lisa Ekdal, enhetschef", [("contact", "Lisa Ekdal", "enhetschef")]),
    ("Kontaktperson: Lisa Ekdal,\nenhetschef", [("contact", "Lisa Ekdal", "enhetschef")]),
    ("Kontaktperson\nLisa Ekdal\nTelefon\n0970-12 34 56", [("contact", "Lisa Ekdal", "")]),
    (
        "**Kontaktperson:** Per-Olof Ask, tf. verksamhetschef",
        [("contact", "Per-Olof Ask", "tf. verksamhetschef")],
    ),
    (
        "Kontaktpersoner: Lisa Ekdal, enhetschef Föreningen Ankaret\nAmir Rahimi, projektledare Grinden",
        [("contact", "Lisa Ekdal", "enhetschef"), ("contact", "Amir Rahimi", "projektledare")],
    ),
    (
        "Kontaktpersoner: Lisa Ekdal avdelningschef samt Olof Rask, utvecklingssekreterare",
        [("contact", "Lisa Ekdal", "avdelningschef"), ("contact", "Olof Rask", "utvecklingssekreterare")],
    ),
    ("Kontaktperson hos staden: Mona Lindh, samordnare", [("contact", "Mona Lindh", "samordnare")]),
    ("Kontaktperson för föreningen: Mona Lindh", [("contact", "Mona Lindh", "")]),
    ("Kommunens kontaktperson: Åsa von Ahn, strateg", [("contact", "Åsa von Ahn", "strateg")]),
    (
        "8 § Kontaktpersoner\n\nPart\tNamn\tBefattning\tTelefon\nKommunen\tNils "
        "Berg\tkultursekreterare\t0123-45 67\n"
        "Föreningen\tSiri Moe\tordförande\t070-123 45 67\n",
        [("contact", "Nils Berg", "kultursekreterare"), ("contact", "Siri Moe", "ordförande")],
    ),
    (
        "Ordförande (firmatecknare)\tPersonnummer\tTelefon\nGun Ahl\t640521-****\t063-10 44 72\n"
        "Kassör (kontaktperson)\tPersonnummer\tTelefon\nTage Roos\t780312-****\t070-318 55 06\n",
        [("signatory", "Gun Ahl", "Ordförande"), ("contact", "Tage Roos", "kassör")],
    ),
    (
        "19. Kontakt\tHyresvärden: Eva Stolt, förvaltare, 0470-51 18 30\n\tHyresgästen: Ali Demir, "
        "enhetschef, 0470-410 22",
        [("contact", "Eva Stolt", "förvaltare"), ("contact", "Ali Demir", "enhetschef")],
    ),
    # Case officers and heads
    (
        "Handläggare\nKarin Wide, utvecklingsstrateg\nTelefon 090-16 24 18",
        [("responsible", "Karin Wide", "utvecklingsstrateg")],
    ),
    ("Handläggare: Oskar Fält,\nföreningskonsulent", [("responsible", "Oskar Fält", "föreningskonsulent")]),
    ("Handläggare\tDatum\tDnr\nKarin Wide\t2024-02-03\tSN 2024/12", [("responsible", "Karin Wide", "")]),
    ("Handläggare\tTill socialnämnden\nKarin Wide, strateg", [("responsible", "Karin Wide", "strateg")]),
    ("Föredragande: förvaltningschef Nils Berg", [("responsible", "Nils Berg", "förvaltningschef")]),
    ("Rapportansvarig: Sara Hed, verksamhetsledare", [("responsible", "Sara Hed", "verksamhetsledare")]),
    (
        "Ansvariga\n\nJonas Mark Enhetschef\n\nTrude Hall Avdelningschef\n",
        [("responsible", "Jonas Mark", "Enhetschef"), ("responsible", "Trude Hall", "Avdelningschef")],
    ),
    (
        "Ansvariga\n\nMats Norr\nsocialdirektör\n\nYlva Sjö\nverksamhetschef\n",
        [("responsible", "Mats Norr", "socialdirektör"), ("responsible", "Ylva Sjö", "verksamhetschef")],
    ),
    # Signatories
    (
        "Underskrifter\n\nFör Habo kommun\n\n______________________\nStina Ahl\nkommundirektör\n\nFör "
        "Föreningen Ankaret\n\n"
        "______________________\nAmir Rahimi\nordförande\n",
        [("signatory", "Stina Ahl", "kommundirektör"), ("signatory", "Amir Rahimi", "ordförande")],
    ),
    (
        "Underskrifter\n\nFör Habo kommun\tFör Föreningen Ankaret\nHabo 2024-03-01\tHabo 2024-03-01\n"
        "..............................\t..............................\nStina Ahl\tAmir Rahimi\n"
        "kommundirektör\tordförande\n",
        [("signatory", "Stina Ahl", "kommundirektör"), ("signatory", "Amir Rahimi", "ordförande")],
    ),
    (
        "För kommunen\tFör föreningen\n\nStina Ahl\nkommundirektör\n\nAmir Rahimi\nordförande\n",
        [("signatory", "Stina Ahl", "kommundirektör"), ("signatory", "Amir Rahimi", "ordförande")],
    ),
    (
        "Beslutsfattare\tHandläggare\n\n_______________________\n\nPetra Lind\ntf. kulturdirektör\n\n"
        "Malin Ek\nkultursekreterare\n",
        [("signatory", "Petra Lind", "tf. kulturdirektör"), ("responsible", "Malin Ek", "kultursekreterare")],
    ),
    (
        "Underskrifter\n\nSekreterare\nUlrika Fors\n\nOrdförande\nHans Åhl (S)\n\nJusterare\nBirgit "
        "Norden (C)\n",
        [
            ("signatory", "Ulrika Fors", "Sekreterare"),
            ("signatory", "Hans Åhl", "Ordförande"),
            ("signatory", "Birgit Norden", "Justerare"),
        ],
    ),
    (
        "Sekreterare\tUlrika Fors\nOrdförande\tHans Åhl (S)\nJusterande\tBirgit Norden (C)\n",
        [
            ("signatory", "Ulrika Fors", "Sekreterare"),
            ("signatory", "Hans Åhl", "Ordförande"),
            ("signatory", "Birgit Norden", "Justerande"),
        ],
    ),
    ("Vid protokollet\n\nUlrika Fors\n", [("signatory", "Ulrika Fors", "")]),
    (
        "På socialnämndens vägnar\n\n.............................\nGunilla Bern\nOrdförande\n",
        [("signatory", "Gunilla Bern", "Ordförande")],
    ),
    (
        "För utbildningsnämnden\n_________________________\nHenrik Sten\nordförande\n",
        [("signatory", "Henrik Sten", "ordförande")],
    ),
    (
        "Underskrifter\n\nFör socialförvaltningen, Lunds stad\nFörvaltningsdirektör Britt Marie Palm\n"
        "\n.....\n\nFör Källan\n"
        "Verksamhetsledare och Firmatecknare Ellen Sand\n",
        [
            ("signatory", "Britt Marie Palm", "Förvaltningsdirektör"),
            ("signatory", "Ellen Sand", "Verksamhetsledare och Firmatecknare"),
        ],
    ),
    (
        "Underskrift\n\nHabo 2024-09-27\n\nBritt-Inger Sjö, ordförande\n",
        [("signatory", "Britt-Inger Sjö", "ordförande")],
    ),
    # Recipients
    (
        "Beslutet skickas till\n\nFöreningen Ankaret, Götgatan 4, 903 27 Umeå\nLena Bur, ekonomichef\n",
        [("recipient", "Lena Bur", "ekonomichef")],
    ),
    (
        "Beslutet skickas till: Robin Stål, styrelseordförande, Scenhuset ekonomisk förening",
        [("recipient", "Robin Stål", "styrelseordförande")],
    ),
    (
        "Delgivning: Trollets Förskola AB, att. Camilla Vret, verksamhetschef",
        [("recipient", "Camilla Vret", "verksamhetschef")],
    ),
    (
        "Beslutet skickas till\nFöreningen Ankaret\nEnhetschef Jonas Mark\n",
        [("recipient", "Jonas Mark", "Enhetschef")],
    ),
    # Movers of motions
    ("Yrkanden\n\nEva-Lotta Mark (M) yrkar att bidraget sänks.\n", [("other", "Eva-Lotta Mark", "")]),
    (
        "Yrkanden\n\nLove Ekdal (V) och Samira Diallo (S) yrkar bifall till förvaltningens förslag.\n",
        [("other", "Love Ekdal", ""), ("other", "Samira Diallo", "")],
    ),
    ("Reservation\n\nKarl Vinge (SD) reserverar sig mot beslutet.\n", [("other", "Karl Vinge", "")]),
    # Others who have a place or a title in the document
    ("Er referens: Hanna Moberg\n", [("contact", "Hanna Moberg", "")]),
    ("Närvarande\n\nKarl Vinge (SD)\nEva Moe (C)\n", [("other", "Karl Vinge", ""), ("other", "Eva Moe", "")]),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_person(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert found(f"Samverkan i kommunen\n\nEtt stycke text om ingenting särskilt.\n\n{text}\n") == expected


NOBODY = [
    "Beslutet skickas till\n\nFöreningen Ankaret\nSocialförvaltningen\nEkonomiavdelningen\n",
    "Mellan Vara kommun och Norra Hamnen AB har avtal träffats.",
    "Kontaktperson: meddelas senare",
    "Underskrifter\n\nAvtalet har upprättats i två likalydande exemplar.\n",
    "Arbetet har fått stöd av Kungliga Biblioteket och Svenska Kyrkan.",
    "Ordföranden ställer förslagen mot varandra och finner bifall.",
    "Handläggare\nSocialförvaltningen",
    "Ansvariga\n\nParterna ansvarar var för sig för sin personal.\n",
    "Rapporten är skriven under Hösten 2023 i Lilla Edet.",
    "Beslutet skickas till\nPolismyndigheten Region Väst\n",
    "Redan på 1920-talet skrev Elsa Brandt om hembygden i sina minnen.",
    "Möten hålls på Karl Johansgatan och i Anna Lindhskolan.\n",
]


@pytest.mark.parametrize("text", NOBODY)
def test_nobody(text: str) -> None:
    assert found(f"Samverkan i kommunen\n\nEtt stycke text.\n\n{text}\n") == []


NAMES = [
    ("Eva Lind", True),
    ("Per-Olof af Ekenstam", True),
    ("Carl von Essen", True),
    ("Lars-Göran Östberg", True),
    ("Samira Diallo", True),
    ("Maria del Carmen Ruiz", True),
    ("Ahmed Al-Hassan", True),
    ("Anna K. Berg", True),
    ("Sara McDonald", True),
    ("Föreningen Ljuset", False),
    ("Umeå Kommun", False),
    ("Enhetschef Ek", False),
    ("Norra Hamnen", False),
    ("Kultur- och fritidsnämnden", False),
    ("Svenska Kyrkan", False),
    ("EVA LIND", False),
    ("Ankaret", False),
    ("Trollskogens Förskola AB", False),
    ("Dnr Ks", False),
]


@pytest.mark.parametrize(("name", "person"), NAMES)
def test_name(name: str, person: bool) -> None:
    assert is_person(name) is person


def test_one_row_for_a_person_and_function() -> None:
    text = (
        "Handläggare: Karin Wide, strateg\n\nText.\n\nAnsvariga\n\nKarin Wide\nstrateg\n\nBeslutet "
        "skickas till\n\nKarin Wide, strateg\n"
    )
    assert found(text) == [("responsible", "Karin Wide", "strateg"), ("recipient", "Karin Wide", "strateg")]


def test_organisation_is_tied_where_the_text_ties_it() -> None:
    text = (
        "Rapportansvarig: Sara Hed, verksamhetsledare, Föreningen Ankaret\n\nUnderskrifter\n\nFör "
        "Habo kommun\n\n______________\nStina Ahl\n"
        "kommundirektör\n\nFör Föreningen Ankaret\n\n______________\nAmir Rahimi\nordförande\n"
    )
    assert organisations(text) == {
        "Sara Hed": "Föreningen Ankaret",
        "Stina Ahl": "Habo kommun",
        "Amir Rahimi": "Föreningen Ankaret",
    }


def test_several_bodies_before_several_names() -> None:
    text = "Underskrifter\n\nFör Habo kommun\n\nFör Föreningen Ankaret\n\nStina Ahl\n\nAmir Rahimi\n"
    assert organisations(text) == {"Stina Ahl": "Habo kommun", "Amir Rahimi": "Föreningen Ankaret"}


@pytest.mark.parametrize("text", ["", "\f", "Kontaktperson:", "Handläggare\n\n\n", "\t\t\n(M) yrkar"])
def test_next_to_nothing(text: str) -> None:
    assert found(text) == []


SIGNERS = [
    (
        "under a rule, in a section of contacts",
        "Avtal om kök\n\nAvtalstid\n\nAvtalet gäller 2024.\n\nEkonomi\n\nKommunen betalar 10 000 kr.\n\n"
        "Kontaktuppgifter\n\nKontaktperson kommunen: Eva Ek, 0123-45 67 89\n\nAskeby den 3 maj 2024\n\n"
        "____________________    ____________________\nOlof Lund               Karin Berg\n\n"
        "Förvaltningschef\tOrdförande\n",
        {("Eva Ek", "contact"), ("Olof Lund", "signatory"), ("Karin Berg", "signatory")},
    ),
    (
        "under «Justeras», side by side",
        "Protokoll\n\nSocialnämnden\n\n§ 3\n\nBeslut\n\nSocialnämnden godkänner rapporten.\n\n"
        "Vid protokollet\n\nEva Ek, sekreterare\n\nJusteras\n\nOlof Lund (S)\tKarin Berg (M)\n",
        {("Eva Ek", "signatory"), ("Olof Lund", "signatory"), ("Karin Berg", "signatory")},
    ),
    (
        "the name of the body over the signer",
        "Avtal om kök\n\nAvtalstid\n\nAvtalet gäller 2024.\n\nEkonomi\n\nKommunen betalar 10 000 kr.\n\n"
        "Undertecknat den 3 maj 2024\n\nAskeby kommun\tFöreningen Ljuset\n"
        "Olof Lund, kulturchef\tKarin Berg, ordförande\n",
        {("Olof Lund", "signatory"), ("Karin Berg", "signatory")},
    ),
    (
        "two names and two titles whose gap was lost",
        "Tjänsteskrivelse\n\nFörslag till beslut\n\nNämnden godkänner avtalet.\n\nBakgrund\n\nText.\n\n"
        "Olof Lund Karin Berg\nsocialchef enhetschef\n",
        {("Olof Lund", "responsible"), ("Karin Berg", "responsible")},
    ),
]


@pytest.mark.parametrize(
    ("text", "expected"), [case[1:] for case in SIGNERS], ids=[case[0] for case in SIGNERS]
)
def test_signers(text: str, expected: set[tuple[str, str]]) -> None:
    assert {(name, function) for function, name, _ in found(text)} == expected
