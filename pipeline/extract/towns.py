"""The names of municipalities as documents write them: in full or short, in capitals, with bent letters."""

import re
from functools import cache, lru_cache

from rapidfuzz import fuzz, process

from pipeline.extract.naming import one_line
from pipeline.lexicon import municipalities

_NO_TOWN = frozenset(
    [
        "varje",
        "vår",
        "en",
        "den",
        "denna",
        "ingen",
        "någon",
        "annan",
        "enligt",
        "svensk",
        "respektive",
        "avtalet",
        "berörd",
        "samma",
        "aktuell",
        "egen",
        "dess",
        "sveriges",
        "hela",
        "för",
        "mellan",
        "i",
        "till",
        "från",
        "av",
        "med",
        "och",
        "inom",
        "samt",
    ]
)


@cache
def town_ends() -> frozenset[str]:
    """The last words of the names in `towns`, small letters, to look for before `kommun` or `stad`."""
    return frozenset(re.findall(r"\w+", town)[-1] for town in towns())


@cache
def towns() -> dict[str, str]:
    """The short name by the small letters of each way to write it. Read only."""
    towns = {}
    for municipality in municipalities():
        short = municipality.short.lower()
        towns[short] = municipality.short
        towns[short + "s"] = municipality.short
        towns[" ".join(municipality.name.lower().split()[:-1])] = municipality.short
    return towns


def named_town(match: re.Match[str]) -> tuple[str, int]:
    """The short name in a match and where it begins; empty for what isn't a municipality."""
    full = one_line(match.group("name"))
    words = full.split()
    for name, skip in ((full, 0), (words[-1], len(words) - 1)):
        if name.lower() in towns():
            start = match.start() if not skip else match.start() + match.group("name").rindex(words[-1])
            return towns()[name.lower()], start
    for name, start in ((full, match.start()), (words[-1], match.end("name") - len(words[-1]))):
        bent = _bent_town(name)
        if bent:
            return bent, start
    last = words[-1]
    if last.lower() in _NO_TOWN or match.group("form").lower() == "stad" or len(last) < 3:
        return "", 0
    start = match.start() + match.group("name").rindex(last)
    last = cased(last)
    return cased(last.removesuffix("s") if len(last) > 4 and last[-2] not in "sxåäö" else last), start


@cache
def _unbent_towns() -> dict[str, str]:
    return {_unbent(town): short for town, short in reversed(towns().items())}


@lru_cache(maxsize=10_000)
def _bent_town(name: str) -> str:
    """A municipality whose name differs only in letters that recognition bends, or in one of many letters."""
    unbent = _unbent_towns().get(_unbent(name))
    if unbent:
        return unbent
    near = process.extractOne(name.lower(), list(towns()), scorer=fuzz.ratio, score_cutoff=88)
    return towns()[near[0]] if near and len(name) > 5 else ""


def _unbent(name: str) -> str:
    return name.lower().translate(str.maketrans("åäáàâéèöóòô60", "aaaaaeeoooooo"))


def cased(name: str) -> str:
    """A name in capitals as one writes it: `NORRKÖPINGS KOMMUN` is `Norrköpings kommun`."""
    words = name.split()
    if name.isupper():
        words = [w.capitalize() for w in words]
    if len(words) > 1 and words[-1] in ("Kommun", "KOMMUN"):
        words[-1] = "kommun"
    if len(words) > 1 and name.isupper() and words[-1] == "Stad":
        words[-1] = "stad"
    return " ".join(words)
