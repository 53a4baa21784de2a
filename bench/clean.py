"""How fast the cleaner is: `python bench/clean.py [WORDS]` prints words per second as JSON.

The text is made of the lexicon's own words, drawn by how common they are, in lines of ten and paragraphs of
six lines; the damaged copy has its å, ä and ö misread as the channel table has them. Loading is timed apart.
"""

import json
import random
import sys
import time

from pipeline.clean import clean_document
from pipeline.clean.channel import costs
from pipeline.lexicon.words import table
from pipeline.model import Page

LINE, PARAGRAPH, PAGE = 10, 60, 420


def made(words: int, dice: random.Random) -> list[str]:
    """Words of running text, with a capital and a full stop to each dozen or so."""
    pool = sorted(word for word in table() if word.isalpha() and table()[word] > -7)
    drawn = dice.choices(pool, [10 ** table()[word] for word in pool], k=words)
    return [word.capitalize() if dice.random() < 0.1 else word for word in drawn]


def ruined(words: list[str], dice: random.Random) -> list[str]:
    """The same words with å, ä and ö misread, each by one of its misreadings as often as that occurs."""
    readings: dict[str, list[tuple[str, float]]] = {}
    for read, trues in costs().items():
        for true, cost, restores in trues:
            if restores and len(true) == 1:
                readings.setdefault(true, []).append((read, 10**-cost))
    lowered = {true: tuple(zip(*sorted(options), strict=True)) for true, options in readings.items()}

    def misread(letter: str) -> str:
        if letter.lower() not in lowered:
            return letter
        options, weights = lowered[letter.lower()]
        return str(dice.choices(options, weights)[0])

    return ["".join(map(misread, word)) for word in words]


def pages(words: list[str]) -> tuple[Page, ...]:
    """Pages of words, laid out in lines and paragraphs."""
    found: list[Page] = []
    for start in range(0, len(words), PAGE):
        page = words[start : start + PAGE]
        lines = [" ".join(page[at : at + LINE]) for at in range(0, len(page), LINE)]
        every = PARAGRAPH // LINE
        blocks = ["\n".join(lines[at : at + every]) for at in range(0, len(lines), every)]
        found.append(Page(len(found) + 1, ".\n\n".join(blocks)))
    return tuple(found)


def timed(document: tuple[Page, ...], words: int) -> float:
    start = time.process_time()
    clean_document(document)
    return words / (time.process_time() - start)


def main() -> None:
    words = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    start = time.process_time()
    clean_document(pages(ruined(made(500, random.Random(1)), random.Random(1))))
    loading = time.process_time() - start
    dice = random.Random(2)
    clean, damaged = made(words, dice), ruined(made(words, dice), dice)
    print(
        json.dumps(
            {
                "words": words,
                "load_seconds": round(loading, 2),
                "clean_words_per_second": round(timed(pages(clean), words)),
                "damaged_words_per_second": round(timed(pages(damaged), words)),
            }
        )
    )


if __name__ == "__main__":
    main()
