"""The structure of a document: lines and cells, headings with their topics, sentences.

A value's place tells what it is: a sum under «Förslag till beslut» is money that is committed, the same sum
under «Yrkanden» a motion that lost. Headings are recognised by their look (numbering, Markdown, white space
around a short line) and by their wording (`data/headings.tsv`), bent letters forgiven.
"""

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import Any, TypeVar

from rapidfuzz import fuzz, process

from pipeline.extract.word_lists import data_lines, data_rows
from pipeline.model import Span
from pipeline.reading import Reading

S = TypeVar("S")
T = TypeVar("T")
CELL_GAP = re.compile(r"[ \u00a0]*(?:\t|\|| {3,})[ \u00a0]*")
NUMBERING = re.compile(
    r"^(?:(?:§\s?\d+|\d{1,2}\s?§|\d{1,2}(?:\.\d{1,2})*[.)]?|[A-ZÅÄÖ][.)]|[IVX]{1,4}\.)\s+)"
)
MARKDOWN = re.compile(r"^\s*(?:#{1,6}\s+|\*\*|__)|(?:\*\*|__)\s*$")
LIST_ITEM = re.compile(r"\s*(?:[-–•●▪◦*¢«»·]\s|\d{1,2}[.)]\s|[a-zåäö][.)]\s|(?:\*\*)?att(?:\*\*)?\s)")
DOT_LEADER = re.compile(r"\.{4,}|(?:\. ){4,}|…{2,}")
BODY_NAME = re.compile(
    r"^För\s+[A-ZÅÄÖa-zåäö]|\b(?:AB|HB|KB)\b|\b(?:kommun|stad|region|landsting)$|(?:nämnden|förvaltningen|styrelsen)\b"
    r"|^(?:Föreningen|Stiftelsen|Region|Nämnden|Studieförbundet|Bolaget)\b|(?:förening|stiftelse|församling|förbund)$"
)
PERSON_NAME = re.compile(r"[A-ZÅÄÖ][\w.-]+(?: [A-ZÅÄÖ][\w.-]+){1,2}(?:,.*)?")
PLACE_AND_DATE = re.compile(r"[A-ZÅÄÖ]\w+,?(?: den)? (?:\d|_|\.{2}|\(?datum)")
MAX_HEADING_WORDS = 9
# A line that ends in one of these leads on to a list; it is no heading.
LEADS_ON = frozenset(
    [
        "till",
        "att",
        "om",
        "för",
        "med",
        "som",
        "är",
        "följande",
        "ska",
        "skall",
        "av",
        "i",
        "på",
        "enligt",
        "genom",
        "och",
        "eller",
        "samt",
    ]
)
FUZZY = 86
WIDE_LINE = 50  # characters: a line as full as this one was broken by the margin

ENDLESS_WORD = re.compile(r"[^\s|]{300,}")
VEIL = "\ufffd"
"""Stands for each character of a word without end, such as a dump of digits: it holds no fact, and patterns
take quadratic time on it."""

SENTENCE_END = re.compile(r"[.!?](?=[\s\"”)]|$)")


def answered(answers: "dict[Callable[..., Any], Any]", question: "Callable[[S], T]", about: S) -> T:
    """The answer kept for a question about something, worked out for the first who asks."""
    if question not in answers:
        answers[question] = question(about)
    answer: T = answers[question]
    return answer


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text with the cells that wide gaps part it into."""

    span: Span
    cells: tuple[Span, ...]


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
        return frozenset(self.line_at(start).cells[0].start for start in self._section_starts[1:])

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
            return _stripped(self.text, self.lines[at].span)
        starts = self._sentence_starts
        i = bisect_right(starts, span.start) - 1
        j = bisect_right(starts, max(span.start, span.end - 1))
        end = starts[j] if j < len(starts) else len(self.text)
        return _stripped(self.text, Span(starts[max(i, 0)], end))

    @cached_property
    def _sentence_starts(self) -> list[int]:
        starts = _sentence_starts(self.text, self.lines, set(self._section_starts))
        apart = {i for at in self.running for i in (at, at + 1) if i < len(self.lines)}
        starts |= {self.lines[i].span.start for i in apart}
        flowing = {self.lines[i].span.start for i in (*self._bridges, *self._bridged)}
        return sorted(starts - flowing)

    @cached_property
    def _bridges(self) -> tuple[int, ...]:
        """The first lines of pages with which a sentence of the page before goes on."""
        return tuple(_bridges(self.text, self.lines, self.running, self.heading_starts))

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
        text = self.text
        for line in sorted(self._bridged):
            span = self.lines[line].span
            text = text[: span.start] + " " * len(span) + text[span.end :]
        return text


def outline(reading: Reading) -> Outline:
    """Find the structure of a reading."""
    text = ENDLESS_WORD.sub(lambda run: len(run.group()) * VEIL, reading.text)
    lines = tuple(_lines(text))
    running = frozenset(line.start for line in reading.furniture)
    return Outline(
        text,
        lines,
        tuple(_sections(text, lines)),
        frozenset(i for i, line in enumerate(lines) if line.span.start in running),
    )


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(word for line in data_lines("abbreviations.txt") for word in line.split())


@cache
def heading_cues() -> tuple[tuple[str, str, bool], ...]:
    """(topic, cue, whether the cue may begin a longer heading)."""
    return tuple((topic, cue.rstrip("*"), cue.endswith("*")) for topic, cue in data_rows("headings.tsv"))


@cache
def _heading_words() -> tuple[list[str], re.Pattern[str], list[str]]:
    """The cues, a pattern with a group for each that may begin a longer heading, and those groups' topics."""
    openers = [(topic, cue) for topic, cue, opens in heading_cues() if opens]
    pattern = re.compile("|".join(rf"({re.escape(cue)}\w*\b)" for _, cue in openers))
    return [cue for _, cue, _ in heading_cues()], pattern, [topic for topic, _ in openers]


