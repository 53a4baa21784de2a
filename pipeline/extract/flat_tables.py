"""Tables of sums whose columns have run together: a label and a figure in each line, one blank between.

Text that another tool extracted has lost the gaps between cells. Three such lines and more under a heading
that ends in a unit of money are still a table, and its figures are sums.
"""

import re
from collections.abc import Iterator

from pipeline.extract.money import UNIT_WORDS, figures, unit_factor
from pipeline.extract.table_cells import FigureCell
from pipeline.model import Span

_LABEL = r"[^\W\d_][^\n\t]{0,70}?[^\d\s,]"
_FIGURE = r"\d{1,3}(?: \d{3})+|(?!(?:19|20)\d\d\b)\d{3,6}"
ROW = re.compile(rf"(?P<label>{_LABEL}) (?P<figure>{_FIGURE})[ ]*")
TABLE = re.compile(
    rf"^(?P<head>[^\n\t\d.]{{0,50}}?(?<![^\W_])(?P<unit>{UNIT_WORDS})\)?)[ ]*"
    rf"(?P<rows>(?:\n{{1,2}}{_LABEL} (?:{_FIGURE})[ ]*(?=\n|$)){{3,}})",
    re.IGNORECASE | re.MULTILINE,
)


def flat_cells(text: str) -> Iterator[FigureCell]:
    """The figures of such tables, in order.

    >>> said = "Post Kronor\\nHyra 900\\nEl 1 200\\nSumma 2 100"
    >>> [(cell.label, int(cell.number)) for cell in flat_cells(said)]
    [('Hyra', 900), ('El', 1200), ('Summa', 2100)]
    """
    for table in TABLE.finditer(text):
        for row in ROW.finditer(text, table.start("rows"), table.end("rows")):
            number = figures(row["figure"])
            if number is not None:
                span = Span(row.start("figure"), row.end("figure"))
                yield FigureCell(
                    span, number, table["head"], row["label"], "", unit_factor(table["unit"]), True
                )
