"""From results to rows: what each column of `columns.py` holds for one document, and across documents."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from decimal import Decimal

from pipeline.chains import Link, Member, chains
from pipeline.columns import TABLES
from pipeline.flow import Result
from pipeline.model import (
    CaseNumber,
    Cleaned,
    Failure,
    Finding,
    Party,
    TextSource,
)
from pipeline.offsets import Ways, placed
from pipeline.reading import Reading
from pipeline.resolve.canonical import canonical_names

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
    """The rows of one document, before names and chains across documents are known."""

    doc_id: str
    rows: Rows
    member: Member | None


def sheaf(result: Result) -> Sheaf:
    """All rows of one document, in the order of their place in it."""
    doc_id = result.source.doc_id
    rows: dict[str, list[Row]] = {name: [] for name in TABLES}
    rows["errors"] = [_failure(failure) for failure in result.failures]
    if result.reading is None:
        return Sheaf(doc_id, rows, None)
    rows["documents"] = [_row(_document(result))]
    rows["pages"] = [_row(page) for page in _pages(result)]
    rows["repairs"] = [_row(repair) for repair in _repairs(result)]
    for finding in sorted(result.findings, key=lambda f: (f.span, f.kind, str(f.value))):
        table = FINDING_TABLES.get(finding.kind)
        if table:
            evidence = _evidence(finding, result.reading)
            rows[table].append(_row({"doc_id": doc_id, **_value(finding), **evidence}, table))
    return Sheaf(doc_id, rows, _member(result))


def assemble(sheaves: Iterable[Sheaf], unread: Iterable[Failure] = ()) -> Rows:
    """The tables of a run: sorted by document, with canonical names and chains.

    `unread` are failures of files that never became a document.
    """
    ordered = sorted(sheaves, key=lambda s: s.doc_id)
    rows: dict[str, list[Row]] = {name: [row for s in ordered for row in s.rows[name]] for name in TABLES}
    names = canonical_names((row["name"], row["org_number"]) for row in rows["parties"])
    rows["parties"] = [
        {**row, "canonical_name": names.get((row["name"], row["org_number"]), row["name"])}
        for row in rows["parties"]
    ]
    members = [_canonical(s.member, names) for s in ordered if s.member]
    rows["chains"] = [_row(_link(link), "chains") for link in chains(members)]
    rows["errors"] += map(_failure, unread)
    rows["errors"].sort(key=lambda row: (row["source_path"], row["page"].zfill(9), row["stage"], row["code"]))
    return rows


def _failure(failure: Failure) -> Row:
    return _row(
        {
            "source_path": failure.source_path,
            "doc_id": failure.doc_id,
            "page": failure.page,
            "stage": failure.stage,
            "code": failure.code,
            "message": failure.message,
        },
        "errors",
    )


def _document(result: Result) -> dict[str, Cell]:
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


def document_quality(result: Result) -> float | None:
    """The pages' estimated quality, weighted by their words."""
    rated = [(q.quality, q.words) for q in result.qualities if q.quality is not None and q.words]
    words = sum(n for _, n in rated)
    return sum(quality * n for quality, n in rated) / words if words else None


def _text_source(pages: Sequence[Cleaned]) -> str:
    sources = {page.page.source for page in pages if page.page.text.strip()} or {p.page.source for p in pages}
    if len(sources) == 1:
        return sources.pop().value
    return TextSource.MIXED.value if sources else ""


def _pages(result: Result) -> Iterator[dict[str, Cell]]:
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


def _repairs(result: Result) -> Iterator[dict[str, Cell]]:
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


def _member(result: Result) -> Member:
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


def _canonical(member: Member, names: Mapping[tuple[str, str], str]) -> Member:
    pairs = tuple((names.get(pair, pair[0]), pair[1]) for pair in member.counterparties)
    return replace(member, counterparties=pairs)


def _link(link: Link) -> dict[str, Cell]:
    member = link.member
    return {
        "chain_id": link.chain_id,
        "position": link.position,
        "doc_id": member.doc_id,
        "counterparty_org_number": link.counterparty_number,
        "public_org_number": member.public_number,
        "period_start": member.period_start,
        "period_end": member.period_end,
        "amount_total_sek": member.total,
        "links": ";".join(link.reasons),
        "gap_days": link.gap_days,
    }


def _row(cells: Mapping[str, Cell], table: str = "") -> Row:
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