@lru_cache(maxsize=20_000)
def heading_topic(heading: str) -> str:
    """The topic that a heading opens, or an empty string for a heading of no known topic."""
    words = _bare(heading).lower()
    if not words:
        return ""
    cues, openers, topics = _heading_words()
    best = process.extractOne(words, cues, scorer=fuzz.ratio, score_cutoff=FUZZY)
    if best is not None:
        return heading_cues()[best[2]][0]
    opened = openers.match(words)
    if opened and opened.lastindex:
        return topics[opened.lastindex - 1]
    last = words.split()[-1]
    if re.fullmatch(r"\w+(?:nämndens?|styrelsens?|utskottets?|förvaltningens) beslut", words) or (
        last == "beslut" and re.search(r"(?:nämndens|styrelsens|utskottets|fullmäktiges) beslut$", words)
    ):
        return "decision"
    if re.search(r"(?:nämndens|förvaltningens|utskottets|kontorets) förslag(?: till beslut)?$", words):
        return "proposal"
    if re.search(r"\bförslag till beslut$", words):
        return "proposal"
    return ""


def _lines(text: str) -> list[Line]:
    lines, at = [], 0
    for part in re.split(r"(?<=[\n\f])", text):
        body = part.rstrip("\n\f")
        if body.strip():
            span = Span(at, at + len(body))
            lines.append(Line(span, tuple(_cells(body, at))))
        at += len(part)
    return lines


def _cells(body: str, at: int) -> list[Span]:
    cells, start = [], 0
    for gap in [*CELL_GAP.finditer(body), None]:
        end = gap.start() if gap else len(body)
        cell = body[start:end]
        if cell.strip():
            left = start + len(cell) - len(cell.lstrip())
            cells.append(Span(at + left, at + left + len(cell.strip())))
        start = gap.end() if gap else end
    return cells


def _sections(text: str, lines: tuple[Line, ...]) -> list[Section]:
    marks: list[tuple[int, str, str]] = [(0, "start", "")]
    for i, line in enumerate(lines):
        topic = _heading(text, lines, i)
        if topic:
            marks.append((line.span.start, topic, _bare(text[line.cells[0].start : line.cells[0].end])))
    ends = [mark[0] for mark in marks[1:]] + [len(text)]
    return [
        Section(topic, heading, Span(at, end)) for (at, topic, heading), end in zip(marks, ends, strict=True)
    ]


def _heading(text: str, lines: tuple[Line, ...], i: int) -> str:
    """The topic that line `i` opens as a heading or as the label of a form's row; empty if it doesn't."""
    line = lines[i]
    if not line.cells:
        return ""
    first = text[line.cells[0].start : line.cells[0].end]
    if DOT_LEADER.search(text[line.span.start : line.span.end]) or _is_toc_line(text, line):
        return ""
    bare = _bare(first)
    words = bare.split()
    if not words or len(words) > MAX_HEADING_WORDS or not bare[0].isupper() or bare[-1] in ",;.":
        return ""
    if words[-1].lower() in LEADS_ON:
        return ""
    topic = heading_topic(bare)
    numbered = bool(NUMBERING.match(first))
    marked = bool(MARKDOWN.search(first))
    alone = len(line.cells) == 1
    apart = _blank_before(text, lines, i)
    if not alone and _is_table_row(text, line):
        return ""
    if not alone:
        return topic if (numbered or len(words) <= 3) and topic in LABEL_TOPICS else ""
    if (first.rstrip("* ").endswith(":") and not topic) or re.search(r":\s*\S", bare):
        return ""
    if not topic and _names_somebody(bare):
        return ""
    if marked or (topic and (numbered or apart or _stands_out(text, lines, i))):
        return topic or "other"
    if numbered and apart and len(words) <= 7 and not _runs_on(text, lines, i):
        return "other"
    if apart and _blank_after(text, lines, i) and len(words) <= 7 and not re.search(r"\d", bare):
        return "other"
    return ""


