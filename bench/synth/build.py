"""Make Swedish municipal documents with exact facts, from grammars: a corpus to develop or to measure on.

    python bench/synth/build.py OUT [--count 200] [--half develop] [--as text pdf scan engtext] [--seed 0]

Writes OUT/files/ID--VARIANT.EXT, OUT/gold/ID.json, OUT/truth/ID.json and OUT/chains.json. The same arguments
give the same bytes, under the same versions of the typesetting libraries and Tesseract. Text needs nothing
beyond Python; paper needs the fonts of `bench/scans/faces.py`. The half `measure` has other layout
families and wordings that `develop` never sees: it is for figures, and nobody works on it.
"""

import argparse
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from synth.document import Document, chains, jobs, made

VARIANTS = ("text", "pdf", "scan", "engtext")


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("out", type=Path)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--half", choices=("develop", "measure"), default="develop")
    parser.add_argument("--as", nargs="+", choices=VARIANTS, default=["text"], dest="variants")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args(arguments)
    documents = corpus(options.count, options.half, options.seed)
    for folder in ("files", "gold", "truth"):
        (options.out / folder).mkdir(parents=True, exist_ok=True)
    for document in documents:
        write(options.out, document, options.variants)
    _json(options.out / "chains.json", chains(documents))
    print(f"{len(documents)} documents in {options.out}")
    return 0


def corpus(count: int, half: str, seed: int) -> list[Document]:
    return [made(job, half, seed) for job in jobs(count, half, seed)]


def write(out: Path, document: Document, variants: list[str]) -> None:
    """The files, gold and truth. Beside paper, which breaks pages elsewhere, text has an ID of its own."""
    papers = [variant for variant in variants if variant != "text"]
    if "text" in variants:
        ident = f"{document.ident}t" if papers else document.ident
        (out / "files" / f"{ident}--text.txt").write_text("\f".join(document.pages), encoding="utf-8")
        _facts(out, ident, document, document.pages)
    if papers:
        from synth.paper import Paper

        paper = Paper(document)
        for variant in papers:
            suffix, content = paper.file(variant)
            (out / "files" / f"{document.ident}--{variant}.{suffix}").write_bytes(content)
        printed = {"face": paper.style.face.name, "level": paper.level("engtext")}
        _facts(out, document.ident, document, paper.pages(), printed if papers == ["engtext"] else None)


def _facts(
    out: Path, ident: str, document: Document, pages: list[str], printed: Mapping[str, str] | None = None
) -> None:
    _json(out / "gold" / f"{ident}.json", {**document.gold, "id": ident})
    _json(out / "truth" / f"{ident}.json", {"id": ident, "pages": pages, **(printed or {})})


def _json(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
