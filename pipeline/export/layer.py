"""The invisible text of a page: each word on its ink, lines in reading order.

Rendering mode 3 paints nothing, yet a reader can find, mark and copy the words (ISO 32000-1, 9.3.6).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.export import font
from pipeline.export.lines import Block, Line, Placed
from pipeline.model import Box

_SCALES = (1.0, 3000.0)
_NARROWEST = 0.3


@dataclass(frozen=True, slots=True)
class Frame:
    """How a page lies: its upright size as it was read, its box in the file, and the turn between them.

    `box` is the crop box in the file's own coordinates (y counts upwards); `turn` is how many degrees
    clockwise the page as stored is turned to stand upright.
    """

    width: float
    height: float
    box: Box
    turn: int = 0

    def matrix(self) -> tuple[float, float, float, float, float, float]:
        """Takes upright points, counted from the lower left, to the page as stored."""
        box = self.box
        wide, high = box.x1 - box.x0, box.y1 - box.y0
        if self.turn % 180:
            wide, high = high, wide
        x, y = wide / self.width, high / self.height
        return {
            0: (x, 0.0, 0.0, y, box.x0, box.y0),
            90: (0.0, x, -y, 0.0, box.x1, box.y0),
            180: (-x, 0.0, 0.0, -y, box.x1, box.y1),
            270: (0.0, -x, y, 0.0, box.x0, box.y1),
        }[self.turn % 360]


def content(blocks: Iterable[Block], frame: Frame, font_name: str) -> bytes:
    """The content stream that writes the blocks over a page."""
    head = f"q {_numbers(*frame.matrix())} cm 3 Tr"
    lines = (part for block in blocks for line in block for part in _line(line, frame.height, font_name))
    return "\n".join([head, *lines, "Q\n"]).encode("ascii")


def _line(line: Line, height: float, font_name: str) -> Iterator[str]:
    size = line.baseline.size
    yield f"BT {font_name} {_numbers(size)} Tf"
    for word in line.words:
        foot = height - line.baseline.under(word.box)
        yield f"1 0 0 1 {_numbers(word.box.x0, foot)} Tm {_shown(word, size)}"
    yield "ET"


def _shown(word: Placed, size: float) -> str:
    """A word as wide as its box, and a space after it unless it goes on below.

    The space stands in the word's own string: PDFium takes a lone one for the end of a line on turned pages.
    """
    wide = max(word.box.x1 - word.box.x0, _NARROWEST)
    scale = min(max(100 * wide / (len(word.printed) * font.WIDTH * size), _SCALES[0]), _SCALES[1])
    text = word.printed if word.half == 1 else word.printed + " "
    return f"{_numbers(scale)} Tz {font.encoded(text)} Tj"


def _numbers(*values: float) -> str:
    return " ".join(f"{value:.3f}".rstrip("0").rstrip(".") for value in values)


def bounds(values: Sequence[float]) -> Box:
    """A PDF's rectangle, whichever corners it names."""
    xa, ya, xb, yb = values
    return Box(min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb))
