"""The file form of the lexicon's tables: named arrays in one file, mapped into memory as they are.

A file is a JSON line padded with blanks to a multiple of eight bytes, then the arrays, each padded likewise.
The line lists for each array its name, its type as in `struct` and how many numbers it has. Numbers are
little-endian. Nothing is read before it is looked at, and processes that open the same file share its pages.
"""

import json
import mmap
import sys
from array import array
from collections.abc import Mapping
from pathlib import Path

DATA = Path(__file__).parent / "data"
ALIGNED = 8


def packed(sections: Mapping[str, "array[int]"]) -> bytes:
    """The arrays as bytes of a file; the same arrays give the same bytes on every machine."""
    header = json.dumps([[name, numbers.typecode, len(numbers)] for name, numbers in sections.items()])
    return b"".join(_padded(piece) for piece in (header.encode() + b"\n", *map(_little, sections.values())))


def written(path: Path, sections: Mapping[str, "array[int]"]) -> None:
    """Put a file in place at once: a process that has the old one mapped keeps it."""
    new = path.with_suffix(".new")
    new.write_bytes(packed(sections))
    new.replace(path)


def opened(name: str) -> dict[str, memoryview]:
    """The arrays of a data file of this package, by name; read only."""
    with (DATA / name).open("rb") as file:
        whole = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    return unpacked(whole)


def unpacked(whole: memoryview) -> dict[str, memoryview]:
    """The arrays in the bytes of a file. Raises ValueError where the machine's numbers are big-endian."""
    if sys.byteorder != "little":
        raise ValueError("the lexicon's tables need a little-endian machine")
    at = bytes(whole[:4096]).index(b"\n") + 1
    found = {}
    listed = json.loads(bytes(whole[:at]))
    for name, kind, count in listed:
        at += -at % ALIGNED
        size = count * array(kind).itemsize
        found[name] = whole[at : at + size].cast(kind)
        at += size
    return found


def _padded(piece: bytes) -> bytes:
    return piece + b" " * (-len(piece) % ALIGNED)


def _little(numbers: "array[int]") -> bytes:
    if sys.byteorder == "big":
        numbers = array(numbers.typecode, numbers)
        numbers.byteswap()
    return numbers.tobytes()
