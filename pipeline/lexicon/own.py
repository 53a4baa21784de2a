"""Names and short words from the lists in `data/` and from tagged news. Not needed at run time."""

from collections.abc import Iterator
from pathlib import Path

from pipeline.lexicon.statutes import news

DATA = Path(__file__).parent / "data"
LEAST_SURNAME = 6
LEAST_NEWS_NAME = 4
NAMES = frozenset({"PER", "LOC", "ORG"})


def short_words() -> Iterator[str]:
    """Words and names of two or three letters (`data/short.txt`)."""
    for words in _listed("short.txt").values():
        yield from words


def given_names() -> Iterator[str]:
    """First names and common surnames (`data/names.txt`), with their genitives."""
    for names in _listed("names.txt").values():
        yield from _with_genitives(names)


def two_part_surnames() -> Iterator[str]:
    """Names such as `Cederlöf`, as most Swedish surnames are that aren't in -son (`data/surnames.txt`)."""
    listed = _listed("surnames.txt")
    for first in listed["first"]:
        yield from (first + last for last in listed["last"] if len(first + last) >= LEAST_SURNAME)


def news_names(path: Path) -> Iterator[str]:
    """What is tagged as the name of a person, place or body in the news."""
    for sentence in news(path):
        for word, tag in sentence:
            if tag in NAMES and len(word) >= LEAST_NEWS_NAME and word.isalpha() and word.istitle():
                yield from _with_genitives([word.lower()])


def _with_genitives(names: list[str]) -> Iterator[str]:
    for name in names:
        if all(ord(letter) < 256 for letter in name):
            yield name
            if not name.endswith(("s", "x", "z")):
                yield name + "s"


def _listed(name: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in (DATA / name).read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            kind, _, words = line.partition(": ")
            found.setdefault(kind, []).extend(words.lower().split())
    return found
