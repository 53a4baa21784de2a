"""Make calls in a child process of their own, each with a limit on seconds and on memory.

What parses somebody else's file may hang, swell or die. The calls are made, one after another, in a forked
child that leads a new session; what it starts (Tesseract) belongs to the same group, and a breach kills the
whole group, so that no orphan holds a core. The child lives on from call to call, since its caches and opened
engines are dear, but not for ever: it is replaced when it died or broke a limit, when a call left something
running, after `LIFE` calls, and when its memory has grown, since C libraries leak. A call that dies in a
child which has served others gets a fresh one, so that nobody is blamed for what came before, and so does one
whose child was ended from outside. Should the
parent die, its end of a pipe closes and the group kills itself. Temporary files go to a folder that is
emptied after each call and removed with the child.
"""

import contextlib
import errno
import os
import pickle
import resource
import select
import shutil
import signal
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import psutil

from pipeline.errors import Crashed, Halted, Killed, NamndError, OutOfMemory, TimedOut

T = TypeVar("T")
LOOK_EVERY = 0.03
LOOK_AT_CHILDREN_EVERY = 0.2  # costlier: it goes through all processes of the machine
CHUNK = 1 << 20
LENGTH = 8  # bytes before each message that say how long it is
LIFE = 1000
CHANCES = (
    3  # for a call whose process is ended from outside; one that ends by itself has one in a fresh child
)
DISK_GAVE_OUT = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS)
# From so many calls on, a child that has grown by this share of its memory limit is replaced.
GROWN_AFTER, GROWN = 16, 0.3


class Isolation:
    """Where calls are made. `memory` is the bytes that the child and all it starts may hold."""

    def __init__(self, memory: int) -> None:
        self._memory = memory
        self._child: _Child | None = None

    def call(self, function: Callable[..., T], *arguments: Any, seconds: float) -> T:
        """The function's answer. `seconds` is wall-clock time; function and arguments travel as pickles.

        Raises TimedOut or OutOfMemory on a breach, Crashed when the child died or stumbled over a fault of
        ours, Halted when the disk gave out, and whatever DocumentError the function raised.
        """
        for chance in reversed(range(CHANCES)):
            used = self._child is not None
            try:
                value: T = self._value(function, arguments, seconds)
            except (Crashed, OutOfMemory) as error:
                if not (chance and (used or isinstance(error, Killed))):
                    raise
            else:
                return value
        raise AssertionError("the last chance returns or raises")

    def close(self) -> None:
        """End the child and all it started."""
        if self._child is not None:
            child, self._child = self._child, None
            child.end()

    def _value(self, function: Callable[..., Any], arguments: tuple[Any, ...], seconds: float) -> Any:
        """The answer of one try. Raises the error of the function, and what ended the child."""
        if self._child is None:
            self._child = _forked(self._memory)
        child = self._child
        try:
            outcome, clean = child.answer((function, arguments), seconds, self._memory)
            if isinstance(outcome, OutOfMemory | Killed):
                raise outcome
            if not clean or child.is_worn(self._memory):
                self.close()
            else:
                child.tidy()
        except EOFError:
            self._child = None
            cause = _cause(child.end())
            kind = Killed if cause == "SIGKILL" else Crashed
            raise kind(f"the page's process ended without an answer ({cause})") from None
        except BaseException:
            self.close()
            raise
        if isinstance(outcome, NamndError):
            raise outcome
        return outcome[0]


