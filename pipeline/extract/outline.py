"""The structure of a document: lines and cells, headings with their topics, sentences.

A value's place tells what it is: a sum under «Förslag till beslut» is money that is committed, the same sum
under «Yrkanden» a motion that lost.
"""

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from pipeline.extract.headings import bare, decides, ends_in_colon, heading
from pipeline.extract.lines import Line, gap, lines_of, stripped
from pipeline.extract.sentences import bridges, sentence_starts
from pipeline.model import Span
from pipeline.reading import Reading

S = TypeVar("S")
T = TypeVar("T")
ENDLESS_WORD = re.compile(r"[^\s|]{300,}")
COLON_HEADINGS = 2  # known headings with a colon after which every short line with one is a heading
LISTS = ("decision", "proposal")
DEEPER = 2  # blanks by which a list stands to the right of its heading
VEIL = "\ufffd"
"""Stands for each character of a word without end, such as a dump of digits: it holds no fact, and patterns
take quadratic time on it."""


def answered(answers: "dict[Callable[..., Any], Any]", question: "Callable[[S], T]", about: S) -> T:
    """The answer kept for a question about something, worked out for the first who asks."""
    if question not in answers:
        answers[question] = question(about)
    answer: T = answers[question]
    return answer


@dataclass(frozen=True, slots=True)
class Section:
    """From a heading to the next; `topic` is a word of `data/headings.tsv`, or `other`."""

    topic: str
    heading: str
    span: Span


@dataclass(frozen=True)
class Outline:
    """Lines, sections and sentences of one reading; all spans count in the reading's text.

    `text` is that text with words without end veiled, character by character.
    """

    text: str
    lines: tuple[Line, ...]
    sections: tuple[Section, ...]
    running: frozenset[int] = frozenset()  # the lines that are headers, footers or page numbers

    @cached_property
    def _section_starts(self) -> list[int]:
        return [section.span.start for section in self.sections]

    @cached_property
    def _line_starts(self) -> list[int]:
        return [line.span.start for line in self.lines]

    @cached_property
    def heading_starts(self) -> frozenset[int]:
        """Where the cells begin that head a section."""
        headed = (section.span.start for section in self.sections if section.heading)
        return frozenset(self.line_at(start).cells[0].start for start in headed)

    def once(self, question: "Callable[[Outline], T]") -> T:
        """The answer to what many ask of the same outline, worked out for the first."""
        return answered(self._answers, question, self)

    @cached_property
    def _answers(self) -> dict[Callable[..., Any], Any]:
        return {}

    def section_at(self, position: int) -> Section:
        return self.sections[max(0, bisect_right(self._section_starts, position) - 1)]

    def topic_at(self, position: int) -> str:
        return self.section_at(position).topic

    def line_index(self, position: int) -> int:
        return max(0, bisect_right(self._line_starts, position) - 1)

    def line_at(self, position: int) -> Line:
        return self.lines[self.line_index(position)]

    def sentence(self, span: Span) -> Span:
        """The sentence, list item or table row that a span stands in; it may go on over the end of a page."""
        if self._bridged and (at := self.line_index(span.start)) in self._bridged:
            return stripped(self.text, self.lines[at].span)
        starts = self._sentence_starts
        i = bisect_right(starts, span.start) - 1
        j = bisect_right(starts, max(span.start, span.end - 1))
        end = starts[j] if j < len(starts) else len(self.text)
        return stripped(self.text, Span(starts[max(i, 0)], end))

    @cached_property
    def _sentence_starts(self) -> list[int]:
        headed = {
            section.span.start for section in self.sections if section.heading or not section.span.start
        }
        starts = sentence_starts(self.text, self.lines, headed)
        apart = {i for at in self.running for i in (at, at + 1) if i < len(self.lines)}
        starts |= {self.lines[i].span.start for i in apart}
        flowing = {self.lines[i].span.start for i in (*self._bridges, *self._bridged)}
        return sorted(starts - flowing)

    @cached_property
    def _bridges(self) -> tuple[int, ...]:
        """The first lines of pages with which a sentence of the page before goes on."""
        return tuple(bridges(self.text, self.lines, self.running, self.heading_starts))

    @cached_property
    def _bridged(self) -> frozenset[int]:
        """The running lines that stand in the middle of a sentence."""
        found: set[int] = set()
        for below in self._bridges:
            at = below - 1
            while at in self.running:
                found.add(at)
                at -= 1
        return frozenset(found)

    @cached_property
    def prose(self) -> str:
        """The text, in its place, with running lines blanked that stand in the middle of a sentence."""
        parts, at = [], 0
        for span in (self.lines[line].span for line in sorted(self._bridged)):
            parts += [self.text[at : span.start], " " * len(span)]
            at = span.end
        return "".join([*parts, self.text[at:]])


def outline(reading: Reading) -> Outline:
    """Find the structure of a reading."""
    text = ENDLESS_WORD.sub(lambda run: len(run.group()) * VEIL, reading.text)
    lines = tuple(lines_of(text))
    running = frozenset(line.start for line in reading.furniture)
    return Outline(
        text,
        lines,
        tuple(_sections(text, lines)),
        frozenset(i for i, line in enumerate(lines) if line.span.start in running),
    )


def _sections(text: str, lines: tuple[Line, ...]) -> list[Section]:
    marks: list[tuple[int, str, str]] = [(0, "start", "")]
    topics = [heading(text, lines, i) for i in range(len(lines))]
    ended = [i for i, topic in enumerate(topics) if topic and ends_in_colon(_first_cell(text, lines[i]))]
    if len(ended) >= COLON_HEADINGS:
        topics = [topic or heading(text, lines, i, colons=True) for i, topic in enumerate(topics)]
    for i in range(1, len(lines)):
        if decides(text, lines, i) and topics[i - 1] in ("proposal", topics[i]):
            topics[i] = ""  # `Beslut`, and below it `Nämnden beslutar`
    closed = {_end_of_list(text, lines, i, topics) for i, topic in enumerate(topics) if topic in LISTS}
    for i, (line, topic) in enumerate(zip(lines, topics, strict=True)):
        if topic:
            marks.append((line.span.start, topic, bare(_first_cell(text, line))))
        elif i in closed:
            marks.append((line.span.start, "other", ""))
    ends = [mark[0] for mark in marks[1:]] + [len(text)]
    return [
        Section(topic, heading, Span(at, end)) for (at, topic, heading), end in zip(marks, ends, strict=True)
    ]


def _end_of_list(text: str, lines: tuple[Line, ...], at: int, topics: list[str]) -> int:
    """The first line after a list of decisions that no heading parts from it: full paragraphs below an
    indented list. The line's own index if there is none."""
    own, inside = _indent(text, lines[at]), 0
    for i in range(at + 1, len(lines)):
        if topics[i]:
            return at
        if _indent(text, lines[i]) >= own + DEEPER:
            inside += 1
        elif inside and len(lines[i].cells) == 1 and gap(text, lines[i - 1], lines[i]):
            return i
        else:
            return at
    return at


def _indent(text: str, line: Line) -> int:
    start = text.rfind("\n", 0, line.span.start) + 1
    first = line.cells[0].start if line.cells else line.span.start
    return first - max(start, text.rfind("\f", 0, line.span.start) + 1)


def _first_cell(text: str, line: Line) -> str:
    return text[line.cells[0].start : line.cells[0].end]
