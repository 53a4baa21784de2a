"""Persons with a function: contacts, signatories, case officers and heads, recipients, movers of motions.

The function comes from a label (Kontaktperson, Handläggare, Justerare), from the part of the document (its
signatures, its distribution list) or from what the person does (`Eva Ek (M) yrkar`). One row for a person
and function; nobody is a person with a function by being mentioned.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from pipeline.extract.layout import fields, furniture, plain
from pipeline.extract.naming import PERSON, is_person, one_line
from pipeline.extract.nlp import Material
from pipeline.extract.people import Human, humans
from pipeline.extract.person_places import Spot, motions, places, tables
from pipeline.model import Finding, Person, Span

KIND = "person"

_LABELS: tuple[tuple[str, str, str], ...] = (
    ("contact", r"kontaktpersoner|kontaktperson(?:en)?(?:\s+(?:för|hos|på|i|från|vid)\s+[\wåäö]+(?:\s+[\wåäö]+)?)?|(?:kommunens|föreningens|stadens|regionens|bolagets|leverantörens|beställarens|organisationens)\s+(?:kontaktperson(?:er)?|ombud|representant(?:er)?)|kontakt|kontaktuppgifter|(?:kassör|ordförande|sekreterare|firmatecknare|projektledare|verksamhetsansvarig)\s+\(kontaktperson\)|avtalsansvarig|ansvarig\s+kontakt|uppdragsansvarig|projektledare", ""),
    ("responsible", r"handläggare|ansvarig\s+handläggare|föredragande|utredare|rapportansvarig|ansvarig\s+(?:tjänsteman|tjänsteperson|chef|för\s+rapporten)|ansvarig|ansvariga|rapporten?\s+(?:är\s+)?(?:skriven|sammanställd)\s+av|författare|upprättad\s+av|uppgiftslämnare|avsändare|handlagt\s+av|ansvarig\s+utgivare|beredd\s+av|skrivelsen\s+upprättad\s+av", ""),
    ("signatory", r"(?:ordförande|ordföranden|vice\s+ordförande|[12]:e\s+vice\s+ordförande)(?:\s+(?:§|\().*)?|sekreterare|nämndsekreterare|justerare|justerande|justeras(?:\s+av)?|utses\s+att\s+justera|protokollsjusterare|justeringsperson(?:er)?|vid\s+protokollet|protokollförare|beslutsfattare|delegat|beslutande\s+(?:tjänsteman|chef)|beslutad\s+av|undertecknare|firmatecknare|behörig\s+firmatecknare|underskrift(?:er)?|namnförtydligande|namnteckning\s+och\s+namnförtydligande|ordförande\s+\(firmatecknare\)|tjänsteställe,?\s+namn|signatur|signerat\s+av|undertecknat\s+av|underskrift\s+av\s+\w+", "title"),
    ("recipient", r"beslutet\s+(?:ska\s+)?(?:skickas|expedieras|sänds|delges|skickat)(?:\s+till)?|delgivning|delges|expedieras(?:\s+till)?|expediering|kopia(?:\s+till)?|kopia\s+för\s+kännedom|sändlista|skickas\s+till|för\s+kännedom|att\.?|protokollsutdrag\s+till|mottagare|utdrag\s+till", ""),
)
_ROLE_TITLES = re.compile(r"ordförande|sekreterare|justera|kassör|vice|nämndsekreterare|protokollförare", re.I)
_ANY = re.compile(rf"(?:{'|'.join(pattern for _, pattern, _ in _LABELS)}|för\s+\S+(?:\s+\S+){{0,3}})(?![\w])", re.I)
LABELS = {kind: re.compile(rf"(?:{pattern})(?![\w])", re.I) for kind, pattern, _ in _LABELS}


def find(material: Material) -> Iterator[Finding]:
    """One finding for a person and function, in the order of the text."""
    best: dict[tuple[str, str], Finding] = {}
    for finding in _all(material):
        person = finding.value
        assert isinstance(person, Person)
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
    yield from sorted(best.values(), key=lambda f: f.span)


def _all(material: Material) -> Iterator[Finding]:
    text = plain(material.text)
    if not material.outline.lines:
        return
    yield from (_finding(material, spot) for spot in tables(material, text))
    for kind, pattern in LABELS.items():
        yield from _labelled(material, text, kind, pattern)
    for spot in places(material, text):
        yield _finding(material, spot)
    for spot in motions(material, text):
        yield _finding(material, spot)


def _labelled(material: Material, text: str, kind: str, pattern: re.Pattern[str]) -> Iterator[Finding]:
    """Persons that stand in, beside or below a labelled field."""
    for found in fields(material.outline, pattern, reach=4, others=_ANY):
        label = one_line(text[found.span.start : found.span.end])
        topic = material.outline.topic_at(found.span.start)
        if topic == "toc":
            continue
        here = list(_in_values(text, list(found.values), kind)) or list(_in_values(text, list(found.below), kind))
        for human in here:
            title = human.title
            if not title and _ROLE_TITLES.match(found.label) and kind == "signatory":
                title = _label_title(text, found.span, found.label)
            if kind == "contact" and re.match(r"(?:kassör|ordförande|sekreterare|firmatecknare|projektledare)", found.label):
                title = title or found.label.split(" (")[0]
            sure = 0.92 if human.sure else 0.72
            yield _finding(material, Spot(kind, replace(human, title=title), sure, f"person_{kind}_label", label[:60]))
            if kind == "signatory" and re.search(r"kontaktperson", label, re.I):
                yield _finding(material, Spot("contact", replace(human, title=title), sure, "person_contact_label", label[:60]))


def _label_title(text: str, span: Span, label: str) -> str:
    written = one_line(text[span.start : span.start + len(label)])
    return re.split(r"\s*[§(]", written)[0].strip()


def _in_values(text: str, values: list[Span], kind: str) -> Iterator[Human]:
    """The persons of a field: those on its own line, and further ones while the lines go on naming persons."""
    if not values:
        return
    seen = False
    for k, value in enumerate(values):
        body = text[value.start : value.end]
        if k and not _continues(text[values[k - 1].start : values[k - 1].end], body, kind, seen):
            return
        joined = value
        if k + 1 < len(values) and values[k + 1].start - value.end < 60 and re.match(r"[a-zåäö]", text[values[k + 1].start : values[k + 1].end]):
            joined = Span(value.start, values[k + 1].end) if "\t" not in text[value.end : values[k + 1].start] and "   " not in text[value.end : values[k + 1].start] else value
        stretch = text[joined.start : joined.end]
        if joined == value and k + 1 < len(values):
            stretch = body + "\n" + text[values[k + 1].start : values[k + 1].end] if _is_name_only(body) else body
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
