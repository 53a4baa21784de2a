"""Recognised pages on disk, so that no page is read twice: the cache, the way to resume, test recordings.

A page is known by the digest of its file, that of what read it and how that was set, and its number. The
files are compressed JSON, written aside and renamed, so a run that dies leaves whole files or none; a file
that can't be read back counts as missing.
"""

import gzip
import json
import os
import shutil
import tempfile
import zlib
from pathlib import Path
from typing import Any

from pipeline import places, versions
from pipeline.model import Box, Page, Source, Span, TextSource, Word
from pipeline.places import Place, Url
from pipeline.settings import Settings


def folder(source: Source, settings: Settings) -> Place:
    """Where the pages of a source are kept that are read as today."""
    return _of_content(settings.cache, source.digest) / versions.recognition(settings)


def forget(cache: Place, digest: str) -> None:
    """Remove all pages of a content."""
    place = _of_content(cache, digest)
    if isinstance(place, Url):
        places.remove(place)
    else:
        shutil.rmtree(place, ignore_errors=True)


def _of_content(cache: Place, digest: str) -> Place:
    return cache / digest[:2] / digest[2:]


def save_page(place: Place, page: Page) -> None:
    """Keep a page."""
    words = [
        [w.span.start, w.span.end, _sides(w.box) if w.box else None, w.confidence, w.other]
        for w in page.words
    ]
    _write(
        place / f"{page.number:05}.json.gz",
        {
            "number": page.number,
            "text": page.text,
            "words": words,
            "source": page.source.value,
            "width": page.width,
            "height": page.height,
            "dpi": page.dpi,
            "rotation": page.rotation,
            "seconds": page.seconds,
            "flags": page.flags,
            "unread": page.unread,
        },
    )


def load_page(place: Place, number: int) -> Page | None:
    """A page that was kept, None where there is none or it can't be read."""
    data = _read(place / f"{number:05}.json.gz")
    try:
        words = tuple(
            Word(Span(start, end), Box(*box) if box else None, confidence, other)
            for start, end, box, confidence, other in data.pop("words")
        )
        page = Page(
            **{**data, "words": words, "source": TextSource(data["source"]), "flags": tuple(data["flags"])}
        )
    except (AttributeError, KeyError, TypeError, ValueError):
        return None
    return page if page.number == number else None


def has_page(place: Place, number: int) -> bool:
    """Whether a page is kept; cheaper than loading it."""
    return places.exists(place / f"{number:05}.json.gz")


def save_count(place: Place, pages: int) -> None:
    """Keep the number of pages of a source."""
    _write(place / "pages.json.gz", {"pages": pages})


def load_count(place: Place) -> int | None:
    """The number of pages of a source, None where it isn't known."""
    data = _read(place / "pages.json.gz")
    pages = data.get("pages") if isinstance(data, dict) else None
    return pages if isinstance(pages, int) else None


def _sides(box: Box) -> tuple[float, ...]:
    return box.x0, box.y0, box.x1, box.y1  # dataclasses.astuple copies deeply, and takes twenty times as long


def _write(path: Place, data: dict[str, Any]) -> None:
    packed = gzip.compress(json.dumps(data, ensure_ascii=False).encode("utf-8", "surrogatepass"), 6, mtime=0)
    if isinstance(path, Url):
        places.keep(path, packed)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, aside = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(packed)
        Path(aside).replace(path)
    except BaseException:
        Path(aside).unlink(missing_ok=True)
        raise


def _read(path: Place) -> Any:
    try:
        packed = places.kept(path) if isinstance(path, Url) else path.read_bytes()
        return json.loads(gzip.decompress(packed).decode("utf-8", "surrogatepass"))
    except (OSError, EOFError, ValueError, zlib.error):
        return None
