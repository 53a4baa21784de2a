"""Layout families: how a document is built up and numbered. Each family belongs to one half for good.

A family is a combination of choices: letterhead, party block, signature block, headings, clause numbers,
decision points, labels, tables, running heads, line width and page length.
"""

import hashlib
import random
import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from synth.ledger import Ledger

FAMILIES = 160
CHOICES: dict[str, list[Any]] = {
    "huvud": ["rader", "spalter", "etiketter", "blankett", "kort", "adress"],
    "fot": ["ingen", "adress", "orgnr", "orgnr", "dnr"],
    "part": ["prosa", "prosa", "etiketter", "tabell", "lista", "blankett"],
    "sign": ["rader", "spalter", "linjer", "etiketter"],
    "heading": ["plain", "plain", "upper", "colon"],
    "clause": ["{n}. ", "{n} § ", "§ {n} ", "{n} ", "", "", "Punkt {n}: ", "{n}) ", "{n}.0 "],
    "title": ["plain", "plain", "upper"],
    "points": [
        "att lines",
        "att numbered",
        "att after",
        "att dashes",
        "att inline",
        "1.",
        "1)",
        "-",
        "a)",
        "plain",
    ],
    "labels": ["colon", "tab", "below", "dots", "blanks"],
    "table": ["tab", "tab", "blanks", "blanks", "bars", "stacked"],
    "pages": ["", "Sida {n} ({all})", "{n}({all})", "Sid {n}", "- {n} -"],
    "width": [0, 72, 80, 88, 96],
    "lines": [40, 46, 52, 58, 64],
    "indent": [0, 0, 2, 5],
    "airy": [True, True, False],
}
LEAD = re.compile(r"(besluta\w*)( genom delegat)?$")
SECTION = re.compile(r"\^ (§ \d+)")
NUMBERED = frozenset(["iop", "drift", "hyra", "upphandling", "tillägg"])


@dataclass(frozen=True)
class Family:
    """A layout by its name (`L017`) and choices."""

    name: str
    choices: tuple[tuple[str, Any], ...]

    def __getitem__(self, key: str) -> Any:
        return dict(self.choices)[key]

    @property
    def half(self) -> str:
        return half_of(self.name)

    @property
    def point_words(self) -> str:
        """Whether decision points are att-clauses or sentences: the grammar has both."""
        return "att" if self["points"].startswith("att") else "mening"


def half_of(name: str) -> str:
    """`develop` or `measure`, by the digest of a family's name."""
    return "develop" if hashlib.sha256(name.encode()).digest()[0] < 128 else "measure"


@cache
def families(half: str) -> tuple[Family, ...]:
    """The families of a half; no two of all families have the same choices."""
    found: dict[tuple[tuple[str, Any], ...], Family] = {}
    while len(found) < FAMILIES:
        name = f"L{len(found):03d}"
        rng = random.Random(f"layout {name}")
        choices = tuple((key, rng.choice(options)) for key, options in CHOICES.items())
        while choices in found:
            choices = tuple((key, rng.choice(options)) for key, options in CHOICES.items())
        found[choices] = Family(name, choices)
    return tuple(family for family in found.values() if family.half == half)


def arranged(text: str, family: Family, kind: str, status: str, ledger: Ledger) -> list[str]:
    """Expanded text as blocks of the typesetting vocabulary; its decision points go to the ledger."""
    blocks: list[str] = []
    section, clause = None, 0
    for block in (part.strip() for part in text.replace("↵", "\n").split("¶")):
        if not block:
            continue
        if found := SECTION.match(block):
            section = found[1]
        if block.startswith("* "):
            lead = blocks.pop() if blocks and LEAD.search(blocks[-1]) else ""
            items = [line[2:].strip() for line in block.split("\n")]
            made, said = points(lead, items, family)
            for one in said:
                ledger.decision(status, one, section)
            blocks += made
        elif block.startswith("## "):
            clause += 1
            blocks.append(_heading(block[3:], family, clause if kind in NUMBERED else 0))
        elif block.startswith("# "):
            upper = family["title"] == "upper"
            blocks.append(block.upper() if upper else block)
        else:
            blocks.append(re.sub(r" {2,}", " ", block))
    return blocks


def _heading(text: str, family: Family, number: int) -> str:
    prefix = family["clause"].format(n=number) if number else ""
    text = text[:1].upper() + text[1:]
    if family["heading"] == "upper":
        text = text.upper()
    return f"## {prefix}{text}{':' if family['heading'] == 'colon' and not prefix else ''}"


def points(lead: str, items: list[str], family: Family) -> tuple[list[str], list[str]]:
    """The blocks of decision points, and each point as its text says it, without number."""
    style = family["points"]
    if style == "att inline" and len(items) == 1:
        whole = f"{lead} att {items[0]}."
        return [whole], [whole]
    if style in ("att lines", "att inline"):
        said = [f"att {item}{'.' if at == len(items) else ','}" for at, item in enumerate(items, 1)]
        return [lead, *said], said
    if style == "att numbered":
        said = [f"att {item}." if at == len(items) else f"att {item}," for at, item in enumerate(items, 1)]
        return [lead, "\n".join(f"{at}. {one}" for at, one in enumerate(said, 1))], said
    if style == "att after":
        said = [f"{item}." for item in items]
        return [f"{lead} att", "\n".join(f"{at}. {one}" for at, one in enumerate(said, 1))], said
    if style == "att dashes":
        said = [f"att {item}" for item in items]
        return [lead, "\n".join(f"- {one}" for one in said)], said
    if style == "plain":
        return items, items
    mark = {"1.": "{}. ", "1)": "{}) ", "a)": "{}) ", "-": "- "}[style]
    names = "abcdefgh" if style == "a)" else "12345678"
    return ["\n".join(mark.format(names[at]) + item for at, item in enumerate(items))], items
