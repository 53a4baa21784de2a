"""Grants listed without a table: each body on a line of its own, what it sought and was given below it.

Granens Skidklubb, org.nr 802467-1235
     Sökt 40 000 kr      Beviljat 25 000 kr
Lövens Teater
     Sökt 15 000 kr      Avslag
"""

import re
from collections.abc import Iterator

from pipeline.extract.grant_tables import Row
from pipeline.extract.layout import content, gap_before, plain
from pipeline.extract.nlp import Material
from pipeline.extract.party_lines import is_name_line, is_prose, is_public, name_part
from pipeline.extract.printed_numbers import has_number, number_in

REACH = 4  # lines below a name in which its verdict stands
_GRANTED = re.compile(
    r"\b(?:bevilja[ts]|tilldela[ts]|bifall(?:es)?|beslut(?:at)?|förslag)(?: (?:belopp|bidrag|stöd|summa))?"
    r"\s*:?\s*(?:med\s+)?(?P<sum>\d[\d .]*)",
    re.I,
)
_REFUSED = re.compile(r"\b(?:avsl(?:ag|ås)|ej bevilja[ts]|bevilja[ts] ej|nekas|utan bidrag)\b", re.I)


def awards(material: Material) -> tuple[Row, ...]:
    """The bodies of such lists in the order of the text; one alone makes no list."""
    return material.once(_awards)


def _awards(material: Material) -> tuple[Row, ...]:
    found = tuple(_each(material))
    return found if len(found) > 1 and any(one.granted for one in found) else ()


def _each(material: Material) -> Iterator[Row]:
    text, outline = plain(material.text), material.outline
    lines = content(outline)
    for k, (_, line) in enumerate(lines):
        body = text[line.span.start : line.span.end]
        if not _heads(body) or _verdict(body) is not None:
            continue
        verdict, number = None, number_in(body)
        for i, below in lines[k + 1 : k + 1 + REACH]:
            words = text[below.span.start : below.span.end]
            verdict = _verdict(words)
            number = number or number_in(words)
            if verdict is not None or gap_before(outline, i) or _heads(words):
                break
        if verdict is not None:
            digits, valid = number if number else ("", None)
            yield Row(name_part(body), line.cells[0], digits, valid, verdict, "")


def _heads(body: str) -> bool:
    """Whether a line is a body's name, with or without its number."""
    return is_name_line(body, unknown=has_number(body)) and not is_public(name_part(body))


def _verdict(words: str) -> bool | None:
    """Whether a line says that something is granted; None where it is silent or a sentence."""
    if is_prose(words):
        return None
    if _REFUSED.search(words):
        return False
    granted = _GRANTED.search(words)
    return None if granted is None else bool(granted["sum"].strip(" .0"))
