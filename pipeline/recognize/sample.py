"""A few lines of a scan read anew, to see whether the hidden text of its PDF says the same.

The text alone can't tell a misread figure or name from a right one. So where some OCR's text over a scan
looks sound, the part of the page with most words is read, and the words that are read surely must be in it.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from pipeline.errors import OcrFailed
from pipeline.sheet import Picture, Sheet, Token

Reader = Callable[[Picture], list[Token]]

_HIGH = 110.0  # points: seven or eight lines
_MARGIN = 5.0
_MOST_DPI, _LEAST_DPI = 300, 150
_SURE = 0.85
_EDGES = ".,:;!?()[]\"'”’»«-–—_*|/<>{}=~^±+%§"
_DASHES = str.maketrans("–—‐’", "---'")
_ENOUGH = 10  # words read surely
_LEGIBLE = 0.25  # of the words that the text has there


def differing(sheet: Sheet, read: Reader) -> float | None:
    """The share of the words that are read surely in a part of the page which its text lacks there, 0 to 1.

    1 where next to nothing can be read of the many words that the text has there, which then has nothing to
    stand on; None where there is too little text to tell. Draws the page.
    """
    if sheet.picture is None or len(sheet.tokens) < _ENOUGH:
        return None
    top, foot = _fullest(sheet.tokens)
    page = sheet.picture(int(min(_MOST_DPI, max(_LEAST_DPI, sheet.image_dpi))))
    rows = (max(0, round(side * page.dpi / 72)) for side in (top - _MARGIN, foot + _MARGIN))
    try:
        found = read(Picture(page.pixels[slice(*rows)], page.dpi))
    except OcrFailed:
        return None
    sure = _bare(token.text for token in found if (token.confidence or 0.0) >= _SURE)
    near = _bare(token.text for token in sheet.tokens if top - 20 <= token.baseline <= foot + 20)
    if sure.total() < _ENOUGH:
        return 1.0 if near.total() > _ENOUGH and sure.total() < _LEGIBLE * near.total() else None
    return (sure - near).total() / sure.total()


def _fullest(tokens: Sequence[Token]) -> tuple[float, float]:
    """Where the part with most words lies, from the top of its first word to the foot of its last."""
    placed = sorted(tokens, key=lambda token: token.baseline)
    best, first = (0, 0, 0), 0
    for last, token in enumerate(placed):
        while token.baseline - placed[first].baseline > _HIGH:
            first += 1
        best = max(best, (last - first + 1, -first, last))
    part = placed[-best[1] : best[2] + 1]
    return min(token.box.y0 for token in part), max(token.box.y1 for token in part)


def _bare(words: Iterable[str]) -> Counter[str]:
    bare = (word.casefold().translate(_DASHES).strip(_EDGES) for word in words)
    return Counter(word for word in bare if len(word) > 1)
