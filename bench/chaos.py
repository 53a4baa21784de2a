#!/usr/bin/env python3
"""Kill runs at random moments, let them finish, and compare with a run that nobody disturbed.

    python bench/chaos.py ARCHIVE [--kills 25] [--seed 0] [--engine pytesseract] [--out FILE.json]

The victims are the run itself, its workers, the processes that read pages, and Tesseract, by kill -9. A run
that is through before enough were killed begins anew with nothing, so that kills meet every stage of work.
"""

import argparse
import csv
import json
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import asdict, dataclass, field
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[1]
VICTIMS = ("run", "worker", "reader", "tesseract")
PARTS = 8
"""Of the time that an undisturbed run takes: one kill in each on the mean."""

LOOK_EVERY = 0.01
PATIENCE = 30.0


@dataclass
class Told:
    """What became of it. `lost` and `doubled` count rows, `other` names files whose bytes differ."""

    kills: dict[str, int] = field(default_factory=dict)
    starts: int = 0
    rounds: int = 0
    documents: int = 0
    rows: int = 0
    lost: int = 0
    doubled: int = 0
    other: list[str] = field(default_factory=list)
    left_running: int = 0


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("archive", type=Path)
    parser.add_argument("--kills", type=int, default=25)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--engine", default="pytesseract")
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="namnd-chaos-") as place:
        bench = Bench(options.archive, Path(place), options.engine, options.workers)
        told = asdict(disturbed(bench, options.kills, options.seed))
    text = json.dumps(told, indent=1)
    print(text)
    if options.out:
        options.out.write_text(text + "\n", encoding="utf-8")
    return 1 if told["lost"] or told["doubled"] or told["other"] or told["left_running"] else 0


@dataclass(frozen=True)
class Bench:
    """What is run, and where."""

    archive: Path
    place: Path
    engine: str
    workers: int

    def start(self, name: str) -> subprocess.Popen[bytes]:
        """A run with an output folder and a cache of this name."""
        settings = self.place / f"{name}.toml"
        cache = self.place / f"{name}-cache"
        settings.write_text(f'[recognition]\nengine = "{self.engine}"\n[run]\ncache = "{cache}"\n')
        command = [sys.executable, "-m", "pipeline", "run", self.archive, "-o", self.place / name]
        log = (self.place / f"{name}.log").open("ab")
        return subprocess.Popen(
            [*map(str, command), "--settings", str(settings), "--workers", str(self.workers)],
            cwd=ROOT,
            stdout=log,
            stderr=log,
        )

    def finish(self, name: str) -> None:
        """Run to the end, undisturbed."""
        status = self.start(name).wait()
        if status not in (0, 1) or not (self.place / name / "documents.csv").exists():
            raise RuntimeError((self.place / f"{name}.log").read_text(errors="replace")[-2000:])


def disturbed(bench: Bench, kills: int, seed: int) -> Told:
    """Kill so often, finish, compare."""
    chance = random.Random(seed)
    told = Told(kills=dict.fromkeys(VICTIMS, 0))
    begun = time.monotonic()
    bench.finish("calm")
    pause = (time.monotonic() - begun) / PARTS
    while sum(told.kills.values()) < kills:
        told.rounds += 1
        name = f"round{told.rounds}"
        one_round(bench, name, kills, pause, chance, told)
        bench.finish(name)
        compared(bench.place / "calm", bench.place / name, told)
    return told


def one_round(bench: Bench, name: str, kills: int, pause: float, chance: random.Random, told: Told) -> None:
    """Start a run again and again, killing, until it is through or enough were killed."""
    while sum(told.kills.values()) < kills:
        run = bench.start(name)
        told.starts += 1
        below: list[psutil.Process] = []
        while run.poll() is None and sum(told.kills.values()) < kills:
            kind = chance.choice(VICTIMS)
            time.sleep(chance.uniform(0, 2 * pause))
            while run.poll() is None and not (seen := victims(run.pid)).get(kind):
                time.sleep(LOOK_EVERY)
            if run.poll() is None:
                below = [process for found in seen.values() for process in found if process.pid != run.pid]
                told.kills[kind] += killed(chance.choice(seen[kind]))
        if run.poll() is None:
            run.kill()
        status = run.wait()
        told.left_running += len(psutil.wait_procs(below, timeout=PATIENCE)[1])
        if status >= 0:
            return


def victims(pid: int) -> dict[str, list[psutil.Process]]:
    """The processes of a run by what they do."""
    found: dict[str, list[psutil.Process]] = {}
    try:
        run = psutil.Process(pid)
        found["run"] = [run]
        found["worker"] = run.children()
        found["reader"] = [child for worker in found["worker"] for child in worker.children()]
        found["tesseract"] = [p for reader in found["reader"] for p in reader.children(recursive=True)]
    except psutil.Error:
        pass
    return found


def killed(victim: psutil.Process) -> int:
    try:
        victim.send_signal(signal.SIGKILL)
    except psutil.Error:
        return 0
    return 1


def compared(calm: Path, other: Path, told: Told) -> None:
    """Count what is missing from the tables, what is there twice, and the files with other bytes."""
    told.rows = told.documents = 0
    for path in sorted(calm.rglob("*")):
        if not path.is_file() or path.name.startswith("ledger"):
            continue
        again = other / path.relative_to(calm)
        if path.suffix == ".csv":
            before, after = rows(path), rows(again)
            told.rows += before.total()
            told.documents += before.total() if path.name == "documents.csv" else 0
            told.lost += (before - after).total()
            told.doubled += (after - before).total()
        if not again.exists() or again.read_bytes() != path.read_bytes():
            told.other.append(f"{other.name}/{path.relative_to(calm)}")
    extra = {p.relative_to(other) for p in other.rglob("*")} - {p.relative_to(calm) for p in calm.rglob("*")}
    told.other += sorted(f"{other.name}/{path}" for path in extra)


def rows(path: Path) -> Counter[tuple[str, ...]]:
    if not path.exists():
        return Counter()
    with path.open(encoding="utf-8", newline="") as file:
        return Counter(map(tuple, list(csv.reader(file))[1:]))


if __name__ == "__main__":
    sys.exit(main())
