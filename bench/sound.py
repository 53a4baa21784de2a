"""Swedish text that needs no repair, and the words in it that the cleaner changes all the same."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline import flow
from pipeline.clean import clean_document
from pipeline.lexicon.statutes import kept_out_texts
from pipeline.model import Page, Source, TextSource
from pipeline.read import discover
from pipeline.settings import Settings

LARGEST = 10**9
MASKS = ("privacy",)
"""Rules that take out what may not be shown: no mistakes, however right the text is."""


@dataclass(frozen=True)
class Sound:
    """A document that is right as it stands, and the kind of source it comes from."""

    group: str
    pages: tuple[str, ...]


def sound_documents(folders: Sequence[Path], statutes: Path | None) -> Iterator[Sound]:
    """Texts and born-digital PDFs of the folders, and the statutes that no count of the lexicon has seen."""
    for folder in folders:
        for path in sorted(folder.rglob("*")) if folder.is_dir() else [folder]:
            if path.suffix in (".txt", ".md"):
                yield Sound(path.parent.name, tuple(path.read_text(encoding="utf-8").split("\f")))
            elif path.suffix == ".pdf":
                pages = _own_text(path)
                if pages:
                    yield Sound("PDFs with text of their own", pages)
    if statutes:
        for text in kept_out_texts(statutes).values():
            yield Sound("statutes kept out of the lexicon", (text,))


def _own_text(path: Path) -> tuple[str, ...]:
    """The pages of a PDF that has text of its own; none where a page had to be read from a picture."""
    found, _ = discover([path], LARGEST)
    pages = _read(found[0]) if found else ()
    read = any(page.source is not TextSource.TEXT_LAYER for page in pages)
    return () if read else tuple(page.text for page in pages)


def _read(source: Source) -> tuple[Page, ...]:
    with TemporaryDirectory() as folder:
        return flow.document(source, replace(Settings(), cache=Path(folder))).pages


def changed(pages: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """Rule, old and new of each change to letters, digits or signs; blanks, hyphens, forms don't count."""
    document = clean_document(tuple(Page(number, page) for number, page in enumerate(pages, 1)))
    for page in document:
        for edits in page.passes:
            for edit in edits:
                if edit.rule not in MASKS and _bare(edit.old) != _bare(edit.new):
                    yield edit.rule, edit.old, edit.new


def _bare(text: str) -> str:
    """Without blanks, hyphens and difference of form."""
    normal = unicodedata.normalize("NFKC", text)
    return "".join(
        char for char in normal if not char.isspace() and unicodedata.category(char) not in ("Pd", "Cf")
    )
