"""A document on paper: typeset, as a PDF with text, as a scan, or as what an English OCR read of the scan."""

import random
import re
import sys
import zlib
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "scans"))

import keep
import numpy as np
from faces import FACES
from levels import LEVELS, Original, Scan
from paint import born, picture
from typeset import Leaf, Style, typeset

from synth.document import Document

NUMBERED = re.compile(r"\d+\) ")  # items that the typesetter has no mark for
SIZES = (9, 9.5, 10, 10.5, 11, 11, 12)
# What an archive's scans are; the ruined are left to the corpus of scans.
SCANS = (
    "flatbed",
    "office",
    "coarse",
    "lineart",
    "photocopy",
    "telefax",
    "stamped",
    "worn",
    "tilted",
    "bound",
)
SOFT = ("flatbed", "office", "coarse", "photocopy")


class Paper:
    """The set pages of a document; everything else is drawn from its name."""

    def __init__(self, document: Document) -> None:
        self.name = document.ident
        rng = random.Random(f"{document.ident} paper")
        # The typesetter breaks a foot at each stroke: one with a case number in it ends the text instead.
        foot = document.foot.replace(" / ", "\n")
        faces = [face for face in FACES if face.dev]
        self.style = Style(
            face=rng.choice(faces),
            size=rng.choice(SIZES),
            leading=rng.choice([1.15, 1.25, 1.35]),
            align=rng.choice(["left", "left", "justify"]),
            table=rng.choice(["grid", "lines", "none"]),
            head=(document.head.replace("/", " "), rng.choice(["", "Sida", "sid"])),
            foot="" if "/" in foot else foot.replace("\n", "/"),
            hyphenate=rng.random() < 0.3,
        )
        blocks = [*document.blocks, f"! {foot}"] if "/" in foot else document.blocks
        self.leaves: list[Leaf] = typeset(vocabulary(blocks), self.style)

    def pages(self) -> list[str]:
        """The true text of each page."""
        return [leaf.text for leaf in self.leaves]

    def file(self, variant: str) -> tuple[str, bytes]:
        """Suffix and bytes of `pdf`, `scan` or `engtext`."""
        if variant == "pdf":
            return "pdf", born(self.leaves, self.style.face)
        rng, level = self._drawn(variant)
        scans = [self._scan(at, level, rng) for at in range(len(self.leaves))]
        if variant == "scan":
            return "pdf", keep.pdf(scans)
        return "txt", keep.text(scans, "eng")

    def level(self, variant: str) -> str:
        """How `scan` or `engtext` was scanned."""
        return self._drawn(variant)[1]

    def _drawn(self, variant: str) -> tuple[np.random.Generator, str]:
        rng = np.random.default_rng(zlib.crc32(f"{self.name} {variant}".encode()))
        return rng, str(rng.choice(SCANS if variant == "scan" else SOFT))

    def _scan(self, at: int, level: str, rng: np.random.Generator) -> Scan:
        front, back = self.leaves[at], self.leaves[(at + 1) % len(self.leaves)]
        face = self.style.face
        stamp = ["INKOM", f"Dnr {rng.integers(10, 990)}"]
        return LEVELS[level](
            Original(lambda dpi: picture(front, face, dpi), lambda dpi: picture(back, face, dpi), stamp), rng
        )


def vocabulary(blocks: list[str]) -> str:
    """Blocks in the typesetter's words: lines that are kept become blocks of their own."""
    text: list[str] = []
    for block in blocks:
        whole = block.replace("⏎", " ")
        if whole.startswith("^"):
            text += [line.removeprefix("^ ") for line in whole.split("\n") if line.strip("^ ")]
        elif NUMBERED.match(whole):
            text += whole.split("\n")
        else:
            text.append(whole)
    return "\n\n".join(text)
