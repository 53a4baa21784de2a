"""How much of å, ä and ö a text has lost, where, and which parts aren't Swedish at all.

Running Swedish has 4 to 6 letters in a hundred that are å, ä or ö. An OCR without Swedish gives none, and
nothing else tells the two apart as surely. Small pieces borrow from their page, and pages from their
document, so that a line without any isn't taken for damaged. A document can also lose one of the three
alone, as when it was read by a machine that knows German.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from pipeline.clean.foreign import is_foreign, is_swedish
from pipeline.lexicon import lexicon_rate

DOTTED = "åäö"
SHARES = (0.0125, 0.019, 0.0175)  # of each among the letters of running Swedish
SWEDISH_SHARE = 0.047
WHOLE, RUINED = 0.6, 0.1  # shares relative to that: above all is well, below all is lost
LEAST, MOST = 0.002, 0.98
DOCUMENT_PRIOR, PAGE_PRIOR, BLOCK_PRIOR = 150, 200, 120  # letters that the whole lends to its part
LETTER_PRIOR = 2000  # letters that it takes to believe that one of å, ä, ö fares otherwise than the others
EVEN = 0.05
BLOCK_LINES = 8
ALL_LEAST = (LEAST, LEAST, LEAST)

Counts = tuple[int, int, int, int]
NOTHING = (0, 0, 0, 0)

DIGIT_INSIDE = re.compile(r"\b[a-zåäöé]+[0-9]+[a-zåäöé]+\b|\b[46][a-zåäöé]{2,}\b")
WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Profile:
    """What a text's letters and words say about its state.

    Shares are 0 to 1; `digits_inside` is per 1000 words; `lost` is the estimated share of å, ä, ö that were
    misread.
    """

    letters: int
    dotted_share: float
    digits_inside: float
    unknown_share: float | None
    lost: float


@dataclass(frozen=True, slots=True)
class Region:
    """A run of lines with one state: characters from `start` to `end`.

    `each` says how much of å, of ä and of ö is lost, `lost` how much of the worst of them.
    """

    start: int
    end: int
    lost: float
    foreign: bool
    each: tuple[float, float, float] = (0.0, 0.0, 0.0)


class Block(NamedTuple):
    """A few lines as they are counted: `counts` has how many letters, then how many å, ä and ö."""

    start: int
    end: int
    words: list[str]
    foreign: bool
    counts: Counts


def _block(text: str, start: int, end: int) -> Block:
    lowered = text[start:end].lower()
    words = WORD.findall(lowered)
    foreign = is_foreign(words)
    if foreign:
        return Block(start, end, words, True, NOTHING)
    å, ä, ö = map(lowered.count, DOTTED)
    return Block(start, end, words, False, (sum(map(len, words)), å, ä, ö))


def profile(text: str) -> Profile:
    """The state of a text as a whole."""
    lowered = text.lower()
    words = WORD.findall(lowered)
    letters = sum(map(len, words))
    rate = lexicon_rate(text)
    return Profile(
        letters=letters,
        dotted_share=sum(map(lowered.count, DOTTED)) / letters if letters else 0.0,
        digits_inside=1000 * len(DIGIT_INSIDE.findall(text)) / len(words) if words else 0.0,
        unknown_share=None if rate is None else 1 - rate,
        lost=damage(text),
    )


def damage(text: str) -> float:
    """The estimated share of å, ä and ö that the text has lost, 0 to 1; near 0 for short or whole text."""
    return regions((text,), whole=True)[0][0].lost


@lru_cache(maxsize=2)
def regions(texts: tuple[str, ...], whole: bool = False) -> tuple[tuple[Region, ...], ...]:
    """For each page its regions in order, without gaps; one a page if `whole`."""
    pages = [
        [_block(text, a, b) for a, b in ([(0, len(text))] if whole else _blocks(text))] for text in texts
    ]
    if not is_swedish([block.words for page in pages for block in page]):
        return tuple(tuple(Region(b.start, b.end, LEAST, True) for b in page) for page in pages)
    counts = [[block.counts for block in page] for page in pages]
    totals = [_summed(page) for page in counts]
    everything = _summed(totals)
    document = _share(everything, SWEDISH_SHARE, DOCUMENT_PRIOR)
    ways = _ways(everything, document)
    result = []
    for blocks, numbers, total in zip(pages, counts, totals, strict=True):
        on_page = _share(total, document, PAGE_PRIOR)
        result.append(
            tuple(
                _region(block, _share(number, on_page, BLOCK_PRIOR), ways)
                for block, number in zip(blocks, numbers, strict=True)
            )
        )
    return tuple(result)


def _region(block: Block, share: float, ways: Sequence[float]) -> Region:
    if share * min(ways) >= WHOLE * SWEDISH_SHARE:
        return Region(block.start, block.end, LEAST, block.foreign, ALL_LEAST)
    a, b, c = (lost(share * way) for way in ways)
    return Region(block.start, block.end, max(a, b, c), block.foreign, (a, b, c))


def _ways(counts: Counts, document: float) -> tuple[float, ...]:
    """How each of å, ä, ö fares compared with the three together: 1 where nothing says otherwise."""
    letters, *each = counts
    general = document / SWEDISH_SHARE
    found = []
    for count, share in zip(each, SHARES, strict=True):
        own = (count + LETTER_PRIOR * share * general) / (letters + LETTER_PRIOR) / share
        found.append((own + EVEN) / (general + EVEN))
    return tuple(found)


def lost(share: float) -> float:
    """The share of å, ä, ö that must have been lost for this share of letters to be left, to one decimal."""
    left = share / SWEDISH_SHARE
    if left >= WHOLE:
        return LEAST
    return max(LEAST, min(MOST, round(MOST - (left - RUINED) / (WHOLE - RUINED) * (MOST - LEAST), 1)))


def _summed(counts: Iterable[Counts]) -> Counts:
    letters, å, ä, ö = map(sum, zip(NOTHING, *counts, strict=True))
    return letters, å, ä, ö


def _share(counts: Counts, general: float, weight: int) -> float:
    letters, *each = counts
    return (sum(each) + weight * general) / (letters + weight)


def _blocks(text: str) -> list[tuple[int, int]]:
    """Paragraphs between empty lines, long ones cut into a few lines each."""
    lines = text.splitlines(keepends=True)
    ends = list(accumulate(map(len, lines)))
    blocks: list[tuple[int, int]] = []
    start = size = 0
    for line, end in zip(lines, ends, strict=True):
        size += 1
        if size >= BLOCK_LINES or not line.strip():
            blocks.append((start, end))
            start, size = end, 0
    if start < len(text) or not blocks:
        blocks.append((start, len(text)))
    return blocks
