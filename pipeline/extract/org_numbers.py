"""Organisation numbers, with the body that each belongs to, and the masked trace of personal ones.

A third digit of 0 or 1 belongs to a person. A number that is written as an organisation number but fails its
check is kept and flagged.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from pipeline.extract.nlp import Material
from pipeline.extract.owners import owned, owner
from pipeline.extract.printed_numbers import CUE, REACH, WRITTEN, Written, believed, cue_before, written
from pipeline.model import Finding, OrgNumber, Span

KIND = "org_number"

CENTURY_PERSON = re.compile(
    r"(?<![\w/-])(?:19|20)(?P<six>\d{6})[ ]?[-–—‑+]?[ ]?(?P<four>\d{4}|\*{4}|[xX]{4})(?![\w])"
)


def find(material: Material) -> Iterator[Finding]:
    """One finding for each distinct number: the best evidence for it, in the order of the text."""
    best: dict[tuple[str, str], Finding] = {}
    for finding in _all(material):
        value = finding.value
        assert isinstance(value, OrgNumber)
        key = (value.kind, value.number or material.text[finding.span.start : finding.span.end])
        known = best.get(key)
        if known is None:
            best[key] = finding
        elif isinstance(known.value, OrgNumber):
            name = known.value.party_name or value.party_name
            better = finding if finding.confidence > known.confidence + 0.05 else known
            assert isinstance(better.value, OrgNumber)
            best[key] = replace(better, value=replace(better.value, party_name=name))
    yield from sorted(best.values(), key=lambda finding: finding.span)


def _all(material: Material) -> Iterator[Finding]:
    text = material.text
    people = list(_people(text))
    for span in people:
        yield _person(material, span)
    for one in written(text):
        if any(one.span.overlaps(person) for person in people):
            continue
        cue, other = cue_before(text, one.span.start)
        if not cue and (cue := _column_cue(material, one.span)):
            other = False
        if other or not believed(one, bool(cue)):
            continue
        yield _person(material, one.span) if one.personal else _organisation(material, one, cue)


def _people(text: str) -> Iterator[Span]:
    """Personal numbers with their century, or masked."""
    for match in CENTURY_PERSON.finditer(text):
        if match["four"].isdigit() and not _is_birth(match["six"]):
            continue
        yield Span(match.start(), match.end())
    for match in WRITTEN.finditer(text):
        if not match["four"][0].isdigit() and match["four"][0] in "*xX":
            yield Span(match.start(), match.end())


def _is_birth(six: str) -> bool:
    """Whether six digits may be a day of birth; a samordningsnummer adds 60 to the day."""
    month, day = int(six[2:4]), int(six[4:6])
    return 1 <= month <= 12 and (1 <= day <= 31 or 61 <= day <= 91)


def _person(material: Material, span: Span) -> Finding:
    return Finding(
        KIND,
        span,
        OrgNumber("", "personnummer", True),
        0.9,
        "personal_number",
        ("personal_number",),
        material.outline.topic_at(span.start),
    )


def _column_cue(material: Material, span: Span) -> str:
    """The cue in the column above a cell, in a table with a heading row."""
    lines, text = material.outline.lines, material.text
    index = material.outline.line_index(span.start)
    if len(lines[index].cells) < 2:
        return ""
    for line in reversed(lines[max(0, index - 40) : index]):
        for cell in line.cells:
            words = text[cell.start : cell.end]
            if len(words) <= 40 and not re.search(r"\d{4}", words) and (cue := CUE.match(words)):
                return " ".join(cue[0].split())
    return ""


def _organisation(material: Material, one: Written, cue: str) -> Finding:
    text, span = material.text, one.span
    flags = []
    if one.repaired:
        flags.append("digits_repaired")
    if not one.valid:
        flags.append("org_number_invalid")
    body = owned(material).get(span) or owner(material, one)
    before = text[max(0, span.start - REACH) : span.start].rstrip()
    return Finding(
        KIND,
        span,
        OrgNumber(one.number, "organisation", one.valid, body.name if body else ""),
        _confidence(material, one, cue),
        "org_number_form" if one.dashed else "org_number_digits",
        tuple(flags),
        material.outline.topic_at(span.start),
        cue or ("(" if before.endswith("(") else ""),
    )


def _confidence(material: Material, one: Written, cue: str) -> float:
    """How sure a number is: form, cue, check digit, and the engine's own doubt about its words."""
    confidence = 0.97 if cue else 0.93 if one.dashed else 0.7
    if not one.valid:
        confidence -= 0.45 if cue else 0.6
    if one.repaired:
        confidence -= 0.12
    seen = [w.confidence for w in material.reading.words_in(one.span) if w.confidence is not None]
    if seen and min(seen) < 0.6:
        confidence -= 0.05 if one.valid else 0.1
    return round(max(0.05, confidence), 2)
