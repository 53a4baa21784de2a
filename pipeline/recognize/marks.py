"""Stamps and other marks taken out of a page: straightened, read by themselves, put after the page's text."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.model import Box, Span, Word
from pipeline.recognize import prepare, skew, spots
from pipeline.recognize.inks import STEEPEST, Mark
from pipeline.recognize.layout import layout
from pipeline.sheet import Picture, Pixels, Token

Reader = Callable[[Picture], list[Token]]

_DPI = 300  # stamps are worn: they are read enlarged
_FRAME = 2.0  # millimetres of bare paper round a mark
_FULL = 0.05  # of its box is ink; what is emptier is the ring round a stamp, or a stroke of a pen
_LEGIBLE = 0.6


Said = tuple[str, tuple[Word, ...]]
"""What a mark says: its text, and its words with their spans in it and their boxes on the page."""


def read(marks: Sequence[Mark], rotation: int, size: tuple[float, float], reader: Reader) -> list[Said]:
    """What the legible ones of some marks say.

    Boxes are those of the page turned upright by `rotation` degrees clockwise; `size` is the page's width and
    height as it lay, in points.
    """
    said = []
    for mark in marks:
        if _ink(mark.picture.pixels).mean() < _FULL:
            continue
        box = _turned(mark.box, rotation, size)
        straight, back = _straight(prepare.turn(mark.picture, rotation))
        tokens = [token for token in reader(spots.clear(straight).picture) if _legible(token)]
        text, words = layout(tokens, (), straight.pixels.shape[0] * 72 / straight.dpi)
        if text:
            said.append((text, tuple(replace(w, box=w.box and _placed(w.box, back, box)) for w in words)))
    return said


def _ink(pixels: Pixels) -> Pixels:
    darkest, paper = np.percentile(pixels, (1, 90))
    return np.asarray(pixels < (darkest + paper) / 2, np.uint8)


def _legible(token: Token) -> bool:
    letters = sum(map(str.isalnum, token.text))
    return (token.confidence or 0.0) >= _LEGIBLE and letters > len(token.text) / 2


def _straight(picture: Picture) -> tuple[Picture, npt.NDArray[np.float64]]:
    """The mark with its lines level, enlarged, and the matrix from its pixels to points of the mark's box."""
    angle = skew.angle(_ink(skew.small(picture.pixels)), STEEPEST)
    height, width = picture.pixels.shape
    scale = max(1.0, _DPI / picture.dpi)
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, scale)
    sine, cosine = abs(matrix[0, 1]), abs(matrix[0, 0])
    frame = 2 * _FRAME * picture.dpi * scale / 25.4
    wide, high = width * cosine + height * sine + frame, width * sine + height * cosine + frame
    matrix[:, 2] += wide / 2 - width / 2, high / 2 - height / 2
    size = round(wide), round(high)
    pixels = cv2.warpAffine(picture.pixels, matrix, size, flags=cv2.INTER_CUBIC, borderValue=255)
    straight = Picture(np.asarray(pixels, np.uint8), picture.dpi * scale)
    # From pixels to pixels it was; both are to be points.
    to_pixels, to_points = np.array([straight.dpi / 72, straight.dpi / 72, 1.0]), 72 / picture.dpi
    back = cv2.invertAffineTransform(matrix) * to_points * to_pixels
    return straight, np.asarray(back, np.float64)


def _placed(box: Box, back: npt.NDArray[np.float64], mark: Box) -> Box:
    """Where a box of the straightened mark lies on the page, by its middle."""
    x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
    to_x, to_y = back @ (x, y, 1.0) + (mark.x0, mark.y0)
    dx, dy = float(to_x) - x, float(to_y) - y
    return Box(*(round(v, 2) for v in (box.x0 + dx, box.y0 + dy, box.x1 + dx, box.y1 + dy)))


def _turned(box: Box, rotation: int, size: tuple[float, float]) -> Box:
    """A box on the page after the page was turned clockwise."""
    width, height = size
    turned = {
        90: Box(height - box.y1, box.x0, height - box.y0, box.x1),
        180: Box(width - box.x1, height - box.y1, width - box.x0, height - box.y0),
        270: Box(box.y0, width - box.x1, box.y1, width - box.x0),
    }
    return turned.get(rotation % 360, box)


def appended(text: str, words: Sequence[Word], marks: Sequence[Said]) -> tuple[str, tuple[Word, ...]]:
    """A page's text and words with those of its marks after them, each mark a block of its own."""
    whole = list(words)
    for said, placed in marks:
        start = len(text) + 2 if text else 0
        text = f"{text}\n\n{said}" if text else said
        whole += [replace(w, span=Span(w.span.start + start, w.span.end + start)) for w in placed]
    return text, tuple(whole)
