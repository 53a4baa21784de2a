"""Run one call in a process group of its own, with a limit on seconds and on memory.

What parses somebody else's file may hang, swell or die. The call runs in a forked child that leads a new
session; what it starts (Tesseract) belongs to the same group, and a breach kills the whole group, so that no
orphan holds a core. Should the parent die, its end of a pipe closes and the group kills itself. Temporary
files go to a folder that is removed with the child.
"""

import contextlib
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
from pathlib import Path
from typing import Any, TypeVar

import psutil

from pipeline.errors import Crashed, DocumentError, OutOfMemory, TimedOut

T = TypeVar("T")
LOOK_EVERY = 0.03
LOOK_AT_CHILDREN_EVERY = 0.2  # costlier: it goes through all processes of the machine
CHUNK = 1 << 20


def isolated(call: Callable[..., T], *arguments: Any, seconds: float, memory: int) -> T:
    """The call's answer. `seconds` is wall-clock time, `memory` the bytes of the child and all it starts.

    Raises TimedOut or OutOfMemory on a breach, Crashed when the child died or stumbled over a fault of ours,
    and whatever DocumentError the call raised.
    """
    receive, send = os.pipe()
    lifeline, held = os.pipe()
    scratch = tempfile.mkdtemp(prefix="namnd-")
    child = os.fork()
    if child == 0:
        os.close(receive)
        os.close(held)
        _serve(send, lifeline, scratch, memory, call, arguments)
    os.close(send)
    os.close(lifeline)
    try:
        answer = _await(receive, child, seconds, memory)
    finally:
        _kill(child)
        _, status = os.waitpid(child, 0)
        os.close(receive)
        os.close(held)
        shutil.rmtree(scratch, ignore_errors=True)
    if not answer:
        raise Crashed(f"the page's process ended without an answer ({_cause(status)})")
    outcome = pickle.loads(answer)
    if isinstance(outcome, DocumentError):
        raise outcome
    value: T = outcome[0]
    return value


def _serve(
    send: int,
    lifeline: int,
    scratch: str,
    memory: int,
    call: Callable[..., Any],
    arguments: tuple[Any, ...],
) -> None:
    """The child's whole life: lead a session, make the call, send the answer, leave without cleaning up."""
    try:
        os.setsid()
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        threading.Thread(target=_die_with_parent, args=(lifeline,), daemon=True).start()
        _be_quiet()
        _limit(memory)
        tempfile.tempdir = os.environ["TMPDIR"] = scratch
        outcome = _outcome(call, arguments)
        with os.fdopen(send, "wb") as pipe:
            pickle.dump(outcome, pipe, protocol=pickle.HIGHEST_PROTOCOL)
    finally:
        os._exit(0)


def _outcome(call: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
    """The answer in a tuple, or a DocumentError."""
    try:
        return (call(*arguments),)
    except DocumentError as error:
        return error
    except MemoryError:
        return OutOfMemory("the page needs more memory than it may have")
    except BaseException as error:
        # The one broad catch: a fault of ours in one document must not end the run. No document text is told.
        at = traceback.extract_tb(error.__traceback__)[-1]
        return Crashed(f"{type(error).__name__} at {Path(at.filename).name}:{at.lineno}")


def _die_with_parent(lifeline: int) -> None:
    """Wait for the parent's end of the pipe to close, then take the group down."""
    os.read(lifeline, 1)
    os.killpg(0, signal.SIGKILL)


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


def _await(receive: int, child: int, seconds: float, memory: int) -> bytes:
    """What the child sends until it closes the pipe; empty when it dies silent."""
    begun = time.monotonic()
    parts: list[bytes] = []
    others, looked = 0, begun
    while True:
        if select.select([receive], [], [], LOOK_EVERY)[0]:
            part = os.read(receive, CHUNK)
            if not part:
                return b"".join(parts)
            parts.append(part)
        now = time.monotonic()
        if now - begun > seconds:
            raise TimedOut(f"took more than {seconds:g} s")
        if now - looked > LOOK_AT_CHILDREN_EVERY:
            others, looked = _memory_below(child), now
        if _resident(child) + others > memory:
            raise OutOfMemory(f"needs more than {memory // 1_000_000} MB")


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
