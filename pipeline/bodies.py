"""The one name of each body across an archive, worked out piece by piece.

`resolve.canonical` decides; but it holds all that it is given, and an archive may print any number of names.
What it looks at together is either one organisation number, or the names without a number that begin alike,
beside the bodies of the same name that have one. So it is given one such piece at a time; names lie on disk.
"""

import json
import sqlite3
from collections.abc import Iterator
from itertools import groupby, repeat
from operator import itemgetter

from pipeline.resolve.canonical import block, canonical_names, folded

Printed = tuple[str, str]


def settle(book: sqlite3.Connection) -> None:
    """Work out the name of every party in the ledger, for `name_of` to tell."""
    book.execute("DROP TABLE IF EXISTS printed")
    book.execute("DROP TABLE IF EXISTS named")
    book.execute("CREATE TEMP TABLE printed (name TEXT, number TEXT, folded TEXT)")
    book.execute(
        "CREATE TEMP TABLE named (name TEXT, number TEXT, canonical TEXT, folded TEXT,"
        " PRIMARY KEY (name, number)) WITHOUT ROWID"
    )
    for (told,) in book.execute("SELECT names FROM sheaves ORDER BY digest"):
        rows = [(name, number, folded(name)) for name, number in json.loads(told) if name]
        book.executemany("INSERT INTO printed VALUES (?, ?, ?)", rows)
    for piece in _numbered(book):
        _enter(book, piece)
    for piece in _nameless(book):
        _enter(book, piece)


def name_of(book: sqlite3.Connection, name: str, number: str) -> str:
    """The one name of a body that is printed so; its own where nothing else is known."""
    query = "SELECT canonical FROM named WHERE name = ? AND number = ?"
    row = book.execute(query, (name, number)).fetchone()
    return str(row[0]) if row else name


def _enter(book: sqlite3.Connection, piece: list[Printed]) -> None:
    found = canonical_names(piece)
    rows = [(name, number, told, folded(told)) for (name, number), told in found.items()]
    book.executemany("INSERT OR IGNORE INTO named VALUES (?, ?, ?, ?)", rows)


def _numbered(book: sqlite3.Connection) -> Iterator[list[Printed]]:
    """What is printed with a number, number by number, as often as it is printed."""
    query = "SELECT number, name, count(*) FROM printed WHERE number <> '' GROUP BY number, name"
    for _, rows in groupby(book.execute(query), key=itemgetter(0)):
        yield [pair for number, name, times in rows for pair in repeat((name, number), times)]


def _nameless(book: sqlite3.Connection) -> Iterator[list[Printed]]:
    """What is printed without a number, by its beginning, and the bodies of the same name that have one."""
    query = """
        SELECT folded, name, '', count(*) FROM printed WHERE number = '' GROUP BY folded, name
        UNION ALL SELECT DISTINCT folded, canonical, number, 1 FROM named
        WHERE number <> '' AND folded IN (SELECT folded FROM printed WHERE number = '')
        ORDER BY 1, 3, 2"""
    for _, rows in groupby(book.execute(query), key=lambda row: block(row[0])):
        yield [pair for _, name, number, times in rows for pair in repeat((name, number), times)]
