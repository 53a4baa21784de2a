"""Where files lie: paths of this machine, or URLs of any kind that fsspec knows (`s3://bucket/folder`).

A URL stays a string with its own spelling, since a path would fold its slashes. What parses a file gets a
copy on this machine's disk, fetched by a process that can be given up on, and only if it has the bytes
that were found.
"""

import errno
import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any, cast

from pipeline.errors import Halted, TooLarge, Unreadable, UsageError
from pipeline.model import Found, Source

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://\S")
_CHUNK = 1 << 20
WHOLE_AT_ONCE = frozenset(("s3", "s3a", "gs", "gcs", "abfs", "az"))
"""Stores in which a file appears under its name only when it is whole."""
DISK_GAVE_OUT = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS)


class Url(str):
    """The address of a file or folder on another system."""

    def __truediv__(self, name: str) -> "Url":
        return Url(f"{self.rstrip('/')}/{name}")


Place = Path | Url


def is_url(text: str) -> bool:
    """Whether a path is an address on another system."""
    return _URL.match(text) is not None


def place(text: str) -> Place:
    """What a user names: a URL where it looks like one."""
    return Url(text) if is_url(text) else Path(text)


def system(url: str) -> tuple[Any, str]:
    """The file system of a URL, and the path in it. Raises UsageError where none is installed for it."""
    try:
        from fsspec.core import url_to_fs
    except ModuleNotFoundError as error:
        raise UsageError(f"{url}: URLs need {error.name}: pip install 'namnd[s3]'") from error
    try:
        return cast(tuple[Any, str], url_to_fs(url, use_listings_cache=False))
    except (ImportError, ValueError) as error:
        raise UsageError(f"{url}: {error}") from error


def exists(where: Place) -> bool:
    """Whether there is something. Raises UsageError for a system that can't be asked."""
    if isinstance(where, Path):
        return where.exists()
    files, path = system(where)
    try:
        return bool(files.exists(path))
    except (OSError, ValueError) as error:
        raise UsageError(f"{where}: {reason(error)}") from error


def listed(start: Url) -> Iterator[Found]:
    """Every file below a URL, or the one that it names, folder by folder; hidden ones are left out."""
    files, path = system(start)
    try:
        if files.isfile(path):
            yield _found(files, path, files.info(path))
            return
        for _, _, inside in files.walk(path, detail=True):
            for name, about in inside.items():
                if name and not _is_hidden(about["name"][len(path) :]):
                    yield _found(files, about["name"], about)
    except OSError as error:
        yield Found(start, code=Unreadable.code, message=f"can't be listed: {reason(error)}")


def described(url: str) -> Found:
    """A file as its system describes it. Raises OSError."""
    files, path = system(url)
    return _found(files, path, files.info(path))


def _found(files: Any, path: str, about: dict[str, Any]) -> Found:
    return Found(str(files.unstrip_protocol(path)), int(about.get("size") or 0), _modified(about))


def _is_hidden(below: str) -> bool:
    return any(part.startswith(".") for part in below.split("/"))


def _modified(about: dict[str, Any]) -> int:
    """Nanoseconds since 1970; 0 where the system doesn't tell, and then size alone tells of a change."""
    told = next((about[name] for name in ("LastModified", "mtime", "last_modified") if about.get(name)), 0)
    if isinstance(told, datetime):
        told = told.timestamp()
    return int(told * 1e9) if isinstance(told, int | float) else 0


def opened(url: str) -> Any:
    """A file of another system, to be read from its beginning. Raises OSError."""
    files, path = system(url)
    return files.open(path, "rb", cache_type="readahead")


def fetch(source: Source, target: Path, max_bytes: int) -> None:
    """Copy a source to this machine; it has its name once its bytes are known to be those that were found.

    Raises Unreadable and TooLarge.
    """
    aside = target.with_name(f"{target.name}.{os.getpid()}.part")
    digest, size = hashlib.sha256(), 0
    try:
        with opened(source.path) as there, aside.open("wb") as here:
            while chunk := there.read(_CHUNK):
                size += len(chunk)
                if size > max_bytes:
                    raise TooLarge(f"more than {max_bytes} bytes; the limit is max_bytes")
                digest.update(chunk)
                here.write(chunk)
        if digest.hexdigest() != source.digest:
            raise Unreadable("the file changed while it was read")
        aside.replace(target)
    except OSError as error:
        if error.errno in DISK_GAVE_OUT:
            raise
        raise Unreadable(reason(error)) from error
    finally:
        aside.unlink(missing_ok=True)


def kept(url: Url) -> bytes:
    """The bytes that `keep` put there. Raises OSError."""
    files, path = system(url)
    return bytes(files.cat_file(path))


def keep(url: Url, data: bytes) -> None:
    """Put bytes at a URL, all of them or none. Raises Halted, since no document is to blame."""
    files, path = system(url)
    whole = not WHOLE_AT_ONCE.isdisjoint(
        [files.protocol] if isinstance(files.protocol, str) else files.protocol
    )
    aside = path if whole else f"{path}.{os.getpid()}.part"
    try:
        try:
            files.pipe_file(aside, data)
        except FileNotFoundError:
            files.makedirs(path.rpartition("/")[0], exist_ok=True)
            files.pipe_file(aside, data)
        if aside != path:
            files.mv(aside, path)
    except OSError as error:
        raise Halted(f"{url}: {reason(error)}") from error


def create(url: Url, data: bytes) -> bool:
    """Put bytes at a URL where nothing stands; tells whether that was so. Raises Halted.

    A store that can't promise it only looks first.
    """
    files, path = system(url)
    try:
        try:
            files.pipe_file(path, data, mode="create")
        except FileNotFoundError:
            files.makedirs(path.rpartition("/")[0], exist_ok=True)
            files.pipe_file(path, data, mode="create")
        except (NotImplementedError, TypeError, ValueError):
            if files.exists(path):
                return False
            files.pipe_file(path, data)
    except FileExistsError:
        return False
    except OSError as error:
        raise Halted(f"{url}: {reason(error)}") from error
    return True


def remove(url: Url) -> None:
    """Take away what lies at and below a URL, if anything does."""
    files, path = system(url)
    with suppress(FileNotFoundError):
        files.rm(path, recursive=True)


def reason(error: BaseException) -> str:
    """What an error of a file system says, without addresses or keys."""
    strerror = getattr(error, "strerror", None)
    return strerror if isinstance(strerror, str) and strerror else type(error).__name__
