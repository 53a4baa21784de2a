"""The body that a printed number belongs to: in its sentence, its row of a table, or heading its block."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.extract.addressees import addressee
from pipeline.extract.board_names import BOARD
from pipeline.extract.layout import plain
from pipeline.extract.lines import Line
from pipeline.extract.naming import TOWN, is_title_word, looks_like_body, one_line
from pipeline.extract.nlp import Material
from pipeline.extract.party_lines import ADDRESS, is_label, is_name_line, is_public, name_part
from pipeline.extract.party_words import SPOKEN_OF
from pipeline.extract.printed_numbers import Written, has_number, is_public_number, printed
from pipeline.extract.running_names import organisations
from pipeline.model import Span

REACH = 170  # characters before a number in which its body is named
BLOCK = 8  # lines above a number in which its block begins
MAX_NAME = 90
TRAIL = re.compile(
    r"[\s,;:(\[–—-]*(?:med\s+|har\s+|som\s+har\s+)?"
    r"(?:(?:org(?:anisations?)?|reg(?:istrerings)?)[.\s-]*(?:nr|nummer|no)\.?[\s:]*)?[\s,;:(\[*_]*$",
    re.IGNORECASE,
)
_GENITIVE = re.compile(r"\s+org(?:anisations?)?[.\s-]*(?:nr|nummer)\.?\s+är[\s:]*$", re.IGNORECASE)
_THROUGH = re.compile(
    r"[\s,]+(?:genom|via|företrädd\s+av|representerad\s+av)\s+(?:sin\s+|dess\s+)?[^,;()]*$", re.I
)
_BESIDE = re.compile(r"[,(:–-]|\b(?:org|reg)", re.I)
_POST_CODE = re.compile(r"\d{3}\s?\d{2}\s+$")
_FIELD = re.compile(
    r"^(?:\d{1,2}[.)]?\s+)?(?:(?:föreningens|organisationens)\s+)?(?:part\s+\w+|\w+)\s*:\s*", re.IGNORECASE
)
_LEGAL = re.compile(r"\W*(?:ekonomisk|ideell)\s+förening\W*", re.I)  # the end of the name above
_NUMBER = re.compile(r"\d{2}\s?[-–—]\s?\d{4}\b")

_POINTED_AT = re.compile(rf"\b{SPOKEN_OF.pattern}$", re.IGNORECASE)  # `Er förening (N)`: the one written to


@dataclass(frozen=True, slots=True)
class Owner:
    """A body's name where it stands; `beside` where it shares a sentence with its number."""

    name: str
    span: Span
    beside: bool


def owned(material: Material) -> Mapping[Span, Owner]:
    """The owners of all printed numbers that have one, by the number's place."""
    return material.once(_owned)


def _owned(material: Material) -> Mapping[Span, Owner]:
    return {one.span: body for one in material.once(printed) if (body := owner(material, one))}


def owner(material: Material, one: Written) -> Owner | None:
    """The body whose number is printed at a place, as the text ties them; None where it doesn't."""
    text, number = plain(material.text), one.span
    line = material.outline.line_at(number.start)
    cell = next((c for c in line.cells if c.start <= number.start < c.end), line.span)
    sentence = material.outline.sentence(number)
    start = max(min(cell.start, sentence.start), number.start - REACH)
    if len(line.cells) > 1:
        start = max(start, cell.start)
    before = text[start : number.start]
    if _POINTED_AT.search(TRAIL.sub("", before)):
        named = addressee(material)
        return Owner(*named, False) if named else None
    if found := _in_sentence(text, before, start):
        return found
    bare = TRAIL.sub("", before)
    if len(line.cells) > 1 and not bare.strip() and (found := _in_row(text, line, number)):
        return found
    if before.rstrip().endswith("(") or (bare.strip() and len(line.cells) == 1 and "\n" not in before):
        return None
    return _of_block(material, text, line, one)


def _in_sentence(text: str, before: str, start: int) -> Owner | None:
    """`X (N)`, `X, Storgatan 1, 123 45 Askeby, org.nr N`, `X genom sin nämnd, org.nr N`, `Xs org.nr är N`."""
    genitive = _GENITIVE.search(before)
    bare = before[: genitive.start()] if genitive else TRAIL.sub("", before)
    if not bare.strip() or not _BESIDE.search(before[len(bare) :]):
        return None
    bare = re.sub(r"\s*\([^)]*\)\s*$", "", bare.rstrip())
    while (comma := bare.rfind(",")) > 0 and _is_detail(bare[comma + 1 :]):
        bare = bare[:comma]
    if through := _THROUGH.search(bare):
        bare = bare[: through.start()]
    hit = _last_name(bare)
    if hit is None or _POST_CODE.search(bare[: hit[0]]):
        return None
    name = _nominative(text, hit[1]) if genitive else hit[1]
    return Owner(name, Span(start + hit[0], start + hit[0] + len(hit[1])), True)


