"""Find the documents, and lay out their pages for recognition.

What opens PDFs and pictures is imported where it is needed: a run that finds nothing new needs none of it.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import DocumentError, TooLarge, Unreadable
from pipeline.model import Source
from pipeline.read import text
from pipeline.read.discover import discover
from pipeline.read.media import IMAGES, PDF
from pipeline.settings import Recognition

if TYPE_CHECKING:
    from pipeline.sheet import Sheet

__all__ = ["count", "discover", "ready", "sheet"]


def ready() -> None:
    """Import what opens PDFs and pictures, for forked processes to share."""
    import pipeline.read.images
    import pipeline.read.pdf  # noqa: F401


def count(source: Source, limits: Recognition) -> int:
    """The number of pages of a source. Raises DocumentError; TooLarge above a limit on the whole of it."""
    from pipeline.read import images, pdf, pdf_bounds

    path = Path(source.readable)
    try:
        if source.media_type == PDF:
            pdf_bounds.check(path, limits)
            pages = pdf.count(path)
        elif source.media_type in IMAGES:
            pages = images.count(path, limits)
        else:
            pages = len(text.pages(path))
    except OSError as error:
        raise Unreadable(error.strerror or type(error).__name__) from error
    if pages > limits.max_pages:
        raise TooLarge(f"{pages} pages; the limit max_pages is {limits.max_pages}")
    return pages


def sheet(source: Source, number: int, limits: Recognition, careful: bool = False) -> "Sheet":
    """Page `number` of a source, counted from 1. Raises DocumentError.

    `careful` leaves out what a first try may have died of.
    """
    from pipeline.read import images, pdf
    from pipeline.sheet import Sheet

    path = Path(source.readable)
    try:
        if source.media_type == PDF:
            return pdf.sheet(path, number, limits, careful)
        if source.media_type in IMAGES:
            return images.sheet(path, number, limits)
        return Sheet(text=text.pages(path)[number - 1])
    except DocumentError as error:
        raise type(error)(error.message, number) from error
    except OSError as error:
        raise Unreadable(error.strerror or type(error).__name__, number) from error
