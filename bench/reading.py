"""How well pages are read: words, letters, digits and signs by scanner level, beside plain Tesseract.

    python bench/reading.py CORPUS ... [--of LEVEL ...] [--ids ID ...] [--by level|face|size] [--json FILE]

A CORPUS holds files/ID--LEVEL.EXT and truth/ID.json with the true page texts, as `bench/scans/build.py`
writes them. Nothing is taken from the store. The floor is `tesseract -l swe` on each page drawn at 300 dpi;
it is read once and kept in build/floor.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pypdfium2
from compare import DIGITS, LETTERS, SIGNS, Tally, tally
from PIL import Image, ImageSequence

from pipeline import flow
from pipeline.clean import clean_document
from pipeline.compare.counts import Letter
from pipeline.read import discover
from pipeline.settings import Settings

FLOOR = Path(__file__).parent.parent / "build" / "floor"
LARGEST = 10**9


@dataclass(frozen=True)
class Read:
    """One file: what it is, and how its text compares with the truth raw, cleaned and by the floor."""

    name: str
    level: str
    face: str
    size: str
    pages: int
    seconds: float
    raw: Tally
    clean: Tally
    floor: Tally | None


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpora", type=Path, nargs="+")
    parser.add_argument("--of", nargs="*", metavar="LEVEL")
    parser.add_argument("--ids", nargs="*", metavar="ID")
    parser.add_argument("--by", choices=("level", "face", "size"), action="append")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--no-floor", action="store_true", help="don't run plain Tesseract")
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args(arguments)
    jobs = [
        (corpus, file, not options.no_floor)
        for corpus in options.corpora
        for file in files(corpus, options.of, options.ids)
    ]
    with ProcessPoolExecutor(options.processes) as pool:
        reads = list(pool.map(read, *zip(*jobs, strict=True)))
    tables = {by: figures(reads, by) for by in options.by or ("level", "face", "size")}
    for by, table in tables.items():
        print("\n".join(lines(by, table)), end="\n\n")
    if options.json:
        worst = {one.name: round(one.clean.rate, 4) for one in sorted(reads, key=lambda one: -one.clean.rate)}
        content = {**tables, "files": worst}
        options.json.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
    return 0


def files(corpus: Path, levels: Iterable[str] | None = None, ids: Iterable[str] | None = None) -> list[Path]:
    """The files of a corpus, of some levels or documents alone."""
    return [
        path
        for path in sorted((corpus / "files").iterdir())
        if (not levels or level_of(path) in levels) and (not ids or document_of(path) in ids)
    ]


def document_of(path: Path) -> str:
    return path.stem.split("--")[0]


def level_of(path: Path) -> str:
    return path.stem.split("--")[1]


def truth_of(corpus: Path, path: Path) -> dict[str, Any]:
    place = corpus / "truth" / f"{document_of(path)}.json"
    return dict(json.loads(place.read_text(encoding="utf-8")))


def read(corpus: Path, path: Path, with_floor: bool) -> Read:
    """Read a file without the store, and compare."""
    truth = truth_of(corpus, path)
    text, extra = " ".join(truth["pages"]), truth.get("extra", [])
    begun = cpu()
    (source,), _ = discover([path], LARGEST)
    with tempfile.TemporaryDirectory() as cache:
        pages = flow.document(source, replace(Settings(), cache=Path(cache))).pages
    cleaned = clean_document(pages)
    seconds = cpu() - begun
    return Read(
        name=path.name,
        level=level_of(path),
        face=truth.get("face", "-"),
        size=str(truth.get("size", "-")),
        pages=len(pages),
        seconds=seconds,
        raw=tally(text, " ".join(page.text for page in pages), extra),
        clean=tally(text, " ".join(page.text for page in cleaned), extra),
        floor=tally(text, floor(path), extra) if with_floor else None,
    )


def cpu() -> float:
    """Processor seconds of this process and the programs that it ran."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(use.ru_utime + use.ru_stime for use in used)


def floor(path: Path) -> str:
    """What plain Tesseract reads; a text file is its own floor."""
    if path.suffix == ".txt":
        return path.read_text(encoding="utf-8")
    kept = FLOOR / f"{sha256(path.read_bytes()).hexdigest()[:24]}.txt"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text("\f".join(map(plainly, drawn(path))), encoding="utf-8")
    return kept.read_text(encoding="utf-8")


def drawn(path: Path) -> Iterator[Image.Image]:
    if path.suffix == ".pdf":
        with pypdfium2.PdfDocument(path) as document:
            for page in document:
                yield page.render(scale=300 / 72, grayscale=True).to_pil()
    else:
        with Image.open(path) as image:
            for frame in ImageSequence.Iterator(image):
                yield frame.convert("L")


def plainly(page: Image.Image) -> str:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder, "page.png")
        page.save(place, dpi=page.info.get("dpi", (300, 300)))
        command = ["tesseract", str(place), "-", "-l", "swe"]
        ran = subprocess.run(
            command, check=False, capture_output=True, env={**os.environ, "OMP_THREAD_LIMIT": "1"}
        )
        return ran.stdout.decode(errors="replace")


def figures(reads: Iterable[Read], by: str) -> dict[str, dict[str, Any]]:
    """A row for each level, face or size, and one for all."""
    groups = defaultdict(list)
    for one in reads:
        groups[getattr(one, by)].append(one)
        groups["all"].append(one)
    return {
        name: row(group) for name, group in sorted(groups.items(), key=lambda item: (item[0] == "all", item))
    }


def row(group: list[Read]) -> dict[str, Any]:
    raw, clean, plain = Tally(), Tally(), Tally()
    for one in group:
        raw += one.raw
        clean += one.clean
        if one.floor:
            plain += one.floor
    found: dict[str, Any] = {
        "files": len(group),
        "words": clean.words,
        "floor": shown(plain.rate) if plain.words else None,
        "raw": shown(raw.rate),
        "clean": shown(clean.rate),
        "seconds": round(sum(one.seconds for one in group) / max(1, sum(one.pages for one in group)), 2),
    }
    digits = Letter()
    for digit in DIGITS:
        digits += clean.counts.get(digit, Letter())
    for name, count in [
        *((char, clean.counts.get(char, Letter())) for char in LETTERS + SIGNS),
        ("digits", digits),
    ]:
        found[name] = [shown(count.recall), shown(count.precision)]
    return found


def shown(share: float | None) -> float | None:
    return None if share is None else round(share, 5)


def lines(by: str, table: dict[str, dict[str, Any]]) -> Iterator[str]:
    """The table for a terminal: error rates in percent, letters as recall / precision in percent."""
    marks = [*LETTERS, *SIGNS, "digits"]
    yield (
        f"{by:18s}{'files':>6s}{'words':>8s}{'floor':>8s}{'raw':>8s}{'clean':>8s}{'s/page':>8s}  "
        + "".join(f"{mark:>15s}" for mark in marks)
    )
    for name, found in table.items():
        rates = "".join(
            f"{'-':>8s}" if found[key] is None else f"{100 * found[key]:8.2f}"
            for key in ("floor", "raw", "clean")
        )
        letters = "".join(f"{percent(found[mark][0]) + '/' + percent(found[mark][1]):>15s}" for mark in marks)
        yield f"{name:18s}{found['files']:6d}{found['words']:8d}{rates}{found['seconds']:8.2f}  {letters}"


def percent(share: float | None) -> str:
    return "-" if share is None else f"{100 * share:.2f}"


if __name__ == "__main__":
    sys.exit(main())
