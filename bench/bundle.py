"""PDFs of thousands of pages: the papers of a year in one file, with text or as scans."""

import random
import tempfile
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from synth.build import corpus

DPI = 200
LINES, LETTERS = 52, 88
MARGIN, SIZE, LEADING = 62, 10, 13.5
DOCUMENTS = 400
"""Made documents that a bundle is made of, over and over, each time with other numbers."""


def texts(path: Path, pages: int, seed: int = 0) -> None:
    """A bundle with a text layer; every page has a running header and its number."""
    canvas = Canvas(str(path), pagesize=A4, invariant=1)
    for number, lines in enumerate(_pages(pages, seed), 1):
        canvas.setFont("Helvetica", 8)
        canvas.drawString(MARGIN, A4[1] - 36, "Norrviks kommun  Handlingar till nämndens sammanträden")
        canvas.drawRightString(A4[0] - MARGIN, A4[1] - 36, f"Sida {number} ({pages})")
        canvas.setFont("Helvetica", SIZE)
        for at, line in enumerate(lines):
            for cell, text in enumerate(line.split("\t")):
                canvas.drawString(MARGIN + 130 * cell, A4[1] - 64 - LEADING * at, text)
        canvas.showPage()
    canvas.save()


def scans(path: Path, pages: int, different: int = 6, seed: int = 0) -> None:
    """A bundle of scans: a few pictures again and again, which a reader who takes page by page can't tell."""
    with tempfile.TemporaryDirectory() as folder:
        texts(Path(folder) / "texts.pdf", different, seed)
        printed = pypdfium2.PdfDocument(Path(folder) / "texts.pdf")
        pictures = [page.render(scale=DPI / 72, grayscale=True).to_pil() for page in printed]
        printed.close()
    canvas = Canvas(str(path), pagesize=A4, invariant=1)
    images = [ImageReader(picture) for picture in pictures]
    for number in range(pages):
        canvas.drawImage(images[number % different], 0, 0, *A4)
        canvas.showPage()
    canvas.save()


def _pages(count: int, seed: int) -> Iterator[list[str]]:
    """The lines of so many pages, out of made documents, each of which begins on a page of its own."""
    rng = random.Random(seed)
    documents = corpus(min(DOCUMENTS, count), "develop", seed)
    made = 0
    while True:
        for document in documents:
            digits = str.maketrans("123456789", "".join(rng.sample("123456789", 9))) if made else {}
            lines = [line for page in document.pages for line in _wrapped(page.translate(digits))]
            for at in range(0, len(lines), LINES):
                if made == count:
                    return
                yield lines[at : at + LINES]
                made += 1


def _wrapped(page: str) -> Iterator[str]:
    for line in page.split("\n"):
        if "\t" in line or len(line) <= LETTERS:
            yield line
        else:
            yield from textwrap.wrap(line, LETTERS)
