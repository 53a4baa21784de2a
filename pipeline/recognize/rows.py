"""Words on paper to rows, and rows to segments: runs of words with no wide gap in them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from statistics import median, median_low

from pipeline.sheet import Rule, Token

# All in units of the type size. Justified lines stretch their blanks to about one; columns and table
# cells stand further apart, and a gap of that kind is also clearly wider than the others in its row.
_WIDE = 1.5
_CLEARLY_WIDE = 0.95
_TIMES_THE_USUAL = 2.6
_SAME_LINE = 0.35
# The blanks of a justified line are all alike, and no wider than this; those of a row of cells never are.
_STRETCHED, _EVEN, _BLANKS = 3.0, 0.35, 4
_HANGING = 5.0
# A lesser gap parts cells where so many of the rows nearby have a gap and a cell's edge at the same place.
_LESS_WIDE, _TIMES_ALIGNED, _WITNESSES, _NEARBY = 0.6, 1.6, 2, 4
_MARK = re.compile(r"(?:[•·*»«>–—-]|[(]?\d{1,2}(?:\.\d{1,2})*[.)]|[(]?[a-zA-Z][.)]|att|§ \d+|\d+ §)$")

_RUNS_ON = re.compile(r"\d \d{3}(?!\d)|[^\W\d_] [a-zåäöé]")  # a figure's thousands, a phrase


@dataclass(frozen=True)
class Segment:
    """Words next to one another on one row, from left to right."""

    tokens: tuple[Token, ...]

    @cached_property
    def x0(self) -> float:
        return min(token.box.x0 for token in self.tokens)

    @cached_property
    def x1(self) -> float:
        return max(token.box.x1 for token in self.tokens)

    @cached_property
    def y0(self) -> float:
        return min(token.box.y0 for token in self.tokens)

    @cached_property
    def y1(self) -> float:
        return max(token.box.y1 for token in self.tokens)

    @cached_property
    def size(self) -> float:
        """The size that most of its letters have."""
        return _usual([(token.size, len(token.text)) for token in self.tokens])

    @cached_property
    def baseline(self) -> float:
        return _usual([(token.baseline, len(token.text)) for token in self.tokens])

    @cached_property
    def text(self) -> str:
        return " ".join(token.text for token in self.tokens)


@dataclass(frozen=True)
class Row:
    """What stands on one line of the paper: one segment of running text, or several side by side."""

    segments: tuple[Segment, ...]

    @cached_property
    def whole(self) -> Segment:
        return Segment(tuple(token for segment in self.segments for token in segment.tokens))

    @property
    def size(self) -> float:
        return self.whole.size

    @property
    def baseline(self) -> float:
        return self.whole.baseline

    def part(self, x0: float, x1: float) -> "Row | None":
        """The segments whose middles lie between two positions."""
        inside = tuple(s for s in self.segments if x0 <= (s.x0 + s.x1) / 2 < x1)
        return Row(inside) if inside else None


def _usual(weighed: list[tuple[float, int]]) -> float:
    """The median of values that count so many times; mostly there is only one."""
    if len({value for value, _ in weighed}) == 1:
        return weighed[0][0]
    return median(value for value, times in weighed for _ in range(times))


def rows(tokens: Iterable[Token], rules: Sequence[Rule] = ()) -> list[Row]:
    """The rows of a page from top to bottom, parted at wide gaps and at upright rules."""
    upright = [rule for rule in rules if rule.upright]
    lines = _attach_marks(_lines(tokens))
    found = [Row(_without_hanging_mark(tuple(_segments(line, upright)), upright)) for line in lines]
    return [Row(tuple(_lined_up(found, index))) for index in range(len(found))]


def _lines(tokens: Iterable[Token]) -> list[list[Token]]:
    """Words that share a baseline, top to bottom, each line from left to right."""
    lines: list[list[Token]] = []
    baselines = largest = 0.0  # of the last line: the sum, and the size of its type
    for token in sorted(tokens, key=lambda t: (t.baseline, t.box.x0)):
        line = lines[-1] if lines else []
        if line and token.baseline - baselines / len(line) < _SAME_LINE * min(token.size, largest):
            line.append(token)
            baselines, largest = baselines + token.baseline, max(largest, token.size)
        else:
            lines.append([token])
            baselines, largest = token.baseline, token.size
    return [sorted(line, key=lambda t: (t.box.x0, t.box.x1)) for line in lines]


def _attach_marks(lines: list[list[Token]]) -> list[list[Token]]:
    """Put footnote marks and the like, small and raised, back on the line of the word that they follow."""
    kept: list[list[Token]] = []
    for index, line in enumerate(lines):
        host = lines[index + 1] if index + 1 < len(lines) else None
        if host is not None and all(_is_mark(token, host) for token in line):
            lines[index + 1] = sorted([*host, *line], key=lambda t: (t.box.x0, t.box.x1))
        else:
            kept.append(line)
    return kept


def _is_mark(token: Token, line: list[Token]) -> bool:
    if len(token.text) > 4:
        return False
    return any(
        token.size < other.size
        and -0.3 * other.size < token.box.x0 - other.box.x1 < 0.5 * other.size
        and 0.2 * other.size < other.baseline - token.baseline < 0.7 * other.size
        for other in line
    )


def _segments(line: list[Token], upright: Sequence[Rule]) -> Iterable[Segment]:
    gaps = [max(0.0, right.box.x0 - left.box.x1) for left, right in pairwise(line)]
    if _is_justified(line, gaps) and not any(_crossed(*pair, upright) for pair in pairwise(line)):
        yield Segment(tuple(line))
        return
    run = [line[0]]
    for index, token in enumerate(line[1:]):
        if _parted(run[-1], token, gaps, index, upright):
            yield Segment(tuple(run))
            run = []
        run.append(token)
    yield Segment(tuple(run))


def _is_justified(line: list[Token], gaps: list[float]) -> bool:
    """Whether a line is running text whose blanks were stretched to fill its column."""
    if len(gaps) < _BLANKS:
        return False
    size = max(token.size for token in line)
    if max(gaps) > _STRETCHED * size or max(gaps) - min(gaps) > _EVEN * size:
        return False
    return 2 * sum(token.text[:1].islower() for token in line) >= len(line)


def _without_hanging_mark(segments: tuple[Segment, ...], upright: Sequence[Rule]) -> tuple[Segment, ...]:
    """The segments with a point's bullet, number or `att` put back to its text, however far it hangs out."""
    if len(segments) != 2:
        return segments
    mark, text = segments
    gap = text.x0 - mark.x1
    if (
        not _MARK.match(mark.text)
        or gap > _HANGING * text.size
        or _crossed(mark.tokens[-1], text.tokens[0], upright)
    ):
        return segments
    return (Segment((*mark.tokens, *text.tokens)),)


