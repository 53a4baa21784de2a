"""Grey grounds that a black and white scan has made of dots, wiped off the text that stands on them.

Lengths are in millimetres.
"""

import cv2
import numpy as np

from pipeline.recognize import contrast, paper
from pipeline.sheet import Picture, Pixels

_DPI = 100
_BARE = 1.0  # paper has places of this size without a dot
_TEXT = 4.5  # and text has such places within this
_LEAST = 5.0
_MANY = 0.004  # of the page
_WHITE = 250
_BLUR = 0.11
_PRINT, _GROUND = 25, 0.8  # grey level, and share of the ground's


def wiped(picture: Picture) -> Picture:
    """The picture without the dots of screened grounds; as it was where there are none."""
    if not contrast.bilevel(picture):
        return picture
    area = _screened(picture)
    if area is None:
        return picture
    height, width = picture.pixels.shape
    whole = cv2.resize(area, (width, height), interpolation=cv2.INTER_NEAREST)
    left, top, wide, high = cv2.boundingRect(whole)
    part = np.s_[top : top + high, left : left + wide]
    pixels = picture.pixels.copy()
    np.copyto(pixels[part], _without_dots(pixels[part], picture.dpi), where=whole[part] > 0)
    return Picture(pixels, picture.dpi)


def _screened(picture: Picture) -> Pixels | None:
    """On a small picture, 1 where the paper is nowhere bare, as it is between words and lines of text."""
    small, factor = paper.reduced(picture.pixels, picture.dpi, _DPI)
    dots = picture.dpi * factor / 25.4
    white = (small > _WHITE).astype(np.uint8)
    bare = cv2.morphologyEx(white, cv2.MORPH_OPEN, _square(_BARE * dots))
    lit = cv2.morphologyEx(np.pad(bare, 40, constant_values=1), cv2.MORPH_CLOSE, _square(_TEXT * dots))
    area = cv2.morphologyEx(1 - lit[40:-40, 40:-40], cv2.MORPH_OPEN, _square(_LEAST * dots))
    if area.mean() < _MANY:
        return None
    return np.asarray(cv2.dilate(area, _square(_BARE * dots)), np.uint8)


def _without_dots(pixels: Pixels, dpi: float) -> Pixels:
    """The print alone: seen out of focus, dots are lighter than it, however dark the ground."""
    dense = np.asarray(cv2.GaussianBlur(pixels, (0, 0), _BLUR * dpi / 25.4), np.uint8)
    span = np.maximum(_GROUND * paper.shade(dense, dpi).astype(np.float32) - _PRINT, 1)
    return np.asarray(np.clip((dense.astype(np.float32) - _PRINT) * (255 / span), 0, 255), np.uint8)


def _square(side: float) -> Pixels:
    return np.ones((round(side) | 1,) * 2, np.uint8)
