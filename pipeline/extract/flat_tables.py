"""Tables whose columns have run together: a label and its figures in each line, one blank between them.

Text that another tool extracted has often lost the gaps between cells. Rows of figures below a heading that
names columns of sums are still a table: the heading tells how many figures a row has, so that
`240 000 210 000` is parted in two.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipeline.extract.layout import furniture
from pipeline.extract.nlp import Material
from pipeline.extract.points import YEAR
from pipeline.extract.stacked_tables import stacked_tables
from pipeline.extract.table_cells import (
    UNIT,
    FigureCell,
    caption_of,
    factor_of,
    holds_money,
    stated_factor,
)
from pipeline.model import Span

FEWEST_ROWS = 3
FEWEST_WITH_UNIT = 2  # where the heading names a unit
HEAD_LINES = 4
BETWEEN = 2  # lines without figures that may stand between two rows
LONGEST_ROW = 130
FITTING = 0.7  # share of the rows that must have as many figures as the heading has columns of sums
FIGURES_AT_END = re.compile(
    r"(?:(?<=[\s)])|^)(?P<figures>(?:(?:\d{1,3}(?:\.\d{3})+|\d{1,7}|[-–—])[ \u00a0]+){0,14}"
    r"(?:\d{1,3}(?:\.\d{3})+|\d{1,7}|[-–—]))(?:,00)?"
    r"(?:\s?(?:kr|:-))?(?:\s+(?P<refused>avsl\w+|nej))?\s*$",
    re.IGNORECASE,
)
ORG_NUMBER = re.compile(r"(?<!\d)(?:16)?\d{2} ?\d{2} ?\d{2} ?[-–—−]? ?\d{2} ?\d{2}(?!\d)")
COLUMN_START = re.compile(rf"(?<=\s)(?=[A-ZÅÄÖ])|(?<=\s)(?=À-)|(?<=\d\s)(?={YEAR}\b)")
YEARS = re.compile(rf"{YEAR}(?: {YEAR})*")
MOST_GROUPS = 3  # of digits in a number, below a thousand millions
SENTENCE = re.compile(r"[.;:]\s*$|[a-zåäö]{3}[.;]\s")
BESIDE = re.compile(
    r"(?:(?P<label>[^\W\d_][^\d]*?) )?(?P<figure>\d{1,3}(?: \d{3})+|\d{3,6})"
    r" (?P<label2>[^\W\d_][^\d]*?) (?P<figure2>\d{1,3}(?: \d{3})+|\d{3,6})\s*"
)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that may be a row: its label, and the places and digits of its last groups of figures."""

    index: int
    label: str
    tokens: tuple[tuple[int, str], ...]


def flat_cells(material: Material) -> Iterator[FigureCell]:
    """The figures of such tables, in order."""
    stacked = (i for table in stacked_tables(material) for i in range(table.first, table.last))
    skip = furniture(material.outline).union(stacked)
    count = len(material.outline.lines)
    at = 0
    while at < count:
        rows = _run(material, at, skip) if at not in skip else []
        if len(rows) < FEWEST_WITH_UNIT:
            at = (rows[-1].index if rows else at) + 1
            continue
        yield from _table(material, rows)
        at = rows[-1].index + 1


def _run(material: Material, at: int, skip: frozenset[int]) -> list[_Line]:
    """The lines with figures at their end from a line on, few others between them."""
    rows: list[_Line] = []
    misses = 0
    for i in range(at, len(material.outline.lines)):
        if i in skip:
            continue
        line = _line(material, i)
        if line is not None:
            rows.append(line)
            misses = 0
        elif not rows:
            break
        else:
            misses += 1
            words = material.text[material.outline.lines[i].span.start : material.outline.lines[i].span.end]
            if misses > BETWEEN or SENTENCE.search(words) or len(material.outline.lines[i].cells) > 1:
                break
            if _columns(words, False):
                break  # the heading of another table
    return rows


def _line(material: Material, i: int) -> _Line | None:
    line = material.outline.lines[i]
    if len(line.cells) != 1 or len(line.span) > LONGEST_ROW:
        return None
    start = line.cells[0].start
    words = material.text[start : line.cells[0].end]
    if SENTENCE.search(words) and not re.match(r"\d{1,3}\.\s", words):
        return None
    plain = ORG_NUMBER.sub(lambda found: "#" * len(found[0]), words)
    found = FIGURES_AT_END.search(plain)
    if found is None or not re.search(r"\d", found["figures"]) or YEARS.fullmatch(found["figures"]):
        return None
    tokens = tuple(
        (start + found.start("figures") + token.start(), token[0])
        for token in re.finditer(r"[\d.]+|[-–—]", found["figures"])
    )
    return _Line(i, words[: found.start()].strip(), tokens)


