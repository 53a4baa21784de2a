"""What happens to paper and its picture: each effect takes grey or colour float32 pixels, 0 to 255.

Lengths are in points of the page, so that an effect looks alike at every resolution.
"""

from collections.abc import Sequence
from typing import Any

import cv2
import numpy as np
from faces import FACES
from PIL import Image, ImageDraw, ImageFont

Array = Any
Rng = np.random.Generator
PAPER = 250.0


def tilt(page: Array, degrees: float) -> Array:
    high, wide = page.shape[:2]
    turn = cv2.getRotationMatrix2D((wide / 2, high / 2), degrees, 1)
    return cv2.warpAffine(page, turn, (wide, high), flags=cv2.INTER_CUBIC, borderValue=(PAPER,) * 3)


def blur(page: Array, points: float, dpi: float) -> Array:
    sigma = points * dpi / 72
    return cv2.GaussianBlur(page, (0, 0), sigma) if sigma > 0.2 else page


def smear(page: Array, points: float, dpi: float) -> Array:
    """Blur along the paper's way through the scanner."""
    length = max(1, round(points * dpi / 72))
    return cv2.blur(page, (1, length))


def tone(page: Array, gamma: float = 1.0, contrast: float = 1.0, white: float = 250.0) -> Array:
    """Contrast brings ink towards the paper's `white`."""
    even = np.clip(page, 0, 255) / 255
    return np.asarray(white - (1 - even**gamma) * 255 * contrast, dtype=np.float32)


def noise(page: Array, rng: Rng, sigma: float, grain: float = 0.0) -> Array:
    """Sensor noise; `grain` in pixels makes it coarser, as paper fibres are."""
    drawn = rng.normal(0, 1, page.shape[:2]).astype(np.float32)
    if grain:
        drawn = cv2.GaussianBlur(drawn, (0, 0), grain)
        drawn /= max(float(drawn.std()), 1e-6)
    return page + _over(sigma * drawn, page)


def shade(page: Array, rng: Rng, depth: float) -> Array:
    """One side of the page lies in the dark."""
    x, y = _grid(page)
    angle = rng.uniform(0, 2 * np.pi)
    along = x * np.cos(angle) + y * np.sin(angle)
    return page - _over(depth * (0.5 + 0.5 * np.tanh(2.5 * (along - rng.uniform(-0.3, 0.6)))), page)


def gutter(page: Array, rng: Rng, depth: float) -> Array:
    """The shadow along the spine of a bound volume."""
    x, _ = _grid(page)
    side = rng.choice([-1, 1])
    return page - _over(depth * np.exp(-(1 - side * x) / rng.uniform(0.04, 0.14)), page)


def uneven(page: Array, rng: Rng, depth: float) -> Array:
    """A lamp above the table, and the shadow of who holds the camera."""
    x, y = _grid(page)
    cx, cy = rng.uniform(-0.6, 0.6, 2)
    lit = 1 - depth * ((x - cx) ** 2 + (y - cy) ** 2) / 3
    edge = rng.uniform(0.2, 0.9)
    lit -= 0.5 * depth / (1 + np.exp(-(x * rng.choice([-1, 1]) + 0.4 * y - edge) / 0.05))
    return page * _over(lit.astype(np.float32), page)


def show_through(page: Array, back: Array, strength: float) -> Array:
    """The back side shines through, mirrored and soft."""
    ghost = cv2.GaussianBlur(cv2.flip(back, 1), (0, 0), max(1.0, page.shape[1] / 1200))
    return page - _over(strength * (255 - ghost), page)


def specks(page: Array, rng: Rng, count: int, dpi: float, largest: float = 0.9) -> Array:
    """Dust and toner, and some white where toner fell off."""
    page = np.ascontiguousarray(page)
    high, wide = page.shape[:2]
    for _ in range(count):
        at = int(rng.integers(wide)), int(rng.integers(high))
        radius = max(0, round(rng.uniform(0.1, largest) * dpi / 144))
        level = 255.0 if rng.random() < 0.15 else float(rng.integers(0, 120))
        cv2.circle(page, at, radius, (level,) * 3, -1)
    return page


def streaks(page: Array, rng: Rng, count: int, dpi: float) -> Array:
    """Dirt on the glass of a sheet feeder: lines down the whole page."""
    page = page.copy()
    for _ in range(count):
        x = int(rng.integers(page.shape[1]))
        thick = max(1, round(rng.uniform(0.1, 0.6) * dpi / 72))
        page[:, x : x + thick] = page[:, x : x + thick] * 0.4 + float(rng.integers(0, 230)) * 0.6
    return page


def holes(page: Array, rng: Rng, dpi: float) -> Array:
    page = np.ascontiguousarray(page)
    scale = dpi / 72
    x, middle = rng.uniform(18, 34), 421 + rng.uniform(-25, 25)
    for y in (middle - 113, middle + 113) if rng.random() < 0.8 else (middle - 227, middle, middle + 227):
        centre = round(x * scale), round(y * scale)
        cv2.circle(page, centre, round(8.5 * scale), (float(rng.choice([12, 20, 90])),) * 3, -1)
    return page


