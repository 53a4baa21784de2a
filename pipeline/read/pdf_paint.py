"""How a PDF page is painted: its pictures, its drawn lines, and how much of its text is painted unseen."""

from collections.abc import Generator, Iterator, Sequence
from ctypes import c_float, c_uint
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium_c

from pipeline.model import Box
from pipeline.sheet import Rule

_NESTING = 4  # forms within forms
_MANY = 20_000  # objects, and points of drawn lines: a map or a drawing; enough is known by then
_MIN_RULE = 8.0  # points: shorter lines are parts of letters, ticks and logos
_THIN = 2.0  # points: what is thinner is a line, drawn or filled
_RECTANGLE = 5  # points of a rectangle's path
_LAYER = 0.9  # of the picture that it lies on
_MASK_DPI, _FINE_LAYER = 300.0, 180.0

_Matrix = tuple[float, float, float, float, float, float]
_Point = tuple[float, float]
_PLAIN: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True)
class Painted:
    """What a walk over a page's objects tells; see `Sheet` for the meaning of the fields."""

    images: tuple[Box, ...] = ()
    image_share: float = 0.0
    image_dpi: float = 0.0
    hidden_share: float = 0.0
    has_text: bool = False
    rules: tuple[Rule, ...] = ()


def page(page: Any) -> Painted:
    """What is painted on a page that isn't turned."""
    left, bottom, right, top = page.get_bbox()
    paper = Box(0.0, 0.0, right - left, top - bottom)
    onto_paper = (1.0, 0.0, 0.0, -1.0, -left, top)  # y counts from the top there
    images: list[tuple[Box, float]] = []
    rules: list[Rule] = []
    texts = hidden = points = 0
    for thing, kind, matrix in _objects(page):
        if kind == pdfium_c.FPDF_PAGEOBJ_TEXT:
            texts += 1
            hidden += pdfium_c.FPDFTextObj_GetTextRenderMode(thing) == pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE
        elif kind == pdfium_c.FPDF_PAGEOBJ_IMAGE:
            image = _image(thing, _times(matrix, onto_paper), paper)
            if image is not None:
                images.append(image)
        elif kind == pdfium_c.FPDF_PAGEOBJ_PATH and points < _MANY:
            count = pdfium_c.FPDFPath_CountSegments(thing)
            points += count
            if 2 <= count <= _MANY:
                rules += _rules(thing, count, _times(matrix, onto_paper))
    area = paper.x1 * paper.y1
    covered = sum((box.x1 - box.x0) * (box.y1 - box.y0) for box, _ in images)
    return Painted(
        images=tuple(box for box, _ in images),
        image_share=min(1.0, covered / area) if area else 0.0,
        image_dpi=_finest(images),
        hidden_share=hidden / texts if texts else 0.0,
        has_text=texts > 0,
        rules=tuple(rules),
    )


def _objects(container: Any) -> Iterator[tuple[Any, int, _Matrix]]:
    """Every object of a page with its kind and the matrix of the forms that it is in."""
    left = _MANY
    waiting = [(container, pdfium_c.FPDFPage_CountObjects, pdfium_c.FPDFPage_GetObject, _PLAIN, 0)]
    while waiting:
        parent, count, get, matrix, depth = waiting.pop()
        number = min(count(parent), left)
        left -= number
        for index in range(number):
            thing = get(parent, index)
            kind = pdfium_c.FPDFPageObj_GetType(thing)
            if kind != pdfium_c.FPDF_PAGEOBJ_FORM:
                yield thing, kind, matrix
            elif depth < _NESTING:
                inner = _times(_matrix(thing), matrix)
                waiting.append(
                    (
                        thing,
                        pdfium_c.FPDFFormObj_CountObjects,
                        pdfium_c.FPDFFormObj_GetObject,
                        inner,
                        depth + 1,
                    )
                )


def _image(thing: Any, matrix: _Matrix, paper: Box) -> tuple[Box, float] | None:
    """Where a picture lies on the paper, and its resolution; None beyond the paper's edges."""
    whole = _bounds(thing, matrix)
    box = Box(
        max(whole.x0, paper.x0), max(whole.y0, paper.y0), min(whole.x1, paper.x1), min(whole.y1, paper.y1)
    )
    wide, high = c_uint(), c_uint()
    pdfium_c.FPDFImageObj_GetImagePixelSize(thing, wide, high)
    if box.x1 <= box.x0 or box.y1 <= box.y0:
        return None
    # A picture may lie on its side; the longer side of the one is that of the other.
    return box, 72 * max(wide.value, high.value) / max(whole.x1 - whole.x0, whole.y1 - whole.y0)


def _area(image: tuple[Box, float]) -> float:
    return (image[0].x1 - image[0].x0) * (image[0].y1 - image[0].y0)


def _finest(images: Sequence[tuple[Box, float]]) -> float:
    """The resolution of the largest picture, or of the finest of those that lie on it in its size.

    A layered scan has its paper in one picture, coarse, and its print in others. Where none is fine the
    print is a mask inside one of them, which doesn't show here: masks are made at 300.
    """
    if not images:
        return 0.0
    largest = max(images, key=_area)
    layers = [dpi for box, dpi in images if _lies_on(box, largest[0])]
    finest = max(layers)
    return _MASK_DPI if len(layers) > 1 and finest < _FINE_LAYER else finest


