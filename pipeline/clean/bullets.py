"""List marks that were read as letters or signs: `e Fritid`, `¢ Kultur`, `« Skola` become `• …`.

A line is taken for an item only where a line near by begins in the same way, so that no lone `e` or `+` is.
Marks that are a list's own as often (`+`, `*`) need company that is plainly debris. Signs that only a symbol
font has are bullets wherever they begin a line.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.clean.rule import edit
from pipeline.model import Edit

BULLET = "•"
MARKED = re.compile(r"^[ \t]*(?P<mark>[e¢©«»°¤®o+*•§])[ \t]+(?P<first>[\"”(]?[^\W_][\w,])", re.M)
# Symbol and Wingdings as Word writes them: dot, square, arrow, tick, circle, dash.
SYMBOL = re.compile(
    r"^[ \t]*(?P<mark>[\uf0b7\uf0a7\uf0d8\uf0fc\uf0a8\uf06f\uf02d\uf0be\uf076\uf0e0])(?=\s*\S)", re.M
)
DASHES = "\uf02d\uf0be"
OWN = frozenset("+*")  # marks in their own right
NEAR = 4  # lines
SURE = frozenset("e¢©¤®«")  # nothing else begins a line with one
COUNTED = 3  # items of a page that make one far from the others an item too


@dataclass(frozen=True, slots=True)
class Start:
    """Where a line begins like an item."""

    line: int
    at: int
    mark: str


def find(text: str) -> Iterator[Edit]:
    """Marks of list items that have company."""
    found = [*_debris(text), *_symbols(text)]
    yield from sorted(found, key=lambda change: change.span)


def _symbols(text: str) -> Iterator[Edit]:
    for match in SYMBOL.finditer(text):
        mark = match["mark"]
        yield edit(match.start("mark"), mark, "–" if mark in DASHES else BULLET, "bullet", 0.98)


def _debris(text: str) -> Iterator[Edit]:
    starts: list[Start] = []
    line = at = 0
    for match in MARKED.finditer(text):
        line += text.count("\n", at, match.start("mark"))
        at = match.start("mark")
        starts.append(Start(line, at, match["mark"]))
    sure = sum(start.mark in SURE for start in starts)
    for index, start in enumerate(starts):
        company = starts[max(0, index - 2) : index] + starts[index + 1 : index + 3]
        near = [other for other in company if abs(other.line - start.line) <= NEAR]
        if start.mark == "§":  # a heading of minutes, unless it stands among bullets
            near = [other for other in near if other.mark in SURE or other.mark == BULLET]
        elif start.mark in OWN:
            near = [other for other in near if other.mark not in OWN and other.mark != "§"]
        else:
            near = [other for other in near if other.mark != "§"]
        far = start.mark in SURE and sure >= COUNTED
        if start.mark != BULLET and (near or far):
            yield edit(start.at, start.mark, BULLET, "bullet", 0.9)
