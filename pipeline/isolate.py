"""Run one call in a process group of its own, with a limit on seconds and on memory.

What parses somebody else's file may hang, swell or die. The call runs in a forked child that leads a new
session; what it starts (Tesseract) belongs to the same group, and a breach kills the whole group, so that no
orphan holds a core. The child dies with its parent (Linux: `PR_SET_PDEATHSIG`).
"""

import contextlib
import ctypes
import os
import pickle
import select
import signal
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import psutil

from pipeline.errors import Crashed, DocumentError, OutOfMemory, TimedOut

T = TypeVar("T")
LOOK_EVERY = 0.05
CHUNK = 1 << 20
PR_SET_PDEATHSIG = 1


def isolated(call: Callable[..., T], *arguments: Any, seconds: float, memory: int) -> T:
    """The call's answer. `seconds` is wall-clock time, `memory` the bytes of the child and all it starts.

    Raises TimedOut or OutOfMemory on a breach, Crashed when the child died or stumbled over a fault of ours,
    and whatever DocumentError the call raised.
    """
    receive, send = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(receive)
        _serve(send, call, arguments)
    os.close(send)
    try:
        answer = _await(receive, child, seconds, memory)
    finally:
        os.close(receive)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
    if not answer:
        raise Crashed(f"the page's process ended without an answer ({_cause(status)})")
    outcome = pickle.loads(answer)
    if isinstance(outcome, DocumentError):
        raise outcome
    value: T = outcome[0]
    return value


def _serve(send: int, call: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    """The child's whole life: lead a session, make the call, send the answer, leave without cleaning up."""
    os.setsid()
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    try:
        outcome: Any = (call(*arguments),)
    except DocumentError as error:
        outcome = error
    except MemoryError:
        outcome = OutOfMemory("the page needs more memory than there is")
    except BaseException as error:
        # The one broad catch: a fault of ours in one document must not end the run. No document text is told.
        at = traceback.extract_tb(error.__traceback__)[-1]
        outcome = Crashed(f"{type(error).__name__} at {Path(at.filename).name}:{at.lineno}")
    try:
        with os.fdopen(send, "wb") as pipe:
            pickle.dump(outcome, pipe, protocol=pickle.HIGHEST_PROTOCOL)
    finally:
        os._exit(0)


def _await(receive: int, child: int, seconds: float, memory: int) -> bytes:
    """What the child sends until it closes the pipe; empty when it dies silent."""
    deadline = time.monotonic() + seconds
    parts: list[bytes] = []
    while True:
        if select.select([receive], [], [], LOOK_EVERY)[0]:
            part = os.read(receive, CHUNK)
            if not part:
                return b"".join(parts)
            parts.append(part)
        if time.monotonic() > deadline:
            raise TimedOut(f"took more than {seconds:g} s")
        if _memory(child) > memory:
            raise OutOfMemory(f"needs more than {memory // 1_000_000} MB")


def _memory(leader: int) -> int:
    """Bytes held by a process and its descendants; pages that a fork shares with its parent count once."""
    with contextlib.suppress(psutil.NoSuchProcess, psutil.AccessDenied):
        process = psutil.Process(leader)
        return sum(_resident(p) for p in (process, *process.children(recursive=True)))
    return 0


def _resident(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return 0


def _cause(status: int) -> str:
    if os.WIFSIGNALED(status):
        return signal.Signals(os.WTERMSIG(status)).name
    return f"exit status {os.waitstatus_to_exitcode(status)}"
