#!/usr/bin/env python3
"""Speed, memory and correctness beside other tools, on the same files and in the same run.

    bench/run.py [--corpus FOLDER ...] [--out docs/bench.json]

A corpus holds files/ID--VARIANT.EXT and truth/ID.json with the pages' true text; make scans builds one of
our own. Five parts: reading scans; reading pages that have text of their own, where pdfplumber does nothing
but find the words and namnd does everything down to the tables; reading the same archive again; starting; and
repairing the texts that `make english` left in --english, see `repairers.py`.
Seconds differ between machines and hours, so only ratios to the first line of a part mean something.
"""

import argparse
import json
import platform
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import pypdfium2
from contenders import CORES, NAMND, Outcome, contenders
from measure import Command, Cost, cost
from PIL import Image
from repairers import compared
from word_errors import word_errors, words

ROOT = Path(__file__).resolve().parents[1]
WORK = ROOT / "build" / "bench"
READ_AS_THEY_ARE = ("born", "engtext")
BORN_PAGES = 200

EXTRACT_WORDS = """
import sys, pdfplumber
for path in sys.argv[1:]:
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages: page.extract_words()
"""


@dataclass(frozen=True, slots=True)
class Line:
    """What one contender needed for a number of pages; ratios are to the first line of the part.

    `errors` are wrong, missing and made-up words as a share of the true ones, free of order, by variant.
    """

    part: str
    contender: str
    version: str
    pages: int
    seconds: float
    cpu: float
    peak_mb: float
    times: float = 1.0
    cpu_times: float = 1.0
    memory_times: float = 1.0
    errors: dict[str, float] = field(default_factory=dict)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--corpus", type=Path, action="append", help="default: build/scans/dev")
    parser.add_argument("--english", type=Path, default=ROOT / "build" / "english" / "dev")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "bench.json")
    args = parser.parse_args()
    shutil.rmtree(WORK, ignore_errors=True)
    corpora = args.corpus or [ROOT / "build" / "scans" / "dev"]
    files = [path for corpus in corpora for path in sorted((corpus / "files").iterdir())]
    scans = [path for path in files if variant(path) not in READ_AS_THEY_ARE]
    born = [path for path in files if variant(path) == "born"] or sorted((ROOT / "data/raw").rglob("*.pdf"))
    lines = [*of_scans(scans, corpora), *of_born([path for path in born if has_text_of_its_own(path)])]
    lines += of_again(scans)
    lines += of_start()
    repair = compared(args.english, fresh("repair")) if args.english.exists() else []
    told = {"machine": machine(), "lines": [asdict(x) for x in lines], "repair": [asdict(x) for x in repair]}
    args.out.write_text(json.dumps(told, indent=1) + "\n")
    print(f"Written to {args.out}.")


def of_scans(scans: Sequence[Path], corpora: Sequence[Path]) -> list[Line]:
    """Reading scans: what it costs, and how many words come out wrong."""
    truth = {path.name: text for corpus in corpora for path, text in true_texts(corpus, scans)}
    pages = sum(map(count, scans))
    lines = []
    for contender in contenders():
        said(f"scans: {contender.name}")
        outcome = contender.read(scans, fresh(contender.name))
        name = contender.name
        lines.append(line("scans", name, contender.version, pages, outcome.cost, errors(outcome, truth)))
    return against_first(lines)


