"""Who reads scans in the benchmark: plain Tesseract, OCRmyPDF, kreuzberg, and namnd itself.

Each is given the same files, both cores, and Swedish. Tesseract alone gets its pages already drawn, at
300 dpi, so what it takes is the floor under everything that runs it.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from measure import Command, Cost, cost
from PIL import Image, ImageSequence

NAMND = Path(sys.executable).parent / "namnd"
PEERS = Path(__file__).resolve().parents[1] / "build" / "peers" / "bin"
CORES = os.cpu_count() or 1
DPI = 300
ONE_THREAD = {"OMP_THREAD_LIMIT": "1"}
"""Tesseract's own threads slow each other down on a page; pages are what runs side by side."""

_KREUZBERG = """
import json, sys
from pathlib import Path
from kreuzberg import ExtractionConfig, OcrConfig, batch_extract_files_sync
config = ExtractionConfig(force_ocr=True, use_cache=False, ocr=OcrConfig(backend="tesseract", language="swe"))
files = sys.argv[2:]
texts = {Path(f).name: r.content for f, r in zip(files, batch_extract_files_sync(files, config=config))}
Path(sys.argv[1]).write_text(json.dumps(texts))
"""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What reading the files cost, and the text of each by its name."""

    cost: Cost
    texts: dict[str, str]


@dataclass(frozen=True, slots=True)
class Contender:
    """`read` takes the files and an empty folder to work in."""

    name: str
    version: str
    read: Callable[[Sequence[Path], Path], Outcome]


def contenders() -> list[Contender]:
    """Those that are installed; plain Tesseract comes first, as the floor."""
    found = [
        Contender(f"tesseract, {CORES} processes", _first_line("tesseract", "--version"), _tesseract),
        Contender("namnd", _first_line(NAMND, "--version"), _namnd),
    ]
    if (PEERS / "ocrmypdf").exists():
        found.append(
            Contender("OCRmyPDF --force-ocr", _first_line(PEERS / "ocrmypdf", "--version"), _ocrmypdf)
        )
        found.append(Contender("kreuzberg", _kreuzberg_version(), _kreuzberg))
    return found


def _tesseract(files: Sequence[Path], work: Path) -> Outcome:
    pictures = {path: list(_drawn(path, work)) for path in files}
    commands: list[Command] = [
        ["tesseract", picture, picture.with_suffix(""), "-l", "swe", "--dpi", str(DPI)]
        for found in pictures.values()
        for picture in found
    ]
    spent = cost(commands, work / "log.txt", ONE_THREAD, side_by_side=CORES)
    texts = {
        path.name: "\n".join(p.with_suffix(".txt").read_text() for p in found)
        for path, found in pictures.items()
    }
    return Outcome(spent, texts)


def _namnd(files: Sequence[Path], work: Path) -> Outcome:
    out = work / "out"
    command: Command = [NAMND, "run", *files, "-o", out]
    spent = cost([command], work / "log.txt", {"XDG_CACHE_HOME": str(work / "cache")})
    texts: dict[str, str] = {}
    for path in (out / "text").glob("*.json"):
        document = json.loads(path.read_text(encoding="utf-8"))
        text = "\n".join(page["text"] for page in document["pages"])
        texts |= {Path(name).name: text for name in document["source_path"].split("|")}
    return Outcome(spent, texts)


def _ocrmypdf(files: Sequence[Path], work: Path) -> Outcome:
    how = ["--force-ocr", "--quiet", "-l", "swe", "--output-type", "pdf", "--jobs", str(CORES)]
    commands: list[Command] = []
    for path in files:
        resolution = [] if path.suffix == ".pdf" else ["--image-dpi", str(DPI)]
        made = [work / f"{path.name}.txt", path, work / f"{path.name}.pdf"]
        commands.append([PEERS / "ocrmypdf", *how, *resolution, "--sidecar", *made])
    environment = ONE_THREAD | {"PATH": f"{PEERS}:{os.environ['PATH']}"}
    spent = cost(commands, work / "log.txt", environment)
    return Outcome(spent, {path.name: (work / f"{path.name}.txt").read_text() for path in files})


def _kreuzberg(files: Sequence[Path], work: Path) -> Outcome:
    command: Command = [PEERS / "python", "-c", _KREUZBERG, work / "texts.json", *files]
    spent = cost([command], work / "log.txt", ONE_THREAD)
    return Outcome(spent, json.loads((work / "texts.json").read_text()))


def _drawn(path: Path, folder: Path) -> Iterator[Path]:
    """The pages of a file as grey pictures at 300 dpi."""
    for number, page in enumerate(_pages(path), 1):
        picture = folder / f"{path.name}-{number:03}.png"
        page.convert("L").save(picture, dpi=(DPI, DPI), compress_level=1)
        yield picture


def _pages(path: Path) -> Iterator[Image.Image]:
    if path.suffix.lower() == ".pdf":
        for page in pypdfium2.PdfDocument(path):
            yield page.render(scale=DPI / 72, grayscale=True).to_pil()
    else:
        with Image.open(path) as image:
            for frame in ImageSequence.Iterator(image):
                scale = DPI / float(frame.info.get("dpi", (DPI, DPI))[0] or DPI)
                yield frame.convert("L").resize((round(frame.width * scale), round(frame.height * scale)))


def _first_line(*command: str | Path) -> str:
    name = shutil.which(command[0])
    if name is None:
        sys.exit(f"{command[0]} is not installed: run make setup")
    told = subprocess.run([name, *command[1:]], capture_output=True, text=True, check=True).stdout
    return told.split("\n")[0].split()[-1]


def _kreuzberg_version() -> str:
    code = "import kreuzberg; print(kreuzberg.__version__)"
    return _first_line(PEERS / "python", "-c", code)
