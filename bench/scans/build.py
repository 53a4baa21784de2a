"""Typeset and scan documents of our own: a corpus to measure reading and its estimated quality on.

    python bench/scans/build.py OUT [--half dev] [--seed 0] [--levels 6] [--of LEVEL ...] [--only NAME ...]

Writes OUT/files/ID--LEVEL.EXT and OUT/truth/ID.json with the true text of each page. `texts/HALF/NAME.txt`
is a TOML head between `+++` lines and a text in the vocabulary of `typeset.py`; names, typeface, size and
every scanner parameter are drawn by the seed; `--of` takes levels or `scans`, `layers`, `texts` for all of
a group. The half `hold` has other texts, some other typefaces and other draws: it is for final figures, and
nothing is to be tuned on it. The same versions of Pillow, OpenCV and ReportLab give the same pictures. Needs
Tesseract with `swe` and `eng`, and the fonts of `faces.py`.
"""

import argparse
import json
import random
import sys
import tomllib
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import damage
import keep
import numpy as np
from cast import Cast
from faces import FACES, Face
from levels import LEVELS, MARKED, Original, Scan
from paint import born, picture
from typeset import Leaf, Style, typeset

TEXTS = Path(__file__).parent / "texts"
SIZES = (8.5, 9, 9.5, 10, 10.5, 11, 11, 12, 13)
# Besides scans: text layers and plain texts, whole and damaged.
LAYERS = ("born", "badlayer", "swelayer")
TEXT_FILES = ("plain", "engtext", "swetext", "mojibake", "garbled", "typos", "bare")
GROUPS = {"scans": tuple(LEVELS), "marked": tuple(MARKED), "layers": LAYERS, "texts": TEXT_FILES}
VARIANTS = (*LEVELS, *MARKED, *LAYERS, *TEXT_FILES)


@dataclass(frozen=True)
class Paper:
    """A document as typeset, before it was scanned."""

    name: str
    style: Style
    leaves: list[Leaf]
    stamp: list[str]
    half: str

    def original(self, at: int) -> Original:
        """Page `at` with the next page on its back."""
        front, back = self.leaves[at], self.leaves[(at + 1) % len(self.leaves)]
        face = self.style.face
        return Original(
            lambda dpi: picture(front, face, dpi), lambda dpi: picture(back, face, dpi), self.stamp
        )


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("out", type=Path)
    parser.add_argument("--half", choices=("dev", "hold"), default="dev")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--levels", type=int, default=6, help="variants of each document")
    parser.add_argument("--of", nargs="*", choices=(*GROUPS, *VARIANTS), default=["scans"], metavar="LEVEL")
    parser.add_argument("--only", nargs="*", metavar="NAME", help="names of texts, without .txt")
    options = parser.parse_args(arguments)
    for folder in ("files", "truth"):
        (options.out / folder).mkdir(parents=True, exist_ok=True)
    paths = sorted((TEXTS / options.half).glob("*.txt"))
    deck = [level for name in options.of for level in GROUPS.get(name, (name,))]
    hands = dealt(len(paths), deck, min(options.levels, len(deck)))
    for turn, (path, variants) in enumerate(zip(paths, hands, strict=True)):
        if options.only and path.stem not in options.only:
            continue
        paper = load(path, options.half, options.seed, turn)
        write(options.out, paper, variants)
        print(
            f"{paper.name}: {paper.style.face.name} {paper.style.size}, {len(paper.leaves)} pages, {variants}"
        )
    return 0


def dealt(hands: int, variants: list[str], each: int) -> list[list[str]]:
    """Variants for each document, in turn, so that all come up equally often."""
    return [
        [variants[at % len(variants)] for at in range(hand * each, (hand + 1) * each)]
        for hand in range(hands)
    ]


