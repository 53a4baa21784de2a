"""The utskott that decides by itself: minutes of its own, or a proposal laid before it.

Most papers name an utskott only because it prepared or proposed what its nämnd decides. It is the paper's own
body where the head or the address names it and its own verb decides, and no nämnd decides there.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.extract.layout import furniture, plain
from pipeline.extract.naming import GAP, LOWER, UPPER, one_line
from pipeline.extract.nlp import Material
from pipeline.model import Span

HEAD_LINES = 14
_LETTERS = rf"[{LOWER}{UPPER}]"
_WHOSE = rf"(?:(?:{_LETTERS}+-,?{GAP}){{1,3}}(?:och|samt|&){GAP})?{_LETTERS}+(?:nämndens|styrelsens)"
_STEM = rf"(?:(?:{_LETTERS}+-,?{GAP}){{1,3}}(?:och|samt|&){GAP})?{_LETTERS}{{3,}}"
COMMITTEE = re.compile(
    rf"(?<![\w-])(?:{_WHOSE}{GAP}{_STEM}utskott|{_STEM}utskottet|(?:sociala|tekniska){GAP}utskottet)(?![\w-])",
    re.I,
)
_NO_NAME = re.compile(
    r"(?:arbets|presidie|berednings?|närings|konstitutions|finans|riksdags?)utskottet", re.I
)
_DECIDES = re.compile(
    rf"(?<!\w)[\w-]*utskott(?:et)?{GAP}(?:(?:har{GAP})?(?:beslutar|beslutat|beslutade|beslöt)|föreslås{GAP}besluta"
    r"|beviljar|avslår|godkänner)(?!\w)(?P<what>[^.]{0,60})",
    re.I,
)
_ITS_DECISION = re.compile(
    r"(?:^|\n)[ \t]*[\w-]*(?:[ \t][\w-]+)?utskottets[ \t]+beslut[ \t]*:?(?=\n|$)", re.I
)
# What an utskott decides that leaves the matter to its nämnd, and what it decided another day.
_NOT_ITS_OWN = re.compile(
    r"[\s:–•-]*(?:att\s+)?[\s:–•-]*(?:föreslå|förorda|tillstyrka|avstyrka|överlämna|hänskjuta|den\s+\d|\d{4}-|\(?§)",
    re.I,
)
_PROPOSES = re.compile(
    r"utskott(?:et)?\s+(?:föreslår|förordar|tillstyrker|avstyrker)|utskott(?:et)?s\s+(?:förslag|yttrande)"
    r"|(?:beslutar|att)\s+föreslå(?:s|r)?\s",
    re.I,
)
_MENTIONED = ("background", "basis", "motions", "reasons", "appeal", "followup", "distribution")
_ADDRESSED = re.compile(rf"(?:^|\n)\s*(?:Till|Mottagare|Adressat):?{GAP}$", re.I)


@dataclass(frozen=True, slots=True)
class Committee:
    """An utskott by its full name; `placed` where the head or the address names it."""

    name: str
    span: Span
    placed: bool


def acting_committee(material: Material) -> Committee | None:
    """The utskott whose paper this is, if the paper shows it deciding."""
    return material.once(_acting_committee)


def _acting_committee(material: Material) -> Committee | None:
    text = plain(material.text)
    if "utskott" not in text.lower():
        return None
    own = list(_own_names(material, text))
    if not own or _decided(material, text) <= len(_PROPOSES.findall(text)):
        return None
    best = Counter(one.name for one in own).most_common(1)[0][0]
    named = [one for one in own if one.name == best]
    return next((one for one in named if one.placed), named[0])


def _own_names(material: Material, text: str) -> Iterator[Committee]:
    """The mentions in the head, in running lines, in the address, and before a verb that decides."""
    outline = material.outline
    head = furniture(outline) | frozenset(range(min(HEAD_LINES, len(outline.lines))))
    for match in COMMITTEE.finditer(text):
        name = one_line(match.group()).lower()
        if _NO_NAME.fullmatch(name):
            continue
        span = Span(match.start(), match.end())
        line = outline.line_at(span.start)
        cell = next((c for c in line.cells if c.start <= span.start < c.end), None)
        left = text[cell.start : span.start].strip(" –-·,|") if cell else "?"
        alone = cell is not None and cell.end - span.end < 4 and (not left or left.lower().endswith("kommun"))
        acts = _DECIDES.match(text, text.rfind(" ", span.start, span.end) + 1)
        placed = (alone and outline.line_index(span.start) in head) or bool(
            _ADDRESSED.search(text[max(0, span.start - 40) : span.start])
        )
        if placed or (acts and outline.topic_at(span.start) in ("decision", "proposal")):
            yield Committee(name[0].upper() + name[1:], span, placed)


def _decided(material: Material, text: str) -> int:
    """How often an utskott decides something of its own in the paper's own points."""
    headed = len(_ITS_DECISION.findall(text))
    return headed + sum(
        not _NOT_ITS_OWN.match(match["what"]) and material.outline.topic_at(match.start()) not in _MENTIONED
        for match in _DECIDES.finditer(text)
    )
