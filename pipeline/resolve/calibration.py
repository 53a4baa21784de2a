"""What a confidence is worth: of the rows at 0.9, nine in ten are right.

For each kind of fact and each key field of the record, a weight for every signal (`signals.py`) is fitted by
`bench/calibrate.py` on documents whose facts are known and that the rules were not written on: logistic
regression, kept in `data/calibration.json`. How it does on documents that it wasn't fitted on stands in
`docs/extraction.md`.
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources

from pipeline.model import Finding, Record
from pipeline.resolve.signals import Signals, Surroundings, of_field, of_finding

# Words read with less than this make a fact doubtful, whatever its wording (Tesseract's own scale, 0 to 1).
DOUBTFUL_WORD = 0.6
# The reason to review a document of which a key field is less sure than its threshold.
REASONS = {
    "public_party": "doubtful_party",
    "counterparty": "doubtful_party",
    "public_org_number": "doubtful_number",
    "counterparty_org_number": "doubtful_number",
    "period_start": "doubtful_period",
    "period_end": "doubtful_period",
    "amount_total_sek": "doubtful_amount",
}


@dataclass(frozen=True)
class Scale:
    """The weights of the signals, and the chance below which a key field is for review."""

    weights: Mapping[str, float]
    threshold: float = 0.0

    def share(self, signals: Signals) -> float:
        """The chance, 0 to 1, that what the signals speak of is right."""
        odds = self.weights.get("", 0.0) + sum(
            self.weights.get(name, 0.0) * strength for name, strength in signals.items()
        )
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))


def calibrated(
    findings: Sequence[Finding], record: Record, around: Surroundings
) -> tuple[tuple[Finding, ...], Record]:
    """Findings and record with confidences that mean what they say.

    A fact on words that were read with doubt is flagged; a record with a doubtful key field is for review.
    """
    changed: dict[int, Finding] = {}  # by identity, since a finding takes longer to hash than to look up

    def of(finding: Finding) -> Finding:
        if id(finding) not in changed:
            changed[id(finding)] = _calibrated(finding, around)
        return changed[id(finding)]

    choices = {
        name: replace(
            choice,
            winners=tuple(map(of, choice.winners)),
            losers=tuple((of(finding), why) for finding, why in choice.losers),
        )
        for name, choice in record.choices.items()
    }
    record = replace(record, choices=choices)
    reasons = {*record.review_reasons, *_doubts(record, around)}
    return tuple(map(of, findings)), replace(record, review_reasons=tuple(sorted(reasons)))


def sureness(record: Record, around: Surroundings) -> Mapping[str, float]:
    """The chance of each key field to be right; the record's findings have calibrated confidences."""
    return {
        field: scales()[field].share(of_field(record.choices[field], record, around.qualities))
        for field in REASONS
        if field in record.choices
    }


def _doubts(record: Record, around: Surroundings) -> set[str]:
    return {
        REASONS[field]
        for field, share in sureness(record, around).items()
        if share < scales()[field].threshold
    }


def _calibrated(finding: Finding, around: Surroundings) -> Finding:
    evidence = around.reading.evidence(finding.span)
    scale = scales().get(finding.kind)
    confidence = scale.share(of_finding(finding, around, evidence)) if scale else finding.confidence
    if evidence.word_confidence is not None and evidence.word_confidence < DOUBTFUL_WORD:
        return replace(finding, confidence=confidence, flags=(*finding.flags, "low_confidence"))
    return replace(finding, confidence=confidence)


@cache
def scales() -> Mapping[str, Scale]:
    """The scale of each kind of fact and each key field."""
    text = resources.files(__package__).joinpath("data/calibration.json").read_text(encoding="utf-8")
    return {name: Scale(**scale) for name, scale in json.loads(text).items()}
