"""The command line: `namnd run`, `status`, `retry`, `show`, `explain`, `diff` and so on. No logic lives here.

A command imports what it needs when it is called, so that help and mistakes are answered at once.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.columns import TABLES
from pipeline.errors import CODES, Halted, NamndError, UsageError
from pipeline.launch import LogFormat, Manner, Told, launch, standing
from pipeline.options import (
    AsAlto,
    AsHocr,
    AsPdf,
    Codes,
    Copies,
    CopyFolder,
    File,
    Folder,
    Force,
    Inputs,
    Keep,
    Log,
    MemoryLimit,
    Metrics,
    NoPersons,
    Output,
    PageTimeout,
    Prune,
    Scheduler,
    SettingsFile,
    Timings,
    VersionFlag,
    Workers,
)
from pipeline.places import Place, exists, place
from pipeline.settings import Settings, load, overruled, restored

if TYPE_CHECKING:
    from pipeline.batch import Order
    from pipeline.flow import Result
    from pipeline.model import Failure, Source

DONE, SOME_FAILED, BAD_USAGE, HALTED = 0, 1, 2, 3
DEFAULT_INPUT, DEFAULT_OUTPUT = Path("data/raw"), Path("data/extracted")

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)


def main() -> None:
    """Run the command line; an error of ours becomes one line on stderr and an exit status."""
    try:
        app()
    except NamndError as error:
        typer.echo(f"namnd: {error}", err=True)
        sys.exit(_status(error))


@app.callback()
def namnd(version: VersionFlag = False) -> None:
    """Decisions and agreements of Swedish municipal boards, from paper to tables."""


@app.command()
def run(
    inputs: Inputs = None,
    output: Output = str(DEFAULT_OUTPUT),
    workers: Workers = None,
    settings_file: SettingsFile = None,
    keep_personal_numbers: Keep = False,
    no_persons: NoPersons = False,
    page_timeout: PageTimeout = None,
    memory_limit: MemoryLimit = None,
    timings: Timings = None,
    prune: Prune = False,
    scheduler: Scheduler = None,
    metrics_port: Metrics = None,
    log_format: Log = LogFormat.TEXT,
) -> None:
    """Bring the tables in the output folder up to date with files and folders.

    What was done before is left alone, unless the file or the rules have changed since.
    """
    from pipeline.batch import Order

    settings = overruled(
        load(settings_file), keep_personal_numbers, no_persons, page_timeout, workers, memory_limit
    )
    named = _existing([place(text) for text in inputs or [str(DEFAULT_INPUT)]])
    order = Order(named, prune=prune, timings=timings)
    _process(order, place(output), settings, Manner(scheduler, log_format, metrics_port))


@app.command()
def status(output: Folder = str(DEFAULT_OUTPUT)) -> None:
    """Say how an archive stands: done, failed, left, pages per second, time left."""
    from pipeline import ledger, progress

    with standing(place(output)) as (folder, alive), ledger.look(folder) as book:
        last = ledger.last(book)
        if last is None:
            raise UsageError(f"{output}: no run has begun there")
        left = ledger.left(book, last.rules, 0)
        progress.tell_status(last, ledger.tally(book), left, alive())


@app.command()
def retry(
    code: Codes,
    output: Output = str(DEFAULT_OUTPUT),
    workers: Workers = None,
    page_timeout: PageTimeout = None,
    memory_limit: MemoryLimit = None,
    scheduler: Scheduler = None,
    metrics_port: Metrics = None,
    log_format: Log = LogFormat.TEXT,
) -> None:
    """Try again what failed with an error code, under the settings of the last run."""
    from pipeline import ledger
    from pipeline.batch import Order

    for each in code:
        if each not in CODES:
            raise UsageError(f"no error code {each!r}; choose of: {', '.join(CODES)}")
    with standing(place(output)) as (folder, _), ledger.look(folder) as book:
        last = ledger.last(book)
    if last is None:
        raise UsageError(f"{output}: no run has begun there")
    settings = overruled(
        restored(last.settings), page_timeout=page_timeout, workers=workers, memory_limit=memory_limit
    )
    _process(Order(codes=code), place(output), settings, Manner(scheduler, log_format, metrics_port))


@app.command()
def show(
    file: File,
    settings_file: SettingsFile = None,
    keep_personal_numbers: Keep = False,
    no_persons: NoPersons = False,
) -> None:
    """Print one document's record with the evidence of each field."""
    from pipeline import terminal

    settings = overruled(load(settings_file), keep_personal_numbers, no_persons)
    terminal.show(_only(file, settings))


@app.command()
def explain(
    file: File,
    field: Annotated[str, typer.Argument(help="A field of documents.csv, such as period_start.")],
    settings_file: SettingsFile = None,
    keep_personal_numbers: Keep = False,
) -> None:
    """Say which rule found a field's value, and which candidates lost, and why."""
    from pipeline import terminal

    result = _only(file, overruled(load(settings_file), keep_personal_numbers))
    if field not in result.record.choices:
        known = ", ".join(name for name in TABLES["documents"].header if name in result.record.choices)
        raise UsageError(f"no field {field!r} to explain; choose one of: {known}")
    terminal.explain(result, field)


