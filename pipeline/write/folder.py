"""Write a run to its folder: page texts as documents arrive, tables at the end, row by row.

Half a table never stands under its name: it is written aside, made sure of, and renamed. What a killed run
has left aside is swept away by the next.
"""

import csv
import json
import os
import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from pipeline.columns import TABLES
from pipeline.errors import Halted
from pipeline.settings import Settings
from pipeline.tables import Row
from pipeline.write.datapackage import datapackage
from pipeline.write.texts import head

TEXT_FILE = re.compile(r"[0-9a-f]{16}\.json")
ASIDE = re.compile(r"\..+\.part")
CHUNK = 1 << 20
_LINE_END = "\r\n"


class OutputFolder:
    """The folder that a run fills; nothing else in it is touched.

    Every method raises Halted where the disk gives out.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.texts = path / "text"
        self._unsure: list[Path] = []
        with _disk(path):
            self.texts.mkdir(parents=True, exist_ok=True)

    def sweep(self) -> None:
        """Remove what a run that was killed has left aside."""
        for folder in (self.path, self.texts):
            for path in folder.iterdir():
                if ASIDE.fullmatch(path.name):
                    path.unlink()

    def write_text(self, doc_id: str, packed: bytes) -> None:
        """Write `text/DOC_ID.json` of a document from what `packed_text` made; `settle` makes sure of it."""
        self._write_text(self.texts / f"{doc_id}.json", _unpacked(packed))

    def retell(self, doc_id: str, source_path: str) -> None:
        """Tell in the text of a document where its files lie now."""
        path = self.texts / f"{doc_id}.json"
        with _disk(path), path.open("rb") as file:
            file.readline()
            rest = iter(lambda: file.read(CHUNK), b"")
            self._write_text(
                path, _chained(head(doc_id, source_path).encode(errors="backslashreplace"), rest)
            )

    def _write_text(self, path: Path, chunks: Iterable[bytes]) -> None:
        with _disk(path), _aside(path) as aside:
            with aside.open("wb") as file:
                file.writelines(chunks)
            aside.replace(path)
        self._unsure.append(path)

    def settle(self) -> None:
        """Make sure that the texts written so far outlive a power cut."""
        with _disk(self.texts):
            for path in self._unsure:
                _sync(path)
            if self._unsure:
                _sync(self.texts)
        self._unsure.clear()

    def write_tables(self, rows: Iterable[tuple[str, Row]], settings: Settings) -> list[Path]:
        """Write every table and `datapackage.json` in one pass over table and row; tells what was written.

        All tables are whole before the first of them takes its name.
        """
        paths = [self.path / f"{name}.csv" for name in TABLES]
        package = self.path / "datapackage.json"
        with _disk(self.path), ExitStack() as stack:
            asides = [stack.enter_context(_aside(path)) for path in (*paths, package)]
            _fill(dict(zip(TABLES, asides, strict=False)), rows)
            asides[-1].write_text(_json(datapackage(settings)), encoding="utf-8")
            for aside in asides:
                _sync(aside)
            for aside, path in zip(asides, (*paths, package), strict=True):
                aside.replace(path)
            _sync(self.path)
        return [*paths, package]

    def drop_texts(self, known: Callable[[str], bool]) -> None:
        """Remove page texts of documents that aren't known any more."""
        for path in self.texts.iterdir():
            if TEXT_FILE.fullmatch(path.name) and not known(path.stem):
                path.unlink()


def _fill(places: Mapping[str, Path], rows: Iterable[tuple[str, Row]]) -> None:
    """CSV: UTF-8, comma, line feed, RFC 4180 quoting, with a header row."""
    with ExitStack() as stack:
        writers = {}
        for name, path in places.items():
            writers[name] = csv.writer(_Lines(stack.enter_context(_opened(path))), lineterminator=_LINE_END)
            writers[name].writerow(TABLES[name].header)
        for name, row in rows:
            writers[name].writerow(row.values())


@dataclass(frozen=True, slots=True)
class _Lines:
    """Ends each line by a line feed alone. The writer quotes only what its own line end has, and a carriage
    return in a file's name would end a row for whoever reads the table."""

    file: TextIO

    def write(self, line: str) -> int:
        return self.file.write(line.removesuffix(_LINE_END) + "\n")


def _opened(path: Path) -> TextIO:
    return path.open("w", encoding="utf-8", errors="backslashreplace", newline="")


@contextmanager
def _aside(path: Path) -> Iterator[Path]:
    """Another name on the same disk, to be renamed; what is left there when the block ends is removed."""
    aside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        yield aside
    finally:
        aside.unlink(missing_ok=True)


@contextmanager
def _disk(path: Path) -> Iterator[None]:
    """A disk that gives out is nobody's document's fault."""
    try:
        yield
    except OSError as error:
        raise Halted(f"{path}: {error.strerror or type(error).__name__}") from error


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _unpacked(packed: bytes) -> Iterator[bytes]:
    unpacker = zlib.decompressobj()
    while not unpacker.eof:
        yield unpacker.decompress(packed, CHUNK)
        packed = unpacker.unconsumed_tail


def _chained(first: bytes, rest: Iterable[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


def _json(value: Mapping[str, object]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
