"""Who pays a sum: the public party of the document, or somebody whose money it doesn't commit.

The subject of the clause's verb tells it (`kommunen betalar`, `Vägverket lämnar`), and so does the document
as a whole: an application, a report or a recovery commits nothing, nor does a landlord's contract.
"""

import re
from functools import cache

from pipeline.extract.document_types import guesses
from pipeline.extract.forgiving import BENT, forgiving
from pipeline.extract.nlp import Material
from pipeline.extract.public_bodies import municipality_mentions
from pipeline.extract.word_lists import data_rows
from pipeline.model import Span

_O, _AE = BENT["ö"], BENT["ä"]
_BEFORE_VERB = (
    r"(?:(?:ska(?:ll)?|kommer\s+att|kan|f[åa]r|ocks[åa]|[äa]ven|dessutom|d[äa]rut[öo]ver|d[äa]rtill|sj[äa]lv[at]?"
    r"|i\s+sin\s+tur|i\s+[åa]r|[åa]rligen)\s+)*"
)
_VERB = (
    rf"(?:betalar?|bekosta[rd]?|bidrar|bidra|l{_AE}mnar|ger|finansierar?|ers{_AE}tter|bevilja[rt]"
    rf"|sk{BENT['ö']}t(?:er)?\s+till|skjuter\s+till|st{BENT['å']}r\s+f{_O}r|svarar\s+f{_O}r|sponsrar|inbringar|drar\s+in|tillskjuter|st{_O}djer"
    rf"|(?:har|hade)\s+(?:[^.;:\n]{{0,30}}\s)?(?:lovat|gett|givit|bidragit|betalat|beviljat|finansierat|erbjudit|skjutit|l{_AE}mnat|anslagit|sk{_O}nkt))"
)
PAYS = re.compile(rf"(?<=\s){_BEFORE_VERB}{_VERB}(?![^\W_])", re.IGNORECASE)
PAID_BY = re.compile(
    rf"\b(?:betalas|bekostas|finansieras|erl{_AE}ggs|ers{_AE}tts|b{BENT['ä']}rs|tas ut)\s+av(?=\s)", re.I
)
NAME_WHICH = re.compile(
    r"(?P<name>(?:[A-ZÅÄÖ][^\W\d_]+[ \n](?:[a-zåäö&]{1,3}[ \n])?){1,4}[A-ZÅÄÖ]\w+),\s+som\s*$"
)
# A body by name before its verb: more than one word in capitals, `Linds Bygg AB bidrar`.
NAMED_SUBJECT = re.compile(
    r"(?P<name>[A-ZÅÄÖ][\w&-]+(?:[ \n](?:(?:i|och|&|för|på|av|från)[ \n])?[A-ZÅÄÖ][\w&-]*){1,6}"
    r"(?:[ \n](?:förening|församling|stiftelse|förbund|ekonomisk\sförening|ek\.?\sför\.?))?)"
    r"(?:\s\([^()]{1,40}\))?\s*$"
)
GRANTS = re.compile(r"bevilja", re.IGNORECASE)
PUBLIC_NAME = re.compile(
    r"kommun|stad\b|region|landsting|n[äa]mnd|f[öo6]rvaltning|utskott|parterna|best[äa]llar", re.IGNORECASE
)
OWN_WEIGHT = 3.0  # what the mention of a municipality weighs where it is a party's or the letterhead's
BESIDE_VERB = re.compile(r"(?:\s*\([^()\n]{1,40}\))?\s*")
SUBJECT_WORDS = 5
NOWHERE = Span(0, 0)
HEAD = 2500
TITLE_LINES = 14
RECOVERS = re.compile(
    r"^\W*(?:[åa]terkrav\b|[åa]terbetalning av\b|[åa]terkr[äa]vande\b|p[åa]minnelse\b"
    r"|beg[äa]ran om (?:komplettering|redovisning)|kompletteringsbeg[äa]ran)",
    re.IGNORECASE,
)
DEMANDS = re.compile(
    r"\bbeslutar\s+(?:att\s+)?(?:[^.;]{0,80}\s)?(?:[åa]terkr[äa]va|kr[äa]va\s+(?:till)?baka)\b",
    re.IGNORECASE,
)
GRANTS_NOW = re.compile(r"\bbeviljar\b|\bbeviljas\b|\bbeslutar\s+(?:\S+\s+){0,4}bevilja\b", re.IGNORECASE)
ASKS_OR_TELLS = re.compile(
    r"^\W*(?:ans[öo6]kan\b|rekvisition\b|(?:verksamhets|slut|del[åa]rs|[åa]rs|resultat|projekt|l[äa]ges)rapport\b"
    r"|rapport\b|[åa]terrapportering|verksamhetsber[äa]ttelse|[åa]rsredovisning|redovisning av\b)",
    re.IGNORECASE,
)
INVOICE = re.compile(
    r"^\W*(?:(?:kredit|samlings|del)?faktura|inkassokrav|betalningsp[åa]minnelse|kvitto|r[äa]kning)\b"
    r"(?![@.]|\s+(?:ska|skall|betalas|st[äa]lls|skickas))",
    re.IGNORECASE,
)
AGREES = re.compile(r"^\W*(?:[^\W\d_]+\s){0,2}\w*(?:avtal|[öo6]verenskommelse|kontrakt)\b", re.IGNORECASE)
_LANDLORD = (
    rf"(?:hyresv{_AE}rd(?:en)?|uppl{BENT['å']}tare(?:n)?|mark{_AE}gare(?:n)?|jord{_AE}gare(?:n)?|fastighets{_AE}gare(?:n)?"
    rf"|uthyrare(?:n)?|s{_AE}ljare(?:n)?|utarrenderare(?:n)?|l{BENT['å']}ngivare(?:n)?)"
)
_TENANT = r"\b(?:hyresg|arrendator|nyttjander|k[öo]pare|l[åa]ntagare)"
_PUBLIC = r"(?:kommun|kommunen|stad|region|landsting|n[äa]mnden)\b"
DECIDES = re.compile(
    r"protokoll|tj[äa]nsteskrivelse|beslutsf[öo6]rslag|(?:f[öo6]rslag till|delegations)\s?beslut"
    r"|(?m:^\W*beslut\b)|(?m:^[^.\n]{1,50}\bbeslut\W*$)|\bbeslutar\b|[öo6]verenskommelsens? parter",
    re.IGNORECASE,
)
LANDLORD_FIELD = re.compile(
    rf"^[\W\d]*{_LANDLORD}\b[\s:|]*(?:namn\b)?(?:(?!{_TENANT})(?:[^.]|\.(?=nr))){{0,110}}?{_PUBLIC}",
    re.IGNORECASE | re.MULTILINE,
)
LANDLORD_CALLED = re.compile(
    rf"{_PUBLIC}(?:(?!{_TENANT})[^;]){{0,160}}?(?:kalla[ds]\w*|ben{_AE}mn\w*|som|nedan|h{_AE}r)\W+(?:kalla\w*\W+|ben{_AE}mn\w*\W+)?{_LANDLORD}\b",
    re.IGNORECASE,
)
TENANT_NEXT = re.compile(
    r"hyresg[äa]st|arrendator|nyttjander[äa]ttshavare|k[öo]pare|l[åa]ntagare", re.IGNORECASE
)


