"""A closer look at one place of a page: cut out, enlarged where that helps, and read by itself."""

from collections.abc import Callable
from dataclasses import replace

import cv2
import numpy as np

from pipeline.model import Box
from pipeline.sheet import Picture, Token

Reader = Callable[[Picture], list[Token]]

_FRAME = 20  # dots of bare paper round the cutting; Tesseract wants some
_SHARPER = 1.5  # standard deviation in dots of what is taken off


def look(
    picture: Picture, box: Box, read: Reader, enlarged: float = 1.0, sharpened: bool = False
) -> list[Token]:
    """The words of a place by themselves, with their places on the page; `box` is in points."""
    scale = picture.dpi / 72
    height, width = picture.pixels.shape
    x0, x1 = max(0, round(box.x0 * scale)), min(width, round(box.x1 * scale))
    y0, y1 = max(0, round(box.y0 * scale)), min(height, round(box.y1 * scale))
    if x1 - x0 < 3 or y1 - y0 < 3:
        return []
    cutting = picture.pixels[y0:y1, x0:x1]
    paper = int(np.percentile(cutting, 90))
    if sharpened:
        blurred = cv2.GaussianBlur(cutting, (0, 0), _SHARPER)
        cutting = np.asarray(cv2.addWeighted(cutting, 2.0, blurred, -1.0, 0.0), np.uint8)
    if enlarged != 1.0:
        cutting = np.asarray(
            cv2.resize(cutting, None, fx=enlarged, fy=enlarged, interpolation=cv2.INTER_CUBIC), np.uint8
        )
    framed = np.pad(cutting, _FRAME, constant_values=paper)
    frame = _FRAME / enlarged / scale
    dx, dy = x0 / scale - frame, y0 / scale - frame
    found = read(Picture(framed, picture.dpi * enlarged))
    return [replace(t, box=moved(t.box, dx, dy), baseline=round(t.baseline + dy, 2)) for t in found]


def moved(box: Box, dx: float, dy: float) -> Box:
    """The box at another place."""
    return Box(*(round(v, 2) for v in (box.x0 + dx, box.y0 + dy, box.x1 + dx, box.y1 + dy)))
