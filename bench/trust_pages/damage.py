"""What goes wrong with the text of PDF pages, as functions of a page's lines.

Each takes the lines and a generator of chances, and gives the lines as a reader finds them.
"""

import html
import random
import re
from collections.abc import Callable, Mapping
from urllib.parse import quote

Lines = list[str]
Damage = Callable[[Lines, random.Random], Lines]

_LOWER = "abcdefghijklmnopqrstuvwxyzåäö"
_WORD = re.compile(r"[^\W\d_]{4,}")


def _mapped(table: Mapping[str, str]) -> Damage:
    """Letters replaced by a table that is the same for every page."""
    return lambda lines, dice: [_translate(line, table) for line in lines]


def _translate(line: str, table: Mapping[str, str]) -> str:
    return "".join(table.get(letter, letter) for letter in line)


def _recoded(written: str, read: str) -> Damage:
    """Text written in one encoding and read in another; control signs vanish, as readers drop them."""

    def damage(lines: Lines, dice: random.Random) -> Lines:
        return [_printable(_again(line, written, read)) for line in lines]

    return damage


def _again(line: str, written: str, read: str) -> str:
    return line.encode(written, "replace").decode(read, "replace")


def _printable(line: str) -> str:
    return "".join(letter for letter in line if letter.isprintable() or letter in "\t\ufffd")


def _twice(lines: Lines, dice: random.Random) -> Lines:
    return [
        _again(_again(line, "utf-8", "cp1252"), "utf-8", "cp1252").replace("\ufffd", "") for line in lines
    ]


def _shifted(by: int) -> Damage:
    """Glyph numbers taken for characters: every sign `by` places on; blanks are told by the gaps."""

    def shift(letter: str) -> str:
        return letter if letter in " \t" else chr(max(1, ord(letter) + by))

    return lambda lines, dice: [_printable("".join(map(shift, line))) for line in lines]


def cipher(lines: Lines, dice: random.Random) -> Lines:
    """A font of its own order: each letter another letter."""
    other = list(_LOWER)
    dice.shuffle(other)
    table = dict(zip(_LOWER, other, strict=True))
    table |= {a.upper(): b.upper() for a, b in table.items()}
    return [_translate(line, table) for line in lines]


def subset(lines: Lines, dice: random.Random) -> Lines:
    """A subset font numbered by first use: each sign the next of the printable ones."""
    table: dict[str, str] = {}
    for letter in "".join(lines):
        if letter not in " \t":
            table.setdefault(letter, chr(33 + len(table) % 94))
    return [_translate(line, table) for line in lines]


def private(lines: Lines, dice: random.Random) -> Lines:
    """No key to the font: signs of the private use area."""
    return [
        _translate(line, {c: chr(0xE000 + ord(c) % 256) for c in line if c not in " \t"}) for line in lines
    ]


def cid(lines: Lines, dice: random.Random) -> Lines:
    """No key to the font: pdfminer's numbers."""
    return [
        _translate(line, {c: f"(cid:{ord(c) % 97 + 3})" for c in line if c not in " \t"}) for line in lines
    ]


def cid_some(lines: Lines, dice: random.Random) -> Lines:
    """No key to å, ä and ö alone."""
    return [_translate(line, {c: f"(cid:{ord(c) % 50 + 100})" for c in "åäöÅÄÖ"}) for line in lines]


def other_letters(lines: Lines, dice: random.Random) -> Lines:
    """A wrong key for å, ä and ö: other letters or signs, some other ones in each document."""
    signs = dice.sample("qwxzþýðøæõñšœ∂‰†ˆ~^|¨êâôûù", 3)
    table = dict(zip("åäö", signs, strict=True))
    table |= {a.upper(): b.upper() for a, b in table.items()}
    return [_translate(line, table) for line in lines]


def letters_gone(lines: Lines, dice: random.Random) -> Lines:
    """Some letters of the font have no key, and readers drop what they get for them."""
    gone = set(dice.sample("adefgiklmnoprstuvåäö", 4))
    return ["".join(c for c in line if c.lower() not in gone) for line in lines]


