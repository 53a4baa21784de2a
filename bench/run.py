#!/usr/bin/env python3
"""Speed and memory of namnd beside plain tools, on the same pages and in the same run.

    bench/run.py [--pages 12] [--out docs/bench.json]

Pages are those of data/raw, drawn once at 300 dpi; every contender reads the same pictures, one at a time
unless its name says otherwise. The documents with a text layer of their own are read as they are. Caches
start empty, except where a line says that pages were read before. Ratios are to the first line of each
part; seconds differ between machines, ratios hardly. Memory is the peak of the resident sets of a
contender's processes together, sampled twenty times a second (0: it ended between two samples).
"""

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil
import pypdfium2
from PIL import Image, ImageSequence

ROOT = Path(__file__).resolve().parents[1]
RAW = ROOT / "data" / "raw"
WORK = ROOT / "build" / "bench"
NAMND = Path(sys.executable).parent / "namnd"
DPI = 300

PYTESSERACT = (
    "import sys, pytesseract\nfor path in sys.argv[1:]: pytesseract.image_to_string(path, lang='swe')"
)
PDFPLUMBER = (
    "import sys, pdfplumber\n"
    "for path in sys.argv[1:]:\n"
    "    with pdfplumber.open(path) as pdf:\n"
    "        for page in pdf.pages: page.extract_text()"
)


Command = Sequence[str | Path]


@dataclass(frozen=True, slots=True)
class Line:
    """What one contender needed for a number of units (pages or documents)."""

    part: str
    contender: str
    units: int
    seconds: float
    peak_mb: float
    speed_ratio: float = 1.0
    memory_ratio: float = 1.0

    @property
    def per_second(self) -> float:
        return self.units / self.seconds


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pages", type=int, default=12, help="pictures to read at most")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "bench.json")
    args = parser.parse_args()
    shutil.rmtree(WORK, ignore_errors=True)
    pictures = drawn(sorted(RAW.rglob("*")), WORK / "pictures", args.pages)
    born = [path for path in sorted(RAW.rglob("*.pdf")) if has_text_of_its_own(path)]
    lines = [*of_pictures(pictures), *of_born(born), *of_documents()]
    print_table(lines)
    args.out.write_text(
        json.dumps({"machine": machine(), "lines": [asdict(x) for x in lines]}, indent=1) + "\n"
    )
    print(f"\nWritten to {args.out}.")


def of_pictures(pictures: Sequence[Path]) -> list[Line]:
    """Reading pictures: the engine by itself, its usual wrapper, and the whole pipeline around it."""
    n = len(pictures)
    folder = pictures[0].parent
    each: list[Command] = [["tesseract", path, "stdout", "-l", "swe", "--dpi", str(DPI)] for path in pictures]
    return against_first(
        [
            measured("pictures", "tesseract, one thread", n, each, {"OMP_THREAD_LIMIT": "1"}),
            measured(
                "pictures", "pytesseract, its defaults", n, [[sys.executable, "-c", PYTESSERACT, *pictures]]
            ),
            measured("pictures", "namnd, 1 worker", n, [run(folder, "--workers", "1")], cache("one")),
            measured("pictures", f"namnd, {cores()} workers", n, [run(folder)], cache("all")),
            measured("pictures", "namnd again, pages read before", n, [run(folder)], cache("all")),
        ]
    )


def of_born(born: Sequence[Path]) -> list[Line]:
    """Reading PDFs that have their own text."""
    copies = copied(born, WORK / "born", times=10)
    n = sum(len(pypdfium2.PdfDocument(path)) for path in copies)
    if not n:
        return []
    folder = copies[0].parent
    lines = []
    if shutil.which("pdftotext"):
        each: list[Command] = [["pdftotext", "-layout", path, "-"] for path in copies]
        lines.append(measured("text layers", "pdftotext -layout", n, each))
    lines += [
        measured("text layers", "pdfplumber", n, [[sys.executable, "-c", PDFPLUMBER, *copies]]),
        measured("text layers", "namnd, 1 worker", n, [run(folder, "--workers", "1")], cache("born")),
    ]
    return against_first(lines)


def of_documents() -> list[Line]:
    """All of data/raw: from the paper, and from pages that were read before (extraction alone)."""
    n = sum(path.is_file() and not path.name.startswith(".") for path in RAW.rglob("*"))
    return against_first(
        [
            measured("documents", "namnd, nothing read before", n, [run(RAW)], cache("raw")),
            measured("documents", "namnd, pages read before", n, [run(RAW)], cache("raw")),
            measured("documents", "of which starting Python", n, [[NAMND, "--version"]]),
        ]
    )


