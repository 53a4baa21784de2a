"""One run over an archive: find the documents, process them, write the folder."""

import csv
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.flow import Result
from pipeline.model import Failure, Source
from pipeline.run import over
from pipeline.settings import Settings
from pipeline.tables import Sheaf, assemble, sheaf
from pipeline.write import OutputFolder, get_ready, packed_text


@dataclass(frozen=True, slots=True)
class Finished:
    """What the parent process needs of a document: its rows, its packed text, and the seconds that each page
    took to read."""

    source: Source
    sheaf: Sheaf
    text: bytes
    seconds: tuple[tuple[int, float], ...]
    failures: tuple[Failure, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run did: counts, wall-clock seconds, and every failure."""

    documents: int
    pages: int
    review: int
    seconds: float
    failures: tuple[Failure, ...]


def finished(result: Result) -> Finished:
    """A result as it leaves the process that made it."""
    pages = result.reading.pages if result.reading else ()
    return Finished(
        source=result.source,
        sheaf=sheaf(result),
        text=packed_text(result),
        seconds=tuple((cleaned.page.number, cleaned.page.seconds) for cleaned in pages),
        failures=result.failures,
    )


def process(
    sources: Sequence[Source],
    unread: Sequence[Failure],
    output: Path,
    settings: Settings,
    tell: Callable[[Finished], None],
    timings: Path | None = None,
) -> Summary:
    """Process the sources, write their tables and texts to `output`, and sum up.

    `unread` are the files that discovery gave up on; they become rows of `errors.csv`. `tell` is called with
    each finished document. `timings` names a CSV file for the seconds that each page took, which the tables
    leave out so that two runs give the same bytes.
    """
    started = time.monotonic()
    folder = OutputFolder(output)
    failures, seconds = list(unread), []
    sheaves: list[Sheaf] = []
    for document in over(sources, settings, finished):
        if not sheaves:
            get_ready()  # now that the workers have been forked
        if document.text:
            folder.write_text(document.source.doc_id, document.text)
        sheaves.append(document.sheaf)
        failures.extend(document.failures)
        seconds += [(document.source.path, page, spent) for page, spent in document.seconds]
        tell(document)
    rows = assemble(sheaves, unread)
    folder.write_tables(rows, settings)
    if timings is not None:
        _write_timings(timings, seconds)
    return Summary(
        documents=len(rows["documents"]),
        pages=len(rows["pages"]),
        review=sum(row["needs_review"] == "true" for row in rows["documents"]),
        seconds=time.monotonic() - started,
        failures=tuple(failures),
    )


def _write_timings(path: Path, seconds: Sequence[tuple[str, int, float]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("source_path", "page", "seconds"))
        writer.writerows((source, page, f"{spent:.3f}") for source, page, spent in sorted(seconds))
