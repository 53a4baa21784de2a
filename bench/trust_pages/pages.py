"""Texts of pages, drawn from the families in `texts/` and filled in with invented names and figures.

A family's file has a line for each piece: `= ` always there, at the top; `? ` there at times; `- ` a sentence
of the pool that running text is drawn from; `| ` a row of a table, its cells parted by ` | `; `~ ` always
there, at the foot. `@rows 10 20` sets how many rows, `@few 1 4` a page of so few lines, `@lang en` the
language, `@rare` a kind that archives have few of. The same seed gives the same page.
"""

import random
import re
import textwrap
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

TEXTS = Path(__file__).parent / "texts"
HALVES = ("fit", "measure", "blind", "final", "third")
"""What is fitted on, measured on while the rules are made, and the sets that nobody looks into before."""
_SLOT = re.compile(r"\{(\w+)\}")


_Names = dict[str, list[str]]


@cache
def _names(half: str) -> _Names:
    """The half's own names and places, or those that the first halves share."""
    own = TEXTS / half / "names.tsv"
    path = own if own.exists() else Path(__file__).parent / "names.tsv"
    lines = path.read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t", 1) for line in lines if not line.startswith("#"))
    return {key: values.split("|") for key, values in rows}


def pieces(half: str, key: str) -> list[str]:
    """The half's own stamps or headers, or those that the first halves share."""
    own = _names(half)
    return own[key] if key in own else _names("fit")[key]


@dataclass(frozen=True)
class Family:
    """The pieces of one kind of page."""

    name: str
    half: str
    language: str
    head: tuple[str, ...]
    pool: tuple[str, ...]
    rows: tuple[str, ...]
    foot: tuple[str, ...]
    row_count: tuple[int, int] = (0, 0)
    few: tuple[int, int] | None = None
    rare: bool = False


@dataclass
class _Pieces:
    head: list[str] = field(default_factory=list)
    pool: list[str] = field(default_factory=list)
    rows: list[str] = field(default_factory=list)
    foot: list[str] = field(default_factory=list)


@cache
def families(half: str) -> tuple[Family, ...]:
    """All families of a half, by name."""
    return tuple(_family(path, half) for path in sorted((TEXTS / half).glob("*.txt")))


def _family(path: Path, half: str) -> Family:
    pieces = _Pieces()
    lists = {"=": pieces.head, "?": pieces.head, "-": pieces.pool, "|": pieces.rows, "~": pieces.foot}
    settings: dict[str, list[str]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        mark, rest = line[:1], line[2:]
        if mark == "@":
            name, *values = line[1:].split()
            settings[name] = values
        elif mark in lists:
            lists[mark].append("?" + rest if mark == "?" else rest)
    few = settings.get("few")
    low, high = map(int, settings.get("rows", ("0", "0")))
    return Family(
        name=path.stem,
        half=half,
        language=settings.get("lang", ["sv"])[0],
        head=tuple(pieces.head),
        pool=tuple(pieces.pool),
        rows=tuple(pieces.rows),
        foot=tuple(pieces.foot),
        row_count=(low, high),
        few=(int(few[0]), int(few[1])) if few else None,
        rare="rare" in settings,
    )


def page(family: Family, seed: int) -> list[str]:
    """The lines of a page; a tab parts the cells of a row."""
    dice, names = random.Random(f"{family.half}/{family.name}/{seed}"), _names(family.half)
    if family.few:
        count = dice.randint(*family.few)
        return [_filled(line, dice, names) for line in dice.sample(family.pool, count)]
    head = [line for line in family.head if line[0] != "?" or dice.random() < 0.6]
    lines = [_filled(line.lstrip("?"), dice, names) for line in head]
    if family.pool:
        count = len(family.pool)
        sentences = dice.sample(family.pool, dice.randint(min(5, count), count))
        lines += _paragraphs([_filled(sentence, dice, names) for sentence in sentences], dice)
    if family.rows:
        for _ in range(dice.randint(*family.row_count)):
            cells = _filled(dice.choice(family.rows), dice, names).split("|")
            lines.append("\t".join(map(str.strip, cells)).rstrip("\t"))
    return lines + [_filled(line, dice, names) for line in family.foot]


def _paragraphs(sentences: list[str], dice: random.Random) -> list[str]:
    lines: list[str] = []
    width = dice.randint(70, 96)
    while sentences:
        count = dice.randint(1, 4)
        lines += textwrap.wrap(" ".join(sentences[:count]), width)
        sentences = sentences[count:]
    return lines


def _filled(line: str, dice: random.Random, names: _Names) -> str:
    return _SLOT.sub(lambda match: _value(match.group(1), dice, names), line)


def _value(name: str, dice: random.Random, names: _Names) -> str:
    year = dice.randint(1998, 2029)
    makers: dict[str, Callable[[], str]] = {
        "org": lambda: _filled(dice.choice(names["orgs"]), dice, names),
        "person": lambda: f"{dice.choice(names['first'])} {dice.choice(names['last'])}",
        "place": lambda: dice.choice(names["places"]),
        "placemail": lambda: dice.choice(("granliden", "lovhamn", "sorby", "tallmon")),
        "nämnd": lambda: dice.choice(names["boards"]),
        "kommun": lambda: f"{dice.choice(names['places'])} kommun",
        "street": lambda: f"{dice.choice(names['streets'])} {dice.randint(1, 90)}",
        "kr": lambda: f"{dice.randint(10, 9_999) * 500:,}".replace(",", " "),
        "num": lambda: str(dice.randint(2, 60)),
        "pct": lambda: f"{dice.randint(1, 99)},{dice.randint(0, 9)}",
        "year": lambda: str(year),
        "acct": lambda: str(dice.randint(1000, 8999)),
        "date": lambda: _date(year, dice, names),
        "orgnr": lambda: f"80{dice.randint(2000, 2999)}-{dice.randint(1000, 9999)}",
        "dnr": lambda: f"{dice.choice(names['prefixes'])} {year}/{dice.randint(10, 999)}",
        "tel": lambda: f"0{dice.randint(10, 99)}-{dice.randint(10, 99)} {dice.randint(10, 99)} 00",
        "mail": lambda: (
            f"{dice.choice(('info', 'kansli', 'ordf', 'a.berg'))}@{dice.choice(('lyktan', 'sorby'))}.example"
        ),
        "post": lambda: f"{dice.randint(100, 999)} {dice.randint(10, 99)}",
        "hash": lambda: "".join(
            dice.choices("abcdefABCDEFghkmnpqrstXYZ0123456789", k=dice.choice((8, 12, 20)))
        ),
        "bg": lambda: f"{dice.randint(100, 999)}-{dice.randint(1000, 9999)}",
    }
    return makers[name]()


def _date(year: int, dice: random.Random, names: _Names) -> str:
    month, day = dice.randint(1, 12), dice.randint(1, 28)
    return (
        f"{year}-{month:02}-{day:02}" if dice.random() < 0.5 else f"{day} {names['months'][month - 1]} {year}"
    )
