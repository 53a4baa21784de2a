"""Rebuild the frequency tables: `python -m pipeline.lexicon.build STATUTES NEWS BOOK`, or `make lexicon`.

STATUTES is the xz-compressed plain text of the Swedish statutes, where `=== YEAR/NAME` starts each. NEWS is
xz-compressed running text with a word a line and an empty line after each sentence. BOOK is a book of general
prose in HTML (`book.py`). The rest comes from PyPI's `wordfreq` (a development dependency) and from the files
in `data/`. The same inputs give the same bytes. Not needed at run time.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from math import log10
from pathlib import Path

import wordfreq

from pipeline.lexicon import build_context, inflections, own, parts, shadows, trie
from pipeline.lexicon.format import written
from pipeline.lexicon.registers import counties, municipalities, public_bodies, state_agencies
from pipeline.lexicon.statutes import MODERN, paragraphs
from pipeline.lexicon.words import STEP

DATA = Path(__file__).parent / "data"
WORD = re.compile(r"[^\W\d_]+(?:[-:'’][^\W\d_]+)*")
SWEDISH_WORD = re.compile(r"[a-zåäöéèüáàêçñëíóôâæøï]+(?:[-:'’][a-zåäöéèüáàêçñëíóôâæøï]+)*")

OLD_WEIGHT = 0.05
STATUTE_SHARE = 0.45  # of the merged probability: sound municipal texts are likeliest so
RARE_STATUTE = 2  # a word that only the statutes have must stand there this often
RARE_GENERAL = 1.5e-8
SHORT = 3  # words this short are mostly debris in web text (ir, pa, fo), so they need better evidence
SHORT_STATUTE = 20
SHORT_GENERAL = 2e-5
SHORT_FLOOR = 1e-6
DOMAIN_FLOOR = 3e-6
STEM_FLOOR = 3e-8  # a stem's forms are all listed, however rare
NAME_FLOOR = 3e-7
SURNAME_FLOOR = 2e-8
LISTED_RATIO = 30.0


def main(statutes: str, sentences: str, book: str) -> None:
    """Write all tables to `data/`."""
    general = wordfreq.get_frequency_dict("sv", "large")
    built(Path(statutes), Path(sentences), Path(book), general, DATA)


def built(
    statutes: Path, sentences: Path, book: Path, frequencies: Mapping[str, float], folder: Path
) -> None:
    """Write all tables to a folder; `frequencies` are the probabilities of words in general Swedish."""
    counts = read_statutes(statutes)
    general = {word: p for word, p in frequencies.items() if SWEDISH_WORD.fullmatch(word)}
    words = merged(general, counts)
    real = word_list("no_shadows.txt")
    shadow = shadows.found(words, counts) - real
    known = {word: p for word, p in words.items() if word not in shadow}
    known.update(
        {word: max(STEM_FLOOR, (1 - STATUTE_SHARE) * general.get(word, 0.0)) for word in real - words.keys()}
    )
    fuller = shadows.fuller(known)
    for listed, floor in (
        (inflections.listed(), STEM_FLOOR),
        (domain_words(), DOMAIN_FLOOR),
        (own.short_words(), SHORT_FLOOR),
        ([*names(), *own.given_names()], NAME_FLOOR),
    ):
        raised(known, listed, floor, words, fuller)
    heads, tails = parts.counted(known, word_list("no_parts.txt"))
    for word, p in inflections.completed(known).items():
        raised(known, [word], p, words, fuller)
    raised(known, [*own.two_part_surnames(), *own.news_names(sentences)], SURNAME_FLOOR, words, fuller)
    write(folder / "words.bin", known)
    write(folder / "shadows.bin", {word: words[word] for word in shadow if word not in known})
    write(folder / "heads.bin", heads)
    write(folder / "tails.bin", tails)
    build_context.written(build_context.counted(statutes, sentences, book), folder)


def raised(
    known: dict[str, float],
    listed: Iterable[str],
    floor: float,
    words: Mapping[str, float],
    fuller: Mapping[str, float],
) -> None:
    """Make each listed word known with no less than this probability, but no shadow of a common word.

    `words` has what is counted of every word, `fuller` (`shadows.py`) of those with å, ä, ö.
    """
    for word in listed:
        counted = max(floor, words.get(word, 0.0))
        if word in known or fuller.get(word, 0.0) <= LISTED_RATIO * counted:
            known[word] = max(counted, known.get(word, 0.0))


def write(path: Path, probabilities: Mapping[str, float]) -> None:
    """Write a tree of words with their probabilities as the numbers of `words.py`."""
    numbers = {word: min(255, max(1, round(-STEP * log10(p)))) for word, p in probabilities.items()}
    written(path, trie.packed(numbers))
    print(f"{path.name}: {len(probabilities)} words, {path.stat().st_size} bytes")


def read_statutes(path: Path) -> dict[str, float]:
    """How often each word stands in the statutes, old ones weighed down."""
    words: Counter[str] = Counter()
    old: Counter[str] = Counter()
    for year, line in paragraphs(path):
        (old if year < MODERN else words).update(WORD.findall(line.lower()))
    return {word: words[word] + OLD_WEIGHT * old[word] for word in sorted(words.keys() | old.keys())}


def merged(general: Mapping[str, float], statutes: Mapping[str, float]) -> dict[str, float]:
    """One probability a word. Short words need more evidence than long ones."""
    total = sum(statutes.values())
    words = {}
    for word in general.keys() | statutes.keys():
        g, s = general.get(word, 0.0), statutes.get(word, 0.0)
        if len(word) <= SHORT:
            kept = g >= SHORT_GENERAL or s >= SHORT_STATUTE
        else:
            kept = g >= RARE_GENERAL or s >= RARE_STATUTE
        if kept and SWEDISH_WORD.fullmatch(word):
            words[word] = (1 - STATUTE_SHARE) * g + STATUTE_SHARE * s / total
    return words


def domain_words() -> Iterator[str]:
    """The forms in `data/domain.txt`: `stem: endings`, `-` for none."""
    for line in (DATA / "domain.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            stem, _, endings = line.partition(":")
            yield from (stem + ending.strip("-") for ending in endings.split() or ["-"])


def word_list(name: str) -> frozenset[str]:
    """The words of a list in `data/` without inflection."""
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def names() -> Iterator[str]:
    """The words in the names of municipalities, counties and public bodies, with their genitives."""
    known = [m.name for m in municipalities()] + [m.short for m in municipalities()] + list(counties())
    for name in [*known, *public_bodies(), *state_agencies()]:
        for word in WORD.findall(name.lower()):
            yield word
            if not word.endswith(("s", "x", "z")):
                yield word + "s"


if __name__ == "__main__":
    main(*sys.argv[1:])
