"""Pictures of pages in grey, with their colours kept where there is coloured ink to part from black."""

import cv2
import numpy as np

from pipeline.sheet import Picture, Pixels

_STEP = 4  # looks at every fourth pixel
_COLOURED = 55  # levels between the lightest and the darkest of the three colours
_SOME = 0.0004  # of the page: a stamp or a signature is ten times as much


def picture(pixels: Pixels, dpi: float) -> Picture:
    """A picture from rows by columns of blue, green and red."""
    grey = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY), np.uint8)
    return Picture(grey, dpi, pixels if _coloured(pixels) else None)


def _coloured(pixels: Pixels) -> bool:
    """Whether some of a page is of a clearly other colour than its paper."""
    sample = pixels[::_STEP, ::_STEP].astype(np.int16)
    paper = np.percentile(sample.reshape(-1, 3)[::5], 80, axis=0)
    even = sample + (paper.max() - paper).astype(np.int16)
    return bool((even.max(axis=2) - even.min(axis=2) > _COLOURED).mean() > _SOME)
