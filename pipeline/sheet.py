"""What lies on the desk before a page is recognised: `read` fills it in, `recognize` reads it."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pipeline.model import Box

Pixels = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Token:
    """A word on paper before it has a place in a text.

    `size` is the height of its type and `baseline` the line that it stands on, both in points; `other` is
    a second reading that lost (see `Word`).
    """

    text: str
    box: Box
    size: float
    baseline: float
    confidence: float | None = None
    other: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A drawn line in points, top left origin; upright where `x0 == x1`, level where `y0 == y1`."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def upright(self) -> bool:
        return self.x0 == self.x1


@dataclass(frozen=True)
class Picture:
    """A grey picture of a page, rows by columns, and its resolution in dots per inch.

    `colour` is the same picture in blue, green and red, kept only where the page has ink of some colour.
    """

    pixels: Pixels
    dpi: float
    colour: Pixels | None = None


@dataclass(frozen=True)
class Sheet:
    """A page as its file holds it; sizes in points, as the file shows the page.

    `text` is set for plain text alone. `tokens` and `rules` are a PDF's own text and lines. `image_share`
    is the part of the page that pictures cover, `images` are their places (none for a picture file, which
    is its own), `image_dpi` the resolution of the largest; `hidden_share`
    is the part of the text that is painted invisibly, as OCR programs do, `sideways_share` the part that
    doesn't lie level. `picture` draws the page at the given dpi, where that can be chosen; it may raise
    DocumentError, and is not called for pages whose text is good.
    """

    width: float = 0.0
    height: float = 0.0
    text: str | None = None
    tokens: tuple[Token, ...] = ()
    rules: tuple[Rule, ...] = ()
    image_share: float = 0.0
    images: tuple[Box, ...] = ()
    image_dpi: float = 0.0
    hidden_share: float = 0.0
    sideways_share: float = 0.0
    picture: Callable[[int], Picture] | None = None
