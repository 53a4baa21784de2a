"""The shade of the paper: what a page would look like without its print.

Everything that asks where ink is asks how much darker a place is than the paper round about, since paper is
shaded, yellowed, copied grey and laid on dark glass. Lengths are in millimetres.
"""

import cv2
import numpy as np

from pipeline.sheet import Pixels

_FINE_DPI = 50.8  # two dots to the millimetre are enough to see shadows by
REACH = 2.5  # wider than a stroke of text is thick
_SMOOTH = 1.8  # reaches


def shade(pixels: Pixels, dpi: float, reach: float = REACH) -> Pixels:
    """The shade of the paper at every point: the lightest within reach, smoothed."""
    height, width = pixels.shape
    small = coarse(pixels, dpi, reach)
    return np.asarray(cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR), np.uint8)


def reduced(pixels: Pixels, dpi: float, aim: float) -> tuple[Pixels, float]:
    """A picture, grey or in colour, at a resolution that is enough for a look at it, and the factor."""
    factor = min(1.0, aim / dpi)
    height, width = (max(1, round(side * factor)) for side in pixels.shape[:2])
    small = cv2.resize(pixels, (width, height), interpolation=cv2.INTER_AREA) if factor < 1 else pixels
    return np.asarray(small, np.uint8), factor


def coarse(pixels: Pixels, dpi: float, reach: float = REACH) -> Pixels:
    """The shade of the paper on a small picture, of two dots to the millimetre."""
    small, factor = reduced(pixels, dpi, _FINE_DPI)
    dots = dpi * factor / 25.4
    wide, smooth = round(reach * dots) | 1, round(reach * _SMOOTH * dots) | 1
    lightest = cv2.dilate(small, np.ones((wide, wide), np.uint8))
    return np.asarray(cv2.medianBlur(lightest, smooth), np.uint8)
