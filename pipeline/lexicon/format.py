"""The file form of the frequency tables: words grouped by rounded log frequency.

A table is xz-compressed UTF-8. Each line is `CLASS<tab>word word word`, where CLASS is -10·log10 of the
words' probability, rounded. One line a class keeps the file small and makes loading one pass of
`dict.fromkeys`, which takes a tenth of a second for 300 000 words.
"""

import lzma
from collections.abc import Mapping
from importlib.resources import files
from math import log10

STEP = 10.0


def packed(probabilities: Mapping[str, float]) -> bytes:
    """The table as bytes; the same probabilities give the same bytes."""
    classes: dict[int, list[str]] = {}
    for word in sorted(probabilities):
        classes.setdefault(round(-STEP * log10(probabilities[word])), []).append(word)
    lines = (f"{level}\t{' '.join(classes[level])}\n" for level in sorted(classes))
    return lzma.compress("".join(lines).encode(), preset=9 | lzma.PRESET_EXTREME)


def loaded(name: str) -> dict[str, float]:
    """Log10 probability by word, from a data file of this package."""
    table: dict[str, float] = {}
    packed_lines = files(__package__).joinpath("data").joinpath(name).read_bytes()
    for line in lzma.decompress(packed_lines).decode().splitlines():
        level, words = line.split("\t")
        table.update(dict.fromkeys(words.split(" "), -int(level) / STEP))
    return table
