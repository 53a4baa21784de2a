"""How likely a word is after another: pairs of words, and classes of words where the pair was never seen.

`pair(before, word)` is log10 P(word | before). It is `level(word)` (`words.py`) plus `gain(before, word)`: by
how much the neighbour makes the word likelier than it is anywhere. The gain of a pair that was counted comes
from its counts, smoothed by the gain of the words' classes (Witten and Bell 1991); that of any other pair is
the classes', less what the known followers of `before` take. A word's class says how it is used: found by
exchange over the same text (`classes.py`); of a word that was too rare for that, by its ending.

Case doesn't count, and all numbers are `#`. `EDGE` is where a sentence or block begins or ends, and may stand
before or after a word. `tokens` cuts a text in this way.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache, lru_cache
from math import log10

from pipeline.lexicon.format import opened
from pipeline.lexicon.trie import Trie
from pipeline.lexicon.trie import opened as tree
from pipeline.lexicon.words import level

EDGE = "^"
COMMA = ","
NUMBER = "#"
TOKEN = re.compile(r"[^\W\d_]+(?:[-:'’][^\W\d_]+)*|\d+|,|[.!?:;](?=\s|$)|\t|\n\s*\n")

STEP = 20  # numbers of the tables are twentieths of log10
UNSEEN = -8.0  # log10 probability of a word that the lexicon lacks
ELSEWHERE = 0.1  # how much of the language isn't like the texts that were counted
MOST = 3.0
LONGEST_ENDING = 5
LOWEST = -13 * STEP  # two bytes together


def believed(gain: float) -> float:
    """A gain as far as the counted texts stand for others: neither boundless nor ever forbidding."""
    return min(MOST, log10((1 - ELSEWHERE) * 10.0**gain + ELSEWHERE))


BELIEVED = tuple(believed(number / STEP) for number in range(LOWEST, -LOWEST))


@dataclass(frozen=True, slots=True)
class Model:
    """The tables: a row of followers for each counted word, and a square of classes.

    `vocabulary` numbers words from 1 and `endings` classes from 1, endings spelled backwards. The followers
    of word n are `columns[rows[n]:rows[n + 1]]`, in order, with their `gains`; `rest[n]` is what it has left
    for others; `square[a * count + b]` is the gain of class b after class a.
    """

    vocabulary: Trie
    endings: Trie
    classes: memoryview
    rows: memoryview
    columns: memoryview
    gains: memoryview
    rest: memoryview
    square: memoryview
    count: int


@cache
def model() -> Model:
    """The model of this package."""
    words, endings, pairs = opened("vocabulary.bin"), opened("endings.bin"), opened("pairs.bin")
    return Model(
        vocabulary=tree(words),
        endings=tree(endings),
        classes=pairs["classes"],
        rows=pairs["rows"],
        columns=pairs["columns"],
        gains=pairs["gains"],
        rest=pairs["rest"],
        square=pairs["square"],
        count=round(len(pairs["square"]) ** 0.5),
    )


@lru_cache(maxsize=100_000)
def pair(before: str, word: str) -> float:
    """Log10 probability of a word after another word, `#` or `EDGE`."""
    found = level(word)
    return (UNSEEN if found is None else found) + gain(before, word)


@lru_cache(maxsize=50_000)
def gain(before: str, word: str) -> float:
    """By how much likelier a word is after this one than anywhere, in log10; about 0 where nobody knows."""
    table = model()
    first, first_class = place(before)
    second, second_class = place(word)
    left = 0
    if first:
        end = table.rows[first + 1]
        at = bisect_left(table.columns, second, table.rows[first], end)
        if at < end and table.columns[at] == second:
            return BELIEVED[table.gains[at] - LOWEST]
        left = table.rest[first]
    return BELIEVED[left + table.square[first_class * table.count + second_class] - LOWEST]


@lru_cache(maxsize=100_000)
def place(word: str) -> tuple[int, int]:
    """A word's number in the vocabulary, 0 where it isn't there, and its class."""
    lowered = NUMBER if word.isdigit() else word.lower()
    table = model()
    number = table.vocabulary.value(lowered)
    if number:
        return number, table.classes[number]
    endings = table.endings.beginnings(lowered[: -LONGEST_ENDING - 1 : -1])
    return 0, endings[-1][1] - 1 if endings else 0


def tokens(text: str) -> list[str]:
    """The words, numbers and commas of a text, and an edge for each end of a sentence or block."""
    return [token.lower() if token[0].isalnum() or token == COMMA else EDGE for token in TOKEN.findall(text)]
