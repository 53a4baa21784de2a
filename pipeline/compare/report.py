"""A comparison as a person and as a program read it: rows of a table, and JSON."""

import json
from collections.abc import Iterator
from typing import Any

from pipeline.compare.counts import Errors, Letter, Repair
from pipeline.compare.score import Comparison

MOST_CONFUSIONS = 30
Row = tuple[str, str, str]
"""What is told, the rate, and the counts behind it."""


def rows(found: Comparison) -> Iterator[Row]:
    yield _errors("characters (CER)", found.characters)
    if len(found.pages) > 1 and found.median_page is not None:
        yield "  of the median page", _percent(found.median_page), f"{len(found.pages)} pages"
    yield _errors("words (WER)", found.words)
    yield _errors("  dashes and quotes alike", found.levelled)
    yield _errors("  wherever they stand", found.unordered)
    for letter, count in found.letters.items():
        if count.true or count.read:
            yield (
                f"{letter} recall",
                _percent(count.recall),
                f"{count.right} of {count.true} that stood there",
            )
            yield f"{letter} precision", _percent(count.precision), f"{count.right} of {count.read} read"
    if found.repair:
        yield from _repair(found.repair)


def confusions(found: Comparison) -> Iterator[tuple[str, str, int]]:
    """What stood there, what was read, and how often: the most frequent first."""
    ordered = sorted(found.confusions.items(), key=lambda item: (-item[1], item[0]))
    for (true, read), count in ordered[:MOST_CONFUSIONS]:
        yield true, read, count


def to_json(found: Comparison) -> str:
    """All counts, as JSON text."""
    told: dict[str, Any] = {
        "characters": _errors_json(found.characters),
        "words": _errors_json(found.words),
        "words_levelled": _errors_json(found.levelled),
        "words_unordered": _errors_json(found.unordered),
        "median_page_character_error_rate": found.median_page,
        "pages": [_errors_json(page) for page in found.pages],
        "letters": {letter: _letter_json(count) for letter, count in found.letters.items()},
        "confusions": [
            {"true": true, "read": read, "count": count} for true, read, count in confusions(found)
        ],
    }
    if found.repair:
        told["repair"] = {name: getattr(found.repair, name) for name in Repair.__slots__}
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _errors(name: str, errors: Errors) -> Row:
    parts = f"{errors.replaced} replaced, {errors.missing} missing, {errors.made_up} made up"
    return name, _percent(errors.rate), f"{errors.wrong} wrong of {errors.total}: {parts}"


def _repair(repair: Repair) -> Iterator[Row]:
    wrong, right = repair.fixed + repair.wrongly_fixed + repair.left, repair.broken + repair.kept
    for name, count in (
        ("fixed", repair.fixed),
        ("wrongly fixed", repair.wrongly_fixed),
        ("left", repair.left),
    ):
        yield name, _percent(count / wrong if wrong else None), f"{count} of {wrong} wrong words"
    per_10k = f"{1e4 * repair.broken / right:.1f} per 10 000" if right else "-"
    yield "broken", per_10k, f"{repair.broken} of {right} right words"


def _errors_json(errors: Errors) -> dict[str, float]:
    return {name: getattr(errors, name) for name in Errors.__slots__} | {
        "wrong": errors.wrong,
        "rate": round(errors.rate, 6),
    }


def _letter_json(count: Letter) -> dict[str, float | None]:
    return {
        "true": count.true,
        "read": count.read,
        "right": count.right,
        "recall": count.recall,
        "precision": count.precision,
    }


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{100 * share:.2f} %"
