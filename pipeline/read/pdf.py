"""PDF pages: PDFium opens and mends the file, reads the page and draws it; pdfplumber is asked for help.

PDFium needs a tenth of the time that pdfplumber does, and sees the same words and lines. pdfplumber reads
pages on which PDFium finds no text although something is drawn, or letters that it can't tell.
"""

import io
import math
from functools import partial
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pypdfium2 as pdfium

from pipeline.errors import Corrupt, Empty, TooLarge
from pipeline.read import colour, pdf_open, pdf_paint, pdf_words
from pipeline.read.pdf_words import Found
from pipeline.settings import Recognition
from pipeline.sheet import Picture, Sheet

_UNKNOWN_SHARE = 0.02  # of the letters

# Sizes in points are rounded: without this a scan drawn at its own resolution would be stretched by a pixel.
_SNUG = 1 - 1e-4


def count(path: Path) -> int:
    """The number of pages. Raises Encrypted, Corrupt or Empty."""
    try:
        with pdf_open.opened(path) as document:
            pages = len(document)
    except Corrupt as error:
        pages = _plumber().count(path)
        if pages == 0:
            raise error
    if pages == 0:
        raise Empty("the PDF has no pages")
    return pages


def sheet(path: Path, number: int, limits: Recognition, careful: bool = False) -> Sheet:
    """Page `number`, counted from 1. `careful` keeps to PDFium, for pages that pdfplumber chokes on.

    Raises Encrypted or Corrupt.
    """
    try:
        with pdf_open.opened(path, number) as document, pdf_open.page(document, number) as page:
            return _sheet(document, page, path, number, limits, careful)
    except Corrupt as error:
        found = None if careful else _plumber().page(path, number)
        if found is None or not found.tokens:
            raise Corrupt(str(error), number) from error
        return Sheet(
            width=found.width,
            height=found.height,
            tokens=found.tokens,
            rules=found.rules,
            sideways_share=found.sideways_share,
        )


def _sheet(
    document: pdfium.PdfDocument, page: Any, path: Path, number: int, limits: Recognition, careful: bool
) -> Sheet:
    found, painted = pdf_words.page(page), pdf_paint.page(page)
    if not careful and _is_doubtful(found, painted):
        found = _second_opinion(document, page, number, found)
    return Sheet(
        width=found.width,
        height=found.height,
        tokens=found.tokens,
        rules=painted.rules,
        image_share=painted.image_share,
        images=painted.images,
        image_dpi=painted.image_dpi,
        hidden_share=painted.hidden_share,
        sideways_share=found.sideways_share,
        picture=partial(_picture, path, number, limits),
    )


def _plumber() -> ModuleType:
    """pdfplumber takes longer to load than many a document to read, and few need it."""
    return import_module("pipeline.read.pdf_plumber")


def _is_doubtful(found: Found, painted: pdf_paint.Painted) -> bool:
    """Whether PDFium may have missed the text of a page: there is none, or it can't tell the letters."""
    missed = not found.tokens and not found.sideways_share and (painted.has_text or not painted.images)
    return missed or found.unknown_share > _UNKNOWN_SHARE


def _second_opinion(document: pdfium.PdfDocument, page: Any, number: int, found: Found) -> Found:
    """What pdfplumber finds, if it is on the same paper and knows all letters.

    Of a font without a key it tells some letters wrongly, and only the others as unknown.
    """
    other: Found | None = _plumber().page(io.BytesIO(_alone(document, page, number)), 1)
    if other is None or not other.tokens or abs(other.width - found.width) > 2:
        return found
    if abs(other.height - found.height) > 2 or other.unknown_share > 0:
        return found
    return other


def _picture(path: Path, number: int, limits: Recognition, dpi: int) -> Picture:
    """The page drawn in grey, and in colour where it has some. Raises TooLarge above `max_pixels`."""
    with pdf_open.opened(path, number) as document, pdf_open.page(document, number) as page:
        scale = dpi / 72 * _SNUG
        width, height = (math.ceil(side * scale) for side in page.get_size())
        if width * height > limits.max_pixels:
            raise TooLarge(f"{width} x {height} pixels; max_pixels is {limits.max_pixels}", number)
        if (size := pdf_paint.unpacked(page)) > limits.max_unpacked:
            told = f"a picture unpacks to {size} bytes; max_unpacked is {limits.max_unpacked}"
            raise TooLarge(told, number)
        try:
            if pdf_paint.coloured(page):
                pixels = np.array(page.render(scale=scale, rev_byteorder=False).to_numpy())[:, :, :3]
                return colour.picture(np.ascontiguousarray(pixels), dpi)
            bitmap = page.render(scale=scale, grayscale=True)
            return Picture(np.array(bitmap.to_numpy()).reshape(bitmap.height, bitmap.width), dpi)
        except (pdfium.PdfiumError, ValueError) as error:
            raise Corrupt("the page can't be drawn", number) from error


def _alone(document: pdfium.PdfDocument, page: Any, number: int) -> bytes:
    """The page as a PDF of its own: mended, not encrypted, and no bigger than what is shown."""
    one = pdfium.PdfDocument.new()
    try:
        one.import_pages(document, [number - 1])
        copy = one[0]
        copy.set_mediabox(*page.get_bbox())
        copy.set_cropbox(*page.get_bbox())
        data = io.BytesIO()
        one.save(data)
        return data.getvalue()
    finally:
        one.close()
