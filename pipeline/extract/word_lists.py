"""The data files of this package, so that its modules need only name them."""

from pipeline import word_lists


def data_lines(name: str) -> tuple[str, ...]:
    """The lines of `data/NAME`, comments and empty lines left out."""
    return word_lists.data_lines(__package__, name)


def data_rows(name: str) -> tuple[tuple[str, ...], ...]:
    """The same, each line parted at its tabs."""
    return word_lists.data_rows(__package__, name)


def words_of(name: str, kind: str) -> tuple[str, ...]:
    """The words of one kind in a file whose rows are a kind and a word."""
    return tuple(word for which, word in data_rows(name) if which == kind)
