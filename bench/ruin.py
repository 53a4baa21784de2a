"""Ways in which whole Swedish text gets ruined on its way through programs: `KINDS` has them by name.

Each takes a text and dice, and gives the text as a reader would find it. Made from Python's codecs where a
codec is what went wrong; else from what exports, terminals and PDF files are known to do.
"""

import base64
import quopri
import re
import unicodedata
from collections.abc import Callable, Mapping
from html.entities import codepoint2name
from random import Random

Ruin = Callable[[str, Random], str]

LETTERS = "åäöÅÄÖ"
ISO_646_SE = str.maketrans("åäöÅÄÖé", "}{|][\\`")
SIGNS = '"%&<>=^~*+#!¢£¤¥¦¨©ª«¬®¯°±²³´¶·¸¹º»¼½¾¿÷×'
CYRILLIC = dict(zip("aceopxyABEKMHOPCTXis", "асеорхуАВЕКМНОРСТХіѕ", strict=True))
GREEK = dict(zip("ovABEZHIKMNOPTYX", "ονΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", strict=True))
LIGATURES = {"ffi": "ﬃ", "ffl": "ﬄ", "ff": "ﬀ", "fi": "ﬁ", "fl": "ﬂ"}
CONTROL = re.compile(r"[\x80-\x9f]")
ACCENTED = re.compile(r"[åäöÅÄÖ]")


def _read(data: bytes, table: str) -> str:
    """Bytes decoded as a browser does it: what the table lacks stays as a control character."""
    return "".join(bytes([b]).decode(table, "ignore") or chr(b) for b in data)


def _misread(*tables: str) -> Ruin:
    """UTF-8 read by a table, written as UTF-8, and read again."""

    def ruin(text: str, dice: Random) -> str:
        for table in tables:
            text = _read(text.encode(), table)
        return text

    return ruin


def _mixed_up(written: str, read: str) -> Ruin:
    def ruin(text: str, dice: Random) -> str:
        return "".join(_read(c.encode(written), read) if _has(written, c) else c for c in text)

    return ruin


def _has(table: str, letter: str) -> bool:
    try:
        letter.encode(table)
    except UnicodeEncodeError:
        return False
    return True


def _then(first: Ruin, then: Callable[[str], str]) -> Ruin:
    return lambda text, dice: then(first(text, dice))


def _each(pick: Callable[[str, Random], str], letters: str = LETTERS) -> Ruin:
    """Each Swedish letter by what `pick` says of it."""
    return lambda text, dice: re.sub(f"[{letters}]", lambda m: pick(m.group(), dice), text)


def _cipher(signs: Callable[[Random], list[str]]) -> Ruin:
    """One sign for each letter, throughout a text."""

    def ruin(text: str, dice: Random) -> str:
        return text.translate(dict(zip(map(ord, LETTERS), signs(dice), strict=True)))

    return ruin


def _private(dice: Random) -> list[str]:
    return [chr(0xE000 + n) for n in dice.sample(range(0x1900), 6)]


def _signs(dice: Random) -> list[str]:
    return dice.sample(SIGNS, 6)


def _blank_and_signs(dice: Random) -> list[str]:
    return [dice.choice(SIGNS[:20]), " ", dice.choice(SIGNS[20:]), *dice.sample(SIGNS[5:18], 3)]


def _some(table: Mapping[str, str], share: float) -> Ruin:
    def ruin(text: str, dice: Random) -> str:
        return "".join(table[c] if c in table and dice.random() < share else c for c in text)

    return ruin


def _ligatures(text: str, dice: Random) -> str:
    for plain, joined in LIGATURES.items():
        text = text.replace(plain, joined)
    return text


def _spacing_marks(letter: str, dice: Random) -> str:
    mark = "˚" if letter in "åÅ" else "¨"
    return mark + unicodedata.normalize("NFD", letter)[0]


def _entity(letter: str, dice: Random) -> str:
    return "&" + codepoint2name[ord(letter)] + ";"


def _utf7(text: str, dice: Random) -> str:
    def coded(match: re.Match[str]) -> str:
        return "+" + base64.b64encode(match.group().encode("utf-16-be")).decode().rstrip("=") + "-"

    return re.sub(r"[^\x00-\x7f]+", coded, text)


def _quoted(encoding: str) -> Ruin:
    def ruin(text: str, dice: Random) -> str:
        return quopri.encodestring(text.encode(encoding, "replace")).decode("ascii")

    return ruin


def _quoted_loose(text: str, dice: Random) -> str:
    """As some mailers show it: the codes are left, the soft line ends are gone."""
    return "".join("".join(f"={b:02X}" for b in c.encode()) if ord(c) > 127 else c for c in text)


