"""What a rule's own confidence has been worth: of the rows at 0.9, nine in ten are right.

The steps are fitted by `bench/calibrate.py` on documents whose facts are known and that the rules were not
written on; between two steps the line is straight. Figures and their origin stand in `docs/figures.md`.
"""

import json
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib import resources

from pipeline.model import Finding, Record
from pipeline.reading import Reading

# Words read with less than this make a fact doubtful, whatever its wording (Tesseract's own scale, 0 to 1).
DOUBTFUL_WORD = 0.6
DOUBT = 0.8

Curve = Sequence[Sequence[float]]


def calibrated(
    findings: Sequence[Finding], record: Record, reading: Reading
) -> tuple[tuple[Finding, ...], Record]:
    """Findings and record with confidences that mean what they say.

    A fact on words that were read with doubt is flagged and trusted less.
    """
    changed: dict[Finding, Finding] = {}

    def of(finding: Finding) -> Finding:
        if finding not in changed:
            changed[finding] = _calibrated(finding, reading.evidence(finding.span).word_confidence)
        return changed[finding]

    choices = {
        name: replace(
            choice,
            winners=tuple(map(of, choice.winners)),
            losers=tuple((of(finding), why) for finding, why in choice.losers),
        )
        for name, choice in record.choices.items()
    }
    return tuple(map(of, findings)), replace(record, choices=choices)


def _calibrated(finding: Finding, word_confidence: float | None) -> Finding:
    confidence = _at(_curves().get(finding.kind, ()), finding.confidence)
    if word_confidence is not None and word_confidence < DOUBTFUL_WORD:
        flags = (*finding.flags, "low_confidence")
        return replace(finding, confidence=confidence * DOUBT, flags=flags)
    return replace(finding, confidence=confidence)


@cache
def _curves() -> Mapping[str, Curve]:
    text = resources.files(__package__).joinpath("data/calibration.json").read_text(encoding="utf-8")
    curves: Mapping[str, Curve] = json.loads(text)
    return curves


def _at(curve: Curve, stated: float) -> float:
    """The calibrated share at a stated confidence; the first and last step hold beyond the ends."""
    if not curve:
        return stated
    at = bisect_left([step[0] for step in curve], stated)
    if at == 0:
        return curve[0][1]
    if at == len(curve):
        return curve[-1][1]
    (x0, y0), (x1, y1) = curve[at - 1], curve[at]
    return y0 + (y1 - y0) * (stated - x0) / (x1 - x0)
