"""Sums of money: what each is for, of which year, how often, from whom to whom.

`funding` is what the public party commits by this document; everything else that is money is `other`. The
verbs beside a sum, the place it stands in and the heading of its column decide; see `data/amount_*.tsv`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from pipeline.extract.forgiving import cues
from pipeline.extract.money import THOUSAND, Sum, sums
from pipeline.extract.nlp import Material
from pipeline.extract.outline import LIST_ITEM
from pipeline.extract.places import priors
from pipeline.extract.sum_context import (
    YEAR_AFTER,
    frequency,
    heading_frequency,
    heading_year,
    payee,
    payer,
    year_of,
)
from pipeline.extract.tables_in_text import FigureCell, blocks, figure_cells, heading_of
from pipeline.extract.weighing import Verdict, weigh
from pipeline.model import Amount, Finding, Span

KIND = "amount"

SMALLEST_BARE = 1000  # a bare figure below it is no sum unless a unit is named
LIST_LENGTH = 8
NEIGHBOURS = 12  # sums on either side that may part a clause
GROUPED = re.compile(r"\d[ \u00a0.]\d{3}")
CLAUSE_END = re.compile(
    r"[;]|,\s+(?=(?:sammanlagt|totalt|varav|samt|motsvarande)\b)|\boch\s+(?=\d)(?!(?:19|20)\d\d(?![ \d]\d))"
    r"|\bsamt\s+(?=\d)|,\s*(?=['’]?\d)"
)


@dataclass(frozen=True, slots=True)
class _Mention:
    """A sum where it stands, with the heading of its column where it stands in a table."""

    span: Span
    sek: Decimal
    heading: str = ""
    label: str = ""
    caption: str = ""
    flags: tuple[str, ...] = ()
    bare: bool = False


def find(material: Material) -> Iterator[Finding]:
    """One finding for each distinct kind, amount, year and frequency."""
    mentions = sorted(_mentions(material), key=lambda mention: mention.span)
    seen = (
        _finding(material, mention, mentions[max(0, i - NEIGHBOURS) : i + NEIGHBOURS + 1])
        for i, mention in enumerate(mentions)
    )
    settled = _settled([finding for finding in seen if finding is not None])
    best: dict[tuple[object, ...], Finding] = {}
    for finding in settled:
        value = _amount(finding)
        key = (value.kind, value.sek, value.year, value.frequency)
        known = best.get(key)
        if known is None:
            best[key] = finding
        else:
            better = finding if finding.confidence > known.confidence + 0.05 else known
            best[key] = replace(better, value=_with_bodies(_amount(better), _amount(known), value))
    yield from sorted(best.values(), key=lambda finding: finding.span)


def _with_bodies(amount: Amount, *others: Amount) -> Amount:
    payers = [other.payer for other in others if other.payer]
    payees = [other.payee for other in others if other.payee]
    return replace(
        amount, payer=amount.payer or "".join(payers[:1]), payee=amount.payee or "".join(payees[:1])
    )


def _mentions(material: Material) -> Iterator[_Mention]:
    written = _paired(material.text, [s for s in sums(material.text) if not _across_cells(material, s.span)])
    tables = blocks(material)
    for found, flags in written:
        heading, label, caption = heading_of(material, found.span, tables)
        yield _Mention(found.span, found.sek, heading, label, caption, flags)
    taken = {at for found, _ in written for at in range(found.span.start, found.span.end)}
    for cell in figure_cells(material, tables):
        if cell.span.start in taken or cell.span.end - 1 in taken:
            continue
        mention = _of_cell(material, cell)
        if mention is not None:
            yield mention


def _across_cells(material: Material, span: Span) -> bool:
    """A number that runs over a line end between rows of a table is two numbers."""
    if "\n" not in material.text[span.start : span.end]:
        return False
    first, last = material.outline.line_at(span.start), material.outline.line_at(span.end - 1)
    return len(first.cells) > 1 and len(last.cells) > 1


def _paired(text: str, written: list[Sum]) -> list[tuple[Sum, tuple[str, ...]]]:
    """A sum in words with the same in figures in brackets after it is stated once."""
    out: list[tuple[Sum, tuple[str, ...]]] = []
    for found in written:
        flags = _own_flags(found)
        if out:
            before, known = out[-1]
            between = text[before.span.end : found.span.start]
            if before.spelled_out != found.spelled_out and re.fullmatch(r"[\s,]*[(\[]\s*", between):
                whole = Span(before.span.start, found.span.end)
                figures = found if before.spelled_out else before
                clash = () if before.sek == found.sek else ("words_digits_conflict",)
                out[-1] = replace(figures, span=whole), tuple(dict.fromkeys((*known, *flags, *clash)))
                continue
        out.append((found, flags))
    return out


def _own_flags(found: Sum) -> tuple[str, ...]:
    flags = ["spelled_out"] if found.spelled_out else []
    return tuple([*flags, "digits_repaired"] if found.repaired else flags)


def _of_cell(material: Material, cell: FigureCell) -> _Mention | None:
    """The sum in a table's cell, or None where the column holds no money."""
    kind = weigh(
        cell.heading,
        Span(0, len(cell.heading)),
        Span(len(cell.heading), len(cell.heading)),
        cues("amount_columns"),
        {},
    )
    if kind is not None and kind.kind == "not" and not re.search(r"kr\b|belopp", cell.heading, re.IGNORECASE):
        return None
    written = material.text[cell.span.start : cell.span.end]
    if not cell.factor:
        money_column = kind is not None and kind.kind != "not"
        if not money_column or abs(cell.number) < SMALLEST_BARE or not GROUPED.search(written):
            return None
    if re.fullmatch(r"\D*(?:19|20)\d\d\D*", written) and not cell.heading:
        return None
    flags = ("thousands_assumed",) if cell.factor >= THOUSAND else ()
    sek = abs(cell.number) * (cell.factor or 1)
    if not sek:
        return None
    return _Mention(
        cell.span, sek.quantize(Decimal(1)) if sek == sek.to_integral_value() else sek,
        cell.heading, cell.label, cell.caption, flags, True,
    )  # fmt: skip


