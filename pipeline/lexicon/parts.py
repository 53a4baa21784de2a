"""Which words begin and end Swedish compounds, counted over the words of the lexicon.

`stöd` begins many words and `stod` none, though both are words: that is what tells `stödverksamhet` from
`stodverksamhet`. A head is counted with its joint (`verksamhets`, `gatu`), and a joint that no
word confirms is dropped.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from math import log10

LEAST_HEAD = 3
LEAST_TAIL = 3
LEAST_WORD = 7
SHORT = 4
SHORT_LEAST = 3e-6
ROUNDS = 3
CHANGED = 0.01  # how much rarer a head with a changed vowel is than the bare word, at first
RARE = 2  # a part must be seen in this many words


def counted(words: Mapping[str, float], barred: frozenset[str]) -> tuple[dict[str, float], dict[str, float]]:
    """Probability of heads and of tails, by the number of distinct words that each occurs in.

    `barred` are words that end no compound (`data/no_parts.txt`).
    """
    free = {word: p for word, p in words.items() if word.isalpha() and p > 1e-7}
    heads: dict[str, float] = {}
    for word, p in free.items():
        for head, weight in _forms(word):
            if len(head) >= LEAST_HEAD:
                heads[head] = max(heads.get(head, 0.0), p * weight)
    tails = {word: p for word, p in free.items() if _is_tail(word, p) and word not in barred}
    for _ in range(ROUNDS):
        heads, tails = _recounted(words, heads, tails)
    return heads, tails


def _is_tail(word: str, probability: float) -> bool:
    """Short pieces must be common words, since any three letters stand somewhere on the web."""
    return len(word) >= LEAST_TAIL and (len(word) > SHORT or probability > SHORT_LEAST)


def _forms(word: str) -> Iterator[tuple[str, float]]:
    """The forms that a word takes as a head, with how readily: verksamhet-s, gat-u, kyrk-o, flick-, tid-e."""
    yield word, 1.0
    if not word.endswith(("s", "x")):
        yield word + "s", 1.0
    if word.endswith(("a", "e")):
        yield from ((word[:-1] + joint, CHANGED) for joint in ("", "u", "o", "e", "s"))
    else:
        yield word + "e", CHANGED


def _recounted(
    words: Mapping[str, float], heads: Mapping[str, float], tails: Mapping[str, float]
) -> tuple[dict[str, float], dict[str, float]]:
    head_counts: Counter[str] = Counter()
    tail_counts: Counter[str] = Counter()
    for word in sorted(words):
        if len(word) >= LEAST_WORD and word.isalpha():
            at = best_split(word, heads, tails)
            if at:
                head_counts[word[:at]] += 1
                tail_counts[word[at:]] += 1
    return _shares(head_counts), _shares(tail_counts)


def best_split(word: str, heads: Mapping[str, float], tails: Mapping[str, float]) -> int:
    """Where the likeliest head ends, 0 where the word is no compound of known parts."""
    best, best_score = 0, float("-inf")
    for at in range(LEAST_HEAD, len(word) - LEAST_TAIL + 1):
        head, tail = heads.get(word[:at]), tails.get(word[at:])
        if head and tail:
            score = log10(head) + log10(tail)
            if score > best_score:
                best, best_score = at, score
    return best


def _shares(counts: Mapping[str, int]) -> dict[str, float]:
    total = sum(counts.values())
    return {part: count / total for part, count in counts.items() if count >= RARE}
