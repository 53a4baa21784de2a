"""Pages whose text is there already: plain text files, and PDF pages with a sound text of their own."""

import re
from collections.abc import Callable

from pipeline.model import Page, Span, TextSource, Word
from pipeline.recognize.features import figures
from pipeline.recognize.layout import layout
from pipeline.recognize.trust import probability, unknown_share
from pipeline.sheet import Sheet

_CLEARLY = 0.15
_WORD = re.compile(r"[^\W\d_]{3,}")


def plain_text(text: str, number: int) -> Page:
    """A page of a text file; its text is kept as it is, and its words have no place on paper."""
    words = tuple(Word(Span(*match.span())) for match in re.finditer(r"\S+", text))
    return Page(number, text, words, TextSource.PLAIN_TEXT, flags=() if words else ("blank",))


def text_layer(sheet: Sheet, number: int, flags: tuple[str, ...]) -> Page:
    """A PDF page by its own text."""
    text, words = layout(sheet.tokens, sheet.rules, sheet.height)
    return Page(number, text, words, TextSource.TEXT_LAYER, sheet.width, sheet.height, flags=flags)


def better(sheet: Sheet, page: Page, known: Callable[[str], bool], chance: float = 0.0) -> bool:
    """Whether a suspected text of a PDF page is the better one after all, now that there is another.

    It is where the other reading lost most of its words, and where that bears as many marks of damage: then
    the page is odd, not its text. What an earlier OCR read must be clearly better than what ours did, since
    ours tells how sure it is. `chance` is how likely the text is bad by all that was seen, its picture too.
    """
    text = " ".join(token.text for token in sheet.tokens)
    hidden = sheet.hidden_share > 0.5
    words, others = (sum(map(known, _WORD.findall(each))) for each in (text, page.text))
    if words > 2 * others + 5:
        return unknown_share(_WORD.findall(text), known) < 0.5
    layer, ocr = (probability(figures(each, hidden, known)) for each in (text, page.text))
    return ocr > (max(layer, chance) + _CLEARLY if hidden else layer - _CLEARLY)
