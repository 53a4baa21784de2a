"""Typeset and scan sheets dense with §, % and @: a corpus to measure the reading of signs on.

    python bench/scans/sign_sheets.py OUT [--half dev|more|hold] [--seed 0]

Writes what `build.py` writes, for `bench/reading.py`. Each sheet is a page of blocks drawn from
`signs/HALF.txt`, with an address in its foot, in one typeface and size; it is scanned at two of the levels
that offices have. `dev` and `more` are to work with, each with its own sentences and typefaces; `hold` has
others again and is for final figures.
"""

import argparse
import random
import re
import sys
from pathlib import Path

from build import Paper, named, write
from cast import Cast
from faces import GYRE, TRUETYPE, Face
from typeset import Style, typeset

TEXTS = Path(__file__).parent / "signs"
LEVELS = ("flatbed", "office", "fine", "tilted", "turned", "bound")
SIZES = (8, 9, 10, 11, 12, 10.5)
OTHERS = {
    face.name: face
    for face in (
        Face("Adventor", GYRE / "texgyreadventor-regular.otf", GYRE / "texgyreadventor-bold.otf"),
        Face("Cursor Bold", GYRE / "texgyrecursor-bold.otf", GYRE / "texgyrecursor-bold.otf"),
        Face("Termes Italic", GYRE / "texgyretermes-italic.otf", GYRE / "texgyretermes-bolditalic.otf"),
        Face("Heros Condensed", GYRE / "texgyreheroscn-regular.otf", GYRE / "texgyreheroscn-bold.otf"),
        Face("Lato Light", TRUETYPE / "lato/Lato-Light.ttf", TRUETYPE / "lato/Lato-Regular.ttf"),
    )
}
FACES = {
    "dev": ("Liberation Serif", "Carlito", "EB Garamond", "Sans Narrow", "Lato", "Bonum"),
    "more": ("DejaVu Sans", "DejaVu Serif", "Liberation Mono", "DejaVu Condensed", *OTHERS),
    "hold": ("Liberation Sans", "Caladea", "Open Sans", "Schola", "Courier Prime", "Pagella"),
}


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("out", type=Path)
    parser.add_argument("--half", choices=tuple(FACES), default="dev")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args(arguments)
    for folder in ("files", "truth"):
        (options.out / folder).mkdir(parents=True, exist_ok=True)
    for turn in range(len(LEVELS)):
        levels = [LEVELS[(turn + step) % len(LEVELS)] for step in (0, 2)]
        write(options.out, sheet(options.half, options.seed, turn), levels)
    return 0


def sheet(half: str, seed: int, turn: int) -> Paper:
    """One page of blocks in the order that the seed gives; `turn` picks the typeface and the size."""
    name = f"{half[0]}{seed}signs{turn}"
    rng = random.Random(f"signs {name}")
    blocks = re.split(r"\n\s*\n", (TEXTS / f"{half}.txt").read_text(encoding="utf-8").strip())
    drawn = [block for _ in range(3) for block in rng.sample(blocks, len(blocks))]
    text = "\n\n".join(Cast(f"{name} {at}").fill(block) for at, block in enumerate(drawn))
    cast = Cast(name)
    face = FACES[half][(turn + len(LEVELS) * seed) % len(FACES[half])]
    style = Style(
        face=OTHERS.get(face) or named(face),
        size=SIZES[(turn + seed) % len(SIZES)],
        align=rng.choice(["left", "justify"]),
        table=rng.choice(["grid", "lines", "none"]),
        foot=cast.fill("{förvaltning}, {gata}, {postnr} {kommun}/Tel {tel}, e-post {epost}, {mejl}"),
    )
    return Paper(name, style, typeset(text, style)[:1], [], half)


if __name__ == "__main__":
    sys.exit(main())
