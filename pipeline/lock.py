"""One run at a time in an output folder.

The lock is the system's own (a POSIX record lock on `.lock`), so that it dies with the process that holds it
and none has to be cleared away by hand; processes that it forks don't inherit it. The file says who holds it.
Where a file system keeps no locks between machines, what the file says is all there is: a lock of another
machine counts until it has been silent for `SILENT` seconds.
"""

import contextlib
import fcntl
import json
import os
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors import Halted

NAME = ".lock"
SILENT = 600.0


@contextmanager
def held(folder: Path) -> Iterator[Callable[[], None]]:
    """Hold an output folder; gives what to call now and then as a sign of life. Raises Halted."""
    path = folder / NAME
    handle = _taken(path)
    try:
        _write(handle)
        yield lambda: os.utime(handle)
    finally:
        with contextlib.suppress(OSError):
            path.unlink()
        os.close(handle)


def is_held(folder: Path) -> bool:
    """Whether a run is at work in an output folder. Not to be asked by the process that holds it."""
    try:
        handle = os.open(folder / NAME, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        fcntl.lockf(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
        return _elsewhere(handle)
    except OSError:
        return True
    finally:
        os.close(handle)


def _taken(path: Path) -> int:
    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if _elsewhere(handle):
                raise BlockingIOError
        except OSError as error:
            told = _holder(handle)
            os.close(handle)
            raise Halted(
                f"{path.parent}: another run holds this folder ({told}); wait for it or end it"
            ) from error
        with contextlib.suppress(FileNotFoundError):
            if os.fstat(handle).st_ino == path.stat().st_ino:
                return handle
        os.close(handle)  # its holder has just let go of it and taken the name away


def _write(handle: int) -> None:
    about = {"pid": os.getpid(), "host": socket.gethostname(), "since": time.strftime("%Y-%m-%d %H:%M:%S")}
    os.ftruncate(handle, 0)
    os.pwrite(handle, json.dumps(about).encode(), 0)
    os.fsync(handle)


def _said(handle: int) -> dict[str, object]:
    with contextlib.suppress(ValueError):
        said = json.loads(os.pread(handle, 4096, 0))
        if isinstance(said, dict):
            return said
    return {}


def _elsewhere(handle: int) -> bool:
    """Whether another machine says that it holds the lock, and has been heard of lately."""
    said = _said(handle)
    silent = time.time() - os.fstat(handle).st_mtime
    return bool(said) and said.get("host") != socket.gethostname() and silent < SILENT


def _holder(handle: int) -> str:
    said = _said(handle)
    if not said:
        return "it has only just begun"
    return f"process {said.get('pid')} on {said.get('host')} since {said.get('since')}"
