"""Terms that prolong or follow others, years of earlier grants, and what a refusal covers."""

import pytest
from factories import reading

from pipeline.extract import decisions, periods
from pipeline.extract.nlp import material
from pipeline.model import Period
from pipeline.resolve.kinds import by_document_type


def found(text: str) -> set[tuple[str, str, str]]:
    values = [f.value for f in periods.find(material(reading(text)))]
    return {(v.kind, str(v.start), str(v.end or "")) for v in values if isinstance(v, Period)}


GRANT = "Beslut\n\nNorra Skidlaget beviljas 9 000 kronor i bidrag för verksamhetsåret 2021.\n\nBakgrund\n\n"
NOW = ("agreement", "2021-01-01", "2021-12-31")

TERMS = {
    "a pair of days prolonged to another": (
        "Tilläggsavtal\n\nParter\n\nGranö kommun\n\nNorra Skidlaget\n\n1. Förlängning\n"
        "Avtalet, som gäller under tiden 2019-01-01 – 2020-12-31, "
        "förlängs att gälla även 2021-01-01 – 2022-06-30.\n",
        {("previous", "2019-01-01", "2020-12-31"), ("agreement", "2021-01-01", "2022-06-30")},
    ),
    "prolonged by a count after a last day": (
        "Beslut\n\nAvtalet om skidspår, vars giltighetstid går ut 2022-06-30, förlängs med två år.\n",
        {("agreement", "2022-07-01", "2024-06-30")},
    ),
    "prolonged by a count after a term": (
        "Beslut\n\nAvtalet, som gäller 2021-01-01–2021-12-31, förlängs med ytterligare 6 månader.\n",
        {("previous", "2021-01-01", "2021-12-31"), ("agreement", "2022-01-01", "2022-06-30")},
    ),
    "what may be prolonged isn't": (
        "Avtalstid\n\nAvtalet gäller 2021-01-01–2021-12-31. "
        "Om ingen säger upp det förlängs det med ett år.\n",
        {NOW},
    ),
    "the year of an earlier grant": (
        GRANT + "Laget fick ett bidrag om 7 000 kronor för 2019.\n",
        {NOW, ("previous", "2019-01-01", "2019-12-31")},
    ),
    "years of sums are no terms": (
        GRANT + "Laget fick 7 000 kronor för 2018 och 8 000 kronor för 2019.\n",
        {NOW},
    ),
    "what things cost in a year": (GRANT + "Spåren kostade 7 000 kronor för 2019.\n", {NOW}),
    "the year of a form": (
        "Ansökan om bidrag\n\nSökande: Norra Skidlaget\nBidragsår: 2021\nSökt belopp: 9 000 kr\n",
        {NOW},
    ),
    "what a sum of another term was": (
        "Beslut\n\nStödet är 9 000 kronor för perioden 2021-01-01–2021-12-31.\n"
        "Stödet för perioden 2020-01-01–2020-12-31 var 7 000 kronor.\n",
        {NOW, ("previous", "2020-01-01", "2020-12-31")},
    ),
    "a term that is changed to another": (
        "Tillägg\n\ntill avtal mellan Granö kommun och Norra Skidlaget.\n\n"
        "Avtalstiden 2021-01-01—2021-06-30 ändras till 2021-01-01—2021-12-31.\n",
        {NOW, ("previous", "2021-01-01", "2021-06-30")},
    ),
    "prolonged in a paragraph of its own": (
        "Avtal\n\nAvtalet om skidspår löper ut den 31 december 2020.\n\n"
        "Parterna är överens om att avtalet förlängs med ett år.\n",
        {NOW},
    ),
    "the year before those who got a grant": (
        GRANT + "För 2019 beviljades laget 7 000 kronor i bidrag.\n",
        {NOW, ("previous", "2019-01-01", "2019-12-31")},
    ),
    "a project's own time": (
        "Förslag till beslut\n\nNämnden godkänner avtalet för tiden 2021-01-01–2021-12-31.\n\n"
        "Sammanfattning\n\nProjektet pågår under 2020–2023.\n",
        {NOW, ("other", "2020-01-01", "2023-12-31")},
    ),
}


@pytest.mark.parametrize("name", TERMS)
def test_terms_beside_others(name: str) -> None:
    text, wanted = TERMS[name]
    assert found(text) == wanted


@pytest.mark.parametrize(
    ("point", "kind"),
    [
        ("Nämnden avslår lagets ansökan om bidrag för tiden 2021-07-01–2022-06-30.", "agreement"),
        ("Nämnden återkräver 900 kronor av bidraget för tiden 2021-07-01–2022-06-30.", "previous"),
    ],
)
def test_only_a_refusal_covers_the_time_that_it_names(point: str, kind: str) -> None:
    seen = material(reading(f"Beslut\n\n{point}\n"))
    settled = by_document_type([*periods.find(seen), *decisions.find(seen)], "decision")
    assert [f.value.kind for f in settled if isinstance(f.value, Period)] == [kind]


SIGNED = {
    "Avtalet gäller i tre år från undertecknandet.": ("2021-02-15", "2024-02-14"),
    "Avtalet gäller från och med undertecknandet till och med den 31 december 2022.": (
        "2021-02-15",
        "2022-12-31",
    ),
    "Avtalet är giltigt från den dag det undertecknats av båda parter t.o.m. 2022-12-31.": (
        "2021-02-15",
        "2022-12-31",
    ),
    "Avtalet gäller från dagen för undertecknandet och tills vidare.": ("2021-02-15", ""),
    "Avtalet löper från parternas underskrift under två år.": ("2021-02-15", "2023-02-14"),
    "Avtalet gäller om bygglov ges inom tre månader från undertecknandet.": None,
    "Avgiften betalas under tre år från undertecknandet.": None,
}


@pytest.mark.parametrize("clause", SIGNED)
def test_terms_from_the_day_of_signing(clause: str) -> None:
    paper = (
        f"Avtal om skidspår\n\nParter\n\nGranö kommun och Norra Skidlaget\n\nAvtalstid\n\n{clause}\n\n"
        "Underskrifter\n\nGranö 2021-02-15\n\nEva Ek\n"
    )
    days = SIGNED[clause]
    assert found(paper) == ({("agreement", *days)} if days else set())


def test_no_term_from_an_unknown_day_of_signing() -> None:
    paper = "Avtal om skidspår\n\nAvtalstid\n\nAvtalet gäller i tre år från undertecknandet.\n"
    assert found(paper) == set()
