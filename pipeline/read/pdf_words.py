"""The words of a PDF page as PDFium sees them.

Files often have no blanks between their words, draw letters in any order, or twice for bold type. So words
are put together by where their letters stand: first what follows in the file as on paper, then what else
stands side by side. PDFium's own guesses at blanks don't count, but where ink hides a blank.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from pipeline.model import Box
from pipeline.read.pdf_letters import UNKNOWN, Letters, Numbers, Truths, letters, overhangs
from pipeline.sheet import Rule, Token

# A blank is about a quarter of the type's size; gaps below this share of it are only loose setting, unless
# the letters around are set tight.
GAP = 0.16
_NARROW, _TIGHT = 0.11, 0.05
_BACK = 0.5  # sizes that a letter may reach back over the one before it
_LINE = 0.2  # sizes between the baselines of neighbours
_SAME_SIZE = 0.02
_SMALL_CAPS = 0.65, 0.9  # sizes of the capitals that stand for small letters
_TWICE = 1.0, 0.5  # points and widths: a letter this close to the same letter is that letter, drawn again
_TIMES = 3  # how many letters may lie between the two


@dataclass(frozen=True)
class Found:
    """What a page has of text and lines.

    `sideways_share` is the part of its letters that don't lie level, `unknown_share` the part that nobody
    can tell, since their fonts don't say which letters they draw.
    """

    width: float
    height: float
    tokens: tuple[Token, ...]
    rules: tuple[Rule, ...] = ()
    sideways_share: float = 0.0
    unknown_share: float = 0.0


@dataclass(slots=True)
class _Piece:
    """A word or a part of it; y counts from the foot of the paper. `open` tells where more may follow."""

    text: str
    x0: float
    x1: float
    y0: float
    y1: float
    size: float
    baseline: float
    open_before: bool
    open_behind: bool


def page(page: Any) -> Found:
    """All words of a page that isn't turned, but those beyond its edges."""
    left, bottom, right, top = page.get_bbox()
    textpage = page.get_textpage()
    try:
        found = letters(textpage)
        x, y = (found.x0 + found.x1) / 2, found.y0 + found.size / 2
        found = found.only((left <= x) & (x <= right) & (bottom <= y) & (y <= top))
        printed = ~found.blank
        count = max(1, int(np.count_nonzero(printed)))
        pieces = _pieces(textpage, _once(found.only(found.level)))
    finally:
        textpage.close()
    return Found(
        right - left,
        top - bottom,
        tuple(_tokens(_joined(pieces), left, top)),
        sideways_share=float(np.count_nonzero(printed & ~found.level) / count),
        unknown_share=float(np.count_nonzero(found.code == UNKNOWN) / count),
    )


def _once(letters: Letters) -> Letters:
    """The letters without those that were just drawn at nearly the same place."""
    again = np.zeros(len(letters.code), np.bool_)
    points, widths = _TWICE
    near = np.minimum(points, widths * (letters.x1 - letters.x0))
    for step in range(1, _TIMES + 1):
        across = np.abs(letters.x0[step:] - letters.x0[:-step])
        down = np.abs(letters.baseline[step:] - letters.baseline[:-step])
        same = (letters.code[step:] == letters.code[:-step]) & ~_in_ligature(letters, step)
        again[step:] |= same & (across < near[step:]) & (down < near[step:])
    return letters.only(~again)


def _in_ligature(letters: Letters, step: int) -> Truths:
    """Which letters are one glyph with that so many steps before: they have the same place on paper."""
    same: Truths = (
        (letters.x0[step:] == letters.x0[:-step])
        & (letters.x1[step:] == letters.x1[:-step])
        & (letters.place[step:] - letters.place[:-step] == step)
    )
    return same


def _pieces(textpage: Any, letters: Letters) -> list[_Piece]:
    """What follows in the file as on paper, cut at blanks, at gaps, and where line or size change."""
    if not len(letters.code):
        return []
    blank = letters.blank
    gap = letters.x0[1:] - letters.x1[:-1]
    large = np.maximum(letters.size[1:], letters.size[:-1])
    level = np.abs(np.diff(letters.baseline)) < _LINE * large
    apart = (gap > GAP * letters.size[:-1]) | _narrow_blanks(letters, gap, level)
    apart |= _hidden_blanks(textpage, letters, gap, large)
    onwards = (gap > -_BACK * large) | _in_ligature(letters, 1)
    follows = level & onwards & _same_type(letters) & ~apart & ~blank[1:] & ~blank[:-1]
    first = np.concatenate([[True], ~follows])
    starts = np.flatnonzero(first)
    ends = np.append(starts[1:], len(first))
    # No more of the word follows where there is a blank or a gap, as long as this is on the same line.
    parted = (apart | blank[1:] | blank[:-1]) & level & onwards
    open_before = np.concatenate([[True], ~parted])[starts]
    open_behind = np.concatenate([~parted, [True]])[ends - 1]
    columns = np.stack(
        [
            np.minimum.reduceat(letters.x0, starts),
            np.maximum.reduceat(letters.x1, starts),
            np.minimum.reduceat(letters.y0, starts),
            np.maximum.reduceat(letters.y0 + letters.size, starts),
            np.maximum.reduceat(letters.size, starts),
            letters.baseline[starts],
        ]
    ).T
    text = "".join(map(chr, letters.code.tolist()))
    return [
        _Piece(text[start:end], x0, x1, y0, y1, size, baseline, before, behind)
        for start, end, is_blank, (x0, x1, y0, y1, size, baseline), before, behind in zip(
            starts.tolist(),
            ends.tolist(),
            blank[starts].tolist(),
            columns.tolist(),
            open_before.tolist(),
            open_behind.tolist(),
            strict=True,
        )
        if not is_blank
    ]


