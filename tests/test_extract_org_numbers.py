"""Organisation numbers in every written form, what they must not be taken for, and whose they are."""

import pytest
from factories import reading
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn

from pipeline.extract import org_numbers
from pipeline.extract.nlp import material
from pipeline.model import Finding, OrgNumber


def found(text: str) -> list[tuple[Finding, OrgNumber]]:
    out = []
    for finding in org_numbers.find(material(reading(*text.split("\f")))):
        assert isinstance(finding.value, OrgNumber)
        out.append((finding, finding.value))
    return out


def numbers(text: str) -> list[str]:
    return [value.number for _, value in found(text) if value.number]


FORMS = [
    ("Org.nr 802467-1235", "802467-1235"),
    ("Org nr: 802467-1235", "802467-1235"),
    ("Orgnr 802467-1235", "802467-1235"),
    ("Organisationsnummer: 802467 - 1235", "802467-1235"),
    ("Organisationsnummer 80 24 67 - 1235", "802467-1235"),
    ("Organisationsnummer 80 24 67 – 1235", "802467-1235"),
    ("(802467—1235)", "802467-1235"),
    ("(802467–1235)", "802467-1235"),
    ("(802467‑1235)", "802467-1235"),
    ("(802467−1235)", "802467-1235"),
    ("org.nr 8024671235", "802467-1235"),
    ("org. nr. 16802467-1235", "802467-1235"),
    ("org.nr 168024671235", "802467-1235"),
    ("VAT SE802467123501", "802467-1235"),
    ("Momsreg.nr SE8024671235 01", "802467-1235"),
    ("Organisationsnummer:\n802467-1235", "802467-1235"),
    ("Organisationsnummer\t802467-1235", "802467-1235"),
    ("org.nr 802467-\n1235", "802467-1235"),
    ("**Org.nr:** 802467-1235", "802467-1235"),
    ("_802467-1235_", "802467-1235"),
    ("0rg.nr 802467-1235", "802467-1235"),
    ("Orqanisationsnummer: 802467-1235", "802467-1235"),
    ("Orgnr: 802467 1235", "802467-1235"),
    ("org.nr 802467.1235", "802467-1235"),
    ("org nr 80 24 67 1235", "802467-1235"),
    ("Corporate ID no. 556811-2238", "556811-2238"),
    ("Company registration number 556811-2238", "556811-2238"),
    ("Föreningen Blåklinten (org.nr 802467-1235) driver", "802467-1235"),
    ("föreningen Blåklinten, 802467-1235, nedan kallad föreningen", "802467-1235"),
    ("Ort: Alvesta, org-nr 969712-3454.", "969712-3454"),
    ("Bolaget har nummer 5568112238 i registret", "556811-2238"),
    ("organisationsnr 212000-9879", "212000-9879"),
    ("Org.no. 212000-9879", "212000-9879"),
    ("Org.nr 80 24.67 - 1235", "802467-1235"),  # a speck in a blank
    ("Org.nr 802467\t1235, Box 3", "802467-1235"),  # a dash lost
]


@pytest.mark.parametrize(("text", "number"), FORMS)
def test_a_written_form_is_read(text: str, number: str) -> None:
    assert numbers(text) == [number]
    assert all(value.valid for _, value in found(text))


REPAIRED = [
    ("Org.nr 8O2467-1235", "802467-1235"),
    ("Org.nr 802467-l235", "802467-1235"),
    ("Org.nr 8o2467-I235", "802467-1235"),
    ("Org.nr 80246 7-1235 802467-123S", "802467-1235"),
    ("(B02467-1235)", "802467-1235"),
    ("Org.nr SS6811-2238", "556811-2238"),
]


@pytest.mark.parametrize(("text", "number"), REPAIRED)
def test_look_alikes_become_digits_where_one_reading_passes(text: str, number: str) -> None:
    assert number in numbers(text)
    finding = next(f for f, value in found(text) if value.number == number)
    assert "digits_repaired" in finding.flags
    assert finding.confidence < 0.9


NOT_NUMBERS = [
    "Org.nr 80 24.67 - 1236",
    "Belopp 80 24.67 1235",
    "Bidrag\t802467\t1235",
    "Telefon 0470-51 18 30",
    "Tel. 070-318 55 06, växel 010-1234567",
    "Telefon 0703550192",
    "Mobil: 0768024671",
    "Bankgiro 5732-1180",
    "Bankgiro 732-1180",
    "Plusgiro 62 18 04-5",
    "Plusgiro 621804-5",
    "Postgiro 8024671-2",
    "Fakturanummer 8024671235",
    "OCR-nummer 8024671235",
    "Ert kundnummer: 8024671235",
    "Kontonummer 8024671235",
    "Clearingnr 6112, konto 802467 123",
    "Dnr 2021-123456",
    "ASN-2019-17494 och 2023-00456",
    "perioden 230101–230630",
    "perioden 20230101–20230630",
    "perioden 2023-01-01–2023-06-30",
    "802 467 kr",
    "802467 kr, 1235 personer",
    "ISBN 978-91-38-24671-2",
    "Avtal nr 0417-22",
    "Upphandlingsnummer 2402817",
    "Fastigheten Eken 3:14, 186 m²",
    "601 81 Norrköping",
    "kl. 08.00-16.00",
    "Mål nr 1234-21",
    "koordinater 6581234.12 1623456.34",
    "Serienummer 8024671239",
    "GLN 7350000000006",
]


