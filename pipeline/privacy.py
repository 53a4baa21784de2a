"""Personal identity numbers are masked in the raw text of a page, before anything stores or reads it.

A personnummer is YYMMDD-NNNN or YYYYMMDD-NNNN, a samordningsnummer the same with 60 added to the day; the
last digit is a check digit by Luhn (Skatteverket, SKV 704 and 707). An organisation number has a third
digit of 2 or more, where a date has its month, so the two can't be taken for one another.
"""

import html
import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date
from typing import Any

from pipeline.model import Cleaned, Finding, Page, Span, Word
from pipeline.offsets import Ways

MASK = "****"

# Letters that an OCR engine reads digits as.
_LOOK_ALIKE = str.maketrans("OoQIl|iSsBZz", "000111155822")
_D = r"[0-9OoQIl|iSsBZz]"
_DASH = r"[-–—‐‑−+]"
_GAP = r"(?:[-. ]|[-. ]?\n ?)?"
_WIDE = r"(?:[^\S\n]{0,8}|\s{0,2})"
_NUMBER = re.compile(
    rf"(?<![\w])(?<!\d[.,])(?P<century>{_D}{_D})?(?P<gaps>{_GAP})"
    rf"(?P<year>{_D}{_D})(?P<inner>{_GAP})(?P<month>{_D}{_D})(?P<gap>{_GAP})(?P<day>{_D}{_D})"
    rf"(?P<between>{_WIDE}(?P<dash>{_DASH}){_WIDE}|\s{{1,2}}|)(?P<last>{_D}{{4}})"
    rf"(?![\w])(?!{_DASH}\d)(?(dash)|(?!\s*(?:kr\b|SEK\b|tkr\b|:-)))"  # a sum has no dash
)
_ON = re.compile(_DASH)
_MIN_DIGITS = 7
_COORDINATION = 60
_REACH = 24  # characters beside a word that a number can stretch over

# What stands for a digit or a dash: other scripts and widths, entities, UTF-8 read as Windows-1252; and what
# isn't seen at all.
_GUISE = re.compile(
    r"(?P<digit>(?![0-9])\d)|(?P<dash>[\u2012\u2015\u2043\ufe58\ufe63\uff0d]|â€[\x90‘’“”•])"
    r"|(?P<entity>&#(?:[0-9]{1,6}|[xX][0-9a-fA-F]{1,5});)|(?P<unseen>[\u00ad\u0300-\u036f\u180e\u200b-\u200f]"
    r"|[\u202a-\u202e\u2060-\u2064\u20d0-\u20f0\ufe00-\ufe0f\ufeff])"
)
_SIGN = re.compile(f"{_GUISE.pattern}|.", re.DOTALL)
# The boxes of a form, a digit in each.
_BOXES = re.compile(
    rf"(?<![\w.,])(?:\d[ \t|]{{1,2}}){{5,7}}\d[ \t|]*{_DASH}?[ \t|]*(?:\d[ \t|]{{1,2}}){{3}}\d(?!\w)"
)
_BETWEEN = " \t|"


def mask(page: Page) -> Page:
    """The page with the last four digits of every personal identity number as asterisks.

    The text keeps its length, so every word keeps its place. Second readings of masked words are dropped.
    """
    return _with_text(page, mask_text(page.text))


def mask_repaired(cleaned: Cleaned) -> Page:
    """The page with those numbers masked, too, that only its repaired text shows; the same page if none."""
    secrets = list(_secrets(cleaned.text)) if cleaned.passes else []
    text, ways = list(cleaned.page.text), Ways(cleaned.passes)
    for span in secrets:
        origin = ways.to_raw(span)
        for place in range(origin.start, origin.end):
            text[place] = text[place] if text[place].isspace() else MASK[0]
    return _with_text(cleaned.page, "".join(text)) if secrets else cleaned.page


def mask_value(finding: Finding) -> Finding:
    """The finding without personal numbers in its value, which may join what stands apart on the page."""
    value = finding.value
    if isinstance(value, str):
        return replace(finding, value=mask_text(value)) if _has_digits(value) else finding
    if isinstance(value, date):
        return finding
    told = {field.name: getattr(value, field.name) for field in fields(value)}
    masked: dict[str, Any] = {
        name: mask_text(text) for name, text in told.items() if isinstance(text, str) and _has_digits(text)
    }
    return replace(finding, value=replace(value, **masked)) if masked else finding


