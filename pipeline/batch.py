"""One run over an archive: find the files, do what is missing, write the folder.

The ledger in the output folder is the run's memory: what it knows needn't be done, held in memory, or done
again after a power cut. What is dear to import is imported when there is something to do.
"""

import csv
import os
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import ledger, lock, versions
from pipeline.errors import DocumentError, Halted, Unreadable
from pipeline.events import Done, Event, Known, Planned, Refused, Standing
from pipeline.ledger import Rules, Tally
from pipeline.model import Failure, Found, Source
from pipeline.places import Place
from pipeline.read.discover import look, walk
from pipeline.settings import Settings
from pipeline.shown import masked
from pipeline.stopping import Stop, listening
from pipeline.write import OutputFolder

if TYPE_CHECKING:
    from pipeline.harvest import Finished
    from pipeline.run import OpenExecutor

BEAT_EVERY = 2.0
"""Seconds between two moments at which all is made sure of: what a power cut may cost."""

MOST_TOLD = 50
"""Failures of earlier runs that are named again; all of them are in `errors.csv`."""


@dataclass(frozen=True, slots=True)
class Order:
    """What a run is asked for: files and folders; with `codes`, what failed in these ways and nothing else.

    `prune` forgets files that are gone. `timings` names a CSV file for the seconds that each page took, which
    the tables leave out so that two runs give the same bytes.
    """

    inputs: Sequence[Place] = ()
    codes: Sequence[str] = ()
    prune: bool = False
    timings: Path | None = None


@dataclass(frozen=True, slots=True)
class Summary:
    """How an archive stands after a run. `worked` counts documents of this run; `status` is the exit status
    of a run that was asked to end, 0 for one that wasn't."""

    tally: Tally
    worked: int
    seconds: float
    status: int


def process(
    order: Order,
    output: Path,
    settings: Settings,
    tell: Callable[[Event], None] = lambda _: None,
    open_executor: "OpenExecutor | None" = None,
    sign: Callable[[], None] = lambda: None,
) -> Summary:
    """Bring the tables and texts in `output` up to date, and sum up. Raises Halted and UsageError.

    `open_executor` opens what runs the work; processes of this machine, where none is given. `sign` is called
    every few seconds while the run is at work.
    """
    started = time.monotonic()
    folder = OutputFolder(output)
    with lock.held(output) as signed, ledger.opened(output) as book, listening() as stop:
        folder.sweep()
        earlier = ledger.last(book)
        rules = _rules(settings)
        number = ledger.start(book, rules, asdict(settings))
        run = _Run(book, folder, settings, rules, number, tell, (signed, sign), stop)
        try:
            changed = run.gather(order)
            worked = run.work(bool(order.codes), order.timings, open_executor)
        except Halted as error:
            run.halt(error)
            raise
        if stop.asked():
            ledger.stop(book, run.number, f"ended by signal {stop.signal}")
        else:
            changed = (order.prune and run.prune()) or changed
            same_rules = earlier is not None and earlier.outcome == "done" and earlier.rules == rules
            if worked or changed or not same_rules or not ledger.told(book, output):
                run.write()
            for failure in ledger.standing(book, run.number, MOST_TOLD):
                tell(Standing(failure))
            ledger.stop(book, run.number, "done")
        return Summary(ledger.tally(book), worked, time.monotonic() - started, stop.signal and stop.status)


def _rules(settings: Settings) -> Rules:
    limits = settings.recognition
    return Rules(
        recognition=versions.recognition(settings),
        extraction=versions.extraction(settings),
        page_timeout=limits.page_timeout,
        document_timeout=limits.document_timeout,
        memory_limit=settings.memory_limit,
        max_bytes=limits.max_bytes,
        max_pages=limits.max_pages,
        max_objects=limits.max_objects,
        max_depth=limits.max_depth,
        max_unpacked=limits.max_unpacked,
    )


