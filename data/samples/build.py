"""Make the sample archive: typeset each text, then file it the way an archive came to hold it.

    python data/samples/build.py [--out data/raw] [--only NAME ...]

Every `texts/NAME.txt` is a TOML head between `+++` lines and a body in the small vocabulary that
`typeset.py` explains. The head's `file` names the result and `medium` says how the paper was kept.
The same versions of ReportLab, pdfium, OpenCV, Pillow and Tesseract give the same bytes; other
versions may move pixels, not facts. Needs Tesseract with `eng`.
"""

import argparse
import sys
import tomllib
import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import scan
import typeset

HERE = Path(__file__).resolve().parent
TEXTS = HERE / "texts"
RAW = HERE.parent / "raw"


@dataclass(frozen=True, slots=True)
class Sample:
    """One document to make: its file name, how it is kept, how it looks, and its text."""

    file: str
    medium: str
    style: typeset.Style
    body: str
    scanner: str = "office"
    turned: bool = False
    encoding: str = "utf-8"


def load(path: Path) -> Sample:
    """The sample of a text file; a head with an unknown name raises TypeError."""
    _, head, body = path.read_text(encoding="utf-8").split("+++\n", 2)
    fields = tomllib.loads(head)
    style = typeset.Style(**fields.pop("style", {}))
    return Sample(style=style, body=body.strip() + "\n", **fields)


def make(sample: Sample) -> bytes:
    """The bytes of the sample's file; noise is seeded by the file's name."""
    if sample.medium == "text":
        return sample.body.encode(sample.encoding)
    born = typeset.pdf(sample.body, sample.style, sample.file)
    if sample.medium == "born":
        return born
    scanner = scan.SCANNERS[sample.scanner]
    rng = np.random.default_rng(zlib.crc32(sample.file.encode()))
    pages = [scan.degrade(page, scanner, rng) for page in scan.render(born, scanner.dpi)]
    if sample.turned:
        pages = [np.ascontiguousarray(np.rot90(page)) for page in pages]
    return scan.KEEPERS[sample.medium](pages, scanner)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--out", type=Path, default=RAW)
    parser.add_argument("--only", nargs="*", metavar="NAME", help="names of texts, without .txt")
    options = parser.parse_args(arguments)
    for path in sorted(TEXTS.glob("*.txt")):
        if options.only is not None and path.stem not in options.only:
            continue
        sample = load(path)
        content = make(sample)
        target = options.out / sample.file
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        print(f"{len(content) / 1000:7.0f} kB  {sample.file}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
