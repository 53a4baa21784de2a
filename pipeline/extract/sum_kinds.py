"""What each mention of a sum is for, and for which year, how often, from whom to whom.

`funding` is what the public party commits by this document; everything else that is money is `other`. The
verbs beside a sum, the place it stands in and the heading of its column decide; see `data/amount_*.tsv`.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from pipeline.extract.forgiving import cues, cues_in
from pipeline.extract.naming import is_body_word, one_line
from pipeline.extract.nlp import Material
from pipeline.extract.payers import another_pays, commits_nothing, who_pays
from pipeline.extract.places import priors
from pipeline.extract.sum_asides import OPERATIVE, aside, decisions, ties_of
from pipeline.extract.sum_clauses import GRANTS, clause_of, is_former, place_of, to_the_point, with_lead
from pipeline.extract.sum_context import (
    frequency,
    heading_frequency,
    heading_year,
    is_piece_price,
    payee,
    payer,
    share_of,
    times,
    year_of,
)
from pipeline.extract.sum_financing import is_committed, payers_of_rows
from pipeline.extract.sum_mentions import Mention, sum_mentions
from pipeline.extract.sum_parts import PartedSum, crossing, parted_sums
from pipeline.extract.table_cells import TOTAL_LABEL
from pipeline.extract.weighing import Verdict, weigh
from pipeline.model import Amount, Finding, Span

AMOUNT = "amount"  # the kind of the findings
NEIGHBOURS = 12  # sums on either side that may part a clause
PART_CUE = "varav"
PAYER_CUE = "finansierar"
CONSEQUENCES = ("economy", "consequences")
COMMITTING = (*OPERATIVE, "economy", "term")
# A line of running text above a table, not a caption: it goes on with a sentence, or holds the end of one.
RUNNING = re.compile(r"^\s*[a-zåäö]{4}|[a-zåäö]{3}[.!?]\s+[A-ZÅÄÖ]")
PAYER_WEIGHTS = {"public": {"funding": 3.0}, "other": {"other": 8.0}}


def judged(material: Material) -> tuple[list[Finding], list[PartedSum]]:
    """Every mention of a sum with its kind, and the sums of the tables."""
    mentions = sorted(sum_mentions(material), key=lambda mention: mention.span)
    sums = parted_sums(material, mentions)
    wrong = {one.total.span for one in sums if one.total and one.disagrees}
    seen = (
        _finding(material, mention, mentions[max(0, i - NEIGHBOURS) : i + NEIGHBOURS + 1])
        for i, mention in enumerate(mentions)
    )
    first = [finding for finding in seen if finding is not None]
    nothing = commits_nothing(material)
    aside_ = {f.span for f in first} if nothing else aside(material, mentions, first, sums)
    first = [_of_no_commitment(f) if f.span in aside_ else f for f in first]
    first = first if nothing else _as_their_payers(material, mentions, first)
    found = [_flagged(finding, wrong) for finding in _as_their_whole(material, first)]
    return (found if nothing else _with_parts(found, sums, mentions)), sums


def _as_their_payers(material: Material, mentions: list[Mention], found: list[Finding]) -> list[Finding]:
    """The findings; in a table of who pays what the rows of the public party are its money, if tied to what
    it decides, and no others are."""
    payers = payers_of_rows(material, mentions)
    if not payers:
        return found
    decided = decisions(found)
    ties = ties_of(decided) if decided else None
    rows = {mention.span: mention for mention in mentions}
    out = []
    for f in found:
        said, value = payers.get(f.span), _amount(f)
        if said == "public" and is_committed(rows[f.span], f.place) and (ties is None or value.sek in ties):
            out.append(replace(f, value=replace(value, kind="funding"), cue=PAYER_CUE))
        else:
            out.append(_of_no_commitment(f) if said == "other" else f)
    return out


def _as_their_whole(material: Material, seen: Iterable[Finding]) -> Iterator[Finding]:
    """The findings; a part right after its whole in a sentence is no grant where the whole is none:
    `underskott på 7 mnkr, varav 5 mnkr avser lokaler`."""
    whole: Finding | None = None
    for finding in seen:
        part = _of_no_commitment(finding) if _is_mere_part(material, whole, finding) else finding
        whole = part
        yield part


def _is_mere_part(material: Material, whole: Finding | None, part: Finding) -> bool:
    """Whether a sum is called a part of one that is no grant, and isn't said to be granted itself."""
    if whole is None or part.cue != PART_CUE or _amount(whole).kind != "other":
        return False
    sentence = material.outline.sentence(part.span)
    said = material.outline.prose[whole.span.end : sentence.end]
    return whole.span in sentence and not GRANTS.search(said)


