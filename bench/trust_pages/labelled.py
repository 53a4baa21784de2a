"""The labelled pages: sound text layers and bad ones, each with its half, its kind and its family.

Pages of the halves `blind` and `final` have texts, names, typefaces, layouts, damage and scanners of their
own; they are for one figure each, and nobody looks into them before that.

A damaged page counts as bad where at least six words in a hundred are no longer what they were; pages on
which less than that changed (a table of figures that lost its å) are left out, and so are pages that OCR
read with two to ten words in a hundred wrong: whether those are good enough is a matter of taste. Other
languages as OCR read them are left out too, since they would only be read in Swedish again.
"""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

import cv2
import numpy as np

from pipeline.model import Box
from pipeline.sheet import Picture, Sheet, Token
from trust_pages import damage, ocr, pages, paper

BAD_SHARE, POOR_SHARE, GOOD_SHARE = 0.06, 0.10, 0.02
SOUND_PAGES, RARE_PAGES = 14, 5  # of each family
SPOILT_PAGES = 12  # of each damage
BLIND_PAGES = 6  # of each damage in the blind sets, which have more kinds of it
BLIND = ("blind", "final", "third")


@dataclass(frozen=True)
class Labelled:
    """A page with its label; `kind` says what is the matter with it."""

    half: str
    kind: str
    family: str
    bad: bool
    sheet: Sheet


def labelled(half: str) -> Iterator[Labelled]:
    """All pages of a half."""
    yield from _sound(half)
    yield from _damaged(half)
    yield from _pictures(half)
    yield from _read(half)


def _sound(half: str) -> Iterator[Labelled]:
    for family in pages.families(half):
        kind = "few words" if family.few else "sound" if family.language == "sv" else "other language"
        for seed in range(RARE_PAGES if family.rare else SOUND_PAGES):
            dice = random.Random(f"{family.name}{seed}")
            setting = _type(half, dice)
            words = paper.tokens(pages.page(family, seed), setting)
            sheet = paper.born_digital(words, setting.font)
            if seed % 3 == 0 and family.language not in ("uk", "ar") and not family.few:
                picture = paper.scanned(paper.drawn(words, setting.font), seed)
                yield Labelled(
                    half, f"{kind}, hidden", family.name, False, paper.scan_with_layer(words, picture)
                )
            elif seed % 7 == 1:
                yield Labelled(
                    half, f"{kind}, on a photograph", family.name, False, _on_photograph(sheet, seed)
                )
            else:
                yield Labelled(half, kind, family.name, False, sheet)


def _on_photograph(sheet: Sheet, seed: int) -> Sheet:
    whole = Box(0, 0, paper.WIDTH, paper.HEIGHT)
    assert sheet.picture is not None
    photographed = paper.with_photograph(sheet.picture, whole, seed)
    return replace(sheet, picture=photographed, image_share=1.0, images=(whole,), image_dpi=150)


def _damaged(half: str) -> Iterator[Labelled]:
    kinds = {**damage.BOTH, **(damage.MEASURED if half != "fit" else {})}
    kinds |= damage.UNSEEN if half in BLIND else {}
    kinds |= damage.THIRD if half == "third" else {}
    wanted = BLIND_PAGES if half in BLIND else SPOILT_PAGES
    families = [f for f in pages.families(half) if f.language == "sv" and not f.few]
    for kind, spoil in kinds.items():
        made = 0
        for number in range(3 * len(families)):
            family = families[number % len(families)]
            dice = random.Random(f"{kind}{family.name}{number}")
            lines = pages.page(family, 100 + number)
            setting = _type(half, dice)
            good, bad = paper.tokens(lines, setting), paper.tokens(spoil(lines, dice), setting)
            if _changed(good, bad) >= BAD_SHARE:
                hidden = 1.0 if number % 4 == 0 else 0.0
                shown = paper.drawn(good, setting.font)
                sheet = replace(paper.born_digital(bad, setting.font), picture=shown)
                if hidden:
                    sheet = paper.scan_with_layer(bad, shown)
                yield Labelled(half, kind, family.name, True, sheet)
                made += 1
            if made == wanted:
                break


def _changed(good: tuple[Token, ...], bad: tuple[Token, ...]) -> float:
    return ocr.wrong_share([token.text for token in good], [token.text for token in bad])


