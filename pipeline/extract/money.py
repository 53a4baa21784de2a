"""Sums of money as Swedish documents write them, and what they are in kronor.

A sum has figures and a currency (`350 000 kr`, `SEK 1.210.000`, `45.000:-`, `1,2 mnkr`) or is written out
(`tre miljoner kronor`). `figures` reads the bare number of a table cell, whose unit its column tells.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from pipeline.extract.forgiving import readings
from pipeline.extract.word_lists import data_rows
from pipeline.model import Span

THOUSAND, MILLION, BILLION = 1_000, 1_000_000, 1_000_000_000
# A gap between groups of three: any blank, one line end of running text, a point, an apostrophe.
_GAP = r"(?:[ \u00a0\u2009\u202f]|[ \u00a0]?\n[ \u00a0]?|['’])"
_D = r"[\dOolI]"
# The first gap may be lost in the scan (`1275 000`), but a year before a sum is a year.
_GROUPED = rf"(?:[\dlI]{_D}{{0,2}}|(?!(?:19|20)\d\d)\d{{4,6}})(?:{_GAP}{_D}{{3}})+(?:,\d{{1,2}})?(?![\dOolI])"
_POINTED = rf"\d{_D}{{0,2}}(?:\.{_D}{{3}})+(?:,\d{{1,2}})?(?!\d)"
# A blank after the point is a scan's, where nothing but money ends in `:-`.
_PARTED = rf"(?<= )\d{{1,3}}\. {_D}{{3}}(?=\s?:\s?[-–—])"
# A scan mistakes one blank for a point.
_MIXED = rf"\d{{1,3}}\.{_D}{{3}}(?: {_D}{{3}})+(?:,\d{{1,2}})?(?![\dOolI])"
_COMMAED = r"\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?(?!\d)"
_PLAIN = r"\d+(?:[,.]\d{1,3})?(?!\d)"
# Öre after a colon, where no time of day and no number of a law can be meant.
ORE = r":\d\d(?![\d:])"
_WITH_ORE = rf"(?:(?:{_GROUPED}|{_POINTED}){ORE}|\d+{ORE}(?=\s?(?:kr|SEK)))"
FIGURES = rf"(?:{_PARTED}|{_WITH_ORE}|{_MIXED}|{_GROUPED}|{_POINTED}|{_COMMAED}|{_PLAIN})"

UNITS = {
    "kr": 1,
    "kr.": 1,
    "kronor": 1,
    "krona": 1,
    "sek": 1,
    "swedish kronor": 1,
    ":-": 1,
    "tkr": THOUSAND,
    "kkr": THOUSAND,
    "ksek": THOUSAND,
    "tsek": THOUSAND,
    "tusen": THOUSAND,
    "mkr": MILLION,
    "mnkr": MILLION,
    "msek": MILLION,
    "mn": MILLION,
    "miljon": MILLION,
    "million": MILLION,
    "milj": MILLION,
    "mdkr": BILLION,
    "miljard": BILLION,
}
# The words of a unit without any number, as in the heading of a column.
UNIT_WORDS = (
    r"tkr|kkr|tsek|ksek|mnkr|mkr|msek|kr|kronor|sek|(?:i\s+)?tusental(?:s)?\s+kronor"
    r"|tusen\s+kronor|miljoner\s+kronor"
)
_SPACE = r"(?:(?<=\d)\))?[*_]{0,2}(?:[ \t\u00a0]{0,2}\n[ \t]{0,40}|[\s\u00a0]{0,3})"
_UNIT = (
    r"(?P<unit>(?:t|k|mn?|md)\.?\s?kr(?:onor)?\b|[kmt]sek\b"
    r"|(?:tusen|mil[jl]on(?:er|s)?|million|milj\.?|mil[jl]arder|mil[jl]ard"
    r"|mn)(?:\s+(?:svenska\s+)?(?:kronor|kr\b|sek\b))"
    r"|mil[jl]on(?:er)?\b(?=\s*(?:[.,;)]|$|(?:per|i|f[öo6]r|till|under|fr[åa]n|om|som|och"
    r"|varav|vardera)\b|[åa]r))"
    r"|(?:svenska\s+)?kr[o0]n[o0]r\b|krona\b|k[rx]\b\.?|sek\b"
    r"|(?::[ \u00a0]?[-–—]|,[-–—](?!\d)|\.-(?![\d\w]))(?:\s?kr(?:onor)?\b)?|(?<=\d{3}:\d\d)(?![\d:]))"
)
_BEFORE = r"(?P<before>(?<![^\W_])(?:SEK|Kr|kr|(?-i:Kronor))\b[.:]?[ \u00a0\n]{0,2})"
_NUMBER = rf"(?P<number>(?<![\d.,:/%])(?<![^\W_]){FIGURES})"
SUM = re.compile(
    rf"(?=[\dlisk])(?:{_BEFORE}{_NUMBER}(?!\s?%)|{_NUMBER.replace('number', 'figure')}{_SPACE}{_UNIT})",
    re.IGNORECASE,
)
FOREIGN = re.compile(r"\s{0,2}(?:EUR|euro|USD|DKK|NOK|GBP|dollar|danska|norska|€|\$|£)", re.IGNORECASE)
NUMBER_BEFORE = re.compile(r"\d{2} ?\d{2} ?\d{2}\s{0,2}[-–—−]{1,2}\s{0,2}$")
LONE_YEAR = re.compile(r"(?:19|20)\d\d")
FOREIGN_REACH = 8  # characters before a sum in which a foreign currency's name begins
FOREIGN_BEFORE = re.compile(r"(?:EUR|USD|DKK|NOK|GBP|€|\$|£)[\s\u00a0]{0,2}$", re.IGNORECASE)
_LISTED = re.compile(
    rf"(?<![\d.,:/%])(?<![^\W_])(?P<figure>{FIGURES})\s?(?:[-–—,]|till|och|eller|resp\.?|respektive)\s*$"
)
RAISED = re.compile(r"\bfr[åa]n\s+$", re.IGNORECASE)  # `höjs från 20 till 25 kr`
NTH = re.compile(r"\b(?:[åa]r|etapp|del|fas)\s$", re.IGNORECASE)  # `100 tkr år 1 och 120 tkr år 2`
_GROUPS = re.compile(r"\d(?:[\s\u00a0.]\d{3})+$")
_WORDS_BEFORE = re.compile(r"(?P<words>(?:[^\W\d_]{1,60}[\s-]+){1,8})$")
LONGEST_WORDS = 120
# The word that closes a sum in words, or the same sum in figures in brackets after it.
UNIT_OF_WORDS = re.compile(
    r"(?P<unit>(?:svenska\s+)?kronor\b)|(?<=[^\W\d_]\s)\((?=(?:SEK |kr )?\d{1,3}(?:[ .\u00a0]\d{3})+[\s)])",
    re.IGNORECASE,
)
_BARE_SCALE = re.compile(r"(?:tusen|miljon(?:er)?|miljard(?:er)?)\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum of kronor; `span` covers figures and unit, `repaired` says that letters were read as digits."""

    span: Span
    sek: Decimal
    spelled_out: bool = False
    repaired: bool = False


