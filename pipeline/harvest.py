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

CHUNK = 1 << 18


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
    packer = zlib.compressobj()
    parts = [packer.compress(f"{line}\n".encode("utf-8", "surrogatepass")) for line in _lines(made)]
    return replace(
        kept,
        names=_json([[row["name"], row["org_number"]] for row in made.rows["parties"]]),
        member=_json(_plain(made.member)) if made.member else "",
        rows=b"".join([*parts, packer.flush()]),
    )


def _lines(made: Sheaf) -> Iterator[str]:
    """A line of JSON for a table's name and columns, and one for each of its rows, however many."""
    for name, rows in made.rows.items():
        if rows:
            yield _json({"table": name, "columns": list(rows[0])})
            yield from (_json(list(row.values())) for row in rows)


def unpacked(rows: bytes) -> Iterator[tuple[str, Row]]:
    """Table and row of a packed document, each table's in the order of their place in it, one at a time."""
    name, columns = "", []
    for line in _unpacked_lines(rows):
        told = json.loads(line.decode("utf-8", "surrogatepass"))
        if isinstance(told, dict):
            name, columns = told["table"], told["columns"]
        else:
            yield name, dict(zip(columns, told, strict=True))


def _unpacked_lines(packed: bytes) -> Iterator[bytes]:
    unpacker, begun = zlib.decompressobj(), b""
    while not unpacker.eof:
        *whole, begun = (begun + unpacker.decompress(packed, CHUNK)).split(b"\n")
        packed = unpacker.unconsumed_tail
        yield from whole


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
