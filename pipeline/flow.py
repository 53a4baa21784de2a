"""What happens to a document, from the file to its facts: the one place that knows the order.

plan -> read_page for every page -> finish; `run.py` decides where and when.
"""

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from pipeline import privacy, read, recognize, store
from pipeline.errors import DocumentError
from pipeline.model import Document, Failure, Finding, Page, PageQuality, Record, Source
from pipeline.reading import Reading
from pipeline.recognize import tesseract
from pipeline.settings import Settings


@dataclass(frozen=True)
class Result:
    """All that is known about one source: what the tables are made of."""

    source: Source
    document: Document
    reading: Reading | None = None
    findings: tuple[Finding, ...] = ()
    record: Record = field(default_factory=Record)
    qualities: tuple[PageQuality, ...] = ()
    failures: tuple[Failure, ...] = ()
    seconds: float = 0.0


def plan(source: Source, settings: Settings) -> int:
    """The number of pages of a source. Raises DocumentError."""
    place = _place(source, settings)
    pages = store.load_count(place)
    if pages is None:
        pages = read.count(source, settings.recognition)
        store.save_count(place, pages)
    return pages


def read_page(source: Source, number: int, settings: Settings, careful: bool = False) -> Page:
    """Page `number` of a source, counted from 1: from the store, else recognised. Raises DocumentError.

    `careful` is for the second try at a page whose first reader died.
    """
    place = _place(source, settings)
    page = store.load_page(place, number)
    if page is None:
        sheet = read.sheet(source, number, settings.recognition, careful)
        page = recognize.recognize(sheet, number, settings.recognition)
        if not settings.recognition.keep_personal_numbers:
            page = privacy.mask(page)
        store.save_page(place, page)
    return page


def document(source: Source, settings: Settings) -> Document:
    """A source with all its pages, those that fail as failures: for tests, notebooks and the curious."""
    pages, failures = [], []
    try:
        count = plan(source, settings)
    except DocumentError as error:
        return Document(source, (), (failure(source, None, "read", error),))
    for number in range(1, count + 1):
        try:
            pages.append(read_page(source, number, settings))
        except DocumentError as error:
            failures.append(failure(source, number, "recognize", error))
    return Document(source, tuple(pages), tuple(failures))


def failure(source: Source, page: int | None, stage: str, error: DocumentError) -> Failure:
    """An error as a value."""
    number = page if page is not None else error.page
    return Failure(source.path, source.doc_id, number, stage, error.code, str(error))


@lru_cache(maxsize=1)
def _engines() -> str:
    return store.engines(tesseract.version(), recognize.RECOGNITION_VERSION)


def _place(source: Source, settings: Settings) -> Path:
    return store.folder(source, settings, _engines())
