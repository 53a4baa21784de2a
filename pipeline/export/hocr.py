"""hOCR 1.2: read pages as XHTML that browsers show and OCR tools understand (https://kba.github.io/hocr-spec/1.2/).

Boxes are in pixels of the picture that was read, whole numbers as the format demands; for a page of no
picture they are counted at 300 dots per inch. `scan_res` says which. Pages lie upright, as they were read;
`rotate` in `x_source` says by how many degrees clockwise a page was turned for that.
"""

import re
from collections.abc import Iterator
from html import escape
from pathlib import PurePath

from pipeline import __version__
from pipeline.export.alto import plain
from pipeline.export.lines import Block, Line, Placed, laid
from pipeline.flow import Result
from pipeline.model import Box, Cleaned

CAPABILITIES = "ocr_page ocr_carea ocr_par ocr_line ocrx_word ocrp_wconf"
_DPI = 300
_QUOTE = re.compile(r'["\\;]')  # what would end the name of the picture
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="sv" lang="sv">
 <head>
  <title>{title}</title>
  <meta http-equiv="Content-Type" content="text/html; charset=utf-8"/>
  <meta name="ocr-system" content="namnd {version}"/>
  <meta name="ocr-capabilities" content="{capabilities}"/>
  <meta name="ocr-number-of-pages" content="{pages}"/>
  <meta name="ocr-langs" content="sv"/>
  <meta name="ocr-scripts" content="Latn"/>
 </head>
 <body>
"""


def document(result: Result) -> bytes:
    """The document as an hOCR file, with an ocr_page for each page that could be read."""
    assert result.reading is not None
    name = PurePath(result.source.path).name
    pages = len(result.reading.pages)
    head = _HEAD.format(title=_text(name), version=__version__, capabilities=CAPABILITIES, pages=pages)
    body = (line for cleaned, found in laid(result.reading) for line in _page(cleaned, found, name))
    return (head + "".join(f"{line}\n" for line in body) + " </body>\n</html>\n").encode("utf-8")


def _page(cleaned: Cleaned, found: tuple[Block, ...], name: str) -> Iterator[str]:
    page = cleaned.page
    dpi = page.dpi or _DPI
    image = _QUOTE.sub("_", name)
    turned = f"&rotate={page.rotation}" if page.rotation else ""
    properties = [
        f'image "{image}"',
        _bbox(Box(0, 0, page.width, page.height), dpi),
        f"ppageno {page.number - 1}",
        f"scan_res {dpi} {dpi}",
        f'x_source "{image}#page={page.number}{turned}"',
    ]
    yield f'  <div class="ocr_page" id="page_{page.number}" title="{_text("; ".join(properties))}">'
    for number, block in enumerate(found, 1):
        name = f"{page.number}_{number}"
        box = block[0].box
        for line in block[1:]:
            box = box.union(line.box)
        yield f'   <div class="ocr_carea" id="block_{name}" title="{_bbox(box, dpi)}">'
        yield f'    <p class="ocr_par" id="par_{name}" title="{_bbox(box, dpi)}">'
        for at, line in enumerate(block, 1):
            yield from _line(line, f"{name}_{at}", dpi)
        yield "    </p>"
        yield "   </div>"
    yield "  </div>"


def _line(line: Line, name: str, dpi: float) -> Iterator[str]:
    foot = line.baseline.slope * line.box.x0 + line.baseline.foot - line.box.y1
    baseline = f"baseline {line.baseline.slope:.4f} {round(foot * dpi / 72)}"
    title = f"{_bbox(line.box, dpi)}; {baseline}"
    yield f'     <span class="ocr_line" id="line_{name}" title="{title}">'
    for number, word in enumerate(line.words, 1):
        yield f"      {_word(word, f'word_{name}_{number}', dpi)}"
    yield "     </span>"


def _word(word: Placed, name: str, dpi: float) -> str:
    """A word; the one that the line end cuts ends in a soft hyphen, as the format demands (3.2)."""
    title = _bbox(word.box, dpi)
    if word.confidence is not None:
        title += f"; x_wconf {round(100 * min(max(word.confidence, 0.0), 1.0))}"
    return f'<span class="ocrx_word" id="{name}" title="{title}">{_text(word.printed)}</span>'


def _bbox(box: Box, dpi: float) -> str:
    sides = (round(value * dpi / 72) for value in (box.x0, box.y0, box.x1, box.y1))
    return "bbox " + " ".join(str(max(0, side)) for side in sides)


def _text(text: str) -> str:
    return escape(plain(text))
