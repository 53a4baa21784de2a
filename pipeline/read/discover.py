"""Find the files to read, tell what they are, and know each content by its digest."""

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import DocumentError, Empty, TooLarge, Unreadable, Unsupported
from pipeline.model import Failure, Source
from pipeline.read.media import HEAD, media_type

_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class _File:
    path: str
    digest: str
    media_type: str
    size: int


def discover(inputs: Sequence[Path], max_bytes: int) -> tuple[list[Source], list[Failure]]:
    """The documents in files and folders, sorted by path, and the files that aren't documents.

    Folders are searched to the bottom; hidden files and folders in them are left out, as are devices,
    pipes, and links that lead out of the folder. Files with the same bytes are one source.
    """
    found: dict[str, list[_File]] = {}
    failures = []
    for path in sorted(set(_walk(inputs)), key=os.fspath):
        try:
            file = _look(path, max_bytes)
        except DocumentError as error:
            failures.append(_failure(path, error))
        else:
            found.setdefault(file.digest, []).append(file)
    sources = [
        Source(tuple(file.path for file in files), digest, files[0].media_type, files[0].size)
        for digest, files in found.items()
    ]
    return sources, failures


def _walk(inputs: Iterable[Path]) -> Iterator[Path]:
    for start in inputs:
        if start.is_dir():
            root = start.resolve()
            for folder, below, names in os.walk(start):
                below[:] = sorted(name for name in below if not name.startswith("."))
                for name in names:
                    path = Path(folder, name)
                    if not name.startswith(".") and _inside(path, root):
                        yield path
        else:
            yield start


def _inside(path: Path, root: Path) -> bool:
    """Whether a file found in a folder is an ordinary one that lies in that folder."""
    try:
        if not path.is_symlink():
            return stat.S_ISREG(path.lstat().st_mode)
        return path.is_file() and path.resolve().is_relative_to(root)
    except (OSError, RuntimeError):  # a link to itself
        return False


def _look(path: Path, max_bytes: int) -> _File:
    """Read a file once: its type, size and SHA-256."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise Unsupported("not a regular file")
        if status.st_size == 0:
            raise Empty("the file has no bytes")
        if status.st_size > max_bytes:
            raise TooLarge(f"{status.st_size} bytes; the limit max_bytes is {max_bytes}")
        with path.open("rb") as file:
            head = file.read(HEAD)
            kind = media_type(head, path.name)
            if kind is None:
                raise Unsupported("neither PDF, TIFF, PNG, JPEG nor plain text")
            digest = hashlib.sha256(head)
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
    except OSError as error:
        raise Unreadable(error.strerror or type(error).__name__) from error
    return _File(shown(path), digest.hexdigest(), kind, status.st_size)


def shown(path: Path) -> str:
    """The path as a text: bytes that aren't UTF-8 stay, as Python's surrogates, so that it opens."""
    return os.fspath(path)


def _failure(path: Path, error: DocumentError) -> Failure:
    return Failure(shown(path), "", None, "read", error.code, str(error))
