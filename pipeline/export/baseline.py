"""Where a printed line stands, and how large its type is, from the boxes of its words.

A box holds the ink of its word: it reaches down to the baseline, and below it where a letter does. So the
words without such letters say where the line stands, and the others are asked only where there are none.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from statistics import median

from pipeline.model import Box

_BELOW = frozenset("gjpqyçQ,;()[]{}|§/@$_ÿý")
_TALL = frozenset("bdfhijkltåäöéèüß()[]{}|§/@&%!?#$")
# In parts of the type size; usual for text faces.
_ASCENT, _X_HEIGHT, _DESCENT = 0.72, 0.5, 0.21
_STEEPEST = 0.1
_SIZES = (2.0, 300.0)


@dataclass(frozen=True, slots=True)
class Baseline:
    """The line `y = slope * x + foot` in points from the top left, and the size of its type."""

    slope: float
    foot: float
    size: float

    def under(self, box: Box) -> float:
        """The height at which a word of this line stands, kept within the word's own box."""
        y = self.slope * (box.x0 + box.x1) / 2 + self.foot
        return min(max(y, (box.y0 + box.y1) / 2), box.y1)


def fitted(words: Sequence[tuple[str, Box]], on_paper: bool = True) -> Baseline:
    """The baseline under the words of one line.

    `on_paper` tells boxes of ink from boxes of type, which reach below the baseline whatever they hold.
    """
    level = [(text, box) for text, box in words if on_paper and not _BELOW & set(text) and _stands(text)]
    points = [((box.x0 + box.x1) / 2, box.y1) for _, box in level] or [
        ((box.x0 + box.x1) / 2, box.y1 - _DESCENT * (box.y1 - box.y0)) for _, box in words
    ]
    slope = _slope(points)
    foot = median(y - slope * x for x, y in points)
    line = Baseline(slope, foot, 1.0)
    sizes = [
        (line.under(box) - box.y0) / (_ASCENT if _is_tall(text) else _X_HEIGHT)
        for text, box in (level or words)
    ]
    return Baseline(slope, foot, min(max(median(sizes), _SIZES[0]), _SIZES[1]))


def _slope(points: Sequence[tuple[float, float]]) -> float:
    """The median slope between any two points, which a few wrong boxes don't move (Theil and Sen)."""
    some = points[:: 1 + len(points) // 40]
    slopes = [(y1 - y0) / (x1 - x0) for (x0, y0), (x1, y1) in combinations(some, 2) if abs(x1 - x0) > 1]
    return min(max(median(slopes), -_STEEPEST), _STEEPEST) if slopes else 0.0


def _stands(text: str) -> bool:
    """Whether a word stands on the line at all, as dashes, quotes and bullets don't."""
    return any(map(str.isalnum, text))


def _is_tall(text: str) -> bool:
    return any(char.isupper() or char.isdigit() or char in _TALL for char in text)
