#!/usr/bin/env python3
"""Pages per second of two Dask workers against one, in turns within one run.

    bench/cluster.py [--scans 40] [--texts 800] [--documents 8] [--rounds 2] [--out FILE.json]

Two schedulers stand side by side, one with one worker, one with two. All are started and warmed up first;
then each reads the same documents in turn (one, two, one, two), every time into a page store and an output
folder of its own, and only that is measured. Idle workers cost nothing. The last documents count, as they do
in a real run: one worker may wait for the other.
"""

import argparse
import json
import os
import platform
import signal
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from subprocess import DEVNULL, Popen
from typing import Any

import bundle
import psutil

from pipeline import cluster
from pipeline.batch import Order, process
from pipeline.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 60.0
WARM_PAGES = 4


@dataclass(frozen=True)
class Grid:
    """A scheduler with its workers."""

    address: str
    workers: tuple[Popen[bytes], ...]

    def cpu(self) -> float:
        """Processor seconds of the workers and all that they have started."""
        return sum(_cpu(psutil.Process(worker.pid)) for worker in self.workers)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--scans", type=int, default=40, help="scanned pages in all")
    parser.add_argument("--texts", type=int, default=800, help="pages with text in all")
    parser.add_argument("--documents", type=int, default=8, help="documents that the pages are in")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # and take the workers along
    with tempfile.TemporaryDirectory(prefix="namnd-cluster-") as place, ExitStack() as stack:
        folder = Path(place)
        kinds = {"scans": options.scans, "texts": options.texts}
        for kind, pages in kinds.items():
            made(folder / kind, kind, max(1, pages // options.documents), options.documents)
        made(folder / "warm", "scans", WARM_PAGES, 1)
        made(folder / "warm", "texts", WARM_PAGES, 1)
        grids = {count: stack.enter_context(grid(folder / f"grid{count}", count)) for count in (1, 2)}
        told = {kind: compared(folder, kind, grids, options.rounds) for kind, pages in kinds.items() if pages}
    result = {"machine": {"cores": os.cpu_count(), "python": platform.python_version()}, **told}
    print(json.dumps(result, indent=1))
    if options.out:
        options.out.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    return 0


def made(folder: Path, kind: str, pages: int, documents: int) -> None:
    """So many documents of so many pages."""
    folder.mkdir(parents=True, exist_ok=True)
    make = bundle.scans if kind == "scans" else bundle.texts
    for seed in range(documents):
        make(folder / f"{kind}{seed}.pdf", pages, seed=seed)


def compared(folder: Path, kind: str, grids: dict[int, Grid], rounds: int) -> dict[str, Any]:
    """Runs in turn over one kind of documents: pages per second and processor seconds a page."""
    seconds: dict[int, list[float]] = {count: [] for count in grids}
    cpu: dict[int, list[float]] = {count: [] for count in grids}
    pages = 0
    for count in grids:
        run(folder / "warm", folder / f"warm-{kind}-{count}", grids[count])
    for turn in range(rounds):
        for count, of in grids.items():
            before = of.cpu()
            pages, spent = run(folder / kind, folder / f"{kind}-{turn}-{count}", of)
            seconds[count].append(spent)
            cpu[count].append(of.cpu() - before)
            print(f"{kind}: {count} workers, {pages} pages in {spent:.1f} s", file=sys.stderr, flush=True)
    rate = {count: pages / statistics.median(spent) for count, spent in seconds.items()}
    return {
        "pages": pages,
        "seconds": {str(count): [round(one, 1) for one in spent] for count, spent in seconds.items()},
        "pages_per_second": {str(count): round(value, 2) for count, value in rate.items()},
        "cpu_per_page": {str(c): round(statistics.median(used) / pages, 3) for c, used in cpu.items()},
        "times": round(rate[2] / rate[1], 2),
    }


def run(inputs: Path, output: Path, grid: Grid) -> tuple[int, float]:
    """Read documents anew by the workers of a grid; pages, and seconds without the way to the scheduler."""
    output.mkdir()
    settings = replace(Settings(), cache=output / "pages")
    with cluster.joined(grid.address, settings, [inputs]) as hands:
        begun = time.monotonic()
        summary = process(Order([inputs]), output / "out", settings, open_executor=hands)
        spent = time.monotonic() - begun
    if summary.tally.failed:
        raise RuntimeError(f"{summary.tally.failed} documents failed: {output}")
    return summary.tally.pages, spent


@contextmanager
def grid(folder: Path, count: int) -> Iterator[Grid]:
    """A scheduler and its workers, each a process of its own."""
    folder.mkdir()
    told = folder / "scheduler.json"
    with ExitStack() as stack:
        at = ("--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(told))
        stack.enter_context(started("dask_scheduler", *at))
        until = time.monotonic() + PATIENCE
        while not told.exists():
            if time.monotonic() > until:
                raise TimeoutError("the scheduler doesn't start")
            time.sleep(0.1)
        address = json.loads(told.read_text())["address"]
        how = ("--nthreads", "1", "--no-nanny", "--no-dashboard", "--memory-limit", "0")
        where = ("--local-directory", str(folder))
        workers = [stack.enter_context(started("dask_worker", address, *how, *where)) for _ in range(count)]
        from distributed import Client

        with Client(address, set_as_default=False) as client:  # type: ignore[no-untyped-call]
            client.wait_for_workers(count, timeout=PATIENCE)
        yield Grid(address, tuple(workers))


@contextmanager
def started(name: str, *arguments: str) -> Iterator[Popen[bytes]]:
    command = [sys.executable, "-P", "-m", f"distributed.cli.{name}", *arguments]
    path = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep)
    process = Popen(command, env={**os.environ, "PYTHONPATH": path}, stderr=DEVNULL)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def _cpu(process: psutil.Process) -> float:
    """Processor seconds of a process and all below it, those that are gone included."""
    total = 0.0
    for one in (process, *process.children(recursive=True)):
        try:
            times = one.cpu_times()
        except psutil.NoSuchProcess:
            continue
        total += times.user + times.system + times.children_user + times.children_system
    return total


if __name__ == "__main__":
    sys.exit(main())