def _has_digits(text: str) -> bool:
    return sum(map(str.isdigit, text)) >= _MIN_DIGITS


def _with_text(page: Page, text: str) -> Page:
    """The page with another text of the same length."""
    words = tuple(_without_secret(word, page.text, text) for word in page.words)
    return replace(page, text=text, words=words)


def _without_secret(word: Word, before: str, after: str) -> Word:
    """The word without its second reading, where that may tell what was masked."""
    if not word.other:
        return word
    own = slice(word.span.start, word.span.end)
    context = before[: own.start][-_REACH:] + word.other + before[own.stop :][:_REACH]
    told = before[own] != after[own] or mask_text(context) != context
    return replace(word, other="") if told else word


def mask_text(text: str) -> str:
    """As `mask`, for a text.

    >>> mask_text("Anna Ek, 19640823-3234, bor i Umeå; föreningens nummer är 802400-0006")
    'Anna Ek, 19640823-****, bor i Umeå; föreningens nummer är 802400-0006'
    """
    parts, done = [], 0
    for span in _secrets(text):
        parts += [text[done : span.start], MASK[0] * len(span)]
        done = span.end
    return "".join([*parts, text[done:]])


def _secrets(text: str) -> Iterator[Span]:
    """Where the last four digits of each personal number stand, one by one."""
    plain, places = _undisguised(text)
    at = 0
    while match := _NUMBER.search(plain, at):
        if _is_personal(match):
            for digit in range(*match.span("last")):
                yield places[digit] if places else Span(digit, digit + 1)
            at = match.end()
        else:  # the next number may begin inside this one
            at = match.start() + 1


def _undisguised(text: str) -> tuple[str, list[Span]]:
    """The text as a reader sees its digits and dashes, and where each character of it stands.

    The places are left out where that is the text itself.
    """
    boxed = {at for match in _BOXES.finditer(text) for at in range(*match.span()) if text[at] in _BETWEEN}
    if not boxed and not _GUISE.search(text):
        return text, []
    plain: list[str] = []
    places: list[Span] = []
    for match in _SIGN.finditer(text):
        if match.start() not in boxed and (sign := _plain(match)):
            plain.append(sign)
            places.append(Span(*match.span()))
    return "".join(plain), places


def _plain(match: re.Match[str]) -> str:
    """The character that a sign stands for, none for what isn't seen."""
    if match["entity"]:
        return _SIGN.sub(_plain, html.unescape(match["entity"]))
    if match["digit"]:
        return str(unicodedata.decimal(match["digit"]))
    return "" if match["unseen"] else "-" if match["dash"] else match[0]


def _is_personal(match: re.Match[str]) -> bool:
    if sum(char.isdigit() for char in match[0]) < _MIN_DIGITS:
        return False
    part = {
        name: (match[name] or "").translate(_LOOK_ALIKE)
        for name in ("century", "year", "month", "day", "last")
    }
    if not _is_date(part["century"], part["year"], part["month"], part["day"]):
        return False
    dashed = bool(match["between"].strip())
    if "\n" in match["gaps"] + match["inner"] + match["gap"] and not dashed:
        return False  # figures of a table, one row above the other
    together = not (match["gaps"] or match["gap"])
    if dashed and (together or part["century"]):
        return True
    checks = _luhn(part["year"] + part["month"] + part["day"] + part["last"])
    like_year = part["last"].startswith(("19", "20"))
    if match["between"] and together and not like_year:
        return True
    if match["gap"] == "-" and like_year and _ON.match(match.string, match.end()):
        return False  # a day, and the year of a case number or a term beside it: `2024-09-27 2024-`
    # Twelve digits in a row that begin with a date leave little doubt; ten may be many things.
    return checks or (bool(part["century"]) and together and not match["between"])


def _is_date(century: str, year: str, month: str, day: str) -> bool:
    if century not in ("", "18", "19", "20") or not 1 <= int(month) <= 12:
        return False
    number = int(day) - _COORDINATION if int(day) > _COORDINATION else int(day)
    # Without a century the year may be a leap year in one and not in the other: 29 February passes.
    longest = monthrange(int(century + year), int(month))[1] if century else monthrange(2000, int(month))[1]
    return 1 <= number <= longest


def _luhn(digits: str) -> bool:
    total = 0
    for index, char in enumerate(reversed(digits)):
        value = int(char) * (2 if index % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