def of_born(born: Sequence[Path]) -> list[Line]:
    """Reading PDFs that have their own text."""
    pages = sum(map(count, born))
    if not pages:
        return []
    copies = copied(born, fresh("born"), times=-(-BORN_PAGES // pages))
    pages = sum(map(count, copies))
    all_at_once: dict[str, Command] = {
        "pdfplumber, words alone": [sys.executable, "-c", EXTRACT_WORDS, *copies],
        "namnd, all tables, 1 worker": run(copies, "born-1", "--workers", "1"),
        f"namnd, all tables, {CORES} workers": run(copies, "born"),
    }
    if shutil.which("pdftotext"):
        each = 'for f; do pdftotext -layout "$f" -; done'
        all_at_once["pdftotext -layout"] = ["sh", "-c", each, "sh", *copies]
    lines = []
    for name, command in all_at_once.items():
        said(f"text layers: {name}")
        spent = cost([command], WORK / "log.txt", cache(name))
        lines.append(line("text layers", name, "", pages, spent, {}))
    return against_first(lines)


def of_again(scans: Sequence[Path]) -> list[Line]:
    """The same archive a second time: pages were read before, so a change of rules costs only this."""
    pages = sum(map(count, scans))
    command, kept = run(scans, "again"), {"XDG_CACHE_HOME": str(WORK / "namnd" / "cache")}
    said("again")
    lines = [
        line("again", "namnd, pages read before", "", pages, cost([command], WORK / "log.txt", kept), {})
    ]
    return against_first(lines)


def of_start() -> list[Line]:
    spent = cost([[NAMND, "--version"]], WORK / "log.txt")
    return [line("start", "namnd --version", "", 0, spent, {})]


def line(part: str, name: str, version: str, pages: int, spent: Cost, wrong: dict[str, float]) -> Line:
    return Line(part, name, version, pages, spent.seconds, spent.cpu, spent.peak_mb, errors=wrong)


def against_first(lines: Sequence[Line]) -> list[Line]:
    """The ratios: above 1 is slower, or more."""
    first = lines[0]
    return [
        Line(
            **asdict(x)
            | {
                "times": round(x.seconds / first.seconds, 2),
                "cpu_times": round(x.cpu / first.cpu, 2),
                "memory_times": round(x.peak_mb / first.peak_mb, 2) if first.peak_mb else 0.0,
            }
        )
        for x in lines
    ]


def errors(outcome: Outcome, truth: dict[str, str]) -> dict[str, float]:
    """The share of wrong words by variant, and over all."""
    wrong, total = defaultdict[str, int](int), defaultdict[str, int](int)
    for name, text in truth.items():
        true, read = words(text), words(outcome.texts.get(name, ""))
        for key in (variant(Path(name)), "all"):
            wrong[key] += word_errors(true, read)
            total[key] += len(true)
    return {key: round(wrong[key] / max(1, total[key]), 4) for key in sorted(total)}


def true_texts(corpus: Path, files: Sequence[Path]) -> Iterator[tuple[Path, str]]:
    for path in files:
        if path.parent.parent == corpus:
            truth = json.loads((corpus / "truth" / f"{path.stem.split('--')[0]}.json").read_text())
            yield path, "\n".join(truth["pages"])


def variant(path: Path) -> str:
    return path.stem.partition("--")[2]


def copied(files: Sequence[Path], folder: Path, times: int) -> list[Path]:
    """Copies that differ in their last bytes, so that none is taken for another; one is over too soon."""
    made = []
    for number in range(times):
        for path in files:
            made.append(folder / f"{number}-{path.name}")
            made[-1].write_bytes(path.read_bytes() + b"%% %d\n" % number)
    return made


def run(files: Sequence[Path], name: str, *options: str) -> Command:
    return [NAMND, "run", *files, "-o", WORK / f"{name}-out", *options]


def cache(name: str) -> dict[str, str]:
    """Where namnd keeps the pages that it has read, for this run."""
    return {"XDG_CACHE_HOME": str(fresh(f"cache {name}"))}


def fresh(name: str) -> Path:
    folder = WORK / name
    folder.mkdir(parents=True)
    return folder


def count(path: Path) -> int:
    if path.suffix.lower() == ".pdf":
        return len(pypdfium2.PdfDocument(path))
    with Image.open(path) as image:
        return int(getattr(image, "n_frames", 1))


def has_text_of_its_own(path: Path) -> bool:
    """Text and no picture on the first page: not a scan, whatever layer lies over it."""
    page = pypdfium2.PdfDocument(path)[0]
    picture = next(iter(page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE])), None)
    return picture is None and len(page.get_textpage().get_text_range()) > 200


def machine() -> dict[str, str | int]:
    version = subprocess.run(["tesseract", "--version"], capture_output=True, text=True, check=True).stdout
    return {"cores": CORES, "system": platform.platform(), "tesseract": version.split()[1]}


def said(what: str) -> None:
    print(f"{what} ...", file=sys.stderr)


if __name__ == "__main__":
    main()