def figures(written: str) -> Decimal | None:
    """The number that is written, groups of three parted by blanks, points or commas; None if none.

    >>> figures("1 250,50"), figures("1.210.000"), figures("1,240,000"), figures("1,2"), figures("45.5")
    (Decimal('1250.50'), Decimal('1210000'), Decimal('1240000'), Decimal('1.2'), Decimal('45.5'))
    >>> figures("l2 5OO"), figures("1 25")
    (Decimal('12500'), None)
    """
    text = next(readings(written.strip()), "")
    text = re.sub(r":(?=\d\d$)", ",", text)
    text = re.sub(
        r"(?<=\d)(?:[\s\u00a0\u2009\u202f]+|['’])(?=\d{3}(?!\d))", "", re.sub(r"(?<=\d\.) ", "", text)
    )
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d{1,2})?|\d{1,3}\.\d{6}(?:\d{3})*(?:,\d{1,2})?", text):
        text = text.replace(".", "")
    elif re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?", text):
        text = text.replace(",", "")
    text = text.replace(",", ".")
    return Decimal(text) if re.fullmatch(r"\d+(?:\.\d+)?", text) else None


def unit_factor(unit: str) -> int:
    """How many kronor one of a unit is; 1 for an unknown one.

    >>> unit_factor("tkr"), unit_factor("miljoner kronor"), unit_factor("mnkr"), unit_factor(":-")
    (1000, 1000000, 1000000, 1)
    """
    words = re.sub(r"[\s\u00a0]+", " ", unit.lower()).strip(" .")
    if re.match(r"mil[jl]ard|md", words):
        return BILLION
    if re.match(r"mil[jl]|million|mn|m ?kr|msek|m\.kr", words):
        return MILLION
    return THOUSAND if re.match(r"t\.?\s?kr|k\.?\s?kr(?!o)|[kt]sek|(?:i )?tusen", words) else 1


def sums(text: str) -> Iterator[Sum]:
    """Every sum of Swedish money in a text, in order.

    >>> [str(s.sek) for s in sums("SEK 1.210.000, 380 tkr, 1,2 mnkr, 45.000:- och EUR 109 000")]
    ['1210000', '380000', '1200000', '45000']
    """
    units = list(_figured(text))
    listed = (part for found in units for part in _listed(text, found))
    figured = [*units, *(part for part in listed if not any(part.span.overlaps(u.span) for u in units))]
    spelled = [s for s in _spelled(text) if not any(s.span.overlaps(f.span) for f in figured)]
    yield from sorted([*figured, *spelled], key=lambda found: found.span)


