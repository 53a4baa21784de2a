"""How likely a word was read wrong: the engine's confidence, what kind of word it is, where it stands.

Tesseract is sure of `och` at 0.96 and of a name at 0.91, and right in both; at 0.6 a known word is mostly
right and an unknown one mostly wrong, and either is worse on a page that was read unsurely throughout, or
where a second reading says something else. The odds are added up as in any logistic regression.
"""

import math
import re
from collections.abc import Sequence
from functools import lru_cache

from pipeline.audit.model import CONFIDENCE, DISPUTED, PAGE, SURE, Model
from pipeline.lexicon import known
from pipeline.lexicon.shadows import skeleton
from pipeline.lexicon.words import EDGES, accented

KINDS = ("known", "name", "unknown", "bare", "number", "letter", "code", "mixed", "repaired")
_SUREST = 0.985
_USUAL = 2.2  # log odds of nine in ten: above it each step says more
_LETTER = re.compile(r"[^\W\d_]")
_INSIDE = frozenset("-/:'’&–")
# Addresses, abbreviations (`t.o.m`), case numbers (`KS-2019-31`, `2019/31-KS`), ordinals, decades (`50:e`).
_CODE = re.compile(
    r".*(?:@|\w\.\w).*|[A-ZÅÄÖ]{1,5}[-/]?\d[\d/:.-]*|\d[\d/:.-]*[-/][A-ZÅÄÖ]{2,5}|\d+(?::[ae]|-tal\w*)"
)


@lru_cache(maxsize=200_000)
def kind(token: str) -> str | None:
    """What a token is, by the lexicon and its letters; None where it has neither letters nor digits.

    `name` is an unknown word with a capital, `bare` an unknown one that would be a word with å, ä or ö,
    `letter` one that stands alone, `code` an address, abbreviation or case number, and `mixed` what else
    has digits or signs among its letters, such as `f6r` or `b[a`.
    """
    word = token.strip(EDGES)
    letters = len(_LETTER.findall(word))
    digits = sum(map(str.isdigit, word))
    if not letters:
        return "number" if digits else None
    if _CODE.fullmatch(word):
        return "code"
    if digits or any(not char.isalnum() and char not in _INSIDE for char in word):
        return "mixed"
    if letters == 1:
        return "letter"
    if known(word):
        return "known"
    if skeleton(word.lower()) in accented() and word.isascii():
        return "bare"
    return "name" if word[0].isupper() else "unknown"


def surety(confidences: Sequence[float]) -> float:
    """How surely a page was read: the mean of its words' confidences as log odds; 0 where it has none."""
    return sum(map(log_odds, confidences)) / len(confidences) if confidences else 0.0


def word_wrong(of: str, confidence: float, page: float, disputed: bool, model: Model) -> float:
    """The share of such words that are wrong, 0 to 1: for words that an OCR engine read.

    `confidence` is the engine's own, 0 to 1, and `page` how surely the page was read (see `surety`); a
    word is `disputed` where a second reading of its place said something else.
    """
    speaks = evidence(confidence, page, disputed)
    odds = model.words[of] + sum(model.words[name] * value for name, value in speaks.items())
    return 1 / (1 + math.exp(-odds))


def evidence(confidence: float, page: float, disputed: bool) -> dict[str, float]:
    """What speaks for and against a word, whatever its kind, by the names that the model weighs it by."""
    odds = log_odds(confidence)
    return {CONFIDENCE: odds, SURE: max(0.0, odds - _USUAL), PAGE: page, DISPUTED: float(disputed)}


def log_odds(confidence: float) -> float:
    """A confidence on the scale on which evidence adds up; the ends say no more than what is near them."""
    bounded = min(_SUREST, max(1 - _SUREST, confidence))
    return math.log(bounded / (1 - bounded))
