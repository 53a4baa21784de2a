"""Real OCR of pages of the families, kept in `ocr-*.jsonl.xz`, so that nobody need run it again.

    python bench/trust_pages/ocr.py HALF...     (from the project's root; about five minutes for each)

Pages are set in several fonts, drawn at several resolutions, spoilt as copiers and fax machines spoil
them, and read by the `tesseract` command in Swedish or in English. Each line of the file is a page: its
half, family and seed, the language, the share of words read wrong, the words with their places in points,
and the words that were printed.
Needs Debian's fonts-liberation, fonts-crosextra-carlito, fonts-crosextra-caladea, fonts-dejavu, fonts-lato,
fonts-open-sans.
"""

import io
import json
import lzma
import random
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pypdfium2 as pdfium
import pytesseract
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from pipeline.sheet import Pixels, Token

sys.path.insert(0, str(Path(__file__).parent.parent))
from trust_pages import pages, paper

FONTS = {
    "fit": {
        "arial": "/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf",
        "times": "/usr/share/fonts/truetype/liberation/LiberationSerif-Regular.ttf",
        "verdana": "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
    },
    "measure": {
        "calibri": "/usr/share/fonts/truetype/crosextra/Carlito-Regular.ttf",
        "cambria": "/usr/share/fonts/truetype/crosextra/Caladea-Regular.ttf",
        "courier": "/usr/share/fonts/truetype/liberation/LiberationMono-Regular.ttf",
    },
    "blind": {
        "bookish": "/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf",
        "open": "/usr/share/fonts/truetype/open-sans/OpenSans-Regular.ttf",
        "narrow": "/usr/share/fonts/truetype/liberation/LiberationSansNarrow-Regular.ttf",
    },
    "final": {
        "lato": "/usr/share/fonts/truetype/lato/Lato-Regular.ttf",
        "condensed": "/usr/share/fonts/truetype/dejavu/DejaVuSerifCondensed.ttf",
        "light": "/usr/share/fonts/truetype/open-sans/OpenSans-Light.ttf",
    },
    "third": {
        "italic": "/usr/share/fonts/truetype/liberation/LiberationSerif-Italic.ttf",
        "typewriter": "/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf",
        "semibold": "/usr/share/fonts/truetype/lato/Lato-Semibold.ttf",
    },
}


@dataclass(frozen=True)
class Scan:
    """How a page is spoilt: dots per inch, blur in pixels, share of specks, black and white at a level,
    degrees of tilt."""

    dpi: int
    blur: float = 0.0
    specks: float = 0.0
    level: int = 0
    tilt: float = 0.0


CLEAN = (Scan(300), Scan(200, 0.5), Scan(150, 0.4))
POOR = (
    Scan(100, 0.5, 0.003, 150),
    Scan(85, 0.4, 0.001, 170),
    Scan(120, 1.2, 0.006, 130),
    Scan(150, 0.8, 0.02, 120),
    Scan(75, 0.3),
)
_DIGITS = 4
_FIRST = (("eng", CLEAN, 3), ("eng", POOR[:2], 1), ("swe", CLEAN, 1), ("swe", POOR, 3))
_GOOD = (Scan(300, 0.8, 0, 0, 0.4), Scan(240, 0.6), Scan(200, 0.5, 0.0005, 0, -0.3), Scan(180, 0.4))
_COPIES = (
    Scan(95, 0.6, 0.002, 145),
    Scan(110, 0.9, 0.004, 150, 0.5),
    Scan(80, 0.5),
    Scan(130, 1.0, 0.012, 125),
    Scan(150, 0.5, 0.03, 140, -0.6),
    Scan(140, 1.5, 0.0005, 0, 0.3),
)
_FAXES = (
    Scan(90, 0.7, 0.004, 155, -0.4),
    Scan(105, 0.5, 0.001, 120),
    Scan(70, 0.4, 0, 0, 0.3),
    Scan(125, 1.3, 0.003, 140),
    Scan(160, 0.7, 0.04, 150),
    Scan(115, 1.2, 0.001, 0, -0.5),
)
_OLD = (
    Scan(100, 0.6, 0.002, 160, 0.6),
    Scan(88, 0.5, 0.0005, 140),
    Scan(72, 0.3, 0, 0, -0.2),
    Scan(135, 1.4, 0.002, 135),
    Scan(150, 0.6, 0.035, 130, 0.4),
    Scan(110, 1.1, 0, 0),
)
_PLANS = {
    "fit": _FIRST,
    "measure": _FIRST,
    "blind": (("eng", _GOOD, 1), ("eng", _COPIES[:2], 1), ("swe", _GOOD, 1), ("swe", _COPIES, 4)),
    "final": (("eng", _GOOD, 1), ("eng", _FAXES[:2], 1), ("swe", _GOOD, 1), ("swe", _FAXES, 4)),
    "third": (("eng", _GOOD, 1), ("eng", _OLD[:2], 1), ("swe", _GOOD, 1), ("swe", _OLD, 2)),
}


def main() -> None:
    for half in sys.argv[1:] or pages.HALVES:
        with lzma.open(_kept(half), "wt", encoding="utf-8", preset=9) as file:
            for made in _made(half):
                file.write(json.dumps(made, ensure_ascii=False, separators=(",", ":")) + "\n")


