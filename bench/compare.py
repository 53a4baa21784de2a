"""Compare a read text with the true one, free of order: a page has no one right reading order.

Words that stand in both cancel out; the others are paired with their nearest, and what a pair differs in is
counted by letter. What counts as a word is the same as in `make score`. Digits are counted by number,
wherever blanks and dashes divide it, and personal numbers only as far as they are shown.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein
from word_errors import grouped, normal, word_errors, words

from pipeline.clean.privacy import MASKED
from pipeline.compare.counts import Letter
from pipeline.privacy import mask_text

LETTERS = "åäöÅÄÖ"
SIGNS = "§%@"
DIGITS = "0123456789"
_PLAIN = re.compile(r"[^\W_]+")


@dataclass
class Tally:
    """Words and wrong words, and a count for each letter and sign of interest."""

    words: int = 0
    wrong: int = 0
    counts: dict[str, Letter] = field(default_factory=dict)

    def __iadd__(self, other: "Tally") -> "Tally":
        self.words += other.words
        self.wrong += other.wrong
        for char, count in other.counts.items():
            self.counts.setdefault(char, Letter())
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
    found.counts = dict(_counts(LETTERS, true, read, pairs(true, read)))
    found.counts |= digit_counts(truth, text, extra)
    for sign in SIGNS:
        counted = normal(truth).count(sign), normal(text).count(sign)
        found.counts[sign] = Letter(*counted, min(counted))
    return found


def digit_counts(truth: str, text: str, extra: Iterable[str] = ()) -> dict[str, Letter]:
    """How each digit was read.

    `315 000` may be read as `315000`, but two numbers of a row aren't one, so the digits are compared with
    the groups of numbers joined and as they stand, and the comparison with fewer wrong ones counts.
    """
    found = []
    for split in (numbers, lambda text: numbers(grouped(text))):
        true, read, allowed = Counter(split(truth)), Counter(split(text)), Counter(split(" ".join(extra)))
        read -= allowed & (read - true)
        found.append(dict(_counts(DIGITS, [*true.elements()], [*read.elements()], unlike(true, read))))
    return max(found, key=lambda counts: sum(count.right for count in counts.values()))


def numbers(text: str) -> list[str]:
    """Runs of letters and digits that have a digit; of personal numbers the birth date alone."""
    shown = MASKED.sub(r"\g<born>", mask_text(normal(text)))
    return [part for part in _PLAIN.findall(shown) if any(char in DIGITS for char in part)]


def unlike(true: Counter[str], read: Counter[str]) -> list[tuple[str, str]]:
    """What was read otherwise, each with its nearest; what is only put together or divided is alike."""
    lost, made = true - read, read - true
    settle(lost, made)
    settle(made, lost)
    return pairs([*lost.elements()], [*made.elements()])


def _counts(
    chars: str, true: list[str], read: list[str], differing: Iterable[tuple[str, str]]
) -> Iterable[tuple[str, Letter]]:
    lost = Counter[str]()
    for one, other in differing:
        for step in Levenshtein.editops(one, other):
            if step.tag != "insert":
                lost[one[step.src_pos]] += 1
    stood, had = Counter("".join(true)), Counter("".join(read))
    for char in chars:
        yield char, Letter(stood[char], had[char], stood[char] - lost[char])


def pairs(true: list[str], read: list[str]) -> list[tuple[str, str]]:
    """Words that don't stand in both, each missing one with its nearest made-up one, or with nothing.

    The most alike are paired first.
    """
    wanted, had = Counter(true), Counter(read)
    lost, made = list((wanted - had).elements()), list((had - wanted).elements())
    near = sorted(
        (distance, i, j)
        for i, word in enumerate(lost)
        for _, distance, j in process.extract(
            word, made, scorer=Levenshtein.distance, limit=None, score_cutoff=max(1, len(word) // 2)
        )
    )
    mine: dict[int, int] = {}
    theirs = set[int]()
    for _, i, j in near:
        if i not in mine and j not in theirs:
            mine[i] = j
            theirs.add(j)
    alike = [(word, made[mine[i]] if i in mine else "") for i, word in enumerate(lost)]
    return alike + [("", word) for j, word in enumerate(made) if j not in theirs]


def settle(joined: Counter[str], pieces: Counter[str]) -> None:
    """Take out words that are others put together, and these; of as few pieces as can be."""
    for most in (2, 3):
        for word in list(joined.elements()):
            found = _composed(word, pieces, most)
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
