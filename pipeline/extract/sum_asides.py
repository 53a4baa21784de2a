"""Sums that stand aside from what a document decides: those of earlier years, and those that its other
sections tell of without any tie to a sum that is decided: what an account holds, what others pay.
"""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import combinations

from pipeline.extract.document_types import guesses
from pipeline.extract.nlp import Material
from pipeline.extract.points import YEAR
from pipeline.extract.sum_clauses import DECIDING, GRANTS
from pipeline.extract.sum_context import heading_year
from pipeline.extract.sum_mentions import Mention
from pipeline.extract.sum_parts import PartedSum
from pipeline.model import Amount, Finding, Span

OPERATIVE = ("proposal", "decision", "grants")
RETOLD = "retold"  # what another paper says may contradict the decision
SOUGHT = re.compile(r"(?:s[öo]kt|ans[öo]k|s[öo]ker|[öo]nska)", re.IGNORECASE)
PROPOSED = re.compile(r"f[öo]rslag|f[öo]resl", re.IGNORECASE)
DECIDED = re.compile(r"bevilj|tilldel|beslut", re.IGNORECASE)
GIVEN = re.compile(r"bevilj|tilldel|beslut|f[öo]rslag|f[öo]reslag", re.IGNORECASE)
# Words that speak of the grant itself, so that another sum contradicts it.
THE_GRANT = re.compile(
    r"(?:bidraget|st[öo]det|ers[äa]ttningen|engångsbeloppet|(?P<rent>hyran|priset))\b(?!\s+f[öo]r\s+(?:19|20)\d\d)",
    re.IGNORECASE,
)
RENT = re.compile(r"(?:hyr|pris)", re.IGNORECASE)  # what is decided is a rent or price
FOR_YEAR = re.compile(
    rf"\b(?:f[öo6]r|avseende|under)\s+(?:(?:[åa]r|\w*[åa]ret)\s+)?(?P<for>{YEAR})(?!\w|\s?[-–—/,]|\s+(?:och|till)\b)"
    rf"|\b(?P<of>{YEAR})\s+[åa]rs\b",
    re.IGNORECASE,
)
LABELLED = re.compile(r"(?:\n|\s{2,}|\t)(?:beviljat|beslutat|tilldelat|f[öo]reslaget)\W*$", re.IGNORECASE)
MOST_SUMS = 10  # of a decision whose parts are added up in every way
MOST_TIMES = 36
NO_YEAR = 9999


def aside(
    material: Material, mentions: Sequence[Mention], found: Sequence[Finding], sums: Sequence[PartedSum]
) -> set[Span]:
    """The places of the sums that aren't granted for all that their own words say."""
    decided = decisions(found)
    past = (
        _columns_of_the_past(mentions)
        | _columns_of_proposals(mentions)
        | _of_earlier_years(material, found, decided)
    )
    return past | _untied(material, found, decided) | _cells_untied(mentions, decided, sums)


def decisions(found: Iterable[Finding]) -> list[Finding]:
    """The sums that the words of a decision or proposal grant."""
    return [f for f in found if _is_decided(f)]


def _is_decided(finding: Finding) -> bool:
    return (
        finding.rule == "amount_written"
        and finding.place in OPERATIVE
        and _amount(finding).kind == "funding"
        and "kind_assumed" not in finding.flags
    )


def _columns_of_the_past(mentions: Sequence[Mention]) -> set[Span]:
    """The sums of columns for a year before the one for which another column of their table says what is
    sought: `Utbetalt 2020`, `Sökt 2021`, `Beslut 2021`."""
    sought: dict[int, int] = {}
    for mention in mentions:
        year = heading_year(mention.heading)
        if year and mention.column[0] >= 0 and SOUGHT.search(mention.heading):
            sought[mention.column[0]] = max(year, sought.get(mention.column[0], 0))
    return {m.span for m in mentions if (heading_year(m.heading) or NO_YEAR) < sought.get(m.column[0], 0)}


def _columns_of_proposals(mentions: Sequence[Mention]) -> set[Span]:
    """The sums that were proposed where another column of the table tells what was decided."""
    decided = {m.column[0] for m in mentions if m.column[0] >= 0 and DECIDED.search(m.heading)}
    return {
        m.span
        for m in mentions
        if m.column[0] in decided and PROPOSED.search(m.heading) and not DECIDED.search(m.heading)
    }


