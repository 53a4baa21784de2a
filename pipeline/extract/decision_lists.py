"""The points of a list of decisions: numbered, with bullets, each after `att`, or plain sentences."""

import re
from dataclasses import dataclass, field

from pipeline.extract.layout import gap_before
from pipeline.extract.naming import LOWER
from pipeline.extract.nlp import Material
from pipeline.model import Span

_MARK = re.compile(
    r"\s*(?:(?P<number>\d{1,2}[.)]|\(\d{1,2}\)|[A-ZÅÄÖa-zåäö]\))|(?P<plain>\d{1,2}(?=\t|  ))"
    r"|(?P<bullet>[-–—•●▪◦*¢«»·~=]|e(?=\s+att\b)))\s+(?=\S)"
)
_ATT = re.compile(r"\s*(?:(?:dels|samt)\s+)?att\b", re.I)
_BLANK = r"(?:[^\S\n]+\n?|\n)[^\S\n]*"  # no empty line
BODY = (
    rf"(?:(?:(?-i:[A-ZÅÄÖ])[\w-]*-?,?{_BLANK}(?:[\w-]+-,?{_BLANK}){{0,3}}och{_BLANK})?"
    r"(?:(?-i:[A-ZÅÄÖ])[a-zåäö]+a[^\S\n]+(?=nämnden|utskottet))?"
    r"(?<!\w)\w*(?:nämnden|styrelsen|stämman|fullmäktige|utskottet|presidiet|beredningen|"
    r"förvaltningen|kontoret|"
    r"ordföranden(?:[^\S\n]+(?:i|för)[^\S\n]+(?:[\w-]+-[^\S\n]+och[^\S\n]+)?\w*(?:nämnden|styrelsen|utskottet))?|"
    r"(?:nämndens|styrelsens|utskottets)[^\S\n]+(?:vice[^\S\n]+)?ordförande|"
    r"direktören|chefen)|Jag|nämnden för [\w, ]{3,60}?)"
)
_DECIDES = (
    r"(?:beslutar(?:\s+(?:därför|följande|för egen del))?|beslutade|beslöt|har\s+beslutat|"
    r"föreslås\s+(?:besluta|fatta\s+följande\s+beslut)|"
    r"föreslår(?:\s+(?:att\s+)?\S+){1,3}?\s+(?:besluta|beslutar|att\s+besluta)|"
    r"fattar\s+(?:[^.:]{3,140}?\s)?följande\s+beslut)"
)
INTRO = re.compile(rf"{BODY}(?:,?\s+[\wåäö]+){{0,3}}?\s+{_DECIDES}(?:\s*:|\s+följande)?", re.I)
_INTRO_ONLY = re.compile(
    rf"(?:[\w\-,ÅÄÖåäö]+\s+){{0,9}}(?:{_DECIDES}|föreslår)(?:\s+(?:kommunfullmäktige|kommunstyrelsen|"
    rf"nämnden|\w+nämnden)(?:\s+besluta)?)?(?:\s+följande)?(?:\s+att)?\s*[:,]?\s*",
    re.I,
)
NO_POINT = re.compile(
    r"^\s*(?:Dnr|Diarie\w*|Datum|Handläggare|Sida|Telefon|Delegat(?:ions\w*|en)?\b|Ärende(?!t\s+[a-zåäö]+s\b)\w*|Sammanträdes\w*|"
    r"Beslutsdatum|Paragrafen\s+är"
    r"|Protokollet\s+justeras|Deltar\s+(?:ej|inte)|Beslutet\s+(?:skickas|expedieras|anmäls|är\s+fattat|kan\b.{0,40}överklagas)|Justera|Jäv|"
    r"Vid\s+protokollet|Ordförande(?!n\s+(?:i\s[^.]{3,60}?\s)?(?:beslutar|får|ges|bemyndigas)\b)|Sekreterare|Beslutsfattare|Namn|Underskrift|.{0,40}yrkar)"
)
# The name of a municipality that heads a page, where nothing else tells that it is a running line.
_PAGE_HEAD = re.compile(
    r"(?:[A-ZÅÄÖ][\w-]+ ){1,3}(?:kommun|stad)|Region [A-ZÅÄÖ]\w+(?: [A-ZÅÄÖ]\w+)?|\d{1,3}\s?\(\d{1,3}\)"
)
_DATE_AHEAD = re.compile(r"(?:den\s+)?\d{1,2}(?:[\s:]|/)|(?:19|20)\d\d\b|\d{6,8}\b")
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
    above, last, margin = "", -1, 0
    for i, span in lines:
        body = text[span.start : span.end]
        gap = last < 0 or any(gap_before(material.outline, n) for n in range(last + 1, i + 1))
        mark = _MARK.match(body)
        kind = _kind(body, mark, points, above, width, gap_before(material.outline, i))
        inner = body[mark.end() :] if mark else body
        indent = len(body) - len(body.lstrip())
        if kind == "att" and points and points[0].kind == "att" and indent > margin + 2 and above[-1:] == ",":
            kind = ""  # `att gälla fr o m 1 maj` below the text of a point, not in the column of its `att`
        elif kind and not points:
            margin = indent
        if not (kind or points) and _INTRO_ONLY.fullmatch(above) and _has_marks(text, lines, i):
            kind = "bullet" if body.lstrip()[:1].islower() else ""  # its own mark was lost
        if kind == "bullet" and not points and not _ATT.match(inner) and not _decision_like(above):
            return []
        if kind:
            start = span.start + (mark.end() if mark else len(body) - len(body.lstrip()))
            points.append(Point([Span(start, span.end)], kind, "att" if _ATT.match(text, start) else "list"))
        elif points:
            done = re.search(r"[.!?]\W*$", above) is not None
            if done and _PAGE_HEAD.fullmatch(body.strip()):
                continue
            if gap and (done or not _goes_on(above, body)):
                break
            if _INTRO_ONLY.fullmatch(body.strip()) or (done and NO_POINT.match(body)):
                break
            points[-1].pieces.append(span)
        above, last = body.rstrip(), i
    if len(points) == 1 and points[0].kind == "bullet" and points[0].rule != "att":
        return points if _is_sentence(joined(text, points[0].pieces)) else []
    return points


