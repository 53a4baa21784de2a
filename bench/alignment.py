"""What was read for each true word, where it stands: the ground for saying what a repair did to it.

Words are tied along the text first, then, for passages that moved (columns, notes), along what is left. A
true word without a tie wasn't read; a read word without one is made up. Words are tied by their letters,
å, ä and ö aside, and are right whatever their case.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from rapidfuzz.distance import Levenshtein

ROUNDS = 4  # looks for passages that moved
ALIKE = 0.5  # words less alike than this, å ä ö aside, aren't each other's readings
SHARED = 0.4  # of the shorter word's letters; fewer tie nothing together

_FOLDED = str.maketrans("åäöéèáàóòôü£€$|", "aaoeeaaooouffsl")

Readings = dict[int, tuple[str, ...]]
"""What was read for each true word by its number; several words where one was split."""


def readings(true: Sequence[str], read: Sequence[str]) -> tuple[Readings, int]:
    """What was read for each true word, and how many read words are nobody's reading."""
    found = ties(true, read)
    used = {at for places in found.values() for at in places}
    return {at: tuple(read[other] for other in places) for at, places in found.items()}, len(read) - len(used)


def ties(true: Sequence[str], read: Sequence[str]) -> dict[int, tuple[int, ...]]:
    """The numbers of the words that were read for each true word."""
    found: dict[int, tuple[int, ...]] = {}
    wanted, left = list(range(len(true))), list(range(len(read)))
    for _ in range(ROUNDS):
        used: set[int] = set()
        for some, others in _tied([true[at] for at in wanted], [read[at] for at in left]):
            taken = tuple(left[at] for at in others)
            found.update((wanted[at], taken) for at in some)
            used.update(taken)
        if not used:
            break
        wanted = [at for at in wanted if at not in found]
        left = [at for at in left if at not in used]
    by_form = _by_form(read, left)
    for at in wanted:
        if same := by_form.get(_folded(true[at])):
            found[at] = (same.pop(0),)
    return found


def _by_form(read: Sequence[str], numbers: Sequence[int]) -> dict[str, list[int]]:
    """The numbers of words by their folded form, for single words that moved."""
    found: dict[str, list[int]] = {}
    for at in numbers:
        found.setdefault(_folded(read[at]), []).append(at)
    return found


def _tied(true: list[str], read: list[str]) -> Iterator[tuple[range, range]]:
    """Runs of true words and of read ones that stand in the same place and are alike."""
    one, other = list(map(_folded, true)), list(map(_folded, read))
    steps = Levenshtein.opcodes(one, other)
    for same, block in groupby(steps, key=lambda step: step.tag == "equal"):
        run = list(block)
        mine = range(run[0].src_start, run[-1].src_end)
        theirs = range(run[0].dest_start, run[-1].dest_end)
        if same:
            yield from ((range(a, a + 1), range(b, b + 1)) for a, b in zip(mine, theirs, strict=True))
        elif mine and theirs:
            yield from _tied_letters(one, other, mine, theirs)


def _tied_letters(
    one: list[str], other: list[str], mine: range, theirs: range
) -> Iterator[tuple[range, range]]:
    """Words tied by the letters that they share; words split or joined are one run."""
    owners, others = _owners(one, mine), _owners(other, theirs)
    shared: Counter[tuple[int, int]] = Counter()
    for step in Levenshtein.opcodes([letter for _, letter in owners], [letter for _, letter in others]):
        if step.tag in ("equal", "replace"):
            span = zip(
                owners[step.src_start : step.src_end], others[step.dest_start : step.dest_end], strict=True
            )
            shared.update((a, b) for (a, _), (b, _) in span)
    ties = {(a, b) for (a, b), count in shared.items() if count >= SHARED * min(len(one[a]), len(other[b]))}
    for some, rest in _runs(ties):
        if Levenshtein.normalized_similarity(_text(one, some), _text(other, rest)) >= ALIKE:
            yield some, rest


def _owners(listed: list[str], span: range) -> list[tuple[int, str]]:
    return [(at, letter) for at in span for letter in listed[at]]


def _runs(shared: set[tuple[int, int]]) -> Iterator[tuple[range, range]]:
    """The smallest runs that no tie leads out of."""
    run: list[int] = []
    for a, b in sorted(shared):
        if run and a >= run[1] and b >= run[3]:
            yield range(run[0], run[1]), range(run[2], run[3])
            run = []
        run = [run[0], max(run[1], a + 1), run[2], max(run[3], b + 1)] if run else [a, a + 1, b, b + 1]
    if run:
        yield range(run[0], run[1]), range(run[2], run[3])


def _text(listed: list[str], span: range) -> str:
    return "".join(listed[at] for at in span)


def _folded(word: str) -> str:
    return word.lower().translate(_FOLDED)


def is_right(word: str, read: tuple[str, ...]) -> bool:
    return len(read) == 1 and read[0].lower() == word.lower()
