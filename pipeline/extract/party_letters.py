"""Between whom a letter or an invoice goes: the names over the addresses at its head.

A body that is written to, or writes, stands over its own street or box and post town, with the kommun's
letterhead or address beside it. An invoice has the kommun's own block and the block of who is to be paid.
"""

import re
from collections.abc import Iterator

from pipeline.extract.claims import Claim
from pipeline.extract.layout import furniture, gap_before, plain, streams
from pipeline.extract.naming import looks_like_body
from pipeline.extract.nlp import Material
from pipeline.extract.owners import owned
from pipeline.extract.parties_merge import same_body
from pipeline.extract.party_lines import (
    ADDRESS,
    POSTAL,
    is_authority,
    is_name_line,
    is_public,
    is_sole_trader,
    name_part,
)
from pipeline.extract.printed_numbers import has_number, is_public_number, printed
from pipeline.model import Span

HEAD_LINES = 26  # lines in which the addresses of a letter and of an invoice stand
LONGEST = 7  # lines of one address
_INVOICE = re.compile(r"\s*(?:kredit|hyres|samlings)?faktura(?:nummer|datum)?\b", re.I)
_LABEL = re.compile(r"\s*(?:(?:faktura|fakturerings|leverans|post)\s?adress|till|kund|köpare)\s*:\s*", re.I)
_ADDRESS_LABEL = re.compile(r"\s*(?:\w*adress|till|kund|köpare|betalare|mottagare|avsändare)\s*:?\s*", re.I)
# What a letter deals with that has parties; a card of thanks has none.
_DEALS = re.compile(
    r"\b\w*(?:bidrag|stöd|avtal|överenskommelse|ersättning|ansökan|anslag|hyra|redovisning)\w*", re.I
)


def letter_claims(material: Material) -> Iterator[Claim]:
    """The body that a letter about money or an agreement is to or from; both parties of an invoice."""
    blocks = material.once(_blocks)
    public = [claim for claim in blocks if claim.role == "public"]
    bodies = _one_body(claim for claim in blocks if claim.role != "public")
    if len(bodies) != 1:
        return
    if is_invoice(material):
        if public:
            yield public[0]
            yield _numbered(material, bodies[0])
    elif _DEALS.search(plain(material.text)):
        yield bodies[0]


def correspondents(material: Material) -> list[Claim]:
    """The one body at the head of a letter to or from a public one; none where there are several."""
    bodies = _one_body(claim for claim in material.once(_blocks) if claim.role != "public")
    return bodies if len(bodies) == 1 else []


def is_invoice(material: Material) -> bool:
    """Whether a cell of the head says `Faktura`."""
    text = plain(material.text)
    head = [cell for line in material.outline.lines[:HEAD_LINES] for cell in line.cells]
    return any(_INVOICE.match(text[cell.start : cell.end]) for cell in head)


def _one_body(claims: Iterator[Claim]) -> list[Claim]:
    found: list[Claim] = []
    for claim in claims:
        if not any(same_body(claim.name, other.name) for other in found):
            found.append(claim)
    return found


def _blocks(material: Material) -> tuple[Claim, ...]:
    """Every name over an address at the head of the paper."""
    outline = material.outline
    found = []
    for stream in streams(outline, 0, min(HEAD_LINES, len(outline.lines)), furniture(outline)):
        run: list[Span] = []
        last = -2
        for i, cell in stream:
            if run and (i != last + 1 or gap_before(outline, i)):
                found += _block(material, run)
                run = []
            run.append(cell)
            last = i
        found += _block(material, run)
    return tuple(found)


def _block(material: Material, run: list[Span]) -> list[Claim]:
    """The name that heads lines which end in a post town; an empty list for other lines."""
    text = plain(material.text)
    lines = [text[cell.start : cell.end] for cell in run]
    town = next((k for k, line in enumerate(lines) if POSTAL.search(line)), None)
    if town is None or town > LONGEST:
        return []
    numbered = any(has_number(line) for line in lines)
    for cell, line in zip(run[: town + 1], lines, strict=False):
        label = _LABEL.match(line)
        lead = label.end() if label else 0
        bare = line[lead:]
        name = name_part(bare)
        if (
            not is_name_line(bare, unknown=numbered)
            or _ADDRESS_LABEL.fullmatch(bare)
            or is_authority(name)
            or ADDRESS.match(bare.strip())
        ):
            continue
        return [_claim(material, name, Span(cell.start + lead, cell.end))]
    return _over(material, text, run[0])


def _over(material: Material, text: str, top: Span) -> list[Claim]:
    """The body that stands over an address with a line between: its letterhead, or a sole trader's."""
    outline = material.outline
    i = outline.line_index(top.start)
    left = top.start - outline.lines[i].span.start
    while i > 1 and outline.lines[i - 1].cells and _is_street(text, outline.lines[i - 1].cells[0]):
        i -= 1
    above = outline.lines[i - 1].cells[:1] if i else ()
    for cell in above:
        words = text[cell.start : cell.end]
        column = cell.start - outline.lines[i - 1].span.start - left
        known = looks_like_body(words) or (is_invoice(material) and is_sole_trader(text[top.start : top.end]))
        if known and not is_public(words) and abs(column) < 4 and is_name_line(words, unknown=True):
            return [_claim(material, name_part(words), cell)]
    return []


def _is_street(text: str, cell: Span) -> bool:
    return bool(ADDRESS.match(text[cell.start : cell.end].strip()))


def _claim(material: Material, name: str, span: Span) -> Claim:
    role = "public" if is_public(name) else "counterparty"
    return Claim(role, name, span, 0.8, "party_letter", "faktura" if is_invoice(material) else "brev")


def _numbered(material: Material, claim: Claim) -> Claim:
    """Who sends an invoice with the one number on it that is no public body's nor another's."""
    found = {}
    for one in material.once(printed):
        body = owned(material).get(one.span)
        others = body is not None and body.beside and not same_body(body.name, claim.name)
        if not (is_public_number(one.number) or others):
            found[one.number] = one.valid
    if len(found) != 1:
        return claim
    ((number, valid),) = found.items()
    return Claim(claim.role, claim.name, claim.span, 0.85, claim.rule, claim.cue, number, valid)