def _lies_on(box: Box, paper: Box) -> bool:
    wide = min(box.x1, paper.x1) - max(box.x0, paper.x0)
    high = min(box.y1, paper.y1) - max(box.y0, paper.y0)
    whole = (paper.x1 - paper.x0) * (paper.y1 - paper.y0)
    return wide > 0 and high > 0 and wide * high > _LAYER * whole


def coloured(page: Any) -> bool:
    """Whether a picture on the page is in colour, as far as its file says."""
    about = pdfium_c.FPDF_IMAGEOBJ_METADATA()
    for thing, kind, _ in _objects(page):
        if kind == pdfium_c.FPDF_PAGEOBJ_IMAGE and pdfium_c.FPDFImageObj_GetImageMetadata(thing, page, about):
            grey = (pdfium_c.FPDF_COLORSPACE_DEVICEGRAY, pdfium_c.FPDF_COLORSPACE_CALGRAY)
            if about.bits_per_pixel > 8 or (about.bits_per_pixel > 1 and about.colorspace not in grey):
                return True
    return False


def unpacked(page: Any) -> int:
    """The bytes that the largest picture on the page unpacks to, as far as its file says."""
    about, most = pdfium_c.FPDF_IMAGEOBJ_METADATA(), 0
    for thing, kind, _ in _objects(page):
        if kind == pdfium_c.FPDF_PAGEOBJ_IMAGE and pdfium_c.FPDFImageObj_GetImageMetadata(thing, page, about):
            most = max(most, about.width * about.height * about.bits_per_pixel // 8)
    return most


def _rules(path: Any, count: int, matrix: _Matrix) -> Iterator[Rule]:
    """The level and upright lines of a path: those drawn, and the edges of what is filled."""
    box = _bounds(path, matrix)
    wide, high = box.x1 - box.x0, box.y1 - box.y0
    if max(wide, high) < _MIN_RULE:
        return
    if count <= _RECTANGLE and min(wide, high) <= _THIN:
        yield from _thin([(box.x0, box.y0), (box.x1, box.y1)], count > 2)
        return
    for line in _lines(path, count, _times(_matrix(path), matrix)):
        if not (yield from _thin(line, len(line) > 2)):
            for one, other in pairwise(line):
                yield from _thin([one, other], False)


def _thin(corners: list[_Point], filled: bool) -> Generator[Rule, None, bool]:
    """What is level or upright and long as a rule, what is filled as two; whether it is thin at all."""
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    x0, y0, x1, y1 = min(xs), min(ys), max(xs), max(ys)
    if x1 - x0 <= _THIN and y1 - y0 >= _MIN_RULE:
        for x in (x0, x1) if filled else ((x0 + x1) / 2,):
            yield Rule(x, y0, x, y1)
    elif y1 - y0 <= _THIN and x1 - x0 >= _MIN_RULE:
        for y in (y0, y1) if filled else ((y0 + y1) / 2,):
            yield Rule(x0, y, x1, y)
    return min(x1 - x0, y1 - y0) <= _THIN


def _lines(path: Any, count: int, matrix: _Matrix) -> Iterator[list[_Point]]:
    """The straight stretches of a path, each as its corners."""
    x, y = c_float(), c_float()
    a, b, c, d, e, f = matrix
    line: list[_Point] = []
    start: _Point = (0.0, 0.0)
    for index in range(count):
        segment = pdfium_c.FPDFPath_GetPathSegment(path, index)
        pdfium_c.FPDFPathSegment_GetPoint(segment, x, y)
        corner = a * x.value + c * y.value + e, b * x.value + d * y.value + f
        kind = pdfium_c.FPDFPathSegment_GetType(segment)
        if kind == pdfium_c.FPDF_SEGMENT_LINETO:
            line.append(corner)
        else:
            if len(line) > 1:
                yield line
            line = [corner]
        if kind == pdfium_c.FPDF_SEGMENT_MOVETO:
            start = corner
        if pdfium_c.FPDFPathSegment_GetClose(segment):
            line.append(start)
    if len(line) > 1:
        yield line


def _bounds(thing: Any, matrix: _Matrix) -> Box:
    """The box around an object on the paper."""
    left, bottom, right, top = c_float(), c_float(), c_float(), c_float()
    pdfium_c.FPDFPageObj_GetBounds(thing, left, bottom, right, top)
    a, b, c, d, e, f = matrix
    corners = [(x, y) for x in (left.value, right.value) for y in (bottom.value, top.value)]
    xs, ys = [a * x + c * y + e for x, y in corners], [b * x + d * y + f for x, y in corners]
    return Box(min(xs), min(ys), max(xs), max(ys))


def _matrix(thing: Any) -> _Matrix:
    own = pdfium_c.FS_MATRIX()
    pdfium_c.FPDFPageObj_GetMatrix(thing, own)
    return own.a, own.b, own.c, own.d, own.e, own.f


def _times(inner: _Matrix, outer: _Matrix) -> _Matrix:
    """What first the inner matrix does, then the outer."""
    a, b, c, d, e, f = inner
    o = outer
    return (
        a * o[0] + b * o[2],
        a * o[1] + b * o[3],
        c * o[0] + d * o[2],
        c * o[1] + d * o[3],
        e * o[0] + f * o[2] + o[4],
        e * o[1] + f * o[3] + o[5],
    )
