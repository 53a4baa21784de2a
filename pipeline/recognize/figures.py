"""Figures that are in doubt get a third reading, of figures alone; the best supported of the three stays.

In doubt is a number with a letter in it (`s732-1180`), one that the reading in English has otherwise, an
organisation number whose check digit fails, a date that no calendar has, and what was read with little
confidence. A number is changed only to what a reading of its picture says: one that passes the check that the
first fails, one that says which digit the letter was, or two that agree against a first that was unsure.
Where nothing decides, the first reading stays, with the other beside it and with less confidence.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from stdnum import luhn

from pipeline.model import Box
from pipeline.recognize import closeup
from pipeline.sheet import Picture, Token

WHITELIST = "0123456789-.,:/()"
"""What the third reading may read."""

_MOST = 25  # numbers of a page, the most doubtful of them
_LOW = 0.6
_UNSURE = 0.9  # a first reading that two others may overrule
_UNDECIDED = 0.5
_SETTLED = 0.85
_PAD = 0.25  # type sizes round a number
_SCALES = (1.0, 2.0)

_LOOKALIKES = str.maketrans("oOsSlI|BZ", "005511182")
_FIGURES = re.compile(r"[(]?(?=.*\d)[\d.,:/–—-]{2,}[).,:;]*$")
_LIKE_FIGURES = re.compile(r"[(]?(?=.*\d)[\doOsSlI|BZ.,:/–—-]{2,}[).,:;]*$")
_CODE = re.compile(r"[A-ZÅÄÖ]{2}|[a-z]{3}")  # a letter code, or a word that has a digit in it
_FRAME, _FRAME_END = re.compile(r"[(]*"), re.compile(r"[).,:;–—-]*$")
_ORG_NUMBER = re.compile(r"(?:16)?(\d{6})-(\d{4})$")
_DATE = re.compile(r"((?:19|20)\d{2})-(\d{2})-(\d{2})$")


def reread(tokens: Sequence[Token], picture: Picture, read: closeup.Reader) -> list[Token]:
    """The words with doubtful figures settled; `read` reads a line of figures."""
    new = list(tokens)
    doubtful = [index for index in range(len(tokens)) if _is_doubtful(tokens, index)]
    for index in sorted(doubtful, key=lambda index: tokens[index].confidence or 0.0)[:_MOST]:
        token = tokens[index]
        new[index] = settled(token, token.other, list(_narrow(token, picture, read)))
    return new


def settled(token: Token, english: str, narrow: Sequence[str]) -> Token:
    """The number that its readings speak for: in English, if there is one, and of figures alone."""
    first = _figures(token.text)
    wide = [_figures(english)] if _FIGURES.match(english) else []
    others = [*wide, *(_figures(text) for text in narrow if _FIGURES.match(text))]
    if _checked(first):
        return token
    passed = {figures for figures in others if _checked(figures)}
    if len(passed) == 1:
        return _replaced(token, *passed)
    meant = token.text.translate(_LOOKALIKES)
    if meant != token.text:
        return _replaced(token, _figures(meant)) if _digits(meant) in map(_digits, others) else token
    if first in others:
        return token
    if wide and others.count(wide[0]) > 1 and (token.confidence or 0.0) < _UNSURE:
        return _replaced(token, wide[0])
    for figures in others[:1]:
        if _digits(figures) != _digits(first):
            lower = _UNDECIDED if wide else _UNSURE
            return replace(token, confidence=min(token.confidence or 0.0, lower), other=figures)
    return token


def _replaced(token: Token, figures: str) -> Token:
    before, after = _FRAME.match(token.text), _FRAME_END.search(token.text)
    text = f"{before.group() if before else ''}{figures}{after.group() if after else ''}"
    return replace(token, text=text, confidence=_SETTLED, other=token.text)


def _narrow(token: Token, picture: Picture, read: closeup.Reader) -> Iterator[str]:
    """What the number's picture reads as when there are figures only, as it is and enlarged."""
    pad, box = _PAD * token.size, token.box
    place = Box(box.x0 - pad, box.y0 - pad, box.x1 + pad, box.y1 + pad)
    for scale in _SCALES:
        yield "".join(word.text for word in closeup.look(picture, place, read, scale))


def _is_doubtful(tokens: Sequence[Token], index: int) -> bool:
    token = tokens[index]
    if not _LIKE_FIGURES.match(token.text) or _CODE.search(token.text):
        return False
    if not _FIGURES.match(token.text) or _checked(_figures(token.text)) is False:
        return True
    if token.other and any(map(str.isdigit, token.other)):
        return not _said_in_one(tokens, index)
    return (token.confidence or 0.0) < _LOW


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