def _flagged(finding: Finding, wrong: set[Span]) -> Finding:
    return replace(finding, flags=(*finding.flags, "sum_mismatch")) if finding.span in wrong else finding


def _with_parts(found: list[Finding], sums: list[PartedSum], mentions: list[Mention]) -> list[Finding]:
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


def _of_no_commitment(finding: Finding) -> Finding:
    """The same sum in a document that commits the public party to nothing."""
    if _amount(finding).kind != "funding":
        return finding
    return replace(finding, value=replace(_amount(finding), kind="other", payer="", payee=""))


def _finding(material: Material, mention: Mention, mentions: list[Mention]) -> Finding | None:
    text, span = material.outline.prose, mention.span
    if _is_no_money(text, span):
        return None
    own = to_the_point(text, material.outline.sentence(span), span)
    sentence = with_lead(material, own)
    said = "" if mention.bare else place_of(text, own, sentence, span)
    place = said or material.outline.topic_at(_start(material, mention))
    others = [other.span for other in mentions if other is not mention and other.span in sentence]
    clause = clause_of(text, own, span, others)
    payers = who_pays(text, clause, span) if not mention.bare else ""
    if payers != "other" and another_pays(material, clause, span):
        payers = "other"
    verdict = _kind(material, mention, sentence, place, others, payers)
    often = frequency(text, clause, span) or heading_frequency(
        f"{mention.heading} {mention.label if mention.heading else ''}"
    )
    often = often or _lead_frequency(material, own, sentence)
    often = often or (_caption_frequency(material, mention) if mention.bare else "")
    year = year_of(text, clause, span) if not mention.bare else None
    if mention.heading and year is None:
        year = heading_year(mention.heading) or heading_year(mention.label)
        year = year or heading_year(_own_caption(material, mention))
    kind = verdict.kind if verdict and (verdict.cue or payers or place in OPERATIVE) else "other"
    if _is_of_an_earlier_year(mention) or is_former(text, span) or is_piece_price(text, clause, span):
        kind = "other"
    names = _bodies(text, clause, mention) if kind == "funding" else ("", "")
    flags = mention.flags if verdict and verdict.cue else (*mention.flags, "kind_assumed")
    return Finding(
        AMOUNT,
        span,
        Amount(kind, mention.sek, year, often, *names),
        _confidence(material, mention, verdict),
        "amount_cell" if mention.bare else "amount_written",
        tuple(dict.fromkeys(flags)),
        place,
        share_of(text, clause, span, mention.label) or times(text, span) or _cue(verdict),
    )


def _lead_frequency(material: Material, own: Span, sentence: Span) -> str:
    """The frequency that the line leading to a list names for all its items: `betalar årligen följande:`."""
    if sentence.start >= own.start:
        return ""
    lead = material.outline.sentence(Span(sentence.start, sentence.start + 1))
    words = material.outline.prose[lead.start : lead.end].rstrip()
    return heading_frequency(words) if words.endswith(":") and lead.end <= own.start else ""


