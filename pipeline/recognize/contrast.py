"""Pale pages made strong: the lowest sheet under the carbon, a ribbon at its end, ink that has faded.

Engines find lines by one threshold for the page, and so do the steps of preparation: print that is hardly
darker than its paper would pass for none.
"""

import cv2
import numpy as np

from pipeline.recognize import paper
from pipeline.sheet import Picture, Pixels

_DPI = 100
_MARGIN = 25  # parts of the page; what lies there may be no print
_PALE = 70  # grey levels between paper and print: worn and coarse scans have more, and are read no worse
_FAINTEST = 22  # what shines through from the other side is mostly paler
_ABOVE_NOISE = 2.5
_STRONG = 190
_DARK, _ENOUGH = 120, 0.006
_LEAST_INK = 0.001  # of the page
_BLACK, _WHITE = 2, 253
_SOME, _BILEVEL = 0.001, 0.5


def strong(picture: Picture) -> Picture:
    """The picture with pale print as dark as print usually is; as it was where it is dark enough."""
    if _plain(picture.pixels) or bilevel(picture):
        return picture
    print_ = darkness(picture)
    if not _FAINTEST <= print_ < _PALE:
        return picture
    ground = paper.shade(picture.pixels, picture.dpi)
    dark = cv2.subtract(ground, picture.pixels)
    pixels = cv2.addWeighted(dark, -_STRONG / print_, np.zeros_like(dark), 0, 250)
    return Picture(np.asarray(pixels, np.uint8), picture.dpi)


def _plain(pixels: Pixels) -> bool:
    """Whether there is so much dark print that nobody needs to measure."""
    high, wide = (side // _MARGIN for side in pixels.shape)
    sample = pixels[high : pixels.shape[0] - high : 7, wide : pixels.shape[1] - wide : 7]
    return bool(sample.size and (sample < np.percentile(sample, 90) - _DARK).mean() > _ENOUGH)


def darkness(picture: Picture) -> float:
    """How many grey levels the print of a page is darker than its paper, 0 where there is no print."""
    small, factor = paper.reduced(picture.pixels, picture.dpi, _DPI)
    dark = cv2.subtract(paper.shade(small, picture.dpi * factor), small)
    high, wide = (side // _MARGIN for side in dark.shape)
    dark = dark[high : dark.shape[0] - high, wide : dark.shape[1] - wide]
    if not dark.size:
        return 0.0
    least = 8 + _ABOVE_NOISE * float(np.median(dark))
    ink = dark[dark > least]
    if ink.size < _LEAST_INK * dark.size:
        return 0.0
    return float(np.percentile(ink, 85))


def bilevel(picture: Picture) -> bool:
    """Whether a picture was black and white, as faxes are; grey is made of dots there."""
    sample = picture.pixels[::7, ::7]
    black = sample <= _BLACK
    return bool(black.mean() > _SOME and (black | (sample >= _WHITE)).mean() > _BILEVEL)
