"""Recognise a page: believe its own text, or draw it and read it with Tesseract."""

import time
from dataclasses import replace

from pipeline.lexicon import known
from pipeline.model import Page
from pipeline.recognize import ocr, own
from pipeline.recognize.trust import FLAGS, layer_flag
from pipeline.settings import Recognition
from pipeline.sheet import Sheet

RECOGNITION_VERSION = 6
"""Raised by every change here or in `read` that makes the same page come out otherwise."""

__all__ = ["FLAGS", "RECOGNITION_VERSION", "recognize"]


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
    reason = layer_flag(sheet, known)
    if not reason:
        return own.text_layer(sheet, number, ("hidden_layer",) if sheet.hidden_share > 0.5 else ())
    if sheet.picture is None:
        return own.text_layer(sheet, number, ("damaged_text",))
    page = ocr.page(sheet, number, settings)
    if reason == "bad_layer" and own.better(sheet, page, known):
        return own.text_layer(sheet, number, ("damaged_text",))
    return replace(page, flags=(reason, *page.flags))
