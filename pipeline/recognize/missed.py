"""Ink that no word covers: where the engine passed over a sign, a word or a line, the place is read again.

That happens to a § at the start of a line, to what stands far from the rest, and to lines that a stamp or
handwriting runs across. What stays bare after all tells how much of the page was never read.
"""

from collections.abc import Iterator, Sequence
from statistics import median

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.model import Box
from pipeline.recognize import closeup
from pipeline.sheet import Picture, Pixels, Token

Mask = npt.NDArray[np.bool_]

_DPI = 100  # fine enough to see lines by
_DARKER = 50  # grey levels below the paper: ink
_MOST = 12  # places on a page; a page with more is a drawing
# All in type sizes of the page.
_REACH = 0.45  # between letters of a word
_AROUND = 0.18  # round a word: ink that belongs to it
_HEIGHTS = (0.45, 1.9)
_NARROWEST = 0.5
_LEAST_INK = 0.12  # in squares of the size
_CONTEXT, _PAD = 4.0, 0.3
_TALLEST = 2.5
_SAME_LINE = 0.4
_SURE, _SURE_FIGURES, _SURE_SIGN = 0.6, 0.85, 0.7
_ON = 0.25  # of the narrower word


def reread(
    tokens: Sequence[Token], picture: Picture, read: closeup.Reader, in_english: closeup.Reader
) -> list[Token]:
    """The words, and those that were passed over; `read` reads a line, `in_english` one for its signs."""
    if not tokens:
        return []
    size = median(token.size for token in tokens)
    places = list(_bare(tokens, picture, size))
    if not 0 < len(places) <= _MOST:
        return list(tokens)
    new = list(tokens)
    for place in places:
        wide = Box(
            place.x0 - _CONTEXT * size,
            place.y0 - _PAD * size,
            place.x1 + _CONTEXT * size,
            place.y1 + _PAD * size,
        )
        words = [t for t in closeup.look(picture, wide, read) if _in(t, place) and _is_word(t)]
        signs = closeup.look(picture, wide, in_english) if not words else []
        for token in words or [t for t in signs if _in(t, place) and _is_sign(t)]:
            if not any(_overlap(token, other) for other in new):
                new.insert(_index(new, token), token)
    return new


def unread(tokens: Sequence[Token], picture: Picture) -> float:
    """The share of the printed lines that no word covers, by their length, 0 to 1.

    Only what lies among the words counts: beside them are edges, logotypes and the desk that the page lay on.
    """
    if not tokens:
        return 0.0
    size = median(token.size for token in tokens)
    x0, y0 = min(token.box.x0 for token in tokens) - size, min(token.box.y0 for token in tokens) - 2 * size
    x1, y1 = max(token.box.x1 for token in tokens) + size, max(token.box.y1 for token in tokens) + 2 * size
    bare = sum(
        length
        for box, length in _pieces(tokens, picture, size)
        if x0 <= box.x0 and box.x1 <= x1 and y0 <= box.y0 and box.y1 <= y1
    )
    read = sum(token.box.x1 - token.box.x0 for token in tokens)
    return bare / (bare + read) if bare else 0.0


def _index(tokens: Sequence[Token], new: Token) -> int:
    """Where a word belongs among those of its line; a line of its own comes after the one above."""
    line = [i for i, t in enumerate(tokens) if abs(t.baseline - new.baseline) < _SAME_LINE * t.size]
    before = [i for i in line if tokens[i].box.x0 < new.box.x0]
    if before:
        return max(before, key=lambda i: tokens[i].box.x0) + 1
    if line:
        return min(line, key=lambda i: tokens[i].box.x0)
    above = [i for i, t in enumerate(tokens) if t.baseline < new.baseline]
    return max(above, key=lambda i: tokens[i].baseline) + 1 if above else 0


def _is_word(token: Token) -> bool:
    letters, digits = (sum(map(test, token.text)) for test in (str.isalpha, str.isdigit))
    sure = _SURE if letters > 2 else _SURE_FIGURES
    return (token.confidence or 0.0) >= sure and letters + digits > max(1.0, len(token.text) / 2)


