#!/usr/bin/env python3
"""Run over an archive that means harm, and see that it ends well.

    python bench/hostile.py FOLDER [--count 2300] [--seed 0] [--workers 2] [--out FILE.json]

FOLDER holds broken and hostile files. Beside them the archive gets files of our own that mean harm
(`attacks.py`) and so many damaged copies of all these that there are `--count` (`mutants.py`). The run is to
end by itself with exit status 1 and an account of every file; no worker may hold more memory than its limit,
no process stay behind, nothing be written beside output, page store and temporary folder, and no socket be
opened (`watching.py`); nothing that a file says, and no personal number, may stand in the log.
"""

import argparse
import csv
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from random import Random

import attacks
import mutants
import watching

from pipeline.shown import masked

ROOT = Path(__file__).resolve().parents[1]
SHARED = ("/dev/null", "/dev/shm/", "/dev/tty")
SETTINGS = """
[recognition]
dpi = 100
page_timeout = {page_timeout}
document_timeout = 60.0
[run]
cache = "{cache}"
memory_limit = {memory}
"""


@dataclass
class Told:
    """What became of a run. Lists and counts below `codes` are to be empty and zero."""

    files: int = 0
    kinds: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0
    exit_status: int = -1
    documents: int = 0
    codes: dict[str, int] = field(default_factory=dict)
    memory_limit: int = 0
    most_memory: int = 0
    calls_traced: int = 0
    programs: list[str] = field(default_factory=list)
    unaccounted: list[str] = field(default_factory=list)
    left_running: int = 0
    changed: list[str] = field(default_factory=list)
    written_elsewhere: list[str] = field(default_factory=list)
    sockets: list[str] = field(default_factory=list)
    leaks: list[str] = field(default_factory=list)

    @property
    def faults(self) -> list[str]:
        """What isn't as it should be."""
        found = {
            "exit status": self.exit_status != 1,
            "memory": self.most_memory > self.memory_limit,
            "files without an account": self.unaccounted,
            "processes left": self.left_running,
            "input or surroundings changed": self.changed,
            "files written elsewhere": self.written_elsewhere,
            "sockets": self.sockets,
            "leaks": self.leaks,
        }
        return [name for name, wrong in found.items() if wrong]


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=2300)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--keep", type=Path, help="Work in this new folder and leave it there.")
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    originals = {path.name: path.read_bytes() for path in sorted(options.folder.iterdir()) if path.is_file()}
    originals |= {f"own {name}": make() for name, make in attacks.FILES.items()}
    place = options.keep or Path(tempfile.mkdtemp(prefix="namnd-hostile-"))
    place.mkdir(exist_ok=True)
    try:
        told = run(place, originals, options.count, options.seed, options.workers)
    finally:
        if options.keep is None:
            mutants.remove(place)
    text = json.dumps(asdict(told), indent=1, ensure_ascii=True)
    print(text)
    if options.out:
        options.out.write_text(text + "\n", encoding="utf-8")
    print("faults:", ", ".join(told.faults) or "none")
    return 1 if told.faults else 0


def run(
    place: Path,
    originals: Mapping[str, bytes],
    count: int,
    seed: int = 0,
    workers: int = 2,
    page_timeout: float = 8.0,
    memory: int = 1_000_000_000,
    trace: bool = True,
) -> Told:
    """Make the archive in `place`, run over it and judge."""
    made = mutants.fill(place, originals, count, Random(seed), [f"own {name}" for name in attacks.COSTLY])
    for name in ("home", "cwd", "tmp"):
        (place / name).mkdir()
    settings = place / "settings.toml"
    text = SETTINGS.format(page_timeout=page_timeout, cache=place / "cache", memory=memory)
    settings.write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "pipeline", "run", str(made.folder), "-o", str(place / "out")]
    command += ["--settings", str(settings), "--workers", str(workers)]
    trace = trace and watching.has_strace()
    if trace:
        command = watching.traced(command, place / "calls")
    told = Told(len(made.files), made.kinds, memory_limit=memory)
    before = _stand(place)
    begun = time.monotonic()
    with (place / "log").open("wb") as log:
        started = subprocess.Popen(
            command,
            cwd=place / "cwd",
            env=_surroundings(place),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
        watch = watching.Watch(started.pid)
        told.exit_status = started.wait()
    told.seconds = round(time.monotonic() - begun, 1)
    told.left_running = watch.end()
    told.most_memory = watch.most
    told.sockets = sorted(watch.sockets)
    after = _stand(place)
    told.changed = sorted(path for path in before | after if before.get(path) != after.get(path))
    if trace:
        _judge_calls(told, place)
    _judge_tables(told, made, place / "out")
    told.leaks = leaks(made, place)
    return told


def _surroundings(place: Path) -> dict[str, str]:
    """The environment of the run: a home and a temporary folder of its own."""
    own = {"HOME": place / "home", "TMPDIR": place / "tmp", "PYTHONPATH": ROOT}
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("XDG_")},
        **{name: str(value) for name, value in own.items()},
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def _stand(place: Path) -> dict[str, tuple[int, int]]:
    """Size and time of what a run has to leave alone: archive, bait, home, where it was started."""
    found = {}
    for name in ("archive", "outside", "home", "cwd", "tmp", "settings.toml"):
        for folder, _, files in os.walk(place / name):
            for path in (folder, *(f"{folder}/{file}" for file in files)):
                about = os.lstat(path)
                if path != str(place / "tmp"):
                    found[_shown(path)] = (about.st_size, about.st_mtime_ns)
    return found


def _judge_calls(told: Told, place: Path) -> None:
    calls = watching.calls(place / "calls")
    told.calls_traced = calls.number
    told.programs = sorted({Path(path).name for path in calls.programs})
    allowed = (*(f"{place / name}" for name in ("out", "cache", "tmp")), *SHARED)
    told.written_elsewhere = calls.beyond(allowed)
    told.sockets = sorted({*told.sockets, *calls.sockets})


def _judge_tables(told: Told, made: mutants.Made, output: Path) -> None:
    """Which files are named neither among the documents nor among the errors."""
    documents, errors = rows(output / "documents.csv"), rows(output / "errors.csv")
    told.documents = len(documents)
    for row in errors:
        told.codes[row["code"]] = told.codes.get(row["code"], 0) + 1
    told.codes = dict(sorted(told.codes.items()))
    cells = {row["source_path"] for row in (*documents, *errors)}
    named = cells | {path for cell in cells for path in cell.split("|")}
    joined = "|".join(["", *cells, ""])  # a name may hold what names are joined by
    for path in sorted(_shown(masked(os.fsdecode(path))) for path in made.files):
        if path not in named and f"|{path}|" not in joined:
            told.unaccounted.append(path)


def leaks(made: mutants.Made, place: Path) -> list[str]:
    """What stands in the log or among the errors and shouldn't, and where bait was read."""
    found = []
    secrets = (mutants.NUMBER, mutants.NUMBER.replace("-", ""), mutants.WORD)
    for name in ("log", "out/errors.csv"):
        text = (place / name).read_bytes()
        found += [f"{secret} in {name}" for secret in secrets if secret.encode() in text]
    for path in (place / "out").rglob("*"):
        if path.is_file() and any(secret in path.read_bytes() for secret in made.secrets):
            found.append(f"bait in {path.name}")
    return found


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _shown(path: str) -> str:
    """A path as the tables write it."""
    return path.encode("utf-8", "backslashreplace").decode()


if __name__ == "__main__":
    csv.field_size_limit(1 << 30)
    sys.exit(main())
