"""The cleaned words of a page at their places on the paper, in lines and blocks: what every copy is made of.

The cleaner joins what was torn and parts what ran together, so its words and those on the paper aren't one
to one. Here each printed word gets its share of the cleaned text: a word that a line end cuts keeps its
halves on their lines, words that were made one share a box, a word that was made two is cut by length.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from pipeline.export.baseline import Baseline, fitted
from pipeline.model import Box, Cleaned, Span, TextSource, Word
from pipeline.reading import Reading

HYPHENS = "-‐\N{SOFT HYPHEN}"
SOFT = "\N{SOFT HYPHEN}"


@dataclass(frozen=True, slots=True)
class Placed:
    """A cleaned word where it is printed.

    `raw` is what was read there and `other` a second reading, each empty where it says the same. Of a word
    that a line end cuts, `half` is 1 or 2, `whole` the word in one piece, and `hyphen` the first half's.
    """

    text: str
    box: Box
    confidence: float | None = None
    raw: str = ""
    other: str = ""
    whole: str = ""
    half: int = 0
    hyphen: str = ""
    tab: bool = False

    @property
    def printed(self) -> str:
        """The text with its hyphen; one that only the line end calls for is soft."""
        if self.half != 1:
            return self.text
        real = self.whole.startswith(self.text + self.hyphen) and self.hyphen != SOFT
        return self.text + (self.hyphen if real else SOFT)


@dataclass(frozen=True, slots=True)
class Line:
    """The words of one printed line, cells of a row included (`tab` where a new cell begins)."""

    words: tuple[Placed, ...]
    box: Box
    baseline: Baseline


Block = tuple[Line, ...]


def laid(reading: Reading) -> Iterator[tuple[Cleaned, tuple[Block, ...]]]:
    """The pages of a document, each with its blocks."""
    for index, cleaned in enumerate(reading.pages):
        yield cleaned, blocks(cleaned, tuple(reading.words_on(index)))


def blocks(cleaned: Cleaned, words: Sequence[tuple[Word, Span]]) -> tuple[Block, ...]:
    """The blocks of a page in reading order; none for text without places on paper.

    `words` are those of the page, each with its span in the cleaned text.
    """
    found = _halved(_shared(cleaned, words))
    on_paper = cleaned.page.source is TextSource.OCR
    made = []
    for _, block in groupby(found, key=lambda at: at[0][0]):
        lines = []
        for _, line in groupby(block, key=lambda at: at[0]):
            placed = tuple(piece for _, word in line for piece in _parted(word))
            if placed:
                boxes = [word.box for word in placed]
                printed = [(word.text, word.box) for word in placed]
                lines.append(Line(placed, around(boxes), fitted(printed, on_paper)))
        if lines:
            made.append(tuple(lines))
    return tuple(made)


def around(boxes: Sequence[Box]) -> Box:
    """The smallest box that holds all of them."""
    whole = boxes[0]
    for box in boxes[1:]:
        whole = whole.union(box)
    return whole


_At = tuple[int, int]  # block, line
_Found = list[tuple[_At, Placed]]


def _shared(cleaned: Cleaned, words: Sequence[tuple[Word, Span]]) -> _Found:
    """Each printed word with its share of the cleaned text and the line that it stands on."""
    raw = cleaned.page.text
    found: _Found = []
    runs = [list(run) for _, run in groupby(_lined(raw, words), key=lambda at: at[2].start)]
    for index, run in enumerate(runs):
        start, end = run[0][2].start, max(span.end for _, _, span, _ in run)
        after = max(start, runs[index + 1][0][2].start) if index + 1 < len(runs) else end
        found += _of_run(cleaned.text[start : min(end, after)].strip(), run, raw, goes_on=after < end)
    return found


_Lined = tuple[_At, Word, Span, bool]


def _lined(raw: str, words: Sequence[tuple[Word, Span]]) -> Iterator[_Lined]:
    """The words with a place and a text, each with its block, its line, and whether a tab stands before."""
    block = line = at = 0
    for word, span in words:
        between = raw[at : word.span.start]
        block += "\n\n" in between
        line += "\n" in between
        at = word.span.end
        if word.box is not None and span.start < span.end:
            yield (block, line), word, span, "\t" in between


def _of_run(text: str, run: Sequence[_Lined], raw: str, goes_on: bool) -> _Found:
    """The words that share one stretch of the cleaned text: one a line, by the length of what was read.

    A word that goes on below keeps the hyphen that it was read with.
    """
    lines = [list(line) for _, line in groupby(run, key=lambda at: at[0])]
    read = ["".join(raw[w.span.start : w.span.end] for _, w, _, _ in line).rstrip(HYPHENS) for line in lines]
    cuts = [
        round(len(text) * sum(map(len, read[:n])) / max(1, sum(map(len, read)))) for n in range(len(read))
    ]
    found: _Found = []
    for number, (line, start) in enumerate(zip(lines, cuts, strict=True)):
        end = cuts[number + 1] if number + 1 < len(cuts) else len(text)
        seen = [word.confidence for _, word, _, _ in line if word.confidence is not None]
        was = " ".join(raw[word.span.start : word.span.end] for _, word, _, _ in line)
        others = " ".join(word.other for _, word, _, _ in line if word.other)
        box = around([word.box for _, word, _, _ in line if word.box is not None])
        cut = was[-1] if (goes_on or number + 1 < len(lines)) and was.endswith(tuple(HYPHENS)) else ""
        made = Placed(text[start:end], box, min(seen, default=None), was, others, hyphen=cut, tab=line[0][3])
        found.append((line[0][0], made))
    return found


def _halved(found: _Found) -> _Found:
    """The same with the halves of words that a line end cuts knowing of each other."""
    made = list(found)
    for index, ((here, read), (there, second)) in enumerate(pairwise(found)):
        if here == there or not read.hyphen:
            continue
        first = made[index][1]
        joint = second.text[:1] if second.text[:1] in tuple(HYPHENS) else ""
        rest = second.text.removeprefix(joint)
        whole = first.text + joint + rest
        hyphen = joint or first.hyphen
        made[index] = here, replace(first, whole=first.whole or whole, half=1, hyphen=hyphen)
        made[index + 1] = there, replace(second, text=rest, whole=whole, half=2)
    return [(at, _told(word)) for at, word in made]


def _told(word: Placed) -> Placed:
    """Forget what says nothing new."""
    raw = "" if word.raw.rstrip(HYPHENS) in (word.text, word.text.rstrip(HYPHENS)) else word.raw
    return replace(word, raw=raw, other="" if word.other in (word.text, word.raw) else word.other)


def _parted(word: Placed) -> Iterator[Placed]:
    """A word that the cleaner made two, in pieces by length; one that it took away is none."""
    pieces = word.text.split()
    if len(pieces) < 2:
        if pieces:
            yield replace(word, text=pieces[0])
        return
    step = (word.box.x1 - word.box.x0) / len(word.text)
    at = 0
    for number, piece in enumerate(pieces):
        at = word.text.index(piece, at)
        box = replace(
            word.box, x0=word.box.x0 + at * step, x1=min(word.box.x1, word.box.x0 + (at + len(piece)) * step)
        )
        yield replace(word, text=piece, box=box, tab=word.tab and not number)
        at += len(piece)
