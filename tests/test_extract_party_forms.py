"""Parties of many legal forms and layouts: cut compounds, capitals, names over lines, invoices, one nämnd."""

import pytest
from test_extract_places import names, people, seen

from pipeline.extract import parties
from pipeline.extract.grant_leaders import leader_rows
from pipeline.extract.naming import is_person
from pipeline.extract.running_names import organisations
from pipeline.model import Party

RUNNING = [
    ("bidrag till Norrsele Boll- och Idrottssällskap, org.nr", ["Norrsele Boll- och Idrottssällskap"]),
    ("avtal med Viskans Jakt- och fiskeklubb och IK Sele", ["Viskans Jakt- och fiskeklubb", "IK Sele"]),
    ("Sele Sim-, Dans- och Friidrottsklubb söker", ["Sele Sim-, Dans- och Friidrottsklubb"]),
    ("Granö Bygdegårdsförening u.p.a., org.nr", ["Granö Bygdegårdsförening u.p.a."]),
    ("Stiftelsen Gamla kvarnen beviljas", ["Stiftelsen Gamla kvarnen"]),
    ("Stiftelsen Vega lämnar", ["Stiftelsen Vega"]),
    ("Granö Ridklubb och Granö Golfklubb gemensamt", ["Granö Ridklubb", "Granö Golfklubb"]),
]


@pytest.mark.parametrize(("words", "bodies"), RUNNING)
def test_names_are_whole_in_running_text(words: str, bodies: list[str]) -> None:
    assert [name for *_, name in organisations(words)] == bodies


def test_a_cut_compound_is_one_party() -> None:
    text = (
        "Föreningsavtal\n\nAvtalet träffas mellan Granö kommun, org.nr 212000-0019, nedan kommunen,\n"
        "och Sele Skid- och Orienteringssällskap, org.nr 802440-1239, nedan sällskapet.\n"
        "\n1. Syfte\nSpår ska hållas.\n"
    )
    assert names(text) == [
        ("public", "Granö kommun"),
        ("counterparty", "Sele Skid- och Orienteringssällskap"),
    ]


def test_a_cover_in_capitals_goes_over_lines() -> None:
    text = (
        "ÖVERENSKOMMELSE\n\nmellan\n\nGRANÖ KOMMUN\nSocialnämnden\norg.nr 212000-0019\n\noch\n\n"
        "KOOPERATIVET VINDEN\nEKONOMISK FÖRENING\norg.nr 769600-1237\n\nom daglig verksamhet.\n"
    )
    assert [name for _, name in names(text)] == ["GRANÖ KOMMUN", "KOOPERATIVET VINDEN EKONOMISK FÖRENING"]


def test_an_invoice_has_its_sender_over_the_address_and_its_payer_under_a_label() -> None:
    text = (
        "Hamnhusets Lokaler ek. för.              FAKTURA\n\n"
        "Strandgatan 2\n123 45 Granö     Fakturanummer   77\n"
        "                 Datum   2024-04-02\n\nFakturaadress\nSele kommun\nEkonomi\n123 46 Sele\n\n"
        "Hyra av lokal, mars      9 600,00\n\nATT BETALA      9 600,00\n"
    )
    assert sorted(names(text)) == [("counterparty", "Hamnhusets Lokaler ek. för."), ("public", "Sele kommun")]


def test_the_only_board_decides() -> None:
    text = (
        "BESLUT OM BIDRAG 2013\nKulturnämnden i Granö kommun har den 2 mars 2013, § 4,\n"
        "fördelat följande bidrag.\n\n"
        "Förening            Org.nr         Kronor\nGranö Hembygdsförening   802440-1239    15 000\n"
        "Sele Filmstudio          802467-1235     9 000\n"
    )
    assert names(text)[0] == ("public", "Kulturnämnden")


def test_a_number_told_of_the_body_without_its_name_is_the_only_counterpartys() -> None:
    text = (
        "Tjänsteskrivelse\nSocialnämnden\nGranö kommun\n\nFörslag till beslut\n"
        "Socialnämnden beviljar Granö Jour ek. för. "
        "90 000 kronor.\n\nBakgrund\nJouren har tio medlemmar. Organisationsnumret är 769600-1237.\n"
    )
    found = [f.value for f in parties.find(seen(text))]
    assert [v.org_number for v in found if getattr(v, "role", "") == "counterparty"] == ["769600-1237"]


def test_who_signs_below_the_distribution_isnt_a_recipient() -> None:
    text = (
        "Tjänsteskrivelse\nSocialnämnden\nGranö kommun\n\nFörslag till beslut\n"
        "Socialnämnden beviljar Granö Jour 90 000 kr.\n"
        "\nProtokollsutdrag\nGranö Jour\nEkonomiavdelningen\n\n\nSocialförvaltningen\n\n\n"
        "Eva Lind                      Olof Ek\nFörvaltningschef              Utredare\n"
    )
    assert people(text) == {("responsible", "Eva Lind"), ("responsible", "Olof Ek")}


@pytest.mark.parametrize("name", ["Åsa-Viskans Pensionärsförening", "Norra Kommun"])
def test_bodies_are_no_persons(name: str) -> None:
    assert not is_person(name)