@dataclass
class _Child:
    """The parent's side of a child: process id, the pipes between them, bytes at birth, calls served."""

    pid: int
    requests: int
    answers: int
    held: int
    scratch: Path
    born_with: int
    served: int = 0

    def answer(self, request: Any, seconds: float, memory: int) -> Any:
        """What the child makes of a request. Raises TimedOut, OutOfMemory, and EOFError when it dies."""
        self.served += 1
        with contextlib.suppress(BrokenPipeError):  # it is dead: reading tells
            _send(self.requests, request)
        begun = time.monotonic()
        message = bytearray()
        others, looked = 0, begun
        while True:
            if select.select([self.answers], [], [], LOOK_EVERY)[0]:
                part = os.read(self.answers, CHUNK)
                if not part:
                    raise EOFError
                message += part
                if len(message) >= LENGTH + int.from_bytes(message[:LENGTH], "big"):
                    return pickle.loads(memoryview(message)[LENGTH:])
            now = time.monotonic()
            if now - begun > seconds:
                raise TimedOut(f"took more than {seconds:g} s")
            if now - looked > LOOK_AT_CHILDREN_EVERY:
                others, looked = _memory_below(self.pid), now
            if _resident(self.pid) + others > memory:
                raise OutOfMemory(f"needs more than {memory // 1_000_000} MB")

    def is_worn(self, memory: int) -> bool:
        """Whether it has served long enough, or holds on to much memory between two calls."""
        if self.served < GROWN_AFTER:
            return False
        return self.served >= LIFE or _resident(self.pid) - self.born_with > GROWN * memory

    def tidy(self) -> None:
        """Remove the temporary files of a call."""
        for left in self.scratch.iterdir():
            if left.is_dir() and not left.is_symlink():
                shutil.rmtree(left, ignore_errors=True)
            else:
                left.unlink(missing_ok=True)

    def end(self) -> int:
        """Kill the group, forget the child, and tell how it ended."""
        _kill(self.pid)
        _, status = os.waitpid(self.pid, 0)
        for pipe in (self.requests, self.answers, self.held):
            os.close(pipe)
        shutil.rmtree(self.scratch, ignore_errors=True)
        return status


def _forked(memory: int) -> _Child:
    asked, requests = os.pipe()
    answers, answering = os.pipe()
    lifeline, held = os.pipe()
    scratch = Path(tempfile.mkdtemp(prefix="namnd-"))
    pid = os.fork()
    if pid == 0:
        for pipe in (requests, answers, held):
            os.close(pipe)
        _serve(asked, answering, lifeline, scratch, memory)
    for pipe in (asked, answering, lifeline):
        os.close(pipe)
    return _Child(pid, requests, answers, held, scratch, _resident(pid))


def _serve(asked: int, answering: int, lifeline: int, scratch: Path, memory: int) -> NoReturn:
    """The child's whole life: lead a session, answer calls until the parent hangs up, leave without ado."""
    try:
        os.setsid()
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        watch = threading.Thread(target=_die_with_parent, args=(lifeline, scratch), daemon=True)
        watch.start()
        _be_quiet()
        _limit(memory)
        tempfile.tempdir = os.environ["TMPDIR"] = str(scratch)
        with os.fdopen(asked, "rb") as pipe:
            while length := pipe.read(LENGTH):
                function, arguments = pickle.loads(pipe.read(int.from_bytes(length, "big")))
                outcome = _made(function, arguments)
                _send(answering, (outcome, not _has_started()))
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


def _send(pipe: int, value: Any) -> None:
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


def _memory_below(leader: int) -> int:
    """Bytes held by what a process has started."""
    with contextlib.suppress(psutil.NoSuchProcess, psutil.AccessDenied):
        return sum(_resident(process.pid) for process in psutil.Process(leader).children(recursive=True))
    return 0


def _resident(pid: int) -> int:
    try:
        return int(psutil.Process(pid).memory_info().rss)
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return 0


def _kill(leader: int) -> None:
    """Kill a group; its leader by itself too, lest it has not come round to leading."""
    for kill in (os.killpg, os.kill):
        with contextlib.suppress(ProcessLookupError):
            kill(leader, signal.SIGKILL)


def _cause(status: int) -> str:
    if os.WIFSIGNALED(status):
        return signal.Signals(os.WTERMSIG(status)).name
    return f"exit status {os.waitstatus_to_exitcode(status)}"
