"""Where a span of edited text came from, and where a span of the original went.

Each pass of edits is sorted and free of overlaps, and its spans count in the text before the pass. A span
that touches an edit covers the whole of it, since an edit has no inner map; a character that no edit
touched maps to itself, exactly. Tested as a law in `tests/test_offsets.py`.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate

from pipeline.model import Edit, Span


def apply(text: str, edits: Sequence[Edit]) -> str:
    """The text after one pass of edits."""
    parts, at = [], 0
    for edit in edits:
        parts += [text[at : edit.span.start], edit.new]
        at = edit.span.end
    return "".join([*parts, text[at:]])


def to_raw(span: Span, passes: Sequence[Sequence[Edit]]) -> Span:
    """The span of the raw text that a span of the cleaned text came from."""
    for edits in reversed(passes):
        span = _moved(span, [_placed(*both) for both in zip(edits, _shifts(edits), strict=False)])
    return span


def to_clean(span: Span, passes: Sequence[Sequence[Edit]]) -> Span:
    """The span of the cleaned text that a span of the raw text became."""
    for edits in passes:
        placed = [_placed(*both) for both in zip(edits, _shifts(edits), strict=False)]
        span = _moved(span, [(after, before) for before, after in placed])
    return span


def _shifts(edits: Sequence[Edit]) -> list[int]:
    """How far the text before each edit has moved, and at last the text after them all."""
    return list(accumulate((len(e.new) - (e.span.end - e.span.start) for e in edits), initial=0))


def _placed(edit: Edit, shift: int) -> tuple[Span, Span]:
    """The edit's span before its pass, and the span of what it put there after."""
    start = edit.span.start + shift
    return edit.span, Span(start, start + len(edit.new))


def _moved(span: Span, pairs: Sequence[tuple[Span, Span]]) -> Span:
    """Map a span through pairs of (there, here), where the span counts in `here`."""
    heres = [here for _, here in pairs]
    i = bisect_right([h.end for h in heres], span.start)
    j = bisect_left([h.start for h in heres], span.end)
    start = _outside(span.start, pairs, i)
    end = _outside(span.end, pairs, j)
    if i < j:  # edits i to j-1 overlap the span
        if heres[i].start < span.start:
            start = pairs[i][0].start
        if heres[j - 1].end > span.end:
            end = pairs[j - 1][0].end
    return Span(start, max(start, end))


def _outside(at: int, pairs: Sequence[tuple[Span, Span]], before: int) -> int:
    """Map a position that lies after the first `before` edits and in none."""
    if before == 0:
        return at
    there, here = pairs[before - 1]
    return at + there.end - here.end
