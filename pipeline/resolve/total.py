"""What the public party commits over the period: the stated total, or the one that its parts allow.

Nothing is guessed: a yearly sum is multiplied only by whole years, sums per year add up only when they cover
every year of the period. Where parts and a stated total disagree, the record has the sum of the parts, since
those are what is paid, and is flagged.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipeline.model import Amount, Choice, Finding
from pipeline.resolve.contradictions import contradicting, words_against_digits
from pipeline.resolve.period import GoverningPeriod

TOTAL_CUE = re.compile(r"sammanlag|total|summa|tillsammans|\bhela\b.{0,12}(?:tid|period|avtal)", re.I)
TIMES_CUE = re.compile(r"(\d+) ×")
PART_CUE = "varav"
DECIDED = ("minutes", "decision")
DECISION_PLACES = ("decision", "proposal", "grants")
GRANTED = "granted_total"  # see `extract/granted_totals.py`
INSTALMENT = "per "  # begins the cue of a sum that is paid for each part of a year
PARTS_OF_YEAR = {"kvartal": 4, "tertial": 3, "halvår": 2, "termin": 2}
MONTHS_OF_PART = {"kvartal": 3, "tertial": 4, "halvår": 6}  # a term or a season has no months of its own
POINTS = "points_total"  # see `extract/point_totals.py`
BY_POINTS = ("only_sum", "multiple_of_part", "sum_of_years")  # rules that see equal sums once
PRICE_CUE = re.compile(r"pris", re.I)


@dataclass(frozen=True)
class _Sum:
    """A total with the findings that it rests on and the rule that made it."""

    sek: Decimal
    rule: str
    parts: tuple[Finding, ...]


def committed_total(
    findings: Sequence[Finding], document_type: str, period: GoverningPeriod
) -> tuple[Choice, tuple[str, ...]]:
    """The choice of `amount_total_sek`, empty when it can't be known, and the doubts about it."""
    funding = [f for f in findings if isinstance(f.value, Amount) and f.value.kind == "funding"]
    beside = contradicting(funding, document_type)
    losers = {*beside, *words_against_digits(funding)}
    pool = _operative([f for f in funding if f not in losers], document_type)
    doubts = ["amount_conflict"] if losers else []
    if any("sum_mismatch" in f.flags for f in funding):
        doubts.append("sum_mismatch")
    total = _granted(findings, pool)
    if total is None:
        stated = _stated(pool, period)
        total = _computed([f for f in pool if f not in stated], period)
        if stated and len({_amount(f).sek for f in stated}) > 1:
            doubts.append("amount_conflict")
        named = stated and TOTAL_CUE.search(stated[0].cue)
        if named and total and _disagree(total, _amount(stated[0]).sek):
            doubts.append("sum_mismatch")
        elif stated:
            total = _Sum(_amount(stated[0]).sek, "stated_total", (stated[0],))
    elif _said_otherwise(pool, total):
        doubts.append("sum_mismatch")
    total = _of_points(findings, pool, total)
    if total and total.rule.endswith("_times_period") and _has_price_list(findings):
        total = None  # what is bought by the piece comes to it
    return _choice(total, funding, findings), tuple(dict.fromkeys(doubts))


def _operative(funding: Sequence[Finding], document_type: str) -> list[Finding]:
    """The sums of the decision points where a decision has any, else all."""
    if document_type != "agreement":
        decided = [f for f in funding if f.place in DECISION_PLACES]
        if document_type in DECIDED and any(f.place == "decision" for f in decided):
            decided = [f for f in decided if f.place != "proposal"]  # what was proposed and then decided
        if decided:
            return decided
    return list(funding)


def _granted(findings: Sequence[Finding], pool: Sequence[Finding]) -> _Sum | None:
    """What the rows of the one table of grants add up to; of several columns, where each is for another year
    or a stated sum confirms them."""
    tables = [f for f in findings if f.kind == GRANTED]
    rows = tuple(f for f in pool if f.rule.startswith("amount_cell"))
    if not tables or not any(_amount(f).kind == "funding" for f in findings if isinstance(f.value, Amount)):
        return None
    sek = sum((Decimal(str(f.value)) for f in tables), Decimal(0))
    written = {_amount(f).sek for f in pool if f.rule.startswith("amount_written")}
    if _is_part_of_more(pool, tables, sek):
        return None
    years = {f.cue for f in tables if f.cue}
    if len(tables) > 1 and len(years) < len(tables) and sek not in written:
        return None
    return _Sum(sek, "table_sum", rows or tuple(pool))


def _is_part_of_more(pool: Sequence[Finding], tables: Sequence[Finding], sek: Decimal) -> bool:
    """Whether a stated total is more than the tables come to, and more is granted outside them."""
    more = [f for f in pool if not any(f.span.overlaps(table.span) for table in tables)]
    stated = {_amount(f).sek for f in more if TOTAL_CUE.search(f.cue)}
    return any(total > sek for total in stated) and any(_amount(f).sek not in {sek, *stated} for f in more)


