"""The labelled fields of a form: a label and its value, beside it, below it, or after a colon."""

import re
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from pipeline.extract.layout import column_below, content, furniture, gap_before, plain, stacked
from pipeline.extract.outline import Outline
from pipeline.extract.word_lists import data_lines
from pipeline.model import Span


@dataclass(frozen=True, slots=True)
class Field:
    """A label of a form with what it labels: the rest of its cell, the next cell, or the cells below it.

    `below` are the cells below the label whatever stands beside it.
    """

    label: str
    span: Span
    values: tuple[Span, ...]
    below: tuple[Span, ...] = ()


def fields(
    outline: Outline, labels: re.Pattern[str], reach: int = 4, others: re.Pattern[str] | None = None
) -> list[Field]:
    """The fields whose label matches `labels` from the start of a cell, in order.

    A label stands alone in its cell, or before a colon, or before a capital (`Hyresvärd Norra Hus AB`).
    Values are, in this order: the rest of its cell, the next cell, up to `reach` cells below it.
    `others` are labels that are no values.
    """
    found = []
    skip = furniture(outline)
    text = plain(outline.text)
    for i, k, cell in outline.once(_cells):
        label = _label(cell, labels)
        if label is None:
            continue
        name, rest = label
        line = outline.lines[i]
        below = _below(outline, text, i, k, k, skip, labels, reach)
        beside = line.cells[k + 1] if k + 1 < len(line.cells) else None
        if rest is not None:
            values = (rest, *below)
        elif beside is not None and not _is_label(text, beside, labels, others):
            values = (beside, *_below(outline, text, i, k, k + 1, skip, labels, reach))
        else:
            values = tuple(below)
        found.append(Field(name, cell.span, values, tuple(below)))
    return found


class _Cell(NamedTuple):
    """A cell with its words; `start` is where they begin after a number or a bullet."""

    span: Span
    words: str
    start: int


def _cells(outline: Outline) -> list[tuple[int, int, _Cell]]:
    """Row, column and words of every cell that may hold a label."""
    text = plain(outline.text)
    return [(i, k, _cell(text, span)) for i, line in content(outline) for k, span in enumerate(line.cells)]


def _cell(text: str, span: Span) -> _Cell:
    words = text[span.start : span.end]
    lead = _LEAD.match(words)
    return _Cell(span, words, lead.end() if lead else 0)


def _asks_name(text: str, cell: Span) -> bool:
    """Whether a cell is a label that asks for a name: `Namn`, `Föreningens eller gruppens namn`."""
    words = text[cell.start : cell.end].strip(" *:").lower()
    return bool(re.fullmatch(r"(?:[\w/-]+ ){0,4}namn(?: \(.*\))?|firma", words))


_LEAD = re.compile(r"\s*(?:\d{1,2}(?:\.\d+)?[.)]?\s+|[a-zA-Z][.)]\s+|[-–•*]\s+)?")
_HEADS = re.compile(r"föreningen|stiftelsen|bolaget|förening|organisationen", re.I)


def _is_label(text: str, cell: Span, labels: re.Pattern[str], others: re.Pattern[str] | None) -> bool:
    """Whether a cell is the label of another field and so no value."""
    words = text[cell.start : cell.end].strip(" *:.").lower()
    known = words in form_labels() or re.sub(r"\s*\(.*\)$", "", words) in form_labels()
    begun = words.split(":")[0].strip() in form_labels() and ":" in words
    return (
        known
        or begun
        or _label(_cell(text, cell), labels) is not None
        or bool(others and _label(_cell(text, cell), others))
    )


@cache
def form_labels() -> frozenset[str]:
    """The labels that forms have in common (`data/form_labels.txt`)."""
    return frozenset(data_lines("form_labels.txt"))


def _label(cell: _Cell, labels: re.Pattern[str]) -> tuple[str, Span | None] | None:
    body = cell.words
    match = labels.match(body, cell.start)
    if match is None:
        return None
    rest = re.match(r"\s*(?:\([^)]*\))?\s*(?P<colon>[:.]?)\s*", body[match.end() :])
    end = match.end() + (rest.end() if rest else 0)
    if end >= len(body.rstrip()):
        return match.group().lower(), None
    if body[match.end()].isalnum():
        return None
    if not (rest and rest.group("colon")) and _HEADS.fullmatch(match.group()):
        return None  # `Föreningen Ljuset` is a name, `Föreningen: Ljuset` a field
    if (rest and rest.group("colon")) or (body[end].isupper() and end > match.end()):
        return match.group().lower(), Span(cell.span.start + end, cell.span.end)
    return None


def _below(
    outline: Outline,
    text: str,
    i: int,
    own: int,
    k: int,
    skip: frozenset[int],
    labels: re.Pattern[str],
    reach: int,
) -> list[Span]:
    """The cells under cell `k` of row `i` up to the next label, in that column or in the label's own "
    "column."""
    values: list[Span] = []
    blocks = stacked(outline, i, skip)
    cells = iter(blocks[k]) if blocks else column_below(outline, i, k, skip)
    last = i
    for j, cell in cells:
        broken = any(gap_before(outline, n) for n in range(last + 1, j + 1))
        if not values and _asks_name(text, cell):
            last = j  # «Beställare», «Namn», and only then the name
            continue
        beside = len(outline.lines[i].cells) > 1 and len(outline.lines[j].cells) > 1
        if (
            (broken and values and not beside)
            or _is_label(text, cell, labels, None)
            or len(values) >= reach
            or j - last > 8
        ):
            break
        if k != own and _is_label(text, outline.lines[j].cells[0], labels, None):
            break
        values.append(cell)
        last = j
    return values
