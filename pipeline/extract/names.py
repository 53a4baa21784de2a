"""The name of the body that stands before something in running text, or at the head of its block.

Good enough to tie a number or a sum to whom it belongs; the parties of a document are found elsewhere.
"""

import re
from functools import cache

from pipeline.extract.lines import Line
from pipeline.extract.nlp import Material
from pipeline.extract.word_lists import words_of
from pipeline.model import Span

LABEL = re.compile(
    r"^(?:\d{1,2}[.)]?\s+)?(?:föreningens\s+|organisationens\s+)?(?:\w+)\s*:\s*", re.IGNORECASE
)
TRAIL = re.compile(
    r"[\s,;:(\[–—-]*(?:med\s+)?(?:org(?:anisations?)?[.\s-]*(?:nr|nummer|no)\.?[\s:]*)?[\s,;:(\[*_]*$",
    re.IGNORECASE,
)
NUMBER_LINE = re.compile(r"\d{2}\s?[-–—]\s?\d{4}\b")
MAX_NAME = 90
BODY = re.compile(
    r"\b(?:AB|HB|KB|kommun|stad|region|landsting|förening\w*|stiftelse\w*|församling\w*|förbund\w*|samfund\w*"
    r"|nämnd\w*|\w+nämnden|\w+förvaltningen|\w+förening|\w+församling\w*|\w+förbund\w*"
    r"|klubb\w*|\w+klubb|armén|bolag)\b"
    r"|^(?:Region|Stiftelsen|Föreningen|Studieförbundet)\b",
    re.IGNORECASE,
)


@cache
def _words(use: str) -> frozenset[str]:
    """Small words that a name may hold (`inside`), and words that are no name (`never`)."""
    return frozenset(words_of("name_words.tsv", use))


def body_of(material: Material, span: Span) -> str:
    """The body whose number stands at `span`, as the text ties them; empty when it doesn't."""
    line = material.outline.line_at(span.start)
    cell = next((c for c in line.cells if c.start <= span.start < c.end), line.span)
    on_line = material.text[cell.start : span.start]
    if TRAIL.sub("", on_line).strip():
        return _name_before(material, span, cell.start if len(line.cells) > 1 else line.span.start)
    if len(line.cells) > 1 and (name := _row_name(material, span)):
        return name
    if on_line.strip("* ") and not on_line.rstrip().endswith("(") and line.span.start > 0:
        return body_in_block(material, span)
    bracketed = on_line.rstrip().endswith("(")
    return _name_before(material, span, cell.start) or ("" if bracketed else body_in_block(material, span))


def _name_before(material: Material, span: Span, cell_start: int) -> str:
    """The name that a number follows in running text: `X (802438-1355)`, `X, org.nr 802438-1355`."""
    sentence = material.outline.sentence(span)
    start = min(sentence.start, cell_start)
    before = material.text[max(start, span.start - 2 * MAX_NAME) : span.start]
    bare = TRAIL.sub("", before)
    if not bare or (bare == before.rstrip() and not before.rstrip().endswith(("(", ","))):
        return ""
    name = name_at_end(bare)
    return name if BODY.search(name) or " " in name else _first_of_list(bare) or name


def _first_of_list(before: str) -> str:
    """The body that opens an enumeration: `Askeby kommun, nämnden för äldre, org.nr …`."""
    head = re.split(r",|[·•»«+]| - ", before.split("\n\n")[-1].lstrip("•»«*–- "))[0].strip()
    return head if BODY.search(head) and len(head.split()) <= 7 and head[:1].isupper() else ""


def body_in_block(material: Material, span: Span) -> str:
    """The first line of the party block that a number stands in, going up within the same column."""
    lines, text = material.outline.lines, material.text
    index = material.outline.line_index(span.start)
    column = _column(text, lines[index], span.start)
    best = ""
    for above in range(index - 1, max(-1, index - 8), -1):
        line = lines[above]
        between = text[line.span.end : lines[above + 1].span.start]
        if "\f" in between or between.count("\n") > 2:
            break
        cells = line.cells
        if not cells:
            break
        cell = max((c for c in cells if _column(text, line, c.start) <= column), default=cells[0])
        if NUMBER_LINE.search(text[cell.start : cell.end]):
            break
        words = LABEL.sub("", text[cell.start : cell.end].strip("*_# ")).strip("*_# ,")
        if (
            BODY.search(words)
            and len(words) <= MAX_NAME
            and not re.search(r"\d{3}|[.!?]$|\d+ ?[A-Z]?$", words)
        ):
            best = words
            if not re.match(r"genom\b|[a-zåäö]", words):
                return best
    return best


def _column(text: str, line: Line, position: int) -> int:
    """How many gaps between cells stand before a position of a line."""
    return len(re.findall(r"\t|\|| {3,}", text[line.span.start : position]))


def _row_name(material: Material, span: Span) -> str:
    """The name in the same row of a table, in a cell before the number."""
    line = material.outline.line_at(span.start)
    for cell in reversed([c for c in line.cells if c.end <= span.start]):
        words = material.text[cell.start : cell.end].strip("*_ ")
        if (
            re.match(r"(?:\d{1,3}[.)]?\s+)?[A-ZÅÄÖ]", words)
            and len(words) <= MAX_NAME
            and not _is_label(words)
        ):
            return re.sub(r"^\d{1,3}[.)]?\s+", "", words)
    return ""


def _is_label(words: str) -> bool:
    return bool(re.match(r"org(?:anisations)?[.\s-]*n", words, re.IGNORECASE)) or words.lower().rstrip(
        ":"
    ) in _words("never")


def name_at_end(before: str) -> str:
    """The name that ends a piece of text: capitalised words and what may stand between them."""
    words = before.split()
    taken: list[str] = []
    for word in reversed(words):
        bare = word.strip('*_"”“()')
        if taken and (re.search(r"[,;:.)]$", word) or bare.lower() in _words("never")):
            break
        if not (
            bare[:1].isupper()
            or bare.lower() in _words("inside")
            or (not taken and BODY.fullmatch(bare))
            or (bare[:1].isdigit() and len(bare) < 5 and taken)
        ):
            break
        if bare.lower() == "och" and taken and not _joins(words, len(words) - len(taken) - 1):
            break
        taken.append(bare)
    while taken and not taken[-1][:1].isupper():
        taken.pop()
    name = " ".join(reversed(taken)).rstrip(".:,;")
    if re.search(r"\d{3}|gatan\b|vägen\b|beslut\w*$", name):
        return ""
    return name if len(name) <= MAX_NAME and name.lower() not in _words("never") else ""


def _joins(words: list[str], index: int) -> bool:
    """Whether an `och` stands within a name: after a cut compound, as in `Kultur- och fritidsnämnden`."""
    return index > 0 and words[index - 1].endswith("-")


def name_at_start(text: str) -> str:
    """The name that begins a piece of text."""
    taken: list[str] = []
    for word in text[:MAX_NAME].split():
        bare = word.strip('*_"”“(),.;:')
        inside = bare.lower() in _words("inside") and bool(taken)
        if not (bare[:1].isupper() or inside):
            break
        taken.append(bare)
        if re.search(r"[,;:.)]$", word):
            break
    while taken and not taken[-1][:1].isupper() and taken[-1].lower() not in ("förening", "kommun", "stad"):
        taken.pop()
    return " ".join(taken)