def _hidden_blanks(textpage: Any, letters: Letters, gap: Numbers, size: Numbers) -> Truths:
    """Where PDFium saw a blank that slanted ink reaches into; of some blanks it leaves only its guess."""
    hidden = np.zeros(len(gap), np.bool_)
    for row in np.flatnonzero((np.diff(letters.place) > 1) & (gap > 0) & (gap <= GAP * size)).tolist():
        hidden[row] = overhangs(textpage, int(letters.place[row]), float(letters.x1[row]))
    return hidden


def _narrow_blanks(letters: Letters, gap: Numbers, level: Truths) -> Truths:
    """Where a gap is wide beside those of its neighbours, two to each side: lines squeezed into a column.

    Letters that are spaced out have gaps as wide all around.
    """
    share = gap / letters.size[:-1]
    tight, wide = level & (share < _TIGHT), level & (share > _NARROW) & (share <= GAP)
    around = np.zeros(len(gap), np.int64)
    for step in (1, 2):
        for near, count in ((tight, 1), (wide, -1)):
            around[step:] += count * near[:-step]
            around[:-step] += count * near[step:]
    narrow: Truths = wide & (around > 0)
    return narrow


def _same_type(letters: Letters) -> Truths:
    """Whether letters have the size of the one before, or are small capitals of the same word."""
    small = np.minimum(letters.size[1:], letters.size[:-1])
    large = np.maximum(letters.size[1:], letters.size[:-1])
    same = large - small <= _SAME_SIZE * large
    low, high = _SMALL_CAPS
    level = np.abs(np.diff(letters.baseline)) < _SAME_SIZE * large
    for row in np.flatnonzero(level & (small > low * large) & (small < high * large)).tolist():
        same[row] = all(chr(code).isupper() for code in letters.code[row : row + 2].tolist())
    return same


def _joined(pieces: list[_Piece]) -> list[_Piece]:
    """Whole words, each once: pieces that lie side by side, however far apart in the file."""
    if not pieces:
        return []
    by_line = sorted(pieces, key=lambda piece: piece.baseline)
    lines = [[by_line[0]]]
    for above, piece in pairwise(by_line):
        if piece.baseline - above.baseline < _LINE * min(piece.size, above.size):
            lines[-1].append(piece)
        else:
            lines.append([piece])
    words: list[_Piece] = []
    for line in lines:
        line.sort(key=lambda piece: piece.x0)
        last = line[0]
        words.append(last)
        for piece in line[1:]:
            if _is_again(last, piece):
                continue
            if _goes_on(last, piece):
                last = words[-1] = _union(last, piece)
            else:
                last = piece
                words.append(piece)
    return words


def _is_again(last: _Piece, piece: _Piece) -> bool:
    """Whether a word was drawn twice, nearly in the same place."""
    points, widths = _TWICE
    near = min(points, widths * (piece.x1 - piece.x0) / len(piece.text))
    return (
        piece.text == last.text
        and abs(piece.x0 - last.x0) < near
        and abs(piece.baseline - last.baseline) < near
    )


def _goes_on(last: _Piece, piece: _Piece) -> bool:
    size = max(last.size, piece.size)
    return (
        last.open_behind
        and piece.open_before
        and abs(piece.size - last.size) <= _SAME_SIZE * size
        and abs(piece.baseline - last.baseline) < _LINE * size
        and -_BACK * size < piece.x0 - last.x1 <= GAP * last.size
    )


def _union(last: _Piece, piece: _Piece) -> _Piece:
    return _Piece(
        last.text + piece.text,
        last.x0,
        max(last.x1, piece.x1),
        min(last.y0, piece.y0),
        max(last.y1, piece.y1),
        last.size,
        last.baseline,
        last.open_before,
        piece.open_behind,
    )


def _tokens(words: list[_Piece], left: float, top: float) -> Iterator[Token]:
    """Words as they are seen from the corner of the paper, whose edges `left` and `top` are."""
    for word in words:
        text = clean(word.text)
        if text:
            foot, baseline = top - word.y0, top - word.baseline
            if not top - word.y1 < baseline <= foot + 0.1 * word.size:
                baseline = foot - 0.2 * word.size
            box = Box(*(round(side, 2) for side in (word.x0 - left, top - word.y1, word.x1 - left, foot)))
            yield Token(text, box, round(word.size, 2), round(baseline, 2))


def clean(word: str) -> str:
    """Whole letters, and nothing that has no width; control and private characters tell of broken fonts."""
    if word.isascii() and word.isprintable():
        return word
    kept = "".join(char for char in word if unicodedata.category(char) != "Cf" or char == "\N{SOFT HYPHEN}")
    return unicodedata.normalize("NFC", kept)
