"""An archive that means harm: broken and hostile files, damaged copies of them, names that are traps.

Everything comes from a seed. What is expected of a reader is told beside it: the files that it has to account
for, and what it must leave alone.
"""

import os
import re
import shutil
import socket
import stat
import string
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

NUMBER = "640823-3234"
"""A personal number (invented, its check digit is right) that stands in names and texts."""

WORD = "Kvastefjordslund"
"""A word that stands in texts and nowhere else."""

SMALL, FEW = 40_000, 2  # bytes and pages of what damaged copies are made of
NAME_MAX = 255
_OBJECT = re.compile(rb"\d+ \d+ obj\b.*?endobj\s*", re.DOTALL)
_PAGE = re.compile(rb"/Type\s*/Page\b")
_LENGTH = re.compile(rb"/Length \d+")
_FIGURES = re.compile(rb"(?<![\d.])\d{1,10}(?![\d.])")
_ODD = (b"0", b"-1", b"99999999999999999999", b"2147483647", b"4294967295", b"65536", b"1e9", b"0.0000001")
Change = Callable[[bytes, bytes, Random], bytes]


@dataclass(frozen=True)
class Made:
    """`files` are the paths of which an account is due; `secrets` stand in files that nobody should read."""

    folder: Path
    files: set[bytes] = field(default_factory=set)
    kinds: dict[str, int] = field(default_factory=dict)
    secrets: tuple[bytes, ...] = ()


def fill(
    place: Path, originals: Mapping[str, bytes], count: int, dice: Random, whole: Sequence[str] = ()
) -> Made:
    """Files in `place/archive`: the originals, then so many damaged copies that there are `count` files, then
    traps, whose bait lies in `place/outside`. Those in `whole` aren't damaged."""
    made = Made(place / "archive", secrets=(b"hemligt utanvid",))
    made.folder.mkdir()
    for name, data in originals.items():
        _put(made, made.folder / "originals", os.fsencode(name), data)
    made.kinds["originals"] = len(made.files)
    small = {name: data for name, data in originals.items() if _is_quick(data) and name not in whole}
    names = _names(dice)
    while len(made.files) < count:
        kind = dice.choice(list(CHANGES))
        name, other = dice.choice(list(small)), dice.choice(list(small))
        data = CHANGES[kind](small[name], small[other], dice)
        suffix = os.fsencode(Path(name).suffix)
        _put(made, made.folder / kind, next(names)[: NAME_MAX - len(suffix)] + suffix, data)
        made.kinds[kind] = made.kinds.get(kind, 0) + 1
    _trap(made, place / "outside")
    return made


def _is_quick(data: bytes) -> bool:
    """Whether a file is small and has few pages: a damaged copy is to cost its damage, not its reading."""
    return len(data) <= SMALL and len(_PAGE.findall(data)) <= FEW


def _put(made: Made, folder: Path, name: bytes, data: bytes) -> None:
    folder.mkdir(exist_ok=True)
    path = os.path.join(os.fsencode(folder), name)  # noqa: PTH118
    with open(path, "wb") as file:  # noqa: PTH123
        file.write(data)
    made.files.add(path)


def _names(dice: Random) -> Iterator[bytes]:
    """Names that are plain, and such that are orders to a shell, a terminal, a spreadsheet or a program."""
    number = 0
    while True:
        number += 1
        tag = b"%05d" % number
        yield tag
        yield from (
            b"-" + tag,
            b"--settings=" + tag,
            b"-rf " + tag,
            b"rad\n\r" + tag,
            b"a..\\..\\" + tag,
            b"a..%2f..%2fetc%2fpasswd " + tag,
            b"\xff\xfe\xe5\x80" + tag,
            b"$(touch pwned);`id`|&" + tag,
            b"'\"<script>" + tag,
            b"=cmd|' " + tag,
            b"\x1b[2J\x1b]0;x\x07" + tag,
            "\N{RIGHT-TO-LEFT OVERRIDE}fdp.".encode() + tag,
            b"%s%n%s " + tag,
            b"{0.__class__} " + tag,
            b"[red]" + tag,
            f"Anna Ek {NUMBER} ".encode() + tag,
            f"{NUMBER.replace('-', '')}_19{NUMBER}_".encode() + tag,
            tag + b"x" * (NAME_MAX - 10),
            tag + bytes(dice.choice(string.printable.replace("/", "").encode()) for _ in range(20)),
        )


