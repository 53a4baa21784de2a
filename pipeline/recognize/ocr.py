"""Read the picture of a page: prepare it, hand it to Tesseract, put the words in order."""

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from pipeline.errors import OcrFailed, TooLarge
from pipeline.lexicon import known
from pipeline.model import Page, TextSource
from pipeline.recognize import (
    addresses,
    bullets,
    by_shape,
    contrast,
    figures,
    frames,
    inks,
    marks,
    missed,
    orientation,
    prepare,
    signs,
    softened,
    spots,
    streaks,
    tesseract,
)
from pipeline.recognize.layout import layout
from pipeline.recognize.merge import Merge
from pipeline.recognize.trust import confidence
from pipeline.settings import Recognition
from pipeline.sheet import Picture, Rule, Sheet, Token

_MAX_PIXELS = 36_000_000  # Tesseract takes about twelve bytes for each
_MIN_DPI = 70
_COARSE = 145  # a little less than 150, for scanners that round
_A_SCAN = 0.6
_WHOLE_PAGE = 0.95
_COARSEST = 100
_MOST_DPI = 1200
_POOR = 0.62
_MIRRORED = 0.5  # what shines through from the other side is read with less than this
_TABLE = 4


def page(sheet: Sheet, number: int, settings: Recognition, merge: Merge | None = None) -> Page:
    """A page by OCR. Raises OcrFailed where Tesseract can't run, TooLarge for a page that can't be drawn.

    `merge` has a say about the words before they are put in order, for pages that lie upright.
    """
    parted = inks.parted(_drawn(sheet, number, settings))
    print_alone = streaks.wiped(parted.picture)
    picture = contrast.strong(print_alone)
    if prepare.blank(picture) and not parted.marks:
        return _without_words(sheet, number, picture.dpi, "blank")
    dpi = sheet.image_dpi if sheet.image_share > _A_SCAN else picture.dpi
    size = (sheet.width, sheet.height)
    page_alone, said = _framed(picture, size, settings)
    rotation, levelled, tokens, rules, unread = _read(prepare.ready(page_alone), settings)
    if confidence(tokens) < _MIRRORED and picture is not print_alone and prepare.blank(print_alone):
        return _without_words(sheet, number, picture.dpi, "blank")
    said += _said(parted.marks, rotation, size, settings)
    if not tokens and not said:
        return _without_words(sheet, number, dpi, "wordless")
    if merge is not None and rotation == 0:
        tokens = merge(tokens, levelled)
    text, words = layout(tokens, rules, _height(levelled.picture))
    words = tuple(replace(word, box=word.box and levelled.box(word.box)) for word in words)
    text, words = marks.appended(text, words, said)
    width, height = (sheet.width, sheet.height) if rotation % 180 == 0 else (sheet.height, sheet.width)
    seen = {
        "rotated": rotation != 0,
        "deskewed": levelled.back is not None,
        "low_resolution": dpi < _COARSE,
        "unsure": confidence(tokens) < _POOR,
    }
    return Page(
        number,
        text,
        words,
        TextSource.OCR,
        width,
        height,
        round(dpi),
        rotation,
        flags=tuple(flag for flag, is_so in seen.items() if is_so),
        unread=round(unread, 4),
    )


def _without_words(sheet: Sheet, number: int, dpi: float, flag: str) -> Page:
    return Page(number, "", (), TextSource.OCR, sheet.width, sheet.height, round(dpi), flags=(flag,))


def _framed(
    picture: Picture, size: tuple[float, float], settings: Recognition
) -> tuple[Picture, list[marks.Said]]:
    """The page without the stamps that lie aslant beside its print, if all of them can be read apart."""
    parted = frames.parted(picture)
    said = _said(parted.marks, 0, size, settings)
    return (parted.picture, said) if len(said) == len(parted.marks) else (picture, [])


def _said(
    found: Sequence[inks.Mark], rotation: int, size: tuple[float, float], settings: Recognition
) -> list[marks.Said]:
    """What the stamps say that were taken out of the page."""
    read = partial(tesseract.words, languages=settings.languages, psm=6, engine=settings.engine)
    return marks.read(found, rotation, size, read)


