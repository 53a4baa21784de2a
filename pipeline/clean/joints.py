"""Words that fell apart (`f örvaltning`, `för valtning`) and words that ran together (`ochförvaltning`).

Both the lexicon and the document must say so: a half is no word and the whole is one, and the document has
the whole, or its stem, elsewhere, or has neither half anywhere else. Words run together are parted only at a
small word that begins or ends no compound.
"""

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from functools import cache, lru_cache
from itertools import pairwise

from pipeline.clean.rule import Edits, Texts, edit
from pipeline.lexicon import known
from pipeline.lexicon.words import level, shadows
from pipeline.model import Edit
from pipeline.word_lists import data_words, words_by_kind

PUNCTUATION = '.,;:!?()[]"”“’»«•*–—-/…'
PLAIN = re.compile(r"[A-ZÅÄÖ]?[a-zåäöé]+")
COMMON, FAIRLY = -6.0, -7.5  # log10 of how common a whole word must be
LEAST_WHOLE, STEM = 5, 6
MANY = 3  # halves of such words that show a document to be broken
LEAST_REST = 4
LONGEST = 40
RARE, LONGEST_RARE = -5.9, 6  # log10, letters
LETTERS = frozenset("bcdfghjklmnpqrstvwxzäö")  # single ones that are no word and number no item
OPENING, CLOSING = '("”', '.,;:!?)"”'


def find(texts: Texts) -> tuple[Edits, ...]:
    """Put words together and part them."""
    chunks = [text.split() for text in texts]
    bare = {chunk: chunk.strip(PUNCTUATION).lower() for page in chunks for chunk in set(page)}
    seen = set(bare.values())
    odd = {word for word in seen - _common() if word.isalpha() and _is_odd(word)}
    stems = {word[:STEM] for word in seen if len(word) >= STEM and word not in odd}
    run_together = {word: at for word in seen if _may_be_two(word) and (at := _seam(word, seen | stems))}
    if not odd and not run_together:
        return ((),) * len(texts)
    strange = {chunk for chunk, word in bare.items() if word in odd}
    halves = [tuple(_halves(text, page, strange, odd)) for text, page in zip(texts, chunks, strict=True)]
    broken = len({whole for page in halves for *_, whole, sure in page if sure})
    return tuple(
        tuple(sorted(_together(text, page, seen, stems, broken), key=lambda change: change.span))
        or tuple(sorted(_apart(text, run_together), key=lambda change: change.span))
        for text, page in zip(texts, halves, strict=True)
    )


Half = tuple[int, int, str, bool]  # start, end, the whole word, whether neither half is a word


@lru_cache(maxsize=200_000)
def _is_odd(word: str) -> bool:
    """Whether this is no word, or so rare a short one that it is debris as likely."""
    if len(word) == 1:
        return word in LETTERS
    common = level(word)
    if common is not None:
        return common < RARE and len(word) <= LONGEST_RARE
    return not known(word)


def _halves(text: str, chunks: Sequence[str], strange: Set[str], odd: Set[str]) -> Iterator[Half]:
    """Two pieces with a blank between, one of them no word, that are a word together."""
    pairs = {(a, b) for a, b in pairwise(chunks) if (a in strange or b in strange) and b[0].islower()}
    done = 0
    for start, one, other in sorted(place for pair in pairs for place in _places(text, *pair, odd)):
        if start >= done:
            done = start + len(one) + len(other) + 1
            yield start, done, (one + other).lower(), one.lower() in odd and other in odd


def _places(text: str, first: str, second: str, odd: Set[str]) -> Iterator[tuple[int, str, str]]:
    """Where a pair stands that is a word together, without what encloses it.

    A whole that the table lacks must have two halves that are no words.
    """
    one, other = first.lstrip(OPENING), second.rstrip(CLOSING)
    if not LEAST_WHOLE <= len(one) + len(other) <= LONGEST:
        return
    if one.lower() in shadows() or other in shadows():  # `ar` is `är` in a ruined text
        return
    if level(one + other) is None and not (one.lower() in odd and other in odd):
        return
    if PLAIN.fullmatch(one) and PLAIN.fullmatch(other) and known(one + other):
        joined = f"{first} {second}"
        at = text.find(joined)
        while at >= 0:
            around = text[max(0, at - 1) : at], text[at + len(joined) : at + len(joined) + 1]
            if not around[0].strip() and not around[1].strip():
                yield at + len(first) - len(one), one, other
            at = text.find(joined, at + 1)


def _together(
    text: str, halves: tuple[Half, ...], seen: Set[str], stems: Set[str], broken: int
) -> Iterator[Edit]:
    for start, end, whole, both in halves:
        common = _level(whole)
        elsewhere = whole in seen or (len(whole) > STEM and whole[:STEM] in stems)
        alone = both and common > (FAIRLY if broken >= MANY else COMMON)
        if alone or (elsewhere and (both or common > FAIRLY)):
            old = text[start:end]
            yield edit(start, old, old.replace(" ", ""), "joint:split", 0.95 if elsewhere else 0.85)


def _may_be_two(word: str) -> bool:
    """Whether a word that the table lacks begins or ends like a small one."""
    return (
        LEAST_REST + 2 < len(word) <= LONGEST
        and (word.startswith(_small()["first"]) or word.endswith(_small()["last"]))
        and level(word) is None
    )


def _apart(text: str, run_together: Mapping[str, int]) -> Iterator[Edit]:
    for word, at in run_together.items():
        for match in re.finditer(rf"\b{word}\b", text):
            if _is_free(text, match):
                old = match.group()
                yield edit(match.start(), old, f"{old[:at]} {old[at:]}", "joint:joined", 0.9)


def _is_free(text: str, match: re.Match[str]) -> bool:
    around = text[max(0, match.start() - 1) : match.start()] + text[match.end() : match.end() + 1]
    return not re.search(r"[-\w@/\\]", around)


def _seam(word: str, seen: Set[str]) -> int:
    """Where a small word and a word that the document has elsewhere meet; 0 where none do."""
    for at in range(2, len(word) - 1):
        one, other = word[:at], word[at:]
        if one in _small()["first"] and len(other) >= LEAST_REST and _is_whole(other, seen):
            return at
        if other in _small()["last"] and len(one) >= LEAST_REST and _is_whole(one, seen):
            return at
    return 0


def _is_whole(rest: str, seen: Set[str]) -> bool:
    return (rest in seen or (len(rest) > STEM and rest[:STEM] in seen)) and _level(rest) > FAIRLY


def _level(word: str) -> float:
    """Log10 of how common a word is; of compounds that the table lacks, below what is common enough."""
    return level(word) or FAIRLY - 1


@cache
def _common() -> frozenset[str]:
    """Words that need no look into the lexicon (`data/common.txt`)."""
    return data_words(__package__, "common.txt")


@cache
def _small() -> dict[str, tuple[str, ...]]:
    """Small words that begin no compound, and those that end none (`data/small_words.txt`)."""
    listed = words_by_kind(__package__, "small_words.txt")
    return {side: tuple(sorted(words)) for side, words in listed.items()}