def _overlap(token: Token, other: Token) -> bool:
    """Whether a word lies on one that was read before: it is the same again, a stroke of it seen as bare."""
    one, two = token.box, other.box
    wide, high = min(one.x1, two.x1) - max(one.x0, two.x0), min(one.y1, two.y1) - max(one.y0, two.y0)
    return wide > _ON * min(one.x1 - one.x0, two.x1 - two.x0) and high > 0.5 * min(
        one.y1 - one.y0, two.y1 - two.y0
    )


def _is_sign(token: Token) -> bool:
    return (token.confidence or 0.0) >= _SURE_SIGN and token.text[:1] in "§%"


def _in(token: Token, place: Box) -> bool:
    return place.x0 <= (token.box.x0 + token.box.x1) / 2 <= place.x1


def _bare(tokens: Sequence[Token], picture: Picture, size: float) -> Iterator[Box]:
    """Places of ink as high as type that no word covers, in points."""
    low, high = _HEIGHTS
    return (box for box, _ in _pieces(tokens, picture, size) if low * size <= box.y1 - box.y0 <= high * size)


def _pieces(tokens: Sequence[Token], picture: Picture, size: float) -> Iterator[tuple[Box, float]]:
    """Where there is ink that no word covers, and the length of the lines of type in it, in points."""
    factor = 1 / max(1, round(picture.dpi / _DPI))  # whole parts: shrinking by others takes far longer
    scale = picture.dpi * factor / 72
    ink = _ink(picture.pixels, factor)
    for token in tokens:
        if token.box.y1 - token.box.y0 <= _TALLEST * size:
            x0, y0, x1, y1 = (max(0, round(v * scale)) for v in _reach(token))
            ink[y0:y1, x0:x1] = 0
    joined = cv2.dilate(ink, np.ones((1, max(1, round(_REACH * size * scale))), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    unit = size * scale
    for label, (left, top, width, height, _) in enumerate(stats[1:count].tolist(), 1):
        place = np.s_[top : top + height, left : left + width]
        big = height / unit >= _HEIGHTS[0] and width / unit >= _NARROWEST
        if big and np.count_nonzero(ink[place]) / unit**2 > _LEAST_INK:
            box = Box(left / scale, top / scale, (left + width) / scale, (top + height) / scale)
            is_line = height / unit <= _HEIGHTS[1]
            yield box, (width if is_line else _lines(labels[place] == label, unit)) / scale


def _lines(piece: Mask, unit: float) -> float:
    """The length of the lines of type in a piece of ink too high for one line, such as a stamp or a signature
    makes of the lines that it runs across: how many of its columns cross one, and how often."""
    edges = np.diff(np.pad(piece, ((1, 1), (0, 0))).T.astype(np.int8), axis=1)
    heights = np.nonzero(edges < 0)[1] - np.nonzero(edges > 0)[1]
    low, high = (limit * unit for limit in _HEIGHTS)
    return float(np.count_nonzero((heights >= low) & (heights <= high)))


def _reach(token: Token) -> tuple[float, float, float, float]:
    """The paper that belongs to a word: its box, as high as its line, and a little round it."""
    box, pad = token.box, _AROUND * token.size
    top = min(box.y0, token.baseline - 0.75 * token.size) - pad / 2
    foot = max(box.y1, token.baseline + 0.25 * token.size) + pad / 2
    return box.x0 - pad, top, box.x1 + pad, foot


def _ink(pixels: Pixels, factor: float) -> Pixels:
    small = cv2.resize(pixels, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    light = cv2.dilate(small, np.ones((7, 7), np.uint8))
    # The shade changes slowly, over eight millimetres; seen small it takes next to no time.
    paper = cv2.medianBlur(cv2.resize(light, None, fx=1 / 6, fy=1 / 6, interpolation=cv2.INTER_AREA), 5)
    paper = cv2.resize(paper, small.shape[::-1], interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.subtract(paper, small) > _DARKER, np.uint8)
