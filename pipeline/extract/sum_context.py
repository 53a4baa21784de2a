"""What the clause of a sum says about it: for which year, how often, who pays whom."""

import re
from functools import lru_cache

from pipeline.extract.forgiving import BENT
from pipeline.extract.money import spelled_number
from pipeline.extract.names import name_at_end, name_at_start
from pipeline.extract.naming import KEPT
from pipeline.extract.points import YEAR
from pipeline.extract.table_cells import TOTAL_LABEL
from pipeline.model import Span

_A, _O, _AE = BENT["å"], BENT["ö"], BENT["ä"]
_VAT = r"(?:[\s,(]*(?:exkl\w*|inkl\w*|plus)\.?\s+(?:moms|merv\w+|lagstadgad moms|index)\)?,?)?"
_PER_YEAR = (
    rf"(?:per\s+(?:kalender|verksamhets|budget|avtals|bidrags|l{_AE}s)?{_A}r\b|/\s?{_A}r"
    rf"|{_A}rlig(?:en|t|a)|om\s+{_A}ret|(?:f{_O}r\s+)?var(?:je|dera|t\s+och\s+ett)\s+(?:av\s+)?(?:kalender|verksamhets)?{_A}r(?:et|en)?\b|i\s+{_A}rlig|p{_A}\s+{_A}rsbasis|per\s+(?:year|annum)"
    rf"|annually|p\.a\.)"
)
_PER_MONTH = (
    rf"(?:per\s+(?:kalender)?m{_A}nad|/\s?m{_A}n|m{_A}natlig\w*|i\s+m{_A}naden"
    rf"|varje\s+m{_A}nad|per\s+month|monthly)"
)
AFTER_YEARLY = re.compile(rf"^[\s)*_]*{_VAT}[\s,(]*(?:och\s+)?{_PER_YEAR}", re.IGNORECASE)
AFTER_MONTHLY = re.compile(rf"^[\s)*_]*{_VAT}[\s,(]*{_PER_MONTH}", re.IGNORECASE)
AFTER_ONCE = re.compile(
    rf"^[\s)*_]*{_VAT}[\s,(]*(?:som\s+(?:ett\s+|en\s+)?|i\s+(?:ett\s+|en\s+)?"
    rf"|vid\s+)?(?:eng{_A}ngs\w*|ett\s+tillf{_AE}lle|en\s+g{_A}ng\b|one-off|lump sum)",
    re.IGNORECASE,
)
_LINK = r"(?:[^\W\d_]+[\s:|]+){0,5}?[\s:|*_(]*(?:SEK|kr)?[\s*_]*"
BEFORE_YEARLY = re.compile(
    rf"(?:\b{_A}rlig(?:en|t|a)?|\b{_A}rs(?:hyra\w*|belopp\w*|ers{_AE}ttning\w*|kostnad\w*"
    rf"|bidrag\w*)|{_PER_YEAR})[\s:|)]+{_LINK}$",
    re.IGNORECASE,
)
MONTHLY_HEADING = re.compile(rf"{_PER_MONTH}|m{_A}nads", re.IGNORECASE)
YEARLY_HEADING = re.compile(rf"{_PER_YEAR}|\b{_A}rs(?:hyra|belopp|kostnad)", re.IGNORECASE)
ONCE_HEADING = re.compile(rf"eng{_A}ngs", re.IGNORECASE)
BEFORE_MONTHLY = re.compile(
    rf"(?:\bm{_A}nads(?:hyra\w*|belopp\w*|ers{_AE}ttning\w*|kostnad\w*)|{_PER_MONTH})[\s:|)]+{_LINK}$",
    re.IGNORECASE,
)
BEFORE_ONCE = re.compile(rf"(?:\beng{_A}ngs\w*|\bone-off|\blump sum)[\s:|)]+{_LINK}$", re.IGNORECASE)
TOTAL = re.compile(
    r"\b(?:sammanlag\w*|total\w*|summa|tillsammans|in total)\W+(?:\w+\W+){0,3}$", re.IGNORECASE
)
PART = re.compile(
    rf"\b(?:varav|d{_AE}rav|h{_AE}rav|av\s+(?:beloppet|bidraget|summan)\s+ska(?:ll)?|f{_O}rdela\w*(?:\s+p{_A})?)\W+(?:\w+\W+){{0,5}}$",
    re.IGNORECASE,
)
SPREAD_IN_ALL = re.compile(r"\b(?:totalt|sammanlagt)\s+$", re.IGNORECASE)  # `Totalt fördelas 213 500 kr`
TOTAL_AFTER = re.compile(
    rf"^[\s,(]*(?:(?:exkl|inkl)\w*\.?\s+moms\)?[\s,]*)?(?:sammanlagt|totalt|tillsammans|i\s+sin\s+helhet"
    rf"|f{_O}rdela[td]\w*\s+(?:med|p{_A}|enligt)|(?:f{_O}r|under)\s+hela\s+(?:avtals)?(?:tid|period)\w*)",
    re.IGNORECASE,
)
TOTAL_BEFORE = re.compile(
    r"(?:\b(?:sammanlag\w*|total\w*|summa|summan|tillsammans|in total|kontraktssumma\w*|avtalssumma\w*"
    r"|slutsumma\w*)|hela\s+(?:avtals)?(?:tid|period)\w*)\W+(?:\w+\W+){0,5}$",
    re.IGNORECASE,
)
_FOR = rf"(?:f{_O}r|under|avseende|avser|{_A}r|inf{_O}r|till)"
_YEAR_NOUN = rf"(?:{_A}r|hela|(?:kalender|verksamhets|budget|bidrags|avtals|l{_AE}s){_A}ret)"
_NO_RANGE = (
    r"(?![\w]|\s?[-–—/]\s?\d|,\s*(?:19|20)\d\d\b|\s+och\s+(?:19|20)\d\d\b"
    r"|\s*(?:till|t\.?\s?o\.?\s?m\.?)\s+(?:och\s+med\s+)?(?:den\s+)?(?:[a-zåäö]+\s+)?\d)"
)
YEAR_AFTER = re.compile(
    rf"^[\s)*_]*{_VAT}[\s(]*(?:(?:{_PER_YEAR}|{_PER_MONTH})\s+)?(?:(?:i|som)\s+[^\W\d_]+\s+)?(?:(?:[^\d.,;:()\n]{{0,60}}\s)?(?:f{_O}r|avseende)\s+|{_FOR}\s+)?(?:{_YEAR_NOUN}\s+)?(?P<year>{YEAR}){_NO_RANGE}",
    re.IGNORECASE,
)
YEAR_BEFORE = re.compile(
    rf"(?:(?:\b{_FOR}\s+)(?:{_YEAR_NOUN}\s+)?|(?:\b{_YEAR_NOUN}\s+)"
    rf"|^[\W_]*)(?P<year>{YEAR})(?![\w/-])(?P<link>[^.;]*)$",
    re.IGNORECASE,
)
LINE_YEAR = re.compile(
    rf"\W*(?:{_A}r\s+)?(?P<year>{YEAR})(?:\s?\([^()\d\n]{{1,20}}\))?(?:[^\w,]+(?:SEK|kr))?[^\w,]*",
    re.IGNORECASE,
)
NEXT_ROW = re.compile(rf"[^\w\n]*\n\W*{YEAR}")  # a year that begins the next line is that line's
RANGE_START = re.compile(
    rf"(?<!\w){YEAR}\s*(?:[-–—/]|till(?:\s+och\s+med)?|t\.?\s?o\.?\s?m\.?|och)\s*$", re.IGNORECASE
)
# A price of one piece: of anything but a time that is counted, a body that is paid, or a way to pay.
_PER = (
    rf"(?:(?:per\s+(?:{_A}r|m{_A}nad)\s+och\s+(?=\w*(?:plats|deltagare|elev|barn|person|brukare|medlem|inv{_A}nare"
    rf"|kvm|kvadrat\w+|l{_AE}genhet|boende|kund|bes{_O}k)\b))|per\s+(?!\d)|\s?/\s?|f{_O}r\s+varje\s+)"
)
_PIECE_WORD = (
    rf"(?!(?:kalender|verksamhets|budget|avtals|bidrags|l{_AE}s|halv|kvarts|sp{_AE}r)?(?:{_A}r(?!ende)|termin|s{_AE}song|kvartal|m{_A}n|tertial|period)"
    rf"|\w*(?:f{_O}rening|organisation|mottagare|s{_O}kande|kommun|part|projekt|verksamhet|avtal|tillg{_A}ng)\w*\b"
    rf"|(?:\w*giro|e-?post|post|mejl|mail|brev|telefon|faktura|f{_O}rskott|kontant|automatik|annum|year|month|av|den|omg{_A}ende)\b)"
    rf"[^\W\d_]+"
)
_PIECE = _PER + _PIECE_WORD
PIECE = re.compile(_PIECE, re.IGNORECASE)
PIECE_AFTER = re.compile(rf"^[\s)*_]*{_VAT}[\s,(]*{_PIECE}", re.IGNORECASE)
PER_PART = re.compile(
    rf"^[\s)*_]*{_VAT}[\s,(]*(?:per|/)\s?(?P<part>kvartal|halv{_A}r|termin|tertial|s{_AE}song)\b",
    re.IGNORECASE,
)
PIECE_BEFORE = re.compile(
    rf"{_PIECE}(?:\s+\w+){{0,2}}?(?:\s+(?:{_AE}r|blir|utg{_A}r|uppg{_A}r|best{_AE}ms|fastst{_AE}lls|med|till|om|p{_A}|i\s+dag|kr|SEK)\b|\s*:)+\s*$",
    re.IGNORECASE,
)
# `En timme ger 9 kr`, `varje deltagare ersätts med 9 kr`.
PIECE_GIVES = re.compile(
    rf"\b(?:en|ett|varje)\s+{_PIECE_WORD}\s+(?:ger|kostar|ers{_AE}tts\s+med|ber{_AE}ttigar\s+till)\s*$",
    re.IGNORECASE,
)
YEAR_COLON = re.compile(rf"(?<![\w/-])(?P<year>{YEAR})\s*[:=)][\s*_]*(?:SEK|kr)?[\s*_]*$", re.IGNORECASE)
LINK_WORDS = 14
RETELLS = re.compile(
    rf"\b(?:enligt|av|i|p{_A})\s+(?:den\s+|det\s+|de\s+)?(?:bifogade\s+|tidigare\s+|f{_O}rsta\s+)?(?:sammanfattning|missiv|utkast"
    rf"|f{_O}rs{_AE}ttsblad|omslag|underlag|budgetunderlag|f{_O}ljebrev|f{_O}ljeskrivelse|tj{_AE}nsteskrivelse|ingress|inledning"
    rf"|rubrik|avtalsf{_O}rslag|pressmeddelande|protokoll|brev|utskick|webbplats)\w*",
    re.IGNORECASE,
)
TIMES = re.compile(
    r"(?<![\w.,-])(?P<count>\d{1,2}|[^\W\d_]{2,6})\s*(?:×|\bx\b|\*|g[åa]nger)\s*$", re.IGNORECASE
)
MOST_TIMES = 60
NUMBER = re.compile(
    r"(?:,?\s*\(?(?:org|reg)[\w. ]{0,20}?n(?:umme)?r\.?:?\s*)?"
    r"(?<!\d)\d{2} ?\d{2} ?\d{2}\s?[-–—−]?\s?\d{2} ?\d{2}(?!\d)\)?",
    re.IGNORECASE,
)
REFERENCE = re.compile(
    r"\b(?:tabell|bilaga|punkt(?:en)?|sida|avsnitt)\s\d{1,2}\b|§+\s?\d{1,3}\b", re.IGNORECASE
)
VERBS = re.compile(
    rf"(?:ska(?:ll)?\s+)?(?:bidra[r]?|betalar?|bevilja[r]?|finansierar?|ers{_AE}tter"
    rf"|avs{_AE}tter|utbetalar|tilldelar|anslår|l{_AE}mnar|bekostar|ansl{_A}r|pays)\b",
    re.IGNORECASE,
)
TO = re.compile(rf"(?:\btill|bevilja[rs]?|tilldelas?|tilldelar|ers{_AE}tter|\bto)\s+(?=[A-ZÅÄÖ])")


