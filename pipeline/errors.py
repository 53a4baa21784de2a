"""What can go wrong with a document, and what the user can do about it.

NamndError
├── UsageError            the command line or the settings are wrong: exit status 2
├── Halted                the machine can't go on, or another run is at work: exit status 3
└── DocumentError         one document can't be read; the run goes on: exit status 1
    ├── Empty             nothing in the file
    ├── Unsupported       not a type that we read
    ├── Encrypted         a password is needed
    ├── Corrupt           broken beyond what the parsers can mend
    ├── TooLarge          above a limit on bytes, pages or pixels
    ├── TimedOut          above the limit on seconds
    ├── OcrFailed         Tesseract is missing or failed on a page
    ├── Unreadable        the operating system refuses the file
    ├── OutOfMemory       above the limit on memory
    └── Crashed           the worker process died, or a fault of ours
        └── Killed        somebody else ended it: nothing is said about the document

Every error survives pickling, since it crosses process borders as a `Failure`.
"""

from typing import ClassVar


class NamndError(Exception):
    """Base of everything that the pipeline raises on purpose."""


class UsageError(NamndError):
    """The command line or the settings ask for something impossible."""


class Halted(NamndError):
    """The run can't go on, and no document is to blame: a full disk, a folder that another run holds."""


class DocumentError(NamndError):
    """One document, or one page of it, can't be read.

    `code` is the value in `errors.csv`; `advice` says what the user can do.
    """

    code: ClassVar[str] = "failed"
    advice: ClassVar[str] = "Open the file in a viewer to see whether it is sound."

    def __init__(self, message: str, page: int | None = None) -> None:
        super().__init__(message, page)
        self.message = message
        self.page = page

    def __str__(self) -> str:
        return self.message


class Empty(DocumentError):
    code = "empty"
    advice = "Fetch the file from its source again; this copy has no content."


class Unsupported(DocumentError):
    code = "unsupported"
    advice = "Convert it to PDF, TIFF, PNG, JPEG, plain text or Markdown."


class Encrypted(DocumentError):
    code = "encrypted"
    advice = "Save a copy without a password (for example `qpdf --decrypt --password=... IN OUT`)."


class Corrupt(DocumentError):
    code = "corrupt"
    advice = "Try to repair it (for example `qpdf IN OUT`), or scan the original again."


class TooLarge(DocumentError):
    code = "too_large"
    advice = "Split the file, or raise the limit named in the message."


class TimedOut(DocumentError):
    code = "timeout"
    advice = "Raise --page-timeout, or look at the page: it may be a drawing or noise."


class OcrFailed(DocumentError):
    code = "ocr_failed"
    advice = "Run `make setup`; `tesseract --list-langs` must name swe and eng."


class Unreadable(DocumentError):
    code = "unreadable"
    advice = "Check the permissions of the file and the disk that it is on."


class OutOfMemory(DocumentError):
    code = "memory"
    advice = "Split the file, or raise --memory-limit."


class Crashed(DocumentError):
    code = "crashed"
    advice = "Report the file name and the message; no other document was affected."


class Killed(Crashed):
    """A process was ended from outside: by a person, or by a system that ran out of memory."""


CODES: dict[str, str] = {
    kind.code: kind.advice
    for kind in (
        Empty,
        Unsupported,
        Encrypted,
        Corrupt,
        TooLarge,
        TimedOut,
        OcrFailed,
        Unreadable,
        OutOfMemory,
        Crashed,
    )
}
