"""Figures that are in doubt get more readings; what is best supported stays.

In doubt is a number with a letter in it (`s732-1180`), one that the reading in English has otherwise, an
organisation number whose check digit fails, a date that no calendar has, what was read with little
confidence, and a letter where a figure should stand: `I 890`, or `n.` before a heading. A number is told best
among what stands beside it, so that comes first; then by itself, in figures alone.

A number is changed only to what a reading of its picture says: the one that passes the check that the first
fails, one that says which digit the letter was, or what more readings have than the first. Where nothing
decides, the first reading stays, with another beside it and with less confidence.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain

from stdnum import luhn

from pipeline.model import Box
from pipeline.recognize import closeup
from pipeline.sheet import Picture, Token

WHITELIST = "0123456789-.,:/()"
"""What a reading of figures alone may read."""

_MOST = 20  # numbers of a page, the most doubtful of them
_LOW, _LOWEST = 0.6, 0.3
_UNSURE = 0.9
_OVERRULED = ((0.8, 2), (1.0, 3))  # a first reading up to some confidence by so many that agree
_UNDECIDED = 0.5
_SETTLED, _HARDLY = 0.85, 0.6
_PAD = 0.25  # type sizes round a number
_ROOM = 6.0  # type sizes to each side, to read a number with what stands beside it
_LOOKS = (
    ("line", _ROOM, 1.0, True),
    ("line", _ROOM, 1.5, False),
    ("narrow", _PAD, 1.0, True),
    ("line", _ROOM, 2.0, True),
    ("narrow", _PAD, 2.0, False),
)
"""How the place of a number is read again: by whom, with how much beside it, how far enlarged, sharpened."""
_OFF = 0.7  # type sizes that the same word may begin or end elsewhere
_BESIDE = 1.6

_LOOKALIKES = str.maketrans("oOsSlI|BZ", "005511182")
_FIGURES = re.compile(r"[(]?(?=.*\d)[\d.,:/–—-]+(?:\(\d+)?[).,:;]*$")
_LIKE_FIGURES = re.compile(r"[(]?(?=.*\d)[\doOsSlI|BZ$.,:/–—-]+[).,:;]*$")
_CODE = re.compile(r"[A-ZÅÄÖ]{2}|[a-z]{3}")  # a letter code, or a word that has a digit in it
_STROKE, _GROUP = re.compile(r"[Il|]$"), re.compile(r"\d{3}\b")
_SUMS, _CAPITALS = re.compile(r"[O\d][\d .:,]*\d\W?$"), re.compile(r"[^\W\d_a-zåäö]{2,4}$")
_SIGN = re.compile(r"[§%@]")
_ITEM = re.compile(r"[^\W\d_]{1,2}\.$")
_FRAME, _FRAME_END = re.compile(r"[(]*"), re.compile(r"[).,:;–—-]*$")
_ORG_NUMBER = re.compile(r"(?:16)?(\d{6})-(\d{4})$")
_LIKE_A_DATE = re.compile(r"(?:19|20)\d\d(?:-[01]\d1[0-3]\d|1[01]\d-[0-3]\d)$")  # a dash that was read as 1
_DATE = re.compile(r"((?:19|20)\d{2})[-:.](\d{2})[-:.](\d{2})$")


def reread(
    tokens: Sequence[Token], picture: Picture, line: closeup.Reader, narrow: closeup.Reader
) -> list[Token]:
    """The words with doubtful figures settled; `line` reads a line, `narrow` one of figures alone."""
    doubtful = [index for index in range(len(tokens)) if _is_doubtful(tokens, index)]
    doubtful = sorted(doubtful, key=lambda index: tokens[index].confidence or 0.0)[:_MOST]
    new = {i: settled(tokens[i], _readings(tokens[i], picture, line, narrow)) for i in doubtful}
    return [better for i, token in enumerate(tokens) for better in new.get(i, [token])]


def settled(token: Token, readings: Iterable[Sequence[Token]]) -> list[Token]:
    """The number that its readings speak for, English (`other`) and more; these are taken as they are needed.

    What was no number may turn out to be several.
    """
    first = _figures(token.text)
    if _checked(first):
        return [token]
    seen: list[str] = []
    for words in chain([[replace(token, text=token.other)]], readings):
        text = "".join(word.text for word in words).replace(" ", "")
        if _FIGURES.match(text):
            seen.append(_figures(text))
            best = _decided(token, first, seen)
            if best == first:
                return [token]
            if best and best == seen[-1] and len(words) > 1 and not _LIKE_FIGURES.match(token.text):
                clear = min(word.confidence or 0.0 for word in words) >= _LOW
                return [replace(words[0], other=token.text), *words[1:]] if clear else [token]
            if best:
                return [_replaced(token, best, _SETTLED)]
    passed = _passed(first, seen)
    if len(passed) == 1:
        return [_replaced(token, next(iter(passed)), _HARDLY)]
    return [_doubted(token, first, seen)]


def _decided(token: Token, first: str, seen: Sequence[str]) -> str | None:
    """What the readings so far leave no doubt about; None where more are wanted."""
    passed = _passed(first, seen)
    if passed or _checked(first) is False:
        return passed.popitem()[0] if len(passed) == 1 and passed.total() > 1 else None
    meant = _figures(token.text.translate(_LOOKALIKES))
    votes = Counter(_digits(figures) for figures in seen if _checked(figures) is None)
    if meant != first and votes[_digits(meant)]:
        return meant
    own = 1 + votes.pop(_digits(first), 0) if _FIGURES.match(token.text) else 0
    digits, others = max(votes.items(), key=lambda vote: vote[1], default=("", 0))
    if own > others + 1:
        return first
    sure = token.confidence or 0.0
    needed = next(count for limit, count in _OVERRULED if sure <= limit)
    if others >= needed and others > own and not (sure >= _UNSURE and len(first) == 1):
        return next(figures for figures in reversed(seen) if _digits(figures) == digits)
    return None


def _passed(first: str, seen: Sequence[str]) -> Counter[str]:
    """The readings that pass a check; none where the first, which has none to fail, was read twice."""
    sound = _checked(first) is None and first in seen
    return Counter(figures for figures in seen if _checked(figures) and not sound)


def _doubted(token: Token, first: str, seen: Sequence[str]) -> Token:
    """The first reading where nothing decides: less sure, unless most have it."""
    others = [figures for figures in seen if _digits(figures) != _digits(first)]
    if len(others) < 1 + len(seen) - len(others) or not others:
        return token
    lower = _UNDECIDED if len(seen) > 1 else _UNSURE
    return replace(token, confidence=min(token.confidence or 0.0, lower), other=others[0])


def _replaced(token: Token, figures: str, confidence: float) -> Token:
    before, after = _FRAME.match(token.text), _FRAME_END.search(token.text)
    text = f"{before.group() if before else ''}{figures}{after.group() if after else ''}"
    return replace(token, text=text, confidence=confidence, other=token.text)


def _readings(
    token: Token, picture: Picture, line: closeup.Reader, narrow: closeup.Reader
) -> Iterator[list[Token]]:
    """The number's picture read again: among its neighbours, then by itself in figures alone."""
    for read, room, scale, sharp in _LOOKS:
        reader = line if read == "line" else narrow
        box, pad = token.box, _PAD * token.size
        place = Box(box.x0 - room * token.size, box.y0 - pad, box.x1 + room * token.size, box.y1 + pad)
        found = closeup.look(picture, place, reader, scale, sharp)
        yield [word for word in found if room == _PAD or _is_of(token, word)]