# The first cell of a form's row opens these topics; «Summa» or a name there opens nothing.
LABEL_TOPICS = frozenset(
    ["term", "economy", "parties", "sanctions", "contacts", "cancellation", "option", "application"]
)


def _bare(heading: str) -> str:
    text = MARKDOWN.sub("", heading.strip())
    text = MARKDOWN.sub("", text).strip("*_ :\t")
    return NUMBERING.sub("", text).strip()


def _names_somebody(bare: str) -> bool:
    """A line that names a body or a person heads no section: it stands in a party or signature block."""
    return any((BODY_NAME.search(bare), PERSON_NAME.fullmatch(bare), PLACE_AND_DATE.match(bare)))


def _is_table_row(text: str, line: Line) -> bool:
    """Whether a label has bare figures beside it: a post of a table, not a heading."""
    return any(re.fullmatch(r"[\d\s.,–-]*\d[\d\s.,–|-]*", text[c.start : c.end]) for c in line.cells[1:])


def _is_toc_line(text: str, line: Line) -> bool:
    last = text[line.cells[-1].start : line.cells[-1].end]
    return (
        len(line.cells) > 1
        and bool(re.fullmatch(r"[. ]*\d{1,2}", last))
        and bool(NUMBERING.match(text[line.cells[0].start : line.cells[0].end]))
    )


def _blank_before(text: str, lines: tuple[Line, ...], i: int) -> bool:
    return i == 0 or _gap(text, lines[i - 1], lines[i])


def _blank_after(text: str, lines: tuple[Line, ...], i: int) -> bool:
    return i + 1 == len(lines) or _gap(text, lines[i], lines[i + 1])


def _gap(text: str, above: Line, below: Line) -> bool:
    between = text[above.span.end : below.span.start]
    return between.count("\n") > 1 or "\f" in between


def _runs_on(text: str, lines: tuple[Line, ...], i: int) -> bool:
    """Whether the next line goes on with the sentence: it follows at once and begins in lower case."""
    if _blank_after(text, lines, i):
        return False
    return text[lines[i + 1].span.start : lines[i + 1].span.end].lstrip()[:1].islower()


def _stands_out(text: str, lines: tuple[Line, ...], i: int) -> bool:
    """Whether a short line between full ones can only be a heading, though no white space tells so."""
    if _runs_on(text, lines, i):
        return False
    if i == 0:
        return True
    above = text[lines[i - 1].span.start : lines[i - 1].span.end].rstrip()
    return above[-1:] in ".:!?)]…" or len(above) < 40 or len(lines[i - 1].cells) > 1


def _sentence_starts(text: str, lines: tuple[Line, ...], headings: set[int]) -> set[int]:
    starts = {0} | headings
    for i, line in enumerate(lines):
        body = text[line.span.start : line.span.end]
        above = lines[i - 1] if i else None
        if (
            line.span.start in headings
            or above is None
            or (_gap(text, above, line) and not _runs_over_gap(text, above, line))
            or above.span.start in headings
            or (LIST_ITEM.match(body) and not _is_wrapped_att(text[above.span.start : above.span.end], body))
            or (max(len(line.cells), len(above.cells)) > 1 and not _is_wrapped_cell(line, body))
        ):
            starts.add(line.span.start)
        for stop in SENTENCE_END.finditer(body):
            if _ends_sentence(body, stop.start(), text[line.span.start + stop.end() :][:40]):
                starts.add(line.span.start + stop.end())
    return starts


def _bridges(
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


def _is_wrapped_cell(line: Line, body: str) -> bool:
    """Whether a line below a row goes on with the sentence of the cell above it."""
    return body.startswith("\t") and len(line.cells) == 1 and not body.lstrip(" \t(–-")[:1].isupper()


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


def _stripped(text: str, span: Span) -> Span:
    body = text[span.start : span.end]
    left = len(body) - len(body.lstrip())
    return Span(span.start + left, max(span.start + left, span.start + len(body.rstrip())))
