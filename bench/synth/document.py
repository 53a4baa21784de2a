"""One document of the corpus: type, matter and family are drawn, the text expanded, the gold written down."""

import random
import re
from dataclasses import dataclass, field, replace
from typing import Any

from synth import gold, matter, tables
from synth.layout import Family, arranged, families
from synth.plain import pages
from synth.writer import Writer

# How many of each type stand in a deck.
TYPES = {
    "iop": 10, "drift": 8, "hyra": 7, "upphandling": 6, "tillägg": 7, "skrivelse": 11, "utdrag": 10,
    "protokoll": 7, "delegation": 9, "bidrag": 9, "avslag": 4, "återkrav": 4, "ansökan": 9, "rapport": 7,
    "brev": 3, "faktura": 3, "årsredovisning": 3, "engelska": 2, "norska": 2,
}  # fmt: skip
# Mistakes that a type may hold; each third document has one, where its grammar and plan have a place for it.
ORG = ("orgnr", "orgnr_konflikt", "namn")
MONEY = ("period", "period", "belopp", "belopp", "summa", "summa", "ordsiffror")
MISTAKES = {
    **dict.fromkeys(("iop", "drift", "upphandling", "tillägg"), (*ORG, *MONEY, "part", "part")),
    **dict.fromkeys(("skrivelse", "utdrag", "protokoll"), (*ORG, *MONEY)),
    "hyra": (*ORG, "period"),
    "delegation": (*ORG, "period", "belopp", "summa"),
    "bidrag": ("summa",),
    **dict.fromkeys(("avslag", "återkrav"), ORG),
}
PARTED = ("årlig_total", "gånger", "lista")  # plans whose wordings state parts, so that a total can be wrong
CHAIN = (
    ("iop", "drift"),
    ("skrivelse", "utdrag", "tillägg"),
    ("tillägg", "delegation", "utdrag"),
    ("delegation", "iop"),
)
EVERY = 14  # each so many documents a chain begins
FOREIGN = ("engelska", "norska")


@dataclass(frozen=True)
class Job:
    """What to make: the kind of document and, in a chain, which chain and the place in it."""

    number: int
    kind: str
    chain: int | None = None
    position: int = 0


@dataclass(frozen=True)
class Document:
    """A made document: abstract blocks for paper, pages of plain text, and gold."""

    ident: str
    family: Family
    blocks: list[str]
    head: str
    foot: str
    pages: list[str]
    gold: dict[str, Any] = field(repr=False)
    job: Job


def jobs(count: int, half: str, seed: int) -> list[Job]:
    """What each document is: types dealt from a shuffled deck, with chains of two to four among them."""
    rng = random.Random(f"{half} {seed} jobs")
    deck: list[str] = []
    found: list[Job] = []
    chain = 0
    while len(found) < count:
        if len(found) % EVERY == EVERY - 1 and count - len(found) >= 2:
            length = min(rng.choice([2, 2, 3, 4]), count - len(found))
            found += [Job(len(found) + at, rng.choice(CHAIN[at]), chain, at) for at in range(length)]
            chain += 1
            continue
        if not deck:
            deck = [kind for kind, times in TYPES.items() for _ in range(times)]
            rng.shuffle(deck)
        found.append(Job(len(found), deck.pop()))
    return found


def made(job: Job, half: str, seed: int) -> Document:
    """The document of a job; the same job, half and seed always give the same."""
    rng = random.Random(f"{half} {seed} {job.number}")
    family = rng.choice(families(half))
    kind = job.kind
    mistakes = MISTAKES.get(kind, ())
    mistake = rng.choice(mistakes) if mistakes and job.chain is None and rng.random() < 0.4 else "inget"
    variables = {
        "typ": kind, "fel": mistake, "punkt": family.point_words, "huvud": family["huvud"],
        "fot": family["fot"], "part": family["part"], "sign": family["sign"], "plan": "",
    }  # fmt: skip
    writer = Writer(rng, half, variables)
    writer.matter = _matter(job, half, seed, writer)
    if mistake == "period" and writer.matter.term.end is None:
        mistake = variables["fel"] = "inget"
    variables["plan"] = writer.matter.plan.name
    if kind == "bidrag":
        writer.grants = tables.grants(rng, writer)
    if mistake == "summa" and writer.matter.plan.name in PARTED and writer.matter.plan.total:
        writer.mistaken["total"] = writer.matter.plan.total + rng.choice([-5000, 1000, 10_000, 25_000])
    text = _local(writer.expander.rule(f"dok.{kind}"), writer)
    foot = (
        writer.expander.rule(f"fot.{family['fot']}")
        if gold.TYPES[kind] != "other" and kind != "ansökan"
        else ""
    )
    head = writer.matter.authority.name if "kommun" in writer.ledger.named else ""
    if kind in FOREIGN:
        writer.ledger.flag("unsupported_language")
    status = "proposed" if kind == "skrivelse" else "decided"
    blocks = arranged(text, family, kind, status, writer.ledger)
    ident = f"{half[0]}{seed}-{job.number:04d}"
    title = next((block.lstrip("# ") for block in blocks if block.startswith("# ")), "")
    facts = gold.facts(ident, kind, title, family, writer)
    return Document(ident, family, blocks, head, foot, pages(blocks, family, head, foot), facts, job)


def _matter(job: Job, half: str, seed: int, writer: Writer) -> matter.Matter:
    """A matter of its own, or a chain's first one renewed as often as the place in the chain says."""
    if job.chain is None:
        return matter.drawn(writer.rng, writer.expander, job.kind)
    rng = random.Random(f"{half} {seed} chain {job.chain}")
    start = matter.drawn(rng, replace(writer.expander, rng=rng), "chain", latest=2016)
    for _ in range(job.position):
        start = matter.renewed(rng, start)
    return start


def _local(text: str, writer: Writer) -> str:
    """In a region's papers `kommunen` is `regionen`."""
    if not writer.matter.authority.region:
        return text
    return re.sub(
        r"\b([Kk])ommunen(s?)\b", lambda found: ("R" if found[1] == "K" else "r") + "egionen" + found[2], text
    )


def chains(documents: list[Document]) -> list[dict[str, Any]]:
    """The chains that `chains.csv` should find, with the gap before each document and what ties it."""
    groups: dict[int, list[Document]] = {}
    for one in documents:
        if one.job.chain is not None:
            groups.setdefault(one.job.chain, []).append(one)
    return [_chain(number, group) for number, group in sorted(groups.items()) if len(group) > 1]


def _chain(number: int, group: list[Document]) -> dict[str, Any]:
    members = []
    for at, one in enumerate(group):
        earlier = group[at - 1].gold if at else None
        members.append({
            "id": one.ident,
            "position": at + 1,
            "period_start": one.gold["record"]["period_start"],
            "period_end": one.gold["record"]["period_end"],
            "links": _links(earlier, one.gold) if earlier else [],
        })  # fmt: skip
    return {"chain": number, "documents": members}


def _links(earlier: dict[str, Any], later: dict[str, Any]) -> list[str]:
    """Why two documents are tied, in the words of the contract."""
    numbers = [
        {p["org_number"] for p in one["parties"] if p["role"] == "counterparty"} - {None}
        for one in (earlier, later)
    ]
    found = ["org_number"] if numbers[0] & numbers[1] else []
    if earlier["case_number"] in later["case_numbers"]:
        found.append("case_number")
    return [*found, "name"]
