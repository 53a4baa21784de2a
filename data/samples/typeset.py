"""Typeset a sample's text as a PDF, with the Type 1 fonts that every PDF reader has.

Blocks are separated by blank lines. A block is a paragraph unless it starts with

    # ## ###             a heading
    1. 1) a) - att       a list, one item a line, the marker outside
    @right @center TEXT
    @table 10 60 >30     a ruled table; the widths are percent, `>` sets a column to the right
    @columns 50 50       the same without rules, for letterheads and parties side by side
    @sign NAME / TITLE | NAME / TITLE
    @stamp X Y           a stamp across the page, X and Y points from here
    @rule, @space POINTS

Rows of tables are lines with ` | ` between the cells; a row that starts with `!` is bold on grey.
`caption :: value` in a cell is a form's small caption over its value. `<b>`, `<i>` and `<br/>` are
ReportLab's own.
"""

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import marks
from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER, TA_LEFT, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    Flowable,
    HRFlowable,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    Table,
    TableStyle,
)

BOLD = {"Times-Roman": "Times-Bold", "Helvetica": "Helvetica-Bold", "Courier": "Courier-Bold"}
ITEM = re.compile(r"^(\d+[.)]|[a-z]\)|[-•]|att)\s+(.*)$")


@dataclass(frozen=True, slots=True)
class Style:
    """How one sample looks; lengths in points. `header` and `footer` are repeated on every page."""

    font: str = "Times-Roman"
    heading_font: str = ""
    size: float = 11
    leading: float = 1.25
    margin: float = 68
    header: str = ""
    footer: str = ""
    page_label: str = "Sida {page} ({pages})"
    crest: str = ""
    signed: bool = False

    def text(self, **changes: object) -> ParagraphStyle:
        plain = {
            "fontName": self.font,
            "fontSize": self.size,
            "leading": self.size * self.leading,
            "spaceAfter": 6,
        }
        return ParagraphStyle("text", **(plain | changes))

    def heading(self, level: int) -> ParagraphStyle:
        size = self.size + (5, 1.5, 0)[level - 1]
        font = BOLD[self.heading_font or self.font]
        before = (10, 8, 4)[level - 1]
        shape = {
            "fontName": font,
            "fontSize": size,
            "leading": size * 1.2,
            "spaceBefore": before,
            "spaceAfter": 3,
        }
        return ParagraphStyle("heading", keepWithNext=True, **shape)

    @property
    def width(self) -> float:
        return float(A4[0]) - 2 * self.margin


def pdf(body: str, style: Style, title: str) -> bytes:
    """The typeset document; set twice, since the first page already says how many there are."""
    _, pages = _set(body, style, title, 0)
    content, _ = _set(body, style, title, pages)
    return content


def _set(body: str, style: Style, title: str, pages: int) -> tuple[bytes, int]:
    out = io.BytesIO()
    side = style.margin - 6  # ReportLab keeps 6 points inside its frame
    top = 78 if style.header or style.crest else 56
    margins = {"leftMargin": side, "rightMargin": side, "topMargin": top, "bottomMargin": 64}
    document = SimpleDocTemplate(out, pagesize=A4, title=title, invariant=1, **margins)

    def furniture(canvas: Canvas, _: SimpleDocTemplate) -> None:
        _furniture(canvas, style, pages)

    document.build(list(_flowables(body, style)), onFirstPage=furniture, onLaterPages=furniture)
    return out.getvalue(), document.page


def _furniture(canvas: Canvas, style: Style, pages: int) -> None:
    width, height = A4
    start = style.margin
    if style.crest:
        marks.crest(canvas, style.crest, start, height - 68)
        start += 42
    canvas.setFont(style.heading_font or style.font, 9)
    for number, line in enumerate(style.header.split("\n")):
        canvas.drawString(start, height - 44 - 11 * number, line)
    if style.page_label:
        label = style.page_label.format(page=canvas.getPageNumber(), pages=pages)
        canvas.drawRightString(width - style.margin, height - 44, label)
    canvas.setFont(style.heading_font or style.font, 7.5)
    for number, line in enumerate(style.footer.split("\n")):
        canvas.drawCentredString(width / 2, 40 - 10 * number, line)


