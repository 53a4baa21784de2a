"""Make calls in a child process of their own, each with a limit on seconds and on memory.

What parses somebody else's file may hang, swell or die. The calls are made, one after another, in a forked
child that leads a new session; what it starts (Tesseract) belongs to the same group, and a breach kills the
whole group, so that no orphan holds a core. The child lives on from call to call, since its caches and opened
engines are dear, but not for ever: it is replaced when it died or broke a limit, when a call left something
running, after `LIFE` calls, and when its memory has grown, since C libraries leak. A call that dies in a
child which has served others gets a fresh one, so that nobody is blamed for what came before, and so does one
whose child was ended from outside. Should the
parent die, its end of a pipe closes and the group kills itself. Temporary files go to a folder that is
emptied after each call and removed with the child. What the child does is in `inside.py`.
"""

import contextlib
import os
import pickle
import select
import shutil
import signal
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import psutil

from pipeline import cgroup
from pipeline.errors import Crashed, Killed, NamndError, OutOfMemory, TimedOut
from pipeline.inside import LENGTH, send, serve

T = TypeVar("T")
LOOK_EVERY = 0.03
# From this share of its memory on a child is looked at so often, and ended at that share: lest it leap over
# its limit between two looks.
NEAR, LOOK_CLOSELY, FULL = 0.6, 0.003, 0.97
LOOK_AT_CHILDREN_EVERY = 0.2  # costlier: it goes through all processes of the machine
CHUNK = 1 << 20
LIFE = 1000
CHANCES = (
    3  # for a call whose process is ended from outside; one that ends by itself has one in a fresh child
)
# From so many calls on, a child that has grown by this share of its memory limit is replaced.
GROWN_AFTER, GROWN = 16, 0.3


class Isolation:
    """Where calls are made. `memory` is the bytes that the child and all it starts may hold; `sealed` keeps
    them from the network."""

    def __init__(self, memory: int, sealed: bool = True) -> None:
        self._memory = memory
        self._sealed = sealed
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
            self._child = _forked(self._memory, self._sealed)
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
            burst = child.has_burst()
            cause = _cause(child.end())
            if burst:
                raise OutOfMemory(_too_much(self._memory)) from None
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
    group: cgroup.Group | None
    served: int = 0

    def answer(self, request: Any, seconds: float, memory: int) -> Any:
        """What the child makes of a request. Raises TimedOut, OutOfMemory, and EOFError when it dies."""
        self.served += 1
        with contextlib.suppress(BrokenPipeError):  # it is dead: reading tells
            send(self.requests, request)
        begun = time.monotonic()
        message = bytearray()
        others: list[psutil.Process] = []
        looked, held = begun, 0
        while True:
            pause = LOOK_CLOSELY if held > NEAR * memory else LOOK_EVERY
            if select.select([self.answers], [], [], pause)[0]:
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
                others, looked = _started_by(self.pid), now
            held = _resident(self.pid) + sum(_resident(other.pid) for other in others)
            if held > FULL * memory:
                raise OutOfMemory(_too_much(memory))

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

    def has_burst(self) -> bool:
        """Whether the system has killed it for its memory."""
        return self.group is not None and self.group.has_burst()

    def end(self) -> int:
        """Kill the group, forget the child, and tell how it ended."""
        _kill(self.pid)
        _, status = os.waitpid(self.pid, 0)
        for pipe in (self.requests, self.answers, self.held):
            os.close(pipe)
        shutil.rmtree(self.scratch, ignore_errors=True)
        if self.group is not None:
            self.group.close()
        return status


def _forked(memory: int, sealed: bool) -> _Child:
    asked, requests = os.pipe()
    answers, answering = os.pipe()
    lifeline, held = os.pipe()
    scratch = Path(tempfile.mkdtemp(prefix="namnd-"))
    pid = os.fork()
    if pid == 0:
        for pipe in (requests, answers, held):
            os.close(pipe)
        serve(asked, answering, lifeline, scratch, memory, sealed)
    for pipe in (asked, answering, lifeline):
        os.close(pipe)
    return _Child(pid, requests, answers, held, scratch, _resident(pid), cgroup.holding(pid, memory))


def _started_by(leader: int) -> list[psutil.Process]:
    with contextlib.suppress(psutil.NoSuchProcess, psutil.AccessDenied):
        return psutil.Process(leader).children(recursive=True)
    return []


def _too_much(memory: int) -> str:
    return f"needs more than {memory // 1_000_000} MB"


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
