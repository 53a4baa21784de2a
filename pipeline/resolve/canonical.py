"""One name per organisation across the archive: by number where there is one, else by likeness.

Only names that share their first folded letters are compared, and of those only what may be alike.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from pipeline.resolve.alike import heads

MUNICIPAL_NUMBER = re.compile(r"(?:2120|2220|2321)\d\d-")
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
    chosen: dict[tuple[str, str], str] = {}
    for number, names in by_number.items():
        chosen |= {(name, number): head for name, head in _named(number, names).items()}
    known = {folded(name): name for name in sorted(chosen.values())}
    groups = _grouped({name: count for (name, number), count in counts.items() if not number})
    return chosen | {(name, ""): known.get(folded(head), head) for name, head in groups.items()}


def _named(number: str, names: Mapping[str, int]) -> dict[str, str]:
    """The one name of the body with this number, for each name that it is printed under.

    Where the papers of a municipality never print its own name, its nämnder keep theirs: one of them would be
    a wrong name for the others.
    """
    municipal = {name: count for name, count in names.items() if MUNICIPAL.search(name)}
    if MUNICIPAL_NUMBER.match(number) and not municipal:
        return _grouped(names)
    head = min(municipal or names, key=lambda name: (-names[name], -len(name), name))
    return dict.fromkeys(names, head)


def _grouped(names: Mapping[str, int]) -> dict[str, str]:
    """Each name, mapped to the commonest spelling of those like it."""
    blocks: dict[str, list[str]] = defaultdict(list)
    for name in sorted(names, key=lambda n: (-names[n], -len(n), n)):
        blocks[block(folded(name))].append(name)
    chosen: dict[str, str] = {}
    for alike in blocks.values():
        places = heads([folded(name) for name in alike])
        chosen |= {name: alike[place] for name, place in zip(alike, places, strict=True)}
    return chosen


def block(key: str) -> str:
    """What names have in common that are compared, given folded."""
    return key[:3]


def folded(name: str) -> str:
    """A name without case and signs."""
    return re.sub(r"[^\w]+", " ", name.lower()).strip()
