"""What happens in a run, as values: for the terminal, for logs, for whoever counts.

None of them holds text of a document.
"""

from dataclasses import dataclass

from pipeline.model import Failure


@dataclass(frozen=True, slots=True)
class Planned:
    """How many files there are, and how many of them are to be worked on, as far as is known yet."""

    files: int
    left: int


@dataclass(frozen=True, slots=True)
class Refused:
    """A file isn't a document, or can't be read."""

    failure: Failure


@dataclass(frozen=True, slots=True)
class Known:
    """A file turned out to hold what is known already."""

    path: str


@dataclass(frozen=True, slots=True)
class Done:
    """A document is done; `seconds` is the time that its pages took to read, `later` that of later stages."""

    path: str
    doc_id: str
    pages: int
    seconds: float
    failures: tuple[Failure, ...]
    later: tuple[tuple[str, float], ...] = ()

    @property
    def stages(self) -> tuple[tuple[str, float], ...]:
        """Seconds by stage."""
        return (("recognize", self.seconds), *self.later)


@dataclass(frozen=True, slots=True)
class Standing:
    """A failure of an earlier run that wasn't worth another try in this one."""

    failure: Failure


Event = Planned | Refused | Known | Done | Standing