def frequency(text: str, clause: Span, span: Span) -> str:
    """`once`, `month`, `year` or empty, by what stands right beside a sum within its clause.

    >>> said = "Hyran är 12 500 kr per månad"
    >>> frequency(said, Span(0, len(said)), Span(9, 18))
    'month'
    """
    after, before = text[span.end : clause.end], text[clause.start : span.start]
    if AFTER_MONTHLY.search(after):
        return "month"
    if AFTER_YEARLY.search(after):
        return "year"
    if AFTER_ONCE.search(after):
        return "once"
    if TOTAL.search(before):
        return ""
    if BEFORE_ONCE.search(before):
        return "once"
    if BEFORE_MONTHLY.search(before):
        return "month"
    return "year" if BEFORE_YEARLY.search(before) else ""


def share_of(text: str, clause: Span, span: Span, label: str = "") -> str:
    """`sammanlagt` for a total, `varav` for a part of one, `fördelat` for one of all its parts, else empty.

    >>> said = "sammanlagt 90 000 kr, varav 30 000 kr"
    >>> share_of(said, Span(0, 20), Span(11, 20)), share_of(said, Span(22, 37), Span(28, 37))
    ('sammanlagt', 'varav')
    """
    before, after = text[clause.start : span.start], text[span.end : clause.end]
    if part := PART.search(before):
        if part[0][0] not in "fF":
            return "varav"
        return "sammanlagt" if SPREAD_IN_ALL.search(before, 0, part.start()) else "fördelat"
    called = TOTAL_AFTER.search(after)
    below = called is not None and "\n" in called[0] and called[0].lstrip("\n ,(")[:1].isupper()
    if TOTAL_LABEL.search(label) or TOTAL_BEFORE.search(before) or (called and not below):
        return "sammanlagt"
    return ""


