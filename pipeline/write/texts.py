"""`text/DOC_ID.json`: the cleaned and the raw text, word by word, that every offset refers to."""

import json
from collections.abc import Iterator

from pipeline.flow import Result
from pipeline.model import Cleaned, Span, Word


def text_json(result: Result) -> str:
    """The page texts of one document as one line of JSON per page."""
    assert result.reading is not None
    head = json.dumps(
        {"doc_id": result.source.doc_id, "source_path": "|".join(result.source.paths)}, ensure_ascii=False
    )
    pages = (
        json.dumps(_page(page, words), ensure_ascii=False)
        for page, words in zip(result.reading.pages, result.reading.words, strict=True)
    )
    return head[:-1] + ', "pages": [\n' + ",\n".join(pages) + "\n]}\n"


def _page(page: Cleaned, words: tuple[tuple[Word, Span], ...]) -> dict[str, object]:
    return {
        "page": page.page.number,
        "text": page.text,
        "raw_text": page.page.text,
        "words": [dict(_word(page, word, span)) for word, span in words],
    }


def _word(page: Cleaned, word: Word, span: Span) -> Iterator[tuple[str, object]]:
    yield "text", page.text[span.start : span.end]
    yield "raw", page.page.text[word.span.start : word.span.end]
    if word.box is not None:
        for name in ("x0", "y0", "x1", "y1"):
            yield name, round(getattr(word.box, name), 1)
    yield "confidence", None if word.confidence is None else round(word.confidence, 3)
    yield "char_start", span.start
    yield "char_end", span.end
    if word.other:
        yield "other", word.other
