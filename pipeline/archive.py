"""The tables of a whole archive, row by row, out of the ledger.

Names and chains need all documents, and an archive may have any number: both are worked out piece by piece,
from tables on disk that are gone with the run.
"""

import json
import os
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from operator import itemgetter

from pipeline import bodies, chains, harvest
from pipeline.chains import Link, Member
from pipeline.columns import TABLES
from pipeline.shown import masked
from pipeline.tables import Row, row

BATCH = 500


def rows(book: sqlite3.Connection) -> Iterator[tuple[str, Row]]:
    """Table and row, the rows of each table in their final order.

    What the ledger knows better than the document is filled in: where its files lie, what they are, the one
    name of each party.
    """
    bodies.settle(book)
    for digest, packed in book.execute("SELECT digest, rows FROM sheaves ORDER BY digest"):
        paths, media_type = _whereabouts(book, digest)
        if not paths:
            continue
        for table, cells in harvest.unpacked(packed):
            if table == "documents":
                cells |= {"source_path": masked("|".join(paths)), "media_type": media_type}
            elif table == "parties":
                cells["canonical_name"] = bodies.name_of(book, cells["name"], cells["org_number"])
            yield table, {name: cells.get(name, "") for name in TABLES[table].header}
    yield from (("chains", made) for made in _chains(book))
    yield from (("errors", made) for made in _errors(book))


def moved(book: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """Digest and source_path of documents whose text file tells another source_path.

    It is entered in the ledger that they are told: tell them before the next commit.
    """
    query, after = "SELECT digest, paths FROM sheaves WHERE digest > ? ORDER BY digest LIMIT ?", ""
    while batch := book.execute(query, (after, BATCH)).fetchall():
        for digest, told in batch:
            now = "|".join(_whereabouts(book, digest)[0])
            if now and os.fsencode(now) != told:
                book.execute("UPDATE sheaves SET paths = ? WHERE digest = ?", (os.fsencode(now), digest))
                yield digest, now
        after = batch[-1][0]


def _whereabouts(book: sqlite3.Connection, digest: str) -> tuple[list[str], str]:
    """The paths of a document, those that are gone only where all are, and its media type by the first."""
    query = "SELECT path, media_type, gone FROM files WHERE digest = ? ORDER BY gone, path"
    found = book.execute(query, (digest,)).fetchall()
    return [os.fsdecode(path) for path, _, gone in found if gone == found[0][2]], found[0][1] if found else ""


def _members(book: sqlite3.Connection) -> Iterator[tuple[str, Member]]:
    """Digest and what chains need to know of each document, under the names of the archive."""
    query = "SELECT digest, member FROM sheaves WHERE member <> '' ORDER BY digest"
    for digest, told in book.execute(query):
        yield digest, _renamed(book, harvest.member(told))


def _renamed(book: sqlite3.Connection, member: Member) -> Member:
    pairs = tuple((bodies.name_of(book, *pair), pair[1]) for pair in member.counterparties)
    return replace(member, counterparties=pairs)


def _chains(book: sqlite3.Connection) -> Iterator[Row]:
    """The rows of `chains.csv`: members sorted by what ties them, then chains by their name, both on disk."""
    known = chains.known(lambda: (member for _, member in _members(book)))
    book.execute("CREATE TEMP TABLE tied (public TEXT, counterparty TEXT, number TEXT, digest TEXT)")
    book.execute("CREATE TEMP TABLE linked (chain_id TEXT, cells TEXT)")
    for digest, member in _members(book):
        for (public, counterparty), number in chains.keys(member, known):
            book.execute("INSERT INTO tied VALUES (?, ?, ?, ?)", (public, counterparty, number, digest))
    for links in _found(book):
        made = [(link.chain_id, json.dumps(_row(link))) for link in links]
        book.executemany("INSERT INTO linked VALUES (?, ?)", made)
    for (cells,) in book.execute("SELECT cells FROM linked ORDER BY chain_id, rowid"):
        yield json.loads(cells)
    book.execute("DROP TABLE tied")
    book.execute("DROP TABLE linked")


def _found(book: sqlite3.Connection) -> Iterator[list[Link]]:
    query = """
        SELECT public, counterparty, number, member FROM tied JOIN sheaves USING (digest)
        ORDER BY public, counterparty, tied.rowid"""
    for _, group in groupby(book.execute(query), key=itemgetter(0, 1)):
        yield chains.chain([(_renamed(book, harvest.member(told)), number) for _, _, number, told in group])


def _errors(book: sqlite3.Connection) -> Iterator[Row]:
    query = """
        SELECT path, digest, page, stage, code, message FROM (
            SELECT (SELECT path FROM files WHERE digest = x.digest ORDER BY gone, path LIMIT 1) AS path,
                digest, page, stage, code, message FROM failures x
            UNION ALL SELECT path, '', NULL, 'read', code, message FROM files WHERE code <> '')
        WHERE path NOT NULL ORDER BY path, ifnull(page, 0), stage, code, message"""
    for path, digest, *cells in book.execute(query):
        paths = _whereabouts(book, digest)[0] if digest else [os.fsdecode(path)]
        told = (masked("|".join(paths)), digest[:16], *cells)
        yield row(dict(zip(TABLES["errors"].header, told, strict=True)), "errors")


def _row(link: Link) -> Row:
    member = link.member
    return row(
        {
            "chain_id": link.chain_id,
            "position": link.position,
            "doc_id": member.doc_id,
            "counterparty_org_number": link.counterparty_number,
            "public_org_number": member.public_number,
            "period_start": member.period_start,
            "period_end": member.period_end,
            "amount_total_sek": member.total,
            "links": ";".join(link.reasons),
            "gap_days": link.gap_days,
            "amount_change_sek": link.change,
        },
        "chains",
    )
