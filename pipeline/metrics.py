"""Figures of a run under way for Prometheus: what is done, what failed, where the seconds go, what is left.

Labels are stages and error codes alone, never a name of a file.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from prometheus_client import CollectorRegistry, Counter, Gauge, start_http_server

from pipeline.errors import CODES, UsageError
from pipeline.events import Done, Event, Planned, Refused, Standing
from pipeline.model import Failure

Tell = Callable[[Event], None]
LOOPBACK = "127.0.0.1"


@contextmanager
def served(place: str) -> Iterator[Tell]:
    """A way to tell what happens, which others can ask for at PORT of this machine or at HOST:PORT.

    Raises UsageError for a place that isn't free, or isn't one.
    """
    host, _, port = place.rpartition(":")
    registry = CollectorRegistry()
    try:
        server, thread = start_http_server(int(port), host.strip("[]") or LOOPBACK, registry)
    except (OSError, OverflowError, ValueError) as error:
        raise UsageError(f"--metrics-port {place}: {error}; give a free PORT, or HOST:PORT") from error
    try:
        yield counted(registry)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def counted(registry: CollectorRegistry) -> Tell:
    """A way to tell what happens that counts it."""
    files = Gauge("namnd_files", "Files found in the archive.", registry=registry)
    queue = Gauge("namnd_queue", "Files to work on in this run, not yet done.", registry=registry)
    documents = Counter("namnd_documents", "Documents done in this run.", registry=registry)
    pages = Counter("namnd_pages", "Pages of the documents done in this run.", registry=registry)
    errors = Counter("namnd_errors", "Failures of files and pages by code.", ["code"], registry=registry)
    seconds = Counter("namnd_stage_seconds", "Seconds of work by stage.", ["stage"], registry=registry)
    for code in CODES:
        errors.labels(code)  # a series that begins at 0 shows its first failure

    def count(failures: tuple[Failure, ...]) -> None:
        for failure in failures:
            errors.labels(failure.code).inc()

    def tell(event: Event) -> None:
        match event:
            case Planned(found, left):
                files.set(found)
                queue.set(left)
                return
            case Standing():
                return
            case Refused(failure):
                count((failure,))
            case Done():
                documents.inc()
                pages.inc(event.pages)
                count(event.failures)
                for stage, spent in event.stages:
                    seconds.labels(stage).inc(spent)
        queue.dec()

    return tell
