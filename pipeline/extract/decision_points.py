"""The decision points of a document: att-satser, numbered points, and plain sentences under «Beslut».

A list begins after its heading or after `beslutar` / `föreslås besluta`; a new point begins with a number, a
bullet, or `att` at the start of a line that doesn't go on with the sentence above. Motions, reservations,
the basis for the decision and the appeal instructions are other sections and are never read.
"""

import re
from collections.abc import Iterator

from pipeline.extract.decision_leads import form_rows, leads
from pipeline.extract.decision_lists import BODY, NO_POINT, joined, points_of
from pipeline.extract.document_types import guesses
from pipeline.extract.layout import furniture, plain
from pipeline.extract.matters import matters
from pipeline.extract.nlp import Material
from pipeline.extract.outline import Section
from pipeline.extract.table_lines import runs
from pipeline.model import Decision, Finding, Span

DECISION = "decision"  # the kind of the findings

TABLE_COLUMNS = 3
TABLE_ROWS = 3  # with so many columns, the one of the headings among them
_ATT = re.compile(r"\s*(?:\S{1,3}\s+)?att\b", re.I)
_PROPOSES = re.compile(rf"^{BODY}\s+föreslår\b.*?\b(?:besluta|att)\b", re.I | re.S)


def decision_points(material: Material) -> tuple[Finding, ...]:
    """Every decision point, numbered within its list."""
    return tuple(_found(material))


def _found(material: Material) -> Iterator[Finding]:
    text = plain(material.text)
    skip = furniture(material.outline)
    found: list[Finding] = []
    for status, cue, spans in _regions(material):
        found += _list_findings(material, text, status, cue, spans, skip)
    yield from found
    for zone in _zones(material):
        if not any(finding.span in zone for finding in found):
            yield from _unheaded(material, text, zone, skip)


def _zones(material: Material) -> list[Span]:
    """The parts of a document that have decisions of their own: the matters of minutes, else the whole."""
    types = material.once(guesses)
    parts = material.once(matters) if types and types[0].type == "minutes" else ()
    return [part.span for part in parts] or [Span(0, len(material.text))]


def _regions(material: Material) -> Iterator[tuple[str, str, list[Span]]]:
    """Status, heading, and the stretches of text of each list of points."""
    sections = material.outline.sections
    used: set[int] = set()
    for i, section in enumerate(sections):
        if i in used:
            continue
        decides = _heading_decides(section)
        if section.topic not in ("decision", "proposal") and not decides:
            continue
        status = "proposed" if section.topic == "proposal" or decides == "proposed" else "decided"
        spans = [
            _after_heading(material, section) if not decides or section.topic == "decision" else section.span
        ]
        for j in range(i + 1, len(sections)):
            if not (_heading_decides(sections[j]) or _list_heading(sections[j])):
                break
            if _section(material, sections[j].span.start) != _section(material, section.span.start):
                break  # the next matter of the minutes, whose own heading wasn't seen as one
            used.add(j)
            spans.append(sections[j].span)
        rows = [row for row in material.once(form_rows) if any(row.spans[0] in span for span in spans)]
        if rows:  # `Delegationsbeslut` above a form, whose row tells what is decided
            yield from ((row.status, row.cue, list(row.spans)) for row in rows)
        else:
            yield status, section.heading, [_within_matter(material, span) for span in spans]


def _heading_decides(section: Section) -> str:
    """Whether a bold line that looks like a heading is the opening of a list: `Socialnämnden beslutar`."""
    if section.topic not in ("other", "decision"):
        return ""
    if re.search(r"föreslå[sr].*besluta?r?(?:\s+att)?:?$", section.heading, re.I):
        return "proposed"
    return (
        "decided"
        if re.search(r"\w{4,}\s+(?:beslutar|beslutade)(?:\s+att)?:?$", section.heading, re.I)
        else ""
    )


