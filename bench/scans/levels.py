"""How paper was scanned: each level draws its parameters anew for each document.

A level takes the page, the page's back, and a random generator; it asks the page for a picture at the
resolution that it drew.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from effects import (
    Array,
    Rng,
    bilevel,
    blur,
    border,
    coffee,
    copied,
    fold,
    gutter,
    handwriting,
    holes,
    noise,
    photographed,
    shade,
    show_through,
    smear,
    specks,
    stamp,
    staple,
    streaks,
    stroke,
    tilt,
    tone,
    uneven,
)
from marks import (
    coloured_stamp,
    places,
    printed_in_colour,
    reversed_bands,
    screened,
    signature,
    small_print,
)

Draw = Callable[[float], Array]


@dataclass(frozen=True, slots=True)
class Original:
    """The paper: its front and back at any resolution, and what its stamp says."""

    front: Draw
    back: Draw
    stamp: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Scan:
    """What the scanner delivers: pixels, resolution across and down, and JPEG quality (0 for 1 bit)."""

    pixels: Array
    dpi: tuple[float, float]
    jpeg: int


Level = Callable[[Original, Rng], Scan]


def flatbed(paper: Original, rng: Rng) -> Scan:
    """A careful scan of a good original."""
    dpi = float(rng.choice([240, 300, 300, 400]))
    page = tilt(paper.front(dpi), rng.normal(0, 0.25))
    page = tone(blur(page, rng.uniform(0.08, 0.16), dpi), rng.uniform(0.9, 1.2), rng.uniform(0.9, 1))
    return _grey(noise(page, rng, rng.uniform(1, 4)), dpi, rng, 60, 90)


def office(paper: Original, rng: Rng) -> Scan:
    """The multifunction printer in the corridor."""
    dpi = float(rng.choice([150, 200, 200, 200]))
    page = tilt(paper.front(dpi), rng.normal(0, 0.7))
    page = blur(page, rng.uniform(0.16, 0.3), dpi)
    page = tone(page, rng.uniform(0.8, 1.4), rng.uniform(0.75, 0.95), rng.uniform(235, 255))
    return _grey(noise(page, rng, rng.uniform(3, 8)), dpi, rng, 30, 65)


def coarse(paper: Original, rng: Rng) -> Scan:
    """Scanned small to save space."""
    dpi = float(rng.choice([100, 110, 120, 150]))
    page = tilt(paper.front(dpi), rng.normal(0, 0.5))
    page = tone(blur(page, rng.uniform(0.2, 0.35), dpi), 1.0, rng.uniform(0.8, 0.95))
    return _grey(noise(page, rng, rng.uniform(2, 6)), dpi, rng, 35, 75)


def fine(paper: Original, rng: Rng) -> Scan:
    """More pixels than anyone needs, as conservators like it."""
    dpi = float(rng.choice([400, 600]))
    page = tilt(paper.front(dpi), rng.normal(0, 0.3))
    page = tone(blur(page, 0.1, dpi), rng.uniform(0.9, 1.3), rng.uniform(0.8, 0.95), rng.uniform(228, 250))
    return _grey(noise(page, rng, rng.uniform(3, 9), 1.2), dpi, rng, 35, 80)


def lineart(paper: Original, rng: Rng) -> Scan:
    """Black and white, as archives' TIFFs are."""
    dpi = float(rng.choice([200, 300, 300, 400]))
    page = tilt(paper.front(dpi), rng.normal(0, 0.5))
    page = tone(blur(page, rng.uniform(0.12, 0.26), dpi), 1.0, rng.uniform(0.8, 1))
    page = noise(page, rng, rng.uniform(4, 14))
    way = str(rng.choice(["fixed", "fixed", "adaptive", "diffused"]))
    return Scan(bilevel(page, way, rng.uniform(115, 185), dpi), (dpi, dpi), 0)


def telefax(paper: Original, rng: Rng) -> Scan:
    """Group 3 fax: 204 dots across, 196 or 98 lines an inch."""
    across, down = 204.0, float(rng.choice([196, 196, 98]))
    page = tilt(paper.front(across), rng.normal(0, 0.5))
    page = tone(blur(page, rng.uniform(0.16, 0.26), across), 1.0, rng.uniform(0.8, 0.95))
    page = cv2.resize(
        page, (page.shape[1], round(page.shape[0] * down / across)), interpolation=cv2.INTER_AREA
    )
    page = noise(page, rng, rng.uniform(6, 20))
    page = specks(page, rng, int(rng.integers(30, 450)), down, 1.0)
    way = "fixed" if rng.random() < 0.8 else "halftone"
    page = bilevel(page, way, rng.uniform(120, 170), down)
    if rng.random() < 0.4:  # a line lost in transmission
        page = page.copy()
        for at in rng.integers(0, page.shape[0], int(rng.integers(1, 5))):
            page[at] = 255
    return Scan(page, (across, down), 0)


