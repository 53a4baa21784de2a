"""What the cells of a table say, whichever way the table is set: figures, units, columns that hold money."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from pipeline.extract.forgiving import cues
from pipeline.extract.money import FIGURES, UNIT_WORDS, figures, unit_factor
from pipeline.extract.nlp import Material
from pipeline.extract.points import YEAR
from pipeline.extract.weighing import Verdict, weigh
from pipeline.model import Span

FIGURE_CELL = re.compile(
    rf"\W{{0,3}}?(?P<minus>[-–−]\s?)?(?P<figure>\d{{4,7}}(?:[ \u00a0.]\d{{3}})+"
    rf"|\d{{1,3}}:\d{{3}}|{FIGURES})\W{{0,2}}"
)
WRITTEN_SUM = re.compile(r"\d\s?(?:kr|:-)")
DATED_HEADING = re.compile(
    rf"(?![^\d\n]*\s(?:[äa]r|blir|var|p[åa]|om|med|till|kostar|betalar|f[åa]r)\s)[^\W\d_]{{2}}[^\d\n]*\s{YEAR},?\s?\(?(?:{UNIT_WORDS})\.?\)?(?:\s+[^\W\d_]+)*\W*",
    re.IGNORECASE,
)
NOTHING = re.compile(
    r"\W*(?:avsl\w+|nekas|nekad|nej|[ei]j\s+\w+|inge[nt]\w*|inte\s+\w+|[åa]terkalla\w*|utg[åa]r|0(?:\s?kr)?)?\W*",
    re.IGNORECASE,
)
TOTAL_LABEL = re.compile(
    r"\b(?:sammanlag\w*|total\w*|summa\w*|s:a|att f[öo6]rdela|att (?:ut)?betalas?)\b", re.IGNORECASE
)
NTH_YEAR = re.compile(r"\W*(?:[åÅaA]r|[åÅaA]vtals[åa]r)\s?[1-9]\W*")  # heads a column of sums, not of years
LONE_YEAR = re.compile(rf"(?<![\w/-]){YEAR}(?![\w/-])")
STATEMENT = re.compile(
    r"(?:belopp\w*|summor\w*|siffror\w*|tabell\w*|uppgifter\w*|pris(?:er)?(?:na)?|anges"
    r"|redovisas)\b[^.\n]{0,40}?(?:\bi\s+|[(,:]\s*)(?P<unit>" + UNIT_WORDS + r")(?![^\W_])",
    re.IGNORECASE,
)
CAPTION = re.compile(
    r"[(,][^()\n]{0,20}?(?P<unit>"
    + UNIT_WORDS
    + r")(?:\s+(?:per|om)\s+(?:[åa]r(?:et)?|m[åa]nad))?\)?[\s.:]*$",
    re.IGNORECASE,
)
UNIT = re.compile(r"(?<![^\W_])(?P<unit>" + UNIT_WORDS + r")(?![^\W_])", re.IGNORECASE)
# A unit alone in the line above or below a table is that of all its sums: `(tkr)`.
LONE_UNIT = re.compile(r"\W*(?:i\s+|alla\s+belopp\s+i\s+)?(?P<unit>" + UNIT_WORDS + r")\W*", re.IGNORECASE)
NAMES_MONEY = re.compile(
    r"(?<![^\W_])(?:kr|kronor)\b|belopp", re.IGNORECASE
)  # `kronor per år` counts no years
WINDOW = 600


@dataclass(frozen=True, slots=True)
class FigureCell:
    """A bare number in a table: its column's heading, its row's label, what stands above the table, and the
    factor of the unit that one of them names (0 where none does).

    `stated` says that the table as a whole has a unit; `column` names the table and the column, so that parts
    and total are found together."""

    span: Span
    number: Decimal
    heading: str
    label: str
    caption: str
    factor: int
    stated: bool
    column: tuple[int, int] = (-1, 0)


@dataclass(frozen=True, slots=True)
class Place:
    """What a table says of one of its cells: heading of the column, label of the row, caption, column."""

    heading: str = ""
    label: str = ""
    caption: str = ""
    column: tuple[int, int] = (-1, 0)


def number_of(written: str) -> Decimal | None:
    """The number that a cell consists of, below zero after a minus; None for any other cell.

    >>> number_of("1 250"), number_of("- 300"), number_of("12 st")
    (Decimal('1250'), Decimal('-300'), None)
    """
    match = FIGURE_CELL.fullmatch(written)
    if match is None:
        return None
    number = figures(re.sub(r"(?<=\d)[ \u00a0:](?=\d{3}(?!\d))", "", match["figure"]))
    return -number if number is not None and match["minus"] else number


def is_dated_heading(words: str) -> bool:
    """Whether a cell heads a column of sums and names their year and unit: no sum of so many kronor.

    >>> is_dated_heading("Beviljat 2024 kr"), is_dated_heading("Bidrag 2 024 kr")
    (True, False)
    """
    return bool(DATED_HEADING.fullmatch(words.strip())) and holds_money(words)


def is_nothing(written: str) -> bool:
    """Whether a cell says that no money is given: `Avslag`, a dash, a nought.

    >>> is_nothing("avslås"), is_nothing("–"), is_nothing("Avlopp")
    (True, True, False)
    """
    return bool(NOTHING.fullmatch(written))


@lru_cache(maxsize=4096)
def column_kind(heading: str) -> Verdict | None:
    """What the heading of a column says about its figures; `not` for counts and numbers."""
    if NTH_YEAR.fullmatch(heading):
        return None
    end = Span(len(heading), len(heading))
    return weigh(heading, Span(0, len(heading)), end, cues("amount_columns"), {})


def holds_money(heading: str) -> bool:
    """Whether a heading is that of a column of sums.

    >>> holds_money("Beviljat 2024 (kr)"), holds_money("Antal"), holds_money("2024, tkr"), holds_money("Ort")
    (True, False, True, False)
    """
    kind = column_kind(heading)
    if kind is not None and kind.kind == "not":
        return bool(NAMES_MONEY.search(heading))
    return kind is not None or bool(UNIT.search(heading))


def factor_of(words: str) -> int:
    """The factor of the unit that words name; 0 for none."""
    unit = UNIT.search(words)
    return unit_factor(unit["unit"]) if unit else 0


def stated_factor(material: Material, first: int, last: int) -> int:
    """The factor that a sentence or caption near a table, lines `first` to `last`, states for all sums."""
    lines, text = material.outline.lines, material.text
    top = max(
        lines[first].span.start - WINDOW,
        material.outline.section_at(lines[first].span.start).span.start - 120,
        0,
    )
    bottom = lines[last - 1].span.end
    statements = list(STATEMENT.finditer(text[top : lines[first].span.start]))
    if statements:
        return unit_factor(statements[-1]["unit"])
    for line in lines[max(0, first - 2) : first]:
        if caption := CAPTION.search(text[line.span.start : line.span.end]):
            return unit_factor(caption["unit"])
    for line in (*lines[max(0, first - 1) : first], *lines[last : last + 1]):
        if alone := LONE_UNIT.fullmatch(text, line.span.start, line.span.end):
            return unit_factor(alone["unit"])
    end = min(bottom + 200, max(bottom, material.outline.section_at(lines[last - 1].span.start).span.end))
    after = STATEMENT.search(text[bottom:end])
    return unit_factor(after["unit"]) if after else 0


def caption_of(material: Material, first: int, longest: int = 75) -> str:
    """The heading or short line above a table."""
    lines, text = material.outline.lines, material.text
    if first and len(lines[first - 1].span) <= longest and len(lines[first - 1].cells) == 1:
        return text[lines[first - 1].span.start : lines[first - 1].span.end]
    return material.outline.section_at(lines[first].span.start).heading
