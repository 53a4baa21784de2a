"""The document's own date: the day of a meeting, a signature or a letterhead, never a stamp's."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from pipeline.extract.dates import scan
from pipeline.extract.layout import furniture, plain
from pipeline.extract.nlp import Material
from pipeline.extract.public_bodies import LETTERHEAD_LINES
from pipeline.model import Span

_STAMP = re.compile(
    r"\b(?:inkom|ink\.|ankom|mottag(?:et|en)|registrerad|diarieförd|anslag\w*|sätts upp|tas ned|"
    r"justerat|skickas senast)\b",
    re.I,
)
_MEETING = re.compile(r"\b(?:sammanträdesdatum|mötesdatum|sammanträde(?:t)?|möte|protokoll fört)\b", re.I)
_PARTS = re.compile(r"\s[·•|]\s")
_ISSUED = re.compile(
    r"\b(?:datum|beslutsdatum|upprättad|daterad|handlingens datum|skrivelsens datum|den)\b\s*:?\s*$", re.I
)


@dataclass(frozen=True, slots=True)
class TellingDay:
    """A day that may be the document's own; `cue` is the wording that says so."""

    span: Span
    day: date
    weight: float
    rule: str
    cue: str


def document_dates(material: Material, kind: str) -> Iterator[TellingDay]:
    """The days that may be the document's own, the likeliest first, for a document of a type."""
    text = plain(material.text)
    candidates: list[tuple[float, Span, date, str, str]] = []
    edges = furniture(material.outline) | frozenset(
        range(min(LETTERHEAD_LINES + 4, len(material.outline.lines)))
    )
    for written in scan(text):
        if written.form in ("year",) or written.day is None or written.year is None or written.month is None:
            continue
        scored = _date_weight(material, text, written.span, kind, edges)
        if scored:
            weight, rule, cue = scored
            candidates.append((weight, written.span, written.first(), rule, cue))
    best: dict[date, tuple[float, Span, str, str]] = {}
    for weight, span, day, rule, cue in candidates:
        if day not in best or weight > best[day][0]:
            best[day] = (weight, span, rule, cue)
    for day, (weight, span, rule, cue) in sorted(best.items(), key=lambda b: (-b[1][0], b[1][1].start))[:4]:
        yield TellingDay(span, day, weight, rule, cue)


def signing_day(material: Material) -> date | None:
    """The day on which an agreement is signed; None where that isn't told, or several are."""
    days = {told.day for told in document_dates(material, "agreement") if told.rule == "date_signature"}
    return days.pop() if len(days) == 1 else None


def _date_weight(
    material: Material, text: str, span: Span, kind: str, edges: frozenset[int]
) -> tuple[float, str, str] | None:
    """How surely a day is the document's own, by which rule, and the wording that says so."""
    outline = material.outline
    line = outline.line_at(span.start)
    before = text[line.span.start : span.start]
    whole = text[line.span.start : line.span.end]
    cell = next((c for c in line.cells if c.start <= span.start < c.end), line.span)
    cell = _part(text, cell, span)
    in_cell = text[cell.start : span.start]
    if _STAMP.search(before[-60:]) or re.search(
        r"\b(?:daterad|av den|senast|före|från och med|till och med|t\.o\.m|fr\.o\.m|inkom\w*)\b",
        in_cell,
        re.I,
    ):
        return None
    if re.match(r"\s*(?:[-–—]|till\b|t\.?o\.?m)\s*\d", text[span.end : span.end + 12]) or re.search(
        r"\d\s*[-–—]\s*$", text[max(0, span.start - 4) : span.start]
    ):
        return None
    near = text[max(0, span.start - 60) : span.start]
    edge = outline.line_index(span.start) in edges
    if kind == "minutes" and (_MEETING.search(near) or (edge and _alone(text, cell, span))):
        return (
            (0.95, "date_meeting", near.strip()) if _MEETING.search(near) else (0.75, "date_letterhead", "")
        )
    if _signature_date(text, cell, span):
        if kind in ("agreement", "application", "report"):
            return 0.93, "date_signature", text[cell.start : span.start].strip()
        if kind != "decision" or outline.topic_at(span.start) in ("basis", "background", "distribution"):
            return None
        return 0.5, "date_signature", text[cell.start : span.start].strip()
    if edge and (
        _ISSUED.search(in_cell)
        or re.search(r"\b(?:datum|beslutsdatum)\b", text[max(0, span.start - 90) : span.start], re.I)
    ):
        return (0.92 if kind not in ("agreement", "application") else 0.6), "date_letterhead", in_cell.strip()
    if edge and _alone(text, cell, span):
        return (
            (0.88 if kind not in ("agreement", "application") else 0.55),
            "date_letterhead",
            whole.strip()[:40],
        )
    return None


def _part(text: str, cell: Span, span: Span) -> Span:
    """The part of a cell that dots or bars set off: `Orrvikens kommun · Dnr HN 2010-4 · 30 maj 2010`."""
    before = max((m.end() for m in _PARTS.finditer(text, cell.start, span.start)), default=cell.start)
    after = _PARTS.search(text, span.end, cell.end)
    return Span(before, after.start() if after else cell.end)


def _alone(text: str, cell: Span, span: Span) -> bool:
    """Whether a date fills its cell, but for a word or two before it."""
    lead = text[cell.start : span.start].split()
    if lead and (lead[0].islower() and lead[0] not in ("den", "datum")):
        return False
    return len(lead) <= 2 and len(text[span.end : cell.end].strip(" .")) < 4


def _signature_date(text: str, cell: Span, span: Span) -> bool:
    """`Norrby den 3 maj 2024`: a place before the day, nothing after it."""
    lead = text[cell.start : span.start].strip()
    if lead[:1].islower():
        return False
    place = re.fullmatch(
        r"(?:Ort och datum|Datum och ort|Ort|Datum)?\s*:?\s*(?:[A-ZÅÄÖ][\w-]+(?: "
        r"[A-ZÅÄÖ][\w-]+){0,2})\s*,?\s*(?:den|datum|\d{1,2}/)?\s*:?",
        lead,
    )
    noun = re.match(
        r"(?:Datum|Sammanträd|Beslut|Dnr|Version|Sida|Diarie|Anslag|Uppdat|Avtal|Avtalet|Period|Tid|"
        r"Utskrif|Giltig|Träder|Fastställd|Antagen)",
        lead,
    )
    rest = text[span.end : cell.end].strip(" .")
    other = re.match(r"[A-ZÅÄÖ][\w-]+(?: [A-ZÅÄÖ][\w-]+)?,?\s+(?:den\s+)?\d", rest)
    return bool(place) and not noun and (len(rest) < 4 or bool(other))
