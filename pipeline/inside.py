"""The inside of an isolated process (`isolate.py`): answer calls, hold to limits, leave nothing behind."""

import contextlib
import errno
import os
import pickle
import resource
import shutil
import signal
import sys
import tempfile
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from pipeline.errors import Crashed, Halted, NamndError, OutOfMemory
from pipeline.seal import seal

LENGTH = 8  # bytes before each message that say how long it is
DISK_GAVE_OUT = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS)


def serve(asked: int, answering: int, lifeline: int, scratch: Path, memory: int, sealed: bool) -> NoReturn:
    """The child's whole life: lead a session, answer calls until the parent hangs up, leave without ado."""
    try:
        os.setsid()
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        watch = threading.Thread(target=_die_with_parent, args=(lifeline, scratch), daemon=True)
        watch.start()
        _be_quiet()
        _limit(memory)
        if sealed:
            seal()
        tempfile.tempdir = os.environ["TMPDIR"] = str(scratch)
        with os.fdopen(asked, "rb") as pipe:
            while length := pipe.read(LENGTH):
                function, arguments = pickle.loads(pipe.read(int.from_bytes(length, "big")))
                outcome = _made(function, arguments)
                send(answering, (outcome, not _has_started()))
                del outcome, arguments  # what was big is let go of before the next call
        watch.join()
    finally:
        os._exit(0)


def _made(function: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
    """The answer in a tuple, or an error of ours."""
    try:
        return (function(*arguments),)
    except NamndError as error:
        return error
    except MemoryError:
        return OutOfMemory("the page needs more memory than it may have")
    except BaseException as error:
        if isinstance(error, OSError) and error.errno in DISK_GAVE_OUT:
            return Halted(f"no more can be written: {error.strerror}")
        # The one broad catch: a fault of ours in one document must not end the run. No document text is told.
        at = traceback.extract_tb(error.__traceback__)[-1]
        return Crashed(f"{type(error).__name__} at {Path(at.filename).name}:{at.lineno}")


def _has_started() -> bool:
    """Whether processes that this one started are there still."""
    try:
        while os.waitpid(-1, os.WNOHANG) != (0, 0):
            pass
    except ChildProcessError:
        return False
    return True


def _die_with_parent(lifeline: int, scratch: Path) -> None:
    """Wait for the parent's end of the pipe to close, then take the group down."""
    os.read(lifeline, 1)
    shutil.rmtree(scratch, ignore_errors=True)
    os.killpg(0, signal.SIGKILL)


def send(pipe: int, value: Any) -> None:
    """Write a value and how long it is, as one message."""
    data = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
    for part in (len(data).to_bytes(LENGTH, "big"), data):
        left = memoryview(part)
        while left:
            left = left[os.write(pipe, left) :]


def _be_quiet() -> None:
    """Parsers complain of broken files on the terminal, now and then with the text in hand."""
    sink = os.open(os.devnull, os.O_WRONLY)
    os.dup2(sink, 1)
    os.dup2(sink, 2)


def _limit(memory: int) -> None:
    """Ask the system to refuse what the parent would have to kill for, where it counts memory as we do."""
    if sys.platform != "linux":
        return
    with contextlib.suppress(OSError, ValueError):
        status = Path("/proc/self/status").read_text()
        held = int(status.split("VmData:")[1].split()[0]) * 1024
        resource.setrlimit(resource.RLIMIT_DATA, (held + memory, held + memory))
