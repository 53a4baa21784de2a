"""Running lines of a document's pages: headers, footers and page numbers, which interrupt what they stand in.

A line at a page's edge is running when it returns on another page, digits aside, or nearly so where a machine
misread it. A number alone at an edge is the page's when it counts up with the pages.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

from pipeline.model import Span

EDGE = 5  # lines at the head and foot of a page that may be running ones
NEAR = 2  # how many lines nearer or farther from the edge the same line may stand on another page
ALIKE = 88  # of 100
LEAST_ALIKE = 12  # letters
LEAST_SHAPE = 3
LINE = re.compile(r"[^\n\f]*\S[^\n\f]*")
NO_LETTERS = re.compile(r"[\d\W_]+")
PAGE_NUMBER = re.compile(
    r"(?:sida|sid\.?|s\.?|page)?\s*\d{1,3}\s*(?:\(\s*\d{1,3}\s*\)|av\s+\d{1,3}|/\s*\d{1,3})", re.I
)
NUMBER = re.compile(r"\W{0,3}(\d{1,3})\W{0,3}")


def running(texts: Sequence[str]) -> tuple[tuple[Span, ...], ...]:
    """For each page the lines that belong to no text of it, in order."""
    pages = [[Span(*line.span()) for line in LINE.finditer(text)] for text in texts]
    edges = [sorted({*range(len(page))[:EDGE], *range(len(page))[-EDGE:]}) for page in pages]
    bodies = [
        {at: text[page[at].start : page[at].end] for at in edge}
        for text, page, edge in zip(texts, pages, edges, strict=True)
    ]
    shapes = [{at: shape(body) for at, body in page.items()} for page in bodies]
    seen = Counter(form for page in shapes for form in set(page.values()) if len(form) >= LEAST_SHAPE)
    alike = set(_alike(shapes, [len(page) for page in pages]))
    numbers = set(_counting(bodies))
    return tuple(
        tuple(
            page[at]
            for at in edge
            if seen[shapes[number][at]] > 1
            or (number, at) in alike
            or (number, at) in numbers
            or PAGE_NUMBER.fullmatch(bodies[number][at].strip())
        )
        for number, (page, edge) in enumerate(zip(pages, edges, strict=True))
    )


def shape(line: str) -> str:
    """A line without digits and signs, in lower case."""
    return NO_LETTERS.sub(" ", line).strip().lower()


def _alike(shapes: Sequence[dict[int, str]], lengths: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Page and line of long lines that another page has nearly alike and as far from its edge."""
    for number in range(len(shapes) - 1):
        for other in range(number + 1, min(number + 3, len(shapes))):
            for at, form in shapes[number].items():
                for there, its in shapes[other].items():
                    up, down = lengths[number] - at, lengths[other] - there
                    at_head = at < EDGE and abs(at - there) <= NEAR
                    at_foot = up <= EDGE and abs(up - down) <= NEAR
                    if (
                        (at_head or at_foot)
                        and min(len(form), len(its)) >= LEAST_ALIKE
                        and fuzz.ratio(form, its) >= ALIKE
                    ):
                        yield number, at
                        yield other, there


def _counting(bodies: Sequence[dict[int, str]]) -> Iterator[tuple[int, int]]:
    """Page and line of numbers alone at the very edge that count up with the pages."""
    found: dict[int, list[tuple[int, int]]] = {}
    for number, page in enumerate(bodies):
        for at in {min(page), max(page)} if page else ():
            match = NUMBER.fullmatch(page[at].strip())
            if match:
                found.setdefault(int(match[1]) - number, []).append((number, at))
    for places in found.values():
        if len(places) > 1:
            yield from places
