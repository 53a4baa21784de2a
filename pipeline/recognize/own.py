"""Pages whose text is there already: plain text files, and PDF pages with a sound text of their own."""

import re
from collections.abc import Callable

from pipeline.model import Page, Span, TextSource, Word
from pipeline.recognize.layout import layout
from pipeline.recognize.trust import unknown_share
from pipeline.sheet import Sheet

_WORD = re.compile(r"[^\W\d_]{3,}")


def plain_text(text: str, number: int) -> Page:
    """A page of a text file; its text is kept as it is, and its words have no place on paper."""
    words = tuple(Word(Span(*match.span())) for match in re.finditer(r"\S+", text))
    return Page(number, text, words, TextSource.PLAIN_TEXT, flags=() if words else ("blank",))


def text_layer(sheet: Sheet, number: int, flags: tuple[str, ...]) -> Page:
    """A PDF page by its own text."""
    text, words = layout(sheet.tokens, sheet.rules, sheet.height)
    return Page(number, text, words, TextSource.TEXT_LAYER, sheet.width, sheet.height, flags=flags)


def better(sheet: Sheet, page: Page, known: Callable[[str], bool]) -> bool:
    """Whether a suspected text of a PDF page is the better one after all, now that there is another.

    More of it must be words, and not just because the other reading lost most of the page.
    """
    own, read = (_WORD.findall(text) for text in (" ".join(t.text for t in sheet.tokens), page.text))
    if len(read) < 0.5 * len(own):
        return unknown_share(own, known) < 0.5
    return unknown_share(own, known) < unknown_share(read, known) - 0.02
