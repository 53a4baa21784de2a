"""How a machine misreads Swedish print: blocks of letters, what they stood for, and at what cost.

The learned tables come from `bench/channel.py` (English-only reading, and Swedish reading of bad scans); a
few look-alikes are added by hand. A cost is -log10 of the probability that the true letters are read so.
Blocks without letters on either side are left out: the repair never adds or takes away a letter that the
print hasn't, nor touches punctuation or case alone.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from math import log10

from pipeline.lexicon.words import heads, table

LEAST_COUNT = 2
MOST_COST = 7.0  # log10; dearer readings are never the likeliest
LAST = "\U0010ffff"

Reading = tuple[str, float, bool]  # word, cost, whether å, ä or ö was restored


@cache
def costs() -> Mapping[str, tuple[tuple[str, float, bool], ...]]:
    """For each block read: true letters, cost, whether they have å, ä or ö that the block lacks."""
    found: dict[str, dict[str, float]] = {}
    for read, drawn_as, count, drawn in [*_rows("channel.tsv"), *_rows("noise.tsv")]:
        true = drawn_as.lower()
        if _is_reading(read, true) and count >= LEAST_COUNT:
            cost = -log10(count / drawn)
            known = found.setdefault(read, {})
            known[true] = min(cost, known.get(true, MOST_COST))
    for read, true, count, drawn in _rows("lookalikes.tsv"):
        found.setdefault(read, {}).setdefault(true, -log10(count / drawn))
    return {
        read: tuple(sorted((true, cost, _restores(read, true)) for true, cost in trues.items()))
        for read, trues in found.items()
    }


def _rows(name: str) -> list[tuple[str, str, float, float]]:
    lines = files(__package__).joinpath("data").joinpath(name).read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [(row[0], row[1], float(row[2]), float(row[3])) for row in rows]


def _is_reading(read: str, true: str) -> bool:
    """Letters for letters (or for what looks like one), and more than a change of case."""
    return (
        true.isalpha()
        and read.lower() != true
        and any(map(_letterlike, read))
        and not set(read) & set(".,:;-'")
    )


def _letterlike(sign: str) -> bool:
    return sign.isalnum() or sign in "£&@|[]{}§€$"


def _restores(read: str, true: str) -> bool:
    return any(letter in "åäö" for letter in true) and not any(letter in "åäö" for letter in read.lower())


@cache
def word_list() -> tuple[str, ...]:
    """All words of the lexicon in code point order."""
    return tuple(sorted(table()))


@cache
def head_list() -> tuple[str, ...]:
    return tuple(sorted(heads()))


@lru_cache(maxsize=50_000)
def words_read_as(read: str) -> tuple[Reading, ...]:
    """The words of the lexicon that can be read as this, cheapest first."""
    return tuple(sorted(_search(read, word_list(), whole=True), key=_order))


def heads_read_as(read: str) -> list[tuple[int, str, float, bool]]:
    """The first parts of compounds that a beginning of this can be, each with where it ends."""
    ends: list[tuple[int, str, float, bool]] = []
    _walk(read, head_list(), False, ends)
    return ends


def _order(reading: Reading) -> tuple[float, str]:
    return reading[1], reading[0]


def _search(read: str, words: Sequence[str], whole: bool) -> list[Reading]:
    ends: list[tuple[int, str, float, bool]] = []
    _walk(read, words, whole, ends)
    best: dict[str, Reading] = {}
    for _, word, cost, restored in ends:
        if word not in best or cost < best[word][1]:
            best[word] = (word, cost, restored)
    return list(best.values())


def _walk(read: str, words: Sequence[str], whole: bool, ends: list[tuple[int, str, float, bool]]) -> None:
    """Follow every reading through the sorted words as long as some word begins with it.

    A state is where we are in what was read, the letters so far, and the range of words that begin so.
    """
    table_of_costs = costs()
    length = len(read)
    lowered = read.lower()
    stack: list[tuple[int, str, int, int, float, bool]] = [(0, "", 0, len(words), 0.0, False)]
    while stack:
        at, prefix, low, high, cost, restored = stack.pop()
        if at and words[low] == prefix and (not whole or at == length):
            ends.append((at, prefix, cost, restored))
        if at == length:
            continue
        steps = [(1, lowered[at], 0.0, False)]
        for size in (1, 2, 3):
            for true, extra, restores in table_of_costs.get(read[at : at + size], ()):
                if at + size <= length:
                    steps.append((size, true, extra, restores))
        for size, true, extra, restores in steps:
            total = cost + extra
            if total > MOST_COST:
                continue
            longer = prefix + true
            first = bisect_left(words, longer, low, high)
            if first < high and words[first].startswith(longer):
                last = bisect_left(words, longer + LAST, first, high)
                stack.append((at + size, longer, first, last, total, restored or restores))
