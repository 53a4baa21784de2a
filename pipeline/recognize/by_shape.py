"""Signs by their shape, where neither reading has them: an `8`, `$`, `S` or `HA` beside a number, or nothing.

Ink is looked at only where a sign is plausible by what stands beside it: § beside a number or first on its
line, % after a number. A figure is overruled only by a shape that is next to certain; what is no word, or a
`$`, which Swedish papers don't have, gives way sooner.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.model import Box
from pipeline.recognize import closeup, glyphs
from pipeline.recognize import sign_shapes as shapes
from pipeline.recognize.glyphs import Cut, Glyph, Piece
from pipeline.sheet import Picture, Token

_CERTAIN, _LIKELY, _MAYBE = 0.97, 0.9, 0.6
_LONGEST = 9
_UNSURE = 0.5  # of a number that its two readings have otherwise
_SEEN = 0.8  # the surety of a sign that was told by its shape
# In heights of figures.
_BLANK = 0.2
_TALL = 0.55
_PAD = 0.2  # type sizes
_PASSED_OVER = 0.95, 3.2  # the room between a number and the next word that a sign may stand in

_CORE = re.compile(r"([(–—-]*)(.*?)([).,:;]*)$")
_NUMBER = re.compile(r"[(+–—-]?\d{1,4}(?:[.,:–—-]\d+)?[a-z]?$")
_OPENS_WITH_NUMBER = re.compile(r"[(]?\d{1,4}\b")
_FIGURES = re.compile(r"\d[\d.,:]{0,6}\D{0,3}$|\d{1,3}[–—-]\d{1,3}\D{0,3}$")
_SIGN_AND_NUMBER = re.compile(r"\D?\d{1,4}$|\D{1,2}\d{1,3}$")
_CHAPTER = re.compile(r"(?:kap|jfr)\.$")
_LETTER = re.compile(r"[a-z]$")
_SIGN_SEEN = re.compile(r".*\d ?[§%]$|§{1,2} ?\d+$")
_NO_WORD = re.compile(r".*[$&=|°§?!%]|[A-ZÅÄÖ]{2,3}$|ss?$|[A-Z][a-z]$")

Known = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class _Place:
    """What stands beside a word on its line; empty for nothing."""

    before: str
    after: str

    @property
    def after_number(self) -> bool:
        return bool(_NUMBER.match(self.before))

    @property
    def for_section(self) -> bool:
        """Whether a § can stand here by itself: after a number, `3 a`, or before a number."""
        numbered = self.after_number or bool(_LETTER.match(self.before))
        return numbered or bool(_OPENS_WITH_NUMBER.match(self.after))


def reread(tokens: Sequence[Token], picture: Picture, read: closeup.Reader, known: Known) -> list[Token]:
    """The words with the signs that their shapes tell; `read` reads the number beside one by itself."""
    high = shapes.height_of_figures(tokens)
    page = _Page(picture, high, read)
    new: list[Token] = []
    for index, token in enumerate(tokens):
        left = tokens[index - 1] if index and _follows(tokens[index - 1], token) else None
        right = tokens[index + 1] if index + 1 < len(tokens) and _follows(token, tokens[index + 1]) else None
        if left is None or _opens_for_sign(left.text):
            new += page.passed_over(left, token)
        place = _Place(left.text if left else "", right.text if right else "")
        words = page.settled(token, place) if _is_plausible(token, place, known) else [token]
        new += words
        if right is None and _NUMBER.match(words[-1].text):
            new += page.passed_over(words[-1], None)
    return new


def _is_plausible(token: Token, place: _Place, known: Known) -> bool:
    """Whether a word may be a sign, or hold one, by what it says and where it stands."""
    core = _core(token.text)
    if not core or len(core) > _LONGEST or "@" in core or core in "§%" or _SIGN_SEEN.match(core):
        return False
    if core == "§§" or _FIGURES.match(core) or (_SIGN_AND_NUMBER.match(core) and not place.after_number):
        return True
    short = len(core) <= 3 and not (core.isalpha() and known(core) and (token.confidence or 0.0) > _LIKELY)
    return short and (place.for_section or not place.before)


def _opens_for_sign(text: str) -> bool:
    return bool(_NUMBER.match(text) or _LETTER.match(text) or _CHAPTER.search(text))


@dataclass(frozen=True, slots=True)
class _Page:
    """A page: its picture, how high its figures are in type sizes, and what reads a line of it."""

    picture: Picture
    high: float
    read: closeup.Reader

    def settled(self, token: Token, place: _Place) -> list[Token]:
        """A word as it is, or with the sign that it is or that begins or ends it."""
        cut = glyphs.cut(self.picture, token.box, token.baseline, self.high * token.size)
        if cut is None:
            return [token]
        found, pieces = glyphs.signs(cut.ink, _MAYBE)
        if not found or len({glyph.sign for glyph in found}) > 1 or found[0].sign == "@":
            return [token]
        likely = min(glyph.likely for glyph in found)
        tall = [piece for piece in pieces if piece.y1 - piece.y0 > _TALL * cut.ink.figure]
        before = [piece for piece in tall if piece.x1 <= found[0].x0 + 1]
        after = [piece for piece in tall if piece.x0 >= found[-1].x1 - 1]
        inside = [piece for piece in tall if piece not in before and piece not in after]
        if not all(_covered(piece, found) for piece in inside):
            return [token]
        if not before and not after:
            return [_alone(token, place, found, likely)]
        if before and not after and likely >= _CERTAIN:
            return self._after_figures(token, cut, pieces, found)
        if after and not before and likely >= _CERTAIN and not place.after_number:
            return [self._before_figures(token, cut, found, len(after))]
        return [token]

    def _after_figures(
        self, token: Token, cut: Cut, pieces: Sequence[Piece], found: Sequence[Glyph]
    ) -> list[Token]:
        """The number that stands before a sign in one word with it, and the sign."""
        ahead = [piece for piece in pieces if piece.x1 <= found[0].x0 + 1]
        blank = found[0].x0 - ahead[-1].x1
        sign, apart = found[0].sign * len(found), blank > _BLANK * cut.ink.figure
        if sign[0] == "§" and not apart:
            return [token]
        middle = cut.points(found[0].x0 - blank / 2)
        one = replace(token, box=replace(token.box, x1=middle), other=token.text)
        tall = sum(piece.y1 - piece.y0 > _TALL * cut.ink.figure for piece in ahead)
        first = _opening(token.text, tall, len(ahead) - tall)
        number = _marked(self._number(one, tall), ahead, cut.ink) or first
        if not number:
            return [token]
        sure = _SEEN if number == first else _UNSURE
        number = number.replace(":", ",") if sign[0] == "%" else number
        closed = _closing(token.text)
        if not apart:
            return [replace(token, text=number + sign + closed, confidence=sure, other=token.text)]
        two = replace(
            token, text=sign + closed, box=replace(token.box, x0=middle), confidence=_SEEN, other=""
        )
        return [replace(one, text=number), two]

    def _before_figures(self, token: Token, cut: Cut, found: Sequence[Glyph], count: int) -> Token:
        """A § and the number after it in one word."""
        opened, core, closed = _parted(token.text)
        number = core[-count:]
        if not number.isdigit():
            start = cut.points(found[-1].x1)
            number = self._number(replace(token, box=replace(token.box, x0=start)), count)
        if found[0].sign != "§" or not number or len(number) > 3:
            return token
        text = f"{opened}{'§' * len(found)}{number}{closed}"
        return replace(token, text=text, confidence=_SEEN, other=token.text)

    def _number(self, token: Token, count: int) -> str:
        """The number of so many figures that is read in a place by itself; empty for none."""
        box, pad = token.box, _PAD * token.size
        place = Box(
            box.x0 - pad, token.baseline - 1.1 * token.size, box.x1, token.baseline + 0.4 * token.size
        )
        text = "".join(word.text for word in closeup.look(self.picture, place, self.read))
        return text if _NUMBER.match(text) and len(shapes.digits(text)) == count else ""

    def passed_over(self, left: Token | None, right: Token | None) -> Iterator[Token]:
        """A sign in the room before, between or after words, that no reading saw."""
        beside = right or left
        if beside is None:
            return
        figure = self.high * beside.size
        least, most = (times * figure for times in _PASSED_OVER)
        start = left.box.x1 if left else beside.box.x0 - most
        end = right.box.x0 if right else start + most
        if not least < end - start < most + 0.01 or (not left and not _OPENS_WITH_NUMBER.match(beside.text)):
            return
        box = Box(start, beside.baseline - figure, end, beside.baseline)
        cut = glyphs.cut(self.picture, box, beside.baseline, figure, side=0.0)
        if cut is None:
            return
        found, pieces = glyphs.signs(cut.ink, _LIKELY)
        tall = [piece for piece in pieces if piece.y1 - piece.y0 > _TALL * cut.ink.figure]
        if len(found) != 1 or not all(_covered(piece, found) for piece in tall):
            return
        glyph = found[0]
        if glyph.sign == "§" or (glyph.sign == "%" and left is not None and _NUMBER.match(left.text)):
            place = Box(cut.points(glyph.x0), box.y0, cut.points(glyph.x1), box.y1)
            yield Token(glyph.sign, place, beside.size, beside.baseline, _SEEN)


def _alone(token: Token, place: _Place, found: Sequence[Glyph], likely: float) -> Token:
    """The word as a sign, where that may stand there."""
    opened, core, closed = _parted(token.text)
    fits = place.after_number if found[0].sign == "%" else place.for_section
    text = f"{opened}{found[0].sign * len(found)}{closed}"
    if not fits or likely < _needed(core) or text == token.text:
        return token
    return replace(token, text=text, confidence=_SEEN, other=token.text)


def _covered(piece: Piece, found: Sequence[Glyph]) -> bool:
    return any(glyph.x0 <= piece.x0 and piece.x1 <= glyph.x1 for glyph in found)


def _opening(text: str, figures: int, marks: int) -> str:
    """The number of so many figures that a word begins with, if it has so many marks between them too."""
    for end in range(1, len(text) + 1):
        if len(shapes.digits(text[:end])) == figures:
            number = text[:end]
            return number if _NUMBER.match(number) and end - figures == marks else ""
    return ""


def _marked(number: str, pieces: Sequence[Piece], ink: glyphs.Ink) -> str:
    """The number with the commas and dashes of its picture, where a reading lost some of them."""
    small = [piece for piece in pieces if piece.y1 - piece.y0 <= _TALL * ink.figure]
    digits = shapes.digits(number)
    if not digits or len(number) - len(digits) == len(small):
        return number
    following = iter(digits)
    line = ink.baseline - 0.3 * ink.figure
    full = "".join(("," if p.y1 > line else "-") if p in small else next(following, "") for p in pieces)
    return full if _NUMBER.match(full) else ""


def _parted(text: str) -> tuple[str, str, str]:
    """What stands before, in and after the core of a word."""
    found = _CORE.match(text)
    return (found[1], found[2], found[3]) if found else ("", text, "")


def _closing(text: str) -> str:
    return _parted(text)[2]


def _needed(core: str) -> float:
    """How likely a sign must be to stand for what was read."""
    if "$" in core or _NO_WORD.match(core):
        return _MAYBE
    return _CERTAIN if core.isdigit() else _LIKELY


def _core(text: str) -> str:
    return _parted(text)[1]


def _follows(left: Token, right: Token) -> bool:
    gap = right.box.x0 - left.box.x1
    return shapes.on_a_line(left, right) and -0.3 * left.size < gap < 2.5 * max(left.size, right.size)