def times(text: str, span: Span) -> str:
    """How many times a sum is meant, `2 ×`, by the sign before it; empty for once.

    >>> times("totalt 3 x 45 000 kr", Span(11, 20))
    '3 ×'
    """
    sign = TIMES.search(text, max(0, span.start - 20), span.start)
    written = sign["count"] if sign else "0"
    count = int(written) if written.isdigit() else spelled_number(written)
    return f"{count} ×" if count and 1 < count <= MOST_TIMES else ""


def instalment(text: str, clause: Span, span: Span) -> str:
    """The part of a year for which a sum is paid again and again, `per kvartal`; empty for none."""
    found = PER_PART.search(text[span.end : clause.end])
    return f"per {found['part'].lower()}" if found else ""


def is_piece_price(text: str, clause: Span, span: Span) -> bool:
    """Whether a sum is the price of one piece, which commits no sum: `per vårddygn`, `/timme`.

    >>> said = "Ersättning utgår med 410 kr per plats och 90 000 kr per år"
    >>> [is_piece_price(said, Span(0, 58), s) for s in (Span(21, 27), Span(41, 50))]
    [True, False]
    """
    after, before = text[span.end : clause.end], text[clause.start : span.start]
    return bool(PIECE_AFTER.search(after) or PIECE_BEFORE.search(before) or PIECE_GIVES.search(before))