@cache
def _subjects() -> tuple[tuple[str, re.Pattern[str]], ...]:
    rows = data_rows("payer_words.tsv")
    return tuple((kind, re.compile(forgiving(wording), re.IGNORECASE)) for kind, wording in rows)


def who_pays(text: str, clause: Span, span: Span) -> str:
    """`public`, `other`, or empty where the clause names no payer it knows.

    >>> said = "Vägverket lämnar dessutom 5 000 kr"
    >>> who_pays(said, Span(0, len(said)), Span(26, 34))
    'other'
    """
    before = text[clause.start : span.start]
    if by := PAID_BY.search(text, span.end, clause.end):
        return subject_of(" ".join(text[by.end() : clause.end].split()[:2]).rstrip(".,;"))
    verb = max(PAYS.finditer(" " + before), key=lambda found: found.start(), default=None)
    if verb is None:
        rest = text[span.end : clause.end]
        after = PAYS.search(rest)
        return (subject_of(rest[: after.start()]) or _subject_after(rest[after.end() :])) if after else ""
    said = before[: max(0, verb.start() - 1)]
    if _is_somebody_else(said, verb[0]):
        return "other"
    subject = subject_of(said)
    return subject or _subject_after(before[verb.end() - 1 :])


def another_pays(material: Material, clause: Span, span: Span) -> bool:
    """Whether another municipality or region than the document's own pays: `Grannby kommun bidrar med`."""
    before = material.outline.prose[clause.start : span.start]
    verb = max(PAYS.finditer(" " + before), key=lambda found: found.start(), default=None)
    if verb is None:
        return False
    at = clause.start + max(0, verb.start() - 1)
    mentions, own = material.once(municipality_mentions), own_municipalities(material)
    said = material.outline.prose
    return any(
        m.name not in own and m.span.end <= at and BESIDE_VERB.fullmatch(said, m.span.end, at)
        for m in mentions
        if own
    )


