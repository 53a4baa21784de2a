"""Grants listed with leaders: `Granens Byalag (802467-1235) ............ 12 000 kr`, a row for each body.

The same dots lead to page numbers in contents and to the posts of a budget, so that a row must name a body,
and a sum must look like one. `avslag`, a dash or nothing at the end of the dots is a refusal.
"""

import re
from collections.abc import Iterator

from pipeline.extract.grant_names import row_name
from pipeline.extract.grant_tables import Row
from pipeline.extract.layout import furniture, plain
from pipeline.extract.naming import looks_like_body
from pipeline.extract.nlp import Material
from pipeline.extract.party_lines import is_name_line, is_public, name_part
from pipeline.extract.printed_numbers import number_in
from pipeline.model import Span

_ROW = re.compile(
    r"""\s*(?:(?:\d{1,3}|[a-zåäö])[.)]\s+|[-–•*]\s+)?
    (?P<name>[^\W_].*?)[ \t]*+(?:[.…·_][ \t]?){4,}+[ \t]*+(?P<end>\S.{0,24}?)?\s*""",
    re.X,
)
_SUM = re.compile(
    r"""(?P<sum>\d{1,3}(?:[ .\u00a0]\d{3})+|\d{4,7}|\d{1,7}(?=\s*(?:kr|tkr|kronor|:-)))
    \s*(?:kr\.?|tkr|kronor|:-|,-)?""",
    re.I | re.X,
)
_REFUSED = re.compile(
    r"(?:avslag|avslås|avslaget|nej|inget(?: bidrag)?|ej bevilja[ts]|0(?:\s*(?:kr|kronor|:-))?|[-–—]+)\.?",
    re.I,
)
_ORG = "Org.nr "
_NOT_HERE = ("background", "basis", "motions", "appeal")


def leader_rows(material: Material) -> tuple[Row, ...]:
    """The rows in the order of the text; one alone makes no list, nor do refusals alone."""
    found = tuple(_each(material))
    return found if len(found) > 1 and any(row.granted for row in found) else ()


def _each(material: Material) -> Iterator[Row]:
    text, outline = plain(material.text), material.outline
    skip = furniture(outline)
    for i, line in enumerate(outline.lines):
        match = _ROW.fullmatch(text, line.span.start, line.span.end)
        if i in skip or match is None or outline.topic_at(line.span.start) in _NOT_HERE:
            continue
        granted = _verdict(match["end"] or "")
        number = number_in(_ORG + match["name"])
        name = row_name(re.split(r"\s*\(", match["name"])[0] if number is None else match["name"])
        if granted is None or not name or not _is_body(name, number is not None):
            continue
        span = Span(match.start("name"), match.end("name"))
        digits, valid = number if number else ("", None)
        yield Row(name_part(name), span, digits, valid, granted, "")


def _is_body(name: str, numbered: bool) -> bool:
    """Whether a row names a body and no post of a budget: by a word for bodies, or by its number."""
    if is_public(name) or not is_name_line(name, unknown=numbered):
        return False
    return numbered or (looks_like_body(name) and len(name.split()) > 1)


def _verdict(end: str) -> bool | None:
    """Whether what stands at the end of the leaders is a sum, or a refusal; None where it is neither."""
    if _REFUSED.fullmatch(end):
        return False
    found = _SUM.fullmatch(end)
    return None if found is None else bool(found["sum"].strip("0 .\u00a0"))