def _flowables(body: str, style: Style) -> Iterator[Flowable]:
    for block in re.split(r"\n{2,}", body.strip()):
        first, *rest = block.split("\n")
        if first.startswith("@"):
            word, _, argument = first[1:].partition(" ")
            yield from DIRECTIVES[word](argument, rest, style)
        elif first.startswith("#"):
            marker, _, words = first.partition(" ")
            yield Paragraph(words, style.heading(len(marker)))
        elif ITEM.match(first):
            yield from _items([first, *rest], style)
        else:
            yield Paragraph(" ".join([first, *rest]), style.text())


def _items(lines: list[str], style: Style) -> Iterator[Flowable]:
    indented = style.text(leftIndent=22, bulletIndent=4, spaceAfter=3)
    for line in lines:
        found = ITEM.match(line)
        if found is None:
            raise ValueError(f"a list item without its marker: {line}")
        marker, words = found.groups()
        yield Paragraph(words, indented, bulletText="•" if marker == "-" else marker)
    yield Spacer(0, 4)


def _center(argument: str, rest: list[str], style: Style) -> Iterator[Flowable]:
    yield Paragraph(argument, style.text(alignment=TA_CENTER))


def _right(argument: str, rest: list[str], style: Style) -> Iterator[Flowable]:
    yield Paragraph(argument, style.text(alignment=TA_RIGHT))


def _table(argument: str, rest: list[str], style: Style, ruled: bool = True) -> Iterator[Flowable]:
    widths = [style.width * float(column.lstrip(">")) / 100 for column in argument.split()]
    to_right = [column.startswith(">") for column in argument.split()]
    whole = ((0, 0), (-1, -1))
    look: list[tuple[object, ...]] = [("VALIGN", *whole, "TOP"), ("TOPPADDING", *whole, 1.5)]
    look.append(("LEFTPADDING", *whole, 4 if ruled else 0))
    if ruled:
        look.append(("GRID", *whole, 0.5, colors.HexColor("#444444")))
    rows = []
    for number, line in enumerate(rest):
        strong = line.startswith("!")
        if strong:
            look.append(("BACKGROUND", (0, number), (-1, number), colors.HexColor("#e4e4e4")))
        cells = line.removeprefix("!").split("|")
        rows.append([_cell(cell, style, strong, right) for cell, right in zip(cells, to_right, strict=True)])
    yield Table(rows, colWidths=widths, style=TableStyle(look), hAlign="LEFT", spaceBefore=2, spaceAfter=8)


def _cell(cell: str, style: Style, strong: bool, right: bool) -> Paragraph:
    words = cell.strip()
    if "::" in words:
        caption, value = (part.strip() for part in words.split("::", 1))
        words = f'<font size="7">{caption}</font><br/>{value or "&nbsp;"}'
    font = BOLD[style.font] if strong else style.font
    side = TA_RIGHT if right else TA_LEFT
    shape = style.text(fontName=font, fontSize=style.size - 0.5, spaceAfter=0, alignment=side)
    return Paragraph(words, shape)


def _columns(argument: str, rest: list[str], style: Style) -> Iterator[Flowable]:
    return _table(argument, rest, style, ruled=False)


def _sign(argument: str, rest: list[str], style: Style) -> Iterator[Flowable]:
    names = [name.strip() for name in argument.split("|")]
    width = style.width / max(2, len(names))
    signatures = [marks.Signature(name, width, style.font, style.size - 0.5, style.signed) for name in names]
    look = TableStyle([("LEFTPADDING", (0, 0), (-1, -1), 0)])
    yield Table([signatures], colWidths=[width] * len(names), style=look, hAlign="LEFT")


def _stamp(argument: str, rest: list[str], style: Style) -> Iterator[Flowable]:
    x, y = map(float, argument.split())
    yield marks.Stamp(rest, x, y)


def _rule(argument: str, rest: list[str], style: Style) -> Iterator[Flowable]:
    yield HRFlowable(width="100%", thickness=0.8, color=colors.black, spaceAfter=6)


def _space(argument: str, rest: list[str], style: Style) -> Iterator[Flowable]:
    yield Spacer(0, float(argument))


DIRECTIVES: dict[str, Callable[[str, list[str], Style], Iterator[Flowable]]] = {
    "center": _center,
    "right": _right,
    "table": _table,
    "columns": _columns,
    "sign": _sign,
    "stamp": _stamp,
    "rule": _rule,
    "space": _space,
}
