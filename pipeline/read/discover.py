"""Find the files to read, tell what they are, and know each content by its digest.

A walk only lists: it holds one folder open at a time and no list of files, so an archive may be of any size.
A look reads one file to the end.
"""

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import BinaryIO

from pipeline import places
from pipeline.errors import DocumentError, Empty, TooLarge, Unreadable, Unsupported
from pipeline.model import Failure, Found, Source
from pipeline.places import Place, Url
from pipeline.read.media import HEAD, media_type

_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Content:
    """What a look at a file tells: SHA-256, media type, bytes, and when it was modified (nanoseconds)."""

    digest: str
    media_type: str
    size: int
    modified: int


def discover(inputs: Sequence[Place], max_bytes: int) -> tuple[list[Source], list[Failure]]:
    """The documents in files and folders, sorted by path, and the files that aren't documents.

    Files with the same bytes are one source.
    """
    sources: dict[str, Source] = {}
    failures = []
    for found in sorted(set(walk(inputs)), key=lambda file: os.fsencode(file.path)):
        try:
            content = look(found, max_bytes)
        except DocumentError as error:
            failures.append(Failure(found.path, "", None, "read", error.code, str(error)))
        else:
            first = sources.get(content.digest)
            paths = (*first.paths, found.path) if first else (found.path,)
            kind = first.media_type if first else content.media_type
            sources[content.digest] = Source(paths, content.digest, kind, content.size)
    return list(sources.values()), failures


def walk(inputs: Iterable[Place], leave_out: Path | None = None) -> Iterator[Found]:
    """Every file in files and folders, in no order; a file that two inputs hold comes twice.

    Folders are searched to the bottom; hidden files and folders in them are left out, as are devices, pipes,
    links that lead out of the folder, and the folder `leave_out`. A folder that can't be listed comes as one
    that says so.
    """
    own = _identity(leave_out)
    for start in inputs:
        if isinstance(start, Url):
            yield from places.listed(start)
        elif start.is_dir():
            yield from _below(os.fspath(start), start.resolve(), own)
        else:
            yield _named(start)


def _below(start: str, root: Path, own: tuple[int, int] | None) -> Iterator[Found]:
    folders = [start]
    while folders:
        folder = folders.pop()
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    if entry.name.startswith("."):
                        continue
                    if not entry.is_dir(follow_symlinks=False):
                        yield from _ordinary(entry, root)
                    elif own is None or _identity(entry) != own:
                        folders.append(entry.path)
        except OSError as error:
            yield Found(
                folder, code=Unreadable.code, message=f"the folder can't be listed: {places.reason(error)}"
            )


def _ordinary(entry: os.DirEntry[str], root: Path) -> Iterator[Found]:
    """What was found in a folder, if it is an ordinary file that lies in that folder."""
    try:
        inside = not entry.is_symlink() or Path(entry.path).resolve().is_relative_to(root)
        about = entry.stat()
    except (OSError, RuntimeError):  # a link to itself, or a file that has just gone
        return
    if inside and stat.S_ISREG(about.st_mode):
        yield Found(entry.path, about.st_size, about.st_mtime_ns)


def _named(path: Path) -> Found:
    """A file that was named by itself."""
    try:
        about = path.stat()
    except OSError:
        return Found(os.fspath(path))  # a look at it will tell
    return Found(os.fspath(path), about.st_size, about.st_mtime_ns)


def _identity(folder: Path | os.DirEntry[str] | None) -> tuple[int, int] | None:
    try:
        about = folder.stat() if folder else None
    except OSError:
        return None
    return (about.st_dev, about.st_ino) if about else None


def look(found: Found, max_bytes: int) -> Content:
    """Read a file once: its type, size and SHA-256. Raises DocumentError.

    It is opened without waiting, lest it have become a pipe since it was listed.
    """
    if found.code:
        raise Unreadable(found.message)
    try:
        if places.is_url(found.path):
            about = places.described(found.path)
            with places.opened(found.path) as file:
                return _read(file, found.path, about.size, about.modified, max_bytes)
        handle = os.open(found.path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(handle, "rb") as file:
            status = os.fstat(handle)
            if not stat.S_ISREG(status.st_mode):
                raise Unsupported("not a regular file")
            return _read(file, found.path, status.st_size, status.st_mtime_ns, max_bytes)
    except OSError as error:
        raise Unreadable(places.reason(error)) from error


def _read(file: BinaryIO, path: str, size: int, modified: int, max_bytes: int) -> Content:
    if size == 0:
        raise Empty("the file has no bytes")
    if size > max_bytes:
        raise TooLarge(f"{size} bytes; the limit max_bytes is {max_bytes}")
    head = file.read(HEAD)
    kind = media_type(head, PurePath(path).name)
    if kind is None:
        raise Unsupported("neither PDF, TIFF, PNG, JPEG nor plain text")
    digest = hashlib.sha256(head)
    while chunk := file.read(_CHUNK):
        digest.update(chunk)
    return Content(digest.hexdigest(), kind, size, modified)
