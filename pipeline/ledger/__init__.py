"""The ledger: what a run knows of every file and document, kept in the output folder.

One SQLite database. `files` has a row for each file that was ever found, `documents` one for each content,
`sheaves` the rows that a document gives to the tables, packed; `ledger` is the view that joins them, a row
for each file. The parent process alone writes it.
"""

from pipeline.ledger.database import NAME, look, opened
from pipeline.ledger.documents import Kept, begin, finish, forget_orphans, has_rows
from pipeline.ledger.files import again, has_changed, note, noted, prune, refuse
from pipeline.ledger.runs import Run, Tally, beat, last, mark, standing, start, stop, tally, told
from pipeline.ledger.work import Rules, left, work

__all__ = [
    "NAME",
    "Kept",
    "Rules",
    "Run",
    "Tally",
    "again",
    "beat",
    "begin",
    "finish",
    "forget_orphans",
    "has_changed",
    "has_rows",
    "last",
    "left",
    "look",
    "mark",
    "note",
    "noted",
    "opened",
    "prune",
    "refuse",
    "standing",
    "start",
    "stop",
    "tally",
    "told",
    "work",
]
