"""English-OCR text with its truth: our own documents: typeset, scanned, read by Tesseract with `eng` alone.

    python bench/scans/english.py OUT [--half dev]

Writes OUT/files/ID.txt, pages parted by form feeds, and OUT/truth/ID.json with the true text of each page,
face and level. Each document of `english_texts/HALF` is set and scanned twice, each Swedish one of
`texts/HALF` once, so that every one of six faces meets every one of three levels in both halves. The half
`hold` has other documents than `dev`: it is for final figures, and nothing is to be tuned on it.
Deterministic for one version of Tesseract, Pillow and OpenCV; a few minutes of one processor a half.
"""

import argparse
import json
import sys
import tomllib
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import keep
import numpy as np
from build import TEXTS, Paper, named
from cast import Cast
from levels import LEVELS
from typeset import Style, typeset

OWN = Path(__file__).parent / "english_texts"
# Four faces that bench/channel.py learns misreadings from, and two that it never saw.
FACE_NAMES = ("EB Garamond", "Liberation Serif", "Liberation Sans", "Carlito", "Pagella", "Open Sans")
LEVEL_NAMES = ("flatbed", "office", "photocopy")
SIZES = (10, 10.5, 11, 11, 11.5, 12)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("out", type=Path)
    parser.add_argument("--half", choices=("dev", "hold"), default="dev")
    parser.add_argument("--only", nargs="*", metavar="NAME", help="names of texts, without .txt")
    options = parser.parse_args(arguments)
    for folder in ("files", "truth"):
        (options.out / folder).mkdir(parents=True, exist_ok=True)
    for path, number, face, level in copies(options.half):
        if options.only and path.stem not in options.only:
            continue
        name = f"{options.half[0]}{number:02}{path.stem}"
        paper = typed(path, name, face, options.half)
        write(options.out, paper, level)
        print(f"{name}: {face} {paper.style.size}, {level}, {len(paper.leaves)} pages")
    return 0


def copies(half: str) -> Iterator[tuple[Path, int, str, str]]:
    """Each document as often as it is set, with a running number, its face and its level."""
    long = [path for path in sorted((OWN / half).glob("*.txt")) for _ in range(2)]
    short = sorted((TEXTS / half).glob("*.txt"))
    swedish = [path for path in (*long, *short) if not path.stem.startswith(("english", "summary"))]
    for number, path in enumerate(swedish):
        level = LEVEL_NAMES[(number + number // len(FACE_NAMES)) % len(LEVEL_NAMES)]
        yield path, number, FACE_NAMES[number % len(FACE_NAMES)], level


def typed(path: Path, name: str, face: str, half: str) -> Paper:
    """A text with its gaps filled, set in a face; what its head leaves open is drawn by its name."""
    _, head, body = path.read_text(encoding="utf-8").split("+++\n", 2)
    cast, rng = Cast(name), np.random.default_rng(zlib.crc32(name.encode()))
    fields: dict[str, Any] = {
        "size": float(rng.choice(SIZES)),
        "align": str(rng.choice(["left", "justify"])),
        "table": str(rng.choice(["grid", "lines", "none"])),
        "hyphenate": bool(rng.random() < 0.4),
        **tomllib.loads(cast.fill(head)),
        "face": named(face),
    }
    fields["head"] = tuple(fields.get("head", ("", "")))
    style = Style(**{**fields, "size": max(fields["size"], SIZES[0]), "columns": 1})
    return Paper(name, style, typeset(cast.fill(body), style), [], half)


def write(out: Path, paper: Paper, level: str) -> None:
    """What Tesseract read without Swedish, and the truth."""
    rng = np.random.default_rng(zlib.crc32(f"{paper.name} {level}".encode()))
    scans = [LEVELS[level](paper.original(at), rng) for at in range(len(paper.leaves))]
    truth = {
        "id": paper.name,
        "face": paper.style.face.name,
        "size": paper.style.size,
        "level": level,
        "pages": [leaf.text for leaf in paper.leaves],
    }
    (out / "truth" / f"{paper.name}.json").write_text(
        json.dumps(truth, ensure_ascii=False, indent=1), encoding="utf-8"
    )
    (out / "files" / f"{paper.name}.txt").write_bytes(keep.text(scans, "eng"))


if __name__ == "__main__":
    sys.exit(main())
