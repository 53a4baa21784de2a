"""Searchable copies of documents: PDF with our text under the picture, ALTO, hOCR.

`planned` says which files a run will write and refuses to overwrite; `copied` writes those of one document.
"""

from pipeline.export.copies import Copied, Order, copied, planned

__all__ = ["Copied", "Order", "copied", "planned"]
