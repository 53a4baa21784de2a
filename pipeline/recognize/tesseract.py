"""Tesseract: from a grey picture to words with places and confidences."""

import os
from collections.abc import Iterable, Iterator
from statistics import median
from typing import Any

import pytesseract
from PIL import Image

from pipeline.errors import OcrFailed
from pipeline.model import Box
from pipeline.sheet import Picture, Token

# One page keeps one core busy; the pages are what runs side by side.
os.environ.setdefault("OMP_THREAD_LIMIT", "1")

_DEEP = frozenset("gjpqyçQ,;()[]{}§$@|/_")
_HIGH = frozenset("bdfhklitåäöéüèÅÄÖ0123456789!?&%(){}[]§$@|/'\"”’")
# Heights of what a word is printed with, in type sizes: the usual text faces lie close together.
_X_HEIGHT, _ASCENT, _DESCENT = 0.47, 0.70, 0.20
_NOISE = 0.4


def version() -> str:
    """The engine's version. Raises OcrFailed where there is none."""
    try:
        return str(pytesseract.get_tesseract_version())
    except pytesseract.TesseractNotFoundError as error:
        raise OcrFailed("Tesseract is not installed") from error


def words(picture: Picture, languages: str, psm: int = 3) -> list[Token]:
    """The words of a picture, boxes in points. Raises OcrFailed."""
    config = f"--psm {psm} --dpi {round(picture.dpi)}"
    try:
        data = pytesseract.image_to_data(
            Image.fromarray(picture.pixels),
            lang=languages,
            config=config,
            output_type=pytesseract.Output.DICT,
        )
    except pytesseract.TesseractNotFoundError as error:
        raise OcrFailed("Tesseract is not installed") from error
    except (pytesseract.TesseractError, RuntimeError, OSError) as error:
        raise OcrFailed(f"Tesseract stopped on the page ({type(error).__name__})") from error
    return [token for line in _lines(data) for token in _tokens(line, 72 / picture.dpi)]


def turned(picture: Picture) -> tuple[int, float]:
    """How many degrees clockwise to turn a picture so that its text stands upright, and how sure that is.

    The surety is Tesseract's own, 0 where the picture has too little text to tell.
    """
    try:
        found = pytesseract.image_to_osd(
            Image.fromarray(picture.pixels),
            config=f"--psm 0 --dpi {round(picture.dpi)} -c min_characters_to_try=20",
            output_type=pytesseract.Output.DICT,
        )
    except (pytesseract.TesseractError, RuntimeError, OSError, ValueError, KeyError):
        return 0, 0.0
    return int(found["rotate"]) % 360, float(found["orientation_conf"])


_Word = tuple[str, float, int, int, int, int]  # text, confidence, left, top, width, height


def _lines(data: dict[str, list[Any]]) -> Iterator[list[_Word]]:
    lines: dict[tuple[int, int, int], list[_Word]] = {}
    columns = ("text", "conf", "left", "top", "width", "height", "block_num", "par_num", "line_num")
    for text, conf, *place, block, paragraph, line in zip(*(data[name] for name in columns), strict=True):
        word, confidence = str(text).strip(), float(conf) / 100
        if word and confidence >= 0 and not _noise(word, confidence):
            left, top, width, height = map(int, place)
            lines.setdefault((block, paragraph, line), []).append(
                (word, confidence, left, top, width, height)
            )
    yield from lines.values()


def _noise(text: str, confidence: float) -> bool:
    """Specks and the edges of the paper, which Tesseract reads as stops, dashes and bars."""
    return confidence < _NOISE and not any(char.isalnum() for char in text)


def _tokens(line: list[_Word], scale: float) -> Iterable[Token]:
    size = median(_size(text, height) for text, _, _, _, _, height in line for _ in text)
    baseline = median(
        top + height - (_DESCENT * size if _DEEP.intersection(text) else 0.0)
        for text, _, _, top, _, height in line
        for _ in text
    )
    # A word that Tesseract has cut in two keeps the whole's box: it ends where the next one begins.
    nexts = [*(word[2] for word in line[1:]), 10**9]
    for (text, confidence, left, top, width, height), follower in zip(line, nexts, strict=True):
        right = follower if left < follower < left + width else left + width
        corners = (left, top, right, top + height)
        box = Box(*(round(corner * scale, 2) for corner in corners))
        yield Token(text, box, size * scale, baseline * scale, round(confidence, 4))


def _size(text: str, height: int) -> float:
    tall = any(char in _HIGH or char.isupper() for char in text)
    deep = bool(_DEEP.intersection(text))
    return height / ((_ASCENT if tall else _X_HEIGHT) + (_DESCENT if deep else 0.0))
