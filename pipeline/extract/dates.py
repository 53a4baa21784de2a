"""The ways in which Swedish documents write dates, months, terms and years, and what they mean.

Forms whose meaning needs a neighbour (`1 juli` before `30 juni 2026`, `230101` before `230630`, a lone
year) are found as well and marked by their `form`; whoever reads periods decides what to do with them.
"""

import calendar
import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from pipeline.extract.forgiving import BENT, forgiving
from pipeline.extract.points import YEAR, Written, full_year, month_of
from pipeline.extract.short_dates import SHORT_DATE, short_date
from pipeline.model import Span

DASH = r"[-–—‑‐−~]"
_DIGITS = str.maketrans("OoIl|", "00111")
_WORD = r"[^\W\d_]{3,10}"


@lru_cache(maxsize=2)  # asked for by several extractors in turn, of the same document
def scan(text: str) -> tuple[Written, ...]:
    """Every point of time in a text, in order, none within another.

    >>> [(w.form, w.last().isoformat()) for w in scan("fr.o.m. den 1 maj 2017 t.o.m. april 2020")]
    [('day month', '2017-05-01'), ('month', '2020-04-30')]
    """
    found: list[Written] = []
    taken = bytearray(len(text))
    missing = [sign for sign in _SIGNS if not sign.search(text)]
    for pattern, read, sign in _SIGNED:
        if sign in missing:
            continue
        for match in pattern.finditer(text):
            if 1 in taken[match.start() : match.end()]:
                continue
            written = read(match)
            if written is not None and _exists(written):
                found.append(written)
                taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
    return tuple(sorted(found, key=lambda written: written.span))


def _exists(written: Written) -> bool:
    """Whether the calendar has such a day; the 29th of a February without a year passes."""
    if written.month is not None and not 1 <= written.month <= 12:
        return False
    year = written.year or 2024
    return written.day is None or 1 <= written.day <= calendar.monthrange(year, written.month or 1)[1]


def _span(match: re.Match[str]) -> Span:
    return Span(match.start(), match.end())


def _number(text: str) -> int:
    return int(text.translate(_DIGITS))


def _ymd(form: str) -> Callable[[re.Match[str]], Written | None]:
    def read(match: re.Match[str]) -> Written | None:
        year, month, day = (_number(match[name]) for name in ("year", "month", "day"))
        year = full_year(year) if year < 100 else year
        return Written(_span(match), form, year, month, day)

    return read


def _slashed(match: re.Match[str]) -> Written | None:
    year = match["year"]
    known = None if year is None else full_year(int(year)) if len(year) == 2 else int(year)
    return Written(_span(match), "day/month", known, int(match["month"]), int(match["day"]))


def _three_numbers(match: re.Match[str]) -> Written | None:
    """`3/4/2025` is the 3rd of April here, and the 4th of March to a foreign program; `3.4.2025` isn't."""
    day, month = int(match["day"]), int(match["month"])
    ambiguous = "/" in match[0] and day <= 12 and day != month
    return Written(_span(match), "day/month", int(match["year"]), month, day, ambiguous=ambiguous)


def _day_month(match: re.Match[str]) -> Written | None:
    month = month_of(match["month"])
    year = int(match["year"]) if match["year"] else None
    return Written(_span(match), "day month", year, month, int(match["day"])) if month else None


def _month_year(match: re.Match[str]) -> Written | None:
    month = month_of(match["month"])
    return Written(_span(match), "month", int(match["year"]), month) if month else None


def _month_alone(match: re.Match[str]) -> Written | None:
    month = month_of(match["month"])
    return Written(_span(match), "month", None, month) if month else None


def _numeric_month(match: re.Match[str]) -> Written | None:
    return Written(_span(match), "year-month", int(match["year"]), int(match["month"]))


def _year(match: re.Match[str]) -> Written | None:
    return Written(_span(match), "year", int(match["year"]))


