"""Two points of time that make a range: what may stand between them, and what one lends the other."""

import re
from dataclasses import dataclass, replace
from datetime import date

from pipeline.extract.forgiving import BENT
from pipeline.extract.interval_words import BETWEEN, FROM_AND_TO, TERM_WORD
from pipeline.extract.points import Written
from pipeline.model import Span

DAYS = frozenset(["iso", "compact", "day/month", "day month"])


@dataclass(frozen=True, slots=True)
class Interval:
    """From the first to the last day, with the words that say so; `end` is None for `tills vidare`."""

    span: Span
    start: date
    end: date | None
    precision: str
    rule: str
    flags: tuple[str, ...] = ()


def last_of_year(first: Written, last: Written, between: str) -> Written:
    """`till utgången av år 2025` after a day means its last day."""
    named = re.search(rf"utg{BENT['å']}ngen|slutet", between, re.IGNORECASE)
    if not named or last.form != "year" or first.day is None:
        return last
    return replace(last, form=first.form, month=12, day=31)


def joined(text: str, first: Written, last: Written) -> bool:
    """Whether what stands between two points makes them a range; a dash may have been lost in the scan."""
    between = text[first.span.end : last.span.start]
    if BETWEEN.fullmatch(between):
        return True
    if FROM_AND_TO.search(text, max(0, first.span.start - 80), first.span.start):
        return between.strip(" ") == "\t"
    if re.fullmatch(r"\s+(?:och|samt|and)\s+", between):
        before = text[max(0, first.span.start - 14) : first.span.start]
        return first.form == last.form == "part of year" or bool(
            re.search(r"(?:mellan|between)\s+$", before, re.I)
        )
    days = first.form in DAYS and last.form in DAYS and first.form == last.form
    said = TERM_WORD.search(text, max(0, first.span.start - 30), first.span.start)
    return (
        days
        and bool(said)
        and bool(re.fullmatch(r"[\s=+.:»«*'|~_-]{1,5}", between))
        and "\n\n" not in between
    )


def completed(first: Written, last: Written) -> tuple[Written, Written, tuple[str, ...]] | None:
    """Two points that make a range, the year of one lent to the other; None if they don't fit."""
    if (first.form == "short") != (last.form == "short"):
        return None
    if (first.form == "year") != (last.form == "year"):
        return None
    if (first.form == "part of year") != (last.form == "part of year"):
        return None
    if first.form == "month" and first.year is None and last.day is not None:
        return None
    flags: tuple[str, ...] = ()
    if first.year is None and last.year is not None:
        first = first.in_year(last.year)
        if first.first() > last.last():
            first, flags = first.in_year(first.year - 1 if first.year else 0), ("computed",)
    elif last.year is None and first.year is not None:
        last = last.in_year(first.year)
        if first.first() > last.last():
            last = last.in_year(first.year + 1)
        flags = ("computed",)
    if first.year is None or last.year is None:
        return None
    if first.first() > last.last():
        return None
    return first, last, flags


def spanning(first: Written, last: Written, flags: tuple[str, ...], rule: str) -> Interval:
    order = ("day", "month", "year")
    precision = max(first.precision, last.precision, key=order.index)
    if first.approximate or last.approximate:
        flags = (*flags, "approximate")
    if first.ambiguous or last.ambiguous:
        flags = (*flags, "ambiguous_date")
    low, high = sorted((first.span, last.span))
    return Interval(Span(low.start, high.end), first.first(), last.last(), precision, rule, flags)
