"""`text/DOC_ID.json`: the cleaned and the raw text, word by word, that every offset refers to."""

import json
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.model import Cleaned, Span, Word
from pipeline.shown import masked

if TYPE_CHECKING:
    from pipeline.flow import Result

QUICK = 1  # of zlib's levels: the text only travels to the process that writes


def packed_text(result: "Result") -> bytes:
    """The page texts of one document as UTF-8 JSON, one line a page, packed by zlib; empty for no reading."""
    if result.reading is None:
        return b""
    packer = zlib.compressobj(QUICK)
    parts = [packer.compress(part.encode(errors="backslashreplace")) for part in _parts(result)]
    return b"".join([*parts, packer.flush()])


def head(doc_id: str, source_path: str) -> str:
    """The first line of a document's file, which alone tells where its files lie."""
    told = json.dumps({"doc_id": doc_id, "source_path": masked(source_path)}, ensure_ascii=False)
    return told[:-1] + ', "pages": [\n'


def _parts(result: "Result") -> Iterator[str]:
    assert result.reading is not None
    yield head(result.source.doc_id, "|".join(result.source.paths))
    for at, page in enumerate(result.reading.pages):
        words = [_word(page, word, span) for word, span in result.reading.words_on(at)]
        yield (",\n" if at else "") + json.dumps(_page(page, words), ensure_ascii=False)
    yield "\n]}\n"


def _page(page: Cleaned, words: list[dict[str, object]]) -> dict[str, object]:
    return {
        "page": page.page.number,
        "text": page.text,
        "raw_text": page.page.text,
        "words": words,
    }


def _word(page: Cleaned, word: Word, span: Span) -> dict[str, object]:
    told: dict[str, object] = {
        "text": page.text[span.start : span.end],
        "raw": page.page.text[word.span.start : word.span.end],
    }
    if (box := word.box) is not None:
        told |= {
            "x0": round(box.x0, 1),
            "y0": round(box.y0, 1),
            "x1": round(box.x1, 1),
            "y1": round(box.y1, 1),
        }
    told["confidence"] = None if word.confidence is None else round(word.confidence, 3)
    told["char_start"], told["char_end"] = span.start, span.end
    if word.other:
        told["other"] = word.other
    return told
