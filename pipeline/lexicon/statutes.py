"""The running text that the lexicon is counted over, and the part of it that is kept out for measuring.

Statutes: xz-compressed plain text where `=== YEAR/NAME` starts each and a line is a paragraph. News:
xz-compressed, a word and its tag a line, an empty line after each sentence. Not needed at run time.

One modern statute in forty, by a digest of its name, is counted nowhere: about 100 000 words on which changes
to sound text and the choices of the context model are measured (`kept_out_texts`).
"""

import hashlib
import lzma
from collections.abc import Iterator
from pathlib import Path

MODERN = 1950  # the spelling reform is of 1906, but plural verbs (äro, skola) live on in statutes until now
ONE_IN = 40
SHORT_LINE = 60


def paragraphs(path: Path) -> Iterator[tuple[int, str]]:
    """Year and text of each counted paragraph; long ones without å, ä, ö are treaties in other languages."""
    for name, line in _lines(path):
        if not is_kept_out(name) and (len(line) < SHORT_LINE or any(letter in line for letter in "åäöÅÄÖ")):
            yield int(name[:4]), line


def kept_out_texts(path: Path) -> dict[str, str]:
    """The statutes that are counted nowhere, by name."""
    found: dict[str, list[str]] = {}
    for name, line in _lines(path):
        if is_kept_out(name):
            found.setdefault(name, []).append(line)
    return {name: "".join(lines).strip() + "\n" for name, lines in found.items()}


def is_kept_out(name: str) -> bool:
    """Whether a statute is for measuring only."""
    digest = hashlib.sha256(f"kept out {name}".encode()).hexdigest()
    return int(name[:4]) >= MODERN and int(digest, 16) % ONE_IN == 0


def news(path: Path) -> Iterator[tuple[tuple[str, str], ...]]:
    """The sentences, each as its words with their tags (`PER`, `LOC`, `ORG`, `MISC` or `0`)."""
    sentence: list[tuple[str, str]] = []
    with lzma.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            fields = line.split()
            if fields:
                sentence.append((fields[0], fields[-1]))
            elif sentence:
                yield tuple(sentence)
                sentence = []
    if sentence:
        yield tuple(sentence)


def _lines(path: Path) -> Iterator[tuple[str, str]]:
    name = ""
    with lzma.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            if line.startswith("=== "):
                name = line[4:].strip()
            else:
                yield name, line