def load(path: Path, half: str, seed: int, turn: int) -> Paper:
    """A text with its gaps filled, set as the seed and its head say; `turn` picks the face."""
    _, head, body = path.read_text(encoding="utf-8").split("+++\n", 2)
    name = f"{half[0]}{seed}{path.stem}"
    rng, cast = random.Random(f"{half} {seed} {path.stem} look"), Cast(f"{half} {seed} {path.stem}")
    faces = [face for face in FACES if getattr(face, half)]
    fields: dict[str, Any] = {
        "face": faces[(turn + 5 * seed) % len(faces)],
        "size": rng.choice(SIZES),
        "align": rng.choice(["left", "justify"]),
        "table": rng.choice(["grid", "lines", "none"]),
        "leading": rng.choice([1.15, 1.25, 1.35]),
        "hyphenate": rng.random() < 0.4,
        **tomllib.loads(cast.fill(head)),
    }
    if isinstance(fields["face"], str):
        fields["face"] = named(fields["face"])
    fields["head"] = tuple(fields.get("head", ("", "")))
    stamp = [cast.fill("{stämpel}"), cast.fill("{iso:stamp}"), cast.fill("Dnr {tal:stamp.10-990}")]
    style = Style(**fields)
    return Paper(name, style, typeset(cast.fill(body), style), stamp, half)


def named(name: str) -> Face:
    return next(face for face in FACES if face.name == name)


def write(out: Path, paper: Paper, variants: Iterable[str]) -> None:
    """The files of a document and its truth. `extra` are words of stamps, which may be read or not."""
    truth = {
        "id": paper.name,
        "face": paper.style.face.name,
        "size": paper.style.size,
        "pages": [leaf.text for leaf in paper.leaves],
        "extra": paper.stamp,
    }
    place = out / "truth" / f"{paper.name}.json"
    place.write_text(json.dumps(truth, ensure_ascii=False, indent=1), encoding="utf-8")
    for variant in variants:
        rng = np.random.default_rng(zlib.crc32(f"{paper.half} {paper.name} {variant}".encode()))
        suffix, content = made(paper, variant, rng)
        (out / "files" / f"{paper.name}--{variant}.{suffix}").write_bytes(content)


def made(paper: Paper, variant: str, rng: np.random.Generator) -> tuple[str, bytes]:
    """The file's suffix and bytes."""
    if variant in LEVELS or variant in MARKED:
        return filed(scanned(paper, variant, rng), rng)
    if variant in MAKERS:
        return MAKERS[variant](paper, rng)
    raise ValueError(f"no variant {variant}")


def scanned(paper: Paper, level: str, rng: np.random.Generator) -> list[Scan]:
    scan = {**LEVELS, **MARKED}[level]
    return [scan(paper.original(at), rng) for at in range(len(paper.leaves))]


def filed(scans: list[Scan], rng: np.random.Generator) -> tuple[str, bytes]:
    """PDF for the most, TIFF for some, JPEG for some single pages."""
    draw = rng.random()
    if len({scan.dpi for scan in scans}) == 1 and draw < 0.2:
        return "tif", keep.tiff(scans)
    if len(scans) == 1 and scans[0].jpeg and draw < 0.4:
        return "jpg", keep.jpeg(scans)
    return "pdf", keep.pdf(scans)


def some_scan(paper: Paper, rng: np.random.Generator) -> list[Scan]:
    """Scans as those who kept only what a machine read of them had."""
    return scanned(paper, str(rng.choice(["flatbed", "office", "coarse", "photocopy", "lineart"])), rng)


def plain(paper: Paper, written: Callable[[str], str]) -> tuple[str, bytes]:
    return "txt", "\f".join(damage.words(leaf.text, written) for leaf in paper.leaves).encode()


MAKERS: dict[str, Callable[[Paper, np.random.Generator], tuple[str, bytes]]] = {
    "born": lambda paper, rng: ("pdf", born(paper.leaves, paper.style.face)),
    "badlayer": lambda paper, rng: ("pdf", keep.layered(some_scan(paper, rng), "eng")),
    "swelayer": lambda paper, rng: ("pdf", keep.layered(some_scan(paper, rng), "swe")),
    "plain": lambda paper, rng: plain(paper, str),
    "engtext": lambda paper, rng: ("txt", keep.text(some_scan(paper, rng), "eng")),
    "swetext": lambda paper, rng: ("txt", keep.text(some_scan(paper, rng), "swe")),
    "mojibake": lambda paper, rng: plain(paper, damage.mojibake),
    "garbled": lambda paper, rng: plain(paper, damage.shifted),
    "typos": lambda paper, rng: plain(paper, damage.misread(rng, float(rng.uniform(0.005, 0.12)))),
    "bare": lambda paper, rng: plain(paper, damage.stripped),
}

if __name__ == "__main__":
    sys.exit(main())
