"""Points of time as documents write them: a day, a month or a year, with what isn't written left open."""

import calendar
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from rapidfuzz import fuzz, process

from pipeline.extract.word_lists import data_rows
from pipeline.model import Span

CENTURY_SPLIT = 70
FUZZY_MONTH = 80
LONG_MONTH = 5
YEAR = r"(?:19[5-9]|20[0-6])\d"


@dataclass(frozen=True, slots=True)
class Written:
    """A point of time as written; what isn't written is None. `months` is how many months it covers
    from `month` on (a half-year six), `form` the way of writing. `ambiguous` is a date whose day and month
    could change places: Swedish papers write the day first, others don't."""

    span: Span
    form: str
    year: int | None
    month: int | None = None
    day: int | None = None
    months: int = 1
    approximate: bool = False
    ambiguous: bool = False

    @property
    def precision(self) -> str:
        if self.day is not None:
            return "day"
        return "month" if self.month is not None else "year"

    def in_year(self, year: int) -> "Written":
        return replace(self, year=year)

    def first(self) -> date:
        """The first day that is meant. Raises ValueError when no year is known."""
        if self.year is None:
            raise ValueError("a date without a year has no day")
        return date(self.year, self.month or 1, self.day or 1)

    def last(self) -> date:
        """The last day that is meant. Raises ValueError when no year is known."""
        if self.year is None:
            raise ValueError("a date without a year has no day")
        if self.day is not None:
            return self.first()
        month = 12 if self.month is None else self.month + self.months - 1
        return end_of_month(self.year + (month - 1) // 12, (month - 1) % 12 + 1)


def end_of_month(year: int, month: int) -> date:
    """
    >>> end_of_month(2024, 2)
    datetime.date(2024, 2, 29)
    """
    return date(year, month, calendar.monthrange(year, month)[1])


def years_later(start: date, months: int) -> date:
    """The last day of a term of so many months that begins on `start`.

    >>> years_later(date(2024, 1, 1), 36)
    datetime.date(2026, 12, 31)
    >>> years_later(date(2024, 7, 15), 12)
    datetime.date(2025, 7, 14)
    """
    index = start.year * 12 + start.month - 1 + months
    year, month = divmod(index, 12)
    day = min(start.day, calendar.monthrange(year, month + 1)[1])
    return date.fromordinal(date(year, month + 1, day).toordinal() - 1)


@cache
def _month_names() -> dict[str, int]:
    return {name: int(number) for number, *names in data_rows("months.tsv") for name in names}


def month_of(word: str) -> int | None:
    """The number of a month by its name or short form, a bent letter in a long name forgiven.

    >>> month_of("Januari"), month_of("dec."), month_of("novemher"), month_of("under")
    (1, 12, 11, None)
    """
    name = word.lower().rstrip(".")
    names = _month_names()
    if name in names:
        return names[name]
    if len(name) < LONG_MONTH:
        return None
    full = [known for known in names if len(known) >= LONG_MONTH]
    found = process.extractOne(name, full, scorer=fuzz.ratio, score_cutoff=FUZZY_MONTH)
    return names[found[0]] if found else None


def full_year(two_digits: int) -> int:
    """
    >>> full_year(97), full_year(22)
    (1997, 2022)
    """
    return two_digits + (1900 if two_digits >= CENTURY_SPLIT else 2000)
