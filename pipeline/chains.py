"""Agreements that continue one another: documents of the same parties, in order of period."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
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


@dataclass(frozen=True, slots=True)
class Known:
    """What an archive says of its bodies: the number of each name that stands with one number alone, and the
    municipality of each public number."""

    numbers: Mapping[str, str]
    municipalities: Mapping[str, str]


def chains(members: Iterable[Member]) -> list[Link]:
    """Every chain of two documents or more, in order of chain and position.

    Documents belong together when municipality (or public number) and counterparty are the same, the
    counterparty by number where both print one, else by canonical name. Applications and reports commit
    nothing and are left out, as are documents without a period.
    """
    groups: dict[tuple[str, str], list[tuple[Member, str]]] = defaultdict(list)
    chained = [member for member in members if is_chained(member)]
    bodies = known(chained)
    for member in chained:
        for key, number in keys(member, bodies):
            groups[key].append((member, number))
    found = [links for group in groups.values() if (links := chain(group))]
    return [link for links in sorted(found, key=lambda c: c[0].chain_id) for link in links]


def is_chained(member: Member) -> bool:
    """Whether a document can be part of a chain."""
    return member.document_type in CHAINED and bool(member.period_start and member.period_end)


def known(members: Iterable[Member]) -> Known:
    """What members that can be chained say of bodies; they are gone through once and none is kept."""
    numbers: dict[str, set[str]] = defaultdict(set)
    municipalities: dict[str, str] = {}
    for member in members:
        for name, number in member.counterparties:
            if number:
                numbers[name].add(number)
        if (public := member.public_number) and member.municipality:
            municipalities[public] = max(municipalities.get(public, ""), member.municipality)
    alone = {name: next(iter(found)) for name, found in numbers.items() if len(found) == 1}
    return Known(alone, municipalities)


def keys(member: Member, bodies: Known) -> Iterator[tuple[tuple[str, str], str]]:
    """The chains that a document may be part of, by public body and counterparty, and the latter's number."""
    public = member.municipality or bodies.municipalities.get(member.public_number, member.public_number)
    for name, printed in dict.fromkeys(member.counterparties):
        number = printed or bodies.numbers.get(name, "")
        if public and (number or name):
            yield (public, number or name), number


def chain(group: Sequence[tuple[Member, str]]) -> list[Link]:
    """The documents that share a key, with the counterparty's number, in order; none for one alone."""
    ordered = sorted(
        {m.doc_id: (m, number) for m, number in group}.values(),
        key=lambda pair: (pair[0].period_start, pair[0].period_end, pair[0].doc_id),
    )
    if len(ordered) < 2:
        return []
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
