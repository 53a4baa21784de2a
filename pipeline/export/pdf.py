"""A PDF to search and copy from: the document as it is, with our text unseen over the pages that we read.

Of a PDF every byte of its pictures stays, and so do links, notes, bookmarks and metadata. A page whose own
text was trusted is left alone. A page that was read from its picture gets our text; an earlier program's
hidden text goes. A page that lies on its side is shown upright by its /Rotate, its content untouched.
Picture files become pages of their size. Clauses are of ISO 32000-1.
"""

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from pipeline.errors import Corrupt, Encrypted
from pipeline.export import font, layer, pdfa, picture, strip
from pipeline.export.lines import laid
from pipeline.flow import Result
from pipeline.model import Box, Cleaned, TextSource

_LETTER = (0.0, 0.0, 612.0, 792.0)  # for a page without a size, as PDFium takes it
_DEEPEST = 50


def write(result: Result, path: Path) -> list[str]:
    """Write the searchable copy of a document; returns what the user should know of it.

    Raises Encrypted for a PDF whose owner forbids changes, Corrupt where its structure can't be followed.
    """
    with _opened(result) as pdf:
        notes = _overlay(pdf, result)
        for page in pdf.pages:  # inherited ones are not enough for PDF/A (19005-2, 6.2.2)
            if Name.Resources not in page.obj:
                page.obj.Resources = inherited(page.obj, Name.Resources) or Dictionary()
        notes += pdfa.claim(pdf)
        pdf.save(
            path,
            min_version="1.7",
            deterministic_id=True,
            fix_metadata_version=False,
            compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.none,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
    return notes


@contextmanager
def _opened(result: Result) -> Iterator[Pdf]:
    """The document as a PDF: itself, or the pictures of a picture file as pages."""
    try:
        if result.source.media_type == "application/pdf":
            with pikepdf.open(result.source.path) as pdf:
                if pdf.is_encrypted and not pdf.allow.modify_other:
                    raise Encrypted("the PDF's owner forbids changes to it")
                yield pdf
        else:
            with picture.document(Path(result.source.path)) as pdf:
                yield pdf
    except pikepdf.PasswordError as error:
        raise Encrypted("the PDF can't be opened without a password") from error
    except pikepdf.PikepdfError as error:
        raise Corrupt("the PDF's structure is too broken to add to it") from error


def _overlay(pdf: Pdf, result: Result) -> list[str]:
    """Lay the text over every page that was read from its picture."""
    assert result.reading is not None
    invisible = font.embedded(pdf)
    signed = int(pdf.Root.get(Name.AcroForm, Dictionary()).get(Name.SigFlags, 0)) & 1
    for cleaned, found in laid(result.reading):
        if cleaned.page.source is not TextSource.OCR or cleaned.page.width <= 0:
            continue
        if cleaned.page.number > len(pdf.pages):
            raise Corrupt("the page is missing from the file, though it counts it", cleaned.page.number)
        page = pdf.pages[cleaned.page.number - 1].obj
        box = shown(page)
        frame = layer.Frame(cleaned.page.width, cleaned.page.height, box, _turn(page, cleaned))
        _own_resources(page)
        strip.strip(pdf, page, (box.x0, box.y0, box.x1, box.y1))
        if found:
            name = _named(page, invisible)
            _put_before(pdf, page, layer.content(found, frame, name))
        if cleaned.page.rotation % 360:
            page.Rotate = frame.turn
    return ["the signature in the source doesn't hold for the copy"] if signed else []


def shown(page: Object) -> Box:
    """What of the page is shown: the crop box, as far as it lies on the paper (14.11.2)."""
    paper = layer.bounds(_box(inherited(page, Name.MediaBox)) or _LETTER)
    crop = _box(inherited(page, Name.CropBox))
    if crop is None:
        return paper
    cut = layer.bounds(crop)
    both = Box(max(cut.x0, paper.x0), max(cut.y0, paper.y0), min(cut.x1, paper.x1), min(cut.y1, paper.y1))
    return both if both.x0 < both.x1 and both.y0 < both.y1 else paper


def inherited(page: Object, key: Name) -> Any:
    """What a page has, or else what the tree above it has (7.7.3.4); None where nothing does."""
    for _ in range(_DEEPEST):
        if key in page:
            return page[key]
        if Name.Parent not in page:
            return None
        page = page.Parent
    return None


def _box(value: Any) -> tuple[float, ...] | None:
    if not isinstance(value, Array) or len(value) != 4:
        return None
    numbers = tuple(float(side) for side in value.as_list())
    return numbers if numbers[0] != numbers[2] and numbers[1] != numbers[3] else None


def _turn(page: Object, cleaned: Cleaned) -> int:
    """Degrees clockwise from the page as stored to the page upright: its own turn, and the reader's."""
    own = inherited(page, Name.Rotate)
    return (int(own or 0) // 90 * 90 + cleaned.page.rotation) % 360


def _own_resources(page: Object) -> None:
    """Give the page a resource dictionary that no other page has part in."""
    page.Resources = strip.own_resources(inherited(page, Name.Resources) or Dictionary())


def _named(page: Object, invisible: Object) -> str:
    """Enter the font among the page's resources under a name that is free."""
    if Name.Font not in page.Resources:
        page.Resources.Font = Dictionary()
    fonts = page.Resources.Font
    name = next(name for n in range(len(fonts) + 1) if (name := f"/Namnd{n}") not in fonts)
    fonts[name] = invisible
    return name


def _put_before(pdf: Pdf, page: Object, content: bytes) -> None:
    """Write before the page's own content, which may end anyhow; nobody sees which comes first."""
    own = page.get(Name.Contents, Array())
    parts = list(own) if isinstance(own, Array) else [own]
    ours = Stream(pdf, zlib.compress(content, 9), Filter=Name.FlateDecode)
    page.Contents = Array([pdf.make_indirect(ours), *parts])
