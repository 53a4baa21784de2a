"""Tesseract: from a grey picture to words with places and confidences.

The seam to the engine. It runs inside the process (`in_process`), which saves a start-up, a packed picture
and a text file for each reading; where its library or language data is missing, or a setting says so, the
command does the work (`by_command`).
"""

from types import ModuleType

from pipeline.recognize import found, in_process
from pipeline.sheet import Picture, Token


def words(
    picture: Picture, languages: str, psm: int = 3, whitelist: str = "", engine: str = "auto"
) -> list[Token]:
    """The words of a picture, boxes in points; with a whitelist, of those characters. Raises OcrFailed."""
    lines = _chosen(engine, languages).lines(picture, languages, psm, whitelist)
    return found.tokens(lines, picture.dpi)


def turned(picture: Picture, engine: str = "auto") -> tuple[int, float]:
    """How many degrees clockwise to turn a picture so that its text stands upright, and how sure that is.

    The surety is Tesseract's own, 0 where the picture has too little text to tell.
    """
    degrees, sure = _chosen(engine, "osd").turned(picture)
    return int(degrees), float(sure)


def _chosen(engine: str, languages: str) -> ModuleType:
    if engine == "tesserocr" or (engine == "auto" and in_process.usable(languages)):
        return in_process
    from pipeline.recognize import by_command  # brings pandas along: not for those who do without

    return by_command
