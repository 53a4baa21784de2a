"""The points of a list of decisions: numbered, with bullets, each after `att`, or plain sentences."""

import re
from dataclasses import dataclass, field

from pipeline.extract.layout import gap_before
from pipeline.extract.naming import LOWER
from pipeline.extract.nlp import Material
from pipeline.model import Span

_MARK = re.compile(
    r"\s*(?:(?P<number>\d{1,2}[.)]|\(\d{1,2}\)|[a-zåäö]\))|(?P<bullet>[-–—•●▪◦*¢«»·~=]|e(?=\s+att\b)))\s+(?=\S)"
)
_ATT = re.compile(r"\s*(?:(?:dels|samt)\s+)?att\b", re.I)
BODY = (
    r"(?:(?:[A-ZÅÄÖ][\w-]*-?,?\s+(?:[\w-]+-,?\s+){0,3}och\s+)?"
    r"(?<!\w)\w*(?:nämnden|styrelsen|stämman|fullmäktige|utskottet|presidiet|beredningen|"
    r"förvaltningen|kontoret|"
    r"ordföranden|direktören|chefen)|Jag|nämnden för [\w, ]{3,60}?)"
)
_DECIDES = (
    r"(?:beslutar(?:\s+(?:därför|följande|för egen del))?|beslutade|beslöt|har\s+beslutat|"
    r"föreslås\s+(?:besluta|fatta\s+följande\s+beslut)|"
    r"föreslår(?:\s+(?:att\s+)?\S+){1,3}?\s+(?:besluta|beslutar|att\s+besluta))"
)
INTRO = re.compile(rf"{BODY}(?:,?\s+[\wåäö]+){{0,3}}?\s+{_DECIDES}(?:\s*:|\s+följande)?", re.I)
_INTRO_ONLY = re.compile(
    rf"(?:[\w\-,ÅÄÖåäö]+\s+){{0,9}}(?:{_DECIDES}|föreslår)(?:\s+(?:kommunfullmäktige|kommunstyrelsen|"
    rf"nämnden|\w+nämnden)(?:\s+besluta)?)?(?:\s+följande)?(?:\s+att)?\s*[:,]?\s*",
    re.I,
)
NO_POINT = re.compile(
    r"^\s*(?:Dnr|Diarie\w*|Datum|Handläggare|Sida|Telefon|Delegations\w*|Ärende\w*|Sammanträdes\w*|"
    r"Beslutsdatum|Paragrafen\s+(?:justeras|är)"
    r"|Protokollet\s+justeras|Deltar\s+(?:ej|inte)|Beslutet\s+(?:skickas|expedieras)|Justera|Jäv|"
    r"Vid\s+protokollet|Ordförande|Sekreterare|Beslutsfattare|Namn|Underskrift|.{0,40}yrkar)"
)
MAX_SENTENCES = 12


@dataclass
class Point:
    """A point while it is being read: its pieces in order."""

    pieces: list[Span] = field(default_factory=list)
    kind: str = ""
    rule: str = ""


def points_of(material: Material, text: str, lines: list[tuple[int, Span]]) -> list[Point]:
    """The points in some lines (index and span of each): the list there is, else the sentences."""
    listed = _listed(material, text, lines)
    return listed or _sentences(material, text, lines)


def _listed(material: Material, text: str, lines: list[tuple[int, Span]]) -> list[Point]:
    points: list[Point] = []
    width = max((len(span) for _, span in lines), default=0)
    intro, above, status = True, "", ""
    for i, span in lines:
        body = text[span.start : span.end]
        mark, att = _MARK.match(body), None
        kind = ("number" if mark.group("number") else "bullet") if mark else ""
        if not mark:
            att = _ATT.match(body)
            kind = "att" if att and _begins(above, width, intro, gap_before(material.outline, i)) else ""
        if (
            kind
            and points
            and points[0].kind == "number"
            and kind != "number"
            and not _ATT.match(body[mark.end() :] if mark else body)
        ):
            kind = ""
        if (
            kind
            and intro
            and not points
            and kind == "bullet"
            and not _ATT.match(body[mark.end() :] if mark else "")
            and not _decision_like(above, body)
        ):
            return []
        if kind:
            start = span.start + (mark.end() if mark else len(body) - len(body.lstrip()))
            points.append(Point([Span(start, span.end)], kind, "att" if _ATT.match(text, start) else "list"))
            intro = False
        elif points:
            done = re.search(r"[.!?]\W*$", above) is not None
            if gap_before(material.outline, i) and (done or not _goes_on(above, body)):
                break
            if _INTRO_ONLY.fullmatch(body.strip()) or (done and NO_POINT.match(body)):
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
    return not re.search(r"[.!?:]\W*$", above) and (
        body.lstrip()[:1].islower() or body.lstrip()[:1].isdigit()
    )


