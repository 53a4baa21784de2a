"""The data files of a package: a line, a row of cells, or words each; `#` before what is said about them."""

from importlib import resources


def data_lines(package: str, name: str) -> tuple[str, ...]:
    """The lines of `data/NAME` in a package, comments and empty lines left out."""
    text = resources.files(package).joinpath(f"data/{name}").read_text(encoding="utf-8")
    return tuple(line for line in text.splitlines() if line and not line.startswith("#"))


def data_rows(package: str, name: str) -> tuple[tuple[str, ...], ...]:
    """The same, each line parted at its tabs."""
    return tuple(tuple(line.split("\t")) for line in data_lines(package, name))


def data_words(package: str, name: str) -> frozenset[str]:
    """The words of a file, however many stand in a line."""
    return frozenset(word for line in data_lines(package, name) for word in line.split())


def words_by_kind(package: str, name: str) -> dict[str, frozenset[str]]:
    """The words of a file whose lines are a kind and words of it."""
    found: dict[str, set[str]] = {}
    for line in data_lines(package, name):
        kind, *words = line.split()
        found.setdefault(kind, set()).update(words)
    return {kind: frozenset(words) for kind, words in found.items()}
