"""Slots for sums of money: each in a drawn form, noted in the ledger with kind, year and frequency."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from synth.forms_money import grouped, in_words, money

if TYPE_CHECKING:
    from synth.writer import Writer

LINKS = ("för", "år", "för år")
FREQUENCIES = {"år": "year", "mån": "month", "engång": "once"}


def kr(writer: "Writer", arguments: list[str]) -> str:
    """A funding sum by name: unit, total or a year of the list; `år`, `mån`, `engång` say how often."""
    name, *marks = arguments
    plan, term = writer.matter.plan, writer.matter.term
    value = plan.unit if name == "unit" else plan.total or plan.unit
    if name == "total" and "total" in writer.mistaken:
        value = writer.mistaken["total"]
        writer.ledger.flag("sum_mismatch")
    if name == "fel":
        value = plan.unit + writer.rng.choice([1, 2, 3, 5]) * (10_000 if plan.unit > 40_000 else 1000)
        writer.ledger.flag("amount_conflict")
    year = term.start.year if "för" in marks else None
    return noted(writer, "funding", value, year, marks)


def lista(writer: "Writer", arguments: list[str]) -> str:
    """The sums of a list per year, in a row: `475 000 kr för 2024, …`."""
    parts = [
        f"{noted(writer, 'funding', value, year, ['kort'])} {writer.rng.choice(LINKS)} {year}"
        for year, value in writer.matter.plan.by_year
    ]
    return ", ".join(parts[:-1]) + " och " + parts[-1]


def annat(writer: "Writer", arguments: list[str]) -> str:
    """Money of another kind, in a range: `{annat 5 400 år}` is thousands per year."""
    low, high = int(arguments[0]), int(arguments[1])
    value = writer.rng.randint(low, high) * 1000 + (500 if high < 60 and writer.rng.random() < 0.2 else 0)
    year = writer.matter.term.start.year if "för" in arguments else None
    return noted(writer, "other", value, year, arguments)


def ordsiffror(writer: "Writer", arguments: list[str]) -> str:
    """A sum whose words and figures disagree; both are rows, and the row is flagged."""
    value = writer.rng.randint(20, 300) * 1000
    other = value + writer.rng.choice([1000, 5000, 10_000])
    form = f"{in_words(value)} ({grouped(other)}) kronor"
    for one in (value, other):
        writer.ledger.amount("other", one, None, None, form)
    writer.ledger.flag("words_digits_conflict")
    return form


def noted(writer: "Writer", kind: str, value: int, year: int | None, marks: list[str]) -> str:
    frequency = next((FREQUENCIES[mark] for mark in marks if mark in FREQUENCIES), None)
    form = money(writer.rng, value, words="kort" not in marks)
    writer.ledger.amount(kind, value, year, frequency, form)
    return form


def gånger(writer: "Writer", arguments: list[str]) -> str:
    """The sums of whole years as a product: `2 × 315 000 kr`."""
    sign = writer.rng.choice(["×", "x", "*", "gånger"])
    each = noted(writer, "funding", writer.matter.plan.unit, None, ["kort"])
    return f"{writer.matter.term.years} {sign} {each}"


SLOTS: dict[str, Callable[["Writer", list[str]], str]] = {
    "kr": kr,
    "lista": lista,
    "annat": annat,
    "ordsiffror": ordsiffror,
    "gånger": gånger,
}
