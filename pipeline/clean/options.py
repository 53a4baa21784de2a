"""The readings of one piece in its place, each weighed by the word, the misreading and the document."""

from collections.abc import Hashable, Iterable
from functools import cache, lru_cache
from math import log10
from typing import NamedTuple

from pipeline.clean.candidates import Candidate, as_read, candidates
from pipeline.clean.channel import Mark
from pipeline.clean.damage import DOTTED, Region
from pipeline.clean.evidence import Evidence, nearly
from pipeline.clean.names import is_name
from pipeline.clean.pieces import Piece
from pipeline.clean.suspects import is_suspect
from pipeline.lexicon.words import known, level, shadows
from pipeline.word_lists import data_words

DAMAGED = 0.3  # from this share lost, words that the lexicon has are doubted too
NOISE = -0.5  # log10 of how likely a region has misreadings other than of å, ä, ö
RIVALS = 3.5  # readings within this of the best are weighed by their neighbours
ELSEWHERE = -5.5  # log10 probability of a name that the same document spells out elsewhere
NEARLY = 1.5  # log10; what it says for a long word of the document that debris nearly is
SEEN = 0.7  # log10; what it says for a word that it stands elsewhere in the document
NAMED = 0.7
CAPITAL = -1.7  # log10; what a capital inside a sentence says against a word that is no name
KEPT, KEPT_LEVEL = 1.2, -3.2  # log10; how much more municipalities use some words than the lexicon has it
EXPLAINED = -7.5
COMMON, ENDING = -5.5, 2


class Option(NamedTuple):
    """A reading of a piece with its log10 weight; `change` is None for leaving it alone."""

    word: str
    score: float
    change: Candidate | None = None


Options = tuple[Option, ...]


class Place(NamedTuple):
    """Where pieces are weighed: on which page, how much is lost there, and of each of å, ä and ö in log10."""

    page: int
    lost: float
    gone: tuple[float, float, float]


def place_of(page: int, region: Region) -> Place:
    """A region as a place."""
    first, second, third = map(log10, region.each)
    return Place(page, region.lost, (first, second, third))


def options(
    listed: Iterable[Piece], place: Place, seen: Evidence, known_already: dict[Hashable, Options]
) -> list[Options]:
    """The readings of each piece; `known_already` keeps those that don't depend on where the piece stands."""
    found = []
    for piece in listed:
        key = (piece[1:], place)
        if key not in known_already:
            known_already[key] = _weighed(piece, place, seen)
        found.append(known_already[key])
    return found


def _weighed(piece: Piece, place: Place, seen: Evidence) -> Options:
    """The readings of a piece, what is read first; those far behind are left out."""
    lowered = piece.text.lower()
    if piece.protected or (place.lost < DAMAGED and (piece.named or not is_suspect(piece.text))):
        return (Option(lowered, 0.0),)
    same = Option(lowered, _level_as_read(piece.text, piece.before_hyphen) + _familiar(lowered, seen))
    allowed = _allowed(piece.text, piece.before_hyphen, place.lost < DAMAGED)
    near = None if piece.named or place.lost < DAMAGED else nearly(lowered, seen)
    if not allowed and near is None and lowered not in seen.spelled:
        return (same,)
    found = [same]
    for candidate in allowed:
        score = _score(candidate, place, seen) + (_named(lowered, candidate.word) if piece.named else 0.0)
        found.append(Option(candidate.word, score, candidate))
    if near is not None and all(near != option.word for option in found):
        found.append(Option(near, same.score + NEARLY, Candidate(near, NEARLY, (), ((lowered, near),))))
    spelled = seen.spelled.get(lowered)
    if spelled and spelled != lowered:
        named = Candidate(spelled, ELSEWHERE, ((lowered, spelled),))
        found.append(Option(spelled, _score(named, place, seen), named))
    if len(found) == 1:
        return (same,)
    best = max(option.score for option in found)
    return tuple(option for option in found if option is same or option.score > best - RIVALS)


@lru_cache(maxsize=50_000)
def _level_as_read(read: str, before_hyphen: bool) -> float:
    found = as_read(read, before_hyphen)
    return max(found + KEPT, KEPT_LEVEL) if read.lower() in kept_words() else found


@lru_cache(maxsize=50_000)
def _allowed(read: str, before_hyphen: bool, whole: bool) -> tuple[Candidate, ...]:
    """The candidates that may stand for this in `whole` or in damaged text."""
    accepted = known(read)
    return tuple(
        candidate
        for candidate in candidates(read, before_hyphen)
        if (not whole or _is_plain_misreading(read.lower(), candidate))
        and (not accepted or (candidate.marks and known(candidate.word)))
    )


@cache
def kept_words() -> frozenset[str]:
    """Words that municipalities use more than others do (`data/kept_words.txt`)."""
    return data_words(__package__, "kept_words.txt")


@lru_cache(maxsize=100_000)
def is_explained(read: str) -> bool:
    """Whether a word is Swedish, or misread Swedish that has lost its å, ä, ö."""
    if known(read):
        return True
    found = candidates(read)
    return bool(found) and bool(found[0].marks) and found[0].score > EXPLAINED


def _is_plain_misreading(read: str, candidate: Candidate) -> bool:
    """Whether a change in whole text is one that a bad scan makes, not a form or word that the lexicon lacks.

    There no letter is lost without a trace, and what has nothing to do with å, ä and ö must lead to a common
    word by more than its ending.
    """
    if candidate.marks:
        return all(block for block, _ in candidate.marks)
    probability = level(candidate.word)
    return (
        probability is not None
        and probability >= COMMON
        and candidate.word[-ENDING:] == read[-ENDING:]
        and not any(letter in DOTTED for block, _ in candidate.noise for letter in block)
    )


def _score(candidate: Candidate, place: Place, seen: Evidence) -> float:
    score = candidate.score + _familiar(candidate.word, seen)
    more = seen.more[place.page] if seen.more else {}
    if candidate.noise or not candidate.marks:
        score += NOISE + sum([more.get(mark, 0.0) for mark in candidate.noise])
    if not candidate.marks:
        return score
    gone = min([place.gone[at] for at in _dotted(candidate.marks)])
    return score + gone + sum([more.get(mark, 0.0) for mark in candidate.marks])


@lru_cache(maxsize=10_000)
def _dotted(marks: tuple[Mark, ...]) -> tuple[int, ...]:
    """Which of å, ä and ö come back."""
    return tuple({DOTTED.index(letter) for _, true in marks for letter in true if letter in DOTTED})


@lru_cache(maxsize=10_000)
def _named(read: str, word: str) -> float:
    """What a capital says for a reading that is a name and, where what is read may be one, against others."""
    if is_name(word):
        return NAMED
    return CAPITAL if _stands_somewhere(read) else 0.0


def _stands_somewhere(word: str) -> bool:
    return level(word) is not None or word in shadows()


def _familiar(word: str, seen: Evidence) -> float:
    """What the rest of the document says for a word."""
    return SEEN if word in seen.words else 0.0
