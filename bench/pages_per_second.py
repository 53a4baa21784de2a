#!/usr/bin/env python3
"""How many pages a second one core brings from recognised text to tables, by stage and by words a page.

    python bench/pages_per_second.py [--count 200] [--half measure] [--seed 0] [--rounds 3] [--texts FOLDER]

Documents are made in memory (`bench/synth`), or read from a folder of .txt files with a form feed between
pages. Each goes through cleaning, extraction, resolving, the estimate of its quality, and its rows; nothing
is recognised or written, so what counts is what a run over pages that were read before needs for each. Words
and patterns are loaded beforehand; what is kept about single words is kept from one document to the next, as
in a run, and forgotten from round to round. Counted is processor time, the least that a document needed in
any round, since whatever else the machine does can only add to it.
"""

import argparse
import gc
import multiprocessing
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from synth.document import jobs, made

from pipeline import flow
from pipeline.extract.nlp import language
from pipeline.model import Document, Page, Source
from pipeline.settings import Settings
from pipeline.tables import sheaf

LENGTHS = (100, 150, 250)  # words a page that part the lines of the report
SOURCE = Source(("page.txt",), "0" * 64, "text/plain", 0)
Cost = Counter[str]  # processor seconds by stage


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--count", type=int, default=200, help="documents to make")
    parser.add_argument("--half", choices=("develop", "measure"), default="measure")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--texts", type=Path, help="a folder of texts instead")
    options = parser.parse_args(arguments)
    if options.texts:
        texts = [path.read_text(encoding="utf-8").split("\f") for path in sorted(options.texts.glob("*.txt"))]
    else:
        listed = jobs(options.count, options.half, options.seed)
        texts = [list(made(job, options.half, options.seed).pages) for job in listed]
    if not texts:
        parser.error(f"no texts in {options.texts}")
    for line in report(texts, costs(texts, options.rounds)):
        print(line)
    return 0


def costs(texts: Sequence[Sequence[str]], rounds: int) -> list[Cost]:
    """What each document needed in its best round, each round in a process that has seen no document."""
    flow.warm(Settings())
    language()
    gc.collect()
    gc.freeze()
    with multiprocessing.get_context("fork").Pool(1, maxtasksperchild=1) as pool:
        tries = pool.map(_round, [texts] * rounds, chunksize=1)
    return [min(times, key=Counter.total) for times in zip(*tries, strict=True)]


def _round(texts: Sequence[Sequence[str]]) -> list[Cost]:
    return [_cost(pages) for pages in texts]


def _cost(pages: Sequence[str]) -> Cost:
    """The processor seconds of a document, shared out to the stages by the clock of the flow."""
    document = Document(SOURCE, tuple(Page(number, text) for number, text in enumerate(pages, 1)))
    began = time.process_time()
    result = flow.understand(document, Settings())
    understood = time.process_time()
    sheaf(result)
    ended = time.process_time()
    whole = sum(seconds for _, seconds in result.seconds) or 1.0
    shared = {stage: seconds / whole * (understood - began) for stage, seconds in result.seconds}
    return Counter({**shared, "tables": ended - understood})


def report(texts: Sequence[Sequence[str]], spent: Sequence[Cost]) -> Iterator[str]:
    """A line for the documents of each length, and one for all."""
    groups: dict[str, list[int]] = {}
    for at, pages in enumerate(texts):
        groups.setdefault(_length(sum(len(page.split()) for page in pages) / len(pages)), []).append(at)
    chosen = [(name, groups[name]) for name in map(_length, (0, *LENGTHS)) if name in groups]
    stages = list(spent[0])
    yield "\t".join(
        ("words a page", "documents", "pages", "pages/s", "words/s", *(f"ms {s}" for s in stages))
    )
    for name, members in [*chosen, ("all", list(range(len(texts))))]:
        count = sum(len(texts[at]) for at in members)
        words = sum(len(page.split()) for at in members for page in texts[at])
        cost = sum((spent[at] for at in members), Cost())
        rates = (f"{count / cost.total():.0f}", f"{words / cost.total():.0f}")
        yield "\t".join(
            (name, str(len(members)), str(count), *rates, *(f"{1000 * cost[s] / count:.1f}" for s in stages))
        )


def _length(words: float) -> str:
    """The group of a document by its words a page."""
    above = next((bound for bound in LENGTHS if words < bound), None)
    return f"under {above}" if above else f"{LENGTHS[-1]} and more"


if __name__ == "__main__":
    raise SystemExit(main())
