"""What a worker does: open a document, read its pages, finish it, each step in the child that it keeps.

A worker goes on with its document for as long as the task's seconds last and hands the rest back, so that
small documents cost no messages and the pages of large ones spread over the workers. Each step and each page
is isolated (`isolate.py`) with a time limit of its own.
"""

import os
import shutil
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from multiprocessing.util import Finalize
from pathlib import Path
from typing import Any, TypeVar

import psutil

from pipeline import flow, places
from pipeline.errors import Crashed, DocumentError, OutOfMemory, TimedOut
from pipeline.flow import Result
from pipeline.isolate import Isolation
from pipeline.model import Document, Failure, Source
from pipeline.read.media import MARKDOWN, TEXT
from pipeline.settings import Settings

FINISH_SECONDS = 60.0
FINISH_SECONDS_PER_PAGE = 5.0
FINISH_SECONDS_PER_BYTE = 2e-5  # of a text file, which may be one endless page
COPIES = 4  # of files of other systems that a worker keeps at hand

T = TypeVar("T")
Digest = Callable[[Result], Any]


@dataclass(frozen=True, slots=True)
class Task:
    """`step` is open, read (the pages numbered `pages`) or finish (with all of `pages`).

    After `seconds` no further page is begun; a document that is opened with none to spare is only counted.
    """

    step: str
    source: Source
    pages: range = range(0)
    seconds: float = 0.0
    failures: tuple[Failure, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a task brought: a document's pages, those left unread, those that failed, the seconds that reading
    took, and the digest of the document's result where it came so far."""

    pages: range = range(0)
    unread: range = range(0)
    failures: tuple[Failure, ...] = ()
    seconds: float = 0.0
    digests: tuple[Any, ...] = ()


def perform(task: Task, settings: Settings, digest: Digest) -> Outcome:
    """One task in a worker, whatever it meets."""
    until = time.monotonic() + task.seconds
    try:
        task = replace(task, source=_at_hand(task.source, settings))
        match task.step:
            case "open":
                return _open(task, settings, digest, until)
            case "read":
                return _read(task.source, task.pages, settings, until)
        return _finish(task.source, task.pages, task.failures, settings, digest)
    except DocumentError as error:
        return lost(task, error, digest)


def lost(task: Task, error: DocumentError, digest: Digest) -> Outcome:
    """What a task brought that came to nothing: failed pages, or a document without facts."""
    source = task.source
    if task.step == "read":
        return Outcome(failures=tuple(flow.failure(source, n, "recognize", error) for n in task.pages))
    failed = flow.failure(source, None, "read" if task.step == "open" else "extract", error)
    result = Result(source, Document(source, ()), failures=(*task.failures, failed))
    return Outcome(digests=(digest(result),))


def _at_hand(source: Source, settings: Settings) -> Source:
    """The source with a copy on this machine, where it lies on another system."""
    if not places.is_url(source.path):
        return source
    copy = _copies() / source.digest
    if not copy.exists():
        for old in sorted(_copies().iterdir(), key=lambda path: path.stat().st_mtime)[: 1 - COPIES]:
            old.unlink()
        most = settings.recognition.max_bytes
        _isolation(settings.memory_limit, sealed=False).call(
            places.fetch, source, copy, most, seconds=settings.recognition.page_timeout
        )
    return replace(source, copy=str(copy))


@cache
def _copies() -> Path:
    """Where a worker keeps copies of the last few files; it goes with the worker, or with the next one."""
    for left in Path(tempfile.gettempdir()).glob("namnd-copies-*-*"):
        if not psutil.pid_exists(int(left.name.split("-")[2])):
            shutil.rmtree(left, ignore_errors=True)
    folder = tempfile.mkdtemp(prefix=f"namnd-copies-{os.getpid()}-")
    Finalize(None, shutil.rmtree, (folder,), {"ignore_errors": True}, exitpriority=0)
    return Path(folder)


def _open(task: Task, settings: Settings, digest: Digest, until: float) -> Outcome:
    source = task.source
    pages = range(1, 1 + _within(settings, settings.recognition.page_timeout, flow.plan, source, settings))
    if not task.seconds:
        return Outcome(pages, unread=pages)
    outcome = _read(source, pages, settings, until)
    if outcome.unread:
        return outcome
    return perform(Task("finish", source, pages, failures=outcome.failures), settings, digest)


def _read(source: Source, pages: range, settings: Settings, until: float) -> Outcome:
    """Read pages into the store, the first of them at any rate."""
    failures: list[Failure] = []
    begun = time.monotonic()
    for done, number in enumerate(pages):
        if done and time.monotonic() > until:
            return Outcome(pages, pages[done:], tuple(failures), time.monotonic() - begun)
        try:
            _read_page(source, number, settings)
        except DocumentError as error:
            failures.append(flow.failure(source, number, "recognize", error))
    return Outcome(pages, failures=tuple(failures), seconds=time.monotonic() - begun)


def _read_page(source: Source, number: int, settings: Settings) -> None:
    """Read one page into the store; a page whose reader died gets a second, careful try."""
    if flow.is_read(source, number, settings):
        return
    seconds = settings.recognition.page_timeout
    try:
        _within(settings, seconds, flow.store_page, source, number, settings)
    except (Crashed, OutOfMemory, TimedOut):
        if source.media_type != "application/pdf":
            raise
        _within(settings, seconds, flow.store_page, source, number, settings, True)


def _finish(
    source: Source, pages: range, failures: tuple[Failure, ...], settings: Settings, digest: Digest
) -> Outcome:
    seconds = FINISH_SECONDS + FINISH_SECONDS_PER_PAGE * len(pages)
    if source.media_type in (TEXT, MARKDOWN):
        seconds += min(FINISH_SECONDS_PER_BYTE * source.size, settings.recognition.document_timeout)
    return Outcome(
        digests=(_within(settings, seconds, _digested, digest, source, pages, failures, settings),)
    )


def _digested(
    digest: Digest, source: Source, pages: range, failures: tuple[Failure, ...], settings: Settings
) -> Any:
    """The digest, made in the child, so that what it leaves out never leaves it."""
    return digest(flow.finish(source, len(pages), failures, settings))


def _within(settings: Settings, seconds: float, call: Callable[..., T], *arguments: Any) -> T:
    """A call in a process that has no way to the network, unless pages are kept there."""
    isolation = _isolation(settings.memory_limit, sealed=not isinstance(settings.cache, places.Url))
    return isolation.call(call, *arguments, seconds=seconds)


@cache
def _isolation(memory: int, sealed: bool) -> Isolation:
    """The one child of each kind that a worker keeps; it ends with the worker."""
    isolation = Isolation(memory, sealed)
    Finalize(None, isolation.close, exitpriority=0)
    return isolation
