"""The decision points of a document, one finding each, as `decision_points.py` reads them."""

from collections.abc import Iterator

from pipeline.extract.decision_points import DECISION, decision_points
from pipeline.extract.nlp import Material
from pipeline.model import Finding

KIND = DECISION


def find(material: Material) -> Iterator[Finding]:
    """Every decision point, numbered within its list."""
    yield from material.once(decision_points)
