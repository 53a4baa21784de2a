"""Clean recognised text without overwriting it: every change is an `Edit` that leads back.

`clean_document(pages)` runs the RULES in order, each over all pages of the document, again and again until
none finds anything to do; so cleaning what is clean changes nothing.
"""

from pipeline.clean import bullets, hyphens, layout, lone_one, mojibake, privacy, swedish, symbols
from pipeline.clean.damage import Profile, damage, profile
from pipeline.clean.rule import Edits, Rule, Texts, each
from pipeline.model import Cleaned, Page
from pipeline.offsets import apply

RULES: tuple[Rule, ...] = (
    mojibake.find,
    each(layout.find),
    each(privacy.find),
    hyphens.find,
    each(symbols.find),
    each(bullets.find),
    lone_one.find,
    swedish.find,
)
MOST_ROUNDS = 5

__all__ = ["RULES", "Profile", "clean_document", "damage", "profile"]


def clean_document(pages: tuple[Page, ...]) -> tuple[Cleaned, ...]:
    """The pages of one document, repaired. Their passes are one a rule and round, empty ones left out."""
    texts: Texts = tuple(page.text for page in pages)
    passes: list[tuple[Edits, ...]] = []
    for _ in range(MOST_ROUNDS):
        before = len(passes)
        for rule in RULES:
            found = rule(texts)
            if any(found):
                passes.append(found)
                texts = tuple(apply(text, edits) for text, edits in zip(texts, found, strict=True))
        if len(passes) == before:
            break
    return tuple(
        Cleaned(page, text, tuple(edits[at] for edits in passes if edits[at]))
        for at, (page, text) in enumerate(zip(pages, texts, strict=True))
    )
