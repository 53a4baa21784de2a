"""The name that ends or begins a piece of running text: good enough to tell who pays a sum, and to whom."""

import re
from functools import cache

from pipeline.extract.naming import is_body_word
from pipeline.extract.word_lists import words_of

MAX_NAME = 90
BODY = re.compile(
    r"\b(?:AB|HB|KB|kommun|stad|region|landsting|förening\w*|stiftelse\w*|församling\w*|förbund\w*|samfund\w*"
    r"|nämnd\w*|\w+nämnden|\w+förvaltningen|\w+förening|\w+församling\w*|\w+förbund\w*"
    r"|klubb\w*|\w+klubb|armén|bolag)\b"
    r"|^(?:Region|Stiftelsen|Föreningen|Studieförbundet)\b",
    re.IGNORECASE,
)


@cache
def _words(use: str) -> frozenset[str]:
    """Small words that a name may hold (`inside`), and words that are no name (`never`)."""
    return frozenset(words_of("name_words.tsv", use))


def name_at_end(before: str) -> str:
    """The name that ends a piece of text: capitalised words and what may stand between them."""
    words = before.split()
    taken: list[str] = []
    for word in reversed(words):
        bare = word.strip('*_"”“()')
        if taken and (re.search(r"[,;:.)]$", word) or bare.lower() in _words("never")):
            break
        if not (
            bare[:1].isupper()
            or bare.lower() in _words("inside")
            or (not taken and BODY.fullmatch(bare))
            or (bare[:1].isdigit() and len(bare) < 5 and taken)
        ):
            break
        if bare.lower() == "och" and taken and not _joins(words, len(words) - len(taken) - 1):
            break
        taken.append(bare)
    while taken and not taken[-1][:1].isupper():
        taken.pop()
    name = " ".join(reversed(taken)).rstrip(".:,;")
    if re.search(r"\d{3}|gatan\b|vägen\b|beslut\w*$", name):
        return ""
    return name if len(name) <= MAX_NAME and name.lower() not in _words("never") else ""


def _joins(words: list[str], index: int) -> bool:
    """Whether an `och` stands within a name: after a cut compound, as in `Kultur- och fritidsnämnden`."""
    return index > 0 and words[index - 1].endswith("-")


def name_at_start(text: str) -> str:
    """The name that begins a piece of text."""
    taken: list[str] = []
    for word in text[:MAX_NAME].split():
        bare = word.strip('*_"”“(),.;:')
        inside = bool(taken) and (bare.lower() in _words("inside") or is_body_word(bare))
        if not (bare[:1].isupper() or inside):
            break
        taken.append(bare)
        if re.search(r"[,;:.)]$", word):
            break
    while taken and not (
        taken[-1][:1].isupper() or taken[-1] in ("kommun", "stad") or is_body_word(taken[-1])
    ):
        taken.pop()
    return " ".join(taken)
