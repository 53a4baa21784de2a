"""The signs that Tesseract's Swedish model doesn't know: §, % and @.

It reads them as `$`, `S`, `8`, `90`, `26`, `(Q` and the like, or not at all, which no rule can tell from the
real thing afterwards. But it is seldom quite sure then. The English model knows them, so the places of
figures and signs that were read with doubt, and of what looks like a mistaken sign, are cut out and read
again in English. Its reading counts where it has a sign in the place of one; words are left to the Swedish
model, and so are the figures, save that the English ones are remembered where they differ.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from pipeline.model import Box
from pipeline.recognize import closeup
from pipeline.recognize.bullets import BULLET
from pipeline.recognize.fuse import fuse, text_of
from pipeline.sheet import Picture, Token

_MOST = 80  # words on a page that are looked at again, the most doubtful of them
_DOUBTED = 0.95  # what the Swedish model gives figures that it reads right lies above, but for one in eight
_DOUBTED_LONG = 0.85  # dates, organisation numbers and the like are no signs, only figures
_SURE = 0.35  # of a sign in its usual company
_CLEAR = 0.85
_SURE_ALONE = 0.7  # of a sign that the Swedish model didn't see at all
_BESIDE = 1.6  # type sizes between a word and its neighbour
_TOGETHER = 7.0  # places closer than this are looked at together
_CONTEXT = 4.0, 12.0  # type sizes to each side that are cut out too: at least, and at most for a whole word
_DEEP, _SEEN = 0.04, 0.7
_TALL = 1.08  # times as high as the page's figures: a § goes below the line
_PAD, _ROOM = 0.2, 0.35  # type sizes above and below, and before and after a word that is cut out whole
_TALLEST = 1.7
_ENLARGED = 1.5
_WIDE = 0.7  # type sizes: a percent sign

_NUMBER = re.compile(r"[(]?\d{1,4}(?:[.,–—-]\d+)?[).,:]?$")
_LIKE_SECTION = re.compile(r"(?:\d{1,3})?[$S&]{1,2}\d{0,3}[).,:]?$")
_LIKE_SECTION_BY_NUMBER = re.compile(r"[3589]{1,2}[).,:]?$")
_LIKE_SECTION_AND_NUMBER = re.compile(r"(?:[58]\d{1,3}|\d{1,2}[58])[.,]?$")
_LIKE_PERCENT = re.compile(r"['\"(]?(?:\d{1,2}[0469]|\d?[oO°]{1,2}|[YyX][o0])['\")]{0,2}[.,;:]?$")
_ROUND = re.compile(r"\d00$")
_LONG = re.compile(r"\W?\w*\d[-–—/:.]\d\S{2,}")
_DOMAIN = re.compile(r"(?!www\.)[\wåäö(€-]+(?:\.[\w(€-]+)*\.[a-z]{2,7}\W?$")

_SECTION = re.compile(r"[(]?(?:\d{1,3} ?[a-z]? ?)?§{1,2}(?: ?\d{1,4})?[).,:;]*$")
_PERCENT = re.compile(r"[(]?(?:\d+(?:[.,]\d+)? ?)?%[).,:;]*$")
_ADDRESS = re.compile(r"[A-Za-z0-9_.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+[.,;:)]*$")
_OTHER = re.compile(r"[&€]$")
_SIGN_ALONE = re.compile(r"[(]?(?:§{1,2}|%)[).,:;]*$")
_HALF_A_PAIR = re.compile(r"([(]?)(?:[$S8]§|§[$S]|(?=[$S8]*§)[$S8§]{3})([).,:;]*)$")
_LEFT_OVER = re.compile(r"[(]?(?:\$|8|[$S8]{2})[).,:;]*$")
_STUCK = re.compile(r"%[a-zåäö]{2,}$")
_LIKE_AREA = re.compile(r"m[?'*\"”°!:?][.,;)]?$")
_SECTION_TAKEN = re.compile(r"\d{1,3}[S$58]$")
_DASHES = re.compile(r"[-–—]{2,}")

Known = Callable[[str], bool]


def reread(tokens: Sequence[Token], picture: Picture, read: closeup.Reader, known: Known) -> list[Token]:
    """The words with the signs put right; `read` reads a line in English."""
    tall = _TALL * _height_of_figures(tokens)
    doubtful = [index for index in range(len(tokens)) if _is_doubtful(tokens, index, tall, known)]
    doubtful = sorted(sorted(doubtful, key=lambda index: tokens[index].confidence or 0.0)[:_MOST])
    words = _second_look(tokens, doubtful, picture, read, 1.0)
    left = [index for index, token in enumerate(words) if _is_left_over(token, tall)]
    words = _undoubled(_second_look(words, left, picture, read, _ENLARGED))
    return _squared(_by_shape(words, tall), picture, read)


def _second_look(
    tokens: Sequence[Token], doubtful: Sequence[int], picture: Picture, read: closeup.Reader, enlarged: float
) -> list[Token]:
    """The words in the light of an English reading of the doubtful ones."""
    found = [
        token
        for place in _places(tokens, doubtful)
        for token in _joined(closeup.look(picture, _cutting(tokens, *place), read, enlarged))
    ]
    found = [
        token for token, before in zip(found, [None, *found], strict=False) if not _is_odd(token, before)
    ]
    doubted = [tokens[index] for index in doubtful]
    second = [t for t in found if _SIGN_ALONE.match(t.text) or any(_touch(t.box, d.box) for d in doubted)]
    return fuse(tokens, second, better)


def _undoubled(tokens: Sequence[Token]) -> list[Token]:
    """The words without the `S` or `5` that a § was taken for, where the § itself was found beside it."""
    new = list(tokens)
    for index, (token, after) in enumerate(pairwise(tokens)):
        number = token.other.strip()
        twice = _SECTION_TAKEN.match(token.text) and token.text[:-1] == number and after.text[0] == "§"
        if twice and _beside(token, after):
            new[index] = replace(token, text=number, confidence=_SEEN, other=token.text)
    return new


def _by_shape(tokens: Sequence[Token], tall: float) -> list[Token]:
    """The words with § for an `8` between a number and a word that is higher and deeper than figures are."""
    new = list(tokens)
    for index in range(1, len(tokens) - 1):
        before, token, after = tokens[index - 1 : index + 2]
        deep = (token.box.y1 - token.baseline) / token.size > _DEEP
        if token.text in ("8", "88") and deep and token.box.y1 - token.box.y0 > tall * token.size:
            between = before.text.isdigit() and after.text[:1].isalpha()
            if between and _beside(before, token) and _beside(token, after):
                sign = "§" * len(token.text)
                new[index] = replace(token, text=sign, confidence=_SEEN, other=token.text)
    return new


def _squared(tokens: Sequence[Token], picture: Picture, read: closeup.Reader) -> list[Token]:
    """The words with `m²` for `m?` after a number, where the English model sees a 2 when it sees no more."""
    new = list(tokens)
    for index, (before, token) in enumerate(pairwise(tokens), 1):
        if _LIKE_AREA.match(token.text) and before.text[-1].isdigit() and _beside(before, token):
            pad, box = _PAD * token.size, token.box
            place = Box(box.x0 - pad, box.y0 - pad, box.x1 + pad, box.y1 + pad)
            seen = text_of(closeup.look(picture, place, read, _ENLARGED))
            if seen.rstrip(".,") in ("m2", "m²"):
                text = f"m²{token.text[2:]}"
                new[index] = replace(token, text=text, confidence=_SEEN, other=token.text)
    return new


def _is_left_over(token: Token, tall: float) -> bool:
    """Whether a word can still only be a §: by its `$`, or as a figure that goes below the line."""
    if not _LEFT_OVER.match(token.text):
        return False
    return "8" not in token.text or token.box.y1 - token.box.y0 > tall * token.size


def _is_odd(token: Token, before: Token | None) -> bool:
    """A percent sign after no number that isn't clear: `½`, more often than not."""
    after_number = before is not None and _beside(before, token) and before.text[-1:].isdigit()
    return token.text == "%" and not after_number and (token.confidence or 0.0) < _CLEAR


