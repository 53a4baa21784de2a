"""Pairs, terms and lists of dates, whatever they are about: the grammar beneath the periods."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from pipeline.extract.date_pairs import DAYS, Interval, completed, joined, last_of_year, spanning
from pipeline.extract.dates import scan
from pipeline.extract.forgiving import BENT
from pipeline.extract.interval_words import (
    AT_LONGEST,
    DAYS_OF_MONTH,
    ENDS,
    EXACT_FOLLOWS,
    FORM_FIELD,
    OPEN_AFTER,
    OPEN_FROM,
    PART_FOR,
    SHORT_YEARS,
    STARTS,
    TERM_AFTER,
    TERM_FROM,
    YEAR_FOR,
    YEAR_NOUN,
    YEAR_REPORTED,
    YEAR_TITLE,
    YEAR_UNDER,
    YEARS_NOUN,
)
from pipeline.extract.points import Written, full_year, years_later
from pipeline.extract.prolonged import by_a_count, months_of, to_a_day, to_another_pair
from pipeline.model import Span

REACH = 90
SLACK = len("den ")

Points = Sequence[Written]


def intervals(text: str) -> Iterator[Interval]:
    """Every interval of a text, in order; no date is used twice.

    >>> [(i.rule, f"{i.start} {i.end}") for i in intervals("avtalet gäller i två år från och med 1 maj 2024")]
    [('term', '2024-05-01 2026-04-30')]
    """
    points = scan(text)
    used: set[Span] = set()
    found: list[Interval] = []
    short = [_short_years(match) for match in SHORT_YEARS.finditer(text)]
    for interval in (s for s in short if s is not None):
        if not any(p.span.overlaps(interval.span) and p.form != "year" for p in points):
            found.append(interval)
            used |= {p.span for p in points if p.span.overlaps(interval.span)}
    for finder in (_days_of_a_month, _ranges, _lists, _open_pairs, _terms, _endless, _lone):
        for interval, parts in finder(text, points, used):
            found.append(interval)
            used |= {part.span for part in parts}
    found += to_a_day(text, points, found, used)
    found += by_a_count(text, points, found)
    yield from to_another_pair(text, found)


def _days_of_a_month(text: str, points: Points, used: set[Span]) -> Iterator[tuple[Interval, list[Written]]]:
    """`24–26 juni 2021`, `mellan den 3 och 5 maj 2019`: the month and the year are named once."""
    for point in points:
        days = DAYS_OF_MONTH.search(text, max(0, point.span.start - 30), point.span.end)
        if days is None or point.form not in ("day month", "month") or point.year is None:
            continue
        first, last = int(days["first"] or days["from"]), int(days["last"])
        if days.start("last") <= point.span.start + SLACK and 0 < first < last == (point.day or last) <= 31:
            start = replace(point, span=Span(days.start(), days.start() + 2), day=first)
            yield spanning(start, replace(point, day=last), (), "days"), [point]


def _short_years(match: re.Match[str]) -> Interval | None:
    """`2021-22`, `2021/22`: a school or budget year, or a term of years; never a month."""
    first, last = int(match["year"]), full_year(int(match["end"]))
    if (
        not first < last <= first + 10
        or (match["mark"] == "/" and last != first + 1)
        or int(match["end"]) <= 12
    ):
        return None
    span = Span(match.start(), match.end())
    return Interval(span, date(first, 1, 1), date(last, 12, 31), "year", "short_years", ("approximate",))


def _ranges(text: str, points: Points, used: set[Span]) -> Iterator[tuple[Interval, list[Written]]]:
    taken: set[Span] = set()
    for first, last in pairwise(points):
        if {first.span, last.span} & (used | taken):
            continue
        between = text[first.span.end : last.span.start]
        if (
            len(between) > 60
            or not joined(text, first, last)
            or (between.strip() == "/" and last.form == "year")
        ):
            continue
        pair = completed(first, last_of_year(first, last, between))
        if pair is None:
            continue
        taken |= {first.span, last.span}
        yield spanning(*pair, "range"), [first, last]


def _lists(text: str, points: Points, used: set[Span]) -> Iterator[tuple[Interval, list[Written]]]:
    """`åren 2024, 2025 och 2026`."""
    i = 0
    while i < len(points):
        run = [points[i]]
        while (
            i + 1 < len(points)
            and points[i + 1].form == "year" == run[-1].form
            and re.fullmatch(
                r"\s*(?:,|och|samt|,\s*och)\s*", text[run[-1].span.end : points[i + 1].span.start]
            )
        ):
            i += 1
            run.append(points[i])
        i += 1
        years = [point.year or 0 for point in run]
        consecutive = len(run) > 1 and years == list(range(years[0], years[0] + len(years)))
        named = YEARS_NOUN.search(text, max(0, run[0].span.start - 30), run[0].span.start)
        if consecutive and named and not {point.span for point in run} & used:
            yield spanning(run[0], run[-1], (), "years"), run


def _open_pairs(text: str, points: Points, used: set[Span]) -> Iterator[tuple[Interval, list[Written]]]:
    """`träder i kraft P och gäller till och med Q`, `startdatum P`, `slutdatum Q`."""
    taken: set[Span] = set()
    for first, last in pairwise(points):
        if {first.span, last.span} & (used | taken) or not {first.form, last.form} & DAYS:
            continue
        between = text[first.span.end : last.span.start]
        before = text[max(0, first.span.start - 40) : first.span.start]
        if "year" in (first.form, last.form) or not _same_breath(between):
            continue
        if STARTS.search(before) and ENDS.search(between):
            pair = completed(first, last)
        elif ENDS.search(before) and STARTS.search(between):
            pair = completed(last, first)
        else:
            continue
        if pair is not None:
            taken |= {first.span, last.span}
            yield spanning(*pair, "start_and_end"), [first, last]


def _same_breath(between: str) -> bool:
    """Whether two dates may belong to one term: in one sentence, or the second says `Avtalet upphör`."""
    if FORM_FIELD.fullmatch(between):
        return True
    if len(between) > REACH or re.search(r"\n\s*\n", between):
        return False
    stops = len(re.findall(r"[.;]\s+[A-ZÅÄÖ]", between))
    return stops == 0 or (
        stops == 1 and bool(re.search(rf"upph{BENT['ö']}r|l{BENT['ö']}per ut|slut(?:datum|dag)", between))
    )


def _terms(text: str, points: Points, used: set[Span]) -> Iterator[tuple[Interval, list[Written]]]:
    """`tre år från och med den 1 januari 2024`, `från 2024-07-01 i två år`."""
    for point in points:
        if point.span in used or point.year is None or point.form == "part of year":
            continue
        before = _nearest_count(text, point.span.start)
        after = None
        if before is None and STARTS.search(text[max(0, point.span.start - 40) : point.span.start]):
            after = TERM_AFTER.search(text[point.span.end : point.span.end + 60])
            after = after if after and (after["ahead"] or after["on"]) else None
        match = before or after
        if match is None:
            continue
        months = months_of(match)
        if months is None:
            continue
        start = min(point.span.start, before.start() if before else point.span.start)
        end = point.span.end + (after.end() if after else 0)
        first = point.first()
        flags = ("computed",)
        yield (
            Interval(Span(start, end), first, years_later(first, months), point.precision, "term", flags),
            [point],
        )


def _nearest_count(text: str, end: int) -> re.Match[str] | None:
    """The last count of years or months that leads to the date at `end` (`500 kr per år i två år från`)."""
    found, at = None, max(0, end - 90)
    while (match := TERM_FROM.search(text, at, end)) is not None:
        found = match if months_of(match) else found
        at = match.start() + 1
    return found


def _endless(text: str, points: Points, used: set[Span]) -> Iterator[tuple[Interval, list[Written]]]:
    """`tills vidare från och med den 1 maj 2024`, `från 2024-05-01 och tills vidare`."""
    for point in points:
        if point.span in used or point.year is None or point.form == "part of year":
            continue
        before = OPEN_FROM.search(text, max(0, point.span.start - 90), point.span.start)
        after = None if before else OPEN_AFTER.search(text[point.span.end : point.span.end + 60])
        if before is None and after is None:
            continue
        start = before.start() if before else point.span.start
        end = point.span.end + (after.end() if after else 0)
        if AT_LONGEST.search(text[end : end + 40].split(".")[0]):
            continue
        yield Interval(Span(start, end), point.first(), None, point.precision, "open_end"), [point]


def _lone(text: str, points: Points, used: set[Span]) -> Iterator[tuple[Interval, list[Written]]]:
    """A year or a part of one that is named as the term."""
    for point in points:
        if point.span in used or point.year is None:
            continue
        before = text[max(0, point.span.start - 40) : point.span.start]
        if EXACT_FOLLOWS.match(text, point.span.end):
            continue  # `läsåret 2024/25 (19/8 2024–13/6 2025)`
        if point.form == "year" and YEAR_REPORTED.search(before):
            yield spanning(point, point, (), "reported_year"), [point]
        elif point.form == "part of year" and PART_FOR.search(before):
            yield spanning(point, point, (), "part_of_year"), [point]
        elif point.form == "year" and (YEAR_NOUN.search(before) or YEAR_UNDER.search(before)):
            yield spanning(point, point, (), "lone_year"), [point]
        elif point.form == "year" and (YEAR_FOR.search(before) or YEAR_TITLE.search(before)):
            yield spanning(point, point, (), "title_year"), [point]
