"""What a worker of the cluster does: say how it would do the work, and have it done by its foreman."""

import contextlib
import gc
import os
import platform
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from pipeline import __version__, flow, places, versions
from pipeline.errors import Halted
from pipeline.foreman import Foreman, Gone
from pipeline.settings import Settings


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


def work(job: Job) -> Any:
    """Make a call in this thread of a worker. Raises Halted where the worker isn't as the run expects."""
    try:
        if job.expected is not None and (wrong := differences(_reported(job.terms), job.expected)):
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
    return (
        ("namnd", __version__),
        ("Python", ".".join(platform.python_version_tuple()[:2])),
        ("Tesseract", versions.tesseract()),
        ("what reads pages (code, libraries, settings)", versions.recognition(settings)),
        ("what finds facts (code, libraries, settings)", versions.extraction(settings)),
        ("what carries documents (code)", versions.carriage()),
    )


def differences(told: Report, expected: Report) -> str:
    """What is wrong with a worker, as the end of a sentence; empty where nothing is."""
    ours = dict(expected.made_by)
    other = [
        f"has another {name}: {value} there, {ours.get(name)} here"
        for name, value in told.made_by
        if value != ours.get(name)
    ]
    unseen = [f"doesn't see {path}" for path in told.unseen]
    return "; ".join(other + unseen)
