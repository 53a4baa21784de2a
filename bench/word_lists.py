"""Lists that the cleaner keeps of the lexicon's words, for speed: `python bench/word_lists.py`.

`letters.txt` has which letters stand around å, ä, ö and é, two on either side, blanks for the edges of the
word; `common.txt` the words that most texts are made of, which need no look into the lexicon.
"""

from collections import Counter
from pathlib import Path

from pipeline.lexicon.words import table

DATA = Path(__file__).resolve().parent.parent / "pipeline" / "clean" / "data"
LEAST_LEVEL = -8.0
LEAST = 3
COMMON = -5.2


def main() -> None:
    around: Counter[str] = Counter()
    common = []
    for word, level in table().items():
        if level > LEAST_LEVEL and not word.isascii():
            spaced = f"  {word}  "
            around.update(spaced[at : at + 5] for at in range(len(word)) if spaced[at + 2] in "åäöé")
        if level > COMMON and len(word) > 1 and word.isalpha():
            common.append(word)
    write(
        "letters.txt",
        "How many words of the lexicon have these letters around an å, ä, ö or é",
        [f"{letters}\t{count}" for letters, count in sorted(around.items()) if count >= LEAST],
    )
    write("common.txt", "The common words of the lexicon", sorted(common))


def write(name: str, what: str, lines: list[str]) -> None:
    head = f"# {what}; made by bench/word_lists.py."
    (DATA / name).write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
    print(f"{name}: {len(lines)} lines")


if __name__ == "__main__":
    main()