def photocopy(paper: Original, rng: Rng) -> Scan:
    """A copy of a copy, scanned."""
    dpi = float(rng.choice([200, 300]))
    page = paper.front(dpi)
    heavy = float(rng.choice([-0.12, -0.06, 0.08, 0.16]))
    for _ in range(int(rng.integers(2, 4))):
        page = copied(page, rng, dpi, heavy * rng.uniform(0.5, 1))
    page = border(holes(tilt(page, rng.normal(0, 0.7)), rng, dpi), rng)
    page = tone(blur(page, 0.18, dpi), 1.0, rng.uniform(0.7, 0.95))
    return _grey(noise(page, rng, rng.uniform(4, 11)), dpi, rng, 30, 60)


def bound(paper: Original, rng: Rng) -> Scan:
    """Thin paper in a volume: shade, the gutter, and the back shining through."""
    dpi = float(rng.choice([150, 200, 300]))
    page = show_through(paper.front(dpi), paper.back(dpi), rng.uniform(0.04, 0.22))
    page = tilt(page, rng.normal(0, 0.8))
    page = tone(blur(page, rng.uniform(0.15, 0.28), dpi), 1.0, rng.uniform(0.65, 0.9), rng.uniform(215, 250))
    page = gutter(shade(page, rng, rng.uniform(10, 50)), rng, rng.uniform(40, 150))
    return _grey(noise(page, rng, rng.uniform(3, 9)), dpi, rng, 30, 65)


def stamped(paper: Original, rng: Rng) -> Scan:
    """Registered, annotated, signed; sometimes in colour."""
    dpi = float(rng.choice([150, 200, 300]))
    page = paper.front(dpi)
    if rng.random() < 0.5:
        page = np.repeat(page[..., None], 3, axis=2)
    page = stamp(page, rng, paper.stamp, dpi)
    page = handwriting(page, rng, dpi, int(rng.integers(1, 4)))
    page = tilt(page, rng.normal(0, 0.5))
    page = tone(blur(page, rng.uniform(0.14, 0.24), dpi), 1.0, rng.uniform(0.8, 0.95))
    return _grey(noise(page, rng, rng.uniform(2, 6)), dpi, rng, 40, 75)


def worn(paper: Original, rng: Rng) -> Scan:
    """Folded, spilt on, stapled, punched and fed through a dirty scanner."""
    dpi = float(rng.choice([200, 300]))
    page = coffee(fold(paper.front(dpi), rng), rng)
    page = staple(holes(page, rng, dpi), rng, dpi)
    page = tilt(page, rng.normal(0, 0.8))
    page = smear(blur(page, rng.uniform(0.12, 0.22), dpi), rng.uniform(0, 0.6), dpi)
    page = streaks(page, rng, int(rng.integers(0, 5)), dpi)
    page = tone(page, 1.0, rng.uniform(0.7, 0.9), rng.uniform(225, 250))
    return _grey(noise(page, rng, rng.uniform(3, 9), 0.8), dpi, rng, 30, 65)


def tilted(paper: Original, rng: Rng) -> Scan:
    """Laid on the glass in a hurry."""
    dpi = float(rng.choice([150, 200, 300]))
    page = tilt(paper.front(dpi), rng.choice([-1, 1]) * rng.uniform(1, 3))
    page = tone(blur(page, rng.uniform(0.12, 0.24), dpi), 1.0, rng.uniform(0.8, 0.95))
    return _grey(border(noise(page, rng, rng.uniform(2, 7)), rng), dpi, rng, 35, 75)


def turned(paper: Original, rng: Rng) -> Scan:
    """Sideways or upside down."""
    dpi = float(rng.choice([150, 200, 300]))
    page = tilt(paper.front(dpi), rng.normal(0, 0.4))
    page = tone(blur(page, rng.uniform(0.12, 0.22), dpi), 1.0, rng.uniform(0.85, 0.95))
    page = np.ascontiguousarray(np.rot90(noise(page, rng, rng.uniform(2, 6)), int(rng.integers(1, 4))))
    return _grey(page, dpi, rng, 40, 75)


def phone(paper: Original, rng: Rng) -> Scan:
    """A picture taken with a telephone."""
    dpi = float(rng.choice([170, 220, 260]))
    page = np.repeat(paper.front(dpi)[..., None], 3, axis=2)
    page = photographed(page, rng, rng.uniform(0.005, 0.05))
    page = uneven(page, rng, rng.uniform(0.15, 0.5)) * np.array([rng.uniform(0.8, 0.95), 0.97, 1], np.float32)
    page = blur(tone(page, 1.0, rng.uniform(0.75, 0.95)), rng.uniform(0.14, 0.3), dpi)
    return _grey(noise(page, rng, rng.uniform(2, 7)), dpi, rng, 40, 80)


