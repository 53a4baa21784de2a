"""The words of a PDF page as PDFium sees them: for pages that pdfplumber can't read."""

import ctypes
import unicodedata
from collections.abc import Iterator
from typing import Any

import pypdfium2.raw as pdfium_c

from pipeline.model import Box
from pipeline.read.pdf_words import Found
from pipeline.sheet import Token

_BROKEN_HYPHEN = "\ufffe"  # PDFium's mark for a hyphen at the end of a line
_SIDEWAYS = 0.2  # radians


def page(page: Any) -> Found:
    """All words of an opened page."""
    width, height = page.get_size()
    textpage = page.get_textpage()
    letters = [_letter(textpage, i, height) for i in range(textpage.count_chars())]
    level = [one for one in letters if one is None or abs(one[3]) < _SIDEWAYS]
    tokens = tuple(_tokens(level))
    return Found(width, height, tokens, sideways_share=1 - len(level) / len(letters) if letters else 0.0)


_Letter = tuple[str, Box, float, float, float]  # character, box, size, angle, baseline


def _letter(textpage: Any, index: int, height: float) -> _Letter | None:
    """One character, None for a blank."""
    code = pdfium_c.FPDFText_GetUnicode(textpage, index)
    char = chr(code) if code <= 0x10FFFF and not 0xD800 <= code < 0xE000 else "\N{REPLACEMENT CHARACTER}"
    if char == _BROKEN_HYPHEN:
        char = "-"
    if char.isspace() or not char.isprintable():
        return None
    left, bottom, right, top = textpage.get_charbox(index, loose=True)
    x, y = ctypes.c_double(), ctypes.c_double()
    if not pdfium_c.FPDFText_GetCharOrigin(textpage, index, x, y):
        y.value = bottom
    angle = pdfium_c.FPDFText_GetCharAngle(textpage, index)
    turned = min(angle % 6.2832, -angle % 6.2832)
    return char, Box(left, height - top, right, height - bottom), top - bottom, turned, height - y.value


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
