"""Which copies of a document are wanted, what they are called, and how they come to disk.

A copy stands in the output folder under its source's name with a suffix that says what it is, so that it
never has the name of a source. Sources of the same name get the first digits of their content's digest.
"""

import errno
import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import DocumentError, Unreadable, Unsupported, UsageError
from pipeline.export import alto, hocr, pdf
from pipeline.flow import Result, failure
from pipeline.model import Failure, Source

SUFFIXES = {"pdf": ".searchable.pdf", "alto": ".alto.xml", "hocr": ".hocr"}
"""What each kind of copy ends in."""

_LONGEST = 200  # bytes of a name; file systems allow 255


@dataclass(frozen=True, slots=True)
class Order:
    """The kinds of copies to write (keys of SUFFIXES), where, and which names several sources share."""

    folder: Path
    kinds: tuple[str, ...]
    force: bool = False
    shared: frozenset[str] = frozenset()

    def path(self, source: Source, kind: str) -> Path:
        """Where a copy of a source goes."""
        name = _stem(source)
        if name.casefold() in self.shared:
            name = f"{name}-{source.doc_id[:8]}"
        return self.folder / (name + SUFFIXES[kind])


@dataclass(frozen=True, slots=True)
class Copied:
    """What was written of one document, what is to be known about it, and what failed."""

    source: Source
    written: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    failures: tuple[Failure, ...] = ()


def planned(sources: Sequence[Source], folder: Path, kinds: Sequence[str], force: bool = False) -> Order:
    """The order for these sources. Raises UsageError where it would write over a file.

    A source is never written over; another file is with `force` alone.
    """
    names = Counter(_stem(source).casefold() for source in sources)  # some disks don't tell case apart
    order = Order(folder, tuple(kinds), force, frozenset(name for name, count in names.items() if count > 1))
    originals = {os.path.realpath(path) for source in sources for path in source.paths}
    for source in sources:
        for kind in kinds:
            path = order.path(source, kind)
            if os.path.realpath(path) in originals:
                raise UsageError(f"{path} is itself to be copied; choose another folder with --output")
            if path.exists() and not force:
                raise UsageError(f"{path} is there already; --force writes over it")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{folder}: {error.strerror or 'no such folder can be made'}") from error
    return order


def copied(result: Result, order: Order) -> Copied:
    """Write the copies of one document; a copy that fails costs no other."""
    source = result.source
    written, notes, failures = [], [], list(result.failures)
    refused = _refused(result)
    if refused is not None:
        failures.append(failure(source, None, "export", refused))
    for kind in order.kinds if result.document.pages and refused is None else ():
        try:
            path = order.path(source, kind)
            with _aside(path, order.force) as aside:
                notes += _WRITERS[kind](result, aside)
        except DocumentError as error:
            failures.append(failure(source, error.page, "export", error))
        except OSError as error:
            reason = error.strerror or type(error).__name__
            unwritten = Unreadable(f"the copy can't be written: {reason}")
            failures.append(failure(source, None, "export", unwritten))
        else:
            written.append(str(path))
    return Copied(source, tuple(written), tuple(dict.fromkeys(notes)), tuple(failures))


def _alto(result: Result, aside: Path) -> list[str]:
    aside.write_bytes(alto.document(result))
    return []


def _hocr(result: Result, aside: Path) -> list[str]:
    aside.write_bytes(hocr.document(result))
    return []


_WRITERS: dict[str, Callable[[Result, Path], list[str]]] = {"pdf": pdf.write, "alto": _alto, "hocr": _hocr}


def _refused(result: Result) -> DocumentError | None:
    """Why no copy can be made of a document that was read, None where one can."""
    if result.document.pages and result.source.media_type.startswith("text/"):
        return Unsupported("a text has no pages to lay words on; only PDF and picture files can be copied")
    return None


@contextmanager
def _aside(path: Path, force: bool) -> Iterator[Path]:
    """A name on the same disk to write under; what was written gets its own name, or nothing does."""
    aside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        yield aside
        if not force and path.exists():
            raise FileExistsError(errno.EEXIST, "another file took the name meanwhile")
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)


def _stem(source: Source) -> str:
    """The name of a source without its suffix, short enough for a suffix of ours."""
    stem = Path(source.path).stem
    while len(os.fsencode(stem)) > _LONGEST:
        stem = stem[:-1]
    return stem
