"""Tesseract as a command, through pytesseract: a start-up and two picture files for each reading."""

from collections.abc import Sequence
from typing import Any

import pytesseract
from PIL import Image

from pipeline.errors import Killed, OcrFailed
from pipeline.recognize.found import Found
from pipeline.sheet import Picture

_COLUMNS = ("text", "conf", "left", "top", "width", "height", "block_num", "par_num", "line_num")


def lines(picture: Picture, languages: str, psm: int, whitelist: str = "") -> Sequence[Sequence[Found]]:
    """The words of a picture, line by line. Raises OcrFailed."""
    config = f"--psm {psm} --dpi {round(picture.dpi)}"
    if whitelist:
        config += f' -c tessedit_char_whitelist="{whitelist}"'
    try:
        data = pytesseract.image_to_data(
            Image.fromarray(picture.pixels),
            lang=languages,
            config=config,
            output_type=pytesseract.Output.DICT,
        )
    except pytesseract.TesseractNotFoundError as error:
        raise OcrFailed("Tesseract is not installed") from error
    except (pytesseract.TesseractError, RuntimeError) as error:
        _unless_killed(error)
        raise OcrFailed(f"Tesseract stopped on the page ({type(error).__name__})") from error
    return _lines(data)


def turned(picture: Picture) -> tuple[int, float]:
    """Degrees clockwise that make the text upright, and the engine's surety; 0 where it can't tell."""
    try:
        found = pytesseract.image_to_osd(
            Image.fromarray(picture.pixels),
            config=f"--psm 0 --dpi {round(picture.dpi)} -c min_characters_to_try=20",
            output_type=pytesseract.Output.DICT,
        )
    except (pytesseract.TesseractError, RuntimeError, ValueError, KeyError) as error:
        _unless_killed(error)
        return 0, 0.0
    return int(found["rotate"]) % 360, float(found["orientation_conf"])


def _unless_killed(error: Exception) -> None:
    """Raises Killed where somebody ended Tesseract: that says nothing about the page."""
    if isinstance(error, pytesseract.TesseractError) and error.status < 0:
        raise Killed(f"Tesseract was ended by signal {-error.status}") from error


def _lines(data: dict[str, list[Any]]) -> list[list[Found]]:
    lines: dict[tuple[int, int, int], list[Found]] = {}
    for text, conf, *place, block, paragraph, line in zip(*(data[name] for name in _COLUMNS), strict=True):
        if float(conf) >= 0:
            left, top, width, height = map(int, place)
            word = Found(str(text).strip(), float(conf) / 100, left, top, left + width, top + height)
            lines.setdefault((block, paragraph, line), []).append(word)
    return list(lines.values())
