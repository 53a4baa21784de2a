"""The documents of a corpus with their gold facts, read page by page as a run would read them."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipeline import flow
from pipeline.model import Document
from pipeline.read import discover
from pipeline.settings import Settings


def documents_of(corpus: Path) -> Iterator[tuple[str, Document, dict[str, Any]]]:
    """File name, recognised pages and gold facts of each file of CORPUS/files; pages come from the store."""
    settings = Settings()
    for source in discover([corpus / "files"], settings.recognition.max_bytes)[0]:
        for path in map(Path, source.paths):
            name = path.stem.split("--")[0]
            gold = json.loads((corpus / "gold" / f"{name}.json").read_text(encoding="utf-8"))
            yield path.name, flow.document(source, settings), gold
