"""Put set pages on paper: as a grey picture at any resolution, or as a PDF with a text layer."""

import io
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np
from faces import FACES, Face, width
from PIL import Image, ImageDraw, ImageFont
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from typeset import PAGE, Leaf

WHITE, INK = 255, 16
FINE = 300


@lru_cache(maxsize=200)
def _font(path: Path, pixels: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(path), pixels)


def picture(leaf: Leaf, face: Face, dpi: float) -> np.ndarray:
    """A page as grey float32, 0 to 255. Below 300 dpi it is drawn finer and averaged, as a lens does."""
    fine = max(dpi, FINE)
    scale = fine / 72
    size = round(PAGE[0] * scale), round(PAGE[1] * scale)
    image = Image.new("L", size, WHITE)
    draw = ImageDraw.Draw(image)
    for word in leaf.placed:
        font = _font(face.path(word.bold), word.size * scale)
        draw.text((word.x * scale, word.y * scale), word.text, fill=INK, font=font, anchor="ls")
    for line in leaf.strokes:
        ends = [value * scale for value in (line.x0, line.y0, line.x1, line.y1)]
        draw.line(ends, fill=60, width=max(1, round(line.width * scale)))
    pixels = np.asarray(image)
    if fine != dpi:
        size = round(PAGE[0] * dpi / 72), round(PAGE[1] * dpi / 72)
        pixels = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
    return pixels.astype(np.float32)


def born(leaves: Sequence[Leaf], face: Face) -> bytes:
    """The pages as a PDF with text.

    ReportLab embeds TrueType alone: for a face of another kind a serif takes its place, as wide as it.
    """
    set_in, face = face, face if face.regular.suffix == ".ttf" else FACES[1]
    for path in (face.regular, face.bold):
        pdfmetrics.registerFont(TTFont(path.stem, str(path)))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=PAGE, invariant=1)
    for leaf in leaves:
        for word in leaf.placed:
            line = canvas.beginText(word.x, PAGE[1] - word.y)
            line.setFont(face.path(word.bold).stem, word.size)
            wide = [width(word.text, one, word.bold, word.size) for one in (set_in, face)]
            line.setHorizScale(100 * wide[0] / wide[1])
            line.textOut(word.text)
            canvas.drawText(line)
        for drawn in leaf.strokes:
            canvas.setLineWidth(drawn.width)
            canvas.line(drawn.x0, PAGE[1] - drawn.y0, drawn.x1, PAGE[1] - drawn.y1)
        canvas.showPage()
    canvas.save()
    return out.getvalue()
