"""The signs that Tesseract's Swedish model doesn't know: §, % and @.

It reads them as `$`, `S`, `8`, `90`, `20`, `Q` and the like, which no rule can tell from the real thing
afterwards. The English model knows them, so places that look suspicious are cut out of the picture, put
under one another, and read again in English, all at once. Its reading counts only where it is a sign with
numbers, or an address with an @; words are left to the Swedish model.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from pipeline.model import Box
from pipeline.sheet import Picture, Token

Reader = Callable[[Picture], list[Token]]

_MOST = 60  # places on a page; where there are more, it is a page of figures
_SURE = 0.4
_CONFIDENT = 0.9  # of a sign that two readings were needed for
_BESIDE = 1.6  # type sizes between a word and its neighbour
_CONTEXT = 4.0  # type sizes to each side that are cut out along with a place
_ABOVE = 0.2

_NUMBER = re.compile(r"[(]?\d{1,4}(?:[.,]\d+)?[).,:]?$")
_LIKE_SECTION = re.compile(r"(?:\d{1,3})?[$S&]{1,2}[).,:]?$")
_LIKE_SECTION_BY_NUMBER = re.compile(r"[58]{1,2}[).,:]?$")
_LIKE_BOTH = re.compile(r"\d{1,2}[.,]?[58]$")
_LIKE_PERCENT = re.compile(r"['\"(]?(?:\d{1,3}|\d?[oO°]{1,2}|[YyX][o0])['\")]{0,2}[.,;:]?$")
_ROUND = re.compile(r"\d00$")
_DOMAIN = re.compile(r"(?!www\.)[\wåäö€-]+(?:\.[\w€-]+)*\.[a-z]{2,7}\W?$")
_LIKE_AT = re.compile(r"(?:.*[a-zåäö0-9])?[Q©®][€\d]?[\w.-]*\W?$")

_SECTION = re.compile(r"[(]?(?:\d{1,3} ?[a-z]? ?)?(?P<sign>§{1,2})(?: ?\d{1,4})?(?P<end>[).,:;]*)$")
_PERCENT = re.compile(r"[(]?(?:\d+(?:[.,]\d+)? ?)?(?P<sign>%)(?P<end>[).,:;]*)$")
_ADDRESS = re.compile(r"[A-Za-z0-9_.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+[.,;:]?$")


@dataclass(frozen=True)
class _Place:
    """Words `start` to `end` that may hide a sign, at word `sign`, and where on the page they stand."""

    start: int
    end: int
    sign: int
    box: Box
    size: float


def reread(tokens: Sequence[Token], picture: Picture, read: Reader) -> list[Token]:
    """The words with the signs put right; `read` reads a picture in English."""
    places = _places(tokens)
    if not 0 < len(places) <= _MOST:
        return list(tokens)
    strips, moves = _stacked(picture, places)
    found = read(strips)
    new = list(tokens)
    for place, (dx, dy) in reversed(list(zip(places, moves, strict=True))):
        moved = [replace(t, box=_shifted(t.box, dx, dy)) for t in found]
        inside = [t for t in moved if _within(t.box, place.box)]
        new[place.start : place.end] = _agreed(tokens, place, inside)
    return new


def _agreed(tokens: Sequence[Token], place: _Place, found: Sequence[Token]) -> list[Token]:
    """The words of a place in the light of its English reading: with a sign, or as they were."""
    old = list(tokens[place.start : place.end])
    text = " ".join(token.text for token in found)
    sure = all((token.confidence or 0) > _SURE for token in found)
    if not sure or len(text) > sum(len(token.text) for token in old) + 3:
        return old
    sign, base = tokens[place.sign], old[0]
    if match := _SECTION.match(text) or _PERCENT.match(text):
        if len(old) == 1:
            return [replace(base, text=t.text, box=t.box, confidence=t.confidence) for t in found]
        number = "".join(token.text for token in old if token is not sign)
        # The English model is trusted with the sign, not with the number beside it.
        if _digits(text) == _digits(number):
            new = replace(
                sign, text=match["sign"] + match["end"], confidence=min(_CONFIDENT, base.confidence or 0)
            )
            return [new if token is sign else token for token in old]
    if _ADDRESS.match(text):
        return [replace(base, text=t.text, box=t.box, confidence=t.confidence) for t in found]
    return old


def _digits(text: str) -> str:
    return "".join(char for char in text if char.isdigit())


def _places(tokens: Sequence[Token]) -> list[_Place]:
    """Where a sign may be hidden: never overlapping, in the order of the words."""
    places: list[_Place] = []
    for index, token in enumerate(tokens):
        before = tokens[index - 1] if index and _beside(tokens[index - 1], token) else None
        after = tokens[index + 1] if index + 1 < len(tokens) and _beside(token, tokens[index + 1]) else None
        reach = _reach(token.text, before.text if before else "", after.text if after else "")
        if reach is None:
            continue
        start, end = index + reach[0], index + reach[1]
        if not places or start >= places[-1].end:
            box = tokens[start].box
            for other in tokens[start + 1 : end]:
                box = box.union(other.box)
            places.append(_Place(start, end, index, box, token.size))
    return places


def _reach(text: str, before: str, after: str) -> tuple[int, int] | None:
    """From how many words before to how many after a suspicious word, as a slice; None for no suspicion."""
    if _LIKE_AT.match(text) and (_DOMAIN.match(text) or _DOMAIN.match(after)):
        return (-1 if text[0] in "Q©®" and before else 0), (1 if _DOMAIN.match(text) else 2)
    if _DOMAIN.match(text) and text.islower() and "@" not in text:
        return 0, 1
    if _LIKE_SECTION.match(text) or _LIKE_SECTION_BY_NUMBER.match(text):
        if _NUMBER.match(before):
            return -1, 1
        if _NUMBER.match(after):
            return 0, 2
        return (0, 1) if _LIKE_SECTION.match(text) else None
    if _LIKE_PERCENT.match(text) and _NUMBER.match(before) and not _ROUND.match(text):
        return -1, 1
    if _LIKE_BOTH.match(text) and (before == "kap." or (not before and after[:1].isupper())):
        return 0, 1
    return None


def _beside(left: Token, right: Token) -> bool:
    size = max(left.size, right.size)
    return (
        abs(left.baseline - right.baseline) < 0.4 * size
        and -1.5 * size < right.box.x0 - left.box.x1 < _BESIDE * size
    )


def _stacked(picture: Picture, places: Sequence[_Place]) -> tuple[Picture, list[tuple[float, float]]]:
    """The places cut out and put under one another, and how far each has moved, in points."""
    scale = picture.dpi / 72
    strips, moves, top = [], [], 0
    height, width = picture.pixels.shape
    for place in places:
        x0 = max(0, round((place.box.x0 - _CONTEXT * place.size) * scale))
        x1 = min(width, round((place.box.x1 + _CONTEXT * place.size) * scale))
        y0 = max(0, round((place.box.y0 - _ABOVE * place.size) * scale))
        y1 = min(height, round((place.box.y1 + _ABOVE * place.size) * scale))
        strips.append(picture.pixels[y0:y1, x0:x1])
        gap = round(place.size * scale)
        moves.append((x0 / scale - 10 / scale, (y0 - top - gap) / scale))
        top += y1 - y0 + gap
    paper = int(np.percentile(picture.pixels[::8, ::8], 90))
    sheet = np.full((top + 60, max(s.shape[1] for s in strips) + 20), paper, np.uint8)
    for strip, place, (_, dy) in zip(strips, places, moves, strict=True):
        y0 = max(0, round((place.box.y0 - _ABOVE * place.size) * scale)) - round(dy * scale)
        sheet[y0 : y0 + strip.shape[0], 10 : 10 + strip.shape[1]] = strip
    return Picture(sheet, picture.dpi), moves


def _shifted(box: Box, dx: float, dy: float) -> Box:
    return Box(*(round(v, 2) for v in (box.x0 + dx, box.y0 + dy, box.x1 + dx, box.y1 + dy)))


def _within(box: Box, place: Box) -> bool:
    x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
    return place.x0 - 1 <= x <= place.x1 + 1 and place.y0 - 2 <= y <= place.y1 + 2
