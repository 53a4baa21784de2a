"""Where decision points begin that no heading opens: a form's row, `Nämnden beslutar …`, a plain sentence.

Each stretch of text that may hold points comes with its status and with the wording that leads to it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.extract.decision_lists import BODY, INTRO
from pipeline.extract.document_types import guesses
from pipeline.extract.headings import bare
from pipeline.extract.layout import furniture, plain
from pipeline.extract.lines import Line
from pipeline.extract.nlp import Material
from pipeline.model import Span

_INLINE = re.compile(r"^[^\w\n]*(?P<kind>Beslut|Förslag\s+till\s+beslut)\W*:\W*(?=\w)", re.M)
_FOLLOWING = re.compile(r"följande\s+beslut$", re.I)  # a list comes, whatever ends the line
# A notice of what a board decided: `Enligt nämndens beslut 1994-03-02 utgår bidrag enligt nedan.`
_TITLED = re.compile(r"^\W*(?:meddelande\s+om\s+)?beslut\b[^.\n]{0,90}$", re.I | re.M)
_NOTICE = re.compile(
    r"(?<=\n)\s*Enligt\s+[\w, -]{0,50}?(?:nämndens|styrelsens|utskottets|fullmäktiges)\s+beslut\b"
    r"[^.:;]{0,60}?\s(?:utgår|utbetalas|beviljas|tilldelas|lämnas|erhåller|fördelas)\b"
)
_TITLE_REACH = 600  # characters at the head of a paper among which its title stands
# `Nämnden har vid sammanträde 1998-02-04, § 7, beslutat`, and below it the list of what: att-satser.
_IN_LINE = r"(?:(?!\n\s*\n|\batt\b)[^.:;])"
_OVER_LIST = re.compile(
    rf"{BODY}(?!\w){_IN_LINE}{{0,110}}?\s(?P<verb>besluta[rt]?|beslutade|beslöt)\b{_IN_LINE}{{0,110}}?"
    r"\s*:?[^\S\n]*\n\s*(?:(?:[-–—•*]|\d{1,2}[.)]?|[a-z]\))\s+)?(?=att\b)",
    re.I,
)
_PAST = re.compile(r"besluta(?:de|t)$|beslöt$", re.I)
_DATED = re.compile(r"\d{4}|§")
# What a decision without a list says, and which a title above it may say as well.
_PERFORMS = re.compile(
    rf"(?:(?-i:[A-ZÅÄÖ])[\w-]+\s+)?{BODY}(?:\s+[\wåäö]+){{0,2}}?\s+"
    r"(?:beviljar|tilldelar|avslår|bifaller|godkänner|upplåter|återkräver|återkallar|upphäver|anvisar)\b",
    re.I,
)
_PERFORMED = re.compile(r"\b(?:beviljas|tilldelas|avslås|bifalls|bifalles|återkrävs|återkallas)\b")
# A sentence about what happens to those who get something isn't the one that gives it.
_SUPPOSED = re.compile(
    r"\b(?:som|om|när|ifall|ska|skall|kan|får|bör|kommer|skulle|hade?|blev|har|inte|ej|för att|innan)\b", re.I
)
_ROW_LABEL = re.compile(r"(?P<kind>(?:Delegations)?beslut|Förslag\s+till\s+beslut)", re.I)
NEAR = 30  # characters behind a verb among which the day of an earlier decision stands
COLUMN = 8  # blanks before the column of a form's values
# Where others speak than who decides. Any other topic may be the subject that the matter's own title names.
ELSEWHERE = ("motions", "hearing", "basis", "appeal", "attendance", "distribution", "attachment", "toc")

Rank = tuple[bool, int]  # whether it tells of an earlier decision, and where it stands


@dataclass(frozen=True, slots=True)
class Lead:
    """A stretch of text that may hold decision points; `cue` is the wording that leads to it."""

    status: str
    cue: str
    spans: tuple[Span, ...]


def form_rows(material: Material) -> tuple[Lead, ...]:
    """What stands beside `Beslut` in a form, down its column: no heading, for the line goes on."""
    outline, text = material.outline, material.text
    skip = furniture(outline)
    found = []
    for i, line in enumerate(outline.lines):
        label = _row_label(text, line) if i not in skip else None
        if label is None:
            continue
        spans = [Span(line.cells[1].start, line.span.end)]
        column = line.cells[1].start - line.span.start
        for j in range(i + 1, len(outline.lines)):
            if j in skip:
                continue
            if not _in_column(text, outline.lines[j], column):
                break
            spans.append(outline.lines[j].span)
        status = "decided" if label.lower().endswith("beslut") and " " not in label else "proposed"
        found.append(Lead(status, label, tuple(spans)))
    return tuple(found)


def _row_label(text: str, line: Line) -> str | None:
    if len(line.cells) != 2:
        return None
    label = _ROW_LABEL.fullmatch(bare(text[line.cells[0].start : line.cells[0].end]))
    value = text[line.cells[1].start : line.cells[1].end]
    says = (value[:1].isupper() or value.startswith("att ")) and len(value.split()) > 2
    return " ".join(label.group().split()) if label and says else None


def _in_column(text: str, line: Line, column: int) -> bool:
    """Whether a line goes on in the column of the values: none stands in the margin where the labels do."""
    lead = text[line.span.start : line.cells[0].start] if line.cells else ""
    return "\t" in lead or len(lead) >= max(COLUMN, column - 2)


def leads(material: Material, zone: Span) -> Iterator[Lead]:
    """The stretches of `zone` that may hold the points, the likeliest first."""
    text = plain(material.text)
    yield from (row for row in material.once(form_rows) if row.spans[0] in zone)
    for match in _INLINE.finditer(text, zone.start, zone.end):
        end = re.search(r"\n\s*\n|\Z", text[match.end() : zone.end])
        status = "decided" if match.group("kind") == "Beslut" else "proposed"
        region = Span(match.end(), match.end() + (end.start() if end else 0))
        yield Lead(status, match.group("kind"), (region,))
    told = [*_over_lists(material, text, zone), *_introduced(material, text, zone)]
    yield from (lead for _, lead in sorted(told, key=lambda ranked: ranked[0]))
    yield from _noticed(material, text, zone)
    yield from _performed(material, text, zone)


def _introduced(material: Material, text: str, zone: Span) -> Iterator[tuple[Rank, Lead]]:
    """`Nämnden beslutar att …`: the sentence, or the list that follows."""
    for match in INTRO.finditer(text, zone.start, zone.end):
        if not _opens(material, text, match):
            continue
        after = re.match(r"\s*(?:att\s*)?:?\s*\n", text[match.end() :]) or (
            _FOLLOWING.search(match.group()) and re.match(r"[^\n.:]{0,40}[.:]\n", text[match.end() :])
        )
        section = material.outline.section_at(match.start())
        sentence = material.outline.sentence(Span(match.start(), match.end()))
        region = Span(match.end(), min(section.span.end, zone.end)) if after else sentence
        dated = text[match.end() : match.end() + NEAR].split("\n")[0]
        rank = _is_history(match.group(), dated), match.start()
        yield rank, Lead(_status(match.group()), match.group(), (region,))


def _over_lists(material: Material, text: str, zone: Span) -> Iterator[tuple[Rank, Lead]]:
    """Who decides and how (`… efter votering`) in the lines above a list."""
    for match in _OVER_LIST.finditer(text, zone.start, zone.end):
        if not _opens(material, text, match):
            continue
        section = material.outline.section_at(match.end() - 1)
        cue = " ".join(match.group().split())
        region = Span(match.end(), min(section.span.end, zone.end))
        rank = _is_history(text[match.start() : match.end("verb")], cue), match.start()
        yield rank, Lead(_status(cue), cue, (region,))


def _is_history(verb: str, beside: str) -> bool:
    """Whether a day or paragraph beside a verb of the past tells that it speaks of an earlier decision."""
    return bool(_PAST.search(verb) and _DATED.search(beside))


def _opens(material: Material, text: str, match: re.Match[str]) -> bool:
    """Whether the wording begins a sentence, in a place where decisions may stand."""
    sentence = material.outline.sentence(Span(match.start(), match.start() + 1))
    begins = len(text[sentence.start : match.start()].split()) <= 5
    place = material.outline.topic_at(match.start())
    return begins and place not in ELSEWHERE and text[match.start() : match.start() + 1].isupper()


def _status(words: str) -> str:
    return "proposed" if re.search(r"föreslå", words, re.I) else "decided"


def _noticed(material: Material, text: str, zone: Span) -> Iterator[Lead]:
    notice = _NOTICE.search(text, zone.start, zone.end) if _TITLED.search(text[:_TITLE_REACH]) else None
    if notice and material.outline.topic_at(notice.end() - 1) in ("start", "other"):
        yield Lead("decided", "beslut", (material.outline.sentence(Span(notice.end() - 1, notice.end())),))


def _performed(material: Material, text: str, zone: Span) -> Iterator[Lead]:
    """A decision that is one sentence: `Kulturnämnden beviljar …`, `Föreningen Ljuset beviljas …`."""
    types = material.once(guesses)
    if not types or types[0].type != "decision":
        return
    for pattern in (_PERFORMS, _PERFORMED):
        for match in pattern.finditer(text, zone.start, zone.end):
            sentence = material.outline.sentence(Span(match.end() - 1, match.end()))
            before = text[sentence.start : match.end()]
            place = material.outline.topic_at(match.end() - 1)
            whole = text[sentence.start : sentence.end]
            told = place in ("start", "other") and before[:1].isupper() and not _SUPPOSED.search(before)
            if told and whole.endswith(".") and re.search(r"\d", whole):
                yield Lead("decided", match.group(), (sentence,))
