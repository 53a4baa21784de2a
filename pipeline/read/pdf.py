"""PDF pages: PDFium opens and mends the file and draws the page, pdfplumber reads its text.

Each page is first copied into a PDF of its own, so that a page of a long, broken or encrypted file (with
an empty password) costs no more than a page of a sound one, and both libraries see the same page.
"""

import io
import math
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from pipeline.errors import Corrupt, Empty, Encrypted, TooLarge
from pipeline.read import pdf_chars, pdf_paint, pdf_words
from pipeline.settings import Recognition
from pipeline.sheet import Picture, Sheet

_MARK = b"%PDF-"
_CATALOG = re.compile(rb"(\d+)\s+(\d+)\s+obj\s*<<(?:(?!endobj).)*?/Type\s*/Catalog", re.DOTALL)
# What people fill in, type or stamp on a page in a viewer is not in the page's own content.
_WRITTEN_ON = (pdfium_c.FPDF_ANNOT_WIDGET, pdfium_c.FPDF_ANNOT_FREETEXT, pdfium_c.FPDF_ANNOT_STAMP)


def count(path: Path) -> int:
    """The number of pages. Raises Encrypted, Corrupt or Empty."""
    try:
        with _opened(path) as document:
            pages = len(document)
    except Corrupt as error:
        pages = pdf_words.count(path)
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
        with _opened(path) as document:
            return _sheet(document, path, number, limits, careful)
    except Corrupt as error:
        found = None if careful else pdf_words.page(path, number)
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
    document: pdfium.PdfDocument, path: Path, number: int, limits: Recognition, careful: bool
) -> Sheet:
    page = _page(document, number)
    width, height = page.get_size()
    found = (
        None
        if careful
        else pdf_words.page(io.BytesIO(_alone(document, page, number)), 1, page.get_rotation())
    )
    # The two must agree about the paper, else words and picture don't lie on each other.
    if found is None or abs(found.width - width) > 2 or abs(found.height - height) > 2 or not found.tokens:
        found = pdf_chars.page(page)
    return Sheet(
        width=width,
        height=height,
        tokens=found.tokens,
        rules=found.rules,
        image_share=pdf_paint.image_share(page),
        image_dpi=pdf_paint.image_dpi(page),
        hidden_share=pdf_paint.hidden_share(page),
        sideways_share=found.sideways_share,
        picture=partial(_picture, path, number, limits),
    )


def _picture(path: Path, number: int, limits: Recognition, dpi: int) -> Picture:
    """The page drawn in grey. Raises TooLarge where that takes more than `max_pixels`."""
    with _opened(path) as document:
        page = _page(document, number)
        width, height = (math.ceil(side * dpi / 72) for side in page.get_size())
        if width * height > limits.max_pixels:
            raise TooLarge(f"{width} x {height} pixels; max_pixels is {limits.max_pixels}", number)
        try:
            bitmap = page.render(scale=dpi / 72, grayscale=True)
            return Picture(np.array(bitmap.to_numpy()).reshape(bitmap.height, bitmap.width), dpi)
        except (pdfium.PdfiumError, ValueError) as error:
            raise Corrupt("the page can't be drawn", number) from error


@contextmanager
def _opened(path: Path) -> Iterator[pdfium.PdfDocument]:
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        if error.err_code in (pdfium_c.FPDF_ERR_PASSWORD, pdfium_c.FPDF_ERR_SECURITY):
            raise Encrypted("the PDF can't be opened without a password") from error
        document = _mended(path)
    try:
        if document.get_formtype() != pdfium_c.FORMTYPE_NONE:
            document.init_forms()
        yield document
    except pdfium.PdfiumError as error:
        raise Corrupt(f"PDFium: {error}") from error
    finally:
        document.close()


def _mended(path: Path) -> pdfium.PdfDocument:
    """The document with what PDFium can't do without: the mark at the top, the way in at the end."""
    data = path.read_bytes()
    head = b"" if _MARK in data[:1024] else _MARK + b"1.7\n"
    catalog = next(reversed(list(_CATALOG.finditer(data))), None)
    tail = b"\ntrailer\n<< /Root %b %b R >>\nstartxref\n0\n%%%%EOF\n" % catalog.groups() if catalog else b""
    try:
        return pdfium.PdfDocument(head + data + tail)
    except pdfium.PdfiumError as error:
        raise Corrupt("the PDF can't be opened; it is cut off or overwritten") from error


def _page(document: pdfium.PdfDocument, number: int) -> Any:
    """The page, with what was filled in or typed on it made part of it."""
    try:
        page = document[number - 1]
    except (pdfium.PdfiumError, IndexError) as error:
        raise Corrupt("the page is missing from the file, though it counts it", number) from error
    if _written_on(page):
        page.flatten()
    return page


def _written_on(page: Any) -> bool:
    for index in range(pdfium_c.FPDFPage_GetAnnotCount(page)):
        annotation = pdfium_c.FPDFPage_GetAnnot(page, index)
        if annotation:
            kind = pdfium_c.FPDFAnnot_GetSubtype(annotation)
            pdfium_c.FPDFPage_CloseAnnot(annotation)
            if kind in _WRITTEN_ON:
                return True
    return False


def _alone(document: pdfium.PdfDocument, page: Any, number: int) -> bytes:
    """The page as a PDF of its own: mended, not encrypted, not turned, and no bigger than what is shown."""
    one = pdfium.PdfDocument.new()
    try:
        one.import_pages(document, [number - 1])
        copy = one[0]
        copy.set_rotation(0)
        copy.set_mediabox(*page.get_bbox())
        copy.set_cropbox(*page.get_bbox())
        data = io.BytesIO()
        one.save(data)
        return data.getvalue()
    finally:
        one.close()
