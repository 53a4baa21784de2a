"""The estimated share of right characters of a page, from what can be seen without the truth.

The signs of damage (`signs.py`) are added up with weights to a score, and a rising curve says what share of
characters was wrong on pages of that score. Tables, weights and curves are fitted by `bench/quality.py` on
documents that were scanned or damaged for it at many levels; how well the estimate holds on others stands in
`docs/reading.md`. What was never read is told by its ink alone, so lines too faint to see leave no sign.
"""

import re
from bisect import bisect_left, bisect_right

from pipeline.audit.model import Model, at, fitted
from pipeline.audit.signs import JUMBLED, MIN_WORDS, NAMES, Signs, signs, source
from pipeline.lexicon import lexicon_rate
from pipeline.model import Cleaned, PageQuality
from pipeline.offsets import Ways, placed

LOW_QUALITY = 0.9
"""Below this a page is flagged: one character in ten wrong is about one word in two."""

_WORD = re.compile(r"\S+")

__all__ = ["LOW_QUALITY", "MIN_WORDS", "estimate", "page_quality"]


def page_quality(cleaned: Cleaned) -> PageQuality:
    """Measure one page; `quality` is None for a page without words."""
    page = cleaned.page
    confidences = [word.confidence for word in page.words if word.confidence is not None]
    words = len(page.words) or len(page.text.split())
    quality = estimate(signs(cleaned, fitted()), source(cleaned), fitted()) if words else None
    return PageQuality(
        page=page.number,
        words=words,
        mean_word_confidence=sum(confidences) / len(confidences) if confidences else None,
        lexicon_rate=lexicon_rate(cleaned.text),
        repaired_words=_repaired_words(cleaned),
        quality=quality,
        flags=("low_quality",) if quality is not None and quality < LOW_QUALITY else (),
    )


def estimate(found: Signs, of: str, model: Model) -> float:
    """The share of right characters, 0 to 1; `of` is the page's source."""
    return 1 - at(model.curves[of], score(found, of, model))


def score(found: Signs, of: str, model: Model) -> float:
    """The signs added up, each by its weight; what is jumbled is wrong already, whatever else it shows."""
    weights = model.weights[of]
    jumbled = weights[JUMBLED] * found[JUMBLED]
    return jumbled + (1 - jumbled) * sum(weights[name] * found[name] for name in NAMES if name != JUMBLED)


def _repaired_words(cleaned: Cleaned) -> int:
    """Words of the cleaned text that the cleaner changed, once each; mended blanks and control characters
    don't count."""
    words = [match.span() for match in _WORD.finditer(cleaned.text)] if cleaned.passes else []
    starts, ends = [start for start, _ in words], [end for _, end in words]
    changed: set[int] = set()
    for number, edits in enumerate(cleaned.passes):
        onward = Ways(cleaned.passes[number + 1 :])
        for edit, put in zip(edits, placed(edits), strict=True):
            if any(char.isalnum() for char in edit.old + edit.new):
                span = onward.to_clean(put)
                changed.update(range(bisect_right(ends, span.start), bisect_left(starts, span.end)))
    return len(changed)
