"""The decision points of a document: att-satser, numbered points, and plain sentences under «Beslut».

A list begins after its heading or after `beslutar` / `föreslås besluta`; a new point begins with a number, a
bullet, or `att` at the start of a line that doesn't go on with the sentence above. Motions, reservations,
the basis for the decision and the appeal instructions are other sections and are never read.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from pipeline.extract.layout import furniture, gap_before, plain
from pipeline.extract.naming import LOWER
from pipeline.extract.nlp import Material
from pipeline.extract.outline import Section
from pipeline.model import Decision, Finding, Span

KIND = "decision"

_MARK = re.compile(r"\s*(?:(?P<number>\d{1,2}[.)]|\(\d{1,2}\)|[a-zåäö]\))|(?P<bullet>[-–—•●▪◦*¢«»·]|e(?=\s+att\b)))\s+(?=\S)")
_ATT = re.compile(r"\s*(?:(?:dels|samt)\s+)?att\b", re.I)
_BODY = r"(?:\w*(?:nämnden|styrelsen|fullmäktige|utskottet|presidiet|beredningen|förvaltningen|kontoret|ordföranden|direktören|chefen)|Jag|nämnden för [\w, ]{3,60}?)"
_DECIDES = r"(?:beslutar(?:\s+(?:därför|följande|för egen del))?|beslutade|beslöt|har\s+beslutat|föreslås\s+(?:besluta|fatta\s+följande\s+beslut)|föreslår(?:\s+(?:att\s+)?\S+){1,3}?\s+(?:besluta|beslutar|att\s+besluta))"
_INTRO = re.compile(rf"{_BODY}(?:,?\s+[\wåäö]+){{0,3}}?\s+{_DECIDES}(?:\s*:|\s+följande)?", re.I)
_INTRO_ONLY = re.compile(
    rf"(?:[\w\-,ÅÄÖåäö]+\s+){{0,9}}(?:{_DECIDES}|föreslår)(?:\s+(?:kommunfullmäktige|kommunstyrelsen|nämnden|\w+nämnden)(?:\s+besluta)?)?(?:\s+följande)?(?:\s+att)?\s*[:,]?\s*", re.I
)
_PROPOSES = re.compile(rf"^{_BODY}\s+föreslår\b.*?\b(?:besluta|att)\b", re.I | re.S)
_INLINE = re.compile(r"^\W*(?P<kind>Beslut|Förslag\s+till\s+beslut)\W*:\W*(?=\w)", re.M)
_NO_POINT = re.compile(
    r"^\s*(?:Dnr|Diarie\w*|Datum|Handläggare|Sida|Telefon|Delegations\w*|Ärende\w*|Sammanträdes\w*|Beslutsdatum|Paragrafen\s+(?:justeras|är)"
    r"|Protokollet\s+justeras|Deltar\s+(?:ej|inte)|Beslutet\s+(?:skickas|expedieras)|Justera|Jäv|Vid\s+protokollet|Ordförande|Sekreterare|Beslutsfattare|Namn|Underskrift|.{0,40}yrkar)"
)
_SECTION = re.compile(r"^\s*(?:\*\*|#+\s*)?(?:§\s?(\d{1,4})|(\d{1,4})\s?§)(?!\s*(?:st|kap|i\s|§))", re.M)
MAX_SENTENCES = 12


@dataclass
class _Point:
    """A point while it is being read: its pieces in order."""

    pieces: list[Span] = field(default_factory=list)
    kind: str = ""
    rule: str = ""


def find(material: Material) -> Iterator[Finding]:
    """Every decision point, numbered within its list."""
    text = plain(material.text)
    found = False
    for status, cue, spans in _regions(material):
        for finding in _list_findings(material, text, status, cue, spans):
            found = True
            yield finding
    if not found:
        yield from _unheaded(material, text)


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
        spans = [_after_heading(material, section) if not decides or section.topic == "decision" else section.span]
        for j in range(i + 1, len(sections)):
            if not (_heading_decides(sections[j]) or _list_heading(sections[j])):
                break
            used.add(j)
            spans.append(sections[j].span)
        yield status, section.heading, spans


def _heading_decides(section: Section) -> str:
    """Whether a bold line that looks like a heading is the opening of a list: `Socialnämnden beslutar`."""
    if section.topic not in ("other", "decision"):
        return ""
    if re.search(r"föreslå[sr].*besluta?r?(?:\s+att)?:?$", section.heading, re.I):
        return "proposed"
    return "decided" if re.search(r"\w{4,}\s+(?:beslutar|beslutade)(?:\s+att)?:?$", section.heading, re.I) else ""


def _list_heading(section: Section) -> bool:
    """Whether the outline took a point of the list for a heading (it begins a bold or numbered line)."""
    return section.topic == "other" and bool(re.match(r"(?:\d{1,2}[.)]\s+)?att\b", section.heading, re.I))


def _after_heading(material: Material, section: Section) -> Span:
    line = material.outline.line_at(section.span.start)
    head = line.cells[0] if line.cells else line.span
    inline = re.match(r"[\s#*\d.]*(?:Beslut|Förslag till beslut)[\s*]*:\s*(?=\S)", material.text[line.span.start : line.span.end])
    if inline:
        return Span(line.span.start + inline.end(), section.span.end)
    return Span(min(head.end, section.span.end), section.span.end)


def _list_findings(
    material: Material, text: str, status: str, cue: str, spans: list[Span]
) -> Iterator[Finding]:
    points = _points(material, text, spans)
    number = 0
    for point in points:
        span = Span(point.pieces[0].start, point.pieces[-1].end)
        words = _joined(text, point.pieces)
        if len(words) < 12 or _NO_POINT.match(words):
            continue
        number += 1
        own = "proposed" if status == "decided" and _PROPOSES.search(words[:90]) else status
        confidence = {"list": 0.93, "att": 0.92}.get(point.rule, 0.8)
        yield Finding(
            kind=KIND,
            span=span,
            value=Decision(number, own, words, _section(text, span.start)),
            confidence=confidence,
            rule=f"decision_{point.rule}",
            place=material.outline.topic_at(span.start),
            cue=cue,
        )


def _points(material: Material, text: str, spans: list[Span]) -> list[_Point]:
    lines = _lines(material, spans)
    listed = _listed(material, text, lines)
    return listed or _sentences(material, text, lines)


def _lines(material: Material, spans: list[Span]) -> list[tuple[int, Span]]:
    """The lines of a region, running lines left out; a line that the region begins or ends within is cut."""
    skip = furniture(material.outline)
    rows = []
    for i, line in enumerate(material.outline.lines):
        for region in spans:
            start, end = max(line.span.start, region.start), min(line.span.end, region.end)
            if i not in skip and start < end and material.text[start:end].strip():
                rows.append((i, Span(start, end)))
    return rows


def _listed(material: Material, text: str, lines: list[tuple[int, Span]]) -> list[_Point]:
    points: list[_Point] = []
    width = max((len(span) for _, span in lines), default=0)
    intro, above, status = True, "", ""
    for i, span in lines:
        body = text[span.start : span.end]
        mark, att = _MARK.match(body), None
        kind = ("number" if mark.group("number") else "bullet") if mark else ""
        if not mark:
            att = _ATT.match(body)
            kind = "att" if att and _begins(above, width, intro, gap_before(material.outline, i)) else ""
        if kind and points and points[0].kind == "number" and kind != "number" and not _ATT.match(body[mark.end() :] if mark else body):
            kind = ""
        if kind and intro and not points and kind == "bullet" and not _ATT.match(body[mark.end() :] if mark else "") and not _decision_like(above, body):
            return []
        if kind:
            start = span.start + (mark.end() if mark else len(body) - len(body.lstrip()))
            points.append(_Point([Span(start, span.end)], kind, "att" if _ATT.match(text, start) else "list"))
            intro = False
        elif points:
            done = re.search(r"[.!?]\W*$", above) is not None
            if gap_before(material.outline, i) and (done or not _goes_on(above, body)):
                break
            if _INTRO_ONLY.fullmatch(body.strip()):
                break
            points[-1].pieces.append(span)
        status = body
        above = status.rstrip()
    if len(points) == 1 and points[0].kind == "bullet":
        return points if points[0].rule == "att" else []
    return points


def _decision_like(above: str, body: str) -> bool:
    return not above or bool(_INTRO_ONLY.search(above)) or above.endswith(":")


def _begins(above: str, width: int, intro: bool, gap: bool) -> bool:
    """Whether `att` at the start of a line opens a point and doesn't go on with the line above."""
    if gap or not above:
        return True
    if re.search(r"(?:[.,;:]|\b(?:beslutar|besluta|beslutade|samt|följande|och))\W*$", above):
        return True
    return not intro and len(above) < 0.7 * width