def _table(material: Material, rows: Sequence[_Line]) -> Iterator[FigureCell]:
    for first, words in _heads(material, rows[0].index):
        if beside := _beside(material, rows, words):
            yield from beside
            return
        stated = stated_factor(material, first, rows[-1].index + 1)
        columns = _columns(words, bool(stated))
        if columns and _fits(rows, len(columns)):
            break
    else:
        return
    if len(rows) < FEWEST_ROWS and not UNIT.search(words):
        return
    caption = caption_of(material, first)
    for row in rows:
        for k, number in enumerate(parted(row.tokens, len(columns)) or ()):
            if number is None:
                continue
            span, value = number
            factor = factor_of(columns[k]) or factor_of(words) or stated
            label = row.label or _label_above(material, row)
            yield FigureCell(span, value, columns[k], label, caption, factor, True, (first, k))


def _heads(material: Material, first: int) -> Iterator[tuple[int, str]]:
    """The lines above the first row that may name its columns, joined, the fewest first: (index, words)."""
    lines = material.outline.lines
    head = ""
    for i in range(first - 1, max(-1, first - 1 - HEAD_LINES), -1):
        words = material.text[lines[i].span.start : lines[i].span.end].strip()
        if SENTENCE.search(words) or len(words) > 100 or len(lines[i].cells) > 1:
            return
        head = f"{words} {head}".strip()
        if not UNIT.fullmatch(head.strip("() ")):  # a lone unit goes on the heading above it
            yield i, head


def _columns(head: str, stated: bool) -> list[str]:
    """The headings of the columns of sums, each beginning with a capital or a year."""
    phrases = [phrase.strip() for phrase in COLUMN_START.split(head) if phrase.strip()]
    years = [phrase for phrase in phrases if re.fullmatch(rf"{YEAR}", phrase)]
    if years and len(years) == len(phrases) and stated:
        return years
    found = [phrase for phrase in phrases[1:] if holds_money(phrase)]
    return found or (phrases if len(phrases) == 1 and UNIT.search(head) else [])


def _fits(rows: Sequence[_Line], width: int) -> bool:
    """Whether most rows have so many figures."""
    fitting = sum(parted(row.tokens, width) is not None for row in rows)
    return fitting >= FITTING * len(rows)


def parted(tokens: Sequence[tuple[int, str]], width: int) -> list[tuple[Span, Decimal] | None] | None:
    """Groups of digits dealt out to so many numbers, a dash for none; None where they can't be.

    >>> [str(n[1]) for n in parted([(0, "240"), (4, "000"), (8, "21"), (11, "000")], 2) if n]
    ['240000', '21000']
    >>> parted([(0, "12")], 2) is None
    True
    """
    ways = list(_ways(tuple(tokens), width))
    if not ways:
        return None
    even = min(ways, key=lambda way: max(map(len, way)) - min(map(len, way)))
    return [_number(group) for group in even]


def _ways(tokens: tuple[tuple[int, str], ...], width: int) -> Iterator[list[tuple[tuple[int, str], ...]]]:
    if width == 0:
        if not tokens:
            yield []
        return
    for size in range(1, len(tokens) - width + 2):
        if _is_number([token for _, token in tokens[:size]]):
            for rest in _ways(tokens[size:], width - 1):
                yield [tokens[:size], *rest]


def _is_number(groups: Sequence[str]) -> bool:
    head, rest = groups[0], groups[1:]
    if "." in head:
        return not rest
    if not head.isdigit():
        return not rest
    if len(groups) > MOST_GROUPS or (rest and (len(head) > 3 or head.startswith("0"))):
        return False
    return (head == "0" or not head.startswith("0")) and all(len(g) == 3 and g.isdigit() for g in rest)


def _number(group: Sequence[tuple[int, str]]) -> tuple[Span, Decimal] | None:
    digits = "".join(token for _, token in group).replace(".", "")
    if not digits.isdigit():
        return None
    return Span(group[0][0], group[-1][0] + len(group[-1][1])), Decimal(digits)


def _label_above(material: Material, row: _Line) -> str:
    """The line above a row that has nothing but figures."""
    above = material.outline.lines[row.index - 1] if row.index else None
    return material.text[above.span.start : above.span.end].strip() if above else ""


def _beside(material: Material, rows: Sequence[_Line], head: str) -> list[FigureCell]:
    """The figures of two lists side by side, `Intäkter kr Kostnader kr`: a label and a figure twice a row."""
    phrases = [phrase.strip() for phrase in COLUMN_START.split(head) if phrase.strip()]
    if len(phrases) != 2 or not all(holds_money(phrase) for phrase in phrases):
        return []
    found: list[FigureCell] = []
    for row in rows:
        line = material.outline.lines[row.index]
        twice = BESIDE.fullmatch(material.text, line.cells[0].start, line.span.end)
        if twice is None:
            continue
        for at, (label, figure) in enumerate((("label", "figure"), ("label2", "figure2"))):
            span = Span(twice.start(figure), twice.end(figure))
            value = Decimal(twice[figure].replace(" ", ""))
            words = f"{phrases[at]} {twice[label] or _label_above(material, row)}"
            factor = factor_of(phrases[at])
            found.append(FigureCell(span, value, phrases[at], words, "", factor, True, (row.index, at)))
    return found if len(found) >= 2 * FEWEST_ROWS else []
