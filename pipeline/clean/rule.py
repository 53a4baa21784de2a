"""What a cleaning rule is: pages of text in, edits of each page out.

A rule sees the whole document, since what one page shows (a word spelled right, a damaged alphabet) is
evidence for the others. Its edits are sorted, free of overlaps, and count in the text that it was given.
"""

from collections.abc import Callable, Iterable

from pipeline.model import Edit, Span

Texts = tuple[str, ...]
Edits = tuple[Edit, ...]
Rule = Callable[[Texts], tuple[Edits, ...]]


def each(find: Callable[[str], Iterable[Edit]]) -> Rule:
    """A rule from a function that needs to see one page only."""

    def rule(texts: Texts) -> tuple[Edits, ...]:
        return tuple(tuple(find(text)) for text in texts)

    rule.__name__ = find.__name__
    return rule


def edit(start: int, old: str, new: str, rule: str, confidence: float = 1.0, runner_up: str = "") -> Edit:
    """An edit at a position, with the span counted from the old text."""
    return Edit(Span(start, start + len(old)), old, new, rule, confidence, runner_up)
