"""How far the text can be trusted: page quality without truth."""

from pipeline.audit.quality import page_quality

__all__ = ["page_quality"]
