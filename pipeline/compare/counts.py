"""Counts that can be added up over pages and documents, and the rates that they give."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Errors:
    """Things of a truth of `total` that were taken for others, left out, or made up."""

    total: int = 0
    replaced: int = 0
    missing: int = 0
    made_up: int = 0

    @property
    def wrong(self) -> int:
        return self.replaced + self.missing + self.made_up

    @property
    def rate(self) -> float:
        """Wrong by true ones; may exceed 1. Of an empty truth, the number made up (as jiwer has it)."""
        return self.wrong / max(1, self.total)

    def __add__(self, other: "Errors") -> "Errors":
        return Errors(
            self.total + other.total,
            self.replaced + other.replaced,
            self.missing + other.missing,
            self.made_up + other.made_up,
        )


@dataclass(frozen=True, slots=True)
class Letter:
    """How often a letter stood in the truth, was read, and was read where it stood."""

    true: int = 0
    read: int = 0
    right: int = 0

    @property
    def recall(self) -> float | None:
        return self.right / self.true if self.true else None

    @property
    def precision(self) -> float | None:
        return self.right / self.read if self.read else None

    def __add__(self, other: "Letter") -> "Letter":
        return Letter(self.true + other.true, self.read + other.read, self.right + other.right)


@dataclass(frozen=True, slots=True)
class Repair:
    """What became of the true words: wrong ones mended, changed to another wrong one, left as they were,
    and right ones broken; `kept` were right and stayed so."""

    fixed: int = 0
    wrongly_fixed: int = 0
    left: int = 0
    broken: int = 0
    kept: int = 0

    def __add__(self, other: "Repair") -> "Repair":
        return Repair(
            self.fixed + other.fixed,
            self.wrongly_fixed + other.wrongly_fixed,
            self.left + other.left,
            self.broken + other.broken,
            self.kept + other.kept,
        )
