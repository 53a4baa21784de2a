"""Which parts of a document aren't Swedish: those must not be repaired as if they were.

English, German, Finnish, Norwegian and Danish are told by their function words. All others are told by how
little of them can be Swedish at all, even misread: of running Swedish nine words in ten, of Finnish, Polish
or Somali one in five.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cache

from pipeline.word_lists import words_by_kind

ENOUGH_WORDS = 40
LEAST_FUNCTION_WORDS = 0.02  # running Swedish has 0.2, a page of tables and names much less
LEAST_FOREIGN = 2
ENOUGH_LOWER = 5
EXPLAINED = 0.5


def is_foreign(words: Sequence[str]) -> bool:
    """Whether another language's function words outnumber the Swedish ones clearly (lower-case words)."""
    if _foreign_words().isdisjoint(words):
        return False
    return any(
        (most := _count(words, known)) >= LEAST_FOREIGN and most > 2 * _count(words, swedish)
        for known, swedish in _rivals()
    )


def _count(words: Sequence[str], among: frozenset[str]) -> int:
    return len([word for word in words if word in among])


def is_swedish(blocks: Sequence[Sequence[str]]) -> bool:
    """Whether a document has Swedish function words, whole or ruined; a short one is taken to have them."""
    count = sum(map(len, blocks))
    wanted = LEAST_FUNCTION_WORDS * count
    found = 0
    for words in blocks:
        found += _count(words, function_words()["swedish"])
        if found >= wanted:
            return True
    return count < ENOUGH_WORDS


@cache
def _rivals() -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    """For each other language its own function words and those that only Swedish has.

    Norwegian and Danish share half of them with Swedish; what is in both tells nothing.
    """
    languages = function_words()
    swedish = languages["swedish"]
    return tuple((known - swedish, swedish - known) for name, known in languages.items() if name != "swedish")


@cache
def _foreign_words() -> frozenset[str]:
    return frozenset().union(*(known for known, _ in _rivals()))


def can_be_swedish(words: Iterable[str], is_explained: Callable[[str], bool]) -> bool:
    """Whether enough of the words that have no capital are Swedish or can be misread Swedish."""
    lower = [word for word in words if len(word) > 1 and word[0].islower()]
    return len(lower) < ENOUGH_LOWER or sum(map(is_explained, lower)) >= EXPLAINED * len(lower)


@cache
def function_words() -> dict[str, frozenset[str]]:
    """The function words of each language (`data/function_words.txt`)."""
    return words_by_kind(__package__, "function_words.txt")
