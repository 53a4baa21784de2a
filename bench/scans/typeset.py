"""Set a text on pages: where each word stands, and what the page says in reading order.

A text is lines in a small vocabulary; empty lines separate blocks.

    # ## ###            headings
    - text              a bulleted item;  `1. text`, `a) text` items with their own marker
    | a | b |           rows of a table, the first in bold; cells of figures are set to the right
    ? label | value     fields of a form: a small label over its value, in a box
    = label | value     a label with its value at a tab stop
    ~ name | name       lines to sign on
    ! text              small type
    ---                 a line across
    ===                 a new page

All lengths are points, origin top left.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from faces import Face, width

PAGE = (595.0, 842.0)
TOP, BOTTOM = 78.0, 768.0
ITEM = re.compile(r"(-|\d+\.|[a-zåäö]\)) +(.*)")
FIGURES = re.compile(r"[\d\s.,%–-]+(?:kr|tkr|%)?")
VOWELS = "aeiouyåäöAEIOUYÅÄÖ"


@dataclass(frozen=True, slots=True)
class Style:
    """How a document looks. `align` is left or justify, `table` is grid, lines or none."""

    face: Face
    size: float = 11
    leading: float = 1.25
    columns: int = 1
    align: str = "left"
    table: str = "grid"
    margin: float = 68
    head: tuple[str, str] = ("", "")
    foot: str = ""
    hyphenate: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    """A word on the page by the left end of its baseline."""

    text: str
    x: float
    y: float
    size: float
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Stroke:
    """A drawn line."""

    x0: float
    y0: float
    x1: float
    y1: float
    width: float = 0.7


@dataclass
class Leaf:
    """One page: its words, its lines, and its text in reading order."""

    placed: list[Placed] = field(default_factory=list)
    strokes: list[Stroke] = field(default_factory=list)
    truth: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(self.truth)


def typeset(text: str, style: Style) -> list[Leaf]:
    """The pages of a text. Columns are made as short as they can be on the same number of pages."""
    leaves = _set(text, style, BOTTOM)
    if style.columns > 1:
        for bottom in range(round(BOTTOM) - 20, 200, -20):
            shorter = _set(text, style, bottom)
            if len(shorter) > len(leaves):
                break
            leaves = shorter
    return leaves


def _set(text: str, style: Style, bottom: float) -> list[Leaf]:
    setter = _Setter(style, bottom)
    for block in re.split(r"\n\s*\n", text.strip()):
        setter.block(block.splitlines())
    return setter.finished()


class _Setter:
    """Where the next line goes. Frames are the columns of a page."""

    def __init__(self, style: Style, bottom: float) -> None:
        self.style = style
        self.bottom = bottom
        self.leaves: list[Leaf] = []
        self._new_leaf()

    def block(self, lines: list[str]) -> None:
        first = lines[0]
        if first == "===":
            self._new_leaf()
        elif first == "---":
            self._room(10)
            self.leaf.strokes.append(Stroke(self.x0, self.y + 4, self.x1, self.y + 4))
            self.y += 10
        elif first.startswith("#"):
            self._heading(first)
        elif first.startswith("|"):
            self._table([[cell.strip() for cell in line.strip("| ").split("|")] for line in lines])
        elif first.startswith("?"):
            self._form([_pair(line) for line in lines])
        elif first.startswith("="):
            self._labels([_pair(line) for line in lines])
        elif first.startswith("~"):
            self._sign(first[1:].split("|"))
        elif first.startswith("!"):
            self._paragraph(" ".join(lines)[1:].strip(), self.style.size - 2)
        elif ITEM.match(first):
            self._items(lines)
        else:
            self._paragraph(" ".join(lines), self.style.size)
        self.y += 0.5 * self.style.size

    def finished(self) -> list[Leaf]:
        for number, leaf in enumerate(self.leaves, 1):
            self._furnish(leaf, number)
        return self.leaves

    @property
    def leaf(self) -> Leaf:
        return self.leaves[-1]

    @property
    def x1(self) -> float:
        return self.x0 + self.measure

    def _new_leaf(self) -> None:
        self.leaves.append(Leaf())
        gap, columns, margin = 20.0, self.style.columns, self.style.margin
        self.measure = (PAGE[0] - 2 * margin - gap * (columns - 1)) / columns
        self.frames = [margin + at * (self.measure + gap) for at in range(columns)]
        self._next_frame()

    def _next_frame(self) -> None:
        if not self.frames:
            self._new_leaf()
            return
        self.x0, self.y = self.frames.pop(0), TOP

    def _room(self, height: float) -> None:
        if self.y + height > self.bottom:
            self._next_frame()

    def _heading(self, line: str) -> None:
        level = len(line) - len(line.lstrip("#"))
        size = self.style.size + (4.5, 2, 0.5)[level - 1]
        self._room(3 * size)
        self.y += 0.4 * size
        self._paragraph(line.lstrip("# "), size, bold=True)
        self.y -= 0.1 * size

    def _paragraph(
        self, text: str, size: float, bold: bool = False, indent: float = 0, mark: str = ""
    ) -> None:
        """`mark` stands outside, before the first line."""
        hyphenate = self.style.hyphenate and not bold
        lines = list(broken(text, self.style.face, bold, size, self.measure - indent, hyphenate))
        for at, line in enumerate(lines):
            self._room(size * self.style.leading)
            self.y += size * self.style.leading
            x = self.x0 + indent
            words = line.words
            if at == 0 and mark:
                self.leaf.placed.append(Placed(mark, self.x0, self.y, size, bold))
            spread = self.style.align == "justify" and not bold and at < len(lines) - 1
            self._line(words, x, size, bold, self.measure - indent if spread else None)
            self.leaf.truth.append((f"{mark} " if at == 0 and mark else "") + line.truth)

    def _line(self, words: list[str], x: float, size: float, bold: bool, full: float | None = None) -> None:
        face = self.style.face
        blank = width(" ", face, bold, size)
        if full is not None and len(words) > 1:
            blank = (full - sum(width(word, face, bold, size) for word in words)) / (len(words) - 1)
        for word in words:
            self.leaf.placed.append(Placed(word, x, self.y, size, bold))
            x += width(word, face, bold, size) + blank

    def _items(self, lines: list[str]) -> None:
        for line in lines:
            found = ITEM.match(line)
            mark, text = (found[1], found[2]) if found else ("", line)
            self._paragraph(text, self.style.size, indent=20, mark="•" if mark == "-" else mark)

    def _labels(self, pairs: list[tuple[str, str]]) -> None:
        size, face = self.style.size, self.style.face
        stop = max(width(label, face, True, size) for label, _ in pairs) + 14
        for label, value in pairs:
            self._room(size * self.style.leading)
            top = self.y
            self.y += size * self.style.leading
            self._line(label.split(), self.x0, size, True)
            self.y = top
            self.leaf.truth.append(label)
            self._paragraph(value, size, indent=stop)

    def _form(self, pairs: list[tuple[str, str]]) -> None:
        """Two boxes a row."""
        size, half = self.style.size, self.measure / 2
        height = 2.6 * size
        for at in range(0, len(pairs), 2):
            self._room(height)
            for column, (label, value) in enumerate(pairs[at : at + 2]):
                x, top = self.x0 + column * half, self.y
                self._box(x, top, half, height)
                self.y = top + 0.9 * size
                self._line(label.split(), x + 4, size - 3, False)
                self.y = top + 2.2 * size
                self._line(value.split(), x + 4, size, False)
                self.y = top
                self.leaf.truth += [label, value]
            self.y += height

    def _box(self, x: float, y: float, wide: float, high: float) -> None:
        corners = ((x, y), (x + wide, y), (x + wide, y + high), (x, y + high), (x, y))
        for (ax, ay), (bx, by) in pairwise(corners):
            self.leaf.strokes.append(Stroke(ax, ay, bx, by))

    def _sign(self, names: list[str]) -> None:
        self._room(60)
        self.y += 40
        each = self.measure / len(names)
        top = self.y
        for at, name in enumerate(names):
            x = self.x0 + at * each
            self.leaf.strokes.append(Stroke(x, top, x + 0.8 * each, top))
            self.y = top + 1.2 * self.style.size
            self._line(name.split(), x, self.style.size, False)
            self.leaf.truth.append(name.strip())

    def _table(self, rows: list[list[str]]) -> None:
        size, face, pad = self.style.size - 0.5, self.style.face, 5.0
        count = max(map(len, rows))
        rows = [row + [""] * (count - len(row)) for row in rows]
        natural = [max(width(row[at], face, True, size) for row in rows) + 2 * pad + 1 for at in range(count)]
        wide = _fitted(natural, self.measure)
        self._rule_row(wide)
        for number, row in enumerate(rows):
            bold = number == 0
            cells = [
                list(broken(cell, face, bold, size, wide[at] - 2 * pad, False)) for at, cell in enumerate(row)
            ]
            height = max(1, *map(len, cells)) * size * self.style.leading + 4
            if self.y + height > self.bottom:
                self._next_frame()
                self._rule_row(wide)
            top, x = self.y, self.x0
            for at, lines in enumerate(cells):
                right = number > 0 and bool(FIGURES.fullmatch(row[at]))
                self.y = top
                for line in lines:
                    self.y += size * self.style.leading
                    used = width(" ".join(line.words), face, bold, size)
                    self._line(line.words, x + wide[at] - pad - used if right else x + pad, size, bold)
                x += wide[at]
            self.leaf.truth.append("\t".join(row))
            self.y = top + height
            if self.style.table == "grid" or (self.style.table == "lines" and number in (0, len(rows) - 1)):
                self._rule_row(wide)
            if self.style.table == "grid":
                for edge in (self.x0 + sum(wide[:at]) for at in range(count + 1)):
                    self.leaf.strokes.append(Stroke(edge, top, edge, self.y))

    def _rule_row(self, wide: list[float]) -> None:
        if self.style.table != "none":
            self.leaf.strokes.append(Stroke(self.x0, self.y, self.x0 + sum(wide), self.y))

    def _furnish(self, leaf: Leaf, number: int) -> None:
        """Head and foot, which stand first and last on each page."""
        small, face = 8.5, self.style.face
        margin = self.style.margin
        head: list[str] = []
        left, right = self.style.head
        right = f"{right} {number} ({len(self.leaves)})".strip() if right else ""
        for text, to_right in ((left, False), (right, True)):
            for row, line in enumerate(text.split("/") if text else []):
                used = width(line, face, False, small)
                x = PAGE[0] - margin - used if to_right else margin
                leaf.placed += list(_words(line, x, 44 + 11 * row, small, face))
                head.append(line)
        leaf.truth[:0] = head
        for row, line in enumerate(self.style.foot.split("/") if self.style.foot else []):
            used = width(line, face, False, 7.5)
            leaf.placed += list(_words(line, (PAGE[0] - used) / 2, PAGE[1] - 46 + 10 * row, 7.5, face))
            leaf.truth.append(line)


def _words(line: str, x: float, y: float, size: float, face: Face) -> Iterator[Placed]:
    for word in line.split():
        yield Placed(word, x, y, size)
        x += width(word + " ", face, False, size)


@dataclass(frozen=True, slots=True)
class Broken:
    """A line as set, and what it adds to the truth: a word that is broken counts where it begins."""

    words: list[str]
    truth: str


def broken(text: str, face: Face, bold: bool, size: float, full: float, hyphenate: bool) -> Iterator[Broken]:
    """The lines of a text at a width."""
    line: list[str] = []
    truth: list[str] = []
    used, blank = 0.0, width(" ", face, bold, size)
    for word in text.split():
        wide = width(word, face, bold, size)
        if line and used + wide > full:
            cut = _cut(word, face, bold, size, full - used) if hyphenate else 0
            if cut:
                yield Broken([*line, word[:cut] + "-"], " ".join([*truth, word]))
                line, truth = [word[cut:]], []
                used = width(word[cut:], face, bold, size) + blank
                continue
            yield Broken(line, " ".join(truth))
            line, truth, used = [], [], 0.0
        line.append(word)
        truth.append(word)
        used += wide + blank
    if line:
        yield Broken(line, " ".join(truth))


def _cut(word: str, face: Face, bold: bool, size: float, left: float) -> int:
    """Where to break a word that has `left` points of room: before a consonant that a vowel follows."""
    if not word.isalpha() or len(word) < 8:
        return 0
    places = (at for at in range(len(word) - 3, 2, -1) if word[at] not in VOWELS and word[at + 1] in VOWELS)
    return next((at for at in places if width(word[:at] + "-", face, bold, size) <= left), 0)


def _fitted(natural: list[float], full: float) -> list[float]:
    """Column widths: the widest give way where there is too little room."""
    wide = list(natural)
    while sum(wide) > full:
        at = max(range(len(wide)), key=wide.__getitem__)
        wide[at] *= 0.95
    return wide


def _pair(line: str) -> tuple[str, str]:
    label, _, value = line[1:].partition("|")
    return label.strip(), value.strip()


def text_of(leaves: Iterable[Leaf]) -> list[str]:
    return [leaf.text for leaf in leaves]
