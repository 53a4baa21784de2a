"""Whether a document is in another language than Swedish, told by its small words.

A Swedish paper may quote a foreign title or end in a summary in English; only a document whose small words
are mostly another language's is foreign.
"""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache

from pipeline.extract.nlp import Material
from pipeline.extract.word_lists import data_rows
from pipeline.model import Span

SWEDISH = "sv"
ENOUGH = 6  # small words of another language, with at least
MORE = 2  # times as many as Swedish ones
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Foreign:
    """Another language than Swedish, with the first of the small words that tell it."""

    language: str
    span: Span
    cue: str


def foreign(material: Material) -> Foreign | None:
    """The language of a document that isn't in Swedish; None for Swedish and for too short a text."""
    lists = _languages()
    counts: Counter[str] = Counter()
    told: dict[str, list[re.Match[str]]] = {}
    for match in _WORD.finditer(material.text):
        for language in lists.get(match[0].lower(), ()):
            counts[language] += 1
            told.setdefault(language, []).append(match)
    others = [(count, language) for language, count in counts.items() if language != SWEDISH]
    count, language = max(others, default=(0, ""))
    if count < ENOUGH or count <= MORE * counts[SWEDISH]:
        return None
    first = told[language][0]
    words = dict.fromkeys(match[0].lower() for match in told[language])
    return Foreign(language, Span(first.start(), first.end()), ", ".join(list(words)[:5]))


@cache
def _languages() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for language, words in data_rows("function_words.tsv"):
        for word in words.split():
            if language not in found.get(word, ()):
                found[word] = (*found.get(word, ()), language)
    return found
