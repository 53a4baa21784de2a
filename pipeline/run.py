"""Map the flow over many sources: every core busy, one failure costs one page or one document.

A document is opened, its pages are read, and it is finished (`tasks.py`). Only a window of tasks is in
flight, so memory doesn't grow with the number of files. Should a worker itself die, the pool is opened again
and what it held is tried once more, in small parts and alone.
"""

import gc
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    CancelledError,
    Executor,
    Future,
    ProcessPoolExecutor,
    wait,
)
from dataclasses import dataclass, field, replace
from multiprocessing import get_context, parent_process
from typing import Any, TypeVar

from pipeline import flow
from pipeline.errors import Crashed, Halted, TimedOut
from pipeline.flow import Result
from pipeline.model import Failure, Source
from pipeline.settings import Settings
from pipeline.tasks import Digest, Outcome, Task, lost, perform

OPEN_DOCUMENTS = 4  # for each worker
TASKS_IN_FLIGHT = 2  # for each worker
TASK_SECONDS = 0.5  # how long a worker goes on with one document before it hands back the rest
TASK_PAGES = 16
LOOK_UP_EVERY = 0.5  # seconds between two looks at whether an end was asked for

T = TypeVar("T")
OpenExecutor = Callable[[Settings], Executor]


def processes(settings: Settings) -> Executor:
    """One worker process a core, forked once words and models are loaded, so that all share them."""
    flow.warm(settings)
    gc.freeze()  # the collector would touch what they share, and so copy it
    return ProcessPoolExecutor(
        settings.worker_count, get_context("fork"), initializer=_prepare, initargs=(settings,)
    )


def whole(result: Result) -> Result:
    """The digest that leaves nothing out."""
    return result


def never() -> bool:
    """Nobody has asked for an end."""
    return False


def over(
    sources: Iterable[Source],
    settings: Settings,
    digest: Callable[[Result], T],
    open_executor: OpenExecutor = processes,
    stopped: Callable[[], bool] = never,
) -> Iterator[T]:
    """The digest of each source's result, in order of completion; what can't be read has failures only.

    `digest` is a function of a module, called where the document was finished: what it leaves out needn't
    travel between processes. Once `stopped` says so, only the pages in hand are finished, and no document
    whose work isn't all in hand. Raises Halted where a worker's disk gives out. No worker is started where
    there are no sources.
    """
    work = _Work(iter(sources), settings, digest, stopped)
    while not work.done:
        with open_executor(settings) as executor:
            try:
                yield from work.through(executor)
            except BrokenExecutor:
                work.suspect_all()
        for task in work.take_suspects():
            if not stopped():
                yield from work.settle(task, _alone(task, settings, digest, open_executor))


def _alone(task: Task, settings: Settings, digest: Digest, open_executor: OpenExecutor) -> Outcome:
    """A task by itself, so that nobody else is blamed; its second death is its own."""
    with open_executor(settings) as executor:
        future = executor.submit(perform, task, settings, digest)
        error = _error(future)
        if error is None:
            return future.result()
        if isinstance(error, Halted):
            raise error
        return lost(task, Crashed(f"the worker process died ({type(error).__name__})"), digest)


def _error(future: Future[Any]) -> BaseException | None:
    """What went wrong with a future once it is over; a cluster cancels the futures of a lost worker."""
    try:
        return future.exception()
    except CancelledError as error:
        return error


