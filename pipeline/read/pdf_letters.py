"""The letters of a PDF page as PDFium sees them: what they are and where they stand."""

import ctypes
from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import numpy.typing as npt
import pypdfium2.raw as pdfium_c

_BLANKS = np.array([code for code in range(0x3001) if chr(code).isspace()])
_GENERATED = (0x20, 0x0A, 0x0D)  # what PDFium puts between words and lines
_HYPHENS = (0x02, 0xFFFE)  # PDFium's marks for a hyphen at the end of a line
_SURROGATES = 0xD800, 0xE000
# Where a font has no key PDFium gives the number of the glyph. OCR programs' fonts number their glyphs as
# Unicode does; no other font has so many that these could be anything but quotation marks and dashes.
_PUNCTUATION = 0x2010, 0x2070
# What Word's lists draw with the fonts Symbol and Wingdings, whose signs have private codes.
_SYMBOLS = {0xF0B7: "•", 0xF0A7: "•", 0xF0A8: "•", 0xF0D8: "•", 0xF02D: "–", 0xF0B0: "°", 0xF0FC: "✓"}
UNKNOWN = 0xFFFD

Numbers = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
Truths = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Letters:
    """Letters and blanks, a row each, in the order of the file; points, y from the foot of the paper.

    `place` counts what PDFium found, its own guesses at blanks included, which have no row. `x0` and `x1`
    are where the pen stood before and after, or where ink reaches beyond that; `y0` is the foot of the type.
    """

    code: Whole
    place: Whole
    x0: Numbers
    x1: Numbers
    y0: Numbers
    size: Numbers
    baseline: Numbers
    level: Truths

    def only(self, rows: Any) -> "Letters":
        return Letters(*(getattr(self, column.name)[rows] for column in fields(self)))

    @property
    def blank(self) -> Truths:
        return np.isin(self.code, _BLANKS)


def letters(textpage: Any) -> Letters:
    """What is drawn on a page that isn't turned."""
    code = _codes(textpage)
    drawn = np.ones(len(code), np.bool_)
    handle = ctypes.cast(textpage.raw, ctypes.c_void_p).value
    for number in np.flatnonzero(np.isin(code, _GENERATED)).tolist():
        drawn[number] = not _is_generated(handle, number)
    place = np.flatnonzero(drawn)
    boxes = np.zeros((len(place), 4), np.float32)  # left, top, right, bottom
    pens = np.zeros((len(place), 2), np.float64)
    box, pen = boxes.ctypes.data, pens.ctypes.data
    for row, number in enumerate(place.tolist()):
        _loose_box(handle, number, box + 16 * row)
        _origin(handle, number, pen + 16 * row, pen + 16 * row + 8)
    x0, baseline = pens.T
    _, y1, x1, y0 = boxes.astype(np.float64).T
    first = np.ones(len(place), np.bool_)
    first[1:] = (np.diff(baseline) != 0) | (np.diff(y0) != 0) | (np.diff(y1) != 0) | (np.diff(place) > 1)
    size, level = _types(textpage, place, first)
    size = np.where(size > 0, size, y1 - y0)
    code = _known(handle, code[place], place, first)
    return Letters(code, place, x0, x1, y0, size, baseline, level)


def overhangs(textpage: Any, place: int, x1: float) -> bool:
    """Whether the ink of a letter ends at `x1`: then it may reach into the blank behind."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    pdfium_c.FPDFText_GetCharBox(textpage, place, left, right, bottom, top)
    return right.value > x1 - 0.01


def _plain(function: Any, *arguments: Any) -> Callable[..., int]:
    """A function of PDFium that takes addresses as numbers, since it's called for every letter."""
    prototype = ctypes.PYFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, *arguments)
    address = ctypes.cast(function, ctypes.c_void_p).value
    return prototype(address)  # type: ignore[arg-type]


_unicode = _plain(pdfium_c.FPDFText_GetUnicode)
_is_generated = _plain(pdfium_c.FPDFText_IsGenerated)
_is_unknown = _plain(pdfium_c.FPDFText_HasUnicodeMapError)
_loose_box = _plain(pdfium_c.FPDFText_GetLooseCharBox, ctypes.c_void_p)
_origin = _plain(pdfium_c.FPDFText_GetCharOrigin, ctypes.c_void_p, ctypes.c_void_p)


def _codes(textpage: Any) -> Whole:
    """What the letters are, all of them in one call where each has one unit of UTF-16."""
    count = textpage.count_chars()
    units = np.zeros(count + 1, np.uint16)
    buffer = units.ctypes.data_as(ctypes.POINTER(ctypes.c_ushort))
    got = pdfium_c.FPDFText_GetText(textpage, 0, count, buffer)
    low, high = _SURROGATES
    if got == count + 1 and not np.any((units >= low) & (units < high)):
        return units[:count].astype(np.int64)
    handle = ctypes.cast(textpage.raw, ctypes.c_void_p).value
    codes = np.fromiter((_unicode(handle, number) for number in range(count)), np.int64, count)
    return np.where((codes >= 0) & (codes <= 0x10FFFF) & ((codes < low) | (codes >= high)), codes, UNKNOWN)


def _known(handle: int | None, code: Whole, place: Whole, first: Truths) -> Whole:
    """The codes, with those that PDFium only guesses at marked as unknown."""
    telling = np.union1d(np.unique(code, return_index=True)[1], np.flatnonzero(first))
    unknown = code == 0
    if any(_is_unknown(handle, number) == 1 for number in place[telling].tolist()):
        unknown |= np.fromiter((_is_unknown(handle, number) == 1 for number in place.tolist()), np.bool_)
    unknown &= ((code < _PUNCTUATION[0]) | (code >= _PUNCTUATION[1])) & ~np.isin(code, _BLANKS)
    code = np.where(unknown, UNKNOWN, np.where(np.isin(code, _HYPHENS), ord("-"), code))
    for private, sign in _SYMBOLS.items():
        code[code == private] = ord(sign)
    return code


def _types(textpage: Any, place: Whole, first: Truths) -> tuple[Numbers, Truths]:
    """Size and levelness of all letters by those that begin a line or a font."""
    matrix = pdfium_c.FS_MATRIX()
    found = np.zeros((np.count_nonzero(first), 2))
    for row, number in enumerate(place[first].tolist()):
        pdfium_c.FPDFText_GetMatrix(textpage, number, matrix)
        size = abs(matrix.d * pdfium_c.FPDFText_GetFontSize(textpage, number))
        found[row] = size, matrix.a > abs(matrix.b)  # slanted type is level, text up the margin isn't
    size, level = found[np.cumsum(first) - 1].T
    return size, level > 0
