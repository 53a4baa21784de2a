"""Persons whom only a trained spaCy pipeline sees, where the settings name one: `extraction.spacy_model`.

By the figures in `data/names/README.md` the rules alone do as well on the tables, so nothing is asked of a
pipeline unless it is named. It adds those whom a sentence only mentions, for readers who want every name.
"""

from collections.abc import Iterator
from itertools import groupby

from pipeline.extract.naming import is_person, one_line
from pipeline.extract.nlp import Material
from pipeline.extract.people import Human
from pipeline.extract.person_places import Spot
from pipeline.model import Span

_PERSON_LABELS = frozenset(["PER", "PRS", "PERSON"])
_OTHERS_LISTS = ("toc", "distribution")
_CONFIDENCE = 0.6


def by_model(material: Material, text: str) -> Iterator[Spot]:
    """The names of people in the text, where a pipeline is named and the rules accept what it says."""
    if not material.model:
        return
    for topic, lines in groupby(
        material.outline.lines, lambda line: material.outline.topic_at(line.span.start)
    ):
        if topic in _OTHERS_LISTS:
            continue
        for line in lines:
            for span, label in material.entities(line.span):
                name = one_line(text[span.start : span.end])
                if label in _PERSON_LABELS and is_person(name):
                    human = Human(name, "", "", Span(span.start, span.end), sure=False)
                    yield Spot("other", human, _CONFIDENCE, "person_model", "")
