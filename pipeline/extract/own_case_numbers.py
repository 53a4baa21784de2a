"""Which of a document's diarienummer is its own: the one in its letterhead or in a paragraph's heading."""

import re
from dataclasses import dataclass

from pipeline.extract.forgiving import BENT
from pipeline.extract.nlp import Material
from pipeline.model import Span

STAFF_REPORT = re.compile(rf"tj{BENT['ä']}nsteskrivelse", re.IGNORECASE)
PARAGRAPH = re.compile(r"\W*§\s?\d+")
SMALL = re.compile(r"([A-ZÅÄÖ][a-zåäö]{1,3}) ")
# `följande avtal har slutits (diarienummer …)`, and nothing about another one in between.
THIS_AGREEMENT = re.compile(
    r"\b(?:(?:detta|följande|föreliggande)\s+\w*(?:avtal|kontrakt)|(?:denna|följande)\s+\w*överenskommelse)\b"
    r"(?:(?!avtal|kontrakt|överenskommelse|ersätter|beslut|enligt|till|ändra|förläng)[^;:])*$",
    re.IGNORECASE,
)
REACH = 160  # characters
HEAD_LINES = 14
TOP_LINES = 8
PROSE_WORDS = 4


@dataclass(frozen=True, slots=True)
class Candidate:
    """A diarienummer where it stands, with the label that announces it; `sure` is false for a form that
    other things have too."""

    span: Span
    number: str
    rule: str
    label: str
    theirs: bool
    letterhead: bool
    repaired: bool
    sure: bool = True


def own_numbers(material: Material, candidates: list[Candidate]) -> set[str]:
    """The document's own number: the labelled one in its letterhead or a paragraph's head; else the one
    alone in a cell at the top; else the one that a sentence gives this agreement; else the one beside the
    staff report in the list of documents."""
    labelled = [c for c in candidates if c.letterhead and c.label and not c.theirs]
    if labelled:
        several = len(re.findall(r"(?m)^\W*§\s?\d+", material.text)) > 1
        return {c.number for c in labelled} if several else {labelled[0].number}
    at_top = [c for c in candidates if _at_top(material, c) and not c.theirs]
    if at_top:
        return {at_top[0].number}
    if of_this := [c for c in candidates if c.label and not c.theirs and _of_this_agreement(material, c)]:
        return {of_this[0].number}
    return {c.number for c in candidates if _beside_staff_report(material, c)}


def _at_top(material: Material, candidate: Candidate) -> bool:
    """Alone in a cell of the head, or in its first lines or a paragraph's own heading, but in no sentence."""
    index = material.outline.line_index(candidate.span.start)
    if index < HEAD_LINES and _alone_in_cell(material, candidate):
        return True
    line = material.outline.line_at(candidate.span.start).span
    before = material.text[line.start : candidate.span.start]
    heads_paragraph = (
        bool(PARAGRAPH.match(before)) and not material.text[candidate.span.end : line.end].strip()
    )
    return heads_paragraph or (index < TOP_LINES and not _in_brackets(before) and not _is_sentence(before))


def _in_brackets(before: str) -> bool:
    return before.count("(") > before.count(")")


def _is_sentence(before: str) -> bool:
    return len(re.findall(r"(?<![^\W_])[a-zåäö]{2,}\b", before)) >= PROSE_WORDS


def _of_this_agreement(material: Material, candidate: Candidate) -> bool:
    """Whether a sentence says that the number is that of this agreement: `följande avtal (dnr …)`."""
    sentence = material.outline.sentence(candidate.span)
    before = material.text[max(sentence.start, candidate.span.start - REACH) : candidate.span.start]
    return bool(THIS_AGREEMENT.search(before))


def _alone_in_cell(material: Material, candidate: Candidate) -> bool:
    line = material.outline.line_at(candidate.span.start)
    cell = next((c for c in line.cells if c.start <= candidate.span.start < c.end), line.span)
    words = material.text[cell.start : cell.end].strip("*_# ")
    return len(words) <= len(candidate.number) + 8


def fills_head_cell(material: Material, span: Span, prefix: str) -> bool:
    """Whether a nämnd's number is all that a cell beside others at the top says: `KFN 07-35`."""
    if material.outline.line_index(span.start) >= TOP_LINES or not prefix.endswith(("N", "S", "F")):
        return False
    line = material.outline.line_at(span.start)
    column = len(line.cells) > 1 or (bool(line.cells) and line.cells[0].start > line.span.start)
    return len(prefix) >= 2 and column and span in line.cells


def small_prefix_of_head_cell(material: Material, span: Span) -> str:
    """The prefix, not all in capitals, of a number that fills a cell at the top or in a paragraph's heading:
    `KS § 20` beside `Ks 2020/418`."""
    line = material.outline.line_at(span.start)
    cell = next((c for c in line.cells if c.start <= span.start < c.end), line.span)
    prefix = SMALL.fullmatch(material.text, cell.start, span.start)
    headed = PARAGRAPH.search(material.text, line.span.start, cell.start)
    top = material.outline.line_index(span.start) < TOP_LINES
    return prefix[1] if prefix and cell.end == span.end and len(line.cells) > 1 and (headed or top) else ""


def _beside_staff_report(material: Material, candidate: Candidate) -> bool:
    if material.outline.topic_at(candidate.span.start) != "basis":
        return False
    item = material.outline.sentence(candidate.span)
    return bool(STAFF_REPORT.search(material.text[item.start : item.end]))
