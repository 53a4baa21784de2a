"""Small makers of values for tests: short names for the long ones of `pipeline.model`."""

from datetime import date
from decimal import Decimal

from pipeline.model import (
    Amount,
    CaseNumber,
    Cleaned,
    Decision,
    Finding,
    OrgNumber,
    Page,
    Party,
    Period,
    Span,
    Value,
)
from pipeline.reading import Reading


def reading(*pages: str) -> Reading:
    """A reading of clean pages without geometry."""
    return Reading(tuple(Cleaned(Page(number, text), text) for number, text in enumerate(pages, 1)))


def finding(
    kind: str, value: Value, at: int = 0, place: str = "", cue: str = "", confidence: float = 0.9
) -> Finding:
    return Finding(kind, Span(at, at + 5), value, confidence, "test", place=place, cue=cue)


def period(
    start: str, end: str, at: int = 0, place: str = "", kind: str = "agreement", cue: str = ""
) -> Finding:
    value = Period(kind, date.fromisoformat(start), date.fromisoformat(end), "day")
    return finding("period", value, at, place, cue)


def amount(
    sek: int | str,
    at: int = 0,
    *,
    year: int | None = None,
    frequency: str = "",
    place: str = "economy",
    cue: str = "",
    kind: str = "funding",
) -> Finding:
    return finding("amount", Amount(kind, Decimal(sek), year, frequency), at, place, cue)


def party(role: str, name: str, number: str = "", at: int = 0, confidence: float = 0.9) -> Finding:
    return finding("party", Party(role, name, number), at, "parties", confidence=confidence)


def org_number(number: str, name: str = "", at: int = 0, valid: bool = True) -> Finding:
    return finding("org_number", OrgNumber(number, "organisation", valid, name), at)


def case_number(number: str, own: bool = False, at: int = 0) -> Finding:
    return finding("case_number", CaseNumber(number, own), at)


def decision(text: str, at: int = 0, status: str = "decided", number: int = 1) -> Finding:
    return finding("decision", Decision(number, status, text), at, "decision")


def fact(kind: str, value: str, at: int = 0, confidence: float = 0.9) -> Finding:
    return finding(kind, value, at, "start", confidence=confidence)
