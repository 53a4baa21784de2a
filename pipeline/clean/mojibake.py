"""UTF-8 that was read as something else: `fÃ¶r`, `f├╢r`, `f√∂r`, `fÃƒÂ¶r`, and what is left of it.

What the tables of `alphabets.py` lack is left to `leftovers.py`. Where a control character was stripped, only
the first half of a capital is left (`NÃMNDEN`): that hole is filled by what makes the word Swedish.
"""

import re
from collections.abc import Iterator

from pipeline.clean.alphabets import UTF8
from pipeline.clean.holes import AROUND, filled, in_capitals
from pipeline.clean.rule import Edits, Texts, edit
from pipeline.model import Edit

USUAL = re.compile(r"[\t\n\f\r -~åäöÅÄÖéÉüÜ§°´·–—‘’“”»•…€\xa0\xad]*")
TOKEN = re.compile(r"[^ \t\n\f\r]+")  # without the odder blanks, which may be half of a letter
LEAD = re.compile("[" + "".join(sorted(map(re.escape, {wrong[0] for wrong in UTF8}))) + "]")
LENGTHS = range(max(map(len, UTF8)), 1, -1)
PROVEN = 2  # words that prove a document to be wrongly read
TWICE = 4  # layers of wrong reading that are undone at most
# The second byte was a control character and is gone. The first is that of a letter, read once or twice.
HOLE = re.compile(r"ÃÂ?(?=[^\W\d_])|(?<=[^\W\d_])ÃÂ?|(?<=[a-zåäö])ãâ?(?=[a-zåäö])")
CAPITALS = "ÅÄÖÉ"
CAPITAL, SMALL = re.compile("[A-Z]"), re.compile("[a-z]")
# A dash or a quotation mark that has lost the rest of itself in the same way.
STUB = re.compile(
    r"(?<=\d)âÂ{0,2}(?=\d)|(?<!\S)âÂ{0,2}(?!\w)|(?<!\S)âÂ{0,2}(?=\w)|(?<=[\w.,!?)])âÂ{0,2}(?![\wâ])"
)


def find(texts: Texts) -> tuple[Edits, ...]:
    """Undo wrong decoding, word by word."""
    found = tuple(() if USUAL.fullmatch(text) else tuple(_found(text)) for text in texts)
    if sum(map(len, found)) >= PROVEN and any("â" in text or "Ã¢" in text for text in texts):
        return tuple(tuple(_found(text, stubs=True)) for text in texts)
    return found


def _found(text: str, stubs: bool = False) -> Iterator[Edit]:
    for token in TOKEN.finditer(text):
        old = token.group()
        if USUAL.fullmatch(old):
            continue
        new = decoded(old)
        if new != old and _shouts(text, token):
            new = new.upper()
        rule = "utf8"
        if HOLE.search(new):
            new, rule = _completed(new, text, token), "lead"
        if stubs and "â" in new:
            new, rule = STUB.sub(_stub, new), "lead"
        if new != old:
            yield edit(token.start(), old, new, f"mojibake:{rule}", 0.98 if rule == "utf8" else 0.95)


def _shouts(text: str, token: re.Match[str]) -> bool:
    """Whether the letters that weren't misread are capitals (`FÃ¶R`: the text was upper-cased afterwards)."""
    plain = len(CAPITAL.findall(token.group()))
    if not plain or SMALL.search(token.group()):
        return False
    start, end = token.span()
    return plain > 1 or in_capitals(text[max(0, start - AROUND) : start], text[end : end + AROUND])


def _stub(match: re.Match[str]) -> str:
    """A dash between numbers or by itself, else the quotation mark of that side."""
    text, start, end = match.string, match.start(), match.end()
    before, after = text[start - 1 : start] if start else "", text[end : end + 1]
    return "–" if (before.isdigit() and after.isdigit()) or not (before or after) else "”"


def decoded(token: str) -> str:
    """The token with wrongly read UTF-8 undone, layer by layer."""
    for _ in range(TWICE):
        once = _once(token)
        if once == token:
            break
        token = once
    return token


def _once(token: str) -> str:
    parts, at = [], 0
    for lead in LEAD.finditer(token):
        if lead.start() < at:
            continue
        for length in LENGTHS:
            right = UTF8.get(token[lead.start() : lead.start() + length])
            if right is not None:
                parts += [token[at : lead.start()], right]
                at = lead.start() + length
                break
    return "".join([*parts, token[at:]]) if parts else token


def _completed(token: str, text: str, match: re.Match[str]) -> str:
    """The token with its halves of letters made whole, where a Swedish word comes of it."""
    holed = HOLE.sub("\N{REPLACEMENT CHARACTER}", token)
    before, after = (
        text[max(0, match.start() - AROUND) : match.start()],
        text[match.end() : match.end() + AROUND],
    )
    found = filled(holed, "\N{REPLACEMENT CHARACTER}", before, after, CAPITALS)
    if found is None:
        return token
    return found.text.lower() if token.islower() else found.text
