"""How likely a repair is right, by how sure its rule was: a curve fitted on pages with truth.

A rule's own figure says how far the best reading beats its rivals, not how often such a reading is right.
`data/confidence.csv` has for each rule points (its figure, the share of repairs that were right); between
points the curve is straight, beyond them level. `bench/calibrate_repairs.py` fits it.
"""

import csv
from bisect import bisect_right
from functools import cache
from importlib.resources import files

Point = tuple[float, float]


def calibrated(raw: float, rule: str = "swedish") -> float:
    """The chance that a repair is right, to three places; `raw` as it is for a rule without a curve."""
    points = curves().get(rule)
    return round(along(points, raw), 3) if points else raw


def along(points: tuple[Point, ...], raw: float) -> float:
    """The height of a curve of ascending points."""
    at = bisect_right(points, (raw, 2.0))
    if at == 0:
        return points[0][1]
    if at == len(points):
        return points[-1][1]
    (x0, y0), (x1, y1) = points[at - 1], points[at]
    return y0 + (y1 - y0) * (raw - x0) / (x1 - x0)


@cache
def curves() -> dict[str, tuple[Point, ...]]:
    """The fitted points by rule."""
    found: dict[str, list[Point]] = {}
    with files(__package__).joinpath("data", "confidence.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(line for line in lines if not line.startswith("#")):
            found.setdefault(row["rule"], []).append((float(row["raw"]), float(row["right"])))
    return {rule: tuple(points) for rule, points in found.items()}
