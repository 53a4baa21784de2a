"""The signs that Tesseract's Swedish model doesn't know: §, % and @.

It reads them as `$`, `S`, `8`, `90`, `26`, `(Q` and the like, or not at all, which no rule can tell from the
real thing afterwards. But it is seldom quite sure then. The English model knows them, so the places of
figures and signs that were read with doubt, and of what looks like a mistaken sign, are cut out and read
again in English. Its reading counts where it has a sign in the place of one; words are left to the Swedish
model, and so are the figures, save that the English ones are remembered where they differ.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.model import Box
from pipeline.recognize import closeup
from pipeline.recognize import sign_shapes as shapes
from pipeline.recognize.fuse import fuse, text_of
from pipeline.recognize.sign_shapes import digits
from pipeline.sheet import Picture, Token

_MOST = 80  # words on a page that are looked at again, the most doubtful of them
_SURE = 0.35  # of a sign in its usual company
_CLEAR = 0.85
_SURE_BY_ITSELF = 0.3
_SURE_ALONE = 0.7  # of a sign that the Swedish model didn't see at all
_TOGETHER = 7.0  # places closer than this are looked at together
_CONTEXT = 4.0, 12.0  # type sizes to each side that are cut out too: at least, and at most for a whole word
_DEEP, _SEEN = 0.04, 0.7
_PAD, _ROOM = 0.2, 0.35  # type sizes above and below, and before and after a word that is cut out whole
_TALLEST = 1.7
_ENLARGED = 1.5
_WIDE = 0.7  # type sizes: a percent sign


_SECTION = re.compile(r"[(]?(?:\d{1,3} ?[a-z]? ?)?§{1,2}(?: ?\d{1,4})?[).,:;]*$")
_PERCENT = re.compile(r"[(–—-]?(?:\d+(?:[.,]\d+)? ?)?%[).,:;]*$")
_OTHER = re.compile(r"[&€]$")
_SIGN_SEEN = re.compile(r"(\d{0,3})(§{1,2}|%)")
_BEFORE_SIGN, _AFTER_SIGN = re.compile(r"[(–—-]*"), re.compile(r"[).,:;]*$")
_SIGN_ALONE = re.compile(r"[(]?(?:§{1,2}|%)[).,:;]*$")
_HALF_A_PAIR = re.compile(r"(?<!\d)([(]?)(?:[$S8]§|§[$S]|(?=[$S8]*§)[$S8§]{3})([).,:;]*)$")
_LEFT_OVER = re.compile(r"[(]?(?:\$|8|[$S8]{2})[).,:;]*$")
_STUCK = re.compile(r"(?:%[a-zåäö]|§)[a-zåäö]+\W?$")
_LIKE_AREA = re.compile(r"m[?'*\"”°!:?][.,;)]?$")
_SECTION_TAKEN = re.compile(r"\d{1,3}[S$58]$")
_DASHES = re.compile(r"[-–—]{2,}")


def reread(
    tokens: Sequence[Token], picture: Picture, read: closeup.Reader, known: shapes.Known
) -> list[Token]:
    """The words with the signs put right; `read` reads a line in English."""
    tall = shapes.TALL * shapes.height_of_figures(tokens)
    like = _most_doubtful(tokens, [i for i in range(len(tokens)) if shapes.looks_like_a_sign(tokens, i)])
    others = [i for i in range(len(tokens)) if i not in like and shapes.is_doubtful(tokens[i], tall, known)]
    words = _second_look(tokens, sorted({*like, *_most_doubtful(tokens, others)}), picture, read, 1.0)
    left = [index for index, token in enumerate(words) if _is_left_over(token, tall)]
    words = _undoubled(_second_look(words, left, picture, read, _ENLARGED))
    words = _looked_at_alone(words, picture, read)
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


def _looked_at_alone(tokens: Sequence[Token], picture: Picture, read: closeup.Reader) -> list[Token]:
    """The words with signs for those that still look like one, where a reading of them alone has it."""
    new = list(tokens)
    for index in _most_doubtful(tokens, [i for i in range(len(tokens)) if shapes.is_unclear(tokens, i)]):
        token = tokens[index]
        for enlarged in (1.0, _ENLARGED):
            inside = _alone(tokens, index, picture, read, enlarged)
            english = "".join(word.text for word in inside)
            sure = min((word.confidence or 0.0 for word in inside), default=0.0)
            text = _with_sign(token.text, english) if sure > _SURE_BY_ITSELF else ""
            if text:
                new[index] = replace(token, text=text, confidence=sure, other=token.text)
            if text or english == token.text:
                break
    return new


def _alone(
    tokens: Sequence[Token], index: int, picture: Picture, read: closeup.Reader, enlarged: float
) -> list[Token]:
    """What a word is in English when it is read without its neighbours."""
    box, size = tokens[index].box, tokens[index].size
    end = right = box.x1
    if shapes.opens_an_item(*shapes.neighbours(tokens, index)):
        # The dot of a list would spoil the line, and the box may end before the sign; a word after helps.
        end, right = tokens[index + 1].box.x0, tokens[index + 1].box.x1
    pad, room = _PAD * size, _ROOM * size
    place = Box(box.x0 - room, box.y0 - pad, right + room, box.y1 + pad)
    seen = closeup.look(picture, place, read, enlarged)
    return [word for word in seen if box.x0 < (word.box.x0 + word.box.x1) / 2 < end]


def _with_sign(text: str, english: str) -> str:
    """The word with the sign that it has in English, beside its own digits; empty where they disagree.

    Scraps of what stands beside it may be in the English reading.
    """
    found = _SIGN_SEEN.search(english)
    if found is None:
        return ""
    number, sign = found.groups()
    if "$" in text:
        return text.replace("$", "§") if sign[0] == "§" else ""
    before, after = _BEFORE_SIGN.match(text), _AFTER_SIGN.search(text)
    ends = before.group() if before else "", after.group() if after else ""
    own = digits(text)
    if number and own.startswith(number) and 0 < len(own) - len(number) < 4:
        return f"{ends[0]}{number}{sign}{ends[1]}"
    alone = sign == "%" and (shapes.LIKELY_PERCENT.match(text) or not own)
    return f"{ends[0]}%{ends[1]}" if alone else ""


def _most_doubtful(tokens: Sequence[Token], places: Sequence[int]) -> list[int]:
    return sorted(sorted(places, key=lambda index: tokens[index].confidence or 0.0)[:_MOST])


def _undoubled(tokens: Sequence[Token]) -> list[Token]:
    """The words without the `S` or `5` that a § was taken for, where the § itself was found beside it."""
    new = list(tokens)
    for index, (token, after) in enumerate(pairwise(tokens)):
        number = token.other.strip()
        twice = _SECTION_TAKEN.match(token.text) and token.text[:-1] == number and after.text[0] == "§"
        if twice and shapes.beside(token, after):
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
            if between and shapes.beside(before, token) and shapes.beside(token, after):
                sign = "§" * len(token.text)
                new[index] = replace(token, text=sign, confidence=_SEEN, other=token.text)
    return new


def _squared(tokens: Sequence[Token], picture: Picture, read: closeup.Reader) -> list[Token]:
    """The words with `m²` for `m?` after a number, where the English model sees a 2 when it sees no more."""
    new = list(tokens)
    for index, (before, token) in enumerate(pairwise(tokens), 1):
        if _LIKE_AREA.match(token.text) and before.text[-1].isdigit() and shapes.beside(before, token):
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
    after_number = before is not None and shapes.beside(before, token) and before.text[-1:].isdigit()
    return token.text == "%" and not after_number and (token.confidence or 0.0) < _CLEAR


def better(one: Sequence[Token], other: Sequence[Token]) -> bool:
    """Whether an English reading of a place beats the Swedish one: by a sign, never by a word."""
    text, english = text_of(one), text_of(other)
    if not other:
        return False
    surety = min(token.confidence or 0.0 for token in other)
    if not one:
        return surety > _SURE_ALONE and bool(_SIGN_ALONE.match(english))
    if surety < _SURE or len(english) > len(text) + 3:
        return False
    if _same_but_for_the_sign(text, english):
        return True
    if sum(map(str.isalpha, text)) > 2:
        return False
    if text == "$" * len(english):
        return english == "%" or (surety > _SURE_ALONE and bool(_SECTION.match(english)))
    if _SECTION.match(english):
        return digits(text).endswith(digits(english)) or digits(text).startswith(digits(english))
    if _PERCENT.match(english):
        return digits(text).startswith(digits(english))
    if _OTHER.match(english):
        return surety > _SURE_ALONE
    return (
        digits(text) == digits(english) != "" and bool(_DASHES.search(text)) and not _DASHES.search(english)
    )


def _same_but_for_the_sign(text: str, english: str) -> bool:
    """Whether both say the same where a § is what the Swedish model takes it for; numbers stay apart."""
    if " kap" in text and " kap" not in english:
        return False
    likely = re.escape(english.replace(" ", "")).replace("§", "[§$S58]{1,2}")
    return "§" in english and re.fullmatch(likely, text.replace(" ", "")) is not None


def _joined(found: Sequence[Token]) -> list[Token]:
    """English words put right: `§§` half seen, a sign stuck to the next word."""
    words: list[Token] = []
    for token in found:
        last = words[-1] if words else None
        numbered = last is not None and last.text.endswith("kap.")
        text = token.text if numbered else _HALF_A_PAIR.sub(r"\1§§\2", token.text)
        if last and _STUCK.match(text):
            end = max(token.box.x0, last.box.x1 + _WIDE * token.size)
            box = Box(last.box.x1, token.box.y0, end, token.box.y1)
            words.append(replace(token, text=text[0], box=box))
        else:
            words.append(replace(token, text=text))
    return words


def _places(tokens: Sequence[Token], doubtful: Sequence[int]) -> Iterator[tuple[int, int]]:
    """First and last word of each stretch of a line to look at."""
    if not doubtful:
        return
    start = end = doubtful[0]
    for index in doubtful[1:]:
        left, right = tokens[end], tokens[index]
        near = right.box.x0 - left.box.x1 < _TOGETHER * left.size
        if not (near and shapes.on_a_line(left, right) and right.box.x0 > left.box.x0):
            yield start, end
            start = index
        end = index
    yield start, end


def _cutting(tokens: Sequence[Token], start: int, end: int) -> Box:
    """What to cut out of the page for words `start` to `end`: the stretch of the line, and its neighbours."""
    first, last = tokens[start], tokens[end]
    before = [tokens[start - 1]] if start and shapes.beside(tokens[start - 1], first) else []
    after = [tokens[end + 1]] if end + 1 < len(tokens) and shapes.beside(last, tokens[end + 1]) else []
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


def _touch(one: Box, other: Box) -> bool:
    return one.x0 < other.x1 and other.x0 < one.x1 and one.y0 < other.y1 and other.y0 < one.y1
