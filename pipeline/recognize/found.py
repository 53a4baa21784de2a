"""What an engine finds on a picture, and the tokens that it becomes."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

from pipeline.model import Box
from pipeline.sheet import Token

_DEEP = frozenset("gjpqyçQ,;()[]{}§$@|/_")
_HIGH = frozenset("bdfhklitåäöéüèÅÄÖ0123456789!?&%(){}[]§$@|/'\"”’")
# Heights of what a word is printed with, in type sizes: the usual text faces lie close together.
_X_HEIGHT, _ASCENT, _DESCENT = 0.47, 0.70, 0.20
_NOISE = 0.4
# What no Swedish paper has alone between words: wide gaps are read so, and specks.
_NEVER_ALONE = re.compile(r"[\"'”“’‘´`]+$")
_EQUALS = re.compile("=+$")
_NOISE_ALONE = 0.8
_DASHES = re.compile(r"[-–—]{2,3}$")
_BRACKETED = re.compile(r"\(\d\)$")


@dataclass(frozen=True, slots=True)
class Found:
    """A word as the engine gives it: pixels from the top left, confidence 0..1.

    `baseline` is where the line that it stands on runs below its middle; None from an engine that doesn't
    tell.
    """

    text: str
    confidence: float
    left: int
    top: int
    right: int
    bottom: int
    baseline: float | None = None


def tokens(lines: Sequence[Sequence[Found]], dpi: float) -> list[Token]:
    """The words of lines as tokens in points, without what is no word."""
    cleared = (_once([_freed(word) for word in line if word.text and not _noise(word)]) for line in lines)
    return [token for line in cleared if line for token in _tokens(line, 72 / dpi)]


def _noise(word: Found) -> bool:
    """Specks and the edges of the paper, which the engine reads as stops, dashes and bars."""
    if _NEVER_ALONE.match(word.text):
        return word.confidence < _NOISE_ALONE
    return word.confidence < _NOISE and not any(char.isalnum() for char in word.text)


def _once(line: list[Found]) -> list[Found]:
    """The words without gaps read as `=`, and without a sign seen twice: the engine goes back over one."""
    kept: list[Found] = []
    for word in line:
        last = kept[-1] if kept else None
        if (
            _EQUALS.match(word.text)
            and word.confidence < _NOISE_ALONE
            and not (last and last.text[-1].isdigit())
        ):
            continue  # behind a figure it may be a dash
        if last and len(word.text) == len(last.text) == 1 and word.left < last.left < word.right:
            kept[-1] = max(last, word, key=lambda seen: seen.confidence)
        else:
            kept.append(word)
    return kept


def _freed(word: Found) -> Found:
    """A lone figure without brackets that have no room: the engine sees them round a nought; a dash once."""
    if _DASHES.match(word.text) and len(set(word.text)) > 1:
        return replace(word, text="–")
    narrow = word.right - word.left < word.bottom - word.top
    return replace(word, text=word.text[1]) if narrow and _BRACKETED.match(word.text) else word


def _tokens(line: Sequence[Found], scale: float) -> Iterator[Token]:
    size = median(_size(word) for word in line for _ in word.text)
    baseline = median(_baseline(word, size) for word in line for _ in word.text)
    # A word that Tesseract has cut in two keeps the whole's box: it ends where the next one begins.
    nexts = [*(word.left for word in line[1:]), 10**9]
    for word, follower in zip(line, nexts, strict=True):
        right = follower if word.left < follower < word.right else word.right
        corners = (word.left, word.top, right, word.bottom)
        box = Box(*(round(corner * scale, 2) for corner in corners))
        yield Token(word.text, box, size * scale, baseline * scale, round(word.confidence, 4))


def _baseline(word: Found, size: float) -> float:
    if word.baseline is not None:
        return word.baseline
    return word.bottom - (_DESCENT * size if _DEEP.intersection(word.text) else 0.0)


def _size(word: Found) -> float:
    tall = any(char in _HIGH or char.isupper() for char in word.text)
    deep = bool(_DEEP.intersection(word.text))
    return (word.bottom - word.top) / ((_ASCENT if tall else _X_HEIGHT) + (_DESCENT if deep else 0.0))
