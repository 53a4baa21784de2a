"""Where a span of edited text came from, and where a span of the original went.

Each pass of edits is sorted and free of overlaps, and its spans count in the text before the pass. A span
that touches an edit covers the whole of it, since an edit has no inner map; a character that no edit
touched maps to itself, exactly. Tested as a law in `tests/test_offsets.py`.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from pipeline.model import Edit, Span


def apply(text: str, edits: Sequence[Edit]) -> str:
    """The text after one pass of edits."""
    parts, at = [], 0
    for edit in edits:
        parts += [text[at : edit.span.start], edit.new]
        at = edit.span.end
    return "".join([*parts, text[at:]])


def placed(edits: Sequence[Edit]) -> list[Span]:
    """The spans of what the edits of a pass put there, in the text after it."""
    starts = (edit.span.start + shift for edit, shift in zip(edits, _shifts(edits), strict=False))
    return [Span(start, start + len(edit.new)) for edit, start in zip(edits, starts, strict=True)]


def to_raw(span: Span, passes: Sequence[Sequence[Edit]]) -> Span:
    """The span of the raw text that a span of the cleaned text came from."""
    return Ways(passes).to_raw(span)


def to_clean(span: Span, passes: Sequence[Sequence[Edit]]) -> Span:
    """The span of the cleaned text that a span of the raw text became."""
    return Ways(passes).to_clean(span)


@dataclass(frozen=True, slots=True)
class _Leg:
    """The way through one pass: where the spans begin and end that one comes from, and where one goes."""

    theres: list[Span]
    starts: list[int]
    ends: list[int]


@dataclass(frozen=True)
class Ways:
    """The way through the passes of a page in both directions, for many spans."""

    passes: Sequence[Sequence[Edit]]

    def to_raw(self, span: Span) -> Span:
        for leg in self._back:
            span = _moved(span, leg)
        return span

    def to_clean(self, span: Span) -> Span:
        for leg in self._forth:
            span = _moved(span, leg)
        return span

    @cached_property
    def _forth(self) -> list[_Leg]:
        return [_leg([e.span for e in edits], placed(edits)) for edits in self.passes]

    @cached_property
    def _back(self) -> list[_Leg]:
        return [_leg(placed(edits), [e.span for e in edits]) for edits in reversed(self.passes)]


def _leg(heres: list[Span], theres: list[Span]) -> _Leg:
    return _Leg(theres, [h.start for h in heres], [h.end for h in heres])


def _shifts(edits: Sequence[Edit]) -> list[int]:
    """How far the text before each edit has moved, and at last the text after them all."""
    return list(accumulate((len(e.new) - (e.span.end - e.span.start) for e in edits), initial=0))


def _moved(span: Span, leg: _Leg) -> Span:
    """Map a span through a pass."""
    i = bisect_right(leg.ends, span.start)
    j = bisect_left(leg.starts, span.end)
    start = _outside(span.start, leg, i)
    end = _outside(span.end, leg, j)
    if i < j:  # edits i to j-1 overlap the span
        if leg.starts[i] < span.start:
            start = leg.theres[i].start
        if leg.ends[j - 1] > span.end:
            end = leg.theres[j - 1].end
    return Span(start, max(start, end))


def _outside(at: int, leg: _Leg, before: int) -> int:
    """Map a position that lies after the first `before` edits and in none."""
    if before == 0:
        return at
    return at + leg.theres[before - 1].end - leg.ends[before - 1]
