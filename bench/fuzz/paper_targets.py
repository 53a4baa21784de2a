"""What is done to pictures and PDFs, and the laws they are held to: from bytes to sheets, pixels and rows."""

from contextlib import suppress

from fuzz import laws, table_laws
from fuzz.laws import holds
from fuzz.scratch import file_of, source_of
from pipeline import privacy, read
from pipeline.errors import DocumentError
from pipeline.flow import understand
from pipeline.lexicon import known
from pipeline.model import Document, Page, Source
from pipeline.read.media import IMAGES, PDF
from pipeline.recognize import contrast, inks, own, prepare
from pipeline.recognize.trust import decide
from pipeline.settings import Recognition, Settings
from pipeline.sheet import Picture, Sheet

LIMITS = Recognition(max_pixels=1_000_000, max_pages=50)
"""Small, so that limits are met and a page costs little."""

_PAGES = 3
_COARSE = 40  # dpi that pages of PDFs are drawn at
_SMALL = 100_000  # pixels: larger pictures are not prepared for reading, which would take seconds


def picture(data: bytes) -> None:
    """A picture file of any bytes: nothing but errors of ours, and pixels within the limits."""
    with file_of(data, ".png") as path:
        source = source_of(path, LIMITS)
        for number, sheet in _sheets(source):
            laws.sheet(sheet)
            if sheet.picture is None or source is None or source.media_type not in IMAGES:
                return  # changed to something else
            drawn = sheet.picture(300)
            laws.picture(drawn, LIMITS.max_pixels)
            holds(sheet.width > 0 and sheet.height > 0, "a picture has a size", number)
            if drawn.pixels.size < _SMALL:
                _prepared(drawn)


def pdf(data: bytes) -> None:
    """A PDF of any bytes: sheets, drawings and text of its pages, and the rows made of that text."""
    pages: list[Page] = []
    with file_of(data, ".pdf") as path:
        source = source_of(path, LIMITS)
        for number, sheet in _sheets(source):
            laws.sheet(sheet)
            if source is None or source.media_type != PDF:
                return  # changed to something else
            with suppress(DocumentError):
                if sheet.picture is not None:
                    laws.picture(sheet.picture(_COARSE), LIMITS.max_pixels)
                decide(sheet, known)
            page = own.text_layer(sheet, number, ())
            laws.page(page)
            pages.append(privacy.mask(page))
    if source is not None and any(page.words for page in pages):
        result = understand(Document(source, tuple(pages)), Settings())
        assert result.reading is not None
        laws.findings(result.findings, result.reading)
        laws.result(result)
        table_laws.rows(result)
        laws.private(table_laws.texts(result))


def _sheets(source: Source | None) -> list[tuple[int, Sheet]]:
    """The first few pages that can be read."""
    if source is None:
        return []
    found = []
    with suppress(DocumentError):
        count = read.count(source, LIMITS)
        holds(1 <= count <= LIMITS.max_pages, "a document has pages", count)
        for number in range(1, min(count, _PAGES) + 1):
            with suppress(DocumentError):
                found.append((number, read.sheet(source, number, LIMITS)))
    return found


def _prepared(picture: Picture) -> None:
    """What is done to pixels before an engine sees them."""
    strong = contrast.strong(inks.parted(picture).picture)
    if not prepare.blank(strong):
        prepare.level(prepare.ready(strong))
