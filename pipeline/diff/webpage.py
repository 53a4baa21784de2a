"""The differences as one HTML file that needs nothing else: no script, no font, no picture, no network."""

from collections import Counter
from collections.abc import Sequence
from importlib.resources import files

import jinja2

from pipeline.diff.rows import rows
from pipeline.diff.visible import visible
from pipeline.model import Cleaned


def webpage(name: str, pages: Sequence[Cleaned]) -> str:
    """The page as text. What stands in the document is shown as it is and never taken for HTML."""
    environment = jinja2.Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    environment.filters["visible"] = visible
    template = environment.from_string(
        files(__package__).joinpath("webpage.html").read_text(encoding="utf-8")
    )
    told = [(page.page.number, list(rows(page))) for page in pages]
    methods = Counter(
        edit.rule
        for _, page_rows in told
        for row in page_rows
        for change in row.changes
        for edit in change.edits
    )
    return template.render(name=name, pages=told, methods=sorted(methods.items()))
