"""What is drawn on a document rather than written: the crest, a stamp, a signature."""

import math
import random

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

CRESTS = {"wave": HexColor("#1f4e79"), "oak": HexColor("#2f5d34"), "birch": HexColor("#7a1f2b")}
INK = HexColor("#22306b")


def crest(canvas: Canvas, name: str, x: float, y: float, size: float = 34) -> None:
    """An invented municipality's shield, its lower left corner at x, y."""
    canvas.saveState()
    canvas.translate(x, y)
    canvas.scale(size / 34, size / 34)
    canvas.setFillColor(CRESTS[name])
    shield = canvas.beginPath()
    shield.moveTo(2, 34)
    shield.lineTo(30, 34)
    shield.lineTo(30, 16)
    shield.curveTo(30, 6, 20, 2, 16, 0)
    shield.curveTo(12, 2, 2, 6, 2, 16)
    shield.close()
    canvas.drawPath(shield, stroke=0, fill=1)
    canvas.setFillColor(HexColor("#ffffff"))
    canvas.setStrokeColor(HexColor("#ffffff"))
    canvas.setLineWidth(2.2)
    CHARGES[name](canvas)
    canvas.restoreState()


def _wave(canvas: Canvas) -> None:
    for y in (26, 19, 12):
        canvas.bezier(6, y, 12, y + 5, 19, y - 5, 26, y)


def _oak(canvas: Canvas) -> None:
    canvas.ellipse(11, 8, 21, 22, stroke=0, fill=1)
    canvas.rect(9, 22, 14, 4, stroke=0, fill=1)
    canvas.line(16, 26, 16, 30)


def _birch(canvas: Canvas) -> None:
    for x in (10, 16, 22):
        canvas.line(x, 8, x, 30)
    canvas.line(6, 20, 26, 20)


CHARGES = {"wave": _wave, "oak": _oak, "birch": _birch}


class Stamp(Flowable):  # type: ignore[misc]  # ReportLab has no types
    """A rubber stamp that takes no room: it lies across whatever is at `x`, `y` points from here."""

    def __init__(self, lines: list[str], x: float, y: float) -> None:
        super().__init__()
        self.lines, self.x, self.y = lines, x, y

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        return 0, 0

    def draw(self) -> None:
        height = 13 * len(self.lines) + 8
        self.canv.translate(self.x, self.y)
        self.canv.rotate(3)
        self.canv.setStrokeColor(INK)
        self.canv.setFillColor(INK)
        self.canv.setLineWidth(1.6)
        self.canv.rect(0, -height, 150, height)
        self.canv.setFont("Helvetica-Bold", 9)
        for number, line in enumerate(self.lines):
            self.canv.drawString(8, -15 - 13 * number, line)


class Signature(Flowable):  # type: ignore[misc]  # ReportLab has no types
    """A line to sign on, with the name of the signer below; `signed` scrawls on it."""

    def __init__(self, name: str, width: float, font: str, size: float, signed: bool) -> None:
        super().__init__()
        self.name, self.width, self.font, self.size, self.signed = name, width, font, size, signed
        self.height = 3.6 * size + 1.2 * size * name.count("/")

    def draw(self) -> None:
        lines = [part.strip() for part in self.name.split("/")]
        top = 1.2 * self.size * len(lines) + 2
        if self.signed:
            self._scrawl(top)
        self.canv.setLineWidth(0.6)
        self.canv.line(0, top, self.width * 0.9, top)
        self.canv.setFont(self.font, self.size)
        for number, line in enumerate(lines):
            self.canv.drawString(0, top - 1.2 * self.size * (number + 1), line)

    def _scrawl(self, base: float) -> None:
        pen = random.Random(self.name)
        path = self.canv.beginPath()
        x, y = 8.0, base + 4
        path.moveTo(x, y)
        for number in range(len(self.name.split("/")[0])):
            up = (14 if number % 6 == 0 else 6) * pen.uniform(0.6, 1.3)
            step = pen.uniform(4, 8)
            path.curveTo(x + step, y + up, x - 2, y + up * math.cos(number), x + step, y + pen.uniform(-4, 2))
            x, y = x + step, base + pen.uniform(1, 6)
        self.canv.setStrokeColor(INK)
        self.canv.setLineWidth(1.1)
        self.canv.drawPath(path)
        self.canv.setStrokeColor(HexColor("#000000"))