def _prepare(settings: Settings) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent hears Ctrl-C and closes the pool
    for number in (signal.SIGTERM, signal.SIGHUP):  # what the parent listens to ends a worker
        signal.signal(number, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    flow.warm(settings)


def _end_with_parent() -> None:
    """Leave no worker waiting for tasks of a parent that was killed."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


@dataclass
class _Open:
    """A document whose pages are being read: the stretches not yet begun, and the tasks under way."""

    source: Source
    pages: range
    unread: deque[range] = field(default_factory=deque)
    tasks: int = 0
    failures: list[Failure] = field(default_factory=list)
    seconds: float = 0.0

    def give_up(self, limit: float) -> None:
        """Make failures of the pages that nobody has begun."""
        error = TimedOut(f"the pages before it took more than document_timeout, {limit:g} s, together")
        self.failures += (
            flow.failure(self.source, n, "recognize", error) for part in self.unread for n in part
        )
        self.unread.clear()


class _Work:
    """Which tasks wait, run, and are suspected of having killed a worker."""

    def __init__(
        self, sources: Iterator[Source], settings: Settings, digest: Digest, stopped: Callable[[], bool]
    ) -> None:
        self.sources = sources
        self.settings = settings
        self.digest = digest
        self.stopped = stopped
        self.coming: deque[Source] = deque()
        self.exhausted = False
        self.opening = 0
        self.open: dict[str, _Open] = {}
        self.read: deque[_Open] = deque()
        self.running: dict[Future[Outcome], Task] = {}
        self.suspects: list[Task] = []
        self.count: Callable[[], int] = lambda: settings.worker_count

    @property
    def done(self) -> bool:
        if self.stopped():
            return not self.running
        if not self.coming:
            self._fetch(1)
        return self.exhausted and not (
            self.coming or self.opening or self.open or self.running or self.suspects
        )

    def through(self, executor: Executor) -> Iterator[Any]:
        """Run until nothing is left. Raises BrokenExecutor when a worker died, Halted for a full disk."""
        self.count = getattr(executor, "worker_count", self.count)  # a cluster's workers come and go
        while True:
            if self.stopped():
                self._take_back()
            else:
                self._submit(executor)
            if not self.running:
                return
            done = wait(self.running, LOOK_UP_EVERY, FIRST_COMPLETED).done
            for future in sorted(done, key=lambda future: _error(future) is not None):  # keep what came first
                error = _error(future)
                if isinstance(error, BrokenExecutor | Halted):
                    raise error
                task = self.running.pop(future)
                if error is not None:  # the machine's fault, not yet the document's
                    self.suspects.append(task)
                else:
                    yield from self.settle(task, future.result())

    def _take_back(self) -> None:
        """Take back what no worker has begun."""
        for future in [future for future in self.running if future.cancel()]:
            del self.running[future]

    def suspect_all(self) -> None:
        """The pool is gone: what was in flight is tried again, each task alone."""
        self.suspects += self.running.values()
        self.running.clear()

    def take_suspects(self) -> list[Task]:
        """The suspected tasks, each in its smallest parts."""
        parts: list[Task] = []
        for task in self.suspects:
            if task.step == "read":
                self.open[task.source.digest].tasks += len(task.pages) - 1
                parts += [replace(task, pages=range(n, n + 1)) for n in task.pages]
            else:
                parts.append(replace(task, seconds=0.0))
        self.suspects = []
        return parts

    def settle(self, task: Task, outcome: Outcome) -> Iterator[Any]:
        """Take in what a task brought: pages still to read, or a finished document."""
        key = task.source.digest
        if task.step == "open":
            self.opening -= 1
            self.open[key] = _Open(task.source, outcome.pages)
        elif task.step == "read":
            self.open[key].tasks -= 1
        if outcome.digests:
            del self.open[key]
            yield from outcome.digests
            return
        document = self.open[key]
        document.failures += outcome.failures
        document.seconds += outcome.seconds
        if outcome.unread:
            document.unread.appendleft(outcome.unread)
        if document.seconds > (limit := self.settings.recognition.document_timeout):
            document.give_up(limit)
        if not (document.unread or document.tasks):
            self.read.append(document)

    def _submit(self, executor: Executor) -> None:
        """Keep the workers busy."""
        while len(self.running) < TASKS_IN_FLIGHT * self.count():
            task = self._next()
            if task is None:
                return
            self.running[executor.submit(perform, task, self.settings, self.digest)] = task

    def _next(self) -> Task | None:
        """Finish before reading pages, read pages before opening documents."""
        if self.read:
            return _finishing(self.read.popleft())
        for document in self.open.values():
            if document.unread:
                return self._reading(document)
        if len(self.open) + self.opening < OPEN_DOCUMENTS * self.count():
            return self._opening()
        return None

    def _reading(self, document: _Open) -> Task:
        """Some of a document's pages, few enough that every worker has a share."""
        left = sum(map(len, document.unread))
        share = max(1, min(TASK_PAGES, left // (TASKS_IN_FLIGHT * self.count())))
        pages = document.unread.popleft()
        if pages[share:]:
            document.unread.appendleft(pages[share:])
        document.tasks += 1
        return Task("read", document.source, pages[:share], TASK_SECONDS)

    def _opening(self) -> Task | None:
        """The next document, for one worker to read through where the others have documents of their own."""
        workers = self.count()
        self._fetch(workers)
        if not self.coming:
            return None
        plenty = len(self.coming) + self.opening + len(self.open) >= workers
        self.opening += 1
        return Task("open", self.coming.popleft(), seconds=TASK_SECONDS if plenty else 0.0)

    def _fetch(self, wanted: int) -> None:
        """See to it that so many documents are coming, where there are any."""
        while len(self.coming) < wanted and not self.exhausted:
            source = next(self.sources, None)
            self.exhausted = source is None
            self.coming.extend([source] if source else [])


def _finishing(document: _Open) -> Task:
    failures = tuple(sorted(document.failures, key=lambda failure: failure.page or 0))
    return Task("finish", document.source, document.pages, failures=failures)
