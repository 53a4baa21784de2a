"""The raw text of a document beside its cleaned text, change by change, for the terminal and as HTML."""

from pipeline.diff.rows import Change, Piece, Row, rows
from pipeline.diff.visible import visible

__all__ = ["Change", "Piece", "Row", "rows", "visible"]
