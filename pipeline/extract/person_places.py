"""Persons whose function is told by where they stand: signature blocks, distribution lists, motions."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipeline.extract.document_types import guesses
from pipeline.extract.layout import furniture, streams
from pipeline.extract.naming import PERSON, is_person, is_title_word, looks_like_body, one_line
from pipeline.extract.nlp import Material
from pipeline.extract.outline import Section
from pipeline.extract.party_lines import is_name_line, is_public, name_part
from pipeline.extract.people import PARTY, Human, humans
from pipeline.model import Span

_RULE_LINE = re.compile(r"^[\s._–—…-]{6,}$|_{6,}|\.{8,}|…{3,}")
_RULED = re.compile(r"^\s*(?:[._–—-]{10,}|…{3,})", re.M)
_PLACE_AND_DAY = re.compile(
    r"[.\s]*[A-ZÅÄÖ][\w-]+(?: [A-ZÅÄÖ][\w-]+)?,?\s+(?:den\s+)?\d{1,4}[\s\w./:-]{2,20}"
)
# What says that signatures follow, alone on its line or with a day.
_SIGNED = re.compile(
    r"(?:justeras?|justerat|vid protokollet|underskrift(?:er)?|undertecknas|signeras)\W*"
    r"|(?:under(?:tecknat|skrivet)|signerat|ort och datum|datum)\W+"
    r"(?:[A-ZÅÄÖ][\w-]+(?: [A-ZÅÄÖ][\w-]+)?,?\s+)?(?:den\s+)?\d{1,4}[\s\w./:-]{2,20}",
    re.I,
)
HEAD = 0.3  # the part of a text in which a day is the letterhead's
_HANDLES = re.compile(r"(?:\w+-?)?(?:handläggare|utredare)\b", re.I)
_LOWER_NEXT = re.compile(r"[ \u00a0]+[a-zåäö]")
_FOR = re.compile(r"^\s*(?:För|På)\s+(?P<who>.+?)(?:s\s+vägnar|\s+vägnar)?\s*$")
_SECTIONS = {
    "distribution": "recipient",
    "responsible": "responsible",
    "contacts": "contact",
    "attendance": "other",
}


@dataclass(frozen=True, slots=True)
class Spot:
    """A person found in a place, with the function that the place gives."""

    function: str
    human: Human
    confidence: float
    rule: str
    cue: str


def places(material: Material, text: str) -> Iterator[Spot]:
    """Persons in sections of their own, in signature blocks, and in the address blocks of parties."""
    skip = furniture(material.outline)
    for section in material.outline.sections:
        function = _SECTIONS.get(section.topic)
        if function:
            yield from _section(material, text, section, function, skip)
        if section.topic == "parties" and not _is_late(material, section):
            yield from _party_persons(material, text, section, skip)
    yield from _signatures(material, text, skip)


def _section(
    material: Material, text: str, section: Section, function: str, skip: frozenset[int]
) -> Iterator[Spot]:
    """Each line of the section that names a person; running text in it names nobody."""
    first, last = (
        material.outline.line_index(section.span.start),
        material.outline.line_index(max(section.span.start, section.span.end - 1)) + 1,
    )
    budget = 14
    for stream in streams(material.outline, first, last, skip):
        for k, (i, cell) in enumerate(stream):
            body = text[cell.start : cell.end]
            if (
                len(body) > 130
                or budget == 0
                or (i == first and k == 0 and last - first > 1 and not re.search(r":\s*\S", body))
            ):
                continue
            if function == "responsible" and re.search(r"[.]\s*$", body) and len(body) > 60:
                return
            if _RULE_LINE.search(body) and not re.search(r"[^\W_]{3}", body):
                return  # a signature follows the list
            for human in _with_next_line(material, text, stream, k):
                if function == "recipient" and not human.sure and not _alone(body, human):
                    continue
                budget -= 1
                yield Spot(
                    function, human, 0.9 if human.sure else 0.7, f"person_{section.topic}", section.heading
                )


def _alone(body: str, human: Human) -> bool:
    return one_line(body).startswith(human.name)


def _with_next_line(
    material: Material, text: str, stream: list[tuple[int, Span]], k: int, names_body: bool = False
) -> Iterator[Human]:
    """The persons of a line, their titles read on the line below where the line is a name alone; a third line
    may name the body that they sign for."""
    _, cell = stream[k]
    body = text[cell.start : cell.end]
    bare = one_line(re.sub(r"\([^)]*\)", "", body))
    below = text[stream[k + 1][1].start : stream[k + 1][1].end] if k + 1 < len(stream) else ""
    if below and (is_person(bare) or body.rstrip().endswith(",") or re.match(r"[a-zåäö]", below)):
        more = text[stream[k + 2][1].start : stream[k + 2][1].end] if k + 2 < len(stream) else ""
        stretch = f"{body}\n{below}" + (
            f"\n{more}" if more and (_is_tail(below, more) or (names_body and _names_body(more))) else ""
        )
    else:
        stretch = body
    for human in humans(stretch, cell.start):
        if human.span.start < cell.end:
            yield human


def _is_tail(below: str, more: str) -> bool:
    """Whether a third line finishes the organisation that the second one began."""
    return not PERSON.match(more) and len(more) < 40 and "," in below and not re.search(r"\d", more)


def _party_persons(material: Material, text: str, section: Section, skip: frozenset[int]) -> Iterator[Spot]:
    """Somebody with a title on a line of a party's block, though no label says so."""
    first, last = (
        material.outline.line_index(section.span.start),
        material.outline.line_index(max(section.span.start, section.span.end - 1)) + 1,
    )
    for stream in streams(material.outline, first, last, skip):
        for k, (_, cell) in enumerate(stream):
            body = text[cell.start : cell.end]
            if len(body) > 110 or (re.search(r"\.\s*$", body) and len(body) > 70):
                continue
            for human in _with_next_line(material, text, stream, k):
                if human.title and _alone(body, human):
                    yield Spot("contact", human, 0.74, "person_party_block", section.heading)


