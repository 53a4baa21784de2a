"""What stood where a letter is lost: each hole filled in the way that makes the likeliest Swedish word.

A reading is weighed by how common the word is and by the words around it. A word that nobody knows is filled
only where the letters around a hole leave no doubt (`data/letters.txt`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product

from pipeline.clean.names import is_name
from pipeline.lexicon import known
from pipeline.lexicon.context import EDGE, gain, tokens
from pipeline.lexicon.trie import NONE, ROOT
from pipeline.lexicon.words import level, words
from pipeline.word_lists import data_rows

HOLE = "\N{REPLACEMENT CHARACTER}"
SWEDISH = "åäöé"
MOST_HOLES = 4
LEAST_COMPOUND = 5  # letters, of one with a hyphen
AROUND = 160  # characters on either side that decide
COMPOUND = -9.0  # log10 of how common a compound is that the table lacks
CONTEXT = 0.9
SHORT_LINE = 45
LEAST_SEEN, GUESSED, LEAST_GUESSED = 3, 0.95, 5
SURE = 0.6  # the share of the likelihood that the best reading must have
EDGES = ".,;:!?()[]\"'”’“‘»«•*–—-/…"
BEGINS = re.compile(r"(?:\A|[.!?]\s|\n[ \t]*\n|\t|[•–●]\s)\s*[\"”(]?\Z")
STREET = re.compile(r"(?:å|ä|ö)\w+(?:gatan|vägen|gränd|torg)s?")
CAPITAL = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True, slots=True)
class Filling:
    """The likeliest reading of a token with holes, how likely it is, and the next."""

    text: str
    confidence: float
    runner_up: str = ""


def filled(token: str, hole: str, before: str, after: str, letters: str = SWEDISH) -> Filling | None:
    """The token with its holes filled, or None; `before` and `after` are the text around it."""
    start = len(token) - len(token.lstrip(EDGES.replace(hole, "")))
    end = len(token.rstrip(EDGES.replace(hole, "")))
    core = token[start:end]
    holes = core.count(hole)
    if not 1 <= holes <= MOST_HOLES or len(core) < 2 or not core.replace(hole, "").replace("-", "").isalpha():
        return None
    options = _options(core, hole, letters.lower())
    if not options:
        return _guessed(token, start, end, hole, letters)
    weighed = _weighed(options, before, after) if len(options) > 1 else options
    ranked = sorted(((score, word) for word, score in weighed.items()), key=lambda pair: (-pair[0], pair[1]))
    best = ranked[0][0]
    confidence = 1 / sum(10 ** (score - best) for score, _ in ranked)
    if confidence < SURE:
        return None
    begins = starts_anew(before)
    shout = in_capitals(before, after)
    words = [
        token[:start] + _in_case(word, core, hole, begins, shout) + token[end:] for _, word in ranked[:2]
    ]
    return Filling(words[0], round(min(0.98, confidence), 3), words[1] if len(words) > 1 else "")


def _options(core: str, hole: str, letters: str) -> dict[str, float]:
    """The known words that the core may be, in lower case, with log10 of how common each is."""
    pattern = core.lower().replace(hole, HOLE)
    found = set(fills(pattern, letters))
    if len(pattern) >= LEAST_COMPOUND:
        found.update(filter(known, every(pattern, letters)))
    return {word: _level(word) for word in sorted(found)}


def fills(pattern: str, letters: str) -> list[str]:
    """The words of the table that a pattern in lower case may be, each `HOLE` being one of the letters."""
    tree = words()
    reached = [(ROOT, "")]
    for sign in pattern:
        reached = [
            (child, begun + letter)
            for node, begun in reached
            for letter in (letters if sign == HOLE else sign)
            if (child := tree.child(node, letter)) != NONE
        ]
    return [word for node, word in reached if tree.values[node]]


def every(pattern: str, letters: str) -> Iterator[str]:
    """All that a pattern may be, words or not."""
    parts = pattern.split(HOLE)
    for fill in product(letters, repeat=len(parts) - 1):
        yield "".join(part for pair in zip(parts, (*fill, ""), strict=True) for part in pair)


def _level(word: str) -> float:
    """Log10 of how common a known word is; of one with hyphens, how common its parts are."""
    common = level(word)
    if common is None and "-" in word:
        return sum(level(part) or COMPOUND for part in word.split("-") if part)
    return COMPOUND if common is None else common


def _weighed(options: dict[str, float], before: str, after: str) -> dict[str, float]:
    """The options with the say of the words on either side."""
    left = (tokens(before[-40:].partition(" ")[2] or before[-40:]) or [EDGE])[-1]
    right = (tokens(after[:40]) or [EDGE])[0]
    return {word: level + CONTEXT * (gain(left, word) + gain(word, right)) for word, level in options.items()}


def _guessed(token: str, start: int, end: int, hole: str, letters: str) -> Filling | None:
    """A word that nobody knows, its holes filled by the letters around them, where those leave no doubt."""
    core, confidence = token[start:end], 0.9
    for _ in range(core.count(hole)):
        at = core.index(hole)
        around = f"  {core.lower()}  "[at : at + 5]
        seen = {letter: _contexts().get(around[:2] + letter + around[3:], 0) for letter in letters.lower()}
        best = max(sorted(seen), key=lambda letter: seen[letter])
        share = seen[best] / max(1, sum(seen.values()))
        if seen[best] < LEAST_SEEN or share < GUESSED or hole in around[:2] + around[3:]:
            return None
        confidence *= share
        core = core[:at] + (best.upper() if core.isupper() else best) + core[at + 1 :]
    if token[start] == hole or len(core) < LEAST_GUESSED:
        return None
    return Filling(token[:start] + core + token[end:], round(confidence, 3))


@cache
def _contexts() -> dict[str, int]:
    """How many words have these five letters around an å, ä, ö or é (`data/letters.txt`)."""
    return {letters: int(count) for letters, count in data_rows(__package__, "letters.txt")}


def _in_case(word: str, core: str, hole: str, begins: bool, shout: bool) -> str:
    """The word with the capitals of what was read; a hole in front is one in names and at a beginning."""
    letters = [letter for letter in core if letter.isalpha() and letter != hole]
    if letters and all(map(str.isupper, letters)) and (len(letters) > 1 or shout):
        return word.upper()
    new = "".join(b.upper() if a.isupper() else b for a, b in zip(core, word, strict=True))
    if core[0] == hole and (begins or is_name(word) or STREET.fullmatch(word)):
        new = new[0].upper() + new[1:]
    return new


def starts_anew(before: str) -> bool:
    """Whether a word after this begins a sentence, a block, or a line after one that no margin broke."""
    if BEGINS.search(before[-AROUND:]):
        return True
    above, end, blank = before.rpartition("\n")
    return bool(end) and not blank.strip() and "\n" in above and len(above.rpartition("\n")[2]) < SHORT_LINE


def in_capitals(before: str, after: str) -> bool:
    """Whether the words on either side are all in capitals."""
    around = CAPITAL.findall(before)[-1:] + CAPITAL.findall(after)[:1]
    return bool(around) and all(map(str.isupper, around))


def weight(word: str) -> float:
    """How common the word is, as a share; a little for a known compound, nothing for what nobody knows."""
    return 10.0 ** _level(word.lower()) if known(word) else 0.0
