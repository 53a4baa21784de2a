"""Learn how an English-only OCR misreads Swedish: `python bench/channel.py > channel.tsv`.

Words drawn from the lexicon are drawn on paper in several fonts and qualities, read by Tesseract with
`eng`, and aligned with what was drawn. The output is a table of blocks: what was read, what stood there,
and how often, with the number of renderings that showed it. Needs Debian's fonts-ebgaramond,
fonts-liberation, fonts-crosextra-carlito, fonts-crosextra-caladea, fonts-dejavu, and tesseract-ocr.
Deterministic for one version of each. About four minutes on one core.
"""

import argparse
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from math import sqrt

import pytesseract
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from rapidfuzz.distance import Levenshtein

from pipeline.lexicon.words import table

FONTS = {
    "garamond": "/usr/share/fonts/opentype/ebgaramond/EBGaramond12-Regular.otf",
    "times": "/usr/share/fonts/truetype/liberation/LiberationSerif-Regular.ttf",
    "times-italic": "/usr/share/fonts/truetype/liberation/LiberationSerif-Italic.ttf",
    "arial": "/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf",
    "arial-bold": "/usr/share/fonts/truetype/liberation/LiberationSans-Bold.ttf",
    "courier": "/usr/share/fonts/truetype/liberation/LiberationMono-Regular.ttf",
    "calibri": "/usr/share/fonts/truetype/crosextra/Carlito-Regular.ttf",
    "cambria": "/usr/share/fonts/truetype/crosextra/Caladea-Regular.ttf",
    "verdana": "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
    "dejavu-serif": "/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf",
    "times-bold": "/usr/share/fonts/truetype/liberation/LiberationSerif-Bold.ttf",
    "arial-narrow": "/usr/share/fonts/truetype/liberation/LiberationSansNarrow-Regular.ttf",
    "lato": "/usr/share/fonts/truetype/lato/Lato-Regular.ttf",
    "open-sans": "/usr/share/fonts/truetype/open-sans/OpenSans-Regular.ttf",
    "courier-prime": "/usr/share/fonts/opentype/courier-prime/Courier Prime.otf",
    "palatino": "/usr/share/texmf/fonts/opentype/public/tex-gyre/texgyrepagella-regular.otf",
    "schoolbook": "/usr/share/texmf/fonts/opentype/public/tex-gyre/texgyreschola-regular.otf",
    "bookman": "/usr/share/texmf/fonts/opentype/public/tex-gyre/texgyrebonum-regular.otf",
    "avant-garde": "/usr/share/texmf/fonts/opentype/public/tex-gyre/texgyreadventor-regular.otf",
    "garamond-italic": "/usr/share/fonts/opentype/ebgaramond/EBGaramond12-Italic.otf",
}
LINES, WIDTH_CM, POINTS = 34, 16.0, 11
NOISE = "åäöÅÄÖ"
LOST = "-"


@dataclass(frozen=True)
class Quality:
    """How a page is scanned: dots per inch, blur in pixels, share of inverted specks."""

    dpi: int
    blur: float
    specks: float


QUALITIES = (
    Quality(300, 0.0, 0.0),
    Quality(200, 0.5, 0.0),
    Quality(150, 0.6, 0.0005),
    Quality(110, 0.5, 0.001),
)
BAD = (Quality(100, 0.6, 0.004), Quality(120, 0.9, 0.006), Quality(90, 0.4, 0.002))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--language", default="eng")
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--pairs", type=argparse.FileType("w"), help="also write every word read and drawn")
    parser.add_argument("--bad", action="store_true", help="bad scans only")
    args = parser.parse_args()
    seen: Counter[tuple[str, str]] = Counter()
    drawn: Counter[str] = Counter()
    renderings: dict[tuple[str, str], set[str]] = defaultdict(set)
    dice = random.Random(args.seed)
    for font, path in FONTS.items():
        for quality in BAD if args.bad else QUALITIES:
            lines = text_lines(dice, path)
            read = ocr(render(lines, path, quality, dice), quality.dpi, args.language)
            for true_word, read_word in paired(lines, read):
                drawn.update(true_word)
                if args.pairs:
                    print(font, quality.dpi, read_word, true_word, sep="\t", file=args.pairs)
                for pair in blocks(true_word, read_word):
                    seen[pair] += 1
                    renderings[pair].add(font)
            print(font, quality, sum(seen.values()), file=sys.stderr)
    print("# read\ttrue\tcount\tdrawn\tfonts")
    for (misread, meant), count in sorted(seen.items(), key=lambda item: (-item[1], item[0])):
        if count >= 2:
            print(
                misread,
                meant,
                count,
                min(drawn[letter] for letter in meant),
                len(renderings[misread, meant]),
                sep="\t",
            )


