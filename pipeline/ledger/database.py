"""The database file of the ledger: its tables, and how it is opened."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from pipeline.errors import Halted, UsageError

NAME = "ledger.sqlite"
VERSION = 2
BUSY_SECONDS = 30.0  # how long to wait for somebody who reads
DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
DISK_GAVE_OUT = (
    *(sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN),
    *(sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED),
)

SCHEMA = """
CREATE TABLE files (
    path BLOB PRIMARY KEY,            -- the bytes that the system knows the file by
    size INTEGER NOT NULL,
    modified INTEGER NOT NULL,        -- nanoseconds
    looked INTEGER NOT NULL DEFAULT 0,-- when its content was last read, nanoseconds; 0: read it
    digest TEXT NOT NULL DEFAULT '',  -- SHA-256 when it was last read
    media_type TEXT NOT NULL DEFAULT '',
    code TEXT NOT NULL DEFAULT '',    -- why it isn't a document
    message TEXT NOT NULL DEFAULT '',
    run INTEGER NOT NULL,             -- the run that found it last
    gone INTEGER NOT NULL DEFAULT 0,  -- whether the last run didn't find it
    told INTEGER NOT NULL DEFAULT 0   -- whether the tables know of it as it is
) WITHOUT ROWID;
CREATE INDEX files_by_digest ON files (digest, gone, path);
CREATE TABLE documents (
    digest TEXT PRIMARY KEY,
    stage TEXT NOT NULL,              -- begun, again, done, failed
    run INTEGER NOT NULL,             -- the run that began it last
    recognition TEXT NOT NULL,        -- what its pages were read by
    extraction TEXT NOT NULL,         -- which rules its rows were made by
    limits TEXT NOT NULL,             -- JSON: what it was allowed to cost
    attempts INTEGER NOT NULL DEFAULT 0,
    failed INTEGER NOT NULL DEFAULT 0,-- how many attempts in a row ended in a failure
    code TEXT NOT NULL DEFAULT '',    -- of its first failure
    pages INTEGER NOT NULL DEFAULT 0,
    seconds REAL NOT NULL DEFAULT 0,  -- spent on reading pages
    review INTEGER NOT NULL DEFAULT 0,
    finished REAL                     -- Unix time
) WITHOUT ROWID;
CREATE TABLE sheaves (
    digest TEXT PRIMARY KEY,
    paths BLOB NOT NULL,              -- source_path as the document's text file tells it
    names TEXT NOT NULL,              -- JSON: name and organisation number of each party
    member TEXT NOT NULL,             -- JSON: what chains need to know; empty where they need nothing
    rows BLOB NOT NULL                -- packed JSON: the rows of every table
);
CREATE TABLE failures (
    digest TEXT NOT NULL, page INTEGER, stage TEXT NOT NULL, code TEXT NOT NULL, message TEXT NOT NULL
);
CREATE INDEX failures_by_digest ON failures (digest);
CREATE TABLE runs (
    run INTEGER PRIMARY KEY,
    pid INTEGER NOT NULL, host TEXT NOT NULL,
    began REAL NOT NULL, beat REAL NOT NULL,
    settings TEXT NOT NULL,           -- JSON
    recognition TEXT NOT NULL, extraction TEXT NOT NULL,
    planned INTEGER NOT NULL DEFAULT 0,
    documents INTEGER NOT NULL DEFAULT 0, pages INTEGER NOT NULL DEFAULT 0, failed INTEGER NOT NULL DEFAULT 0,
    outcome TEXT NOT NULL DEFAULT '' -- done, or why not; empty while it runs and after it was killed
);
CREATE TABLE tables (name TEXT PRIMARY KEY, size INTEGER NOT NULL, modified INTEGER NOT NULL);
CREATE VIEW ledger AS
    SELECT CAST(f.path AS TEXT) AS path, f.digest, f.size, f.modified, f.gone, d.recognition, d.extraction,
        CASE WHEN f.looked = 0 THEN 'found' WHEN f.code <> '' THEN 'refused' ELSE ifnull(d.stage, 'known')
        END AS stage,
        ifnull(d.attempts, 0) AS attempts,
        CASE WHEN f.code <> '' THEN f.code ELSE ifnull(d.code, '') END AS code,
        ifnull(d.pages, 0) AS pages, ifnull(d.seconds, 0) AS seconds, d.finished
    FROM files f LEFT JOIN documents d USING (digest);
"""


@contextmanager
def opened(folder: Path) -> Iterator[sqlite3.Connection]:
    """The ledger of an output folder, to write; made where there is none.

    Raises UsageError for a file that isn't a ledger of this version, Halted where the disk gives out.
    """
    path = folder / NAME
    with (
        _told(path),
        closing(sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level="IMMEDIATE")) as book,
    ):
        book.execute("PRAGMA journal_mode = WAL")
        book.execute("PRAGMA synchronous = NORMAL")  # a power cut may cost the last second, never the whole
        (version,) = book.execute("PRAGMA user_version").fetchone()
        if version == 0:
            book.executescript(f"BEGIN; {SCHEMA} PRAGMA user_version = {VERSION}; COMMIT")
        _check(path, version or VERSION)
        yield _able(book, folder)


@contextmanager
def look(folder: Path) -> Iterator[sqlite3.Connection]:
    """The ledger of an output folder, to read while a run may be writing. Raises UsageError.

    Where there are no texts beside it, as in a copy of the ledger alone, none is missed.
    """
    path = folder / NAME
    if not path.exists():
        raise UsageError(f"{folder}: no run has written there (there is no {NAME})")
    with _told(path), closing(sqlite3.connect(path, timeout=BUSY_SECONDS)) as book:
        book.execute("PRAGMA query_only = 1")
        (version,) = book.execute("PRAGMA user_version").fetchone()
        _check(path, version)
        yield _able(book, folder)


def _able(book: sqlite3.Connection, folder: Path) -> sqlite3.Connection:
    """The database, able to ask whether the text of a document stands in the folder."""
    texts = folder / "text"
    alone = not texts.exists()
    book.create_function("has_text", 1, lambda digest: alone or (texts / f"{digest[:16]}.json").exists())
    return book


def _check(path: Path, version: int) -> None:
    if version != VERSION:
        raise UsageError(
            f"{path}: written by another version of namnd ({version}, not {VERSION}); name another folder"
        )


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """What the disk and the file have done to SQLite, in our words."""
    try:
        yield
    except sqlite3.Error as error:
        code = (error.sqlite_errorcode or 0) & 0xFF
        if code in DAMAGED:
            advice = "move it away and run again; pages that were read are kept elsewhere"
            raise UsageError(f"{path}: the ledger is damaged ({error}); {advice}") from error
        if code in DISK_GAVE_OUT:
            raise Halted(f"{path}: {error}") from error
        raise
