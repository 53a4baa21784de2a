"""Documents that were read, without reading them, and other readers to ask about their copies."""

import ctypes
import hashlib
import io
from pathlib import Path

import numpy as np
import pdfplumber
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from papers import PROSE, pdf, picture

from pipeline.flow import Result, understand
from pipeline.model import Box, Document, Page, Source, Span, TextSource, Word
from pipeline.read.media import HEAD, media_type
from pipeline.settings import Extraction, Settings

LINES = ("Föreningen § 14", *PROSE, "av 2")
_DPI = 300
SETTINGS = Settings(extraction=Extraction(persons=False))


def paper() -> bytes:
    """A page of type to take pictures of."""
    return pdf(LINES)


def page(number=1, data=None, rotation=0, source=TextSource.OCR) -> Page:
    """The page as it would be read from its picture: words in boxes of the ink that they are printed with."""
    ink = picture(data or paper(), dpi=_DPI) < 128
    with pdfplumber.open(io.BytesIO(data or paper())) as document:
        (found,) = document.pages
        lines = found.extract_text_lines(return_chars=False)
        printed = found.extract_words()
        width, height = float(found.width), float(found.height)
    texts, words, at = [], [], 0
    for line in lines:
        for word in (w for w in printed if abs(w["top"] - line["top"]) < 3):
            box = _inked(ink, word["x0"], word["top"], word["x1"], word["bottom"])
            words.append(Word(Span(at, at + len(word["text"])), box, 0.9))
            at += len(word["text"]) + 1
        texts.append(line["text"])
    return Page(number, "\n".join(texts), tuple(words), source, width, height, 200, rotation)


def _inked(ink, *sides) -> Box:
    """A box drawn close around the ink in it."""
    x0, y0, x1, y1 = (round(side * _DPI / 72) for side in sides)
    rows, columns = (np.flatnonzero(ink[y0:y1, x0:x1].any(axis)) for axis in (1, 0))
    found = x0 + columns[0], y0 + rows[0], x0 + columns[-1] + 1, y0 + rows[-1] + 1
    return Box(*(float(side * 72 / _DPI) for side in found))


def result(path: Path, *pages: Page) -> Result:
    """What reading a file to these pages would have come to."""
    data = path.read_bytes()
    kind = media_type(data[:HEAD], path.name)
    assert kind is not None
    source = Source((str(path),), hashlib.sha256(data).hexdigest(), kind, len(data))
    return understand(Document(source, pages), SETTINGS)


def words(path: Path, number: int = 1) -> list[tuple[str, Box]]:
    """The words of a page by PDFium, at their places on the page as it is shown."""
    document = pdfium.PdfDocument(path)
    page = document[number - 1]
    text = page.get_textpage()
    found: list[tuple[str, Box]] = []
    word, box = "", None
    for index in range(text.count_chars()):
        char = text.get_text_range(index, 1)
        if not char.strip():
            if box is not None:
                found.append((word, box))
            word, box = "", None
            continue
        here = _shown(page, *text.get_charbox(index, loose=True))
        word, box = word + char, here if box is None else box.union(here)
    return [*found, (word, box)] if box is not None else found


def _shown(page, left, bottom, right, top) -> Box:
    """A rectangle of the page as stored, on the page as it is shown."""
    fine = 100
    corners = []
    for x, y in ((left, bottom), (right, top)):
        across, down = ctypes.c_int(), ctypes.c_int()
        size = (round(side * fine) for side in page.get_size())
        pdfium_c.FPDF_PageToDevice(page, 0, 0, *size, 0, x, y, across, down)
        corners.append((across.value / fine, down.value / fine))
    (xa, ya), (xb, yb) = corners
    return Box(min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb))


def overlap(one: Box, other: Box) -> float:
    """How much of the smaller box lies in the other."""
    wide = min(one.x1, other.x1) - max(one.x0, other.x0)
    high = min(one.y1, other.y1) - max(one.y0, other.y0)
    small = min((box.x1 - box.x0) * (box.y1 - box.y0) for box in (one, other))
    return max(wide, 0) * max(high, 0) / small
