"""The lines of a text, the cells that wide gaps part them into, and what stands between two lines."""

import re
from dataclasses import dataclass

from pipeline.model import Span

CELL_GAP = re.compile(r"[ \u00a0]*(?:\t|\|| {3,}|(?<=\w)[ \u00a0]?\.{4,}(?=[ \u00a0]\S))[ \u00a0]*")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text with the cells that wide gaps part it into."""

    span: Span
    cells: tuple[Span, ...]


def lines_of(text: str) -> list[Line]:
    """The lines that have text, in order."""
    lines, at = [], 0
    for part in re.split(r"(?<=[\n\f])", text):
        body = part.rstrip("\n\f")
        if body.strip():
            span = Span(at, at + len(body))
            lines.append(Line(span, tuple(_cells(body, at))))
        at += len(part)
    return lines


def _cells(body: str, at: int) -> list[Span]:
    cells, start = [], 0
    for gap in [*CELL_GAP.finditer(body), None]:
        end = gap.start() if gap else len(body)
        cell = body[start:end]
        if cell.strip():
            left = start + len(cell) - len(cell.lstrip())
            cells.append(Span(at + left, at + left + len(cell.strip())))
        start = gap.end() if gap else end
    return cells


def blank_before(text: str, lines: tuple[Line, ...], i: int) -> bool:
    """Whether an empty line or a new page stands above a line."""
    return i == 0 or gap(text, lines[i - 1], lines[i])


def blank_after(text: str, lines: tuple[Line, ...], i: int) -> bool:
    """Whether an empty line or a new page stands below a line."""
    return i + 1 == len(lines) or gap(text, lines[i], lines[i + 1])


def gap(text: str, above: Line, below: Line) -> bool:
    """Whether an empty line or a new page stands between two lines."""
    between = text[above.span.end : below.span.start]
    return between.count("\n") > 1 or "\f" in between


def stripped(text: str, span: Span) -> Span:
    """The span without the blanks at its ends."""
    body = text[span.start : span.end]
    left = len(body) - len(body.lstrip())
    return Span(span.start + left, max(span.start + left, span.start + len(body.rstrip())))
