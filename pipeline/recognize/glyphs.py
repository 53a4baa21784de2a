"""Tell §, % and @ by their shape: for places where neither of Tesseract's models says what stands there.

Ink is parted into pieces, and each piece, or two or three side by side, is weighed by a small network that
`bench/scans/sign_glyphs.py` taught on many typefaces, with all that these signs are taken for as counter-
examples. It sees the shape stretched to one size, and how high, wide and deep it is beside the figures of
its page: a § goes below the line where an 8 doesn't, a % is wider than a figure.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.model import Box
from pipeline.sheet import Picture, Pixels

SIGNS = "§%@"
HIGH, WIDE = 24, 16
_DATA = "data/sign_glyphs.npz"
_SPECK = 0.08  # of the height of figures: smaller ink is dirt, or a dot
_OVERLAP = 0.5  # of the narrower piece: both are of one letter
_WIDEST, _LEAST_HIGH = 1.9, 0.6  # heights of figures
ABOVE, BELOW = 1.35, 0.5  # heights of figures over and under the line that are cut out
_SIDE = 0.15
_CONTRAST = 40
_DARK = 0.42  # of the darkest: ink

Array = npt.NDArray[np.float32]
Network = tuple[Array, Array, Array, Array]


@dataclass(frozen=True, slots=True)
class Ink:
    """A cutting with its paper taken away, 0 to 1, rows by columns; lengths are in its dots."""

    dark: Array
    baseline: float
    figure: float


@dataclass(frozen=True, slots=True)
class Glyph:
    """A sign by its shape, the columns that it takes, and how likely it is, 0 to 1."""

    sign: str
    x0: int
    x1: int
    likely: float


class Piece(NamedTuple):
    """The box of a piece of ink."""

    x0: int
    y0: int
    x1: int
    y1: int

    def joined(self, other: "Piece") -> "Piece":
        return Piece(
            min(self.x0, other.x0), min(self.y0, other.y0), max(self.x1, other.x1), max(self.y1, other.y1)
        )


@dataclass(frozen=True, slots=True)
class Cut:
    """A place of a page as ink, and where its left edge lies in dots."""

    ink: Ink
    left: int
    scale: float

    def points(self, x: float) -> float:
        return round((self.left + x) / self.scale, 2)


def cut(picture: Picture, box: Box, baseline: float, figure: float, side: float = _SIDE) -> Cut | None:
    """The line of a box in points as ink; None for bare paper. `side` is what is added, in figures."""
    scale = picture.dpi / 72
    rows, columns = picture.pixels.shape
    x0, x1 = max(0, round((box.x0 - side * figure) * scale)), round((box.x1 + side * figure) * scale)
    y0, y1 = max(0, round((baseline - ABOVE * figure) * scale)), round((baseline + BELOW * figure) * scale)
    if min(x1, columns) - x0 < 4 or min(y1, rows) - y0 < 4:
        return None
    found = ink(picture.pixels[y0:y1, x0:x1], baseline * scale - y0, figure * scale)
    return Cut(found, x0, scale) if found else None


def ink(cutting: Pixels, baseline: float, figure: float) -> Ink | None:
    """The ink of a cutting whose line and height of figures are given in dots; None for bare paper."""
    paper, print_ = (float(np.percentile(cutting, share)) for share in (85, 1))
    if paper - print_ < _CONTRAST:
        return None
    dark = (paper - cutting.astype(np.float32)) / (paper - print_)
    return Ink(np.clip(dark, 0, 1), baseline, figure)


def signs(found: Ink, least: float) -> tuple[list[Glyph], list[Piece]]:
    """The signs in a cutting, from left to right, that are at least so likely, and all its pieces of ink."""
    parts = pieces(found)
    windows = list(_windows(parts, found.figure))
    if not windows:
        return [], parts
    shares = weighed(np.stack([seen(found, window) for window in windows]), network())
    ranked = sorted(
        ((float(shares[at, kind]), at, kind) for at in range(len(windows)) for kind in range(len(SIGNS))),
        reverse=True,
    )
    taken: list[Glyph] = []
    for likely, at, kind in ranked:
        box = windows[at]
        if likely >= least and all(box.x1 <= other.x0 or other.x1 <= box.x0 for other in taken):
            taken.append(Glyph(SIGNS[kind], box.x0, box.x1, likely))
    return sorted(taken, key=lambda glyph: glyph.x0), parts


def pieces(found: Ink) -> list[Piece]:
    """Boxes of ink, from left to right: what hangs together, and what stands above one another.

    What only reaches in from the line above or below is left out.
    """
    count, _, stats, _ = cv2.connectedComponentsWithStats(
        (found.dark > _DARK).astype(np.uint8), connectivity=8
    )
    least = _SPECK * found.figure
    top, foot = found.baseline - 0.9 * found.figure, found.baseline + 0.25 * found.figure
    merged: list[Piece] = []
    for left, upper, wide, high, _ in sorted(stats[1:count].tolist()):
        box = Piece(left, upper, left + wide, upper + high)
        if max(wide, high) < least or box.y1 <= top or box.y0 >= foot:
            continue
        last = merged[-1] if merged else None
        if last and min(last.x1, box.x1) - box.x0 > _OVERLAP * min(last.x1 - last.x0, wide):
            merged[-1] = last.joined(box)
        else:
            merged.append(box)
    return merged


def seen(found: Ink, box: Piece) -> Array:
    """What the network sees of a box: its shape, and its place and size beside a figure on the line."""
    x0, y0, x1, y1 = box
    shape = cv2.resize(found.dark[y0:y1, x0:x1], (WIDE, HIGH), interpolation=cv2.INTER_AREA)
    sizes = [
        (found.baseline - y0) / found.figure - 1.0,
        (y1 - found.baseline) / found.figure,
        (x1 - x0) / found.figure - 0.7,
        (y1 - y0) / found.figure - 1.0,
        (x1 - x0) / (y1 - y0) - 0.7,
    ]
    return np.concatenate([shape.ravel() - 0.4, 4 * np.clip(sizes, -1, 1)]).astype(np.float32)


def weighed(views: Array, by: Network) -> Array:
    """How likely each view is of each sign, and of none: views by signs and one more, rows add up to 1."""
    first, first_bias, second, second_bias = by
    inner = np.maximum(views @ first + first_bias, 0)
    votes = inner @ second + second_bias
    votes = np.exp(votes - votes.max(axis=1, keepdims=True))
    return np.asarray(votes / votes.sum(axis=1, keepdims=True), np.float32)


@cache
def network() -> Network:
    """The weights that come along."""
    with files("pipeline.recognize").joinpath(_DATA).open("rb") as file, np.load(file) as data:
        first, first_bias, second, second_bias = (
            data[name].astype(np.float32) for name in ("first", "first_bias", "second", "second_bias")
        )
    return first, first_bias, second, second_bias


def _windows(parts: Sequence[Piece], figure: float) -> Iterator[Piece]:
    """One piece, or up to three side by side, that may be a sign by its size."""
    for at in range(len(parts)):
        box = parts[at]
        for other in parts[at : at + 3]:
            box = box.joined(other)
            if box.x1 - box.x0 <= _WIDEST * figure and box.y1 - box.y0 >= _LEAST_HIGH * figure:
                yield box
