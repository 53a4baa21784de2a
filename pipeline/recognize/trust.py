"""Can a PDF's own text be believed, must it be repaired, or is its picture to be read again?

The evidence (`features.py`, and a look at the picture where there is cause) is weighed by a logistic
regression, fitted by `bench/trust.py` on labelled pages; the weights are in `data/trust.json`, what they are
worth stands in `docs/figures.md`.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from importlib.resources import files
from math import exp, log

from pipeline.model import Box
from pipeline.recognize import features, sample
from pipeline.recognize.look import Look, look, resolution
from pipeline.sheet import Sheet, Token

FLAGS = (
    "blank",
    "wordless",
    "no_layer",
    "sparse_layer",
    "bad_layer",
    "hidden_layer",
    "doubtful_layer",
    "pasted_picture",
    "damaged_text",
    "rotated",
    "deskewed",
    "low_resolution",
    "unsure",
)
"""Every flag that recognition sets on a page; what they mean stands in `pipeline/flags.py`."""

BAD = 0.3
"""The probability of being bad from which a text is not believed, chosen on families of texts that the
weights weren't fitted on: fewer than one sound page in a hundred is at or above it."""
DOUBTFUL = 0.15
DIFFERENT = 0.15
"""The share of words that a sample of the picture reads otherwise from which hidden text is not believed."""

IN_DOUBT = (0.03, 0.95)
"""Between these a text isn't plainly sound or bad, and some lines of the page are drawn and read to tell."""
DISPROVED = 0.12
"""The share of words read otherwise from which a text in doubt is not believed."""

_RELIEF = 3.0  # log odds that lines which say the same as the text speak for it
_A_SCAN = 0.6
_MOSTLY = 0.5
_MANY_LETTERS = 1200  # painted visibly on a picture: a page with a background, not a scan with a header
_PICTURE = 0.04  # of the page: smaller ones are logos and signatures
_LINES, _LENGTH = 3, 120.0  # pieces of lines, and points of them, that a picture with text has at least


class Verdict(StrEnum):
    """What is to be done with a page's own text."""

    TRUST = "trust"
    REPAIR = "repair"
    REREAD = "re-read"
    ADD = "trust, and read its pictures"


@dataclass(frozen=True, slots=True)
class Decision:
    """A verdict, how likely the text is bad (0 to 1), and the flags that say why.

    To be added are the `lines` of text in pictures; `less` are the flags where these can't be read.
    """

    verdict: Verdict
    probability: float
    flags: tuple[str, ...] = ()
    lines: tuple[Box, ...] = ()
    less: tuple[str, ...] = ()


def decide(sheet: Sheet, known: Callable[[str], bool], read: sample.Reader | None = None) -> Decision:
    """What to do with a PDF page's own text. May draw the page, which may raise DocumentError.

    `read` reads some lines of a picture; without it, a hidden text is judged by itself and a look alone.
    """
    if not sheet.tokens or (sheet.image_share > 0 and not _letters(sheet)):
        return _again(sheet, 1.0, "no_layer")
    if sheet.sideways_share > _MOSTLY:
        return _again(sheet, 1.0, "bad_layer")
    figures = features.of_sheet(sheet, known)
    chance = probability(figures)
    least = BAD if sheet.hidden_share > _MOSTLY else IN_DOUBT[0]  # hidden text is always sampled, below
    if least <= chance < IN_DOUBT[1]:
        chance = settled(chance, read and sample.disproved(sheet, read, known))
    if chance >= BAD:
        if _undone(sheet, known):
            return Decision(Verdict.REPAIR, chance, ("damaged_text",))
        return _again(sheet, chance, "bad_layer")
    seen = _seen(sheet)
    if seen is None:
        return _believed(sheet, chance)
    if _is_scan(sheet):
        chance, elsewhere = probability(figures, replace(seen, astray=None)), probability(figures, seen)
        if chance >= BAD:
            return _again(sheet, elsewhere, "sparse_layer" if _is_sparse(seen) else "bad_layer")
        told = _told_otherwise(sheet, read)  # knows better than the place, which a tilt is enough to shift
        chance = elsewhere if told is None else max(chance, told)
        if chance >= BAD:
            return _again(sheet, chance, "bad_layer")
    believed = _believed(sheet, chance)
    if has_text(seen):
        flags = (*believed.flags, "pasted_picture")
        return Decision(Verdict.ADD, chance, flags, seen.lines, believed.flags)
    return believed


def probability(figures: Sequence[float], seen: Look | None = None) -> float:
    """How likely a text with these figures (see `features.NAMES`) is bad, 0 to 1."""
    weights = _weights()
    named = dict(zip(features.NAMES, figures, strict=True)) | picture_figures(seen)
    total = weights["constant"] + sum(weights[name] * value for name, value in named.items())
    return 1 / (1 + exp(-max(-30.0, min(30.0, total))))


def settled(chance: float, disproved: float | None) -> float:
    """How likely a text in doubt is bad, now that some lines were read: a witness for it or against it."""
    if disproved is None:
        return chance
    odds = log(chance / (1 - chance)) - _RELIEF * (1 - disproved / DISPROVED)
    told = 1 / (1 + exp(-max(-30.0, min(30.0, odds))))
    return max(told, BAD) if disproved >= DISPROVED else told


