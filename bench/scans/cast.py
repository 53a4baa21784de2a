"""Who and what a document is about: names, numbers, dates and sums that fill the gaps in its text.

A gap is `{kind}` or `{kind:key}`; the same kind and key give the same value throughout a document. People,
companies and associations are invented; organisation numbers have valid check digits and begin with 999,
as no real ones do.
"""

import random
import re
import tomllib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

GAP = re.compile(r"\{([^\W\d]+)(?::([^{}]*))?\}")


@cache
def names() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "names.toml").read_text(encoding="utf-8"))


class Cast:
    """The values of one document, drawn as they are asked for."""

    def __init__(self, seed: str) -> None:
        self._rng = random.Random(seed)
        self._values: dict[tuple[str, str], str] = {}
        self._board: tuple[str, str, str] = tuple(self._rng.choice(names()["boards"]))
        self._year = self._rng.randint(2011, 2025)
        self._makers: dict[str, Callable[[str], str]] = {
            "år": lambda key: str(self._year + int(key or 0)),
            "nämnd": lambda _: self._board[0],
            "förvaltning": lambda _: self._board[2],
            "kommun": lambda _: self._one("municipalities"),
            "person": lambda _: f"{self._one('first')} {self._one('last')}",
            "titel": lambda _: self._one("titles"),
            "org": lambda _: self._one("organisations").format(self._one("roots")),
            "gata": lambda _: f"{self._one('streets')} {self._rng.randint(1, 98)}",
            "stämpel": lambda _: self._one("stamps"),
            "epost": lambda _: f"{self._one('mailboxes')}@{self._one('domains')}",
            "mejl": lambda _: self._own_address(),
            "postnr": lambda _: self._digits("### ##"),
            "tel": lambda _: self._digits(self._rng.choice(["0##-## ## ##", "0##-### ## ##", "0##-### ###"])),
            "orgnr": lambda _: org_number(self._rng),
            "dnr": lambda _: self._case_number(),
            "summa": lambda key: self._sum(*between(key, 10, 4000)),
            "tal": lambda key: str(self._rng.randint(*between(key, 2, 99))),
            "procent": lambda _: self._percent(),
            "datum": lambda _: f"{self._rng.randint(1, 28)} {self._one('months')} {self._year}",
            "iso": lambda _: f"{self._year}-{self._rng.randint(1, 12):02d}-{self._rng.randint(1, 28):02d}",
            "klocka": lambda _: (
                f"{self._rng.randint(8, 18):02d}.{self._rng.choice(['00', '15', '30', '45'])}"
            ),
        }

    def fill(self, text: str) -> str:
        """The text without gaps. A gap of an unknown kind is a KeyError."""
        return GAP.sub(lambda gap: self._value(gap[1], gap[2] or ""), text)

    def _value(self, kind: str, key: str) -> str:
        if (kind, key) not in self._values:
            self._values[kind, key] = self._makers[kind](key)
        return self._values[kind, key]

    def _one(self, kind: str) -> str:
        return str(self._rng.choice(names()[kind]))

    def _digits(self, form: str) -> str:
        return re.sub("#", lambda _: str(self._rng.randint(1, 9)), form)

    def _sum(self, low: int, high: int) -> str:
        amount = self._rng.randint(low, high) * 1000 + self._rng.choice([0, 0, 0, 500, 250, 741])
        return f"{amount:,}".replace(",", " ")

    def _percent(self) -> str:
        share = str(self._rng.randint(1, 99))
        return share + self._rng.choice(["", f",{self._rng.randint(1, 9)}"]) + " %"

    def _own_address(self) -> str:
        name = f"{self._one('first')}.{self._one('last')}".lower().translate(str.maketrans("åäö", "aao"))
        return f"{name}@{self._one('domains')}"

    def _case_number(self) -> str:
        letters, year, number = self._board[1], self._year, self._rng.randint(14, 18999)
        forms = (
            f"{letters} {year}/{number:05d}",
            f"{letters}-{year}-{number}",
            f"{letters} {number % 900}/{year}",
            f"{year}/{number % 1000:03d}-{letters}",
        )
        return self._rng.choice(forms)


def org_number(rng: random.Random) -> str:
    """An organisation number that passes its check digit and belongs to nobody."""
    digits = [9, 9, 9, *(rng.randint(0, 9) for _ in range(6))]
    doubled = [digit * 2 if at % 2 == 0 else digit for at, digit in enumerate(digits)]
    check = -sum(value // 10 + value % 10 for value in doubled) % 10
    text = "".join(map(str, [*digits, check]))
    return f"{text[:6]}-{text[6:]}"


def between(key: str, low: int, high: int) -> tuple[int, int]:
    """The bounds that a key ends with: `3-40`, or `b.3-40` where more than one value is wanted."""
    found = re.fullmatch(r"(?:.*\.)?(\d+)-(\d+)", key)
    return (int(found[1]), int(found[2])) if found else (low, high)