def is_retold(text: str, sentence: Span, span: Span) -> bool:
    """Whether a sentence tells what another paper, or another part of this one, says of a sum.

    >>> said = "Enligt följebrevet bidrar kommunen med 40 000 kr"
    >>> is_retold(said, Span(0, len(said)), Span(39, 48))
    True
    """
    return bool(RETELLS.search(text, sentence.start, span.start))


@lru_cache(maxsize=KEPT)
def heading_frequency(words: str) -> str:
    """The frequency that a column's heading or a row's label names."""
    if MONTHLY_HEADING.search(words):
        return "month"
    if YEARLY_HEADING.search(words):
        return "year"
    return "once" if ONCE_HEADING.search(words) else ""


def year_of(text: str, clause: Span, span: Span) -> int | None:
    """The one calendar year that the clause of a sum ties to it.

    >>> said = "490 000 kr för 2025"
    >>> year_of(said, Span(0, len(said)), Span(0, 10))
    2025
    """
    at = text.rfind("\n", 0, span.start) + 1
    labelled = LINE_YEAR.fullmatch(text, at, span.start)
    if labelled and not re.search(
        r"\b(?:f[öo]r|[åa]r|under|avseende|och|till)\s*$", text[max(0, at - 12) : at]
    ):
        return int(labelled["year"])
    after = YEAR_AFTER.search(text[span.end : clause.end])
    if after and not NEXT_ROW.fullmatch(after[0]):
        return int(after["year"])
    said = REFERENCE.sub(" ", NUMBER.sub(" ", text[clause.start : span.start]))
    if label := YEAR_COLON.search(said):
        return int(label["year"])
    before = YEAR_BEFORE.search(said)
    if before is None or len(before["link"].split()) > LINK_WORDS:
        return None
    if RANGE_START.search(before.string, 0, before.start("year")):
        return None
    if re.search(r"\d", before["link"]) or re.match(r"\s?[-–—/]|\s*(?:till|t\.o\.m|och)\s", before["link"]):
        return None if not re.match(r"\s*till\s+(?:SEK\s*)?$", before["link"]) else int(before["year"])
    return int(before["year"])


@lru_cache(maxsize=KEPT)
def heading_year(words: str) -> int | None:
    """The one year that a heading names; None for several or a range.

    >>> heading_year("Beviljat 2024 (kr)"), heading_year("2021–2023")
    (2024, None)
    """
    years = set(re.findall(rf"(?<![\w]){YEAR}(?!\w)", words))
    return int(years.pop()) if len(years) == 1 and not re.search(rf"{YEAR}\s?[-–/]\s?\d", words) else None


def payer(text: str, clause: Span, span: Span) -> str:
    """The body that the clause names as paying, before its verb; empty where it names none."""
    before = text[clause.start : span.start]
    verb = max(VERBS.finditer(before), key=lambda found: found.start(), default=None)
    return name_at_end(before[: verb.start()]) if verb else ""


def payee(text: str, clause: Span, span: Span) -> str:
    """The body that the clause names as paid: after `till` or after the verb of granting."""
    said = text[clause.start : clause.end]
    for match in TO.finditer(said):
        name = name_at_start(said[match.end() :])
        if name:
            return name
    return ""
