"""Lines that dirt on a scanner's glass draws down a whole sheet: taken off, and the print below them kept.

They follow the sensor, so they are as straight as the picture's own columns and run from edge to edge, which
nothing printed does. The print shows through them fainter; how much fainter is told by the columns beside.
Widths are in millimetres.
"""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from pipeline.sheet import Picture, Pixels

_BANDS, _STEP = 24, 4  # rows looked at: each fourth
_OFTEN = 0.9  # of the bands
_OFF = 8  # grey levels between a streak and the paper beside it
_WIDEST = 1.0
_BESIDE = 2.0
_MARGIN = 0.6  # nearer to the edge it may be the sheet's own
_PRINT = 40  # grey levels between paper and print
_NEXT, _INK_ROWS = 6, 20  # columns beside a streak that tell how dark print is: as their rows that are darker
_SEEN = 0.25, 1.3  # of the print's darkness below a streak

_Numbers = npt.NDArray[np.float32]


def wiped(picture: Picture) -> Picture:
    """The picture without streaks down it; as it was where there are none."""
    runs = list(_runs(picture.pixels, picture.dpi / 25.4))
    if not runs:
        return picture
    pixels = picture.pixels.copy()
    for left, right in runs:
        pixels[:, left:right] = _cleared(picture.pixels, left, right)
    return Picture(pixels, picture.dpi)


def _runs(pixels: Pixels, dots: float) -> Iterator[tuple[int, int]]:
    """Where streaks begin and end: columns that are off their neighbours' shade nearly all the way down."""
    height, width = pixels.shape
    reach, margin, widest = round(_BESIDE * dots), round(_MARGIN * dots), max(2, round(_WIDEST * dots))
    if height < 4 * _BANDS * _STEP or width < 4 * reach:
        return
    shades = np.stack([np.median(band, axis=0) for band in np.array_split(pixels[::_STEP], _BANDS)]).astype(
        np.float32
    )
    padded = np.pad(shades, ((0, 0), (reach, reach)), mode="reflect")
    around = np.median(
        np.stack([padded[:, at : at + width] for at in range(0, 2 * reach + 1, max(1, reach // 6))]), axis=0
    )
    darker = (around - shades > _OFF).mean(axis=0) >= _OFTEN
    lighter = (shades - around > _OFF).mean(axis=0) >= _OFTEN
    edges = np.flatnonzero(np.diff(np.concatenate([[False], darker | lighter, [False]]).astype(np.int8)))
    for left, right in edges.reshape(-1, 2).tolist():
        if right - left <= widest and left >= margin and right <= width - margin:
            yield left, right


def _cleared(pixels: Pixels, left: int, right: int) -> Pixels:
    """The columns of a streak as they would be without it."""
    before, behind = (
        pixels[:, max(0, part.start) : part.stop].astype(np.float32)
        for part in (slice(left - _NEXT, left), slice(right, right + _NEXT))
    )
    shade = float(np.median(np.concatenate([before, behind], axis=1)))
    contrast = shade - float(np.median([_darkest(column) for column in (*before.T, *behind.T)]))
    columns = np.empty((len(pixels), right - left), np.float32)
    for at in range(left, right):
        column = pixels[:, at].astype(np.float32)
        paper = float(np.median(column))
        seen = (paper - _darkest(column)) / contrast if contrast > _PRINT else 0.0
        if _SEEN[0] < seen < _SEEN[1]:
            columns[:, at - left] = shade - (paper - column) / seen
        else:
            share = (at - left + 1) / (right - left + 1)
            columns[:, at - left] = before[:, -1] * (1 - share) + behind[:, 0] * share
    return np.clip(columns, 0, 255).astype(np.uint8)


def _darkest(column: _Numbers) -> float:
    """How dark print is in a column of a page, whether much or little of it is there."""
    return float(np.partition(column, _INK_ROWS)[_INK_ROWS])
