r"""Letters left in the code of an export: `f=F6r`, `f&ouml;r`, `f+APY-r`, `f\u00f6r`, `f\'f6r`.

A code is read only where it stands for a letter or sign that Swedish text has, never inside a web address.
Quoted-printable and UTF-7 look like sums and phone numbers: some letters of the document must vouch for them.
"""

import base64
import binascii
import html
import re
from collections.abc import Callable, Iterator
from functools import partial

from pipeline.clean.rule import Edits, Texts, edit
from pipeline.model import Edit

WRITTEN = frozenset("åäöÅÄÖéÉèÈüÜáÁàÀøØæÆñÑçÇëËïÏôÔêÊâÂíÍóÓúÚß§°´·½¼¾²³µ±×»«©®–—‘’“”„…•€−\u00a0\u00ad")
LETTERS = frozenset("åäöÅÄÖéÉüÜ")
GATE = re.compile(r"=[0-9A-F]{2}|=\n|&[#a-zA-Z]|\+A[A-Za-z0-9+/]{2}|\\(?:u00|x[c-f]|')|\\\"[{aouAOU]", re.I)
CLOSED = re.compile(r"://|www\.|\.(?:se|com|nu|org)/|\w@\w")
TOKEN = re.compile(r"\S+")

ENTITY = re.compile(r"&(?:amp;)*(?:#\d{2,5}|#[xX][0-9a-fA-F]{2,4}|[a-zA-Z][a-zA-Z0-9]{1,7});?")
QUOTED = re.compile(r"(?:=[0-9A-F]{2})+")
SOFT_END = re.compile(r"=[ \t]*\n")
UTF7 = re.compile(r"\+(?P<code>[A-Za-z0-9+/]{3,})(?:-|(?![A-Za-z0-9+/-]))")
ESCAPED = re.compile(
    r"""(?:\\u[0-9a-fA-F]{4} | \\x[0-9a-fA-F]{2} | \\'[0-9a-fA-F]{2} | \\"\{?[aouAOU]\}? )""", re.X
)
ENOUGH = 2  # letters that vouch for a code that could be something else


def find(texts: Texts) -> tuple[Edits, ...]:
    """Codes read as the letters that they stand for."""
    if not any(GATE.search(text) for text in texts):
        return ((),) * len(texts)
    codes = [pair for pair in CODES if _vouched(pair, texts)]
    return tuple(tuple(_found(text, codes)) for text in texts)


def unbroken(texts: Texts) -> tuple[Edits, ...]:
    """Take away the line ends that quoted-printable puts into lines and marks by `=`."""
    if not any(SOFT_END.search(text) for text in texts) or not _vouched(CODES[1], texts):
        return ((),) * len(texts)
    return tuple(
        tuple(edit(end.start(), end.group(), "", "escape:quoted", 0.97) for end in SOFT_END.finditer(text))
        for text in texts
    )


Code = tuple[str, re.Pattern[str], Callable[[str], str], int]


def _found(text: str, codes: list[Code]) -> Iterator[Edit]:
    for token in TOKEN.finditer(text):
        if CLOSED.search(token.group()):
            continue
        for name, pattern, read, _ in codes:
            old = token.group()
            new = pattern.sub(partial(_written, read), old)
            if new != old:
                yield edit(token.start(), old, new, f"escape:{name}", 0.99)
                break


def _written(read: Callable[[str], str], match: re.Match[str]) -> str:
    """What the code stands for, or the code where that isn't a sign that Swedish text has."""
    sign = read(match.group())
    return sign if sign and WRITTEN.issuperset(sign.replace(" ", "").replace("&", "")) else match.group()


def _vouched(code: Code, texts: Texts) -> bool:
    _, pattern, read, least = code
    letters = 0
    for text in texts:
        for match in pattern.finditer(text):
            letters += any(letter in LETTERS for letter in read(match.group()))
            if letters >= least:
                return True
    return False


def _entity(code: str) -> str:
    """An HTML entity, also one that was escaped again (`&amp;ouml;`)."""
    bare = re.sub(r"^&(?:amp;)+", "&", code)
    sign = html.unescape(bare if bare.endswith(";") else bare + ";")
    if (sign.startswith("&") and len(sign) > 1) or (not bare.endswith(";") and sign not in LETTERS):
        return ""
    return sign.replace("\N{NO-BREAK SPACE}", " ")


def _quoted(code: str) -> str:
    data = bytes.fromhex(code.replace("=", ""))
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("cp1252", "ignore")


def _utf7(code: str) -> str:
    body = code[1:].removesuffix("-")
    try:
        return base64.b64decode(body + "=" * (-len(body) % 4), validate=True).decode("utf-16-be")
    except (binascii.Error, UnicodeDecodeError):
        return ""


def _escaped(code: str) -> str:
    if code[1] == '"':
        return {"a": "ä", "o": "ö", "u": "ü", "A": "Ä", "O": "Ö", "U": "Ü"}[code.strip('\\"{}')]
    return (
        bytes([int(code[2:], 16)]).decode("cp1252", "ignore") if code[1] in "x'" else chr(int(code[2:], 16))
    )


CODES: tuple[Code, ...] = (
    ("entity", ENTITY, _entity, 1),
    ("quoted", QUOTED, _quoted, ENOUGH),
    ("utf7", UTF7, _utf7, ENOUGH),
    ("backslash", ESCAPED, _escaped, 1),
)
