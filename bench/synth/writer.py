"""What stands in the slots of the grammar: each fact in a drawn form, noted in the ledger as it is written.

A slot is `{name argument ...}`; a capital first letter of the name gives a capital first letter. Slots that
state facts are here, sums in `sums.py`, what only looks like facts in `filler.py`, tables in `tables.py`.
"""

import random
from collections.abc import Callable
from datetime import date, timedelta

from synth import filler, forms_numbers, sums, tables
from synth.forms_time import Term, day_and_month, month_and_year, shapes, style, written
from synth.grammar import Expander
from synth.ledger import Ledger
from synth.matter import Body, Matter, drawn_body
from synth.mentions import misspelt
from synth.people import People


def genitive(name: str) -> str:
    return name if name[-1] in "sxzSXZ" else name + "s"


class Writer:
    """Expands the grammar for one document. `variables` choose its rules; `ledger` holds what was said."""

    def __init__(self, rng: random.Random, half: str, variables: dict[str, str]) -> None:
        self.rng = rng
        self.variables = variables
        self.ledger = Ledger()
        self.expander = Expander(rng, half, variables, self._slot)
        self.people = People(self.expander)
        self.matter: Matter  # set by whoever drew it
        self.mistaken: dict[str, int] = {}  # a sum that the text gets wrong, by name
        self.grants: list[tables.Grant] = []
        self.granted_numbers: set[str] = set()
        self._extra: dict[str, Body] = {}
        self._section = rng.randint(1, 180)
        self._dates = style(rng)

    def _slot(self, call: str) -> str:
        name, *arguments = call.split()
        made = self._made(name.lower(), arguments)
        return made[:1].upper() + made[1:] if name[0].isupper() else made

    def _made(self, name: str, arguments: list[str]) -> str:
        if name in SLOTS:
            form = SLOTS[name](self, arguments)
            if name in NAMES and form != DOTS:
                self.ledger.name(NAMES[name], form)
            return form
        if name in sums.SLOTS:
            return sums.SLOTS[name](self, arguments)
        if name in filler.SLOTS:
            return filler.SLOTS[name](self.rng, self.expander, arguments)
        raise KeyError(f"no slot {name}")

    # Parties

    def kommun(self, arguments: list[str]) -> str:
        self.ledger.named.add("kommun")
        name = self.matter.authority.name
        return genitive(name) if arguments == ["s"] else name

    def ort(self, arguments: list[str]) -> str:
        self.ledger.named.add("kommun")
        return self.matter.authority.short.removeprefix("Region ")

    def nämnd(self, arguments: list[str]) -> str:
        """The board as in a sentence, in small letters."""
        self.ledger.named.add("nämnd")
        name = self.matter.authority.board
        small = name[0].lower() + name[1:]
        return genitive(small) if "s" in arguments else small

    def förvaltning(self, arguments: list[str]) -> str:
        name = self.matter.authority.office
        return genitive(name) if "s" in arguments else name

    def part(self, arguments: list[str]) -> str:
        """The public party where the party clause names it."""
        name = self.kommun([])
        self.ledger.public_name = name
        return name

    def mp(self, arguments: list[str]) -> str:
        if self._blank:
            return DOTS
        self.ledger.named.add("mp")
        return genitive(self.matter.body.name) if "s" in arguments else self.matter.body.name

    @property
    def _blank(self) -> bool:
        """Whether the document is a form whose counterparty nobody has filled in."""
        if self.variables["fel"] == "part":
            self.ledger.flag("party_missing")
        return self.variables["fel"] == "part"

    def felnamn(self, arguments: list[str]) -> str:
        """The counterparty as another hand spells it."""
        self.ledger.flag("name_conflict")
        return misspelt(self.rng, self.matter.body.name)

    def mpt(self, arguments: list[str]) -> str:
        return genitive(self.matter.body.short) if "s" in arguments else self.matter.body.short

    def adress(self, arguments: list[str]) -> str:
        body = self.matter.body
        return DOTS if self._blank else f"{body.street}, {body.post}"

    def annan(self, arguments: list[str]) -> str:
        """Another body that is only mentioned."""
        return self._other(arguments).name

    def _other(self, arguments: list[str]) -> Body:
        key = arguments[0] if arguments else ""
        if key not in self._extra:
            self._extra[key] = drawn_body(
                self.rng, self.expander, {"förening": 3, "bolag": 2, "stiftelse": 1}
            )
        return self._extra[key]

    def år(self, arguments: list[str]) -> str:
        """The year that the term begins in, or so many later."""
        return str(self.matter.term.start.year + int(arguments[0] if arguments else 0))

    # Numbers

    def orgnr(self, arguments: list[str]) -> str:
        """The counterparty's; `kommun` and `annan KEY`: others'; `fel`: mistyped, `konflikt`: another one."""
        who = arguments[0] if arguments else "mp"
        valid = True
        number = self.matter.body.number
        if who == "kommun":
            number = self.matter.authority.number
            self.ledger.printed.add("kommun")
        elif who == "annan":
            number = self._other(arguments[1:]).number
        elif who == "fel":
            number, valid = forms_numbers.wrong(self.rng, number), False
            self.ledger.flag("org_number_invalid")
        elif who == "konflikt":
            number = forms_numbers.org_number(self.rng, self.matter.body.kind)
            self.ledger.flag("org_number_conflict")
        elif self._blank:
            return DOTS
        else:
            self.ledger.printed.add("mp")
        form = forms_numbers.written_org(self.rng, number)
        self.ledger.organisation(number, form, valid)
        return form

    def pnr(self, arguments: list[str]) -> str:
        number, form = forms_numbers.personal_number(self.rng)
        self.ledger.personal_number(number, form)
        return form

    def dnr(self, arguments: list[str]) -> str:
        """The document's own; `förra` the earlier matter's, `annat` one that is only cited."""
        authority = self.matter.authority
        normal = self.matter.case
        if arguments == ["förra"]:
            normal = self.matter.old_case
        elif arguments == ["annat"]:
            prefix = self.rng.choice([authority.prefix, "KS", "KF"])
            number = self.rng.randint(3, 900)
            normal = forms_numbers.case_number(self.rng, prefix, self.matter.signed.year - 1, number)
        else:
            self.ledger.own_case = normal
        form = forms_numbers.written_case(self.rng, normal)
        self.ledger.case(normal, form)
        return form

    # Time

    def datum(self, arguments: list[str]) -> str:
        """The document's date, in the style of its letterhead."""
        self.ledger.date = self.matter.signed.isoformat()
        form = written(self.matter.signed, self.rng.choice(["iso", "iso", "long", "den"]))
        self.ledger.drawn.append(("document_date", self.ledger.date, form))
        return form

    def tid(self, arguments: list[str]) -> str:
        return self._period("agreement", self.matter.term, arguments)

    def förra(self, arguments: list[str]) -> str:
        return self._period("previous", self.matter.previous, arguments)

    def option(self, arguments: list[str]) -> str:
        return self._period("option", self.matter.option, arguments)

    def verksamhetsår(self, arguments: list[str]) -> str:
        """The year that a report or an annual report is about."""
        year = self.matter.term.start.year
        one = Term(date(year, 1, 1), date(year, 12, 31))
        return self._period("other", one, arguments)

    def projekttid(self, arguments: list[str]) -> str:
        year = self.matter.term.start.year
        one = Term(date(year, 3, 1), date(year + 1, 8, 31))
        return self._period("other", one, arguments)

    def felaktig(self, arguments: list[str]) -> str:
        """The term as another place of the document has it."""
        real = self.matter.term
        assert real.end is not None
        moved = date(real.start.year, real.start.month % 12 + 1, 1)
        years = self.rng.choice([0, 1])
        one = Term(moved, real.end) if not years and moved < real.end and moved > real.start else Term(
            real.start, date(real.end.year + 1, real.end.month, 28 if real.end.month == 2 else real.end.day)
        )  # fmt: skip
        self.ledger.flag("period_conflict")
        return self._period("agreement", one, arguments)

    def _period(self, kind: str, one: Term, arguments: list[str]) -> str:
        """`g`, `n` or `b`: the frame that the phrase stands in."""
        frame = arguments[0] if arguments else "n"
        possible = shapes(one, bare=frame == "b" or "exakt" in arguments)
        if "exakt" in arguments:
            possible = {"dagar": 1}
        shape = self.rng.choices(list(possible), list(possible.values()))[0]
        how = style(self.rng) if self.rng.random() < 0.3 else self._dates
        end = one.end or one.start
        values = {
            "från": written(one.start, how), "till": written(end, how), "y1": str(one.start.year),
            "y2": str(end.year), "m1": month_and_year(one.start), "m2": month_and_year(end),
            "dm1": day_and_month(one.start), "dm2": day_and_month(end),
            "antal": COUNTS.get(one.years, str(one.years)),
        }  # fmt: skip
        inner = Expander(self.rng, self.expander.half, {}, values.__getitem__)
        form = inner.rule(f"tid.{frame}.{shape}")
        self.ledger.period(kind, one, form)
        return form

    # People

    def person(self, arguments: list[str]) -> str:
        person = self.people.get(arguments[0])
        if person.side == "m" and self._blank:
            return DOTS
        self.ledger.person(person.name, None, self._employer(person.side), person.function)
        if "parti" in arguments:
            return f"{person.name} ({person.party})"
        return person.name

    def titel(self, arguments: list[str]) -> str:
        person = self.people.get(arguments[0])
        if person.side == "m" and self._blank:
            return DOTS
        self.ledger.person(person.name, person.title, self._employer(person.side), person.function)
        return person.title

    def _employer(self, side: str) -> str | None:
        return {"k": self.matter.authority.name, "m": self.matter.body.name}.get(side)

    def tabell(self, arguments: list[str]) -> str:
        return tables.TABLES[arguments[0]](self)

    def verksamhet(self, arguments: list[str]) -> str:
        return self.matter.activity

    def antal(self, arguments: list[str]) -> str:
        return str(len(self.grants))

    def paragraf(self, arguments: list[str]) -> str:
        """The next matter of a meeting's minutes."""
        self._section += 1
        return f"^ § {self._section}¶"

    def stämpeldatum(self, arguments: list[str]) -> str:
        """The day of a stamp, which is not the document's date."""
        return (self.matter.signed + timedelta(self.rng.randint(1, 9))).isoformat()


DOTS = "…………………………"
COUNTS = {1: "ett", 2: "två", 3: "tre", 4: "fyra"}
# The slots that write a name, and what it is a name of.
NAMES = {
    "kommun": "ORG", "part": "ORG", "nämnd": "ORG", "förvaltning": "ORG", "mp": "ORG", "annan": "ORG",
    "felnamn": "ORG", "ort": "LOC", "person": "PER",
}  # fmt: skip
SLOTS: dict[str, Callable[[Writer, list[str]], str]] = {
    name: method for name, method in vars(Writer).items() if not name.startswith("_") and callable(method)
}