def half_broken(lines: Lines, dice: random.Random) -> Lines:
    """One of the page's two fonts has a broken key."""
    broken = cipher(lines, dice)
    return [
        one if number % 2 else other for number, (one, other) in enumerate(zip(lines, broken, strict=True))
    ]


def spaced(lines: Lines, dice: random.Random) -> Lines:
    """Every letter a word of its own."""
    return [" ".join(line.replace(" ", "")) if "\t" not in line else line.replace("", " ") for line in lines]


def glued(lines: Lines, dice: random.Random) -> Lines:
    """No blanks between words."""
    return [line.replace(" ", "") for line in lines]


def torn(lines: Lines, dice: random.Random) -> Lines:
    """Words cut at odd places, as where the gaps between letters are misjudged."""
    return [
        re.sub(r"(?<=\w)(?=\w)", lambda match: " " if dice.random() < 0.25 else "", line) for line in lines
    ]


def shuffled(lines: Lines, dice: random.Random) -> Lines:
    """The letters of each word out of order, as where they were painted one by one."""
    return [
        _WORD.sub(lambda match: "".join(dice.sample(match.group(), len(match.group()))), line)
        for line in lines
    ]


def mirrored(lines: Lines, dice: random.Random) -> Lines:
    """Every line from right to left."""
    return [line[::-1] for line in lines]


def doubled(lines: Lines, dice: random.Random) -> Lines:
    """Every letter twice, as where bold type is made by printing twice."""
    return [re.sub(r"(\S)", r"\1\1", line) for line in lines]


def some_words(lines: Lines, dice: random.Random) -> Lines:
    """A third of the words in a second font, whose key is broken."""

    def mixed(one: str, other: str) -> str:
        pairs = zip(one.split(" "), other.split(" "), strict=True)
        return " ".join(bad if dice.random() < 0.35 else good for good, bad in pairs)

    return [mixed(one, other) for one, other in zip(lines, cipher(lines, dice), strict=True)]


def swapped(lines: Lines, dice: random.Random) -> Lines:
    """A key in which pairs of common letters have changed places."""
    letters = dice.sample("aeinrstdlo", 6)
    pairs = dict(zip(letters, letters[3:] + letters[:3], strict=True))
    return [_translate(line, pairs) for line in lines]


def next_letter(lines: Lines, dice: random.Random) -> Lines:
    """The key to the small letters is one off, that to all else is right."""
    return [_translate(line, {c: chr(ord(c) + 1) for c in "abcdefghijklmnopqrstuvwxy"}) for line in lines]


def escaped(lines: Lines, dice: random.Random) -> Lines:
    """Text that some program has written as HTML."""
    return [html.escape(line).encode("ascii", "xmlcharrefreplace").decode() for line in lines]


def quoted(lines: Lines, dice: random.Random) -> Lines:
    """Text of letters as mail programs pack it."""
    return ["".join(c if ord(c) < 128 else f"={ord(c):02X}" for c in line) for line in lines]


def ligatures(lines: Lines, dice: random.Random) -> Lines:
    """Joined letters whose font has no right key for them."""
    table = dice.choice((dict.fromkeys(_JOINED, ""), dict(zip(_JOINED, "ƟƩŌĮƞ", strict=True))))
    return [_JOINS.sub(lambda match: table[match.group()], line) for line in lines]


def unknown_letters(lines: Lines, dice: random.Random) -> Lines:
    """Some letters of the font have no key, and readers put a question mark."""
    gone = set(dice.sample("adefgiklmnoprstuvåäö", 4))
    return ["".join("?" if c in gone else c for c in line) for line in lines]


_JOINED = ("ti", "tt", "ft", "fi", "ff")
_JOINS = re.compile("|".join(_JOINED))
_FOLD = dict(zip("åäöÅÄÖ", "aaoAAO", strict=True))
_UTF8_LOST = dict.fromkeys("åäöÅÄÖ", "Ã")
_MARKS = {"å": "˚a", "ä": "¨a", "ö": "¨o", "Å": "˚A", "Ä": "¨A", "Ö": "¨O"}

