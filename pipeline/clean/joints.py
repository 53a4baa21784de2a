"""Words that fell apart (`f örvaltning`, `för valtning`) and words that ran together (`ochförvaltning`).

Both the lexicon and the document must say so: a half is no word and the whole is one, and the document has
the whole, or its stem, elsewhere, or has neither half anywhere else. Words run together are parted only at a
small word that begins or ends no compound.
"""

import re
from collections.abc import Iterator, Mapping, Set
from functools import cache
from importlib.resources import files
from itertools import pairwise

from pipeline.clean.rule import Edits, Texts, edit
from pipeline.lexicon import known
from pipeline.lexicon.words import shadows, table
from pipeline.model import Edit

TOKEN = re.compile(r"[^\W\d_]+")
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
    seen = {word.lower() for text in texts for word in TOKEN.findall(text)}
    odd = {word for word in seen if _is_odd(word)}
    stems = {word[:STEM] for word in seen if len(word) >= STEM and word not in odd}
    run_together = {word: at for word in seen if _may_be_two(word) and (at := _seam(word, seen | stems))}
    if not odd and not run_together:
        return ((),) * len(texts)
    halves = [tuple(_halves(text, odd)) for text in texts]
    broken = len({whole for page in halves for *_, whole, sure in page if sure})
    return tuple(
        tuple(sorted(_together(text, page, seen, stems, broken), key=lambda change: change.span))
        or tuple(sorted(_apart(text, run_together), key=lambda change: change.span))
        for text, page in zip(texts, halves, strict=True)
    )


Half = tuple[int, int, str, bool]  # start, end, the whole word, whether neither half is a word


def _is_odd(word: str) -> bool:
    """Whether this is no word, or so rare a short one that it is debris as likely."""
    if len(word) == 1:
        return word in LETTERS
    level = table().get(word)
    if level is not None:
        return level < RARE and len(word) <= LONGEST_RARE
    return not known(word)


def _halves(text: str, odd: Set[str]) -> Iterator[Half]:
    """Two pieces with a blank between, one of them no word, that are a word together."""
    chunks = text.split()
    pairs = {
        (one, other)
        for one, other in pairwise(chunks)
        if (one.lower().lstrip(OPENING) in odd or other.rstrip(CLOSING) in odd) and other[0].islower()
    }
    done = 0
    for start, one, other in sorted(_places(text, pairs)):
        whole = (one + other).lower()
        if start >= done and LEAST_WHOLE <= len(whole) <= LONGEST and known(whole):
            done = start + len(whole) + 1
            if not (one.lower() in shadows() or other in shadows()):  # `ar` is `är` in a ruined text
                yield start, done, whole, one.lower() in odd and other in odd


def _places(text: str, pairs: Set[tuple[str, str]]) -> Iterator[tuple[int, str, str]]:
    """Where each pair stands, without what encloses it."""
    for first, second in pairs:
        one, other = first.lstrip(OPENING), second.rstrip(CLOSING)
        if PLAIN.fullmatch(one) and PLAIN.fullmatch(other):
            for match in re.finditer(rf"(?<!\S){re.escape(f'{first} {second}')}(?!\S)", text):
                yield match.start() + len(first) - len(one), one, other


def _together(
    text: str, halves: tuple[Half, ...], seen: Set[str], stems: Set[str], broken: int
) -> Iterator[Edit]:
    for start, end, whole, both in halves:
        level = _level(whole)
        elsewhere = whole in seen or (len(whole) > STEM and whole[:STEM] in stems)
        alone = both and level > (FAIRLY if broken >= MANY else COMMON)
        if alone or (elsewhere and (both or level > FAIRLY)):
            old = text[start:end]
            yield edit(start, old, old.replace(" ", ""), "joint:split", 0.95 if elsewhere else 0.85)


def _may_be_two(word: str) -> bool:
    """Whether a word that the table lacks begins or ends like a small one."""
    return (
        LEAST_REST + 2 < len(word) <= LONGEST
        and (word.startswith(_small()["first"]) or word.endswith(_small()["last"]))
        and word not in table()
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
    return table().get(word) or FAIRLY - 1


@cache
def _small() -> dict[str, tuple[str, ...]]:
    """Small words that begin no compound, and those that end none (`data/small_words.txt`)."""
    found: dict[str, set[str]] = {"first": set(), "last": set()}
    lines = files(__package__).joinpath("data").joinpath("small_words.txt").read_text(encoding="utf-8")
    for line in lines.splitlines():
        if not line.startswith("#"):
            side, *words = line.split()
            found[side].update(words)
    return {side: tuple(sorted(words)) for side, words in found.items()}
