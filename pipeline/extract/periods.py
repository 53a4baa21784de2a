"""Periods: from when to when something holds, in every way in which documents write it.

Found are pairs of dates (`1/7 2021–30/6 2023`, `från och med … till och med …`), terms of so many years
from a day, lists of years, and a lone year or half-year where it is the term itself.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from pipeline.extract.date_pairs import Interval
from pipeline.extract.document_dates import signing_day
from pipeline.extract.document_types import guesses
from pipeline.extract.forgiving import cues_in
from pipeline.extract.intervals import intervals
from pipeline.extract.lone_years import (
    OPERATIVE,
    REPORTED,
    is_the_term,
    is_year_of_a_sum,
    tells_of_a_sum,
    tells_of_an_earlier_grant,
)
from pipeline.extract.nlp import Material
from pipeline.extract.places import priors
from pipeline.extract.signed_terms import signed_terms
from pipeline.extract.titles import titles
from pipeline.extract.weighing import Verdict, weigh
from pipeline.model import Finding, Period, Span

KIND = "period"

NOT_A_TERM = re.compile(
    r"anslag\w*|uppsatt|nedta\w*|tas ned|justera\w*|överklag\w*|sammanträd\w*|öppettid\w*"
    r"|semester|född\w*|\bsid\w*\b"
    r"|kl\.?\s?\d",
    re.IGNORECASE,
)
NUMBER_LABEL = re.compile(r"(?:dnr|diarie\w*|tel\w*|fax|mobil\w*)[.:\s]*[\d\s,-]*$", re.IGNORECASE)
CASE_NUMBER = re.compile(r"\(?\b[A-ZÅÄÖ]{2,5}[ -]?(?:19|20)\d\d[-/.:]\s?\d{2,6}|\b[Dd]nr\b")
RECOVERY_TITLE = re.compile(r"[åa]terkrav|[åa]terbetalning|[åa]terkr[äa]v", re.IGNORECASE)
# Whether a report speaks of its agreement or of itself: the last that it names before a term.
SUBJECT = re.compile(
    r"(?P<itself>\b\w*(?:rapport|redovisning|ber[äa]ttelse)\w*(?:\s+(?:avser|g[äa]ller|omfattar)\s+\w+)?"
    r"|\b(?:har|och)\s+under\s+\w+|^under\s+\w+)"
    r"|\b(?:\w*[öo]verenskommelse\w*|\w*avtal(?:et|ets)?|avtalstid\w*|avtalsperiod\w*|partnerskap\w*|kontrakt\w*)\b",
    re.IGNORECASE,
)
PROLONGS = re.compile(r"f[öo]rl[äa]ng|forts[äa]tt|utstr[äa]ck|prolonger", re.IGNORECASE)
PROJECT_TIME = re.compile(r"\bprojekt(?:ets\s+)?(?:tid|period)", re.IGNORECASE)
AGREEMENT_NOUN = re.compile(r"\b[öo]verenskommelse\w*|\bavtal(?:et|ets)?\b|\bpartnerskap\w*", re.IGNORECASE)
MAX_YEARS = 30
SURE = 0.8  # confidence from which a term is the one that the document is about
NEIGHBOURS = 8
TITLE_LINES = 20


def find(material: Material) -> Iterator[Finding]:
    """One finding for each distinct kind, start and end."""
    found = [f for f in (_finding(material, *both) for both in _with_neighbours(material)) if f]
    if _kind_of_paper(material) != "report":  # its year and its agreement's term may be the same days
        found = _same_kind_everywhere(found)
    found = _earlier_terms(found)
    found = _weak_only_alone(_said_or_alone(found))
    best: dict[Period, Finding] = {}
    for finding in found:
        period = finding.value
        assert isinstance(period, Period)
        key = replace(period, precision="")
        known = best.get(key)
        if known is None or finding.confidence > known.confidence:
            best[key] = finding
    yield from sorted(best.values(), key=lambda finding: finding.span)


def _with_neighbours(material: Material) -> Iterator[tuple[Interval, list[Interval]]]:
    every = list(intervals(material.text))
    signed = signing_day(material) if _kind_of_paper(material) == "agreement" else None
    if signed:
        found = list(signed_terms(material.text, signed))
        every = [i for i in every if not any(i.span.overlaps(other.span) for other in found)]
        every = sorted([*every, *found], key=lambda interval: interval.span)
    for i, interval in enumerate(every):
        yield interval, every[max(0, i - NEIGHBOURS) : i + NEIGHBOURS + 1]


def _finding(material: Material, interval: Interval, every: Iterable[Interval]) -> Finding | None:
    text, span = material.text, interval.span
    if interval.end and not 0 <= (interval.end - interval.start).days <= MAX_YEARS * 366:
        return None
    sentence = _sentence(material, span)
    if _is_no_term(text, sentence, span):
        return None
    kind_of_paper = _kind_of_paper(material)
    if interval.rule in ("reported_year", "title_year"):
        if kind_of_paper == "report" and _heads(material, span):
            interval = replace(interval, rule="reported_year")
        elif interval.rule == "reported_year":
            return None
    place = "title" if span in _title(material) else material.outline.topic_at(span.start)
    others = [other.span for other in every if other is not interval and other.span in sentence]
    if interval.rule in ("lone_year", "title_year") and is_year_of_a_sum(text, sentence, span):
        return None
    weights = defaultdict(float, priors("period_places", place))
    if CASE_NUMBER.search(text[sentence.start : span.start]) and place not in (*OPERATIVE, "start", "title"):
        weights["previous"] += 2 if kind_of_paper != "report" else 0
    if kind_of_paper == "report":
        weights["agreement" if _of_its_agreement(text[sentence.start : span.start]) else "other"] += 5
    if kind_of_paper == "application":
        weights["agreement"] += 7 if PROJECT_TIME.search(text, sentence.start, span.start) else 3
    if kind_of_paper == "recovery":
        weights["previous"] += 4
    verdict = weigh(text, sentence, span, cues_in("period_cues", text), weights, others)
    kind = "previous" if interval.rule == "replaced" else verdict.kind if verdict else "other"
    lone = interval.rule in ("lone_year", "title_year")
    if (
        lone
        and kind_of_paper != "report"
        and place not in OPERATIVE
        and tells_of_an_earlier_grant(text, sentence, span)
    ):
        interval, kind = replace(interval, rule="earlier_grant"), "previous"
    elif lone and place not in OPERATIVE and tells_of_a_sum(text, sentence):
        return None
    if interval.rule == "title_year" and not is_the_term(text, interval, verdict, place):
        return None
    flags = [*interval.flags, *([] if verdict else ["kind_assumed"])]
    return Finding(
        KIND,
        span,
        Period(kind, interval.start, interval.end, interval.precision),
        _confidence(material, interval, verdict),
        interval.rule,
        tuple(flags),
        place,
        _cue(text[sentence.start : sentence.end], verdict),
    )


def _cue(sentence: str, verdict: Verdict | None) -> str:
    """The deciding wording, with the agreement that the sentence names where it is of one."""
    if verdict is None or not verdict.cue:
        return ""
    named = AGREEMENT_NOUN.search(sentence) if verdict.kind == "agreement" else None
    return f"{verdict.cue} ({named[0].lower()})" if named and named[0] not in verdict.cue else verdict.cue


def _sentence(material: Material, span: Span) -> Span:
    """The sentence; for a cell or a short line also the label or heading above it."""
    sentence = material.outline.sentence(span)
    lines = material.outline.lines
    index = material.outline.line_index(sentence.start)
    if sentence.start == lines[index].span.start and index and len(sentence) <= 90:
        above = lines[index - 1].span
        gap = material.text[above.end : sentence.start]
        if len(above) <= 60 and "\f" not in gap and material.text[above.end - 1] != ".":
            return Span(above.start, sentence.end)
    return sentence


def _is_no_term(text: str, sentence: Span, span: Span) -> bool:
    """Notice boards, opening hours and telephones have figures too."""
    near = text[max(sentence.start, span.start - 40) : min(sentence.end, span.end + 25)]
    return bool(NOT_A_TERM.search(near) or NUMBER_LABEL.search(text[sentence.start : span.start]))


def _heads(material: Material, span: Span) -> bool:
    """Whether a year ends one of the first lines of a paper, which calls itself a report of that year."""
    line = material.outline.line_at(span.start)
    before, after = material.text[line.span.start : span.start], material.text[span.end : line.span.end]
    first = material.outline.line_index(span.start) < TITLE_LINES
    return first and not after.strip(" *_:") and bool(REPORTED.search(before))


def _of_its_agreement(before: str) -> bool:
    named = [match["itself"] for match in SUBJECT.finditer(before)]
    return bool(named) and named[-1] is None


def _kind_of_paper(material: Material) -> str:
    """The type of the document as far as it tells what its periods are; `recovery` for a claim."""
    named = material.once(titles)
    if named and RECOVERY_TITLE.search(named[0].text):
        return "recovery"
    types = material.once(guesses)
    return types[0].type if types else ""


def _title(material: Material) -> Span:
    """Where the title stands; an empty span where there is none."""
    named = material.once(titles)
    return named[0].span if named else Span(0, 0)


def _confidence(material: Material, interval: Interval, verdict: Verdict | None) -> float:
    confidence = 0.55 if verdict is None else 0.7 if verdict.lead < 1 else 0.85 if verdict.lead < 3 else 0.93
    if interval.flags:
        confidence -= 0.15
    if interval.rule in ("lone_year", "part_of_year", "title_year"):
        confidence -= 0.1
    seen = [w.confidence for w in material.reading.words_in(interval.span) if w.confidence is not None]
    if seen and min(seen) < 0.5:
        confidence -= 0.1
    return round(max(0.1, confidence), 2)


def _same_kind_everywhere(found: list[Finding]) -> list[Finding]:
    """The same days are the same term: the surest mention tells the kind of all."""
    surest: dict[tuple[date, date | None], Finding] = {}
    for finding in found:
        key = _days(finding)
        if key not in surest or finding.confidence > surest[key].confidence:
            surest[key] = finding
    return [_of_kind(finding, surest[_days(finding)]) for finding in found]


def _of_kind(finding: Finding, model: Finding) -> Finding:
    assert isinstance(finding.value, Period)
    assert isinstance(model.value, Period)
    if finding.value.kind == model.value.kind:
        return finding
    return replace(finding, value=replace(finding.value, kind=model.value.kind), cue=model.cue)


def _earlier_terms(found: list[Finding]) -> list[Finding]:
    """A term that ends before the one of the operative text begins, or before that to which the agreement is
    prolonged, is an earlier agreement's."""
    terms = [f for f in found if _kind(f) == "agreement"]
    prolonged = [f for f in terms if f.rule == "prolonged"]
    operative = (
        prolonged
        or [f for f in terms if f.place in OPERATIVE]
        or [f for f in terms if PROLONGS.search(f.cue)]
    )
    if not operative:
        return found
    begins = min(_days(f)[0] for f in operative)
    settled = {_days(f) for f in operative}

    def judged(finding: Finding) -> Finding:
        end = _days(finding)[1]
        earlier = _kind(finding) == "agreement" and end and end < begins and _days(finding) not in settled
        if not earlier:
            return finding
        assert isinstance(finding.value, Period)
        return replace(finding, value=replace(finding.value, kind="previous"), rule=finding.rule + "_earlier")

    return [judged(finding) for finding in found]


