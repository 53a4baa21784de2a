"""ALTO 4.4, the Library of Congress' XML for read pages (https://www.loc.gov/standards/alto/).

Lengths are in 1/1200 inch: whole numbers that hold for scans of any resolution and for pages that have
none, and a point is 16⅔ of them, so that no place is lost by rounding. Pages lie upright, as they were read;
how a page was turned for that is told in its processing step. The readings that lost are ALTERNATIVEs.
"""

import re
from collections.abc import Iterable
from functools import partial
from pathlib import PurePath
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from pipeline import __version__
from pipeline.export.lines import Block, Line, Placed, laid
from pipeline.flow import Result
from pipeline.model import Box, Cleaned, PageQuality, TextSource

NAMESPACE = "http://www.loc.gov/standards/alto/ns-v4#"
SCHEMA = "http://www.loc.gov/standards/alto/v4/alto-4-4.xsd"
PER_POINT = 1200 / 72
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_READ = {TextSource.OCR: "the picture was read", TextSource.TEXT_LAYER: "the page's own text was taken"}


def document(result: Result) -> bytes:
    """The document as an ALTO file, with a Page for each page that could be read."""
    assert result.reading is not None
    root = Element(
        "alto",
        {
            "xmlns": NAMESPACE,
            "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
            "xsi:schemaLocation": f"{NAMESPACE} {SCHEMA}",
            "SCHEMAVERSION": "4.4",
        },
    )
    _describe(root, result)
    layout = Element("Layout")
    sizes: dict[int, str] = {}
    for (cleaned, found), quality in zip(laid(result.reading), result.qualities, strict=True):
        _page(layout, cleaned, found, quality, sizes)
    styles = SubElement(root, "Styles")
    for size, name in sorted(sizes.items()):
        SubElement(styles, "TextStyle", ID=name, FONTSIZE=str(size))
    if not sizes:
        root.remove(styles)
    root.append(layout)
    indent(root, " ")
    return bytes(tostring(root, encoding="UTF-8", xml_declaration=True)) + b"\n"


def _describe(root: Element, result: Result) -> None:
    description = SubElement(root, "Description")
    SubElement(description, "MeasurementUnit").text = "inch1200"
    image = SubElement(description, "sourceImageInformation")
    SubElement(image, "fileName").text = plain(PurePath(result.source.path).name)
    SubElement(image, "documentIdentifier").text = f"sha256:{result.source.digest}"
    for page in result.document.pages:
        step = SubElement(description, "Processing", ID=_processing(page.number))
        SubElement(step, "processingCategory").text = "contentGeneration"
        turned = f", turned {page.rotation} degrees clockwise" if page.rotation else ""
        told = f"page {page.number}: {_READ.get(page.source, page.source)}{turned}, and words mended"
        SubElement(step, "processingStepDescription").text = told
        if page.dpi:
            SubElement(step, "processingStepSettings").text = f"{page.dpi} dpi"
        software = SubElement(step, "processingSoftware")
        SubElement(software, "softwareName").text = "namnd"
        SubElement(software, "softwareVersion").text = __version__


def _page(
    layout: Element,
    cleaned: Cleaned,
    found: Iterable[Block],
    quality: PageQuality,
    sizes: dict[int, str],
) -> None:
    read = cleaned.page
    page = SubElement(
        layout,
        "Page",
        ID=f"page_{read.number}",
        PHYSICAL_IMG_NR=str(read.number),
        WIDTH=_units(read.width),
        HEIGHT=_units(read.height),
        QUALITY="Damaged" if "low_quality" in quality.flags else "OK",
        PROCESSING=_processing(read.number),
        LANG="sv",
    )
    if read.flags:
        page.set("QUALITY_DETAIL", " ".join(read.flags))
    if quality.quality is not None:
        page.set("ACCURACY", f"{100 * quality.quality:.1f}")
    if quality.mean_word_confidence is not None:
        page.set("PC", _share(quality.mean_word_confidence))
    space = SubElement(page, "PrintSpace", _place(Box(0, 0, read.width, read.height)))
    for number, block in enumerate(found, 1):
        name = f"block_{read.number}_{number}"
        text = SubElement(space, "TextBlock", {"ID": name, **_around([line.box for line in block])})
        for at, line in enumerate(block, 1):
            size = round(line.baseline.size)
            style = sizes.setdefault(size, f"font_{size}")
            element = SubElement(text, "TextLine", {"ID": f"{name}_{at}", **_place(line.box)})
            element.set("STYLEREFS", style)
            element.set("BASELINE", _baseline(line))
            _words(element, line)


def _words(element: Element, line: Line) -> None:
    before: Placed | None = None
    for word in line.words:
        if before is not None:
            gap = Box(before.box.x1, line.box.y0, max(word.box.x0, before.box.x1), line.box.y1)
            SubElement(element, "SP", _place(gap))
        _word(element, word)
        before = word
    if before is not None and before.half == 1:
        SubElement(element, "HYP", CONTENT=plain(before.hyphen))


def _word(element: Element, word: Placed) -> None:
    string = SubElement(element, "String", {"CONTENT": plain(word.text), **_place(word.box)})
    if word.confidence is not None:
        string.set("WC", _share(word.confidence))
    if word.half:
        string.set("SUBS_TYPE", f"HypPart{word.half}")
        string.set("SUBS_CONTENT", plain(word.whole))
    alternative = partial(SubElement, string, "ALTERNATIVE")
    if word.raw:
        alternative(PURPOSE="before cleaning").text = plain(word.raw)
    if word.other:
        alternative(PURPOSE="second reading").text = plain(word.other)


def _around(boxes: list[Box]) -> dict[str, str]:
    whole = boxes[0]
    for box in boxes[1:]:
        whole = whole.union(box)
    return _place(whole)


def _place(box: Box) -> dict[str, str]:
    """A box by its corner and its sides; the sides are counted from the rounded corner."""
    x0, y0, x1, y1 = (round(value * PER_POINT) for value in (box.x0, box.y0, box.x1, box.y1))
    return {"HPOS": str(x0), "VPOS": str(y0), "WIDTH": str(x1 - x0), "HEIGHT": str(y1 - y0)}


def _baseline(line: Line) -> str:
    """The line's two ends as points."""
    ends = (line.box.x0, line.box.x1)
    return " ".join(f"{_units(x)},{_units(line.baseline.slope * x + line.baseline.foot)}" for x in ends)


def _units(points: float) -> str:
    return str(round(points * PER_POINT))


def _share(value: float) -> str:
    return f"{min(max(value, 0.0), 1.0):.3f}"


def _processing(number: int) -> str:
    return f"read_{number}"


def plain(text: str) -> str:
    """The text without what XML can't hold (XML 1.0, 2.2)."""
    return _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text)
