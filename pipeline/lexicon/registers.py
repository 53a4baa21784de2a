"""Public facts about Swedish municipalities, counties and public bodies, as data files of this package.

Sources and licences are in `data/README.md`. Everything is loaded when first asked for.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Municipality:
    """`name` is the official one (`Umeå kommun`), `short` the place (`Umeå`), `code` SCB's four digits."""

    code: str
    name: str
    short: str
    county: str


@cache
def municipalities() -> tuple[Municipality, ...]:
    """All 290 municipalities, by code; `county` is the county's short name (`Västerbotten`)."""
    names = {row["county_code"]: row["county_name_short"] for row in _rows("counties.csv")}
    return tuple(
        Municipality(
            code=row["municipality_code"],
            name=row["municipality_name"],
            short=row["municipality_name_short"],
            county=names[row["county_code"]],
        )
        for row in _rows("municipalities.csv")
    )


@cache
def counties() -> tuple[str, ...]:
    """The official names of the 21 counties (`Västerbottens län`), by code."""
    return tuple(row["county_name"] for row in _rows("counties.csv"))


@cache
def public_bodies() -> Mapping[str, str]:
    """Organisation number by name: municipalities, regions, and authorities; about 14 municipalities lack."""
    return MappingProxyType({row["name"]: row["org_number"] for row in _rows("public_bodies.csv")})


@cache
def state_agencies() -> Mapping[str, str]:
    """Organisation number by name of state agencies, empty where the source has none."""
    return MappingProxyType({row["name"]: row["org_number"] for row in _rows("state_agencies.csv")})


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = files(__package__).joinpath("data").joinpath(name).read_text(encoding="utf-8")
    yield from csv.DictReader(text.splitlines())
