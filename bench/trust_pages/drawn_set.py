"""The labelled pages of the fourth set: families drawn by chance, one page of each.

A family is a kind of page, a damage and where on the page it is, how the page is set and how it came to be
(printed with a broken font; printed as broken as its text; a scan with an OCR's text). It belongs to the
half `develop` or `kept` by its digest. Nobody looks into `kept` before the one figure that it is for.
"""

import random
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from pipeline.model import Box
from pipeline.sheet import Sheet, Token
from trust_pages import drawn, drawn_damage, ocr, paper
from trust_pages.labelled import BAD_SHARE, GOOD_SHARE, POOR_SHARE, Labelled, _scanned_so

FAMILIES = 880  # of both halves
_FONTS = {
    "develop": (
        "liberation/LiberationSans-Regular",
        "dejavu/DejaVuSerif",
        "crosextra/Caladea-Regular",
        "liberation/LiberationMono-Regular",
        "lato/Lato-Regular",
    ),
    "kept": (
        "liberation/LiberationSerif-Regular",
        "dejavu/DejaVuSans",
        "crosextra/Carlito-Regular",
        "liberation/LiberationSansNarrow-Regular",
        "crosextra/Caladea-Bold",
    ),
}
_WIDE = {"develop": "dejavu/DejaVuSerif", "kept": "dejavu/DejaVuSans"}
_SCANS = tuple(
    scan for scan in ocr.CLEAN + ocr.POOR + ocr._GOOD + ocr._FAXES + ocr._OLD if scan.specks < 0.02
)  # much slower


def pages(half: str) -> Iterator[Labelled]:
    """All pages of a half."""
    for number in range(FAMILIES):
        family = f"drawn {number}"
        if drawn.half_of(family) == half:
            page = _page(half, family, random.Random(f"fourth set, {family}"))
            if page is not None:
                yield page


def _page(half: str, family: str, dice: random.Random) -> Labelled | None:
    writer = drawn.Writer(half, dice)
    cause = dice.choices(("sound", "foreign", "damage", "cover", "read"), (36, 11, 41, 7, 5))[0]
    if cause == "foreign":
        language = dice.choice(sorted(drawn.languages(half)))
        return _foreign(half, family, writer, language)
    kind = dice.choice(sorted(drawn.KINDS) if cause == "sound" else sorted(set(drawn.KINDS) - {"short"}))
    lines, setting = drawn.KINDS[kind](writer), _type(half, dice)
    good = paper.tokens(lines, setting)
    if cause == "sound":
        return Labelled(half, f"sound {kind}", family, False, _sound(good, setting, dice))
    if cause == "cover":
        return _cover(half, family, good, setting, dice)
    if cause == "read":
        return _read(half, f"{family} {kind}", good, setting, dice)
    name, change, where = drawn_damage.draw(dice)
    bad = paper.tokens(drawn_damage.applied(lines, change, where, dice), setting)
    if ocr.wrong_share([token.text for token in good], [token.text for token in bad]) < BAD_SHARE:
        return None
    how = dice.choice(("font", "font", "printed", "scan"))
    if how == "printed" and not name.startswith(("mojibake", "å", "ä", "ö", "packed")):
        how = "font"
    return Labelled(
        half, f"{name}, {how}", f"{family} {kind} {where}", True, _spoilt(good, bad, setting, how, dice)
    )


def _foreign(half: str, family: str, writer: drawn.Writer, language: str) -> Labelled:
    setting = replace(_type(half, writer.dice), font=_font(_WIDE[half]))
    words = paper.tokens(drawn.foreign(writer, language), setting)
    sheet = _sound(words, setting, writer.dice, scans=language not in ("ar", "ti", "uk"))
    return Labelled(half, f"other language {language}", family, False, sheet)


