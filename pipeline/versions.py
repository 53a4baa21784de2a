"""What decides the text of a page and what decides the facts, each as one short digest.

Two runs with the same digests give the same rows; a document whose digest is another is made again. The
code itself is part of them, so that nobody has to remember to raise a number.
"""

import hashlib
import subprocess
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from pipeline.settings import Settings

PACKAGE = Path(__file__).parent
READING = ("read", "recognize", "sheet.py")
# What carries documents about, and decides nothing about them.
CARRIERS = (
    *("__main__.py", "batch.py", "cli.py", "cluster", "events.py", "foreman.py", "isolate.py", "launch.py"),
    *("ledger", "lock.py", "metrics.py", "mirror.py", "options.py", "places.py", "progress.py", "run.py"),
    *("stopping.py", "store.py", "structured.py", "tasks.py", "terminal.py", "versions.py"),
    *("compare", "diff", "export"),
)
READERS = (
    "pdfplumber",
    "pdfminer.six",
    "pypdfium2",
    "pytesseract",
    "tesserocr",
    "opencv-python-headless",
    "pillow",
)
FINDERS = ("spacy", "ftfy", "rapidfuzz", "regex", "python-stdnum", "numpy")


def recognition(settings: Settings) -> str:
    """Names what reads a page: settings, code, libraries and Tesseract."""
    return _digest(settings.recognition_digest(), tesseract(), *_versions(READERS), *_sources(True))


def extraction(settings: Settings) -> str:
    """Names what makes rows of a page: settings, code, word lists and libraries."""
    return _digest(settings.extraction_digest(), *_versions(FINDERS), *_sources(False))


def carriage() -> str:
    """Names the code that carries documents between processes, the same at both ends."""
    return _digest(*_sources(None))


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def _sources(reading: bool | None) -> Iterator[str]:
    """Name and digest of every file of the package that decides the one or the other; None: neither."""
    for path in sorted(PACKAGE.rglob("*")):
        place = path.relative_to(PACKAGE).parts
        if "__pycache__" in place or not path.is_file():
            continue
        if (None if place[0] in CARRIERS else place[0] in READING) is reading:
            yield f"{'/'.join(place)} {hashlib.sha256(path.read_bytes()).hexdigest()}"


def _versions(names: tuple[str, ...]) -> Iterator[str]:
    for name in names:
        try:
            yield f"{name} {version(name)}"
        except PackageNotFoundError:
            yield f"{name} none"


def tesseract() -> str:
    """What the command says it is, `none` where there is none."""
    try:
        done = subprocess.run(
            ["tesseract", "--version"], capture_output=True, text=True, timeout=30, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return "none"
    return (done.stdout or done.stderr).partition("\n")[0]
