"""Wrong decoding that no other rule could name: what ftfy says of lines with odd signs.

Comes last of its kind, since ftfy drops signs that the tables of other rules would have read.
"""

import re
from collections.abc import Iterator

from pipeline.clean.rule import edit
from pipeline.model import Edit

USUAL = re.compile(r"[\t\n\f\r -~åäöÅÄÖéÉüÜ§°´·–—‘’“”»•…€\xa0\xad]*")
SUSPECT = re.compile(r"[ÂÃÎÏÐÑØÙâãðñ├┬√¬Γ¢][^\w\s]|[\x80-\x9f]|[^\w\s][ÂÃâã]")
WORD = re.compile(r"\S+")


def find(text: str) -> Iterator[Edit]:
    """What ftfy makes of the lines."""
    if USUAL.fullmatch(text):
        return
    start = 0
    for line in text.split("\n"):
        if SUSPECT.search(line):
            yield from _differences(line, _by_ftfy(line), start)
        start += len(line) + 1


def _by_ftfy(line: str) -> str:
    from ftfy import fix_text  # takes long to load, and few documents need it

    return fix_text(
        line,
        uncurl_quotes=False,
        fix_line_breaks=False,
        remove_control_chars=False,
        fix_latin_ligatures=False,
        fix_character_width=False,
        unescape_html=False,
        normalization=None,
    )


def _differences(line: str, fixed: str, start: int) -> Iterator[Edit]:
    """Word by word where the words still pair up, else what differs as one edit."""
    if line == fixed:
        return
    rule = "mojibake:ftfy"
    olds, news = list(WORD.finditer(line)), WORD.findall(fixed)
    if len(olds) == len(news) and WORD.sub("", line) == WORD.sub("", fixed):
        for old, new in zip(olds, news, strict=True):
            if old.group() != new:
                yield edit(start + old.start(), old.group(), new, rule, 0.99)
        return
    head = _common(line, fixed)
    tail = _common(line[head:][::-1], fixed[head:][::-1])
    yield edit(start + head, line[head : len(line) - tail], fixed[head : len(fixed) - tail], rule, 0.95)


def _common(one: str, other: str) -> int:
    length = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        length += 1
    return length