def own_municipalities(material: Material, apart: Span = NOWHERE) -> set[str]:
    """The municipalities and regions that the document is of, or between, by all but one span."""
    agrees = _agrees(material)
    mentions = (m for m in material.once(municipality_mentions) if not m.span.overlaps(apart))
    return {m.name for m in mentions if m.weight >= OWN_WEIGHT and (m.source != "number" or agrees)}


def _agrees(material: Material) -> bool:
    types = material.once(guesses)
    return bool(types) and types[0].type == "agreement"


def _subject_after(words: str) -> str:
    """Whom the words right after a verb name: `betalar ni`, `bidrar kommunen med`."""
    follows = re.match(r"(?:\W*[^\W\d_]+){1,3}", words)
    found = [
        (m.start(), kind)
        for kind, pattern in _subjects()
        for m in pattern.finditer(follows[0] if follows else "")
    ]
    return min(found)[1] if found else ""


def _is_somebody_else(words: str, verb: str) -> bool:
    """Whether a body by name that isn't public stands before a verb: `Linds Bygg AB betalar`."""
    named = NAME_WHICH.search(words) or (None if GRANTS.search(verb) else NAMED_SUBJECT.search(words))
    return named is not None and not PUBLIC_NAME.search(named["name"])


def subject_of(words: str) -> str:
    """`public` or `other`, or empty: whom the last few words name: the nearest of the known words tells."""
    near = re.split(r"[.;:\n]\s*\n|[.;:]\s", words)[-1]
    near = " ".join(near.split()[-SUBJECT_WORDS:])
    found = [
        (m.end(), m.end() - m.start(), kind) for kind, pattern in _subjects() for m in pattern.finditer(near)
    ]
    return max(found)[2] if found else ""


def commits_nothing(material: Material) -> bool:
    """Whether no sum of the document is the public party's to pay, by its title or its parties."""
    lines = material.outline.lines[:TITLE_LINES]
    cells = [material.text[cell.start : cell.end] for line in lines for cell in line.cells if len(cell) < 90]
    head = material.text[:HEAD]
    if DEMANDS.search(material.text) and not GRANTS_NOW.search(material.text):
        return True
    if any(RECOVERS.match(cell) or (INVOICE.match(cell) and not cell.endswith(".")) for cell in cells):
        return True
    agreed = next((i for i, cell in enumerate(cells) if AGREES.match(cell)), len(cells))
    asks = any(ASKS_OR_TELLS.match(cell) and not cell.endswith(".") for cell in cells[:agreed])
    if asks and not DECIDES.search(head):
        return True
    if not TENANT_NEXT.search(head):
        return False
    return bool(LANDLORD_FIELD.search(head) or LANDLORD_CALLED.search(head))
