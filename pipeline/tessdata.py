"""Where Tesseract's language data lies, and what is in it."""

import hashlib
import os
import subprocess
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

_PLACES = (
    "/usr/share/tesseract-ocr/*/tessdata",
    "/usr/share/tessdata",
    "/usr/share/tesseract/tessdata",
    "/usr/local/share/tessdata",
    "/opt/homebrew/share/tessdata",
    "/opt/local/share/tessdata",
)


@lru_cache(maxsize=8)
def folder(languages: str) -> Path | None:
    """The folder with the data of all the languages, where Tesseract would look and where it often is."""
    for place in _folders():
        if all((place / name).is_file() for name in _names(languages)):
            return place
    return None


def digests(languages: str) -> Iterator[str]:
    """Name and digest of the data of each of the languages, `none` where it isn't found."""
    for name in _names(languages):
        place = folder(name.removesuffix(".traineddata"))
        content = hashlib.sha256((place / name).read_bytes()).hexdigest() if place else "none"
        yield f"{name} {content}"


def _names(languages: str) -> list[str]:
    return [f"{language.lstrip('~')}.traineddata" for language in languages.split("+")]


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
