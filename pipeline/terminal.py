"""What a person sees of documents in the terminal: a record with its evidence, two texts side by side."""

from collections import Counter
from collections.abc import Sequence

from rich.table import Table
from rich.text import Text

from pipeline.columns import TABLES
from pipeline.compare import Comparison, report
from pipeline.diff import Piece, rows, visible
from pipeline.flags import REVIEW_REASONS
from pipeline.flow import Result
from pipeline.model import Choice, Cleaned, Finding
from pipeline.progress import out
from pipeline.reading import Reading
from pipeline.tables import FINDING_TABLES

FIELD_WIDTH = 25
OLD, NEW = ("red", "[-", "-]"), ("green", "{+", "+}")
"""How a change is shown: by colour, and by marks (those of wdiff) where there is none."""


def show(result: Result) -> None:
    """The record of one document with the evidence of each field, then its doubts."""
    assert result.reading is not None
    out.print(result.source.path, markup=False, style="bold")
    for field in TABLES["documents"].header:
        choice = result.record.choices.get(field)
        if choice is not None:
            _tell_field(choice, result.reading)
    for reason in result.record.review_reasons:
        out.print(f"review: {reason}: {REVIEW_REASONS[reason]}", markup=False)
    counts = Counter(FINDING_TABLES[f.kind] for f in result.findings if f.kind in FINDING_TABLES)
    out.print(", ".join(f"{count} {name}" for name, count in sorted(counts.items())), markup=False)


def explain(result: Result, field: str) -> None:
    """How one field was decided: the rule, the evidence behind it, and which candidates lost and why."""
    assert result.reading is not None
    choice = result.record.choices[field]
    out.print(f"{field} = {choice.value or '(empty)'}   decided by {choice.rule}", markup=False, style="bold")
    for finding in choice.winners:
        _tell_candidate("+", finding, result.reading, "")
    for finding, reason in choice.losers:
        _tell_candidate("-", finding, result.reading, reason)
    if not (choice.winners or choice.losers):
        out.print("no candidates were found")


def tell_diff(pages: Sequence[Cleaned], whole: bool) -> None:
    """The raw text beside the cleaned one: the lines with changes, or all of them."""
    for page in pages:
        shown = [row for row in rows(page) if whole or row.changes]
        if shown:
            table = Table("line", "raw", "cleaned", title=f"page {page.page.number}", title_justify="left")
            for row in shown:
                table.add_row(str(row.number), _side(row.before, *OLD), _side(row.after, *NEW))
            out.print(table)
    counts = Counter(edit.rule for page in pages for edits in page.passes for edit in edits)
    told = ", ".join(f"{count} by {rule}" for rule, count in sorted(counts.items()))
    out.print(f"changes: {told or 'none'}", markup=False)


def _side(pieces: Sequence[Piece], colour: str, begin: str, end: str) -> Text:
    told = Text()
    for piece in pieces:
        text = visible(piece.text)
        if piece.change is None:
            told.append(text)
        elif out.color_system:
            told.append(text, f"bold {colour}")
        else:
            told.append(f"{begin}{text}{end}")
    return told


def tell_comparison(name: str, found: Comparison) -> None:
    """How right a text is: each rate with its counts, then what is taken for what."""
    table = Table("", "rate", "counts", title=visible(name), title_justify="left")
    for row in report.rows(found):
        table.add_row(*map(Text, row))
    out.print(table)
    if found.confusions:
        table = Table("stood there", "read", "times", title="confusions", title_justify="left")
        for true, read, count in report.confusions(found):
            table.add_row(Text(visible(true) or "∅"), Text(visible(read) or "∅"), str(count))
        out.print(table)


def _tell_candidate(sign: str, finding: Finding, reading: Reading, lost: str) -> None:
    """What a candidate says, where and how it is printed, and why it lost."""
    seen = reading.evidence(finding.span)
    out.print(f"{sign} {_plain(finding)}   confidence {finding.confidence:.2f}, {finding.rule}", markup=False)
    under = f" under «{finding.place}»" if finding.place else ""
    cue = f", wording «{_short(finding.cue)}»" if finding.cue else ""
    out.print(f"    page {seen.page}{under}: {_short(seen.raw)}{cue}", markup=False)
    if lost:
        out.print(f"    lost: {lost}", markup=False)


def _tell_field(choice: Choice, reading: Reading) -> None:
    """A field's value, and what it stands on."""
    out.print(f"{choice.field:{FIELD_WIDTH}}{choice.value or '(' + choice.rule + ')'}", markup=False)
    if choice.winners:
        finding = choice.winners[0]
        seen = reading.evidence(finding.span)
        trust = f"confidence {finding.confidence:.2f}, {choice.rule}"
        out.print(f"{'':{FIELD_WIDTH}}page {seen.page}: {_short(seen.raw)}", markup=False, style="dim")
        out.print(f"{'':{FIELD_WIDTH}}{trust}", markup=False, style="dim")


def _plain(finding: Finding) -> str:
    value = finding.value
    names = getattr(value, "__slots__", ())
    if not names or isinstance(value, str):
        return str(value)
    return " ".join(str(getattr(value, name)) for name in names if getattr(value, name) not in ("", None))


def _short(text: str, limit: int = 60) -> str:
    text = " ".join(text.split())
    return text if len(text) <= limit else text[: limit - 1] + "…"
