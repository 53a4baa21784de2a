"""Everything that a user can set: defaults, then a TOML file, then flags."""

import hashlib
import json
import os
import tomllib
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any, TypeVar

from pipeline.errors import UsageError
from pipeline.places import Place, place

ENGINES = ("auto", "tesserocr", "pytesseract")
MEGABYTE = 1_000_000
DECISIVE = ("engine", "languages", "dpi", "max_pixels", "keep_personal_numbers")
T = TypeVar("T", "Recognition", "Extraction", "Settings")


def _default_cache() -> Path:
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "namnd"


@dataclass(frozen=True, slots=True)
class Recognition:
    """What decides how a page is read; a change means reading it again.

    `engine` is how Tesseract is run: inside the process (tesserocr), as a command (pytesseract), or in the
    process where that works. `dpi` is the resolution that pages are rendered at for OCR; limits are seconds
    per page and for all pages of a document together, bytes and pages per document, pixels per page, and of a
    PDF its objects, how deep they nest, and the bytes that a stream or a page's pictures may unpack to.
    """

    languages: str = "swe"
    engine: str = "auto"
    dpi: int = 300
    page_timeout: float = 120.0
    document_timeout: float = 21_600.0
    max_bytes: int = 1_000_000_000
    max_pages: int = 5_000
    max_pixels: int = 120_000_000
    max_objects: int = 2_000_000
    max_depth: int = 100
    max_unpacked: int = 400_000_000
    keep_personal_numbers: bool = False


@dataclass(frozen=True, slots=True)
class Extraction:
    """What decides how facts are found; a change costs seconds, since pages are not read again."""

    persons: bool = True
    spacy_model: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings of a run. `workers` 0 means one per core; `memory_limit` is bytes per worker."""

    recognition: Recognition = field(default_factory=Recognition)
    extraction: Extraction = field(default_factory=Extraction)
    workers: int = 0
    memory_limit: int = 1_000_000_000
    cache: Place = field(default_factory=_default_cache)

    @property
    def worker_count(self) -> int:
        return self.workers or os.cpu_count() or 1

    def recognition_digest(self) -> str:
        """Names what decides the text of a page; limits only decide whether there is one."""
        return _digest({name: getattr(self.recognition, name) for name in DECISIVE})

    def extraction_digest(self) -> str:
        return _digest(asdict(self.extraction))


def load(path: Path | None) -> Settings:
    """Settings from a TOML file with the tables [recognition], [extraction] and [run].

    Raises UsageError for a file that can't be read and for a name that isn't a setting.
    """
    if path is None:
        return Settings()
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"{path}: can't read the settings: {error}") from error
    run = dict(data.pop("run", {}))
    if "cache" in run:
        run["cache"] = place(run["cache"])
    settings = Settings(
        recognition=_table(Recognition(), "recognition", data.pop("recognition", {}), path),
        extraction=_table(Extraction(), "extraction", data.pop("extraction", {}), path),
    )
    if settings.recognition.engine not in ENGINES:
        raise UsageError(f"{path}: recognition.engine is one of {', '.join(ENGINES)}")
    if data:
        raise UsageError(f"{path}: unknown table [{next(iter(data))}]; known: recognition, extraction, run")
    return _table(settings, "run", run, path)


def restored(values: dict[str, Any]) -> Settings:
    """Settings out of what `dataclasses.asdict` made of them, by way of JSON.

    Raises UsageError where they are those of another version.
    """
    try:
        return Settings(
            **{
                **values,
                "recognition": Recognition(**values["recognition"]),
                "extraction": Extraction(**values["extraction"]),
                "cache": place(values["cache"]),
            }
        )
    except (KeyError, TypeError) as error:
        raise UsageError(
            "the last run was made by another version of namnd: start namnd run first"
        ) from error


def overruled(
    settings: Settings,
    keep_personal_numbers: bool = False,
    no_persons: bool = False,
    page_timeout: float | None = None,
    workers: int | None = None,
    memory_limit: int | None = None,
) -> Settings:
    """Settings with what the command line says over them; None and False say nothing."""
    recognition, extraction = settings.recognition, settings.extraction
    if keep_personal_numbers:
        recognition = replace(recognition, keep_personal_numbers=True)
    if page_timeout is not None:
        recognition = replace(recognition, page_timeout=page_timeout)
    if no_persons:
        extraction = replace(extraction, persons=False)
    workers = settings.workers if workers is None else workers
    memory = settings.memory_limit if memory_limit is None else memory_limit * MEGABYTE
    return replace(
        settings, recognition=recognition, extraction=extraction, workers=workers, memory_limit=memory
    )


def _table(base: T, name: str, values: dict[str, Any], path: Path) -> T:
    known = {f.name for f in fields(base)} - {"recognition", "extraction"}
    for key in values:
        if key not in known:
            raise UsageError(f"{path}: unknown setting {name}.{key}; known: {', '.join(sorted(known))}")
    return replace(base, **values)


def _digest(values: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()[:16]
