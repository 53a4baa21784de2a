"""Papers for tests: small PDFs, scans of them, and what a scanner does to a page."""

import io
from pathlib import Path

import cv2
import numpy as np
import pypdfium2 as pdfium
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen import canvas

PROSE = (
    "Nämnden för kultur och fritid beslutar att ge stöd till Föreningen Granliden",
    "för öppen verksamhet i Åkersta under två år. Stödet är 120 000 kr per år och",
    "betalas ut i januari. Föreningen ska lämna en redovisning av hur pengarna har",
    "använts och hur många besökare som har kommit till mötesplatsen vid älven.",
    "Förvaltningen följer upp stödet och får ta del av föreningens räkenskaper.",
    "Om verksamheten läggs ner i förtid ska den del som inte har använts återbetalas.",
)


def pdf(*pages, size=11, font="Helvetica", draw=None, rotate=0, encrypt=None):
    """A PDF; a page is a list of (x, y from the top, text) or of plain lines."""
    data = io.BytesIO()
    paper = canvas.Canvas(data, A4, invariant=1, encrypt=encrypt)
    for page in pages:
        paper.setFont(font, size)
        for number, line in enumerate(page):
            x, y, text = line if isinstance(line, tuple) else (72, 90 + number * 1.3 * size, line)
            paper.drawString(x, A4[1] - y, text)
        if draw is not None:
            draw(paper)
        if rotate:
            paper.setPageRotation(rotate)
        paper.showPage()
    paper.save()
    return data.getvalue()


def picture(data, page=0, dpi=200):
    """A page of a PDF as grey pixels."""
    document = pdfium.PdfDocument(data)
    pixels = document[page].render(scale=dpi / 72, grayscale=True).to_numpy()
    return np.array(pixels).reshape(pixels.shape[0], pixels.shape[1])


def scanned(pixels, dpi=200, text=()):
    """A PDF that is only a picture, with an invisible text over it if `text` has lines."""
    height, width = pixels.shape
    data = io.BytesIO()
    paper = canvas.Canvas(data, (width * 72 / dpi, height * 72 / dpi), invariant=1)
    image = ImageReader(Image.fromarray(pixels))
    paper.drawImage(image, 0, 0, width * 72 / dpi, height * 72 / dpi)
    if text:
        hidden = paper.beginText(72, height * 72 / dpi - 90)
        hidden.setFont("Helvetica", 11, 1.3 * 11)  # on the lines of `pdf`
        hidden.setTextRenderMode(3)
        for line in text:
            hidden.textLine(line)
        paper.drawText(hidden)
    paper.showPage()
    paper.save()
    return data.getvalue()


def tilted(pixels, degrees):
    height, width = pixels.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    return cv2.warpAffine(pixels, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=255)


def specked(pixels, count, seed=1):
    rng = np.random.default_rng(seed)
    dirty = pixels.copy()
    for _ in range(count):
        at = int(rng.integers(pixels.shape[1])), int(rng.integers(pixels.shape[0]))
        cv2.circle(dirty, at, int(rng.integers(1, 3)), 20, -1)
    return dirty


def shaded(pixels):
    slope = np.linspace(0, 60, pixels.shape[1])[None, :]
    return np.clip(pixels.astype(np.float32) * 0.75 + 50 - slope, 0, 255).astype(np.uint8)


def put(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path
