"""The spaCy side of extraction: Swedish tokens, and rules for the names that a register knows.

`spacy.blank("sv")` brings the tokeniser; an EntityRuler marks municipalities and regions, nämnder and
förvaltningar, and bodies with a legal form. A trained pipeline can be named in the settings: `names`, which
comes with the package (`data/names`), or one that is installed; its entities are added to those of the rules.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from typing import TYPE_CHECKING, Any, TypeVar

from pipeline.errors import UsageError
from pipeline.extract.outline import Outline, answered, outline
from pipeline.extract.word_lists import data_lines
from pipeline.lexicon import municipalities
from pipeline.model import Span
from pipeline.reading import Reading

if TYPE_CHECKING:  # it takes longer to load than a page to read, and most documents do without
    from spacy.language import Language
    from spacy.tokens import Doc

T = TypeVar("T")

OWN_MODEL = "names"
ENDLESS_WORD = re.compile(r"\S{200,}")


@dataclass(frozen=True)
class Material:
    """What an extractor works on: the text with its way back, its structure, its names."""

    reading: Reading
    outline: Outline
    model: str = ""

    @property
    def text(self) -> str:
        return self.outline.text

    def entities(self, line: Span) -> Iterator[tuple[Span, str]]:
        """Place and label of the names that the rules know within a line; none of them goes on in another.

        Asked for by the line, since tokens cost more than all the patterns of an extractor.
        """
        for entity in parsed(self.text[line.start : line.end], language(self.model)).ents:
            yield Span(line.start + entity.start_char, line.start + entity.end_char), entity.label_

    def once(self, question: Callable[[Material], T]) -> T:
        """The answer to what several extractors ask, worked out for the first."""
        return answered(self._answers, question, self)

    @cached_property
    def _answers(self) -> dict[Callable[..., Any], Any]:
        return {}


def material(reading: Reading, model: str = "") -> Material:
    """Read the structure of a reading once, for all extractors."""
    return Material(reading, outline(reading), model)


def parsed(text: str, nlp: Language) -> Doc:
    """The tokens and entities of a text, in time that grows with its length.

    spaCy's tokeniser takes quadratic time on a word without end, such as a dump of digits; such a word
    becomes one token without a look inside.
    """
    from spacy.tokens import Doc

    pieces, at = [], 0
    for run in ENDLESS_WORD.finditer(text):
        pieces += [nlp.make_doc(text[at : run.start()]), Doc(nlp.vocab, [run.group()], [False])]
        at = run.end()
    pieces.append(nlp.make_doc(text[at:]))
    doc = (
        pieces[0]
        if len(pieces) == 1
        else Doc.from_docs([p for p in pieces if len(p)], ensure_whitespace=False)
    )
    for _, component in nlp.pipeline:
        doc = component(doc)
    assert doc is not None
    return doc


@cache
def language(model: str = "") -> Language:
    """The spaCy pipeline: rules alone, or the pipeline `model` with the rules added before it.

    Raises UsageError when the named pipeline isn't installed; nothing is ever fetched.
    """
    import spacy
    from spacy.util import is_package

    if model == OWN_MODEL:
        with resources.as_file(resources.files(__package__) / "data" / "names") as folder:
            nlp = spacy.load(folder, exclude=["vocab"])
    elif not model:
        nlp = spacy.blank("sv")
    elif is_package(model):
        nlp = spacy.load(model)
    else:
        raise UsageError(
            f"the spaCy pipeline {model} is not installed; extraction.spacy_model is {OWN_MODEL!r} or empty"
        )
    nlp.max_length = 50_000_000
    first = "ner" if "ner" in nlp.pipe_names else None
    ruler = nlp.add_pipe("entity_ruler", before=first, config={"phrase_matcher_attr": "LOWER"})
    ruler.add_patterns(list(_patterns()))  # type: ignore[attr-defined]
    return nlp


def _patterns() -> Iterable[Mapping[str, object]]:
    for municipality in municipalities():
        for suffix in ("kommun", "stad"):
            yield {"label": "KOMMUN", "pattern": f"{municipality.short} {suffix}"}
            yield {"label": "KOMMUN", "pattern": f"{_genitive(municipality.short)} {suffix}"}
    yield {"label": "KOMMUN", "pattern": [{"LOWER": "region"}, {"IS_TITLE": True, "OP": "{1,2}"}]}
    yield {"label": "BOARD", "pattern": [{"LOWER": {"REGEX": r"^\w{3,60}(?:nämnden|styrelsen)$"}}]}
    for form in _legal_forms():
        yield {"label": "ORG", "pattern": [{"IS_TITLE": True, "OP": "{1,4}"}, {"ORTH": form}]}


def _genitive(name: str) -> str:
    return name if name.endswith(("s", "x", "z")) else name + "s"


@cache
def _legal_forms() -> tuple[str, ...]:
    return data_lines("legal_forms.txt")