def _has_marks(text: str, lines: list[tuple[int, Span]], after: int) -> bool:
    """Whether points with marks follow a line."""
    return any(i > after and _MARK.match(text, span.start, span.end) for i, span in lines)


def _kind(
    body: str, mark: re.Match[str] | None, points: list[Point], above: str, width: int, gap: bool
) -> str:
    """Which mark a line opens a point with: `number`, `bullet` or `att`; empty if none or it goes on."""
    if mark is None:
        return "att" if _ATT.match(body) and _begins(above, width, not points, gap) else ""
    inner = body[mark.end() :]
    if mark.group("number"):
        return "number"
    if mark.group("plain"):
        follows = int(mark.group("plain")) == len(points) + 1 and (inner[:1].isupper() or _ATT.match(inner))
        return "number" if follows else ""
    if _DATE_AHEAD.match(inner) and above[-1:].isalnum():
        return ""  # the dash of a term whose line was broken before it
    return "" if points and points[0].kind == "number" and not _ATT.match(inner) else "bullet"


def _decision_like(above: str) -> bool:
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
    trimmed = [[_trimmed(text, piece) for piece in group] for group in pieces if group]
    points = [Point([_unmarked(text, first), *rest], "sentence", "sentence") for first, *rest in trimmed]
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
    short = len(words.split()) < 3 and not re.fullmatch(r"\w+ \w+s\.", words)  # `Dagordningen fastställs.`
    if NO_POINT.match(words) or short:
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


def _unmarked(text: str, span: Span) -> Span:
    """A sentence without the dash before it, where only some of the points have one."""
    mark = _MARK.match(text, span.start, span.end)
    return Span(mark.end(), span.end) if mark and mark.group("bullet") else span


def _trimmed(text: str, span: Span) -> Span:
    body = text[span.start : span.end]
    return Span(span.start + len(body) - len(body.lstrip()), span.start + len(body.rstrip()))


def joined(text: str, pieces: list[Span]) -> str:
    """The point as one line, words broken at a line's end made whole."""
    body = "\n".join(text[p.start : p.end].strip() for p in pieces).replace("\u00ad", "")
    body = re.sub(rf"(?<=[{LOWER}])-\n(?!(?:och|eller|samt)\b)(?=[{LOWER}])", "", body)
    body = re.sub(r"\s+", " ", body).strip()
    return re.sub(r"\s+([,.;:])", r"\1", body)
