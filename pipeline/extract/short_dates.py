"""Days with a year of two figures between dashes or slashes: `96-05-14`, `24-01-01`, `14/05/96`.

Accounts, telephones and case numbers look the same, so a day is read only where it can be nothing else: after
a word that leads to a day, as one end of a term, or alone in its cell when the document has dates of about
that year. The year stands first between dashes, and last between slashes, unless only the other order makes a
day that fits the document; where both would, or where no other date tells the century, it is in doubt.
"""

import calendar
import re
from functools import lru_cache

from pipeline.extract.forgiving import BENT
from pipeline.extract.points import CENTURY_SPLIT, YEAR, Written, full_year
from pipeline.model import Span

_DAY = r"\d\d[-–‑/]\d\d[-–‑/]\d\d"
_JOINT = r"(?:\s?[-–—‑]{1,2}\s?|,?\s+(?:t\.?\s?o\.?\s?m\.?|tom|till(?:\s+och\s+med)?)\s+(?:den\s+)?)"
SHORT_DATE = re.compile(
    r"(?:(?<![\w/.,:–—‑-])(?<!\d )|(?<=\d\d[-–‑/]\d\d[-–‑/]\d\d[-–—‑])|(?<=\d--))"
    r"(?P<a>\d\d)(?P<mark>[-–‑/])(?P<month>0[1-9]|1[0-2])(?P=mark)(?P<b>\d\d)"
    r"(?!\w)(?![-–—‑/:.,]\d(?!\d[-–‑/]\d\d[-–‑/]\d\d(?!\d)))(?! \d\d(?![\d.:]))"
)
# What a day follows, and no number of another kind.
_LEADS = re.compile(
    r"(?:\bden|\w*datum|daterad\w*|\bdat\.?|\bfr\.?\s?o\.?\s?m\.?|\bfrom|\bt\.?\s?o\.?\s?m\.?|\btom"
    rf"|\bfr{BENT['å']}n(?:\s+och\s+med)?|\btill(?:\s+och\s+med)?|\bmellan|\bsammantr{BENT['ä']}de\w*|\bm{BENT['ö']}te\w*"
    rf"|\w*beslut(?:at|ade|ades|ats)?|\w*skrivelse\w*|\bbrev\w*|\bprotokoll\w*|\bans{BENT['ö']}kan"
    rf"|\bsenast|\bf{BENT['ö']}re|\befter|\bink(?:om\w*|\.)?|\w*tid(?:en)?|\w*period(?:en)?|\bg{BENT['ä']}ller|\bgiltig\w*"
    rf"|\bavser|\bunder|\bper|undertecknad\w*|justera[dt]\w*|\banslag\w*)[\s:*]*$",
    re.I,
)
_PLACE = re.compile(r"(?:^|\n|\t| {3})[ ]*[A-ZÅÄÖ][a-zåäöé-]+(?: [A-ZÅÄÖ][a-zåäöé-]+)?,? $")
_NUMBER = r"(?:\b(?:tel|fax|mobil|konto|kontering|kod|ansvar|objekt)\w*|\w*giro\w*|\b[bp]g|\w*nr|nummer)"
_NUMBERS = re.compile(_NUMBER, re.I)
_NUMBER_NEXT = re.compile(rf"{_NUMBER}\W*$", re.I)
_BEFORE_PAIR = re.compile(rf"{_DAY}{_JOINT}$", re.I)
_AFTER_PAIR = re.compile(rf"{_JOINT}{_DAY}(?!\d)", re.I)
REACH = 40  # characters before a day among which the words stand that lead to it
NEAR = 5  # years between a day by itself and the dates of the document
FAR = 15  # years beyond which no other date tells the century
HEAD = 900  # characters of a paper among which its letterhead stands


def short_date(match: re.Match[str]) -> Written | None:
    """The day that a match of `SHORT_DATE` is; None where it may be something else, or is no day."""
    text, span = match.string, Span(match.start(), match.end())
    years = _years(text)
    before = text[max(0, span.start - REACH) : span.start]
    led = _LEADS.search(before) or _BEFORE_PAIR.search(before) or _AFTER_PAIR.match(text, span.end)
    fits = [day for day in _readings(match) if not years or _distance(day[0], years) <= FAR]
    chosen = next(iter(fits or _readings(match)), None)
    if chosen is None or _NUMBER_NEXT.search(before) or not (led or _stands_apart(text, span, before)):
        return None
    if not led and (_distance(chosen[0], years) > NEAR if years else span.start > HEAD):
        return None
    dashed = match["mark"] != "/"
    order = chosen != _readings(match)[0] if dashed else len(fits) > 1
    century = not fits if years else abs(chosen[0] % 100 - CENTURY_SPLIT) <= NEAR
    return Written(span, "iso", *chosen, ambiguous=order or century)


def _readings(match: re.Match[str]) -> list[tuple[int, int, int]]:
    """(year, month, day) in either order, the likelier first: of slashed ones the year stands last."""
    first, last, month = int(match["a"]), int(match["b"]), int(match["month"])
    orders = [(first, last), (last, first)] if match["mark"] != "/" else [(last, first), (first, last)]
    days = [(full_year(year), month, day) for year, day in orders if _is_day(year, month, day)]
    return list(dict.fromkeys(days))


def _is_day(year: int, month: int, day: int) -> bool:
    return 1 <= day <= calendar.monthrange(full_year(year), month)[1]


def _stands_apart(text: str, span: Span, before: str) -> bool:
    """Whether a day is all that a cell holds, but for the place where a paper was signed."""
    line = before[before.rfind("\n") + 1 :]
    end = text.find("\n", span.end)
    after = text[span.end : end if end >= 0 else len(text)]
    begins = not line.strip() or line.endswith(("\t", "   ")) or _PLACE.search(before)
    if _NUMBERS.search(line):
        return False
    return bool(begins) and (not after.strip() or after.startswith(("\t", "   ")))


def _distance(year: int, years: frozenset[int]) -> int:
    return min((abs(year - other) for other in years), default=0)


@lru_cache(maxsize=2)
def _years(text: str) -> frozenset[int]:
    """The years that a document writes in full."""
    return frozenset(int(year) for year in re.findall(rf"(?<!\d){YEAR}(?!\d)", text))