def copied(files: Sequence[Path], folder: Path, times: int) -> list[Path]:
    """Copies that differ in their last bytes, so that none is taken for another; one is over too soon."""
    folder.mkdir(parents=True)
    made = []
    for number in range(times):
        for path in files:
            made.append(folder / f"{number}-{path.name}")
            made[-1].write_bytes(path.read_bytes() + b"%% %d\n" % number)
    return made


def run(folder: Path, *options: str) -> list[str | Path]:
    return [NAMND, "run", folder, "-o", WORK / "out", *options]


def cache(name: str) -> dict[str, str]:
    """Where namnd keeps the pages that it has read, for this run."""
    return {"XDG_CACHE_HOME": str(WORK / "cache" / name)}


def measured(
    part: str,
    contender: str,
    units: int,
    commands: Sequence[Command],
    environment: Mapping[str, str] | None = None,
) -> Line:
    """Run the commands one after the other; one that fails ends the benchmark (see build/bench/log.txt)."""
    print(f"{part}: {contender} ...", file=sys.stderr)
    with (WORK / "log.txt").open("ab") as log, PeakMemory() as memory:
        began = time.perf_counter()
        for command in commands:
            subprocess.run(command, env=os.environ | (environment or {}), stdout=log, stderr=log, check=True)
        seconds = time.perf_counter() - began
    return Line(part, contender, units, round(seconds, 3), round(memory.peak / 1e6, 1))


class PeakMemory:
    """The largest sum of the resident sets of our child processes while the block runs."""

    def __init__(self) -> None:
        self.peak = 0
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch)

    def __enter__(self) -> "PeakMemory":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _watch(self) -> None:
        me = psutil.Process()
        while not self._done.wait(0.05):
            self.peak = max(self.peak, sum(resident(child) for child in me.children(recursive=True)))


def resident(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.Error:  # it ended between the listing and the look
        return 0


def against_first(lines: Sequence[Line]) -> list[Line]:
    """Ratios to the first line: above 1 means faster, or more memory."""
    first = lines[0]
    return [
        Line(
            part=x.part,
            contender=x.contender,
            units=x.units,
            seconds=x.seconds,
            peak_mb=x.peak_mb,
            speed_ratio=round(first.seconds / x.seconds, 2),
            memory_ratio=round(x.peak_mb / first.peak_mb, 2) if first.peak_mb else 0.0,
        )
        for x in lines
    ]


def drawn(files: Sequence[Path], folder: Path, most: int) -> list[Path]:
    """Pictures of the first pages of the files, at most so many, spread over the files."""
    folder.mkdir(parents=True)
    queue = [
        pages(path) for path in files if path.suffix.lower() in {".pdf", ".tif", ".tiff", ".png", ".jpg"}
    ]
    made: list[Path] = []
    while queue and len(made) < most:
        following = queue.pop(0)
        if (picture := next(following, None)) is not None:
            made.append(folder / f"{len(made) + 1:03}.png")
            picture.convert("L").save(made[-1], dpi=(DPI, DPI))
            queue.append(following)
    if not made:
        sys.exit(f"No pages in {RAW}: run make samples first.")
    return made


def pages(path: Path) -> Iterator[Image.Image]:
    if path.suffix.lower() == ".pdf":
        for page in pypdfium2.PdfDocument(path):
            yield page.render(scale=DPI / 72, grayscale=True).to_pil()
    else:
        with Image.open(path) as image:
            for frame in ImageSequence.Iterator(image):
                scale = DPI / float(frame.info.get("dpi", (DPI, DPI))[0] or DPI)
                yield frame.convert("L").resize((round(frame.width * scale), round(frame.height * scale)))


def has_text_of_its_own(path: Path) -> bool:
    """Text and no picture on the first page: not a scan, whatever layer lies over it."""
    page = pypdfium2.PdfDocument(path)[0]
    picture = next(iter(page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE])), None)
    return picture is None and len(page.get_textpage().get_text_range()) > 200


def cores() -> int:
    return os.cpu_count() or 1


def machine() -> dict[str, str | int]:
    version = subprocess.run(["tesseract", "--version"], capture_output=True, text=True, check=True).stdout
    return {"cores": cores(), "system": platform.platform(), "tesseract": version.split()[1]}


def print_table(lines: Sequence[Line]) -> None:
    part = ""
    for x in lines:
        if x.part != part:
            part = x.part
            unit = "documents" if part == "documents" else "pages"
            print(f"\n{part:32}{unit:>10}{'seconds':>9}{'per s':>8}{'speed':>8}{'peak MB':>9}{'memory':>8}")
        print(
            f"{x.contender:32}{x.units:10}{x.seconds:9.1f}{x.per_second:8.2f}"
            f"{x.speed_ratio:7.2f}x{x.peak_mb:9.0f}{x.memory_ratio:7.2f}x"
        )


if __name__ == "__main__":
    main()