def _of_points(findings: Sequence[Finding], pool: Sequence[Finding], total: _Sum | None) -> _Sum | None:
    """What the points of the decision add up to, where the sums alone tell no total or hide equal ones."""
    points = next((f for f in findings if f.kind == POINTS), None)
    if points is None or (total and total.rule not in BY_POINTS):
        return total
    return _Sum(Decimal(str(points.value)), "points_sum", tuple(pool))


def _has_price_list(findings: Sequence[Finding]) -> bool:
    """Whether a table names prices of pieces."""
    amounts = [f for f in findings if isinstance(f.value, Amount) and not _amount(f).frequency]
    cells = [f for f in amounts if f.rule.startswith("amount_cell")]
    return sum(bool(PRICE_CUE.fullmatch(f.cue)) for f in cells) > 1


def _said_otherwise(pool: Sequence[Finding], total: _Sum) -> bool:
    """Whether a sentence calls another sum the total of what the table grants."""
    said = [f for f in pool if f.rule.startswith("amount_written") and TOTAL_CUE.search(f.cue)]
    return any(_amount(f).sek != total.sek and not _amount(f).frequency for f in said)


def _stated(pool: Sequence[Finding], period: GoverningPeriod) -> list[Finding]:
    """Sums that the text calls a total, or that others of the pool add up or multiply to."""
    plain = [f for f in pool if not _amount(f).frequency]
    named = [f for f in plain if TOTAL_CUE.search(f.cue)]
    if len({_amount(f).year for f in named} - {None}) > 1:
        named = [f for f in named if _amount(f).year is None]
    if named:
        named.sort(key=lambda f: (-_amount(f).sek, f.span))
        below = {_amount(f).sek for f in named[1:]}
        return named[:1] if sum(below, Decimal(0)) == _amount(named[0]).sek else named
    for total in sorted(plain, key=lambda f: -_amount(f).sek):
        if _is_made_of([f for f in pool if f is not total], _amount(total).sek, period):
            return [total]
    return []


def _is_made_of(rest: Sequence[Finding], total: Decimal, period: GoverningPeriod) -> bool:
    """Whether sums with a frequency give the total over the period, or two parts and more add up to it."""
    for frequency in ("year", "month"):
        running = _by_frequency([f for f in rest if _amount(f).frequency in (frequency, "once")], period)
        if running is not None and running.sek == total:
            return True
    parts = [_amount(f).sek for f in rest if not _amount(f).frequency]
    return len(parts) > 1 and sum(parts, Decimal(0)) == total


def _computed(parts: Sequence[Finding], period: GoverningPeriod) -> _Sum | None:
    whole = [f for f in parts if f.cue != PART_CUE or _amount(f).year is not None]
    yearly = {_amount(f).sek for f in whole if _amount(f).frequency == "year"}
    whole = [f for f in whole if _each_year(f) not in yearly]  # a yearly sum, told by its parts
    if any(f.cue.startswith(INSTALMENT) for f in whole):
        return _by_instalments(whole, period)
    if _is_partly_dated(whole):
        return None
    for rule in (_by_count, _by_year, _by_frequency, _single):
        total = rule(whole, period)
        if total:
            return total
    return None


def _each_year(part: Finding) -> Decimal | None:
    """What an instalment comes to in a year; None for any other sum."""
    times = PARTS_OF_YEAR.get(part.cue.removeprefix(INSTALMENT), 0)
    return _amount(part).sek * times if times else None


def _is_partly_dated(parts: Sequence[Finding]) -> bool:
    """Whether sums of single years stand beside a yearly one that is none of them, nor is it whole months of
    it, for years of its own that aren't told here."""
    dated = {_amount(f).sek for f in parts if _amount(f).year is not None and not _amount(f).frequency}
    yearly = {_amount(f).sek for f in parts if _amount(f).year is None and _amount(f).frequency == "year"}
    months = {sek for sek in dated for year in yearly if sek < year and sek * 12 % year == 0}
    return bool(dated - months and yearly) and not dated & yearly and sum(dated) not in yearly


def _by_count(parts: Sequence[Finding], period: GoverningPeriod) -> _Sum | None:
    """One sum that is meant so many times: `2 × 315 000 kr`."""
    counted = [(f, int(times[1])) for f in parts if (times := TIMES_CUE.match(f.cue))]
    if len(counted) != 1 or any(_amount(f).sek != _amount(counted[0][0]).sek for f in parts):
        return None
    finding, count = counted[0]
    return _Sum(_amount(finding).sek * count, "times_stated", (finding,))


