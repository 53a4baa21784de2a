"""Facts from text: one module per kind, each with `KIND` and `find(material)`, none aware of the others."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from importlib.resources import files

from pipeline.extract import (
    amounts,
    case_numbers,
    decisions,
    facts,
    granted_totals,
    org_numbers,
    parties,
    periods,
    persons,
    point_totals,
)
from pipeline.extract.nlp import Material, material
from pipeline.model import Finding, Party
from pipeline.reading import Reading
from pipeline.settings import Extraction

EXTRACTORS: Mapping[str, Callable[[Material], Iterable[Finding]]] = {
    facts.KIND: facts.find,
    parties.KIND: parties.find,
    org_numbers.KIND: org_numbers.find,
    periods.KIND: periods.find,
    amounts.KIND: amounts.find,
    granted_totals.KIND: granted_totals.find,
    point_totals.KIND: point_totals.find,
    case_numbers.KIND: case_numbers.find,
    decisions.KIND: decisions.find,
    persons.KIND: persons.find,
}

__all__ = ["EXTRACTORS", "extract", "sample"]


def extract(reading: Reading, settings: Extraction) -> tuple[Finding, ...]:
    """Everything that the rules find in a document, in the order of the text.

    Without `settings.persons` no person is named: neither as a finding nor as a party's contact.
    """
    seen = material(reading, settings.spacy_model)
    found = [finding for find in EXTRACTORS.values() for finding in find(seen)]
    if not settings.persons:
        found = [_without_contact(finding) for finding in found if finding.kind != persons.KIND]
    return tuple(sorted(found, key=lambda f: (f.span, f.kind)))


def _without_contact(finding: Finding) -> Finding:
    if isinstance(finding.value, Party) and finding.value.contact:
        return replace(finding, value=replace(finding.value, contact=""))
    return finding


def sample() -> str:
    """A made-up paper with every kind of fact, by which all that extraction needs is loaded."""
    return files(__package__).joinpath("data/sample.txt").read_text(encoding="utf-8")
