"""A text as a reader counts it: in graphemes, with one kind of blank, and its words between blanks.

A grapheme is what a reader takes for one character (Unicode Annex 29), after composition (NFC), so that an å
of two code points is no mistake. dinglehopper (OCR-D) counts so, too.
"""

import unicodedata

import regex

_GRAPHEME = regex.compile(r"\X")
_LEVEL = str.maketrans(
    dict.fromkeys("‐‑‒–—―−", "-") | dict.fromkeys("”“„«»″", '"') | dict.fromkeys("’‘‚´`′", "'")
)


def normal(text: str) -> str:
    """The text composed, with single blanks between words and none at its ends."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def levelled(text: str) -> str:
    """The text with one kind of dash and quotation mark, and without soft hyphens: print has many, and
    a transcriber chooses."""
    return normal(text.replace("\xad", "").translate(_LEVEL))


def graphemes(text: str) -> list[str]:
    """The graphemes of a text in order; together they are the text."""
    return [match.group() for match in _GRAPHEME.finditer(text)]
