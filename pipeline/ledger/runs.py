"""The runs in the ledger: who ran, under which settings, how far it came; and the counts of it all."""

import json
import os
import socket
import sqlite3
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.ledger.work import Rules
from pipeline.model import Failure


@dataclass(frozen=True, slots=True)
class Run:
    """A run as it stands: times are Unix times; `outcome` is empty while it runs and after it was killed."""

    run: int
    pid: int
    host: str
    began: float
    beat: float
    settings: dict[str, Any]
    rules: Rules
    planned: int
    documents: int
    pages: int
    failed: int
    outcome: str


@dataclass(frozen=True, slots=True)
class Tally:
    """How an archive stands. `failures` counts files and pages by code, `failed` documents and files."""

    files: int
    documents: int
    pages: int
    review: int
    failed: int
    gone: int
    failures: dict[str, int]


def start(book: sqlite3.Connection, rules: Rules, settings: Mapping[str, Any]) -> int:
    """Enter a new run and tell its number."""
    now = time.time()
    told = json.dumps({"settings": settings, "limits": rules.limits}, default=str)
    cursor = book.execute(
        """INSERT INTO runs (pid, host, began, beat, settings, recognition, extraction)
        VALUES (?, ?, ?, ?, ?, ?, ?)""",
        (os.getpid(), socket.gethostname(), now, now, told, rules.recognition, rules.extraction),
    )
    book.commit()
    return int(cursor.lastrowid or 0)


def beat(book: sqlite3.Connection, run: int, planned: int, documents: int, pages: int, failed: int) -> None:
    """Make sure of all that was entered, and tell how far the run has come."""
    book.execute(
        "UPDATE runs SET beat = ?, planned = ?, documents = ?, pages = ?, failed = ? WHERE run = ?",
        (time.time(), planned, documents, pages, failed, run),
    )
    book.commit()


def stop(book: sqlite3.Connection, run: int, outcome: str) -> None:
    """Enter how a run ended."""
    book.execute("UPDATE runs SET beat = ?, outcome = ? WHERE run = ?", (time.time(), outcome, run))
    book.commit()


def last(book: sqlite3.Connection) -> Run | None:
    """The last run."""
    query = "SELECT * FROM runs ORDER BY run DESC LIMIT 1"
    cursor = book.execute(query)
    row = cursor.fetchone()
    if row is None:
        return None
    values = dict(zip([column for column, *_ in cursor.description], row, strict=True))
    said = json.loads(values.pop("settings"))
    rules = Rules(values.pop("recognition"), values.pop("extraction"), **said["limits"])
    return Run(settings=said["settings"], rules=rules, **values)


def tally(book: sqlite3.Connection) -> Tally:
    """The counts of an archive, those of files that are gone included as long as their rows are."""
    files, refused, gone = book.execute("SELECT count(*), sum(code <> ''), sum(gone) FROM files").fetchone()
    documents, pages, review = book.execute(
        "SELECT count(*), sum(pages), sum(review) FROM documents JOIN sheaves USING (digest)"
    ).fetchone()
    (failed,) = book.execute("SELECT count(*) FROM documents WHERE code <> ''").fetchone()
    codes = "SELECT code FROM failures UNION ALL SELECT code FROM files WHERE code <> ''"
    failures = dict(book.execute(f"SELECT code, count(*) FROM ({codes}) GROUP BY code ORDER BY code"))
    return Tally(files, documents, pages or 0, review or 0, failed + (refused or 0), gone or 0, failures)


def standing(book: sqlite3.Connection, run: int, most: int) -> list[Failure]:
    """Failures of earlier runs that this run has left as they are, in order of path, at most so many."""
    query = """
        SELECT path, digest, page, stage, code, message FROM (
            SELECT (SELECT path FROM files WHERE digest = x.digest ORDER BY gone, path LIMIT 1) AS path,
                substr(digest, 1, 16) AS digest, x.page, x.stage, x.code, x.message
            FROM failures x JOIN documents d USING (digest) WHERE d.run <> :run
            UNION ALL SELECT path, '', NULL, 'read', code, message FROM files
            WHERE code <> '' AND looked < (SELECT began * 1e9 FROM runs WHERE run = :run))
        WHERE path NOT NULL ORDER BY path, page LIMIT :most"""
    rows = book.execute(query, {"run": run, "most": most})
    return [Failure(os.fsdecode(path), *values) for path, *values in rows]


def mark(book: sqlite3.Connection, paths: list[Path]) -> None:
    """Enter that the tables stand under their names and tell all that the ledger knows."""
    book.execute("UPDATE files SET told = 1 WHERE told = 0")
    book.execute("DELETE FROM tables")
    for path in paths:
        about = path.stat()
        book.execute("INSERT INTO tables VALUES (?, ?, ?)", (path.name, about.st_size, about.st_mtime_ns))
    book.commit()


def told(book: sqlite3.Connection, folder: Path) -> bool:
    """Whether the tables tell all that the ledger knows, and nobody has touched them since."""
    if book.execute("SELECT 1 FROM files WHERE told = 0 LIMIT 1").fetchone():
        return False
    kept = book.execute("SELECT name, size, modified FROM tables").fetchall()
    for name, size, modified in kept:
        try:
            about = (folder / name).stat()
        except OSError:
            return False
        if (about.st_size, about.st_mtime_ns) != (size, modified):
            return False
    return bool(kept)
