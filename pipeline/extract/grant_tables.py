"""Grant tables: each row a body that is given money, or refused it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipeline.extract.grant_names import row_name
from pipeline.extract.headings import heading_topic
from pipeline.extract.layout import cell_in_column, furniture, plain
from pipeline.extract.lines import Line
from pipeline.extract.naming import is_body_word, one_line
from pipeline.extract.nlp import Material
from pipeline.extract.outline import Outline
from pipeline.extract.party_lines import is_public
from pipeline.extract.points import YEAR
from pipeline.extract.printed_numbers import number_in
from pipeline.extract.stacked_tables import stacked_tables
from pipeline.model import Span

_NAME_COLUMN = re.compile(
    r"(?:bidrags|stöd)?mottagare|sökande|förening(?:en|ar|ens\s+namn)?|organisation(?:er)?|namn|"
    r"bidragssökande|aktör|anordnare|arrangör|huvudman|studieförbund|bolag|utförare|ideell\s+aktör|"
    r"förskola|företag|samfund",
    re.I,
)
_MONEY_COLUMN = re.compile(
    r"bevilj|belopp|bidrag|beslut|tilldel|förslag|sökt|ansökt|kronor|\bkr\b|stöd|summa|utbetal|"
    r"fördelning|\b20\d\d\b",
    re.I,
)
_GRANTED = re.compile(r"bevilj|tilldel|beslut|förslag|fördelat|utbetal", re.I)
_ASKED = re.compile(r"sökt|ansökt|söker|tidigare|föregående|fjol", re.I)
_TOTAL = re.compile(
    r"^\W*(?:summa|totalt|total|delsumma|sammanlagt|s:a|varav|återstår|kvar|budget|ram|att\s+fördela|fördelat|att\s+utbetala)\b",
    re.I,
)
_SUM = re.compile(r"(?<![\d-])\d{1,3}(?:[ .\u00a0]\d{3})+(?!\d|-)|(?<![\d-])\d{3,7}(?![\d-])|(?<!\S)0(?!\S)")
_REFUSED_CAPTION = re.compile(r"\b(?:avsl(?:ag|ås)\w*|nekade|ej\s+bevilja\w+)", re.I)
_RUN_TOGETHER = re.compile(  # a heading row whose gaps were lost, specks between its words
    rf"\W*(?:Nr\.?\s+)?(?:{_NAME_COLUMN.pattern})\W+(?:org|s[öo]kt|ans[öo]kt|belopp|bevilj|bidrag|beslut)",
    re.I,
)
_ORG = "Org.nr "  # what a column's heading says of the numbers below it
_NUMBER_FIELD = re.compile(r"org(?:anisations?)?[.\s-]*(?:nr|num)", re.I)
_REFUSED = re.compile(r"\b(?:avslag|avslås|avslagen|nej|avvisas|beviljas ej|ej bevilja\w*)\b", re.I)


@dataclass(frozen=True, slots=True)
class Row:
    """One body of a grant table; `granted` is false for a refused one."""

    name: str
    span: Span
    org_number: str
    valid: bool | None
    granted: bool
    header: str


def grant_rows(material: Material) -> Iterator[Row]:
    """The rows of every table that has a column of names and a column of money."""
    outline, text = material.outline, plain(material.text)
    skip = furniture(outline)
    i = 0
    while i < len(outline.lines):
        column = _name_column(outline, text, i) if i not in skip else None
        if column is None:
            i += 1
            continue
        i, rows = _rows(outline, text, i, column, skip)
        if len(rows) > 1 or any(row.org_number for row in rows):
            yield from rows
    yield from _stacked(material)


def _stacked(material: Material) -> Iterator[Row]:
    """The rows of tables that stand one cell a line."""
    for table in stacked_tables(material):
        label = table.headings[table.kinds.index("label")] if "label" in table.kinds else ""
        sums = [k for k, kind in enumerate(table.kinds) if kind == "sum"]
        if not sums or not _NAME_COLUMN.fullmatch(label.strip()):
            continue
        granted = [
            k for k in sums if _GRANTED.search(table.headings[k]) and not _ASKED.search(table.headings[k])
        ]
        column = granted[0] if granted else sums[-1]
        refused = _refuses(material.outline, plain(material.text), table.first)
        for row in table.rows:
            name = row_name(row.label.words)
            if len(name) < 3 or is_public(name) or _TOTAL.match(name):
                continue
            number = next(
                (found for cell in row.cells.values() if (found := number_in(_ORG + cell.words))), None
            )
            cell = row.cells.get(column)
            yield Row(
                name,
                row.label.span,
                number[0] if number else "",
                number[1] if number else None,
                bool(cell and cell.look == "figure") and not refused,
                " | ".join(table.headings),
            )


def heads_table(outline: Outline, text: str, i: int) -> bool:
    """Whether line `i` is the heading row of a grant table, so that its cells are no fields."""
    return len(outline.lines[i].cells) > 1 and _name_column(outline, text, i) is not None


def _name_column(outline: Outline, text: str, i: int) -> int | None:
    """The index of the column of names, if line `i` heads a grant table."""
    line = outline.lines[i]
    cells = [one_line(text[c.start : c.end]) for c in line.cells]
    if (
        not cells
        or text[line.cells[0].start : line.cells[0].end].endswith(":")
        or _is_field(outline, text, i)
    ):
        return None
    named = [
        k for k, cell in enumerate(cells) if _NAME_COLUMN.fullmatch(re.sub(r"^(?:Nr\.?|#)\s+", "", cell))
    ]
    if len(cells) > 1 and named and any(_MONEY_COLUMN.search(c) for c in cells[named[0] + 1 :]):
        return named[0]
    if len(cells) == 1 and len(cells[0]) < 90:  # the gaps between the columns were lost
        words = cells[0]
        if _RUN_TOGETHER.match(words):
            return 0
    return None


def _is_field(outline: Outline, text: str, i: int) -> bool:
    """Whether a label and its value stand above the field of the number: `Mottagare  Stödgruppen Norr`."""
    if len(outline.lines[i].cells) != 2 or i + 1 == len(outline.lines):
        return False
    below = outline.lines[i + 1].cells
    return len(below) > 1 and bool(_NUMBER_FIELD.match(text[below[0].start : below[0].end]))


def _rows(outline: Outline, text: str, head: int, column: int, skip: frozenset[int]) -> tuple[int, list[Row]]:
    header = outline.lines[head]
    titles = [one_line(text[c.start : c.end]) for c in header.cells]
    i = head + 1
    pending: Row | None = None
    rows: list[Row] = []
    refused = _refuses(outline, text, head)
    misses, lead = 0, ""
    while i < len(outline.lines) and misses < 3:
        line = outline.lines[i]
        if i in skip:
            i += 1
            continue
        body = text[line.span.start : line.span.end]
        if _TOTAL.match(re.sub(r"^[\s\d.]+", "", body)):
            i += 1
            break
        if _name_column(outline, text, i) is not None or _ends_table(text, line, pending):
            break  # the table goes on below its repeated heading row, or running text follows it
        if i == head + 1 and _heads_too(text, line):
            i += 1
            continue
        if pending is not None and not pending.org_number and _is_number_alone(body):
            number = number_in(_ORG + body)
            pending = replace(pending, org_number=number[0], valid=number[1]) if number else pending
            i += 1
            continue
        row = _row(outline, text, header, titles, column, line)
        row = replace(row, granted=False) if row and refused else row
        row = replace(row, name=row_name(f"{lead} {row.name}")) if row and lead else row
        words = one_line(text[line.cells[0].start : line.cells[0].end]) if line.cells else ""
        lead = words if row is None and len(line.cells) == 1 and _OPEN.search(words) else ""
        if row is not None:
            if pending is not None:
                rows.append(pending)
            pending = row
            misses = 0
        elif lead:
            pass  # the name of the row below
        elif pending is not None and len(line.cells) == 1 and _is_rest(text, line, pending):
            pending = replace(pending, name=row_name(f"{pending.name} {words}"))
        else:
            misses += 1
        i += 1
    if pending is not None:
        rows.append(pending)
    return max(i, head + 1), rows


_OPEN = re.compile(r"^[A-ZÅÄÖ].{2,50}(?:[^\W\d_]-|-\s(?:och|&))$")  # `Granö Musik- och`


def _heads_too(text: str, line: Line) -> bool:
    """Whether a line is the second one of the heading row: years, units, and a bracket under the names."""
    cells = [text[c.start : c.end].strip() for c in line.cells]
    return all(re.fullmatch(rf"{YEAR}|\(.*\)|tkr|kr", cell) for cell in cells)


def _is_number_alone(body: str) -> bool:
    """Whether a line holds an organisation number and no more: that of the name above it."""
    return bool(re.fullmatch(r"[\s(]*(?:org\.?\s?nr\.?:?\s*)?\d{6}\s?[-–—]\s?\d{4}[\s)]*", body, re.I))


def _refuses(outline: Outline, text: str, head: int) -> bool:
    """Whether the caption right above a table says that its rows are refused: `Avslagna ansökningar`."""
    if head == 0:
        return False
    above = outline.lines[head - 1].span
    return len(above) < 80 and bool(_REFUSED_CAPTION.search(text[above.start : above.end]))


def _ends_table(text: str, line: Line, row: Row | None) -> bool:
    """Whether running text stands below the rows: it fills the width, or ends as a sentence does."""
    if row is None or len(line.cells) > 1:
        return False
    words = one_line(text[line.span.start : line.span.end])
    body = text[line.span.start : line.span.end].rstrip()
    return len(body) > 95 or (len(words.split()) > 6 and body.endswith("."))


def _is_rest(text: str, line: Line, row: Row) -> bool:
    words = one_line(text[line.cells[0].start : line.cells[0].end])
    return (
        bool(words)
        and (
            words[0].isupper() or _is_closing(words) or row.name.endswith(("-", " och", " i", " för", " på"))
        )
        and len(words) < 45
        and not re.search(r"\d|(?<! för)[.:]$|\(kr\)", words)
        and not is_public(words)
        and not heading_topic(words)
        and not _REFUSED_CAPTION.search(words)
        and not _TOTAL.match(words)
    )


def _is_closing(words: str) -> bool:
    """Whether words in lower case end a name: `ekonomisk förening`."""
    return any(is_body_word(word) for word in words.split()) or bool(re.match(r"(?:ek|id)\.? för", words))


def _row(outline: Outline, text: str, header: Line, titles: list[str], column: int, line: Line) -> Row | None:
    body = text[line.span.start : line.span.end]
    number = number_in(body)
    if number is None and any(_NUMBER_FIELD.search(title) for title in titles):
        number = _announced(body)
    sums = _SUM.findall(re.sub(r"\d{6}\s?[-–—]\s?\d{4}", " ", body))
    small = _money_cell(outline, text, header, titles, line)  # a table in thousands has sums of two figures
    if not sums and not number and not _REFUSED.search(body) and not re.fullmatch(r"\d{1,2}", small):
        return None
    cell = _name_cell(outline, text, header, column, line)
    name = row_name(text[cell.start : cell.end]) if cell else ""
    if not name or len(name) < 3 or not re.search(r"[A-Za-zÅÄÖåäö]{2}", name) or is_public(name):
        return None
    return Row(
        name,
        cell or line.span,
        number[0] if number else "",
        number[1] if number else None,
        _granted(outline, text, header, titles, line),
        " | ".join(titles),
    )


def _announced(body: str) -> tuple[str, bool] | None:
    """The number of a row that its column's heading alone announces: sound, and so no sums side by side."""
    figures = re.search(r"(?<![\w-])(?:16)?\d{2} ?\d", body)
    number = number_in(_ORG + body[figures.start() :]) if figures else None
    return number if number and number[1] else None


