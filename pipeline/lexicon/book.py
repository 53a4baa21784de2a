"""The paragraphs of a book of general Swedish prose in HTML. Not needed at run time.

Statutes and news lack what essays and letters are full of: the past tense, `jag` and `vi`, `sa` and `bor`.
Debian's package `cfi-sv` has Linus Walleij's `Copyright finns inte`, which is in the public domain.
"""

import html
import re
from collections.abc import Iterator
from pathlib import Path

BLOCK = re.compile(r"</?(?:p|div|h\d|li|t[dhr]|d[dt]|dl|table|ul|ol|br|title)\b[^>]*>", re.IGNORECASE)
UNREAD = re.compile(r"<(script|style|pre|title|head)\b.*?</\1>", re.IGNORECASE | re.DOTALL)
TAG = re.compile(r"<[^>]+>")
LEAST_WORDS = 4
LEAST_DOTTED = 0.015  # of the signs of a paragraph; what has fewer å, ä, ö is code or English


def prose(path: Path) -> Iterator[str]:
    """Each paragraph of Swedish, once, on one line."""
    text = BLOCK.sub("\n\n", UNREAD.sub(" ", path.read_text(encoding="latin-1")))
    seen = set()
    for block in re.split(r"\n\s*\n", html.unescape(TAG.sub("", text)).replace("\xa0", " ")):
        paragraph = " ".join(block.split())
        dotted = sum(map(paragraph.count, "åäöÅÄÖ"))
        if paragraph in seen or len(paragraph.split()) < LEAST_WORDS:
            continue
        if dotted >= LEAST_DOTTED * len(paragraph):
            seen.add(paragraph)
            yield paragraph