def _goes_on(above: str, body: str) -> bool:
    return not re.search(r"[.!?:]\W*$", above) and (body.lstrip()[:1].islower() or body.lstrip()[:1].isdigit())


def _sentences(material: Material, text: str, lines: list[tuple[int, Span]]) -> list[_Point]:
    """Each sentence a point, where there is no list; `att` clauses of one sentence are points of their own."""
    pieces: list[list[Span]] = [[]]
    for i, span in lines:
        if gap_before(material.outline, i) and pieces[-1]:
            pieces.append([])
        at = span.start
        body = text[span.start : span.end]
        for stop in re.finditer(r"[.!?](?=\s+[A-ZÅÄÖ]|\s*$)", body):
            if re.search(r"(?:\b(?:nr|kap|st|kr|ca|bl\.a|t\.ex|dnr|jan|feb|[a-zåäö])|\d)$", body[: stop.start()]) and body[stop.end() :].strip():
                continue
            pieces[-1].append(Span(at, span.start + stop.end()))
            pieces.append([])
            at = span.start + stop.end()
        if text[at : span.end].strip():
            pieces[-1].append(Span(at, span.end))
    points = [_Point([_trimmed(text, p) for p in group], "sentence", "sentence") for group in pieces if group]
    points = [p for p in points if _is_sentence(_joined(text, p.pieces))]
    if not points:
        return []
    points = points[:MAX_SENTENCES]
    return [part for point in points for part in _att_clauses(text, point)]


