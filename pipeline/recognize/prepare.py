"""Make a scan fit to read: upright, level, of a resolution that the engine likes, on even paper."""

import math
from dataclasses import dataclass

import cv2
import numpy as np

from pipeline.model import Box
from pipeline.recognize import fields, screens, skew
from pipeline.sheet import Picture, Pixels

# One page a process; OpenCV's own threads would only get in each other's way.
cv2.setNumThreads(0)

_SMALL = 1000
_LOWEST = 8  # pixels: no letter fits in less
_LONGEST = 100  # times as long as wide: no page, but an edge or a rule saved as a picture
_DUST, _HOLE = 0.004, 0.03  # of the long side
_HOLES_LIE = 0.06  # of the width, from what is left when the margin is off
_DARKER = 50  # grey levels below the paper: ink
_UNEVEN = 8  # grey levels between the lightest and the darkest paper of a page
_LEVEL_ENOUGH = 0.15
_MARGIN_HIGH, _MARGIN_WIDE = 25, 22  # parts of the page
_FINE_DPI = (190, 420)
_AIM_DPI = 300
_CALMED = 0.7  # pixels
_MAX_PIXELS = 36_000_000  # Tesseract takes about twelve bytes for each: more would not fit in a worker


@dataclass(frozen=True)
class Levelled:
    """A picture turned by a small angle, and the way back from its points to those before."""

    picture: Picture
    back: tuple[tuple[float, float, float], tuple[float, float, float]] | None = None

    def box(self, box: Box) -> Box:
        """Where a box of the levelled picture lay on the page, by its middle: boxes stay upright."""
        if self.back is None:
            return box
        x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
        (a, b, c), (d, e, f) = self.back
        dx, dy = a * x + b * y + c - x, d * x + e * y + f - y
        return Box(*(round(v, 2) for v in (box.x0 + dx, box.y0 + dy, box.x1 + dx, box.y1 + dy)))


def blank(picture: Picture) -> bool:
    """Whether nothing is printed or written on a page: nothing but dust, holes and what shines through."""
    short, long = sorted(picture.pixels.shape)
    if short < _LOWEST or long > _LONGEST * short:
        return True
    spots = _inner(_ink(skew.small(picture.pixels, _SMALL)))
    height, width = spots.shape
    _, _, stats, middles = cv2.connectedComponentsWithStats(spots, connectivity=8)
    wide, high, area = (
        stats[1:, cv2.CC_STAT_WIDTH],
        stats[1:, cv2.CC_STAT_HEIGHT],
        stats[1:, cv2.CC_STAT_AREA],
    )
    dust = np.maximum(wide, high) <= _DUST * max(width, height)
    beside = np.abs(middles[1:, 0] / width - 0.5) > 0.5 - _HOLES_LIE
    small = np.maximum(wide, high) < _HOLE * max(width, height)
    hole = (
        beside & small & (area > 0.6 * wide * high) & (np.minimum(wide, high) > 0.6 * np.maximum(wide, high))
    )
    return int(area[~dust & ~hole].sum()) < spots.size // 20_000


def ready(picture: Picture) -> Picture:
    """A page on white paper, all its print dark, at a resolution that letters are best read at."""
    return even(rescale(fields.turned(screens.wiped(picture))))


def ink(picture: Picture) -> Pixels:
    """1 where there is ink, on a small picture of the page without its margins."""
    return _inner(_ink(skew.small(picture.pixels)))


def margin(picture: Picture) -> int:
    """The pixels at the top that `ink` leaves out."""
    return int(picture.pixels.shape[0]) // _MARGIN_HIGH


def turn(picture: Picture, degrees: int) -> Picture:
    """The picture turned clockwise by a multiple of 90 degrees."""
    return Picture(np.ascontiguousarray(np.rot90(picture.pixels, -degrees // 90)), picture.dpi)


def rescale(picture: Picture) -> Picture:
    """The picture at a resolution that letters are best read at, and of a size that fits in memory."""
    low, high = _FINE_DPI
    factor = 1.0 if low <= picture.dpi <= high else _AIM_DPI / picture.dpi
    factor = min(factor, math.sqrt(_MAX_PIXELS / picture.pixels.size), 6.0)
    if abs(factor - 1) < 0.02:
        return picture
    # Enlarged as they are, the grain and the blocks of a coarse scan would pass for parts of letters.
    pixels = picture.pixels if factor < 1 else cv2.GaussianBlur(picture.pixels, (0, 0), _CALMED)
    how = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    return Picture(
        _grey(cv2.resize(pixels, None, fx=factor, fy=factor, interpolation=how)), picture.dpi * factor
    )


def level(picture: Picture) -> Levelled:
    """The picture with its lines of text level; as it was where they are so already."""
    angle = skew.angle(ink(picture))
    if abs(angle) < _LEVEL_ENOUGH:
        return Levelled(picture)
    height, width = picture.pixels.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1)
    paper = int(np.percentile(picture.pixels[::8, ::8], 90))
    pixels = cv2.warpAffine(picture.pixels, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=paper)
    back = cv2.invertAffineTransform(matrix)
    scale = 72 / picture.dpi
    (a, b, c), (d, e, f) = back.tolist()
    return Levelled(Picture(_grey(pixels), picture.dpi), ((a, b, c * scale), (d, e, f * scale)))


def even(picture: Picture) -> Picture:
    """The picture on white paper, where shadows or dark copies make the paper uneven."""
    small = skew.small(picture.pixels, 400)
    paper = cv2.medianBlur(cv2.dilate(small, np.ones((9, 9), np.uint8)), 21)
    if np.percentile(paper, 95) - np.percentile(paper, 5) < _UNEVEN:
        return picture
    height, width = picture.pixels.shape
    shade = cv2.resize(paper, (width, height), interpolation=cv2.INTER_LINEAR)
    return Picture(_grey(cv2.divide(picture.pixels, shade, scale=255)), picture.dpi)


def _inner(small: Pixels) -> Pixels:
    """Without the margin, where the shadow of the paper's edge and punched holes lie."""
    height, width = small.shape
    high, wide = height // _MARGIN_HIGH, width // _MARGIN_WIDE
    return small[high : height - high, wide : width - wide]


def _ink(pixels: Pixels) -> Pixels:
    """1 where there is ink: clearly darker than the paper round about, and no part of a large dark field."""
    height, width = pixels.shape
    small = cv2.resize(pixels, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    paper = cv2.medianBlur(cv2.dilate(small, np.ones((3, 3), np.uint8)), 9)
    dark = cv2.subtract(cv2.resize(paper, (width, height), interpolation=cv2.INTER_LINEAR), pixels)
    mask = _grey(cv2.threshold(dark, _DARKER, 1, cv2.THRESH_BINARY)[1])
    fields = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((25, 25), np.uint8))
    return _grey(cv2.subtract(mask, fields))


def _grey(pixels: object) -> Pixels:
    return np.asarray(pixels, dtype=np.uint8)
