"""Whether a fact that was found, or a field of a record, is right by the gold facts of its document."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from rapidfuzz import fuzz

from pipeline.model import Amount, CaseNumber, Decision, Finding, OrgNumber, Party, Period, Person, Record
from pipeline.tables import FINDING_TABLES

SAME_NAME = 92
SAME_DECISION = 90
KEY_FIELDS = (
    "public_party",
    "counterparty",
    "public_org_number",
    "counterparty_org_number",
    "period_start",
    "period_end",
    "amount_total_sek",
)
Gold = Mapping[str, Any]


def right(finding: Finding, gold: Gold) -> bool:
    """Whether a row of a fact table is one of the gold facts, in every field that tells it from others."""
    if isinstance(finding.value, OrgNumber) and not finding.value.number:  # a personal number, masked
        return True
    return any(is_fact(finding, fact) for fact in facts_of(finding.kind, gold))


def facts_of(kind: str, gold: Gold) -> Sequence[Any]:
    """The gold facts of a kind."""
    return gold.get(FINDING_TABLES[kind]) or []


def is_fact(finding: Finding, fact: Any) -> bool:
    """Whether a finding is that gold fact of its kind."""
    match finding.value:
        case OrgNumber(number=number) | CaseNumber(number=number):
            return bool(number == fact)
        case Party(role=role, name=name, org_number=number):
            return (
                role == fact["role"]
                and same_name(name, fact["name"])
                and number in ("", fact.get("org_number"))
            )
        case Period(kind=kind, start=start, end=end):
            stated = (kind, start.isoformat(), end.isoformat() if end else "")
            return stated == (fact["kind"], fact["start"], fact["end"] or "")
        case Amount(kind=kind, sek=sek, year=year, frequency=frequency):
            known = (fact["kind"], Decimal(str(fact["amount_sek"])), fact["year"], fact["frequency"] or "")
            return (kind, sek, year, frequency) == known
        case Decision(status=status, text=text):
            alike = fuzz.ratio(folded(text), folded(fact["text"]))
            return status == fact["status"] and alike >= SAME_DECISION
        case Person(name=name, function=function):
            return same_name(name, fact["name"]) and function == fact["function"]
    raise TypeError(f"no table for a finding of kind {finding.kind}")


def right_field(field: str, record: Record, gold: Gold) -> bool:
    """Whether a key field of the record is what the gold facts say."""
    have = record.value(field)
    if field in ("period_start", "period_end"):
        return have == (gold["record"].get(field) or "")
    if field == "amount_total_sek":
        want = gold["record"].get(field)
        return have == "" if want is None else bool(have) and Decimal(have) == Decimal(str(want))
    role = "public" if field.startswith("public") else "counterparty"
    what = "org_number" if field.endswith("org_number") else "name"
    wanted = [p[what] for p in gold["parties"] if p["role"] == role and p.get(what)]
    found = [value for value in have.split("|") if value]
    same = same_name if what == "name" else str.__eq__
    return len(wanted) == len(found) and all(any(same(want, one) for one in found) for want in wanted)


def same_name(a: str, b: str) -> bool:
    """The same organisation or person as a careful reader would say, å, ä and ö included."""
    a, b = folded(a), folded(b)
    return bool(a and b) and (
        fuzz.ratio(a, b) >= SAME_NAME or (fuzz.token_set_ratio(a, b) >= 97 and min(len(a), len(b)) >= 5)
    )


def folded(text: str) -> str:
    return re.sub(r"[^\w]+", " ", text.lower()).strip()
