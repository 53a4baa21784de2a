"""One run at a time in an output URL: a file there that says who holds it, and when he was last heard of.

It is created only where there is none, which S3 promises (`If-None-Match`) and other stores may only try; so
it is read back, and again now and then: whoever finds another's name in it ends his run. A holder that died
leaves it behind. One of this machine is seen to be dead; another's counts until it has been silent for
`SILENT` seconds.
"""

import json
import os
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from uuid import uuid4

import psutil

from pipeline import places
from pipeline.errors import Halted
from pipeline.places import Url

NAME = ".lock.json"
HEARD_EVERY = 60.0
SILENT = 900.0


@dataclass(frozen=True)
class Claim:
    """What a run says in the lock; times are Unix times."""

    mark: str
    pid: int
    host: str
    since: float
    heard: float


@contextmanager
def held(output: Url) -> Iterator[Callable[[float], None]]:
    """Hold an output URL; gives what to call now and then, with the seconds that may have gone since.

    Raises Halted where another run holds it, and so does what is given where one has taken it over.
    """
    now = time.time()
    claim = Claim(uuid4().hex, os.getpid(), socket.gethostname(), now, now)
    _take(output, claim)

    def sign(after: float = HEARD_EVERY) -> None:
        nonlocal claim
        if time.time() - claim.heard >= after:
            _ensure(output, claim)
            claim = replace(claim, heard=time.time())
            places.keep(output / NAME, _told(claim))

    try:
        yield sign
    finally:
        with suppress(OSError):
            if _is(claim, there(output)):
                places.remove(output / NAME)


def is_held(output: Url) -> bool:
    """Whether a run is at work in an output URL."""
    return (claim := there(output)) is not None and not _is_dead(claim)


def there(output: Url) -> Claim | None:
    """The claim that stands at a URL. Raises OSError."""
    try:
        return Claim(**json.loads(places.kept(output / NAME)))
    except (FileNotFoundError, TypeError, ValueError):
        return None


def _take(output: Url, claim: Claim) -> None:
    standing = there(output)
    if standing is not None and _is_dead(standing):
        places.remove(output / NAME)
    if not places.create(output / NAME, _told(claim)):
        standing = there(output)
        if standing is None:  # it cannot be read: cut short, or no claim of ours
            raise Halted(
                f"{output / NAME} is no lock that this version knows; remove it if no run is at work"
            )
        raise Halted(_refusal(output, standing))
    _ensure(output, claim)


def _ensure(output: Url, claim: Claim) -> None:
    """Raises Halted where the lock isn't ours."""
    standing = there(output)
    if not _is(claim, standing):
        raise Halted(_refusal(output, standing) if standing else f"{output / NAME} was taken away")


def _refusal(output: Url, standing: Claim) -> str:
    since = time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(standing.since))
    silent = max(0, round(time.time() - standing.heard))
    return (
        f"{output}: another run holds this folder (process {standing.pid} on {standing.host} since {since}, "
        f"heard of {silent} s ago); wait for it or end it. If it is dead, remove {output / NAME}, or wait "
        f"until it has been silent for {SILENT:g} s"
    )


def _is(claim: Claim, standing: Claim | None) -> bool:
    return standing is not None and standing.mark == claim.mark


def _is_dead(claim: Claim) -> bool:
    if claim.host == socket.gethostname():
        return claim.pid == os.getpid() or not psutil.pid_exists(claim.pid)
    return time.time() - claim.heard > SILENT


def _told(claim: Claim) -> bytes:
    return json.dumps(asdict(claim)).encode()
