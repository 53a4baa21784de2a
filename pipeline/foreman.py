"""A process of our own beside a worker of somebody else's: started anew, with one thread, fed through pipes.

The processes that read pages are forked, and forking is safe only where no other thread runs; a cluster's
worker has several, and may not start processes by `multiprocessing` either. So a foreman works for each of
its threads. He ends with the worker, and what he has started ends with him.
"""

import contextlib
import os
import pickle
import signal
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any, TypeVar

from pipeline.errors import NamndError

T = TypeVar("T")
LENGTH = 8  # bytes before each message that say how long it is
ROOT = Path(__file__).parent.parent


class Gone(Exception):
    """The foreman died, or stumbled over a fault of ours; the message holds no text of a document."""


class Foreman:
    """Makes calls, one after another, in a process that lives until it is closed."""

    def __init__(self) -> None:
        lifeline, self._held = os.pipe()
        path = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "pipeline.foreman", str(lifeline)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                pass_fds=(lifeline,),
                env={**os.environ, "PYTHONPATH": path},
            )
        finally:
            os.close(lifeline)

    def call(self, function: Callable[..., T], *arguments: Any) -> T:
        """The function's answer. Raises what NamndError it raised, and Gone."""
        asked, answered = self._process.stdin, self._process.stdout
        assert asked is not None
        assert answered is not None
        with contextlib.suppress(BrokenPipeError):  # he is dead: reading tells
            _send(asked, (function, arguments))
        outcome = _received(answered)
        if outcome is None:
            self.close()
            raise Gone(f"the process beside the worker died (exit status {self._process.returncode})")
        if isinstance(outcome, BaseException):
            raise outcome
        value: T = outcome[0]
        return value

    def close(self) -> None:
        """End him and what he has started."""
        if self._held >= 0:
            os.close(self._held)
            self._held = -1
        self._process.kill()
        self._process.wait()


def _send(pipe: IO[bytes], value: Any) -> None:
    data = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
    pipe.write(len(data).to_bytes(LENGTH, "big") + data)
    pipe.flush()


def _received(pipe: IO[bytes]) -> Any:
    """The next message, None where the other side has hung up."""
    head = pipe.read(LENGTH)
    size = int.from_bytes(head, "big")
    data = pipe.read(size) if len(head) == LENGTH else b""
    return pickle.loads(data) if data and len(data) == size else None


def _serve(lifeline: int) -> None:
    """His whole life: answer calls until the worker hangs up or dies."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_worker, args=(lifeline,), daemon=True).start()
    with os.fdopen(os.dup(0), "rb") as asked, os.fdopen(os.dup(1), "wb") as answers:
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(2, 1)  # whatever is printed is no answer
        while (request := _received(asked)) is not None:
            _send(answers, _made(*request))


def _made(function: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
    try:
        return (function(*arguments),)
    except NamndError as error:
        return error
    except Exception as error:
        # What such an error says may quote a document: it is told by its kind and place.
        at = traceback.extract_tb(error.__traceback__)[-1]
        return Gone(f"{type(error).__name__} at {Path(at.filename).name}:{at.lineno}")


def _end_with_worker(lifeline: int) -> None:
    os.read(lifeline, 1)
    os._exit(1)


if __name__ == "__main__":
    # Under the name that others import it by, so that both sides pickle the same classes.
    from pipeline.foreman import _serve as serve

    serve(int(sys.argv[1]))