def _finding(material: Material, mention: _Mention, mentions: list[_Mention]) -> Finding | None:
    text, span = material.text, mention.span
    if _is_no_money(text, span):
        return None
    own = material.outline.sentence(span)
    sentence = _with_lead(material, own)
    place = material.outline.topic_at(span.start)
    others = [other.span for other in mentions if other is not mention and other.span in sentence]
    verdict = _kind(material, mention, sentence, place, others)
    clause = _clause(text, own, span, others)
    often = frequency(text, clause, span) or heading_frequency(
        f"{mention.heading} {mention.label if mention.heading else ''}"
    )
    year = year_of(text, clause, span) if not mention.bare else None
    if mention.heading and year is None:
        year = heading_year(mention.heading) or heading_year(mention.label) or heading_year(mention.caption)
    kind = verdict.kind if verdict else "other"
    names = (
        (payer(text, clause, span), payee(text, clause, span))
        if kind == "funding" and not mention.bare
        else ("", "")
    )
    flags = mention.flags if verdict and verdict.cue else (*mention.flags, "kind_assumed")
    return Finding(
        KIND,
        span,
        Amount(kind, mention.sek, year, often, *names),
        _confidence(material, mention, verdict),
        "amount_cell" if mention.bare else "amount_written",
        tuple(dict.fromkeys(flags)),
        place,
        verdict.cue if verdict else "",
    )


def _with_lead(material: Material, sentence: Span) -> Span:
    """An item of a list together with the line that leads to it: `Bidraget uppgår till`."""
    at, text = sentence.start, material.text
    for _ in range(LIST_LENGTH):
        before = text[:at].rstrip()
        if not before or before[-1] in ".!?" or text.count("\n", len(before), at) > 2:
            break
        if not LIST_ITEM.match(text[at : at + 40]) and text[at : at + 1].isupper():
            break
        at = material.outline.sentence(Span(len(before) - 1, len(before))).start
    return Span(at, sentence.end)


def _is_no_money(text: str, span: Span) -> bool:
    """`10 kr/km` is, `prisbasbelopp` isn't; nor what is said of another currency in brackets."""
    return bool(re.match(r"\s*(?:prisbasbelopp|basbelopp)", text[span.end : span.end + 20]))


def _kind(
    material: Material, mention: _Mention, sentence: Span, place: str, others: list[Span]
) -> Verdict | None:
    """The kind by its column where it stands in a table, else by its sentence."""
    if mention.heading or mention.bare:
        table = [cue for cue in cues("amount_columns") if cue.kind != "not"]
        for words in (
            f"{mention.label} {mention.heading}",
            f"{mention.caption} {mention.label} {mention.heading}",
        ):
            end = Span(len(words), len(words))
            verdict = weigh(words, Span(0, len(words)), end, table, priors("amount_places", place))
            if verdict is not None and verdict.cue:
                return verdict
        if mention.bare:
            return verdict
    return weigh(
        material.text, sentence, mention.span, cues("amount_cues"), priors("amount_places", place), others
    )


def _clause(text: str, sentence: Span, span: Span, others: list[Span]) -> Span:
    """The part of the sentence that speaks of this sum: between the sums before and after it."""
    ends = [other.end for other in others if sentence.start < other.end <= span.start]
    start = max(ends, default=sentence.start)
    end = min((other.start for other in others if other.start >= span.end), default=sentence.end)
    if start > sentence.start and (years := YEAR_AFTER.search(text[start : span.start])):
        start += years.end()
    for stop in CLAUSE_END.finditer(text, start, span.start):
        start = stop.end()
    if text[span.end - 1] == "." and re.match(r"\s+\W?[A-ZÅÄÖ]", text[span.end : end]):
        end = span.end
    stop_after = CLAUSE_END.search(text, span.end, end)
    return Span(start, stop_after.start() if stop_after else end)


def _confidence(material: Material, mention: _Mention, verdict: Verdict | None) -> float:
    confidence = 0.6 if verdict is None else 0.7 if verdict.lead < 1 else 0.85 if verdict.lead < 3 else 0.93
    if mention.bare:
        confidence -= 0.05
    if {"digits_repaired", "words_digits_conflict"} & set(mention.flags):
        confidence -= 0.15
    seen = [w.confidence for w in material.reading.words_in(mention.span) if w.confidence is not None]
    if seen and min(seen) < 0.5:
        confidence -= 0.1
    return round(max(0.1, confidence), 2)


def _settled(found: list[Finding]) -> list[Finding]:
    """A mention that says nothing about its kind, year or frequency is the one that does, said again."""
    known: dict[Decimal, list[Finding]] = {}
    for finding in found:
        known.setdefault(_amount(finding).sek, []).append(finding)
    out = []
    for finding in found:
        value = _amount(finding)
        same = [other for other in known[value.sek] if other is not finding]
        decided = [other for other in same if "kind_assumed" not in other.flags]
        if "kind_assumed" in finding.flags and decided and finding.rule == "amount_written":
            continue
        richer = [
            o
            for o in same
            if _amount(o).kind == value.kind and (_amount(o).year is not None or _amount(o).frequency)
        ]
        if value.year is None and not value.frequency and richer:
            continue
        out.append(finding)
    return out


def _amount(finding: Finding) -> Amount:
    assert isinstance(finding.value, Amount)
    return finding.value
