"""Personal identity numbers are masked in the raw text of a page, before anything stores or reads it.

A personnummer is YYMMDD-NNNN or YYYYMMDD-NNNN, a samordningsnummer the same with 60 added to the day; the
last digit is a check digit by Luhn (Skatteverket, SKV 704 and 707). An organisation number has a third
digit of 2 or more, where a date has its month, so the two can't be taken for one another.
"""

import re
from calendar import monthrange
from dataclasses import replace

from pipeline.model import Page, Word

MASK = "****"

# Letters that an OCR engine reads digits as.
_LOOK_ALIKE = str.maketrans("OoQIl|iSsBZz", "000111155822")
_D = r"[0-9OoQIl|iSsBZz]"
_DASH = r"[-–—‐‑−+]"
_GAP = r"(?:[-. ]|[-. ]?\n ?)?"
_NUMBER = re.compile(
    rf"(?<![\w])(?<!\d[.,])(?P<century>{_D}{_D})?(?P<gaps>{_GAP})"
    rf"(?P<year>{_D}{_D})(?P<inner>{_GAP})(?P<month>{_D}{_D})(?P<gap>{_GAP})(?P<day>{_D}{_D})"
    rf"(?P<between>\s{{0,2}}{_DASH}\s{{0,2}}|\s{{1,2}}|)(?P<last>{_D}{{4}})"
    rf"(?![\w])(?!{_DASH}\d)(?!\s*(?:kr\b|SEK\b|tkr\b|:-))"
)
_ON = re.compile(_DASH)
_MIN_DIGITS = 7
_COORDINATION = 60
_REACH = 24  # characters beside a word that a number can stretch over


def mask(page: Page) -> Page:
    """The page with the last four digits of every personal identity number as asterisks.

    The text keeps its length, so every word keeps its place. Second readings of masked words are dropped.
    """
    text = mask_text(page.text)
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
    at = 0
    parts = []
    while match := _NUMBER.search(text, at):
        if _is_personal(match):
            parts += [text[at : match.start("last")], MASK]
            at = match.end()
        else:  # the next number may begin inside this one
            parts.append(text[at : match.start() + 1])
            at = match.start() + 1
    return "".join([*parts, text[at:]])


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
