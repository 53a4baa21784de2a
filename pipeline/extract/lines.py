"""The lines of a text, the cells that wide gaps part them into, and what stands between two lines."""

import re
from dataclasses import dataclass

from pipeline.model import Span

# Dots that lead from a label to its figure, however they are set: `.....`, `. . . .`, `……`.
_LEADERS = (
    r"(?<=[\w)])[ \u00a0]{0,2}(?:\.{4,}(?=[ \u00a0]\S)"
    r"|(?:\.{4,}|(?:\.[ \u00a0]){3,20}\.?|[…·]{2,})(?=[ \u00a0]{0,8}[\d–-]))"
)
# Two blanks between two figures that have their thousands parted by one.
_FIGURES_APART = r"(?<=[ \u00a0.]\d{3}) {2}(?=\d{1,3}[ \u00a0.]\d{3}(?!\d))"
CELL_GAP = re.compile(rf"[ \u00a0]*(?:\t|\|| {{3,}}|{_FIGURES_APART}|{_LEADERS})[ \u00a0]*")

# A section's number, set off from its heading by a tabulator or a gap.
_NUMBER = re.compile(r"\s{0,4}(?:§\s?)?\d{1,2}(?:\.\d{1,2})*[.)]?(?:\s§)?(?:\t| {3,8})(?=[A-ZÅÄÖ])")
LONGEST = 7  # words of a numbered heading


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text with the cells that wide gaps part it into."""

    span: Span
    cells: tuple[Span, ...]


def lines_of(text: str) -> list[Line]:
    """The lines that have text, in order."""
    lines, at = [], 0
    parts = re.split(r"(?<=[\n\f])", text)
    for k, part in enumerate(parts):
        body = part.rstrip("\n\f")
        if body.strip():
            span = Span(at, at + len(body))
            alone = not any(other.strip() for other in (*parts[max(0, k - 1) : k], *parts[k + 1 : k + 2]))
            lines.append(Line(span, tuple(_cells(body, at, _is_numbered_heading(body, alone)))))
        at += len(part)
    return lines


def _is_numbered_heading(body: str, alone: bool) -> bool:
    """Whether a line is a number, a gap and a heading: in capitals, or one that capitals begin and no name
    goes on with, between empty lines."""
    number = _NUMBER.match(body)
    rest = body[number.end() :].rstrip() if number else ""
    if not rest or CELL_GAP.search(rest) or rest[-1] in ".,:;" or len(rest.split()) > LONGEST:
        return False
    return rest.isupper() or (alone and rest[1:].islower())


def _cells(body: str, at: int, numbered: bool = False) -> list[Span]:
    cells, start = [], 0
    gaps = [gap for gap in CELL_GAP.finditer(body) if not (numbered and body[: gap.start()].strip())]
    for gap in [*gaps, None]:
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
