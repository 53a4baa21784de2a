"""The numbers behind the quality estimate: logistic and monotone regression, weights, rank correlation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from pipeline.audit.model import CONFIDENCE, DISPUTED, PAGE, SURE, Model, from_json
from pipeline.audit.quality import score
from pipeline.audit.signs import JUMBLED, NAMES, Signs
from pipeline.audit.words import KINDS, evidence, word_wrong

Array = npt.NDArray[np.float64]
Counts = Mapping[tuple[str, float, float, bool], tuple[int, int]]
"""By kind, confidence, surety of the page and whether a second reading differs: words, and how many wrong."""

_PULL = {"engine": 20.0, "text": 2.0}
_BELIEVED = 0.05
_RIDGE = 3.0
_ROUNDS = 30
_SUREST = 30.0  # log odds; beyond them a share is 0 or 1
_PART = 0.35  # of its characters, that a wrong word has wrong
_FLOOR = 0.005  # a page's miss counts by how large it is beside this and the page's own wrong share
_EACH = 5  # pages to a step of the curve, at least
_WORD_OF_ERRORS = 3  # wrong characters come by words
_DRAWS = 200


@dataclass(frozen=True)
class Row:
    """One page: what can be seen of it, its true letters and digits, and the share of wrong ones."""

    document: str
    page: int
    source: str
    words: int
    letters: int
    wrong: float
    signs: Signs


def fitted_to(counts: Counts, rows: Sequence[Row]) -> dict[str, Any]:
    """The content of the model's file."""
    words = word_weights(counts)
    content: dict[str, Any] = {"words": words, "usual": usual(counts, words), "weights": {}, "curves": {}}
    for of in ("engine", "text"):
        # Jumbled text is all wrong, and says nothing about what single mistakes look like.
        chosen = [row for row in rows if row.source == of and not row.signs[JUMBLED]]
        table = np.array([[row.signs[name] for name in NAMES] for row in chosen])
        wrongs = [row.wrong for row in chosen]
        weights = weighed(table, np.array(wrongs), _PULL[of])
        content["weights"][of] = dict(zip(NAMES, weights, strict=True)) | {JUMBLED: 1.0}
        found = [score(row.signs, of, from_json(content)) for row in chosen]
        content["curves"][of] = curve(found, wrongs)
    # A layer that recognition found sound is believed, until its signs are those of ruin.
    ruin = [point for point in content["curves"]["text"] if point[0] > _BELIEVED]
    content["weights"]["layer"] = content["weights"]["text"]
    content["curves"]["layer"] = [(0.0, 0.0), (_BELIEVED, 0.0), *ruin]
    return content


def usual(counts: Counts, weights: Mapping[str, float]) -> dict[str, float]:
    """For each kind the middle one of the chances to be wrong that its right words have."""
    model = Model(weights, {}, {}, {})
    found = {}
    for of in KINDS:
        own = sorted(
            (word_wrong(*key, model), words - wrong)
            for key, (words, wrong) in counts.items()
            if key[0] == of and words > wrong
        )
        sums = np.cumsum([right for _, right in own])
        found[of] = round(own[int(np.searchsorted(sums, sums[-1] / 2))][0], 5) if own else 0.5
    return found


def word_weights(counts: Counts) -> dict[str, float]:
    """What each kind of word and each evidence adds to the log odds that a word is wrong."""
    names = [*KINDS, CONFIDENCE, SURE, PAGE, DISPUTED]
    table = np.array(
        [
            [*(float(of == kind) for kind in KINDS), *evidence(confidence, page, disputed).values()]
            for of, confidence, page, disputed in counts
        ]
    )
    words, wrong = (np.array(column, dtype=np.float64) for column in zip(*counts.values(), strict=True))
    pull = np.diag([0.1] * len(KINDS) + [_RIDGE] * 4)
    return logistic(names, table, wrong, words, pull)


def logistic(names: Sequence[str], table: Array, hits: Array, trials: Array, pull: Array) -> dict[str, float]:
    """The weight of each column by logistic regression, drawn towards 0 by `pull` (Newton's method).

    `table` has a row for each group of trials, `hits` how many of them came true.
    """
    weights = np.zeros(len(names))
    for _ in range(_ROUNDS):
        share = 1 / (1 + np.exp(-np.clip(table @ weights, -_SUREST, _SUREST)))
        slope = table.T @ (hits - trials * share) - pull @ weights
        bend = (table * (trials * share * (1 - share))[:, None]).T @ table + pull
        weights += np.linalg.solve(bend, slope)
    return {name: round(float(value), 4) for name, value in zip(names, weights, strict=True)}


