"""Blanks that stand for letters, as a font map without them leaves: `n mnden f r  ret` is `nämnden för året`.

Only for a document, or a page, that hardly has an å, an ä or an ö though it is long enough, and is full of
lone consonants. Each line is read as the likeliest row of words, every blank being one or one of the missing
letters. Where few words come of it, nothing is changed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from pipeline.clean.holes import AROUND, HOLE, every, filled, fills, starts_anew
from pipeline.clean.rule import Edits, Texts, edit
from pipeline.lexicon import known
from pipeline.lexicon.words import level
from pipeline.model import Edit

EXPECTED = {"å": 0.015, "ä": 0.018, "ö": 0.013}  # shares of the letters of Swedish
MISSING = 0.15  # of what is expected
LEAST_LETTERS = 150
LONE = re.compile(r"(?<![^\W_])[b-df-hj-np-zB-DF-HJ-NP-Z](?= +[^\W\d_])")
MISREAD = re.compile(r"\b(?:f[o6é]r|ar|pa|nar|dar|fran|aven|ocksa|mal|stod)\b", re.IGNORECASE)
LEAST_LONE, LONE_SHARE = 3, 0.004
ENOUGH, SHARE = 5, 0.01  # different words restored, and of all pieces
PIECE = re.compile(r"[^ \t\n]+")
EDGES = ".,;:!?()[]\"'”’“»«•*–—-/…"
MOST_PIECES, MOST_LETTERS = 5, 4
MOST_IN_COMPOUND = 2  # letters of a compound that the table lacks
COMPOUND, UNKNOWN, EACH = (
    -9.0,
    -8.0,
    -0.6,
)  # log10 of a compound, of a piece that is no word and of its letters
UNREAD = -2.0  # log10 of how often two blanks stand between words
FILLED = -0.5  # log10 of how often a blank is a letter


@dataclass(frozen=True, slots=True)
class Path:
    """The likeliest reading of a line up to a piece."""

    score: float
    words: tuple[tuple[int, int, str], ...]  # start, end, what is written there


def find(texts: Texts) -> tuple[Edits, ...]:
    """Read blanks as letters where the document shows that they are, or a page does for itself."""
    if _missing(texts):
        return _read_together(texts)
    return tuple(_read_together((text,))[0] for text in texts)


def _read_together(texts: Texts) -> tuple[Edits, ...]:
    missing = _missing(texts)
    if not missing or not _is_pierced(texts):
        return ((),) * len(texts)
    found = tuple(tuple(_found(text, missing)) for text in texts)
    changed = {change.new.lower() for page in found for change in page}
    pieces = sum(len(text.split()) for text in texts)
    if len(changed) < ENOUGH or sum(map(len, found)) < SHARE * pieces:
        return ((),) * len(texts)
    return found


def _missing(texts: Texts) -> str:
    """The letters that the document lacks."""
    size = sum(map(len, texts))
    if size < LEAST_LETTERS:
        return ""
    return "".join(
        letter
        for letter, share in EXPECTED.items()
        if sum(text.count(letter) for text in texts) < MISSING * share * size
    )


def _is_pierced(texts: Texts) -> bool:
    """Whether lone consonants are many, and more than words that only lost their dots, as bad OCR leaves."""
    lone = sum(len(LONE.findall(text)) for text in texts)
    if lone < LEAST_LONE or lone < LONE_SHARE * sum(len(text.split()) for text in texts):
        return False
    return lone > sum(len(MISREAD.findall(text)) for text in texts)


def _found(text: str, missing: str) -> Iterator[Edit]:
    at = 0
    for line in text.split("\n"):
        if line.strip():
            for start, end, new in _read(line, missing):
                yield _weighed(text, at + start, line[start:end], new, missing)
        at += len(line) + 1


def _weighed(text: str, start: int, old: str, new: str, missing: str) -> Edit:
    """The edit, with the say of the words on either side where several words are possible."""
    end = start + len(old)
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    found = filled(old.replace(" ", HOLE), HOLE, before, after, missing)
    if found is not None:
        return edit(start, old, found.text, "blanks", found.confidence, found.runner_up)
    capital = not old[:1].strip() and starts_anew(before)
    return edit(start, old, new[0].upper() + new[1:] if capital else new, "blanks", 0.6)


def _read(line: str, missing: str) -> tuple[tuple[int, int, str], ...]:
    """The words of the likeliest reading in which blanks are letters."""
    pieces = [(match.start(), match.end()) for match in PIECE.finditer(line)]
    if not pieces:
        return ()
    # Two readings up to each piece: the blank after it is free, or taken by the word's last letter.
    best: list[Path | None] = [Path(0.0, ())] + [None] * len(pieces)
    for first in range(len(pieces)):
        path = best[first]
        if path is None:
            continue
        for last in range(first, min(first + MOST_PIECES, len(pieces))):
            if last > first and not 1 <= pieces[last][0] - pieces[last - 1][1] <= 2:
                break
            for start, end in _extents(line, pieces, first, last, path):
                score, new = _word(line[start:end], missing)
                total = path.score + score + UNREAD * _unread(pieces, first, path, start)
                known_best = best[last + 1]
                if known_best is None or total > known_best.score:
                    words = path.words if new is None else (*path.words, (start, end, new))
                    best[last + 1] = Path(total, words)
    end_path = best[-1]
    return end_path.words if end_path else ()


def _extents(
    line: str, pieces: list[tuple[int, int]], first: int, last: int, path: Path
) -> Iterator[tuple[int, int]]:
    """Where a word of these pieces may begin and end: a blank too many on either side may be its letter."""
    start, end = pieces[first][0], pieces[last][1]
    taken = path.words[-1][1] if path.words else -1
    gap = start - (pieces[first - 1][1] if first else -1)
    room = (pieces[last + 1][0] if last + 1 < len(pieces) else len(line) + 1) - end
    before = [start] + ([start - 1] if 2 <= gap <= 3 and taken < start - 1 else [])
    after = [end] + ([end + 1] if 2 <= room <= 3 else [])
    yield from product(before, after)


def _unread(pieces: list[tuple[int, int]], first: int, path: Path, start: int) -> bool:
    """Whether a blank too many before the word is left for nothing."""
    if first == 0:
        return False
    end = pieces[first - 1][1]
    if path.words and path.words[-1][1] > end:
        end = path.words[-1][1]
    return 2 <= start - end <= 3


@lru_cache(maxsize=50_000)
def _word(read: str, missing: str) -> tuple[float, str | None]:
    """The score of a stretch read as one word, and what it reads; None where it is left as it stands."""
    core = read.strip(EDGES)
    holes = core.count(" ")
    if not holes:
        return _plain(core), None
    left, _, right = read.partition(core)
    if holes > MOST_LETTERS or not core.replace(" ", "").isalpha():
        return -99.0, None
    pattern = core.lower().replace(" ", HOLE)
    options = [(level(word) or UNKNOWN, word) for word in fills(pattern, missing)]
    if not options and holes <= MOST_IN_COMPOUND and len(pattern) > 6:
        options = [(COMPOUND, word) for word in every(pattern, missing) if known(word)]
    if not options:
        return -99.0, None
    score, word = max(options)
    score += FILLED * holes
    if core.replace(" ", "").isupper() and len(core) > holes + 1:
        word = word.upper()
    new = "".join(b.upper() if a.isupper() else b for a, b in zip(core, word, strict=True))
    return score, left + new + right


def _plain(core: str) -> float:
    """The score of what stands there as it is."""
    if not core.isalpha():
        return -4.0
    common = level(core)
    if common is not None and (len(core) > 1 or core.lower() in "iåöa"):
        return common
    if len(core) > 6 and known(core):
        return COMPOUND
    return UNKNOWN + EACH * len(core)
