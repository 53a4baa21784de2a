"""Agreements that continue one another: documents of the same parties, in order of period."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

CHAINED = frozenset(["agreement", "decision", "minutes", "staff_report"])


@dataclass(frozen=True, slots=True)
class Member:
    """What a chain needs to know of a document; names are canonical, numbers empty where none is printed."""

    doc_id: str
    document_type: str
    municipality: str
    public_number: str
    counterparties: tuple[tuple[str, str], ...]
    period_start: date | None
    period_end: date | None
    total: str
    own_case: str
    cases: frozenset[str]


@dataclass(frozen=True, slots=True)
class Link:
    """One row of `chains.csv`: `gap_days` is None for a chain's first, negative on overlap."""

    chain_id: str
    position: int
    member: Member
    counterparty_number: str
    reasons: tuple[str, ...]
    gap_days: int | None


def chains(members: Iterable[Member]) -> list[Link]:
    """Every chain of two documents or more, in order of chain and position.

    Documents belong together when municipality (or public number) and counterparty are the same, the
    counterparty by number where both print one, else by canonical name. Applications and reports commit
    nothing and are left out, as are documents without a period.
    """
    groups: dict[tuple[str, str], list[tuple[Member, str]]] = defaultdict(list)
    dated = [m for m in members if m.document_type in CHAINED and m.period_start and m.period_end]
    numbers = _numbers_by_name(dated)
    publics = _municipality_by_number(dated)
    for member in dated:
        public = member.municipality or publics.get(member.public_number, member.public_number)
        for name, number in dict.fromkeys(member.counterparties):
            key = number or numbers.get(name, name)
            if public and key:
                groups[public, key].append((member, number or numbers.get(name, "")))
    found = [_chain(group) for group in groups.values() if len({m.doc_id for m, _ in group}) > 1]
    return [link for chain in sorted(found, key=lambda c: c[0].chain_id) for link in chain]


def _numbers_by_name(members: Sequence[Member]) -> dict[str, str]:
    """The number of each name that stands with exactly one number somewhere in the archive."""
    seen: dict[str, set[str]] = defaultdict(set)
    for member in members:
        for name, number in member.counterparties:
            if number:
                seen[name].add(number)
    return {name: next(iter(numbers)) for name, numbers in seen.items() if len(numbers) == 1}


def _municipality_by_number(members: Sequence[Member]) -> dict[str, str]:
    pairs = sorted((m.public_number, m.municipality) for m in members if m.public_number and m.municipality)
    return dict(pairs)


def _chain(group: Sequence[tuple[Member, str]]) -> list[Link]:
    ordered = sorted(
        {m.doc_id: (m, number) for m, number in group}.values(),
        key=lambda pair: (pair[0].period_start, pair[0].period_end, pair[0].doc_id),
    )
    first, key = ordered[0][0], next((number for _, number in ordered if number), "")
    chain_id = f"{first.doc_id}-{key}" if key else f"{first.doc_id}-name"
    links: list[Link] = []
    end: date | None = None
    for position, (member, number) in enumerate(ordered, 1):
        gap = (member.period_start - end).days - 1 if end and member.period_start else None
        links.append(Link(chain_id, position, member, number, _reasons(member, number, ordered), gap))
        end = max(filter(None, (end, member.period_end)))
    return links


def _reasons(member: Member, number: str, chain: Sequence[tuple[Member, str]]) -> tuple[str, ...]:
    """Why a document belongs to the others of its chain."""
    others = [(m, n) for m, n in chain if m is not member]
    reasons = []
    if number and any(n == number for _, n in others):
        reasons.append("org_number")
    if any(
        (m.own_case and m.own_case in member.cases) or (member.own_case and member.own_case in m.cases)
        for m, _ in others
    ):
        reasons.append("case_number")
    names = {name for name, _ in member.counterparties}
    if any(names & {name for name, _ in m.counterparties} for m, _ in others):
        reasons.append("name")
    return tuple(reasons)
