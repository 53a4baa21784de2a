"""Parties in a form whose boxes have run together: a line of labels, `Sökande Org.nr`, over a line of values.

Text that another tool extracted has often lost the gaps between boxes, and bent the letters of the labels.
"""

import re
from collections.abc import Iterator

from rapidfuzz import fuzz, process

from pipeline.extract.claims import Claim, role_of
from pipeline.extract.grant_names import row_name
from pipeline.extract.layout import furniture, plain
from pipeline.extract.nlp import Material
from pipeline.extract.party_lines import is_label
from pipeline.extract.party_words import names_nobody
from pipeline.extract.printed_numbers import number_in
from pipeline.model import Span

_NUMBER_LABELS = ("org.nr", "orgnr", "organisationsnummer")
_LABELS = (*_NUMBER_LABELS, "kontaktperson", "telefon", "namn", "adress", "e-post")
_ALIKE = 72
_SPECKS = " |:.'‘’"
_MOST_LABELS = 3
_BELOW = 2  # lines in which the values may stand, a speck between


def flat_box_claims(material: Material, labels: re.Pattern[str], rule: str) -> Iterator[Claim]:
    """The body under each line that is one of `labels` and then the label of a number."""
    text, outline = plain(material.text), material.outline
    lines = [i for i in range(len(outline.lines)) if i not in furniture(outline)]
    for at, i in enumerate(lines):
        label = _label(text[outline.lines[i].span.start : outline.lines[i].span.end], labels)
        for below in lines[at + 1 : at + 1 + _BELOW] if label else ():
            if claim := _value(text, outline.lines[below].span, label, rule):
                yield claim
                break


def _label(line: str, labels: re.Pattern[str]) -> str:
    """The label that opens a line of nothing but labels, the next that of a number; empty for other lines."""
    role = labels.match(line)
    rest = [word.strip(_SPECKS) for word in line[role.end() :].lower().split()] if role else []
    rest = [word for word in rest if word]
    if role is None or not 1 <= len(rest) <= _MOST_LABELS:
        return ""
    known = [label for word in rest if (label := _known(word))]
    return role.group().strip().lower() if len(known) == len(rest) and known[0] in _NUMBER_LABELS else ""


def _known(word: str) -> str:
    """The label that a word is, its letters bent; empty for other words."""
    found = process.extractOne(word, _LABELS, scorer=fuzz.ratio, score_cutoff=_ALIKE)
    return found[0] if found else ""


def _value(text: str, span: Span, label: str, rule: str) -> Claim | None:
    """The body that a line of values names before its number."""
    line = text[span.start : span.end]
    figures = re.search(r"(?<![\w-])(?:16)?\d{2} ?\d{2} ?\d{2}(?!\d\d? )", line)
    number = number_in("Org.nr " + line[figures.start() :]) if figures else None
    if figures is None or number is None:
        return None
    name = row_name(line[: figures.start()])
    if len(name) < 3 or not re.search(r"[^\W\d_]{2}", name) or is_label(name) or names_nobody(name):
        return None
    start = span.start + max(0, line.find(name.split()[0]))
    where = Span(start, span.start + len(line[: figures.start()].rstrip()))
    return Claim(role_of(name), name, where, 0.9, rule, label, number[0], number[1])
