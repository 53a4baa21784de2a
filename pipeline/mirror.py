"""An output folder on another system: worked in on this machine, and put there when the run is over.

The ledger is a database and needs a disk. So a folder of this machine stands for the one at the URL. Before
a run it is brought up to date, unless it is what was put there last; afterwards what is new goes over, the
ledger after all else.
"""

import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

from pipeline import places, url_lock
from pipeline.errors import Halted
from pipeline.places import Url

_MARK = ".mirror.json"
_LEDGER = "ledger.sqlite"


@contextmanager
def mirrored(output: Url) -> Iterator[tuple[Path, Callable[[], None]]]:
    """The folder to work in, which nobody else has, and what to call now and then as a sign of life.

    Raises Halted and UsageError where the other system can't be reached, Halted where another run is at work.
    """
    folder = stand_in(output)
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with url_lock.held(output) as sign:
            _pull(output, folder)
            try:
                yield folder, lambda: sign(url_lock.HEARD_EVERY)
            finally:
                sign(0.0)
                _push(output, folder)
    except OSError as error:
        raise Halted(f"{output}: {places.reason(error)}") from error


@contextmanager
def ledger_of(output: Url) -> Iterator[Path]:
    """A folder with the ledger as it stands, to be looked at. Raises Halted and UsageError.

    Where this machine wrote last it is the folder that is worked in: a run may be at work there.
    """
    folder = stand_in(output)
    try:
        there = _mark(output)
        if there == _told(folder)["id"]:
            yield folder
            return
        with tempfile.TemporaryDirectory(prefix="namnd-ledger-") as place:
            if there is not None:
                files, root = places.system(output)
                files.get_file(f"{root}/{_LEDGER}", f"{place}/{_LEDGER}")
            yield Path(place)
    except OSError as error:
        raise Halted(f"{output}: {places.reason(error)}") from error


def stand_in(output: Url) -> Path:
    """The folder of this machine that stands for a URL."""
    base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "namnd-outputs" / hashlib.sha256(output.encode()).hexdigest()[:16]


def _pull(output: Url, folder: Path) -> None:
    """Fetch all, where somebody else has put something there since."""
    there = _mark(output)
    if there is None or there == _told(folder)["id"]:
        return
    files, root = places.system(output)
    for path, about in files.find(root, detail=True).items():
        name = path[len(root) :].lstrip("/")
        if name in (_MARK, url_lock.NAME) or about.get("type") == "directory":
            continue
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, aside = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".part")
        os.close(handle)
        files.get_file(path, aside)
        Path(aside).replace(target)
    for journal in ("-wal", "-shm"):  # of the ledger that has just been replaced
        (folder / (_LEDGER + journal)).unlink(missing_ok=True)
    _tell(folder, there)


def _push(output: Url, folder: Path) -> None:
    """Put there what is new, and take away what is gone."""
    before, now = _told(folder)["files"], _standing(folder)
    if before == now:
        return
    mark = uuid4().hex
    files, root = places.system(output)
    for name in sorted(now, key=lambda name: (name == _LEDGER, not name.startswith("text/"), name)):
        if before.get(name) != now[name]:
            with suppress(FileExistsError):
                files.makedirs(f"{root}/{name}".rpartition("/")[0], exist_ok=True)
            files.put_file(str(folder / name), f"{root}/{name}")
    for name in before.keys() - now.keys():
        with suppress(FileNotFoundError):
            files.rm_file(f"{root}/{name}")
    places.keep(output / _MARK, json.dumps({"id": mark}).encode())
    _tell(folder, mark)


def _mark(output: Url) -> str | None:
    """What the last run that put something there has left as its mark."""
    try:
        return str(json.loads(places.kept(output / _MARK))["id"])
    except (FileNotFoundError, KeyError, ValueError):
        return None


def _told(folder: Path) -> dict[str, Any]:
    """What was put there last from this machine: the mark, and size and time of each file."""
    try:
        told: dict[str, Any] = json.loads((folder / _MARK).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {"id": None, "files": {}}
    return told


def _tell(folder: Path, mark: str) -> None:
    aside = folder / f"{_MARK}.part"
    aside.write_text(json.dumps({"id": mark, "files": _standing(folder)}), encoding="utf-8")
    aside.replace(folder / _MARK)


def _standing(folder: Path) -> dict[str, object]:
    """Size and time of every file of a run, by its place in the folder."""
    paths = [*folder.iterdir(), *(folder / "text").glob("*.json")]
    return {
        path.relative_to(folder).as_posix(): [(about := path.stat()).st_size, about.st_mtime_ns]
        for path in paths
        if path.is_file() and not path.name.startswith(".") and not path.name.startswith(f"{_LEDGER}-")
    }
