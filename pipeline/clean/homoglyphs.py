"""Letters of other alphabets that look Latin inside Swedish words: the Cyrillic `а` of `nаmn`, the Greek `ο`.

A word that mixes alphabets is never meant so. A word all of look-alikes is read as Latin only where the line
has no letter that is plainly of the other alphabet. Full-width and mathematical letters are read as plain.
"""

import re
import unicodedata
from collections.abc import Iterator

from pipeline.clean.alphabets import LOOKS
from pipeline.clean.rule import edit
from pipeline.lexicon import known
from pipeline.model import Edit

FOREIGN = re.compile(r"[\u0370-\u03ff\u0400-\u052f]")
GATE = re.compile(
    r"[\u0251\u0261\u0131\u0370-\u03ff\u0400-\u052f\u212a\u212b\uff21-\uff5a\U0001d400-\U0001d6a3]"
)
WORD = re.compile(r"[^\W\d_]+")
LATIN = re.compile(r"[A-Za-zÅÄÖåäöé]")
STYLED = re.compile(r"[\u212a\u212b\uff21-\uff3a\uff41-\uff5a\U0001d400-\U0001d6a3]")


def find(text: str) -> Iterator[Edit]:
    """Words with letters of another alphabet, in Latin letters."""
    if not GATE.search(text):
        return
    at = 0
    for line in text.split("\n"):
        if GATE.search(line):
            plain = len(LATIN.findall(line)) > 2 and not FOREIGN.search(line.translate(LOOKS))
            for word in WORD.finditer(line):
                new = _latin(word.group(), plain)
                if new != word.group():
                    yield edit(at + word.start(), word.group(), new, "homoglyph", 0.97)
        at += len(line) + 1


def _latin(word: str, plain_line: bool) -> str:
    if not GATE.search(word):
        return word
    new = STYLED.sub(lambda m: unicodedata.normalize("NFKC", m.group()), word).translate(LOOKS)
    if FOREIGN.search(new):
        return word
    latin = len(LATIN.findall(word))
    if latin and (len(new) > 2 or known(new)):
        return new
    if not FOREIGN.search(word) or (plain_line and (len(new) < 3 or new.isupper() or known(new))):
        return new
    return word