def _pictures(half: str) -> Iterator[Labelled]:
    """Scans with a stamp or a header for a text, with half of it, and with that of another page."""
    families = [f for f in pages.families(half) if not f.few and f.language not in ("uk", "ar")]
    for number in range(3 * (BLIND_PAGES if half in BLIND else SPOILT_PAGES)):
        family, other = families[number % len(families)], families[(number * 5 + 3) % len(families)]
        dice = random.Random(f"picture{half}{number}")
        setting = _type(half, dice)
        words = paper.tokens(pages.page(family, 200 + number), setting)
        picture = paper.scanned(paper.drawn(words, setting.font), number)
        yield Labelled(half, "stamp alone", family.name, True, _stamped(half, picture, dice))
        header = paper.tokens(_header(half, dice), replace(setting, top=40.0))
        both = paper.scanned(paper.drawn((*header, *words), setting.font), number)
        hidden = float(number % 2)
        yield Labelled(half, "header alone", family.name, True, paper.scan_with_layer(header, both, hidden))
        upper = tuple(word for word in words if word.baseline < paper.HEIGHT / 4)
        if len(upper) < 0.5 * len(words):
            yield Labelled(
                half, "part of the page", family.name, True, paper.scan_with_layer(upper, picture, hidden)
            )
        foreign = paper.tokens(pages.page(other, 300 + number), setting)
        if other is not family:
            yield Labelled(half, "another page's", other.name, True, paper.scan_with_layer(foreign, picture))


def _stamped(half: str, picture: paper.Maker, dice: random.Random) -> Sheet:
    text = dice.choice(pages.pieces(half, "stamps"))
    x, y = dice.uniform(60, 380), dice.choice((40.0, 800.0))
    words, at = [], x
    for word in text.format(n=dice.randint(10, 99)).split():
        words.append(Token(word, Box(at, y - 9, at + 6 * len(word), y + 2), 11, y))
        at += 6 * len(word) + 4
    return paper.scan_with_layer(tuple(words), picture, hidden=0.0)


def _header(half: str, dice: random.Random) -> list[str]:
    head = dice.choice(pages.pieces(half, "headers"))
    place = dice.choice(("Granliden", "Sörby", "Tallmon"))
    head = head.format(place=place, n=dice.randint(1, 9))
    return [head, f"Sida {dice.randint(1, 9)} av {dice.randint(9, 20)}"]


def _type(half: str, dice: random.Random) -> paper.Type:
    makers = {"fit": paper.any_type, "measure": paper.any_type, "third": paper.third_type}
    return makers.get(half, paper.another_type)(dice)


def _read(half: str) -> Iterator[Labelled]:
    swedish = {family.name for family in pages.families(half) if family.language == "sv"}
    for row in ocr.load(half):
        if row["family"] not in swedish:
            continue
        if row["wrong"] >= POOR_SHARE or row["wrong"] <= GOOD_SHARE:
            bad = row["wrong"] >= POOR_SHARE
            language = {"eng": "English OCR", "swe": "Swedish OCR"}[row["language"]]
            yield Labelled(half, f"{language}, {'bad' if bad else 'good'}", row["family"], bad, _sheet(row))


def _sheet(row: dict[str, object]) -> Sheet:
    words = tuple(
        Token(str(text), Box(x0, y0, x1, y1), y1 - y0, y1 - 0.2 * (y1 - y0))
        for text, x0, y0, x1, y1 in row["words"]  # type: ignore[attr-defined]
    )
    size = float(row["size"])  # type: ignore[arg-type]
    printed = tuple(
        Token(str(text), Box(x0, line - size, x1, line), size, line)
        for text, x0, x1, line in row["printed"]  # type: ignore[attr-defined]
    )
    scan = ocr.Scan(**row["scan"])  # type: ignore[arg-type]
    picture = _scanned_so(paper.drawn(printed, "Helvetica"), scan, int(row["seed"]))  # type: ignore[call-overload]
    return replace(paper.scan_with_layer(words, picture), image_dpi=float(scan.dpi))


def _scanned_so(clean: paper.Maker, scan: ocr.Scan, seed: int) -> paper.Maker:
    """Pictures as the scanner that the text was read from gave them, whatever size is asked for."""

    def picture(dpi: int) -> Picture:
        pixels = ocr.spoilt(clean(scan.dpi).pixels, scan, seed)
        size = round(pixels.shape[1] * dpi / scan.dpi), round(pixels.shape[0] * dpi / scan.dpi)
        way = cv2.INTER_AREA if dpi < scan.dpi else cv2.INTER_LINEAR
        return Picture(np.asarray(cv2.resize(pixels, size, interpolation=way), np.uint8), dpi)

    return picture


def kinds(found: list[Labelled]) -> Counter[str]:
    """How many pages there are of each kind."""
    return Counter(page.kind for page in found)
