"""E-mail addresses whose @ was read as something else: `kansliet(Qekbacken.se`, `kansliet Q ekbacken.se`.

What ends as the name of a host does is read again in English, with the words before it. A reading counts
that is an address and says the same but for its sign.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from functools import reduce

from pipeline.model import Box
from pipeline.recognize import closeup, glyphs
from pipeline.sheet import Picture, Token

_HOST = re.compile(r"(?!www\.|https?:|.*\.nr\W*$).{3,}\.[a-z]{2,7}[.,;:)]{0,2}$")
_LABEL = re.compile(r".{4,}\.$|[\w.-]*(?:[&(©®¢€]+\w?|[a-z]G|Q)[a-z-]{3,}$")
_TOP = re.compile(r"(?:se|nu|com|org|net|eu|fi|no|dk|example)[.,;:)]{0,2}$")
_ADDRESS = re.compile(r"[(]?[\w.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+[.,;:)]*$")
_ODD = re.compile(r"[^\w.,;:/)-]|[a-zåäö.][A-ZÅÄÖ\d][a-z]|^[A-ZO0Q9]$")
_ODD_LETTERS = re.compile(r"[^a-z0-9._-]+|(?<=[a-z])[890g6](?=[a-z])|(?<=[a-z])[890]$")
_SURE, _ALIKE, _THE_SAME = 0.35, 0.75, 0.9
_UNSURE = 0.6
_SCALES = (1.0, 1.5, 2.0)
_FIGURE = 0.7  # of the type size, as high as figures are
_LIKELY, _CERTAIN = 0.5, 0.8
_MOST = 20  # on a page
# In type sizes.
_BESIDE, _APART = 0.9, 2.0
_PAD, _ROOM, _OFF = 0.2, 0.35, 0.6


def reread(tokens: Sequence[Token], picture: Picture, read: closeup.Reader) -> list[Token]:
    """The words with addresses put right; `read` reads a line in English."""
    new = list(tokens)
    ends = [(_start(new, i), i) for i in range(len(new)) if _ends_a_host(new, i)]
    lost = [(i, _end(new, i)) for i in range(len(new)) if _is_lost(new[i])]
    for start, end in sorted([*ends[:_MOST], *lost[:_MOST]], reverse=True):
        if end < len(new) and (found := _found(new[start : end + 1], picture, read)):
            first, address = found
            new[start + first : end + 1] = [address]
    return new


def _ends_a_host(tokens: Sequence[Token], index: int) -> bool:
    token = tokens[index]
    if "@" in token.text:
        return False
    if _HOST.match(token.text):
        return True
    before = tokens[index - 1] if index else None
    return bool(_TOP.match(token.text) and before and _LABEL.match(before.text) and _beside(before, token))


def _is_lost(token: Token) -> bool:
    """Whether the reading that gave way was an address, more or less, and the one that won is none."""
    return bool(_HOST.match(token.other) and _ODD.search(token.other)) and not _HOST.match(token.text)


def _end(tokens: Sequence[Token], start: int) -> int:
    """The last word that stands where the lost reading of a word did."""
    token = tokens[start]
    reach = token.box.x0 + (token.box.x1 - token.box.x0) * len(token.other) / max(1, len(token.text))
    end = start
    while end + 1 < len(tokens) and tokens[end + 1].box.x0 < reach and _on_a_line(token, tokens[end + 1]):
        end += 1
    return end


def _start(tokens: Sequence[Token], end: int) -> int:
    """The first word that may be of the address: up to three stand close before its end."""
    start = end
    while start > max(0, end - 3) and _beside(tokens[start - 1], tokens[start], _gap(tokens[start].text)):
        if "@" in tokens[start - 1].text or tokens[start - 1].text[-1] in ":,;":
            break
        start -= 1
    return start


def _found(words: Sequence[Token], picture: Picture, read: closeup.Reader) -> tuple[int, Token] | None:
    """The address that ends as the words do, and the first of them that it takes in."""
    last, size = words[-1], words[-1].size
    pad, room = _PAD * size, _ROOM * size
    top, foot = min(word.box.y0 for word in words), max(word.box.y1 for word in words)
    place = Box(words[0].box.x0 - room, top - pad, last.box.x1 + room, foot + pad)
    for scale in _SCALES:
        seen = closeup.look(picture, place, read, scale)
        for first in range(len(words) - 1, -1, -1):
            if address := _address(words[first:], seen):
                return first, address
        if not (any("@" in word.text for word in seen) or any(map(_is_odd, words))):
            break
    return _by_shape(words, picture, read)


def _by_shape(words: Sequence[Token], picture: Picture, read: closeup.Reader) -> tuple[int, Token] | None:
    """The address whose @ its shape tells, with what is read to each side of it."""
    for first in range(len(words) - 1, -1, -1):
        some, last = words[first:], words[-1]
        box, size = reduce(Box.union, (word.box for word in some)), last.size
        cut = glyphs.cut(picture, box, last.baseline, _FIGURE * size)
        found = [glyph for glyph in glyphs.signs(cut.ink, _LIKELY)[0] if glyph.sign == "@"] if cut else []
        if not cut or len(found) != 1:
            continue
        start, end, pad = cut.points(found[0].x0), cut.points(found[0].x1), _PAD * size
        if start < box.x0 + size:
            continue  # the name before it is a word of its own
        sides = (
            Box(box.x0 - pad, box.y0 - pad, start, box.y1 + pad),
            Box(end, box.y0 - pad, box.x1 + pad, box.y1 + pad),
        )
        before, after = (closeup.look(picture, side, read, _SCALES[1]) for side in sides)
        sign = replace(last, text="@", box=Box(start, box.y0, end, box.y1))
        address = _address(some, [*before, sign, *after]) or _exchanged(some, found[0], cut)
        return (first, address) if address else None
    return None


def _exchanged(words: Sequence[Token], sign: glyphs.Glyph, cut: glyphs.Cut) -> Token | None:
    """The words as one with @ for the odd letters that stand where its shape does, if that is an address."""
    middle = cut.points((sign.x0 + sign.x1) / 2)
    at = next((i for i, word in enumerate(words) if word.box.x0 <= middle <= word.box.x1), None)
    if at is None or sign.likely < _CERTAIN:
        return None
    word = words[at]
    place = (middle - word.box.x0) / (word.box.x1 - word.box.x0) * len(word.text)
    odd = [part for part in _ODD_LETTERS.finditer(word.text) if part.start() - 2 < place < part.end() + 2]
    if len(odd) != 1:
        return None
    exchanged = f"{word.text[: odd[0].start()]}@{word.text[odd[0].end() :]}"
    parts = [*(w.text for w in words[:at]), exchanged, *(w.text for w in words[at + 1 :])]
    if len(parts) > 1 and _TOP.match(parts[-1]) and not parts[-2].endswith("."):
        parts.insert(-1, ".")  # lost where the word was parted
    text = "".join(parts)
    if not _ADDRESS.match(text):
        return None
    box = reduce(Box.union, (word.box for word in words))
    said = " ".join(word.text for word in words)
    return replace(words[0], text=text, box=box, confidence=_UNSURE, other=said)


def _is_odd(word: Token) -> bool:
    return bool(_ODD.search(word.text)) or (word.confidence or 0.0) < _UNSURE


def _address(words: Sequence[Token], seen: Sequence[Token]) -> Token | None:
    """What was seen in the place of the words as one, if that is an address that they may be."""
    left, right, off = words[0].box.x0, words[-1].box.x1, _OFF * words[0].size
    inside = [word for word in seen if left - off < word.box.x0 and left < _middle(word) < right]
    text, first = "".join(word.text for word in inside), "".join(word.text for word in words)
    text = text.replace("|", "l")
    if not _ADDRESS.match(text):
        return None
    said = (first, words[0].other) if _is_lost(words[0]) else (first,)
    alike = max(SequenceMatcher(None, text, one, autojunk=False).ratio() for one in said)
    sure = min(word.confidence or 0.0 for word in inside)
    if alike < _ALIKE or (sure < _SURE and alike < _THE_SAME):
        return None
    box = words[0].box
    for word in words[1:]:
        box = box.union(word.box)
    return replace(words[0], text=text, box=box, confidence=sure, other=" ".join(w.text for w in words))


def _middle(word: Token) -> float:
    return (word.box.x0 + word.box.x1) / 2


def _gap(text: str) -> float:
    """How far a word may stand from the one before it, in type sizes: the room round an @ is wider."""
    return _APART if _ODD_LETTERS.match(text) else _BESIDE


def _beside(left: Token, right: Token, most: float = _BESIDE) -> bool:
    size = max(left.size, right.size)
    return _on_a_line(left, right) and -size < right.box.x0 - left.box.x1 < most * size


def _on_a_line(left: Token, right: Token) -> bool:
    return abs(left.baseline - right.baseline) < 0.4 * max(left.size, right.size)
