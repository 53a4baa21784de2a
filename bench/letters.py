"""Which letters stand around å, ä, ö and é: `python bench/letters.py > pipeline/clean/data/letters.txt`.

Counted over the words of the lexicon, two letters on either side, blanks for the edges of the word.
"""

from collections import Counter

from pipeline.lexicon.words import table

LEAST_LEVEL = -8.0
LEAST = 3


def main() -> None:
    found: Counter[str] = Counter()
    for word, level in table().items():
        if level > LEAST_LEVEL and not word.isascii():
            spaced = f"  {word}  "
            found.update(spaced[at : at + 5] for at in range(len(word)) if spaced[at + 2] in "åäöé")
    print(
        "# How many words of the lexicon have these letters around an å, ä, ö or é; made by bench/letters.py."
    )
    print(*(f"{letters}\t{count}" for letters, count in sorted(found.items()) if count >= LEAST), sep="\n")


if __name__ == "__main__":
    main()
