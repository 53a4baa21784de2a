"""Agreements that continue one another: documents of the same parties, in order of period."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TypeVar

from stdnum import luhn

T = TypeVar("T")
Key = tuple[str, str]
"""Public body and counterparty: a municipality or its number, a number or else a name."""
MISREAD_DIGITS = 2
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
    """One row of `chains.csv`.

    `gap_days` counts from the last day of all earlier terms: None for a chain's first term and after one
    without an end, negative on overlap. `change` is the total less that of the term before, None where
    either isn't known.
    """

    chain_id: str
    position: int
    member: Member
    counterparty_number: str
    reasons: tuple[str, ...]
    gap_days: int | None
    change: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What an archive says of its bodies, as far as somebody will ask.

    The number of each name that has one, misread numbers aside; the number that each misread one stands for;
    the municipality of each public number; the one public body of each counterparty; and whom each case
    number of an agreement is about.
    """

    numbers: Mapping[str, str]
    misread: Mapping[tuple[str, str], str]
    municipalities: Mapping[str, str]
    publics: Mapping[str, str]
    cases: Mapping[str, Key]


def chains(members: Iterable[Member]) -> list[Link]:
    """Every chain of two documents or more, in order of chain and position.

    Documents belong together when municipality (or public number) and counterparty are the same, the
    counterparty by number where both print one, else by canonical name. A number that fails its check digit
    and is a figure or two off the one that the same name has elsewhere is that one, misread. A document that
    doesn't name its public body, or its counterparty, belongs where the counterparty's other documents, or
    the case that it cites, belong. Applications and reports commit nothing and are left out, as are
    documents without a period.
    """
    groups: dict[Key, list[tuple[Member, str]]] = defaultdict(list)
    chained = [member for member in members if is_chained(member)]
    bodies = known(lambda: chained)
    for member in chained:
        for key, number in keys(member, bodies):
            groups[key].append((member, number))
    found = [links for group in groups.values() if (links := chain(group))]
    return [link for links in sorted(found, key=lambda c: c[0].chain_id) for link in links]


def is_chained(member: Member) -> bool:
    """Whether a document can be part of a chain; a term may be without an end."""
    return member.document_type in CHAINED and member.period_start is not None


def known(members: Callable[[], Iterable[Member]]) -> Known:
    """What members that can be chained say of bodies.

    They are gone through four times, none is kept, and of what they say only what will be asked for.
    """
    asked = _asked(members())
    numbers: dict[str, Counter[str]] = defaultdict(Counter)
    municipalities: dict[str, str] = {}
    for member in members():
        for name, number in member.counterparties:
            if number and name in asked:
                numbers[name][number] += 1
        if (public := member.public_number) and member.municipality:
            municipalities[public] = max(municipalities.get(public, ""), member.municipality)
    misread = {(name, number): right for name, found in numbers.items() for number, right in _misread(found)}
    meant = {name: {misread.get((name, n), n) for n in found} for name, found in numbers.items()}
    bodies = Known(_alone(meant), misread, municipalities, {}, {})
    publics: dict[str, set[str]] = defaultdict(set)
    cases: dict[str, set[Key]] = defaultdict(set)
    homeless, cited = _lacking(members(), bodies)
    for member in members():
        mine = [key for key, _ in keys(member, bodies)]
        for public, counterparty in mine:
            if counterparty in homeless:
                publics[counterparty].add(public)
        if member.own_case in cited and len(mine) == 1:
            cases[member.own_case].update(mine)
    return replace(bodies, publics=_alone(publics), cases=_alone(cases))


def _asked(members: Iterable[Member]) -> set[str]:
    """The names whose numbers matter: those that stand without one, or with several."""
    asked: set[str] = set()
    first: dict[int, int] = {}  # hashes, for there may be many; two names of one hash are but asked in vain
    for member in members:
        for name, number in member.counterparties:
            if not number or first.setdefault(hash(name), hash(number)) != hash(number):
                asked.add(name)
    return asked


