"""The words of a PDF page as PDFium sees them: for pages that pdfplumber can't read."""

import ctypes
import math
import unicodedata
from collections.abc import Iterator
from typing import Any

import pypdfium2.raw as pdfium_c

from pipeline.model import Box
from pipeline.read.pdf_words import Found
from pipeline.sheet import Token

_BROKEN_HYPHEN = "\ufffe"  # PDFium's mark for a hyphen at the end of a line
_FINE = 64  # steps to the point


def page(page: Any) -> Found:
    """All words of an opened page, where the page as it is shown has them."""
    width, height = page.get_size()
    textpage = page.get_textpage()
    letters = [_letter(page, textpage, i) for i in range(textpage.count_chars())]
    printed = [letter for letter in letters if letter is not None]
    level = [letter for letter in printed if letter[3]]
    return Found(
        width,
        height,
        tuple(_tokens([letter for letter in letters if letter is None or letter[3]])),
        sideways_share=1 - len(level) / len(printed) if printed else 0.0,
    )


_Letter = tuple[str, Box, float, bool, float]  # character, box, size, whether it stands upright, baseline


def _letter(page: Any, textpage: Any, index: int) -> _Letter | None:
    """One character, None for a blank."""
    code = pdfium_c.FPDFText_GetUnicode(textpage, index)
    char = chr(code) if code <= 0x10FFFF and not 0xD800 <= code < 0xE000 else "\N{REPLACEMENT CHARACTER}"
    if char == _BROKEN_HYPHEN:
        char = "-"
    if char.isspace() or not char.isprintable():
        return None
    left, bottom, right, top = textpage.get_charbox(index, loose=True)
    x, y = ctypes.c_double(left), ctypes.c_double(bottom)
    pdfium_c.FPDFText_GetCharOrigin(textpage, index, x, y)
    (x0, y0), (x1, y1) = _shown(page, left, bottom), _shown(page, right, top)
    box = Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
    angle = pdfium_c.FPDFText_GetCharAngle(textpage, index) + page.get_rotation() * math.pi / 180
    return char, box, box.y1 - box.y0, math.cos(angle) > 0.9, _shown(page, x.value, y.value)[1]


def _shown(page: Any, x: float, y: float) -> tuple[float, float]:
    """Where a point of the page's own coordinates lies on the page as it is turned and cropped."""
    width, height = page.get_size()
    across, down = ctypes.c_int(), ctypes.c_int()
    size = round(width * _FINE), round(height * _FINE)
    pdfium_c.FPDF_PageToDevice(page, 0, 0, *size, 0, x, y, across, down)
    return across.value / _FINE, down.value / _FINE


def _tokens(letters: list[_Letter | None]) -> Iterator[Token]:
    """Letters in reading order, cut at blanks, at gaps and where the line or the size changes."""
    word: list[_Letter] = []
    for letter in [*letters, None]:
        if word and (letter is None or not _follows(word[-1], letter)):
            box = word[0][1]
            for other in word[1:]:
                box = box.union(other[1])
            text = unicodedata.normalize("NFC", "".join(one[0] for one in word))
            yield Token(text, box, word[0][2], word[0][4])
            word = []
        if letter is not None:
            word.append(letter)


def _follows(last: _Letter, letter: _Letter) -> bool:
    size = max(last[2], 1.0)
    return (
        abs(letter[4] - last[4]) < 0.15 * size
        and -0.5 * size < letter[1].x0 - last[1].x1 < 0.16 * size
        and abs(letter[2] - last[2]) < 0.2 * size
    )
