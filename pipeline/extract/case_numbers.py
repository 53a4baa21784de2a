"""Diarienummer: the numbers under which authorities register their cases.

With a prefix of capitals a form may stand by itself; without one only what a label announces is one.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from pipeline.extract.case_number_forms import (
    BARE,
    GLUED,
    IN_CASE,
    ISO_DATE,
    LABEL,
    OTHER_LABEL,
    PREFIXED,
    SMALL_PREFIX,
    normal_form,
    year_and_number,
)
from pipeline.extract.dates import scan
from pipeline.extract.lines import Line
from pipeline.extract.nlp import Material
from pipeline.extract.own_case_numbers import (
    PROSE_WORDS,
    TOP_LINES,
    Candidate,
    fills_head_cell,
    own_numbers,
    small_prefix_of_head_cell,
)
from pipeline.extract.word_lists import data_lines
from pipeline.model import CaseNumber, Finding, Span

KIND = "case_number"


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
    elif rule == "labelled" and not label and (head := small_prefix_of_head_cell(material, span)):
        prefix, label, span = head, "registry", Span(span.start - len(head) - 1, span.end)
    if OTHER_LABEL.search(material.text[max(0, span.start - 30) : span.start]) and not label:
        return None
    if (rule == "labelled" or bent) and not label:
        return None
    if prefix and LABEL.fullmatch(prefix):
        return None  # `DNR 2014/0184`: a label in capitals, and the number behind it has no prefix
    statute = prefix.endswith("FS") or len(prefix) > 5
    if statute or (prefix in _not_prefixes() and not label):
        return None
    read = year_and_number(parts, material.once(_years))
    if read is None:
        return None
    year, number, slash, repaired = read
    short_bare = rule == "labelled" and len(parts.get("year") or "") == 2
    if short_bare and year not in material.once(_years):
        return None  # the area code of a telephone, unless the document has dates of that year
    if not label and not _sure_without_label(parts, prefix, year, number, rule):
        return None
    short = rule == "prefixed" and len(parts.get("year") or "") == 2
    sure = bool(label) or not short or fills_head_cell(material, span, prefix)
    form = normal_form(prefix.upper(), year, number, slash)
    sure = sure or _sure_short_year(match, prefix, year, number)
    return Candidate(span, form, rule, label, theirs, in_letterhead, repaired or bent, sure)


def _years(material: Material) -> frozenset[int]:
    """The years of the dates in a document."""
    return frozenset(written.year for written in scan(material.text) if written.year)


def _sure_short_year(match: re.Match[str], prefix: str, year: int, number: str) -> bool:
    """`SN23-118` is sure without a label, `SN 19-88` and `SN23-11` aren't."""
    if not 10 <= year % 100 <= 60 or len(number) < 3:
        return False
    glued = match.start("year") == match.end("prefix")
    return len(prefix) >= 2 and (glued or match["mark"] == "/")


def _sure_without_label(parts: dict[str, str | None], prefix: str, year: int, number: str, rule: str) -> bool:
    """Whether it can be nothing else: no month, no range of years, no statute."""
    if rule == "glued":
        return prefix.endswith(("N", "S", "F")) and 10 <= year % 100 <= 60
    if before := parts.get("before"):
        return len(prefix) >= 2 and len(before) <= 3
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
    if IN_CASE.search(before):
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
