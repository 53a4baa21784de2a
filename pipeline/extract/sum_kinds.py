"""What each mention of a sum is for, and for which year, how often, from whom to whom.

`funding` is what the public party commits by this document; everything else that is money is `other`. The
verbs beside a sum, the place it stands in and the heading of its column decide; see `data/amount_*.tsv`.
"""

import re

from pipeline.extract.forgiving import cues, cues_in
from pipeline.extract.naming import is_body_word, one_line
from pipeline.extract.nlp import Material
from pipeline.extract.payers import another_pays, commits_nothing, who_pays
from pipeline.extract.places import priors
from pipeline.extract.sum_asides import OPERATIVE, aside
from pipeline.extract.sum_clauses import (
    clause_of,
    is_condition,
    is_former,
    place_of,
    to_the_point,
    with_lead,
    without_asides,
)
from pipeline.extract.sum_context import (
    frequency,
    heading_frequency,
    heading_year,
    instalment,
    is_piece_price,
    payee,
    payer,
    share_of,
    times,
    year_of,
)
from pipeline.extract.sum_mentions import Mention, sum_mentions
from pipeline.extract.sum_parts import PartedSum, parted_sums
from pipeline.extract.sum_prices import is_list_price
from pipeline.extract.sum_wholes import (
    as_their_payers,
    as_their_whole,
    flagged,
    of_no_commitment,
    with_parts,
    with_totals,
)
from pipeline.extract.table_cells import TOTAL_LABEL
from pipeline.extract.weighing import Verdict, weigh
from pipeline.model import Amount, Finding, Span

AMOUNT = "amount"  # the kind of the findings
NEIGHBOURS = 12  # sums on either side that may part a clause
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
    beside = {f.span for f in first} if nothing else aside(material, mentions, first, sums)
    first = [of_no_commitment(f) if f.span in beside else f for f in first]
    first = first if nothing else as_their_payers(material, mentions, first)
    found = [flagged(finding, wrong) for finding in as_their_whole(material, first)]
    return (found if nothing else with_totals(with_parts(found, sums, mentions))), sums


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
    if mention.column[0] >= 0 and not mention.heading and year is None:
        year = heading_year(_own_caption(material, mention))
    kind = verdict.kind if verdict and (verdict.cue or payers or place in OPERATIVE) else "other"
    if _is_of_an_earlier_year(mention) or is_former(text, span) or is_piece_price(text, clause, span):
        kind = "other"
    if payers == "other" and is_condition(text, span):
        kind = "other"
    if kind == "funding" and year is None and not often and is_list_price(material, mention):
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
        share_of(text, clause, span, mention.label)
        or times(text, span)
        or instalment(text, clause, span)
        or _cue(verdict),
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
    said, others = without_asides(material.text, sentence, mention.span, others)
    return weigh(said, sentence, mention.span, found, weights, others)


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
