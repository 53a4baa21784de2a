"""Write a run to its folder: page texts as documents arrive, tables at the end."""

import json
import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import pandas as pd

from pipeline.columns import TABLES, Table
from pipeline.flow import Result
from pipeline.settings import Settings
from pipeline.tables import Row, Rows
from pipeline.write.datapackage import datapackage
from pipeline.write.texts import text_json

TEXT_FILE = re.compile(r"[0-9a-f]{16}\.json")


class OutputFolder:
    """The folder that a run fills; nothing else in it is touched."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.texts = path / "text"
        self.texts.mkdir(parents=True, exist_ok=True)

    def write_text(self, result: Result) -> None:
        """Write `text/DOC_ID.json` of one document."""
        if result.reading is not None:
            write_aside(self.texts / f"{result.source.doc_id}.json", text_json(result))

    def write_tables(self, rows: Rows, settings: Settings) -> None:
        """Write every table and `datapackage.json`, and drop page texts of documents that are gone."""
        for name, table in TABLES.items():
            write_aside(self.path / f"{name}.csv", csv_text(table, rows.get(name, [])))
        write_aside(self.path / "datapackage.json", _json(datapackage(settings)))
        self._drop_stale({row["doc_id"] for row in rows.get("documents", [])})

    def _drop_stale(self, doc_ids: set[str]) -> None:
        for path in self.texts.iterdir():
            if TEXT_FILE.fullmatch(path.name) and path.stem not in doc_ids:
                path.unlink()


def csv_text(table: Table, rows: Iterable[Row]) -> str:
    """One table as CSV: UTF-8, comma, line feed, RFC 4180 quoting, with a header row."""
    frame = pd.DataFrame(list(rows), columns=list(table.header), dtype="string")
    return str(frame.to_csv(index=False, lineterminator="\n"))


def write_aside(path: Path, text: str) -> None:
    """Write a file under another name on the same disk, then rename it."""
    aside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with aside.open("w", encoding="utf-8", newline="", errors="backslashreplace") as file:
            file.write(text)
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)


def _json(value: Mapping[str, object]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
