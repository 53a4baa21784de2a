"""The look of a page as text: running headers and footers, columns side by side, labelled fields of a form.

Works on lines and cells of `outline.py`; a cell is told from its neighbour by a tab or a wide gap, so a
column is followed downwards by the number of its cell, or by where its text begins.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from pipeline.extract.lines import Line
from pipeline.extract.outline import Outline
from pipeline.model import Span
from pipeline.running import PAGE_NUMBER

REACH = 200  # lines down which a column is followed
MARKS = re.compile(r"[*_`#\u00ad\u00a0]|\[(?=[^\]\n]*\]\((?:mailto|http))|\]\((?:mailto:|https?:)[^)\n]*\)")


@lru_cache(maxsize=2)  # asked for by each extractor in turn, of the same document
def plain(text: str) -> str:
    """The text with Markdown marks blanked, every character in its old place.

    >>> plain("**Parter** [a@b.se](mailto:a@b.se)")
    '  Parter    a@b.se                '
    """
    return MARKS.sub(lambda m: " " * len(m.group()), text)


def furniture(outline: Outline) -> frozenset[int]:
    """Indices of running headers, footers and page numbers: lines that interrupt what they stand in."""
    return outline.once(_furniture)


def _furniture(outline: Outline) -> frozenset[int]:
    return outline.running | {i for i in range(len(outline.lines)) if _is_page_number(outline, i)}


def _is_page_number(outline: Outline, i: int) -> bool:
    """Also a speck that recognition took for a letter or two."""
    line = outline.lines[i]
    body = outline.text[line.span.start : line.span.end].strip()
    return bool(PAGE_NUMBER.fullmatch(body)) or (not re.search(r"\w{2}|[_.–—-]{4}", body))


def content(outline: Outline) -> list[tuple[int, Line]]:
    """The lines that belong to the text itself."""
    skip = furniture(outline)
    return [(i, line) for i, line in enumerate(outline.lines) if i not in skip]


def gap_before(outline: Outline, i: int) -> bool:
    """Whether an empty line, or the edge of the text, stands before line `i`."""
    if i == 0:
        return True
    between = outline.text[outline.lines[i - 1].span.end : outline.lines[i].span.start]
    return between.count("\n") > 1


def cell_in_column(outline: Outline, model: Line, k: int, line: Line) -> Span | None:
    """The cell of `line` that stands under cell `k` of `model`; None where the column is empty there."""
    if len(model.cells) == 1 and len(line.cells) == 1:
        return line.cells[0]
    if _tabbed(outline, model) or _tabbed(outline, line):
        want = _tab_column(outline, model, model.cells[k]) if _tabbed(outline, model) else k
        return next((c for c in line.cells if _tab_column(outline, line, c) == want), None)
    if len(line.cells) == len(model.cells):
        return line.cells[k]
    places = [cell.start - model.span.start for cell in model.cells]
    for cell in line.cells:
        x = cell.start - line.span.start
        if min(range(len(places)), key=lambda c: abs(places[c] - x)) == k and abs(places[k] - x) < 16:
            return cell
    return None


def _tabbed(outline: Outline, line: Line) -> bool:
    return "\t" in outline.text[line.span.start : line.span.end]


def _tab_column(outline: Outline, line: Line, cell: Span) -> int:
    return outline.text[line.span.start : cell.start].count("\t")


def stacked(outline: Outline, i: int, skip: frozenset[int]) -> list[list[tuple[int, Span]]]:
    """Blocks one below the other that belong to the cells of row `i` side by side, in their order.

    Columns under a row of labels may have been read one after the other. Empty where the row has one cell
    or the line below it has its cells side by side too.
    """
    width = len(outline.lines[i].cells)
    blocks: list[list[tuple[int, Span]]] = []
    last = i
    for j in range(i + 1, min(i + 5 * width + 6, len(outline.lines))):
        line = outline.lines[j]
        if (
            j in skip
            or not line.cells
            or not re.search(r"\w", outline.text[line.span.start : line.span.end].replace("_", ""))
        ):
            continue
        if len(line.cells) > 1 or outline.text[line.span.start : line.cells[0].start].count("\t"):
            break
        if not blocks or any(gap_before(outline, n) for n in range(last + 1, j + 1)):
            blocks.append([])
        blocks[-1].append((j, line.cells[0]))
        last = j
    if width < 2 or len(blocks) < width:
        return []
    if len(blocks) >= 2 * width and all(len(b) == 1 for b in blocks[: 2 * width]):
        blocks = [blocks[2 * n] + blocks[2 * n + 1] for n in range(width)]
    return blocks[:width]


def column_below(
    outline: Outline, i: int, k: int, skip: frozenset[int] = frozenset()
) -> Iterator[tuple[int, Span]]:
    """The cells under cell `k` of line `i`, downwards over running lines: (line index, cell)."""
    model = outline.lines[i]
    for j in range(i + 1, min(i + 1 + REACH, len(outline.lines))):
        if j in skip:
            continue
        cell = cell_in_column(outline, model, k, outline.lines[j])
        if cell is not None:
            yield j, cell
        elif len(outline.lines[j].cells) == 1 and len(model.cells) > 1 and len(outline.lines[j].span) > 60:
            return  # a full line of prose ends the columns


def streams(outline: Outline, first: int, last: int, skip: frozenset[int]) -> list[list[tuple[int, Span]]]:
    """The lines `first` to `last` (excluded) read column by column: side-by-side blocks one after the other.

    Each stream is a list of (line index, cell). Lines of one cell that stand left belong to the first column.
    Those in `skip` (see `furniture`) are left out.
    """
    rows = [i for i in range(first, last) if i not in skip]
    out: list[list[tuple[int, Span]]] = []
    at = 0
    while at < len(rows):
        end = at
        while end < len(rows) and len(outline.lines[rows[end]].cells) == 1:
            end += 1
        if end > at:
            out.append([(i, outline.lines[i].cells[0]) for i in rows[at:end]])
            at = end
            continue
        end, columns = _columns(outline, rows, at, skip)
        out += columns
        at = end
    return out


def _columns(
    outline: Outline, rows: list[int], at: int, skip: frozenset[int]
) -> tuple[int, list[list[tuple[int, Span]]]]:
    """A run of lines side by side from row `at`; a lone cell inside the run joins its column."""
    model = outline.lines[rows[at]]
    columns: list[list[tuple[int, Span]]] = [[] for _ in model.cells]
    below = stacked(outline, rows[at], skip)
    if below and rows[at] + 1 < len(outline.lines):
        for k, cell in enumerate(model.cells):
            columns[k] = [(rows[at], cell), *below[k]]
        last = max(i for block in below for i, _ in block)
        return next((n for n in range(at, len(rows)) if rows[n] > last), len(rows)), columns
    end = at
    while end < len(rows):
        line = outline.lines[rows[end]]
        if (
            end > at
            and len(line.cells) == 1
            and (gap_before(outline, rows[end]) and not _returns(outline, rows, end))
        ):
            break
        if len(line.cells) > len(columns):
            break
        for k in range(len(columns)):
            under = cell_in_column(outline, model, k, line)
            if under is not None:
                columns[k].append((rows[end], under))
        if len(line.cells) == 1 and not any(c and c[-1][0] == rows[end] for c in columns):
            columns[0].append((rows[end], line.cells[0]))
        end += 1
    return max(end, at + 1), columns


def _returns(outline: Outline, rows: list[int], at: int) -> bool:
    """Whether the columns go on right after a lone cell."""
    return (
        at + 1 < len(rows)
        and len(outline.lines[rows[at + 1]].cells) > 1
        and not gap_before(outline, rows[at + 1])
    )
