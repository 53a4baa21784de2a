"""Deciding the kind of a date or a sum by the wording around it and the place where it stands.

Every cue in the same sentence speaks for its kind, the nearer the louder; the place adds its own weight.
The kind with the most wins, and the loudest cue is kept to say why.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.extract.forgiving import Cue
from pipeline.model import Span

HALF_AT = 160
EARSHOT = 400  # characters beyond which no cue is heard
BEYOND_ANOTHER = 0.6
AFTER = 0.8
BESIDE = 12  # characters between a thing and a cue that must stand right beside it
COUNTED = 2


@dataclass(frozen=True, slots=True)
class Verdict:
    """The kind that won, the wording that decided it, its weight and its lead over the next kind."""

    kind: str
    cue: str
    weight: float
    lead: float


def weigh(
    text: str,
    sentence: Span,
    span: Span,
    cues: Iterable[Cue],
    priors: Mapping[str, float],
    others: Sequence[Span] = (),
) -> Verdict | None:
    """The kind that the sentence gives the thing at `span`; None when nothing speaks.

    `others` are like things in the sentence: a cue beyond one of them speaks less.
    """
    sentence = Span(max(sentence.start, span.start - EARSHOT), min(sentence.end, span.end + EARSHOT))
    others = [other for other in others if other in sentence]
    heard: dict[str, list[tuple[float, str]]] = defaultdict(list)
    said = text[sentence.start : sentence.end]
    letters = said.lower()
    for cue in cues:
        if cue.gist not in letters:
            continue
        best = max(
            (
                (_loudness(Span(m.start() + sentence.start, m.end() + sentence.start), span, others), m[0])
                for m in cue.pattern.finditer(said)
                if _on_side(cue.side, Span(m.start() + sentence.start, m.end() + sentence.start), span)
            ),
            default=None,
        )
        if best is not None:
            heard[cue.kind].append((best[0] * cue.weight, best[1]))
    weights = {
        kind: priors.get(kind, 0.0) + sum(weight for weight, _ in sorted(heard[kind], reverse=True)[:COUNTED])
        for kind in {*heard, *priors}
    }
    if not weights or max(weights.values()) <= 0:
        return None
    ranked = sorted(weights.items(), key=lambda item: (-item[1], item[0]))
    kind, weight = ranked[0]
    lead = weight - (ranked[1][1] if len(ranked) > 1 else 0.0)
    wording = max(heard[kind], default=(0.0, ""))[1]
    return Verdict(kind, re.sub(r"\s+", " ", wording), weight, lead)


def _on_side(side: str, cue: Span, span: Span) -> bool:
    if not side:
        return True
    gap = span.start - cue.end if side[0] == "<" else cue.start - span.end
    before = cue.start < span.start if side[0] == "<" else gap >= 0
    return before and (len(side) == 1 or gap <= BESIDE)


def _loudness(cue: Span, span: Span, others: Sequence[Span]) -> float:
    """1 beside the thing, half at 160 characters; less after it, and beyond another of its like."""
    gap = max(0, span.start - cue.end, cue.start - span.end)
    loud = 1 / (1 + gap / HALF_AT)
    if cue.start >= span.end:
        loud *= AFTER
    between = Span(min(cue.end, span.end), max(cue.start, span.start))
    return loud * (
        BEYOND_ANOTHER if any(between.start <= o.start and o.end <= between.end for o in others) else 1
    )
