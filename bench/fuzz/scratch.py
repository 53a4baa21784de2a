"""Bytes as a file, as the readers want them: a new name each time, since readers remember files by name."""

import itertools
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from pipeline.errors import DocumentError
from pipeline.model import Found, Source
from pipeline.read.discover import look
from pipeline.settings import Recognition

_numbers = itertools.count()


@contextmanager
def file_of(data: bytes, suffix: str) -> Iterator[Path]:
    """A file with these bytes, gone afterwards."""
    path = Path(_folder().name) / f"{next(_numbers)}{suffix}"
    path.write_bytes(data)
    try:
        yield path
    finally:
        path.unlink()


def source_of(path: Path, limits: Recognition) -> Source | None:
    """The file as a run would find it; None where it would be refused."""
    about = path.stat()
    try:
        content = look(Found(str(path), about.st_size, about.st_mtime_ns), limits.max_bytes)
    except DocumentError:
        return None
    return Source((path.name,), content.digest, content.media_type, content.size, copy=str(path))


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="namnd-fuzz-")
