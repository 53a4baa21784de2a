"""Slots that state no fact of the gold: figures of other kinds, and what else a page is full of."""

import random
from collections.abc import Callable

from synth.forms_money import grouped
from synth.forms_time import MONTHS
from synth.grammar import Expander

Slot = Callable[[random.Random, Expander, list[str]], str]


def digits(rng: random.Random, form: str) -> str:
    """`#` is a digit from 1 to 9."""
    return "".join(str(rng.randint(1, 9)) if char == "#" else char for char in form)


def _count(rng: random.Random, expander: Expander, arguments: list[str]) -> str:
    low, high = (int(argument) for argument in arguments)
    return grouped(rng.randint(low, high))


def _percent(rng: random.Random, expander: Expander, arguments: list[str]) -> str:
    share = rng.choice([str(rng.randint(1, 99)), f"{rng.randint(0, 60)},{rng.randint(1, 9)}"])
    return share + rng.choice([" procent", " %", "%", " procent"])


def _phone(rng: random.Random, expander: Expander, arguments: list[str]) -> str:
    forms = (
        "0##-## ## ##",
        "0###-## ## ##",
        "0##-### ## ##",
        "070-### ## ##",
        "0###-### ##",
        "+46 ## ### ## ##",
    )
    return digits(rng, rng.choice(forms))


def _bankgiro(rng: random.Random, expander: Expander, arguments: list[str]) -> str:
    return digits(rng, rng.choice(["####-####", "###-####"]))


def _plusgiro(rng: random.Random, expander: Expander, arguments: list[str]) -> str:
    return digits(rng, rng.choice(["## ## ##-#", "#### ##-#", "######-#"]))


def _account(rng: random.Random, expander: Expander, arguments: list[str]) -> str:
    return digits(rng, rng.choice(["####-# ### ### ###", "####, ### ### ###"]))


def _statute(rng: random.Random, expander: Expander, arguments: list[str]) -> str:
    return rng.choice([
        "(SFS 2017:725)", "(2017:725)", "(2001:453)", "(2009:400)", "(1975:635)", "(2016:1145)", "(2010:800)",
        "(SFS 2010:659)", "(2009:47)", "(2018:218)", "(1915:218)", "(1986:223)", "(2017:900)",
    ])  # fmt: skip


def _invoice(rng: random.Random, expander: Expander, arguments: list[str]) -> str:
    return digits(rng, rng.choice(["######", "########", "F-#####", "1#####", "20##-####"]))


def _euro(rng: random.Random, expander: Expander, arguments: list[str]) -> str:
    value = rng.randint(2, 900) * 100
    return rng.choice(
        [f"{grouped(value)} euro", f"EUR {grouped(value)}", f"{grouped(value)} EUR", f"€{value}"]
    )


def _mail(rng: random.Random, expander: Expander, arguments: list[str]) -> str:
    box = rng.choice(["info", "kansli", "kultur", "registrator", "social", "post", "styrelsen", "faktura"])
    place = expander.rule("led").lower()
    plain = place.translate(str.maketrans("åäöé", "aaoe"))
    return f"{box}@{plain}{rng.choice(['kommun', 'bygden', 'foreningen', ''])}.example"


def _day(rng: random.Random, expander: Expander, arguments: list[str]) -> str:
    """A day of the year without its year."""
    return f"{rng.randint(1, 28)} {rng.choice(MONTHS)}"


def _clock(rng: random.Random, expander: Expander, arguments: list[str]) -> str:
    hour, minute = rng.randint(8, 18), rng.choice(["00", "15", "30", "45"])
    return rng.choice([f"{hour:02}.{minute}", f"{hour:02}:{minute}", f"{hour}.{minute}"])


def _post(rng: random.Random, expander: Expander, arguments: list[str]) -> str:
    return digits(rng, "### ##")


def _house(rng: random.Random, expander: Expander, arguments: list[str]) -> str:
    """A property's designation (`Ekbacken 3:14`)."""
    return f"{expander.rule('bygd')} {rng.randint(1, 40)}:{rng.randint(1, 300)}"


SLOTS: dict[str, Slot] = {
    "tal": _count,
    "procent": _percent,
    "tel": _phone,
    "bg": _bankgiro,
    "pg": _plusgiro,
    "konto": _account,
    "sfs": _statute,
    "fakturanr": _invoice,
    "euro": _euro,
    "epost": _mail,
    "dag": _day,
    "klocka": _clock,
    "postnr": _post,
    "fastighet": _house,
}
