"""A page's own text and what OCR read on the same page, made one.

A text that was not believed still has words that a second reading lacks: its signs and figures where an
English OCR made it, its digits where fonts lost only some letters. A text that was believed may leave out a
picture with text, which is then read and set in its place.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

import numpy as np

from pipeline.model import Box, Page, TextSource
from pipeline.recognize.fuse import fuse, text_of
from pipeline.recognize.languages import fold
from pipeline.recognize.layout import layout
from pipeline.recognize.prepare import Levelled
from pipeline.sheet import Picture, Sheet, Token

Known = Callable[[str], bool]
Merge = Callable[[list[Token], Levelled], list[Token]]
"""Given the words that OCR read on a level picture: the words to keep."""

_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"[-+–]?\d[\d.,:/–-]*\d|\d")
_SIGNS = "§%@"
_AGREES = 0.35  # of the longer words and numbers; two pages of one kind share a fifth
_UNSURE, _LEGIBLE = 0.85, 0.5
_MARGIN, _REACH = 6.0, 40.0  # points around lines of text in a picture, and to their sides
_A_SCAN = 0.6  # of the page


def with_layer(sheet: Sheet, known: Known) -> Merge:
    """How to merge a page's own text, which was not believed, into its OCR."""

    def merge(read: list[Token], levelled: Levelled) -> list[Token]:
        if not agree(sheet.tokens, read):
            return read
        layer = [_on_level(token, levelled) for token in sheet.tokens]
        return fuse(read, layer, _choice(sheet.hidden_share < 0.5, known))

    return merge


def agree(layer: Iterable[Token], read: Iterable[Token]) -> bool:
    """Whether two readings can be of one page: enough of the longer words and numbers are in both."""
    one, other = (_telling(tokens) for tokens in (layer, read))
    return bool(one) and len(one & other) >= _AGREES * min(len(one), max(1, len(other)))


def _telling(tokens: Iterable[Token]) -> set[str]:
    pieces = (fold(token.text.lower()).strip(".,:;()\"'-–") for token in tokens)
    return {piece for piece in pieces if len(piece) > 4 or (len(piece) > 1 and piece.isdigit())}


def _choice(printed: bool, known: Known) -> Callable[[Sequence[Token], Sequence[Token]], bool]:
    """Whether the layer's words are better than the OCR's. `printed` layers were written, not read."""

    def layer_wins(read: Sequence[Token], layer: Sequence[Token]) -> bool:
        if not layer:
            return False
        said, meant = text_of(read), text_of(layer)
        if not read:
            return (
                bool(_NUMBER.fullmatch(meant)) and len(meant) > 1
                if not printed
                else _is_word(meant, known, 3)
            )
        surety = min(token.confidence or 0.0 for token in read)
        if set(_SIGNS) & set(meant) and not set(_SIGNS) & set(said):
            return _but_for_signs(meant, said)
        if _NUMBER.fullmatch(meant):
            return printed or (surety < _UNSURE and not _NUMBER.fullmatch(said))
        return surety < _UNSURE and _is_word(meant, known, 4) and not _is_word(said, known, 2)

    return layer_wins


def _is_word(text: str, known: Known, least: int) -> bool:
    words = _WORD.findall(text)
    return bool(words) and all(len(word) >= least and known(word) for word in words)


def _but_for_signs(meant: str, said: str) -> bool:
    """Whether two readings differ only where one has a sign that the Swedish model reads as letters."""
    pattern = "".join(".{1,2}" if char in _SIGNS else re.escape(char) for char in meant)
    return re.fullmatch(pattern, said) is not None


def _on_level(token: Token, levelled: Levelled) -> Token:
    """A word of the page where it lies on the level picture."""
    if levelled.back is None:
        return token
    box, ((a, b, c), (d, e, f)) = token.box, levelled.back
    x, y = (box.x0 + box.x1) / 2 - c, (box.y0 + box.y1) / 2 - f
    area = a * e - b * d
    dx = (e * x - b * y) / area - (box.x0 + box.x1) / 2
    dy = (a * y - d * x) / area - (box.y0 + box.y1) / 2
    moved = Box(box.x0 + dx, box.y0 + dy, box.x1 + dx, box.y1 + dy)
    return replace(token, box=moved, baseline=token.baseline + dy)


def alone(sheet: Sheet, lines: Sequence[Box]) -> Sheet:
    """The page with nothing on it but what its own text leaves out: the lines seen in its pictures."""
    draw = sheet.picture
    assert draw is not None

    def picture(dpi: int) -> Picture:
        page = draw(dpi)
        pixels = np.full_like(page.pixels, 255)
        for box in _regions(sheet, lines):
            rows, columns = _pixels(box, dpi / 72, _MARGIN)
            pixels[rows, columns] = page.pixels[rows, columns]
        for token in sheet.tokens:
            pixels[_pixels(token.box, dpi / 72, 0.0)] = 255
        return Picture(pixels, page.dpi)

    return replace(sheet, tokens=(), hidden_share=0.0, picture=picture)


def _regions(sheet: Sheet, lines: Sequence[Box]) -> list[Box]:
    """Where to read: of a picture that is part of the page all from its first line to its last, of a scan
    only about the lines, since the rest was read before."""
    page = sheet.width * sheet.height
    parts = [box for box in sheet.images if (box.x1 - box.x0) * (box.y1 - box.y0) < _A_SCAN * page]
    regions = []
    for part in parts:
        found = [line for line in lines if _holds(part, line)]
        if found:
            regions.append(Box(part.x0, min(b.y0 for b in found), part.x1, max(b.y1 for b in found)))
    loose = [line for line in lines if not any(_holds(part, line) for part in parts)]
    return regions + [Box(b.x0 - _REACH, b.y0, b.x1 + _REACH, b.y1) for b in loose]


def _holds(part: Box, line: Box) -> bool:
    x, y = (line.x0 + line.x1) / 2, (line.y0 + line.y1) / 2
    return part.x0 <= x <= part.x1 and part.y0 <= y <= part.y1


def _pixels(box: Box, scale: float, margin: float) -> tuple[slice, slice]:
    x0, y0 = (max(0, round((side - margin) * scale)) for side in (box.x0, box.y0))
    x1, y1 = (max(0, round((side + margin) * scale)) for side in (box.x1, box.y1))
    return slice(y0, y1), slice(x0, x1)


def added(sheet: Sheet, page: Page, read: Iterable[Token]) -> Page | None:
    """A page by its own text, with what was read in its pictures; None where that was nothing legible."""
    legible = [token for token in read if (token.confidence or 0.0) > _LEGIBLE]
    words = [token for token in legible if sum(map(str.isalnum, token.text)) > 2]
    if len(words) < 3 or len(words) < 0.5 * len(legible):
        return None
    tokens = fuse(sheet.tokens, legible, lambda own, other: not own)
    text, placed = layout(tokens, sheet.rules, sheet.height)
    return replace(page, text=text, words=placed, source=TextSource.MIXED)
