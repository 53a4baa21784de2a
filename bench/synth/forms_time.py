"""Dates and terms as Swedish administrations write them.

The phrase of a term comes from the grammar (`forms.txt`); here is what fits into it: which shapes say just
this term, and the dates in one style.
"""

import random
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip
SHORT = ("jan.", "feb.", "mars", "april", "maj", "juni", "juli", "aug.", "sept.", "okt.", "nov.", "dec.")
STYLES = {
    "iso": 10, "long": 10, "den": 8, "slash": 3, "slash-dash": 1, "compact": 2, "six": 1, "dots": 1,
    "short": 2, "ordinal": 1,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Term:
    """A term with both days in it; `end` is None for `tills vidare`."""

    start: date
    end: date | None

    @property
    def years(self) -> int:
        """Whole years, 0 if it isn't a number of them."""
        if self.end is None:
            return 0
        after = self.end + timedelta(1)
        whole = (after.month, after.day) == (self.start.month, self.start.day)
        return after.year - self.start.year if whole else 0

    @property
    def months(self) -> int:
        """Whole calendar months, 0 if it isn't a number of them."""
        if self.end is None or self.start.day != 1 or self.end != last_day(self.end):
            return 0
        return (self.end.year - self.start.year) * 12 + self.end.month - self.start.month + 1

    @property
    def calendar(self) -> bool:
        return bool(self.years) and (self.start.month, self.start.day) == (1, 1)


def last_day(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def term(start: date, months: int) -> Term:
    """So many whole months from the first of a month."""
    count = start.year * 12 + start.month - 1 + months - 1
    return Term(start, last_day(date(count // 12, count % 12 + 1, 1)))


def style(rng: random.Random) -> str:
    return rng.choices(list(STYLES), list(STYLES.values()))[0]


def written(day: date, how: str) -> str:
    """A day in a style.

    >>> [written(date(2024, 7, 1), how) for how in ("den", "slash", "six")]
    ['den 1 juli 2024', '1/7 2024', '240701']
    """
    month = MONTHS[day.month - 1]
    return {
        "iso": day.isoformat(),
        "long": f"{day.day} {month} {day.year}",
        "den": f"den {day.day} {month} {day.year}",
        "slash": f"{day.day}/{day.month} {day.year}",
        "slash-dash": f"{day.day}/{day.month}-{day.year}",
        "compact": f"{day:%Y%m%d}",
        "six": f"{day:%y%m%d}",
        "dots": f"{day.day}.{day.month}.{day.year}",
        "short": f"{day.day} {SHORT[day.month - 1]} {day.year}",
        "ordinal": f"den {day.day}:{_ordinal(day.day)} {month} {day.year}",
    }[how]


def _ordinal(number: int) -> str:
    return "a" if number % 10 in (1, 2) and number not in (11, 12) else "e"


def shapes(one: Term, bare: bool) -> dict[str, float]:
    """Which rules of the grammar can say this term, with weights. `bare` wants no count of years."""
    if one.end is None:
        return {"vidare": 1}
    found: dict[str, float] = {"dagar": 10}
    if one.calendar:
        found["år" if one.years > 1 else "ettår"] = 5
    if one.months:
        found["månader"] = 2
    if one.start.year == one.end.year and one.start.day == 1:
        found["sammaår"] = 1.5
    if one.years and not bare:
        found["antal"] = 2
    return found


def month_and_year(day: date) -> str:
    return f"{MONTHS[day.month - 1]} {day.year}"


def day_and_month(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]}"
