"""What happens to a document, from the file to its facts: the one place that knows the order.

plan -> store_page for every page -> finish; `run.py` decides where and when.
"""

import time
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import pairwise

from pipeline import privacy, read, recognize, store, versions
from pipeline.audit import page_quality
from pipeline.clean import clean_document
from pipeline.errors import DocumentError
from pipeline.extract import extract, sample
from pipeline.model import Cleaned, Document, Failure, Finding, Page, PageQuality, Record, Source
from pipeline.reading import Reading
from pipeline.resolve import calibrated, resolve, review, surroundings
from pipeline.settings import Settings

STAGES = ("clean", "extract", "resolve", "audit")


@dataclass(frozen=True)
class Result:
    """All that is known about one source: what the tables are made of; `seconds` is what each stage took."""

    source: Source
    document: Document
    reading: Reading | None = None
    findings: tuple[Finding, ...] = ()
    record: Record = field(default_factory=Record)
    qualities: tuple[PageQuality, ...] = ()
    failures: tuple[Failure, ...] = ()
    seconds: tuple[tuple[str, float], ...] = field(default=(), compare=False)


def plan(source: Source, settings: Settings) -> int:
    """The number of pages of a source. Raises DocumentError."""
    place = store.folder(source, settings)
    pages = store.load_count(place)
    if pages is None:
        pages = read.count(source, settings.recognition)
        store.save_count(place, pages)
    return pages


def read_page(source: Source, number: int, settings: Settings, careful: bool = False) -> Page:
    """Page `number` of a source, counted from 1: from the store, else recognised. Raises DocumentError.

    `careful` is for the second try at a page whose first reader died.
    """
    place = store.folder(source, settings)
    page = store.load_page(place, number)
    if page is None:
        sheet = read.sheet(source, number, settings.recognition, careful)
        page = recognize.recognize(sheet, number, settings.recognition)
        if not settings.recognition.keep_personal_numbers:
            page = privacy.mask(page)
        store.save_page(place, page)
    return page


def is_read(source: Source, number: int, settings: Settings) -> bool:
    """Whether a page is in the store already."""
    return store.has_page(store.folder(source, settings), number)


def store_page(source: Source, number: int, settings: Settings, careful: bool = False) -> None:
    """Read a page into the store, and keep its words off the wire between processes."""
    read_page(source, number, settings, careful)


def finish(source: Source, pages: int, failures: tuple[Failure, ...], settings: Settings) -> Result:
    """The facts of a document whose pages are in the store; a page with a failure is left out."""
    failed = {failure.page for failure in failures}
    numbers = [number for number in range(1, pages + 1) if number not in failed]
    read = tuple(read_page(source, number, settings) for number in numbers)
    return understand(Document(source, read, failures), settings)


def understand(document: Document, settings: Settings) -> Result:
    """Clean, extract, resolve, audit: from recognised pages to facts, without a look at the file."""
    clock = [time.perf_counter()]
    cleaned = _cleaned(document.pages, settings)
    document = replace(document, pages=tuple(page.page for page in cleaned))
    reading = Reading(cleaned)
    clock.append(time.perf_counter())
    found = extract(reading, settings.extraction)
    if not settings.recognition.keep_personal_numbers:
        found = tuple(map(privacy.mask_value, found))
    clock.append(time.perf_counter())
    findings, record = resolve(found)
    clock.append(time.perf_counter())
    qualities = tuple(page_quality(page) for page in cleaned)
    findings, record = calibrated(findings, record, surroundings(findings, record, reading, qualities))
    clock.append(time.perf_counter())
    return Result(
        source=document.source,
        document=document,
        reading=reading,
        findings=findings,
        record=review(record, qualities, document.failures),
        qualities=qualities,
        failures=document.failures,
        seconds=tuple(
            (name, end - begin) for name, (begin, end) in zip(STAGES, pairwise(clock), strict=True)
        ),
    )


def _cleaned(pages: tuple[Page, ...], settings: Settings) -> tuple[Cleaned, ...]:
    """The pages repaired. A personal number that only this brings to light is masked where it came from."""
    cleaned = clean_document(pages)
    if settings.recognition.keep_personal_numbers:
        return cleaned
    masked = tuple(map(privacy.mask_repaired, cleaned))
    return cleaned if masked == pages else _cleaned(masked, settings)


def warm(settings: Settings) -> None:
    """Load words, compile patterns and find out what reads pages, for forked processes to share."""
    _try_out()
    versions.recognition(settings)


@cache
def _try_out() -> None:
    """A trial on a page of our own."""
    trial = Document(Source(("sample.txt",), "0" * 64, "text/plain", 0), (Page(1, sample()),))
    understand(trial, Settings())
    read.ready()


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
