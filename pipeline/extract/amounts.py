"""Sums of money: one finding for each distinct kind, amount, year and frequency, as `sum_kinds.py` judges."""

from collections.abc import Iterator
from dataclasses import replace

from pipeline.extract.nlp import Material
from pipeline.extract.sum_kinds import judged
from pipeline.model import Amount, Finding

KIND = "amount"

DOUBTS = ("sum_mismatch", "words_digits_conflict")


def find(material: Material) -> Iterator[Finding]:
    """One finding for each distinct kind, amount, year and frequency."""
    found, _ = material.once(judged)
    yield from _distinct(_settled(found))


def _distinct(found: list[Finding]) -> list[Finding]:
    """Each kind, sum, year and frequency once, by its surest mention, with the doubts of all."""
    best: dict[tuple[object, ...], Finding] = {}
    for finding in found:
        value = _amount(finding)
        key = (value.kind, value.sek, value.year, value.frequency)
        known = best.get(key)
        if known is None:
            best[key] = finding
            continue
        better = finding if finding.confidence > known.confidence + 0.05 else known
        flags = dict.fromkeys((*better.flags, *(f for f in (*known.flags, *finding.flags) if f in DOUBTS)))
        bodies = _with_bodies(_amount(better), _amount(known), value)
        best[key] = replace(better, value=bodies, flags=tuple(flags))
    return sorted(best.values(), key=lambda finding: finding.span)


def _with_bodies(amount: Amount, *others: Amount) -> Amount:
    payers = [other.payer for other in others if other.payer]
    payees = [other.payee for other in others if other.payee]
    return replace(
        amount, payer=amount.payer or "".join(payers[:1]), payee=amount.payee or "".join(payees[:1])
    )


def _settled(found: list[Finding]) -> list[Finding]:
    """A mention that says nothing about its kind, year or frequency is the one that does, said again."""
    decided = {_amount(f).sek for f in found if "kind_assumed" not in f.flags}
    rich = {(_amount(f).sek, _amount(f).kind) for f in found if _is_rich(_amount(f))}
    return [
        f
        for f in found
        if not ("kind_assumed" in f.flags and f.rule == "amount_written" and _amount(f).sek in decided)
        and (_is_rich(_amount(f)) or (_amount(f).sek, _amount(f).kind) not in rich)
    ]


def _is_rich(amount: Amount) -> bool:
    return amount.year is not None or bool(amount.frequency)


def _amount(finding: Finding) -> Amount:
    assert isinstance(finding.value, Amount)
    return finding.value
