"""Build what `pipeline/recognize/data` knows of languages: `python bench/languages.py`.

`languages.txt` has the commonest words of the languages that pages may be in, without diacritics;
`bigrams.txt` how likely a letter follows another in those that are written in Latin letters. From
PyPI's wordfreq (a development dependency); `small_words.tsv` has lists of our own for languages that it
lacks. Deterministic.
"""

import unicodedata
from collections import Counter
from math import log
from pathlib import Path

import wordfreq

from pipeline.recognize.languages import fold

DATA = Path(__file__).parent.parent / "pipeline/recognize/data"
LATIN = "sv en fi nb da de pl fr es nl it is pt ro cs hu tr sh lt lv".split()  # noqa: SIM905
OTHERS = "ar fa ru uk el he bg mk ur".split()  # noqa: SIM905
WORDS = 150
SAMPLE = 20_000  # words of a language whose letters are counted
LETTERS = "abcdefghijklmnopqrstuvwxyz"
EDGE = "_"
WRITTEN = Path(__file__).parent / "small_words.tsv"


def folded(word: str) -> str:
    """A word without diacritics; `ł`, `ø`, `æ` and their like have none to lose."""
    return "".join(c for c in unicodedata.normalize("NFD", word.casefold()) if not unicodedata.combining(c))


def main() -> None:
    lists = {language: _common(language) for language in LATIN + OTHERS} | _written()
    lines = [f"{language}\t{' '.join(sorted(set(words)))}" for language, words in lists.items()]
    (DATA / "languages.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (DATA / "bigrams.txt").write_text(_bigrams(), encoding="utf-8")


def _written() -> dict[str, list[str]]:
    rows = [line.split("\t") for line in WRITTEN.read_text(encoding="utf-8").splitlines() if line[0] != "#"]
    return {language: [fold(word) for word in words.split() if len(word) > 1] for language, words in rows}


def _common(language: str) -> list[str]:
    words = wordfreq.top_n_list(language, 3 * WORDS)
    return [fold(folded(word)) for word in words if word.isalpha() and len(word) > 1][:WORDS]


def _bigrams() -> str:
    """A row for each letter and the edge of a word: -100 times the logarithm of each follower's share."""
    counts: Counter[tuple[str, str]] = Counter()
    for language in LATIN:
        frequencies = wordfreq.get_frequency_dict(language)
        common = sorted(frequencies.items(), key=lambda item: (-item[1], item[0]))[:SAMPLE]
        for word, share in common:
            plain = folded(word)
            if plain.isascii() and plain.isalpha():
                for a, b in zip(EDGE + plain, plain + EDGE, strict=True):
                    counts[a, b] += share  # type: ignore[assignment]
    rows = []
    for a in EDGE + LETTERS:
        total = sum(counts[a, b] for b in EDGE + LETTERS)
        shares = [(counts[a, b] + 1e-5 * total) / (total * 1.0003) for b in EDGE + LETTERS]
        rows.append(a + " " + " ".join(str(round(-100 * log(share))) for share in shares))
    return "# a follower's share, -100 ln; columns: " + EDGE + LETTERS + "\n" + "\n".join(rows) + "\n"


if __name__ == "__main__":
    main()
