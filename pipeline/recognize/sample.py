"""A few lines of a page read anew, to see whether the text of its PDF says the same.

The text alone can't tell a misread figure or name from a right one, nor a rare word from a ruined one. So
where some OCR's text over a scan looks sound, and where any text is in doubt, a part of the page is drawn
and read, and the words that are read surely must be in its text.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

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
_FEWEST = 5  # the same for a text in doubt
_PRINT_DPI = 220
_UNKNOWN = 0.25  # what a word counts that is none, where the text lacks it
_STRANGE = 3.0  # words that one strange word is worth
_LEGIBLE = 0.25  # of the words that the text has there


@dataclass(frozen=True, slots=True)
class Told:
    """How many words were read surely in a part of a page, and how many of them its text lacks there.

    `known` are those among the lacking that are words or numbers: what a reader in Swedish makes of other
    languages and of names is as sure, and is none. `meant` is how many words the text has there.
    """

    sure: int
    lacking: int
    known: int
    meant: int


def differing(sheet: Sheet, read: Reader) -> float | None:
    """The share of the words that are read surely in a part of a scan which its text lacks there, 0 to 1.

    1 where next to nothing can be read of the many words that the text has there, which then has nothing to
    stand on; None where there is too little text to tell. Draws the page.
    """
    told = _told(sheet, read, lambda word: True, lambda word: False, int(sheet.image_dpi))
    if told is None:
        return None
    if told.sure < _ENOUGH:
        return 1.0 if told.meant > _ENOUGH and told.sure < _LEGIBLE * told.meant else None
    return told.lacking / told.sure


def disproved(sheet: Sheet, read: Reader, known: Callable[[str], bool]) -> float | None:
    """The same for any page whose text is in doubt, read where most of its words are strange, 0 to 1.

    What is lacking counts in full where it is a word or a number, and one is let off, for the reader errs
    too. None where nothing can be told.
    """
    told = _told(sheet, read, known, lambda word: not known(word), _PRINT_DPI)
    if told is None or told.sure < _FEWEST:
        return None
    return max(0.0, told.known + _UNKNOWN * (told.lacking - told.known) - 1) / told.sure


def _told(
    sheet: Sheet,
    read: Reader,
    known: Callable[[str], bool],
    strange: Callable[[str], bool],
    dpi: int,
) -> Told | None:
    if sheet.picture is None or len(sheet.tokens) < _FEWEST:
        return None
    top, foot = _fullest(sheet.tokens, strange)
    page = sheet.picture(min(_MOST_DPI, max(_LEAST_DPI, dpi)))
    rows = (max(0, round(side * page.dpi / 72)) for side in (top - _MARGIN, foot + _MARGIN))
    try:
        found = read(Picture(page.pixels[slice(*rows)], page.dpi))
    except OcrFailed:
        return None
    sure = _bare(token.text for token in found if (token.confidence or 0.0) >= _SURE)
    near = _bare(token.text for token in sheet.tokens if top - 20 <= token.baseline <= foot + 20)
    lacking = sure - near
    plain = Counter({word: n for word, n in lacking.items() if known(word) or word.isdigit()})
    return Told(sure.total(), lacking.total(), plain.total(), near.total())


def _fullest(tokens: Sequence[Token], strange: Callable[[str], bool]) -> tuple[float, float]:
    """Where the part with most words lies, strange ones first, from the top of its first to its foot."""
    placed = sorted(tokens, key=lambda token: token.baseline)
    weights = [1.0 + _STRANGE * strange(token.text.strip(_EDGES).casefold()) for token in placed]
    best, first, weight = (0.0, 0, 0), 0, 0.0
    for last, token in enumerate(placed):
        weight += weights[last]
        while token.baseline - placed[first].baseline > _HIGH:
            weight -= weights[first]
            first += 1
        best = max(best, (weight, -first, last))
    part = placed[-best[1] : best[2] + 1]
    return min(token.box.y0 for token in part), max(token.box.y1 for token in part)


def _bare(words: Iterable[str]) -> Counter[str]:
    bare = (word.casefold().translate(_DASHES).strip(_EDGES) for word in words)
    return Counter(word for word in bare if len(word) > 1)