def better(one: Sequence[Token], other: Sequence[Token]) -> bool:
    """Whether an English reading of a place beats the Swedish one: by a sign, never by a word."""
    text, english = text_of(one), text_of(other)
    if not other:
        return False
    surety = min(token.confidence or 0.0 for token in other)
    if not one:
        return surety > _SURE_ALONE and bool(_SIGN_ALONE.match(english))
    if _ADDRESS.match(english):
        return "@" not in text and (surety > _SURE or _agree_but_for_the_sign(text, english))
    if surety < _SURE or len(english) > len(text) + 3:
        return False
    if sum(map(str.isalpha, text)) > 2:
        return False
    if text.replace("$", "§") == english:
        return True
    if _SECTION.match(english):
        return _digits(text).endswith(_digits(english)) or _digits(text).startswith(_digits(english))
    if _PERCENT.match(english):
        return _digits(text).startswith(_digits(english))
    if _OTHER.match(english):
        return surety > _SURE_ALONE
    return (
        _digits(text) == _digits(english) != "" and bool(_DASHES.search(text)) and not _DASHES.search(english)
    )


def _agree_but_for_the_sign(text: str, english: str) -> bool:
    name, _, domain = english.partition("@")
    return text.startswith(name) and text.endswith(domain)


def _joined(found: Sequence[Token]) -> list[Token]:
    """English words in one piece: addresses cut in two at the @, `§§` half seen, % stuck to the next word."""
    words: list[Token] = []
    for token in found:
        text = _HALF_A_PAIR.sub(r"\1§§\2", token.text)
        last = words[-1] if words else None
        if last and (text.startswith("@") or last.text.endswith("@")) and _ADDRESS.match(last.text + text):
            sure = min(last.confidence or 0.0, token.confidence or 0.0)
            box = last.box.union(token.box)
            words[-1] = replace(token, text=last.text + text, box=box, confidence=sure)
        elif last and _STUCK.match(text):
            end = max(token.box.x0, last.box.x1 + _WIDE * token.size)
            box = Box(last.box.x1, token.box.y0, end, token.box.y1)
            words.append(replace(token, text="%", box=box))
        else:
            words.append(replace(token, text=text))
    return words


