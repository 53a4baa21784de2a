"""From findings to the one answer about a document, with its doubts.

The operative text wins: decision points over background, the agreement's own clause over its title. What
loses is kept as a loser with a reason, so that `namnd explain` can show it; what contradicts is flagged.
"""

from collections.abc import Sequence
from dataclasses import replace

from pipeline.model import CaseNumber, Choice, Failure, Finding, OrgNumber, PageQuality, Record
from pipeline.resolve.calibration import calibrated
from pipeline.resolve.case_prefix import with_mended_prefixes
from pipeline.resolve.choices import best, joined
from pipeline.resolve.contradictions import with_contradictions
from pipeline.resolve.kinds import by_document_type, commits_money
from pipeline.resolve.matter import main_matter, without_others
from pipeline.resolve.parties import Parties, settle_parties
from pipeline.resolve.people import with_employers
from pipeline.resolve.period import governing_period, with_conflict
from pipeline.resolve.signals import surroundings
from pipeline.resolve.total import committed_total

__all__ = ["calibrated", "resolve", "review", "surroundings"]

FACTS = ("document_type", "title", "municipality", "board", "document_date")
KNOWN_TYPE = 0.6  # a letter or an invoice is known to be `other`; a paper that nothing speaks for is not
BINDING = ("agreement", "decision", "minutes", "staff_report")


def resolve(findings: Sequence[Finding]) -> tuple[tuple[Finding, ...], Record]:
    """Decide the record of a document; returns the findings as they stand after it, and the record.

    Findings change where the whole document says more than their own clause: a sum in an application is
    never funding, a party gets the number that the footer prints for it.
    """
    facts = {name: best(name, [f for f in findings if f.kind == name]) for name in FACTS}
    document_type = facts["document_type"].value or "other"
    settled = by_document_type(findings, document_type)
    settled = with_mended_prefixes(settled, facts["board"].value)
    settled = with_contradictions(settled, document_type)
    parties = settle_parties(settled, facts["municipality"].value)
    settled = tuple(f for f in settled if f.kind != "party") + parties.findings
    settled = with_employers(settled, document_type)

    matter, matter_doubts = main_matter(settled)
    about = without_others(settled, matter)
    period, period_doubts = governing_period(about, document_type)
    total, total_doubts = committed_total(about, document_type, period)
    own_number = _own_case_number(settled, about)
    choices = [*facts.values(), own_number, *_party_choices(parties, about), *period.choices, total]
    record = Record(choices={choice.field: choice for choice in choices})
    doubts = [*parties.doubts, *matter_doubts, *period_doubts, *total_doubts, *_gaps(record, settled)]
    settled = with_conflict(settled, period)
    return settled, replace(record, review_reasons=tuple(sorted(set(doubts))))


def review(record: Record, qualities: Sequence[PageQuality], failures: Sequence[Failure]) -> Record:
    """The record with the doubts that come from its pages: text too poor to trust, pages not read."""
    doubts = set(record.review_reasons)
    if any("low_quality" in quality.flags for quality in qualities):
        doubts.add("low_quality")
    if failures:
        doubts.add("page_failed")
    return replace(record, review_reasons=tuple(sorted(doubts)))


def _own_case_number(findings: Sequence[Finding], about: Sequence[Finding]) -> Choice:
    """The document's number; of minutes with several matters, that of the one that the record is about."""
    numbers = [f for f in findings if isinstance(f.value, CaseNumber)]
    own = [f for f in numbers if isinstance(f.value, CaseNumber) and f.value.own and f in about]
    others = tuple((f, "names another matter") for f in numbers if f not in own)
    choice = best("case_number", own, lambda f: f.value.number if isinstance(f.value, CaseNumber) else "")
    return replace(choice, losers=choice.losers + others)


def _party_choices(parties: Parties, about: Sequence[Finding]) -> list[Choice]:
    public = [f for f in parties.public if f in about] or list(parties.public)
    counter = [f for f in parties.counter if f in about] or list(parties.counter)
    return [
        joined("public_party", public, lambda p: p.name),
        joined("public_org_number", public, lambda p: p.org_number),
        joined("counterparty", counter, lambda p: p.name),
        joined("counterparty_org_number", counter, lambda p: p.org_number),
    ]


def _gaps(record: Record, findings: Sequence[Finding]) -> list[str]:
    """What a reader would expect in the record and doesn't find, and numbers that can't be right."""
    document_type = record.value("document_type")
    gaps = []
    if any(f.kind == "language" for f in findings):
        gaps.append("unsupported_language")
    elif not any(f.confidence >= KNOWN_TYPE for f in record.choices["document_type"].winners):
        gaps.append("type_unknown")
    if document_type != "other" and not (record.value("public_party") and record.value("counterparty")):
        gaps.append("party_missing")
    if any(isinstance(f.value, OrgNumber) and not f.value.valid for f in findings):
        gaps.append("org_number_invalid")
    if document_type in BINDING and commits_money(findings):
        if not record.value("period_start"):
            gaps.append("period_missing")
        if not record.value("amount_total_sek"):
            gaps.append("amount_missing")
    return gaps
