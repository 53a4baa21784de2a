#!/usr/bin/env python3
"""Fuzz with all harnesses, one after the other, and tell what was found.

    python bench/fuzz/run.py [--seconds 600] [--out build/fuzz] [HARNESS...]

The seconds are parted evenly. A harness that is taken down by an input begins again, with what it has
gathered. Findings are kept in OUT/HARNESS/found; those that shall not come back go to `tests/cases/fuzz`.
"""

import argparse
import os
import re
import resource
import shutil
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "bench"), str(ROOT)]

from fuzz.harness import HARNESSES  # noqa: E402

TOGETHER = "extract"
"""Has all extractors at once; here each has a harness of its own."""

LIMITS = ("-timeout=300", "-rss_limit_mb=2000", "-print_final_stats=1")
_RUNS = re.compile(r"stat::number_of_executed_units:\s+(\d+)|^#(\d+)\s", re.MULTILINE)
_FOUND = re.compile(r"^FOUND (\S+): (.+?): (\S+): (.*)$", re.MULTILINE)
_DOWN = re.compile(r"ERROR: libFuzzer: (.+)|Test unit written to (\S+)")


@dataclass
class Told:
    """What became of a harness: inputs tried, kinds of findings with the file that shows each."""

    runs: int = 0
    found: dict[str, str] = field(default_factory=dict)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("harnesses", nargs="*", metavar="HARNESS", help=", ".join(HARNESSES))
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "fuzz")
    options = parser.parse_args()
    if unknown := set(options.harnesses) - set(HARNESSES):
        parser.error(f"no harness is called {', '.join(sorted(unknown))}")
    names = options.harnesses or [name for name in HARNESSES if name != TOGETHER]
    found = Counter[str]()
    runs = 0
    for name in names:
        told = fuzzed(name, options.out / name, options.seconds / len(names))
        runs += told.runs
        found.update(told.found.keys())
        print(f"{name}: {told.runs} inputs, {len(told.found)} findings", flush=True)
        for kind, path in told.found.items():
            print(f"  {kind}: {path}", flush=True)
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = spent.ru_utime + spent.ru_stime
    print(f"{runs} inputs in {seconds:.0f} s of processor time, {len(found)} kinds found")
    return 1 if found else 0


def fuzzed(name: str, folder: Path, seconds: float) -> Told:
    """Run a harness for so long, and again where an input took it down."""
    told = Told()
    until = time.monotonic() + seconds
    while (left := round(until - time.monotonic())) > 0:
        command = [sys.executable, str(ROOT / "bench/fuzz/one.py"), name, str(folder), *LIMITS]
        seed = time.time_ns() % 2**31
        done = subprocess.run(
            [*command, f"-max_total_time={left}", f"-seed={seed}"],
            capture_output=True,
            text=True,
            errors="replace",
            env={**os.environ, "PYTHONHASHSEED": "0"},
            check=False,
        )
        shutil.rmtree(folder / "scratch", ignore_errors=True)
        said = done.stdout + done.stderr
        told.runs += max((int(a or b) for a, b in _RUNS.findall(said)), default=0)
        for _, kind, path, _ in _FOUND.findall(said):
            told.found.setdefault(kind, path)
        if done.returncode:
            kind = " ".join(why for why, _ in _DOWN.findall(said) if why) or f"ended with {done.returncode}"
            told.found.setdefault(kind, next((path for _, path in _DOWN.findall(said) if path), said[-500:]))
    return told


if __name__ == "__main__":
    sys.exit(main())