def text_lines(dice: random.Random, font: str) -> list[list[str]]:
    """Lines of words as long as the paper is wide, half of them with å, ä or ö."""
    face = ImageFont.truetype(font, POINTS * 10)
    width = WIDTH_CM / 2.54 * 72 * 10
    lines = []
    for _ in range(LINES):
        line: list[str] = []
        while True:
            word = sampled(dice)
            if line and face.getlength(" ".join([*line, word])) > width:
                break
            line.append(word)
        lines.append(line)
    return lines


def sampled(dice: random.Random, _pools: list[tuple[list[str], list[float]]] = []) -> str:  # noqa: B006
    """A word of the lexicon, common ones more often, sometimes with a capital or in capitals."""
    if not _pools:
        words = {w: 10 ** (level / 2) for w, level in table().items() if w.isalpha() and level > -6.5}
        for kept in (set(filter(str.isascii, words)), {w for w in words if not w.isascii()}):
            pool = sorted(kept)
            _pools.append((pool, [words[w] for w in pool]))
    word = dice.choices(*_pools[dice.random() < 0.5])[0]
    style = dice.random()
    word = word.upper() if style < 0.05 else word.capitalize() if style < 0.2 else word
    return word + ("," if dice.random() < 0.05 else "." if dice.random() < 0.05 else "")


def render(lines: list[list[str]], font: str, quality: Quality, dice: random.Random) -> Image.Image:
    """The page as a grey picture, as a scanner of that quality would give it."""
    dpi = quality.dpi
    face = ImageFont.truetype(font, round(POINTS * dpi / 72))
    pitch = round(POINTS * 1.45 * dpi / 72)
    margin = round(0.8 * dpi)
    page = Image.new("L", (round(WIDTH_CM / 2.54 * dpi) + 2 * margin, pitch * len(lines) + 2 * margin), 250)
    ink = ImageDraw.Draw(page)
    for number, line in enumerate(lines):
        ink.text((margin, margin + number * pitch), " ".join(line), font=face, fill=15)
    if quality.blur:
        page = page.filter(ImageFilter.GaussianBlur(quality.blur * sqrt(dpi / 150)))
    for _ in range(round(page.width * page.height * quality.specks)):
        page.putpixel((dice.randrange(page.width), dice.randrange(page.height)), dice.choice((0, 255)))
    return page


def ocr(page: Image.Image, dpi: int, language: str) -> list[list[str]]:
    text = pytesseract.image_to_string(page, lang=language, config=f"--psm 6 --dpi {dpi}")
    return [line.split() for line in text.splitlines() if line.strip()]


def paired(drawn: list[list[str]], read: list[list[str]]) -> Iterator[tuple[str, str]]:
    """Words drawn and read, from lines that were read with the right number of words."""
    if len(drawn) != len(read):
        print(f"  {len(drawn)} lines drawn, {len(read)} read: left out", file=sys.stderr)
        return
    for line, other in zip(drawn, read, strict=True):
        if len(line) == len(other):
            yield from zip(line, other, strict=True)


def blocks(true: str, read: str) -> Iterator[tuple[str, str]]:
    """Pairs (read, true) that differ; neighbouring differences are one block of at most 3 to 2 letters."""
    start = None
    codes = [*Levenshtein.opcodes(true, read), None]
    for code in codes:
        if code is not None and code.tag != "equal":
            start = start or (code.src_start, code.dest_start)
            end = (code.src_end, code.dest_end)
        elif start is not None:
            was, now = true[start[0] : end[0]], read[start[1] : end[1]]
            if 1 <= len(was) <= 2 and (1 <= len(now) <= 3 or was in NOISE):
                yield now or LOST, was
            start = None


if __name__ == "__main__":
    main()