def _height_of_figures(tokens: Sequence[Token]) -> float:
    """How high the page's figures are, in type sizes."""
    heights = [(t.box.y1 - t.box.y0) / t.size for t in tokens if t.text.isdigit() and t.size > 0]
    return median(heights) if heights else 1.0


def _is_doubtful(tokens: Sequence[Token], index: int, tall: float, known: Known) -> bool:
    token = tokens[index]
    text = token.text
    if _DOMAIN.match(text) and "@" not in text:
        return True
    if text == BULLET:
        return False
    letters = sum(map(str.isalpha, text))
    if letters > 2 and letters > len(text) / 2:
        return False
    limit = _DOUBTED_LONG if _LONG.match(text) else _DOUBTED
    unsure = token.confidence is not None and token.confidence < limit
    if unsure and not (letters and known(text.strip(".,;:()"))):
        return True
    if letters == 0 and "," not in text and token.box.y1 - token.box.y0 > tall * token.size:
        return True
    before = tokens[index - 1] if index and _beside(tokens[index - 1], token) else None
    after = tokens[index + 1] if index + 1 < len(tokens) and _beside(token, tokens[index + 1]) else None
    return _looks_like_a_sign(text, before.text if before else "", after.text if after else "")


def _looks_like_a_sign(text: str, before: str, after: str) -> bool:
    """Whether a word that was read without doubt looks like what becomes of a sign."""
    if _LIKE_SECTION.match(text):
        return not text[0].isdigit() or not text.rstrip(").,:")[-1].isdigit()
    if _LIKE_SECTION_BY_NUMBER.match(text):
        return bool(_NUMBER.match(before) or _NUMBER.match(after))
    if _LIKE_SECTION_AND_NUMBER.match(text) and (before == "kap." or (not before and after[:1].isupper())):
        return True
    return bool(_LIKE_PERCENT.match(text) and _NUMBER.match(before)) and not _ROUND.match(text)


def _places(tokens: Sequence[Token], doubtful: Sequence[int]) -> Iterator[tuple[int, int]]:
    """First and last word of each stretch of a line to look at."""
    if not doubtful:
        return
    start = end = doubtful[0]
    for index in doubtful[1:]:
        left, right = tokens[end], tokens[index]
        near = right.box.x0 - left.box.x1 < _TOGETHER * left.size
        if not (near and _on_a_line(left, right) and right.box.x0 > left.box.x0):
            yield start, end
            start = index
        end = index
    yield start, end


def _cutting(tokens: Sequence[Token], start: int, end: int) -> Box:
    """What to cut out of the page for words `start` to `end`: the stretch of the line, and its neighbours."""
    first, last = tokens[start], tokens[end]
    before = [tokens[start - 1]] if start and _beside(tokens[start - 1], first) else []
    after = [tokens[end + 1]] if end + 1 < len(tokens) and _beside(last, tokens[end + 1]) else []
    inside = [*before, *tokens[start : end + 1], *after]
    top, foot = min(t.box.y0 for t in inside), max(t.box.y1 for t in inside)
    least, most = (times * first.size for times in _CONTEXT)
    over = max(0.0, foot - top - _TALLEST * first.size) / 2
    return Box(
        first.box.x0 - min(most, max(least, first.box.x0 - inside[0].box.x0 + _ROOM * first.size)),
        top + over - _PAD * first.size,
        last.box.x1 + min(most, max(least, inside[-1].box.x1 - last.box.x1 + _ROOM * first.size)),
        foot - over + _PAD * first.size,
    )


def _beside(left: Token, right: Token) -> bool:
    gap = right.box.x0 - left.box.x1
    return _on_a_line(left, right) and -1.5 * left.size < gap < _BESIDE * max(left.size, right.size)


def _on_a_line(left: Token, right: Token) -> bool:
    return abs(left.baseline - right.baseline) < 0.4 * max(left.size, right.size)


def _touch(one: Box, other: Box) -> bool:
    return one.x0 < other.x1 and other.x0 < one.x1 and one.y0 < other.y1 and other.y0 < one.y1


def _digits(text: str) -> str:
    return "".join(char for char in text if char.isdigit())
