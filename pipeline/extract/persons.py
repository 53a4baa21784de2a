"""Persons with a function: contacts, signatories, case officers and heads, recipients, movers of motions.

The function comes from a label (Kontaktperson, Handläggare, Justerare), from the part of the document (its
signatures, its distribution list) or from what the person does (`Eva Ek (M) yrkar`). One row for a person
and function; who is only named has the function `other`.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import chain

from pipeline.extract.coined_names import coined_names
from pipeline.extract.fields import fields
from pipeline.extract.layout import furniture, plain
from pipeline.extract.naming import PERSON, is_person, one_line
from pipeline.extract.nlp import Material
from pipeline.extract.people import Human, humans
from pipeline.extract.person_model import by_model
from pipeline.extract.person_places import Spot, motions, places
from pipeline.extract.person_tables import tables
from pipeline.extract.person_text import closing, in_text, named
from pipeline.extract.word_lists import data_rows
from pipeline.model import Finding, Person, Span

KIND = "person"

_ROLE_TITLES = re.compile(
    r"ordförande|sekreterare|justera|kassör|vice|nämndsekreterare|protokollförare", re.I
)


@cache
def _labels() -> dict[str, re.Pattern[str]]:
    """A pattern of labels by function, and under an empty name one of every label."""
    rows = data_rows("person_labels.tsv")
    wordings = {kind: [label for which, label in rows if which == kind] for kind, _ in rows}
    every = [label for _, label in rows] + [r"för \S+(?: \S+){0,3}"]
    return {kind: _any_of(labels) for kind, labels in [*wordings.items(), ("", every)]}


def _any_of(labels: list[str]) -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(labels)})(?!\w)".replace(" ", r"\s+"), re.IGNORECASE)


def find(material: Material) -> Iterator[Finding]:
    """One finding for a person and function, in the order of the text."""
    best: dict[tuple[str, str], Finding] = {}
    bodies = coined_names(material)
    for finding in _all(material):
        person = finding.value
        assert isinstance(person, Person)
        if person.name.lower() in bodies:
            continue
        key = (person.name.lower(), person.function)
        known = best.get(key)
        if known is None:
            best[key] = finding
            continue
        assert isinstance(known.value, Person)
        better = finding if finding.confidence > known.confidence + 0.04 else known
        assert isinstance(better.value, Person)
        title = known.value.title or person.title
        organisation = known.value.organisation or person.organisation
        best[key] = replace(better, value=replace(better.value, title=title, organisation=organisation))
    attending = {name for (name, _), finding in best.items() if finding.rule == "person_other_label"}
    busy = {
        name
        for (name, function), finding in best.items()
        if function != "other"
        and not (finding.rule == "person_in_text" and function == "responsible" and name in attending)
    }
    signing = {name for name, function in best if function in ("signatory", "responsible")}
    kept = [
        finding
        for (name, function), finding in best.items()
        if not (function == "other" and name in busy)
        and not (
            finding.rule == "person_closing"
            and any(
                n == name and f not in ("other", function) and rival.rule != "person_distribution"
                for (n, f), rival in best.items()
            )
        )
        and not (finding.rule == "person_in_text" and function == "responsible" and name in attending)
        and not (function == "recipient" and name in signing and finding.rule == "person_distribution")
    ]
    yield from sorted(kept, key=lambda f: f.span)


def _all(material: Material) -> Iterator[Finding]:
    text = plain(material.text)
    if not material.outline.lines:
        return
    yield from (_finding(material, spot) for spot in tables(material, text))
    for kind, pattern in _labels().items():
        if not kind:
            continue
        yield from _labelled(material, text, kind, pattern)
    for spot in chain(
        places(material, text),
        motions(material, text),
        in_text(material, text),
        closing(material, text, furniture(material.outline)),
        named(material, text),
        by_model(material, text),
    ):
        yield _finding(material, spot)


def _labelled(material: Material, text: str, kind: str, pattern: re.Pattern[str]) -> Iterator[Finding]:
    """Persons that stand in, beside or below a labelled field."""
    for found in fields(material.outline, pattern, reach=30 if kind == "other" else 4, others=_labels()[""]):
        label = one_line(text[found.span.start : found.span.end])
        topic = material.outline.topic_at(found.span.start)
        if topic == "toc":
            continue
        here = list(_in_values(text, list(found.values), kind)) or list(
            _in_values(text, list(found.below), kind)
        )
        for human in here:
            title = human.title
            if not title and _ROLE_TITLES.match(found.label) and kind == "signatory":
                title = _label_title(text, found.span, found.label)
            if kind == "contact" and re.match(
                r"(?:kassör|ordförande|sekreterare|firmatecknare|projektledare)", found.label
            ):
                title = title or found.label.split(" (")[0]
            sure = 0.92 if human.sure else 0.72
            yield _finding(
                material, Spot(kind, replace(human, title=title), sure, f"person_{kind}_label", label[:60])
            )
            if kind == "signatory" and re.search(r"kontaktperson", label, re.I):
                yield _finding(
                    material,
                    Spot("contact", replace(human, title=title), sure, "person_contact_label", label[:60]),
                )


def _label_title(text: str, span: Span, label: str) -> str:
    written = one_line(text[span.start : span.start + len(label)])
    return "" if re.match(r"justeras\b", written, re.I) else re.split(r"\s*[§(]", written)[0].strip()


def _in_values(text: str, values: list[Span], kind: str) -> Iterator[Human]:
    """The persons of a field: those on its own line, and further ones while the lines go on naming "
    "persons."""
    if not values:
        return
    seen = False
    for k, value in enumerate(values):
        body = text[value.start : value.end]
        if k and not _continues(text[values[k - 1].start : values[k - 1].end], body, kind, seen):
            return
        joined = value
        if (
            k + 1 < len(values)
            and values[k + 1].start - value.end < 60
            and re.match(r"[a-zåäö]", text[values[k + 1].start : values[k + 1].end])
        ):
            joined = (
                Span(value.start, values[k + 1].end)
                if "\t" not in text[value.end : values[k + 1].start]
                and "   " not in text[value.end : values[k + 1].start]
                else value
            )
        stretch = text[joined.start : joined.end]
        if joined == value and k + 1 < len(values):
            stretch = (
                body + "\n" + text[values[k + 1].start : values[k + 1].end] if _is_name_only(body) else body
            )
        for human in humans(stretch, value.start):
            if human.span.start >= value.end:
                break
            seen = True
            yield human
        if not seen and k >= 1:
            return


def _is_name_only(body: str) -> bool:
    """A name alone or with a comma: its title stands on the line below."""
    return is_person(one_line(re.sub(r"\([^)]*\)", "", body)))


def _continues(above: str, body: str, kind: str, seen: bool) -> bool:
    """Whether a line below still belongs to the field."""
    if not seen:
        return True
    match = PERSON.match(body.strip())
    if kind in ("contact", "recipient", "responsible"):
        return bool(match and is_person(match.group())) or above.rstrip().endswith((",", " och", " samt"))
    return bool(match and is_person(one_line(re.sub(r"\([^)]*\)", "", body)).split(",")[0]))


def _finding(material: Material, spot: Spot) -> Finding:
    human = spot.human
    person = Person(human.name, human.title, human.organisation, spot.function)
    return Finding(
        kind=KIND,
        span=human.span,
        value=person,
        confidence=spot.confidence,
        rule=spot.rule,
        place=material.outline.topic_at(human.span.start),
        cue=spot.cue,
    )