def _list_heading(section: Section) -> bool:
    """Whether the outline took a point of the list for a heading (it begins a bold or numbered line)."""
    return section.topic == "other" and bool(re.match(r"(?:\d{1,2}[.)]\s+)?att\b", section.heading, re.I))


def _after_heading(material: Material, section: Section) -> Span:
    line = material.outline.line_at(section.span.start)
    head = line.cells[0] if line.cells else line.span
    inline = re.match(
        r"[\s#*\d.]*(?:Beslut|Förslag till beslut)[\s*]*:\s*(?=\S)",
        material.text[line.span.start : line.span.end],
    )
    if inline:
        return Span(line.span.start + inline.end(), section.span.end)
    return Span(min(head.end, section.span.end), section.span.end)


def _list_findings(
    material: Material, text: str, status: str, cue: str, spans: list[Span], skip: frozenset[int]
) -> Iterator[Finding]:
    points = points_of(material, text, _lines(material, spans, skip))
    number = 0
    for point in points:
        span = Span(point.pieces[0].start, point.pieces[-1].end)
        words = joined(text, point.pieces)
        if len(words) < 12 or NO_POINT.match(words):
            continue
        number += 1
        section = _section(material, span.start)
        # What a meeting decides to propose is its decision all the same.
        only_proposes = status == "decided" and not section and _PROPOSES.search(words[:90])
        confidence = {"list": 0.93, "att": 0.92}.get(point.rule, 0.8)
        yield Finding(
            kind=DECISION,
            span=span,
            value=Decision(number, "proposed" if only_proposes else status, words, section),
            confidence=confidence,
            rule=f"decision_{point.rule}",
            place=material.outline.topic_at(span.start),
            cue=cue,
        )


def _lines(material: Material, spans: list[Span], skip: frozenset[int]) -> list[tuple[int, Span]]:
    """The lines of a region, running lines and tables left out, those cut that it begins or ends in."""
    outline, rows, tables = material.outline, [], material.once(_table_lines)
    if not outline.lines:
        return []
    for region in spans:
        last = outline.line_index(max(region.start, region.end - 1))
        for i in range(outline.line_index(region.start), last + 1):
            line = outline.lines[i].span
            start, end = max(line.start, region.start), min(line.end, region.end)
            if i not in skip and start < end and material.text[start:end].strip() and i not in tables:
                rows.append((i, Span(start, end)))
    return rows


def _table_lines(material: Material) -> frozenset[int]:
    """The rows of tables of three columns or more, and what heads them: no points of a list."""
    lines = material.outline.lines
    found: set[int] = set()
    for first, last, _ in runs(material):
        rows = [i for i in range(first, last) if not _says_something(material, i)]
        if sum(len(lines[i].cells) >= TABLE_COLUMNS for i in rows) >= TABLE_ROWS:
            found.update(rows)
    return frozenset(found)


def _says_something(material: Material, index: int) -> bool:
    """Whether a line among those of a table is a point, or leads to the table."""
    line = material.outline.lines[index]
    alone = len(line.cells) == 1 and material.text[line.cells[0].end - 1] in ".:"
    return alone or bool(_ATT.match(material.text, line.span.start))


def _section(material: Material, at: int) -> str:
    """The paragraph of the minutes that a position stands in."""
    return next((m.section for m in material.once(matters) if m.span.start <= at < m.span.end), "")


def _within_matter(material: Material, span: Span) -> Span:
    """The part of a stretch of text before the next matter of the minutes."""
    starts = [m.span.start for m in material.once(matters) if span.start < m.span.start < span.end]
    return Span(span.start, min([span.end, *starts]))


def _unheaded(material: Material, text: str, zone: Span, skip: frozenset[int]) -> list[Finding]:
    """The points of the first stretch without a heading that has any."""
    for lead in leads(material, zone):
        findings = list(_list_findings(material, text, lead.status, lead.cue, list(lead.spans), skip))
        if findings:
            return findings
    return []
