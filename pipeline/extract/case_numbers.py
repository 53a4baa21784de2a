"""Diarienummer: the numbers under which authorities register their cases.

A prefix of capitals for the registrar, a year and a number in either order, joined by dash, slash, colon,
point or blank. Without a prefix only what a label announces is one. Normal form: a slash between year and
number stays, year first; all else gets dashes; two-digit years in full; leading zeros stay.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from pipeline.extract.forgiving import BENT
from pipeline.extract.lines import Line
from pipeline.extract.nlp import Material
from pipeline.extract.own_case_numbers import PROSE_WORDS, TOP_LINES, Candidate, fills_head_cell, own_numbers
from pipeline.extract.points import YEAR, full_year
from pipeline.extract.word_lists import data_lines
from pipeline.model import CaseNumber, Finding, Span

KIND = "case_number"

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
    rf"(?:(?P<before>\d|{_NO_YEAR}|\d{{3}}){_DASH}(?P<after>{YEAR})(?![\w/])(?!{_DASH}\d)"
    rf"|(?P<year>{YEAR}|{_SHORT_YEAR})\s?(?P<mark>{_DASH}|[/:.])\s?\n?{_LAST}"
    rf"|(?P<first>\d{{1,5}})\s?/\s?(?P<last>{YEAR}|\d\d)(?![\w/])(?!{_DASH}\d))"
)
GLUED = re.compile(rf"{_START}(?P<year>\d\d)(?P<prefix>[{_LETTERS}]{{2,5}})(?P<number>\d{{1,5}})(?![^\W_])")
BARE = re.compile(
    rf"{_START}(?:(?P<year>{YEAR})\s?(?P<mark>{_DASH}|[/:.])\s?\n?{_LAST}"
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
_IN_CASE = re.compile(rf"\b{BENT['ä']}rende(?:t)?\s*$", re.IGNORECASE)
ISO_DATE = re.compile(rf"{YEAR}[-–.](?:0[1-9]|1[0-2])[-–.][0-3]\d$")


def find(material: Material) -> Iterator[Finding]:
    """One finding for each distinct number; `own` is true for the document's own."""
    candidates = _trusted(sorted(_candidates(material), key=lambda candidate: candidate.span))
    own = own_numbers(material, candidates)
    best: dict[str, Finding] = {}
    for candidate in candidates:
        is_own = candidate.number in own
        finding = _finding(material, candidate, is_own)
        known = best.get(candidate.number)
        if known is None or finding.confidence > known.confidence:
            best[candidate.number] = finding
    yield from sorted(best.values(), key=lambda finding: finding.span)


def _trusted(candidates: list[Candidate]) -> list[Candidate]:
    """The candidates whose form is sure, and those whose prefix another of these has too."""
    prefixes = {re.split(r"[- ]", c.number)[0] for c in candidates if c.sure}
    return [c for c in candidates if c.sure or re.split(r"[- ]", c.number)[0] in prefixes]


def normal_form(prefix: str, year: int, number: str, slash: bool) -> str:
    """
    >>> normal_form("SN", 2022, "118", False), normal_form("KS", 1999, "217", True)
    ('SN-2022-118', 'KS 1999/217')
    """
    if slash:
        return f"{prefix} {year}/{number}".strip()
    return f"{prefix}-{year}-{number}" if prefix else f"{year}-{number}"


@cache
def _not_prefixes() -> frozenset[str]:
    return frozenset(data_lines("not_case_prefixes.txt"))


def _candidates(material: Material) -> Iterator[Candidate]:
    text = material.text
    taken: list[Span] = []
    for rule, pattern in (("prefixed", PREFIXED), ("glued", GLUED), ("labelled", BARE)):
        for match in pattern.finditer(text):
            span = Span(match.start(), match.end())
            if any(span.overlaps(other) for other in taken):
                continue
            candidate = _candidate(material, match, rule)
            if candidate is not None:
                taken.append(span)
                yield candidate


