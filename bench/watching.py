"""Watch a run from outside: which files it writes and which sockets it opens, how much memory it holds.

System calls are told by strace where that is installed; memory and open sockets are looked at several times a
second.
"""

import os
import re
import shutil
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil

EVERY = 0.1
_CHANGES = (
    *("creat", "mkdir", "mkdirat", "rmdir", "unlink", "unlinkat", "rename", "renameat", "renameat2", "link"),
    *("linkat", "symlink", "symlinkat", "chmod", "fchmodat", "chown", "lchown", "fchownat", "truncate"),
    *("mknod", "mknodat", "utimensat", "setxattr", "lsetxattr"),
)
_TRACED = ("%network", "io_uring_setup", "execve", "execveat", "open", "openat", *_CHANGES)
_CALL = re.compile(r"(?P<name>\w+)\((?P<inside>.*)\)\s+= (?P<answer>-?\d+)(?:<(?P<opened>[^>]*)>)?")
_PLACE = re.compile(r'(?:(?:AT_FDCWD|\d+)<(?P<folder>[^>]*)>, )?"(?P<name>(?:[^"\\]|\\.)*)"')
_WRITING = re.compile(r"O_WRONLY|O_RDWR|O_CREAT|O_TRUNC|O_APPEND")


def has_strace() -> bool:
    return shutil.which("strace") is not None


def traced(command: Sequence[str], logs: Path) -> list[str]:
    """The command under strace, with a log for each process."""
    logs.mkdir()
    what = ",".join(_TRACED)
    return ["strace", "-ff", "-y", "--seccomp-bpf", "-e", f"trace={what}", "-o", str(logs / "log"), *command]


@dataclass
class Calls:
    """Paths that were changed, calls of the network by name, programs that were run; how many in all."""

    written: Counter[str] = field(default_factory=Counter)
    sockets: Counter[str] = field(default_factory=Counter)
    programs: Counter[str] = field(default_factory=Counter)
    number: int = 0

    def beyond(self, allowed: Sequence[str]) -> list[str]:
        """What was changed outside these places."""
        return sorted(path for path in self.written if not path.startswith(tuple(allowed)))


def calls(logs: Path) -> Calls:
    """What the logs of `traced` tell."""
    told = Calls()
    for log in logs.iterdir():
        with log.open(encoding="utf-8", errors="backslashreplace") as lines:
            for line in lines:
                found = _CALL.match(line)
                if found is None:  # signals, exits, and calls that never came back
                    continue
                told.number += 1
                _enter(told, found)
    return told


def _enter(told: Calls, found: re.Match[str]) -> None:
    name, done = found["name"], int(found["answer"]) >= 0
    if name in ("open", "openat"):
        if done and _WRITING.search(found["inside"]):
            told.written[found["opened"] or ""] += 1
    elif name in ("execve", "execveat"):
        if done:
            told.programs[next(_places(found["inside"]))] += 1
    elif name in _CHANGES:
        if done:
            told.written.update(_places(found["inside"]))
    else:
        told.sockets[f"{name}({found['inside'].split(',')[0]})"] += 1


def _places(inside: str) -> Iterator[str]:
    for found in _PLACE.finditer(inside):
        yield os.path.normpath(os.path.join(found["folder"] or "/", found["name"]))  # noqa: PTH118


class Watch:
    """Looks at a process and all it started, until it is ended."""

    def __init__(self, pid: int) -> None:
        self.most = 0
        self.looks = 0
        self.sockets: set[str] = set()
        self._top = psutil.Process(pid)
        self._seen: dict[int, psutil.Process] = {}
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look_on, daemon=True)
        self._thread.start()

    def end(self, patience: float = 30.0) -> int:
        """Stop looking; tells how many processes are still there."""
        self._over.set()
        self._thread.join()
        until = time.monotonic() + patience
        while (left := sum(map(_is_alive, self._seen.values()))) and time.monotonic() < until:
            time.sleep(EVERY)
        return left

    def _look_on(self) -> None:
        while not self._over.wait(EVERY):
            with suppress(psutil.Error):
                self._look()

    def _look(self) -> None:
        below = {process.pid: process for process in self._top.children(recursive=True)}
        self._seen |= below
        self.looks += 1
        parents = {pid: process.ppid() for pid, process in below.items()}
        held: Counter[int] = Counter()
        for pid in below:
            line = [pid]
            while parents.get(line[-1]) in below or parents.get(line[-1]) == self._top.pid:
                line.append(parents[line[-1]])
            # From the top: whoever was started, the run where it is traced, a worker, a reader, Tesseract.
            if len(line) > 2 + self._is_traced():
                held[line[-3 - self._is_traced()]] += _resident(pid)
            self.sockets |= _sockets(pid)
        self.most = max([self.most, *held.values()])

    def _is_traced(self) -> bool:
        return self._top.name() == "strace"


def _is_alive(process: psutil.Process) -> bool:
    with suppress(psutil.Error):
        return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)
    return False


def _resident(pid: int) -> int:
    with suppress(psutil.Error):
        return int(psutil.Process(pid).memory_info().rss)
    return 0


def _sockets(pid: int) -> set[str]:
    found = set()
    with suppress(OSError):
        for handle in Path(f"/proc/{pid}/fd").iterdir():
            with suppress(OSError):
                target = os.readlink(handle)  # noqa: PTH115
                if target.startswith("socket:"):
                    found.add(target)
    return found
