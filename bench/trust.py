"""Fit and measure whether a PDF page's own text is believed: `bench/trust.py [--write] [--errors] [SET...]`.

`--write` fits the weights of `pipeline/recognize/data/trust.json` on the sets `fit`, `blind`, `final`,
`third` and `develop` (logistic regression with a ridge, no weight below 0: every figure is made to speak
against a text; a sound page counts as two), and prints what each limit of belief would find and suspect
among families of texts that were left out of the fit, by which `trust.BAD` is chosen. The text alone and a
look at the picture are judged there; the decision also reads a sample of hidden text and of text in doubt.
`measure` and `kept` are never fitted on; all but `fit`, `measure` and `develop` were each measured once
before anything was mended by them. Prints bad pages missed and sound pages suspected, for each kind;
`--alone` judges without the sample.
"""

import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import numpy as np
import numpy.typing as npt
from trust_pages import drawn, drawn_set
from trust_pages.labelled import Labelled, labelled

from pipeline.lexicon import known
from pipeline.recognize import features, tesseract, trust
from pipeline.recognize.look import look, resolution

TARGET = Path(__file__).parent.parent / "pipeline/recognize/data/trust.json"
NAMES = (*features.NAMES, "uncovered", "astray")
FITTED = ("fit", "blind", "final", "third", "develop")
PARTS = 8  # of the families: each is judged by the others
SOUND_COST = 2.0  # archives have more sound pages than these, and reading one again costs seconds
RIDGE, STEPS = 0.1, 1_500
Array = npt.NDArray[np.float64]


def main() -> None:
    wanted = [name for name in sys.argv[1:] if not name.startswith("--")]
    if "--write" in sys.argv:
        write([page for name in FITTED for page in pages_of(name)])
    elif not wanted:
        wanted = ["fit", "measure"]
    for name in wanted:
        report(name, list(pages_of(name)))


def pages_of(name: str) -> Iterator[Labelled]:
    """The labelled pages of a set."""
    return drawn_set.pages(name) if name in drawn.HALVES else labelled(name)


def write(pages: list[Labelled]) -> None:
    """Fit the weights on pages and keep them; print what they are worth on families that weren't seen."""
    x, y = np.array([row(page) for page in pages]), np.array([page.bad for page in pages], float)
    families = sorted({(page.half, page.family) for page in pages}, key=lambda family: family[::-1])
    part = np.array([families.index((page.half, page.family)) % PARTS for page in pages])
    chances = np.zeros(len(y))
    for number in range(PARTS):
        chances[part == number] = chance(x[part == number], fit(x[part != number], y[part != number]))
    for limit in (0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5):
        over = chances >= limit
        print(
            f"limit {limit:.2f}: {over[y > 0].mean():.4f} of the bad, {over[y == 0].mean():.4f} of the sound"
        )
    names = (*NAMES, "constant")
    weights = {name: round(float(weight), 3) for name, weight in zip(names, fit(x, y), strict=True)}
    note = "fitted by bench/trust.py; the chance that a text is bad is 1 / (1 + exp(-constant - sum))"
    TARGET.write_text(json.dumps({"about": note, "weights": weights}, indent=1) + "\n", encoding="utf-8")
    trust._weights.cache_clear()
    print(json.dumps(weights, indent=1))


def row(page: Labelled) -> list[float]:
    """The figures that the decision would use: a scan is looked at."""
    figures = features.of_sheet(page.sheet, known)
    seen = None
    if page.sheet.image_share > 0.6 and page.sheet.picture is not None:
        seen = look(page.sheet.picture(resolution(page.sheet.tokens)), page.sheet.tokens)
    return [*figures, *trust.picture_figures(seen).values()]


def fit(x: Array, y: Array) -> Array:
    """The weights and, last, the constant; by projected gradient steps with momentum."""
    x = np.hstack([x, np.ones((len(y), 1))])
    cost, ridge = np.where(y > 0, 1.0, SOUND_COST), np.append(np.full(x.shape[1] - 1, RIDGE / len(y)), 0.0)
    steepest = float(np.linalg.eigvalsh((x * cost[:, None]).T @ x / (4 * len(y)))[-1]) + RIDGE / len(y)
    weights = ahead = np.append(np.ones(x.shape[1] - 1), -2.0)
    pace = 1.0
    for _ in range(STEPS):
        error = cost * (chance(x[:, :-1], ahead) - y)
        new = ahead - (x.T @ error / len(y) + ridge * ahead) / steepest
        new[:-1] = np.maximum(0, new[:-1])
        faster = (1 + (1 + 4 * pace * pace) ** 0.5) / 2
        ahead = new + (pace - 1) / faster * (new - weights)
        weights, pace = new, faster
    return weights


def chance(x: Array, weights: Array) -> Array:
    """How likely each page is bad."""
    total = np.clip(x @ weights[:-1] + weights[-1], -30, 30)
    return np.asarray(1 / (1 + np.exp(-total)), np.float64)


def report(name: str, pages: list[Labelled]) -> None:
    decide(pages[0])  # the words are loaded
    asked: dict[tuple[bool, str], Counter[str]] = defaultdict(Counter)
    chances, spent, plain = [], 0.0, []
    for page in pages:
        begun = time.process_time()
        found = decide(page)
        took = time.process_time() - begun
        spent += took
        if page.sheet.image_share == 0:
            plain.append(took)
        suspected = found.verdict is not trust.Verdict.TRUST
        chances.append((found.probability, page.bad))
        asked[page.bad, page.kind][found.verdict] += 1
        if suspected != page.bad and "--errors" in sys.argv:
            odd = [f"{n} {v:.2f}" for n, v in zip(NAMES, row(page), strict=True) if v > 0.02]
            text = " ".join(token.text for token in page.sheet.tokens[:14])
            print(f"! {page.kind} | {page.family} | {found.probability:.2f} {found.verdict} | {odd} | {text}")
    print(f"\n{name}: {len(pages)} pages")
    for bad in (True, False):
        rows = sorted((kind, verdicts) for (is_bad, kind), verdicts in asked.items() if is_bad is bad)
        total = sum(sum(verdicts.values()) for _, verdicts in rows)
        right = sum(caught(verdicts) for _, verdicts in rows)
        print(
            f" bad: recall {right}/{total} = {right / total:.4f}"
            if bad
            else f" sound: suspected {right}/{total} = {right / total:.4f}"
        )
        for kind, verdicts in rows:
            print(f"   {kind:32s} {caught(verdicts):3d} of {sum(verdicts.values()):3d}   {dict(verdicts)}")
    for low, high in ((0, 0.05), (0.05, 0.2), (0.2, 0.5), (0.5, 0.8), (0.8, 0.95), (0.95, 1.01)):
        within = [bad for chance, bad in chances if low <= chance < high]
        if within:
            print(f" stated {low:.2f}-{high:.2f}: {len(within):4d} pages, {np.mean(within):.3f} of them bad")
    print(
        f" {1000 * spent / len(pages):.1f} ms a page; {1000 * float(np.mean(plain)):.2f} ms without a picture"
    )


def caught(verdicts: Counter[str]) -> int:
    """How many were not taken as they are."""
    return sum(verdicts.values()) - verdicts[trust.Verdict.TRUST]


def decide(page: Labelled) -> trust.Decision:
    read = None if "--alone" in sys.argv else partial(tesseract.words, languages="swe", psm=6)
    return trust.decide(page.sheet, known, read)


if __name__ == "__main__":
    main()
