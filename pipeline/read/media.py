"""What a file holds, told by its first bytes: names lie, magic numbers seldom do."""

from pathlib import PurePath

from pipeline.read.text import is_text

PDF = "application/pdf"
TIFF = "image/tiff"
PNG = "image/png"
JPEG = "image/jpeg"
TEXT = "text/plain"
MARKDOWN = "text/markdown"
IMAGES = (TIFF, PNG, JPEG)

HEAD = 65_536
"""How many bytes of a file `media_type` wants to see."""

_MAGIC = (
    (b"II*\x00", TIFF),
    (b"MM\x00*", TIFF),
    (b"II+\x00", TIFF),
    (b"MM\x00+", TIFF),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\xff\xd8\xff", JPEG),
)
# Text that belongs to another format, and is not the document that it would have become.
_FOREIGN = (b"<!doctype", b"<html", b"<?xml", b"<svg", b"{\\rtf", b"%!ps")
_TEXT_SUFFIXES = ("", ".txt", ".text", ".asc")
_MARKDOWN_SUFFIXES = (".md", ".markdown")
# A text under one of these names was meant as a document, only mislabelled.
_MISLABELLED = (".pdf", ".tif", ".tiff", ".png", ".jpg", ".jpeg")


def media_type(head: bytes, name: str) -> str | None:
    """The media type of a file with these first bytes, None for one that we don't read.

    The name only tells Markdown from text, and text from program files and tables.
    """
    # Readers accept the mark of a PDF anywhere in the first kilobyte (ISO 32000-2, annex I.3.2).
    if b"%PDF-" in head[:1024]:
        return PDF
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    start = head[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(_FOREIGN) or b"<html" in start:
        return None
    suffix = PurePath(name).suffix.lower()
    if _objects(head):
        return PDF
    if not is_text(head):
        return None
    if suffix in _MARKDOWN_SUFFIXES:
        return MARKDOWN
    return TEXT if suffix in _TEXT_SUFFIXES + _MISLABELLED else None


def _objects(head: bytes) -> bool:
    """Whether these are a PDF's objects without the mark at the top of the file."""
    return b" obj" in head[:2048] and b"endobj" in head and (b"xref" in head or b"/Type" in head)
