"""The tables by which Swedish letters have been misread, generated from Python's codecs.

`UTF8` has what a sign becomes when its UTF-8 bytes are read by an 8-bit table, once or twice, also with the
control characters stripped or all in lower case; `EIGHT_BITS` the mix-ups of 8-bit tables with each other.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import product

LETTERS = "åäöÅÄÖéÉü"
NUMERIC = "§½°²–"  # signs that stand by numbers
QUOTES = "”“’…"  # and at the edges of words
CORE = LETTERS + "Üèàáôç§–—’‘”“•…°´»½€\u00a0\u00ad−"
# Other letters and signs that names and numbers bring with them: Latin-1, Latin Extended-A, punctuation.
RARER = "".join(map(chr, (*range(0xA1, 0x100), *range(0x100, 0x180), *range(0x2010, 0x2040), 0x2122, 0x2212)))
READ_AS = ("cp1252", "latin-1", "cp437", "cp850", "mac_roman")
ELSEWHERE = (
    "iso8859-15",
    "cp865",
    "cp1250",
    "cp1251",
)  # tables of other countries, for Swedish letters alone
CONTROL = re.compile(r"[\x80-\x9f]")

# Written in the first, read as the second.
MIXED_UP = (
    ("cp1252", "cp437"),
    ("cp1252", "cp850"),
    ("cp1252", "mac_roman"),
    ("cp1252", "cp1250"),
    ("cp1252", "cp1251"),
    ("cp1252", "iso8859-5"),
    ("cp1252", "iso8859-7"),
    ("cp850", "cp1252"),
    ("cp850", "latin-1"),
    ("cp850", "mac_roman"),
    ("mac_roman", "cp1252"),
    ("mac_roman", "latin-1"),
    ("mac_roman", "cp850"),
)
# The Swedish variant of ASCII (SEN 850200 B), as terminals and telex archives had it.
ISO_646_SE = {"}": "å", "{": "ä", "|": "ö", "]": "Å", "[": "Ä", "\\": "Ö", "`": "é", "@": "É", "~": "ü"}
# Two leads that are Swedish letters: what follows may be punctuation, as in `JÄ…` and `”Å”`.
DOUBTFUL = re.compile(r"[ÄÅ][\u2010-\u203a«»´§\u00a0]")


@cache
def _letters(table: str) -> str:
    """The table's 256 signs, as a browser has them: where it has none, a control character."""
    return "".join(bytes([b]).decode(table, "ignore") or chr(b) for b in range(256))


def _read(data: bytes, table: str) -> str:
    letters = _letters(table)
    return "".join(letters[b] for b in data)


def _utf8() -> dict[str, str]:
    found: dict[str, str] = {}
    for sign, wrong in _readings():
        if wrong != sign and len(wrong) > 1 and not DOUBTFUL.fullmatch(wrong):
            found.setdefault(wrong, sign)
    for sign in LETTERS + NUMERIC + "·»" + CORE:  # with the control characters stripped; the likelier first
        once = _read(sign.encode(), "latin-1")
        for wrong in (once, _read(once.encode(), "latin-1")):
            stripped = CONTROL.sub("", wrong)
            if len(stripped) > 1 and not stripped.endswith(("Ã", "Â", "â")) and not stripped.isalpha():
                found.setdefault(stripped, sign)
    for sign in CORE:  # in one case afterwards: `ã…rsmã¶te` was `Årsmöte`
        for table in ("cp1252", "latin-1"):
            once = _read(sign.encode(), table)
            for wrong in (once, _read(once.encode(), table)):
                if len(wrong) > 1:
                    found.setdefault(wrong.lower(), sign.lower())
                    found.setdefault(wrong.upper(), sign.upper())
    return found


def _readings() -> Iterator[tuple[str, str]]:
    """Signs and what becomes of them, the likelier first."""
    for sign, table in product(CORE, READ_AS):
        yield sign, _read(sign.encode(), table)
    for sign, table in product(LETTERS + "§–”“’•…°²½·", ELSEWHERE):
        yield sign, _read(sign.encode(), table)
    for sign, first, second in product(CORE, READ_AS, READ_AS):
        yield sign, _read(_read(sign.encode(), first).encode(), second)
    for sign, table in product(RARER, READ_AS):
        yield sign, _read(sign.encode(), table)


def _eight_bit(written: str, read: str) -> dict[str, str]:
    """What Swedish letters and signs look like, read by the wrong table; those that survive are left out."""
    found = {}
    for letter in LETTERS + NUMERIC + QUOTES:
        sign = _read(letter.encode(written, "ignore"), read)
        if sign and sign != letter and sign not in LETTERS:
            found[sign] = letter
    return found


UTF8 = _utf8()
EIGHT_BITS = tuple(_eight_bit(written, read) for written, read in MIXED_UP)
# Letters of other alphabets that look Latin, and what they look like.
LOOKS = str.maketrans(
    "асԁеһіјӏорԛѕԝхуАВСЕНІЈКМОРЅТХУӓӧӒӦԌ" + "οναικρυΑΒΕΖΗΙΚΜΝΟΡΤΥΧ" + "ɑɡ",
    "acdehijlopqswxyABCEHIJKMOPSTXYäöÄÖG" + "ovaikpuABEZHIKMNOPTYX" + "ag",
)
