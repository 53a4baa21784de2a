"""What a command costs: wall-clock seconds, processor seconds and peak memory, with all that it starts."""

import os
import resource
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import psutil

Command = Sequence[str | Path]
_LOOK_EVERY = 0.5  # counting shared pages holds up those who use them


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds on the wall, seconds of all processors, and the peak of all processes' memory together.

    Memory is the sum of proportional set sizes: a page that processes share counts once.
    """

    seconds: float
    cpu: float
    peak_mb: float


def cost(
    commands: Sequence[Command],
    log: Path,
    environment: Mapping[str, str] | None = None,
    side_by_side: int = 1,
) -> Cost:
    """Run the commands, so many at a time. Raises CalledProcessError for one that fails; see the log."""

    def run(command: Command) -> None:
        with log.open("ab") as file:
            surroundings = os.environ | (environment or {})
            subprocess.run(command, env=surroundings, stdout=file, stderr=file, check=True)

    cpu, began = _cpu_of_children(), time.perf_counter()
    with _PeakMemory() as memory, ThreadPoolExecutor(side_by_side) as pool:
        list(pool.map(run, commands))
    seconds = time.perf_counter() - began
    return Cost(round(seconds, 3), round(_cpu_of_children() - cpu, 3), round(memory.peak / 1e6, 1))


def _cpu_of_children() -> float:
    """Of all that ended and was waited for."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


class _PeakMemory:
    """The largest sum of our child processes' memory while the block runs."""

    def __init__(self) -> None:
        self.peak = 0
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch)

    def __enter__(self) -> "_PeakMemory":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _watch(self) -> None:
        me = psutil.Process()
        while not self._done.wait(_LOOK_EVERY):
            self.peak = max(self.peak, sum(_held(child.pid) for child in me.children(recursive=True)))


def _held(pid: int) -> int:
    """The proportional set size in bytes; 0 for a process that ended between the listing and the look."""
    try:
        told = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in told.splitlines() if line.startswith("Pss:"))
