"""Count pairs of words and put them into the tables of `context.py`. Not needed at run time."""

from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from math import log10
from pathlib import Path

from pipeline.lexicon import format as files
from pipeline.lexicon import trie
from pipeline.lexicon.book import prose
from pipeline.lexicon.classes import by_ending, clustered
from pipeline.lexicon.context import COMMA, EDGE, NUMBER, STEP, tokens
from pipeline.lexicon.statutes import MODERN, news, paragraphs

FIXED = (EDGE, COMMA, NUMBER)
NEWS_WEIGHT = 8  # a fiftieth of the text, as is the book, but the past tense lives there
BOOK_WEIGHT = 8
VOCABULARY = 65_000  # 16 bits
CLASSES, ROUNDS = 200, 5
LEAST_CLASSED = 10
TOO_COMMON = 2000  # words that say nothing about others with their ending
DOUBT = 2.0  # how far the number of different followers is believed to tell of others
DOUBT_CLASS = 200
BYTE = 127


def counted(statutes: Path, sentences: Path, book: Path) -> Counter[tuple[str, str]]:
    """How often a word follows another in modern statutes and, weighed up, in news and a book."""
    pairs: Counter[tuple[str, str]] = Counter()
    for year, line in paragraphs(statutes):
        if year >= MODERN:
            pairs.update(_pairs(line))
    for sentence in news(sentences):
        for one in _pairs(" ".join(word for word, _ in sentence)):
            pairs[one] += NEWS_WEIGHT
    for paragraph in prose(book):
        for one in _pairs(paragraph):
            pairs[one] += BOOK_WEIGHT
    return pairs


def _pairs(text: str) -> Iterable[tuple[str, str]]:
    found = [NUMBER if token.isdigit() else token for token in tokens(text)]
    return pairwise([EDGE, *found, EDGE]) if found else ()


def written(pairs: Mapping[tuple[str, str], int], folder: Path) -> None:
    """Write the tables; the same counts give the same bytes."""
    totals: Counter[str] = Counter()
    for (_, second), count in pairs.items():
        totals[second] += count
    common = sorted(totals.keys() - set(FIXED), key=lambda word: (-totals[word], word))
    words = [*FIXED, *(word for word in common if _is_spelled(word))][:VOCABULARY]
    classed = [word for word in words if totals[word] >= LEAST_CLASSED]
    found = dict(zip(classed, clustered(classed, pairs, len(FIXED), CLASSES, ROUNDS), strict=True))
    endings = by_ending({w: c for w, c in found.items() if w not in FIXED and totals[w] <= TOO_COMMON})
    classes = {word: found.get(word, _by_ending(word, endings)) for word in {*totals, *words}}
    numbers = {word: number for number, word in enumerate(words, 1)}
    ended = {ending[::-1]: number + 1 for ending, number in endings.items()}
    files.written(folder / "vocabulary.bin", trie.packed(numbers, "H"))
    files.written(folder / "endings.bin", trie.packed(ended))
    files.written(folder / "pairs.bin", _tables(pairs, words, totals, classes))


def _is_spelled(word: str) -> bool:
    return all(ord(letter) < 256 for letter in word)


def _by_ending(word: str, endings: Mapping[str, int]) -> int:
    return next((endings[word[at:]] for at in range(len(word)) if word[at:] in endings), 0)


def _tables(
    pairs: Mapping[tuple[str, str], int],
    words: Sequence[str],
    totals: Mapping[str, int],
    classes: Mapping[str, int],
) -> dict[str, "array[int]"]:
    total = sum(totals.values())
    square = _square(pairs, totals, classes)
    followers: dict[str, dict[str, int]] = {}
    for (first, second), count in pairs.items():
        followers.setdefault(first, {})[second] = count
    numbers = {word: number for number, word in enumerate(words, 1)}
    rows, columns, gains, rest = array("I", [0, 0]), array("H"), array("b"), array("b", [0])
    for word in words:
        after = followers.get(word, {})
        seen, doubt = sum(after.values()), DOUBT * max(1, len(after))
        rest.append(_number(log10(doubt / (seen + doubt))))
        for follower in sorted(after.keys() & numbers.keys(), key=lambda other: numbers[other]):
            share = totals[follower] / total
            expected = share * 10.0 ** (square[classes[word] * CLASSES + classes[follower]] / STEP)
            columns.append(numbers[follower])
            gains.append(_number(log10((after[follower] + doubt * expected) / (seen + doubt) / share)))
        rows.append(len(columns))
    return {
        "classes": array("B", [0, *(classes[word] for word in words)]),
        "rows": rows,
        "columns": columns,
        "gains": gains,
        "rest": rest,
        "square": square,
    }


def _square(
    pairs: Mapping[tuple[str, str], int], totals: Mapping[str, int], classes: Mapping[str, int]
) -> "array[int]":
    """The gain of each class after each class."""
    counts: Counter[tuple[int, int]] = Counter()
    for (first, second), count in pairs.items():
        counts[classes.get(first, 0), classes.get(second, 0)] += count
    befores, afters = [0] * CLASSES, [0] * CLASSES
    for (a, b), count in counts.items():
        befores[a] += count
        afters[b] += count
    total = sum(afters)
    square = array("b")
    for a in range(CLASSES):
        for b in range(CLASSES):
            share = max(1, afters[b]) / total
            seen = (counts[a, b] + DOUBT_CLASS * share) / (befores[a] + DOUBT_CLASS)
            square.append(_number(log10(seen / share)))
    return square


def _number(gain: float) -> int:
    return max(-BYTE, min(BYTE, round(STEP * gain)))