def words(sheet: Sheet, number: int, settings: Recognition) -> list[Token]:
    """The words that OCR reads on a page, where they lie on it; none on a page that lies wrong.

    Raises as `page` does.
    """
    picture = contrast.strong(streaks.wiped(inks.parted(_drawn(sheet, number, settings)).picture))
    if prepare.blank(picture):
        return []
    rotation, levelled, tokens, _, _ = _read(prepare.ready(picture), settings)
    if rotation:
        return []
    boxes = [levelled.box(token.box) for token in tokens]
    return [
        replace(token, box=box, baseline=token.baseline + box.y0 - token.box.y0)
        for token, box in zip(tokens, boxes, strict=True)
    ]


def _drawn(sheet: Sheet, number: int, settings: Recognition) -> Picture:
    if sheet.picture is None:
        raise OcrFailed("there is no picture of the page to read", number)
    inches = max(sheet.width, 1) * max(sheet.height, 1) / 72**2
    dpi = min(_own_dpi(sheet), settings.dpi, int(math.sqrt(min(_MAX_PIXELS, settings.max_pixels) / inches)))
    if dpi < _MIN_DPI:
        raise TooLarge(f"the page is {sheet.width:.0f} x {sheet.height:.0f} points", number)
    return sheet.picture(dpi)


def _own_dpi(sheet: Sheet) -> int:
    """The resolution of a scan: drawn larger it would take longer, for nothing.

    Measured on nine scans of 200 dpi: faxes read better so (2.3 % of the words wrong against 3.7), others
    alike, in up to a quarter less time. What is too coarse to read is enlarged by `prepare`.
    """
    whole = sheet.image_share > _WHOLE_PAGE and sheet.image_dpi > _COARSEST
    return round(sheet.image_dpi) if whole else _MOST_DPI


_Read = tuple[int, prepare.Levelled, list[Token], tuple[Rule, ...], float]


def _read(picture: Picture, settings: Recognition) -> _Read:
    """Turn, level, clear and read: the turn in degrees, the level picture, words, rules, what is unread."""
    strip = partial(tesseract.words, languages=settings.languages, psm=6, engine=settings.engine)
    turned = partial(tesseract.turned, engine=settings.engine)
    rotation = orientation.turn(picture, strip, turned)
    found = _upright(picture, rotation, settings)
    if (
        rotation == 0
        and confidence(found[2]) < _POOR
        and (rotation := orientation.asked(picture, strip, turned))
    ):
        other = _upright(picture, rotation, settings)
        if confidence(other[2]) > confidence(found[2]):
            return other
    return found


def _upright(picture: Picture, rotation: int, settings: Recognition) -> _Read:
    read = partial(tesseract.words, engine=settings.engine)
    levelled = prepare.level(prepare.turn(picture, rotation))
    cleared = spots.clear(levelled.picture)
    whole = partial(read, languages=settings.languages, psm=_segmentation(cleared.rules))
    tokens = softened.reread(whole(cleared.picture), cleared.picture, whole, known)
    if settings.languages == "swe":
        tokens = _second_looks(tokens, cleared.picture, read)
    return rotation, levelled, tokens, cleared.rules, missed.unread(tokens, cleared.picture)


def _second_looks(tokens: list[Token], picture: Picture, read: Callable[..., list[Token]]) -> list[Token]:
    """The words, with those places read again where the first reading is known to fail."""
    line, in_english = partial(read, languages="swe", psm=7), partial(read, languages="eng", psm=7)
    tokens = bullets.found(missed.reread(tokens, picture, line, in_english), picture)
    tokens = addresses.reread(tokens, picture, in_english)
    tokens = signs.reread(tokens, picture, in_english, known)
    tokens = by_shape.reread(tokens, picture, line, known)
    return figures.reread(tokens, picture, line, partial(in_english, whitelist=figures.WHITELIST))


def _segmentation(rules: Sequence[Rule]) -> int:
    """Tesseract's way of looking at the page: in a table it must keep to the rows (4), else as it likes (3).

    Left to itself it takes a narrow column of figures for a picture, or for text that runs upwards.
    """
    return 4 if any(rule.upright for rule in rules) or len(rules) >= _TABLE else 3


def _height(picture: Picture) -> float:
    return float(picture.pixels.shape[0] * 72 / picture.dpi)
