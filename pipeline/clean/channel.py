"""How a machine misreads Swedish print: blocks of letters, what they stood for, and at what cost.

The learned tables come from `bench/channel.py` (English-only reading, and Swedish reading of bad scans); a
few look-alikes are added by hand. A cost is -log10 of the probability that the true letters are read so.
Blocks without letters on either side are left out: the repair never adds or takes away a letter that the
print hasn't, nor touches punctuation or case alone. The one exception is an å, ä or ö that left no trace at
all (`fr`, `ldre`), which is only looked for in words that are none without it.
"""

from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from math import log10
from typing import NamedTuple

from pipeline.clean.names import endings, names
from pipeline.lexicon.trie import ROOT, Trie, opened, packed
from pipeline.lexicon.words import LEVELS, head_words, tail_words, words
from pipeline.word_lists import data_rows

LEAST_COUNT = 2
MOST_COST, MOST_PART = 5.6, 4.5  # log10; dearer readings of words and parts are never the likeliest
GONE = 2.4  # log10 cost of an å, ä or ö that left no trace

ACCENTED = (
    0xE0  # the first accented letter: a node's children stand in order, so its last one tells if it has any
)

Mark = tuple[str, str]  # what was read, and the letters that it stands for


class Reading(NamedTuple):
    """A word that what was read (up to `end`) can be, with its cost and its log10 probability in its table.

    `marks` are the misreadings by which å, ä, ö come back, `noise` the others.
    """

    end: int
    word: str
    cost: float
    level: float
    marks: tuple[Mark, ...]
    noise: tuple[Mark, ...]


class Step(NamedTuple):
    """True letters for a block that was read."""

    true: str
    cost: float
    restores: bool


@cache
def costs(capitals: bool = False) -> Mapping[str, tuple[Step, ...]]:
    """The steps for each block that is read; with `capitals` also what stands for capitals."""
    found: dict[str, dict[str, float]] = {}
    for read, drawn_as, count, drawn in [*_rows("channel.tsv"), *_rows("noise.tsv")]:
        true = drawn_as.lower()
        if _is_reading(read, true) and count >= LEAST_COUNT and (capitals or drawn_as == true):
            cost = -log10(count / drawn)
            known = found.setdefault(read, {})
            known[true] = min(cost, known.get(true, MOST_COST))
    for read, true, count, drawn in _rows("lookalikes.tsv"):
        found.setdefault(read, {}).setdefault(true, -log10(count / drawn))
    return {
        read: tuple(Step(true, cost, _restores(read, true)) for true, cost in sorted(trues.items()))
        for read, trues in found.items()
    }


def _rows(name: str) -> list[tuple[str, str, float, float]]:
    rows = data_rows(__package__, name)
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


@lru_cache(maxsize=50_000)
def names_read_as(read: str) -> tuple[Reading, ...]:
    """The names with å, ä or ö that can be read as this."""
    return tuple(sorted(_walk(read, _name_tree(), whole=True), key=_order))


@cache
def _name_tree() -> Trie:
    return _tree(names())


@cache
def _ending_tree() -> Trie:
    return _tree(ending for ending in endings() if words().value(ending))


def _tree(of: Iterable[str]) -> Trie:
    return opened({name: memoryview(numbers) for name, numbers in packed(dict.fromkeys(of, 1)).items()})


@lru_cache(maxsize=50_000)
def words_read_as(read: str, gone: bool = False, noisy: bool = True) -> tuple[Reading, ...]:
    """The lexicon's words that can be read as this, cheapest first.

    With `gone` also by a lost letter, without `noisy` by nothing but å, ä and ö that come back.
    """
    return _cheapest(_walk(read, words(), whole=True, gone=gone, noisy=noisy))


@lru_cache(maxsize=50_000)
def endings_read_as(read: str) -> tuple[Reading, ...]:
    """The endings of names that can be read as this, of those that are words, cheapest first."""
    return _cheapest(_walk(read, _ending_tree(), whole=True))


def _cheapest(readings: Iterable[Reading]) -> tuple[Reading, ...]:
    """Each word by its cheapest reading."""
    best: dict[str, Reading] = {}
    for reading in readings:
        if reading.word not in best or reading.cost < best[reading.word].cost:
            best[reading.word] = reading
    return tuple(sorted(best.values(), key=_order))


@lru_cache(maxsize=50_000)
def tails_read_as(read: str) -> tuple[Reading, ...]:
    """The last parts of compounds that can be read as this, by å, ä and ö that come back alone."""
    return tuple(_walk(read, tail_words(), whole=True, noisy=False))


@lru_cache(maxsize=50_000)
def heads_read_as(read: str) -> tuple[Reading, ...]:
    """The first parts that a beginning of this can be, likewise, each with where it ends."""
    return tuple(_walk(read, head_words(), whole=False, noisy=False))