def _sound(words: tuple[Token, ...], setting: paper.Type, dice: random.Random, scans: bool = True) -> Sheet:
    if scans and dice.random() < 0.2:
        return paper.scan_with_layer(
            words, paper.scanned(paper.drawn(words, setting.font), dice.randrange(999))
        )
    sheet = paper.born_digital(words, setting.font)
    if dice.random() < 0.08:
        whole = Box(0, 0, paper.WIDTH, paper.HEIGHT)
        assert sheet.picture is not None
        photographed = paper.with_photograph(sheet.picture, whole, dice.randrange(999))
        return replace(sheet, picture=photographed, image_share=1.0, images=(whole,), image_dpi=150)
    return sheet


def _spoilt(
    good: tuple[Token, ...], bad: tuple[Token, ...], setting: paper.Type, how: str, dice: random.Random
) -> Sheet:
    shown = paper.drawn(bad if how == "printed" else good, setting.font)
    if how == "scan":
        return paper.scan_with_layer(bad, paper.scanned(shown, dice.randrange(999)))
    return replace(paper.born_digital(bad, setting.font), picture=shown)


def _cover(
    half: str, family: str, good: tuple[Token, ...], setting: paper.Type, dice: random.Random
) -> Labelled | None:
    """A scan with a text of its own that is a stamp's, a header's, another page's, or stops short."""
    way, writer = dice.choice(("stamp", "header", "other", "part")), drawn.Writer(half, dice)
    if way == "part":
        layer = tuple(word for word in good if word.baseline < dice.choice((200, 300)))
        if len(layer) >= 0.5 * len(good):
            return None
    elif way == "other":
        layer = paper.tokens(writer.prose(3, 6), setting)
    elif way == "header":
        layer = paper.tokens([f"{writer.pick('title')}\t{writer.date()}"], replace(setting, top=36.0))
    else:
        layer = paper.tokens(
            [f"Ink {writer.date()}", f"Dnr {dice.randint(1, 99)}"], replace(setting, left=400.0, top=44.0)
        )
    if way in ("stamp", "header"):
        good = (*layer, *good)
    if len(good) < 30:
        return None
    picture = paper.scanned(paper.drawn(good, setting.font), dice.randrange(999))
    hidden = 1.0 if way == "other" else float(dice.random() < 0.5)
    return Labelled(half, f"cover: {way}", family, True, paper.scan_with_layer(layer, picture, hidden))


def _read(
    half: str, family: str, good: tuple[Token, ...], setting: paper.Type, dice: random.Random
) -> Labelled | None:
    """A scan with what an OCR read on it, in Swedish or in English."""
    scan, language = dice.choice(_SCANS), dice.choice(("swe", "swe", "eng"))
    picture = _scanned_so(paper.drawn(good, setting.font), scan, dice.randrange(999))
    read = ocr._read(picture(scan.dpi).pixels, scan.dpi, language)
    words = tuple(Token(t, Box(x0, y0, x1, y1), y1 - y0, y1 - 0.2 * (y1 - y0)) for t, x0, y0, x1, y1 in read)
    wrong = ocr.wrong_share([token.text for token in good], [token.text for token in words])
    if GOOD_SHARE < wrong < POOR_SHARE:
        return None
    kind = f"{language} OCR, {'bad' if wrong >= POOR_SHARE else 'good'}"
    sheet = replace(paper.scan_with_layer(words, picture), image_dpi=float(scan.dpi))
    return Labelled(half, kind, f"{family} {wrong:.2f}", wrong >= POOR_SHARE, sheet)


def _type(half: str, dice: random.Random) -> paper.Type:
    return paper.Type(
        _font(dice.choice(_FONTS[half])),
        dice.choice((8.5, 9.5, 10.0, 11.0, 12.0)),
        dice.choice((1.15, 1.3, 1.5)),
        dice.uniform(40, 90),
        dice.uniform(45, 120),
    )


@cache
def _font(path: str) -> str:
    name = path.rpartition("/")[2]
    pdfmetrics.registerFont(TTFont(name, f"/usr/share/fonts/truetype/{path}.ttf"))
    return name
