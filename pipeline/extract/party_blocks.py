"""Parties that stand in blocks, one below the other or side by side: name, number, address, contact.

Reads the sections about the parties, and forms whose labels name a role (Hyresvärd, Sökande, Leverantör).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from pipeline.extract.layout import fields, gap_before, plain, streams
from pipeline.extract.naming import one_line
from pipeline.extract.nlp import Material
from pipeline.extract.outline import Section
from pipeline.extract.party_lines import (
    ADDRESS,
    address_in,
    goes_on,
    has_number,
    is_name_line,
    is_prose,
    is_public,
    name_part,
    number_in,
)
from pipeline.extract.people import contacts
from pipeline.model import Span

_ROLES = (
    r"hyresvärd(?:en)?|hyresgäst(?:en)?|beställare(?:n)?|leverantör(?:en)?|utförare(?:n)?|uppdragsgivare(?:n)?|uppdragstagare(?:n)?|kommunen|kommun|staden"
    r"|regionen|föreningen|förening|bolaget|stiftelsen|organisationen|upplåtare(?:n)?|nyttjanderättshavare(?:n)?|arrendator(?:n)?|jordägare(?:n)?|markägare(?:n)?"
    r"|köpare(?:n)?|säljare(?:n)?|huvudman(?:nen)?|anordnare(?:n)?|bidragsgivare(?:n)?|bidragsmottagare(?:n)?|samarbetspart|samverkanspart|partner|avtalspart(?:er)?|part\s+(?:[12AB]|ett|två)|konsult(?:en)?"
    r"|vårdgivare(?:n)?|sponsor|entreprenör(?:en)?|hyrestagare|uthyrare(?:n)?|långivare|låntagare"
)
_APPLICANT = (
    r"sökande(?:\s+(?:förening|organisation))?|mottagare(?:\s+av\s+(?:bidrag|beslut)\w*)?|bidragsmottagare|bidragssökande|stödmottagare"
    r"|föreningens\s+(?:fullständiga\s+)?namn|organisationens\s+namn|sökandens\s+namn|namn\s+på\s+(?:föreningen?|organisationen?|sökande)|förening(?:s?namn)?|organisation(?:snamn)?|företag(?:snamn)?|bolagets\s+namn"
    r"|huvudman(?:s\s+namn)?|part\s+i\s+ärendet|beslutet\s+avser|bidrag\s+beviljas\s+till|verksamhetens\s+huvudman|anordnare|firma|föreningens\s+namn\s+enligt\s+stadgar(?:na)?"
)
ROLE = re.compile(rf"(?:{_ROLES})(?!\w)", re.I)
APPLICANT = re.compile(rf"(?:{_APPLICANT})(?!\w)", re.I)
ORG_FIELD = re.compile(r"(?:organisationsnummer|org\.?\s?-?\s?(?:nr|nummer)\.?|orgnr)(?!\w)", re.I)


@dataclass(frozen=True, slots=True)
class Claim:
    """Somebody who may be a party: who says so, how surely, and what stands beside the name."""

    role: str
    name: str
    span: Span
    weight: float
    rule: str
    cue: str = ""
    org_number: str = ""
    valid: bool | None = None
    address: str = ""
    contact: str = ""


@dataclass
class _Block:
    """A block while it is being read."""

    name: str
    span: Span
    lines: list[str] = field(default_factory=list)
    detailed: bool = False
    open: bool = True


def role_of(name: str) -> str:
    return "public" if is_public(name) else "counterparty"


def block_claims(material: Material) -> Iterator[Claim]:
    """The parties in the sections that are about them."""
    text = plain(material.text)
    for section in material.outline.sections:
        if section.topic != "parties" or len(section.span) < 10:
            continue
        yield from _section_claims(material, text, section)


def _section_claims(material: Material, text: str, section: Section) -> Iterator[Claim]:
    outline = material.outline
    first = outline.line_index(section.span.start)
    last = outline.line_index(max(section.span.start, section.span.end - 1)) + 1
    # A form's heading and its first value stand on one line; a heading alone is no party.
    if len(outline.lines[first].cells) == 1 and not ROLE.search(section.heading):
        first += 1
    last = _with_following(material, text, last)
    blocks: list[_Block] = []
    for stream in streams(outline, first, last):
        blocks += _blocks(material, text, stream)
    kept = [b for b in blocks if b.detailed] or blocks
    for block in kept:
        claim = _claim(block, 0.93 if block.detailed else 0.7, "party_block", section.heading)
        if claim.role == "counterparty" and not block.detailed and len(kept) > 6:
            continue
        yield claim


def _with_following(material: Material, text: str, last: int) -> int:
    """The end of the section, over a sub-heading that is a party's own name (a heading to the outline)."""
    outline = material.outline
    while last < len(outline.lines):
        section = outline.section_at(outline.lines[last].span.start)
        if section.topic not in ("other", "contacts", "background") or not _names_party(section):
            return last
        last = outline.line_index(max(section.span.start, section.span.end - 1)) + 1
    return last


