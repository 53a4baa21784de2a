"""Which rows of a page belong together side by side, and whether they are a table or columns of text.

A table is read row by row; columns (two party blocks, two signatures, definitions set in two columns) are
read one after the other. On paper both are words with a gutter between them, so the difference is told by
rules, by the length of the cells, and by whether the cells of a row say the same kind of thing.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from pipeline.recognize.rows import Row
from pipeline.sheet import Rule

Gutter = tuple[float, float]

_MIN_GUTTER = 0.9  # type sizes
_FAR = 2.6  # type sizes between baselines: beyond it rows with the same gutters are apart
_ALIGNED_FAR = 7.5  # unless their cells begin at the same places, as above and below signatures
_NEAR = 1.75
_ALIKE = 0.5
_PROSE = 3.6  # words to the line
_FOOT = 0.86  # of the page's height


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
        end, gutters = _whole_rows(rows, start, rules)
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
    if not band.gutters or len(band.rows) < 2:
        return False
    columns = [[part.whole.text for row in band.rows if (part := row.part(*reach))] for reach in band.columns]
    if band.ruled:
        return len(columns) == 2 and _say_the_same(*columns)
    if min(map(len, columns)) < 2 and not _rows_alike(band):
        return False
    if all(_is_prose(column) for column in columns):
        return True
    if len(columns) > 2:
        return band.rows[0].whole.y0 > _FOOT * page_height
    return _rows_alike(band) or _say_the_same(*columns) or _names_itself(columns[1])


def _is_prose(column: Sequence[str]) -> bool:
    return sum(len(text.split()) for text in column) >= _PROSE * len(column)


def _rows_alike(band: Band) -> bool:
    """Whether the cells of most rows say the same kind of thing."""
    full = [[cell.whole.text for cell in row if cell] for row in map(band.cells, band.rows) if all(row)]
    alike = sum(len(row) == 2 and _alike(*row) for row in full)
    return alike >= max(1, _ALIKE * len(full))


def _say_the_same(left: Sequence[str], right: Sequence[str]) -> bool:
    """Whether two columns hold the same kinds of lines, as the blocks of two parties do."""
    return len(_marks(left) & _marks(right)) >= 2


def _marks(column: Sequence[str]) -> set[str]:
    """What is telling in a party's block: its labels, an address, a number, a line to sign on."""
    text = "\n".join(column)
    found = {label.casefold() for label in _LABEL.findall(text)}
    return found | {name for name, pattern in _TELLING if pattern.search(text)}


def _names_itself(right: Sequence[str]) -> bool:
    """Whether the cells of the right column bring their own labels, and so aren't what the left ones name."""
    return sum(_kind(text) == "labelled" for text in right) >= max(2, 0.5 * len(right))


def _grow(rows: Sequence[Row], start: int) -> tuple[int, list[Gutter]]:
    """How far down from a row the gutters of that row go on, and which of them do.

    Rows with something on one side only belong to the band if they follow closely, or if rows with
    something on both sides come after them (the line that one of two has to sign on).
    """
    gutters = kept = _gaps(rows[start])
    end = start + 1
    for index in range(start + 1, len(rows)):
        row, above = rows[index], rows[index - 1]
        distance = (row.baseline - above.baseline) / max(row.size, above.size, 1)
        common = _common(gutters, row)
        if not common or (index - start >= 2 and len(common) < len(gutters)):
            break
        if len(row.segments) == 1:
            if distance > _ALIGNED_FAR or not _goes_on(row, rows[start:index]):
                break
            gutters = common
            if distance <= _NEAR and end == index:
                end, kept = index + 1, gutters
            continue
        if distance > (_ALIGNED_FAR if _aligned(row, rows[start:index]) else _FAR):
            break
        gutters = kept = common
        end = index + 1
    return end, kept


