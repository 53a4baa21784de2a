#!/usr/bin/env python3
"""Fit how likely a repair is right to how sure its rule was, and measure how the fit holds elsewhere.

    bench/calibrate_repairs.py fit CORPUS ... [--statutes sfs.txt.xz] [--write]
    bench/calibrate_repairs.py measure CORPUS ...

`fit` takes each rule's own figure for each change that it makes in the corpora of `bench/repair.py ruined`,
in copies of their truths without diacritics and in copies with a few misread letters, and in such copies of
statutes that the lexicon was kept from (nobody worked with these), says whether the change is right, and fits
a curve that never falls (isotonic regression by pooling adjacent violators). It prints how a fit on every
other document holds on the rest; with --write the fit on all is kept with the cleaner.
`measure` prints how the kept curve holds on other corpora: of repairs at 0.9, nine in ten should be right.
"""

import argparse
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from pathlib import Path

import numpy as np
from alignment import is_right, ties
from repair import Ruined, ruined_texts

from pipeline.clean import clean_document, confidence
from pipeline.clean.confidence import Point, along
from pipeline.lexicon.statutes import kept_out_texts
from pipeline.model import Cleaned, Page, Span
from pipeline.offsets import Ways

sys.path.insert(0, str(Path(__file__).parent / "scans"))
import damage

PLACE = Path(confidence.__file__).with_name("data") / "confidence.csv"
HEAD = "# How often a rule's repairs are right; fitted by bench/calibrate_repairs.py.\nrule,raw,right\n"
WORD = re.compile(r"[^\W_]+(?:[-'’.:/][^\W_]+)*")
LEAST = 200  # repairs of a rule; fewer give no curve
BIN = 40
BANDS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.98, 0.99, 1.01)
MISREAD = 0.01
LONGEST = 5000  # characters of a statute

Repairs = dict[str, list[tuple[float, bool]]]
"""By rule: its figure and whether the repair is right."""


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=("fit", "measure"))
    parser.add_argument("corpora", type=Path, nargs="+")
    parser.add_argument("--statutes", type=Path)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    texts = list(ruined_texts(options.corpora))
    if options.what == "measure":
        told(repairs(texts))
        return 0
    confidence.curves = dict  # type: ignore[assignment]  # the rules' own figures
    named = sorted({text.name[3:] for text in texts})
    halves = [[text for text in texts if named.index(text.name[3:]) % 2 == side] for side in (0, 1)]
    others = statutes(options.statutes) if options.statutes else []
    for side, half in enumerate(halves):
        half += [*copies(half), *copies(others[side::2])]
    first, second = map(repairs, halves)
    print("A fit on every other document, and how it holds on the rest:")
    told(applied(second, curves(first)))
    fitted = curves(joined(first, second))
    if options.write:
        rows = [f"{rule},{x:.6g},{y:.4f}\n" for rule in sorted(fitted) for x, y in fitted[rule]]
        PLACE.write_text(HEAD + "".join(rows), encoding="utf-8")
        print(f"{PLACE} written")
    return 0


def statutes(path: Path) -> list[Ruined]:
    """The beginnings of the statutes that no count of the lexicon has seen."""
    kept = kept_out_texts(path)
    return [Ruined(name, (kept[name][:LONGEST],), (kept[name][:LONGEST],)) for name in sorted(kept)]


def copies(texts: Iterable[Ruined]) -> Iterator[Ruined]:
    """The truths damaged in other ways: without diacritics, and with a few letters taken for others."""
    for text in texts:
        rng = np.random.default_rng(len(text.truth[0]))
        for written in (damage.stripped, damage.misread(rng, MISREAD)):
            pages = tuple(damage.words(page, written) for page in text.truth)
            yield Ruined(text.name, text.truth, pages)


def repairs(texts: Iterable[Ruined]) -> Repairs:
    """Every repair of the texts."""
    found: Repairs = defaultdict(list)
    for text in texts:
        done = clean_document(tuple(Page(number, page) for number, page in enumerate(text.pages, 1)))
        if len(text.truth) == len(done):
            for truth, page in zip(text.truth, done, strict=True):
                for rule, raw, right in of_page(truth, page):
                    found[rule].append((raw, right))
    return found