def _lined_up(found: Sequence[Row], index: int) -> Iterable[Segment]:
    """The segments of a row, parted also at lesser gaps where rows nearby have a gap and a cell's edge."""
    row = found[index]
    if len(row.segments) == 1 and _MARK.match(row.segments[0].tokens[0].text):
        yield from row.segments
        return
    for segment in row.segments:
        cuts = [0]
        gaps = [right.box.x0 - left.box.x1 for left, right in pairwise(segment.tokens)]
        for place, gap in enumerate(gaps, 1):
            others = gaps[: place - 1] + gaps[place:]
            if gap > _LESS_WIDE * segment.size and gap > _TIMES_ALIGNED * median(
                others or [0.3 * segment.size]
            ):
                left, right = segment.tokens[place - 1 : place + 1]
                clear = gap > _CLEARLY_WIDE * segment.size
                if _runs_on(left, right):
                    continue
                edges = left.box.x1, right.box.x0, segment.tokens[-1].box.x1
                if _beside(found, index, edges, 0.35 * segment.size) >= (1 if clear else _WITNESSES):
                    cuts.append(place)
        yield from (Segment(segment.tokens[a:b]) for a, b in pairwise([*cuts, len(segment.tokens)]))


def _runs_on(left: Token, right: Token) -> bool:
    return bool(_RUNS_ON.match(f"{left.text[-1]} {right.text}"))


def _beside(found: Sequence[Row], index: int, edges: tuple[float, float, float], slack: float) -> int:
    """How many rows nearby have a gap where a row has one, and a cell beside it that begins or ends alike."""
    end, start, foot = edges
    count = 0
    for other in (*found[max(0, index - _NEARBY) : index], *found[index + 1 : index + 1 + _NEARBY]):
        if abs(other.baseline - found[index].baseline) > 2 * _NEARBY * other.size:
            continue
        count += any(
            min(b.x0, start) - max(a.x1, end) > slack
            and min(abs(a.x1 - end), abs(b.x0 - start), abs(b.x1 - foot)) < slack
            for a, b in pairwise(other.segments)
        )
    return count


def _crossed(left: Token, right: Token, upright: Sequence[Rule]) -> bool:
    """Whether an upright rule runs between two words of a line."""
    if not upright:
        return False
    height = right.baseline - 0.2 * max(left.size, right.size)
    return any(
        left.box.x1 - 1 <= rule.x0 <= right.box.x0 + 1 and rule.y0 < height < rule.y1 for rule in upright
    )


def _parted(left: Token, right: Token, gaps: list[float], index: int, upright: Sequence[Rule]) -> bool:
    gap, size = gaps[index], max(left.size, right.size)
    if _crossed(left, right, upright):
        return True
    if gap > _WIDE * size:
        return True
    if gap <= _CLEARLY_WIDE * size:
        return False
    others = gaps[:index] + gaps[index + 1 :]
    if not _runs_on(left, right):
        others = [other for other in others if other <= _WIDE * size]
    usual = median_low(others) if len(others) >= 2 else 0.3 * size
    return gap > _TIMES_THE_USUAL * usual