def test_party_letters_make_a_person_of_a_name_like_a_farms() -> None:
    text = (
        "Protokoll\nSocialnämnden\n\n"
        "Närvarande    Tindra Lugård (M), vice ordförande\n              Eva Ek (S)\n"
    )
    assert ("other", "Tindra Lugård") in people(text)


def test_who_is_chosen_to_adjust_signs() -> None:
    text = "Protokoll\nSocialnämnden\n\nTill justerare utsågs Eva Lind.\n\nBeslut\nSocialnämnden bifaller.\n"
    assert ("signatory", "Eva Lind") in people(text)


def test_who_attends_isnt_the_letterheads_case_officer() -> None:
    text = (
        "GRANÖ KOMMUN         Sammanträdesprotokoll\nSocialnämnden     2018-02-13\n\n"
        "Beslutande           Eva Lind (S), ordförande\nÖvriga deltagande    Olof Ek, socialchef\n\n"
        "Utses att justera    Ada Berg\n\n§ 3\nBeslut\nSocialnämnden bifaller.\n"
    )
    assert {("other", "Olof Ek")} == {(f, n) for f, n in people(text) if n == "Olof Ek"}


def test_who_is_asked_may_have_a_title_before_the_name() -> None:
    text = "BESLUT\nKulturnämnden\n\nBeslut\nStöd beviljas.\n\nVid frågor kontakta handläggare Eva Lind.\n"
    assert ("contact", "Eva Lind") in people(text)


def test_names_under_rules_below_the_parts_of_a_lease_sign() -> None:
    text = (
        "HYRESAVTAL\n\nHyresvärd:   Ekens Hus AB   556100-1239\nHyresgäst:   Granö kommun   212000-0019\n\n"
        "Hyrestid: 2015-08-01 – 2018-07-31\nHyra: 21 000 kr per månad\nLokalen ligger vid torget i Granö.\n\n"
        "Hyresvärd                     Hyresgäst\nEkens Hus AB                  Granö kommun\n\n"
        "--------------------          --------------------\nEva Lind                      Olof Ek\n"
    )
    assert people(text) == {("signatory", "Eva Lind"), ("signatory", "Olof Ek")}


def test_a_cut_compound_goes_on_in_the_row_below() -> None:
    text = (
        "BESLUT OM BIDRAG 2013\nKulturnämnden\n\n"
        "Förening                     Org.nr            Bidrag kr\n"
        "Granö Hembygdsförening       802440-1239       15 000\n"
        "Sele Musik- och\n"
        "  Teatersällskap             802467-1235       9 000\n"
        "Viskans Filmstudio           802412-1232       7 000\n"
    )
    assert [name for role, name in names(text) if role == "counterparty"] == [
        "Granö Hembygdsförening",
        "Sele Musik- och Teatersällskap",
        "Viskans Filmstudio",
    ]


def test_rows_with_leaders_are_grants_and_who_is_refused_is_no_party() -> None:
    text = (
        "Granö kommun\nKulturnämnden\n\nBIDRAGSBESLUT\n\nBeslut\n\nKulturnämnden beviljar bidrag så:\n\n"
        "1. Viskans Byalag (802440-1239) .............. 12 000 kr\n"
        "2. Sele Hembygdsgille (org.nr saknas) . . . . . 900 kr\n"
        "3. Kvarnringen, 802467-1235 .................. 7 500:-\n"
        "4. Norrsele Vägsamfällighet .................. avslag\n"
        "5. Ekens Teaterförening ...................... 0 kr\n"
        "6. Västra Ridklubben ......................... –\n"
        "Summa ........................................ 20 400 kr\n\n"
        "Ansökan från Norrsele Vägsamfällighet (716400-1235) avslås.\n"
    )
    found = [f.value for f in parties.find(seen(text)) if getattr(f.value, "role", "") == "counterparty"]
    assert [(v.name, v.org_number) for v in found if isinstance(v, Party)] == [
        ("Viskans Byalag", "802440-1239"),
        ("Sele Hembygdsgille", ""),
        ("Kvarnringen", "802467-1235"),
    ]


LED_TO_OTHERS = [
    "Hyra av lokal ............ 12 000 kr\nLöner ............ 90 000 kr\nMaterial ............ 3 000 kr\n",
    "Viskans Byalag ............ 3\nSele Hembygdsgille ............ 12\n",
    "Viskans Byalag ............ avslag\nSele Hembygdsgille ............ avslag\n",
    "Viskans Byalag ............................\nSele Hembygdsgille ............................\n",
]


@pytest.mark.parametrize("rows", LED_TO_OTHERS)
def test_leaders_of_budgets_contents_and_signatures_lead_to_no_grants(rows: str) -> None:
    assert leader_rows(seen("Kulturnämnden\n\nBESLUT\n\nFördelning\n\n" + rows)) == ()


