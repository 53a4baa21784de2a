"""Terms that begin on the day when the agreement is signed: `gäller i tre år från undertecknandet`."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from pipeline.extract.date_pairs import Interval
from pipeline.extract.dates import scan
from pipeline.extract.interval_words import COUNT_OF, TERM_AFTER, UNTIL_FURTHER
from pipeline.extract.points import Written, years_later
from pipeline.extract.prolonged import months_of
from pipeline.model import Span

SIGNING = (
    r"(?:från|efter|fr\.?\s?o\.?\s?m\.?|vid|räknat\s+från|från\s+och\s+med)\s+(?:och\s+med\s+)?"
    r"(?:(?:den\s+)?dag(?:en)?\s+(?:(?:för|då|av)\s+)?|datum(?:et)?\s+för\s+|tidpunkten\s+för\s+)?"
    r"(?:(?:dess|avtalets|(?:båda\s+)?parternas|överenskommelsens|sista)\s+|(?:det|den|avtalet|överenskommelsen)\s+)?"
    r"(?:har\s+)?(?:underteckna(?:nde(?:t|dag\w*)?|ts?|des|d)\b(?:\s+av\s+(?:båda\s+)?part(?:er(?:na)?)?)?"
    r"|underskrift(?:en|sdag\w*|er)?|signering(?:en)?)"
)
_SIGNED = re.compile(rf"(?<![^\W_]){SIGNING}(?![^\W_])", re.IGNORECASE)
# `gäller …`: the sentence is about the term, and not about when something is to be done.
_LASTS = re.compile(r"\b(?:gäller|gälla|löper|löptid|giltig\w*|avtalstid\w*|i kraft)\b", re.IGNORECASE)
_TO = re.compile(
    r"[\s,]*(?:av\s+båda\s+parter\w*\s*)?(?:(?:och|gäller|löper|fram|därefter)\s+){0,3}"
    r"(?:till\s+och\s+med|t\.?\s?o\.?\s?m\.?|intill|till)\s+(?:den\s+|utgången\s+av\s+(?:år\s+)?)?$",
    re.IGNORECASE,
)
_STOP = re.compile(r"[.;]\s+[A-ZÅÄÖ]|\n\n")
_APART = re.compile(r"[.;:\d]")
REACH = 90
NEAR = 8  # characters


def signed_terms(text: str, signed: date) -> Iterator[Interval]:
    """The terms that count from `signed`, each with the flag of what is worked out.

    >>> list(signed_terms("Avtalet gäller i ett år från undertecknandet.", date(2021, 2, 15)))[0].end
    datetime.date(2022, 2, 14)
    """
    points = scan(text)
    for match in _SIGNED.finditer(text):
        begin = max(text.rfind("\n\n", 0, match.start()), text.rfind(". ", 0, match.start()) + 1, 0)
        begin = max(begin, match.start() - REACH)
        stop = _STOP.search(text, match.end())
        end = stop.start() if stop else len(text)
        named = any(0 <= point.span.start - match.end() < NEAR for point in points)  # the day itself follows
        if named or not _LASTS.search(text, begin, end):
            continue
        sign, sentence = Span(match.start(), match.end()), Span(begin, end)
        to_day = _to_a_day(text, points, sign, sentence)
        if interval := to_day or _counted(text, sign, sentence, signed):
            if interval.end and interval.end > signed:
                yield replace(interval, start=signed)
        elif re.search(UNTIL_FURTHER, text[begin:end], re.IGNORECASE):
            yield Interval(sign, signed, None, "day", "signed", ("computed",))


def _to_a_day(text: str, points: Sequence[Written], sign: Span, sentence: Span) -> Interval | None:
    for point in points:
        inside = sign.end <= point.span.start and point.span.end <= sentence.end
        if inside and point.year and _TO.fullmatch(text, sign.end, point.span.start):
            last = point.last()
            return Interval(Span(sign.start, point.span.end), last, last, "day", "signed", ("computed",))
    return None


def _counted(text: str, sign: Span, sentence: Span, signed: date) -> Interval | None:
    """`i tre år från undertecknandet`, `från undertecknandet i tre år`."""
    before = [m for m in COUNT_OF.finditer(text, sentence.start, sign.start) if months_of(m)]
    if before and not _APART.search(text[before[-1].end() : sign.start]):
        months, span = months_of(before[-1]), Span(before[-1].start(), sign.end)
    else:
        after = TERM_AFTER.search(text[sign.end : sentence.end])
        if after is None or not (after["ahead"] or after["on"]):
            return None
        months, span = months_of(after), Span(sign.start, sign.end + after.end())
    if not months:
        return None
    return Interval(span, signed, years_later(signed, months), "day", "signed", ("computed",))
