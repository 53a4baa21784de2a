"""What a document shows about itself: how its own å, ä and ö are misread, and which words it uses.

Both are learned in one pass from the words that can be read in one way only. A misreading that the document
shows often becomes cheap, one that it never shows dear (the profiles of Reffle and Ringlstetter 2013); pages
go their own way as far as they have the numbers for it. A word that stands elsewhere beyond doubt, whole or
repaired, is likelier here.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from math import log10

from rapidfuzz.distance import Levenshtein

from pipeline.clean.candidates import Candidate, as_read, candidates
from pipeline.clean.channel import Mark, costs
from pipeline.clean.damage import Region
from pipeline.clean.pieces import Piece
from pipeline.clean.rule import Texts
from pipeline.lexicon.shadows import skeleton
from pipeline.lexicon.words import known

CLEAR = 2.5  # log10; a reading this far ahead of all others needs no context
LEAST_CLEAR = 4  # letters
DOCUMENT_PRIOR, PAGE_PRIOR = 30.0, 30.0  # letters that the general channel lends, and the document its page
LONG, EDGE = 10, 2  # letters
WORD = re.compile(r"[^\W\d_]+")
WHOLE = 0.1  # below this share lost, spellings are trusted as a source for the rest of the document


@dataclass(frozen=True, slots=True)
class Evidence:
    """`words` are those that stand somewhere beyond doubt with how often; `spelled` are names with å, ä, ö
    that whole parts of the document have and the lexicon lacks, by skeleton; `more` says for each page by how
    much (log10) a misreading is likelier than in general; `long` has the long ones of `words` by their edges.
    """

    words: Mapping[str, int]
    spelled: Mapping[str, str]
    more: tuple[Mapping[Mark, float], ...]
    long: Mapping[str, tuple[str, ...]]


NOTHING = Evidence({}, {}, (), {})


def found(
    texts: Texts,
    states: Sequence[Sequence[Region]],
    listed: Sequence[Sequence[tuple[Region, Sequence[Sequence[Piece]]]]],
) -> Evidence:
    """The evidence of a document, from its whole regions and the pieces of its damaged ones."""
    words: Counter[str] = Counter()
    for text, page in zip(texts, states, strict=True):
        for region in page:
            if region.lost < WHOLE and not region.foreign:
                words.update(WORD.findall(text[region.start : region.end].lower()))
    spelled = {skeleton(word): word for word in sorted(words) if not word.isascii() and not known(word)}
    marks: list[Counter[Mark]] = []
    for listed_page in listed:
        seen: Counter[Mark] = Counter()
        for region, stretches in listed_page:
            if region.lost >= WHOLE:
                for stretch in stretches:
                    _damaged(stretch, words, seen)
        marks.append(seen)
    general = _by_letters(rates(), sum(marks, Counter()), DOCUMENT_PRIOR)
    more = tuple(_compared(_by_letters(general, seen, PAGE_PRIOR)) for seen in marks)
    return Evidence(words, spelled, more, _by_edges(words))


def _by_edges(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for word in sorted(words):
        if len(word) >= LONG and known(word):
            found[edges(word)] = (*found.get(edges(word), ()), word)
    return found


def edges(word: str) -> str:
    """The letters that a word begins and ends with."""
    return word[:EDGE] + word[-EDGE:]


def nearly(read: str, seen: Evidence) -> str | None:
    """The one long word of the document that debris is but for a letter or two inside, made up ones too."""
    if len(read) < LONG or not read.isalpha() or known(read):
        return None
    near = [
        word
        for word in seen.long.get(edges(read), ())
        if abs(len(word) - len(read)) <= 1 and Levenshtein.distance(word, read, score_cutoff=2) <= 2
    ]
    return near[0] if len(near) == 1 else None


def _damaged(listed: Iterable[Piece], words: Counter[str], marks: Counter[Mark]) -> None:
    read = Counter([piece.text for piece in listed if not piece.protected])
    for word, count in read.items():
        clear = clear_reading(word)
        if clear is not None:
            words[clear.word] += count
            for mark in clear.marks + clear.noise:
                marks[mark] += count


@lru_cache(maxsize=100_000)
def clear_reading(read: str) -> Candidate | None:
    """The one thing that this can be, whatever stands around it, if there is one."""
    if len(read) < LEAST_CLEAR:
        return None
    same = as_read(read)
    best = candidates(read)
    if not best or best[0].score < same:
        rival = best[0].score if best else same - CLEAR
        return Candidate(read.lower(), same) if known(read) and rival <= same - CLEAR else None
    rival = max(same, best[1].score) if len(best) > 1 else same
    return best[0] if best[0].score >= rival + CLEAR else None


@cache
def rates() -> Mapping[Mark, float]:
    """How probable each misreading of a single letter is in general."""
    return {
        (read, step.true): 10.0**-step.cost
        for read, steps in costs().items()
        for step in steps
        if len(step.true) == 1
    }


def _by_letters(prior: Mapping[Mark, float], seen: Mapping[Mark, int], weight: float) -> dict[Mark, float]:
    """The shares seen, with the prior's lent as if seen that many times."""
    totals: Counter[str] = Counter()
    for (_, true), count in seen.items():
        totals[true] += count
    return {
        mark: (seen.get(mark, 0) + weight * share) / (totals[mark[1]] + weight)
        for mark, share in prior.items()
    }


def _compared(shares: Mapping[Mark, float]) -> dict[Mark, float]:
    general = rates()
    return {mark: log10(share / general[mark]) for mark, share in shares.items()}
