"""What kind of paper a document is: letterhead word, title, structure and wording, each with its weight."""

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz

from pipeline.extract.layout import furniture, plain
from pipeline.extract.naming import one_line
from pipeline.extract.nlp import Material
from pipeline.extract.public_bodies import LETTERHEAD_LINES
from pipeline.extract.titles import titles
from pipeline.extract.word_lists import data_rows
from pipeline.model import Span

CLEAR = 12.0  # a sum of weights at which the type is as good as certain


@dataclass(frozen=True, slots=True)
class Cue:
    """One row of `data/document_types.tsv`."""

    type: str
    where: str
    weight: float
    pattern: re.Pattern[str]
    literal: tuple[str, ...]  # the alternatives of the pattern that are plain words


@dataclass(frozen=True, slots=True)
class Guess:
    """A type with its share of the evidence; `span` and `cue` are the strongest of it."""

    type: str
    confidence: float
    span: Span
    cue: str


@cache
def _cues() -> tuple[Cue, ...]:
    return tuple(
        Cue(
            kind,
            where,
            float(weight),
            re.compile(pattern, re.IGNORECASE | re.MULTILINE),
            tuple(word for word in re.split(r"\|(?![^(]*\))", pattern) if word.isalpha()),
        )
        for kind, where, weight, pattern in data_rows("document_types.tsv")
    )


def guesses(material: Material) -> list[Guess]:
    """The types that anything speaks for, the likeliest first; empty when nothing does."""
    named = material.once(titles)
    title, title_span = (named[0].text, named[0].span) if named else ("", Span(0, 0))
    scores: dict[str, float] = defaultdict(float)
    best: dict[str, tuple[float, Span, str]] = {}
    for kind, weight, span, cue in [
        *_heads(material),
        *_title(title, title_span),
        *_wordings(material),
        *_structure(material),
    ]:
        scores[kind] += weight
        if kind not in best or weight > best[kind][0]:
            best[kind] = (weight, span, cue)
    total = sum(scores.values())
    order = sorted(scores, key=lambda kind: -scores[kind])
    return [
        Guess(kind, _confidence(scores[kind], total), best[kind][1], best[kind][2])
        for kind in order
        if scores[kind] >= 2
    ]


def _confidence(score: float, total: float) -> float:
    return round(min(0.98, 0.35 + 0.4 * score / total + 0.25 * min(1.0, score / CLEAR)), 2)


Evidence = tuple[str, float, Span, str]


def _heads(material: Material) -> list[Evidence]:
    """Cells of the letterhead and running lines that are a word for the kind of paper."""
    text = plain(material.text)
    lines = material.outline.lines
    edges = sorted(furniture(material.outline) | set(range(min(LETTERHEAD_LINES, len(lines)))))
    found: dict[tuple[str, str], Evidence] = {}
    for i in edges:
        for cell in lines[i].cells:
            words = re.sub(r"[\d()§/.:,-]+|\bsida\b", " ", text[cell.start : cell.end].lower())
            words = " ".join(words.split()).strip(" #|*")
            for cue in _cues():
                if cue.where == "head" and words and _is_head(cue, words):
                    found.setdefault((cue.type, words), (cue.type, cue.weight, cell, words))
    return list(found.values())


def _is_head(cue: Cue, words: str) -> bool:
    if cue.pattern.fullmatch(words):
        return True
    if cue.weight < 7 or len(words) < 8:
        return False
    return any(fuzz.ratio(words, word) >= 88 for word in cue.literal)


def _title(title: str, span: Span) -> list[Evidence]:
    words = one_line(title).lower()
    found = []
    for cue in _cues():
        match = cue.pattern.search(words) if cue.where == "title" else None
        if match:
            found.append((cue.type, cue.weight, span, match.group()))
    # A title about an agreement that is extended or followed up is that of another paper about it.
    return found


def _wordings(material: Material) -> list[Evidence]:
    text = plain(material.text)
    found = []
    for cue in _cues():
        match = cue.pattern.search(text) if cue.where == "text" else None
        if match:
            found.append((cue.type, cue.weight, Span(match.start(), match.end()), one_line(match.group())))
    return found


def _structure(material: Material) -> list[Evidence]:
    """What the headings tell together."""
    sections = material.outline.sections
    first = {section.topic: section for section in reversed(sections)}
    found: list[Evidence] = []

    def say(kind: str, weight: float, topic: str) -> None:
        found.append((kind, weight, first[topic].span, first[topic].heading))

    if "proposal" in first:
        say("staff_report", 7.0 if "decision" not in first else 3.0, "proposal")
    if "responsible" in first and "proposal" in first:
        say("staff_report", 2.0, "responsible")
    if "decision" in first and "motions" in first:
        say("minutes", 5.0, "motions")
    if "attendance" in first:
        say("minutes", 3.0, "attendance")
    if "decision" in first and "proposal" not in first:
        say("decision", 3.0, "decision")
    if "decision" in first and "appeal" in first:
        say("decision", 4.0, "appeal")
    if "parties" in first and "decision" not in first and "proposal" not in first:
        say("agreement", 4.0, "parties")
    if "term" in first and "signatures" in first:
        say("agreement", 5.0, "term")
    elif "term" in first and "cancellation" in first:
        say("agreement", 4.0, "term")
    elif "signatures" in first and "parties" in first:
        say("agreement", 3.0, "signatures")
    if "application" in first and "decision" not in first:
        say("application", 4.0, "application")
    if "followup" in first and "budget" in first and "term" not in first:
        say("report", 2.0, "budget")
    return found
