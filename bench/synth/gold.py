"""The gold of a document, in the form that the scorer reads, from what its writer noted."""

from typing import Any

from synth.layout import Family
from synth.writer import Writer

TYPES = {
    "iop": "agreement", "drift": "agreement", "hyra": "agreement", "upphandling": "agreement",
    "tillägg": "agreement",
    "skrivelse": "staff_report", "utdrag": "minutes", "protokoll": "minutes", "delegation": "decision",
    "bidrag": "decision", "avslag": "decision", "återkrav": "decision", "ansökan": "application",
    "rapport": "report", "brev": "other", "faktura": "other", "årsredovisning": "other", "engelska": "other",
    "norska": "other",
}  # fmt: skip
NAMED_AS_MUNICIPALITY = frozenset(["agreement", "report"])
COMMITS = frozenset(["agreement", "staff_report", "minutes", "decision"])


def facts(ident: str, kind: str, title: str, family: Family, writer: Writer) -> dict[str, Any]:
    """Gold facts; beside the scorer's `family`, `half`, `kind`, `flags` expected, `drawn` forms, `names`."""
    ledger, matter = writer.ledger, writer.matter
    document_type = TYPES[kind]
    agreement = [row for row in ledger.periods if row["kind"] == "agreement"]
    operative = next((row for row in agreement if _is_term(row, writer)), agreement[0] if agreement else None)
    if ledger.invalid and "mp" in ledger.printed:
        ledger.flag("org_number_conflict")  # the body has two numbers, one of them wrong
    return {
        "id": ident,
        "kind": kind,
        "family": family.name,
        "half": family.half,
        "document_type": document_type,
        "title": title,
        "municipality": matter.authority.short if "kommun" in ledger.named else None,
        "board": matter.authority.board if "nämnd" in ledger.named else None,
        "case_number": ledger.own_case or None,
        "document_date": ledger.date or None,
        "parties": _parties(document_type, kind, writer),
        "org_numbers": ledger.org_numbers,
        "invalid_org_numbers": ledger.invalid,
        "personal_numbers": ledger.personal,
        "record": {
            "period_start": operative["start"] if operative else None,
            "period_end": (operative["end"] or None) if operative else None,
            "amount_total_sek": _total(document_type, bool(operative), writer),
            "period_conflict": "period_conflict" in ledger.flags,
        },
        "flags": ledger.flags,
        "periods": ledger.periods,
        "amounts": ledger.amounts,
        "case_numbers": ledger.cases,
        "decisions": ledger.decisions,
        "persons": ledger.persons,
        "names": [*ledger.names, *(("ORG", grant.body.name) for grant in writer.grants)],
        "drawn": [
            {"field": field, "value": value, "form": form.replace("⏎", "\n")}
            for field, value, form in ledger.drawn
        ],
    }  # fmt: skip


def _is_term(row: dict[str, Any], writer: Writer) -> bool:
    term = writer.matter.term
    return (row["start"], row["end"]) == (term.start.isoformat(), term.end.isoformat() if term.end else "")


def _parties(document_type: str, kind: str, writer: Writer) -> list[dict[str, Any]]:
    """Who the document is between: the municipality in agreements and reports, else the board."""
    ledger, matter = writer.ledger, writer.matter
    if document_type == "other" and kind != "faktura":
        return []
    authority = matter.authority
    name = ledger.public_name or (
        authority.name if document_type in NAMED_AS_MUNICIPALITY or kind == "faktura" else authority.board
    )
    number = authority.number if "kommun" in ledger.printed else None
    misprint: str | None = None
    found = [{"role": "public", "name": name, "org_number": number}]
    if kind == "bidrag":
        bodies = [one.body for one in writer.grants if one.granted]
        printed = writer.granted_numbers
    else:
        bodies = [matter.body] if "mp" in ledger.named else []
        printed = {matter.body.number} if "mp" in ledger.printed else set()
        # A body whose number is only printed with a slip has that number, which fails its check.
        misprint = ledger.invalid[0] if ledger.invalid and not printed else None
    return found + [
        {
            "role": "counterparty",
            "name": body.name,
            "org_number": body.number if body.number in printed else misprint,
        }
        for body in bodies
    ]


def _total(document_type: str, has_period: bool, writer: Writer) -> int | None:
    """What is committed over the term; the sum of the parts where a stated total disagrees."""
    funded = any(row["kind"] == "funding" for row in writer.ledger.amounts)
    if document_type not in COMMITS or not funded:
        return None
    if writer.grants:
        return sum(one.granted for one in writer.grants)
    plan = writer.matter.plan
    needs_term = plan.name in ("årlig", "månad")
    return plan.total if has_period or not needs_term else None
