"""A quick look at a small picture of the page: does its text lie where there is text to see?

Only pages that give cause are looked at, since drawing one takes longer than all else that is done with a
page whose text is sound.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.model import Box
from pipeline.sheet import Picture, Pixels, Token

DPI, FINE_DPI = 100, 150
_SMALL = 9.4  # points: in smaller type the gaps between words are too narrow to see at the coarser size
_INK = 45  # grey levels darker than the paper around it
_PAPER = 25  # pixels: wider than a stroke of text is thick
_LETTER_GAP, _ROW_GAP = 7, 1  # pixels that part the letters of a word, and the words of a line
_HEIGHTS = (4, 34)  # pixels of a line of text, from 5 to 20 points of type
_LEAST_WIDE = 18
_FILLED = (0.12, 0.75)  # share of a line's box that is ink; less is a drawing, more is a bar
_GAP = (1.2, 1.5)  # points and type sizes between words that are looked into
_ENOUGH_GAPS = 12


@dataclass(frozen=True, slots=True)
class Look:
    """What was seen.

    `lines` are the pieces of lines of text in the picture that no word of the layer lies on, in points;
    `uncovered` is their share of all such pieces by length, `covered` how many points of them have words.
    `astray` is how dark the gaps between the layer's words are, beside the words: about 0 where the words
    lie on their picture, 1 where they have nothing to do with it; None with too few words to tell.
    """

    lines: tuple[Box, ...]
    uncovered: float
    covered: float
    astray: float | None


def resolution(tokens: Sequence[Token]) -> int:
    """How many dots per inch a look at a page with these words takes."""
    sizes = sorted(token.size for token in tokens)
    return FINE_DPI if sizes and sizes[len(sizes) // 2] < _SMALL else DPI


def look(picture: Picture, tokens: Sequence[Token], within: Sequence[Box] = ()) -> Look:
    """Look at a picture of the page (about 100 dots per inch); only at the boxes `within`, where given."""
    scale = picture.dpi / 72
    ink = _ink(picture.pixels)
    pieces = [box for box in _pieces(ink) if not within or _inside(box, within, scale)]
    mask = _mask(tokens, ink.shape, scale)
    bare: list[Box] = []
    lengths = [0.0, 0.0]
    for x0, y0, x1, y1 in pieces:
        covered = mask[y0:y1, x0:x1].mean() > 0.3
        lengths[int(covered)] += (x1 - x0) / scale
        if not covered:
            bare.append(Box(x0 / scale, y0 / scale, x1 / scale, y1 / scale))
    total = sum(lengths)
    return Look(tuple(bare), lengths[0] / total if total else 0.0, lengths[1], _astray(ink, tokens, scale))


def _ink(pixels: Pixels) -> Pixels:
    """1 where something is printed, darker than the paper or the picture about it; small specks left out."""
    kernel = np.ones((_PAPER, _PAPER), np.uint8)
    about = cv2.morphologyEx(pixels, cv2.MORPH_CLOSE, kernel)
    return (cv2.subtract(about, pixels) > _INK).astype(np.uint8)


_Piece = tuple[int, int, int, int]
_Sums = npt.NDArray[Any]


def _pieces(ink: Pixels) -> list[_Piece]:
    """Boxes in pixels of what looks like words and pieces of lines: joined sideways, low and long."""
    joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((_ROW_GAP, _LETTER_GAP), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=4)
    x, y, wide, high = (stats[1:, column] for column in range(4))
    fits = (wide >= _LEAST_WIDE) & (high >= _HEIGHTS[0]) & (high <= _HEIGHTS[1]) & (wide > 1.5 * high)
    boxes = np.stack([x, y, x + wide, y + high], axis=1)[fits]
    return [tuple(map(int, box)) for box in boxes if _is_text(ink, box)]  # type: ignore[misc]


def _is_text(ink: Pixels, box: npt.NDArray[Any]) -> bool:
    """Whether a piece is made of strokes: neither empty nor full, and going up and down all along."""
    x0, y0, x1, y1 = box
    part = ink[y0:y1, x0:x1]
    low, high = _FILLED
    if not low < part.mean() < high:
        return False
    changes = int((part[:, 1:] != part[:, :-1]).sum(axis=1).max())
    return bool(changes >= max(6, 0.35 * (x1 - x0) * 12 / max(12, y1 - y0) / 2))


def _inside(piece: _Piece, within: Sequence[Box], scale: float) -> bool:
    x, y = (piece[0] + piece[2]) / 2 / scale, (piece[1] + piece[3]) / 2 / scale
    return any(box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1 for box in within)


def _mask(tokens: Sequence[Token], shape: tuple[int, ...], scale: float) -> Pixels:
    mask = np.zeros(shape, np.uint8)
    for token in tokens:
        x0, y0, x1, y1 = (round(side * scale) for side in _sides(token.box))
        mask[max(0, y0 - 1) : max(0, y1 + 1), max(0, x0 - 2) : max(0, x1 + 2)] = 1
    return mask


def _sides(box: Box) -> tuple[float, float, float, float]:
    return box.x0, box.y0, box.x1, box.y1


def _astray(ink: Pixels, tokens: Sequence[Token], scale: float) -> float | None:
    """How dark the gaps between neighbours on a line are, beside the words themselves.

    Layers have their words where the print has them, but often narrower: then only the places just before
    the words are empty for sure. The emptiest of the three ways to look counts.
    """
    sums = cv2.integral(ink)
    dark, seen = [0.0, 0.0, 0.0, 0.0], 0
    for one, other in pairwise(tokens):
        gap, size = other.box.x0 - one.box.x1, one.box.y1 - one.box.y0
        if abs(one.baseline - other.baseline) > 0.3 * size or not _GAP[0] < gap < _GAP[1] * size:
            continue
        top, foot, least = one.box.y0 + 0.25 * size, one.box.y1 - 0.2 * size, 1 / scale
        places = (
            (one.box.x0, one.box.x1),
            (one.box.x1 + 0.3 * gap, other.box.x0 - 0.3 * gap),
            (other.box.x0 - max(0.16 * size, 2 * least), other.box.x0 - 0.6 * least),
            (one.box.x1 + 0.6 * least, one.box.x1 + max(0.16 * size, 2 * least)),
        )
        means = [_mean(sums, (x0, top, x1, foot), scale) for x0, x1 in places]
        dark = [total + mean for total, mean in zip(dark, means, strict=True)]
        seen += 1
    if seen < _ENOUGH_GAPS:
        return None
    return min(2.0, min(dark[1:]) / dark[0]) if dark[0] > 0.02 * seen else 2.0


def _mean(sums: _Sums, sides: tuple[float, float, float, float], scale: float) -> float:
    """The share of ink between four sides in points, on at least one pixel."""
    high, wide = sums.shape[0] - 1, sums.shape[1] - 1
    x0, y0 = (
        min(limit - 1, max(0, round(side * scale)))
        for side, limit in zip(sides[:2], (wide, high), strict=True)
    )
    x1, y1 = (
        min(limit, max(low + 1, round(side * scale)))
        for side, low, limit in ((sides[2], x0, wide), (sides[3], y0, high))
    )
    total = float(sums[y1, x1] - sums[y0, x1] - sums[y1, x0] + sums[y0, x0])
    return total / float((x1 - x0) * (y1 - y0))
