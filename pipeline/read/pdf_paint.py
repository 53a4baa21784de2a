"""How a PDF page is painted: how much of it is picture, and how much text is painted unseen."""

from typing import Any

import pypdfium2.raw as pdfium_c

_NESTING = 4  # forms within forms
_MANY = 20_000  # objects: a map or a drawing; enough is known by then


def image_share(page: Any) -> float:
    """The share of the page's area that pictures cover, at most 1."""
    width, height = page.get_size()
    covered = 0.0
    for image in _objects(page, pdfium_c.FPDF_PAGEOBJ_IMAGE):
        left, bottom, right, top = image.get_bounds()
        # Page coordinates may begin elsewhere than at 0; a picture is at most as big as the paper.
        covered += max(0.0, min(right - left, width)) * max(0.0, min(top - bottom, height))
    return min(1.0, covered / (width * height)) if width and height else 0.0


def image_dpi(page: Any) -> float:
    """The resolution of the largest picture on the page, 0 where there is none."""
    best, dpi = 0.0, 0.0
    for image in _objects(page, pdfium_c.FPDF_PAGEOBJ_IMAGE):
        left, bottom, right, top = image.get_bounds()
        wide, high = image.get_px_size()
        if (right - left) * (top - bottom) > best:
            best = (right - left) * (top - bottom)
            # A picture may lie on its side; the longer side of the one is that of the other.
            dpi = 72 * max(wide, high) / max(right - left, top - bottom)
    return dpi


def hidden_share(page: Any) -> float:
    """The share of the text objects that are painted invisibly (rendering mode 3), as under a scan."""
    modes = [
        pdfium_c.FPDFTextObj_GetTextRenderMode(text) for text in _objects(page, pdfium_c.FPDF_PAGEOBJ_TEXT)
    ]
    return modes.count(pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE) / len(modes) if modes else 0.0


def _objects(page: Any, kind: int) -> list[Any]:
    found = []
    for seen, thing in enumerate(page.get_objects(filter=[kind], max_depth=_NESTING)):
        if seen >= _MANY:
            break
        found.append(thing)
    return found
