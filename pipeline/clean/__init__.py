"""Clean recognised text without overwriting it: every change is an `Edit` that leads back.

`clean_document(pages)` runs the RULES in order, each over all pages of the document, again and again until
none finds anything to do; so cleaning what is clean changes nothing.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from pipeline.clean import (
    blanks,
    bullets,
    ciphers,
    codepages,
    escapes,
    homoglyphs,
    hyphens,
    joints,
    layout,
    leftovers,
    lone_one,
    marks,
    mojibake,
    privacy,
    spaced,
    swedish,
    symbols,
)
from pipeline.clean.damage import Profile, damage, profile
from pipeline.clean.rule import Edits, Rule, Texts, each
from pipeline.model import Cleaned, Page
from pipeline.offsets import apply

RULES: tuple[Rule, ...] = (
    escapes.unbroken,
    escapes.find,
    mojibake.find,
    codepages.find,
    marks.find,
    each(homoglyphs.find),
    ciphers.find,
    blanks.find,
    each(leftovers.find),
    each(layout.find),
    each(privacy.find),
    hyphens.find,
    each(spaced.find),
    joints.find,
    each(symbols.find),
    each(bullets.find),
    lone_one.find,
    swedish.find,
)
MOST_ROUNDS = 5

__all__ = ["RULES", "Profile", "clean_document", "damage", "profile"]


def clean_document(pages: tuple[Page, ...]) -> tuple[Cleaned, ...]:
    """The pages of one document, repaired. Their passes are one a rule and round, empty ones left out."""
    with _uncollected():
        texts, passes = _repaired(tuple(page.text for page in pages))
    return tuple(
        Cleaned(page, text, tuple(edits[at] for edits in passes if edits[at]))
        for at, (page, text) in enumerate(zip(pages, texts, strict=True))
    )


@contextmanager
def _uncollected() -> Iterator[None]:
    """No search for garbage meanwhile: there are no cycles, and it walks over all readings that are kept."""
    collected = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collected:
            gc.enable()


def _repaired(texts: Texts) -> tuple[Texts, list[tuple[Edits, ...]]]:
    passes: list[tuple[Edits, ...]] = []
    seen: dict[Rule, Texts] = {}  # what each rule found nothing to do in
    for _ in range(MOST_ROUNDS):
        before = len(passes)
        for rule in RULES:
            if seen.get(rule) is texts:
                continue
            found = rule(texts)
            if any(found):
                passes.append(found)
                texts = tuple(apply(text, edits) for text, edits in zip(texts, found, strict=True))
            else:
                seen[rule] = texts
        if len(passes) == before:
            break
    return texts, passes
