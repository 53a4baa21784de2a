"""What is on a scan beside the text: ruled lines, which tell of tables, and specks, which tell nothing.

Both are painted over before the page is read. Lengths are in millimetres of paper.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from pipeline.sheet import Picture, Pixels, Rule

_DARKER = 45  # grey levels below the paper: ink
_RULE = 9.0  # shorter lines are strokes of letters
_RULE_THICK = 1.0
_BRIDGED = 0.7  # worn lines have gaps
_CLEAR = 0.5
_CROSSED = 0.15  # rules have less than a tenth of their length touched, tops of letters more than a quarter
_SPECK = 1.0  # a full stop is smaller than half of it in most type, but stands close to a letter
_ALONE = 1.4  # in typewriting a full stop stands this far from its word
_ALONE_ABOVE = 0.9
_MANY_SPECKS = 25
_HOLE = 3.0
_MARGIN = 0.075  # of the width
_PAD = 1


@dataclass(frozen=True)
class Cleared:
    """A picture without rules and specks, and the rules that were there, in points."""

    picture: Picture
    rules: tuple[Rule, ...] = ()
    specks: int = 0


def clear(picture: Picture) -> Cleared:
    """Take the ruled lines off a level picture, and specks where there are many."""
    dots = picture.dpi / 25.4
    paper = _paper(picture.pixels, dots)
    ink = (cv2.subtract(paper, picture.pixels) > _DARKER).astype(np.uint8)
    level, upright = _lines(ink, dots), _lines(ink.T, dots).T
    rules = (*_rules(level, picture.dpi, False), *_rules(np.ascontiguousarray(upright.T), picture.dpi, True))
    lines = level | upright
    specks, number = _specks(ink & ~lines, dots)
    mask = np.asarray(lines | specks | _edges(ink, dots), np.uint8)
    if not mask.any():
        return Cleared(picture)
    wider = cv2.dilate(mask, np.ones((1 + 2 * _PAD, 1 + 2 * _PAD), np.uint8))
    pixels = np.where(wider > 0, paper, picture.pixels).astype(np.uint8)
    return Cleared(Picture(pixels, picture.dpi), rules, number)


def _paper(pixels: Pixels, dots: float) -> Pixels:
    """The shade of the paper at every point: the lightest thereabouts, smoothed."""
    factor = 1 / max(1.0, dots / 4)
    small = cv2.resize(pixels, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    paper = cv2.medianBlur(cv2.dilate(small, np.ones((7, 7), np.uint8)), 15)
    height, width = pixels.shape
    return np.asarray(cv2.resize(paper, (width, height), interpolation=cv2.INTER_LINEAR), np.uint8)


def _lines(ink: Pixels, dots: float) -> Pixels:
    """The ink of level lines: long, thin, and mostly with bare paper above and below."""
    long, bridge = round(_RULE * dots), round(_BRIDGED * dots)
    ink = np.ascontiguousarray(ink)
    joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((3, bridge), np.uint8))
    found = cv2.morphologyEx(joined, cv2.MORPH_OPEN, np.ones((1, long), np.uint8))
    found = cv2.dilate(found, np.ones((3, 1), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(found, connectivity=8)
    keep = np.zeros(count, bool)
    for index, (left, top, width, height, _) in enumerate(stats.tolist()):
        if index and height <= _RULE_THICK * dots:
            keep[index] = _bare(ink, left, top, width, height, dots)
    return np.asarray(keep[labels] & (found > 0), np.uint8)


def _bare(ink: Pixels, left: int, top: int, width: int, height: int, dots: float) -> bool:
    """Whether the paper just above and just below a line is bare for most of its length."""
    off, deep = max(1, round(_CLEAR * dots / 2)), round(_CLEAR * dots)
    above = ink[max(0, top - off - deep) : max(0, top - off), left : left + width]
    below = ink[top + height + off : top + height + off + deep, left : left + width]
    return all(side.size == 0 or side.any(axis=0).mean() < _CROSSED for side in (above, below))


def _rules(lines: Pixels, dpi: float, upright: bool) -> list[Rule]:
    scale = 72 / dpi
    count, _, stats, _ = cv2.connectedComponentsWithStats(lines, connectivity=8)
    rules = []
    for left, top, width, height, _ in stats[1:count].tolist():
        middle = (top + height / 2) * scale
        x0, x1 = left * scale, (left + width) * scale
        rules.append(Rule(middle, x0, middle, x1) if upright else Rule(x0, middle, x1, middle))
    return rules


def _edges(ink: Pixels, dots: float) -> Pixels:
    """Punched holes, and the dark bars where the copier saw past the paper."""
    height, width = ink.shape
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    keep = np.zeros(count, bool)
    for index, (left, top, wide, high, area) in enumerate(stats.tolist()):
        outside = left < 2 or top < 2 or left + wide > width - 2 or top + high > height - 2
        margin = left + wide < _MARGIN * width or left > (1 - _MARGIN) * width
        hole = margin and min(wide, high) > _HOLE * dots and area > 0.5 * wide * high
        keep[index] = index > 0 and (hole or (outside and area > _HOLE * dots * dots))
    return np.asarray(keep[labels], np.uint8)


def _specks(ink: Pixels, dots: float) -> tuple[Pixels, int]:
    """Dots that stand away from everything bigger; none where they are too few to be dirt."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    limit = _SPECK * dots
    small = (stats[:, cv2.CC_STAT_WIDTH] <= limit) & (stats[:, cv2.CC_STAT_HEIGHT] <= limit)
    small[0] = False
    body = (~small[labels] & (labels > 0)).astype(np.uint8)
    reach = 2 * round(_ALONE * dots) + 1, 2 * round(_ALONE_ABOVE * dots) + 1
    near = cv2.dilate(body, np.ones(reach[::-1], np.uint8))
    touched = np.zeros(count, bool)
    touched[np.unique(labels[near > 0])] = True
    lone = small & ~touched
    number = int(np.count_nonzero(lone))
    if number < _MANY_SPECKS:
        return np.zeros_like(ink), 0
    return lone[labels].astype(np.uint8), number