def _names_party(section: Section) -> bool:
    return is_name_line(section.heading) and (is_public(section.heading) or section.topic == "other") and len(section.span) < 1500 and not re.match(r"\d", section.heading)


def _blocks(material: Material, text: str, stream: list[tuple[int, Span]]) -> list[_Block]:
    blocks: list[_Block] = []
    for i, cell in stream:
        line = text[cell.start : cell.end]
        gap = gap_before(material.outline, i)
        current = blocks[-1] if blocks else None
        if current is not None and current.open and not current.lines and goes_on(current.name, line):
            current.name = name_part(f"{current.name} {line}")
            current.span = Span(current.span.start, cell.end if cell.start - current.span.end < 90 else current.span.end)
            continue
        if is_name_line(line) and _opens(current, line, gap):
            blocks.append(_Block(name_part(line), cell))
            current = blocks[-1]
            label = ROLE.match(line)
            if label and re.match(r"\s*:?\s+[A-ZÅÄÖ]", line[label.end() :]):
                current.name = name_part(line[label.end() :].lstrip(" :"))
        elif current is not None:
            current.lines.append(line)
        if current is not None and (has_number(line) or ADDRESS.search(line)) and not is_prose(line):
            current.detailed = True
            if line not in current.lines:
                current.lines.append(line)
    return blocks


def _opens(current: _Block | None, line: str, gap: bool) -> bool:
    """Whether a name begins a new party: a nämnd under its own kommun, or the reverse, is the same one."""
    if current is None:
        return True
    same_side = is_public(current.name) and is_public(name_part(line))
    if same_side:
        return current.detailed and has_number("\n".join(current.lines))
    if not current.detailed and not gap and is_public(current.name) == is_public(name_part(line)):
        return False
    return current.detailed or is_public(current.name) != is_public(name_part(line)) or gap


def _claim(block: _Block, weight: float, rule: str, cue: str) -> Claim:
    number = number_in("\n".join(block.lines))
    return Claim(
        role=role_of(block.name),
        name=block.name,
        span=block.span,
        weight=weight,
        rule=rule,
        cue=one_line(cue),
        org_number=number[0] if number else "",
        valid=number[1] if number else None,
        address=address_in(block.lines),
        contact=", ".join(contacts("\n".join(block.lines))),
    )


def field_claims(material: Material, labels: re.Pattern[str], rule: str) -> Iterator[Claim]:
    """The parties that a form's labels name, with the number of the field nearest below or beside."""
    text = plain(material.text)
    for found in fields(material.outline, labels, reach=6):
        if not found.values:
            continue
        lines = [text[v.start : v.end] for v in found.values]
        name = name_part(lines[0])
        rest = lines[1:]
        if rest and goes_on(name, rest[0]):
            name, rest = name_part(f"{name} {rest[0]}"), rest[1:]
        if not is_name_line(lines[0]) or is_prose(lines[0]) or len(name) > 120:
            continue
        line_end = material.outline.line_at(found.span.start).span.end
        beside = text[found.span.end : line_end]
        number = number_in("\n".join([lines[0], beside, *rest])) or _number_field(material, text, found.span)
        yield Claim(
            role=role_of(name),
            name=name,
            span=found.values[0],
            weight=0.9 if number else 0.72,
            rule=rule,
            cue=found.label,
            org_number=number[0] if number else "",
            valid=number[1] if number else None,
            address=address_in([lines[0], *rest]),
            contact=", ".join(contacts("\n".join(rest))),
        )


def _number_field(material: Material, text: str, near: Span) -> tuple[str, bool] | None:
    """The number of the field «Organisationsnummer» that follows within a few lines."""
    here = material.outline.line_index(near.start)
    for found in fields(material.outline, ORG_FIELD, reach=1):
        if -1 <= material.outline.line_index(found.span.start) - here <= 4 and found.values:
            value = found.values[0]
            number = number_in("Org.nr " + text[value.start : value.end])
            if number:
                return number
    return None
