"""How likely a word was read right: the engine's confidence, weighed by what kind of word it is.

Tesseract is sure of `och` at 0.96 and of a name at 0.91, and right in both; at 0.6 a known word is mostly
right and an unknown one mostly wrong. So each kind has a table of its own.
"""

import re

from pipeline.audit.model import Model, at, fitted
from pipeline.lexicon import known
from pipeline.lexicon.shadows import skeleton
from pipeline.lexicon.words import EDGES, accented

KINDS = ("known", "name", "unknown", "bare", "number", "letter", "code", "mixed", "repaired")
_LETTER = re.compile(r"[^\W\d_]")
_INSIDE = frozenset("-/:'’&–")
# Addresses, abbreviations (`t.o.m`), case numbers (`KS-2019-31`, `2019/31-KS`), ordinals, decades (`50:e`).
_CODE = re.compile(
    r".*(?:@|\w\.\w).*|[A-ZÅÄÖ]{1,5}[-/]?\d[\d/:.-]*|\d[\d/:.-]*[-/][A-ZÅÄÖ]{2,5}|\d+(?::[ae]|-tal\w*)"
)


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


def word_right(token: str, confidence: float, repaired: bool = False, model: Model | None = None) -> float:
    """The share of such words that are right, 0 to 1: for words that an OCR engine read.

    `confidence` is the engine's own, 0 to 1; `repaired` says that the cleaner changed the word.
    """
    found = "repaired" if repaired else kind(token)
    return 1.0 if found is None else at((model or fitted()).words[found], confidence)
