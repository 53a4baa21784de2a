"""Tables with sums: recipients of grants, budgets, outcomes and sums per year, in drawn shapes."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from synth.forms_money import bare
from synth.forms_numbers import written_org
from synth.matter import CIVIL, Body, drawn_body, sum_of

if TYPE_CHECKING:
    from synth.writer import Writer


@dataclass(frozen=True, slots=True)
class Grant:
    """What a body asked for and got; `granted` is 0 where it was refused."""

    body: Body
    sought: int
    granted: int


def row(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def grants(rng: random.Random, writer: "Writer") -> list[Grant]:
    """The recipients of a decision: few as a rule, sometimes enough to fill more pages than one."""
    count = rng.choice([3, 4, 5, 6, 8, 9, 12, 18, 26, 38])
    found: dict[str, Grant] = {}
    while len(found) < count:
        body = drawn_body(rng, writer.expander, CIVIL)
        sought = sum_of(rng, 5000, 600_000)
        share = rng.choice([1, 1, 0.5, 0.75, 0.8, 0.9])
        got = 0 if rng.random() < 0.1 and len(found) > 1 else max(1000, round(sought * share / 1000) * 1000)
        found[body.name] = Grant(body, max(sought, got), got)
    return list(found.values())


def recipients(writer: "Writer") -> str:
    """The table of recipients, drawn once and kept in `writer.grants`."""
    rng, ledger = writer.rng, writer.ledger
    thousands = rng.random() < 0.12 and all(
        one.granted % 1000 == 0 == one.sought % 1000 for one in writer.grants
    )
    with_number, with_sought, numbered = rng.random() < 0.75, rng.random() < 0.7, rng.random() < 0.35
    year = writer.matter.term.start.year
    dated = rng.random() < 0.5  # whether the columns name the year
    columns = ["Nr"] * numbered + [rng.choice(["Förening", "Mottagare", "Sökande", "Organisation"])]
    columns += [rng.choice(["Org.nr", "Organisationsnummer", "Org nr"])] * with_number
    unit = " (tkr)" if thousands else rng.choice([" (kr)", ", kr", " kr", " (kronor)"])
    suffix = f" {year}" if dated else ""
    columns += [rng.choice(["Sökt", "Sökt belopp", "Ansökt"]) + suffix + unit] * with_sought
    columns += [rng.choice(["Beviljat", "Beviljat belopp", "Bidrag", "Beslut"]) + suffix + unit]
    lines = [row(columns)]
    for at, one in enumerate(writer.grants, 1):
        cells = [str(at)] * numbered + [one.body.name]
        if with_number:
            form = written_org(rng, one.body.number)
            ledger.organisation(one.body.number, form)
            writer.granted_numbers.add(one.body.number)
            cells.append(form)
        if with_sought:
            cells.append(_cell(writer, "other", one.sought, year if dated else None, thousands))
        if one.granted:
            cells.append(_cell(writer, "funding", one.granted, year if dated else None, thousands))
        else:
            cells.append(rng.choice(["Avslag", "0", "–", "avslås"]))
        lines.append(row(cells))
    if rng.random() < 0.8:
        lines.append(_totals(writer, len(columns), with_sought, year if dated else None, thousands))
    return "\n".join(lines)


def _totals(writer: "Writer", width: int, with_sought: bool, year: int | None, thousands: bool) -> str:
    got = sum(one.granted for one in writer.grants)
    if writer.variables["fel"] == "summa":
        got += writer.rng.choice([1000, 10_000, -2000])
        writer.ledger.flag("sum_mismatch")
    cells = [""] * width
    cells[0] = writer.rng.choice(["Summa", "Totalt", "SUMMA", "Summa bidrag"])
    if with_sought:
        sought = sum(one.sought for one in writer.grants)
        cells[-2] = _cell(writer, "other", sought, year, thousands)
    cells[-1] = _cell(writer, "funding", got, year, thousands)
    return row(cells)


def _cell(writer: "Writer", kind: str, value: int, year: int | None, thousands: bool) -> str:
    form = bare(writer.rng, value, thousands)
    writer.ledger.amount(kind, value, year, None, form)
    return form


def budget(writer: "Writer") -> str:
    """Costs and incomes of an application, all of them `other`; the sum holds."""
    return _ledger(writer, ["Kostnader", "Post", "Budget"], ["Belopp (kr)", "Kronor", "kr"], 1, False)


def outcome(writer: "Writer") -> str:
    """Budget beside outcome, often in thousands."""
    thousands = writer.rng.random() < 0.5
    unit = ["Budget (tkr)", "Budget, tkr"] if thousands else ["Budget (kr)", "Budget kr"]
    return _ledger(writer, ["Post", "Intäkter och kostnader", "Kostnadsslag"], unit, 2, thousands)


def _ledger(writer: "Writer", heads: list[str], units: list[str], columns: int, thousands: bool) -> str:
    rng = writer.rng
    unit = rng.choice(units)
    names = [unit] + ([unit.replace("Budget", "Utfall")] if columns == 2 else [])
    lines = [row([rng.choice(heads), *names])]
    posts = rng.sample(POSTS, rng.randint(3, 7))
    sums = [0] * columns
    for post in posts:
        values = [sum_of(rng, 5000, 400_000) for _ in range(columns)]
        values = [round(value / 1000) * 1000 or 1000 for value in values] if thousands else values
        lines.append(row([post, *(_cell(writer, "other", value, None, thousands) for value in values)]))
        sums = [one + value for one, value in zip(sums, values, strict=True)]
    total = [_cell(writer, "other", value, None, thousands) for value in sums]
    return "\n".join([*lines, row([rng.choice(["Summa", "Totalt", "Summa kostnader"]), *total])])


POSTS = [
    "Löner och sociala avgifter", "Lokalhyra", "Material", "Resor", "Marknadsföring",
    "Revision och bokföring", "Försäkringar", "Utrustning", "Livsmedel", "Arvoden",
    "Utbildning av ledare", "Administration", "El och värme", "Städning", "Telefoni och data",
    "Transporter", "Aktiviteter", "Tolk", "Underhåll", "Medlemsavgifter",
]  # fmt: skip


def years(writer: "Writer") -> str:
    """The sums of a list per year as a table."""
    lines = [
        row(
            [
                writer.rng.choice(["År", "Kalenderår"]),
                writer.rng.choice(["Belopp (kr)", "Ersättning, kr", "Bidrag (kr)"]),
            ]
        )
    ]
    for year, value in writer.matter.plan.by_year:
        lines.append(row([str(year), _cell(writer, "funding", value, year, False)]))
    return "\n".join(lines)


def invoice(writer: "Writer") -> str:
    """Lines of an invoice with number, price and sum; net, VAT and what is to be paid."""
    rng = writer.rng
    lines = [row(["Benämning", "Antal", "À-pris", "Belopp"])]
    net = 0
    for post in rng.sample(POSTS, rng.randint(1, 5)):
        count, price = rng.randint(1, 12), rng.randint(2, 90) * 100
        net += count * price
        cells = [post, str(count), _cell(writer, "other", price, None, False)]
        lines.append(row([*cells, _cell(writer, "other", count * price, None, False)]))
    vat = net // 4
    for name, value in (("Netto", net), ("Moms 25 %", vat), ("Att betala", net + vat)):
        lines.append(row([name, "", "", _cell(writer, "other", value, None, False)]))
    return "\n".join(lines)


def contacts(writer: "Writer") -> str:
    lines = [row(["Part", "Namn", writer.rng.choice(["Befattning", "Funktion", "Roll"]), "Telefon"])]
    for part, key in (("Kommunen", "kontakt_k"), (writer.matter.body.short.capitalize(), "kontakt_m")):
        cells = [part, writer.expander.text(f"{{person {key}}}"), writer.expander.text(f"{{titel {key}}}")]
        lines.append(row([*cells, writer.expander.text("{tel}")]))
    return "\n".join(lines)


TABLES: dict[str, Callable[["Writer"], str]] = {
    "bidrag": recipients,
    "budget": budget,
    "utfall": outcome,
    "år": years,
    "kontakter": contacts,
    "faktura": invoice,
}
