"""What the document itself is: its type, title, municipality, nämnd and date, each with its rivals."""

import re
from collections.abc import Iterator
from datetime import date

from pipeline.extract.dates import scan
from pipeline.extract.document_types import guesses
from pipeline.extract.languages import foreign
from pipeline.extract.layout import furniture, plain
from pipeline.extract.matters import matters
from pipeline.extract.nlp import Material
from pipeline.extract.public_bodies import (
    LETTERHEAD_LINES,
    Mention,
    board_mentions,
    municipality_mentions,
    ranked,
)
from pipeline.extract.titles import titles
from pipeline.lexicon import public_bodies
from pipeline.model import Finding, Span

KIND = "facts"
KINDS = ("document_type", "title", "municipality", "board", "document_date")

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


def find(material: Material) -> Iterator[Finding]:
    """Candidates for each of `KINDS`; of each kind the one with the highest confidence comes first.

    A document in another language than Swedish has its language among them, and minutes their matters.
    """
    types = material.once(guesses)
    language = material.once(foreign)
    if language:
        yield Finding("language", language.span, language.language, 0.9, "function_words", cue=language.cue)
    for title in material.once(titles)[:5]:
        yield _finding(material, "title", title.span, title.text, title.confidence, title.rule, "")
    for guess in types:
        yield _finding(
            material,
            "document_type",
            guess.span,
            guess.type,
            guess.confidence,
            "document_type_cues",
            guess.cue,
        )
    if not types and material.text.strip():
        yield _finding(material, "document_type", Span(0, 0), "other", 0.3, "document_type_none", "")
    if types and types[0].type == "minutes":
        for matter in material.once(matters):
            yield Finding("matter", matter.span, matter.section, 0.9, "paragraph_sign", cue=matter.section)
    yield from _municipality(material)
    yield from _names(material, "board", material.once(board_mentions))
    yield from _dates(material, types[0].type if types else "other")


def _finding(
    material: Material, kind: str, span: Span, value: str | date, confidence: float, rule: str, cue: str
) -> Finding:
    place = material.outline.topic_at(span.start)
    return Finding(kind, span, value, confidence, rule, place=place, cue=cue)


def _municipality(material: Material) -> Iterator[Finding]:
    found = list(_names(material, "municipality", material.once(municipality_mentions)))
    yield from found
    if found and found[0].confidence >= 0.6:
        return
    by_number = {number: name for name, number in public_bodies().items() if name.endswith(" kommun")}
    for match in re.finditer(r"\b(212000)\s?[-–—]\s?(\d{4})\b", material.text):
        name = by_number.get(f"{match.group(1)}-{match.group(2)}")
        if name:
            short = _short(name)
            span = Span(match.start(), match.end())
            yield _finding(
                material, "municipality", span, short, 0.6, "municipality_of_number", match.group()
            )
            return


def _short(name: str) -> str:
    """The place in a municipality's register name (`Umeå kommun`)."""
    return name.removesuffix(" kommun")


def _names(material: Material, kind: str, mentions: list[Mention]) -> Iterator[Finding]:
    order = ranked(mentions)
    if not order:
        return
    top = order[0][1]
    for name, weight, mention in order[:4]:
        share = weight / (weight + (top if weight < top else (order[1][1] if len(order) > 1 else 0)))
        strength = min(1.0, weight / 8)
        confidence = round(min(0.98, 0.3 + 0.3 * strength + 0.38 * share), 2)
        if weight < top:
            confidence = round(min(confidence, 0.45), 2)
        rule = f"{kind}_{mention.source}"
        yield _finding(material, kind, mention.span, name, confidence, rule, mention.written)


def _dates(material: Material, kind: str) -> Iterator[Finding]:
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
        yield _finding(material, "document_date", span, day, weight, rule, cue)


def signing_day(material: Material) -> date | None:
    """The day on which an agreement is signed; None where that isn't told, or several are."""
    days = {f.value for f in _dates(material, "agreement") if f.rule == "date_signature"}
    day = days.pop() if len(days) == 1 else None
    return day if isinstance(day, date) else None


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
