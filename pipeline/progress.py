"""What a person sees of a run in the terminal: how far it is, what failed, how an archive stands."""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from pipeline.batch import Summary
from pipeline.errors import CODES
from pipeline.events import Done, Event, Planned, Refused, Standing
from pipeline.ledger import Run, Tally
from pipeline.model import Failure
from pipeline.places import Place
from pipeline.shown import plain

if TYPE_CHECKING:
    from pipeline.export import Copied

out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)

Tell = Callable[[Event], None]


def progress() -> AbstractContextManager[Tell]:
    """A way to tell what happens: a bar on a terminal, plain lines elsewhere."""
    return _bar() if err.is_terminal else _lines()


@contextmanager
def _bar() -> Iterator[Tell]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=err, transient=True) as bar:
        task = bar.add_task("files", total=None)

        def tell(event: Event) -> None:
            if isinstance(event, Planned):
                bar.update(task, total=event.left)
            else:
                bar.advance(task, not isinstance(event, Standing))
                _tell_failures(event)

        yield tell


@contextmanager
def _lines() -> Iterator[Tell]:
    total = done = 0

    def tell(event: Event) -> None:
        nonlocal done, total
        if isinstance(event, Planned):
            total = event.left
            return
        done += not isinstance(event, Standing)
        if isinstance(event, Done):
            _print(err, f"[{done}/{total}] {plain(event.path)}: {event.pages} pages")
        _tell_failures(event)

    yield tell


def _tell_failures(event: Event) -> None:
    match event:
        case Refused(failure) | Standing(failure):
            tell_failure(failure)
        case Done(failures=failures):
            for failure in failures:
                tell_failure(failure)


def tell_failure(failure: Failure) -> None:
    """One line on stderr: which file and page, what failed, what to do."""
    page = f", page {failure.page}" if failure.page else ""
    advice = CODES.get(failure.code, "")
    _print(err, f"{plain(failure.source_path)}{page}: {failure.message} ({failure.code}). {advice}")


def tell_copied(document: "Copied") -> None:
    """A line for each copy of a document, what is to be known of them, and what failed."""
    for path in document.written:
        _print(err, f"{plain(document.source.path)}: {plain(str(path))}")
    for note in document.notes:
        _print(err, f"{plain(document.source.path)}: {note}")
    for failure in document.failures:
        tell_failure(failure)


def tell_summary(summary: Summary, output: Place) -> None:
    """The closing lines of a run."""
    tally = summary.tally
    if summary.status:
        _print(out, f"Stopped after {summary.worked} documents; what was done is kept.", "bold")
        _print(out, "Run the same command again: it goes on where this one ended.")
        return
    counts = f"{tally.documents} documents, {tally.pages} pages; {tally.review} need review"
    _print(out, f"{counts}. {summary.worked} done in {summary.seconds:.1f} s. Tables: {output}", "bold")
    _tell_codes(tally)


def _tell_codes(tally: Tally) -> None:
    for code, count in tally.failures.items():
        _print(out, f"{count} × {code}. {CODES.get(code, '')}")
    if tally.gone:
        told = "weren't found any more; their rows are kept (namnd run --prune takes them out)"
        _print(out, f"{tally.gone} files of earlier runs {told}.")


def tell_status(run: Run, tally: Tally, left: int, alive: bool) -> None:
    """How an archive stands, and how far its last run has come."""
    _print(out, f"{tally.files} files; {tally.documents} documents, {tally.pages} pages done", "bold")
    _print(out, f"{tally.failed} failed, {left} left")
    _tell_codes(tally)
    took = max(run.beat - run.began, 1e-9)
    began = time.strftime("%Y-%m-%d %H:%M", time.localtime(run.began))
    state = "running" if alive else run.outcome or "was killed"
    _print(out, f"run {run.run}: {state}; begun {began}, {run.documents} documents, {run.failed} failed")
    if run.pages:
        rate = run.documents / took
        ahead = f", {timedelta(seconds=round(left / rate))} left" if alive and left and rate else ""
        _print(out, f"{run.pages / took:.1f} pages/s{ahead}")
    if left and not alive:
        _print(out, "Run the same namnd run command again to go on.")


def _print(console: Console, text: str, style: str | None = None) -> None:
    console.print(text, markup=False, style=style)