def _is_late(material: Material, section: Section) -> bool:
    """Whether a section named by a party's role is where it signs: late, over a rule or the second such."""
    first = next(s for s in material.outline.sections if s.topic == "parties")
    part = section.span.start / len(material.text)
    ruled = _RULED.search(material.text, section.span.start, section.span.end)
    return (part > 0.5 and ruled is not None) or (section != first and part > 0.7)


def _signatures(material: Material, text: str, skip: frozenset[int]) -> Iterator[Spot]:
    """Names under rules or under `För X`, in a section of signatures or at the end of the text."""
    outline = material.outline
    for section in outline.sections:
        first, last = (
            outline.line_index(section.span.start),
            outline.line_index(max(section.span.start, section.span.end - 1)) + 1,
        )
        signed = section.topic in ("signatures", "parties")
        early = section.topic == "parties" and not _is_late(material, section)
        if early or section.topic in ("toc", "motions", "attendance", "grants"):
            continue
        listed = section.topic in ("distribution", "contacts")
        for stream in streams(outline, first, last, skip):
            begun = _begun(material, text, stream[0][0], listed) if stream else (0, False)
            yield from _signed(material, text, stream, signed, section, begun, listed)


def _begun(material: Material, text: str, first: int, listed: bool) -> tuple[int, bool]:
    """How many lines of a signature are still to come at a line, and whether only a day says so."""
    lines = material.outline.lines
    for i in range(max(0, first - 3), first):
        body = text[lines[i].span.start : lines[i].span.end].strip()
        if _opens_signature(text, lines[i].span, body):
            return 6, False
        if _PLACE_AND_DAY.fullmatch(body) and not listed:
            return 6, True
    return 0, False


def _opens_signature(text: str, place: Span, body: str) -> bool:
    """Whether a line says that signatures follow; the day of a letterhead doesn't."""
    return place.start > HEAD * len(text) and bool(_SIGNED.fullmatch(body))


