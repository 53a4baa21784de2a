"""Parties that stand in blocks, one below the other or side by side: name, number, address, contact.

Reads the sections about the parties, and forms whose labels name a role (Hyresvärd, Sökande, Leverantör).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from pipeline.extract.claims import Claim, role_of
from pipeline.extract.fields import Field, fields
from pipeline.extract.grant_tables import heads_table
from pipeline.extract.layout import furniture, gap_before, plain, streams
from pipeline.extract.naming import FULL_LINE, looks_like_body, one_line
from pipeline.extract.nlp import Material
from pipeline.extract.outline import Section
from pipeline.extract.party_flat_boxes import flat_box_claims
from pipeline.extract.party_lines import (
    ADDRESS,
    APPLICANT,
    ROLE,
    address_in,
    ends_address,
    fits_label,
    goes_on,
    is_name_line,
    is_private_party,
    is_prose,
    is_public,
    is_sole_trader,
    name_part,
)
from pipeline.extract.party_numbers import ORG_FIELD, number_field
from pipeline.extract.people import contacts
from pipeline.extract.printed_numbers import has_number, number_in
from pipeline.extract.running_names import organisations
from pipeline.model import Span


@dataclass
class _Block:
    """A block while it is being read."""

    name: str
    span: Span
    lines: list[str] = field(default_factory=list)
    detailed: bool = False
    open: bool = True


def block_claims(material: Material) -> Iterator[Claim]:
    """The parties in the sections that are about them."""
    text = plain(material.text)
    read: list[tuple[_Block, str]] = []
    for section in material.outline.sections:
        form = ROLE.fullmatch(section.heading.strip(" :"))
        if section.topic != "parties" or len(section.span) < 10 or form:
            continue
        late = section.span.start > 0.75 * len(text)
        if not (late and read):
            read += [(block, section.heading) for block in _section_blocks(material, text, section)]
    detailed = [(block, cue) for block, cue in read if block.detailed]
    roles = {role_of(block.name) for block, _ in detailed}
    for block, cue in read:
        if block.detailed:
            yield _claim(block, 0.93, "party_block", cue)
        elif role_of(block.name) not in roles and len(read) <= 6:
            yield _claim(block, 0.7, "party_block", cue)


def _section_blocks(material: Material, text: str, section: Section) -> list[_Block]:
    outline = material.outline
    first = outline.line_index(section.span.start) + 1
    last = outline.line_index(max(section.span.start, section.span.end - 1)) + 1
    last = _with_following(material, text, last)
    return [
        block
        for stream in streams(outline, first, last, furniture(outline))
        for block in _blocks(material, text, _mended(text, stream))
    ]


def _mended(text: str, stream: list[tuple[int, Span]]) -> list[tuple[int, Span]]:
    """The cells of a column, a name that breaks after a hyphen or `och` joined with the cell below it."""
    out: list[tuple[int, Span]] = []
    for i, cell in stream:
        above = text[out[-1][1].start : out[-1][1].end] if out else ""
        if (
            re.search(r"(?:-,?|\boch)\s*$", above)
            and text[cell.start].islower()
            and cell.start - out[-1][1].end < 60
            and len(above) < 60
        ):
            out[-1] = (out[-1][0], Span(out[-1][1].start, cell.end))
        else:
            out.append((i, cell))
    return out


def _with_following(material: Material, text: str, last: int) -> int:
    """The end of the section, over a sub-heading that is a party's own name (a heading to the outline)."""
    outline = material.outline
    while last < len(outline.lines):
        section = outline.section_at(outline.lines[last].span.start)
        if section.topic not in ("other", "contacts", "background") or not _names_party(text, section):
            return last
        last = outline.line_index(max(section.span.start, section.span.end - 1)) + 1
    return last


def _names_party(text: str, section: Section) -> bool:
    numbered = has_number(text[section.span.start : min(section.span.end, section.span.start + 160)])
    body = looks_like_body(section.heading) or numbered
    return (
        is_name_line(section.heading)
        and (is_public(section.heading) or (section.topic == "other" and body))
        and len(section.span) < 1500
        and not re.match(r"\d", section.heading)
    )


def _blocks(material: Material, text: str, stream: list[tuple[int, Span]]) -> list[_Block]:
    blocks: list[_Block] = []
    for i, cell in stream:
        line = text[cell.start : cell.end]
        gap = gap_before(material.outline, i)
        current = blocks[-1] if blocks else None
        if current is not None and current.open and not current.lines and goes_on(current.name, line):
            current.name = name_part(f"{current.name} {line}")
            current.span = Span(
                current.span.start, cell.end if cell.start - current.span.end < 90 else current.span.end
            )
            continue
        row = _numbers_beside(material, text, i, cell)
        if current is not None and current.detailed and ends_address(current.lines, line):
            current.lines.append(line)
        elif is_name_line(line, unknown=bool(row)) and _opens(current, line, gap or bool(row)):
            blocks.append(_Block(name_part(line), cell))
            current = blocks[-1]
            current.lines += row
            current.detailed = bool(row)
            label = re.match(rf"\s*(?:\d{{1,2}}[.)]?\s+)?(?:{ROLE.pattern})", line, re.I)
            if (
                label
                and re.match(r"\s*:?\s+[A-ZÅÄÖ]", line[label.end() :])
                and not _in_name(line, label.end())
            ):
                current.name = name_part(line[label.end() :].lstrip(" :"))
        elif current is not None:
            current.lines.append(line)
        if current is not None and (has_number(line) or ADDRESS.search(line)) and not is_prose(line):
            current.detailed = True
            if line not in current.lines:
                current.lines.append(line)
    return blocks


