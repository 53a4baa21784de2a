"""The words and lines of a PDF page as pdfplumber sees them: for pages that PDFium can't read."""

from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import Any

import pdfplumber
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException
from pdfplumber.utils.text import dedupe_chars, extract_words

from pipeline.model import Box
from pipeline.read.pdf_words import GAP, Found, clean
from pipeline.sheet import Rule, Token

_MIN_RULE = 8.0  # points: shorter lines are parts of letters, ticks and logos
_UNKNOWN = ("(cid:", "\0", "\N{REPLACEMENT CHARACTER}")  # letters without a key
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
            page = document.pages[0]
            return None if _without_widths(page.chars) else _found(page)
    except _FAULTS:
        return None


def _without_widths(chars: list[dict[str, Any]]) -> bool:
    """Whether the fonts don't say how wide their letters are, so that these lie on top of one another."""
    letters = [char for char in chars if not char["text"].isspace()]
    narrow = sum(
        char["x1"] - char["x0"] < 0.02 * abs(char["size"])
        for char in letters
        if abs(char["matrix"][0]) > abs(char["matrix"][1])
    )
    return bool(narrow > 0.3 * len(letters))


def _found(page: Any) -> Found:
    paper = Box(*_meet(page.mediabox, page.cropbox))
    foot = float(page.height + page.mediabox[1])  # what a letter's own y of 0 is from the top
    chars = [_shown(char, paper, foot) for char in page.chars if _within(char, paper)]
    level = [char for char in chars if char["upright"]]
    words = extract_words(
        dedupe_chars(level, tolerance=1), x_tolerance_ratio=GAP, extra_attrs=["size"], return_chars=True
    )
    unknown = sum(char["text"].startswith(_UNKNOWN) for char in chars)
    return Found(
        paper.x1 - paper.x0,
        paper.y1 - paper.y0,
        tokens=tuple(token for word in words for token in _tokens(word)),
        rules=tuple(_rules(_shown(edge, paper, foot) for edge in page.edges)),
        sideways_share=1 - len(level) / len(chars) if chars else 0.0,
        unknown_share=unknown / len(chars) if chars else 0.0,
    )


def _shown(thing: dict[str, Any], paper: Box, foot: float) -> dict[str, Any]:
    """A letter or an edge, counted from the corner of the paper that is shown."""
    new = {
        **thing,
        "x0": thing["x0"] - paper.x0,
        "x1": thing["x1"] - paper.x0,
        "top": thing["top"] - paper.y0,
        "bottom": thing["bottom"] - paper.y0,
        "doctop": thing["top"] - paper.y0,
    }
    if "matrix" in thing:
        a, b, _, _, _, y = thing["matrix"]
        new["baseline"] = foot - y - paper.y0
        new["upright"] = a > abs(b)  # slanted type is, text up the margin or upside down isn't
    return new


def _meet(media: tuple[float, ...], crop: tuple[float, ...]) -> tuple[float, float, float, float]:
    """The part of the paper that viewers show; the whole of it where the two boxes don't meet."""
    x0, y0, x1, y1 = (*map(max, media[:2], crop[:2]), *map(min, media[2:], crop[2:]))
    if x1 <= x0 or y1 <= y0:
        x0, y0, x1, y1 = media
    return float(x0), float(y0), float(x1), float(y1)


def _within(char: dict[str, Any], paper: Box) -> bool:
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return bool(paper.x0 <= x <= paper.x1 and paper.y0 <= y <= paper.y1)


def _tokens(word: dict[str, Any]) -> Iterable[Token]:
    text = clean(word["text"])
    if not text.strip():
        return
    size = float(word["bottom"] - word["top"])
    baseline = float(word["chars"][0]["baseline"])
    if not word["top"] < baseline <= word["bottom"] + 0.1 * size:
        baseline = word["bottom"] - 0.2 * size
    box = Box(*(round(float(word[side]), 2) for side in ("x0", "top", "x1", "bottom")))
    yield Token(text, box, float(word["size"]) or size, round(baseline, 2))


def _rules(edges: Iterable[dict[str, Any]]) -> Iterable[Rule]:
    for edge in edges:
        x0, x1, y0, y1 = (float(edge[side]) for side in ("x0", "x1", "top", "bottom"))
        if max(x1 - x0, y1 - y0) < _MIN_RULE:
            continue
        if edge["orientation"] == "v":
            yield Rule(x0, y0, x0, y1)
        elif edge["orientation"] == "h":
            yield Rule(x0, y0, x1, y0)
