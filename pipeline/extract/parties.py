"""Who an agreement is between, or whom a decision grants or obliges: one finding per party.

Many places name the parties; each claim has a weight by its place, claims of the same body are merged, and
the document's fullest form of a name is kept. In agreements and reports the public party is named as the
party clause names it; in decisions, minutes, staff reports and applications it is the nämnd.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from pipeline.extract.board_names import BOARD
from pipeline.extract.claims import Claim, role_of
from pipeline.extract.document_types import guesses
from pipeline.extract.federations import is_federation
from pipeline.extract.grant_leaders import leader_rows
from pipeline.extract.grant_tables import Row, grant_rows
from pipeline.extract.nlp import Material
from pipeline.extract.parties_merge import merged, same_body
from pipeline.extract.party_awards import awards
from pipeline.extract.party_blocks import block_claims, field_claims
from pipeline.extract.party_boxes import box_claims
from pipeline.extract.party_clauses import (
    clause_claims,
    cover_claims,
    signature_claims,
)
from pipeline.extract.party_conflicts import agreed, conflicts
from pipeline.extract.party_decisions import OPENS, decision_claims, title_claims
from pipeline.extract.party_letterheads import sender_claims
from pipeline.extract.party_letters import correspondents, letter_claims
from pipeline.extract.party_lines import APPLICANT, ROLE, is_authority
from pipeline.extract.party_numbers import closing_claims, numbered_claims, own_public_number, spoken_number
from pipeline.extract.printed_numbers import is_public_number
from pipeline.extract.public_bodies import (
    Mention,
    board_mentions,
    municipality_full_name,
    municipality_mentions,
    ranked,
)
from pipeline.extract.titles import Title, titles
from pipeline.model import Finding, Party, Span

KIND = "party"

CONTRACTS = ("agreement", "report", "other")
EARLY = 0.3  # the part of a text in which a paper says whose it is
EXPRESS = ("party_clause", "party_block", "party_field", "party_box", "party_cover")


def find(material: Material) -> Iterator[Finding]:
    """The parties in the order of their appearance."""
    title = next(iter(material.once(titles)), Title("", Span(0, 0), 0.0, ""))
    types = material.once(guesses)
    kind = types[0].type if types else "other"
    claims = list(_contract(material, title, kind) if kind in CONTRACTS else _ruling(material, title, kind))
    if kind == "other":
        claims = _of_unknown_paper(claims) or list(_of_letter(material))
    claims = [c for c in claims if not (c.role == "public" and is_authority(c.name) and c.weight < 0.85)]
    settled = merged(material, [_fitting(c) for c in claims])
    bodies = [claim for claim, _ in settled if claim.role == "counterparty"]
    spoken = spoken_number(material) if len(bodies) == 1 and not bodies[0].org_number else None
    for claim, flags in settled:
        named = replace(claim, name=agreed(material, claim.name))
        if spoken and claim.role == "counterparty":
            named = replace(named, org_number=spoken[0], valid=spoken[1])
        yield _finding(material, named, (*flags, *conflicts(material, named)))


def _of_unknown_paper(claims: list[Claim]) -> list[Claim]:
    """The parties of a paper of no known type: only those that it names as such, and only both together.

    Letters, invoices and annual reports name a kommun and a body with its number without any agreement.
    """
    express = [claim for claim in claims if claim.rule in EXPRESS and claim.weight >= 0.7]
    return express if {claim.role for claim in express} == {"public", "counterparty"} else []


def _of_letter(material: Material) -> Iterator[Claim]:
    """Both parties of a letter or an invoice, the public one by its letterhead where no address names it."""
    found = list(letter_claims(material))
    if found and all(claim.role == "counterparty" for claim in found):
        found += _public_of_letterhead(material, board_first=True)
    if {claim.role for claim in found} == {"public", "counterparty"}:
        yield from found


def _fitting(claim: Claim) -> Claim:
    """A claim without a number that can't be its body's: a kommun bears no förening's, nor the reverse."""
    if not claim.org_number or (claim.role == "public") == is_public_number(claim.org_number):
        return claim
    return (
        claim
        if claim.role == "public" and claim.org_number[:3] == "202"
        else replace(claim, org_number="", valid=None)
    )


def _contract(material: Material, title: Title, kind: str) -> Iterator[Claim]:
    """Parties of an agreement or a report."""
    found = [
        *block_claims(material),
        *box_claims(material),
        *clause_claims(material),
        *field_claims(material, ROLE, "party_field"),
        *cover_claims(material),
    ]
    if kind == "report":
        found += sender_claims(material)
    found += [
        replace(c, weight=min(c.weight, 0.55)) for c in field_claims(material, APPLICANT, "party_applicant")
    ]
    roles = {c.role for c in found if c.weight >= 0.6}
    clause = any(c.role == "public" and c.rule in EXPRESS and c.weight >= 0.7 for c in found)
    for c in numbered_claims(material):
        kept = c.weight > 0.7 and not (clause and BOARD.fullmatch(c.name))
        found.append(c if kept or c.role not in roles else replace(c, weight=0.4))
    roles = {c.role for c in found if c.weight >= 0.6}
    for claim in signature_claims(material):
        found.append(claim if claim.role not in roles else replace(claim, weight=0.3))
    roles = {c.role for c in found if c.weight >= 0.5}
    if "counterparty" not in roles:
        found += title_claims(material, title)
    if "public" not in roles:
        found += _public_of_letterhead(material, board_first=False)
    yield from found