def _listed(text: str, last: Sum) -> list[Sum]:
    """The sums before one, in a range or a list that names the unit once: `5 000–10 000 kr`."""
    written = text[last.span.start : last.span.end]
    match = re.match(FIGURES, written)
    if match is None:
        return []
    factor = unit_factor(written[match.end() :].strip())
    found: list[Sum] = []
    at = last.span.start
    while before := _LISTED.search(text, max(0, at - 40), at):
        value = figures(before["figure"])
        raised = RAISED.search(text, max(0, before.start() - 8), before.start("figure"))
        if value is None or (factor == 1 and not _GROUPS.search(before["figure"]) and not raised):
            break
        if re.fullmatch(r"(?:19|20)\d\d", before["figure"]) or NTH.search(
            text, max(0, before.start("figure") - 8), before.start("figure")
        ):
            break
        at = before.start("figure")
        found.append(Sum(Span(at, before.end("figure")), _plain(value * factor)))
    return found[::-1]


def _figured(text: str) -> Iterator[Sum]:
    after = 0
    while match := SUM.search(text, after):
        after = match.end()
        written = match["number"] or match["figure"]
        at = match.start("number") if match["number"] else match.start("figure")
        if not match["number"] and _is_of_something_else(text, match):
            after = match.end("figure")
            continue
        if match["number"] and "\n" in match["before"] and not _GROUPS.search(written):
            after = match.start("number")  # a heading's unit and the number of the row below it
            continue
        if match["number"] and match["before"].startswith("Kronor") and not _GROUPS.search(written):
            after = match.start("number")
            continue
        value = figures(written)
        before = max(0, at - FOREIGN_REACH)
        if not value or FOREIGN.match(text, match.end()) or FOREIGN_BEFORE.search(text, before, at):
            continue
        if match["number"] and re.fullmatch(r"(?:19|20)\d\d", written) and match["before"][:1] in "Kk":
            continue
        end = match.end()
        unit = match["unit"] or ""
        if not unit:  # «SEK 5 miljoner», «SEK 450 000 kr»
            tail = re.compile(_SPACE + _UNIT, re.IGNORECASE).match(text, end)
            if tail:
                unit, end = tail["unit"], tail.end()
        sek = value * unit_factor(unit)
        yield Sum(Span(match.start(), end), _plain(sek), False, bool(re.search(r"[OolI]", written)))


def _is_of_something_else(text: str, match: re.Match[str]) -> bool:
    """Whether the figures before a unit are the end of an organisation number, or close a bracket that
    opened before other words: `(org.nr 802467-1235) kr 90 000`."""
    at, end = match.start("figure"), match.end("figure")
    if NUMBER_BEFORE.search(text, max(0, at - 16), at) or re.fullmatch(r"\d{9,}", match["figure"]):
        return True
    if LONE_YEAR.fullmatch(match["figure"]) and re.match(r":\s", match["unit"]):
        return True  # a year that leads to something: `2024: - `
    return text[end : end + 1] == ")" and text[:at].rstrip()[-1:] not in ("(", "R", "r", "K", "k")


def _plain(sek: Decimal) -> Decimal:
    """Whole kronor without decimals; else with öre."""
    return sek.quantize(Decimal(1)) if sek == sek.to_integral_value() else sek


@cache
def _numerals() -> dict[str, int]:
    return {_folded(word): int(number) for number, word in data_rows("numerals.tsv")}


def _folded(word: str) -> str:
    return word.lower().translate(str.maketrans("åäöáàâéóò", "aaoaaaeoo"))


@cache
def _numeral_pattern() -> re.Pattern[str]:
    words = sorted(_numerals(), key=len, reverse=True)
    return re.compile("|".join(words))


def spelled_number(words: str) -> int | None:
    """The number that Swedish words say, written together or apart; None for any other word.

    >>> spelled_number("fyrahundrafemtiotusen"), spelled_number("tre miljoner")
    (450000, 3000000)
    >>> spelled_number("en miljon tvåhundrafemtio tusen"), spelled_number("kanske")
    (1250000, None)
    >>> spelled_number("tjugoettusen")
    21000
    """
    text = re.sub(r"\s+|\bochs?\b|-", "", _folded(words)).replace("ettusen", "etttusen")
    total, group, at = 0, 0, 0
    while at < len(text):
        match = _numeral_pattern().match(text, at)
        if match is None:
            return None
        number = _numerals()[match[0]]
        if number >= THOUSAND:
            total, group = total + (group or 1) * number, 0
        elif number == 100:
            group = (group or 1) * number
        else:
            group += number
        at = match.end()
    return total + group if at else None


def _spelled(text: str) -> Iterator[Sum]:
    for unit in UNIT_OF_WORDS.finditer(text):
        before = _WORDS_BEFORE.search(text, max(0, unit.start() - LONGEST_WORDS), unit.start())
        if before is None:
            continue
        words = before["words"].split()
        for skip in range(max(0, len(words) - 5), len(words)):
            said = " ".join(words[skip:])
            value = spelled_number(said)
            if value and not _BARE_SCALE.fullmatch(said):
                start = before.start("words") + _nth_word(before["words"], skip)
                end = unit.end() if unit["unit"] else before.start("words") + len(before["words"].rstrip())
                yield Sum(Span(start, end), Decimal(value), spelled_out=True)
                break


def _nth_word(words: str, index: int) -> int:
    return [word.start() for word in re.finditer(r"\S+", words)][index]
