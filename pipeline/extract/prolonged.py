"""Terms that prolong others: to a last day, by a count of years, or by another pair of days."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from pipeline.extract.date_pairs import Interval
from pipeline.extract.interval_words import (
    CHANGES_TO,
    COUNTED,
    LAST_DAY,
    PROLONGED,
    PROLONGED_BY,
    PROLONGS_AS,
    WHETHER,
)
from pipeline.extract.money import spelled_number
from pipeline.extract.points import Written, years_later
from pipeline.model import Span

REACH = 200  # characters before a prolongation in which the term that it prolongs is written
ONE_DAY = timedelta(days=1)


def months_of(match: re.Match[str]) -> int | None:
    """The months of a written count of years or months, None where the word is no number."""
    written = match["count"].strip()
    count = int(written) if written.isdigit() else spelled_number(written)
    if not count:
        return None
    return count * 12 if match["years"] else count


def to_a_day(
    text: str, points: Sequence[Written], found: Sequence[Interval], used: set[Span]
) -> Iterator[Interval]:
    """`Avtalet, som gäller A–B, förlängs till och med C`: from the day after B to C."""
    for point in points:
        begin = max(0, point.span.start - REACH)
        if point.span in used or point.year is None or not PROLONGED.search(text, begin, point.span.start):
            continue
        last = _known_end(found, begin, point.span.start)
        if last and last < point.last():
            used.add(point.span)
            yield Interval(
                point.span, last + ONE_DAY, point.last(), point.precision, "prolonged", ("computed",)
            )


def by_a_count(text: str, points: Sequence[Written], found: Sequence[Interval]) -> Iterator[Interval]:
    """`Avtalet, som löper ut B, förlängs med två år`: from the day after B, so many years."""
    for match in PROLONGED_BY.finditer(text):
        months = months_of(match)
        begin = max(match.start() - REACH, 0)
        said = max(text.rfind("\n\n", 0, match.start()), text.rfind(". ", 0, match.start()) + 1, begin)
        if not months or WHETHER.search(text[said : match.end() + 40]) or COUNTED.match(text, match.end()):
            continue
        last = _known_end(found, begin, match.end()) or _last_day(text, points, begin, match.end())
        if last:
            start = last + ONE_DAY
            span = Span(match.start(), match.end())
            yield Interval(span, start, years_later(start, months), "day", "prolonged", ("computed",))


def to_another_pair(text: str, found: Sequence[Interval]) -> list[Interval]:
    """`Avtalet, som gäller A–B, förlängs att gälla även C–D`: the second pair is the prolongation; of
    `A–B ändras till A–C` the first is `replaced`."""
    ordered = sorted(found, key=lambda interval: interval.span)
    out = ordered[:1]
    for earlier, later in pairwise(ordered):
        between = text[earlier.span.end : later.span.start]
        follows = earlier.end is not None and later.start == earlier.end + ONE_DAY
        prolongs = follows and len(between) <= REACH and PROLONGS_AS.search(between)
        if later.start == earlier.start and CHANGES_TO.fullmatch(between):
            out[-1] = replace(earlier, rule="replaced")
        out.append(replace(later, rule="prolonged") if prolongs and not WHETHER.search(between) else later)
    return out


def _known_end(found: Sequence[Interval], begin: int, end: int) -> date | None:
    known = [i for i in found if i.end and begin <= i.span.start and i.span.end <= end]
    return max(known, key=lambda interval: interval.span).end if known else None


def _last_day(text: str, points: Sequence[Written], begin: int, end: int) -> date | None:
    """The day that a sentence calls the last of a term."""
    for point in reversed(points):
        inside = begin <= point.span.start and point.span.end <= end
        if inside and point.year and point.day and LAST_DAY.search(text, begin, point.span.start):
            return point.last()
    return None
