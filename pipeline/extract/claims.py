"""A claim that a body is a party: what every place that names parties hands on."""

from dataclasses import dataclass

from pipeline.extract.party_lines import is_public
from pipeline.model import Span


@dataclass(frozen=True, slots=True)
class Claim:
    """Somebody who may be a party: who says so, how surely, and what stands beside the name."""

    role: str
    name: str
    span: Span
    weight: float
    rule: str
    cue: str = ""
    org_number: str = ""
    valid: bool | None = None
    address: str = ""
    contact: str = ""


def role_of(name: str) -> str:
    return "public" if is_public(name) else "counterparty"
