"""What is done to a text, and the laws it is held to: decoding, cleaning, each extractor, the whole flow."""

import random
import zlib
from collections.abc import Callable
from dataclasses import replace

from fuzz import laws, table_laws, texts
from fuzz.laws import holds
from fuzz.scratch import file_of, source_of
from pipeline import privacy, read
from pipeline.clean import clean_document
from pipeline.errors import DocumentError
from pipeline.extract import EXTRACTORS
from pipeline.extract.nlp import material
from pipeline.flow import understand
from pipeline.model import Box, Cleaned, Document, Page, TextSource, Word
from pipeline.read.text import decode
from pipeline.reading import Reading
from pipeline.recognize import recognize
from pipeline.settings import Recognition, Settings
from pipeline.sheet import Sheet

LIMITS = Recognition()
_MARKED = ("utf-8-sig", "utf-16", "utf-32")
_LETTER, _LINE = 6.0, 14.0  # points


def encoded(data: bytes, rng: random.Random) -> bytes:
    """A mutation for the reader of texts: another text, another encoding, or other bytes."""
    text = texts.mutated(data, rng).decode()
    kind = rng.randrange(6)
    if kind < 3:
        coding = (
            "utf-8",
            "cp1252",
            "latin-1",
            "utf-16",
            "utf-16-le",
            "utf-16-be",
            "utf-32",
            "utf-8-sig",
            "cp850",
        )
        return text.encode(rng.choice(coding), "replace")
    new = bytearray(text.encode() if kind == 3 else data)
    for _ in range(rng.randrange(1, 9)):
        new[(at := rng.randrange(len(new) + 1)) : at + rng.randrange(2)] = rng.randbytes(rng.randrange(3))
    return bytes(new)


def reader(data: bytes) -> None:
    """A text file of any bytes: found, counted and read; what was marked or is UTF-8 comes back as it was."""
    with file_of(data, ".txt") as path:
        source = source_of(path, LIMITS)
        if source is None:
            return
        try:
            count = read.count(source, LIMITS)
        except DocumentError:
            return
        holds(count >= 1, "a text has a page")
        for number in range(1, count + 1):
            sheet = read.sheet(source, number, LIMITS)
            if sheet.text is not None:
                holds("\f" not in sheet.text and "\r" not in sheet.text, "pages end at form feeds")
                laws.page(recognize(sheet, number, LIMITS))
    text = data.decode("utf-8", "replace")
    plain = decode(text.encode())
    if "\0" not in text and not text.startswith("\ufeff"):
        for coding in _MARKED:
            holds(decode(text.encode(coding)) == plain, "a mark names the encoding", coding)
    if not plain.startswith("\ufeff"):
        holds(decode(plain.encode()) == plain, "decoding again changes nothing")


def cleaner(data: bytes) -> None:
    """Edits that lead back, and nothing left to do: the laws of the cleaner over a document's pages."""
    cleaned = clean_document(_masked(_pages(data)))
    for page in cleaned:
        laws.cleaned(page)
        laws.offsets(page)
    again = clean_document(tuple(replace(page.page, text=page.text, words=()) for page in cleaned))
    holds(not any(page.passes for page in again), "cleaning again changes nothing")


def extractor(*kinds: str) -> Callable[[bytes], None]:
    """Findings of these kinds on a text that nobody has cleaned."""

    def find(data: bytes) -> None:
        reading = Reading(tuple(Cleaned(page, page.text) for page in _masked(_pages(data))))
        seen = material(reading)
        for kind in kinds:
            laws.findings(EXTRACTORS[kind](seen), reading)

    return find


def document(data: bytes) -> None:
    """The whole way from pages to rows, every other time as if the text had been read on paper."""
    pages = _pages(data)
    if zlib.crc32(data) & 1:
        pages = tuple(map(_on_paper, pages))
    pages = _masked(pages)
    with file_of(data, ".txt") as path:
        source = source_of(path, LIMITS)
    if source is None:
        return
    result = understand(Document(source, pages), Settings())
    assert result.reading is not None
    laws.findings(result.findings, result.reading)
    laws.result(result)
    table_laws.rows(result)
    laws.private(table_laws.texts(result))


def _pages(data: bytes) -> tuple[Page, ...]:
    parts = decode(data).split("\f")
    return tuple(recognize(Sheet(text=text), number, LIMITS) for number, text in enumerate(parts, 1))


def _masked(pages: tuple[Page, ...]) -> tuple[Page, ...]:
    return tuple(map(privacy.mask, pages))


def _on_paper(page: Page) -> Page:
    """The page as if an engine had read it: every word in its line and column, more or less surely."""
    words = []
    for word in page.words:
        line = page.text.count("\n", 0, word.span.start)
        column = word.span.start - (page.text.rfind("\n", 0, word.span.start) + 1)
        x, y = 50 + column * _LETTER, 60 + line * _LINE
        box = Box(x, y, x + len(word.span) * _LETTER, y + _LINE)
        words.append(Word(word.span, box, 1 - (word.span.start * 37 % 60) / 100))
    return replace(page, words=tuple(words), source=TextSource.OCR, width=595.0, height=842.0, dpi=300)