def _is_sentence(words: str) -> bool:
    if _NO_POINT.match(words) or len(words.split()) < 3:
        return False
    return words[-1] in ".!" and words[:1].isupper()


def _att_clauses(text: str, point: _Point) -> list[_Point]:
    """`Nämnden beslutar att …, att … samt att …` are as many points; a single clause stays with its subject."""
    whole = Span(point.pieces[0].start, point.pieces[-1].end)
    body = text[whole.start : whole.end]
    opening = _INTRO.match(body)
    if not opening:
        return [point]
    starts = [m.start("att") for m in re.finditer(r"(?:^|[,;]\s+(?:samt\s+|och\s+|dels\s+)?|\s+samt\s+|beslutar?\s+|besluta\s*:?\s+)(?P<att>att)\b", body)]
    if len(starts) < 2 or len(point.pieces) > 1 and "\n\n" in body:
        return [point]
    ends = [*starts[1:], len(body)]
    parts = []
    for start, end in zip(starts, ends, strict=True):
        clause = re.sub(r"[\s,;]*(?:samt|och|dels)?\s*$", "", body[start:end])
        parts.append(_Point([Span(whole.start + start, whole.start + start + len(clause))], "att", "clause"))
    return parts


def _trimmed(text: str, span: Span) -> Span:
    body = text[span.start : span.end]
    return Span(span.start + len(body) - len(body.lstrip()), span.start + len(body.rstrip()))


def _joined(text: str, pieces: list[Span]) -> str:
    """The point as one line, words broken at a line's end made whole."""
    body = "\n".join(text[p.start : p.end].strip() for p in pieces).replace("\u00ad", "")
    body = re.sub(rf"(?<=[{LOWER}])-\n(?!(?:och|eller|samt)\b)(?=[{LOWER}])", "", body)
    body = re.sub(r"\s+", " ", body).strip()
    return re.sub(r"\s+([,.;:])", r"\1", body)


def _section(text: str, at: int) -> str:
    """The paragraph of the minutes that a position stands in: the last `§ 112` that begins a line."""
    last = ""
    for match in _SECTION.finditer(text, 0, at):
        last = match.group(1) or match.group(2)
    return f"§ {last}" if last else ""


def _unheaded(material: Material, text: str) -> Iterator[Finding]:
    """`Nämnden beslutar att …` without a heading of its own: the sentence, or the list that follows."""
    for match in _INLINE.finditer(text):
        end = re.search(r"\n\s*\n|\Z", text[match.end() :])
        region = Span(match.end(), match.end() + (end.start() if end else 0))
        status = "decided" if match.group("kind") == "Beslut" else "proposed"
        findings = list(_list_findings(material, text, status, match.group("kind"), [region]))
        if findings:
            yield from findings
            return
    for match in _INTRO.finditer(text):
        topic = material.outline.topic_at(match.start())
        if topic not in ("start", "other", "background", "grants", "application"):
            continue
        sentence = material.outline.sentence(Span(match.start(), match.end()))
        opening = text[sentence.start : match.start()]
        if len(opening.split()) > 5 or not text[match.start() : match.start() + 1].isupper():
            continue
        status = "proposed" if re.search(r"föreslå", match.group(), re.I) else "decided"
        section = material.outline.section_at(match.start())
        after = re.match(r"\s*(?:att\s*)?:?\s*\n", text[match.end() :])
        region = Span(match.end(), section.span.end) if after else sentence
        findings = list(_list_findings(material, text, status, match.group(), [region]))
        if findings:
            yield from findings
            return
