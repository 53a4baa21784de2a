"""The matters of minutes: each `§ 112` with all that stands below it, up to the next.

A file of minutes may hold many matters; what one of them says is no other's.
"""

import re
from dataclasses import dataclass

from pipeline.extract.layout import plain
from pipeline.extract.nlp import Material
from pipeline.model import Span

_SIGN = re.compile(
    r"^[^\S\n]*(?:#+\s*)?(?:§\s?(\d{1,4})|(\d{1,4})\s?§)(?!\s*(?:st|kap|i\s|§|[,.–-]\s?\d))[^\S\n]*", re.M
)


@dataclass(frozen=True, slots=True)
class Matter:
    """One paragraph of minutes: its sign (`§ 112`) and all that stands under it."""

    section: str
    span: Span


def matters(material: Material) -> tuple[Matter, ...]:
    """The matters in order; empty where nothing is marked so."""
    text = plain(material.text)
    signs = list(_SIGN.finditer(text))
    starts = [sign.start() for sign in signs]
    return tuple(
        Matter(f"§ {sign[1] or sign[2]}", Span(start, end))
        for sign, start, end in zip(signs, starts, [*starts[1:], len(text)], strict=False)
    )
