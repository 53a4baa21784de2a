"""The written forms of a diarienummer, the labels that announce one, and what year and number a form holds.

A prefix of capitals for the registrar, a year and a number in either order, joined by dash, slash, colon,
point or blank. Normal form: a slash between year and number stays, year first; all else gets dashes;
two-digit years in full; leading zeros stay.
"""

import re
from collections.abc import Container

from pipeline.extract.forgiving import BENT
from pipeline.extract.points import YEAR, full_year

_DASH = r"[-–—‑~_]"
_LETTERS = "A-ZÅÄÖ"
_GAP = rf"(?:[ \u00a0]?{_DASH}?[ \u00a0]?\n{{0,2}}[ \u00a0]?)"
_N = r"[\dOolIi]"
_LAST = rf"(?P<number>{_N}{{1,6}})(?:-\d{{1,3}}(?!\d))?(?![^\W_])(?!{_DASH}\d|[./]\d)"
_START = r"(?<![^\W_])(?<![-–/.:]\b)"
# Two digits are a year right after the letters (`SN23-118`), or before three or more (`SN 23/0118`).
_SHORT_YEAR = (
    rf"(?:(?<=[{_LETTERS}])\d\d(?=(?:{_DASH}|/)\d\d)|(?<=[/ -])\d\d(?=/\d{{3}}|{_DASH}\d\d))"
    rf"(?!/{YEAR}(?!\d))"
)
# Two digits that can be no year of a registry in use, so the year comes after them (`SN 47-2023`).
_NO_YEAR = r"(?:3[1-9]|[4-6]\d)"
PREFIXED = re.compile(
    rf"{_START}(?P<prefix>[{_LETTERS}1|\[l][{_LETTERS}]{{1,5}}|[{_LETTERS}]{{1,2}}o[{_LETTERS}]{{1,2}})"
    rf"(?:{_GAP}|\s?[/:]\s?|\.(?=\d)|\. (?={YEAR}[.]\d))"
    rf"(?:(?P<before>\d|{_NO_YEAR}|\d{{3}}|(?!{YEAR})\d{{4,6}}){_DASH}(?P<after>{YEAR})(?![\w/])(?!{_DASH}\d)"
    rf"|(?P<year>{YEAR}|{_SHORT_YEAR})\s?(?P<mark>{_DASH}|[/:.])\s?\n?{_LAST}"
    rf"|(?P<first>\d{{1,5}})\s?/\s?(?P<last>{YEAR}|\d\d)(?![\w/])(?!{_DASH}\d))"
)
GLUED = re.compile(rf"{_START}(?P<year>\d\d)(?P<prefix>[{_LETTERS}]{{2,5}})(?P<number>\d{{1,5}})(?![^\W_])")
BARE = re.compile(
    rf"{_START}(?:(?P<year>{YEAR}|\d\d(?={_DASH}\d{{3,5}}(?!\d))(?!{_DASH}{YEAR}(?!\d)))\s?(?P<mark>{_DASH}|[/:.])\s?\n?{_LAST}"
    rf"|(?P<before>\d{{1,6}}){_DASH}(?P<after>{YEAR})(?![\w/.:])(?!{_DASH}\d)"
    rf"|(?P<first>\d{{1,5}})\s?/\s?(?P<last>{YEAR}|\d\d)(?![\w/])(?!{_DASH}\d))"
)
LABEL = re.compile(
    r"(?<![^\W_])(?P<whose>v[åaä]rt?|ert?)?\s*(?:d\.?\s?nr|diarie\s?-?n(?:r|[uo]m+e?r)|diarie(?:beteckning)?"
    rf"|{BENT['ä']}rende(?:n(?:r|ummer)|\s?-?(?:nr|nummer|id|beteckning)|(?=\s?:))"
    rf"|(?:v[åaä]r\s+)?(?:beteckning|ref(?:erens)?)"
    r"|{beteckning}|reg\.?\s?nr)\b\s*[.:]?".replace("{beteckning}", "er beteckning"),
    re.IGNORECASE,
)
OTHER_LABEL = re.compile(
    r"(?:avtal\w*|kontrakt\w*|hyresavtal|upphandling\w*|faktura\w*|order\w*|projekt\w*"
    r"|blankett|fastighet\w*|version"
    r"|tel(?:efon)?|inköp\w*|rekvisition\w*)[\s.]*(?:s?-?(?:nr|nummer|id))?[\s.:]*$",
    re.IGNORECASE,
)
# A registrar's prefix right after its label, not all in capitals: `Ärendenummer: Sov 514/2025`.
SMALL_PREFIX = re.compile(
    rf"(?:nummer|beteckning|[nN]r|:|\t|[ \u00a0]{{2}})[.:]?\s?(?P<prefix>(?!Nr|Den|Dnr|Bil|Sid|Se|Fr|Av)"
    rf"[{_LETTERS}][{_LETTERS.lower()}]{{1,4}})[ \u00a0]$"
)
# A sentence that cites a case: `Det beslutades i ärende 2021/55`.
IN_CASE = re.compile(rf"\b{BENT['ä']}rende(?:t)?\s*$", re.IGNORECASE)
ISO_DATE = re.compile(rf"{YEAR}[-–.](?:0[1-9]|1[0-2])[-–.][0-3]\d$")


def normal_form(prefix: str, year: int, number: str, slash: bool) -> str:
    """
    >>> normal_form("SN", 2022, "118", False), normal_form("KS", 1999, "217", True)
    ('SN-2022-118', 'KS 1999/217')
    """
    if slash:
        return f"{prefix} {year}/{number}".strip()
    return f"{prefix}-{year}-{number}" if prefix else f"{year}-{number}"


def year_and_number(
    parts: dict[str, str | None], years: Container[int]
) -> tuple[int, str, bool, bool] | None:
    """(year, number, whether a slash parts them, whether letters were read as digits).

    `years` are those of the document's dates: where two figures and four are joined and both might be the
    year, the four are, if the document has dates of that year and none of the other (`KFN 91-2006`).
    """
    if first := parts.get("first"):
        last = parts["last"] or ""
        if len(last) == 2 and len(first) == 2 and int(first) + 1 == int(last):
            return None  # a school year
        return (int(last) if len(last) == 4 else full_year(int(last))), first, True, False
    if number := parts.get("before"):
        return int(parts["after"] or ""), number, False, False
    year, written = parts["year"] or "", parts["number"] or ""
    number = written.translate(str.maketrans("OolIi", "00111"))
    if sum(character.isdigit() for character in written) * 2 < len(written):
        return None
    dashed = len(year) == 2 and parts.get("mark") != "/" and re.fullmatch(YEAR, number)
    if dashed and int(number) in years and full_year(int(year)) not in years:
        return int(number), year, False, number != written
    return (
        int(year) if len(year) == 4 else full_year(int(year)),
        number,
        parts.get("mark") == "/",
        number != written,
    )
