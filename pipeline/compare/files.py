"""Texts to compare, from files: plain text with form feeds between pages, or the JSON of a run."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import reduce
from operator import add
from pathlib import Path
from typing import Any

from pipeline.clean import clean_document
from pipeline.compare.score import Comparison, compare
from pipeline.errors import UsageError
from pipeline.model import Page
from pipeline.read import text as plain

ENDINGS = (".json", ".txt", ".md")


@dataclass(frozen=True, slots=True)
class Texts:
    """The pages of a text; `before` are those before repair, where they are known."""

    pages: tuple[str, ...]
    before: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """The file of a true text and of the one to judge; `before` that of the text before its repair."""

    truth: Path
    text: Path
    before: Path | None = None


def pairs(truth: Path, text: Path, before: Path | None = None) -> list[Pair]:
    """The files to compare: two, or those of two folders that have a name in common.

    Raises UsageError where a file is missing, or a true text has no text to judge.
    """
    for path in (truth, text, before):
        if path and not path.exists():
            raise UsageError(f"{path}: no such file or folder")
    if not truth.is_dir():
        return [Pair(truth, text, before)]
    found = [
        Pair(path, _namesake(path, text), _namesake(path, before) if before else None)
        for path in sorted(truth.iterdir())
        if path.suffix.lower() in ENDINGS
    ]
    if not found:
        raise UsageError(f"{truth}: no texts; they end in {', '.join(ENDINGS)}")
    return found


def compared(listed: Iterable[Pair], repair: bool = False) -> Comparison:
    """The comparison of all the pairs together; with `repair` the cleaner mends the texts first."""
    return reduce(add, (_compared(pair, repair) for pair in listed), Comparison())


def load(path: Path) -> Texts:
    """The text of a file. Raises UsageError for one that is neither text nor `{"pages": [...]}`.

    In JSON a page is a string, or has `text` and, if it was repaired, `raw_text`, as `text/DOC_ID.json` has.
    """
    data = path.read_bytes()
    if path.suffix.lower() == ".json":
        return _from_json(path, data)
    if not plain.is_text(data[:4096]):
        raise UsageError(f"{path}: not a text; let `namnd run` read it and compare its text/DOC_ID.json")
    return Texts(tuple(plain.pages(path)))


def repaired(texts: Texts) -> Texts:
    """The texts as the cleaner leaves them, with what they were before. Personal numbers are masked."""
    pages = tuple(Page(number, page) for number, page in enumerate(texts.pages, 1))
    return replace(texts, pages=tuple(page.text for page in clean_document(pages)), before=texts.pages)


def _compared(pair: Pair, repair: bool) -> Comparison:
    texts = load(pair.text)
    if pair.before:
        texts = replace(texts, before=load(pair.before).pages)
    if repair:
        texts = repaired(texts)
    return compare(load(pair.truth).pages, texts.pages, texts.before)


def _namesake(path: Path, folder: Path) -> Path:
    for name in (path.name, *(path.stem + ending for ending in ENDINGS)):
        if (folder / name).is_file():
            return folder / name
    raise UsageError(f"{folder}: has no text for {path.name}")


def _from_json(path: Path, data: bytes) -> Texts:
    try:
        told = list(_told(json.loads(data)["pages"]))
    except (ValueError, LookupError, TypeError) as error:
        raise UsageError(f'{path}: not a text of the form {{"pages": [...]}}: {error!r}') from error
    befores = [before for _, before in told if before is not None]
    return Texts(tuple(text for text, _ in told), tuple(befores) if len(befores) == len(told) > 0 else None)


def _told(pages: list[Any]) -> Iterator[tuple[str, str | None]]:
    for page in pages:
        yield (page, None) if isinstance(page, str) else (page["text"], page.get("raw_text"))
