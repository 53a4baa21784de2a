"""How a machine misreads Swedish print: blocks of letters, what they stood for, and at what cost.

The learned tables come from `bench/channel.py` (English-only reading, and Swedish reading of bad scans); a
few look-alikes are added by hand. A cost is -log10 of the probability that the true letters are read so.
Blocks without letters on either side are left out: the repair never adds or takes away a letter that the
print hasn't, nor touches punctuation or case alone. The one exception is an å, ä or ö that left no trace at
all (`fr`, `ldre`), which is only looked for in words that are none without it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from math import log10
from typing import NamedTuple

from pipeline.clean.names import names
from pipeline.lexicon.trie import ROOT, Trie, opened, packed
from pipeline.lexicon.words import head_words, tail_words, words

LEAST_COUNT = 2
MOST_COST, MOST_PART = 5.6, 4.5  # log10; dearer readings of words and parts are never the likeliest
LATIN = 255  # the code of the last letter that the lexicon may have
GONE = 2.4  # log10 cost of an å, ä or ö that left no trace

Mark = tuple[str, str]  # what was read, and the letters that it stands for


@dataclass(frozen=True, slots=True)
class Reading:
    """A word that what was read (up to `end`) can be, with its cost.

    `marks` are the misreadings by which å, ä, ö come back, `noise` the others.
    """

    end: int
    word: str
    cost: float
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


@lru_cache(maxsize=50_000)
def names_read_as(read: str) -> tuple[Reading, ...]:
    """The names with å, ä or ö that can be read as this."""
    return tuple(sorted(_walk(read, _name_tree(), whole=True), key=_order))


@cache
def _name_tree() -> Trie:
    sections = {name: memoryview(numbers) for name, numbers in packed(dict.fromkeys(names(), 1)).items()}
    return opened(sections)


@lru_cache(maxsize=50_000)
def words_read_as(read: str, gone: bool = False, noisy: bool = True) -> tuple[Reading, ...]:
    """The lexicon's words that can be read as this, cheapest first.

    With `gone` also by a lost letter, without `noisy` by nothing but å, ä and ö that come back.
    """
    best: dict[str, Reading] = {}
    for reading in _walk(read, words(), whole=True, gone=gone, noisy=noisy):
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
    """A way on through what was read: how many letters of it, what they stand for, and what that costs.

    `rest` are the codes of what they stand for but the first.
    """

    size: int
    true: str
    rest: bytes
    cost: float
    marks: tuple[Mark, ...] = ()
    noise: tuple[Mark, ...] = ()


Moves = Mapping[int, Sequence[Move]]  # by the code of the first letter that they stand for


def _walk(read: str, tree: Trie, whole: bool, gone: bool = False, noisy: bool = True) -> list[Reading]:
    """Follow every reading through the tree as long as some word begins with it.

    A state is a reading so far, its node, and whether a letter may still be lost.
    """
    labels, first, values = tree.labels, tree.first, tree.values
    length = len(read)
    moves = _moves(read, noisy)
    most = MOST_COST if noisy else MOST_PART
    found = []
    stack: list[tuple[int, int, str, float, tuple[Mark, ...], tuple[Mark, ...], bool]] = [
        (0, ROOT, "", 0.0, (), (), gone)
    ]
    while stack:
        at, node, word, cost, marks, noise, may_lose = stack.pop()
        if at and values[node] and (not whole or at == length):
            found.append(Reading(at, word, cost, marks, noise))
        for child, ways in _children(labels, first[node], first[node + 1], moves[at], may_lose):
            for size, true, rest, extra, marked, changed in ways:
                if cost + extra > most or (changed and noise):
                    continue
                after = child
                for other in rest:
                    after = labels.find(other, first[after], first[after + 1])
                    if after < 0:
                        break
                else:
                    stack.append(
                        (
                            at + size,
                            after,
                            word + true,
                            cost + extra,
                            marks + marked if marked else marks,
                            changed or noise,
                            may_lose and size > 0,
                        )
                    )
    return found


def _children(
    labels: bytes, low: int, high: int, moves: Moves, may_lose: bool
) -> Iterator[tuple[int, Sequence[Move]]]:
    """The nodes that follow, each with the ways to it: looked up from whichever are fewer."""
    if high - low <= len(moves):
        for child, code in enumerate(labels[low:high], low):
            if code in moves:
                yield child, moves[code]
    else:
        for code, ways in moves.items():
            child = labels.find(code, low, high)
            if child >= 0:
                yield child, ways
    if may_lose:
        for code, lost in LOST.items():
            child = labels.find(code, low, high)
            if child >= 0:
                yield child, lost


def _moves(read: str, noisy: bool) -> list[Moves]:
    """For each place in what was read the ways on from there, and none at its end."""
    capitals = read.isupper()
    return [_moves_on(read[at : at + 3], capitals or at == 0, noisy) for at in range(len(read))] + [{}]


@lru_cache(maxsize=50_000)
def _moves_on(block: str, capitals: bool, noisy: bool) -> Moves:
    """The ways on where these letters come next."""
    letter = block[0].lower() if ord(block[0]) <= LATIN else "?"
    found = {ord(letter): [Move(1, letter, b"", 0.0)]}
    for size in range(1, len(block) + 1):
        for step in costs(capitals).get(block[:size], ()):
            if step.restores or noisy:
                mark = ((block[:size], step.true),)
                kinds = (mark, ()) if step.restores else ((), mark)
                first, *rest = step.true.encode("latin-1")
                found.setdefault(first, []).append(Move(size, step.true, bytes(rest), step.cost, *kinds))
    return found


LOST = {ord(letter): (Move(0, letter, b"", GONE, (("", letter),)),) for letter in "åäö"}