BOTH: Mapping[str, Damage] = {
    "mojibake utf8 as cp1252": _recoded("utf-8", "cp1252"),
    "mojibake dos as windows": _recoded("cp850", "cp1252"),
    "lost: a a o": _mapped(_FOLD),
    "lost: dropped": _mapped(dict.fromkeys("åäöÅÄÖ", "")),
    "lost: ?": _mapped(dict.fromkeys("åäöÅÄÖ", "?")),
    "lost: \\ufffd": _mapped(dict.fromkeys("åäöÅÄÖ", "\ufffd")),
    "lost: blank": _mapped(dict.fromkeys("åäöÅÄÖ", " ")),
    "shift +3": _shifted(3),
    "shift -29": _shifted(-29),
    "cipher": cipher,
    "subset font": subset,
    "private use": private,
    "cid": cid,
    "å ä ö other letters": other_letters,
    "letters gone": letters_gone,
    "half broken": half_broken,
    "spaced": spaced,
    "glued": glued,
    "letters shuffled": shuffled,
}
"""Damage that pages of both halves have."""

MEASURED: Mapping[str, Damage] = {
    "mojibake utf8 as latin1": _recoded("utf-8", "latin-1"),
    "mojibake mac as windows": _recoded("mac-roman", "cp1252"),
    "mojibake windows as mac": _recoded("cp1252", "mac-roman"),
    "mojibake windows as dos": _recoded("cp1252", "cp437"),
    "mojibake twice": _twice,
    "mojibake second byte lost": _mapped(_UTF8_LOST),
    "mojibake 7 bits": _mapped(dict(zip("åäöÅÄÖ", "}{|][\\", strict=True))),
    "marks apart": _mapped(_MARKS),
    "shift +29": _shifted(29),
    "shift -1": _shifted(-1),
    "cid of å ä ö": cid_some,
    "torn": torn,
    "mirrored": mirrored,
}
"""Damage that no page that is fitted on has."""

UNSEEN: Mapping[str, Damage] = {
    "mojibake windows as eastern": _recoded("cp1252", "cp1250"),
    "mojibake windows as cyrillic": _recoded("cp1252", "cp1251"),
    "mojibake utf8 as dos": _recoded("utf-8", "cp850"),
    "mojibake html": escaped,
    "mojibake quoted": quoted,
    "lost: *": _mapped(dict.fromkeys("åäöÅÄÖ", "*")),
    "lost: square": _mapped(dict.fromkeys("åäöÅÄÖ", "□")),
    "lost: e": _mapped(dict.fromkeys("åäöÅÄÖ", "e")),
    "lost: aa ae oe": _mapped(
        {"å": "aa", "ä": "ae", "ö": "oe", "Å": "Aa", "Ä": "Ae", "Ö": "Oe"},
    ),
    "shift +1": _shifted(1),
    "shift +5": _shifted(5),
    "small letters +1": next_letter,
    "letters swapped": swapped,
    "some words": some_words,
    "doubled": doubled,
}
"""Damage that only pages of the blind sets have."""

THIRD: Mapping[str, Damage] = {
    "mojibake html, hexadecimal": _mapped({c: f"&#x{ord(c):X};" for c in "åäöÅÄÖé§–"}),
    "mojibake percent": _mapped({c: quote(c) for c in "åäöÅÄÖé§–"}),
    "mojibake 7 bits of mail": lambda lines, dice: [line.encode("utf-7").decode() for line in lines],
    "mojibake windows as greek": _recoded("cp1252", "cp1253"),
    "lost: _": _mapped(dict.fromkeys("åäöÅÄÖ", "_")),
    "lost: ä alone": _mapped(dict.fromkeys("äÄ", "")),
    "shift +2": _shifted(2),
    "ligatures": ligatures,
    "some letters ?": unknown_letters,
}
"""Damage that only pages of the third blind set have."""
