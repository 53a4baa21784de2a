"""Organisation, personal and case numbers: made with valid check digits, written in many ways.

No made organisation number is a real body's: the groups below lie above those that have been given out, those
of public bodies above every municipality's, and each is held against the register of public bodies.
"""

import random
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache

from pipeline.lexicon.registers import public_bodies

# Groups of six digits that no register has reached, by kind of body.
GROUPS = {
    "förening": ("8026", "8027", "8028", "8029"),
    "stiftelse": ("8025", "8028"),
    "bolag": ("5597", "5598", "5599"),
    "kooperativ": ("7697", "7698", "7699"),
    "samfund": ("2527", "2528"),
    "handelsbolag": ("9698", "9699"),
    "offentlig": ("212000",),
}


def check_digit(digits: str) -> int:
    """Luhn's digit for nine digits.

    >>> check_digit("802499000")
    0
    """
    doubled = [int(digit) * (2 if at % 2 == 0 else 1) for at, digit in enumerate(digits)]
    return -sum(value // 10 + value % 10 for value in doubled) % 10


@cache
def _real() -> frozenset[str]:
    return frozenset(public_bodies().values())


def org_number(rng: random.Random, kind: str) -> str:
    """A number of nobody's, `NNNNNN-NNNN`."""
    while True:
        group = rng.choice(GROUPS[kind])
        low = "59" if kind == "stiftelse" and group == "8025" else ""
        digits = group + (str(rng.randint(60, 99)) if low else "")
        first = str(rng.randint(5, 9)) if kind == "offentlig" else ""
        digits += first
        digits += "".join(str(rng.randint(0, 9)) for _ in range(9 - len(digits)))
        number = f"{digits[:6]}-{digits[6:]}{check_digit(digits)}"
        if number not in _real():
            return number


def wrong(rng: random.Random, number: str) -> str:
    """The number as somebody mistyped it: two digits swapped, or one other; its check digit fails."""
    while True:
        digits = list(number.replace("-", ""))
        at = rng.randint(4, 8)
        if rng.random() < 0.5:
            digits[at], digits[at + 1] = digits[at + 1], digits[at]
        else:
            digits[at] = str(rng.randint(0, 9))
        text = "".join(digits)
        if check_digit(text[:9]) != int(text[9]):
            return f"{text[:6]}-{text[6:]}"


def written_org(rng: random.Random, number: str) -> str:
    """An organisation number as documents write it."""
    a, b = number.split("-")
    forms = [
        (14, number), (3, a + b), (2, f"{a} - {b}"), (2, f"{a}–{b}"), (1, f"{a}—{b}"), (1, f"{a} {b}"),
        (1, f"16{number}"), (1, f"{a[:2]} {a[2:4]} {a[4:]} - {b}"), (1, f"{a[:2]} {a[2:4]} {a[4:]}-{b}"),
        (1, f"{a} – {b}"), (1, f"{a}-{b[:2]} {b[2:]}" if b[2] != "0" else number),
    ]  # fmt: skip
    (form,) = rng.choices([form for _, form in forms], [weight for weight, _ in forms])
    return form


def personal_number(rng: random.Random) -> tuple[str, str]:
    """An invented personal number, `YYMMDD-NNNN` with a valid check digit, and the form it is written in."""
    old = rng.random() < 0.08
    born = date(1912 if old else 1938, 1, 1) + timedelta(rng.randint(0, 4000 if old else 24_000))
    form = rng.choice(list(PERSONAL))
    day = born.day + (60 if form == "samordning" else 0)
    digits = f"{born:%y%m}{day:02d}98{rng.randint(0, 9)}"
    last = f"{digits[6:]}{check_digit(digits)}"
    if old:
        return f"{digits[:6]}-{last}", f"{digits[:6]}+{last}"
    return f"{digits[:6]}-{last}", PERSONAL[form](str(born.year)[:2], digits[:6], last)


# Century, date and last four digits as somebody wrote them. A look-alike keeps seven digits or more.
PERSONAL: dict[str, Callable[[str, str, str], str]] = {
    "dash": lambda c, d, n: f"{d}-{n}",
    "twelve": lambda c, d, n: f"{c}{d}-{n}",
    "twelve joined": lambda c, d, n: f"{c}{d}{n}",
    "joined": lambda c, d, n: d + n,
    "blank": lambda c, d, n: f"{d} {n}",
    "blanks": lambda c, d, n: f"{d} - {n}",
    "long dash": lambda c, d, n: f"{d}–{n}",
    "broken": lambda c, d, n: f"{d}-⏎{n}",
    "broken twelve": lambda c, d, n: f"{c}{d}⏎-{n}",
    "samordning": lambda c, d, n: f"{d}-{n}",
    "spaced date": lambda c, d, n: f"{d[:2]} {d[2:4]} {d[4:]}-{n}",
    "parts": lambda c, d, n: f"{c}{d[:2]}-{d[2:4]}-{d[4:]}-{n}",
    "look-alike": lambda c, d, n: f"{d.replace('0', 'O').replace('1', 'l', 1)}-{n}",
    "look-alike end": lambda c, d, n: f"{d}-{n.replace('8', 'B', 1)}",
}


def case_number(rng: random.Random, prefix: str, year: int, number: int) -> str:
    """A case number in its normal form, as the contract has it; `written_case` gives the written one."""
    style = rng.choices(["slash", "dash", "bare dash", "bare slash"], [8, 8, 1, 1])[0]
    figure = f"{number:05d}" if rng.random() < 0.5 else str(number)
    head = {"slash": f"{prefix} {year}/", "dash": f"{prefix}-{year}-", "bare dash": f"{year}-"}
    return head.get(style, f"{year}/") + figure


def written_case(rng: random.Random, normal: str) -> str:
    """A case number as a document may write it."""
    prefix, separator, rest = normal.partition(" ") if "/" in normal else normal.partition("-")
    if "/" in normal:
        if not separator:
            return normal
        year, figure = rest.split("/")
        forms = [(10, normal), (2, f"{prefix}{year}/{figure}"), (1, f"{prefix}/{year}/{figure}")]
        if not figure.startswith("0") and not 1900 < int(figure) < 2100:
            forms += [(3, f"{prefix} {figure}/{year}"), (1, f"{prefix} {figure}/{year[2:]}")]
    elif prefix.isdigit():
        return normal
    else:
        year, figure = rest.split("-")
        forms = [(8, normal), (2, f"{prefix} {year}-{figure}"), (2, f"{prefix} {year}.{figure}")]
        forms += [(1, f"{prefix}/{year}:{figure}"), (1, f"{year[2:]}{prefix}{figure}")]
    (form,) = rng.choices([form for _, form in forms], [weight for weight, _ in forms])
    return form
