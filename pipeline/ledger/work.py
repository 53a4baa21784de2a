"""What is left to do: files that nobody has looked at, documents that are missing or made by other rules."""

import os
import sqlite3
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from pipeline.model import Source

BATCH = 500
TRIES = 3
"""How many failures in a row a document may have of a kind that may pass by itself."""

PASSING = ("crashed", "ocr_failed", "unreadable")
"""Failures that may be the machine's: a killed process, a share that was away for a while."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What decides whether a document is as a fresh run would make it.

    `recognition` and `extraction` name what reads its pages and what finds its facts; the rest are limits, of
    which only a raised one matters, and only to documents that broke it.
    """

    recognition: str
    extraction: str
    page_timeout: float
    document_timeout: float
    memory_limit: int
    max_bytes: int
    max_pages: int
    max_objects: int = 0  # a ledger of an earlier version doesn't know them
    max_depth: int = 0
    max_unpacked: int = 0

    @property
    def limits(self) -> dict[str, float]:
        values = asdict(self)
        return {name: value for name, value in values.items() if name not in ("recognition", "extraction")}


def _raised(code: str, *limits: str) -> str:
    higher = " OR ".join(f"json_extract(d.limits, '$.{name}') < :{name}" for name in limits)
    return f"({higher}) AND EXISTS (SELECT 1 FROM failures x WHERE x.digest = d.digest AND x.code = '{code}')"


STALE = f"""(
    d.digest IS NULL OR d.run <> :run AND (
        d.stage NOT IN ('done', 'failed')
        OR d.recognition <> :recognition OR d.extraction <> :extraction
        OR d.pages > 0 AND NOT has_text(d.digest)
        OR d.code <> '' AND (
            {_raised("timeout", "page_timeout", "document_timeout")}
            OR {_raised("memory", "memory_limit")}
            OR {_raised("too_large", "max_bytes", "max_pages", "max_objects", "max_depth", "max_unpacked")}
            OR d.failed < {TRIES} AND EXISTS (
                SELECT 1 FROM failures x WHERE x.digest = d.digest AND x.code IN {PASSING}))))"""
CHOSEN = "(d.stage = 'again')"
_WORK = """
    FROM files f LEFT JOIN documents d USING (digest)
    WHERE f.gone = 0 AND (f.looked = 0 OR f.code = '' AND {wanted})"""


def work(book: sqlite3.Connection, rules: Rules, run: int, chosen: bool = False) -> Iterator[Source]:
    """Each file to work on, in order of path; one without a digest has to be looked at first.

    `chosen` leaves all but what is to be tried again. Files are fetched a few at a time, so what is entered
    meanwhile is seen.
    """
    query = (
        "SELECT f.path, CASE WHEN f.looked THEN f.digest ELSE '' END, f.media_type, f.size"
        + _WORK.format(wanted=CHOSEN if chosen else STALE)
    )
    query += " AND f.path > :after ORDER BY f.path LIMIT :batch"
    values = {**asdict(rules), "run": run, "batch": BATCH, "after": b""}
    while batch := book.execute(query, values).fetchall():
        for path, digest, media_type, size in batch:
            yield Source((os.fsdecode(path),), digest, media_type, size)
        values["after"] = batch[-1][0]


def left(book: sqlite3.Connection, rules: Rules, run: int, chosen: bool = False) -> int:
    """How many files there are to work on, as far as is known before they are looked at."""
    query = "SELECT count(*)" + _WORK.format(wanted=CHOSEN if chosen else STALE)
    (count,) = book.execute(query, {**asdict(rules), "run": run}).fetchone()
    return int(count)


def is_stale(book: sqlite3.Connection, digest: str, rules: Rules, run: int) -> bool:
    """Whether a document has to be made in this run, and hasn't been begun."""
    query = f"SELECT 1 FROM (SELECT :digest AS digest) k LEFT JOIN documents d USING (digest) WHERE {STALE}"
    return book.execute(query, {**asdict(rules), "run": run, "digest": digest}).fetchone() is not None