def load(half: str) -> list[dict[str, Any]]:
    """The pages of a half that were read."""
    with lzma.open(_kept(half), "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def _kept(half: str) -> Path:
    return Path(__file__).parent / f"ocr-{half}.jsonl.xz"


def _made(half: str) -> Iterator[dict[str, Any]]:
    for family in pages.families(half):
        if family.language != "sv" or family.few:
            continue
        jobs = [
            (language, dice_scan)
            for language, scans, times in _PLANS[half]
            for dice_scan in _some(scans, times, family)
        ]
        for number, (language, scan) in enumerate(jobs):
            yield _page(family, 500 + number, language, scan)


def _some(scans: tuple[Scan, ...], times: int, family: pages.Family) -> list[Scan]:
    dice = random.Random(family.name)
    return dice.sample(scans, min(times, len(scans)))


def _page(family: pages.Family, seed: int, language: str, scan: Scan) -> dict[str, Any]:
    dice = random.Random(f"{family.name}{seed}{language}{scan}")
    name, path = dice.choice(sorted(FONTS[family.half].items()))
    pdfmetrics.registerFont(TTFont(name, path))
    setting = paper.Type(name, dice.choice((10.0, 11.0, 12.0)), 1.35)
    lines = pages.page(family, seed)[:38]
    printed = paper.tokens(lines, setting)
    pixels = spoilt(_drawn(printed, name, scan.dpi), scan, dice.randrange(10**6))
    words = _read(pixels, scan.dpi, language)
    drawn = [[t.text, round(t.box.x0), round(t.box.x1), round(t.baseline)] for t in printed]
    wrong = wrong_share([token.text for token in printed], [str(word[0]) for word in words])
    print(family.half, family.name, seed, language, scan, name, f"{wrong:.3f}", file=sys.stderr)
    kept = {"half": family.half, "family": family.name, "seed": seed, "language": language}
    return kept | {
        "font": name,
        "scan": vars(scan),
        "wrong": round(wrong, 4),
        "words": words,
        "printed": drawn,
        "size": setting.size,
    }


def _drawn(words: tuple[Token, ...], font: str, dpi: int) -> Pixels:
    data = io.BytesIO()
    canvas = Canvas(data, (paper.WIDTH, paper.HEIGHT), invariant=1)
    for word in words:
        canvas.setFont(font, word.size)
        canvas.drawString(word.box.x0, paper.HEIGHT - word.baseline, word.text)
    canvas.showPage()
    canvas.save()
    bitmap = pdfium.PdfDocument(data.getvalue())[0].render(scale=dpi / 72, grayscale=True)
    return np.array(bitmap.to_numpy()).reshape(bitmap.height, bitmap.width)


def spoilt(pixels: Pixels, scan: Scan, seed: int) -> Pixels:
    """A clean drawing of a page as such a scanner gives it."""
    rng = np.random.default_rng(seed)
    high, wide = pixels.shape
    turn = cv2.getRotationMatrix2D((wide / 2, high / 2), scan.tilt, 1)
    out = cv2.warpAffine(pixels, turn, (wide, high), borderValue=(255,)) if scan.tilt else pixels
    out = cv2.GaussianBlur(out, (0, 0), scan.blur) if scan.blur else out
    out = out.astype(np.float32) + rng.normal(0, 4, out.shape)
    if scan.level:
        out = np.where(out > scan.level, 255, 0)
    specks = rng.random(out.shape) < scan.specks
    out = np.where(specks, 255 - out, out)
    return np.clip(out, 0, 255).astype(np.uint8)


def _read(pixels: Pixels, dpi: int, language: str) -> list[list[Any]]:
    data = pytesseract.image_to_data(
        pixels, language, f"--psm 3 --dpi {dpi}", output_type=pytesseract.Output.DICT
    )
    scale = 72 / dpi
    words = []
    for index, text in enumerate(data["text"]):
        if text.strip():
            sides = (data["left"][index], data["top"][index], data["width"][index], data["height"][index])
            x, y, wide, high = (side * scale for side in sides)
            words.append([text.strip(), round(x), round(y), round(x + wide), round(y + high)])
    return words


def wrong_share(true: list[str], read: list[str]) -> float:
    """The share of the true words that the reading lacks, whatever their order, case and punctuation.

    Numbers count by their digits, four to a word, since OCR joins and parts their groups.
    """
    wanted, found = (Counter(filter(_has_letter, map(_bare, words))) for words in (true, read))
    digits, seen = (Counter(c for word in words for c in word if c.isdigit()) for words in (true, read))
    lacking = sum((wanted - found).values()) + sum((digits - seen).values()) / _DIGITS
    return lacking / max(1.0, sum(wanted.values()) + sum(digits.values()) / _DIGITS)


def _has_letter(word: str) -> bool:
    return any(map(str.isalpha, word))


def _bare(word: str) -> str:
    return word.casefold().strip(".,:;!?()[]\"'”’»«-–—_*|/<>{}=~^")


if __name__ == "__main__":
    main()
