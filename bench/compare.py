"""Compare a read text with the true one, free of order: a page has no one right reading order.

Words that stand in both cancel out; the others are paired with their nearest, and what a pair differs in is
counted by letter. What counts as a word is the same as in `make score`.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein
from word_errors import normal, word_errors, words

LETTERS = "åäöÅÄÖ"
SIGNS = "§%@"
DIGITS = "0123456789"
_PLAIN = re.compile(r"[^\W_]+")


@dataclass
class Count:
    """How often something stood in the truth, was read, and was read where it stood."""

    true: int = 0
    read: int = 0
    right: int = 0

    @property
    def recall(self) -> float | None:
        return self.right / self.true if self.true else None

    @property
    def precision(self) -> float | None:
        return self.right / self.read if self.read else None

    def __iadd__(self, other: "Count") -> "Count":
        self.true += other.true
        self.read += other.read
        self.right += other.right
        return self


@dataclass
class Tally:
    """Words and wrong words, and a count for each letter and sign of interest."""

    words: int = 0
    wrong: int = 0
    counts: dict[str, Count] = field(default_factory=dict)

    def __iadd__(self, other: "Tally") -> "Tally":
        self.words += other.words
        self.wrong += other.wrong
        for char, count in other.counts.items():
            self.counts.setdefault(char, Count())
            self.counts[char] += count
        return self

    @property
    def rate(self) -> float:
        return self.wrong / max(1, self.words)


def tally(truth: str, text: str, extra: Iterable[str] = ()) -> Tally:
    """Compare; `extra` are texts on the page, such as stamps, that may be read or not."""
    true, read = words(truth), words(text)
    allowed = Counter(word for line in extra for word in words(line)) & (Counter(read) - Counter(true))
    read = list((Counter(read) - allowed).elements())
    found = Tally(len(true), word_errors(true, read))
    found.counts = dict(_letter_counts(true, read))
    for sign in SIGNS:
        counted = normal(truth).count(sign), normal(text).count(sign)
        found.counts[sign] = Count(*counted, min(counted))
    return found


def _letter_counts(true: list[str], read: list[str]) -> Iterable[tuple[str, Count]]:
    lost, made = Counter[str](), Counter[str]()
    for one, other in pairs(true, read):
        for step in Levenshtein.editops(one, other):
            if step.tag != "insert":
                lost[one[step.src_pos]] += 1
            if step.tag != "delete":
                made[other[step.dest_pos]] += 1
    stood, had = Counter("".join(true)), Counter("".join(read))
    for char in LETTERS + DIGITS:
        yield char, Count(stood[char], had[char], stood[char] - lost[char])


def pairs(true: list[str], read: list[str]) -> list[tuple[str, str]]:
    """Words that don't stand in both, each missing one with its nearest made-up one, or with nothing."""
    wanted, had = Counter(true), Counter(read)
    made = list((had - wanted).elements())
    found = []
    for word in sorted((wanted - had).elements(), key=len, reverse=True):
        near = process.extractOne(
            word, made, scorer=Levenshtein.distance, score_cutoff=max(1, len(word) // 2)
        )
        found.append((word, made.pop(near[2]) if near else ""))
    return found + [("", word) for word in made]


def wrong_share(truth: str, text: str, extra: Iterable[str] = ()) -> float:
    """Wrong, missing and made-up letters and digits as a share of the true ones, 0 to 1, free of case.

    Where words begin and end is no matter: `1 450` may be read as `1450`.
    """
    true, read = Counter(parts(truth)), Counter(parts(text))
    allowed = Counter(word for line in extra for word in parts(line)) & (read - true)
    total = sum(len(word) * count for word, count in true.items())
    lost, made = true - read, read - allowed - true
    settle(lost, made)
    settle(made, lost)
    wrong = sum(Levenshtein.distance(*pair) for pair in pairs([*lost.elements()], [*made.elements()]))
    return min(1.0, wrong / total) if total else float(bool(read))


def settle(joined: Counter[str], pieces: Counter[str]) -> None:
    """Take out words that are others put together, and these."""
    for word in list(joined.elements()):
        found = _composed(word, pieces, 3)
        if found and len(found) > 1:
            joined[word] -= 1
            pieces.subtract(found)


def _composed(word: str, pieces: Counter[str], most: int) -> list[str] | None:
    """At most so many pieces that make up a word."""
    if pieces[word] > 0:
        return [word]
    if most == 1:
        return None
    for cut in range(1, len(word)):
        if pieces[word[:cut]] > 0:
            rest = _composed(word[cut:], pieces - Counter([word[:cut]]), most - 1)
            if rest:
                return [word[:cut], *rest]
    return None


def parts(text: str) -> list[str]:
    """Runs of letters and digits in lower case: small capitals are no mistake."""
    return _PLAIN.findall(normal(text).lower())
