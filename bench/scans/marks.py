"""What people and printers add to a page: ink of other colours, reversed and screened bands, small print.

Each effect takes float32 pixels, 0 to 255, as those in `effects` do; lengths are in points.
"""

from collections.abc import Iterator, Sequence

import cv2
import numpy as np
from effects import Array, Rng, mark
from faces import FACES
from PIL import Image, ImageDraw, ImageFont

# Blue, green, red of stamping inks and pens.
COLOURS = ((165, 60, 25), (40, 35, 195), (70, 120, 20), (140, 45, 95), (200, 110, 30), (60, 20, 160))
INK_LEVEL = 170  # what is darker than this is print


def coloured_stamp(page: Array, rng: Rng, lines: Sequence[str], dpi: float, at: tuple[float, float]) -> Array:
    """A turned stamp of one colour with its middle at a place: framed, round or bare."""
    plate = _plate(rng, lines, dpi / 72)
    turned = np.asarray(plate.rotate(rng.uniform(-14, 14), expand=True, resample=Image.Resampling.BICUBIC))
    cover = np.zeros(page.shape[:2], np.float32)
    top, left = (max(0, round(v * dpi / 72 - side / 2)) for v, side in zip(at, turned.shape, strict=True))
    part = turned[: cover.shape[0] - top, : cover.shape[1] - left]
    cover[top : top + part.shape[0], left : left + part.shape[1]] = part / 255.0
    worn = rng.normal(0, 1, page.shape[:2]).astype(np.float32)
    worn = cv2.GaussianBlur(worn, (0, 0), 2.5)
    worn = rng.uniform(0.6, 0.95) + 0.2 * worn / max(float(worn.std()), 1e-6)
    return mark(page, cover * worn, COLOURS[int(rng.integers(len(COLOURS)))])


def signature(page: Array, rng: Rng, dpi: float, at: tuple[float, float]) -> Array:
    """Loops of a pen of one colour that begin at a place (down, across)."""
    steps = np.linspace(0, rng.uniform(15, 40), 300)
    size = rng.uniform(6, 18)
    x = at[1] + steps / steps[-1] * rng.uniform(90, 220) + size * 0.5 * np.cos(steps * 1.7)
    y = at[0] + size * np.sin(steps + rng.uniform(0, 6)) * rng.uniform(0.5, 1)
    path = (np.stack([x, y], axis=1) * dpi / 72).round().astype(np.int32)
    cover = np.zeros(page.shape[:2], np.float32)
    cv2.polylines(cover, [path], False, 1.0, max(1, round(rng.uniform(0.8, 1.8) * dpi / 72)), cv2.LINE_AA)
    return mark(page, cover * rng.uniform(0.75, 1), COLOURS[int(rng.integers(len(COLOURS)))])


def printed_in_colour(page: Array, rng: Rng, lines: int) -> Array:
    """Some lines of the page in a colour, as headings and links are."""
    bands = list(_bands(page))
    colour = np.array(COLOURS[int(rng.integers(len(COLOURS)))], np.float32)
    for at in rng.choice(len(bands), size=min(lines, len(bands)), replace=False) if bands else ():
        top, foot = bands[int(at)]
        part = page[top:foot]
        page[top:foot] = 255 - (255 - part) * (1 - colour / 255)
    return page


def reversed_bands(page: Array, rng: Rng, lines: int, dpi: float) -> Array:
    """Some lines of the page white on a dark band, as heads of tables and forms are."""
    page = page.copy()
    bands = list(_bands(page))
    pad = round(2.2 * dpi / 72)
    for at in rng.choice(len(bands), size=min(lines, len(bands)), replace=False) if bands else ():
        top, foot = bands[int(at)]
        columns = np.flatnonzero(
            (page[top:foot].reshape(foot - top, page.shape[1], -1) < INK_LEVEL).any(axis=(0, 2))
        )
        left, right = max(0, columns[0] - 2 * pad), min(page.shape[1], columns[-1] + 2 * pad)
        part = np.s_[max(0, top - pad) : foot + pad, left:right]
        dark = rng.uniform(10, 95)
        page[part] = dark + (255 - page[part]) * (1 - dark / 255)
    return page


def screened(page: Array, rng: Rng, bands: int) -> Array:
    """Bands of the page on a grey ground, which a bilevel scan breaks up into dots."""
    page = page.copy()
    high = page.shape[0]
    for _ in range(bands):
        top, tall = rng.uniform(0.08, 0.8), rng.uniform(0.02, 0.12)
        part = np.s_[int(top * high) : int((top + tall) * high)]
        page[part] = page[part] * rng.uniform(0.72, 0.9)
    return page


def small_print(page: Array, rng: Rng, dpi: float) -> Array:
    """The lower part of the page set so small that it fits in the margins of forms: about six points."""
    bands = list(_bands(page))
    if len(bands) < 4:
        return page
    cut = bands[int(len(bands) * rng.uniform(0.35, 0.6))][0] - max(1, round(dpi / 72))
    factor = rng.uniform(0.5, 0.7)
    lower = cv2.resize(page[cut:], None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    page = page.copy()
    page[cut:] = 255
    left = round(rng.uniform(0, 1 - factor) * page.shape[1])
    page[cut : cut + lower.shape[0], left : left + lower.shape[1]] = lower
    return page


def places(page: Array, rng: Rng, dpi: float, count: int) -> list[tuple[float, float]]:
    """Places in points (down, across) where there is print."""
    grey = page if page.ndim == 2 else page.min(axis=2)
    y, x = np.nonzero(grey < INK_LEVEL)
    if len(y) == 0:
        return [(300.0, 300.0)] * count
    chosen = rng.integers(len(y), size=count)
    return [(float(y[i]) * 72 / dpi, float(x[i]) * 72 / dpi) for i in chosen]


def _bands(page: Array) -> Iterator[tuple[int, int]]:
    """Rows of the page that lines of print take, top and foot."""
    grey = page if page.ndim == 2 else page.min(axis=2)
    ink = (grey < INK_LEVEL).any(axis=1)
    edges = np.flatnonzero(np.diff(np.concatenate([[0], ink.view(np.int8), [0]])))
    for top, foot in zip(edges[::2], edges[1::2], strict=True):
        if 0.004 * page.shape[0] < foot - top < 0.04 * page.shape[0]:
            yield int(top), int(foot)


def _plate(rng: Rng, lines: Sequence[str], scale: float) -> Image.Image:
    """What the stamp prints, white on black."""
    font = ImageFont.truetype(str(FACES[2].bold), round(rng.uniform(9, 13) * scale))
    wide = round(max(font.getlength(line) for line in lines) + 16 * scale)
    step = round(font.size * 1.25)
    high = round(step * len(lines) + 10 * scale)
    kind = str(rng.choice(["frame", "frame", "round", "bare"]))
    side = round((wide**2 + high**2) ** 0.5)
    size = (side, side) if kind == "round" else (wide, high)
    plate = Image.new("L", size, 0)
    draw = ImageDraw.Draw(plate)
    thick = max(1, round(1.6 * scale))
    if kind == "round":
        draw.ellipse((0, 0, side - 1, side - 1), outline=255, width=thick)
    elif kind == "frame":
        draw.rectangle((0, 0, wide - 1, high - 1), outline=255, width=thick)
    for at, line in enumerate(lines):
        top = (size[1] - high) / 2 + 5 * scale + at * step
        draw.text((size[0] / 2, top), line, fill=255, font=font, anchor="ma")
    return plate
