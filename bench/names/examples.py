"""Lines with the names in them: from made documents, clean and misread, and from a news corpus."""

import lzma
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from synth import build

LABELS = ("LOC", "ORG", "PER")
MISREAD = {
    "å": "aä",
    "ä": "aåi",
    "ö": "o6é",
    "Å": "A",
    "Ä": "A",
    "Ö": "O",
    "l": "1i",
    "m": "n",
    "i": "l",
    "e": "c",
}
MISREAD_LETTERS = 0.04  # of the letters of a misread line that can be misread
MISREAD_LINES = 0.3
OWN_LINE = re.compile(r"[^\n\f]*\w[^\n\f]*")


@dataclass(frozen=True)
class Example:
    """A line, and the names in it as start, end and label."""

    text: str
    names: tuple[tuple[int, int, str], ...]


def made(count: int, half: str, seed: int) -> list[Example]:
    """The lines of made documents, each once; some are misread as an OCR does it."""
    dice = random.Random(f"names {half} {seed}")
    lines: dict[str, Example] = {}
    for document in build.corpus(count, half, seed):
        names = [(label, form) for label, form in document.gold["names"] if form]
        for page in document.pages:
            for line in OWN_LINE.findall(page):
                if line not in lines:
                    lines[line] = Example(line, tuple(found(line, names)))
    return [misread(one, dice) if dice.random() < MISREAD_LINES else one for one in lines.values()]


def found(line: str, names: Sequence[tuple[str, str]]) -> Iterator[tuple[int, int, str]]:
    """Where the names stand in a line, the longest first; none overlaps another."""
    taken = [False] * len(line)
    for label, form in sorted(set(names), key=lambda name: (-len(name[1]), name)):
        pattern = r"(?<!\w)" + r"\s+".join(map(re.escape, form.split())) + r"(?!\w)"
        for match in re.finditer(pattern, line, re.IGNORECASE if form.islower() else 0):
            if not any(taken[match.start() : match.end()]):
                taken[match.start() : match.end()] = [True] * len(match.group())
                yield match.start(), match.end(), label


def misread(example: Example, dice: random.Random) -> Example:
    """The same line with letters taken for others; lengths and places stay."""
    letters = [
        dice.choice(MISREAD[ch]) if ch in MISREAD and dice.random() < MISREAD_LETTERS else ch
        for ch in example.text
    ]
    return Example("".join(letters), example.names)


def news(path: Path) -> list[Example]:
    """The sentences of a corpus of one token and tag a line."""
    with lzma.open(path, "rt", encoding="utf-8") as file:
        blocks = re.split(r"\n\s*\n", file.read().strip())
    return [_sentence(block.splitlines()) for block in blocks]


def _sentence(rows: Sequence[str]) -> Example:
    names: list[tuple[int, int, str]] = []
    text, last = "", "0"
    for row in rows:
        tag = row.split()[-1]
        token = row.removesuffix(tag).strip()
        start = len(text) + bool(text)
        text = f"{text} {token}" if text else token
        if tag in LABELS and tag == last:
            names[-1] = (names[-1][0], len(text), tag)
        elif tag in LABELS:
            names.append((start, len(text), tag))
        last = tag
    return Example(text, tuple(names))
