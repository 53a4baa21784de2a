"""Lines of text on paper: words with their places, and pictures of it as scanners make them."""

import io
import random
import textwrap
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from pipeline.model import Box
from pipeline.sheet import Picture, Pixels, Sheet, Token

WIDTH, HEIGHT = 595.0, 842.0
Maker = Callable[[int], Picture]
"""Draws a page at so many dots per inch."""

_TAB = 118.0
_ASCENT, _DESCENT = 0.72, 0.2


@dataclass(frozen=True, slots=True)
class Type:
    """How a page is set: font, size in points, the leading in sizes and where it begins."""

    font: str = "Helvetica"
    size: float = 10.5
    leading: float = 1.35
    left: float = 62.0
    top: float = 80.0
    columns: int = 1


def any_type(dice: random.Random) -> Type:
    """One of the ways in which offices set their pages."""
    return Type(
        dice.choice(("Helvetica", "Times-Roman", "Courier")) if dice.random() < 0.9 else "Helvetica-Bold",
        dice.choice((9.0, 9.5, 10.0, 10.5, 11.0)),
        dice.choice((1.2, 1.35, 1.5)),
        dice.uniform(50, 80),
        dice.uniform(55, 120),
    )


def another_type(dice: random.Random) -> Type:
    """The same for the blind sets: other faces, smaller and larger type, wide margins, two columns."""
    return Type(
        dice.choice(("Helvetica-Oblique", "Times-Italic", "Times-Bold", "Helvetica", "Courier-Bold")),
        dice.choice((8.0, 8.5, 10.0, 11.5, 12.0)),
        dice.choice((1.15, 1.3, 1.6)),
        dice.uniform(35, 110),
        dice.uniform(40, 150),
        2 if dice.random() < 0.25 else 1,
    )


def third_type(dice: random.Random) -> Type:
    """The same for the third blind set."""
    return Type(
        dice.choice(
            ("Courier-Oblique", "Helvetica-BoldOblique", "Times-BoldItalic", "Times-Roman", "Courier")
        ),
        dice.choice((7.5, 9.2, 10.2, 11.0, 13.0)),
        dice.choice((1.1, 1.25, 1.45, 1.8)),
        dice.uniform(28, 100),
        dice.uniform(30, 180),
        2 if dice.random() < 0.2 else 1,
    )


@lru_cache(maxsize=200_000)
def _width(text: str, font: str, size: float) -> float:
    return float(stringWidth(text, font, size))


def tokens(lines: Iterable[str], setting: Type) -> tuple[Token, ...]:
    """The words of lines at their places; what runs below the paper is left out."""
    lines = list(lines)
    if setting.columns > 1 and not any("\t" in line for line in lines):
        return _in_columns(lines, setting)
    placed = []
    baseline, blank = setting.top, _width(" ", setting.font, setting.size)
    for line in lines:
        if baseline > HEIGHT - 30:
            break
        x = setting.left
        for column, cell in enumerate(line.split("\t")):
            if column:  # to the next stop that the cell before leaves free
                x = setting.left + (int((x + blank - setting.left) / _TAB) + 1) * _TAB
            for word in cell.split(" "):
                wide = _width(word, setting.font, setting.size)
                if word:
                    top, foot = baseline - _ASCENT * setting.size, baseline + _DESCENT * setting.size
                    placed.append(Token(word, Box(x, top, x + wide, foot), setting.size, baseline))
                x += wide + blank
        baseline += setting.leading * setting.size
    return tuple(placed)


def _in_columns(lines: list[str], setting: Type) -> tuple[Token, ...]:
    """Running text in two columns, half of it in each."""
    wide = int(215 / _width("n", setting.font, setting.size))
    narrow = [part for line in lines for part in textwrap.wrap(line, wide)]
    half = (len(narrow) + 1) // 2
    left = replace(setting, columns=1, left=45.0)
    return tokens(narrow[:half], left) + tokens(narrow[half:], replace(left, left=315.0))


