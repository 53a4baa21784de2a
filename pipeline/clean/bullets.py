"""List marks that were read as letters or signs: `e Fritid`, `¢ Kultur`, `« Skola` become `• …`.

A line is taken for an item only where a line near by begins in the same way, so that no lone `e` or `+` is.
"""

import re
from collections.abc import Iterator

from pipeline.clean.rule import edit
from pipeline.model import Edit

BULLET = "•"
MARKED = re.compile(r"^(?P<blank>[ \t]*)(?P<mark>[e¢©«»°¤®o+•])[ ]+(?P<first>\"?[^\W_]\w)")
NEAR = 4  # lines


def find(text: str) -> Iterator[Edit]:
    """Marks of list items that have company."""
    starts: list[tuple[int, int, str]] = []
    at = 0
    for number, line in enumerate(text.split("\n")):
        match = MARKED.match(line)
        if match:
            starts.append((number, at + match.start("mark"), match["mark"]))
        at += len(line) + 1
    for index, (number, start, mark) in enumerate(starts):
        company = [other for other in starts[max(0, index - 2) : index + 3] if other[0] != number]
        if mark == "+":  # a mark in its own right, unless the other items have debris
            company = [other for other in company if other[2] != "+"]
        if mark != BULLET and any(abs(other - number) <= NEAR for other, _, _ in company):
            yield edit(start, mark, BULLET, "bullet", 0.9)
