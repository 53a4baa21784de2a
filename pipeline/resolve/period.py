"""Which of the stated periods governs: the operative text wins, and a contradiction is told."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from pipeline.model import Choice, Finding, Period

# Where the operative words of a document stand, from strongest to weakest.
OPERATIVE = {
    "decision": ("decision", "proposal", "grants", "term"),
    "agreement": ("term", "decision", "parties", "economy"),
}
ENDLESS_YEARS = 100
WEAK = ("title", "start", "background", "basis", "english", "reasons", "consequences")


@dataclass(frozen=True)
class GoverningPeriod:
    """The period that the record holds, None where there is none or it can't be known."""

    period: Period | None
    choices: tuple[Choice, Choice]

    @property
    def years(self) -> int | None:
        """Whole years covered; None when the period isn't made of whole years."""
        return None if self.months is None or self.months % 12 else self.months // 12

    @property
    def months(self) -> int | None:
        """Whole calendar months covered; None when it begins or ends within a month."""
        if self.period is None or self.period.end is None:
            return None
        start, after = self.period.start, self.period.end + timedelta(days=1)
        if start.day != after.day:
            return None
        return (after.year - start.year) * 12 + after.month - start.month

    @property
    def calendar_years(self) -> frozenset[int]:
        """The years that the period touches; more than any list of sums covers where it has no end."""
        if self.period is None:
            return frozenset()
        last = self.period.end.year if self.period.end else self.period.start.year + ENDLESS_YEARS
        return frozenset(range(self.period.start.year, last + 1))


def governing_period(
    findings: Sequence[Finding], document_type: str
) -> tuple[GoverningPeriod, tuple[str, ...]]:
    """The operative agreement period and the doubts about it."""
    stated = [f for f in findings if isinstance(f.value, Period) and f.value.kind == "agreement"]
    if not stated:
        return GoverningPeriod(None, _choices(None, (), ())), ()
    order = OPERATIVE["agreement" if document_type == "agreement" else "decision"]
    ranked = sorted(stated, key=lambda f: (_rank(f, order), -f.confidence, f.span))
    winner = ranked[0]
    assert isinstance(winner.value, Period)
    same = tuple(f for f in ranked if _dates(f) == _dates(winner))
    losers = tuple((f, _why_lost(f, winner, order)) for f in ranked if _dates(f) != _dates(winner))
    doubts = ("period_conflict",) if losers else ()
    return GoverningPeriod(winner.value, _choices(winner.value, same, losers)), doubts


def with_conflict(findings: Sequence[Finding], period: GoverningPeriod) -> tuple[Finding, ...]:
    """The findings, periods that contradict one another flagged."""
    choice = period.choices[0]
    if not choice.losers:
        return tuple(findings)
    torn = {id(f) for f in (*choice.winners, *(f for f, _ in choice.losers))}
    return tuple(replace(f, flags=(*f.flags, "period_conflict")) if id(f) in torn else f for f in findings)


def _rank(finding: Finding, order: Sequence[str]) -> int:
    if finding.place in order:
        return order.index(finding.place)
    return len(order) + (finding.place in WEAK) + (finding.place == "title")


def _dates(finding: Finding) -> tuple[object, object]:
    assert isinstance(finding.value, Period)
    return finding.value.start, finding.value.end


def _why_lost(loser: Finding, winner: Finding, order: Sequence[str]) -> str:
    if _rank(loser, order) > _rank(winner, order):
        return f"stands under «{loser.place}», the operative text under «{winner.place}»"
    return "less trusted, or later in the text"


def _choices(
    period: Period | None, winners: tuple[Finding, ...], losers: tuple[tuple[Finding, str], ...]
) -> tuple[Choice, Choice]:
    rule = winners[0].rule if winners else "not_found"
    start = period.start.isoformat() if period else ""
    end = period.end.isoformat() if period and period.end else ""
    return (
        Choice("period_start", start, rule, winners, losers),
        Choice("period_end", end, rule, winners, losers),
    )