def _numbers_beside(material: Material, text: str, i: int, cell: Span) -> list[str]:
    """The cells with a number in the row of a table that a cell opens: a body, whatever it is called."""
    cells = material.outline.lines[i].cells
    beside = [text[c.start : c.end] for c in cells[1:]] if cell == cells[0] else []
    return [words for words in beside if has_number(words)]


_HEADS = re.compile(r"(?:föreningen|stiftelsen|bolaget|förening|organisationen)$", re.I)


def _in_name(line: str, end: int) -> bool:
    """Whether a label is the first word of the name itself: `Föreningen Ljuset`, not `Föreningen: Ljuset`."""
    return bool(_HEADS.search(line[:end])) and not line[end:].lstrip(" ").startswith(":")


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


def field_claims(material: Material, labels: re.Pattern[str], rule: str) -> list[Claim]:
    """The parties that a form's labels name; one that names somebody with a number names nobody without."""
    claims = [*_field_claims(material, labels, rule), *flat_box_claims(material, labels, rule)]
    numbered = {claim.cue for claim in claims if claim.org_number}
    return [claim for claim in claims if claim.org_number or claim.cue not in numbered]


def _field_claims(material: Material, labels: re.Pattern[str], rule: str) -> Iterator[Claim]:
    """The parties that labels name, with the number and address of the lines up to the next label."""
    text = plain(material.text)
    for found in fields(material.outline, labels, reach=6, others=_LABELS):
        if not found.values or heads_table(
            material.outline, text, material.outline.line_index(found.span.start)
        ):
            continue
        label_line = text[found.span.start : found.span.end].lstrip()
        if label_line[:1].islower() and ":" not in label_line:
            continue  # the end of a sentence that the margin broke
        if found.values[0].start in material.outline.heading_starts:
            continue
        lines = [text[v.start : v.end] for v in found.values]
        lines[0] = _TO_WHOM.split(lines[0])[0]
        name, rest = name_part(lines[0]), lines[1:]
        beside = text[found.values[0].end : material.outline.line_at(found.values[0].start).span.end]
        if rest and goes_on(name, rest[0]):
            name, rest = name_part(f"{name} {rest[0]}"), rest[1:]
        elif rest and len(lines[0]) > FULL_LINE and rest[0][:1].islower():
            continue  # a sentence that goes on below
        if found.values[0].start < found.span.end and _in_name(
            text[found.span.start : found.values[0].start], len(found.label)
        ):
            continue  # the label is the first word of a name
        rest += _rest_of_field(material, text, found, labels)
        unknown = number_in("\n".join([lines[0], *rest])) is not None or is_sole_trader(lines[0])
        parts = organisations(lines[0]) if len(found.values) == 1 else []
        if len(parts) > 1 and all(looks_like_body(part) for *_, part in parts) and not number_in(lines[0]):
            for left, right, part in parts:
                at = found.values[0].start
                yield Claim(role_of(part), part, Span(at + left, at + right), 0.72, rule, found.label)
            continue
        if (
            not (is_name_line(lines[0], unknown) or is_private_party(found.label, lines[0], rest))
            or is_prose(lines[0])
            or len(name) > 120
            or not fits_label(found.label, name)
        ):
            continue
        same_row = material.outline.line_at(found.values[0].start) == material.outline.line_at(
            found.span.start
        )
        number = number_in("\n".join([lines[0], *([beside] if same_row else []), *rest])) or number_field(
            material, text, found.span
        )
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


_TO_WHOM = re.compile(r"\s+till\s+(?=[A-ZÅÄÖ])")  # `Rapporten lämnas av X, org.nr …, till Y kommun.`
_LABELS = re.compile(rf"(?:{ROLE.pattern}|{APPLICANT.pattern}|{ORG_FIELD.pattern})", re.I)


def _rest_of_field(material: Material, text: str, found: Field, labels: re.Pattern[str]) -> list[str]:
    """The lines after a field's value up to the next label, for layouts without columns."""
    outline = material.outline
    at = outline.line_index(found.values[0].start)
    own = outline.lines[at]
    if len(own.cells) > 2 and found.span.start < own.span.start:
        return []
    lines = [text[found.values[0].start : own.span.end]] if found.span.start >= own.span.start else []
    if len(own.cells) > 1 and found.span.start < own.span.start:
        return lines  # blocks side by side: a line below may be the neighbour's
    for line in outline.lines[at + 1 : at + 6]:
        body = text[line.span.start : line.span.end]
        if re.match(r"\s*(?:\d{1,2}[.)]\s|§)", body) or (
            _LABELS.match(body.strip()) and not ORG_FIELD.match(body.strip())
        ):
            break
        lines.append(body)
        if is_prose(body):
            lines.pop()
            break
    return lines