def _is_detail(words: str) -> bool:
    """Whether words between commas are an address or a part of the body, and so not its name."""
    bare = words.strip()
    if ADDRESS.match(bare) or re.match(r"(?:Box|c/o)\b|\d{3}\s?\d{2}\s", bare):
        return True
    return bare[:1].islower() and not re.match(r"(?:och|samt|med)\b", bare) and is_public(bare)


def _nominative(text: str, name: str) -> str:
    """A name without the s of its genitive, where the document doesn't write the s elsewhere too."""
    short = name.rstrip(":")
    if not short.endswith("s"):
        return short
    bare = short[:-1].rstrip(":’'")
    alone = r"(?<!\w){}(?!\w)(?!\s+org)"
    kept = re.search(alone.format(re.escape(short)), text)
    return short if kept and not re.search(alone.format(re.escape(bare)), text) else bare


def _last_name(before: str) -> tuple[int, str] | None:
    """The name that ends a stretch of text."""
    end = len(before.rstrip(' \n,"”»'))
    for pattern in (TOWN, BOARD):
        at = max(0, end - MAX_NAME)
        public = next((m for m in pattern.finditer(before, at) if m.end() == end), None)
        if public and pattern is BOARD and TOWN.search(before[at : public.start()].rstrip(" ,\n")[-40:]):
            return _last_name(before[: public.start()].rstrip(" ,\n"))  # the kommun, not its nämnd
        if public:
            name = one_line(public.group())
            return public.start(), name[0].upper() + name[1:]
    for left, right, name in reversed(organisations(before)):
        if right < end:
            return None
        words = one_line(name).split()
        if len(name) > 2 and not is_title_word(words[-1]) and not re.fullmatch(r"[\d\W]+", name):
            return left, name
        return None
    return None


def _in_row(text: str, line: Line, number: Span) -> Owner | None:
    """The name in the same row of a table, in a cell before the number."""
    for cell in reversed([c for c in line.cells if c.end <= number.start]):
        words = text[cell.start : cell.end]
        bare = re.sub(r"^\s*\d{1,3}[.)]?\s+", "", words.strip("*_ "))
        if bare[:1].isupper() and len(bare) <= MAX_NAME and not is_label(bare) and not is_org_label(bare):
            at = cell.start + words.find(bare)
            return Owner(bare, Span(at, at + len(bare)), False)
    return None


def is_org_label(words: str) -> bool:
    return bool(re.match(r"(?:org(?:anisations?)?|reg)[.\s-]*n", words, re.IGNORECASE))


def _of_block(material: Material, text: str, line: Line, one: Written) -> Owner | None:
    """The name at the head of the block that a number stands in, going up within the same column.

    Of a kommun over its nämnd it is the kommun; of names that no word tells it is the topmost.
    """
    lines, at = material.outline.lines, material.outline.line_index(one.span.start)
    column = _column(text, line, one.span.start)
    best: Owner | None = None
    for above in range(at - 1, max(-1, at - BLOCK), -1):
        between = text[lines[above].span.end : lines[above + 1].span.start]
        if "\f" in between or between.count("\n") > (1 if best else 2):
            break
        if not lines[above].cells:
            continue
        cell = max(
            (c for c in lines[above].cells if _column(text, lines[above], c.start) <= column),
            default=lines[above].cells[0],
        )
        words = text[cell.start : cell.end]
        if _NUMBER.search(words) and has_number("Org.nr " + words):
            break
        found = _head(text, cell)
        if found is None or not _can_bear(found.name, one.number):
            continue
        if looks_like_body(found.name) or TOWN.fullmatch(found.name):
            return found if best is None or not is_public(best.name) or is_public(found.name) else best
        if best is None or not is_public(best.name):
            best = found
    return best


def _can_bear(name: str, number: str) -> bool:
    """Whether a number is of its body's group: a kommun bears no förening's, nor the reverse."""
    return number.startswith("202") or is_public(name) == is_public_number(number)


def _head(text: str, cell: Span) -> Owner | None:
    """The name that a cell holds alone, or after its label."""
    words = text[cell.start : cell.end]
    label = _FIELD.match(words)
    lead = label.end() if label else 0
    bare = words[lead:]
    if (
        not is_name_line(bare, unknown=True)
        or ADDRESS.match(bare.strip())
        or bare[:1].islower()
        or _LEGAL.fullmatch(bare)
    ):
        return None
    name = name_part(bare)
    if not name or bare[bare.find(name) + len(name) :].startswith("-"):
        return None
    at = cell.start + lead + max(0, bare.find(name))
    return Owner(name, Span(at, at + len(name)), False)


def _column(text: str, line: Line, position: int) -> int:
    """How many gaps between cells stand before a position of a line."""
    return len(re.findall(r"\t|\|| {3,}", text[line.span.start : position]))
