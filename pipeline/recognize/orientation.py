"""Which way up a page lies: told from its ink where that is plain, else asked of the engine.

Along the lines of text, the lower edges of letters fall on one line (the baseline) and the upper ones on two
(small letters, and tall ones): a page is upright where its lower edges gather more closely. That costs a
fiftieth of a reading and settles most pages. Tesseract's look at single letters settles most of the rest,
and for pages with few words, tables and worn type a strip is read each way and the better reading wins.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import cv2
import numpy as np

from pipeline.recognize import prepare, skew
from pipeline.sheet import Picture, Pixels, Token

Read = Callable[[Picture], list[Token]]
Turned = Callable[[Picture], tuple[int, float]]

_PLAIN_LINES = 1.4  # lines of text the one way against the other
_PLAINLY = 1.03  # gathering of lower edges against that of upper ones
_SURE = 2.0
_RULE = 40  # pixels of a page of 1,400: longer than strokes of letters
_LETTER_DPI = 150  # what letters are still known at
_STRIP = 0.08  # of the height
_READABLE = 0.5
_BETTER = 1.2


def turn(picture: Picture, read: Read, turned: Turned) -> int:
    """Degrees clockwise, of 0, 90, 180 and 270, that make a picture's text upright; 0 where it has none.

    `read` reads a strip of a few lines, `turned` is the engine's opinion with its surety.
    """
    ink = prepare.ink(picture)
    level, upwards = _lines(ink), _lines(np.ascontiguousarray(np.rot90(ink, -1)))
    if level.clear > _PLAIN_LINES * upwards.clear:
        guess = level.up(0, 180)
        return 0 if guess == 0 else asked(picture, read, turned, (0, 180), guess)
    if upwards.clear > _PLAIN_LINES * level.clear:
        return asked(picture, read, turned, (90, 270), upwards.up(90, 270))
    return asked(picture, read, turned)


def asked(
    picture: Picture,
    read: Read,
    turned: Turned,
    ways: tuple[int, ...] = (0, 90, 180, 270),
    guess: int | None = None,
) -> int:
    """The one of some ways that makes a picture's text upright, in the engine's opinion or by trial.

    The engine needn't be sure where its opinion is the guess that the ink allows.
    """
    degrees, sure = turned(_reduced(picture))
    if degrees in ways and (sure > _SURE or degrees == guess):
        return degrees
    scores = {way: _readable(read(_strip(prepare.turn(picture, way)))) for way in ways}
    best = max(scores, key=lambda way: scores[way])
    usual = min(ways)
    return best if scores[best] > _BETTER * scores[usual] else usual


@dataclass(frozen=True)
class _Lines:
    """How clear the lines are that ink makes across a picture, told below its letters and above them."""

    below: float
    above: float

    @property
    def clear(self) -> float:
        return self.below + self.above

    def up(self, upright: int, on_its_head: int) -> int | None:
        """The one where the letters stand upright, the other where on their heads, None if unclear."""
        if self.below > _PLAINLY * self.above:
            return upright
        return on_its_head if self.above > _PLAINLY * self.below else None


def _lines(ink: Pixels) -> _Lines:
    rules = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, _RULE), np.uint8))
    letters = np.asarray(cv2.subtract(ink, rules), np.uint8)
    angle = skew.angle(letters)
    return _Lines(skew.clearness(letters, angle), skew.clearness(np.flipud(letters), -angle))


def _reduced(picture: Picture) -> Picture:
    factor = _LETTER_DPI / picture.dpi
    if factor > 0.9:
        return picture
    pixels = cv2.resize(picture.pixels, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    return Picture(np.asarray(pixels, np.uint8), picture.dpi * factor)


def _strip(picture: Picture) -> Picture:
    """The part of a picture, a few lines high, that has the most ink, straightened."""
    level = prepare.level(picture).picture
    rows = prepare.ink(level).sum(axis=1, dtype=np.int64)
    high = max(1, round(len(rows) * _STRIP))
    sums = np.convolve(rows, np.ones(high, np.int64), "valid")
    margin = prepare.margin(level)
    scale = (level.pixels.shape[0] - 2 * margin) / len(rows)
    top = margin + round(int(sums.argmax()) * scale)
    return Picture(np.ascontiguousarray(level.pixels[top : top + round(high * scale)]), level.dpi)


def _readable(tokens: Iterable[Token]) -> float:
    """How much of what was read looks like words: letters and digits, weighed by how sure they are."""
    return sum(
        len(token.text) * ((token.confidence or 0) - _READABLE)
        for token in tokens
        if len(token.text) > 1 and token.text.isalnum() and (token.confidence or 0) > _READABLE
    )
