"""Map the flow over many sources: pages on all cores, one failure costs one document.

A document becomes a plan, a task for each of its pages, and a task that finishes it. The tasks of a large
document spread over the workers as those of many small ones do; only a window of tasks is in flight, so
memory doesn't grow with the number of files. Each task runs isolated (`isolate.py`); should a worker itself
die, the pool is opened again and what it held is tried once more, alone.
"""

import signal
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
from dataclasses import dataclass, field
from multiprocessing import get_context
from typing import Any

from pipeline import flow
from pipeline.errors import Crashed, DocumentError, OutOfMemory, TimedOut
from pipeline.flow import Result
from pipeline.isolate import isolated
from pipeline.model import Document, Failure, Source
from pipeline.settings import Settings

OPEN_DOCUMENTS = 4  # for each worker
TASKS_IN_FLIGHT = 2  # for each worker
FINISH_SECONDS = 60.0
FINISH_SECONDS_PER_PAGE = 5.0

OpenExecutor = Callable[[Settings], Executor]


@dataclass(frozen=True, slots=True)
class Task:
    """`step` is plan, page or finish; `number` the page, or the number of pages to finish with."""

    step: str
    source: Source
    number: int = 0
    failures: tuple[Failure, ...] = ()


@dataclass
class _Open:
    """A document whose pages are being read."""

    source: Source
    pages: int
    next_page: int = 1
    done: int = 0
    failures: list[Failure] = field(default_factory=list)


def processes(settings: Settings) -> Executor:
    """One worker process a core, each with words and models loaded before it forks for a task."""
    return ProcessPoolExecutor(settings.worker_count, get_context("fork"), initializer=_prepare)


def over(
    sources: Iterable[Source], settings: Settings, open_executor: OpenExecutor = processes
) -> Iterator[Result]:
    """A result for each source, in order of completion; a source that can't be read has failures only."""
    work = _Work(iter(sources), settings)
    while not work.done:
        with open_executor(settings) as executor:
            try:
                yield from work.through(executor)
            except BrokenExecutor:
                work.suspect_all()
        for task in work.take_suspects():
            yield from work.settle(task, _alone(task, settings, open_executor))


def perform(task: Task, settings: Settings) -> Any:
    """One task in a worker: a number of pages, None for a page read, a Result, or a Failure."""
    limits = settings.recognition
    try:
        match task.step:
            case "plan":
                return _within(settings, limits.page_timeout, flow.plan, task.source, settings)
            case "page":
                return _read_page(task, settings)
        seconds = FINISH_SECONDS + FINISH_SECONDS_PER_PAGE * task.number
        return _within(settings, seconds, flow.finish, task.source, task.number, task.failures, settings)
    except DocumentError as error:
        return _failed(task, error)


def _alone(task: Task, settings: Settings, open_executor: OpenExecutor) -> Any:
    """A task by itself, so that nobody else is blamed; its second death is its own."""
    with open_executor(settings) as executor:
        future = executor.submit(perform, task, settings)
        error = _error(future)
        if error is None:
            return future.result()
        return _failed(task, Crashed(f"the worker process died ({type(error).__name__})"))


def _error(future: Future[Any]) -> BaseException | None:
    """What went wrong with a future once it is over; a cluster cancels the futures of a lost worker."""
    try:
        return future.exception()
    except CancelledError as error:
        return error


def _read_page(task: Task, settings: Settings) -> None:
    """Read one page into the store; a page whose reader died gets a second, careful try."""
    if flow.is_read(task.source, task.number, settings):
        return
    seconds = settings.recognition.page_timeout
    try:
        _within(settings, seconds, flow.store_page, task.source, task.number, settings)
    except (Crashed, OutOfMemory, TimedOut):
        if task.source.media_type != "application/pdf":
            raise
        _within(settings, seconds, flow.store_page, task.source, task.number, settings, True)


def _within(settings: Settings, seconds: float, call: Callable[..., Any], *arguments: Any) -> Any:
    return isolated(call, *arguments, seconds=seconds, memory=settings.memory_limit)


def _failed(task: Task, error: DocumentError) -> Failure:
    stage = {"plan": "read", "page": "recognize", "finish": "extract"}[task.step]
    return flow.failure(task.source, task.number if task.step == "page" else None, stage, error)


def _prepare() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent hears Ctrl-C and closes the pool
    flow.warm()


class _Work:
    """Which tasks wait, run, and are suspected of having killed a worker."""

    def __init__(self, sources: Iterator[Source], settings: Settings) -> None:
        self.sources = sources
        self.settings = settings
        self.waiting: deque[Task] = deque()
        self.open: dict[str, _Open] = {}
        self.planning = 0
        self.running: dict[Future[Any], Task] = {}
        self.suspects: list[Task] = []
        self.exhausted = False

    @property
    def done(self) -> bool:
        return self.exhausted and not (
            self.waiting or self.open or self.running or self.suspects or self.planning
        )

    def through(self, executor: Executor) -> Iterator[Result]:
        """Run until nothing is left. Raises BrokenExecutor when a worker died."""
        while True:
            self._submit(executor)
            if not self.running:
                return
            for future in wait(self.running, return_when=FIRST_COMPLETED).done:
                error = _error(future)
                if isinstance(error, BrokenExecutor):
                    raise error
                task = self.running.pop(future)
                if error is not None:  # the machine's fault, not yet the document's
                    self.suspects.append(task)
                else:
                    yield from self.settle(task, future.result())

    def suspect_all(self) -> None:
        """The pool is gone: what was in flight is tried again, each task alone."""
        self.suspects += self.running.values()
        self.running.clear()

    def take_suspects(self) -> list[Task]:
        taken, self.suspects = self.suspects, []
        return taken

    def settle(self, task: Task, outcome: Any) -> Iterator[Result]:
        """Take in what a task brought: more tasks, or a finished document."""
        source = task.source
        if task.step == "plan":
            self.planning -= 1
            if isinstance(outcome, Failure):
                yield Result(source, Document(source, ()), failures=(outcome,))
            else:
                self.open[source.digest] = _Open(source, outcome)
                self._finish_if_read(self.open[source.digest])
        elif task.step == "page":
            document = self.open[source.digest]
            document.done += 1
            if isinstance(outcome, Failure):
                document.failures.append(outcome)
            self._finish_if_read(document)
        else:
            del self.open[source.digest]
            if isinstance(outcome, Failure):
                failures = (*task.failures, outcome)
                outcome = Result(source, Document(source, ()), failures=failures)
            yield outcome

    def _finish_if_read(self, document: _Open) -> None:
        if document.done == document.pages:
            failures = tuple(sorted(document.failures, key=lambda f: f.page or 0))
            self.waiting.append(Task("finish", document.source, document.pages, failures))

    def _submit(self, executor: Executor) -> None:
        """Keep the workers busy: finish before reading pages, read pages before opening documents."""
        while len(self.running) < TASKS_IN_FLIGHT * self.settings.worker_count:
            task = self._next()
            if task is None:
                return
            self.running[executor.submit(perform, task, self.settings)] = task

    def _next(self) -> Task | None:
        if self.waiting:
            return self.waiting.popleft()
        for document in self.open.values():
            if document.next_page <= document.pages:
                document.next_page += 1
                return Task("page", document.source, document.next_page - 1)
        if len(self.open) + self.planning < OPEN_DOCUMENTS * self.settings.worker_count:
            source = next(self.sources, None)
            if source is not None:
                self.planning += 1
                return Task("plan", source)
            self.exhausted = True
        return None