def _lacking(members: Iterable[Member], bodies: Known) -> tuple[set[str], set[str]]:
    """The counterparties of documents that name no public body, and the cases that are cited by documents
    that name no counterparty."""
    homeless: set[str] = set()
    cited: set[str] = set()
    for member in members:
        if not _own(member, bodies):
            homeless.update(number or name for name, number in _numbered(member, bodies))
        if not any(name or number for name, number in member.counterparties):
            cited |= member.cases
    return homeless, cited - {""}


def _own(member: Member, bodies: Known) -> str:
    """The public body that a document itself names."""
    return member.municipality or bodies.municipalities.get(member.public_number, member.public_number)


def _numbered(member: Member, bodies: Known) -> Iterator[tuple[str, str]]:
    """The counterparties of a document, each with the number that it has in the archive."""
    for name, printed in dict.fromkeys(member.counterparties):
        yield name, bodies.misread.get((name, printed), printed) or bodies.numbers.get(name, "")


def keys(member: Member, bodies: Known) -> Iterator[tuple[Key, str]]:
    """The chains that a document may be part of, by public body and counterparty, and the latter's number."""
    own = _own(member, bodies)
    for name, number in _numbered(member, bodies):
        public = own or bodies.publics.get(number or name, "")
        if public and (number or name):
            yield (public, number or name), number
    if not any(name or number for name, number in member.counterparties):
        cited = {bodies.cases[case] for case in member.cases if case in bodies.cases}
        for public, body in sorted(cited):
            if own in ("", public) and len(cited) == 1:
                yield (public, body), ""  # a number is never lent to a paper


def _misread(found: Counter[str]) -> Iterator[tuple[str, str]]:
    """The numbers of one name that fail their check digit, each with the right one that it is nearest to."""
    right = sorted((number for number in found if _checks(number)), key=lambda n: (-found[n], n))
    for number in found:
        near = [other for other in right if _differing(number, other) <= MISREAD_DIGITS]
        if near and not _checks(number):
            yield number, near[0]


def _checks(number: str) -> bool:
    return bool(luhn.is_valid(number.replace("-", "")))


def _differing(one: str, other: str) -> int:
    if len(one) != len(other):
        return max(len(one), len(other))
    return sum(a != b for a, b in zip(one, other, strict=True))


def _alone(found: Mapping[str, set[T]]) -> dict[str, T]:
    """What stands with one thing alone."""
    return {name: next(iter(things)) for name, things in found.items() if len(things) == 1}


def chain(group: Sequence[tuple[Member, str]]) -> list[Link]:
    """The documents that share a key, with the counterparty's number, in order; none for one alone."""
    ordered = sorted(
        {m.doc_id: (m, number) for m, number in group}.values(),
        key=lambda pair: (pair[0].period_start, pair[0].period_end or date.max, pair[0].doc_id),
    )
    if len(ordered) < 2:
        return []
    first, key = ordered[0][0], next((number for _, number in ordered if number), "")
    chain_id = f"{first.doc_id}-{key}" if key else f"{first.doc_id}-name"
    members = [member for member, _ in ordered]
    return [
        Link(
            chain_id,
            position,
            member,
            number,
            _reasons(member, number, ordered),
            _gap(member, members),
            _change(member, members),
        )
        for position, (member, number) in enumerate(ordered, 1)
    ]


def _earlier(member: Member, chain: Sequence[Member]) -> list[Member]:
    """The documents of terms that began before; several papers may be about the same term."""
    start = member.period_start
    return [m for m in chain if start and m.period_start and m.period_start < start]


def _gap(member: Member, chain: Sequence[Member]) -> int | None:
    """Days without an agreement before a term."""
    ends = [m.period_end for m in _earlier(member, chain)]
    known_ends = [end for end in ends if end]
    if not ends or len(known_ends) < len(ends) or member.period_start is None:
        return None
    return (member.period_start - max(known_ends)).days - 1


def _change(member: Member, chain: Sequence[Member]) -> Decimal | None:
    """How much more the public party commits than over the term before, as far as both totals are known."""
    before = [m for m in _earlier(member, chain) if m.total]
    if not (before and member.total):
        return None
    return Decimal(member.total) - Decimal(before[-1].total)


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
