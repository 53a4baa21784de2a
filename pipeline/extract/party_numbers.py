"""Parties told by the number printed beside them: whatever a body is called, its number names it.

A number says that a body stands there; its place says whether the body is a party. An alias (`nedan kallad`),
a decision point or a block of name, address and number at the head of the paper do; background doesn't.
"""

import re
from collections.abc import Iterator

from pipeline.extract.claims import Claim, role_of
from pipeline.extract.layout import gap_before, plain
from pipeline.extract.lines import Line
from pipeline.extract.names import TRAIL, body_of
from pipeline.extract.naming import is_person, is_title_word, one_line, organisations
from pipeline.extract.nlp import Material
from pipeline.extract.party_lines import ADDRESS, is_authority, is_label, is_name_line, name_part
from pipeline.extract.printed_numbers import is_public_number, printed
from pipeline.model import Span

_ALIAS = re.compile(
    r"[^.;]{0,110}?\b(?:nedan|härefter|hädanefter|(?:här|i\s+det\s+följande)\s+(?:kalla|benämn)|kalla[ds]|benämn[ds])"
)
_ACTS = re.compile(
    r"[\s)]{0,3}(?:ansöker|söker|har\s+(?:ett\s+)?(?:ansökt|sökt|avtal|ingått)|och\s+[A-ZÅÄÖ])"
)
# Whom a party hires for its own part of the work isn't a party.
_HELPER = re.compile(r"\bunder(?:biträde|leverantör|konsult|entreprenör|uppdragstagare)", re.I)
_ANNEX = re.compile(r"\f\s*(?:[^\n\f]*\n\s*)?Bilaga\b", re.I)
_EARLY_TOPICS = ("start", "other", "parties", "application", "contacts")
_POST_CODE = re.compile(r"\d{3}\s?\d{2}\s+$")
HEAD = 1600  # characters in which a paper says whom it is about
REACH = 170


def numbered_claims(material: Material) -> Iterator[Claim]:
    """Every body with a printed number whose place makes it a party, the weight by the place."""
    text = plain(material.text)
    found = material.once(printed)
    annex = _annex(text)
    for k, one in enumerate(found):
        span, number, valid = one.span, one.number, one.valid
        place = _name_before(material, text, span)
        if place is None:
            continue
        start, name, beside = place
        if is_authority(name) or is_label(name) or (is_person(name) and not beside):
            continue
        if span.start > annex or (is_public_number(number) and role_of(name) == "counterparty"):
            continue  # a municipality's number tells of no other body
        end = found[k + 1].span.start if k + 1 < len(found) else len(text)
        weight = _weight(material, text, span, end, beside)
        if weight:
            role = role_of(name)
            yield Claim(role, name, Span(start, span.start), weight, "party_number", "", number, valid)


def _annex(text: str) -> int:
    """Where the annexes begin: at a page headed `Bilaga`; the text's end where there are none."""
    found = _ANNEX.search(text)
    return found.start() if found else len(text)


def _weight(material: Material, text: str, span: Span, end: int, beside: bool) -> float:
    topic = material.outline.topic_at(span.start)
    after = text[span.end : min(end, span.end + REACH)]
    sentence = material.outline.sentence(span)
    if _HELPER.search(text, sentence.start, sentence.end):
        return 0.0
    early = span.start < min(HEAD, 0.5 * len(text))
    if topic not in ("background", "basis", "motions", "followup") and _ALIAS.match(after):
        return 0.93
    if topic in ("decision", "proposal"):
        return 0.86
    if early and topic in _EARLY_TOPICS:
        return 0.82 if not beside or _ACTS.match(after) or topic == "parties" else 0.62
    return 0.0


def _name_before(material: Material, text: str, span: Span) -> tuple[int, str, bool] | None:
    """Where the name begins, the name, and whether it stands in the same sentence as its number."""
    line = material.outline.line_at(span.start)
    cell = next((c for c in line.cells if c.start <= span.start < c.end), line.span)
    sentence = material.outline.sentence(span)
    start = max(min(cell.start, sentence.start), span.start - REACH)
    before = text[start : span.start]
    bare = TRAIL.sub("", before)
    if bare.strip() and re.search(r"[,(:–-]|org", before[len(bare) :], re.I):
        hit = _last_name(bare)
        if hit and not _POST_CODE.search(bare[: hit[0]]):
            return start + hit[0], hit[1], True
    if bare.strip() and len(line.cells) == 1 and not re.search(r"\n", before):
        return None
    head = _block_head(material, text, line)
    if head is not None:
        return head.start, name_part(text[head.start : head.end]), False
    name = name_part(body_of(material, span))
    at = text.rfind(name, max(0, span.start - 600), span.start) if name else -1
    return (at, name, False) if at >= 0 else None


def _block_head(material: Material, text: str, line: Line) -> Span | None:
    """The name over an address and a number: the first line of the lines without a gap above the number."""
    lines, at = material.outline.lines, material.outline.line_index(line.span.start)
    top = at
    while (
        top > 0 and at - top < 6 and not gap_before(material.outline, top) and len(lines[top - 1].cells) == 1
    ):
        top -= 1
    for above in lines[top:at]:
        written = text[above.span.start : above.span.end]
        if is_name_line(written, unknown=True) and not ADDRESS.match(written.strip()):
            return above.cells[0]
    return None


def _last_name(before: str) -> tuple[int, str] | None:
    """The name that ends a stretch of text, a bracket after it left out."""
    bare = re.sub(r"\s*\([^)]*\)\s*$", "", before.rstrip())
    for left, right, name in reversed(organisations(bare)):
        if right < len(bare.rstrip(' \n,"”»')):
            return None
        words = one_line(name).split()
        if len(name) > 2 and not is_title_word(words[-1]) and not re.fullmatch(r"[\d\W]+", name):
            return left, name
        return None
    return None
