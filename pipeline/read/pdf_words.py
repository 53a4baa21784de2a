"""The words and lines of a PDF page as pdfplumber sees them."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import pdfplumber
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from pipeline.model import Box
from pipeline.sheet import Rule, Token

# A blank is about a quarter of the type's size; gaps below this share of it are only loose setting.
_GAP = 0.16
_MIN_RULE = 8.0  # points: shorter lines are parts of letters, ticks and logos
_FAULTS = (
    PdfminerException,
    MalformedPDFException,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What pdfplumber and pdfminer raise on broken files: mostly the accidents of their own code."""


@dataclass(frozen=True)
class Found:
    """What a page has of text and lines; `sideways_share` is the part of its words that don't lie level."""

    width: float
    height: float
    tokens: tuple[Token, ...]
    rules: tuple[Rule, ...] = ()
    sideways_share: float = 0.0


def count(path: Path) -> int:
    """The number of pages that pdfplumber finds, 0 where it can't open the file."""
    try:
        with pdfplumber.open(path) as document:
            return len(document.pages)
    except _FAULTS:
        return 0


def page(source: Path | BytesIO, number: int) -> Found | None:
    """Page `number`, counted from 1; None where pdfplumber can't read it."""
    try:
        with pdfplumber.open(source, pages=[number], unicode_norm="NFC") as document:
            return _found(document.pages[0])
    except _FAULTS:
        return None


def _found(page: Any) -> Found:
    paper = Box(*_meet(page.mediabox, page.cropbox))
    shown = page.filter(lambda thing: thing["object_type"] != "char" or _within(thing, paper))
    words = shown.dedupe_chars(tolerance=1).extract_words(
        x_tolerance_ratio=_GAP, extra_attrs=["size", "upright"], return_chars=True
    )
    level = [word for word in words if word["upright"]]
    return Found(
        width=paper.x1 - paper.x0,
        height=paper.y1 - paper.y0,
        tokens=tuple(token for word in level for token in _tokens(word, page, paper)),
        rules=tuple(_rules(page.edges, paper)),
        sideways_share=1 - len(level) / len(words) if words else 0.0,
    )


def _meet(media: tuple[float, ...], crop: tuple[float, ...]) -> tuple[float, float, float, float]:
    """The part of the paper that viewers show; the whole of it where the two boxes don't meet."""
    x0, y0, x1, y1 = (*map(max, media[:2], crop[:2]), *map(min, media[2:], crop[2:]))
    if x1 <= x0 or y1 <= y0:
        x0, y0, x1, y1 = media
    return float(x0), float(y0), float(x1), float(y1)


def _within(char: dict[str, Any], paper: Box) -> bool:
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return bool(paper.x0 <= x <= paper.x1 and paper.y0 <= y <= paper.y1)


def _tokens(word: dict[str, Any], page: Any, paper: Box) -> Iterable[Token]:
    text = unicodedata.normalize("NFC", "".join(c for c in word["text"] if c.isprintable() or c == "\xad"))
    if not text.strip():
        return
    size = float(word["bottom"] - word["top"])
    baseline = float(page.height - word["chars"][0]["matrix"][5] + page.mediabox[1])
    if not word["top"] < baseline <= word["bottom"] + 0.1 * size:
        baseline = word["bottom"] - 0.2 * size
    box = Box(
        round(word["x0"] - paper.x0, 2),
        round(word["top"] - paper.y0, 2),
        round(word["x1"] - paper.x0, 2),
        round(word["bottom"] - paper.y0, 2),
    )
    yield Token(text, box, float(word["size"]) or size, round(baseline - paper.y0, 2))


def _rules(edges: Iterable[dict[str, Any]], paper: Box) -> Iterable[Rule]:
    for edge in edges:
        x0, x1 = edge["x0"] - paper.x0, edge["x1"] - paper.x0
        y0, y1 = edge["top"] - paper.y0, edge["bottom"] - paper.y0
        if max(x1 - x0, y1 - y0) < _MIN_RULE:
            continue
        if edge["orientation"] == "v":
            yield Rule(x0, y0, x0, y1)
        elif edge["orientation"] == "h":
            yield Rule(x0, y0, x1, y0)