def _signed(
    material: Material,
    text: str,
    stream: list[tuple[int, Span]],
    signed: bool,
    section: Section,
    begun: tuple[int, bool],
    listed: bool,
) -> Iterator[Spot]:
    bodies: list[str] = []
    signed_since, below = 0, ""
    armed, dated = begun  # `dated`: only a place and a day speak for a signature here
    function = signing_function(material)
    for k, (_, cell) in enumerate(stream):
        body = text[cell.start : cell.end]
        who = _FOR.match(body)
        if (
            who
            and len(body) < 100
            and (
                is_name_line(who.group("who"))
                or re.search(r"nämnd|styrelse|kommun|förening|bolag|region|stad\b", body)
            )
        ):
            if signed_since:
                bodies, signed_since = [], 0
            bodies.append(name_part(who.group("who")))
            armed, dated = 7, False
            continue
        if _PLACE_AND_DAY.fullmatch(body.strip()) and not listed:
            armed = max(armed, 6)
            dated = True
        if _opens_signature(text, cell, body.strip()):
            armed, dated = max(armed, 6), False
        if _RULE_LINE.search(body) and len(re.sub(r"[\W_]", "", body)) < 30:
            armed, dated = max(armed, 4), False
        if not (armed or signed):
            continue
        armed = max(0, armed - 1)
        if _names_body(body) and name_part(body) == below:
            continue  # said of the signer above
        if _names_body(body):
            bodies, signed_since = [*(bodies if not signed_since else []), name_part(body)], 0
            continue
        if len(body) > 110 or (len(body.split()) > 10 and body.rstrip().endswith(".")):
            continue
        led = bool(bodies) and not signed_since  # the body stands above its signer
        for human in _with_next_line(material, text, stream, k, names_body=not led):
            if not _opens_line(text, cell, human) or (dated and not signed and not human.sure):
                continue
            if not human.sure and _LOWER_NEXT.match(text, human.span.end):
                continue  # capitals that begin a phrase: `Slåtter Ekebergs ängar`
            body_of = bodies[min(signed_since, len(bodies) - 1)] if bodies else ""
            signed_since += 1
            below = human.organisation
            organisation = human.organisation or (body_of if _is_full(body_of) else "")
            yield Spot(
                "responsible" if _HANDLES.match(human.title) else function,
                replace(human, organisation=organisation),
                0.9 if human.sure else 0.75,
                "person_signature",
                body_of or section.heading,
            )


def signing_function(material: Material) -> str:
    """What those are who sign: the heads named under a staff report answer for it, others sign."""
    types = material.once(guesses)
    return "responsible" if types and types[0].type == "staff_report" else "signatory"


def _names_body(body: str) -> bool:
    """Whether a cell of a signature block is the name of the body that somebody signs for."""
    bare = body.strip()
    return len(bare) < 90 and (looks_like_body(bare) or is_public(bare)) and is_name_line(bare)


def _is_full(name: str) -> bool:
    return len(name.split()) > 1 or bool(re.search(r"nämnden|styrelsen", name))


def _opens_line(text: str, cell: Span, human: Human) -> bool:
    """Whether nothing but a title stands before the name in its cell."""
    lead = text[cell.start : human.span.start].strip(" ,:._–-…•|\n")
    return not lead or all(
        is_title_word(w)
        or w.lower() in ("och", "tf", "tf.", "vice", "namn:", "namnförtydligande:", "för", "t.f.")
        or w[0] in "("
        or w.endswith("-")
        for w in lead.split()
    )


_MOVES = re.compile(
    r"(?:yrkar|yrkade|reserverar|reserverade|anmäler\s+jäv|deltar\s+(?:inte|ej)|föreslår|lämnar|"
    r"tillstyrker|instämmer|bifaller|meddelar|avstår|begär)\b"
)


def motions(material: Material, text: str) -> Iterator[Spot]:
    """`Eva Ek (M) yrkar …`, `Love Ekdal (V) och Samira Diallo (S) yrkar …`: members who act in the "
    "meeting."""
    for move in _MOVES.finditer(text):
        start = max(0, move.start() - 260)
        lead = text[start : move.start()]
        cut = max(lead.rfind(". "), lead.rfind(".\n"), lead.rfind("\n\n"), lead.rfind(":\n"))
        lead_start = start + (cut + 1 if cut >= 0 else 0)
        for match in PERSON.finditer(text, lead_start, move.start()):
            letters = PARTY.match(text, match.end())
            named = re.sub(r"^.*\n\s*", "", match.group(), flags=re.S) if "\n" in match.group() else ""
            whole = named if is_person(named) else match.group()
            if not letters or not is_person(whole):
                continue
            between = text[letters.end() : move.start()]
            if re.search(r"\b(?:mot|att|till)\b", between):
                continue
            human = Human(one_line(whole), "", "", Span(match.end() - len(whole), match.end()), True)
            yield Spot("other", human, 0.9, "person_motion", one_line(move.group()))
