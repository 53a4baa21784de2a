"""Whom a person works for, where no name beside the person tells: a label's part, the paper's side, a title.

A label names a part (`Kontaktperson bolaget`, `För föreningen`). Who signs an application or a report works
for the body that sends it. In an agreement of two, the head of a municipal office signs for the public party
and, where one does, a chair or treasurer without a nämnd for the other. A short name becomes the party's own.
"""

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
    r"\b(?:förening|klubb|sällskap|stiftelse|bolag|samfund|kooperativ|organisation|församling|leverantör|utförar"
    r"|entreprenör|huvudman|anordnar|sökande|bidragsmottagar)\w*",
    re.I,
)
# Heads of municipal offices and politicians; `verksamhetschef` may be anybody's.
OFFICIAL = re.compile(
    r"(?:nämnd|kommun|region|förvaltning|stads|social|kultur|fritids|fastighets|bildnings|utbildnings|skol"
    r"|omsorgs|samhälls|teknisk|gatu|närings|arbetsmarknads)\w*(?:s ordförande|chef|direktör|råd)\b|\w+råd$",
    re.I,
)
CHAIR = re.compile(r"(?:vice )?(?:styrelse)?ordförande$|kassör$|verksamhetsledare$|firmatecknare$", re.I)
SENT = {"application": ("signatory", "contact"), "report": ("signatory",)}  # by whose sender they work


def with_employers(findings: Sequence[Finding], document_type: str = "") -> tuple[Finding, ...]:
    """Persons with the party that they work for, where one alone can be meant."""
    public, counter = (_names(findings, role) for role in ("public", "counterparty"))
    sole = (public[0] if len(public) == 1 else "", counter[0] if len(counter) == 1 else "")
    employed = tuple(_employed(finding, *sole) for finding in findings)
    sided = _of_sides(employed, *sole, document_type) if sole[1] else employed
    return tuple(_in_full(finding, [*public, *counter]) for finding in sided)


def _names(findings: Sequence[Finding], role: str) -> list[str]:
    return [f.value.name for f in findings if isinstance(f.value, Party) and f.value.role == role]


def _employed(finding: Finding, public: str, counter: str) -> Finding:
    """A contact or signer with the party that the label names by its part."""
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


def _of_sides(
    findings: Sequence[Finding], public: str, counter: str, document_type: str
) -> tuple[Finding, ...]:
    """Signers of a paper between two, by which of them sends it or by their titles."""
    signed = [f.value for f in findings if isinstance(f.value, Person) and f.value.function == "signatory"]
    officials = any(OFFICIAL.search(person.title) for person in signed)
    return tuple(
        replace(finding, value=replace(person, organisation=_side(person, public, counter, document_type)))
        if isinstance(person := finding.value, Person)
        and not person.organisation
        and (document_type in SENT or (document_type == "agreement" and officials))
        else finding
        for finding in findings
    )


def _side(person: Person, public: str, counter: str, document_type: str) -> str:
    """The party that a person without one works for; empty where neither place nor title tells."""
    if document_type in SENT:
        return counter if person.function in SENT[document_type] else ""
    if person.function != "signatory":
        return ""
    if OFFICIAL.search(person.title):
        return public
    return counter if CHAIR.match(person.title) else ""


def _in_full(finding: Finding, parties: Sequence[str]) -> Finding:
    """A person whose organisation is the beginning of one party's name with that name."""
    person = finding.value
    if not isinstance(person, Person) or not person.organisation or person.organisation in parties:
        return finding
    short = person.organisation.lower() + " "
    full = [name for name in parties if name.lower().startswith(short)]
    return replace(finding, value=replace(person, organisation=full[0])) if len(full) == 1 else finding