def _caption_frequency(material: Material, mention: Mention) -> str:
    """The frequency that the caption of a table names for all its rows: `Fördelning (kr per år)`."""
    caption = _own_caption(material, mention).rstrip()
    return "" if caption.endswith(".") or re.search(r"\d", caption) else heading_frequency(caption)


def _own_caption(material: Material, mention: Mention) -> str:
    """The line right above a table; the heading of its section may be that of the whole document."""
    first = mention.column[0]
    above = material.outline.lines[first - 1].span if first > 0 else Span(0, 0)
    own = material.text[above.start : above.end] == mention.caption and not RUNNING.search(mention.caption)
    return mention.caption if own else ""


def _bodies(text: str, clause: Span, mention: Mention) -> tuple[str, str]:
    """Payer and payee as the clause names them; in a table the body that the row is about."""
    if mention.bare:
        label = one_line(re.sub(r"^\d+[.)]?\s+", "", mention.label))
        named = any(is_body_word(word) for word in label.split()) and not TOTAL_LABEL.search(label)
        return "", label if named else ""
    return payer(text, clause, mention.span), payee(text, clause, mention.span)


def _is_of_an_earlier_year(mention: Mention) -> bool:
    """Whether a column is there to compare with: it names a year before the one that the table is for."""
    of_table, of_column = heading_year(mention.caption), heading_year(mention.heading)
    return of_table is not None and of_column is not None and of_column < of_table


def _cue(verdict: Verdict | None) -> str:
    """The wording that decided the kind, unless it is that of a total, which is another sum's."""
    return "" if verdict is None or TOTAL_LABEL.search(verdict.cue) else verdict.cue


def _start(material: Material, mention: Mention) -> int:
    """Where the thing begins that a sum stands in: its table, whose headings are no heading of a section."""
    first = mention.column[0] if mention.bare else -1
    return max(0, material.outline.lines[first].span.start - 1) if first >= 0 else mention.span.start


def _is_no_money(text: str, span: Span) -> bool:
    """`10 kr/km` is, `prisbasbelopp` isn't; nor what is said of another currency in brackets."""
    return bool(re.match(r"\s*(?:prisbasbelopp|basbelopp)", text[span.end : span.end + 20]))


def _kind(
    material: Material, mention: Mention, sentence: Span, place: str, others: list[Span], payers: str
) -> Verdict | None:
    """The kind by its column where it stands in a table, else by its sentence."""
    if mention.heading or mention.bare:
        table = [cue for cue in cues("amount_columns") if cue.kind != "not"]
        label = "" if mention.heading and TOTAL_LABEL.search(mention.label) else mention.label
        for words in (f"{label} {mention.heading}", f"{mention.caption} {label} {mention.heading}"):
            end = Span(len(words), len(words))
            verdict = weigh(words, Span(0, len(words)), end, table, priors("amount_places", place))
            if verdict is not None and verdict.cue:
                return verdict
        if mention.bare:
            return verdict
    weights = dict(priors("amount_places", place))
    for kind, weight in PAYER_WEIGHTS.get(payers, {}).items():
        weights[kind] = weights.get(kind, 0.0) + weight
    found = cues_in("amount_cues", material.text)
    return weigh(material.text, sentence, mention.span, found, weights, others)


def _confidence(material: Material, mention: Mention, verdict: Verdict | None) -> float:
    confidence = 0.6 if verdict is None else 0.7 if verdict.lead < 1 else 0.85 if verdict.lead < 3 else 0.93
    if mention.bare:
        confidence -= 0.05
    if {"digits_repaired", "words_digits_conflict"} & set(mention.flags):
        confidence -= 0.15
    seen = [w.confidence for w in material.reading.words_in(mention.span) if w.confidence is not None]
    if seen and min(seen) < 0.5:
        confidence -= 0.1
    return round(max(0.1, confidence), 2)


def _amount(finding: Finding) -> Amount:
    assert isinstance(finding.value, Amount)
    return finding.value
