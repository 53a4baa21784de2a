"""From a result to rows: what each column of `columns.py` holds for one document."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from pipeline.chains import Member, is_chained
from pipeline.columns import TABLES
from pipeline.model import (
    CaseNumber,
    Cleaned,
    Finding,
    Party,
    TextSource,
)
from pipeline.offsets import Ways, placed
from pipeline.reading import Reading

if TYPE_CHECKING:
    from pipeline.flow import Result

Cell = str | int | float | bool | Decimal | date | None
Row = dict[str, str]
Rows = Mapping[str, list[Row]]

FINDING_TABLES = {
    "party": "parties",
    "org_number": "org_numbers",
    "period": "periods",
    "amount": "amounts",
    "case_number": "case_numbers",
    "decision": "decisions",
    "person": "persons",
}
# Where a column is called otherwise than the value's field.
COLUMN_NAMES = {
    ("org_number", "number"): "org_number",
    ("amount", "sek"): "amount_sek",
    ("case_number", "number"): "case_number",
}


@dataclass(frozen=True)
class Sheaf:
    """The rows of one document, before names and chains across documents are known.

    Failures aren't among them; `member` is None where the document can't be part of a chain.
    """

    doc_id: str
    rows: Rows
    member: Member | None


def sheaf(result: "Result") -> Sheaf:
    """All rows of one document, in the order of their place in it."""
    doc_id = result.source.doc_id
    rows: dict[str, list[Row]] = {name: [] for name in TABLES}
    if result.reading is None:
        return Sheaf(doc_id, rows, None)
    rows["documents"] = [row(_document(result))]
    rows["pages"] = [row(page) for page in _pages(result)]
    rows["repairs"] = [row(repair) for repair in _repairs(result)]
    for finding in sorted(result.findings, key=lambda f: (f.span, f.kind, str(f.value))):
        table = FINDING_TABLES.get(finding.kind)
        if table:
            evidence = _evidence(finding, result.reading)
            rows[table].append(row({"doc_id": doc_id, **_value(finding), **evidence}, table))
    member = _member(result)
    return Sheaf(doc_id, rows, member if is_chained(member) else None)


def _document(result: "Result") -> dict[str, Cell]:
    record, reading = result.record, result.reading
    assert reading is not None
    columns: dict[str, Cell] = {
        "doc_id": result.source.doc_id,
        "source_path": "|".join(result.source.paths),
        "media_type": result.source.media_type,
        "pages": len(reading.pages),
        "text_source": _text_source(reading.pages),
        "quality": _share(document_quality(result)),
        "needs_review": bool(record.review_reasons),
        "review_reasons": ";".join(record.review_reasons),
    }
    return {column: columns.get(column, record.value(column)) for column in TABLES["documents"].header}


def document_quality(result: "Result") -> float | None:
    """The pages' estimated quality, weighted by their words."""
    rated = [(q.quality, q.words) for q in result.qualities if q.quality is not None and q.words]
    words = sum(n for _, n in rated)
    return sum(quality * n for quality, n in rated) / words if words else None


def _text_source(pages: Sequence[Cleaned]) -> str:
    sources = {page.page.source for page in pages if page.page.text.strip()} or {p.page.source for p in pages}
    if len(sources) == 1:
        return sources.pop().value
    return TextSource.MIXED.value if sources else ""


def _pages(result: "Result") -> Iterator[dict[str, Cell]]:
    assert result.reading is not None
    for cleaned, quality in zip(result.reading.pages, result.qualities, strict=True):
        page = cleaned.page
        yield {
            "doc_id": result.source.doc_id,
            "page": page.number,
            "text_source": page.source.value,
            "width_pt": _points(page.width) or None,
            "height_pt": _points(page.height) or None,
            "dpi": page.dpi or None,
            "rotation": page.rotation,
            "words": quality.words,
            "mean_word_confidence": _share(quality.mean_word_confidence),
            "lexicon_rate": _share(quality.lexicon_rate),
            "repaired_words": quality.repaired_words,
            "quality": _share(quality.quality),
            # Filled, it would make two runs over the same input differ; `--timings` writes it aside.
            "seconds": None,
            "flags": ";".join(dict.fromkeys((*page.flags, *quality.flags))),
        }


def _repairs(result: "Result") -> Iterator[dict[str, Cell]]:
    assert result.reading is not None
    for page in result.reading.pages:
        for at, edits in enumerate(page.passes):
            onward = Ways(page.passes[at + 1 :])
            for edit, put in zip(edits, placed(edits), strict=True):
                if not _changes_word(edit.old, edit.new):
                    continue
                span = onward.to_clean(put)
                yield {
                    "doc_id": result.source.doc_id,
                    "page": page.page.number,
                    "char_start": span.start,
                    "char_end": span.end,
                    "original": edit.old,
                    "repaired": edit.new,
                    "method": edit.rule,
                    "confidence": _share(edit.confidence),
                    "runner_up": edit.runner_up,
                }


def _changes_word(old: str, new: str) -> bool:
    """Whether an edit touches more than blanks and control characters."""
    visible = [ch for ch in old + new if ch.isprintable() and not ch.isspace()]
    return bool(visible)


def _evidence(finding: Finding, reading: Reading) -> dict[str, Cell]:
    seen = reading.evidence(finding.span)
    box = seen.box
    return {
        "page": seen.page,
        "x0": _points(box.x0) if box else None,
        "y0": _points(box.y0) if box else None,
        "x1": _points(box.x1) if box else None,
        "y1": _points(box.y1) if box else None,
        "char_start": seen.span.start,
        "char_end": seen.span.end,
        "raw": seen.raw,
        "confidence": _share(finding.confidence),
        "rule": finding.rule,
        "flags": ";".join(dict.fromkeys(finding.flags)),
    }


def _value(finding: Finding) -> dict[str, Cell]:
    """A finding's value under the names of its table's columns."""
    if isinstance(finding.value, str | date):
        raise TypeError(f"no table for a finding of kind {finding.kind}")
    cells = {
        COLUMN_NAMES.get((finding.kind, name), name): cell for name, cell in asdict(finding.value).items()
    }
    if isinstance(finding.value, Party) and not finding.value.org_number:
        cells["org_number_valid"] = None
    return cells


def _member(result: "Result") -> Member:
    record = result.record
    parties = [f.value for f in result.findings if isinstance(f.value, Party)]
    start, end = record.value("period_start"), record.value("period_end")
    return Member(
        doc_id=result.source.doc_id,
        document_type=record.value("document_type"),
        municipality=record.value("municipality"),
        public_number=next((p.org_number for p in parties if p.role == "public" and p.org_number), ""),
        counterparties=tuple((p.name, p.org_number) for p in parties if p.role == "counterparty"),
        period_start=date.fromisoformat(start) if start else None,
        period_end=date.fromisoformat(end) if end else None,
        total=record.value("amount_total_sek"),
        own_case=record.value("case_number"),
        cases=frozenset(f.value.number for f in result.findings if isinstance(f.value, CaseNumber)),
    )


def row(cells: Mapping[str, Cell], table: str = "") -> Row:
    header = TABLES[table].header if table else tuple(cells)
    return {column: _text(cells.get(column)) for column in header}


def _text(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case bool():
            return "true" if cell else "false"
        case Decimal():
            return format(cell.normalize(), "f")
        case date():
            return cell.isoformat()
    return str(cell)


def _points(value: float) -> float:
    return round(float(value), 1)


def _share(value: float | None) -> float | None:
    return None if value is None else round(value, 3)
