"""Log lines for machines: one JSON object for each event on stderr, with no text of any document.

A file's name is data of its owner, and may hold a personal number, which is masked. Every line has `time`
(UTC), `level`, `event` and what belongs to it.
"""

import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TextIO

from pipeline.batch import Summary
from pipeline.errors import NamndError
from pipeline.events import Done, Event, Known, Planned, Refused, Standing
from pipeline.model import Failure
from pipeline.shown import masked

Tell = Callable[[Event], None]


def lines(stream: TextIO = sys.stderr) -> Tell:
    """A way to tell what happens as log lines."""

    def tell(event: Event) -> None:
        match event:
            case Planned(files, left):
                _write(stream, "info", "planned", files=files, left=left)
            case Refused(failure):
                _write(stream, "error", "refused", path=masked(failure.source_path), **_failure(failure))
            case Standing(failure):
                _write(stream, "warning", "standing", path=masked(failure.source_path), **_failure(failure))
            case Known(path):
                _write(stream, "info", "known", path=masked(path))
            case Done():
                _write(
                    stream,
                    "error" if event.failures else "info",
                    "done",
                    path=masked(event.path),
                    doc_id=event.doc_id,
                    pages=event.pages,
                    seconds={stage: round(spent, 3) for stage, spent in event.stages},
                    failures=[_failure(failure) for failure in event.failures],
                )

    return tell


def tell_summary(summary: Summary, stream: TextIO = sys.stderr) -> None:
    """The closing line of a run."""
    tally = summary.tally
    _write(
        stream,
        "warning" if summary.status else "info",
        "stopped" if summary.status else "ended",
        worked=summary.worked,
        seconds=round(summary.seconds, 3),
        files=tally.files,
        documents=tally.documents,
        pages=tally.pages,
        needs_review=tally.review,
        failed=tally.failed,
        gone=tally.gone,
        failures=tally.failures,
    )


def tell_error(error: NamndError, stream: TextIO = sys.stderr) -> None:
    """The closing line of a run that couldn't go on."""
    _write(stream, "error", "halted", kind=type(error).__name__, message=masked(str(error)))


def _failure(failure: Failure) -> dict[str, object]:
    return {"page": failure.page, "stage": failure.stage, "code": failure.code}


def _write(stream: TextIO, level: str, event: str, **values: object) -> None:
    now = datetime.now(UTC).isoformat(timespec="milliseconds")
    line = json.dumps({"time": now, "level": level, "event": event, **values})
    print(line, file=stream, flush=True)
