"""What must hold of every value on its way, whatever went in; a law that doesn't raises Broken."""

import math
import unicodedata
from collections.abc import Iterable
from itertools import pairwise

import numpy as np

from pipeline import privacy
from pipeline.flags import FLAGS, REVIEW_REASONS
from pipeline.flow import Result
from pipeline.model import Box, Cleaned, Finding, Page, Span
from pipeline.offsets import Ways, apply
from pipeline.reading import Reading
from pipeline.sheet import Picture, Sheet
from pipeline.tables import FINDING_TABLES

_UNSEEN = ("Cf", "Mn", "Me")


class Broken(Exception):
    """A law that doesn't hold: its name, and where."""

    def __init__(self, law: str, about: str = "") -> None:
        super().__init__(law, about)
        self.law = law

    def __str__(self) -> str:
        return ": ".join(part for part in self.args if part)


def holds(truth: bool, law: str, about: object = "") -> None:
    if not truth:
        raise Broken(law, str(about)[:200])


def characters(text: str) -> None:
    """A text can be written down: no lone surrogate, no control character but line, page and tab."""
    holds(not any("\ud800" <= char <= "\udfff" for char in text), "no lone surrogates")
    holds("\0" not in text, "no NUL in a text")


def page(page: Page) -> None:
    """The words of a page stand in its text, and lie on paper at finite places."""
    characters(page.text)
    for word in page.words:
        holds(0 <= word.span.start < word.span.end <= len(page.text), "words stand in their page", word)
        text = page.text[word.span.start : word.span.end]
        holds(bool(text.strip()), "words have letters", word)
        if word.box is not None:
            _box(word.box)
        if word.confidence is not None:
            _share(word.confidence, "confidences of words are 0 to 1")


def sheet(sheet: Sheet) -> None:
    """A page as its file holds it: sizes, places and shares are numbers that mean something."""
    holds(math.isfinite(sheet.width) and math.isfinite(sheet.height), "paper has a size")
    holds(sheet.width >= 0 and sheet.height >= 0, "paper has a size", (sheet.width, sheet.height))
    for token in sheet.tokens:
        characters(token.text)
        holds(bool(token.text.strip()), "tokens have letters", repr(token))
        _box(token.box)
        holds(math.isfinite(token.size) and math.isfinite(token.baseline), "tokens have a size", token)
    for rule in sheet.rules:
        holds(all(map(math.isfinite, (rule.x0, rule.y0, rule.x1, rule.y1))), "rules have places", rule)
        holds(rule.x0 == rule.x1 or rule.y0 == rule.y1, "rules are upright or level", rule)
    for box in sheet.images:
        _box(box)
    for share in (sheet.image_share, sheet.hidden_share, sheet.sideways_share):
        _share(share, "shares of a sheet are 0 to 1")
    holds(math.isfinite(sheet.image_dpi) and sheet.image_dpi >= 0, "pictures have a resolution")


def picture(picture: Picture, most: int) -> None:
    """Grey pixels, no more than allowed, with a resolution; the colours have the same size."""
    holds(picture.pixels.dtype == np.uint8 and picture.pixels.ndim == 2, "pictures are grey")
    shape = picture.pixels.shape
    holds(0 < picture.pixels.size <= most + max(shape), "pictures have a size within the limit", shape)
    holds(math.isfinite(picture.dpi) and picture.dpi > 0, "pictures have a resolution", picture.dpi)
    if picture.colour is not None:
        holds(picture.colour.shape == (*picture.pixels.shape, 3), "colours have the picture's size")


def cleaned(page: Cleaned) -> None:
    """The passes rebuild the text; their edits are sorted, apart, and say what stood there."""
    text = page.page.text
    for edits in page.passes:
        holds(bool(edits), "no pass is empty")
        for edit in edits:
            holds(text[edit.span.start : edit.span.end] == edit.old, "edits say what stood there", edit)
            holds(edit.old != edit.new, "edits change something", edit)
            holds(bool(edit.rule), "edits name their rule", edit)
            _share(edit.confidence, "confidences of edits are 0 to 1")
        for one, other in pairwise(edits):
            holds(one.span.end <= other.span.start, "edits are sorted and apart", (one, other))
        text = apply(text, edits)
    holds(text == page.text, "passes rebuild the text")
    characters(page.text)


