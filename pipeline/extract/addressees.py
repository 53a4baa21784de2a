"""To whom a letter is addressed: a name over a street or a box and a post town, at the head of the paper."""

import re

from pipeline.extract.layout import furniture, plain, streams
from pipeline.extract.nlp import Material
from pipeline.extract.party_lines import ADDRESS, POSTAL, is_name_line, is_public, name_part
from pipeline.model import Span

HEAD_LINES = 18  # lines in which the window of an envelope shows the address
_PERSON_OF = re.compile(r"\s*(?:att\b|c/o\b|box\b)", re.IGNORECASE)


def addressee(material: Material) -> tuple[str, Span] | None:
    """The one body that the head of a letter names over its address; None where there is none, or several."""
    return material.once(_addressee)


def _addressee(material: Material) -> tuple[str, Span] | None:
    text, outline = plain(material.text), material.outline
    found: dict[str, Span] = {}
    last = min(HEAD_LINES, len(outline.lines))
    for stream in streams(outline, 0, last, furniture(outline)):
        for k, (i, cell) in enumerate(stream):
            words = text[cell.start : cell.end]
            below = [text[c.start : c.end] for j, c in stream[k + 1 : k + 4] if j - i <= 3]
            if not (is_name_line(words, unknown=True) and _is_address(below)):
                continue
            if not (is_public(words) or ADDRESS.search(words) or _PERSON_OF.match(words)):
                found.setdefault(name_part(words), cell)
    return next(iter(found.items())) if len(found) == 1 else None


def _is_address(lines: list[str]) -> bool:
    """Whether lines below a name are its address: a post town at once, or below a street or a box."""
    town = next((k for k, line in enumerate(lines) if POSTAL.match(line.strip())), None)
    return town is not None and (town == 0 or all(not is_public(line) for line in lines[:town]))
