"""How much of å, ä and ö a text has lost, where, and which parts aren't Swedish at all.

Running Swedish has 4 to 6 letters in a hundred that are å, ä or ö. An OCR without Swedish gives none, and
nothing else tells the two apart as surely. Small pieces borrow from their page, and pages from their
document, so that a line without any isn't taken for damaged.
"""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import accumulate

from pipeline.lexicon import lexicon_rate

SWEDISH_SHARE = 0.047
WHOLE, RUINED = 0.6, 0.1  # shares relative to that: above all is well, below all is lost
LEAST, MOST = 0.002, 0.98
DOCUMENT_PRIOR, PAGE_PRIOR, BLOCK_PRIOR = 150, 200, 120  # letters that the whole lends to its part
BLOCK_LINES = 8
ENOUGH_WORDS = 40
LEAST_FUNCTION_WORDS = 0.02  # running Swedish has 0.2, a page of tables and names much less

LETTER = re.compile(r"[^\W\d_]")
DOTTED = re.compile(r"[åäöÅÄÖ]")
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
    """A run of lines with one state: characters from `start` to `end`."""

    start: int
    end: int
    lost: float
    foreign: bool


def profile(text: str) -> Profile:
    """The state of a text as a whole."""
    words = WORD.findall(text)
    letters, dotted = _counts(text)
    rate = lexicon_rate(text)
    return Profile(
        letters=letters,
        dotted_share=dotted / letters if letters else 0.0,
        digits_inside=1000 * len(DIGIT_INSIDE.findall(text)) / len(words) if words else 0.0,
        unknown_share=None if rate is None else 1 - rate,
        lost=damage(text),
    )


def damage(text: str) -> float:
    """The estimated share of å, ä and ö that the text has lost, 0 to 1; near 0 for short or whole text."""
    return regions((text,), whole=True)[0][0].lost


def regions(texts: tuple[str, ...], whole: bool = False) -> tuple[tuple[Region, ...], ...]:
    """For each page its regions in order, without gaps; one a page if `whole`."""
    cut = [[(0, len(text))] if whole else _blocks(text) for text in texts]
    swedish = is_swedish(texts)
    foreign = [
        [not swedish or is_english(text[a:b]) for a, b in page] for text, page in zip(texts, cut, strict=True)
    ]
    counts = [
        [(0, 0) if other else _counts(text[a:b]) for (a, b), other in zip(page, skip, strict=True)]
        for text, page, skip in zip(texts, cut, foreign, strict=True)
    ]
    pages = [_summed(page) for page in counts]
    document = _share(_summed(pages), SWEDISH_SHARE, DOCUMENT_PRIOR)
    result = []
    for blocks, skip, numbers, total in zip(cut, foreign, counts, pages, strict=True):
        on_page = _share(total, document, PAGE_PRIOR)
        result.append(
            tuple(
                Region(start, end, lost(_share(number, on_page, BLOCK_PRIOR)), other)
                for (start, end), other, number in zip(blocks, skip, numbers, strict=True)
            )
        )
    return tuple(result)


def lost(share: float) -> float:
    """The share of å, ä, ö that must have been lost for this share of letters to be left."""
    left = share / SWEDISH_SHARE
    if left >= WHOLE:
        return LEAST
    return min(MOST, MOST - (left - RUINED) / (WHOLE - RUINED) * (MOST - LEAST))


def is_english(text: str) -> bool:
    """Whether English function words outnumber Swedish ones clearly."""
    words = WORD.findall(text.lower())
    language = _function_words()
    english = sum(word in language["english"] for word in words)
    return english >= 2 and english > 2 * sum(word in language["swedish"] for word in words)


def is_swedish(texts: tuple[str, ...]) -> bool:
    """Whether a document has Swedish function words, whole or ruined; a short one is taken to have them."""
    words = [word for text in texts for word in WORD.findall(text.lower())]
    swedish = sum(word in _function_words()["swedish"] for word in words)
    return len(words) < ENOUGH_WORDS or swedish >= LEAST_FUNCTION_WORDS * len(words)


@cache
def _function_words() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {"english": set(), "swedish": set()}
    lines = files(__package__).joinpath("data").joinpath("function_words.txt").read_text(encoding="utf-8")
    for line in lines.splitlines():
        if not line.startswith("#"):
            name, *words = line.split()
            found[name].update(words)
    return {name: frozenset(words) for name, words in found.items()}


def _counts(text: str) -> tuple[int, int]:
    return len(LETTER.findall(text)), len(DOTTED.findall(text))


def _summed(counts: list[tuple[int, int]]) -> tuple[int, int]:
    return sum(letters for letters, _ in counts), sum(dotted for _, dotted in counts)


def _share(counts: tuple[int, int], general: float, weight: int) -> float:
    letters, dotted = counts
    return (dotted + weight * general) / (letters + weight)


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
