"""The repair of Swedish that was read by a machine without Swedish: `f6r`, `Malmé`, `ir`, `flerdrigt`.

Each word is weighed against what it may have been (`candidates.py`), given how much of å, ä and ö its
surroundings have lost (`damage.py`) and its neighbours (`lexicon/neighbours.py`). A change must beat leaving
the word alone by a margin, which is wide where the text is whole. A word that the lexicon has is never made
into one that it hasn't. The method is that of Kernighan, Church and Gale (1990), with blocks of letters as
errors, as Brill and Moore (2000) have them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import log10

from pipeline.clean.candidates import Candidate, as_read, candidates
from pipeline.clean.damage import Region, regions
from pipeline.clean.pieces import Piece, pieces
from pipeline.clean.rule import Edits, Texts, edit
from pipeline.lexicon.neighbours import EDGE, neighbours, tokens
from pipeline.lexicon.shadows import skeleton
from pipeline.lexicon.words import known
from pipeline.model import Edit

DAMAGED = 0.3  # from this share lost, words that the lexicon has are doubted too
WHOLE = 0.1  # below it, spellings are trusted as a source for the rest of the document
MARGIN, MARGIN_WHOLE = 0.4, 1.5  # log10
LEAST_WHOLE = 5
NOISE = -0.5  # log10 of how likely a region has misreadings other than of å, ä, ö
CONTEXT = 0.8
RIVALS = 3.5  # readings within this of the best are weighed by their neighbours
ELSEWHERE = -5.0  # log10 probability of a name that the same document spells out elsewhere
ELSEWHERE_COST = -0.5


@dataclass(frozen=True, slots=True)
class Choice:
    """A reading of a piece with its score; `change` is None for leaving it alone."""

    word: str
    score: float
    change: Candidate | None = None


def find(texts: Texts) -> tuple[Edits, ...]:
    """Repair every page by what the whole document shows."""
    states = regions(texts)
    damaged = any(region.lost >= DAMAGED for page in states for region in page)
    elsewhere = _spelled_out(texts, states) if damaged else {}
    return tuple(
        tuple(found for region in page for found in _repaired(text, region, elsewhere))
        for text, page in zip(texts, states, strict=True)
    )


def _spelled_out(texts: Texts, states: Sequence[Sequence[Region]]) -> dict[str, str]:
    """Words with å, ä, ö that whole parts of the document have and the lexicon lacks, by skeleton."""
    return {
        skeleton(piece.text.lower()): piece.text.lower()
        for text, page in zip(texts, states, strict=True)
        for region in page
        if region.lost < WHOLE
        for piece in pieces(text, region.start, region.end)
        if not piece.text.isascii() and piece.text.isalpha() and not known(piece.text)
    }


def _repaired(text: str, region: Region, elsewhere: dict[str, str]) -> list[Edit]:
    if region.foreign:
        return []
    found = list(pieces(text, region.start, region.end))
    if region.lost < DAMAGED:
        doubted = [not piece.protected and _is_doubtful(piece.text) for piece in found]
    else:
        doubted = [not piece.protected for piece in found]
    if not any(doubted):
        return []
    choices = [
        _choices(piece, region.lost, elsewhere) if doubt else [Choice(piece.text, 0.0)]
        for piece, doubt in zip(found, doubted, strict=True)
    ]
    between = [_between(text, one, other) for one, other in pairwise(found)]
    edits = []
    done = EDGE
    for at, (piece, options) in enumerate(zip(found, choices, strict=True)):
        before = (between[at - 1] if at else EDGE) or done
        after = (between[at] if at < len(between) else EDGE) or choices[at + 1][0].word
        change = _decided(piece, _by_context(options, before, after), region.lost)
        if change:
            edits.append(change)
        done = change.new if change else piece.text
    return edits


def _is_doubtful(word: str) -> bool:
    """Whether a word in whole text can be a misreading: unknown, and not one of the many short names."""
    return (len(word) >= LEAST_WHOLE or not word.isalpha()) and not known(word)


def _between(text: str, one: Piece, other: Piece) -> str:
    """What the neighbour table calls what stands between two pieces; empty for a mere blank."""
    gap = text[one.start + len(one.text) : other.start]
    if gap in (" ", "\n", "-"):
        return ""
    inside = tokens(gap)
    return inside[0] if inside else ""


def _choices(piece: Piece, lost: float, elsewhere: dict[str, str]) -> list[Choice]:
    """The readings of a piece, best first, what is read among them."""
    same = Choice(piece.text, as_read(piece.text, piece.before_hyphen))
    options = [same]
    for candidate in candidates(piece.text, piece.before_hyphen):
        given = log10(lost) if candidate.restored else NOISE
        options.append(Choice(candidate.word, candidate.score + given, candidate))
    spelled = elsewhere.get(piece.text.lower())
    if spelled:
        candidate = Candidate(spelled, ELSEWHERE + ELSEWHERE_COST, True)
        options.append(Choice(spelled, candidate.score + log10(lost), candidate))
    return sorted(options, key=lambda choice: (-choice.score, choice.word))


def _by_context(options: list[Choice], before: str, after: str) -> list[Choice]:
    """The rivals weighed again by the words around them."""
    best = options[0].score
    if len(options) == 1 or options[1].score < best - RIVALS:
        return options
    table = neighbours()
    weighed = [
        replace(choice, score=choice.score + CONTEXT * table.score(choice.word.lower(), before, after))
        if choice.score > best - RIVALS
        else choice
        for choice in options
    ]
    return sorted(weighed, key=lambda choice: (-choice.score, choice.word))


def _decided(piece: Piece, options: list[Choice], lost: float) -> Edit | None:
    best = options[0]
    if best.change is None:
        return None
    same = next(choice for choice in options if choice.change is None)
    margin = MARGIN + (MARGIN_WHOLE - MARGIN) * (1 - lost)
    if best.score - same.score < margin or (known(piece.text) and not known(best.word)):
        return None
    new = _in_case(best.word, piece.text)
    if new.lower() == piece.text.lower():
        return None
    rival = options[1]
    confidence = 1 / sum(10 ** (choice.score - best.score) for choice in options)
    return edit(
        piece.start,
        piece.text,
        new,
        "swedish",
        round(confidence, 3),
        piece.text if rival.change is None else _in_case(rival.word, piece.text),
    )


def _in_case(word: str, like: str) -> str:
    """The word with the capitals of what was read."""
    letters = [letter for letter in like if letter.isalpha()]
    if len(letters) > 1 and all(map(str.isupper, letters)):
        return word.upper()
    if like[0].isupper() and not (like[0] == "I" and word[0] == "l"):
        return word[0].upper() + word[1:]
    return word