def _by_instalments(parts: Sequence[Finding], period: GoverningPeriod) -> _Sum | None:
    """One sum that is paid for each quarter or half of the period; unknown beside other sums."""
    months = MONTHS_OF_PART.get(parts[0].cue.removeprefix(INSTALMENT), 0)
    if len({_amount(f).sek for f in parts}) > 1 or not months or not period.months or period.months % months:
        return None
    return _Sum(_amount(parts[0]).sek * (period.months // months), "instalments_times_period", tuple(parts))


def _by_year(parts: Sequence[Finding], period: GoverningPeriod) -> _Sum | None:
    """Sums tied to calendar years, when they cover every year of the period."""
    years: dict[int, set[Decimal]] = defaultdict(set)
    used = []
    for finding in parts:
        amount = _amount(finding)
        if amount.year is not None and amount.frequency != "month":
            years[amount.year].add(amount.sek)
            used.append(finding)
    if not years or (period.calendar_years and not period.calendar_years <= years.keys()):
        return None
    if any(len(sums) > 1 for sums in years.values()) and not all(f.place == "grants" for f in used):
        return None
    if _has_more(parts, used):
        return None
    sums = (
        sek
        for year, seks in years.items()
        if not period.period or year in period.calendar_years
        for sek in seks
    )
    return _Sum(sum(sums, Decimal(0)), "sum_of_years", tuple(used))


def _has_more(parts: Sequence[Finding], dated: Sequence[Finding]) -> bool:
    """Whether another sum without a year is more than the dated ones say again, add up to, or are paid in."""
    whole = sum({_amount(f).sek for f in dated}, Decimal(0))
    seks = {_amount(f).sek for f in dated}
    plain = {_amount(f).sek for f in parts if _amount(f).year is None and not _amount(f).frequency}
    rest = plain - seks - {whole}
    if sum(rest) <= whole or sum(rest) in seks:
        return False
    return not all(any(sek % one == 0 for sek in {whole, *seks}) for one in rest)


def _by_frequency(parts: Sequence[Finding], period: GoverningPeriod) -> _Sum | None:
    """A yearly or monthly sum times the length of the period, and single sums beside it."""
    single = [f for f in parts if _amount(f).frequency == "once"]
    once = sum((_amount(f).sek for f in single), Decimal(0))
    for frequency, length in (("year", period.years), ("month", period.months)):
        running = [f for f in parts if _amount(f).frequency == frequency]
        each = _running_sum({_amount(f).sek for f in running})
        if length and each:
            if _is_beside(parts, each, length):
                return None
            sek = each * length + once
            return _Sum(sek, f"{frequency}ly_times_period", (*running, *single))
    return None


def _is_beside(parts: Sequence[Finding], each: Decimal, length: int) -> bool:
    """Whether a sum without year and frequency is neither a part of the one that is paid each time nor made
    of it, and smaller than what it comes to: paid once, perhaps."""
    plain = {_amount(f).sek for f in parts if _amount(f).year is None and not _amount(f).frequency}
    return any(each % sek and sek % each and sek < each * length for sek in plain)


def _running_sum(sums: set[Decimal]) -> Decimal | None:
    """What is paid each time: the one sum, or the total of all others (`480 + 120 = 600 tkr per år`)."""
    most = max(sums, default=None)
    if most is None or len(sums) == 1:
        return most
    return most if len(sums) > 2 and sum(sums) == 2 * most else None


def _single(parts: Sequence[Finding], period: GoverningPeriod) -> _Sum | None:
    """One sum and nothing beside it, or a part and its multiple."""
    plain = [f for f in parts if _amount(f).frequency in ("", "once") and _amount(f).year is None]
    if len(plain) != len(parts):
        return None
    sums = sorted({_amount(f).sek for f in plain}, reverse=True)
    if len(sums) == 1:
        return _Sum(sums[0], "only_sum", tuple(plain))
    if len(sums) == 2 and sums[0] == sums[1] * round(sums[0] / sums[1]) and sums[0] <= 12 * sums[1]:
        return _Sum(sums[0], "multiple_of_part", tuple(plain))
    return None


def _disagree(computed: _Sum, stated: Decimal) -> bool:
    # Equal sums of a grant table are listed once, so its parts may add up to less than the total.
    if computed.rule == "sum_of_years" and len({_amount(f).year for f in computed.parts}) == 1:
        return computed.sek > stated
    return computed.rule not in ("only_sum", "multiple_of_part") and computed.sek != stated


def _choice(total: _Sum | None, funding: Sequence[Finding], findings: Sequence[Finding]) -> Choice:
    winners = total.parts if total else ()
    losers = [(f, "not part of the total") for f in funding if f not in winners]
    losers += [
        (f, "not money that this document commits")
        for f in findings
        if isinstance(f.value, Amount) and f.value.kind == "other"
    ]
    text = format(total.sek.normalize(), "f") if total else ""
    return Choice("amount_total_sek", text, total.rule if total else "not_known", winners, tuple(losers))


def _amount(finding: Finding) -> Amount:
    assert isinstance(finding.value, Amount)
    return finding.value
