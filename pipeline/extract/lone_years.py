"""A lone year: whether it is a term, the year of a sum, or that of an earlier grant."""

import re

from pipeline.extract.date_pairs import Interval
from pipeline.extract.weighing import Verdict
from pipeline.model import Span

OPERATIVE = ("term", "proposal", "decision", "application", "option")
REPORTED = re.compile(r"ber[äa]ttelse|redovisning|rapport", re.IGNORECASE)
SUM_BEFORE = re.compile(r"\d\s?(?:t?kr|kronor|SEK|:-)\W+\w+\W+(?:\w+\W+)?$", re.IGNORECASE)
SUM = re.compile(r"\d\s?(?:kr\b|kronor|:-|tkr|SEK)|SEK\s?\d", re.IGNORECASE)
PAST = re.compile(
    r"\b(?:utgick|fick|erh[öo]ll|uppgick|var|l[äa]mnade[s]?|betalades|utbetalades|gav|kostade)\b"
)
# Who got a grant of an earlier year: `Bolaget fick ett bidrag om 2 000 kronor för 2022`.
EARLIER_GRANT = re.compile(
    r"\b(?:fick|erh[öo]ll|beviljades|tilldelades|har\s+(?:\w+\s+)?(?:f[åa]tt|erh[åa]llit|beviljats|tilldelats))\b"
    r"[^.;:]{0,110}?\b(?:\w*bidrag\w*|\w*st[öo]d(?:et)?|kr|kronor)\b[^.;:]{0,60}?\b(?:f[öo]r|avseende)\s+(?:[åa]r(?:et)?\s+)?$"
    r"|\b(?:bidraget|st[öo]det|bidrag)\s+(?:avs[åa]g|g[äa]llde)\s+(?:[åa]r(?:et)?\s+)?$",
    re.IGNORECASE,
)


# `För 2020 beviljades föreningen 80 000 kr`
GRANTED_THEN = re.compile(
    r"\s+(?:fick|erh[öo]ll|beviljades|tilldelades)\b[^.;:]{0,80}?\b(?:\w*bidrag\w*|\w*st[öo]d(?:et)?|kr|kronor)\b",
    re.IGNORECASE,
)


def tells_of_an_earlier_grant(text: str, sentence: Span, span: Span) -> bool:
    """Whether a sentence says that somebody got a grant for the year, and speaks of no other one."""
    said = text[sentence.start : sentence.end]
    one = len(set(re.findall(r"(?<![\d-])(?:19|20)\d\d(?![\d-])", said))) == 1
    return one and bool(
        EARLIER_GRANT.search(text, sentence.start, span.start)
        or GRANTED_THEN.match(text, span.end, sentence.end)
    )


def is_year_of_a_sum(text: str, sentence: Span, span: Span) -> bool:
    """`10 000 kr för 2024, 12 000 kr för 2025`: the years belong to the sums."""
    said = text[sentence.start : sentence.end]
    years = re.findall(r"(?<![\d-])20\d\d(?![\d-])", said)
    sums = re.findall(r"\d(?:\s?kr\b|\s?kronor|:-|\s?tkr|\s?SEK)", said, re.IGNORECASE)
    return len(set(years)) > 1 and len(sums) > 1


def tells_of_a_sum(text: str, sentence: Span) -> bool:
    """`För år 1997 utgick 42 000 kr`: the year is the sum's, not a term of its own."""
    said = text[sentence.start : sentence.end]
    return bool(SUM.search(said) and PAST.search(said))


def is_the_term(text: str, interval: Interval, verdict: Verdict | None, place: str) -> bool:
    """Whether a lone year after `för` or a noun is a term: its sentence speaks of an agreement or a grant,
    and the year isn't that of a sum outside the decision."""
    if verdict is None or verdict.kind not in ("agreement", "previous"):
        return bool(verdict and REPORTED.search(verdict.cue))
    if not verdict.cue and place not in ("term", "decision", "proposal"):
        return False
    after_sum = SUM_BEFORE.search(text, max(0, interval.span.start - 30), interval.span.start)
    return place in OPERATIVE or after_sum is None
