"""Fit and measure whether a PDF page's own text is believed: `bench/trust.py [--write] [--errors] [HALF...]`.

The pages of the sets `fit` and `blind` give the weights of `pipeline/recognize/data/trust.json` (logistic
regression with a ridge, no weight below 0: every figure is made to speak against a text; a sound page counts
as two). `measure` was looked at while features were made; `blind` was measured once before it was fitted on;
`final` is for the last figure alone. Prints bad pages missed and sound pages suspected, for each kind.
"""

import json
import sys
import time
from collections import Counter, defaultdict
from functools import partial
from pathlib import Path

import numpy as np
import numpy.typing as npt
from trust_pages.labelled import Labelled, labelled

from pipeline.lexicon import known
from pipeline.recognize import features, tesseract, trust
from pipeline.recognize.look import look, resolution

TARGET = Path(__file__).parent.parent / "pipeline/recognize/data/trust.json"
NAMES = (*features.NAMES, "uncovered", "astray")
FITTED = ("fit", "blind")
SOUND_COST = 2.0  # archives have more sound pages than these, and reading one again costs seconds
RIDGE, STEPS, RATE = 0.1, 20_000, 0.5
Array = npt.NDArray[np.float64]


def main() -> None:
    if "--write" in sys.argv:
        fitted = [page for half in FITTED for page in labelled(half)]
        weights = fit(
            np.array([row(page) for page in fitted]), np.array([page.bad for page in fitted], float)
        )
        note = "fitted by bench/trust.py; the chance that a text is bad is 1 / (1 + exp(-constant - sum))"
        TARGET.write_text(json.dumps({"about": note, "weights": weights}, indent=1) + "\n", encoding="utf-8")
        trust._weights.cache_clear()
        print(json.dumps(weights, indent=1))
    for half in [name for name in sys.argv[1:] if not name.startswith("--")] or ("fit", "measure"):
        report(half, list(labelled(half)))


def row(page: Labelled) -> list[float]:
    """The figures that the decision would use: a scan is looked at."""
    figures = features.of_sheet(page.sheet, known)
    seen = None
    if page.sheet.image_share > 0.6 and page.sheet.picture is not None:
        seen = look(page.sheet.picture(resolution(page.sheet.tokens)), page.sheet.tokens)
    return [*figures, *trust.picture_figures(seen).values()]


def fit(x: Array, y: Array) -> dict[str, float]:
    """Weights by name, by projected gradient steps."""
    weights, constant = np.ones(x.shape[1]), -2.0
    cost = np.where(y > 0, 1.0, SOUND_COST)
    for _ in range(STEPS):
        error = cost * (1 / (1 + np.exp(-(x @ weights + constant))) - y)
        weights = np.maximum(0, weights - RATE * (x.T @ error / len(y) + RIDGE / len(y) * weights))
        constant -= RATE * float(error.mean())
    return {"constant": round(constant, 3)} | {
        name: round(float(weight), 3) for name, weight in zip(NAMES, weights, strict=True)
    }


def report(half: str, pages: list[Labelled]) -> None:
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
    print(f"\n{half}: {len(pages)} pages")
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
    return trust.decide(page.sheet, known, partial(tesseract.words, languages="swe", psm=6))


if __name__ == "__main__":
    main()