@pytest.mark.parametrize("text", NOT_NUMBERS)
def test_other_numbers_are_left_alone(text: str) -> None:
    assert numbers(text) == []


INVALID = [
    "Org.nr 802467-1236",
    "Föreningen Blåklinten (802467-1236) driver",
    "Organisationsnummer: 556811-2283",
]


@pytest.mark.parametrize("text", INVALID)
def test_a_wrong_check_digit_is_kept_and_flagged(text: str) -> None:
    ((finding, value),) = found(text)
    assert not value.valid
    assert finding.flags == ("org_number_invalid",)
    assert finding.confidence < 0.6


PERSONAL = [
    "Personnummer 640101-1231",
    "640101–1231",
    "19640101-1231",
    "196401011231",
    "Personnummer 640101-****",
    "Org.nr 640101-1231",
    "850229+0011",
    "640161-1239",
]


@pytest.mark.parametrize("text", PERSONAL)
def test_a_personal_number_is_never_a_value(text: str) -> None:
    results = found(text)
    assert all(value.number == "" and value.kind == "personnummer" for _, value in results)
    if "+" not in text:
        assert len(results) == 1
        assert results[0][0].flags == ("personal_number",)


def test_one_finding_for_a_number_written_twice_the_cue_preferred() -> None:
    text = "Föreningen Blåklinten (802467-1235) söker.\n\nOrganisationsnummer: 8024671235\n"
    ((finding, value),) = found(text)
    assert finding.cue.startswith("Organisationsnummer") or finding.cue == "("
    assert value.party_name == "Föreningen Blåklinten"


NAMES = [
    ("Avtal med Föreningen Blåklinten (802467-1235) om drift.", "Föreningen Blåklinten"),
    ("Mellan Askeby kommun, org.nr 212000-9879, och", "Askeby kommun"),
    (
        "och Byggarna i Askeby ekonomisk förening, org.nr 769612-3400, nedan",
        "Byggarna i Askeby ekonomisk förening",
    ),
    ("Kultur- och fritidsnämnden (org.nr 212000-9879) beslutar", "Kultur- och fritidsnämnden"),
    ("Stiftelsen Lyktan\nStorgatan 4, 123 45 Askeby\nOrg.nr: 885603-3108\n", "Stiftelsen Lyktan"),
    ("Hyresvärd: Askeby Fastigheter AB\nOrg.nr 556811-2238\n", "Askeby Fastigheter AB"),
    ("Nr\tMottagare\tOrg.nr\tBelopp\n1\tAskeby Ridklubb\t802467-1235\t20 000\n", "Askeby Ridklubb"),
    (
        "Askeby kommun\tFöreningen Blåklinten\nBox 1\tStorgatan 3\nOrg.nr 212000-9879\tOrg.nr 802467-1235\n",
        "Askeby kommun",
    ),
]


@pytest.mark.parametrize(("text", "name"), NAMES)
def test_the_body_that_the_text_ties_to_a_number(text: str, name: str) -> None:
    assert found(text)[0][1].party_name == name


def test_blocks_side_by_side_keep_their_own_numbers() -> None:
    text = NAMES[-1][0]
    assert [value.party_name for _, value in found(text)] == ["Askeby kommun", "Föreningen Blåklinten"]


def test_a_block_ends_at_the_number_above() -> None:
    text = (
        "Socialförvaltningen Askeby kommun\n\nOrganisationsnummer: 212000-9879\n\n"
        "Stjärnarmén\n\nOrganisationsnummer: 802467-1235\n"
    )
    assert [value.party_name for _, value in found(text)][1] != "Socialförvaltningen Askeby kommun"


@given(st.integers(10**8, 10**9 - 1))
def test_every_valid_number_is_found_and_a_changed_digit_never_passes(nine: int) -> None:
    digits = str(nine) + luhn.calc_check_digit(str(nine))
    text = f"org.nr {digits[:6]}-{digits[6:]}"
    got = numbers(text)
    if digits[2] < "2":
        assert got == []
    else:
        assert got == [f"{digits[:6]}-{digits[6:]}"]
    wrong = digits[:-1] + str((int(digits[-1]) + 1) % 10)
    assert all(not value.valid for _, value in found(f"org.nr {wrong[:6]}-{wrong[6:]}") if value.number)
