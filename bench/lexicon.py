"""How well the lexicon knows sound Swedish, tells it from ruins, and chooses among look-alikes by context.

`python bench/lexicon.py --statutes sfs.txt.xz --news ner-news-test.tsv.xz --corpus FOLDER --texts FILE...`
prints tables for docs/repair.md. Statutes are those that the lexicon was not counted over
(`lexicon/statutes.py`), the news is another part than was counted. Sound texts lose their å, ä and ö
(`stripped`) to ask how many ruins pass for words; the corpus' files that an English OCR read give true ruins.
"""

import argparse
import difflib
import json
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from pipeline.lexicon import known, lexicon_rate
from pipeline.lexicon.context import EDGE, pair, tokens
from pipeline.lexicon.format import DATA
from pipeline.lexicon.shadows import skeleton
from pipeline.lexicon.statutes import kept_out_texts, news
from pipeline.lexicon.words import EDGES, level, table

TEXTS = Path(__file__).parent / "scans" / "texts"
COMMON = -6.5  # log10: rarer look-alikes are out of the question
VOWELS_CONFUSED = ({"för", "far", "får"},)
BLANK = re.compile(r"\{[^}]*\}")
LOAD = """
import psutil, time
start, before = time.process_time(), psutil.Process().memory_full_info().uss
from pipeline.lexicon.words import known
from pipeline.lexicon.context import pair
known("nämnd"), known("kommunalrättslighet"), pair("i", "nämnden")
after = psutil.Process().memory_full_info().uss
print(f"{1000 * (time.process_time() - start):.0f} ms, {(after - before) / 2**20:.1f} MB of its own")
"""


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--statutes", type=Path, required=True)
    parser.add_argument("--news", type=Path, required=True)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--texts", type=Path, nargs="*", default=[])
    given = parser.parse_args()
    texts = {path.stem.split("_")[0]: [path.read_text(encoding="utf-8")] for path in given.texts}
    texts["corpus"] = list(truths(given.corpus).values())
    texts["own texts"] = own_texts(TEXTS / "dev")
    texts["statutes kept out"] = list(kept_out_texts(given.statutes).values())
    texts["news"] = [" ".join(word for word, _ in sentence) for sentence in news(given.news)]
    print("| text | words | known | stripped words known |\n|---|---|---|---|")
    for name, pages in texts.items():
        print(f"| {name} | {coverage(pages)} |")
    ruins = [word for ruined in engtexts(given.corpus) for word in ruined]
    print(f"\nruined by English OCR: {sum(map(known, ruins))} of {len(ruins)} known\n")
    print("| text | look-alikes | wrong by frequency | wrong by context |\n|---|---|---|---|")
    for name in ("statutes kept out", "news", "own texts", "corpus"):
        print(f"| {name} | {choices(texts[name])} |")
    loaded = subprocess.run([sys.executable, "-c", LOAD], capture_output=True, text=True, check=True)
    print("\nload:", loaded.stdout, end="")
    print(f"size: {sum(path.stat().st_size for path in DATA.iterdir()) / 1e6:.1f} MB")


def own_texts(folder: Path) -> list[str]:
    """Our Swedish texts for scans, without their settings; a blank to fill in is a number."""
    pages = [
        path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt")) if "engl" not in path.stem
    ]
    return [BLANK.sub("7", page.split("+++")[-1]) for page in pages]


def truths(corpus: Path) -> dict[str, str]:
    """The true text of each document."""
    files = sorted((corpus / "truth").glob("*.json"))
    return {path.stem: "\n".join(json.loads(path.read_text(encoding="utf-8"))["pages"]) for path in files}


def engtexts(corpus: Path) -> Iterable[list[str]]:
    """The words that English OCR read wrongly, of each document that has such a file."""
    for name, truth in truths(corpus).items():
        for path in (corpus / "files").glob(f"{name}--engtext.txt"):
            right, read = bare(truth), bare(path.read_text(encoding="utf-8"))
            matcher = difflib.SequenceMatcher(None, right, read, autojunk=False)
            yield [
                word
                for tag, a, b, c, d in matcher.get_opcodes()
                if tag == "replace" and b - a == d - c
                for word in read[c:d]
                if any(map(str.isalpha, word))
            ]


def bare(text: str) -> list[str]:
    return [word.strip(EDGES) for word in text.split()]


def coverage(pages: Sequence[str]) -> str:
    """Cells: words, share known, share of the words with å, ä, ö that are known without them."""
    words = [word for page in pages for word in bare(page) if lexicon_rate(word) is not None]
    stripped = [skeleton(word.lower()) for word in words if skeleton(word.lower()) != word.lower()]
    seen = [sum(map(known, some)) / len(some) for some in (words, stripped)]
    return f"{len(words)} | {seen[0]:.4f} | {seen[1]:.3f}"


def choices(pages: Sequence[str]) -> str:
    """Cells: how many look-alikes, and how many are chosen wrongly from what they can be mistaken for."""
    rivals = look_alikes()
    sentences = [[EDGE, *tokens(line), EDGE] for page in pages for line in page.splitlines()]

    def wrong(score: Callable[[str, str, str], float]) -> int:
        return sum(
            max(rivals[word], key=lambda other: score(before, other, after)) != word
            for words in sentences
            for before, word, after in zip(words, words[1:], words[2:], strict=False)
            if word in rivals
        )

    number = sum(word in rivals for words in sentences for word in words)
    by_frequency = wrong(lambda _, word, __: level(word) or -99.0)
    by_context = wrong(lambda before, word, after: pair(before, word) + pair(word, after))
    return f"{number} | {by_frequency / number:.1%} | {by_context / number:.1%}"


def look_alikes() -> Mapping[str, Sequence[str]]:
    """For each common word the known words that differ from it by diacritics only, itself among them."""
    groups: dict[str, set[str]] = defaultdict(set)
    for word, probability in table().items():
        if word.isalpha() and probability >= COMMON:
            groups[skeleton(word)].add(word)
    rivals: dict[str, set[str]] = defaultdict(set)
    for group in [*groups.values(), *VOWELS_CONFUSED]:
        if len(group) > 1:
            for word in group:
                rivals[word] |= group
    return {word: sorted(others) for word, others in rivals.items()}


if __name__ == "__main__":
    main()