def offsets(page: Cleaned) -> None:
    """What no edit touched maps to itself, and every place leads there and back."""
    raw, ways = page.page.text, Ways(page.passes)
    for at, origin in enumerate(_origins(page)):
        back = ways.to_raw(Span(at, at + 1))
        holds(0 <= back.start <= back.end <= len(raw), "spans stay inside the raw text", at)
        if origin is not None:
            holds(raw[origin] == page.text[at], "untouched characters stay", at)
            holds(back == Span(origin, origin + 1), "untouched characters map to themselves", (at, back))
    for at in range(len(raw)):
        there = ways.to_clean(Span(at, at + 1))
        holds(0 <= there.start <= there.end <= len(page.text), "spans stay inside the cleaned text", at)
        if len(there):
            holds(Span(at, at + 1) in ways.to_raw(there), "the way back covers where it began", at)


def _origins(page: Cleaned) -> list[int | None]:
    """Where in the raw text each cleaned character stood, None for what an edit put there."""
    origins: list[int | None] = list(range(len(page.page.text)))
    for edits in page.passes:
        moved: list[int | None] = []
        at = 0
        for edit in edits:
            moved += origins[at : edit.span.start]
            moved += [None] * len(edit.new)
            at = edit.span.end
        origins = moved + origins[at:]
    return origins


def findings(found: Iterable[Finding], reading: Reading) -> None:
    """Each stands on characters of the text, begins on a page, and is sure to a degree."""
    for finding in found:
        start, end = finding.span.start, finding.span.end
        holds(0 <= start <= end <= len(reading.text), "findings stand in the text", finding)
        if finding.kind in FINDING_TABLES:  # that a document has no type of its own stands nowhere
            holds(bool(reading.text[start:end].strip()), "findings stand on letters", finding)
            index, local = reading.locate(finding.span)
            length = len(reading.pages[index].text)
            holds(0 <= local.start < local.end <= length, "findings stand on a page", finding)
        _share(finding.confidence, "confidences of findings are 0 to 1")
        holds(bool(finding.rule), "findings name their rule", finding)
        holds(set(finding.flags) <= set(FLAGS), "flags are explained", finding.flags)


def result(result: Result) -> None:
    """Pages were repaired by the laws, qualities are shares, doubts are explained."""
    assert result.reading is not None
    for quality, page in zip(result.qualities, result.reading.pages, strict=True):
        cleaned(page)
        for share in (quality.mean_word_confidence, quality.lexicon_rate, quality.quality):
            if share is not None:
                _share(share, "qualities are 0 to 1")
        holds(0 <= quality.repaired_words <= len(page.text.split()), "repaired words are words", quality)
        holds(set(quality.flags) <= set(FLAGS), "flags are explained", quality.flags)
    reasons = result.record.review_reasons
    holds(set(reasons) <= set(REVIEW_REASONS), "reasons are explained", reasons)


def private(texts: Iterable[str]) -> None:
    """No text shows a personal identity number, by whatever characters it is written."""
    for text in texts:
        for shown in (text, plainly(text)):
            holds(privacy.mask_text(shown) == shown, "no personal number is shown", repr(text))


def plainly(text: str) -> str:
    """The text as a reader sees it: plain digits, blanks and dashes, nothing that has no width.

    >>> plainly("６４０８２３\u2011３２\u200b３４")
    '640823-3234'
    """
    seen = (char for char in unicodedata.normalize("NFKC", text) if unicodedata.category(char) not in _UNSEEN)
    return "".join("-" if unicodedata.category(char) == "Pd" else char for char in seen)


def _box(box: Box) -> None:
    sides = (box.x0, box.y0, box.x1, box.y1)
    holds(all(map(math.isfinite, sides)), "boxes have places", box)
    holds(box.x0 <= box.x1 and box.y0 <= box.y1, "boxes aren't inside out", box)


def _share(share: float, law: str) -> None:
    holds(math.isfinite(share) and 0 <= share <= 1, law, share)