def _part_of_year(month: int, months: int, approximate: bool = False) -> Callable[[re.Match[str]], Written]:
    def read(match: re.Match[str]) -> Written:
        year = int(match["year"])
        return Written(_span(match), "part of year", year, month, None, months, approximate)

    return read


def _school_year(match: re.Match[str]) -> Written | None:
    """From July to June: the school year as the law counts it, its days unknown."""
    year, end = int(match["year"]), int(match["end"][-2:])
    follows = (year + 1) % 100 == end
    return Written(_span(match), "part of year", year, 7, None, 12, True) if follows else None


def _parts_of_year() -> Iterator[tuple[re.Pattern[str], Callable[[re.Match[str]], Written]]]:
    first, second = r"(?:f[öo6]rsta|1:?a?)", r"(?:andra|2:?a?)"
    tail = rf"\s+(?:år\s+)?(?P<year>{YEAR})(?![\d-])"
    half = rf"\s+halv{BENT['å']}ret"
    yield re.compile(rf"\b{first}{half}{tail}", re.IGNORECASE), _part_of_year(1, 6)
    yield re.compile(rf"\b{second}{half}{tail}", re.IGNORECASE), _part_of_year(7, 6)
    spring = forgiving("våren"), forgiving("vårterminen"), r"\bVT"
    autumn = forgiving("hösten"), forgiving("höstterminen"), r"\bHT"
    yield (
        re.compile(rf"(?:{'|'.join(spring)}){tail.replace(chr(92) + 's+', chr(92) + 's*', 1)}", re.I),
        _part_of_year(1, 6, True),
    )
    yield (
        re.compile(rf"(?:{'|'.join(autumn)}){tail.replace(chr(92) + 's+', chr(92) + 's*', 1)}", re.I),
        _part_of_year(7, 6, True),
    )
    ordinals = (first, second, r"(?:tredje|3:?e?)", r"(?:fj[äa]rde|4:?e?)")
    for index, ordinal in enumerate(ordinals):
        quarter = rf"\b(?:{ordinal}\s+kvartalet|kvartal\s+{index + 1}|Q{index + 1})"
        yield re.compile(quarter + tail, re.IGNORECASE), _part_of_year(3 * index + 1, 3)