COMMITTEES = [
    (
        "Kommunstyrelsens arbetsutskott",
        "GRANÖ KOMMUN       SAMMANTRÄDESPROTOKOLL\nKommunstyrelsens arbetsutskott    2004-02-10\n\n"
        "Au § 7\nBidrag till laget\n\nArbetsutskottet beslutar\n\natt bevilja Viskans Byalag 9 000 kr.\n",
    ),
    (
        "Individ- och familjeutskottet",
        "GRANÖ KOMMUN       SAMMANTRÄDESPROTOKOLL\nIndivid- och familjeutskottet    2004-02-10\n\n"
        "§ 7 Bidrag till Viskans Byalag\n\nUtskottet beslutar\n\natt bevilja Viskans Byalag 9 000 kr.\n",
    ),
    (
        "Kommunstyrelsens arbetsutskott",
        "TJÄNSTESKRIVELSE\nGranö kommun\nKommunkansliet\n\nTill kommunstyrelsens arbetsutskott\n\n"
        "Förslag till beslut\n\nArbetsutskottet beslutar att bevilja Viskans Byalag 9 000 kr.\n",
    ),
    (
        "Sociala utskottet",
        "TJÄNSTESKRIVELSE\nGranö kommun\n\nFörslag till beslut\n\n"
        "Sociala utskottet föreslås besluta att bevilja Viskans Byalag 9 000 kr.\n",
    ),
    (
        "Bildningsutskottet",
        "GRANÖ KOMMUN     PROTOKOLL   1(3)\nBildningsutskottet    2011-02-03\n\n§ 7 Bidrag\n\n"
        "Bildningsutskottets beslut\n\nViskans Byalag beviljas 9 000 kr.\n",
    ),
    (  # the nämnd's own minutes tell what it decided
        "Kommunstyrelsen",
        "GRANÖ KOMMUN\nKommunstyrelsen     PROTOKOLL\n2011-02-03\n\n§ 7 Delegation\n\n"
        "Kommunstyrelsens arbetsutskott beslutar om lotteri.\n\nBeslut\n\nEkens Byalag beviljas 9 000 kr.\n",
    ),
    (  # it only proposes
        "Kommunstyrelsen",
        "TJÄNSTESKRIVELSE\nGranö kommun\n\nTill kommunstyrelsens arbetsutskott\n\nFörslag till beslut\n\n"
        "Arbetsutskottet föreslår kommunstyrelsen besluta att bevilja Viskans Byalag 9 000 kr.\n",
    ),
    (  # it decides to propose
        "Kommunstyrelsen",
        "GRANÖ KOMMUN       SAMMANTRÄDESPROTOKOLL\nKommunstyrelsens arbetsutskott    2004-02-10\n\n"
        "§ 7\n\nArbetsutskottet beslutar\n\natt föreslå kommunstyrelsen bevilja Viskans Byalag 9 000 kr.\n",
    ),
    (  # it was in the matter before
        "Socialnämnden",
        "GRANÖ KOMMUN       SAMMANTRÄDESPROTOKOLL\nSocialnämnden    2004-02-10\n\n§ 7\n\nBakgrund\n"
        "Socialnämndens arbetsutskott beslutade 2004-01-12, § 3, att begära in en budget.\n\n"
        "Beslut\n\nSocialnämnden beviljar Viskans Byalag 9 000 kr enligt arbetsutskottets förslag.\n",
    ),
    (  # the address is the utskott's, the decision the nämnd's
        "Socialnämnden",
        "TJÄNSTESKRIVELSE\nGranö kommun\n\nTill Sociala utskottet\n\nFörslag till beslut\n\n"
        "Socialnämnden beslutar att bevilja Viskans Byalag 9 000 kr.\n",
    ),
]


@pytest.mark.parametrize(("body", "text"), COMMITTEES)
def test_an_utskott_is_the_papers_body_only_where_it_decides_itself(body: str, text: str) -> None:
    assert [name for role, name in names(text) if role == "public"] == [body]


def test_the_clause_of_an_agreement_outweighs_a_numbered_letterhead() -> None:
    text = (
        "GRANÖ KOMMUN\nParknämnden\nOrg.nr 212000-0019\n\nSKÖTSELAVTAL\n\n"
        "Mellan Granö kommun genom dess parknämnd, nedan kallad kommunen, och\n"
        "Viskans Byalag, org.nr 802440-1239, nedan kallat laget, har träffats följande avtal.\n\n"
        "§ 1 Byalaget sköter parken.\n"
    )
    found = [f.value for f in parties.find(seen(text)) if isinstance(f.value, Party)]
    assert [(v.name, v.org_number) for v in found] == [
        ("Granö kommun", "212000-0019"),
        ("Viskans Byalag", "802440-1239"),
    ]


def test_a_common_noun_with_the_number_of_its_row_is_no_party() -> None:
    text = (
        "BESLUT OM BIDRAG 2013\nKulturnämnden\n\nBeslut\n\nBidrag beviljas så.\n\n"
        "Nr  Förening                Org.nr          Beviljat kr\n"
        "1   Viskans Byalag          802440-1239     15 000\n"
        "2   Sele Kulturring         802467-1235     0\n\n"
        "Hembygdsförening nr 2 har inte haft möten och får därför inget bidrag.\n"
    )
    assert [name for role, name in names(text) if role == "counterparty"] == ["Viskans Byalag"]
