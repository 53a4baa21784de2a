"""Feed one harness with mutated inputs, guided by atheris to those that reach new code.

    python bench/fuzz/one.py HARNESS FOLDER [options of libFuzzer, such as -runs=200 -seed=1]

FOLDER/corpus gathers inputs, those of earlier times are gone on with, and FOLDER/found gets what is found:
each kind once, printed with its file, and the search goes on. What takes the process down is kept there by
libFuzzer itself. The seeds count as runs, too.
"""

import os
import random
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

import atheris

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "bench"), str(ROOT)]

WATCHED = {
    "text": ("pipeline.read",),
    "clean": ("pipeline.clean",),
    "extract": ("pipeline.extract",),
    "document": (
        "pipeline.resolve",
        "pipeline.audit",
        "pipeline.tables",
        "pipeline.reading",
        "pipeline.offsets",
    ),
    "picture": ("pipeline.read", "pipeline.recognize", "PIL"),
    "pdf": ("pipeline.read", "pipeline.recognize", "pdfplumber", "pdfminer"),
}
"""What guides the search of each kind of harness; to watch more takes time at the start and in each run."""

SLOW = 10.0
"""Seconds of processor time that are a finding, for an input of a few kilobytes."""


def main() -> None:
    name, folder, *options = sys.argv[1:]
    place = Path(folder)
    for part in ("corpus", "found", "scratch", "seeds"):
        (place / part).mkdir(parents=True, exist_ok=True)
    tempfile.tempdir = str(place / "scratch")
    say = os.dup(1)  # libFuzzer may close what the harness writes to
    with atheris.instrument_imports(include=packages(name), exclude=list(unwatched(name))):
        from fuzz.harness import HARNESSES
    harness = HARNESSES[name]
    for number, seed in enumerate(harness.seeds()):
        (place / "seeds" / f"{number:03}").write_bytes(seed[: harness.longest])
    noted: set[str] = set()

    def note(kind: str, about: str, data: bytes) -> None:
        if kind not in noted:
            noted.add(kind)
            path = place / "found" / f"{name}-{os.getpid()}-{len(noted)}"
            path.write_bytes(data)
            os.write(say, f"FOUND {name}: {kind}: {path}: {about[:200]!r}\n".encode(errors="replace"))

    def call(data: bytes) -> None:
        begun = time.process_time()
        try:
            harness.call(data)
        except Exception as error:  # whatever it is, it is what we are looking for
            note(kind_of(error), str(error), data)
        if time.process_time() - begun > SLOW:
            note("slow", "", data)

    ways = {"custom_mutator": seeded(harness.mutated)}
    if harness.crossed is not None:
        ways["custom_crossover"] = seeded(harness.crossed)
    fixed = [f"-max_len={harness.longest}", f"-artifact_prefix={place}/found/{name}-", "-close_fd_mask=3"]
    atheris.Setup([name, *fixed, *options, f"{place}/corpus", f"{place}/seeds"], call, **ways)
    atheris.Fuzz()


def seeded(change: Callable[..., bytes]) -> Callable[..., bytes]:
    """A mutation as libFuzzer calls it: the inputs, then the most bytes, then a number to draw by."""

    def changed(*given: object) -> bytes:
        *inputs, most, seed = given
        assert isinstance(most, int)
        assert isinstance(seed, int)
        return change(*inputs, random.Random(seed))[:most]

    return changed


def packages(name: str) -> list[str]:
    return sorted({module.split(".")[0] for module in WATCHED[name.split("-")[0]]})


def unwatched(name: str) -> Iterator[str]:
    """The modules of this project that don't guide the search."""
    watched = WATCHED[name.split("-")[0]]
    for path in (ROOT / "pipeline").rglob("*.py"):
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        if not any(module == each or module.startswith(f"{each}.") for each in watched):
            yield module


def kind_of(error: Exception) -> str:
    """What tells findings apart: the law, or the error and the last line of ours that it came by."""
    law = getattr(error, "law", None)
    if law is not None:
        return f"broken: {law}"
    steps = traceback.extract_tb(error.__traceback__)
    ours = [step for step in steps if "/pipeline/" in step.filename] or steps
    return f"{type(error).__name__} at {Path(ours[-1].filename).name}:{ours[-1].lineno}"


if __name__ == "__main__":
    main()
