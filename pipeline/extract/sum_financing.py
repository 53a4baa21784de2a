"""Tables of who pays what: a row for each payer, of which the public party's alone is money it commits."""

import re
from collections.abc import Sequence

from pipeline.extract.naming import is_body_word
from pipeline.extract.nlp import Material
from pipeline.extract.payers import own_municipalities, subject_of
from pipeline.extract.public_bodies import municipality_mentions
from pipeline.extract.sum_mentions import Mention
from pipeline.extract.table_cells import TOTAL_LABEL, column_kind
from pipeline.model import Span

OWN_ROW = re.compile(
    r"\W*(?:kommunen|staden|regionen|kommunens\s+(?:bidrag|andel|del|insats|medel|(?:med)?finansiering)"
    r"|(?:bidrag|medel)\s+fr[åa]n\s+(?:kommunen|staden|regionen))\W*",
    re.IGNORECASE,
)
OTHERS_ROW = re.compile(
    r"\b(?:eg(?:en|na|et)(?:\s+\w+)?|\w*avgift(?:er)?|g[åa]vor|sponsor\w*|\w*fonden|f[öo]reningen|staten|EU|\w+verket"
    r"|l[äa]nsstyrelsen|kulturr[åa]det|f[öo]rs[äa]ljning|ideell\w*)\b",
    re.IGNORECASE,
)
# What names a table in which everybody's part stands beside the public party's.
SHARED = re.compile(
    r"finansi|bidragsgivare|betalas\s+av|kostnadsf[öo]rdelning|insats|parternas", re.IGNORECASE
)
ASIDE = ("background", "application", "followup", "motions", "hearing", "refused")


def payers_of_rows(material: Material, mentions: Sequence[Mention]) -> dict[Span, str]:
    """`public` or `other` for each sum of such a table: one that has a row of the document's own public party
    and one of somebody else, or rows of public parties alone."""
    tables: dict[int, list[Mention]] = {}
    for mention in mentions:
        if mention.column[0] >= 0 and mention.label:
            tables.setdefault(mention.column[0], []).append(mention)
    found: dict[Span, str] = {}
    for table in tables.values():
        rows = [m for m in table if not TOTAL_LABEL.search(m.label)]
        start = material.outline.line_at(table[0].span.start).span.start
        whole = Span(start, table[-1].span.end)
        own = own_municipalities(material, whole) or _the_only_one(material, whole)
        payers = {m.label: _payer(material, m, own) for m in rows}
        if SHARED.search(table[0].caption) and "public" in payers.values():
            payers = {label: payer or "other" for label, payer in payers.items()}
        public = [label for label, payer in payers.items() if payer == "public"]
        if not public or ("other" not in payers.values() and len(public) < max(2, len(payers))):
            continue
        alone = len(public) == len(payers)
        found |= {m.span: "public" if alone or payers.get(m.label) == "public" else "other" for m in table}
    return found


def _the_only_one(material: Material, apart: Span) -> set[str]:
    """The municipality that a document names outside a table, where it names no other."""
    names = {m.name for m in material.once(municipality_mentions) if not m.span.overlaps(apart)}
    return names if len(names) == 1 else set()


def is_committed(mention: Mention, place: str) -> bool:
    """Whether the public party's row tells what it commits: not what it was asked for, or paid before."""
    kind = column_kind(mention.heading)
    return place not in ASIDE and (kind is None or kind.kind == "funding")


def _payer(material: Material, mention: Mention, own: set[str]) -> str:
    if OWN_ROW.fullmatch(mention.label):
        return "public"
    line = material.outline.line_at(mention.span.start).span
    named = [
        m for m in material.once(municipality_mentions) if m.span in line and m.span.end <= mention.span.start
    ]
    if named:
        whole = len(mention.label.split()) <= len(named[0].written.split()) + 1
        return "other" if named[0].name not in own else "public" if whole else ""
    if OTHERS_ROW.search(mention.label) or any(is_body_word(word) for word in mention.label.split()):
        return "other"
    return subject_of(mention.label)
