"""Damage put together by chance: which signs are hit, what they become, and where on the page.

Each takes the lines and gives them as a reader finds them; what a family draws is the same on all its pages.
"""

import random
import re
from collections.abc import Callable

from trust_pages import damage

Lines = list[str]
Change = Callable[[str], str]

_ALL = "abcdefghijklmnopqrstuvwxyzåäöABCDEFGHIJKLMNOPQRSTUVWXYZÅÄÖ"
_CODES = (
    *(("utf-8", other) for other in ("cp1252", "latin-1", "cp850", "cp437", "mac-roman", "cp1250", "cp1254")),
    *(("cp1252", other) for other in ("cp850", "mac-roman", "cp1250", "cp1251", "cp1253", "koi8-r", "cp775")),
    *((other, "cp1252") for other in ("cp850", "mac-roman", "cp1250", "cp865")),
)
_SIGNS = "?*_#~^|¤·□�'`\"=+"
_STRANGERS = "ĺčęůřțşőźñæøþßĕǻ"
_LOOKALIKE = dict(zip("åäöÅÄÖléI", "aaoAAO1e1", strict=True))
_TARGETS = {
    "å ä ö": "åäöÅÄÖ",
    "å": "åÅ",
    "ä": "äÄ",
    "ö": "öÖ",
    "vowels": "aeiouyåäö",
}
_JOINS = ("ti", "tt", "ft", "fi", "ff", "fl", "fj", "tf")


def draw(dice: random.Random) -> tuple[str, Change, str]:
    """A damage: its kind, what it does to a text, and where on the page."""
    makers = (_codes, _letters, _letters, _letters, _shift, _cipher, _joins, _packed, _layout, _glyphs)
    kind, change = dice.choice(makers)(dice)
    structural = kind in ("spaced", "glued", "mirrored", "shuffled", "doubled", "torn") or "mojibake" in kind
    where = "page" if structural else dice.choice(("page", "page", "page", "lines", "words"))
    return kind, change, where


def applied(lines: Lines, change: Change, where: str, dice: random.Random) -> Lines:
    """The lines with the damage: everywhere, on two lines of three, or on half of the words."""
    if where == "page":
        return [change(line) for line in lines]
    if where == "lines":
        return [change(line) if n % 3 else line for n, line in enumerate(lines)]
    return [
        re.sub(r"\S+", lambda m: change(m.group()) if dice.random() < 0.5 else m.group(), line)
        for line in lines
    ]


def _codes(dice: random.Random) -> tuple[str, Change]:
    written, read = dice.choice(_CODES)

    def change(line: str) -> str:
        wrong = line.encode(written, "replace").decode(read, "replace")
        return "".join(letter for letter in wrong if letter.isprintable() or letter in "\t\ufffd")

    return f"mojibake {written} as {read}", change


def _letters(dice: random.Random) -> tuple[str, Change]:
    """Some letters are lost, or become signs, other letters, two letters, or numbers of glyphs."""
    name = dice.choice((*_TARGETS, "å ä ö", "å ä ö", "any four"))
    hit = _TARGETS.get(name) or "".join(dice.sample("adefgiklmnoprstuvåäö", 4))
    way = dice.choice(("lost", "sign", "letter", "stranger", "lookalike", "cid", "private", "blank"))
    if name == "å" and way == "lookalike":
        way = "stranger"
    small = dice.sample("bcdefghijkmnpqrstuvwxz", len(hit))
    table = {
        "lost": dict.fromkeys(hit, ""),
        "sign": dict.fromkeys(hit, dice.choice(_SIGNS)),
        "letter": dict(zip(hit, small, strict=True)),
        "stranger": dict(zip(hit, dice.sample(_STRANGERS, len(hit)), strict=True)),
        "lookalike": _LOOKALIKE,
        "cid": {c: f"(cid:{dice.randint(90, 300)})" for c in hit},
        "private": {c: chr(0xE000 + dice.randint(0, 900)) for c in hit},
        "blank": dict.fromkeys(hit, " "),
    }[way]
    return f"{name}: {way}", lambda line: line.translate(str.maketrans(table))


