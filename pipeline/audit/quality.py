"""The estimated share of right characters of a page, from what can be seen without the truth.

Three signals carry it: the share of words that the lexicon knows, which falls with the share of wrong words,
the OCR engine's mean word confidence, and the share of words that had to be repaired, since of a ruined page
some ruin stays. Lexicon rates of sound Swedish pages lie around `SOUND_RATE`, not at 1, because names are
unknown; only what falls below counts. The weights are fitted on scanned pages with known text by
`bench/quality.py`; the figures stand in `docs/figures.md`.
"""

from pipeline.lexicon import lexicon_rate
from pipeline.model import Cleaned, PageQuality

SOUND_RATE = 0.93
LEXICON_WEIGHT = 0.25
# (confidence, weight): below each confidence the share of wrong characters grows by the weight.
CONFIDENCE_STEPS = ((0.96, 0.15), (0.90, 0.5))
REPAIR_WEIGHT = 0.015
LOW_QUALITY = 0.9
MIN_WORDS = 20


def page_quality(cleaned: Cleaned) -> PageQuality:
    """Measure one page; `quality` is None for a page without words."""
    page = cleaned.page
    seen = [word.confidence for word in page.words if word.confidence is not None]
    confidence = sum(seen) / len(seen) if seen else None
    words = len(page.words) or len(page.text.split())
    rate = lexicon_rate(cleaned.text)
    repaired = _repaired_words(cleaned)
    quality = _quality(rate, confidence, repaired, words)
    low = quality is not None and quality < LOW_QUALITY
    return PageQuality(
        page=page.number,
        words=words,
        mean_word_confidence=confidence,
        lexicon_rate=rate,
        repaired_words=repaired,
        quality=quality,
        flags=("low_quality",) if low else (),
    )


def _quality(rate: float | None, confidence: float | None, repaired: int, words: int) -> float | None:
    if not words:
        return None
    wrong = REPAIR_WEIGHT * min(1.0, repaired / words)
    if rate is not None and words >= MIN_WORDS:
        wrong += LEXICON_WEIGHT * max(0.0, SOUND_RATE - rate)
    if confidence is not None:
        wrong += sum(weight * max(0.0, step - confidence) for step, weight in CONFIDENCE_STEPS)
    return max(0.0, 1.0 - wrong)


def _repaired_words(cleaned: Cleaned) -> int:
    """Words that the cleaner changed; mended blanks and control characters don't count."""
    return sum(any(ch.isalnum() for ch in edit.old + edit.new) for edits in cleaned.passes for edit in edits)
