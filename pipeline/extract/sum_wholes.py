"""Sums as parts and totals of others: the rows of a total, a part of its whole, the total of grants."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import accumulate

from pipeline.extract.nlp import Material
from pipeline.extract.sum_asides import OPERATIVE, decisions, ties_of
from pipeline.extract.sum_clauses import GRANTS
from pipeline.extract.sum_financing import is_committed, payers_of_rows
from pipeline.extract.sum_mentions import Mention
from pipeline.extract.sum_parts import PartedSum, crossing, totals_of_rows
from pipeline.model import Amount, Finding, Span

PART_CUE = "varav"
TOTAL_CUE = "sammanlagt"
PAYER_CUE = "finansierar"
CONSEQUENCES = ("economy", "consequences")
COMMITTING = (*OPERATIVE, "economy", "term")


def as_their_payers(material: Material, mentions: list[Mention], found: list[Finding]) -> list[Finding]:
    """The findings; in a table of who pays what the rows of the public party are its money, if tied to what
    it decides, and no others are."""
    payers = payers_of_rows(material, mentions)
    if not payers:
        return found
    decided = decisions(found)
    ties = ties_of(decided) if decided else None
    rows = {mention.span: mention for mention in mentions}
    wholes = totals_of_rows(mentions)
    out = []
    for f in found:
        said, value = payers.get(f.span), _amount(f)
        if said == "public" and is_committed(rows[f.span], f.place) and (ties is None or value.sek in ties):
            cue = TOTAL_CUE if f.span in wholes else PAYER_CUE
            out.append(replace(f, value=replace(value, kind="funding"), cue=cue))
        else:
            out.append(of_no_commitment(f) if said == "other" else f)
    return out


def as_their_whole(material: Material, seen: Iterable[Finding]) -> Iterator[Finding]:
    """The findings; a part right after its whole in a sentence is no grant where the whole is none:
    `underskott på 7 mnkr, varav 5 mnkr avser lokaler`."""
    whole: Finding | None = None
    for finding in seen:
        part = of_no_commitment(finding) if _is_mere_part(material, whole, finding) else finding
        whole = part
        yield part


def _is_mere_part(material: Material, whole: Finding | None, part: Finding) -> bool:
    """Whether a sum is called a part of one that is no grant, and isn't said to be granted itself."""
    if whole is None or part.cue != PART_CUE or _amount(whole).kind != "other":
        return False
    sentence = material.outline.sentence(part.span)
    said = material.outline.prose[whole.span.end : sentence.end]
    return whole.span in sentence and not GRANTS.search(said)


def flagged(finding: Finding, wrong: set[Span]) -> Finding:
    return replace(finding, flags=(*finding.flags, "sum_mismatch")) if finding.span in wrong else finding


def with_parts(found: list[Finding], sums: list[PartedSum], mentions: list[Mention]) -> list[Finding]:
    """The sums, those of a table funding too where their total is what the decision or contract grants."""
    written = [
        f
        for f in found
        if f.rule == "amount_written" and (f.place in COMMITTING or "kind_assumed" not in f.flags)
    ]
    decided = {_amount(f).sek for f in written if _amount(f).kind == "funding"}
    parts = {
        mention.span
        for one in sums
        if one.sek in decided and (one.agrees or (one.total is None and one.whole))
        for mention in (*one.parts, one.total)
        if mention
    }
    parts |= crossing(mentions, parts)
    parts |= _costs_of_grants(written)
    return [replace(f, value=replace(_amount(f), kind="funding")) if f.span in parts else f for f in found]


def with_totals(found: list[Finding]) -> list[Finding]:
    """The sums; one that is called the total of the grants right above it is granted too."""
    granted: list[Decimal] = []
    out: list[Finding] = []
    for f in found:
        value = _amount(f)
        if f.cue == TOTAL_CUE and value.kind == "other" and value.sek in _ends(granted):
            value = replace(value, kind="funding")
        granted = [*granted, value.sek] if value.kind == "funding" else granted
        out.append(replace(f, value=value))
    return out


def _ends(sums: list[Decimal]) -> set[Decimal]:
    """What the last two of some sums come to, the last three, and so on."""
    last = list(accumulate(reversed(sums)))
    return set(last[1:])


def _costs_of_grants(written: list[Finding]) -> set[Span]:
    """What the grants of one year cost, told among the consequences: their total, and so granted too."""
    granted: dict[int, list[Decimal]] = {}
    for finding in written:
        value = _amount(finding)
        if value.kind == "funding" and value.year and not value.frequency and finding.place in OPERATIVE:
            granted.setdefault(value.year, []).append(value.sek)
    totals = {(year, sum(sums)) for year, sums in granted.items() if len(sums) > 1}
    told = [f for f in written if f.place in CONSEQUENCES and not _amount(f).frequency]
    return {f.span for f in told if (_amount(f).year, _amount(f).sek) in totals}


def of_no_commitment(finding: Finding) -> Finding:
    """The same sum in a document that commits the public party to nothing."""
    if _amount(finding).kind != "funding":
        return finding
    return replace(finding, value=replace(_amount(finding), kind="other", payer="", payee=""))


def _amount(finding: Finding) -> Amount:
    assert isinstance(finding.value, Amount)
    return finding.value