def _shift(dice: random.Random) -> tuple[str, Change]:
    by = dice.choice([n for n in range(-31, 32) if n])
    return "shift", lambda line: damage._printable(
        "".join(c if c in " \t" else chr(max(1, ord(c) + by)) for c in line)
    )


def _cipher(dice: random.Random) -> tuple[str, Change]:
    """Some or all letters have changed places."""
    count = dice.choice((4, 6, 10, len(_ALL)))
    hit = dice.sample("aeinrstdlokgmvuåäö", count) if count < len(_ALL) else list(_ALL)
    turned = hit[1:] + hit[:1] if count < len(_ALL) else dice.sample(hit, len(hit))
    return f"cipher of {count}", lambda line: line.translate(
        str.maketrans(dict(zip(hit, turned, strict=True)))
    )


def _joins(dice: random.Random) -> tuple[str, Change]:
    """Joined letters without a right key."""
    joins = [*dice.sample(_JOINS, dice.randint(3, 6)), "ti", "tt"]
    put = dice.choice(("", "?", "�", "\ue0a3", "Ɵ", "#", " ", "9"))
    return f"joins: {put}", lambda line: re.sub("|".join(joins), put, line)


def _packed(dice: random.Random) -> tuple[str, Change]:
    ways: dict[str, Change] = {
        "html": lambda c: f"&#{ord(c)};",
        "hexadecimal": lambda c: f"&#x{ord(c):x};",
        "python": lambda c: f"\\u{ord(c):04x}",
        "octal": lambda c: f"\\{ord(c):o}",
        "percent": lambda c: "".join(f"%{byte:02X}" for byte in c.encode()),
        "quoted": lambda c: "".join(f"={byte:02X}" for byte in c.encode("latin-1", "replace")),
        "utf-7": lambda c: c.encode("utf-7").decode(),
        "unicode": lambda c: f"<U+{ord(c):04X}>",
    }
    name, way = dice.choice(sorted(ways.items()))
    return f"packed: {name}", lambda line: re.sub("[åäöÅÄÖé§]", lambda m: way(m.group()), line)


def _layout(dice: random.Random) -> tuple[str, Change]:
    torn = dice.uniform(0.15, 0.4)
    ways: dict[str, Change] = {
        "spaced": lambda line: re.sub(r"(?<=\S)(?=\S)", " ", line),
        "glued": lambda line: line.replace(" ", ""),
        "mirrored": lambda line: line[::-1],
        "doubled": lambda line: re.sub(r"(\S)", r"\1\1", line),
        "torn": lambda line: re.sub(r"(?<=\w)(?=\w)", lambda m: " " if dice.random() < torn else "", line),
        "shuffled": lambda line: re.sub(
            r"[^\W\d_]{4,}", lambda m: "".join(dice.sample(m.group(), len(m.group()))), line
        ),
    }
    return dice.choice(sorted(ways.items()))


def _glyphs(dice: random.Random) -> tuple[str, Change]:
    """No key to the font at all: numbers, private signs, signs by first use, or one sign for all."""
    way = dice.choice(("cid", "private", "subset", "one sign"))
    start, sign = dice.randint(33, 90), dice.choice("?�□*")
    table: dict[str, str | int | None] = {}

    def change(line: str) -> str:
        for letter in line:
            if letter not in " \t" and letter not in table:
                table[letter] = {
                    "cid": f"(cid:{len(table) + 3})",
                    "private": chr(0xF000 + ord(letter) % 250),
                    "subset": chr(33 + (start + len(table)) % 94),
                    "one sign": sign,
                }[way]
        return line.translate(str.maketrans(table))

    return f"glyphs: {way}", change
