"""The data files of this package: a line or a row of cells each, `#` before what is said about them."""

from importlib import resources


def data_lines(name: str) -> tuple[str, ...]:
    """The lines of `data/NAME`, comments and empty lines left out."""
    text = resources.files(__package__).joinpath(f"data/{name}").read_text(encoding="utf-8")
    return tuple(line for line in text.splitlines() if line and not line.startswith("#"))


def data_rows(name: str) -> tuple[tuple[str, ...], ...]:
    """The same, each line parted at its tabs."""
    return tuple(tuple(line.split("\t")) for line in data_lines(name))


def words_of(name: str, kind: str) -> tuple[str, ...]:
    """The words of one kind in a file whose rows are a kind and a word."""
    return tuple(word for which, word in data_rows(name) if which == kind)
