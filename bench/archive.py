#!/usr/bin/env python3
"""What an archive costs as it grows: runs over made texts and over a PDF of thousands of pages.

    bench/archive.py [--counts 1000 5000 20000] [--pages 3000] [--scans 10] [--workers 2] [--out FILE.json]

Each run is watched from outside: seconds and processor time of the first thousand documents (or hundred
pages) and of the last; the memory of the parent process, which alone sees the whole archive; how long the
tables took; what the same command costs when nothing is new. On a machine that isn't idle, processor time is
what to compare.
"""

import argparse
import bisect
import json
import os
import platform
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import bundle
import psutil
from synth.build import corpus

ROOT = Path(__file__).resolve().parents[1]
LOOK_EVERY = 0.5
MB = 1_000_000
TEXTS_A_STRETCH, PAGES_A_STRETCH = 1000, 100


@dataclass
class Watched:
    """A run as it was seen: Unix time, processor seconds of all its processes, bytes of the parent, and
    processor seconds of each child with all below it; the most bytes that the parent has held."""

    began: float
    ended: float = 0.0
    looks: list[tuple[float, float, int]] = field(default_factory=list)
    below: dict[int, list[tuple[float, float]]] = field(default_factory=dict)
    most: int = 0

    def cpu(self, at: float) -> float:
        """Processor seconds that had been used at a time, between the two looks around it."""
        times = [when for when, _, _ in self.looks]
        after = min(bisect.bisect_left(times, at), len(times) - 1)
        before = max(0, after - 1)
        (t0, c0, _), (t1, c1, _) = self.looks[before], self.looks[after]
        return c1 if t1 <= t0 else c0 + (c1 - c0) * (min(max(at, t0), t1) - t0) / (t1 - t0)

    def memory(self, begin: float, end: float) -> float:
        """Megabytes of the parent, the middle one of what was seen between two times."""
        seen = [held for when, _, held in self.looks if begin <= when <= end]
        return round(statistics.median(seen) / MB, 1) if seen else 0.0

    @property
    def peak(self) -> float:
        return round(self.most / MB, 1)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--counts", type=int, nargs="*", default=[1000, 5000, 20_000])
    parser.add_argument("--pages", type=int, default=3000, help="of the PDF; 0 leaves it out")
    parser.add_argument("--scans", type=int, default=10, help="pages read at each end of a PDF of scans")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    told: dict[str, Any] = {
        "machine": {"cores": os.cpu_count(), "python": platform.python_version()},
        "workers": options.workers,
        "texts": [],
    }
    with tempfile.TemporaryDirectory(prefix="namnd-archive-") as place:
        for count in options.counts:
            told["texts"].append(texts(Path(place) / str(count), count, options.workers))
            print(json.dumps(told["texts"][-1]), flush=True)
        if options.pages:
            told["pdf"] = pdf(Path(place) / "pdf", options.pages, options.workers)
            print(json.dumps(told["pdf"]), flush=True)
        if options.pages and options.scans:
            told["scans"] = scanned(Path(place) / "scans", options.pages, options.scans)
            print(json.dumps(told["scans"]), flush=True)
    if options.out:
        options.out.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    return 0


def texts(place: Path, count: int, workers: int) -> dict[str, Any]:
    """So many made texts, and the same once more."""
    (place / "files").mkdir(parents=True)
    for document in corpus(count, "develop", 0):
        (place / "files" / f"{document.ident}.txt").write_text("\f".join(document.pages), encoding="utf-8")
    seen = watched(place, workers)
    with sqlite3.connect(place / "out" / "ledger.sqlite") as book:
        done = [at for (at,) in book.execute("SELECT finished FROM documents ORDER BY finished")]
        (failed,) = book.execute("SELECT count(*) FROM documents WHERE code <> ''").fetchone()
    again = watched(place, workers)
    shutil.rmtree(place)
    return {
        "documents": len(done),
        "failed": failed,
        **_paces(seen, done, TEXTS_A_STRETCH),
        "tables_seconds": round(seen.ended - done[-1], 1),
        "tables_cpu": round(seen.looks[-1][1] - seen.cpu(done[-1]), 1),
        **_again(seen, again),
    }


def pdf(place: Path, pages: int, workers: int) -> dict[str, Any]:
    """One PDF with a text layer, and the same once more."""
    (place / "files").mkdir(parents=True)
    bundle.texts(place / "files" / "bundle.pdf", pages)
    seen = watched(place, workers)
    read = sorted(path.stat().st_mtime for path in (place / "cache").rglob("[0-9]*.json.gz"))
    shares = sorted(_cpu_between(looks, read[0], read[-1]) for looks in seen.below.values())[-workers:]
    again = watched(place, workers)
    shutil.rmtree(place)
    return {
        "pages": len(read),
        **_paces(seen, read, PAGES_A_STRETCH),
        "finish_seconds": round(seen.ended - read[-1], 1),
        "finish_cpu": round(seen.looks[-1][1] - seen.cpu(read[-1]), 1),
        "least_busy_worker": round(min(shares) / (sum(shares) / len(shares)), 3) if shares else 0.0,
        **_again(seen, again),
    }


