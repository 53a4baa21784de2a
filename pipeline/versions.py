"""What decides the text of a page and what decides the facts, each as one short digest.

Two runs with the same digests give the same rows; a document whose digest is another is made again, and a
page is kept under the digest of what read it. The code itself is part of them, so that nobody has to
remember to raise a number.
"""

import hashlib
import subprocess
from collections.abc import Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from pipeline import tessdata
from pipeline.errors import Halted
from pipeline.seal import seal
from pipeline.settings import Settings

PACKAGE = Path(__file__).parent
READING = (
    *("read", "recognize", "offsets.py", "privacy.py", "sheet.py", "tessdata.py"),
    # The words by which a page's own text is trusted, and a misread one told.
    *("lexicon/format.py", "lexicon/shadows.py", "lexicon/trie.py", "lexicon/words.py"),
    *("lexicon/data/heads.bin", "lexicon/data/shadows.bin", "lexicon/data/tails.bin"),
    "lexicon/data/words.bin",
)
# What carries documents about, and decides nothing about them.
CARRIERS = (
    *("__main__.py", "batch.py", "cgroup.py", "cli.py", "cluster", "events.py", "foreman.py", "inside.py"),
    *("isolate.py", "launch.py", "seal.py", "shown.py"),
    *("ledger", "lock.py", "metrics.py", "mirror.py", "options.py", "places.py", "progress.py", "run.py"),
    *("stopping.py", "store.py", "structured.py", "tasks.py", "terminal.py", "url_lock.py", "versions.py"),
    *("compare", "diff", "export"),
)
READERS = (
    *("numpy", "opencv-python-headless", "pdfminer.six", "pdfplumber", "pillow", "pypdfium2"),
    *("pytesseract", "tesserocr"),
)
FINDERS = ("spacy", "ftfy", "rapidfuzz", "regex", "python-stdnum", "numpy")
ALSO_READ = "eng+osd"
"""Language data that is asked beside the language of the settings: addresses, and which way is up."""


@cache
def recognition(settings: Settings) -> str:
    """Names what reads a page: settings, code, libraries, Tesseract and its language data."""
    data = tessdata.digests(f"{settings.recognition.languages}+{ALSO_READ}")
    return _digest(
        settings.recognition_digest(), tesseract(), *data, *_versions(READERS), *_code()["reading"]
    )


def extraction(settings: Settings) -> str:
    """Names what makes rows of a page: settings, code, word lists and libraries."""
    return _digest(settings.extraction_digest(), *_versions(FINDERS), *_code()["finding"])


def carriage() -> str:
    """Names the code that carries documents between processes, the same at both ends."""
    return _digest(*_code()["carrying"])


def part(place: str) -> str:
    """What a file of the package decides, by its place in it: reading, finding or carrying."""
    for name, places in (("carrying", CARRIERS), ("reading", READING)):
        if any(place == known or place.startswith(f"{known}/") for known in places):
            return name
    return "finding"


@cache
def _code() -> dict[str, list[str]]:
    """Name and digest of every file of the package, by what it decides."""
    told: dict[str, list[str]] = {"reading": [], "finding": [], "carrying": []}
    for path in sorted(PACKAGE.rglob("*")):
        place = path.relative_to(PACKAGE)
        if "__pycache__" not in place.parts and path.is_file():
            content = hashlib.sha256(path.read_bytes()).hexdigest()
            told[part(place.as_posix())].append(f"{place.as_posix()} {content}")
    return told


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def _versions(names: tuple[str, ...]) -> Iterator[str]:
    for name in names:
        try:
            yield f"{name} {version(name)}"
        except PackageNotFoundError:
            yield f"{name} none"


@cache
def tesseract() -> str:
    """What the command says it is, `none` where there is none. Raises Halted where it can't say."""
    try:
        done = subprocess.run(
            ["tesseract", "--version"],
            capture_output=True,
            text=True,
            timeout=30,
            check=True,
            preexec_fn=seal,  # one of its libraries looks up the name of this machine
        )
    except OSError:
        return "none"
    except subprocess.SubprocessError as error:
        raise Halted(f"tesseract --version doesn't answer ({type(error).__name__})") from error
    return (done.stdout or done.stderr).partition("\n")[0]
