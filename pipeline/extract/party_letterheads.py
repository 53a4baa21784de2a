"""Who sends a report and to whom: labelled (`Från`, `Till`), or a body's own name over `Till … kommun`."""

import re
from collections.abc import Iterator

from pipeline.extract.claims import Claim
from pipeline.extract.layout import furniture, plain
from pipeline.extract.nlp import Material
from pipeline.extract.party_blocks import field_claims
from pipeline.extract.party_lines import is_authority, is_name_line, is_public, name_part
from pipeline.extract.party_words import label_pattern

SENDER = label_pattern("sender")
RECEIVER = label_pattern("receiver")
HEAD_LINES = 8  # lines in which a letterhead says who writes
_TO = re.compile(r"\s*(?:Till|TILL)\b:?\s*(?=\S)")


def sender_claims(material: Material) -> Iterator[Claim]:
    """The body that reports, and the municipality that it reports to."""
    for claim in field_claims(material, SENDER, "party_sender"):
        if claim.role == "counterparty":
            yield claim
    for claim in field_claims(material, RECEIVER, "party_receiver"):
        if claim.role == "public":
            yield claim
    yield from _letterhead(material)


def _letterhead(material: Material) -> Iterator[Claim]:
    """A name that alone fills one of the first lines, above a line that says to whom the paper goes."""
    text, lines = plain(material.text), material.outline.lines
    skip = furniture(material.outline)
    head = [i for i in range(min(HEAD_LINES, len(lines))) if i not in skip and len(lines[i].cells) == 1]
    to = next((i for i in head if _addressed(text[lines[i].span.start : lines[i].span.end])), None)
    if to is None:
        return
    for i in head:
        cell = lines[i].cells[0]
        body = text[cell.start : cell.end]
        if i < to and is_name_line(body, unknown=True) and not is_public(body) and not is_authority(body):
            yield Claim("counterparty", name_part(body), cell, 0.8, "party_letterhead", "Till")
            return


def _addressed(line: str) -> bool:
    to = _TO.match(line)
    return bool(to) and is_public(name_part(line[to.end() :] if to else line))