def _candidate(material: Material, match: re.Match[str], rule: str) -> Candidate | None:
    parts = match.groupdict()
    if ISO_DATE.search(match[0]):
        return None
    span = Span(match.start(), match.end())
    label, theirs, in_letterhead = _label(material, span)
    prefix = (
        (parts.get("prefix") or "").replace("1", "I").replace("l", "I").replace("|", "I").replace("[", "I")
    )
    bent = prefix != (parts.get("prefix") or "")
    if (
        rule == "labelled"
        and label
        and (small := SMALL_PREFIX.search(material.text, max(0, span.start - 24), span.start))
    ):
        prefix, span = small["prefix"], Span(small.start("prefix"), span.end)
    if OTHER_LABEL.search(material.text[max(0, span.start - 30) : span.start]) and not label:
        return None
    if (rule == "labelled" or bent) and not label:
        return None
    statute = prefix.endswith("FS") or len(prefix) > 5
    if statute or (prefix in _not_prefixes() and not label):
        return None
    read = _year_and_number(parts)
    if read is None:
        return None
    year, number, slash, repaired = read
    if not label and not _sure_without_label(parts, prefix, year, number, rule):
        return None
    short = rule == "prefixed" and len(parts.get("year") or "") == 2
    sure = bool(label) or not short or fills_head_cell(material, span, prefix)
    form = normal_form(prefix.upper(), year, number, slash)
    sure = sure or _sure_short_year(match, prefix, year, number)
    return Candidate(span, form, rule, label, theirs, in_letterhead, repaired or bent, sure)


def _sure_short_year(match: re.Match[str], prefix: str, year: int, number: str) -> bool:
    """`SN23-118` is sure without a label, `SN 19-88` and `SN23-11` aren't."""
    if not 10 <= year % 100 <= 60 or len(number) < 3:
        return False
    glued = match.start("year") == match.end("prefix")
    return len(prefix) >= 2 and (glued or match["mark"] == "/")


def _year_and_number(parts: dict[str, str | None]) -> tuple[int, str, bool, bool] | None:
    """(year, number, whether a slash parts them, whether letters were read as digits)."""
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
    return (
        int(year) if len(year) == 4 else full_year(int(year)),
        number,
        parts.get("mark") == "/",
        number != written,
    )


def _sure_without_label(parts: dict[str, str | None], prefix: str, year: int, number: str, rule: str) -> bool:
    """Whether it can be nothing else: no month, no range of years, no statute."""
    if rule == "glued":
        return prefix.endswith(("N", "S", "F")) and 10 <= year % 100 <= 60
    if parts.get("before"):
        return len(prefix) >= 2
    if parts.get("first"):
        return len(parts["last"] or "") == 4 or (len(prefix) >= 2 and len(parts["first"] or "") > 2)
    mark = parts.get("mark") or ""
    if len(number) == 1 and mark != "/":
        return False
    if len(number) == 2 and mark != "/" and 1 <= int(number) <= 12:
        return False  # a month
    if len(number) == 2 and mark in "/-–—" and int(number) == (year + 1) % 100:
        return False  # a school year or term of office
    if len(number) == 4 and mark != "/" and year <= int(number) <= year + 12:
        return False  # a range of years
    return not (mark == ":" and prefix[-1] not in "NSFU")


