"""Teach the network that tells §, % and @ by their shape (`pipeline/recognize/glyphs.py`).

    python bench/scans/sign_glyphs.py OUT.npz [--without FAMILY ...] [--leave-out]

Draws the signs, and what they are taken for, in the typefaces of Debian's packages below, as scanners and
copiers leave them. `--leave-out` says for each family how it does when it is taught on all others, which is
what counts: the typeface of a document is seldom among these. The network that comes along was taught
without those of the kept half of `sign_sheets.py` and their kin (`--without "Liberation Sans" "Sans Narrow"
Caladea "Open Sans" "Courier Prime" Pagella Schola`), so that its figures there mean something.
The same versions of NumPy, Pillow and OpenCV on the same processor give the same file.
Needs the fonts of `faces.py`.
"""

import argparse
import sys
import zlib
from functools import cache, reduce
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from pipeline.recognize import glyphs

FONTS = Path("/usr/share/fonts")
GYRE = "/usr/share/texmf/fonts/opentype/public/tex-gyre/texgyre"
FAMILIES = {
    "Liberation Sans": ["truetype/liberation/LiberationSans-*"],
    "Sans Narrow": ["truetype/liberation/LiberationSansNarrow-*"],
    "Liberation Serif": ["truetype/liberation/LiberationSerif*"],
    "Liberation Mono": ["truetype/liberation/LiberationMono*"],
    "Carlito": ["truetype/crosextra/Carlito*"],
    "Caladea": ["truetype/crosextra/Caladea*"],
    "DejaVu Sans": ["truetype/dejavu/DejaVuSans.*", "truetype/dejavu/DejaVuSans-*"],
    "DejaVu Condensed": ["truetype/dejavu/DejaVuSansCondensed*"],
    "DejaVu Mono": ["truetype/dejavu/DejaVuSansMono*"],
    "DejaVu Serif": ["truetype/dejavu/DejaVuSerif*"],
    "Lato": [f"truetype/lato/Lato-{kind}.ttf" for kind in ("Regular", "Bold", "Italic", "Light", "Black")],
    "Open Sans": ["truetype/open-sans/OpenSans-*"],
    "EB Garamond": ["opentype/ebgaramond/EBGaramond*-[RBI]*.otf"],
    "Courier Prime": [
        "opentype/courier-prime/Courier Prime.otf",
        "opentype/courier-prime/Courier Prime [BI]*.otf",
    ],
    "Heros": [GYRE + "heros-*"],
    "Heros Condensed": [GYRE + "heroscn-*"],
    "Termes": [GYRE + "termes-*"],
    "Cursor": [GYRE + "cursor-*"],
    "Pagella": [GYRE + "pagella-*"],
    "Schola": [GYRE + "schola-*"],
    "Bonum": [GYRE + "bonum-*"],
    "Adventor": [GYRE + "adventor-*"],
}
TAKEN_FOR = "8$S569&sEBR0QGOaoe°©®€"
OTHERS = "1234567ABCDFHIJKLMNPQRTUVWXYZÅÄÖabcdefghijklmnopqrstuvwxyzåäö?!/()[]{}#*+=«»†¶½²"
PAIRS = ("88", "55", "38", "58", "85", "90", "96", "26", "00", "06", "20", "29", "50", "18", "$$", "SS", "ss",
         "St", "Se", "kr", "ha", "oa", "co", "as", "ga", "in", "nr", "AB", "XY", "N0", "1.", "8.", "8)", "(8",
         "5,", "8,", "68", "89", "ab", "§8", "§1", "3§", "%)", "9%", "0%", "n@", "@l", "a@",
         "@k")  # fmt: skip
EACH = {"sign": 60, "taken": 8, "other": 2, "pair": 2}
INNER, ROUNDS, BATCH = 64, 60, 128
Rng = np.random.Generator


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("out", type=Path)
    parser.add_argument("--without", nargs="*", default=[], choices=FAMILIES, metavar="FAMILY")
    parser.add_argument("--leave-out", action="store_true")
    options = parser.parse_args(arguments)
    drawn = {family: views(family) for family in FAMILIES if family not in options.without}
    if options.leave_out:
        for family in drawn:
            rest = [name for name in drawn if name != family]
            print(family, told(drawn[family], taught(drawn, rest)), flush=True)
    first, first_bias, second, second_bias = taught(drawn, list(drawn))
    np.savez_compressed(
        options.out,
        first=first.astype(np.float16),
        first_bias=first_bias,
        second=second,
        second_bias=second_bias,
    )
    return 0


def views(family: str) -> tuple[glyphs.Array, np.ndarray]:
    """What the network sees of the signs and others in a family, and which each is (3 for none)."""
    rng = np.random.default_rng(zlib.crc32(family.encode()))
    paths = sorted(path for pattern in FAMILIES[family] for path in _found(pattern))
    if not paths:
        raise FileNotFoundError(f"no files of {family}: see scripts/fonts.sh")
    todo = [(char, "sign") for char in glyphs.SIGNS] + [(char, "taken") for char in TAKEN_FOR]
    todo += [(char, "other") for char in OTHERS] + [(pair, "pair") for pair in PAIRS]
    seen, kinds = [], []
    for path in paths:
        for text, kind in todo:
            for _ in range(EACH[kind]):
                view = drawn(path, text, rng)
                if view is not None:
                    seen.append(view)
                    kinds.append(glyphs.SIGNS.index(text) if kind == "sign" else len(glyphs.SIGNS))
    return np.stack(seen), np.array(kinds)


def _found(pattern: str) -> list[Path]:
    root = Path("/") if pattern.startswith("/") else FONTS
    return [path for path in root.glob(pattern.lstrip("/")) if path.suffix in (".ttf", ".otf")]


@cache
def _font(path: Path, pixels: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(path), pixels)


