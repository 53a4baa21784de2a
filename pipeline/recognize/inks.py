"""Coloured ink across black print: stamps, signatures and marks taken out of the page, to be read apart.

Black print and coloured ink lie over one another as filters do: their densities (logarithms of how much
light they swallow) add up for each of the three colours. The ink's own colour is measured at its places, so
that each pixel can be solved for how much there is of the ink, and how much of black. Coloured ink that
touches no print and stands level is left where it is: headings, links, letterheads. Lengths are in
millimetres.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.model import Box
from pipeline.recognize import paper, skew
from pipeline.sheet import Picture, Pixels

_DPI = 100
_COLOURED, _CLEARLY = 0.1, 0.22  # between the lightest and the darkest colour, of the paper's
_BLACK = 0.45  # of the paper's shade, in the lightest colour
_REACH = 2.6  # between letters and lines of one mark
_FIELD = 2.6  # no stroke is that wide
_LEAST = 12.0  # square millimetres of ink
_LARGEST = 0.35  # of the page
_RULE = 12.0
_RULED = 0.75  # of the ink lies in level and upright lines: a table's
_CROSSED = 0.015  # of the ink has black beside it
_TILTED = 2.0
STEEPEST = 20.0
_FRINGE = 0.6  # colours are kept less finely than shades, and bleed
_SURE_BLACK = 1.4  # density; what the ink is there can't be told
_FAINT = 0.12
_STRONGER = 2.2

_Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Mark:
    """What was stamped or written in one colour: the ink alone, dark on white, and its place in points."""

    picture: Picture
    box: Box


@dataclass(frozen=True)
class Parted:
    """A page without the coloured ink that lay across its print, and that ink."""

    picture: Picture
    marks: tuple[Mark, ...] = ()


def parted(picture: Picture) -> Parted:
    """Take coloured marks out of a page; a page without colours comes back as it is."""
    colour = picture.colour
    plain = replace(picture, colour=None)
    if colour is None:
        return Parted(plain)
    small, factor = paper.reduced(colour, picture.dpi, _DPI)
    dots = picture.dpi * factor / 25.4
    ground = np.dstack([paper.coarse(np.ascontiguousarray(part), dots * 25.4) for part in cv2.split(small)])
    height, width = small.shape[:2]
    shade = np.maximum(cv2.resize(ground, (width, height)), 1).astype(np.float32)
    even = np.asarray(small.astype(np.float32) / shade, np.float32)
    pixels, marks = plain.pixels.copy(), []
    for place, mask in _crossing(even, dots):
        part = _scaled(place, 1 / factor, pixels.shape)
        black, ink = _solved(colour[part], ground, (part, pixels.shape), mask, even[place])
        near = _near(mask, black.shape, dots)
        np.copyto(pixels[part], black, where=near)
        marks.append(Mark(Picture(np.where(near, ink, np.uint8(255)), picture.dpi), _box(part, picture.dpi)))
    return Parted(Picture(pixels, picture.dpi), tuple(marks)) if marks else Parted(plain)


_Part = tuple[slice, slice]


def _crossing(even: _Floats, dots: float) -> Iterator[tuple[_Part, Pixels]]:
    """Places of coloured ink that lies across black print or aslant, each with the ink as a mask."""
    lightest, darkest = even.max(axis=2), even.min(axis=2)
    chroma = lightest - darkest
    coloured = (chroma > _COLOURED).astype(np.uint8)
    black = cv2.dilate(((lightest < _BLACK) & (coloured == 0)).astype(np.uint8), np.ones((3, 3), np.uint8))
    wide = round(_REACH * dots) | 1
    joined = cv2.morphologyEx(coloured, cv2.MORPH_CLOSE, np.ones((wide, wide), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    for index, (left, top, width, height, _) in enumerate(stats.tolist()[1:], 1):
        part = np.s_[top : top + height, left : left + width]
        ink = coloured[part] & (labels[part] == index).astype(np.uint8)
        amount = int(np.count_nonzero(ink))
        if amount < _LEAST * dots**2 or width * height > _LARGEST * coloured.size:
            continue
        if np.percentile(chroma[part][ink > 0], 80) < _CLEARLY or _printed(ink, dots):
            continue
        crossed = np.count_nonzero(ink & black[part]) / amount
        if crossed > _CROSSED or abs(skew.angle(ink, STEEPEST)) > _TILTED:
            yield part, ink


def _printed(ink: Pixels, dots: float) -> bool:
    """Whether ink is that of coloured fields or of ruled lines, which print alone makes."""
    amount = np.count_nonzero(ink)
    field = round(_FIELD * dots) | 1
    if cv2.erode(np.pad(ink, 1), np.ones((field, field), np.uint8)).any():
        return True
    rule = round(_RULE * dots)
    lines = sum(
        np.count_nonzero(cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones(shape, np.uint8)))
        for shape in ((1, rule), (rule, 1))
    )
    return bool(lines > _RULED * amount)


def _scaled(place: _Part, factor: float, shape: tuple[int, ...]) -> _Part:
    rows, columns = (
        slice(round(side.start * factor), min(end, round(side.stop * factor)))
        for side, end in zip(place, shape, strict=True)
    )
    return rows, columns


def _near(mask: Pixels, shape: tuple[int, ...], dots: float) -> npt.NDArray[np.bool_]:
    """Which pixels are of the ink or so near that its colour may have bled into them."""
    fringe = 2 * round(_FRINGE * dots) + 1
    wide = cv2.dilate(mask, np.ones((fringe, fringe), np.uint8))
    return np.asarray(cv2.resize(wide, shape[::-1], interpolation=cv2.INTER_NEAREST) > 0)


def _box(part: _Part, dpi: float) -> Box:
    rows, columns = part
    return Box(*(v * 72 / dpi for v in (columns.start, rows.start, columns.stop, rows.stop)))


def _solved(
    colour: Pixels, ground: Pixels, where: tuple[_Part, tuple[int, ...]], mask: Pixels, even: _Floats
) -> tuple[Pixels, Pixels]:
    """A part of the page with its black print alone, and with its coloured ink alone."""
    (rows, columns), (high, wide) = where
    scale = ground.shape[0] / high, ground.shape[1] / wide
    shade = ground[
        int(rows.start * scale[0]) : int(rows.stop * scale[0]) + 1,
        int(columns.start * scale[1]) : int(columns.stop * scale[1]) + 1,
    ].reshape(-1, 3)
    light = np.maximum(np.median(shade, axis=0), 1).astype(np.float32)
    ways = np.linalg.pinv(np.stack([_density(_typical(even[mask > 0])), np.ones(3)], axis=1))
    amounts = cv2.transform(_density(colour / light), ways.astype(np.float32))
    of_ink, of_black = amounts[..., 0], amounts[..., 1]
    of_ink = np.where(of_black > _SURE_BLACK, 0, of_ink)
    black = float(light.mean()) * np.exp(-np.maximum(of_black - _FAINT, 0))
    stamped = 255 * np.exp(-_STRONGER * np.maximum(of_ink - _FAINT, 0))
    return black.astype(np.uint8), stamped.astype(np.uint8)


def _typical(colours: _Floats) -> _Floats:
    """The colour of an ink where it is strongest."""
    chroma = colours.max(axis=1) - colours.min(axis=1)
    strong = colours[chroma >= np.percentile(chroma, 75)]
    return np.asarray(np.median(strong, axis=0), np.float32)


def _density(light: _Floats) -> _Floats:
    return np.asarray(-np.log(np.clip(light, 0.02, 1.0)), np.float32)