_MONTH_FIRST = re.compile(
    rf"\b(?P<month>{_WORD})\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,\s+(?P<year>{YEAR})(?!\d)", re.IGNORECASE
)
_MONTH_TO_MONTH = re.compile(
    rf"\b(?P<month>[a-z]{{3,4}})\.?(?=\s?{DASH}\s?{_WORD}\.?\s+{YEAR})", re.IGNORECASE
)
# What may not stand before a figure is asked after it, so that a search can skip from figure to figure.
FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Written | None]], ...] = (
    (
        re.compile(
            r"(?P<year>(?:19|2[0O])[\dOoIl|]{2})(?<![^\W_][\dOoIl|]{4})\s?(?P<mark>[-–—‑./])\s?"
            r"(?P<month>[\dOoIl|]{2})\s?(?:(?P=mark)|[-–—‑])\s?(?P<day>[\dOoIl|]{2})(?![^\W_])"
        ),
        _ymd("iso"),
    ),
    (
        re.compile(
            rf"(?P<year>{YEAR})(?:(?<![\w/-]\d{{4}})|(?<=\d{{6}}-\d{{4}}))(?P<month>[01]\d)(?P<day>[0-3]\d)(?!\d)(?!\s?{DASH}\s?\d{{4}}(?!\d))"
        ),
        _ymd("compact"),
    ),
    (
        re.compile(
            rf"(?P<year>\d\d)(?<![\w/]\d\d)(?P<month>[01]\d)(?P<day>[0-3]\d)(?![\d*])(?!\s?{DASH}\s?[\d*]{{4}}(?!\d))"
            rf"(?!\s?{DASH}\s{{4}})"  # a personal number whose stars are blanked with the marks of Markdown
        ),
        _ymd("short"),
    ),
    (SHORT_DATE, short_date),
    (
        re.compile(
            rf"(?P<day>\d(?<![\d/.,]\d)\d?)\s?/\s?(?P<month>\d{{1,2}})(?:\s*{DASH}?\s*(?P<year>{YEAR})|\s?-(?P<short>\d\d)(?![\d/]))?(?![\d/]|\s?%)"
        ),
        lambda match: (
            Written(
                _span(match),
                "day/month",
                full_year(int(match["short"])),
                int(match["month"]),
                int(match["day"]),
            )
            if match["short"]
            else _slashed(match)
        ),
    ),
    (
        re.compile(rf"(?P<day>\d(?<![\d/.,]\d)\d?)[./](?P<month>\d{{1,2}})[./](?P<year>{YEAR})(?!\d)"),
        _three_numbers,
    ),
    (
        re.compile(
            rf"(?=[d\d])(?<![\d/.,:])(?<!\b\d[-–])(?<!\b\d\d[-–])(?:(?<!\w)den\s+)?(?P<day>\d{{1,2}})(?:\s?:?[ea])?\.?[\s-]+(?P<month>{_WORD})\b\.?"
            rf"(?:,?\s+(?P<year>{YEAR})(?!\d|-\d(?!\d?\s+{_WORD}\b)))?",
            re.IGNORECASE,
        ),
        _day_month,
    ),
    (_MONTH_FIRST, _day_month),
    *_parts_of_year(),
    (
        re.compile(
            rf"{forgiving('läsåret')}\s+(?P<year>{YEAR})\s?[/{DASH[1:-1]}]\s?(?P<end>\d{{4}}|\d\d)(?!\d)",
            re.I,
        ),
        _school_year,
    ),
    (
        re.compile(
            rf"\b(?P<month>{_WORD})\b\.?(?:\s+m{BENT['å']}nad)?\s+(?P<year>{YEAR})(?!\d|-\d(?!\d?\s+{_WORD}\b))",
            re.I,
        ),
        _month_year,
    ),
    (_MONTH_TO_MONTH, _month_alone),
    (re.compile(rf"(?P<year>{YEAR})(?<![\w/-]\d{{4}})-(?P<month>0[1-9]|1[0-2])(?![\w/-])"), _numeric_month),
    (
        re.compile(
            r"\b(?=[adfjmnos])(?P<month>januari|februari|mars|april|maj|juni|juli|augusti|september|oktober"
            r"|november|december"
            r"|january|february|march|june|july|october)\b",
            re.IGNORECASE,
        ),
        _month_alone,
    ),
    (
        re.compile(
            rf"(?P<year>{YEAR})(?:(?<![\w./:–—-]\d{{4}})|(?<=(?:19|20)\d\d{DASH}\d{{4}})"
            rf"|(?<=(?:19|20)\d\d[ ]{DASH}\d{{4}}))(?![\w:])(?!{DASH}\d{{5}}"
            rf"|/\d{{3}}|[.,]\d)"
        ),
        _year,
    ),
)
# What forms that most texts have none of can't do without: one look for it is quicker than one for each.
_SOME_PART_OF_YEAR = re.compile(
    rf"(?=[rltqvhs])(?:ret|let|tal\s+[1-4]|Q[1-4]|ren|terminen|[VH]T|sten)\s*(?:år\s+)?{YEAR}", re.IGNORECASE
)
_DAY_AND_YEAR = re.compile(rf"\d(?:st|nd|rd|th)?,\s+{YEAR}", re.IGNORECASE)
_TO_MONTH = re.compile(rf"{DASH}\s?{_WORD}\.?\s+{YEAR}")
_SIGNS = (_SOME_PART_OF_YEAR, _DAY_AND_YEAR, _TO_MONTH)
_SIGN_OF = {
    **dict.fromkeys((pattern for pattern, _ in _parts_of_year()), _SOME_PART_OF_YEAR),
    _MONTH_FIRST: _DAY_AND_YEAR,
    _MONTH_TO_MONTH: _TO_MONTH,
}
_SIGNED = tuple((pattern, read, _SIGN_OF.get(pattern)) for pattern, read in FORMS)