def _of_earlier_years(material: Material, found: Sequence[Finding], decided: Sequence[Finding]) -> set[Span]:
    """The sums of years before the first one that the decision is for."""
    first = min((year for f in decided if (year := _amount(f).year)), default=0) or _decided_year(material)
    return {
        f.span
        for f in found
        if (_amount(f).year or NO_YEAR) < first and (f.place not in OPERATIVE or f.rule == "amount_cell")
    }


def _decided_year(material: Material) -> int:
    """The first year that the words of the decision name as the one it is for; 0 for none."""
    text, outline = material.outline.prose, material.outline
    years = []
    for said in FOR_YEAR.finditer(text):
        sentence = outline.sentence(Span(said.start(), said.end()))
        if outline.topic_at(said.start()) in OPERATIVE or DECIDING.search(text, sentence.start, said.start()):
            years.append(int(said["for"] or said["of"]))
    return min(years, default=0)


def _untied(material: Material, found: Sequence[Finding], decided: Sequence[Finding]) -> set[Span]:
    """The sums outside the decision that are neither decided nor parts, totals or multiples of what is."""
    types = material.once(guesses)
    if not decided or not types or types[0].type == "agreement":
        return set()
    ties = ties_of(decided)
    beside = [
        f
        for f in found
        if f.rule == "amount_written"
        and f.place not in (*OPERATIVE, RETOLD)
        and _amount(f).kind == "funding"
        and _amount(f).sek not in ties
    ]
    parts = _parts(material, beside, ties)
    return {f.span for f in beside if f.span not in parts and not _speaks_of_the_grant(material, f, decided)}


def ties_of(decided: Sequence[Finding]) -> set[Decimal]:
    """The decided sums, what any of them add up to, and what a yearly or monthly one comes to."""
    each = sorted({(_amount(f).sek, _amount(f).year or 0, _amount(f).frequency) for f in decided})
    seks = [sek for sek, _, _ in each]
    ties = {sum(seks, Decimal(0))}
    for count in range(1, len(seks) + 1 if len(seks) <= MOST_SUMS else 2):
        ties |= {sum(some, Decimal(0)) for some in combinations(seks, count)}
    running = {sek for sek, _, frequency in each if frequency in ("year", "month")}
    return ties | {sek * times for sek in running for times in range(2, MOST_TIMES + 1)}


def _parts(material: Material, beside: Iterable[Finding], ties: set[Decimal]) -> set[Span]:
    """The sums of one sentence or section that together are a decided one."""
    groups: dict[tuple[int, int], list[Finding]] = {}
    for finding in beside:
        sentence = material.outline.sentence(finding.span)
        section = material.outline.section_at(finding.span.start).span
        for place in {(sentence.start, sentence.end), (section.start, section.end)}:
            groups.setdefault(place, []).append(finding)
    return {
        f.span
        for group in groups.values()
        if len(group) > 1 and sum(_amount(f).sek for f in group) in ties
        for f in group
    }


def _speaks_of_the_grant(material: Material, finding: Finding, decided: Sequence[Finding]) -> bool:
    """Whether the words before a sum call it the grant, or a label does: `Beviljat  42 000 kr`.

    A rent is the grant where the decision is about one, else it is what somebody pays for rooms.
    """
    said = _before(material, finding)
    calls = any(
        not name["rent"] or any(RENT.search(_before(material, f)) for f in decided)
        for name in THE_GRANT.finditer(said)
    )
    return bool(calls or GRANTS.search(said) or LABELLED.search(said))


def _before(material: Material, finding: Finding) -> str:
    return material.outline.prose[material.outline.sentence(finding.span).start : finding.span.start]


def _cells_untied(
    mentions: Sequence[Mention], decided: Sequence[Finding], sums: Sequence[PartedSum]
) -> set[Span]:
    """The rows of columns, read as a whole, that come to nothing that is decided, and of which one row is the
    decided sum: who pays what of the whole, not who is given what."""
    seks = {_amount(f).sek for f in decided}
    ties = ties_of(decided) if decided else set()
    found: set[Span] = set()
    for one in sums:
        own = [part for part in one.parts if part.sek in seks]
        if own and one.whole and one.sek not in ties and not GIVEN.search(one.parts[0].heading):
            found |= {m.span for m in (*one.parts, one.total) if m and m.sek not in seks}
    bare = {mention.span for mention in mentions if mention.bare}
    return found & bare


def _amount(finding: Finding) -> Amount:
    assert isinstance(finding.value, Amount)
    return finding.value