def _order(reading: Reading) -> tuple[float, str]:
    return reading.cost, reading.word


class Move(NamedTuple):
    """A misreading as a way through the tree.

    The code of the first letter of what was meant, how many letters were read, the codes of what else was
    meant, the cost, whether no å, ä or ö comes back, and the mark.
    """

    first: int
    size: int
    rest: bytes
    cost: float
    noise: bool
    mark: Mark


Moves = tuple[tuple[Move, ...], tuple[Move, ...]]  # those that begin with no accented letter, and all
Path = tuple["Path", int, Move] | None  # the misreadings so far, the last one outermost, and where each is


def _walk(read: str, tree: Trie, whole: bool, gone: bool = False, noisy: bool = True) -> list[Reading]:
    """Follow every reading through the tree as long as some word begins with it.

    A state is where a reading has come to, its node, cost and misreadings, whether one of them is noise, and
    whether a letter may still be lost. What was read as it is needs no state of its own.
    """
    labels, first, values = tree.labels, tree.first, tree.values
    find = labels.find
    length = len(read)
    plain = _latin(read)
    codes = plain.encode("latin-1")
    moves = _moves(read, noisy)
    most = MOST_COST if noisy else MOST_PART
    found = []
    stack: list[tuple[int, int, float, bool, bool, Path]] = [(0, ROOT, 0.0, False, gone, None)]
    while stack:
        at, node, cost, noise, may_lose, path = stack.pop()
        while node >= 0:
            if at and (at == length or not whole) and values[node]:
                found.append(_reading(plain, at, cost, LEVELS[values[node]], path))
            low, high = first[node], first[node + 1]
            unaccented, ways = moves[at]
            if ways and (low == high or labels[high - 1] < ACCENTED):
                ways = unaccented
            if may_lose:
                ways = LOST + ways
            for move in ways:
                code, size, rest, extra, changed, _ = move
                if cost + extra > most or (changed and noise):
                    continue
                after = find(code, low, high)
                if rest and after >= 0:
                    after = _after(tree, after, rest)
                if after >= 0:
                    lose = may_lose and size > 0
                    stack.append((at + size, after, cost + extra, changed or noise, lose, (path, at, move)))
            if at == length:
                break
            node = find(codes[at], low, high)
            at += 1
    return found


def _after(tree: Trie, node: int, letters: bytes) -> int:
    """The node after some more letters, or -1."""
    for letter in letters:
        node = tree.labels.find(letter, tree.first[node], tree.first[node + 1])
        if node < 0:
            break
    return node


def _reading(plain: str, end: int, cost: float, level: float, path: Path) -> Reading:
    """What was read up to an end, with the misreadings put right."""
    word = ""
    marks: tuple[Mark, ...] = ()
    noise: tuple[Mark, ...] = ()
    low = end
    while path:
        path, at, move = path
        word = move.mark[1] + plain[at + move.size : low] + word
        low = at
        if move.noise:
            noise = (move.mark, *noise)
        else:
            marks = (move.mark, *marks)
    return Reading(end, plain[:low] + word, cost, level, marks, noise)


def _latin(read: str) -> str:
    """The same letters in lower case, with a ? for those that no word of the tree has."""
    return read.encode("latin-1", "replace").decode("latin-1").lower()


def _moves(read: str, noisy: bool) -> list[Moves]:
    """The misreadings that may begin at each place in what was read, and none at its end."""
    capitals = read.isupper()
    inside = _openers(capitals, noisy)
    found = [
        _moves_on(read[at : at + 3], capitals or at == 0, noisy) if letter in inside or at == 0 else NO_MOVES
        for at, letter in enumerate(read)
    ]
    return [*found, NO_MOVES]


@cache
def _openers(capitals: bool, noisy: bool) -> frozenset[str]:
    """The letters that misread blocks begin with."""
    return frozenset(block[0] for block, moves in _moves_by_block(capitals, noisy).items() if moves)


@lru_cache(maxsize=50_000)
def _moves_on(block: str, capitals: bool, noisy: bool) -> Moves:
    """The misreadings that may begin where these letters come next."""
    known = _moves_by_block(capitals, noisy)
    found = [move for size in range(1, len(block) + 1) for move in known.get(block[:size], ())]
    return tuple([move for move in found if move.first < ACCENTED]), tuple(found)


@cache
def _moves_by_block(capitals: bool, noisy: bool) -> dict[str, tuple[Move, ...]]:
    return {
        read: tuple(_move(read, step) for step in steps if step.restores or noisy)
        for read, steps in costs(capitals).items()
    }


NO_MOVES: Moves = ((), ())


def _move(read: str, step: Step) -> Move:
    first, *rest = step.true.encode("latin-1")
    return Move(first, len(read), bytes(rest), step.cost, not step.restores, (read, step.true))


LOST = tuple(Move(ord(letter), 0, b"", GONE, False, ("", letter)) for letter in "åäö")