def ruined(paper: Original, rng: Rng) -> Scan:
    """What nobody should have kept: faint or clogged, coarse, noisy."""
    dpi = float(rng.choice([100, 120, 150]))
    page = stroke(paper.front(dpi), float(rng.choice([-0.2, -0.1, 0.15, 0.25])), dpi)
    page = tilt(page, rng.normal(0, 1.2))
    page = tone(blur(page, rng.uniform(0.3, 0.55), dpi), 1.0, rng.uniform(0.35, 0.7), rng.uniform(200, 245))
    page = shade(page, rng, rng.uniform(20, 70))
    page = specks(noise(page, rng, rng.uniform(8, 16)), rng, int(rng.integers(50, 300)), dpi)
    return _grey(page, dpi, rng, 18, 40)


def inked(paper: Original, rng: Rng) -> Scan:
    """Stamps and signatures in colour across the text; some lines are printed in colour."""
    dpi = float(rng.choice([150, 200, 200, 300]))
    page = np.repeat(paper.front(dpi)[..., None], 3, axis=2)
    if rng.random() < 0.5:
        page = printed_in_colour(page, rng, int(rng.integers(1, 4)))
    for at in places(page, rng, dpi, int(rng.integers(1, 3))):
        page = coloured_stamp(page, rng, paper.stamp, dpi, at)
    for at in places(page, rng, dpi, int(rng.integers(0, 3))):
        page = signature(page, rng, dpi, at)
    page = tilt(page, rng.normal(0, 0.5))
    page = tone(blur(page, rng.uniform(0.12, 0.22), dpi), 1.0, rng.uniform(0.8, 0.95))
    return _grey(noise(page, rng, rng.uniform(2, 6)), dpi, rng, 40, 80)


def reverse(paper: Original, rng: Rng) -> Scan:
    """Headings and heads of tables white on black."""
    dpi = float(rng.choice([200, 200, 300]))
    page = reversed_bands(paper.front(dpi), rng, int(rng.integers(2, 6)), dpi)
    page = tilt(page, rng.normal(0, 0.5))
    page = tone(blur(page, rng.uniform(0.12, 0.22), dpi), 1.0, rng.uniform(0.8, 0.95))
    if rng.random() < 0.3:
        return Scan(bilevel(noise(page, rng, 5), "fixed", rng.uniform(120, 160), dpi), (dpi, dpi), 0)
    return _grey(noise(page, rng, rng.uniform(2, 6)), dpi, rng, 40, 80)


def pale(paper: Original, rng: Rng) -> Scan:
    """The lowest sheet under the carbon, a ribbon at its end, ink that has faded."""
    dpi = float(rng.choice([200, 200, 300]))
    page = stroke(paper.front(dpi), rng.uniform(-0.12, 0.1), dpi)
    page = tilt(page, rng.normal(0, 0.6))
    page = blur(page, rng.uniform(0.14, 0.32), dpi)
    page = tone(page, 1.0, rng.uniform(0.1, 0.35), rng.uniform(215, 250))
    return _grey(noise(page, rng, rng.uniform(1, 4)), dpi, rng, 50, 85)


def screen(paper: Original, rng: Rng) -> Scan:
    """Text on grey ground, made black and white by dots."""
    dpi = float(rng.choice([200, 300]))
    page = screened(paper.front(dpi), rng, int(rng.integers(2, 5)))
    page = tilt(page, rng.normal(0, 0.4))
    page = tone(blur(page, rng.uniform(0.1, 0.2), dpi), 1.0, rng.uniform(0.9, 1), 255)
    way = str(rng.choice(["halftone", "diffused"]))
    return Scan(bilevel(noise(page, rng, rng.uniform(1, 5)), way, 140, dpi), (dpi, dpi), 0)


def fineprint(paper: Original, rng: Rng) -> Scan:
    """Text of the usual size above terms in small print."""
    dpi = float(rng.choice([150, 200, 200, 300]))
    page = tilt(small_print(paper.front(dpi), rng, dpi), rng.normal(0, 0.5))
    page = tone(blur(page, rng.uniform(0.1, 0.2), dpi), 1.0, rng.uniform(0.85, 0.95))
    return _grey(noise(page, rng, rng.uniform(2, 5)), dpi, rng, 50, 85)


def _named(*levels: Level) -> dict[str, Level]:
    return {level.__name__: level for level in levels}


LEVELS = _named(
    flatbed, office, coarse, fine, lineart, telefax, photocopy,
    bound, stamped, worn, tilted, turned, phone, ruined,
)  # fmt: skip
# By themselves, so that the others fall on the same documents with and without them.
MARKED = _named(inked, reverse, pale, screen, fineprint)


def _grey(page: Array, dpi: float, rng: Rng, worst: int, best: int) -> Scan:
    pixels = np.clip(page, 0, 255).astype(np.uint8)
    return Scan(pixels, (dpi, dpi), int(rng.integers(worst, best + 1)))