def _is_of(token: Token, word: Token) -> bool:
    off, middle = _OFF * token.size, (word.box.x0 + word.box.x1) / 2
    inside = word.box.x0 > token.box.x0 - off and word.box.x1 < token.box.x1 + off
    return inside and token.box.x0 < middle < token.box.x1


def _is_doubtful(tokens: Sequence[Token], index: int) -> bool:
    token = tokens[index]
    if _stands_for_a_figure(tokens, index):
        return True
    if not _LIKE_FIGURES.match(token.text) or _CODE.search(token.text):
        return False
    figures = _figures(token.text)
    if not _FIGURES.match(token.text) or _checked(figures) is False or _LIKE_A_DATE.match(figures):
        return True
    if token.other and any(map(str.isdigit, token.other)):
        return not _said_in_one(tokens, index)
    return (token.confidence or 0.0) < _LOW


def _stands_for_a_figure(tokens: Sequence[Token], index: int) -> bool:
    """Whether a word of letters stands where a figure should: in a sum, before a heading, or by `other`."""
    token, sure = tokens[index], tokens[index].confidence or 0.0
    after = tokens[index + 1] if index + 1 < len(tokens) and _beside(token, tokens[index + 1]) else None
    if after and _STROKE.match(token.text):
        return bool(_GROUP.match(after.text))
    if after and _ITEM.match(token.text) and sure < _UNSURE and after.text[:1].isupper():
        return index == 0 or not _beside(tokens[index - 1], token)
    if _LIKE_FIGURES.match(token.text) or _SIGN.search(token.text) or sure >= _UNSURE:
        return False
    return bool(_SUMS.match(token.other)) or (sure < _LOWEST and bool(_CAPITALS.match(token.text)))


def _beside(left: Token, right: Token) -> bool:
    size = max(left.size, right.size)
    on_a_line = abs(left.baseline - right.baseline) < 0.4 * size
    return on_a_line and -1.5 * left.size < right.box.x0 - left.box.x1 < _BESIDE * size


def _said_in_one(tokens: Sequence[Token], index: int) -> bool:
    """Whether the other reading has the same digits, for this word or for this and the next together."""
    other, together = _digits(tokens[index].other), ""
    for token in tokens[index : index + 4]:
        together += _digits(token.text)
        if together == other:
            return True
    return False


def _checked(figures: str) -> bool | None:
    """Whether a number passes the check that numbers of its form have; None for no such form."""
    if match := _ORG_NUMBER.match(figures):
        return bool(luhn.is_valid(match[1] + match[2]))
    if match := _DATE.match(figures):
        try:
            date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            return False
        return True
    return None


def _figures(text: str) -> str:
    """A number without what stands round it, and with one kind of dash."""
    return re.sub(r"[–—-]+", "-", text).strip("().,:;-")


def _digits(text: str) -> str:
    return "".join(char for char in text if char.isdigit())
