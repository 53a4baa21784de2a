"""What the document itself is: its type, title, municipality, nämnd and date, each with its rivals."""

import re
from collections.abc import Iterator
from datetime import date

from pipeline.extract.document_dates import document_dates
from pipeline.extract.document_types import guesses
from pipeline.extract.languages import foreign
from pipeline.extract.matters import matters
from pipeline.extract.nlp import Material
from pipeline.extract.public_bodies import (
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
    for told in document_dates(material, types[0].type if types else "other"):
        yield _finding(material, "document_date", told.span, told.day, told.weight, told.rule, told.cue)


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
