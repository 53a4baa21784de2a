"""Letters and their marks set apart: `f¨or`, `fo¨r`, `p˚a`, as LaTeX's older PDF fonts leave them.

A diaeresis or ring between letters can be nothing else; elsewhere (`20 °C`) the word must become Swedish.
Which side the marks stand on is the same throughout a document, so its sure words decide.
"""

import re
from collections.abc import Iterator

from pipeline.clean.rule import Edits, Texts, edit
from pipeline.lexicon import known
from pipeline.model import Edit

MARKS = {"¨": "aouAOU", "˚": "aA", "°": "aA", "´": "eE"}
COMPOSED = {
    ("¨", "a"): "ä", ("¨", "o"): "ö", ("¨", "u"): "ü", ("˚", "a"): "å", ("°", "a"): "å", ("´", "e"): "é",
    ("¨", "A"): "Ä", ("¨", "O"): "Ö", ("¨", "U"): "Ü", ("˚", "A"): "Å", ("°", "A"): "Å", ("´", "E"): "É",
}  # fmt: skip
GATE = re.compile(r"[¨˚°´](?:(?=[ ]?[aoueAOUE])|(?<=[aoueAOUE].))")
TOKEN = re.compile(r"[^\W\d_]*(?:[¨˚°´] ?[^\W\d_]+)+[¨˚°´]?|[^\W\d_]+[¨˚°´]")
SURE = frozenset("¨˚")
LEADING = re.compile(r"([¨˚°´]) ?([aoueAOUE])")
TRAILING = re.compile(r"([aoueAOUE])([¨˚°´])")


def find(texts: Texts) -> tuple[Edits, ...]:
    """Put letters and marks together."""
    if not any(GATE.search(text) for text in texts):
        return ((),) * len(texts)
    tokens = [match.group() for text in texts for match in TOKEN.finditer(text)]
    before = sum(_is_word(_composed(token, True)) for token in tokens)
    after = sum(_is_word(_composed(token, False)) for token in tokens)
    return tuple(tuple(_found(text, before >= after)) for text in texts)


def _found(text: str, before: bool) -> Iterator[Edit]:
    for match in TOKEN.finditer(text):
        old = match.group()
        new = _composed(old, before)
        sure = SURE.issuperset(mark for mark in old if mark in MARKS)
        if new != old and (_is_word(new) or (sure and len(new) > 2 and new.isalpha())) and not _is_word(old):
            yield edit(match.start(), old, new, "marks", 0.98 if _is_word(new) else 0.9)


def _composed(token: str, before: bool) -> str:
    if before:
        return LEADING.sub(lambda m: COMPOSED.get((m[1], m[2]), m.group()), token)
    return TRAILING.sub(lambda m: COMPOSED.get((m[2], m[1]), m.group()), token)


def _is_word(word: str) -> bool:
    return word.isalpha() and len(word) > 1 and known(word)
