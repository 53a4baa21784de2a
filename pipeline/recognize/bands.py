"""Which rows of a page belong together side by side, and whether they are a table or columns of text.

A table is read row by row; columns (two party blocks, two signatures, definitions set in two columns) are
read one after the other. On paper both are words with a gutter between them, so the difference is told by
rules, by the length of the cells, and by whether the cells of a row say the same kind of thing.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import median

from pipeline.recognize.rows import Row, Segment
from pipeline.sheet import Rule

Gutter = tuple[float, float]

_MIN_GUTTER = 0.9  # type sizes
_FAR = 2.6  # type sizes between baselines: beyond it even aligned rows are apart
_NEAR = 1.75
_ALIKE = 0.5


@dataclass(frozen=True)
class Band:
    """Rows with common gutters, or rows of running text (no gutters)."""

    rows: tuple[Row, ...]
    gutters: tuple[Gutter, ...] = ()
    level: tuple[float, ...] = ()
    """Where level rules cross the band."""
    ruled: bool = False

    @cached_property
    def columns(self) -> list[tuple[float, float]]:
        """The reach of each column, from the middle of one gutter to the middle of the next."""
        middles = [(left + right) / 2 for left, right in self.gutters]
        return list(zip([float("-inf"), *middles], [*middles, float("inf")], strict=True))

    def cells(self, row: Row) -> list[Row | None]:
        return [row.part(*reach) for reach in self.columns]


def bands(rows: Sequence[Row], rules: Sequence[Rule]) -> list[Band]:
    """The rows of a page, cut into bands from top to bottom."""
    found: list[Band] = []
    start = 0
    while start < len(rows):
        end, gutters = _grow(rows, start)
        if gutters and (end - start > 1 or len(rows[start].segments) > 1):
            found.append(_banded(rows[start:end], gutters, rules))
        elif found and not found[-1].gutters:
            found[-1] = Band((*found[-1].rows, rows[start]))
            end = start + 1
        else:
            found.append(Band((rows[start],)))
            end = start + 1
        start = end
    return found


def is_columns(band: Band, page_height: float) -> bool:
    """Whether a band's columns are texts of their own, to be read one after the other."""
    if not band.gutters or band.ruled or len(band.rows) < 2:
        return False
    cells = [band.cells(row) for row in band.rows]
    full = [row for row in cells if all(row)]
    if not full:
        return False
    texts = [[cell.whole.text for cell in row if cell] for row in full]
    words = [[len(text.split()) for text in row] for row in texts]
    if all(median(column) >= 4 for column in zip(*words, strict=True)):
        return True
    if len(band.gutters) > 1:
        return band.rows[0].whole.y0 > 0.86 * page_height
    alike = sum(_alike(*row) for row in texts)
    return alike >= max(1, _ALIKE * len(texts))


def _grow(rows: Sequence[Row], start: int) -> tuple[int, list[Gutter]]:
    """How far down from a row the gutters of that row go on, and which of them do."""
    gutters = _gaps(rows[start])
    end = start + 1
    pending = end
    for index in range(start + 1, len(rows)):
        row, above = rows[index], rows[index - 1]
        distance = (row.baseline - above.baseline) / max(row.size, above.size, 1)
        if len(row.segments) == 1:
            if distance > _NEAR or not _beside(row.segments[0], gutters):
                break
            if not _goes_on(row, rows[start:index], gutters):
                break
            pending = index + 1
            continue
        if distance > _FAR:
            break
        common = _common(gutters, row)
        if not common or (index - start >= 2 and len(common) < len(gutters)):
            break
        gutters = common
        end = pending = index + 1
    return max(end, pending), gutters


def _gaps(row: Row) -> list[Gutter]:
    return [(a.x1, b.x0) for a, b in zip(row.segments, row.segments[1:], strict=False)]


def _common(gutters: list[Gutter], row: Row) -> list[Gutter]:
    """The gutters narrowed to where a further row leaves them free."""
    free: list[Gutter] = []
    for left, right in gutters:
        for a, b in [(float("-inf"), row.segments[0].x0), *_gaps(row), (row.segments[-1].x1, float("inf"))]:
            low, high = max(left, a), min(right, b)
            if high - low >= _MIN_GUTTER * row.size:
                free.append((low, high))
    return free


def _beside(segment: Segment, gutters: list[Gutter]) -> bool:
    """Whether a lone segment keeps to one side of every gutter."""
    return bool(gutters) and all(segment.x1 <= left + 1 or segment.x0 >= right - 1 for left, right in gutters)


def _goes_on(row: Row, above: Sequence[Row], gutters: list[Gutter]) -> bool:
    """Whether a lone segment under a band goes on in one of its columns, and isn't the text after it."""
    segment = row.segments[0]
    tops = [s for other in above for s in other.segments]
    same = [s for s in tops if s.x0 < segment.x1 and s.x1 > segment.x0]
    if not same or abs(segment.size - same[-1].size) > 0.12 * segment.size:
        return False
    return any(abs(segment.x0 - s.x0) < 1.2 * segment.size for s in same)


def _banded(rows: Sequence[Row], gutters: list[Gutter], rules: Sequence[Rule]) -> Band:
    x0, x1 = min(row.whole.x0 for row in rows), max(row.whole.x1 for row in rows)
    y0, y1 = rows[0].whole.y0, rows[-1].whole.y1
    size = rows[0].size
    inside = [
        r for r in rules if r.x1 > x0 - size and r.x0 < x1 + size and r.y1 > y0 - size and r.y0 < y1 + size
    ]
    level = sorted({round(r.y0, 1) for r in inside if not r.upright and r.x1 - r.x0 > 0.6 * (x1 - x0)})
    upright = [r for r in inside if r.upright and any(a - 1 <= r.x0 <= b + 1 for a, b in gutters)]
    between = [y for y in level if y0 + 0.5 * size < y < y1 - 0.5 * size]
    return Band(tuple(rows), tuple(gutters), tuple(level), ruled=bool(upright) or len(between) >= 2)


_KINDS = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("line", r"[_.…\-–—\s]{4,}$"),
        ("number", r"[\d\s.,:%–-]+(?:kr|tkr|SEK|:-)?\.?$"),
        ("labelled", r"[^\W\d][^:\d]{2,40}:\s*\S"),
        ("label", r".*:$"),
        ("name", r"[A-ZÅÄÖÉ][\w-]+(?: [A-ZÅÄÖÉ][\w.-]*){1,3}$"),
        ("words", r"[^\d]+$"),
    )
)


def _kind(text: str) -> str:
    return next((name for name, pattern in _KINDS if pattern.match(text)), "mixed")


def _alike(left: str, right: str) -> bool:
    """Whether two cells of a row say the same kind of thing, each about its own party."""
    kind = _kind(left)
    if kind in ("line", "labelled", "name") and kind == _kind(right):
        return True
    first, second = left.split()[0].casefold(), right.split()[0].casefold()
    return kind != "number" and len(first) > 2 and first == second
