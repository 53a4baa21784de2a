"""What a document is about: a matter between a public body and its counterparty, drawn before any wording."""

import random
import re
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from pipeline.lexicon.registers import municipalities
from synth import forms_numbers as numbers
from synth.forms_time import Term, term
from synth.grammar import Expander

CIVIL = {"förening": 10, "stiftelse": 3, "kooperativ": 2, "samfund": 2}
MIXED = {**CIVIL, "bolag": 5}
COMMERCIAL = {"bolag": 10, "kooperativ": 1, "handelsbolag": 1, "stiftelse": 1}
DOUBLE_S = re.compile(r"(?<=\w\w)([sxz])s\b")  # `Holmnäs` has no further s in the genitive
PLANS = {"årlig": 5, "årlig_total": 5, "total": 5, "månad": 3, "engång": 3, "lista": 4, "gånger": 2}
OPEN = frozenset(["drift", "hyra", "iop", "skrivelse", "utdrag"])  # what may run until further notice
STEPS = (1000, 5000, 5000, 10_000, 10_000, 12_500, 500)


@dataclass(frozen=True, slots=True)
class Body:
    """A counterparty. `short` is what it is called in running text (`föreningen`)."""

    name: str
    kind: str
    number: str
    short: str
    street: str
    post: str


@dataclass(frozen=True, slots=True)
class Authority:
    """A municipality or region with the board that answers for the matter."""

    name: str
    short: str
    number: str
    board: str
    office: str
    prefix: str

    @property
    def region(self) -> bool:
        return self.name.startswith("Region ") and self.short == self.name


@dataclass(frozen=True, slots=True)
class Plan:
    """How the money is said: per year, as a total, per month, once, as a list per year, or as a product."""

    name: str
    unit: int  # the sum per year, month or time; the whole sum where there is just one
    by_year: tuple[tuple[int, int], ...]  # year and sum, for lists
    total: int | None


@dataclass(frozen=True, slots=True)
class Matter:
    """The facts that a document's wording may use."""

    authority: Authority
    body: Body
    activity: str
    term: Term
    previous: Term
    option: Term
    plan: Plan
    signed: date
    case: str
    old_case: str
    others: tuple[Body, ...] = field(default=())


def drawn(rng: random.Random, expander: Expander, kind: str, latest: int = 2025) -> Matter:
    """A matter for a type of document that begins in `latest` or before."""
    kinds = COMMERCIAL if kind in ("hyra", "upphandling", "faktura") else CIVIL
    kinds = MIXED if kind in ("drift", "tillägg") else kinds
    authority = _authority(rng, region=kind == "upphandling" and rng.random() < 0.4)
    body = drawn_body(rng, expander, kinds)
    year = rng.randint(2006, latest)
    one = _term(rng, year, kind)
    following = rng.choice([12, 24])
    option = after(one, following)
    if kind in OPEN and rng.random() < 0.08:
        one = replace(one, end=None)
    plan = drawn_plan(rng, one, kind)
    return Matter(
        authority=authority,
        body=body,
        activity=expander.rule(f"verksamhet.{body.kind}"),
        term=one,
        previous=before(one, rng.choice([12, 24, 36])),
        option=option,
        plan=plan,
        signed=_signed(rng, one, kind),
        case=drawn_case(rng, authority, one.start.year - (one.start.month < 4)),
        old_case=drawn_case(rng, authority, one.start.year - rng.randint(2, 4)),
    )


def _signed(rng: random.Random, one: Term, kind: str) -> date:
    """Before the term as a rule; reports and recoveries look back."""
    if kind in ("rapport", "årsredovisning"):
        return date(one.start.year + 1, rng.randint(1, 5), rng.randint(1, 28))
    if kind == "återkrav":
        return one.start + timedelta(rng.randint(40, 250))
    return one.start - timedelta(rng.randint(5, 80))


def renewed(rng: random.Random, matter: Matter) -> Matter:
    """The matter of the next agreement between the same two."""
    gap = rng.choice([0, 0, 0, 0, 1, 3])
    start = (after(matter.term, 1).start.replace(day=1) + timedelta(31 * gap)).replace(day=1)
    one = term(start, rng.choice([12, 12, 24, 36]))
    return replace(
        matter,
        term=one,
        previous=matter.term,
        option=after(one, 12),
        plan=drawn_plan(rng, one, "iop"),
        signed=start - timedelta(rng.randint(10, 70)),
        case=drawn_case(rng, matter.authority, start.year - 1),
        old_case=matter.case,
    )


def drawn_body(rng: random.Random, expander: Expander, kinds: dict[str, int]) -> Body:
    kind = rng.choices(list(kinds), list(kinds.values()))[0]
    return Body(
        name=DOUBLE_S.sub(r"\1", expander.rule(f"namn.{kind}")),
        kind=kind,
        number=numbers.org_number(rng, kind),
        short=expander.rule(f"motpart.{kind}"),
        street=expander.rule("gata"),
        post=f"{rng.randint(111, 984)} {rng.randint(10, 99)} {expander.rule('bygd')}",
    )


def _authority(rng: random.Random, region: bool) -> Authority:
    board, office, prefix = _board(rng)
    number = numbers.org_number(rng, "offentlig")
    if region:
        name = f"Region {rng.choice(municipalities()).county}"
        return Authority(name, name, number, board, office, prefix)
    real = rng.choice(municipalities())
    return Authority(real.name, real.short, number, board, office, prefix)


