"""Texts of pages put together by chance: kinds of page, languages and words of two halves that share none.

Every piece of `texts/drawn/` (a noun phrase, a predicate, a trade's words, a language) belongs to the half
`develop` or `kept` by its digest, so that no sentence of the one is met in the other.
"""

import hashlib
import random
import textwrap
from collections.abc import Callable
from functools import cache

from trust_pages.pages import TEXTS

HALVES = ("develop", "kept")
Lines = list[str]


def half_of(text: str) -> str:
    """The half that a piece or a family belongs to."""
    return HALVES[hashlib.sha256(text.encode()).digest()[0] % 2]


@cache
def _pieces(half: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in (TEXTS / "drawn/words.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            key, rest = line.split("\t")
            pieces = [rest] if key == "trade" else rest.split("|")
            found.setdefault(key, []).extend(piece for piece in pieces if half_of(piece) == half)
    return found


@cache
def languages(half: str) -> dict[str, list[str]]:
    """The sentences of each other language of a half."""
    lines = (TEXTS / "drawn/tongues.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return {name: rest.split("|") for name, rest in rows if half_of(name) == half}


class Writer:
    """Writes pieces of one page; what it writes depends on its half and its dice alone."""

    def __init__(self, half: str, dice: random.Random) -> None:
        self.half, self.dice = half, dice

    def pick(self, key: str) -> str:
        """Any piece of this kind."""
        return self.dice.choice(_pieces(self.half)[key])

    def person(self) -> str:
        return f"{self.pick('first')} {self.pick('last')}"

    def amount(self) -> str:
        return f"{self.dice.randint(3, 9_000) * 250:,}".replace(",", self.dice.choice((" ", " ", ".", "")))

    def date(self) -> str:
        year, month, day = self.dice.randint(1989, 2027), self.dice.randint(1, 12), self.dice.randint(1, 28)
        return self.dice.choice(
            (f"{year}-{month:02}-{day:02}", f"{day}/{month} {year}", f"{year % 100:02}{month:02}")
        )

    def sentence(self) -> str:
        said = [self.pick("subject"), self.pick("verb")]
        if self.dice.random() < 0.6:
            said.append(self.pick("adverbial"))
        if self.dice.random() < 0.3:
            first, *rest = said
            said = [self.pick("adverbial").capitalize(), "gäller att", first[0].lower() + first[1:], *rest]
        elif self.dice.random() < 0.25:
            said = [*said, "och", self.pick("verb")]
        return " ".join(said) + "."

    def prose(self, low: int, high: int) -> Lines:
        lines: Lines = []
        wide = self.dice.randint(58, 98)
        for _ in range(self.dice.randint(low, high)):
            said = [self.sentence() for _ in range(self.dice.randint(1, 4))]
            if self.dice.random() < 0.3:
                said.append(f"Kontakta {self.person()} i {self.pick('place')} om {self.amount()} kr.")
            lines += textwrap.wrap(" ".join(said), wide)
        return lines

    def trade(self) -> list[str]:
        return self.pick("trade").split(": ", 1)[1].split(", ")


def letter(w: Writer) -> Lines:
    return [w.pick("title"), w.date(), *w.prose(3, 7), w.person()]


def minutes(w: Writer) -> Lines:
    lines = [w.pick("title"), f"§ {w.dice.randint(1, 90)} {w.pick('head')}"]
    for number in range(w.dice.randint(2, 5)):
        lines += [f"§ {number + 7} {w.pick('head')}", *w.prose(1, 2)]
    return [*lines, f"Justeras: {w.person()}\t{w.person()}"]


def sums(w: Writer) -> Lines:
    heads = "\t".join(w.pick("column") for _ in range(3))
    rows = [
        f"{w.pick('association')} {w.pick('place')}\t{w.amount()}\t{w.amount()}"
        for _ in range(w.dice.randint(8, 26))
    ]
    return [w.pick("title"), heads, *rows]


def people(w: Writer) -> Lines:
    heads = f"{w.pick('column')}\t{w.pick('column')}"
    return [heads, *(f"{w.person()}\t{w.pick('place')}" for _ in range(w.dice.randint(10, 32)))]


def numbers(w: Writer) -> Lines:
    heads = "\t".join(w.pick("column") for _ in range(4))
    rows = ["\t".join((str(w.dice.randint(1000, 8999)), *(w.amount() for _ in range(3)))) for _ in range(24)]
    return [w.pick("title"), heads, *rows]


def form(w: Writer) -> Lines:
    answers = (w.person, w.amount, w.date, lambda: w.pick("place"), lambda: w.pick("association"), lambda: "")
    rows = [f"{w.pick('label')}\t{w.dice.choice(answers)()}" for _ in range(w.dice.randint(8, 20))]
    return [w.pick("title"), *rows]


def trades(w: Writer) -> Lines:
    words = w.trade()
    rows = []
    for _ in range(w.dice.randint(8, 24)):
        place = w.pick("place") if w.dice.random() < 0.4 else ""
        rows.append(f"{w.dice.choice(words)}\t{w.dice.randint(1, 90)} st\t{place}")
    return [w.pick("title"), f"{w.pick('column')}\t{w.pick('column')}", *rows, *w.prose(0, 1)]


def contents(w: Writer) -> Lines:
    return [
        f"{n}.{w.dice.randint(1, 4)} {w.pick('head')} {'.' * w.dice.randint(8, 50)} {n * 2}"
        for n in range(1, w.dice.randint(9, 22))
    ]


def listing(w: Writer) -> Lines:
    """A printed log or e-mail."""
    names = ("info", "kansli", "a.lind", "noreply")
    lines = [
        f"Från: {w.dice.choice(names)}@foreningen.example",
        f"Skickat: {w.date()} 09:4{w.dice.randint(0, 9)}",
    ]
    for _ in range(w.dice.randint(4, 10)):
        code = "".join(w.dice.choices("abcdef0123456789", k=12))
        lines += [
            f"{w.date()} {w.dice.randint(10, 23)}:07 OK id={code} fil_{w.dice.randint(1, 99)}.pdf",
            w.sentence(),
        ]
    return lines


def short(w: Writer) -> Lines:
    """A page of few words."""
    return [w.pick("title"), *([w.pick("place")] if w.dice.random() < 0.5 else []), w.date()]


KINDS: dict[str, Callable[[Writer], Lines]] = {
    "letter": letter,
    "minutes": minutes,
    "sums": sums,
    "people": people,
    "numbers": numbers,
    "form": form,
    "trade": trades,
    "contents": contents,
    "listing": listing,
    "short": short,
}
"""Kinds of Swedish pages."""


def foreign(w: Writer, language: str) -> Lines:
    """A letter in another language, at times under a Swedish head or with a list of sums."""
    sentences = languages(w.half)[language]
    said = [w.dice.choice(sentences) for _ in range(w.dice.randint(5, 14))]
    lines = [part for n in range(0, len(said), 3) for part in textwrap.wrap(" ".join(said[n : n + 3]), 84)]
    top = [w.pick("title"), w.pick("place")] if w.dice.random() < 0.4 else []
    rows = [f"{w.person()}\t{w.amount()} kr" for _ in range(w.dice.randint(2, 6))]
    return [*top, *lines, *(rows if w.dice.random() < 0.3 else [])]
