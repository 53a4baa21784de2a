"""Tesseract as a library, through tesserocr: opened once a process and language, no files in between.

What is open is kept by `_opened` and `_osd`, and handed down to forked children, which is what saves the
start-up. A reading leaves nothing behind for the next one: everything that it sets is set anew each time,
and its results are cleared away.
"""

import os
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from pipeline import tessdata
from pipeline.errors import OcrFailed
from pipeline.recognize.found import Found
from pipeline.sheet import Picture

# One page keeps one core busy; the library reads this when it is loaded, and never again.
os.environ.setdefault("OMP_THREAD_LIMIT", "1")

try:
    import tesserocr
except ImportError:  # no wheel for the machine, or a library that it needs is missing
    tesserocr = None


def usable(languages: str) -> bool:
    """Whether the library is here and finds its data for the languages."""
    return tesserocr is not None and tessdata.folder(languages) is not None


def lines(picture: Picture, languages: str, psm: int, whitelist: str = "") -> Sequence[Sequence[Found]]:
    """The words of a picture, line by line. Raises OcrFailed."""
    api = _opened(languages)
    api.SetVariable("tessedit_char_whitelist", whitelist)
    api.SetPageSegMode(psm)
    _show(api, picture)
    try:
        if not api.Recognize():
            raise OcrFailed("Tesseract stopped on the page")
        return list(_lines(api.GetIterator()))
    finally:
        api.Clear()
        api.ClearAdaptiveClassifier()


def turned(picture: Picture) -> tuple[int, float]:
    """Degrees clockwise that make the text upright, and the engine's surety; 0 where it can't tell."""
    api = _osd()
    _show(api, picture)
    try:
        found = api.DetectOrientationScript()
    finally:
        api.Clear()
        api.ClearAdaptiveClassifier()
    return (-int(found["orient_deg"]) % 360, float(found["orient_conf"])) if found else (0, 0.0)


@lru_cache(maxsize=8)
def _opened(languages: str) -> Any:
    return _open(languages, tesserocr.OEM.LSTM_ONLY)


@lru_cache(maxsize=1)
def _osd() -> Any:
    api = _open("osd", tesserocr.OEM.TESSERACT_ONLY)
    api.SetPageSegMode(tesserocr.PSM.OSD_ONLY)
    api.SetVariable("min_characters_to_try", "20")
    return api


def _open(languages: str, mode: int) -> Any:
    folder = tessdata.folder(languages)
    if folder is None:
        raise OcrFailed(f"Tesseract has no data for {languages}")
    try:
        return tesserocr.PyTessBaseAPI(path=f"{folder}/", lang=languages, oem=mode)
    except RuntimeError as error:
        raise OcrFailed("Tesseract can't read its language data") from error


def _show(api: Any, picture: Picture) -> None:
    height, width = picture.pixels.shape
    try:
        api.SetImageBytes(picture.pixels.tobytes(), width, height, 1, width)
    except RuntimeError as error:
        raise OcrFailed("Tesseract can't take the picture in") from error
    api.SetSourceResolution(round(picture.dpi))


def _lines(iterator: Any) -> Iterator[list[Found]]:
    level, lines = tesserocr.RIL.WORD, tesserocr.RIL.TEXTLINE
    line: list[Found] = []
    while iterator is not None and not iterator.Empty(level):
        if line and iterator.IsAtBeginningOf(lines):
            yield line
            line = []
        text, box = iterator.GetUTF8Text(level), iterator.BoundingBox(level)
        if text and box:
            left, top, right, bottom = box
            ends = iterator.Baseline(level)
            baseline = (ends[0][1] + ends[1][1]) / 2 if ends else None
            confidence = iterator.Confidence(level) / 100
            line.append(Found(text.strip(), confidence, left, top, right, bottom, baseline))
        if not iterator.Next(level):
            break
    if line:
        yield line
