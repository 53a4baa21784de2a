"""Parties told by the number printed beside them: whatever a body is called, its number names it.

A number says that a body stands there; its place says whether the body is a party. An alias (`nedan kallad`),
a decision point or a block of name, address and number at the head of the paper do; background doesn't.
"""

import re
from collections.abc import Iterator

from pipeline.extract.claims import Claim, role_of
from pipeline.extract.federations import is_federation
from pipeline.extract.fields import fields
from pipeline.extract.layout import plain
from pipeline.extract.naming import TOWN, is_person
from pipeline.extract.nlp import Material
from pipeline.extract.owners import owned
from pipeline.extract.party_lines import is_authority, is_label
from pipeline.extract.printed_numbers import is_public_number, number_in, printed
from pipeline.extract.public_bodies import municipality_mentions, ranked
from pipeline.model import Span

ORG_FIELD = re.compile(r"(?:organisationsnummer|org\.?\s?-?\s?(?:nr|nummer)\.?|orgnr)(?!\w)", re.I)
_ALIAS = re.compile(
    r"[^.;]{0,110}?\b(?:nedan|härefter|hädanefter|(?:här|i\s+det\s+följande)\s+(?:kalla|benämn)|kalla[ds]|benämn[ds])"
)
_ACTS = re.compile(
    r"[\s)]{0,3}(?:ansöker|söker|har\s+(?:ett\s+)?(?:ansökt|sökt|avtal|ingått)|och\s+[A-ZÅÄÖ])"
)
# Whom a party hires for its own part of the work isn't a party.
_HELPER = re.compile(r"\bunder(?:biträde|leverantör|konsult|entreprenör|uppdragstagare)", re.I)
# Who acts or works for a party isn't one: `Norra Hus KB genom Förvaltningsbolaget AB, org.nr`.
_THROUGH = re.compile(
    r"\b(?:genom|gm|via|företräd(?:d|s|er)\s+av|förvalta(?:d|s|re)(?:\s+av)?|ombud(?:et)?|representera[dst]+\s+av"
    r"|(?:driftas|ägs|levereras|tillhandahålls|underhålls|revideras|granskas)\s+av)"
    r"(?:\s+(?:sin|sitt|dess)(?:\s+\w+)?)?[\s,:]*$",
    re.I,
)
_ANNEX = re.compile(r"\f\s*(?:[^\n\f]*\n\s*)?Bilaga\b", re.I)
_EARLY_TOPICS = ("start", "other", "parties", "application", "contacts")
HEAD = 1600  # characters in which a paper says whom it is about
REACH = 170
CLOSING = 0.6  # how much of a letter stands above its closing


def closing_claims(material: Material) -> Iterator[Claim]:
    """The body that closes a letter with its name and its number below each other: the one that writes it."""
    text = plain(material.text)
    for one in material.once(printed):
        body = owned(material).get(one.span) if one.span.start > CLOSING * len(text) else None
        if body is None or is_public_number(one.number) or role_of(body.name) == "public":
            continue
        cells = material.outline.line_at(body.span.start).cells
        if body.span in cells and not is_label(body.name) and not is_person(body.name):
            yield Claim("counterparty", body.name, body.span, 0.8, "party_closing", "", one.number, one.valid)


def numbered_claims(material: Material) -> Iterator[Claim]:
    """Every body with a printed number whose place makes it a party, the weight by the place."""
    text = plain(material.text)
    found = material.once(printed)
    annex = _annex(text)
    for k, one in enumerate(found):
        span, number, valid = one.span, one.number, one.valid
        body = owned(material).get(one.span)
        if body is None:
            continue
        name, beside = body.name, body.beside
        if is_authority(name) or is_label(name) or (is_person(name) and not beside):
            continue
        if span.start > annex or (is_public_number(number) and role_of(name) == "counterparty"):
            continue  # a municipality's number tells of no other body
        if role_of(name) == "counterparty" and _THROUGH.search(
            text, max(0, body.span.start - 60), body.span.start
        ):
            continue
        end = found[k + 1].span.start if k + 1 < len(found) else len(text)
        weight = _weight(material, text, span, end, beside)
        if weight:
            role = role_of(name)
            yield Claim(role, name, body.span, weight, "party_number", "", number, valid)


_SPOKEN = re.compile(
    r"(?:\b[A-ZÅÄÖ][a-zåäö]+(?:ens|ets|ans)|\b[Dd]ess)?\s*"
    r"\b(?:[Oo]rganisationsnum\w+|[Oo]rg\.?\s?nr)\s*(?:är|:)?\s*$"
)


def spoken_number(material: Material) -> tuple[str, bool] | None:
    """The one number that a sentence gives without a name: `Föreningens organisationsnummer är N`."""
    text = plain(material.text)
    bodies = [one for one in material.once(printed) if not is_public_number(one.number)]
    if len({one.number for one in bodies}) != 1 or any(owned(material).get(one.span) for one in bodies):
        return None
    one = bodies[0]
    start = material.outline.sentence(one.span).start
    return (one.number, one.valid) if _SPOKEN.fullmatch(text[start : one.span.start].strip()) else None


def own_public_number(material: Material) -> tuple[str, bool] | None:
    """The one municipal number that the document prints as its own, not beside another's name."""
    own = ranked(material.once(municipality_mentions))
    town = own[0][0].lower() if own else ""
    found: dict[str, bool] = {}
    for one in material.once(printed):
        body = owned(material).get(one.span) if is_public_number(one.number) else None
        other = body and (
            is_federation(body.name)
            or (body.beside and TOWN.fullmatch(body.name) and town not in body.name.lower())
        )
        if is_public_number(one.number) and not other:
            found[one.number] = one.valid
    sound = {number for number, valid in found.items() if valid} or set(found)
    return next(((number, found[number]) for number in sound), None) if len(sound) == 1 else None


def _annex(text: str) -> int:
    """Where the annexes begin: at a page headed `Bilaga`; the text's end where there are none."""
    found = _ANNEX.search(text)
    return found.start() if found else len(text)


def _weight(material: Material, text: str, span: Span, end: int, beside: bool) -> float:
    topic = material.outline.topic_at(span.start)
    after = text[span.end : min(end, span.end + REACH)]
    sentence = material.outline.sentence(span)
    if _HELPER.search(text, sentence.start, sentence.end):
        return 0.0
    early = span.start < min(HEAD, 0.5 * len(text))
    if topic not in ("background", "basis", "motions", "followup") and _ALIAS.match(after):
        return 0.93
    if topic in ("decision", "proposal"):
        return 0.86
    if early and topic in _EARLY_TOPICS:
        return 0.82 if not beside or _ACTS.match(after) or topic == "parties" else 0.62
    return 0.0


def number_field(material: Material, text: str, near: Span) -> tuple[str, bool] | None:
    """The number of the field «Organisationsnummer» that follows within a few lines."""
    here = material.outline.line_index(near.start)
    for found in fields(material.outline, ORG_FIELD, reach=1):
        if -1 <= material.outline.line_index(found.span.start) - here <= 4 and found.values:
            value = found.values[0]
            number = number_in("Org.nr " + text[value.start : value.end])
            if number:
                return number
    return None
