"""Workers on other machines: a Dask cluster behind the same seam as the processes of this machine.

A worker is given what to do and where the file lies, never the file; what comes back are packed rows and
texts. Files and the page store are read from paths that all machines see. A worker that has other code,
another Tesseract or another view of the disk would make other tables, so it is refused.
"""

import contextlib
import gc
import os
import platform
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

from distributed import Client, LocalCluster
from distributed.cfexecutor import ClientExecutor

from pipeline import __version__, flow, places, versions
from pipeline.errors import Halted, OcrFailed, UsageError
from pipeline.foreman import Foreman, Gone
from pipeline.places import Place, Url
from pipeline.recognize import tesseract
from pipeline.settings import Settings

LOCAL = "local"
PROTOCOLS = ("tcp://", "tls://")
WAIT_FOR_SCHEDULER = 20.0
WAIT_FOR_WORKERS = 120.0
WAIT_FOR_ANSWERS = 300.0
COUNT_EVERY = 2.0
"""Seconds between two looks at how many workers there are."""

Open = Callable[[Settings], Executor]


@dataclass(frozen=True)
class Terms:
    """What all have to agree on: settings, the folder that relative paths start from, files to be seen."""

    settings: Settings
    folder: str
    inputs: tuple[str, ...]
    token: str


@dataclass(frozen=True)
class Report:
    """What a worker has to say: name and version of what decides its results, and what it doesn't see."""

    host: str
    made_by: tuple[tuple[str, str], ...]
    unseen: tuple[str, ...]


class Job:
    """A call for a worker. It has no fields that Dask would print to its log when a job fails."""

    def __init__(self, terms: Terms, expected: Report | None, function: Any, *arguments: Any) -> None:
        self.terms = terms
        self.expected = expected
        self.call = (function, *arguments)


@contextmanager
def joined(address: str, settings: Settings, inputs: Sequence[Place]) -> Iterator[Open]:
    """What opens an executor on the workers of the scheduler at `address`, or of one of this machine's own.

    Raises UsageError where nobody answers, and for a worker that would make other tables.
    """
    with _client(address, settings) as client, _token(settings) as token:
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


def work(job: Job) -> Any:
    """Make a call in this thread of a worker. Raises Halted where the worker isn't as the run expects."""
    try:
        if job.expected is not None and (wrong := _differences(_reported(job.terms), job.expected)):
            raise Halted(f"a worker on {platform.node()} joined that {wrong}")
        function, *arguments = job.call
        return _foreman().call(_in_folder, job.terms.folder, function, *arguments)
    except Gone:
        _of_thread.foreman = None
        raise


_of_thread = threading.local()


def _foreman() -> Foreman:
    """The one who works for this thread."""
    if getattr(_of_thread, "foreman", None) is None:
        _of_thread.foreman, _of_thread.reports = Foreman(), {}
    foreman: Foreman = _of_thread.foreman
    return foreman


def _reported(terms: Terms) -> Report:
    """The report of this thread's foreman, asked for once."""
    foreman = _foreman()
    if terms not in _of_thread.reports:
        _of_thread.reports[terms] = foreman.call(_in_folder, terms.folder, report, terms)
    told: Report = _of_thread.reports[terms]
    return told


def _in_folder(folder: str, function: Callable[..., Any], *arguments: Any) -> Any:
    """A call made where relative paths mean what they mean in the run."""
    with contextlib.suppress(OSError):  # then only absolute paths are seen, and the report says so
        os.chdir(folder)
    return function(*arguments)


def report(terms: Terms) -> Report:
    """How this process would do its work; it is warm afterwards."""
    _warm(terms.settings)
    unseen = (path for path in (*terms.inputs, terms.token) if not places.exists(places.place(path)))
    return Report(platform.node(), _made_by(terms.settings), tuple(unseen))


@cache
def _warm(settings: Settings) -> None:
    flow.warm(settings)
    gc.freeze()


@cache
def _made_by(settings: Settings) -> tuple[tuple[str, str], ...]:
    try:
        engine = tesseract.version(settings.recognition.engine, settings.recognition.languages)
    except OcrFailed:
        engine = "none"
    return (
        ("namnd", __version__),
        ("Python", ".".join(platform.python_version_tuple()[:2])),
        ("Tesseract", f"{engine} (command: {versions.tesseract()})"),
        ("what reads pages (code, libraries, settings)", versions.recognition(settings)),
        ("what finds facts (code, libraries, settings)", versions.extraction(settings)),
        ("what carries documents (code)", versions.carriage()),
    )


def _differences(told: Report, expected: Report) -> str:
    """What is wrong with a worker, as the end of a sentence; empty where nothing is."""
    ours = dict(expected.made_by)
    other = [
        f"has another {name}: {value} there, {ours.get(name)} here"
        for name, value in told.made_by
        if value != ours.get(name)
    ]
    unseen = [f"doesn't see {path}" for path in told.unseen]
    return "; ".join(other + unseen)


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
    wrong = _differences(told, expected)
    return f"{worker} on {told.host} {wrong}" if wrong else ""


def _threads(client: Client) -> int:
    try:
        return sum(worker["nthreads"] for worker in client.scheduler_info()["workers"].values())
    except (OSError, RuntimeError, TimeoutError) as error:
        raise Halted(f"the scheduler is gone ({type(error).__name__}); what was done is kept") from error


@contextmanager
def _client(address: str, settings: Settings) -> Iterator[Client]:
    if address == LOCAL:
        with _own_cluster(settings) as cluster, Client(cluster, set_as_default=False) as client:
            yield client
        return
    if not address.startswith(PROTOCOLS):
        raise UsageError(f"--scheduler is `{LOCAL}` or an address such as tcp://HOST:8786, not {address!r}")
    with _called(address) as client:
        try:
            client.wait_for_workers(1, timeout=WAIT_FOR_WORKERS)
        except TimeoutError as error:
            raise UsageError(f"{address}: no worker has joined (dask worker {address})") from error
        yield client


@contextmanager
def _called(address: str) -> Iterator[Client]:
    try:
        client = Client(address, timeout=WAIT_FOR_SCHEDULER, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        raise UsageError(f"{address}: no scheduler answers ({type(error).__name__})") from error
    with client:
        yield client


def _own_cluster(settings: Settings) -> LocalCluster:
    """A scheduler and workers of this machine's own, heard on loopback alone.

    What counts in memory are the processes that read pages, and they have limits of their own.
    """
    return LocalCluster(
        n_workers=settings.worker_count,
        threads_per_worker=1,
        host="127.0.0.1",
        dashboard_address="127.0.0.1:0",
        memory_limit=0,
    )


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