def _whole_rows(rows: Sequence[Row], start: int, rules: Sequence[Rule]) -> tuple[int, list[Gutter]]:
    """As `_grow`, but not ending in the middle of a table row, where rules tell table rows."""
    end, gutters = _grow(rows, start)
    if end < len(rows) and len(rows[end].segments) > 1 and not _ruled_off(rows, end, rules):
        ends = [index for index in range(start + 1, end) if _ruled_off(rows, index, rules)]
        if ends:
            return _grow(rows[: ends[-1]], start)
    return end, gutters


def _ruled_off(rows: Sequence[Row], index: int, rules: Sequence[Rule]) -> bool:
    """Whether a level rule runs between a row and the one above it."""
    above, row = rows[index - 1].whole, rows[index].whole
    x0, x1 = min(above.x0, row.x0), max(above.x1, row.x1)
    top, bottom = above.baseline - 0.3 * above.size, row.baseline - 0.3 * row.size
    lengths = [min(r.x1, x1) - max(r.x0, x0) for r in rules if not r.upright and top < r.y0 < bottom]
    return sum(length for length in lengths if length > 0) > 0.6 * (x1 - x0)


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


def _aligned(row: Row, above: Sequence[Row]) -> bool:
    """Whether every cell of a row begins where a cell of the rows above does."""
    starts = [segment.x0 for other in above for segment in other.segments]
    return all(any(abs(s.x0 - x) < 0.6 * row.size for x in starts) for s in row.segments)


def _goes_on(row: Row, above: Sequence[Row]) -> bool:
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
    near = [
        r
        for r in rules
        if r.x1 > x0 - size and r.x0 < x1 + size and r.y1 > y0 - 2 * size and r.y0 < y1 + 2 * size
    ]
    level = _level(near, x1 - x0)
    parted = [
        (a, b)
        for a, b in gutters
        if any(r.upright and a - 1 <= r.x0 <= b + 1 and r.y1 - r.y0 > 0.5 * (y1 - y0) for r in near)
    ]
    between = [y for y in level if y0 + 0.5 * size < y < y1 - 0.5 * size]
    ruled = bool(parted) or len(between) >= 2
    # Where upright rules part the columns, other gutters are only gaps within a column.
    return _merged(Band(tuple(rows), tuple(parted or gutters), level, ruled))


def _merged(band: Band) -> Band:
    """Without the gutters that have something on one side only in every row.

    Figures that stand to the right under a heading that begins to the left make such gutters.
    """
    for index, gutter in enumerate(band.gutters):
        if not any(cells[index] and cells[index + 1] for cells in map(band.cells, band.rows)):
            kept = tuple(other for other in band.gutters if other != gutter)
            return _merged(Band(band.rows, kept, band.level, band.ruled))
    return band


def _level(rules: Sequence[Rule], width: float) -> tuple[float, ...]:
    """Heights at which level rules, or the pieces of one, cross most of a width."""
    reach: list[tuple[float, float]] = []
    for y, length in sorted((r.y0, r.x1 - r.x0) for r in rules if not r.upright):
        if reach and y - reach[-1][0] < 2:
            reach[-1] = (reach[-1][0], reach[-1][1] + length)
        else:
            reach.append((y, length))
    return tuple(y for y, length in reach if length > 0.6 * width)


_LABEL = re.compile(r"^([^\W\d][\w.-]+)\.?:? ", re.MULTILINE)
_TELLING = (
    ("address", re.compile(r"\b\d{3} ?\d{2} [A-ZÅÄÖ]")),
    ("number", re.compile(r"\b\d{6} ?[-–—] ?\d{4}\b")),
    ("line", re.compile(r"[_.…]{6,}")),
    (
        "signed",
        re.compile(r"\b(?:Ort och datum|Underskrift|Namnteckning|Namnförtydligande)\b", re.IGNORECASE),
    ),
    ("date", re.compile(r"\b(?:19|20)\d{2}-\d\d-\d\d\b")),
)
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
