"""The parties of a document: one finding each, with the number that the document prints for it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from pipeline.lexicon import public_bodies
from pipeline.model import Finding, OrgNumber, Party

SAME_NAME = 90
SLIP = 2  # figures that a misprint may have wrong; two that changed places count as two
SAME_TOWN = 80  # two towns of four letters may share as many with `kommun` added as a misread name does
_PLAIN = str.maketrans("åäö", "aao")
_TOWN = re.compile(r"(.+) (?:kommun|stad)")
# Organisation numbers of municipalities, of their federations and of regions begin so (Skatteverket).
PUBLIC_NUMBER = re.compile(r"^(?:2120|2220|2321)\d\d-")
_FEDERATION = re.compile(r"\w+förbund|[Rr]äddningstjänst")  # a body of its own beside each municipality
REASONS = frozenset(["name_conflict", "org_number_conflict"])


@dataclass(frozen=True)
class Parties:
    """The settled parties in order of appearance, and what is doubtful about them."""

    findings: tuple[Finding, ...]
    doubts: tuple[str, ...]

    @property
    def public(self) -> tuple[Finding, ...]:
        return self._of("public")

    @property
    def counter(self) -> tuple[Finding, ...]:
        return self._of("counterparty")

    def _of(self, role: str) -> tuple[Finding, ...]:
        return tuple(f for f in self.findings if isinstance(f.value, Party) and f.value.role == role)


def settle_parties(findings: Sequence[Finding], municipality: str) -> Parties:
    """Merge findings of the same body and give each the number that the document prints for it."""
    numbers = [f for f in findings if isinstance(f.value, OrgNumber) and f.value.kind == "organisation"]
    merged = _merged([f for f in findings if isinstance(f.value, Party)])
    settled = tuple(_with_number(f, numbers, merged, municipality) for f in merged)
    doubts = {flag for f in settled for flag in f.flags if flag in REASONS}
    if any(_slip(f, numbers) for f in settled):
        doubts.add("org_number_conflict")
    return Parties(settled, tuple(sorted(doubts)))


def same_name(a: str, b: str) -> bool:
    """Whether two printed names are one body, spelling and OCR errors aside.

    >>> same_name("Umeå kommun", "Umea kommun"), same_name("Mora kommun", "Orsa kommun")
    (True, False)
    """
    a, b = _folded(a), _folded(b)
    first, second = _TOWN.fullmatch(a), _TOWN.fullmatch(b)
    if first and second and fuzz.ratio(*(t[1].translate(_PLAIN) for t in (first, second))) < SAME_TOWN:
        return False
    return fuzz.ratio(a, b) >= SAME_NAME


def _folded(name: str) -> str:
    return re.sub(r"[^\w]+", " ", name.lower()).strip()


def _merged(findings: Sequence[Finding]) -> list[Finding]:
    kept: list[Finding] = []
    for finding in sorted(findings, key=lambda f: (-f.confidence, f.span)):
        if not any(_same_party(finding, other) for other in kept):
            kept.append(finding)
    return sorted(kept, key=lambda f: f.span)


def _same_party(a: Finding, b: Finding) -> bool:
    if not isinstance(a.value, Party) or not isinstance(b.value, Party) or a.value.role != b.value.role:
        return False
    if a.value.org_number and a.value.org_number == b.value.org_number:
        return True
    return same_name(a.value.name, b.value.name)


def _with_number(
    finding: Finding, numbers: Sequence[Finding], parties: Sequence[Finding], municipality: str
) -> Finding:
    party = finding.value
    if not isinstance(party, Party):
        return finding
    if party.org_number:
        valid = _valid(party.org_number, numbers)
        if valid is False and (sound := _sound_twin(party.org_number, numbers, parties)):
            flags = tuple(dict.fromkeys((*finding.flags, "org_number_conflict")))
            flags = tuple(flag for flag in flags if flag != "org_number_invalid")
            return replace(
                finding, value=replace(party, org_number=sound, org_number_valid=True), flags=flags
            )
        return replace(finding, value=replace(party, org_number_valid=valid))
    number = _number_by_name(party, numbers) or (
        _municipal_number(numbers, municipality) if party.role == "public" and _sole_public(parties) else ""
    )
    if not number:
        return finding
    value = replace(party, org_number=number, org_number_valid=_valid(number, numbers))
    return replace(finding, value=value, flags=(*finding.flags, "number_from_elsewhere"))


def _sound_twin(misprint: str, numbers: Sequence[Finding], parties: Sequence[Finding]) -> str:
    """The one sound number that a misprint is a slip away from, if no other party bears it."""
    taken = {f.value.org_number for f in parties if isinstance(f.value, Party)}
    found = {
        f.value.number
        for f in numbers
        if isinstance(f.value, OrgNumber)
        and f.value.valid
        and f.value.number not in taken
        and Levenshtein.distance(f.value.number, misprint) <= SLIP
    }
    return found.pop() if len(found) == 1 else ""


def _valid(number: str, numbers: Sequence[Finding]) -> bool | None:
    for finding in numbers:
        if isinstance(finding.value, OrgNumber) and finding.value.number == number:
            return finding.value.valid
    return None


def _number_by_name(party: Party, numbers: Sequence[Finding]) -> str:
    for finding in sorted(numbers, key=lambda f: -f.confidence):
        number = finding.value
        if isinstance(number, OrgNumber) and number.valid and same_name(number.party_name, party.name):
            return number.number
    return ""


def _municipal_number(numbers: Sequence[Finding], municipality: str) -> str:
    """The one municipal number that the document prints, unless a register gives it to another body."""
    found = {
        f.value.number
        for f in numbers
        if isinstance(f.value, OrgNumber)
        and f.value.valid
        and PUBLIC_NUMBER.match(f.value.number)
        and not _FEDERATION.search(f.value.party_name)
    }
    if len(found) != 1:
        return ""
    number = found.pop()
    owners = [name for name, registered in public_bodies().items() if registered == number]
    if municipality and owners and not any(municipality.lower()[:5] in owner.lower() for owner in owners):
        return ""
    return number


def _sole_public(parties: Sequence[Finding]) -> bool:
    return sum(isinstance(f.value, Party) and f.value.role == "public" for f in parties) == 1


def _slip(finding: Finding, numbers: Sequence[Finding]) -> bool:
    """Whether the document also prints the party's number with a slip, so that its check digit fails."""
    party = finding.value
    if not isinstance(party, Party) or not party.org_number:
        return False
    others = [f.value for f in numbers if isinstance(f.value, OrgNumber) and not f.value.valid]
    return any(
        number.number != party.org_number and Levenshtein.distance(number.number, party.org_number) <= SLIP
        for number in others
    )
