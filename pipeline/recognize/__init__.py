"""Recognise a page: believe its own text, or draw it and read it with Tesseract."""

import time
from dataclasses import replace
from functools import partial

from pipeline.lexicon import known
from pipeline.model import Page, TextSource
from pipeline.recognize import merge, ocr, own, tesseract
from pipeline.recognize.trust import FLAGS, Decision, Verdict, decide
from pipeline.settings import Recognition
from pipeline.sheet import Sheet

__all__ = ["FLAGS", "recognize"]


def recognize(sheet: Sheet, number: int, settings: Recognition) -> Page:
    """The page with its words in reading order.

    Boxes, width and height are those of the page turned upright: `rotation` is how many degrees clockwise
    the page as its file shows it was turned by for that. Raises OcrFailed and TooLarge.
    """
    begun = time.monotonic()
    if sheet.text is not None:
        page = own.plain_text(sheet.text, number)
    else:
        page = _on_paper(sheet, number, settings)
    return replace(page, seconds=round(time.monotonic() - begun, 3))


def _on_paper(sheet: Sheet, number: int, settings: Recognition) -> Page:
    strip = partial(tesseract.words, languages=settings.languages, psm=6, engine=settings.engine)
    decision = decide(sheet, known, strip)
    if decision.verdict is Verdict.REREAD:
        return _read_again(sheet, number, settings, decision)
    page = own.text_layer(sheet, number, decision.flags)
    if decision.verdict is Verdict.ADD:
        read = ocr.words(merge.alone(sheet, decision.lines), number, settings)
        return merge.added(sheet, page, read) or replace(page, flags=decision.less)
    return page


def _read_again(sheet: Sheet, number: int, settings: Recognition, decision: Decision) -> Page:
    page = ocr.page(sheet, number, settings, merge.with_layer(sheet, known))
    if "bad_layer" in decision.flags and own.better(sheet, page, known, decision.probability):
        return own.text_layer(sheet, number, ("damaged_text",))
    if any(word.confidence is None for word in page.words):
        page = replace(page, source=TextSource.MIXED)
    return replace(page, flags=(*decision.flags, *page.flags))