def of_page(truth: str, page: Cleaned) -> Iterator[tuple[str, float, bool]]:
    """Rule, figure and rightness of each repair whose outcome is a word."""
    places = [Span(*match.span()) for match in WORD.finditer(page.text)]
    now, true = [page.text[place.start : place.end] for place in places], WORD.findall(truth)
    owner = {other: at for at, others in ties(true, now).items() for other in others}
    for number, edits in enumerate(page.passes):
        onward, shift = Ways(page.passes[number + 1 :]), 0
        for edit in edits:
            made = Span(edit.span.start + shift, edit.span.start + shift + len(edit.new))
            shift += len(edit.new) - len(edit.span)
            if not WORD.search(edit.old) or not WORD.search(edit.new):
                continue
            span = onward.to_clean(made)
            touched = [at for at, place in enumerate(places) if place.overlaps(span)]
            right = bool(touched) and all(
                at in owner and is_right(true[owner[at]], (now[at],)) for at in touched
            )
            yield edit.rule, edit.confidence, right


def curves(found: Repairs) -> dict[str, tuple[Point, ...]]:
    """A curve for each rule that made repairs enough and doesn't always say the same."""
    return {
        rule: pooled(binned(pairs))
        for rule, pairs in found.items()
        if len(pairs) >= LEAST and len({raw for raw, _ in pairs}) > 10
    }


def binned(pairs: Sequence[tuple[float, bool]]) -> list[list[float]]:
    """Neighbours put together: `[sum of figures, number right, number]`; one figure is in one bin."""
    bins: list[list[float]] = [[0.0, 0.0, 0.0]]
    for raw, same in groupby(sorted(pairs), key=lambda pair: pair[0]):
        if bins[-1][2] >= BIN:
            bins.append([0.0, 0.0, 0.0])
        outcomes = [right for _, right in same]
        bins[-1][0] += raw * len(outcomes)
        bins[-1][1] += sum(outcomes)
        bins[-1][2] += len(outcomes)
    return bins


def pooled(bins: Iterable[list[float]]) -> tuple[Point, ...]:
    """Bins joined until none has a lower share than the one before it."""
    done: list[list[float]] = []
    for one in bins:
        done.append(list(one))
        while len(done) > 1 and _share(done[-2]) >= _share(done[-1]):
            last = done.pop()
            done[-1] = [a + b for a, b in zip(done[-1], last, strict=True)]
    return tuple((total / count, _share([total, right, count])) for total, right, count in done)


def _share(one: Sequence[float]) -> float:
    """The share that is right, drawn a little towards the middle, since bins are small."""
    return (one[1] + 0.5) / (one[2] + 1)


def applied(found: Repairs, fitted: dict[str, tuple[Point, ...]]) -> Repairs:
    return {
        rule: [(along(fitted[rule], raw) if rule in fitted else raw, right) for raw, right in pairs]
        for rule, pairs in found.items()
    }


def joined(one: Repairs, other: Repairs) -> Repairs:
    return {rule: [*one.get(rule, []), *other.get(rule, [])] for rule in {*one, *other}}


def bands(pairs: Sequence[tuple[float, bool]]) -> list[dict[str, float]]:
    """For each band of confidence the mean, the share that was right, and how many there were."""
    found = []
    for low, high in pairwise(BANDS):
        band = [(raw, right) for raw, right in pairs if low <= raw < high]
        if band:
            said, right = (sum(column) / len(band) for column in zip(*band, strict=True))
            count = len(band)
            row = {"from": low, "to": min(1, high), "said": round(said, 4), "right": round(right, 4)}
            found.append(row | {"repairs": count})
    return found


def told(found: Repairs) -> None:
    """The bands of each rule and of all together."""
    everything = [pair for pairs in found.values() for pair in pairs]
    for rule, pairs in sorted({**found, "all": everything}.items()):
        print(f"{rule}: {len(pairs)} repairs, {sum(right for _, right in pairs)} right")
        for row in bands(pairs):
            print("  {from:.2f}-{to:.2f}: said {said:.3f}, right {right:.3f} of {repairs}".format(**row))


if __name__ == "__main__":
    sys.exit(main())
