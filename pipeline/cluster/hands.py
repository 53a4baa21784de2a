"""The run's side of a cluster: hand out calls, count the workers, compare what they say of themselves."""

import contextlib
import os
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

from distributed import Client
from distributed.cfexecutor import ClientExecutor

from pipeline import places
from pipeline.cluster.connection import WAIT_FOR_WORKERS, connected, quiet
from pipeline.cluster.worker import Job, Report, Terms, differences, report, work
from pipeline.errors import Halted, UsageError
from pipeline.places import Place, Url
from pipeline.settings import Settings

WAIT_FOR_ANSWERS = 300.0
COUNT_EVERY = 2.0
"""Seconds between two looks at how many workers there are."""

Open = Callable[[Settings], Executor]


@contextmanager
def joined(address: str, settings: Settings, inputs: Sequence[Place]) -> Iterator[Open]:
    """What opens an executor on the workers of the scheduler at `address`, or of one of this machine's own.

    Raises UsageError where nobody answers, and for a worker that would make other tables.
    """
    with quiet(), connected(address, settings) as client, _token(settings) as token:
        terms = Terms(settings, str(Path.cwd()), tuple(map(str, inputs)), token)
        expected = report(terms)
        _compare(client, terms, expected)
        yield lambda _: Hands(client, terms, expected)


class Hands(ClientExecutor):
    """Dask's own executor. Each call is a task of its own, also where two are equal."""

    def __init__(self, client: Client, terms: Terms, expected: Report) -> None:
        super().__init__(client, pure=False)
        self._terms = terms
        self._expected = expected
        self._workers = 0
        self._counted = self._seen = time.monotonic() - COUNT_EVERY

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:  # type: ignore[override]
        """Have a worker make a call. Raises Halted where the scheduler is gone."""
        if self._client.status != "running":
            raise Halted("the scheduler is gone; start it and its workers, and the same command again")
        future: Future[Any] = super().submit(work, Job(self._terms, self._expected, fn, *args), **kwargs)
        return future

    def worker_count(self) -> int:
        """How many calls can be made at once, now. Raises Halted where nobody has been there for long."""
        now = time.monotonic()
        if now - self._counted >= COUNT_EVERY:
            self._workers = _threads(self._client)
            self._counted = now
            self._seen = now if self._workers else self._seen
            if now - self._seen > WAIT_FOR_WORKERS:
                raise Halted(f"no worker has been there for {WAIT_FOR_WORKERS:g} s; what was done is kept")
        return max(1, self._workers)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Let go of what is still under way: whoever leaves doesn't want it."""
        with contextlib.suppress(OSError, RuntimeError, TimeoutError):  # the scheduler may be gone
            super().shutdown(wait=False)


def _compare(client: Client, terms: Terms, expected: Report) -> None:
    """Ask every worker for its report. Raises UsageError for those that differ."""
    workers = sorted(client.scheduler_info()["workers"])
    asked = {
        worker: client.submit(
            work, Job(terms, None, report, terms), workers=[worker], allow_other_workers=False, pure=False
        )
        for worker in workers
    }
    wrong = [line for worker, answer in asked.items() if (line := _verdict(worker, answer, expected))]
    if wrong:
        raise UsageError(
            "the workers would not make the same tables as this machine:\n  "
            + "\n  ".join(wrong)
            + "\nInstall the same namnd and Tesseract everywhere (docs/scale.md), and let all see the input "
            "and the page store (`cache` in the table [run] of the settings)."
        )


def _verdict(worker: str, answer: Any, expected: Report) -> str:
    error = answer.exception(timeout=WAIT_FOR_ANSWERS)
    if error is not None:
        return f"{worker} can't do the work ({type(error).__name__}: {error})"
    told: Report = answer.result()
    wrong = differences(told, expected)
    return f"{worker} on {told.host} {wrong}" if wrong else ""


def _threads(client: Client) -> int:
    try:
        return sum(worker["nthreads"] for worker in client.scheduler_info()["workers"].values())
    except (OSError, RuntimeError, TimeoutError) as error:
        raise Halted(f"the scheduler is gone ({type(error).__name__}); what was done is kept") from error


@contextmanager
def _token(settings: Settings) -> Iterator[str]:
    """A file in the page store for the workers to see: not every folder of that name is the same one."""
    if isinstance(settings.cache, Url):
        url = settings.cache / f".seen-{uuid4().hex}"
        places.keep(url, b"seen")
        try:
            yield url
        finally:
            places.remove(url)
        return
    settings.cache.mkdir(parents=True, exist_ok=True)
    handle, path = tempfile.mkstemp(dir=settings.cache, prefix=".seen-")
    os.close(handle)
    try:
        yield path
    finally:
        Path(path).unlink(missing_ok=True)
