"""Start a run as the command line asks: by whose hands it is done, and who is told of it."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import NamndError, UsageError
from pipeline.places import Place
from pipeline.settings import Settings

if TYPE_CHECKING:
    from pipeline.batch import Order, Summary
    from pipeline.events import Event
    from pipeline.run import OpenExecutor


class LogFormat(StrEnum):
    """What stderr is written as: lines for people, or one JSON object a line."""

    TEXT = "text"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class Manner:
    """How a run is done: by a cluster's workers, told in which format, with figures served at which port."""

    scheduler: str | None = None
    log_format: LogFormat = LogFormat.TEXT
    metrics_port: str | None = None


class Told(Exception):
    """What ended the run, which has been told already."""

    def __init__(self, error: NamndError) -> None:
        super().__init__(error)
        self.error = error


def launch(order: "Order", output: Place, settings: Settings, manner: Manner) -> "Summary":
    """Do a run and tell of it. Raises Halted and UsageError, in Told where they have gone to the log."""
    from pipeline.batch import process

    try:
        with (
            _hands(manner.scheduler, settings, order) as open_executor,
            _watched(manner) as tell,
            _folder(output) as (folder, sign),
        ):
            summary = process(order, folder, settings, tell, open_executor, sign)
    except NamndError as error:
        if manner.log_format is LogFormat.TEXT:
            raise
        from pipeline import structured

        structured.tell_error(error)
        raise Told(error) from error
    _close(summary, output, manner)
    return summary


def _close(summary: "Summary", output: Place, manner: Manner) -> None:
    if manner.log_format is LogFormat.JSON:
        from pipeline import structured

        structured.tell_summary(summary)
    else:
        from pipeline import progress

        progress.tell_summary(summary, output)


def _folder(output: Place) -> AbstractContextManager[tuple[Path, Callable[[], None]]]:
    """The folder to work in, on this machine, and what to call now and then as a sign of life."""
    if isinstance(output, Path):
        return nullcontext((output, lambda: None))
    from pipeline.mirror import mirrored

    return mirrored(output)


@contextmanager
def standing(output: Place) -> Iterator[tuple[Path, Callable[[], bool]]]:
    """A folder with the ledger of an output folder as it stands, and how to ask whether a run is at work."""
    if isinstance(output, Path):
        from pipeline import lock

        yield output, partial(lock.is_held, output)
        return
    from pipeline import mirror, url_lock

    with mirror.ledger_of(output) as folder:
        yield folder, partial(url_lock.is_held, output)


@contextmanager
def _watched(manner: Manner) -> Iterator["Callable[[Event], None]"]:
    """Who is told what happens: the terminal or the log, and whoever asks for figures."""
    with ExitStack() as stack:
        listeners: list[Callable[[Event], None]] = []
        if manner.log_format is LogFormat.JSON:
            from pipeline import structured

            listeners.append(structured.lines())
        else:
            from pipeline import progress

            listeners.append(stack.enter_context(progress.progress()))
        if manner.metrics_port is not None:
            try:
                from pipeline import metrics
            except ModuleNotFoundError as error:
                raise UsageError(
                    f"--metrics-port needs {error.name}: pip install 'namnd[metrics]'"
                ) from error
            listeners.append(stack.enter_context(metrics.served(manner.metrics_port)))

        def tell(event: "Event") -> None:
            for listener in listeners:
                listener(event)

        yield tell


def _hands(
    scheduler: str | None, settings: Settings, order: "Order"
) -> AbstractContextManager["OpenExecutor | None"]:
    """What opens an executor on a cluster's workers, None for processes of this machine."""
    if scheduler is None:
        return nullcontext()
    try:
        from pipeline import cluster
    except ModuleNotFoundError as error:
        raise UsageError(f"--scheduler needs {error.name}: pip install 'namnd[cluster]'") from error
    return cluster.joined(scheduler, settings, order.inputs)
