"""Tesseract as a library, through tesserocr: opened once a process and language, no files in between.

What is open is kept by `_opened` and `_osd`, and handed down to forked children, which is what saves the
start-up. A reading leaves nothing behind for the next one: everything that it sets is set anew each time,
and its results are cleared away.
"""

import os
import subprocess
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from pipeline.errors import OcrFailed
from pipeline.recognize.found import Found
from pipeline.sheet import Picture

# One page keeps one core busy; the library reads this when it is loaded, and never again.
os.environ.setdefault("OMP_THREAD_LIMIT", "1")

try:
    import tesserocr
except ImportError:  # no wheel for the machine, or a library that it needs is missing
    tesserocr = None

_PLACES = (
    "/usr/share/tesseract-ocr/*/tessdata",
    "/usr/share/tessdata",
    "/usr/share/tesseract/tessdata",
    "/usr/local/share/tessdata",
    "/opt/homebrew/share/tessdata",
    "/opt/local/share/tessdata",
)


def usable(languages: str) -> bool:
    """Whether the library is here and finds its data for the languages."""
    return tesserocr is not None and tessdata(languages) is not None


def version() -> str:
    """The engine's name and version. Raises OcrFailed where there is none."""
    if tesserocr is None:
        raise OcrFailed("tesserocr is not installed")
    return f"{tesserocr.tesseract_version().split()[1]} by tesserocr {tesserocr.__version__}"


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
def tessdata(languages: str) -> Path | None:
    """The folder with the data of all the languages, where Tesseract would look and where it often is."""
    names = [f"{language.lstrip('~')}.traineddata" for language in languages.split("+")]
    for folder in _folders():
        if all((folder / name).is_file() for name in names):
            return folder
    return None


def _folders() -> Iterator[Path]:
    if prefix := os.environ.get("TESSDATA_PREFIX"):
        yield Path(prefix)
        yield Path(prefix) / "tessdata"
    for place in _PLACES:
        yield from sorted(Path("/").glob(place[1:]), reverse=True)
    yield from _told()


def _told() -> Iterator[Path]:
    """Where the installed command looks: it says so above its list of languages."""
    try:
        told = subprocess.run(
            ["tesseract", "--list-langs"], capture_output=True, text=True, timeout=10, check=False
        )
    except (OSError, subprocess.SubprocessError):
        return
    first = (told.stdout or told.stderr).partition("\n")[0]
    if '"' in first:
        yield Path(first.split('"')[1])


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
    folder = tessdata(languages)
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
