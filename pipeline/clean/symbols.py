"""Signs that Tesseract's Swedish model lacks or mistakes: `$` for §, `90` for %, `©` or `e` for @.

Known limits of its training data (tesseract-ocr/tesseract#2075, #2078). Digits change nowhere else in the
cleaner, and here only for the percent sign, where brackets and a word for shares leave no other reading.
"""

import re
from collections.abc import Iterator
from functools import cache

from pipeline.clean.rule import edit
from pipeline.lexicon import municipalities
from pipeline.lexicon.shadows import skeleton
from pipeline.model import Edit

AFTER_NUMBER = re.compile(
    r"(?<![\d.,]) \d{1,3} [ ]? (?:[a-z][ ]?)? (?P<sign>\${1,2}) (?= [ ]+[^\W\d] | [.,;)] | \s*$ )",
    re.M | re.X,
)
BEFORE_NUMBER = re.compile(
    r"(?<![\w$]) (?P<sign>\${1,2}) (?= [ ]?\d{1,3} (?! [\d.,]*\d | [ ]\d{3}\b | [ ]?(?:mil|M|k\b|tus) ) )",
    re.X,
)
LAW = re.compile(
    r"""kap\b | stycket | punkten | \w*lag(?:en|ens)?\b | förordning | balken | reglement | stadga | paragraf
      | protokoll | beslut | ärende | nämnd | n[aid]mnd | styrelse | fullm | utskott
      | \b(?:KL|SoL|LSS|OSL|LOU|FL)\b | §""",
    re.I | re.X,
)
DOLLARS = re.compile(r"\b(?:dollars?|usd|us)\b", re.I)
AROUND = 60

PERCENT = re.compile(r"(?<![\d.,]) (?:100|\d{1,2}(?:,\d{1,2})?) [ ] (?P<sign>90) (?= \) | [ ]av[ ] )", re.X)
# Forms that are nothing else, unless they are a fraction of noughts.
FRACTION = re.compile(
    r"(?<![\d.,/]) \d{1,3}(?:,\d{1,2})? [ ]? (?P<sign>[oO°9]/[oO0]|0/[oO]|%/o|[oO]/0|(?<=[ ])0/0) (?![\w/])",
    re.X,
)
US_SECTION = re.compile(
    r"(?<!\w)(?:US|USD|CAD|AUD) ?(?P<sign>§)(?= ?\d)|(?P<alone>§)(?= ?\d[\d ,.]* ?(?:USD|dollar|US)\b)"
)
SHARES = re.compile(r"andel|procent|ränta|moms|tjänstgöring|heltid|deltid|uppräkning|grad\b", re.I)

DOMAIN = re.compile(r"(?:@|www\.)([a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,7})\b", re.I)
SIGN_IN_ADDRESS = re.compile(r"(?<=\w)(?P<sign>[©®])(?=(?:[a-z0-9-]+\.)+[a-z]{2,7}\b)", re.I)
ADDRESS_LIKE = re.compile(r"(?<![\w@.])[a-z0-9]+\.[a-z0-9.-]+\.[a-z]{2,7}\b", re.I)


def find(text: str) -> Iterator[Edit]:
    """§, % and @ where the words around them leave no doubt."""
    found = [*_paragraphs(text), *_percents(text), *_fractions(text), *_dollars(text), *_at_signs(text)]
    return iter(sorted(found, key=lambda change: change.span))


def _paragraphs(text: str) -> Iterator[Edit]:
    if "$" not in text:
        return
    matches = {m.start("sign"): m["sign"] for p in (AFTER_NUMBER, BEFORE_NUMBER) for m in p.finditer(text)}
    for start, sign in matches.items():
        line_start = text.rfind("\n", 0, start) + 1
        around = text[max(line_start, start - AROUND) : start + AROUND]
        heading = not text[line_start:start].strip()  # `$ 112 Bidrag till föreningar` in minutes
        if (heading or LAW.search(around)) and not DOLLARS.search(around):
            yield edit(start, sign, "§" * len(sign), "symbol:paragraph", 0.95)


def _percents(text: str) -> Iterator[Edit]:
    if " 90" not in text:
        return
    for match in PERCENT.finditer(text):
        before = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
        closed = before.rstrip().endswith("(") == text.startswith(")", match.end())
        if closed and SHARES.search(before + text[match.end() : match.end() + AROUND]):
            yield edit(match.start("sign"), match["sign"], "%", "symbol:percent", 0.85)


def _fractions(text: str) -> Iterator[Edit]:
    if "/" in text:
        for match in FRACTION.finditer(text):
            yield edit(match.start("sign"), match["sign"], "%", "symbol:percent", 0.95)


def _dollars(text: str) -> Iterator[Edit]:
    """The other way: `§ 500 USD`."""
    if "§" in text:
        for match in US_SECTION.finditer(text):
            at = match.start("sign") if match["sign"] else match.start("alone")
            yield edit(at, "§", "$", "symbol:dollar", 0.9)


def _at_signs(text: str) -> Iterator[Edit]:
    for match in SIGN_IN_ADDRESS.finditer(text) if "©" in text or "®" in text else ():
        yield edit(match.start("sign"), match["sign"], "@", "symbol:at", 0.97)
    if "@" not in text and ".se" not in text and "www." not in text:
        return
    suspects = [match for match in ADDRESS_LIKE.finditer(text) if "e" in match.group()]
    if not suspects:
        return
    domains = _public_domains() | {domain.lower() for domain in DOMAIN.findall(text)}
    for match in suspects:
        address = match.group().lower()
        ends = [domain for domain in domains if address.endswith("e" + domain)]
        if ends:
            at = match.end() - len(max(ends, key=len)) - 1
            yield edit(at, text[at], "@", "symbol:at", 0.9)


@cache
def _public_domains() -> frozenset[str]:
    """`umea.se`, `upplandsvasby.se`: municipalities are found under their name without dots and blanks."""
    return frozenset(skeleton(m.short.lower()).replace(" ", "") + ".se" for m in municipalities())
