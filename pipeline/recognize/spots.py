"""What is on a scan beside the text: ruled lines, which tell of tables, and dirt, which tells nothing.

Both are painted over before the page is read. Lengths are in millimetres of paper.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from pipeline.recognize import paper, ruled
from pipeline.sheet import Picture, Pixels, Rule

_DARKER = 45  # grey levels below the paper: ink
_SPECK = 1.0  # a full stop is smaller than half of it in most type, but stands close to a letter
_ALONE = 1.4  # in typewriting a full stop stands this far from its word
_ALONE_ABOVE = 0.9
_MANY_SPECKS = 25
_HOLE = 3.0
_BEYOND = 6.0  # from the edge of the picture; what is dark there and thin is no print
_MARGIN = 0.075  # of the width
_DARK_PAPER = 0.8  # of the usual shade: no paper, but what lies beyond its edge


@dataclass(frozen=True)
class Cleared:
    """A picture without rules and dirt, and the rules that were there, in points."""

    picture: Picture
    rules: tuple[Rule, ...] = ()
    specks: int = 0


def clear(picture: Picture) -> Cleared:
    """Take the ruled lines off a level picture, dark edges and holes, and specks where there are many."""
    dots = picture.dpi / 25.4
    ground = paper.shade(picture.pixels, picture.dpi)
    beyond = max(1, round(_BEYOND * dots))
    for strip in np.s_[:beyond, :], np.s_[-beyond:, :], np.s_[:, :beyond], np.s_[:, -beyond:]:
        ground[strip] = _lit(ground, strip)
    ink = np.asarray(
        cv2.threshold(cv2.subtract(ground, picture.pixels), _DARKER, 1, cv2.THRESH_BINARY)[1], np.uint8
    )
    lines, rules = ruled.lines(ink, picture.dpi)
    dirt, specks = _dirt(ink if lines is None else ink & (1 - lines), dots)
    masks = [mask for mask in (lines, dirt) if mask is not None]
    if not masks:
        return Cleared(picture, tuple(rules))
    mask = np.bitwise_or.reduce(masks)
    pixels = picture.pixels.copy()
    cv2.copyTo(_lit(ground, slice(None)), cv2.dilate(mask, np.ones((3, 3), np.uint8)), pixels)
    return Cleared(Picture(pixels, picture.dpi), tuple(rules), specks)


def _lit(ground: Pixels, part: slice | tuple[slice, slice]) -> Pixels:
    """A part of the paper, of the usual shade where what was taken for it is too dark to be paper."""
    usual = np.uint8(np.median(ground[::16, ::16]))
    return np.where(ground[part] > _DARK_PAPER * usual, ground[part], usual)


def _dirt(ink: Pixels, dots: float) -> tuple[Pixels | None, int]:
    """Specks, punched holes and dark edges; None where there is nothing of the kind, and how many specks."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    lone = _specks(labels, stats, dots)
    number = int(np.count_nonzero(lone))
    if number < _MANY_SPECKS:
        lone[:] = False
        number = 0
    drop = lone | _edges(stats, ink.shape, dots)
    drop[0] = False
    if not drop.any():
        return None, 0
    return drop.view(np.uint8)[labels], number


def _edges(stats: np.ndarray, shape: tuple[int, ...], dots: float) -> np.ndarray:
    """Which pieces of ink are punched holes, or bars where the copier saw past the paper."""
    left, top, wide, high, area = stats.T
    height, width = shape
    outside = (left < 2) | (top < 2) | (left + wide > width - 2) | (top + high > height - 2)
    margin = (left + wide < _MARGIN * width) | (left > (1 - _MARGIN) * width)
    hole = margin & (np.minimum(wide, high) > _HOLE * dots) & (area > 0.5 * wide * high)
    thin = area < _BEYOND * dots * np.maximum(wide, high)
    return np.asarray(hole | (outside & thin & (area > _HOLE * dots * dots)))


def _specks(labels: np.ndarray, stats: np.ndarray, dots: float) -> np.ndarray:
    """Which pieces of ink are dots that stand away from everything bigger."""
    left, top, wide, high, _ = stats.T
    limit = _SPECK * dots
    small = (wide <= limit) & (high <= limit)
    small[0] = False
    if np.count_nonzero(small) < _MANY_SPECKS:
        return np.zeros_like(small)
    step = max(1, round(dots / 4))
    body = ~small
    body[0] = False
    near = body.view(np.uint8)[np.ascontiguousarray(labels[::step, ::step])]
    reach = (round(_ALONE * dots / step), round(_ALONE_ABOVE * dots / step))
    near = cv2.dilate(near, np.ones((2 * reach[1] + 1, 2 * reach[0] + 1), np.uint8))
    touched = np.zeros(len(small), bool)
    rows, columns = near.shape
    for x in (left, left + wide - 1):
        for y in (top, top + high - 1):
            touched |= near[np.minimum(y // step, rows - 1), np.minimum(x // step, columns - 1)] > 0
    return np.asarray(small & ~touched)