@app.command()
def diff(
    file: File,
    html: Annotated[Path | None, typer.Option(help="Write it to this file as a web page.")] = None,
    whole: Annotated[bool, typer.Option("--whole", help="Show lines without changes, too.")] = False,
    settings_file: SettingsFile = None,
    keep_personal_numbers: Keep = False,
    page_timeout: PageTimeout = None,
) -> None:
    """Show a document's raw text beside the cleaned one, with what was changed."""
    from pipeline import terminal
    from pipeline.diff.webpage import webpage

    result = _only(file, overruled(load(settings_file), keep_personal_numbers, page_timeout=page_timeout))
    assert result.reading is not None
    if html is None:
        terminal.tell_diff(result.reading.pages, whole)
    else:
        html.write_text(webpage(file.name, result.reading.pages), encoding="utf-8", errors="backslashreplace")


@app.command()
def compare(
    truth: Annotated[Path, typer.Argument(help="The true text, or a folder of them.")],
    text: Annotated[Path, typer.Argument(help="The text to judge, or a folder with the same names.")],
    before: Annotated[Path | None, typer.Option(help="The text before its repair.")] = None,
    repair: Annotated[bool, typer.Option("--repair", help="Let the cleaner repair the text first.")] = False,
    json_file: Annotated[Path | None, typer.Option("--json", help="Write the counts to this file.")] = None,
) -> None:
    """Count what is wrong in a text by the true one, and what a repair fixed and broke."""
    from pipeline import terminal
    from pipeline.compare import compared, pairs, report

    found = compared(pairs(truth, text, before), repair)
    terminal.tell_comparison(str(text), found)
    if json_file is not None:
        json_file.write_text(report.to_json(found), encoding="utf-8")


@app.command()
def export(
    inputs: Copies,
    output: CopyFolder = Path(),
    pdf: AsPdf = False,
    alto: AsAlto = False,
    hocr: AsHocr = False,
    force: Force = False,
    workers: Workers = None,
    settings_file: SettingsFile = None,
    keep_personal_numbers: Keep = False,
    page_timeout: PageTimeout = None,
) -> None:
    """Write searchable copies of PDF and picture files; the sources stay as they are."""
    from functools import partial

    from pipeline import progress
    from pipeline.export import copied, planned
    from pipeline.run import over

    kinds = [kind for kind, wanted in (("pdf", pdf), ("alto", alto), ("hocr", hocr)) if wanted]
    if not kinds:
        raise UsageError("name what to write: --pdf, --alto, --hocr, or several of them")
    settings = overruled(load(settings_file), keep_personal_numbers, True, page_timeout, workers)
    sources, unread = _found(inputs, settings)
    order = planned(sources, output, kinds, force)
    failed = bool(unread)
    for document in over(sources, settings, partial(copied, order=order)):
        progress.tell_copied(document)
        failed |= bool(document.failures)
    raise typer.Exit(SOME_FAILED if failed else DONE)


def _process(order: Order, output: Place, settings: Settings, manner: Manner) -> None:
    """Run, and leave with the status that says how it went."""
    try:
        summary = launch(order, output, settings, manner)
    except Told as told:
        raise typer.Exit(_status(told.error)) from told
    raise typer.Exit(summary.status or (SOME_FAILED if summary.tally.failed else DONE))


def _status(error: NamndError) -> int:
    if isinstance(error, Halted):
        return HALTED
    return BAD_USAGE if isinstance(error, UsageError) else SOME_FAILED


def _existing(inputs: Sequence[Place]) -> Sequence[Place]:
    for path in inputs:
        if not exists(path):
            raise UsageError(f"{path}: no such file or folder")
    return inputs


def _found(inputs: list[Path], settings: Settings) -> tuple[list[Source], list[Failure]]:
    """The documents in files and folders, and what can't be opened there, which is told."""
    from pipeline import progress
    from pipeline.read import discover

    sources, unread = discover(_existing(inputs), settings.recognition.max_bytes)
    for failure in unread:
        progress.tell_failure(failure)
    return sources, unread


def _only(file: Path, settings: Settings) -> Result:
    """The result of one document; a document that can't be read is told and ends the command."""
    from pipeline import progress
    from pipeline.run import over, whole

    sources, _ = _found([file], settings)
    if len(sources) > 1:
        raise UsageError(f"{file}: name one document, not a folder of {len(sources)}")
    results = list(over(sources, settings, whole))
    for failure in (f for result in results for f in result.failures):
        progress.tell_failure(failure)
    if not results or results[0].reading is None:
        raise typer.Exit(SOME_FAILED)
    return results[0]
