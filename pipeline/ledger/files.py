"""The files of an archive in the ledger: found, read for their digest, refused, gone."""

import os
import sqlite3
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from pipeline.model import Found

BATCH = 1000
# A file changed within this time of being read may have been changed after it, under the same time stamp.
FRESH = 2_000_000_000


def note(book: sqlite3.Connection, found: Iterable[Found], run: int) -> int:
    """Enter what a run finds. What is known of a file is kept while its size and time are the same.

    Files that were too large or couldn't be read are looked at again, for limits and rights may have changed.
    Those that were no documents and are gone are forgotten at once; tells how many.
    """
    batch: list[tuple[object, ...]] = []
    for file in found:
        batch.append((os.fsencode(file.path), file.size, file.modified, run))
        if len(batch) == BATCH:
            book.executemany(_NOTE, batch)
            batch.clear()
    book.executemany(_NOTE, batch)
    book.execute("UPDATE files SET gone = 1, told = 0 WHERE run <> ? AND gone = 0", (run,))
    return book.execute("DELETE FROM files WHERE gone = 1 AND digest = ''").rowcount


_SAME = f"""(size = excluded.size AND modified = excluded.modified AND looked > modified + {FRESH}
    AND code NOT IN ('unreadable', 'too_large'))"""
_NOTE = f"""
INSERT INTO files (path, size, modified, run) VALUES (?, ?, ?, ?)
ON CONFLICT (path) DO UPDATE SET
    looked = CASE WHEN {_SAME} THEN looked ELSE 0 END, told = CASE WHEN gone THEN 0 ELSE told END,
    size = excluded.size, modified = excluded.modified, run = excluded.run, gone = 0
"""
_LOOKED = """
UPDATE files SET
    told = told AND (digest, media_type, code, message) = (:digest, :media_type, :code, :message),
    digest = :digest, media_type = :media_type, code = :code, message = :message, looked = :looked
WHERE path = :path"""


def noted(
    book: sqlite3.Connection, path: str, digest: str, media_type: str, size: int, modified: int
) -> None:
    """Enter what a look at a file's content told, and how large and old the file was then."""
    _looked(book, path, digest=digest, media_type=media_type, code="", message="")
    about = size, modified, os.fsencode(path)
    book.execute("UPDATE files SET size = ?, modified = ? WHERE path = ?", about)


def refuse(book: sqlite3.Connection, path: str, code: str, message: str) -> None:
    """Enter why a file isn't a document."""
    _looked(book, path, digest="", media_type="", code=code, message=message)


def _looked(book: sqlite3.Connection, path: str, **values: str) -> None:
    book.execute(_LOOKED, {"path": os.fsencode(path), "looked": time.time_ns(), **values})


def has_changed(book: sqlite3.Connection, path: str) -> bool:
    """Whether a file is another than the one that was looked at."""
    query = "SELECT size, modified FROM files WHERE path = ?"
    row = book.execute(query, (os.fsencode(path),)).fetchone()
    try:
        about = Path(path).stat()
    except OSError:
        return False  # it was read, and is gone
    return row is not None and (about.st_size, about.st_mtime_ns) != row


def again(book: sqlite3.Connection, codes: Sequence[str]) -> int:
    """Have what failed in one of these ways tried again; tells how many files and documents that is."""
    marks = ", ".join("?" * len(codes))
    files = book.execute(f"UPDATE files SET looked = 0 WHERE gone = 0 AND code IN ({marks})", codes).rowcount
    documents = book.execute(
        f"""UPDATE documents SET stage = 'again', failed = 0
        WHERE digest IN (SELECT digest FROM failures WHERE code IN ({marks}))""",
        codes,
    ).rowcount
    book.commit()
    return files + documents


def prune(book: sqlite3.Connection, shut: Sequence[str]) -> int:
    """Forget the files that are gone, but for those below folders that couldn't be listed; tells how many."""
    kept = tuple(os.fsencode(folder) + b"/" for folder in shut)
    book.create_function("is_shut_away", 1, lambda path: path.startswith(kept))
    return book.execute("DELETE FROM files WHERE gone = 1 AND NOT is_shut_away(path)").rowcount