def drawn(words: Sequence[Token], font: str) -> Callable[[int], Picture]:
    """A maker of clean pictures of words on paper, each as wide as its box."""

    def picture(dpi: int) -> Picture:
        data = io.BytesIO()
        paper = Canvas(data, (WIDTH, HEIGHT), invariant=1)
        for word in words:
            line = paper.beginText(word.box.x0, HEIGHT - word.baseline)
            line.setFont(font, word.size)
            line.setHorizScale(
                100 * (word.box.x1 - word.box.x0) / max(1.0, _width(word.text, font, word.size))
            )
            line.textOut(word.text)
            paper.drawText(line)
        paper.showPage()
        paper.save()
        document = pdfium.PdfDocument(data.getvalue())
        bitmap = document[0].render(scale=dpi / 72, grayscale=True)
        pixels = np.array(bitmap.to_numpy()).reshape(bitmap.height, bitmap.width)
        document.close()
        return Picture(pixels, dpi)

    return picture


def scanned(picture: Callable[[int], Picture], seed: int) -> Callable[[int], Picture]:
    """What a scanner makes of it: grey paper, blur, noise, and a slight tilt."""

    def scan(dpi: int) -> Picture:
        rng = np.random.default_rng(seed)
        clean = picture(dpi).pixels
        high, wide = clean.shape
        turn = cv2.getRotationMatrix2D((wide / 2, high / 2), float(rng.uniform(-0.25, 0.25)), 1)
        tilted = cv2.warpAffine(clean, turn, (wide, high), borderValue=(255,))
        shade = np.linspace(0, float(rng.uniform(0, 40)), wide)[None, :]
        noisy = tilted * 0.85 + 25 - shade + rng.normal(0, 5, clean.shape)
        return Picture(np.clip(noisy, 0, 255).astype(np.uint8), dpi)

    return scan


def with_photograph(
    picture: Callable[[int], Picture], box: Box, seed: int, over: bool = True
) -> Callable[[int], Picture]:
    """The page with a photograph on it (clouds of grey, some edges); `over` keeps the words legible."""

    def photographed(dpi: int) -> Picture:
        page = picture(dpi).pixels.copy()
        x0, y0, x1, y1 = (round(side * dpi / 72) for side in (box.x0, box.y0, box.x1, box.y1))
        photo = _photograph(y1 - y0, x1 - x0, seed)
        place = page[y0:y1, x0:x1]
        photo = photo[: place.shape[0], : place.shape[1]]
        page[y0:y1, x0:x1] = np.minimum(place, photo) if over else photo
        return Picture(page, dpi)

    return photographed


def _photograph(high: int, wide: int, seed: int) -> Pixels:
    rng = np.random.default_rng(seed)
    grey: npt.NDArray[Any] = np.zeros((high, wide), np.float32)
    for cells in (3, 6, 14, 40):
        clouds = rng.uniform(0, 1, (cells, cells)).astype(np.float32)
        grey += cv2.resize(clouds, (wide, high), interpolation=cv2.INTER_CUBIC) / cells**0.4
    grey = cv2.normalize(grey, None, 70, 235, cv2.NORM_MINMAX)  # type: ignore[call-overload]
    for _ in range(int(rng.integers(4, 14))):
        centre = int(rng.integers(wide)), int(rng.integers(high))
        axes = int(rng.integers(5, max(6, wide // 4))), int(rng.integers(5, max(6, high // 5)))
        angle, tone = int(rng.integers(180)), int(rng.integers(40, 240))
        cv2.ellipse(grey, centre, axes, angle, 0, 360, (tone,), -1)
    drawn: Pixels = np.clip(grey, 0, 255).astype(np.uint8)
    return drawn


def born_digital(words: tuple[Token, ...], font: str = "Helvetica") -> Sheet:
    """A page of a PDF that was printed from a word processor."""
    return Sheet(WIDTH, HEIGHT, tokens=words, picture=drawn(words, font))


def scan_with_layer(
    words: tuple[Token, ...], picture: Callable[[int], Picture], hidden: float = 1.0
) -> Sheet:
    """A scan whose PDF has a text of its own."""
    whole = Box(0, 0, WIDTH, HEIGHT)
    return replace(
        Sheet(WIDTH, HEIGHT, tokens=words, picture=picture),
        image_share=1.0,
        images=(whole,),
        image_dpi=200,
        hidden_share=hidden,
    )