def picture_figures(seen: Look | None) -> dict[str, float]:
    """The figures of a look at the picture, 0 to 1; 0 where nothing speaks against the text."""
    if seen is None:
        return {"uncovered": 0.0, "astray": 0.0}
    enough = min(1.0, sum(box.x1 - box.x0 for box in seen.lines) / (3 * _LENGTH))
    return {
        "uncovered": enough * min(1.0, max(0.0, (seen.uncovered - 0.05) / 0.25)),
        "astray": min(1.0, max(0.0, ((seen.astray or 0.0) - 0.35) / 0.35)),
    }


def _told_otherwise(sheet: Sheet, read: sample.Reader | None) -> float | None:
    """How likely a hidden text is bad by a sample of the picture: BAD where as much differs as may not.

    None where no sample can tell.
    """
    if read is None or sheet.hidden_share < _MOSTLY or features.is_foreign(sheet):
        return None
    share = sample.differing(sheet, read)
    return min(1.0, BAD * share / DIFFERENT) if share is not None else None


def has_text(seen: Look) -> bool:
    """Whether a picture has lines of text that the page's own text lacks."""
    return len(seen.lines) >= _LINES and sum(box.x1 - box.x0 for box in seen.lines) >= _LENGTH


def _again(sheet: Sheet, chance: float, flag: str) -> Decision:
    if sheet.picture is None:
        return Decision(Verdict.REPAIR, chance, ("damaged_text",))
    return Decision(Verdict.REREAD, chance, (flag,))


def _believed(sheet: Sheet, chance: float) -> Decision:
    flags = {"hidden_layer": sheet.hidden_share > _MOSTLY, "doubtful_layer": chance >= DOUBTFUL}
    return Decision(Verdict.TRUST, chance, tuple(flag for flag, is_so in flags.items() if is_so))


def _letters(sheet: Sheet) -> int:
    return sum(sum(map(str.isalpha, token.text)) for token in sheet.tokens)


def _is_scan(sheet: Sheet) -> bool:
    return sheet.image_share > _A_SCAN


def _is_sparse(seen: Look) -> bool:
    return seen.uncovered > 0.5 and (seen.astray or 0.0) < 0.5


def _seen(sheet: Sheet) -> Look | None:
    """A look at the picture, where there is one that may hold text of its own."""
    if sheet.picture is None:
        return None
    pictures = _pictures(sheet)
    if _is_scan(sheet) and (sheet.hidden_share > 0 or _letters(sheet) < _MANY_LETTERS):
        return look(sheet.picture(resolution(sheet.tokens)), sheet.tokens)
    if pictures and sheet.hidden_share < _MOSTLY:
        return look(sheet.picture(resolution(sheet.tokens)), sheet.tokens, pictures)
    return None


def _pictures(sheet: Sheet) -> tuple[Box, ...]:
    """The places of pictures that are large enough to hold a table, and have little text over them."""
    page = max(1.0, sheet.width * sheet.height)
    large = (
        box
        for box in sheet.images
        if (box.x1 - box.x0) * (box.y1 - box.y0) > _PICTURE * page and box.y1 - box.y0 > 30
    )
    return tuple(box for box in large if _overprinted(box, sheet.tokens) < 0.1)


def _overprinted(box: Box, tokens: Iterable[Token]) -> float:
    """The share of a picture that the page's own words lie on."""
    area = sum(
        (t.box.x1 - t.box.x0) * (t.box.y1 - t.box.y0)
        for t in tokens
        if box.x0 <= t.box.x0 <= box.x1 and box.y0 <= t.baseline <= box.y1
    )
    return area / ((box.x1 - box.x0) * (box.y1 - box.y0))


def _undone(sheet: Sheet, known: Callable[[str], bool]) -> bool:
    """Whether the damage is only a wrong encoding, which the cleaner undoes without loss.

    For text that was printed to PDF: what an OCR read is better read again.
    """
    if sheet.hidden_share > _MOSTLY or not any(
        "Ã" in token.text or "Â" in token.text for token in sheet.tokens
    ):
        return False
    from ftfy import fix_encoding  # takes long to load, and few pages need it

    mended = fix_encoding(" ".join(token.text for token in sheet.tokens))
    return probability(features.figures(mended, False, known)) < BAD


@cache
def _weights() -> dict[str, float]:
    text = files(__package__).joinpath("data").joinpath("trust.json").read_text(encoding="utf-8")
    return {name: float(weight) for name, weight in json.loads(text)["weights"].items()}


def unknown_share(words: Iterable[str], known: Callable[[str], bool]) -> float:
    """The share of distinct words that no lexicon has; names and abbreviations don't count."""
    plain = {word for word in words if word.islower()}
    return sum(not known(word) for word in plain) / len(plain) if plain else 0.0


def confidence(tokens: Iterable[Token]) -> float:
    """The mean confidence of an engine's words, by length; 0 where it read none."""
    weighed = [(token.confidence or 0.0, len(token.text)) for token in tokens]
    total = sum(length for _, length in weighed)
    return sum(value * length for value, length in weighed) / total if total else 0.0
