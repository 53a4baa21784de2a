"""What § and % look like in the Swedish model's reading, by themselves and by what stands beside them."""

import re
from collections.abc import Callable, Sequence
from statistics import median

from pipeline.recognize.bullets import BULLET
from pipeline.sheet import Token

_DOUBTED = 0.95  # what the Swedish model gives figures that it reads right lies above, but for one in eight
_DOUBTED_LONG = 0.85  # dates, organisation numbers and the like are no signs, only figures
_UNSURE_UNIT, _UNSURE_CAPITALS = 0.8, 0.93
_BESIDE = 1.6  # type sizes between a word and its neighbour
TALL = 1.08  # times as high as the page's figures: a § goes below the line

_NUMBER = re.compile(r"[(+–—-]?\d{1,4}(?:[.,–—-]\d+)?[).,:]?$")
_LIKE_SECTION = re.compile(r"(?:\d{1,3})?[$S&]{1,2}\d{0,3}[).,:]?$")
_LIKE_SECTION_BY_NUMBER = re.compile(r"[3589]{1,2}[).,:]?$")
_LIKE_SECTION_AND_NUMBER = re.compile(r"(?:[58]\d{1,3}|\d{1,2}[58]{1,2})[.,]?$")
_LIKE_PERCENT = re.compile(r"['\"(]?(?:\d{1,2}[0469]|\d?[oO°]{1,2}|[YyX][o0])['\")]{0,2}[.,;:]?$")
LIKELY_PERCENT = re.compile(r"[(]?(?:[29]?[0249]6|[29]4|[249]0|26|[29]40|[YyX]?[oO°]{1,2})[).,;:]*$")
_ROUND = re.compile(r"\d00$")
_LONG = re.compile(r"\W?\w*\d[-–—/:.]\d\S{2,}")
_TAKES_IN_PERCENT = re.compile(r"[(]?(?!19\d\d|20[0-3]\d)\d{1,3}(?:[29]?[49]6|26|94)[).,:;]*$")
_SHARE = re.compile(r"[(+–—-]?(?:\d{1,2}(?:[.,]\d+)?|100)$")
_STROKES = re.compile(r"[HKMNRWXY]{1,2}$")
_LIKE_DOLLARS = re.compile(r"(?:\d{1,2} ?kap\.)?\d{0,3}\$[).,:;]*$")

Known = Callable[[str], bool]


def height_of_figures(tokens: Sequence[Token]) -> float:
    """How high the page's figures are, in type sizes."""
    heights = [(t.box.y1 - t.box.y0) / t.size for t in tokens if t.text.isdigit() and t.size > 0]
    return median(heights) if heights else 1.0


def is_doubtful(token: Token, tall: float, known: Known) -> bool:
    """Whether figures or signs were read with doubt; `tall` is how high a figure of the page can be."""
    text = token.text
    letters = sum(map(str.isalpha, text))
    if text == BULLET or (letters > 2 and letters > len(text) / 2):
        return False
    limit = _DOUBTED_LONG if _LONG.match(text) else _DOUBTED
    unsure = token.confidence is not None and token.confidence < limit
    if unsure and not (letters and known(text.strip(".,;:()"))):
        return True
    return letters == 0 and "," not in text and token.box.y1 - token.box.y0 > tall * token.size


def looks_like_a_sign(tokens: Sequence[Token], index: int) -> bool:
    """Whether a word, as surely as it may have been read, looks like what becomes of a sign."""
    text, before, after = tokens[index].text, *neighbours(tokens, index)
    if _LIKE_DOLLARS.match(text):
        return True
    if _LIKE_SECTION.match(text):
        return not text[0].isdigit() or not text.rstrip(").,:")[-1].isdigit()
    if _LIKE_SECTION_BY_NUMBER.match(text) and (_NUMBER.match(before) or _NUMBER.match(after)):
        return True
    if _LIKE_SECTION_AND_NUMBER.match(text) and _opens_a_section(before, after):
        return True
    if _TAKES_IN_PERCENT.match(text) or _is_odd_after_a_number(tokens[index], before):
        return True
    return bool(_LIKE_PERCENT.match(text) and _NUMBER.match(before)) and not _ROUND.match(text)


def is_unclear(tokens: Sequence[Token], index: int) -> bool:
    """Whether a word still looks like a sign after it was read with its neighbours."""
    token, (before, after) = tokens[index], neighbours(tokens, index)
    if _LIKE_DOLLARS.match(token.text) or _TAKES_IN_PERCENT.match(token.text):
        return True
    sure = token.confidence or 0.0
    if _LIKE_SECTION_AND_NUMBER.match(token.text) and _opens_a_section(before, after):
        return sure < (_DOUBTED if opens_an_item(before, after) else 1.0)
    if after[:1].isdigit():
        return False
    if token.text.isdigit() and token.other and digits(token.other) != token.text and sure < _UNSURE_UNIT:
        return True
    likely = LIKELY_PERCENT.match(token.text) and _SHARE.match(before)
    return bool(likely) or _is_odd_after_a_number(token, before)


def _opens_a_section(before: str, after: str) -> bool:
    return before.endswith("kap.") or opens_an_item(before, after)


def opens_an_item(before: str, after: str) -> bool:
    """Whether what stands between two words stands first on its line, or after the mark of a list."""
    return len(before) < 2 and not before.isdigit() and after[:1].isupper()


def _is_odd_after_a_number(token: Token, before: str) -> bool:
    """Whether a few letters that were read with doubt stand where a unit does."""
    core = token.text.strip(".,;:()")
    short = core.isalpha() and len(core) < 4
    limit = _UNSURE_CAPITALS if _STROKES.match(core) else _UNSURE_UNIT
    return short and (token.confidence or 0.0) < limit and bool(_NUMBER.match(before))


def neighbours(tokens: Sequence[Token], index: int) -> tuple[str, str]:
    """The words beside a word on its line; empty for none."""
    before = index and beside(tokens[index - 1], tokens[index])
    after = index + 1 < len(tokens) and beside(tokens[index], tokens[index + 1])
    return tokens[index - 1].text if before else "", tokens[index + 1].text if after else ""


def beside(left: Token, right: Token) -> bool:
    gap = right.box.x0 - left.box.x1
    return on_a_line(left, right) and -1.5 * left.size < gap < _BESIDE * max(left.size, right.size)


def on_a_line(left: Token, right: Token) -> bool:
    return abs(left.baseline - right.baseline) < 0.4 * max(left.size, right.size)


def digits(text: str) -> str:
    return "".join(char for char in text if char.isdigit())