def _split(text: str, dice: Random) -> str:
    """One long word in fifteen with a blank inside."""

    def part(match: re.Match[str]) -> str:
        word = match.group()
        if dice.random() > 1 / 15:
            return word
        at = dice.randint(1, len(word) - 2)
        return word[:at] + " " + word[at:]

    return re.sub(r"\b[a-zåäö]{7,}\b", part, text)


def _joined(text: str, dice: Random) -> str:
    """One blank in fifteen before a word lost."""
    return re.sub(r"(?<=[a-zåäö]) (?=[a-zåäö])", lambda m: "" if dice.random() < 1 / 15 else m.group(), text)


KINDS: dict[str, Ruin] = {
    "UTF-8 read as Latin-1": _misread("latin-1"),
    "UTF-8 read as Windows-1252": _misread("cp1252"),
    "UTF-8 read as cp437": _misread("cp437"),
    "UTF-8 read as cp850": _misread("cp850"),
    "UTF-8 read as MacRoman": _misread("mac_roman"),
    "UTF-8 read as Latin-1 twice": _misread("latin-1", "latin-1"),
    "UTF-8 read as Windows-1252 twice": _misread("cp1252", "cp1252"),
    "UTF-8 read as Windows-1252, then cp437": _misread("cp1252", "cp437"),
    "UTF-8 read as Windows-1252, lower-cased": _then(_misread("cp1252"), str.lower),
    "UTF-8 read as Windows-1252, upper-cased": lambda text, dice: _misread("cp1252")(text.upper(), dice),
    "UTF-8 read as Windows-1252, then upper-cased": _then(_misread("cp1252"), str.upper),
    "UTF-8 read as ISO 8859-15": _misread("iso8859-15"),
    "UTF-8 read as Windows-1250": _misread("cp1250"),
    "UTF-8 read as Windows-1251": _misread("cp1251"),
    "UTF-8 read as Latin-1, controls stripped": _then(_misread("latin-1"), lambda t: CONTROL.sub("", t)),
    "UTF-8 read twice, controls stripped": _then(
        _misread("latin-1", "latin-1"), lambda t: CONTROL.sub("", t)
    ),
    "Windows-1252 read as Latin-1": _mixed_up("cp1252", "latin-1"),
    "Latin-1 read as cp437": _mixed_up("latin-1", "cp437"),
    "Latin-1 read as cp850": _mixed_up("latin-1", "cp850"),
    "Latin-1 read as MacRoman": _mixed_up("latin-1", "mac_roman"),
    "cp850 read as Windows-1252": _mixed_up("cp850", "cp1252"),
    "cp850 read as Latin-1": _mixed_up("cp850", "latin-1"),
    "MacRoman read as Windows-1252": _mixed_up("mac_roman", "cp1252"),
    "MacRoman read as Latin-1": _mixed_up("mac_roman", "latin-1"),
    "ISO 646-SE": lambda text, dice: text.translate(ISO_646_SE),
    "private use signs": _cipher(_private),
    "broken map: glyph numbers": _each(lambda letter, dice: f"(cid:{ord(letter) - 29})"),
    "broken map: a sign for each letter": _cipher(_signs),
    "broken map: ä is a blank": _cipher(_blank_and_signs),
    "broken map: all are blanks": _each(lambda letter, dice: " "),
    "letters lost behind U+FFFD": _each(lambda letter, dice: "\N{REPLACEMENT CHARACTER}"),
    "letters lost behind a question mark": _each(lambda letter, dice: "?"),
    "decomposed letters": lambda text, dice: unicodedata.normalize("NFD", text),
    "marks beside their letters": _each(_spacing_marks),
    "ligatures": _ligatures,
    "Cyrillic look-alikes": _some(CYRILLIC, 0.1),
    "Greek look-alikes": _some(GREEK, 0.3),
    "quoted-printable, UTF-8": _quoted("utf-8"),
    "quoted-printable, Latin-1": _quoted("latin-1"),
    "quoted-printable without line ends": _quoted_loose,
    "HTML entities": _each(_entity),
    "HTML entities by number": _each(lambda letter, dice: f"&#{ord(letter)};"),
    "HTML entities twice": _each(lambda letter, dice: _entity(letter, dice).replace("&", "&amp;")),
    "UTF-7": _utf7,
    "JSON escapes": _each(lambda letter, dice: f"\\u{ord(letter):04x}"),
    "RTF escapes": _each(lambda letter, dice: f"\\'{ord(letter):02x}"),
    "words split": _split,
    "words joined": _joined,
}
