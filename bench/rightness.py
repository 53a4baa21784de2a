"""Whether a fact that was found, or a field of a record, is right by the gold facts of its document."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from rapidfuzz import fuzz

from pipeline.model import Amount, CaseNumber, Decision, Finding, OrgNumber, Party, Period, Person, Record

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
    value = finding.value
    match value:
        case OrgNumber():
            return not value.number or value.number in gold["org_numbers"]
        case Party():
            return any(_is_party(value, party) for party in gold["parties"])
        case Period():
            stated = (value.kind, value.start.isoformat(), value.end.isoformat() if value.end else "")
            return stated in [(p["kind"], p["start"], p["end"] or "") for p in gold["periods"]]
        case Amount():
            key = (value.kind, value.sek, str(value.year or ""), value.frequency)
            return key in [
                (a["kind"], Decimal(str(a["amount_sek"])), str(a["year"] or ""), a["frequency"] or "")
                for a in gold["amounts"]
            ]
        case CaseNumber():
            return value.number in gold["case_numbers"]
        case Decision():
            return any(
                value.status == d["status"]
                and fuzz.ratio(folded(value.text), folded(d["text"])) >= SAME_DECISION
                for d in gold["decisions"]
            )
        case Person():
            return any(
                same_name(value.name, p["name"]) and value.function == p["function"] for p in gold["persons"]
            )
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


def _is_party(party: Party, gold: Gold) -> bool:
    return (
        party.role == gold["role"]
        and same_name(party.name, gold["name"])
        and party.org_number in ("", gold.get("org_number"))
    )
