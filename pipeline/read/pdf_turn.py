"""Turn what pdfplumber found on a page the way that the page is shown.

pdfplumber's own coordinates go astray on pages that are both turned and cropped; so it is given the page
unturned, and the quarter turns are made here.
"""

from collections.abc import Callable
from typing import Any

from pipeline.model import Box

Point = tuple[float, float]


def turn(rotation: int, width: float, height: float) -> Callable[[Point], Point]:
    """Where a point goes when its page, so wide and high, is turned clockwise; y counts from the top."""
    return {
        0: lambda p: p,
        90: lambda p: (height - p[1], p[0]),
        180: lambda p: (width - p[0], height - p[1]),
        270: lambda p: (p[1], width - p[0]),
    }[rotation % 360]


def shown(thing: dict[str, Any], paper: Box, foot: float, rotation: int) -> dict[str, Any]:
    """A letter or an edge on the page as it is shown: counted from the paper's corner, and turned.

    `foot` is the height from the top that a letter's own y of 0 lies at.
    """
    wide, high = paper.x1 - paper.x0, paper.y1 - paper.y0
    to = turn(rotation, wide, high)
    (xa, ya), (xb, yb) = (
        to((thing[x] - paper.x0, thing[y] - paper.y0)) for x, y in (("x0", "top"), ("x1", "bottom"))
    )
    new = {
        **thing,
        "x0": min(xa, xb),
        "x1": max(xa, xb),
        "top": min(ya, yb),
        "bottom": max(ya, yb),
        "doctop": min(ya, yb),
    }
    if "matrix" in thing:
        a, b, _, _, x, y = thing["matrix"]
        for _ in range(rotation // 90 % 4):  # vectors count upwards: clockwise takes (a, b) to (b, -a)
            a, b = b, -a
        new["baseline"] = to((x - paper.x0, foot - y - paper.y0))[1]
        new["upright"] = a > abs(b)  # slanted type is, text up the margin or upside down isn't
        if rotation % 180:
            new["size"] = new["bottom"] - new["top"]
    if rotation % 180 and thing.get("orientation") in ("h", "v"):
        new["orientation"] = "v" if thing["orientation"] == "h" else "h"
    return new
