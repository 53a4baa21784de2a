"""E-mail addresses whose @ was read as something else: `kansliet(Qekbacken.se`, `kansliet Q ekbacken.se`.

What ends as the name of a host does is read again in English, with the words before it. A reading counts
that is an address and says the same but for its sign.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from pipeline.model import Box
from pipeline.recognize import closeup
from pipeline.sheet import Picture, Token

_HOST = re.compile(r"(?!www\.|https?:|.*\.nr\W*$).{3,}\.[a-z]{2,7}[.,;:)]{0,2}$")
_LABEL = re.compile(r".{4,}\.$|[\w.-]*(?:[&(©®¢€]+\w?|[a-z]G|Q)[a-z-]{3,}$")
_TOP = re.compile(r"(?:se|nu|com|org|net|eu|fi|no|dk|example)[.,;:)]{0,2}$")
_ADDRESS = re.compile(r"[(]?[\w.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+[.,;:)]*$")
_ODD = re.compile(r"[^\w.,;:/)-]|[a-zåäö.][A-ZÅÄÖ\d][a-z]|^[A-ZO0Q9]$")
_SURE, _ALIKE, _THE_SAME = 0.35, 0.75, 0.9
_UNSURE = 0.6
_SCALES = (1.0, 1.5, 2.0)
_MOST = 20  # on a page
# In type sizes.
_BESIDE = 0.9
_PAD, _ROOM, _OFF = 0.2, 0.35, 0.6


def reread(tokens: Sequence[Token], picture: Picture, read: closeup.Reader) -> list[Token]:
    """The words with addresses put right; `read` reads a line in English."""
    new = list(tokens)
    ends = [i for i in range(len(new)) if _ends_a_host(new, i)]
    for end in reversed(ends[:_MOST]):
        start = _start(new, end)
        if found := _found(new[start : end + 1], picture, read):
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


def _start(tokens: Sequence[Token], end: int) -> int:
    """The first word that may be of the address: up to three stand close before its end."""
    start = end
    while start > max(0, end - 3) and _beside(tokens[start - 1], tokens[start]):
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
            return None
    return None


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
    alike = SequenceMatcher(None, text, first, autojunk=False).ratio()
    sure = min(word.confidence or 0.0 for word in inside)
    if alike < _ALIKE or (sure < _SURE and alike < _THE_SAME):
        return None
    box = words[0].box
    for word in words[1:]:
        box = box.union(word.box)
    return replace(words[0], text=text, box=box, confidence=sure, other=" ".join(w.text for w in words))


def _middle(word: Token) -> float:
    return (word.box.x0 + word.box.x1) / 2


def _beside(left: Token, right: Token) -> bool:
    size = max(left.size, right.size)
    on_a_line = abs(left.baseline - right.baseline) < 0.4 * size
    return on_a_line and -size < right.box.x0 - left.box.x1 < _BESIDE * size