def staple(page: Array, rng: Rng, dpi: float) -> Array:
    page = np.ascontiguousarray(page)
    scale, angle = dpi / 72, rng.uniform(-0.9, 0.2)
    x, y = rng.uniform(20, 40), rng.uniform(20, 40)
    end = x + 26 * np.cos(angle), y - 26 * np.sin(angle)
    ends = [(round(a * scale), round(b * scale)) for a, b in ((x, y), end)]
    cv2.line(page, ends[0], ends[1], (70.0,) * 3, max(1, round(1.4 * scale)))
    return page


def border(page: Array, rng: Rng) -> Array:
    """The black that a lid left open or a smaller original leaves."""
    page = page.copy()
    high, wide = page.shape[:2]
    for side in rng.choice(4, size=int(rng.integers(1, 4)), replace=False):
        part = rng.uniform(0.004, 0.028)
        level = rng.uniform(5, 60)
        if side == 0:
            page[:, : int(wide * part)] = level
        elif side == 1:
            page[:, wide - int(wide * part) :] = level
        elif side == 2:
            page[: int(high * part)] = level
        else:
            page[high - int(high * part) :] = level
    return page


def stroke(page: Array, points: float, dpi: float) -> Array:
    """Thicken ink (positive) or eat it away (negative), by fractions of a pixel too."""
    radius = abs(points) * dpi / 72
    whole, part = int(radius), radius - int(radius)
    change = cv2.erode if points > 0 else cv2.dilate
    for share in [1.0] * whole + [part]:
        page = (1 - share) * page + share * change(page, np.ones((3, 3), np.uint8))
    return page.astype(np.float32)


def copied(page: Array, rng: Rng, dpi: float, heavy: float) -> Array:
    """One generation in a photocopier: soft, hard in tone, thicker or thinner, dusty."""
    page = blur(page, rng.uniform(0.12, 0.2), dpi)
    page = stroke(page, heavy, dpi)
    middle, steep = rng.uniform(125, 165), rng.uniform(0.022, 0.05)
    page = 255 / (1 + np.exp(-steep * (page - middle)))
    page = tilt(page.astype(np.float32), rng.normal(0, 0.2))
    return specks(page, rng, int(rng.integers(5, 120)), dpi, 0.7)


def fold(page: Array, rng: Rng) -> Array:
    """Creases, a light line beside a dark one."""
    _, y = _grid(page)
    x, _ = _grid(page)
    for _ in range(int(rng.integers(1, 4))):
        across = y if rng.random() < 0.7 else x
        at, wide = rng.uniform(-0.8, 0.8), rng.uniform(0.002, 0.006)
        line = (across - at) / wide
        page = page - _over(rng.uniform(15, 60) * np.exp(-(line**2)), page)
        page = page + _over(rng.uniform(10, 40) * np.exp(-((line - 2.5) ** 2)), page)
    return page


def coffee(page: Array, rng: Rng) -> Array:
    x, y = _grid(page)
    for _ in range(int(rng.integers(1, 3))):
        cx, cy, radius = rng.uniform(-0.8, 0.8), rng.uniform(-0.8, 0.8), rng.uniform(0.16, 0.3)
        away = np.sqrt((x - cx) ** 2 + (1.414 * (y - cy)) ** 2)
        ring = np.exp(-(((away - radius) / 0.012) ** 2)) * rng.uniform(40, 90)
        pool = (away < radius) * rng.uniform(0, 28)
        page = mark(page, (ring + pool) / 255, (60, 90, 130))
    return page


def mark(page: Array, cover: Array, colour: tuple[int, int, int]) -> Array:
    """Ink of a colour (blue, green, red) where `cover` is above 0."""
    cover = np.clip(cover, 0, 1).astype(np.float32)
    if page.ndim == 3:
        return page * (1 - cover[..., None] * (1 - np.array(colour, np.float32) / 255))
    grey = 0.114 * colour[0] + 0.587 * colour[1] + 0.299 * colour[2]
    return page * (1 - cover * (1 - grey / 255))


INKS = ((150, 60, 30), (40, 40, 190), (60, 60, 60), (90, 90, 90), (120, 50, 90))


