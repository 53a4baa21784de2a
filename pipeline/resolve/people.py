"""Whom a contact or signer works for, where only a label tells: `Kontaktperson bolaget`, `För föreningen`."""

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.model import Finding, Party, Person

LABELLED = ("person_contact_label", "person_signatory_label")
# What a contract calls a party: `Kommunen`, `För stiftelsen`, `kommunen: Eva Ek`.
ALIAS = re.compile(
    r"(?:för\s+)?(?P<part>(?!\w*(?:nämnd|styrels|förvaltning|kontor|utskott))[^\W\d_]{3,}(?:en|et|an))(?:\s*:.*)?$",
    re.I,
)
PUBLIC = re.compile(r"\b(?:kommun|stad|region|nämnd|beställar|uppdragsgivar|bidragsgivar)\w*", re.I)
COUNTER = re.compile(
    r"\b(?:förening|stiftelse|bolag|samfund|kooperativ|organisation|församling|leverantör|utförar|entreprenör"
    r"|huvudman|anordnar|sökande|bidragsmottagar)\w*",
    re.I,
)


def with_employers(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Contacts and signers with the party that their label names by its part, where one alone has it."""
    public, counter = (_sole(findings, role) for role in ("public", "counterparty"))
    return tuple(_employed(finding, public, counter) for finding in findings)


def _sole(findings: Sequence[Finding], role: str) -> str:
    names = [f.value.name for f in findings if isinstance(f.value, Party) and f.value.role == role]
    return names[0] if len(names) == 1 else ""


def _employed(finding: Finding, public: str, counter: str) -> Finding:
    person = finding.value
    if not isinstance(person, Person):
        return finding
    alias = ALIAS.match(person.organisation)
    if person.organisation and not alias:
        return finding
    if not alias and finding.rule not in LABELLED:
        return finding
    words = alias["part"] if alias else finding.cue
    sides = [name for name, part in ((public, PUBLIC), (counter, COUNTER)) if part.search(words)]
    known = sides[0] if len(sides) == 1 and sides[0] else (alias["part"] if alias else "")
    return replace(finding, value=replace(person, organisation=known))
