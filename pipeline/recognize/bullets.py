"""The dots of lists, which Tesseract's Swedish model reads as `»`, `«`, `e` or `:`: told by their shape.

A mark is a dot when it stands first on a line, is as wide as it is high, smaller than a letter and nearly
full of ink, and stands above the baseline at the height of a letter's middle.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from pipeline.sheet import Picture, Token

BULLET = "•"
# In type sizes.
_WIDTHS = (0.14, 0.44)
_MIDDLES = (0.19, 0.44)
_BESIDE = 1.6
_SAME_LINE = 0.4
_ROUND = 0.78  # the shorter side by the longer
_FULL = 0.55
_SURE = 0.9
_ITEM = re.compile(r"\d[.)]$")  # old-style figures are no higher than a small letter


def found(tokens: Sequence[Token], picture: Picture) -> list[Token]:
    """The words, with dots for what is one."""
    ink = picture.pixels[::3, ::3]
    grey = (float(np.percentile(ink, 90)) + float(np.percentile(ink, 2))) / 2
    return [
        replace(token, text=BULLET, confidence=_SURE, other=token.text)
        if token.text != BULLET
        and _has_the_shape(token)
        and _is_first(tokens, i)
        and _is_full(token, picture, grey)
        else token
        for i, token in enumerate(tokens)
    ]


def _has_the_shape(token: Token) -> bool:
    if len(token.text) > 2 or token.size <= 0 or _ITEM.match(token.text):
        return False
    width, height = (token.box.x1 - token.box.x0) / token.size, (token.box.y1 - token.box.y0) / token.size
    middle = (token.baseline - (token.box.y0 + token.box.y1) / 2) / token.size
    short, long = sorted((width, height))
    return (
        _WIDTHS[0] <= short <= long <= _WIDTHS[1]
        and short >= _ROUND * long
        and _MIDDLES[0] <= middle <= _MIDDLES[1]
    )


def _is_first(tokens: Sequence[Token], index: int) -> bool:
    """Whether words follow on the line, and none stands just before."""
    token = tokens[index]
    return (
        index + 1 < len(tokens)
        and _on_a_line(token, tokens[index + 1])
        and not (
            index > 0
            and _on_a_line(tokens[index - 1], token)
            and token.box.x0 - tokens[index - 1].box.x1 < _BESIDE * token.size
        )
    )


def _on_a_line(left: Token, right: Token) -> bool:
    return left.box.x0 < right.box.x0 and abs(left.baseline - right.baseline) < _SAME_LINE * left.size


def _is_full(token: Token, picture: Picture, grey: float) -> bool:
    scale = picture.dpi / 72
    x0, y0, x1, y1 = (round(v * scale) for v in (token.box.x0, token.box.y0, token.box.x1, token.box.y1))
    inside = picture.pixels[max(0, y0) : y1, max(0, x0) : x1]
    return inside.size > 0 and float((inside < grey).mean()) >= _FULL
