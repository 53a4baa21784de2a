"""Ruled lines on a scan, which tell of tables and are in the way of the letters that stand on them.

On fine pictures they are looked for at half the resolution: no line is too thin for that, since a pixel of
the small picture is ink wherever one of its four is. Lengths are in millimetres of paper.
"""

import cv2
import numpy as np

from pipeline.sheet import Pixels, Rule

_FINE_DPI = 250
_RULE = 9.0  # shorter lines are strokes of letters
_RULE_THICK = 0.8  # small letters of six points are taller
_BRIDGED = 0.7  # worn lines have gaps
_CLEAR = 0.5
_CROSSED = 0.15  # rules have less than a tenth of their length touched, tops of letters more than a quarter


def lines(ink: Pixels, dpi: float) -> tuple[Pixels | None, list[Rule]]:
    """The ink of ruled lines, level and upright, and the lines in points; None where there are none."""
    step = 2 if dpi > _FINE_DPI else 1
    small = _halved(ink) if step == 2 else ink
    level, level_places = _level(small, ink, dpi / 25.4, step)
    upright, upright_places = _level(np.ascontiguousarray(small.T), ink.T, dpi / 25.4, step)
    if not level_places and not upright_places:
        return None, []
    scale = 72 / dpi * step
    rules = [_rule(place, scale) for place in level_places]
    rules += [Rule(r.y0, r.x0, r.y1, r.x1) for r in (_rule(place, scale) for place in upright_places)]
    mask = np.asarray(level | upright.T, np.uint8)
    if step == 2:
        mask = mask.repeat(2, axis=0).repeat(2, axis=1)
    return np.ascontiguousarray(mask[: ink.shape[0], : ink.shape[1]]), rules


def _halved(ink: Pixels) -> Pixels:
    height, width = ink.shape
    even: Pixels = np.pad(ink, ((0, height % 2), (0, width % 2)))
    halved: Pixels = even[::2, ::2] | even[1::2, ::2] | even[::2, 1::2] | even[1::2, 1::2]
    return halved


_Place = tuple[int, int, int, int]  # left, top, width, height


def _level(small: Pixels, ink: Pixels, dots: float, step: int) -> tuple[Pixels, list[_Place]]:
    """The ink of level lines in the small picture: long, thin, and mostly with bare paper on both sides."""
    long, bridge = round(_RULE * dots / step), max(1, round(_BRIDGED * dots / step))
    joined = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((3, bridge), np.uint8))
    found = cv2.morphologyEx(joined, cv2.MORPH_OPEN, np.ones((1, long), np.uint8))
    mask = np.zeros_like(small)
    if not found.any():
        return mask, []
    found = cv2.dilate(found, np.ones((3, 1), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(found, connectivity=8)
    places = []
    for index, (left, top, width, height, _) in enumerate(stats[1:count].tolist(), 1):
        whole = (left * step, top * step, width * step, height * step)
        if whole[3] <= _RULE_THICK * dots + 2 * step - 2 and _bare(ink, whole, dots):
            places.append((left, top, width, height))
            part = slice(top, top + height), slice(left, left + width)
            mask[part] |= (labels[part] == index).view(np.uint8)
    return mask, places


def _bare(ink: Pixels, place: _Place, dots: float) -> bool:
    """Whether the paper just above and just below a line is bare for most of its length."""
    left, top, width, height = place
    off, deep = max(1, round(_CLEAR * dots / 2)), round(_CLEAR * dots)
    above = ink[max(0, top - off - deep) : max(0, top - off), left : left + width]
    below = ink[top + height + off : top + height + off + deep, left : left + width]
    return all(side.size == 0 or side.any(axis=0).mean() < _CROSSED for side in (above, below))


def _rule(place: _Place, scale: float) -> Rule:
    left, top, width, height = place
    middle = (top + height / 2) * scale
    return Rule(left * scale, middle, (left + width) * scale, middle)
