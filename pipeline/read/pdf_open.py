"""Open PDF documents with PDFium, mend what it can't open, and lay out their pages for reading.

A document stays open from one of its pages to the next, so that its file isn't parsed for every page; but
PDFium keeps what it has read, so it is opened anew now and then.
"""

import os
import re
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from pipeline.errors import Corrupt, Encrypted

_PAGES = 32  # that share an opened document
_MARK = b"%PDF-"
_CATALOG = re.compile(rb"/Type\s*/Catalog")
_HEADER = re.compile(rb"(\d{1,10})\s+(\d{1,5})\s+obj\s*<<")
_REACH = 65_536  # bytes of an object before the word that makes it the catalog
_LAST = 20  # such words that are looked at
# What people fill in, type or stamp on a page in a viewer is not in the page's own content.
_WRITTEN_ON = (pdfium_c.FPDF_ANNOT_WIDGET, pdfium_c.FPDF_ANNOT_FREETEXT, pdfium_c.FPDF_ANNOT_STAMP)


@contextmanager
def opened(path: Path, number: int = 1) -> Iterator[pdfium.PdfDocument]:
    """The document, to read page `number` of it. Raises Encrypted or Corrupt.

    Whatever PDFium can't do with it in the block is Corrupt.
    """
    about = path.stat()
    content = about.st_ino, about.st_size, about.st_mtime_ns
    document = _document(path, content, os.getpid(), (number - 1) // _PAGES)
    try:
        yield document
    except pdfium.PdfiumError as error:
        raise Corrupt(f"PDFium: {error}") from error


@contextmanager
def page(document: pdfium.PdfDocument, number: int) -> Iterator[Any]:
    """Page `number`, counted from 1: level, and what was filled in or typed on it a part of it."""
    loaded = _loaded(document, number)
    try:
        for changed in (_flattened, _unturned):
            if changed(loaded):
                loaded.close()
                loaded = _loaded(document, number)
        yield loaded
    finally:
        loaded.close()


@lru_cache(maxsize=1)
def _document(path: Path, _content: tuple[int, ...], _process: int, _part: int) -> pdfium.PdfDocument:
    """The document in this process: a file opened before a fork has one place of reading for both."""
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        if error.err_code in (pdfium_c.FPDF_ERR_PASSWORD, pdfium_c.FPDF_ERR_SECURITY):
            raise Encrypted("the PDF can't be opened without a password") from error
        document = _mended(path)
    try:
        if document.get_formtype() != pdfium_c.FORMTYPE_NONE:
            document.init_forms()
    except pdfium.PdfiumError as error:
        raise Corrupt(f"PDFium: {error}") from error
    return document


def _mended(path: Path) -> pdfium.PdfDocument:
    """The document with what PDFium can't do without: the mark at the top, the way in at the end."""
    data = path.read_bytes()
    head = b"" if _MARK in data[:1024] else _MARK + b"1.7\n"
    catalog = _catalog(data)
    tail = b"\ntrailer\n<< /Root %b %b R >>\nstartxref\n0\n%%%%EOF\n" % catalog if catalog else b""
    try:
        return pdfium.PdfDocument(head + data + tail)
    except pdfium.PdfiumError as error:
        raise Corrupt("the PDF can't be opened; it is cut off or overwritten") from error


def _catalog(data: bytes) -> tuple[bytes, ...]:
    """Number and generation of the last catalog; empty where there is none."""
    for word in reversed(deque(_CATALOG.finditer(data), maxlen=_LAST)):
        before = data[max(0, word.start() - _REACH) : word.start()]
        for header in reversed(list(_HEADER.finditer(before, before.rfind(b"endobj") + 1))):
            return header.groups()
    return ()


def _loaded(document: pdfium.PdfDocument, number: int) -> Any:
    try:
        return document[number - 1]
    except (pdfium.PdfiumError, IndexError) as error:
        raise Corrupt("the page is missing from the file, though it counts it", number) from error


def _flattened(page: Any) -> bool:
    """Make what was written on a page a part of it. Returns whether it must be reloaded."""
    if not _written_on(page):
        return False
    return bool(pdfium_c.FPDFPage_Flatten(page, pdfium_c.FLAT_NORMALDISPLAY) == pdfium_c.FLATTEN_SUCCESS)


def _written_on(page: Any) -> bool:
    for index in range(pdfium_c.FPDFPage_GetAnnotCount(page)):
        annotation = pdfium_c.FPDFPage_GetAnnot(page, index)
        if annotation:
            kind = pdfium_c.FPDFAnnot_GetSubtype(annotation)
            pdfium_c.FPDFPage_CloseAnnot(annotation)
            if kind in _WRITTEN_ON:
                return True
    return False


def _unturned(page: Any) -> bool:
    """Turn the content of a page instead of the page, since PDFium measures only letters that lie level.

    Returns whether there was anything to turn.
    """
    rotation = page.get_rotation()
    if rotation == 0:
        return False
    left, bottom, right, top = page.get_bbox()
    # A page turned clockwise shows its left edge at the top.
    matrix = {
        90: (0, -1, 1, 0, -bottom, right),
        180: (-1, 0, 0, -1, right, top),
        270: (0, 1, -1, 0, top, -left),
    }[rotation]
    wide, high = (right - left, top - bottom) if rotation == 180 else (top - bottom, right - left)
    pdfium_c.FPDFPage_TransFormWithClip(page, pdfium_c.FS_MATRIX(*matrix), None)
    pdfium_c.FPDFPage_TransformAnnots(page, *matrix)
    page.set_rotation(0)
    page.set_mediabox(0, 0, wide, high)
    page.set_cropbox(0, 0, wide, high)
    return True