def _sentences(material: Material, text: str, lines: list[tuple[int, Span]]) -> list[Point]:
    """Each sentence a point, where there is no list; `att` clauses of one sentence are points of "
    "their own."""
    pieces: list[list[Span]] = [[]]
    opens: list[int] = []  # which sentence begins a paragraph
    for i, span in lines:
        if gap_before(material.outline, i):
            pieces += [[]] if pieces[-1] else []
            opens.append(len(pieces) - 1)
        at = span.start
        body = text[span.start : span.end]
        for stop in re.finditer(r"[.!?](?=\s+[A-ZÅÄÖ]|\s*$)", body):
            if (
                re.search(
                    r"(?:\b(?:nr|kap|st|kr|ca|bl\.a|t\.ex|dnr|jan|feb|[a-zåäö])|\d)$", body[: stop.start()]
                )
                and body[stop.end() :].strip()
            ):
                continue
            pieces[-1].append(Span(at, span.start + stop.end()))
            pieces.append([])
            at = span.start + stop.end()
        if text[at : span.end].strip():
            pieces[-1].append(Span(at, span.end))
    pieces = pieces[: _reasons_begin(opens, len([group for group in pieces if group]))]
    points = [Point([_trimmed(text, p) for p in group], "sentence", "sentence") for group in pieces if group]
    points = [p for p in points if _is_sentence(joined(text, p.pieces))]
    if not points:
        return []
    points = points[:MAX_SENTENCES]
    return [part for point in points for part in _att_clauses(text, point)]


def _reasons_begin(opens: list[int], end: int) -> int:
    """The first sentence of reasons without a heading: a paragraph of three sentences below shorter ones."""
    for begin, after in zip(opens, [*opens, end][1:], strict=True):
        if begin > 0 and after - begin >= 3:
            return begin
    return end


def _is_sentence(words: str) -> bool:
    if NO_POINT.match(words) or len(words.split()) < 3:
        return False
    return words[-1] in ".!" and words[:1].isupper()


def _att_clauses(text: str, point: Point) -> list[Point]:
    """`Nämnden beslutar att …, att … samt att …` are as many points; a single clause stays with its "
    "subject."""
    whole = Span(point.pieces[0].start, point.pieces[-1].end)
    body = text[whole.start : whole.end]
    opening = INTRO.match(body)
    if not opening:
        return [point]
    starts = [
        m.start("att")
        for m in re.finditer(
            r"(?:^|[,;]\s+(?:samt\s+|och\s+|dels\s+)?|\s+samt\s+|beslutar?\s+|besluta\s*:?\s+)(?P<att>att)\b",
            body,
        )
    ]
    if len(starts) < 2 or (len(point.pieces) > 1 and "\n\n" in body):
        return [point]
    ends = [*starts[1:], len(body)]
    parts = []
    for start, end in zip(starts, ends, strict=True):
        clause = re.sub(r"[\s,;]*(?:samt|och|dels)?\s*$", "", body[start:end])
        parts.append(Point([Span(whole.start + start, whole.start + start + len(clause))], "att", "clause"))
    return parts


def _trimmed(text: str, span: Span) -> Span:
    body = text[span.start : span.end]
    return Span(span.start + len(body) - len(body.lstrip()), span.start + len(body.rstrip()))


def joined(text: str, pieces: list[Span]) -> str:
    """The point as one line, words broken at a line's end made whole."""
    body = "\n".join(text[p.start : p.end].strip() for p in pieces).replace("\u00ad", "")
    body = re.sub(rf"(?<=[{LOWER}])-\n(?!(?:och|eller|samt)\b)(?=[{LOWER}])", "", body)
    body = re.sub(r"\s+", " ", body).strip()
    return re.sub(r"\s+([,.;:])", r"\1", body)
