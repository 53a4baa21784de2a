"""One name per organisation across the archive: by number where there is one, else by likeness.

Blocking keeps it near linear: only names that share their first folded letters are compared.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from rapidfuzz import fuzz

SAME_NAME = 92
MUNICIPAL = re.compile(r"\b(?:kommun|stad|region)\b", re.I)


def canonical_names(printed: Iterable[tuple[str, str]]) -> Mapping[tuple[str, str], str]:
    """For each printed (name, organisation number, empty if none) the organisation's one name.

    The name is the one printed most often; of a municipality the municipality's own, since its nämnder share
    its number. Ties go to the longer name, then to the alphabet, so that the answer never depends on order.
    """
    counts = Counter((name, number) for name, number in printed if name)
    by_number: dict[str, Counter[str]] = defaultdict(Counter)
    for (name, number), count in counts.items():
        if number:
            by_number[number][name] += count
    chosen = {number: _preferred(names) for number, names in by_number.items()}
    groups = _grouped({name: count for (name, number), count in counts.items() if not number})
    known = {_folded(name): name for name in sorted(chosen.values())}
    names: dict[tuple[str, str], str] = {}
    for name, number in counts:
        names[name, number] = chosen[number] if number else _nearest(groups[name], known)
    return names


def _preferred(names: Mapping[str, int]) -> str:
    municipal = {name: count for name, count in names.items() if MUNICIPAL.search(name)}
    return min(municipal or names, key=lambda name: (-names[name], -len(name), name))


def _grouped(names: Mapping[str, int]) -> dict[str, str]:
    """Each name without a number, mapped to the commonest spelling of its group."""
    blocks: dict[str, list[str]] = defaultdict(list)
    for name in sorted(names, key=lambda n: (-names[n], -len(n), n)):
        blocks[_folded(name)[:3]].append(name)
    chosen: dict[str, str] = {}
    for block in blocks.values():
        heads: list[str] = []
        for name in block:
            head = next((h for h in heads if fuzz.ratio(_folded(h), _folded(name)) >= SAME_NAME), None)
            if head is None:
                heads.append(name)
            chosen[name] = head or name
    return chosen


def _nearest(name: str, known: Mapping[str, str]) -> str:
    """The same body's name where another document prints its number."""
    return known.get(_folded(name), name)


def _folded(name: str) -> str:
    return re.sub(r"[^\w]+", " ", name.lower()).strip()
