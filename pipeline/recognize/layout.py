"""From words with places on paper to a text that reads as the page does.

Lines end with a line break, blocks with an empty line; the cells of a row are parted by tabs. Columns of
text are read one after the other, tables row by row: the first lines of a row's cells on one line, then
the further lines of each cell, with as many tabs before them as there are cells to the left.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from pipeline.model import Span, Word
from pipeline.recognize.bands import Band, bands, is_columns
from pipeline.recognize.rows import Row, rows
from pipeline.sheet import Rule, Token

_FIGURE = re.compile(r"\d[\d .,:]*(?:kr|-)?$")
# Between blocks the baselines are clearly further apart than between the lines of a block.
_BLOCK_GAP = 1.28
_USUAL_LEADING = 1.25
_HEADING = 1.12
_TABLE_GAP = 2.8
_LEADINGS, _LEADINGS_SCANNED = (0.9, 2.6), (0.6, 2.6)
_LARGEST, _CLOSE = 1.5, 1.08


@dataclass(frozen=True)
class _Pace:
    """The usual distance between baselines in type sizes, and the size of most lines of a scan.

    Sizes are measured on scans by boxes that specks and neighbours widen, distances are not.
    """

    leading: float
    size: float | None = None

    def usual(self, size: float) -> float:
        """The distance of lines of a size, in points."""
        if self.size is None:
            return self.leading * size
        return self.leading * min(max(size, self.size), _LARGEST * self.size)

    def keeps(self, step: float) -> bool:
        """Whether a line follows another of a scan as closely as within a block."""
        return self.size is not None and 0 < step < _CLOSE * self.leading * self.size


@dataclass
class _Text:
    """The text as it grows, and the words in it."""

    parts: list[str] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)
    length: int = 0

    def put(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def line(self, cells: Sequence[Row | None]) -> None:
        """One line of cells; None is an empty one."""
        last = max(index for index, cell in enumerate(cells) if cell)
        for index, cell in enumerate(cells[: last + 1]):
            if index:
                self.put("\t")
            for number, segment in enumerate(cell.segments if cell else ()):
                if number:
                    self.put("\t")
                self._tokens(segment.tokens)
        self.put("\n")

    def _tokens(self, tokens: Iterable[Token]) -> None:
        for number, token in enumerate(tokens):
            if number:
                self.put(" ")
            span = Span(self.length, self.length + len(token.text))
            self.words.append(Word(span, token.box, token.confidence, token.other))
            self.put(token.text)

    def block(self) -> None:
        """End a block, once."""
        if self.parts and self.parts[-1] != "\n\n":
            if self.parts[-1] == "\n":
                self.length -= 1
                self.parts.pop()
            self.put("\n\n")


def layout(
    tokens: Iterable[Token], rules: Sequence[Rule] = (), height: float = 842.0
) -> tuple[str, tuple[Word, ...]]:
    """The text of a page and its words, in reading order; `height` is the page's, in points."""
    lines = rows(tokens, rules)
    if not lines:
        return "", ()
    pace = _pace(lines)
    text = _Text()
    above: Row | None = None
    for band in bands(lines, rules):
        if is_columns(band, height):
            text.block()
            for reach in band.columns:
                _flow([part for row in band.rows if (part := row.part(*reach))], pace, text)
                text.block()
            above = None
        elif band.gutters:
            if above is None or _apart(above, band.rows[0], pace):
                text.block()
            _table(band, pace, text)
            above = band.rows[-1]
        else:
            if above is not None and _apart(above, band.rows[0], pace):
                text.block()
            _flow(band.rows, pace, text)
            above = band.rows[-1]
    whole = "".join(text.parts).rstrip("\n")
    return whole, tuple(text.words)


def _flow(lines: Sequence[Row], pace: _Pace, text: _Text) -> None:
    """Running text: every row a line."""
    for index, row in enumerate(lines):
        if index and _apart(lines[index - 1], row, pace):
            text.block()
        text.line([row])


def _table(band: Band, pace: _Pace, text: _Text) -> None:
    """A table: every row a line, then what is left of its cells; the boxes of a form one by one."""
    foot = band.rows[0].baseline
    for group in _table_rows(band):
        cells = [[part for row in group if (part := row.part(*reach))] for reach in band.columns]
        form = band.ruled and _is_form(cells)
        if form or group[0].baseline - foot > _TABLE_GAP * group[0].size:
            text.block()
        if form:
            for box in filter(None, cells):
                for line in box:
                    text.line([line])
                text.block()
        else:
            text.line([cell[0] if cell else None for cell in cells])
            for index, cell in enumerate(cells):
                for more in cell[1:]:
                    text.line([*[None] * index, more])
        foot = group[-1].baseline


def _is_form(cells: Sequence[Sequence[Row]]) -> bool:
    """Whether a row is boxes to fill in, each with its label above what was filled in."""
    filled = [cell for cell in cells if cell]
    return len(filled) > 1 and all(2 <= len(cell) <= 4 and _is_label(cell[0].whole.text) for cell in filled)


def _is_label(text: str) -> bool:
    return len(text.split()) <= 5 and sum(map(str.isalpha, text)) > 0.5 * len(text)


def _table_rows(band: Band) -> list[list[Row]]:
    """The rows between level rules; where there are none, every row by itself."""
    groups: list[list[Row]] = []
    for index, row in enumerate(band.rows):
        unparted = bool(index) and band.ruled and not _ruled_off(band, band.rows[index - 1], row)
        if unparted and not (_is_whole(band, row) and _is_whole(band, groups[-1][0])):
            groups[-1].append(row)
        else:
            groups.append([row])
    return groups


def _is_whole(band: Band, row: Row) -> bool:
    """Whether a row has all its cells, a name first and a figure last: one of a table whose rule wore off."""
    cells = [cell.whole.text if cell else "" for cell in band.cells(row)]
    if not all(cells):
        return False
    return cells[0][0].isalnum() and not cells[0][0].islower() and bool(_FIGURE.match(cells[-1]))


def _ruled_off(band: Band, above: Row, row: Row) -> bool:
    if len(band.level) < 2:  # only upright rules: nothing tells where a table row ends
        return True
    return any(above.baseline - 0.3 * above.size < y < row.baseline for y in band.level)


def _apart(above: Row, row: Row, pace: _Pace) -> bool:
    """Whether a new block begins at a row: by the space above it, or by a change of size."""
    step = row.baseline - above.baseline
    small, large = sorted((above.size, row.size))
    if large > _HEADING * small and large - small > 0.8 and not pace.keeps(step):
        return True
    return step > _BLOCK_GAP * pace.usual(row.size) or step < 0


def _pace(lines: Sequence[Row]) -> _Pace:
    """How far apart the lines of a page are."""
    size = median(row.size for row in lines)
    scanned = any(token.confidence is not None for token in lines[0].whole.tokens)
    low, high = _LEADINGS_SCANNED if scanned else _LEADINGS
    steps = [
        (row.baseline - above.baseline) / (size if scanned else row.size)
        for above, row in pairwise(lines)
        if row.size > 0 and (scanned or abs(row.size - above.size) < 0.1 * row.size)
    ]
    steps = sorted(step for step in steps if low <= step <= high)
    # Half the steps of a page of short paragraphs go over a gap, so the usual one is below the middle.
    leading = median(steps[: max(1, 2 * len(steps) // 3)]) if steps else _USUAL_LEADING
    return _Pace(leading, size if scanned else None)