def _label(material: Material, span: Span) -> tuple[str, bool, bool]:
    """The label that announces a number, whether it names somebody else's, whether it stands in a form's or
    letterhead's cell and not in a sentence."""
    text, line = material.text, material.outline.line_at(span.start)
    before = text[line.span.start : span.start]
    match = max(LABEL.finditer(before), key=lambda found: found.start(), default=None)
    if match and _announces(before[match.end() :]):
        theirs = bool(re.match(r"er", match["whose"] or "", re.IGNORECASE)) or match[0].lower().startswith(
            "er "
        )
        return " ".join(match[0].split()), theirs, not _in_prose(before[: match.start()], material, span)
    if _IN_CASE.search(before):
        return "ärende", False, False
    above = _cell_above(material, line, span)
    if above and (match := LABEL.match(above.strip("*_ "))) and not re.search(r"\d", above):
        theirs = above.lower().startswith("er")
        return " ".join(match[0].split()), theirs, True
    previous = _line_before(material, line)
    alone = not before.strip("( ") or _ends_head_line(material, line, span)
    if previous and alone and (found := re.search(LABEL.pattern + r"\s*$", previous, re.IGNORECASE)):
        return " ".join(found[0].split()), False, not _in_prose(previous[: found.start()], material, span)
    return "", False, False


def _announces(between: str) -> bool:
    """Whether a label still speaks of a number that stands so far behind it."""
    return not re.search(r"[^\W\d_]{6,}|\d.*[\s,;]", between)


def _ends_head_line(material: Material, line: Line, span: Span) -> bool:
    """Whether a number is the last of a line among the first: columns that lost the gap between them."""
    rest = material.text[span.end : line.span.end].strip()
    return not rest and material.outline.line_index(span.start) < TOP_LINES


def _in_prose(before: str, material: Material, span: Span) -> bool:
    """Whether a label stands in brackets or in a sentence, and so speaks of another case."""
    line = material.outline.line_at(span.start)
    whole_line = material.text[line.span.start : span.start].lstrip("*_# ")
    starts_line = whole_line[:1].isupper() and len(whole_line.split()) <= 3 and "(" not in whole_line
    if re.search(r"[·•|]\s*$", before):
        return False  # one of the parts of a letterhead that is set on one line
    if starts_line and not material.text[span.end : line.span.end].strip("*_ "):
        return False  # `Kommunens diarienummer SN 2020/12` fills its line
    if before.rstrip().endswith(("(", ",")) and re.search(r"[a-zåäö]", before):
        return True
    sentence = material.outline.sentence(span)
    start = max(sentence.start, span.start - 200)
    said = material.text[start : span.start]
    small = re.findall(r"(?<![^\W_])[a-zåäö]{2,}\b", re.sub(LABEL, " ", said))
    return len(small) >= PROSE_WORDS


def _cell_above(material: Material, line: Line, span: Span) -> str:
    """The cell of the line above that stands in the same column."""
    lines = material.outline.lines
    index = material.outline.line_index(span.start)
    column = next((i for i, c in enumerate(line.cells) if c.start <= span.start < c.end), 0)
    if index == 0 or not lines[index - 1].cells:
        return ""
    above = lines[index - 1].cells
    if len(above) != len(line.cells):
        column = len(above) - (len(line.cells) - column)
    if not 0 <= column < len(above):
        return ""
    return material.text[above[column].start : above[column].end]


def _line_before(material: Material, line: Line) -> str:
    index = material.outline.line_index(line.span.start)
    if index == 0:
        return ""
    above = material.outline.lines[index - 1].span
    between = material.text[above.end : line.span.start]
    return material.text[above.start : above.end] if between.count("\n") <= 2 and "\f" not in between else ""


def _finding(material: Material, candidate: Candidate, own: bool) -> Finding:
    confidence = 0.95 if candidate.label else 0.9 if candidate.rule == "prefixed" else 0.7
    if candidate.repaired:
        confidence -= 0.2
    seen = [w.confidence for w in material.reading.words_in(candidate.span) if w.confidence is not None]
    if seen and min(seen) < 0.6:
        confidence -= 0.1
    return replace(
        Finding(
            KIND,
            candidate.span,
            CaseNumber(candidate.number, own),
            round(confidence, 2),
            f"case_number_{candidate.rule}",
            ("digits_repaired",) if candidate.repaired else (),
        ),
        place=material.outline.topic_at(candidate.span.start),
        cue=candidate.label,
    )
