"""The cleaned pages of a document as one text, with the way back to page, box and raw characters."""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, reduce
from itertools import pairwise

from pipeline.model import Box, Cleaned, Span, Word
from pipeline.offsets import Ways
from pipeline.running import running

PAGE_BREAK = "\f"


@dataclass(frozen=True)
class Evidence:
    """Where a fact stands: 1-based page, characters of that page's cleaned text, raw characters, box."""

    page: int
    span: Span
    raw: str
    box: Box | None
    word_confidence: float | None


@dataclass(frozen=True, slots=True)
class _Places:
    """Where the words of a page begin and end in its cleaned text, as plain numbers, for there are many."""

    starts: "array[int]"
    ends: "array[int]"
    in_order: bool

    def touched(self, span: Span) -> Iterator[int]:
        """The words that a span touches, by their index."""
        first, last = 0, len(self.starts)
        if self.in_order:
            first, last = bisect_right(self.ends, span.start), bisect_left(self.starts, span.end)
        for at in range(first, last):
            if self.starts[at] < span.end and span.start < self.ends[at]:
                yield at


@dataclass(frozen=True)
class Reading:
    """A document's cleaned pages, joined by form feeds to one text for extraction."""

    pages: tuple[Cleaned, ...]

    @cached_property
    def text(self) -> str:
        return PAGE_BREAK.join(page.text for page in self.pages)

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """Where each page begins in `text`."""
        starts, at = [], 0
        for page in self.pages:
            starts.append(at)
            at += len(page.text) + len(PAGE_BREAK)
        return tuple(starts)

    @cached_property
    def furniture(self) -> tuple[Span, ...]:
        """The running headers, footers and page numbers in `text`, a line each, in order."""
        pages = running([page.text for page in self.pages])
        return tuple(
            line.shifted(start) for start, page in zip(self.starts, pages, strict=True) for line in page
        )

    def words_on(self, index: int) -> Iterator[tuple[Word, Span]]:
        """The words of a page, each with its span in the page's cleaned text."""
        places = self._places_on(index)
        for word, start, end in zip(self.pages[index].page.words, places.starts, places.ends, strict=True):
            yield word, Span(start, end)

    @cached_property
    def _ways(self) -> tuple[Ways, ...]:
        return tuple(Ways(page.passes) for page in self.pages)

    @cached_property
    def _places(self) -> dict[int, _Places]:
        return {}

    def _places_on(self, index: int) -> _Places:
        if index not in self._places:
            spans = [self._ways[index].to_clean(word.span) for word in self.pages[index].page.words]
            starts, ends = array("l", (s.start for s in spans)), array("l", (s.end for s in spans))
            in_order = all(
                one.start <= other.start and one.end <= other.end for one, other in pairwise(spans)
            )
            self._places[index] = _Places(starts, ends, in_order)
        return self._places[index]

    def page_index(self, position: int) -> int:
        """The index in `pages` of the page that a position of `text` lies on."""
        return max(0, bisect_right(self.starts, position) - 1)

    def locate(self, span: Span) -> tuple[int, Span]:
        """Page index and span in that page's cleaned text; a span over a page break is cut at the break."""
        index = self.page_index(span.start)
        start = self.starts[index]
        length = len(self.pages[index].text)
        return index, Span(min(span.start - start, length), min(max(span.end - start, 0), length))

    def raw(self, span: Span) -> str:
        """The characters as they stood before cleaning."""
        index, local = self.locate(span)
        page = self.pages[index]
        origin = self._ways[index].to_raw(local)
        return page.page.text[origin.start : origin.end]

    def words_in(self, span: Span) -> tuple[Word, ...]:
        """The words on the paper that a span touches, on the page where it begins."""
        index, local = self.locate(span)
        words = self.pages[index].page.words
        return tuple(words[at] for at in self._places_on(index).touched(local))

    def box(self, span: Span) -> Box | None:
        """The smallest box on the page that holds the words of a span; None for text without geometry."""
        return _around(self.words_in(span))

    def evidence(self, span: Span) -> Evidence:
        """Everything that an auditor needs to find the fact on the paper."""
        index, local = self.locate(span)
        words = self.words_in(span)
        seen = [w.confidence for w in words if w.confidence is not None]
        return Evidence(
            page=self.pages[index].page.number,
            span=local,
            raw=self.raw(span),
            box=_around(words),
            word_confidence=min(seen) if seen else None,
        )


def _around(words: Iterable[Word]) -> Box | None:
    boxes = [word.box for word in words if word.box is not None]
    return reduce(Box.union, boxes) if boxes else None