def weighed(signs: Array, wrong: Array, strength: float) -> list[float]:
    """The weights of the signs, 0 to 1, by least squares of the miss relative to the wrong share."""
    importance = 1 / (wrong + _FLOOR)
    # Sound pages have some doubt too. What all have is no sign; the curve begins where it ends.
    level = np.full((len(wrong), 1), -1.0)
    table = np.hstack([signs, level]) * importance[:, None]
    # Weights that the pages say little about stay near what a wrong word has of wrong characters.
    pull = np.diag([strength] * signs.shape[1] + [0.0])
    table, target = np.vstack([table, pull]), np.concatenate([wrong * importance, _PART * pull.sum(axis=1)])
    return [round(float(value), 4) for value in bounded(table, target)[:-1]]


def bounded(table: Array, target: Array) -> Array:
    """Least squares with weights of 0 to 1, by coordinate descent."""
    weights = np.zeros(table.shape[1])
    squares = (table**2).sum(axis=0)
    for _ in range(2000):
        for at_column in range(len(weights)):
            if squares[at_column] > 0:
                rest = target - table @ weights + table[:, at_column] * weights[at_column]
                best = float(table[:, at_column] @ rest) / squares[at_column]
                weights[at_column] = min(1.0, max(0.0, best))
    return weights


def curve(scores: Sequence[float], wrongs: Sequence[float]) -> list[tuple[float, float]]:
    """The share of wrong characters by score: rising, from nothing at 0, at most 1."""
    ordered = sorted(zip(scores, wrongs, strict=True))
    steps = [ordered[start : start + _EACH] for start in range(0, len(ordered), _EACH)]
    means = [tuple(float(np.mean(column)) for column in zip(*step, strict=True)) for step in steps]
    pooled = pools([x for x, _ in means], [y for _, y in means], [len(step) for step in steps])
    points = [(round(x, 5), round(min(1.0, y), 5)) for x, y in pooled if x > 0]
    return [(0.0, 0.0), *points, (max(1.0, points[-1][0] + 0.001), 1.0)]


def pools(xs: Sequence[float], ys: Sequence[float], weights: Sequence[float]) -> list[tuple[float, float]]:
    """The nearest rising curve: x and y of each pool (isotonic regression)."""
    found: list[list[float]] = []
    for x, y, weight in zip(xs, ys, weights, strict=True):
        found.append([x * weight, y * weight, weight])
        while len(found) > 1 and found[-2][1] / found[-2][2] >= found[-1][1] / found[-1][2]:
            last = found.pop()
            found[-1] = [a + b for a, b in zip(found[-1], last, strict=True)]
    return [(x / weight, y / weight) for x, y, weight in found]


def spearman(a: Array, b: Array) -> float:
    """The correlation of ranks, ties sharing theirs; 0 where one side is all alike."""
    first, second = ranks(a), ranks(b)
    if len(a) < 2 or first.std() == 0 or second.std() == 0:
        return 0.0
    return float(np.corrcoef(first, second)[0, 1])


def ranks(values: Array) -> Array:
    _, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    return np.asarray((ends - (counts - 1) / 2)[place], dtype=np.float64)


def attainable(rates: Array, sizes: Array) -> float:
    """The rank correlation that an estimate would have that knew each text's very rate of wrong characters.

    How many characters then come out wrong is still chance: texts with one wrong word and with none may have
    the same rate. Drawn from the rates (0 to 1) and the texts' sizes, in characters.
    """
    rng = np.random.default_rng(0)
    expected = rates * sizes / _WORD_OF_ERRORS
    draws = (np.minimum(1.0, rng.poisson(expected) * _WORD_OF_ERRORS / sizes) for _ in range(_DRAWS))
    return float(np.mean([spearman(rates, draw) for draw in draws]))


def calibration_error(stated: Sequence[float], right: Sequence[bool], bins: int = 20) -> float:
    """The mean distance between stated and true share right, over words in bins of what was stated."""
    said, true = np.array(stated), np.array(right, dtype=float)
    place = np.minimum((said * bins).astype(int), bins - 1)
    gaps = [
        abs(said[place == number].mean() - true[place == number].mean()) * (place == number).mean()
        for number in range(bins)
        if (place == number).any()
    ]
    return float(sum(gaps))
