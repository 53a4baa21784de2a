"""The numbers of the quality estimate, from `data/quality.json`; `bench/quality.py fit` makes them."""

import json
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

Curve = Sequence[tuple[float, float]]
CONFIDENCE, SURE, PAGE, DISPUTED = "confidence", "sure", "page", "disputed"


@dataclass(frozen=True)
class Model:
    """`words`: the log odds that a word of each kind is wrong, and what its confidence, how surely its page
    was read and another reading add to them (see `words.word_wrong`); `usual`: the share wrong that is usual
    among the right words of the kind. `weights`: how much of each sign of damage goes into a page's score,
    by who vouches for the text (see `signs.source`). `curves`: the share of wrong characters by score."""

    words: Mapping[str, float]
    usual: Mapping[str, float]
    weights: Mapping[str, Mapping[str, float]]
    curves: Mapping[str, Curve]


@cache
def fitted() -> Model:
    """The model that is shipped."""
    text = (files(__package__) / "data" / "quality.json").read_text(encoding="utf-8")
    return from_json(json.loads(text))


def from_json(content: Mapping[str, Any]) -> Model:
    return Model(content["words"], content["usual"], content["weights"], content["curves"])


def at(curve: Curve, value: float) -> float:
    """The curve's height at a value: straight between its points, level beyond its ends."""
    after = bisect_right([x for x, _ in curve], value)
    if after == 0:
        return curve[0][1]
    if after == len(curve):
        return curve[-1][1]
    (x0, y0), (x1, y1) = curve[after - 1], curve[after]
    return y0 + (y1 - y0) * (value - x0) / (x1 - x0)