def _said_or_alone(found: list[Finding]) -> list[Finding]:
    """Days that nothing calls the term, apart from the ones that something does, are days of another thing;
    a season that nothing is said of (`hösten 1995`) is no period at all."""
    said = [_days(f) for f in found if _kind(f) == "agreement" and f.cue and f.confidence >= SURE]

    def judged(finding: Finding) -> Finding | None:
        if finding.cue or not said:
            return finding
        if finding.rule.startswith("part_of_year"):
            return None
        start, end = _days(finding)
        apart = all((end and end < first) or (last and start > last) for first, last in said)
        if _kind(finding) != "agreement" or not apart:
            return finding
        assert isinstance(finding.value, Period)
        return replace(finding, value=replace(finding.value, kind="other"), rule=finding.rule + "_apart")

    return [kept for finding in found if (kept := judged(finding))]


def _weak_only_alone(found: list[Finding]) -> list[Finding]:
    """A year that merely follows a noun is the term only where no better one is written; the year of a grant
    is an earlier one's where a later term is."""
    strong = {_days(f) for f in found if f.rule != "title_year" and _kind(f) == "agreement"}
    starts = [_days(f)[0] for f in found if _kind(f) == "agreement"]

    def holds(finding: Finding) -> bool:
        if finding.rule == "earlier_grant":
            return any(start > _days(finding)[0] for start in starts)
        return finding.rule != "title_year" or not strong or _days(finding) in strong

    return [finding for finding in found if holds(finding)]


def _kind(finding: Finding) -> str:
    assert isinstance(finding.value, Period)
    return finding.value.kind


def _days(finding: Finding) -> tuple[date, date | None]:
    assert isinstance(finding.value, Period)
    return finding.value.start, finding.value.end
