"""What leaves the process that made a document: its rows and its text, packed, and a few counts.

The rows are packed where they are made, since it is the parent process that has to be quick.
"""

import json
import zlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from pipeline.chains import Member
from pipeline.flow import Result
from pipeline.ledger import Kept
from pipeline.model import Failure, Source
from pipeline.tables import Row, Sheaf, sheaf
from pipeline.write import packed_text


@dataclass(frozen=True, slots=True)
class Finished:
    """What the parent process needs of a document: what the ledger keeps, the packed text, and the seconds
    that each page took to read, and each later stage."""

    source: Source
    kept: Kept
    text: bytes
    seconds: tuple[tuple[int, float], ...]
    later: tuple[tuple[str, float], ...] = ()

    @property
    def failures(self) -> tuple[Failure, ...]:
        return self.kept.failures


def finished(result: Result) -> Finished:
    """A result as it leaves the process that made it."""
    pages = result.reading.pages if result.reading else ()
    seconds = tuple((cleaned.page.number, cleaned.page.seconds) for cleaned in pages)
    kept = Kept(
        digest=result.source.digest,
        pages=len(pages),
        seconds=round(sum(spent for _, spent in seconds), 3),
        review=bool(result.record.review_reasons),
        failures=result.failures,
        paths="|".join(result.source.paths),
        names="",
        member="",
        rows=b"",
    )
    if result.reading is not None:
        kept = packed(kept, sheaf(result))
    return Finished(result.source, kept, packed_text(result), seconds, result.seconds)


def packed(kept: Kept, made: Sheaf) -> Kept:
    """The same with a document's rows. Names of columns go along, since a later version may have others."""
    tables = {
        name: {"columns": list(rows[0]), "rows": [list(row.values()) for row in rows]}
        for name, rows in made.rows.items()
        if rows
    }
    return replace(
        kept,
        names=_json([[row["name"], row["org_number"]] for row in made.rows["parties"]]),
        member=_json(_plain(made.member)) if made.member else "",
        rows=zlib.compress(_json(tables).encode("utf-8", "surrogatepass")),
    )


def unpacked(rows: bytes) -> Iterator[tuple[str, Row]]:
    """Table and row of a packed document, each table's in the order of their place in it."""
    for name, table in json.loads(zlib.decompress(rows).decode("utf-8", "surrogatepass")).items():
        for cells in table["rows"]:
            yield name, dict(zip(table["columns"], cells, strict=True))


def member(told: str) -> Member:
    """The member that `packed` put down."""
    values: dict[str, Any] = json.loads(told)
    written = {name: values[name] for name in ("period_start", "period_end")}
    dates = {name: date.fromisoformat(day) if day else None for name, day in written.items()}
    pairs = tuple((name, number) for name, number in values["counterparties"])
    return Member(**{**values, **dates, "counterparties": pairs, "cases": frozenset(values["cases"])})


def _plain(member: Member) -> dict[str, Any]:
    return {**asdict(member), "cases": sorted(member.cases)}


def _json(value: Any) -> str:
    return json.dumps(value, default=date.isoformat)