def scanned(place: Path, pages: int, sample: int) -> dict[str, Any]:
    """One PDF of scans, of which only the first and the last pages are read, in this process."""
    from pipeline import flow
    from pipeline.read import discover
    from pipeline.settings import Settings

    place.mkdir(parents=True)
    bundle.scans(place / "bundle.pdf", pages)
    settings = Settings(cache=place / "cache")
    flow.warm(settings)
    (source,), _ = discover([place / "bundle.pdf"], settings.recognition.max_bytes)
    begun = time.process_time()
    count = flow.plan(source, settings)
    opened = time.process_time() - begun
    flow.read_page(source, count // 2, settings)  # what is loaded with the first page is neither end's
    ends = []
    for numbers in (range(1, sample + 1), range(count - sample + 1, count + 1)):
        begun = time.process_time()
        for number in numbers:
            flow.read_page(source, number, settings)
        ends.append(round((time.process_time() - begun) / sample, 3))
    shutil.rmtree(place)
    return {"pages": count, "counting_cpu": round(opened, 2), "first_cpu": ends[0], "last_cpu": ends[1]}


def watched(place: Path, workers: int) -> Watched:
    """A run over PLACE/files into PLACE/out, looked at twice a second."""
    settings = place / "settings.toml"
    settings.write_text(f'[run]\nworkers = {workers}\ncache = "{place / "cache"}"\n')
    command = [sys.executable, "-m", "pipeline", "run", place / "files", "-o", place / "out"]
    seen = Watched(time.time())
    with (place / "log").open("wb") as log:
        run = psutil.Popen(
            [*map(str, command), "--settings", str(settings)], cwd=ROOT, stdout=log, stderr=subprocess.STDOUT
        )
        spent: dict[int, float] = {}
        while run.status() != psutil.STATUS_ZOMBIE:
            _look(run, seen, spent)
            time.sleep(min(LOOK_EVERY, 0.05 + (time.time() - seen.began) / 100))
        _, status, usage = os.wait4(run.pid, 0)
    seen.ended = time.time()
    seen.looks.append((seen.ended, usage.ru_utime + usage.ru_stime, seen.looks[-1][2]))
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        raise RuntimeError((place / "log").read_text(errors="replace")[-2000:])
    return seen


def _look(run: psutil.Process, seen: Watched, spent: dict[int, float]) -> None:
    """Enter what the run and all below it have used; of those that are gone their parent tells."""
    with suppress(psutil.Error, IndexError, OSError):  # it may be gone any moment
        now, own = time.time(), _cpu(run)
        for child in run.children():
            used = _cpu(child) + sum(_cpu(one) for one in child.children(recursive=True))
            seen.below.setdefault(child.pid, []).append((now, used))
            spent[child.pid] = used
        living = sum(used for pid, used in spent.items() if psutil.pid_exists(pid))
        seen.looks.append((now, own + living, run.memory_info().rss))
        told = Path(f"/proc/{run.pid}/status").read_text(encoding="ascii", errors="replace")
        seen.most = max(seen.most, 1024 * int(told.partition("VmHWM:")[2].split()[0]))


def _cpu(process: psutil.Process) -> float:
    with suppress(psutil.Error):
        times = process.cpu_times()
        return float(times.user + times.system + times.children_user + times.children_system)
    return 0.0


def _cpu_between(looks: list[tuple[float, float]], begin: float, end: float) -> float:
    used = [cpu for when, cpu in looks if begin <= when <= end]
    return used[-1] - used[0] if used else 0.0


def _paces(seen: Watched, done: list[float], stretch: int) -> dict[str, Any]:
    """Seconds of the first stretch and the last, and the parent's memory in both."""
    stretch = min(stretch, len(done) // 2) or 1
    first, last = (done[0], done[stretch]), (done[-stretch - 1], done[-1])
    return {
        "seconds": round(seen.ended - seen.began, 1),
        "cpu": round(seen.looks[-1][1], 1),
        "stretch": stretch,
        "first_seconds": round(first[1] - first[0], 2),
        "last_seconds": round(last[1] - last[0], 2),
        "first_cpu": round(seen.cpu(first[1]) - seen.cpu(first[0]), 2),
        "last_cpu": round(seen.cpu(last[1]) - seen.cpu(last[0]), 2),
        "parent_first_mb": seen.memory(*first),
        "parent_last_mb": seen.memory(*last),
        "parent_peak_mb": seen.peak,
    }


def _again(seen: Watched, again: Watched) -> dict[str, float]:
    first, second = seen.ended - seen.began, again.ended - again.began
    return {
        "again_seconds": round(second, 2),
        "again_cpu": round(again.looks[-1][1], 2),
        "again_share": round(second / first, 4),
    }


if __name__ == "__main__":
    sys.exit(main())