def _flipped(data: bytes, _: bytes, dice: Random) -> bytes:
    changed = bytearray(data)
    for _time in range(dice.choice((1, 3, 10, 50)) if data else 0):
        changed[dice.randrange(len(changed))] = dice.randrange(256)
    return bytes(changed)


def _cut(data: bytes, _: bytes, dice: Random) -> bytes:
    return data[: dice.randrange(len(data) + 1)]


def _spliced(data: bytes, other: bytes, dice: Random) -> bytes:
    return data[: dice.randrange(len(data) + 1)] + other[dice.randrange(len(other) + 1) :]


def _headed(data: bytes, other: bytes, dice: Random) -> bytes:
    size = dice.choice((4, 8, 64, 1024))
    return other[:size] + data[size:]


def _doubled(data: bytes, _: bytes, dice: Random) -> bytes:
    found = list(_OBJECT.finditer(data))
    if not found:
        return data * 2
    chosen, place = dice.choice(found), dice.choice(found).start()
    return data[:place] + chosen[0] * dice.choice((1, 100)) + data[place:]


def _dropped(data: bytes, _: bytes, dice: Random) -> bytes:
    found = list(_OBJECT.finditer(data))
    if not found:
        return data[1:]
    chosen = dice.choice(found)
    return data[: chosen.start()] + data[chosen.end() :]


def _relengthened(data: bytes, other: bytes, dice: Random) -> bytes:
    if not _LENGTH.search(data):
        return _renumbered(data, other, dice)
    return _LENGTH.sub(lambda _: b"/Length " + dice.choice(_ODD), data)


def _renumbered(data: bytes, _: bytes, dice: Random) -> bytes:
    share = dice.choice((0.001, 0.01, 0.1))
    return _FIGURES.sub(lambda found: dice.choice(_ODD) if dice.random() < share else found[0], data)


def _nested(data: bytes, _: bytes, dice: Random) -> bytes:
    begin, end = dice.choice(((b"[", b"]"), (b"<< /A ", b" >>"), (b"(", b")"), (b"q ", b"Q ")))
    depth, place = dice.choice((50, 5_000, 50_000)), dice.randrange(len(data) + 1)
    return data[:place] + begin * depth + end * dice.choice((0, depth)) + data[place:]


def _swollen(data: bytes, _: bytes, dice: Random) -> bytes:
    place = dice.randrange(len(data) + 1)
    some = data[place : place + dice.choice((1, 20, 1000))] or b"\0"
    return data[:place] + some * (100_000 // len(some)) + data[place:]


CHANGES: dict[str, Change] = {
    "bytes flipped": _flipped,
    "cut off": _cut,
    "two spliced": _spliced,
    "heads swapped": _headed,
    "objects doubled": _doubled,
    "objects dropped": _dropped,
    "lengths changed": _relengthened,
    "numbers made huge": _renumbered,
    "nested deep": _nested,
    "parts repeated": _swollen,
}


def _trap(made: Made, outside: Path) -> None:
    """What isn't to be read, and ways out of the archive; one link that stays inside, which is a file."""
    outside.mkdir()
    (outside / "bait.txt").write_bytes(made.secrets[0])
    folder = made.folder / "traps"
    folder.mkdir()
    inside = made.folder / "originals"
    first = sorted(path for path in inside.iterdir() if path.suffix == ".txt" and path.stat().st_size)[0]
    for name, target in {
        "out.txt": outside / "bait.txt",
        "passwd.txt": Path("/etc/passwd"),
        "folder out": outside,
        "itself.txt": folder / "itself.txt",
        "nowhere.txt": folder / "isn't",
        "up": made.folder,
        "inside.txt": first,
    }.items():
        (folder / name).symlink_to(target)
    made.files.add(os.fsencode(folder / "inside.txt"))
    os.mkfifo(folder / "pipe.txt")
    with suppress(OSError):  # only root may
        os.mknod(folder / "zero.txt", stat.S_IFCHR | 0o666, os.makedev(1, 5))
    with socket.socket(socket.AF_UNIX) as bound, _within(folder):
        bound.bind("socket.txt")
    with _within(folder):  # a path longer than the system takes
        for _ in range(25):
            Path("d" * 200).mkdir()
            os.chdir("d" * 200)
        Path("far.txt").write_bytes(made.secrets[0])


@contextmanager
def _within(folder: Path) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


def remove(place: Path) -> None:
    """Remove a folder, however deep."""
    shutil.rmtree(place)
