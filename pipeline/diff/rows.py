"""Rows of raw and cleaned text: as much of each as stands between line ends that both have.

Edits of several passes at one place are one change, since a reader sees only what stood there and what
stands there now.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.model import Cleaned, Edit, Span
from pipeline.offsets import Ways, placed


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch of raw text, what became of it, and the edits that did it, in their order."""

    raw: Span
    clean: Span
    edits: tuple[Edit, ...]

    @property
    def confidence(self) -> float:
        """The least of its edits'."""
        return min(edit.confidence for edit in self.edits)


@dataclass(frozen=True, slots=True)
class Piece:
    """Text that stayed as it was (no change), or one side of a change."""

    text: str
    change: Change | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """Lines of a page, from line `number` (1-based) of the raw text, before and after."""

    number: int
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]

    @property
    def changes(self) -> tuple[Change, ...]:
        return tuple(piece.change for piece in self.before if piece.change)


def rows(page: Cleaned) -> Iterator[Row]:
    """The rows of a page in order; together they are its whole text, before and after."""
    number = 1
    before: list[Piece] = []
    after: list[Piece] = []
    for raw, clean, change in _stretches(page):
        if change:
            before.append(Piece(raw, change))
            after.append(Piece(clean, change))
            continue
        *ended, rest = raw.split("\n")
        for line in ended:
            row = Row(number, (*before, Piece(line)), (*after, Piece(line)))
            yield row
            number += 1 + sum(piece.text.count("\n") for piece in row.before)
            before, after = [], []
        before.append(Piece(rest))
        after.append(Piece(rest))
    yield Row(number, tuple(before), tuple(after))


def _stretches(page: Cleaned) -> Iterator[tuple[str, str, Change | None]]:
    """What stayed and what changed, in turn: raw text, clean text, the change."""
    at = clean_at = 0
    for change in changes(page):
        yield page.page.text[at : change.raw.start], page.text[clean_at : change.clean.start], None
        yield (
            page.page.text[change.raw.start : change.raw.end],
            page.text[change.clean.start : change.clean.end],
            change,
        )
        at, clean_at = change.raw.end, change.clean.end
    yield page.page.text[at:], page.text[clean_at:], None


def changes(page: Cleaned) -> list[Change]:
    """The changes of a page, sorted by place; those that touch the same text are one."""
    groups: list[list[_Edited]] = []
    raw_end = clean_end = 0
    for edited in sorted(_edits(page.passes), key=lambda edited: (edited.raw, edited.clean)):
        if groups and (edited.raw.start < raw_end or edited.clean.start < clean_end):
            groups[-1].append(edited)
        else:
            groups.append([edited])
        raw_end, clean_end = max(raw_end, edited.raw.end), max(clean_end, edited.clean.end)
    return [_change(group) for group in groups]


@dataclass(frozen=True, slots=True)
class _Edited:
    """An edit of a pass, with where it stands in the raw and in the cleaned text."""

    raw: Span
    clean: Span
    at: int
    edit: Edit


def _edits(passes: Sequence[Sequence[Edit]]) -> Iterator[_Edited]:
    for at, edits in enumerate(passes):
        back, onward = Ways(passes[:at]), Ways(passes[at + 1 :])
        for edit, put in zip(edits, placed(edits), strict=True):
            yield _Edited(back.to_raw(edit.span), onward.to_clean(put), at, edit)


def _change(group: Sequence[_Edited]) -> Change:
    return Change(
        Span(min(one.raw.start for one in group), max(one.raw.end for one in group)),
        Span(min(one.clean.start for one in group), max(one.clean.end for one in group)),
        tuple(one.edit for one in sorted(group, key=lambda one: (one.at, one.edit.span))),
    )