@dataclass
class _Run:
    """A run under way: what it works with, and how far it has come."""

    book: sqlite3.Connection
    folder: OutputFolder
    settings: Settings
    rules: Rules
    number: int
    tell: Callable[[Event], None]
    signs: tuple[Callable[[], None], ...]
    stop: Stop
    planned: int = 0
    documents: int = 0
    pages: int = 0
    failed: int = 0
    shut: list[str] = field(default_factory=list)
    beaten: float = field(default_factory=time.monotonic)

    def gather(self, order: Order) -> bool:
        """Enter what is found. Returns whether files were forgotten."""
        if order.codes:
            ledger.again(self.book, order.codes)
            return False
        shut: list[Found] = []
        forgotten = ledger.note(self.book, _seen(walk(order.inputs, self.folder.path), shut), self.number)
        for folder in shut:
            self._refuse(folder.path, Unreadable(folder.message))
        self.shut = [folder.path for folder in shut]
        self.book.commit()
        return forgotten > 0

    def prune(self) -> bool:
        """Forget the files that are gone, now that it is known which of them have only moved."""
        return ledger.prune(self.book, self.shut) > 0

    def work(self, chosen: bool, timings: Path | None, open_executor: "OpenExecutor | None") -> int:
        """Do what there is to do. Returns how many documents that were."""
        self.planned = ledger.left(self.book, self.rules, self.number, chosen)
        files = ledger.tally(self.book).files
        self.tell(Planned(files, self.planned))
        sources = self._sources(chosen)
        first = next(sources, None)
        if first is not None and not self.stop.asked():
            self._make(first, sources, timings, open_executor)
        self._beat()
        return self.documents

    def _make(
        self,
        first: Source,
        others: Iterator[Source],
        timings: Path | None,
        open_executor: "OpenExecutor | None",
    ) -> None:
        from pipeline.harvest import finished
        from pipeline.run import over, processes

        sources, executor = chain([first], others), open_executor or processes
        self.book.execute("CREATE TEMP TABLE timings (path BLOB, page INTEGER, seconds REAL)")
        for document in over(sources, self.settings, finished, executor, self._is_to_stop):
            self._keep(document)
            if timings is not None:
                seconds = [
                    (os.fsencode(document.source.path), page, spent) for page, spent in document.seconds
                ]
                self.book.executemany("INSERT INTO timings VALUES (?, ?, ?)", seconds)
        if timings is not None:
            _write_timings(timings, self.book)

    def halt(self, error: Halted) -> None:
        """Keep what was done, as far as what halted the run lets us."""
        with suppress(Halted, sqlite3.Error):
            self.folder.settle()
            ledger.stop(self.book, self.number, f"halted: {error}")

    def _is_to_stop(self) -> bool:
        """Whether an end was asked for. A large document may take hours: this is asked all the time."""
        self._beat(BEAT_EVERY)
        return self.stop.asked()

    def _sources(self, chosen: bool) -> Iterator[Source]:
        """The documents to make, each entered as begun when it is handed out."""
        work = ledger.work(self.book, self.rules, self.number, chosen)
        for file in work:
            source = file if file.digest else self._looked(file.path)
            if source is None:
                continue
            if ledger.begin(self.book, source.digest, self.rules, self.number):
                yield source
            else:
                self.tell(Known(source.path))
            self._beat(BEAT_EVERY)

    def _looked(self, path: str) -> Source | None:
        """A file after a look at it, None where it is no document."""
        try:
            content = look(Found(path), self.settings.recognition.max_bytes)
        except DocumentError as error:
            self._refuse(path, error)
            return None
        ledger.noted(self.book, path, content.digest, content.media_type, content.size, content.modified)
        return Source((path,), content.digest, content.media_type, content.size)

    def _refuse(self, path: str, error: DocumentError) -> None:
        ledger.refuse(self.book, path, error.code, str(error))
        self.failed += 1
        self.tell(Refused(Failure(path, "", None, "read", error.code, str(error))))

    def _keep(self, document: "Finished") -> None:
        """Enter a finished document, unless its file has changed under the hands of its readers."""
        source, kept = document.source, document.kept
        if self.stop.asked() and any(failure.code == "crashed" for failure in kept.failures):
            return  # whoever ended the run may have ended its workers, too
        if ledger.has_changed(self.book, source.path):
            from pipeline.store import forget

            forget(self.settings.cache, source.digest)
            self._refuse(source.path, Unreadable("the file changed while it was read"))
            return
        if document.text:
            self.folder.write_text(source.doc_id, document.text)
        ledger.finish(self.book, kept)
        self.documents += 1
        self.pages += kept.pages
        self.failed += bool(kept.failures)
        self.tell(Done(source.path, source.doc_id, kept.pages, kept.seconds, kept.failures, document.later))
        self._beat(BEAT_EVERY)

    def _beat(self, every: float = 0.0) -> None:
        """Make sure of what was done, now and then."""
        if time.monotonic() - self.beaten >= every:
            self.folder.settle()
            ledger.beat(self.book, self.number, self.planned, self.documents, self.pages, self.failed)
            for sign in self.signs:
                sign()
            self.beaten = time.monotonic()

    def write(self) -> None:
        """Write the tables out of the ledger."""
        from pipeline import archive

        ledger.forget_orphans(self.book)
        for digest, source_path in archive.moved(self.book):
            self.folder.retell(digest[:16], source_path)
        self.folder.settle()
        self.book.commit()
        written = self.folder.write_tables(archive.rows(self.book), self.settings)
        self.folder.drop_texts(lambda doc_id: ledger.has_rows(self.book, doc_id))
        ledger.mark(self.book, written)


def _seen(found: Iterator[Found], shut: list[Found]) -> Iterator[Found]:
    """What is found, and a note of each folder that can't be listed."""
    for file in found:
        if file.code:
            shut.append(file)
        yield file


def _write_timings(path: Path, book: sqlite3.Connection) -> None:
    with path.open("w", encoding="utf-8", errors="backslashreplace", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("source_path", "page", "seconds"))
        for source, page, spent in book.execute("SELECT * FROM timings ORDER BY path, page"):
            writer.writerow((masked(os.fsdecode(source)), page, f"{spent:.3f}"))
