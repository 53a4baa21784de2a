"""Look at the bytes of a PDF before any parser does: how many objects, how deep, how much they unpack to.

A first line against files that are small on disk and large in memory; behind it stands the limit on memory,
which also meets what this reader of bytes can't see: contents that are encrypted, or packed by other means
than deflate. What lies between two streams is read, streams are skipped, and only those are unpacked, for
counting, that could break a limit. So a large sound file costs little.
"""

import mmap
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import TooLarge
from pipeline.settings import Recognition

_RATIO = 1032
"""How many bytes one deflated byte can become at most (zlib's technical notes)."""

_WINDOW = 8 << 20  # bytes looked at in one go, and then let go of
_CHUNK = 1 << 20
_MADE = 1 << 16  # bytes unpacked in one go: so many are lost to the count where a stream breaks
_HEAD = 4096  # bytes before a stream that its dictionary is looked for in
_KEYWORD, _END = b"stream", b"endstream"
_LENGTH = re.compile(rb"/Length\s+(\d{1,12})(?!\s+\d+\s+R|\d)")
_NUMBER = re.compile(rb"/N\s+(\d{1,12})")
_DEFLATED = re.compile(rb"/(?:FlateDecode|Fl)\b")
_PICTURE = re.compile(rb"/Subtype\s*/Image\b")
_BRACKETS = re.compile(rb"\((?:[^()\\]|\\.)*\)|<<|>>|[\[\]]", re.DOTALL)
_LEAST_OF_AN_OBJECT = 4  # bytes of a packed object: its number, its place, two blanks


def check(path: Path, limits: Recognition) -> None:
    """Raises TooLarge for a PDF that is beyond `max_objects`, `max_depth` or `max_unpacked`."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        look = _Look(_Bytes(data), limits)
        for begin, end, body, after in _streams(look.data):
            for place in range(begin, end, _WINDOW):
                look.plain(look.data.cut(place, min(end, place + _WINDOW)))
            if after > body:
                look.stream(body, after)


@dataclass
class _Bytes:
    """A mapped file of which only what is being looked at stays in memory."""

    data: mmap.mmap
    held: int = 0

    def __len__(self) -> int:
        return len(self.data)

    def cut(self, begin: int, end: int) -> bytes:
        self._let_go(begin)
        return self.data[begin:end]

    def find(self, what: bytes, begin: int) -> int:
        """Where it stands next; the end of the file where it doesn't."""
        for place in range(begin, len(self.data), _WINDOW):
            self._let_go(place)
            found = self.data.find(what, place, place + _WINDOW + len(what))
            if found >= 0:
                return found
        return len(self.data)

    def _let_go(self, before: int) -> None:
        """Have the system take back the memory of what was looked at, now and then."""
        if before - self.held > _WINDOW:
            self.held = before - before % mmap.PAGESIZE
            self.data.madvise(mmap.MADV_DONTNEED, 0, self.held)


def _streams(data: _Bytes) -> Iterator[tuple[int, int, int, int]]:
    """Where what lies before a stream begins and ends, and where the stream does; the last is empty."""
    begin = at = 0
    while (keyword := data.find(_KEYWORD, at)) < len(data):
        at = keyword + len(_KEYWORD)
        around = data.cut(max(begin, keyword - 8), at + 2)
        before, _, after = around.rpartition(_KEYWORD)
        if not before.rstrip().endswith(b">>") or after[:1] not in (b"\r", b"\n", b" "):
            continue
        body = at + (2 if after == b"\r\n" else 1)
        end = _end(data, data.cut(max(begin, keyword - _HEAD), keyword), body)
        yield begin, keyword, body, end
        begin = at = end + len(_END)
    if begin < len(data):
        yield begin, len(data), len(data), len(data)


def _end(data: _Bytes, before: bytes, body: int) -> int:
    """Where a stream ends: where it says so, if that is so, else at the next word that says so."""
    said = _LENGTH.search(before, before.rfind(b"obj") + 1)
    end = body + int(said[1]) if said else len(data)
    if end < len(data) and data.cut(end, end + 16).lstrip().startswith(_END):
        return end
    return data.find(_END, body)


@dataclass
class _Look:
    """What was seen so far."""

    data: _Bytes
    limits: Recognition
    objects: int = 0
    last: bytes = b""

    def plain(self, part: bytes) -> None:
        """Count the objects of a stretch between streams, and how deep each is."""
        self.last = (self.last + part)[-_HEAD:]
        self._more(part.count(b"obj") - part.count(b"endobj"))
        for one in part.split(b"endobj"):
            if len(one) > self.limits.max_depth and _opened(one) > self.limits.max_depth:
                self._deep([one])

    def stream(self, body: int, end: int) -> None:
        """Count what a stream holds; its dictionary is what came last."""
        about = self.last[self.last.rfind(b"obj") + 1 :]
        times = len(_DEFLATED.findall(about))
        if times == 1 and _PICTURE.search(about):  # which never unpacks to more dots than it says
            return
        objects = _NUMBER.search(about) if b"/ObjStm" in about else None
        if not objects and (end - body) * _RATIO**times <= self.limits.max_unpacked:
            return
        chunks: Iterable[bytes] = (
            self.data.cut(at, min(end, at + _CHUNK)) for at in range(body, end, _CHUNK)
        )
        for _ in range(times):
            chunks = self._unpacked(chunks)
        if objects:
            unpacked = self._deep(chunks) if times else end - body
            self._more(min(int(objects[1]), unpacked // _LEAST_OF_AN_OBJECT))
        elif times:
            for _ in chunks:
                pass

    def _more(self, objects: int) -> None:
        self.objects += objects
        if self.objects > self.limits.max_objects:
            raise TooLarge(f"more objects than max_objects, {self.limits.max_objects}")

    def _unpacked(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        """A deflated stream in the clear, as far as it is sound."""
        unpacker, size = zlib.decompressobj(), 0
        try:
            for chunk in chunks:
                left = chunk
                while left and not unpacker.eof:
                    made = unpacker.decompress(left, _MADE)
                    size += len(made)
                    if size > self.limits.max_unpacked:
                        told = f"a stream unpacks to more than max_unpacked, {self.limits.max_unpacked} bytes"
                        raise TooLarge(told)
                    yield made
                    left = unpacker.unconsumed_tail
        except zlib.error:  # broken or encrypted
            return

    def _deep(self, parts: Iterable[bytes]) -> int:
        """Raise TooLarge where brackets nest too deep; tells how many bytes that were."""
        depth = size = 0
        for part in parts:
            size += len(part)
            if _opened(part) + depth <= self.limits.max_depth:
                continue
            for bracket in _BRACKETS.finditer(part):
                depth += {b"[": 1, b"<<": 1, b"]": -1, b">>": -1}.get(bracket[0], 0)
                if depth > self.limits.max_depth:
                    raise TooLarge(f"objects nest deeper than max_depth, {self.limits.max_depth}")
                depth = max(depth, 0)
        return size


def _opened(part: bytes) -> int:
    return part.count(b"[") + part.count(b"<<")
