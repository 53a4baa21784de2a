"""What speaks for and against a fact, as numbers: what its confidence is worked out from.

A signal has a name and a strength. Names of rules, places and flags are signals of their own
(`rule letterhead`), so that what is fitted on documents (`bench/calibrate.py`) says how far to trust each.
"""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import singledispatch

from pipeline.model import (
    Amount,
    CaseNumber,
    Choice,
    Decision,
    Finding,
    OrgNumber,
    PageQuality,
    Party,
    Period,
    Person,
    Record,
    TextSource,
)
from pipeline.reading import Evidence, Reading

Signals = Mapping[str, float]

NEAREST = 0.005  # no share counts as nearer to none or all than this
SILENT = frozenset(["low_confidence"])  # put after the confidence is known


@dataclass(frozen=True)
class Surroundings:
    """The document that a fact stands in: its type, its pages, and how often each value was found."""

    reading: Reading
    record: Record
    qualities: Sequence[PageQuality]
    values: Counter[tuple[str, str, object]]
    kinds: Mapping[tuple[str, str], int]


def surroundings(
    findings: Sequence[Finding], record: Record, reading: Reading, qualities: Sequence[PageQuality]
) -> Surroundings:
    values = Counter((f.kind, *_key(f.value)) for f in findings)
    return Surroundings(reading, record, qualities, values, Counter(key[:2] for key in values))


def of_finding(finding: Finding, around: Surroundings, evidence: Evidence) -> Signals:
    """The signals about one row of a table, whose evidence is where it stands on the paper."""
    kind, value = _key(finding.value)
    signals = {
        "stated": logit(finding.confidence),
        f"kind {kind}": 1.0,
        f"place {finding.place}": 1.0,
        f"type {around.record.value('document_type')}": 1.0,
        "agreeing": math.log(around.values[finding.kind, kind, value] or 1),
        "rivals": math.log(around.kinds.get((finding.kind, kind), 1)),
    }
    signals |= {f"rule {part}": 1.0 for part in finding.rule.split("/")}
    signals |= {f"flag {flag}": 1.0 for flag in finding.flags if flag not in SILENT}
    signals.update(_of_paper(finding, around, evidence))
    signals.update(_of_value(finding.value))
    return signals


def of_field(choice: Choice, record: Record, qualities: Sequence[PageQuality]) -> Signals:
    """The signals about one field of the record; its winners and losers have calibrated confidences."""
    sure = [logit(f.confidence) for f in choice.winners]
    against = [logit(f.confidence) for f, _ in choice.losers]
    signals = {
        "empty": float(not choice.value),
        "values": math.log1p(choice.value.count("|")),
        "winners": math.log1p(len(sure)),
        "surest": max(sure, default=0.0),
        "least sure": min(sure, default=0.0),
        "losers": math.log1p(len(against)),
        "surest loser": max(against, default=logit(0.0)),
        f"type {record.value('document_type')}": 1.0,
        "quality": logit(min((q.quality for q in qualities if q.quality is not None), default=1.0)),
        "repaired": math.log1p(100 * _repaired(qualities)),
    }
    if not choice.value:
        signals[f"empty {record.value('document_type')}"] = 1.0
    signals |= {f"rule {part}": 1.0 for part in choice.rule.split("/")}
    signals |= {f"reason {reason}": 1.0 for reason in record.review_reasons}
    signals |= {f"flag {flag}": 1.0 for f in choice.winners for flag in f.flags}
    return signals


def logit(share: float) -> float:
    """Log odds, bounded."""
    share = min(max(share, NEAREST), 1 - NEAREST)
    return math.log(share / (1 - share))


def _of_paper(finding: Finding, around: Surroundings, evidence: Evidence) -> Iterator[tuple[str, float]]:
    """How well the page and the fact's own words could be read."""
    reading = around.reading
    index = reading.page_index(finding.span.start)
    source = reading.pages[index].page.source
    if source != TextSource.PLAIN_TEXT:
        yield f"read {source.value}", 1.0
    quality = around.qualities[index].quality
    if quality is not None:
        yield "quality", logit(quality)
    if evidence.word_confidence is not None:
        yield "engine", logit(evidence.word_confidence)
    if _letters(evidence.raw) != _letters(reading.text[finding.span.start : finding.span.end]):
        yield "respelled", 1.0


def _repaired(qualities: Sequence[PageQuality]) -> float:
    """The share of words that were repaired: where many were, some others are wrong and nobody could tell."""
    return sum(q.repaired_words for q in qualities) / max(sum(q.words for q in qualities), 1)


def _letters(text: str) -> str:
    return "".join(ch for ch in text if ch.isalnum())


def _key(value: object) -> tuple[str, object]:
    """The kind within its table, and what makes two rows the same."""
    match value:
        case OrgNumber():
            return value.kind, value.number
        case Party():
            return value.role, value.name.casefold()
        case Period():
            return value.kind, (value.start, value.end)
        case Amount():
            return value.kind, value.sek
        case CaseNumber():
            return ("own" if value.own else "other"), value.number
        case Decision():
            return value.status, value.text
        case Person():
            return value.function, value.name.casefold()
    return "", value


@singledispatch
def _of_value(value: object) -> Signals:
    """What the value itself says."""
    return {}


@_of_value.register
def _(value: OrgNumber) -> Signals:
    return {"invalid": float(not value.valid), "named": float(bool(value.party_name))}


@_of_value.register
def _(value: Party) -> Signals:
    words = value.name.split()
    return {
        "numbered": float(bool(value.org_number)),
        "number invalid": float(value.org_number_valid is False),
        "words": math.log(len(words) or 1),
        "one word": float(len(words) == 1),
        "digits": float(any(ch.isdigit() for ch in value.name)),
        "small first letter": float(value.name[:1].islower()),
        "addressed": float(bool(value.address)),
    }


@_of_value.register
def _(value: Period) -> Signals:
    if value.end is None:
        return {f"precision {value.precision}": 1.0, "open end": 1.0}
    days = (value.end - value.start).days + 1
    bounds = (value.start.month, value.start.day, value.end.month, value.end.day)
    return {
        f"precision {value.precision}": 1.0,
        "length": math.log(max(days, 1) / 365),
        "whole years": float(bounds == (1, 1, 12, 31)),
    }


@_of_value.register
def _(value: Amount) -> Signals:
    return {
        "with year": float(value.year is not None),
        f"frequency {value.frequency}": 1.0,
        "with payee": float(bool(value.payee)),
        "size": math.log10(max(float(value.sek), 1.0)) - 5,
        "small": float(value.sek < 1000),
        "uneven": float(value.sek % 1000 != 0),
    }


@_of_value.register
def _(value: CaseNumber) -> Signals:
    return {"lettered": float(any(ch.isalpha() for ch in value.number))}


@_of_value.register
def _(value: Decision) -> Signals:
    return {"length": math.log(len(value.text) or 1) - 5, "sectioned": float(bool(value.section))}


@_of_value.register
def _(value: Person) -> Signals:
    return {
        "words": math.log(len(value.name.split()) or 1),
        "titled": float(bool(value.title)),
        "with organisation": float(bool(value.organisation)),
    }
