"""Stamps in frames that lie aslant beside the print: cut out, to be straightened and read by themselves.

Left in place, their slanting lines draw the lines of text beside them askew, and the engine loses words of
both. What tells a stamp is its frame, turned against the page, with lines in it that are turned as it is; a
frame that print runs across is left. Lengths are in millimetres.
"""

import math
from collections.abc import Iterator

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.model import Box
from pipeline.recognize import paper, prepare, skew
from pipeline.recognize.inks import STEEPEST, Mark, Parted
from pipeline.sheet import Picture, Pixels

_DPI = 75
_DARKER = 45
_SIDES = ((8.0, 70.0), (18.0, 110.0))
_THIN = 0.3  # of the frame's box is its ink, at most
_DRAWN = 0.85  # of the frame's sides has ink
_ASLANT, _ALIKE = 1.2, 1.3  # degrees
_RIM = 0.8


def parted(picture: Picture) -> Parted:
    """Take slanting framed stamps out of a page; a page without any comes back as it is."""
    small, factor = paper.reduced(picture.pixels, picture.dpi, _DPI)
    dots = picture.dpi * factor / 25.4
    dark = (cv2.subtract(paper.shade(small, picture.dpi * factor), small) > _DARKER).astype(np.uint8)
    frames = list(_frames(dark, dots))
    if not frames:
        return Parted(picture)
    level = skew.angle(prepare.ink(picture))
    pixels, marks = picture.pixels.copy(), []
    for corners, slant in frames:
        if abs(slant - level) < _ASLANT or abs(_lines_in(dark, corners, dots) - slant) > _ALIKE:
            continue
        inside = np.zeros(pixels.shape, np.uint8)
        cv2.fillConvexPoly(inside, np.round(_wider(corners, _RIM * dots) / factor).astype(np.int32), 1)
        left, top, wide, high = cv2.boundingRect(inside)
        part = np.s_[top : top + high, left : left + wide]
        ink = np.where(inside[part] > 0, picture.pixels[part], np.uint8(255))
        scale = 72 / picture.dpi
        box = Box(left * scale, top * scale, (left + wide) * scale, (top + high) * scale)
        marks.append(Mark(Picture(ink, picture.dpi), box))
        pixels[part][inside[part] > 0] = np.uint8(np.percentile(picture.pixels[part], 80))
    return Parted(Picture(pixels, picture.dpi), tuple(marks)) if marks else Parted(picture)


_Corners = npt.NDArray[np.float32]


def _frames(dark: Pixels, dots: float) -> Iterator[tuple[_Corners, float]]:
    """Rectangles drawn on the page, as corners, with their slant: degrees counter-clockwise to level them."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    (low, high), (narrow, wide) = _SIDES
    for index, (left, top, width, height, area) in enumerate(stats.tolist()[1:], 1):
        if width < narrow * dots or height < low * dots or area > _THIN * width * height:
            continue
        if width > 1.2 * wide * dots or height > 1.5 * high * dots:
            continue
        own = (labels[top : top + height, left : left + width] == index).astype(np.uint8)
        y, x = np.nonzero(own)
        corners = cv2.boxPoints(cv2.minAreaRect(np.stack([x, y], axis=1).astype(np.float32)))
        outline = np.zeros_like(own)
        cv2.polylines(outline, [np.round(corners).astype(np.int32)], True, 1)
        drawn = cv2.dilate(own, np.ones((round(0.8 * dots) | 1,) * 2, np.uint8))
        if drawn[outline > 0].mean() > _DRAWN:
            longest = max(zip(corners, np.roll(corners, -1, axis=0), strict=True), key=_length)
            (x0, y0), (x1, y1) = sorted(map(tuple, longest))
            slant = math.degrees(math.atan2(y1 - y0, x1 - x0))
            if abs(slant) < STEEPEST:
                yield np.asarray(corners, np.float32) + np.array([left, top], np.float32), slant


def _length(side: tuple[_Corners, _Corners]) -> float:
    return float(np.hypot(*(side[1] - side[0])))


def _lines_in(dark: Pixels, corners: _Corners, dots: float) -> float:
    """The slant of the lines inside a frame."""
    inside = np.zeros_like(dark)
    cv2.fillConvexPoly(inside, np.round(_wider(corners, -_RIM * dots)).astype(np.int32), 1)
    left, top, wide, high = cv2.boundingRect(inside)
    part = np.s_[top : top + high, left : left + wide]
    return skew.angle(dark[part] & inside[part], STEEPEST)


def _wider(corners: _Corners, by: float) -> _Corners:
    middle = corners.mean(axis=0)
    away = corners - middle
    return np.asarray(middle + away * (1 + by / np.maximum(np.abs(away), 1)), np.float32)
