"""How strongly the part of a document in which something stands speaks for its kind."""

from collections.abc import Mapping
from functools import cache
from importlib import resources


@cache
def _table(name: str) -> dict[str, dict[str, float]]:
    text = resources.files(__package__).joinpath(f"data/{name}.tsv").read_text(encoding="utf-8")
    table: dict[str, dict[str, float]] = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            topic, kind, weight = line.split("\t")
            table.setdefault(topic, {})[kind] = float(weight)
    return table


def priors(name: str, topic: str) -> Mapping[str, float]:
    """The weights of the kinds in a topic, from `data/NAME.tsv`; empty for a topic that says nothing."""
    return _table(name).get(topic, {})
