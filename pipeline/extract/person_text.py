"""Persons whom running text names with what they do, and heads who close a letter or report.

A title and a telephone number after a name make a contact (`Ada Lund, samordnare, 0123-45 67 89`), so does
a verb before it (`frågor besvaras av …`). A name alone over a title alone closes what stands above it.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from pipeline.extract.layout import gap_before, plain, streams
from pipeline.extract.naming import is_person, is_title_word, one_line
from pipeline.extract.nlp import Material
from pipeline.extract.people import PARTY, Human, humans
from pipeline.extract.person_places import Spot, signing_function
from pipeline.extract.public_bodies import LETTERHEAD_LINES
from pipeline.model import Span

_REACHED = re.compile(
    r"[\s,;:(]{0,4}(?:[^.\n]{0,30}?[\s,(])?(?:(?:tel|tfn|telefon|mobil|telnr)\b[.:]?\s*)?"
    r"(?:0\d{1,3}\s?[-–/]\s?\d|\+46|\S+@\S)",
    re.I,
)
_OF_PARTY = re.compile(
    r"[^.\n;]{0,45}?\s*\((?:kommunen|staden|regionen|nämnden|bolaget|stiftelsen|\w{3,}en)\)"
)
_ASKED = re.compile(
    r"\b(?:besvaras\s+av|kontakta(?:\s+gärna)?|ring(?:\s+gärna)?|hör\s+av\s+(?:er|dig)\s+till|vänd\s+(?:er|dig)\s+till|"
    r"kontaktperson\s+(?:är|hos\s+\w+\s+är)|sida\s+(?:deltar|medverkar)|representeras\s+av)\s+$",
    re.I,
)
# Who is chosen to adjust the minutes: `Till justerare utsågs Eva Ek`, `… att jämte ordföranden justera`.
_ADJUSTS = re.compile(
    r"\b(?:[Tt]ill\s+(?:justerare|justeringsperson|protokollsjusterare)\s+(?:utsågs|utses|valdes|väljs)"
    r"|(?:utsåg|utser|valde|väljer)\s+till\s+(?:protokolls)?justerare)\s+$"
)
_IS = re.compile(r"\b(?P<title>[\w-]+)\s+(?:i\s+ärendet\s+|för\s+\w+\s+)?(?:är|var|har\s+varit)\s+$", re.I)
_OTHERS_LISTS = ("toc", "attendance", "distribution")
_STREET = re.compile(r"(?:gatan|gången|vägen|torget|gränd|gränden|allén|stigen|backen|skolan|gården)$", re.I)
CLOSE = 0.35  # the part of a text before which nothing closes it


def _everybody(material: Material) -> tuple[Human, ...]:
    return tuple(humans(plain(material.text)))


def in_text(material: Material, text: str) -> Iterator[Spot]:
    """Persons whom a sentence names as contacts, case officers or heads."""
    for human in material.once(_everybody):
        before = re.sub(r"\s+", " ", text[max(0, human.span.start - 70) : human.span.start])
        if _ADJUSTS.search(before):
            yield _spot("signatory", human, 0.85, before.strip()[-30:])
        if material.outline.topic_at(human.span.start) in _OTHERS_LISTS:
            continue
        after = text[human.span.end : human.span.end + 130].replace("\n", " ")
        role = _IS.search(before)
        cue = role.group("title") if role and is_title_word(role.group("title")) else ""
        if human.title and _in_letterhead(material, text, human):
            yield _spot("responsible", human, 0.82, human.title)
        elif cue:
            yield _spot("responsible", human, 0.85, cue)
        elif _ASKED.search(before.removesuffix(f"{human.title} ") if human.title else before):
            yield _spot("contact", human, 0.88, before.strip()[-30:])
        elif not human.title and _cell_of(material, human) is not None and _REACHED.match(after[:40]):
            if material.outline.topic_at(human.span.start) == "start":  # the letterhead
                yield _spot("responsible", human, 0.8, "")
        elif human.title and human.title in one_line(after):
            rest = after.partition(human.title.split()[-1])[2]
            handles = re.search(r"handläggare:?\s*$", before, re.I)
            if _REACHED.match(rest) or _OF_PARTY.match(rest):
                yield _spot("responsible" if handles else "contact", human, 0.85, human.title)


def named(material: Material, text: str) -> Iterator[Spot]:
    """Everybody else who has a title or a party letter beside the name, or stands alone in a cell or a field.

    Whom a sentence only mentions has no function in the document.
    """
    for human in material.once(_everybody):
        if not human.sure or _STREET.search(human.name):
            continue
        if material.outline.topic_at(human.span.start) in ("toc", "distribution"):
            continue
        if human.title or PARTY.match(text, human.span.end) or _fills_a_place(material, text, human):
            yield Spot("other", human, 0.7, "person_named", "")


def _fills_a_place(material: Material, text: str, human: Human) -> bool:
    if re.search(r":\s*$", text[max(0, human.span.start - 3) : human.span.start]):
        return True
    cell = _cell_of(material, human)
    return cell is not None and cell.end <= human.span.end + 1


def _in_letterhead(material: Material, text: str, human: Human) -> bool:
    """Whether a name and a title fill a cell of the letterhead: the case officer's."""
    at = human.span.start
    if material.outline.topic_at(at) != "start" or material.outline.line_index(at) > LETTERHEAD_LINES:
        return False
    if at > 0.6 * len(text):
        return False
    cell = _cell_of(material, human)
    return cell is not None and one_line(text[human.span.end : cell.end]).strip(" ,") == human.title