def drawn(path: Path, text: str, rng: Rng) -> glyphs.Array | None:
    """A text in a typeface as a scan has it, as the network sees it; None where nothing of it is left."""
    pixels = int(rng.integers(16, 48))
    font = _font(path, pixels)
    figure = -font.getbbox("8", anchor="ls")[1]
    image = Image.new("L", (round(font.getlength(text)) + pixels, 2 * pixels), 255)
    baseline = round(1.4 * pixels)
    ImageDraw.Draw(image).text((pixels // 2, baseline), text, fill=0, font=font, anchor="ls")
    page: np.ndarray = np.asarray(image).astype(np.float32)
    # Other typefaces: narrower or wider, leaning, heavier or lighter.
    wide, lean, turn = rng.uniform(0.85, 1.18), rng.normal(0, 0.06), rng.normal(0, 0.008)
    turning = np.array([[wide, -lean, lean * baseline], [turn, 1, -turn * pixels]], np.float32)
    page = cv2.warpAffine(page, turning, (round(page.shape[1] * 1.2), page.shape[0]), borderValue=255)
    if rng.random() < 0.3 and pixels > 32:
        kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 + pixels // 40, 2 + pixels // 40))
        page = cv2.erode(page, kernel) if rng.random() < 0.5 else cv2.dilate(page, kernel)
    page = cv2.GaussianBlur(page, (0, 0), rng.uniform(0.012, 0.042) * pixels)
    page = (
        255
        - (255 - page) * rng.uniform(0.55, 1)
        + rng.standard_normal(page.shape, np.float32) * rng.uniform(0, 10)
    )
    if rng.random() < 0.2:
        page = np.where(page < page.min() + rng.uniform(0.4, 0.65) * (255 - page.min()), 0.0, 255.0)
    grey: np.ndarray = np.clip(page, 0, 255).astype(np.uint8)
    if rng.random() < 0.5:
        _, packed = cv2.imencode(".jpg", grey, [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(35, 90))])
        grey = np.asarray(cv2.imdecode(packed, cv2.IMREAD_GRAYSCALE))
    off, scale = rng.normal(0, 0.03) * figure, rng.normal(1, 0.05)
    columns = np.flatnonzero((grey < 128 + grey.min() / 2.0).any(axis=0))
    if not len(columns):
        return None
    side, top = round(0.2 * figure), max(0, round(baseline - glyphs.ABOVE * figure))
    cut = grey[
        top : round(baseline + glyphs.BELOW * figure), max(0, columns[0] - side) : columns[-1] + side + 1
    ]
    found = glyphs.ink(np.ascontiguousarray(cut), baseline - top + off, figure * scale)
    boxes = glyphs.pieces(found) if found else []
    if not found or not boxes:
        return None
    return glyphs.seen(found, reduce(glyphs.Piece.joined, boxes))


def taught(drawn: dict[str, tuple[glyphs.Array, np.ndarray]], families: list[str]) -> glyphs.Network:
    """The network after so many rounds over the views of some families: two layers, Adam, cross entropy."""
    rng = np.random.default_rng(7)
    seen = np.concatenate([drawn[family][0] for family in families])
    kinds = np.concatenate([drawn[family][1] for family in families])
    count = len(glyphs.SIGNS) + 1
    weights = [
        rng.normal(0, (2 / seen.shape[1]) ** 0.5, (seen.shape[1], INNER)).astype(np.float32),
        np.zeros(INNER, np.float32),
        rng.normal(0, (2 / INNER) ** 0.5, (INNER, count)).astype(np.float32),
        np.zeros(count, np.float32),
    ]
    mean, square = ([np.zeros_like(part) for part in weights] for _ in range(2))
    wanted = np.eye(count, dtype=np.float32)[kinds] * 0.996 + 0.004 / count
    steps = 0
    for turn in range(ROUNDS):
        rate = 0.002 * 0.5 * (1 + np.cos(np.pi * turn / ROUNDS))
        order = rng.permutation(len(seen))
        for start in range(0, len(order), BATCH):
            some = order[start : start + BATCH]
            views = seen[some]
            inner = np.maximum(views @ weights[0] + weights[1], 0)
            votes = inner @ weights[2] + weights[3]
            votes = np.exp(votes - votes.max(axis=1, keepdims=True))
            slope = (votes / votes.sum(axis=1, keepdims=True) - wanted[some]) / len(some)
            back = (slope @ weights[2].T) * (inner > 0)
            slopes = [views.T @ back, back.sum(axis=0), inner.T @ slope, slope.sum(axis=0)]
            steps += 1
            for at, back_there in enumerate(slopes):
                part = back_there + 1e-4 * weights[at]
                mean[at] = 0.9 * mean[at] + 0.1 * part
                square[at] = 0.999 * square[at] + 0.001 * part * part
                fair = mean[at] / (1 - 0.9**steps), square[at] / (1 - 0.999**steps)
                weights[at] -= (rate * fair[0] / (np.sqrt(fair[1]) + 1e-8)).astype(np.float32)
    return weights[0], weights[1], weights[2], weights[3]


def told(views: tuple[glyphs.Array, np.ndarray], by: glyphs.Network, least: float = 0.9) -> str:
    """Shares of the signs that are told with some surety, and of the others that are taken for one."""
    seen, kinds = views
    shares = glyphs.weighed(seen, by)
    right = [
        f"{sign} {(shares[kinds == at, at] >= least).mean():.3f}" for at, sign in enumerate(glyphs.SIGNS)
    ]
    wrong = (shares[kinds == len(glyphs.SIGNS), : len(glyphs.SIGNS)].max(axis=1) >= least).mean()
    return f"{' '.join(right)} others {wrong:.5f}"


if __name__ == "__main__":
    sys.exit(main())
