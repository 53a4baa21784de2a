"""Names with å, ä or ö: of municipalities, counties and people, and the endings that names are made with."""

from functools import cache

from pipeline import lexicon
from pipeline.lexicon import counties, municipalities
from pipeline.word_lists import data_words, words_by_kind

LEAST_PART = 2
SHORT = 3


@cache
def names() -> frozenset[str]:
    """Names in lower case, and their genitives."""
    places = [body.name for body in municipalities()] + [body.short for body in municipalities()]
    words = {word for place in [*places, *counties()] for word in place.lower().split()}
    words |= data_words(__package__, "given_names.txt")
    return frozenset(words | {word + "s" for word in words})


def is_name(word: str) -> bool:
    """Whether a word in lower case is one of the names, or a surname of two known parts (`högberg`)."""
    first, last = _surname_parts()
    bare = word.removesuffix("s")
    return word in names() or any(
        bare[:at] in first and bare[at:] in last for at in range(LEAST_PART, len(bare) - LEAST_PART + 1)
    )


@cache
def _surname_parts() -> tuple[frozenset[str], frozenset[str]]:
    """What surnames begin and end with, from the lexicon's own list."""
    found = words_by_kind(lexicon.__name__, "surnames.txt")
    return found["first:"], found["last:"]


@cache
def short_names() -> frozenset[str]:
    """First names of two and three letters, as they are written: `Pia`, `Bo`."""
    listed = words_by_kind(lexicon.__name__, "names.txt").values()
    return frozenset(name.capitalize() for names in listed for name in names if len(name) <= SHORT)


@cache
def endings() -> frozenset[str]:
    """What names of places and people end in (`data/name_endings.txt`)."""
    return data_words(__package__, "name_endings.txt")


@cache
def plain_endings() -> frozenset[str]:
    """What they end in that is right without dots (`data/plain_endings.txt`)."""
    return data_words(__package__, "plain_endings.txt")