def _ruling(material: Material, title: Title, kind: str) -> Iterator[Claim]:
    """Parties of a decision, minutes, a staff report or an application: the nämnd, and whom it is about."""
    found: list[Claim] = []
    rows: list[Row] = []
    if kind != "application":
        rows = [*grant_rows(material), *leader_rows(material)] or list(awards(material))
    found += [_granted(row) for row in rows if row.granted]
    refused = [row.name for row in rows if not row.granted]
    found += [c for c in field_claims(material, APPLICANT, "party_applicant") if c.role == "counterparty"]
    if kind != "application":
        decided = [c for c in decision_claims(material) if c.name not in refused]
        if found or any(c.rule != "party_refused" for c in decided):
            refused += [c.name for c in decided if c.rule == "party_refused"]  # one applicant of several
            decided = [c for c in decided if c.rule != "party_refused"]
        if any(c.org_number for c in decided):
            named = [c for c in decided if c.org_number]  # the others are mentioned on the way
            decided = [c for c in decided if c.cue == OPENS or any(same_body(c.name, n.name) for n in named)]
        found += decided
    if not rows:
        sure = any(c.weight >= 0.8 for c in found)
        numbered = [c for c in numbered_claims(material) if c.role == "counterparty"]
        numbered = [c for c in numbered if not any(same_body(c.name, name) for name in refused)]
        found += [c for c in numbered if c.weight > 0.8 or not sure]
    if kind == "application" and not any(c.role == "counterparty" for c in found):
        found += closing_claims(material)
    if kind in ("application", "decision") and not any(c.role == "counterparty" for c in found):
        found += correspondents(material)
    if not any(c.role == "counterparty" for c in found):
        found += title_claims(material, title)
    if not any(c.role == "counterparty" for c in found):
        found += [c for c in [*block_claims(material), *clause_claims(material)] if c.role == "counterparty"]
    yield from found
    yield from _public_of_letterhead(material, board_first=True)


def _granted(row: Row) -> Claim:
    """The claim of a body that a table or a list of grants gives money."""
    weight = 0.9 if row.org_number else 0.75 if row.header else 0.8
    rule = "party_grant_row" if row.header else "party_award"
    return Claim("counterparty", row.name, row.span, weight, rule, row.header, row.org_number, row.valid)


def _public_of_letterhead(material: Material, board_first: bool) -> Iterator[Claim]:
    """The nämnd that decides, or the municipality on whose paper it stands."""
    boards = ranked(material.once(board_mentions))
    towns = ranked(material.once(municipality_mentions))
    board = [(name, mention) for name, weight, mention in boards if weight >= 2 or _alone(material, boards)]
    town = [(municipality_full_name(material, name), mention) for name, _, mention in towns]
    order = [*board[:1], *town[:1]] if board_first else [*town[:1], *board[:1]]
    for name, mention in order[:1]:
        yield Claim(
            "public",
            name,
            mention.span,
            0.85 if board_first else 0.6,
            f"party_{mention.source}",
            mention.written,
        )


def _alone(material: Material, boards: list[tuple[str, float, Mention]]) -> bool:
    """Whether the paper names one nämnd alone, and early."""
    (_, _, mention), *others = boards
    return not others and mention.weight >= 1 and mention.span.start < EARLY * len(material.text)


def _finding(material: Material, claim: Claim, flags: tuple[str, ...]) -> Finding:
    number, valid = claim.org_number, claim.valid
    if claim.role == "public" and not number and not is_federation(claim.name):
        printed = own_public_number(material)
        if printed:
            number, valid = printed
            flags = (*flags, "number_from_elsewhere")
    if valid is False:
        flags = (*flags, "org_number_invalid")
    party = Party(
        role_of(claim.name) if claim.role != "public" else "public",
        claim.name,
        number,
        valid,
        claim.address,
        claim.contact,
    )
    if claim.role == "counterparty":
        party = replace(party, role="counterparty")
    return Finding(
        kind=KIND,
        span=claim.span,
        value=party,
        confidence=round(min(0.97, claim.weight), 2),
        rule=claim.rule,
        flags=tuple(dict.fromkeys(flags)),
        place=material.outline.topic_at(claim.span.start),
        cue=re.sub(r"\s+", " ", claim.cue)[:80],
    )
