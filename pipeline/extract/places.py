"""How strongly the part of a document in which something stands speaks for its kind."""

from collections.abc import Mapping
from functools import cache

from pipeline.extract.word_lists import data_rows


@cache
def _table(name: str) -> dict[str, dict[str, float]]:
    table: dict[str, dict[str, float]] = {}
    for topic, kind, weight in data_rows(f"{name}.tsv"):
        table.setdefault(topic, {})[kind] = float(weight)
    return table


def priors(name: str, topic: str) -> Mapping[str, float]:
    """The weights of the kinds in a topic, from `data/NAME.tsv`; empty for a topic that says nothing."""
    return _table(name).get(topic, {})
