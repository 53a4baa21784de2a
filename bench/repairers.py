"""Repairers side by side: namnd's cleaner, ftfy, symspellpy and hunspell's first suggestion.

Each is given the same texts in a process of its own (`repair_peer.py`): documents that an English OCR
misread, whose truth is known, and these truths themselves, in which nothing is to be done. How fast they are
is measured on an archive drawn from the lexicon's words, whole and damaged, each word as often as it occurs;
slow ones get less of it. Seconds are those of one processor.
"""

import json
import random
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from clean import made, pages, ruined
from contenders import PEERS
from measure import Command, cost
from repair import Ruined, Tally, measured, ruined_texts

CHILD = Path(__file__).with_name("repair_peer.py")
DOCUMENT = 2000  # words of one document of the archive
FIRST = "F6r mailet dr det viktigt att ndmnden far stod."


@dataclass(frozen=True, slots=True)
class Repairer:
    """`words` of the archive that it is timed on, fewer for the slow."""

    name: str
    title: str
    python: Path
    words: int


@dataclass(frozen=True, slots=True)
class Repaired:
    """What one repairer needed and what it did. Speeds are words per second of one processor; `changed` are
    words of the sound documents that aren't what they were, of `sound_words`."""

    name: str
    version: str
    start_seconds: float
    damaged_per_second: int
    sound_per_second: int
    peak_mb: float
    words: int
    before: int
    after: int
    fixed: int
    wrongly_fixed: int
    left: int
    broken: int
    changed: int
    sound_words: int


def repairers() -> list[Repairer]:
    """Those that are installed; says how to get the others."""
    ours, theirs = Path(sys.executable), PEERS / "python"
    found = [
        Repairer("namnd", "namnd", ours, 60_000),
        Repairer("ftfy", "ftfy, mojibake alone", ours, 60_000),
    ]
    if theirs.exists() and _version(theirs, "symspellpy"):
        found.append(Repairer("symspellpy", "symspellpy, wordfreq's list", theirs, 40_000))
    else:
        print("symspellpy is left out: make build/peers installs it", file=sys.stderr)
    if shutil.which("hunspell"):
        found.append(Repairer("hunspell", "hunspell-sv, first suggestion", ours, 4_000))
    else:
        print("hunspell is left out: apt-get install hunspell hunspell-sv", file=sys.stderr)
    return found


def compared(corpus: Path, work: Path) -> list[Repaired]:
    """All repairers on the texts of a corpus (`make english`). `work` is an empty folder."""
    texts = list(ruined_texts([corpus]))
    return [_measured(repairer, texts, work) for repairer in repairers()]


def _measured(repairer: Repairer, texts: Sequence[Ruined], work: Path) -> Repaired:
    sound, damaged = archive(repairer.words)
    sections = {
        "ruined": [text.pages for text in texts],
        "truth": [text.truth for text in texts],
        "archive": sound,
        "damaged archive": damaged,
    }
    given, told = work / "in.json", work / "out.json"
    given.write_text(json.dumps({"first": FIRST, "sections": sections}), encoding="utf-8")
    command: Command = [repairer.python, CHILD, repairer.name, given, told]
    spent = cost([command], work / "log.txt", {"PYTHONHASHSEED": "0"})
    done: dict[str, Any] = json.loads(told.read_text(encoding="utf-8"))
    outcome = done["sections"]
    tally = Tally()
    for text, after in zip(texts, outcome["ruined"]["pages"], strict=True):
        for page in measured(text, after):
            tally += page
    changed, words = _changed(texts, outcome["truth"]["pages"])
    counts = tally.counts
    return Repaired(
        repairer.title,
        _version(repairer.python, repairer.name) or _hunspell_version(),
        done["loading"],
        round(repairer.words / outcome["damaged archive"]["cpu"]),
        round(repairer.words / outcome["archive"]["cpu"]),
        spent.peak_mb,
        words=counts["words"],
        before=counts["before"],
        after=counts["after"],
        fixed=counts["fixed"],
        wrongly_fixed=counts["wrongly fixed"],
        left=counts["left"],
        broken=counts["broken"],
        changed=changed,
        sound_words=words,
    )


def archive(words: int) -> tuple[list[list[str]], list[list[str]]]:
    """Documents of so many words, whole and with å, ä, ö misread."""
    whole = made(words, random.Random(2))
    damaged = ruined(made(words, random.Random(3)), random.Random(3))
    return _documents(whole), _documents(damaged)


def _documents(words: Sequence[str]) -> list[list[str]]:
    cut = [list(words[at : at + DOCUMENT]) for at in range(0, len(words), DOCUMENT)]
    return [[page.text for page in pages(some)] for some in cut]


def _changed(texts: Sequence[Ruined], after: Sequence[Sequence[str]]) -> tuple[int, int]:
    """Words of the truths that a repairer changed, and how many there are."""
    changed = words = 0
    for text, repaired in zip(texts, after, strict=True):
        same = Ruined(text.name, text.truth, text.truth)
        for page in measured(same, repaired):
            changed += page.counts["broken"]
            words += page.counts["words"]
    return changed, words


def _version(python: Path, package: str) -> str:
    """Empty where the package isn't there."""
    code = f"import importlib.metadata as m; print(m.version({package!r}))"
    told = subprocess.run([python, "-c", code], capture_output=True, text=True, check=False)
    return told.stdout.strip()


def _hunspell_version() -> str:
    told = subprocess.run(["hunspell", "--version"], capture_output=True, text=True, check=True).stdout
    return told.split("Hunspell ")[-1].split(")")[0]
