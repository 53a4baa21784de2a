"""The repair of Swedish that was read by a machine without Swedish: `f6r`, `Malmé`, `ir`, `flerdrigt`.

Each word is weighed against what it may have been (`candidates.py`), given how much of å, ä and ö its
surroundings have lost (`damage.py`), how this very document misreads and what else it says (`evidence.py`),
and its neighbours, a sentence at a time (`decode.py`). A change must beat leaving the word alone by a
margin, which is wide where the text is whole. A word that the lexicon has is never made into one that it
hasn't. The method is that of Kernighan, Church and Gale (1990), with blocks of letters as errors, as Brill
and Moore (2000) have them.
"""

from collections.abc import Hashable, Iterator, Sequence
from math import log10

from pipeline.clean import evidence
from pipeline.clean.confidence import calibrated
from pipeline.clean.damage import Region, regions
from pipeline.clean.decode import Run, runs, shares
from pipeline.clean.evidence import Evidence
from pipeline.clean.foreign import can_be_swedish
from pipeline.clean.kept import is_kept
from pipeline.clean.options import DAMAGED, Options, is_explained, options, place_of
from pipeline.clean.pieces import Piece, pieces
from pipeline.clean.rule import Edits, Texts, edit
from pipeline.clean.suspects import around_suspects
from pipeline.lexicon.words import known, level
from pipeline.model import Edit

MARGIN, MARGIN_WORD, MARGIN_WHOLE = 0.2, 0.4, 1.5  # log10: of what is no word, of a word, in whole text
MARGIN_COMMON, NEAR, RARE = 0.2, 1.0, -7.0  # log10
MARGIN_COMPOUND, MARGIN_NAME = 1.0, 3.0

Listed = list[list[Piece]]  # runs of words that are looked at together


def find(texts: Texts) -> tuple[Edits, ...]:
    """Repair every page by what the whole document shows."""
    states = regions(texts)
    damaged = any(region.lost >= DAMAGED and not region.foreign for page in states for region in page)
    listed = [
        [(region, _listed(text, region)) for region in page if not region.foreign]
        for text, page in zip(texts, states, strict=True)
    ]
    seen = evidence.found(texts, states, listed) if damaged else evidence.NOTHING
    return tuple(
        tuple(_on_page(text, at, page, seen))
        for at, (text, page) in enumerate(zip(texts, listed, strict=True))
    )


def _on_page(text: str, page: int, listed: list[tuple[Region, Listed]], seen: Evidence) -> Iterator[Edit]:
    known: dict[Hashable, Options] = {}
    for region, stretches in listed:
        place = place_of(page, region)
        for stretch in stretches:
            readings = options(stretch, place, seen, known)
            yield from _repaired(text, stretch, readings, region.lost)


def _listed(text: str, region: Region) -> Listed:
    """The words of a region that can be in doubt, with those around them."""
    if region.lost >= DAMAGED:
        return [pieces(text, region.start, region.end)]
    return [pieces(text, start, end) for start, end in around_suspects(text, region.start, region.end)]


def _repaired(text: str, listed: list[Piece], readings: list[Options], lost: float) -> Iterator[Edit]:
    changes = [
        change for run in runs(text, listed, readings) for change in _decided(listed, readings, run, lost)
    ]
    foreign = _foreign_lines(text, listed) if changes else ()
    return (
        change
        for change in changes
        if not any(start <= change.span.start < end for start, end in foreign) and not is_kept(text, change)
    )


def _foreign_lines(text: str, listed: Sequence[Piece]) -> list[tuple[int, int]]:
    """The stretches of lines that can't be Swedish, each judged with the lines beside it."""
    lines: list[list[Piece]] = [[]]
    for at, piece in enumerate(listed):
        if at and "\n" in text[listed[at - 1].start : piece.start]:
            lines.append([])
        lines[-1].append(piece)
    found = []
    for at, line in enumerate(lines):
        near = [piece.text for other in lines[max(0, at - 1) : at + 2] for piece in other if _counts(piece)]
        own = [piece.text for piece in line if _counts(piece)]
        if not can_be_swedish(near, is_explained) or not can_be_swedish(own, is_explained):
            found.append((line[0].start, line[-1].start + 1))
    return found


def _counts(piece: Piece) -> bool:
    return not piece.protected


def _decided(listed: Sequence[Piece], readings: Sequence[Options], run: Run, lost: float) -> Iterator[Edit]:
    chain = readings[run.start : run.stop]
    weighed = zip(listed[run.start : run.stop], chain, shares(chain, run.before, run.after), strict=True)
    for piece, choice, weights in weighed:
        if choice[weights.index(max(weights))].change is None and weights.count(max(weights)) == 1:
            continue
        ranked = sorted(range(len(choice)), key=lambda at: (-weights[at], choice[at].word))
        best, rival = choice[ranked[0]], choice[ranked[1]]
        if best.change is not None and _is_ahead(
            weights[ranked[0]], weights[0], _margin(piece, best.word), lost
        ):
            new = in_case(best.word, piece.text)
            if new.lower() != piece.text.lower():
                other = piece.text if rival.change is None else in_case(rival.word, piece.text)
                sure = round(calibrated(round(weights[ranked[0]], 3)), 3)
                yield edit(piece.start, piece.text, new, "swedish", sure, other)


def _is_ahead(best: float, same: float, margin: float, lost: float) -> bool:
    """Whether a change beats leaving the word alone by enough."""
    return not same or log10(best / same) >= margin + (MARGIN_WHOLE - margin) * (1 - lost)


def _margin(piece: Piece, word: str) -> float:
    """What a change must be ahead by: more of a word, and more yet of one about as common as its rival.

    Compounds that nobody counted have but their parts to tell them apart (`Andrummet`, `tornbyggnaden`);
    those with a capital inside a sentence are names.
    """
    own = level(piece.text)
    if own is None and known(piece.text):
        return MARGIN_NAME if piece.named else MARGIN_COMPOUND
    if own is None:
        return MARGIN
    nearer = own - (level(word) or RARE) + NEAR
    return MARGIN_WORD + MARGIN_COMMON * max(0.0, min(2 * NEAR, nearer))


def in_case(word: str, like: str) -> str:
    """The word with the capitals of what was read."""
    if like.islower():
        return word
    letters = [letter for letter in like if letter.isalpha()]
    if len(letters) > 1 and all(map(str.isupper, letters)):
        return word.upper()
    if like[0].isupper() and not (like[0] == "I" and word[0] == "l"):
        return word[0].upper() + word[1:]
    return word
