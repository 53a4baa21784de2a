"""Which parts of a document aren't Swedish: those must not be repaired as if they were.

Languages that share many words with Swedish are told by their function words. All others are told by how
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
    languages = function_words()
    most = max(_count(words, known) for name, known in languages.items() if name != "swedish")
    return most >= LEAST_FOREIGN and most > 2 * _count(words, languages["swedish"])


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
def _foreign_words() -> frozenset[str]:
    others = (known for name, known in function_words().items() if name != "swedish")
    return frozenset().union(*others)


def can_be_swedish(words: Iterable[str], is_explained: Callable[[str], bool]) -> bool:
    """Whether enough of the words that have no capital are Swedish or can be misread Swedish."""
    lower = [word for word in words if len(word) > 1 and word[0].islower()]
    return len(lower) < ENOUGH_LOWER or sum(map(is_explained, lower)) >= EXPLAINED * len(lower)


@cache
def function_words() -> dict[str, frozenset[str]]:
    """The function words of each language (`data/function_words.txt`)."""
    return words_by_kind(__package__, "function_words.txt")
