"""Sums that are stated for the same thing and differ: the operative one against a retelling of it.

A document often repeats what it grants, in a summary, in the background, on a covering page. A sum there that
is paid as often as the operative one and isn't it, nor a part, a multiple or a total of it, contradicts it.
"""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from pipeline.model import Amount, Finding

# Where the operative words about money stand, by the type of document.
OPERATIVE = {
    "agreement": ("economy", "decision", "grants"),
    "decision": ("decision", "proposal", "grants"),
}
RETOLD = "retold"  # the place of a sum that a sentence only tells of: `enligt följebrevet`
PARTS, TOTAL = ("varav", "fördelat"), "sammanlagt"
SURE = 0.7  # of a sum that is paid by the public party, by its own clause
MOST_TIMES = 12


def with_contradictions(findings: Sequence[Finding], document_type: str) -> tuple[Finding, ...]:
    """The findings, sums that contradict the operative one flagged, and it too."""
    funding = [f for f in findings if isinstance(f.value, Amount) and f.value.kind == "funding"]
    against = contradicting(funding, document_type)
    often = {_amount(f).frequency for f in against}
    operative = [f for f in funding if _amount(f).frequency in often and f.place in _places(document_type)]
    marked = {f.span for f in (*against, *operative)}
    return tuple(
        replace(f, flags=(*f.flags, "amount_conflict")) if f in funding and f.span in marked else f
        for f in findings
    )


def words_against_digits(funding: Sequence[Finding]) -> list[Finding]:
    """The words of sums whose figures say otherwise: the figures stand, as they are what is paid out by."""
    return [f for f in funding if "words_digits_conflict" in f.flags and "spelled_out" in f.flags]


def contradicting(funding: Sequence[Finding], document_type: str) -> list[Finding]:
    """The sums that a retelling states otherwise than the one operative sum of the same frequency."""
    places = _places(document_type)
    written = [f for f in funding if f.rule.startswith("amount_written") and f.cue not in PARTS]
    all_sums = {_amount(f).sek for f in funding}
    found: list[Finding] = []
    for frequency in ("", "once", "month", "year"):
        same = [f for f in written if _amount(f).frequency == frequency]
        operative = _one_sum([f for f in same if f.place in places])
        if operative is None:
            continue
        found += [
            f
            for f in same
            if f.place not in places
            and f.confidence >= SURE
            and "kind_assumed" not in f.flags
            and (_amount(f).year is None or f.place == RETOLD)
            and not _are_related(operative, _amount(f).sek, all_sums)
        ]
    return found


def _one_sum(operative: Sequence[Finding]) -> Decimal | None:
    """The sum that the operative words state, or their total where they state several."""
    sums = {_amount(f).sek for f in operative}
    if len(sums) > 1:
        sums = {_amount(f).sek for f in operative if f.cue == TOTAL}
    return sums.pop() if len(sums) == 1 else None


def _places(document_type: str) -> tuple[str, ...]:
    return OPERATIVE["agreement" if document_type == "agreement" else "decision"]


def _are_related(one: Decimal, other: Decimal, sums: set[Decimal]) -> bool:
    """Whether one sum is the other, a multiple of it, or the total of it and a third."""
    low, high = sorted((one, other))
    return low == high or (high % low == 0 and high / low <= MOST_TIMES) or high - low in sums - {low, high}


def _amount(finding: Finding) -> Amount:
    assert isinstance(finding.value, Amount)
    return finding.value