def stamp(page: Array, rng: Rng, lines: Sequence[str], dpi: float) -> Array:
    """A turned rubber stamp in a frame, worn by its use."""
    scale = dpi / 72
    font = ImageFont.truetype(str(FACES[2].bold), round(rng.uniform(9, 13) * scale))
    wide = round(max(font.getlength(line) for line in lines) + 16 * scale)
    step = round(font.size * 1.25)
    high = round(step * len(lines) + 10 * scale)
    plate = Image.new("L", (wide, high), 0)
    draw = ImageDraw.Draw(plate)
    thick = max(1, round(1.6 * scale))
    draw.rectangle((0, 0, wide - 1, high - 1), outline=255, width=thick)
    for at, line in enumerate(lines):
        draw.text((wide / 2, 5 * scale + at * step), line, fill=255, font=font, anchor="ma")
    turned = np.asarray(plate.rotate(rng.uniform(-14, 14), expand=True, resample=Image.Resampling.BICUBIC))
    cover = np.zeros(page.shape[:2], np.float32)
    top = round(rng.uniform(50, 480) * scale)
    left = round(rng.uniform(60, 560 - turned.shape[1] / scale) * scale)
    cover[top : top + turned.shape[0], left : left + turned.shape[1]] = turned / 255.0
    worn = noise(np.full(page.shape[:2], rng.uniform(0.5, 0.95), np.float32), rng, 0.25, 2.5)
    return mark(page, cover * worn, INKS[int(rng.integers(len(INKS)))])


def handwriting(page: Array, rng: Rng, dpi: float, count: int) -> Array:
    """Scribbles and a signature: loops that wander along a line."""
    scale = dpi / 72
    cover = np.zeros(page.shape[:2], np.float32)
    for _ in range(count):
        steps = np.linspace(0, rng.uniform(10, 40), 240)
        length, size = rng.uniform(60, 220), rng.uniform(4, 16)
        x = rng.uniform(60, 400) + steps / steps[-1] * length + size * 0.5 * np.cos(steps * 1.7)
        y = rng.uniform(80, 620) + size * np.sin(steps + rng.uniform(0, 6)) * rng.uniform(0.4, 1)
        path = np.stack([x, y + rng.normal(0, 0.05) * (x - x[0])], axis=1) * scale
        thick = max(1, round(rng.uniform(0.6, 1.6) * scale))
        cv2.polylines(cover, [path.round().astype(np.int32)], False, 1.0, thick, cv2.LINE_AA)
    return mark(page, cover * rng.uniform(0.7, 1), INKS[int(rng.integers(len(INKS)))])


def photographed(page: Array, rng: Rng, slant: float) -> Array:
    """A page on a table as a hand-held camera sees it, a little wavy."""
    high, wide = page.shape[:2]
    reach = slant * wide
    corners = np.array([[0, 0], [wide, 0], [wide, high], [0, high]], np.float32)
    inset = 0.03 * wide
    towards = np.array([[1, 1], [-1, 1], [-1, -1], [1, -1]], np.float32)
    seen = corners + towards * (inset + rng.uniform(0, reach, (4, 2))).astype(np.float32)
    table = (float(rng.uniform(50, 140)),) * 3
    view = cv2.getPerspectiveTransform(corners, seen.astype(np.float32))
    flat = cv2.warpPerspective(page, view, (wide, high), flags=cv2.INTER_CUBIC, borderValue=table)
    x, y = np.meshgrid(np.arange(wide, dtype=np.float32), np.arange(high, dtype=np.float32))
    wave = rng.uniform(0, 0.0012) * high * np.sin(x / wide * rng.uniform(3, 7) + rng.uniform(0, 6))
    return cv2.remap(flat, x, (y + wave).astype(np.float32), cv2.INTER_LINEAR, borderValue=table)


def bilevel(page: Array, way: str, level: float, dpi: float) -> Array:
    """Black and white by a `way`: fixed, adaptive, halftone (Bayer) or diffused (Floyd and Steinberg)."""
    grey = np.clip(page, 0, 255).astype(np.uint8)
    if way == "fixed":
        return ((grey > level) * 255).astype(np.uint8)
    if way == "adaptive":
        block = round(dpi / 6) | 1
        return cv2.adaptiveThreshold(
            grey, 255, cv2.ADAPTIVE_THRESH_GAUSSIAN_C, cv2.THRESH_BINARY, block, (200 - level) / 4 + 4
        )
    if way == "halftone":
        rank = np.array([[0, 8, 2, 10], [12, 4, 14, 6], [3, 11, 1, 9], [15, 7, 13, 5]]) * 16 + 8
        high, wide = grey.shape
        screen = np.tile(rank, (high // 4 + 1, wide // 4 + 1))[:high, :wide]
        return ((grey > screen) * 255).astype(np.uint8)
    return np.asarray(Image.fromarray(grey).convert("1")).astype(np.uint8) * 255


def _grid(page: Array) -> tuple[Array, Array]:
    """x and y of each pixel, -1 to 1, as row and column that broadcast."""
    high, wide = page.shape[:2]
    x = np.linspace(-1, 1, wide, dtype=np.float32)[None, :]
    y = np.linspace(-1, 1, high, dtype=np.float32)[:, None]
    return x, y


def _over(values: Array, page: Array) -> Array:
    """Values for each place, so that they fit the page's colours."""
    full = np.broadcast_to(values, page.shape[:2])
    return full[..., None] if page.ndim == 3 else full
