"""The gold facts of one document, written down as its text is made: what was said is what is expected."""

import re
from dataclasses import dataclass, field
from typing import Any

from synth.forms_time import Term

LONE_YEAR = re.compile(r"\D*\d{4}")


@dataclass
class Ledger:
    """Rows in order of mention, each once; `drawn` holds every value's written form, for tests."""

    periods: list[dict[str, Any]] = field(default_factory=list)
    amounts: list[dict[str, Any]] = field(default_factory=list)
    org_numbers: list[str] = field(default_factory=list)
    invalid: list[str] = field(default_factory=list)
    personal: list[str] = field(default_factory=list)
    cases: list[str] = field(default_factory=list)
    persons: list[dict[str, Any]] = field(default_factory=list)
    decisions: list[dict[str, Any]] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    drawn: list[tuple[str, str, str]] = field(default_factory=list)  # field, value, form
    named: set[str] = field(default_factory=set)  # which of kommun, nämnd, mp the text names
    printed: set[str] = field(default_factory=set)  # whose numbers the text prints
    public_name: str = ""  # as its own clause names it
    said: list[tuple[str, dict[str, Any]]] = field(default_factory=list)  # forms of sums and their rows
    own_case: str = ""
    names: list[tuple[str, str]] = field(default_factory=list)  # label (ORG, PER, LOC) and form
    date: str = ""

    def period(self, kind: str, one: Term, form: str) -> None:
        end = one.end.isoformat() if one.end else ""
        _once(self.periods, {"kind": kind, "start": one.start.isoformat(), "end": end})
        self.drawn.append(("periods", f"{one.start}/{end}", form))

    def amount(self, kind: str, value: int, year: int | None, frequency: str | None, form: str) -> None:
        row = {"kind": kind, "amount_sek": value, "year": year, "frequency": frequency}
        _once(self.amounts, row)
        self.said.append((form, row))
        self.drawn.append(("amounts", str(value), form))

    def organisation(self, number: str, form: str, valid: bool = True) -> None:
        _once(self.org_numbers, number)
        if not valid:
            _once(self.invalid, number)
        self.drawn.append(("org_numbers", number, form))

    def personal_number(self, number: str, form: str) -> None:
        _once(self.personal, number)
        self.drawn.append(("personal_numbers", number, form))

    def case(self, number: str, form: str) -> None:
        _once(self.cases, number)
        self.drawn.append(("case_numbers", number, form))

    def person(self, name: str, title: str | None, organisation: str | None, function: str) -> None:
        """One row for a person and function; a title that is met later completes the row."""
        for row in self.persons:
            if (row["name"], row["function"]) == (name, function):
                row["title"] = row["title"] or title
                return
        row = {"name": name, "title": title, "organisation": organisation, "function": function}
        self.persons.append(row)
        self.drawn.append(("persons", name, name))

    def decision(self, status: str, text: str, section: str | None) -> None:
        number = 1 + sum(row["status"] == status and row["section"] == section for row in self.decisions)
        self.decisions.append({"number": number, "status": status, "text": text, "section": section})
        self.drawn.append(("decisions", text, text))
        self._date_sums(text)

    def _date_sums(self, clause: str) -> None:
        """A sum is for the calendar year that its own clause names (`bidrag med 40 000 kr för 2024`)."""
        years = [
            value[:4]
            for name, value, form in self.drawn
            if name == "periods" and LONE_YEAR.fullmatch(form) and form in clause
        ]
        for at, (form, row) in enumerate(self.said):
            if years and form in clause and row["kind"] == "funding" and row["year"] is None:
                dated = {**row, "year": int(years[-1])}
                self.said[at] = (form, dated)
        if years:
            self.amounts = []
            for _, row in self.said:
                _once(self.amounts, row)

    def name(self, label: str, form: str) -> None:
        """A name as it is written, genitive and all: what a model of names learns from."""
        _once(self.names, (label, form))

    def flag(self, name: str) -> None:
        _once(self.flags, name)


def _once(rows: list[Any], row: Any) -> None:
    if row not in rows:
        rows.append(row)
