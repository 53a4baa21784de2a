"""How one value is picked from several findings, and how the pick is remembered."""

from collections.abc import Callable, Sequence
from datetime import date

from pipeline.model import Choice, Finding, Party, Value


def text_of(value: Value) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def best(
    field: str, findings: Sequence[Finding], value: Callable[[Finding], str] = lambda f: text_of(f.value)
) -> Choice:
    """The most trusted finding; among equals the first in the document."""
    if not findings:
        return Choice(field, "", "not_found")
    ranked = sorted(findings, key=lambda f: (-f.confidence, f.span))
    winner = ranked[0]
    agreeing = tuple(f for f in ranked if value(f) == value(winner))
    losers = tuple((f, "less trusted") for f in ranked if value(f) != value(winner))
    return Choice(field, value(winner), winner.rule, agreeing, losers)


def joined(field: str, findings: Sequence[Finding], value: Callable[[Party], str]) -> Choice:
    """Every party's value, joined by `|` in order of appearance."""
    parties = [(f, f.value) for f in findings if isinstance(f.value, Party)]
    texts = [value(party) for _, party in parties]
    if not any(texts):
        return Choice(field, "", "not_found")
    return Choice(field, "|".join(texts), parties[0][0].rule, tuple(f for f, _ in parties))
