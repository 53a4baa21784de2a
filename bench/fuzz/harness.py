"""The harnesses by name: seeds to begin with, mutations, and what is called with each input."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from fuzz import paper_targets, pdf_changes, pdf_files, picture_files, text_targets, texts
from pipeline.extract import EXTRACTORS


@dataclass(frozen=True)
class Harness:
    """`call` raises whatever is wrong with an input; `longest` is the bytes that inputs may grow to."""

    seeds: Callable[[], Iterator[bytes]]
    mutated: Callable[[bytes, random.Random], bytes]
    call: Callable[[bytes], None]
    longest: int = 5000
    crossed: Callable[[bytes, bytes, random.Random], bytes] | None = None


def _on_text(call: Callable[[bytes], None]) -> Harness:
    return Harness(texts.seeds, texts.mutated, call, crossed=texts.crossed)


HARNESSES: dict[str, Harness] = {
    "text": Harness(texts.seeds, text_targets.encoded, text_targets.reader),
    "clean": _on_text(text_targets.cleaner),
    "extract": _on_text(text_targets.extractor(*EXTRACTORS)),
    **{f"extract-{kind}": _on_text(text_targets.extractor(kind)) for kind in EXTRACTORS},
    "document": _on_text(text_targets.document),
    "picture": Harness(picture_files.seeds, picture_files.mutated, paper_targets.picture, longest=20_000),
    "pdf": Harness(pdf_files.seeds, pdf_changes.mutated, paper_targets.pdf, longest=40_000),
}
