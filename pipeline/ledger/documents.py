"""The documents of an archive in the ledger: begun, finished, and what they give to the tables."""

import json
import os
import sqlite3
import time
from dataclasses import dataclass

from pipeline.ledger.work import Rules, is_stale
from pipeline.model import Failure


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of a finished document: counts, and its rows, packed as their maker alone can read them.

    `paths` is the source_path that its text file tells. A document without `rows` gave none.
    """

    digest: str
    pages: int
    seconds: float
    review: bool
    failures: tuple[Failure, ...]
    paths: str
    names: str
    member: str
    rows: bytes


def begin(book: sqlite3.Connection, digest: str, rules: Rules, run: int) -> bool:
    """Enter that a document is worked on; False where it needn't be, or is already."""
    if not is_stale(book, digest, rules, run):
        return False
    book.execute(
        """
        INSERT INTO documents (digest, stage, run, recognition, extraction, limits, attempts)
        VALUES (?, 'begun', ?, ?, ?, ?, 1)
        ON CONFLICT (digest) DO UPDATE SET
            failed = CASE WHEN recognition = excluded.recognition AND extraction = excluded.extraction
                AND stage <> 'again' THEN failed ELSE 0 END,
            stage = 'begun', run = excluded.run, recognition = excluded.recognition,
            extraction = excluded.extraction, limits = excluded.limits, attempts = attempts + 1
        """,
        (digest, run, rules.recognition, rules.extraction, json.dumps(rules.limits)),
    )
    return True


def finish(book: sqlite3.Connection, kept: Kept) -> None:
    """Enter a document with its rows in place of what it had."""
    code = kept.failures[0].code if kept.failures else ""
    book.execute(
        """
        UPDATE documents SET stage = ?, code = ?, failed = CASE WHEN ? = '' THEN 0 ELSE failed + 1 END,
            pages = ?, seconds = ?, review = ?, finished = ? WHERE digest = ?
        """,
        (
            "done" if kept.rows else "failed",
            code,
            code,
            kept.pages,
            kept.seconds,
            kept.review,
            time.time(),
            kept.digest,
        ),
    )
    book.execute("DELETE FROM failures WHERE digest = ?", (kept.digest,))
    book.executemany(
        "INSERT INTO failures VALUES (?, ?, ?, ?, ?)",
        [(kept.digest, f.page, f.stage, f.code, f.message) for f in kept.failures],
    )
    book.execute("DELETE FROM sheaves WHERE digest = ?", (kept.digest,))
    if kept.rows:
        book.execute(
            "INSERT INTO sheaves VALUES (?, ?, ?, ?, ?)",
            (kept.digest, os.fsencode(kept.paths), kept.names, kept.member, kept.rows),
        )


def forget_orphans(book: sqlite3.Connection) -> None:
    """Take out documents that no file holds any more, as when a file was changed or pruned."""
    for table in ("documents", "sheaves", "failures"):
        book.execute(f"DELETE FROM {table} WHERE digest NOT IN (SELECT digest FROM files)")


def has_rows(book: sqlite3.Connection, doc_id: str) -> bool:
    """Whether the document of this id has rows."""
    query = "SELECT 1 FROM sheaves WHERE digest >= ? AND digest < ? LIMIT 1"
    return book.execute(query, (doc_id, doc_id + "g")).fetchone() is not None
