"""One text against its truth, page by page where both have as many."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import reduce
from operator import add
from statistics import median

from pipeline.compare import align
from pipeline.compare.characters import graphemes, levelled, normal
from pipeline.compare.counts import Errors, Letter, Repair

NONE = Errors()
SWEDISH = "åäöÅÄÖ"


@dataclass(frozen=True)
class Comparison:
    """What is right and wrong in a text.

    `characters` are graphemes, `words` stand between blanks, both in order. `levelled` are words with one
    kind of dash and quotation mark. `unordered` are words wherever they stand: columns, notes and stamps have
    no one right order. `confusions` counts blocks, true and read. `repair` is None where there is no text
    from before. `pages` are the character errors of each page.
    """

    characters: Errors = NONE
    words: Errors = NONE
    levelled: Errors = NONE
    unordered: Errors = NONE
    letters: Mapping[str, Letter] = field(default_factory=dict)
    confusions: Counter[tuple[str, str]] = field(default_factory=Counter)
    repair: Repair | None = None
    pages: tuple[Errors, ...] = ()

    @property
    def median_page(self) -> float | None:
        """The character error rate of the page in the middle."""
        return median(page.rate for page in self.pages) if self.pages else None

    def __add__(self, other: "Comparison") -> "Comparison":
        return Comparison(
            self.characters + other.characters,
            self.words + other.words,
            self.levelled + other.levelled,
            self.unordered + other.unordered,
            {letter: self.letters.get(letter, Letter()) + count for letter, count in other.letters.items()},
            self.confusions + other.confusions,
            self.repair + other.repair if self.repair and other.repair else self.repair or other.repair,
            self.pages + other.pages,
        )


Pages = tuple[str, ...]


def compare(truth: Pages, text: Pages, before: Pages | None = None) -> Comparison:
    """Compare page by page; texts that are parted into pages otherwise are compared as one.

    `before` is the text before its repair, page by page as `text`.
    """
    if len({len(pages) for pages in (truth, text, before or text)}) > 1:
        truth, text, before = (_joined(truth),), (_joined(text),), (_joined(before),) if before else None
    befores = before or (None,) * len(text)
    return reduce(add, (_page(*beside) for beside in zip(truth, text, befores, strict=True)), Comparison())


def _joined(pages: Pages) -> str:
    return "\n".join(pages)


def _page(truth: str, text: str, before: str | None) -> Comparison:
    true, read = graphemes(normal(truth)), graphemes(normal(text))
    aligned = align.steps(true, read)
    characters = align.errors(aligned, len(true))
    true_words, words = normal(truth).split(), normal(text).split()
    return Comparison(
        characters,
        _errors(true_words, words),
        _errors(levelled(truth).split(), levelled(text).split()),
        _unordered(true_words, words),
        align.letters(aligned, true, read, SWEDISH),
        align.confusions(aligned, true, read),
        None if before is None else align.repair(true_words, normal(before).split(), words),
        (characters,),
    )


def _errors(true: list[str], read: list[str]) -> Errors:
    return align.errors(align.steps(true, read), len(true))


def _unordered(true: list[str], read: list[str]) -> Errors:
    missing, made_up = (Counter(true) - Counter(read)).total(), (Counter(read) - Counter(true)).total()
    replaced = min(missing, made_up)
    return Errors(len(true), replaced, missing - replaced, made_up - replaced)