AREAS = {
    "arbetsmarknad": "arbetsmarknads", "barn": "barn", "bildning": "bildnings", "bygg": "bygg",
    "familje": "familje", "fritid": "fritids", "folkhälsa": "folkhälso", "förskola": "förskole",
    "gymnasium": "gymnasie", "individ": "individ", "integration": "integrations", "kultur": "kultur",
    "miljö": "miljö", "näringsliv": "näringslivs", "omsorg": "omsorgs", "samhällsbyggnad": "samhällsbyggnads",
    "service": "service", "skola": "skol", "social": "social", "teknik": "tekniska", "tillväxt": "tillväxt",
    "ungdom": "ungdoms", "utbildning": "utbildnings", "vuxen": "vuxenutbildnings", "vård": "vård",
    "äldre": "äldre", "fastighet": "fastighets", "demokrati": "demokrati", "turism": "turism",
    "hälsa": "hälso",
}  # fmt: skip
# A first area keeps a hyphen; these read well as a last one.
LAST = tuple(
    part
    for name, part in AREAS.items()
    if part.endswith("s") or name in ("social", "skola", "miljö", "äldre")
)
LONG_BOARDS = (
    (
        "Nämnden för {} och {}",
        ("kultur", "fritid", "folkhälsa", "lärande", "arbete", "välfärd", "omsorg", "teknik"),
    ),
    ("Utskottet för {} och {}", ("tillväxt", "integration", "hållbarhet", "besöksnäring")),
)


def _board(rng: random.Random) -> tuple[str, str, str]:
    """Board, its office and the letters of its case numbers."""
    draw = rng.random()
    if draw < 0.12:
        return "Kommunstyrelsen", "kommunledningskontoret", "KS"
    if draw < 0.2:
        form, words = LONG_BOARDS[0]
        one, two = rng.sample(words, 2)
        return form.format(one, two), f"{one}- och {two}skontoret", f"N{one[0]}{two[0]}".upper()
    last = rng.choice(LAST)
    if draw < 0.5:
        stem = "tekniska " if last == "tekniska" else last
        return f"{stem.capitalize()}nämnden", f"{stem}förvaltningen", f"{last[0]}N".upper()
    firsts = rng.sample(
        [part for part in AREAS.values() if part not in (last, "tekniska")], rng.choice([1, 1, 1, 2])
    )
    joined = ", ".join(f"{part}-" for part in firsts)
    stem = f"{joined} och {last}"
    letters = "".join(part[0] for part in (*firsts, last))
    return f"{stem.capitalize()}nämnden", f"{stem}förvaltningen", f"{letters}N".upper()


def _term(rng: random.Random, year: int, kind: str) -> Term:
    if kind in ("bidrag", "ansökan", "avslag") and rng.random() < 0.7:
        return term(date(year, 1, 1), 12)
    draw = rng.random()
    if draw < 0.5:
        return term(date(year, 1, 1), 12 * rng.choice([1, 1, 2, 3, 3, 4]))
    if draw < 0.65:
        return term(date(year, 7, 1), 12 * rng.choice([1, 2, 3]))
    if draw < 0.9:
        return term(date(year, rng.randint(1, 12), 1), rng.choice([6, 8, 9, 12, 12, 18, 24, 24, 30, 36]))
    start = date(year, rng.randint(1, 12), rng.randint(2, 27))
    ends = term(start.replace(day=1), rng.choice([6, 12, 18])).end
    return Term(start, ends)


def drawn_plan(rng: random.Random, one: Term, kind: str) -> Plan:
    """A plan that the term allows: sums per year need whole years, sums per month whole months."""
    if one.end is None:
        name = rng.choice(["årlig", "månad"] if kind == "hyra" else ["årlig", "månad", "engång"])
        unit = sum_of(rng, 1500 if name == "månad" else 15_000, 60_000 if name == "månad" else 900_000)
        return Plan(name, unit, (), unit if name == "engång" else None)
    fits = dict(PLANS)
    if kind in ("hyra",):
        fits = {"månad": 5, "årlig": 2, "årlig_total": 3}
    if not one.years:
        fits = {
            name: weight
            for name, weight in fits.items()
            if name not in ("årlig", "årlig_total", "gånger", "lista")
        }
        fits.setdefault("total", 2)
    if not one.months:
        fits.pop("månad", None)
    if one.years < 2:
        fits.pop("årlig_total", None)
        fits.pop("lista", None)
        fits.pop("gånger", None)
    if not one.calendar:
        fits.pop("lista", None)
    name = rng.choices(list(fits), list(fits.values()))[0]
    unit = sum_of(rng, 1500 if name == "månad" else 15_000, 90_000 if name == "månad" else 2_400_000)
    years = range(one.start.year, one.start.year + one.years)
    if name == "lista":
        step = round(unit * rng.choice([0.02, 0.03, 0.1]) / 1000) * 1000 or 1000
        listed = tuple((year, unit + at * step) for at, year in enumerate(years))
        return Plan(name, unit, listed, sum(value for _, value in listed))
    times = {"årlig": one.years, "årlig_total": one.years, "gånger": one.years, "månad": one.months}.get(
        name, 1
    )
    return Plan(name, unit, (), unit * times)


def sum_of(rng: random.Random, low: int, high: int) -> int:
    """A sum as budgets have them: round, and more often small than large."""
    step = rng.choice(STEPS)
    share = rng.random() ** 2.2
    value: int = round((low + share * (high - low)) / step) * step
    return max(step, value)


def drawn_case(rng: random.Random, authority: Authority, year: int) -> str:
    return numbers.case_number(rng, authority.prefix, year, rng.randint(3, 1900))


def before(one: Term, months: int) -> Term:
    count = one.start.year * 12 + one.start.month - 1 - months
    end = one.start - timedelta(1)
    start = date(count // 12, count % 12 + 1, 1)
    return Term(start, end) if one.start.day == 1 else term(start, months)


def after(one: Term, months: int) -> Term:
    assert one.end is not None
    start = one.end + timedelta(1)
    return term(start.replace(day=1), months)
