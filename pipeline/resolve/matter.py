"""Which matter of minutes the record is about, where a file holds several: one is never mixed from two.

The others' decisions, numbers and sums stay in their tables; a file with several matters that grant something
is told of.
"""

from collections.abc import Sequence

from pipeline.model import Amount, Decision, Finding, Party, Period
from pipeline.resolve.kinds import GRANT


def main_matter(findings: Sequence[Finding]) -> tuple[Finding | None, tuple[str, ...]]:
    """The matter that the record is about, None where the file has one or none, and the doubts about it.

    It is the first of those whose decision grants and that name the most of what an agreement has: a
    counterparty, a term, a sum that is committed.
    """
    matters = [f for f in findings if f.kind == "matter"]
    if len(matters) < 2:
        return None, ()
    weights = [_weight(matter, findings) for matter in matters]
    first = weights.index(max(weights))
    granting = sum(weight[0] and weight[1] > 0 for weight in weights)
    return matters[first], ("several_matters",) if granting > 1 else ()


def without_others(findings: Sequence[Finding], matter: Finding | None) -> tuple[Finding, ...]:
    """The findings that stand in a matter or in none: in the head of the minutes, or below the last."""
    if matter is None:
        return tuple(findings)
    others = [f.span for f in findings if f.kind == "matter" and f is not matter]
    return tuple(f for f in findings if not any(f.span in other for other in others))


def _weight(matter: Finding, findings: Sequence[Finding]) -> tuple[bool, int]:
    """Whether a matter's decision grants, and how much of an agreement it has."""
    inside = [f for f in findings if f is not matter and f.span in matter.span]
    grants = any(isinstance(f.value, Decision) and GRANT.search(f.value.text) for f in inside)
    parts = (
        any(isinstance(f.value, Party) and f.value.role == "counterparty" for f in inside),
        any(isinstance(f.value, Period) and f.value.kind == "agreement" for f in inside),
        any(isinstance(f.value, Amount) and f.value.kind == "funding" for f in inside),
    )
    return grants, sum(parts)
