"""What the points of one decision grant in all, each to a body of its own.

Equal sums are listed once in the table of amounts, so the points are added here, where each of them is seen.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from pipeline.extract.decision_points import decision_points
from pipeline.extract.nlp import Material
from pipeline.extract.sum_clauses import GRANTS
from pipeline.extract.sum_kinds import judged
from pipeline.model import Amount, Decision, Finding

KIND = "points_total"
"""Fills no table of its own; the record takes its total from it."""

FEWEST_POINTS = 2
# What a point says of a sum that another point grants.
SAID_AGAIN = re.compile(
    r"\b(?:förskott\w*|varav|därav|delbetalning\w*|resterande|av\s+(?:belopp\w+|bidrag\w+|summan)"
    r"|i\s+(?:första|andra)\s+hand|alternativt)\b",
    re.IGNORECASE,
)
NAME = re.compile(r"(?<=[\w,] )[A-ZÅÄÖ][\w-]{2,}|^[A-ZÅÄÖ][\w-]{2,}")


def find(material: Material) -> Iterator[Finding]:
    """The sum of the points, if each that names money grants it, and to somebody else than the others."""
    found, _ = material.once(judged)
    paid = [f for f in found if isinstance(f.value, Amount) and f.value.kind == "funding"]
    points = [(p, [f for f in paid if f.span in p.span]) for p in material.once(decision_points)]
    granting = [(point, sums) for point, sums in points if sums]
    if len(granting) < FEWEST_POINTS or not _are_of_one_matter([point for point, _ in granting]):
        return
    if not all(_grants(point, sums) for point, sums in granting):
        return
    names = [frozenset(NAME.findall(_words(point))) for point, _ in granting]
    each = [sum((_sek(f) for f in sums), Decimal(0)) for _, sums in granting]
    total = sum(each, Decimal(0))
    if len(set(names)) < len(names) or any(2 * one == total for one in each if len(each) > FEWEST_POINTS):
        return
    parts = [f for _, sums in granting for f in sums]
    yield Finding(KIND, parts[0].span, str(total), 0.8, "points_sum")


def _are_of_one_matter(points: list[Finding]) -> bool:
    decisions = [p.value for p in points if isinstance(p.value, Decision)]
    return len({(d.section, d.status) for d in decisions}) == 1


def _grants(point: Finding, sums: list[Finding]) -> bool:
    """Whether a point grants what it names: one sum, or one for each of several years."""
    years = [f.value.year for f in sums if isinstance(f.value, Amount) and not f.value.frequency]
    apart = (
        len(years) == len(sums) and len(set(years)) == len(years) and (len(years) == 1 or None not in years)
    )
    return apart and bool(GRANTS.search(_words(point))) and not SAID_AGAIN.search(_words(point))


def _words(point: Finding) -> str:
    return point.value.text if isinstance(point.value, Decision) else ""


def _sek(finding: Finding) -> Decimal:
    return finding.value.sek if isinstance(finding.value, Amount) else Decimal(0)
