"""How lines of text lie on a page: level, tilted, or running up it.

Told from the lower edges of the ink, which baselines make fall on top of one another when a page is seen
along its lines: a few ten thousand points, quick to turn.
"""

import cv2
import numpy as np

from pipeline.sheet import Pixels

_SIDE = 1400  # pixels of the long side that angles are measured on
_STEEPEST = 6.0
# Steps in degrees and the height of a row in pixels: a coarse look that can't miss, then two finer ones.
_LOOKS = ((0.5, 4.0), (0.125, 2.0), (0.03, 1.0))
_CLEARER = 1.02
_FEW = 50
_MOST = 40_000


def angle(ink: Pixels, steepest: float = _STEEPEST) -> float:
    """Degrees counter-clockwise that make the lines of text most level; 0 where no lines are clear."""
    y, x = _edges(ink)
    if len(y) < _FEW:
        return 0.0
    best, reach = 0.0, steepest
    for step, row in _LOOKS:
        angles = np.arange(best - reach, best + reach + step / 2, step)
        best = max((float(angle) for angle in angles), key=lambda angle: _clearness(y, x, angle, row))
        reach = 1.5 * step
    row = _LOOKS[-1][1]
    return best if _clearness(y, x, best, row) > _CLEARER * _clearness(y, x, 0.0, row) else 0.0


def clearness(ink: Pixels, angle: float) -> float:
    """How closely the lower edges of the ink gather in rows at an angle: 1 where they don't, 0 for no ink."""
    y, x = _edges(ink)
    return _clearness(y, x, angle, _LOOKS[-1][1]) * len(ink) / len(y) ** 2 if len(y) >= _FEW else 0.0


def small(pixels: Pixels, side: int = _SIDE) -> Pixels:
    """The picture at a size at which its lines can be told, but hardly its letters."""
    factor = side / max(pixels.shape)
    if factor >= 1:
        return pixels
    return np.asarray(cv2.resize(pixels, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA), np.uint8)


def _edges(ink: Pixels) -> tuple[np.ndarray, np.ndarray]:
    """Rows and columns of the ink that has paper below it, from the middle of the picture."""
    y, x = np.nonzero(ink[:-1] & (1 - ink[1:]))
    every = max(1, len(y) // _MOST)
    height, width = ink.shape
    return (y[::every] - height / 2).astype(np.float32), (x[::every] - width / 2).astype(np.float32)


def _clearness(y: np.ndarray, x: np.ndarray, angle: float, row: float) -> float:
    """How closely the points gather in rows when the picture is turned by an angle."""
    turned = y * np.float32(np.cos(np.radians(angle)) / row) - x * np.float32(np.sin(np.radians(angle)) / row)
    turned -= turned.min()
    low = turned.astype(np.int32)
    part = turned - low
    rows = np.bincount(low, 1 - part, low.max() + 2) + np.bincount(low + 1, part, low.max() + 2)
    return float(np.square(rows).sum())
