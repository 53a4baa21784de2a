"""Text in white on dark fields, as heads of tables and forms are printed: turned to dark on light.

The engine reads some of it as it is, and then often twice, but its neighbours suffer: a dark field passes
for a picture, and evening out the paper's shade would wipe its text away. Lengths are in millimetres.
"""

from collections.abc import Iterator

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.recognize import paper
from pipeline.sheet import Picture, Pixels

_DPI = 100
_DARK = 0.62  # of the paper's shade, or darker
_LOWEST, _SHORTEST = 2.3, 6.0
_LEGIBLE = 3  # pixels: no letter fits in a field that is lower
_LARGEST = 0.4  # of the page; more is a photograph, or a page that is white on black
_FULL = 0.8  # of the slanted rectangle round it, its letters counted in
_EVEN = 18  # grey levels that printed fields keep within
_LIGHTER = 60
_LETTERS = (0.02, 0.42)  # of the field
_RINGED = 0.8  # of its edge is dark; round words in bold type there is paper between the letters
_LETTER = 6.0
_FEW = 3  # light pieces: letters have fewer holes
_DENSE = 155  # of 255
_DULL = 12  # grey levels: noise of the field
_RIM = 0.25


def turned(picture: Picture) -> Picture:
    """The picture with its dark fields light where there are light letters in them."""
    small, factor = paper.reduced(picture.pixels, picture.dpi, _DPI)
    ground = int(np.percentile(small[::5, ::5], 90))
    dark = (small < _DARK * ground).astype(np.uint8)
    dots = picture.dpi * factor / 25.4
    if _LOWEST * dots < _LEGIBLE or not _anywhere(dark, dots):
        return picture
    solid = _solid(dark, dots)
    if not solid.any():
        return picture
    pixels = None
    for place, mask, shade in _fields(small, dark, solid, dots):
        if pixels is None:
            pixels = picture.pixels.copy()
        _turn(pixels, place, mask, factor, (ground, shade), picture.dpi)
    return picture if pixels is None else Picture(pixels, picture.dpi)


_Place = tuple[int, int, int, int]  # left, top, width, height


def _anywhere(dark: Pixels, dots: float) -> bool:
    """Whether a place as large as the smallest field is darker than print makes it."""
    place = round(_SHORTEST * dots), round(_LOWEST * dots)
    return bool(cv2.blur(dark * np.uint8(255), place).max() > _DENSE)


def _solid(dark: Pixels, dots: float) -> Pixels:
    """Dark fields without the letters in them, and without the words that stand close by."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(1 - dark, connectivity=4)
    letter = (stats[:, cv2.CC_STAT_HEIGHT] < _LETTER * dots) & (
        stats[:, cv2.CC_STAT_WIDTH] < 4 * _LETTER * dots
    )
    letter[0] = False
    whole = dark | letter.view(np.uint8)[labels]
    kernel = np.ones((round(_LOWEST * dots) | 1,) * 2, np.uint8)
    return np.asarray(cv2.morphologyEx(whole, cv2.MORPH_OPEN, kernel), np.uint8)


def _fields(small: Pixels, dark: Pixels, solid: Pixels, dots: float) -> Iterator[tuple[_Place, Pixels, int]]:
    """Places of dark fields with light letters, the whole of each as a mask, and its shade."""
    outlines, _ = cv2.findContours(solid, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    for outline in outlines:
        left, top, wide, high = cv2.boundingRect(outline)
        _, sides, _ = cv2.minAreaRect(outline)
        if min(sides) < _LOWEST * dots or max(sides) < _SHORTEST * dots:
            continue
        if wide * high > _LARGEST * dark.size or cv2.contourArea(outline) < _FULL * sides[0] * sides[1]:
            continue
        part = np.s_[top : top + high, left : left + wide]
        mask = np.zeros((high, wide), np.uint8)
        cv2.drawContours(mask, [outline - (left, top)], -1, 1, -1)
        edge = mask - cv2.erode(np.pad(mask, 1), np.ones((3, 3), np.uint8))[1:-1, 1:-1]
        if dark[part][edge > 0].mean() < _RINGED:
            continue
        core = (mask - edge) > 0
        if not core.any():
            continue
        inside = small[part].astype(np.int16)
        shade = int(np.median(inside[core]))
        light = core & (inside > shade + _LIGHTER)
        if not _LETTERS[0] <= light.sum() / core.sum() <= _LETTERS[1]:
            continue
        if _is_even(inside[core & ~light], shade) and _pieces(light) >= _FEW:
            yield (left, top, wide, high), mask, shade


def _pieces(light: npt.NDArray[np.bool_]) -> int:
    return int(cv2.connectedComponents(light.astype(np.uint8), connectivity=8)[0]) - 1


def _is_even(ground: np.ndarray, shade: int) -> bool:
    """Whether a ground has one shade all over, as printed fields have and photographs haven't."""
    return float(np.percentile(np.abs(ground - shade), 70)) <= _EVEN


def _turn(
    pixels: Pixels, place: _Place, mask: Pixels, factor: float, shades: tuple[int, int], dpi: float
) -> None:
    """Turn a field, and take its rim for paper."""
    ground, shade = shades
    rim = max(1, round(_RIM * dpi / 25.4))
    left, top, wide, high = (round(v / factor) for v in place)
    outer = np.pad(cv2.resize(mask, (wide, high), interpolation=cv2.INTER_NEAREST), rim)
    kernel = np.ones((2 * rim + 1, 2 * rim + 1), np.uint8)
    height, width = pixels.shape
    rows, columns = (
        np.s_[max(0, at - rim) : min(end, at + long + rim)]
        for at, long, end in ((top, high, height), (left, wide, width))
    )
    part = np.s_[
        rows.start - top + rim : rows.stop - top + rim, columns.start - left + rim : columns.stop - left + rim
    ]
    field, whole, core = (
        pixels[rows, columns],
        cv2.dilate(outer, kernel)[part],
        cv2.erode(outer, kernel)[part],
    )
    letters = cv2.subtract(field, np.full_like(field, min(254, shade + _DULL))).astype(np.float32)
    lightest = max(_LIGHTER, float(np.percentile(letters[core > 0], 98))) if core.any() else 255.0
    dark = np.clip(ground * (1 - letters / lightest), 0, 255).astype(np.uint8)
    field[whole > 0] = ground
    np.copyto(field, dark, where=core > 0)
