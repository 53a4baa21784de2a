"""The values that pass between the stages: frozen, picklable, with no behaviour but their own.

Text lives at three levels. A `Page` has the raw text as it was recognised. A `Cleaned` has that page's
repaired text and the edits that lead back. A `Reading` (see `reading.py`) joins the cleaned pages to the
one text that extraction works on. Geometry is in PDF points, origin top left; confidences are 0 to 1.

In every text `\n` ends a line, an empty line ends a block, and a tab stands between cells of one row
(columns, table cells, a name far to the right of another).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of characters."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def __contains__(self, other: "Span") -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Span") -> bool:
        return self.start < other.end and other.start < self.end

    def shifted(self, by: int) -> "Span":
        return Span(self.start + by, self.end + by)


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page in PDF points, origin top left."""

    x0: float
    y0: float
    x1: float
    y1: float

    def union(self, other: "Box") -> "Box":
        return Box(
            min(self.x0, other.x0), min(self.y0, other.y0), max(self.x1, other.x1), max(self.y1, other.y1)
        )


class TextSource(StrEnum):
    """Where the characters of a page or document come from."""

    TEXT_LAYER = "text_layer"
    OCR = "ocr"
    MIXED = "mixed"
    PLAIN_TEXT = "plain_text"


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a page: its place in the page's raw text and on the paper.

    `confidence` is the engine's own, 0 to 1, and None where no engine gave one. `other` is what a second
    reading of the same place said, where it said something else and lost.
    """

    span: Span
    box: Box | None = None
    confidence: float | None = None
    other: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """One recognised page. `number` is 1-based; `dpi` and `rotation` (degrees clockwise that the
    scan was turned by to stand upright) are those of the picture that was read, 0 where there is none.
    `unread` is the share of its printed lines, 0 to 1, that no word was found on."""

    number: int
    text: str
    words: tuple[Word, ...] = ()
    source: TextSource = TextSource.PLAIN_TEXT
    width: float = 0.0
    height: float = 0.0
    dpi: int = 0
    rotation: int = 0
    seconds: float = 0.0
    flags: tuple[str, ...] = ()
    unread: float = 0.0


@dataclass(frozen=True, slots=True)
class Found:
    """A file as a folder lists it: path, bytes, and when it was modified (nanoseconds).

    `code` and `message` say why it can't even be looked at, as with a folder that may not be listed.
    """

    path: str
    size: int = 0
    modified: int = 0
    code: str = ""
    message: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read. `paths` has more than one where several files hold the same bytes; `copy` is where a
    file of another system lies on this machine."""

    paths: tuple[str, ...]
    digest: str
    media_type: str
    size: int
    copy: str = field(default="", compare=False)

    @property
    def path(self) -> str:
        return self.paths[0]

    @property
    def readable(self) -> str:
        """The path to open."""
        return self.copy or self.path

    @property
    def doc_id(self) -> str:
        return self.digest[:16]


@dataclass(frozen=True, slots=True)
class Failure:
    """An error as a value: what failed, where, and how to name it in `errors.csv`."""

    source_path: str
    doc_id: str
    page: int | None
    stage: str
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Document:
    """A source with its recognised pages; `failures` are the pages that couldn't be read."""

    source: Source
    pages: tuple[Page, ...]
    failures: tuple[Failure, ...] = ()


@dataclass(frozen=True, slots=True)
class Edit:
    """One change that the cleaner made. `span` counts in the text before the pass that made it.

    `runner_up` is the best rejected reading, empty where there was none.
    """

    span: Span
    old: str
    new: str
    rule: str
    confidence: float = 1.0
    runner_up: str = ""


@dataclass(frozen=True)
class Cleaned:
    """A page with its repaired text; `passes` are the edits of each cleaning pass, in order."""

    page: Page
    text: str
    passes: tuple[tuple[Edit, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class OrgNumber:
    """`number` is NNNNNN-NNNN, empty for a personal number; `kind` is organisation or personnummer."""

    number: str
    kind: str = "organisation"
    valid: bool = True
    party_name: str = ""


@dataclass(frozen=True, slots=True)
class Party:
    """`role` is public or counterparty."""

    role: str
    name: str
    org_number: str = ""
    org_number_valid: bool | None = None
    address: str = ""
    contact: str = ""


@dataclass(frozen=True, slots=True)
class Period:
    """`kind` is agreement, previous, option or other; `precision` is day, month or year; `end` is None for a
    term that runs until further notice."""

    kind: str
    start: date
    end: date | None
    precision: str


@dataclass(frozen=True, slots=True)
class Amount:
    """`kind` is funding or other; `frequency` is once, month, year or empty."""

    kind: str
    sek: Decimal
    year: int | None = None
    frequency: str = ""
    payer: str = ""
    payee: str = ""


@dataclass(frozen=True, slots=True)
class CaseNumber:
    """A diarienummer in the contract's normal form."""

    number: str
    own: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision point; `status` is proposed or decided, `section` the paragraph of the minutes (`§ 112`)."""

    number: int
    status: str
    text: str
    section: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """`function` is contact, signatory, responsible, recipient or other."""

    name: str
    title: str = ""
    organisation: str = ""
    function: str = "other"


Value = OrgNumber | Party | Period | Amount | CaseNumber | Decision | Person | str | date


@dataclass(frozen=True, slots=True)
class Finding:
    """A fact that a rule found. `span` counts in the reading's text; `place` names the part of the
    document that it stands in (see `extract/outline.py`); `cue` is the wording that decided its kind."""

    kind: str
    span: Span
    value: Value
    confidence: float
    rule: str
    flags: tuple[str, ...] = ()
    place: str = ""
    cue: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """How one field of the record was decided: the value, the findings behind it, and those that lost."""

    field: str
    value: str
    rule: str
    winners: tuple[Finding, ...] = ()
    losers: tuple[tuple[Finding, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """The one answer about a document: a choice per field of `documents.csv`, and the doubts."""

    choices: Mapping[str, Choice] = field(default_factory=dict)
    review_reasons: tuple[str, ...] = ()

    def value(self, name: str) -> str:
        choice = self.choices.get(name)
        return choice.value if choice else ""


@dataclass(frozen=True, slots=True)
class PageQuality:
    """How well a page reads. Shares and means are 0 to 1; None where there is nothing to measure."""

    page: int
    words: int
    mean_word_confidence: float | None
    lexicon_rate: float | None
    repaired_words: int
    quality: float | None
    flags: tuple[str, ...] = ()
