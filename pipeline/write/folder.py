"""Write a run to its folder: page texts as documents arrive, tables at the end."""

import importlib
import json
import os
import re
import threading
import zlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from pipeline.columns import TABLES, Table
from pipeline.settings import Settings
from pipeline.tables import Row, Rows
from pipeline.write.datapackage import datapackage

TEXT_FILE = re.compile(r"[0-9a-f]{16}\.json")
CHUNK = 1 << 20


class OutputFolder:
    """The folder that a run fills; nothing else in it is touched."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.texts = path / "text"
        self.texts.mkdir(parents=True, exist_ok=True)

    def write_text(self, doc_id: str, packed: bytes) -> None:
        """Write `text/DOC_ID.json` of one document from what `packed_text` made."""
        write_aside(self.texts / f"{doc_id}.json", _unpacked(packed))

    def write_tables(self, rows: Rows, settings: Settings) -> None:
        """Write every table and `datapackage.json`, and drop page texts of documents that are gone."""
        for name, table in TABLES.items():
            _write(self.path / f"{name}.csv", csv_text(table, rows.get(name, [])))
        _write(self.path / "datapackage.json", _json(datapackage(settings)))
        self._drop_stale({row["doc_id"] for row in rows.get("documents", [])})

    def _drop_stale(self, doc_ids: set[str]) -> None:
        for path in self.texts.iterdir():
            if TEXT_FILE.fullmatch(path.name) and path.stem not in doc_ids:
                path.unlink()


def get_ready() -> None:
    """Load pandas, which takes longer than a page takes to read, while the workers are busy."""
    threading.Thread(target=importlib.import_module, args=("pandas",), daemon=True).start()


def csv_text(table: Table, rows: Iterable[Row]) -> str:
    """One table as CSV: UTF-8, comma, line feed, RFC 4180 quoting, with a header row."""
    import pandas as pd

    frame = pd.DataFrame(list(rows), columns=list(table.header), dtype="string")
    return str(frame.to_csv(index=False, lineterminator="\n"))


def write_aside(path: Path, chunks: Iterable[bytes]) -> None:
    """Write a file under another name on the same disk, then rename it."""
    aside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with aside.open("wb") as file:
            file.writelines(chunks)
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)


def _write(path: Path, text: str) -> None:
    write_aside(path, [text.encode(errors="backslashreplace")])


def _unpacked(packed: bytes) -> Iterator[bytes]:
    unpacker = zlib.decompressobj()
    while not unpacker.eof:
        yield unpacker.decompress(packed, CHUNK)
        packed = unpacker.unconsumed_tail


def _json(value: Mapping[str, object]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
