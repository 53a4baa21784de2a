"""Where sentences begin: after a stop, at a list item, a heading or a row, and not at every line end."""

import re
from functools import cache

from pipeline.extract.lines import Line, gap
from pipeline.extract.word_lists import data_lines

LIST_ITEM = re.compile(r"\s*(?:[-–•●▪◦*¢«»·]\s|\d{1,2}[.)]\s|[a-zåäö][.)]\s|(?:\*\*)?att(?:\*\*)?\s)")
MARGIN = 8  # blanks before a column that stands beside headings in the margin
WIDE_LINE = 50  # characters: a line as full as this one was broken by the margin
SENTENCE_END = re.compile(r"[.!?](?=[\s\"”)]|$)")


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(word for line in data_lines("abbreviations.txt") for word in line.split())


def sentence_starts(text: str, lines: tuple[Line, ...], headings: set[int]) -> set[int]:
    """Where the sentences of a text begin, list items and rows among them."""
    starts = {0} | headings
    for i, line in enumerate(lines):
        body = text[line.span.start : line.span.end]
        above = lines[i - 1] if i else None
        if (
            line.span.start in headings
            or above is None
            or (gap(text, above, line) and not _runs_over_gap(text, above, line))
            or (above.span.start in headings and len(above.cells) == 1)
            or _stands_over(text, lines, i, body)
            or (LIST_ITEM.match(body) and not _is_wrapped_att(text[above.span.start : above.span.end], body))
            or (max(len(line.cells), len(above.cells)) > 1 and not _is_wrapped_cell(text, above, line, body))
        ):
            starts.add(line.span.start)
        for stop in SENTENCE_END.finditer(body):
            if _ends_sentence(body, stop.start(), text[line.span.start + stop.end() :][:40]):
                starts.add(line.span.start + stop.end())
    return starts


def bridges(
    text: str, lines: tuple[Line, ...], running: frozenset[int], headings: frozenset[int]
) -> list[int]:
    """Lines that go on, in small letters, where the page before ends in the middle of a sentence."""
    found = []
    above: int | None = None
    for i, line in enumerate(lines):
        if i in running or not line.cells:
            continue
        if above is not None and "\f" in text[lines[above].span.end : line.span.start]:
            last = text[lines[above].span.start : lines[above].span.end].rstrip()
            first = text[line.span.start : line.span.end]
            if (
                len(line.cells) == len(lines[above].cells) == 1
                and len(last) > WIDE_LINE
                and (last[-1].isalnum() or last[-1] in ",)")
                and first[:1].islower()
                and not LIST_ITEM.match(first)
                and lines[above].cells[0].start not in headings
            ):
                found.append(i)
        above = i
    return found


def _runs_over_gap(text: str, above: Line, line: Line) -> bool:
    """Whether a sentence goes on below a gap that only the spacing of a poor scan made: a full line that ends
    in the middle of a sentence, and small letters below."""
    last, first = text[above.span.start : above.span.end].rstrip(), text[line.span.start : line.span.end]
    return (
        len(above.cells) == len(line.cells) == 1
        and len(last) > WIDE_LINE
        and last[-1].isalnum()
        and first[:1].islower()
        and "\f" not in text[above.span.end : line.span.start]
    )


def _is_wrapped_cell(text: str, above: Line, line: Line, body: str) -> bool:
    """Whether a line below a row goes on with the sentence of the last cell above it: after a tab, or right
    below that cell where blanks part it from a heading in the margin."""
    if len(line.cells) != 1 or not above.cells or body.lstrip(" \t(–-")[:1].isupper():
        return False
    if body.startswith("\t"):
        return True
    last = above.cells[-1]
    indent = len(body) - len(body.lstrip())
    begun = last.start - above.span.start
    ended = text[above.span.start : above.span.end].rstrip()[-1:] in ".:;"
    mark = text[above.cells[0].start : above.cells[0].end]
    if len(above.cells) == 2 and LIST_ITEM.fullmatch(mark + " ") and indent == begun:
        return not ended  # an item hangs beside its mark: `att    bevilja`
    return indent >= MARGIN and abs(indent - begun) <= 1 and not ended and not LIST_ITEM.match(body)


def _stands_over(text: str, lines: tuple[Line, ...], i: int, body: str) -> bool:
    """Whether the line above is a title right over a full line: too short for the margin to break it."""
    above = lines[i - 1]
    words = text[above.span.start : above.span.end].strip()
    return (
        len(above.cells) == len(lines[i].cells) == 1
        and len(body.strip()) > WIDE_LINE + 10
        and 2 * len(words) < len(body.strip())
        and body.lstrip()[:1].isupper()
        and words[:1].isupper()
        and words[-1].isalnum()
        and words[-1:].islower()
        and (i == 1 or gap(text, lines[i - 2], above))
    )


def _is_wrapped_att(above: str, body: str) -> bool:
    """Whether an `att` at the head of a line merely goes on with the sentence of the line above."""
    return bool(re.match(r"\s*att\s", body)) and not re.search(
        r"(?:[,.;:]|beslut\w*|förslag\w*|föreslå\w*|yrkar|anför|följande|och|samt|dels)\W*$",
        above,
        re.IGNORECASE,
    )


def _ends_sentence(body: str, at: int, following: str) -> bool:
    before = body[:at].split()
    word = before[-1].lower().lstrip('("”') if before else ""
    after = following.lstrip(' \n\t"”)')
    if body[at] == "." and (word in _abbreviations() or re.fullmatch(r"\d{1,2}|[a-zåäö]", word)):
        return False
    return not after or not after[0].islower()