def _name_cell(outline: Outline, text: str, header: Line, column: int, line: Line) -> Span | None:
    if len(line.cells) == 1:
        return line.cells[0]
    cell = cell_in_column(outline, header, column, line)
    if cell is None or not re.search(r"[A-Za-zÅÄÖåäö]{3}", text[cell.start : cell.end]):
        lettered = [c for c in line.cells if re.search(r"[A-ZÅÄÖ]\w{2}", text[c.start : c.end])]
        cell = lettered[0] if lettered else None
    return cell


def _granted(outline: Outline, text: str, header: Line, titles: list[str], line: Line) -> bool:
    """Whether the row's money is more than nothing, by the column of what is granted, else the last one."""
    body = text[line.span.start : line.span.end]
    if _REFUSED.search(body):
        return False
    last = _money_cell(outline, text, header, titles, line) or re.split(r"\s{2,}|\t", body.strip())[-1]
    return not re.fullmatch(r"\W*(?:0|0\s*kr|-|–|—)\W*", last.strip()) and not re.search(
        r"(?<!\d)\s0(?:\s*kr)?\s*$", body
    )


def _money_cell(outline: Outline, text: str, header: Line, titles: list[str], line: Line) -> str:
    """What stands in the column of what is granted, else in the last; empty where the columns are lost."""
    column = next(
        (k for k, t in enumerate(titles) if _GRANTED.search(t) and not _ASKED.search(t)), len(titles) - 1
    )
    cell = cell_in_column(outline, header, column, line) if len(line.cells) > 1 else None
    return text[cell.start : cell.end].strip() if cell else ""
