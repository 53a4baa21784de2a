"""What must hold of a document's rows: the contract's columns, types, vocabularies and evidence."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from itertools import pairwise

from fuzz import laws
from fuzz.laws import Broken, holds
from pipeline.columns import TABLES
from pipeline.flow import Result
from pipeline.harvest import finished, member, unpacked
from pipeline.model import Span
from pipeline.offsets import Ways
from pipeline.tables import Row, sheaf

_WORDS = {
    ("documents", "document_type"): {
        "agreement", "staff_report", "minutes", "decision", "application", "report", "other"
    },
    ("parties", "role"): {"public", "counterparty"},
    ("org_numbers", "kind"): {"organisation", "personnummer"},
    ("periods", "kind"): {"agreement", "previous", "option", "other"},
    ("periods", "precision"): {"day", "month", "year"},
    ("amounts", "kind"): {"funding", "other"},
    ("amounts", "frequency"): {"once", "month", "year"},
    ("decisions", "status"): {"proposed", "decided"},
    ("persons", "function"): {"contact", "signatory", "responsible", "recipient", "other"},
}  # fmt: skip
_NEVER_EMPTY = {
    "parties": ("name", "role"),
    "amounts": ("amount_sek", "kind"),
    "periods": ("start", "kind", "precision"),
    "case_numbers": ("case_number",),
    "decisions": ("text", "status"),
    "persons": ("name", "function"),
}
_ORG_NUMBER = re.compile(r"\d\d[2-9]\d{3}-\d{4}", re.ASCII)
_FACTS = (*_NEVER_EMPTY, "org_numbers")


def rows(result: Result) -> None:
    """All rows of a document, as they are made and as they leave the process."""
    made = sheaf(result)
    for name, table in made.rows.items():
        for row in table:
            _row(name, row)
            if name in _FACTS:
                _evidence(name, row, result)
        laws.private(cell for row in table for cell in row.values())
    for name in _FACTS:
        places = [(int(row["page"]), int(row["char_start"])) for row in made.rows[name]]
        holds(all(a <= b for a, b in pairwise(places)), "rows stand in the order of the document", name)
    for row in made.rows["periods"]:
        holds(not row["end"] or row["start"] <= row["end"], "periods end after they begin", row)
    kept = finished(result).kept
    holds(
        list(unpacked(kept.rows)) == [(name, row) for name, table in made.rows.items() for row in table],
        "rows come back as they were packed",
    )
    if kept.member:
        member(kept.member)


def texts(result: Result) -> Iterator[str]:
    """The texts of the pages that are written, raw and cleaned."""
    for page in result.reading.pages if result.reading else ():
        yield page.page.text
        yield page.text
        yield from (word.other for word in page.page.words)


def _row(name: str, row: Row) -> None:
    table = TABLES[name]
    holds(tuple(row) == table.header, "rows have the contract's columns", name)
    for column in table.columns:
        cell = row[column.name]
        laws.characters(cell)
        if cell:
            _typed(cell, column.type, f"{name}.{column.name}")
        if (words := _WORDS.get((name, column.name))) is not None:
            holds(not cell or cell in words, "cells are from the contract's words", (name, column.name, cell))
        if column.name in _NEVER_EMPTY.get(name, ()):
            holds(bool(cell.strip()), "what a row is about isn't empty", (name, column.name))
        if column.name.endswith("org_number") and cell:
            numbers = [part for part in cell.split("|") if part]
            holds(all(map(_ORG_NUMBER.fullmatch, numbers)), "numbers have their form", (name, cell))
    if row.get("confidence"):
        holds(0 <= float(row["confidence"]) <= 1, "confidences of rows are 0 to 1", row["confidence"])


def _typed(cell: str, kind: str, where: str) -> None:
    """The cell can be read as what its column says it is."""
    try:
        match kind:
            case "integer":
                int(cell)
            case "number":
                if not (cell.isascii() and Decimal(cell).is_finite()):
                    raise ValueError
                holds("e" not in cell.lower() or "sek" not in where, "sums are plain numbers", (where, cell))
            case "date":
                date.fromisoformat(cell)
            case "boolean":
                holds(cell in ("true", "false"), "truths are true or false", (where, cell))
    except (ValueError, InvalidOperation) as error:
        raise Broken("cells are of their column's type", f"{where}: {cell[:80]}") from error


def _evidence(name: str, row: Row, result: Result) -> None:
    """The row's characters stand on its page, and its raw ones are those that they came from."""
    assert result.reading is not None
    page = next(page for page in result.reading.pages if page.page.number == int(row["page"]))
    start, end = int(row["char_start"]), int(row["char_end"])
    holds(0 <= start < end <= len(page.text), "evidence stands on its page", (name, start, end))
    if "raw" in row:
        origin = Ways(page.passes).to_raw(Span(start, end))
        holds(row["raw"] == page.page.text[origin.start : origin.end], "raw is what stood there", name)
    sides = [row[side] for side in ("x0", "y0", "x1", "y1")]
    holds(all(sides) or not any(sides), "boxes are whole", name)
    if all(sides):
        x0, y0, x1, y1 = map(float, sides)
        holds(x0 <= x1 and y0 <= y1, "boxes aren't inside out", name)