def _cell_of(material: Material, human: Human) -> Span | None:
    """The cell that begins with the name."""
    at = human.span.start
    return next((cell for cell in material.outline.line_at(at).cells if cell.start == at), None)


def _spot(function: str, human: Human, confidence: float, cue: str) -> Spot:
    return Spot(function, human, confidence if human.sure else confidence - 0.15, "person_in_text", cue)


def closing(material: Material, text: str, skip: frozenset[int]) -> Iterator[Spot]:
    """A name alone over a title alone near the end: a signer, or the head who answers for a staff report."""
    topics = {section.topic for section in material.outline.sections}
    function = signing_function(material)
    if "proposal" in topics and "decision" not in topics:
        function = "responsible"
    lines = material.outline.lines
    first = material.outline.line_index(int(CLOSE * len(text)))
    for stream in streams(material.outline, first, len(lines), skip):
        for (i, name), (j, title) in pairwise(stream):
            topic = material.outline.topic_at(name.start)
            if topic in ("toc", "attendance", "contacts", "grants", "responsible") or j - i > 2:
                continue
            if topic == "distribution" and not gap_before(material.outline, i):
                continue
            for human in _over_title(text, name, title):
                yield Spot(function, human, 0.86, "person_closing", human.title)


def _over_title(text: str, name: Span, title: Span) -> Iterator[Human]:
    """The person of a cell that is a name alone, with the title that alone fills the cell below it.

    Two names whose gap was lost stand over two titles.
    """
    written, role = one_line(text[name.start : name.end]), one_line(text[title.start : title.end])
    words = role.split()
    if not words or len(words) > 6 or re.search(r"\d", role) or role.endswith("."):
        return
    roles = [k for k, word in enumerate(words) if is_title_word(word.strip(","))]
    people = list(humans(text[name.start : name.end], name.start))
    if not roles:
        return
    if len(people) == 2 and f"{people[0].name} {people[1].name}" == written:
        cut = roles[0] + 1 if len(roles) == 2 else len(words)
        parts = (" ".join(words[:cut]), " ".join(words[cut:]))
        yield from (replace(human, title=part) for human, part in zip(people, parts, strict=True))
    elif is_person(written.strip("()")):
        yield Human(written.strip("()"), role.split(",")[0], "", name, True)
