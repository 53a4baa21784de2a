"""Letters of one 8-bit table read by another, and the 7-bit Swedish alphabet: `f÷r`, `fˆr`, `f|r n{mnd`.

A table is believed when it makes several words of the document Swedish that weren't; when it explains most
of what it could, names are read by it too. Signs at a word's edge may be punctuation and need a known word.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from pipeline.clean.alphabets import EIGHT_BITS, ISO_646_SE, LOOKS, NUMERIC, QUOTES
from pipeline.clean.rule import Edits, Texts, edit
from pipeline.lexicon import known
from pipeline.model import Edit

Table = Mapping[str, str]
TABLES: tuple[Table, ...] = (*EIGHT_BITS, ISO_646_SE)
SIGNS = frozenset(sign for table in TABLES for sign in table)
_ANY = "[" + "".join(sorted(map(re.escape, SIGNS))) + "]"
GATE = re.compile(rf"{_ANY}(?:(?=[^\W\d_])|(?<=[^\W\d_].))")
TOKEN = re.compile(r"[^ \t\n\f\r\xa0]+")  # NEL is a letter in some tables
PART = re.compile(r"[^ \t\n\f\r\xa0\-–/.,;:!?()&+=<>\"'0-9_*#%§•]+")
AT_EDGES = frozenset("”“„‘’‚‹›«»[]{}|`~@\\†™°´•")
UNIT = re.compile(r"[\d\W_]*|[\d\W]*(?:[ckd]?m|C)[\d\W]*")  # what a paragraph, degree or power stands by
CLOSED = re.compile(r"://|www\.|@[\w-]+\.\w|\\\\|\]\(|\.(?:se|com|nu|org|pdf|docx?|xlsx?)\b", re.I)
_NUMERIC = frozenset(NUMERIC)
_QUOTES = frozenset(QUOTES)
_KEPT = _NUMERIC | _QUOTES
ENOUGH = 2  # different words that a table must make Swedish
PLENTY, MOSTLY = 5, 0.7  # and to be believed of names too: so many, and so much of what it could


@dataclass(frozen=True, slots=True)
class Believed:
    """A table that explains a document's words, and whether it may spell names too."""

    table: Table
    names: bool


def find(texts: Texts) -> tuple[Edits, ...]:
    """Read by those tables that make the document's words Swedish."""
    if not any(GATE.search(text) for text in texts):
        return ((),) * len(texts)
    parts = {
        part
        for text in texts
        for token in TOKEN.findall(text)
        if not SIGNS.isdisjoint(token) and not CLOSED.search(token)
        for part in PART.findall(token)
        if not SIGNS.isdisjoint(part)
    }
    believed = _believed(parts)
    return tuple(tuple(_found(text, believed)) if believed else () for text in texts)


def _believed(parts: set[str]) -> list[Believed]:
    """The tables that explain the parts, the best first."""
    found = []
    for table in TABLES:
        touched = [part for part in parts if not table.keys().isdisjoint(part)]
        made = {mapped.lower() for part in touched if (mapped := _made(part, table))}
        if table is ISO_646_SE and sum(_is_flanked(part) for part in touched if _made(part, table)) < ENOUGH:
            continue  # brackets and bars stand at a word's edge in many a text
        if len(made) >= ENOUGH and len(made) > sum(map(_looks_latin, touched)):
            inside = [part for part in touched if _is_name(part, table)]
            names = len(made) >= PLENTY and len(made) >= MOSTLY * len({part.lower() for part in inside})
            found.append((len(made), Believed(table, names)))
    return [table for _, table in sorted(found, key=lambda pair: -pair[0])]


def _found(text: str, believed: list[Believed]) -> Iterator[Edit]:
    for token in TOKEN.finditer(text):
        if SIGNS.isdisjoint(token.group()) or CLOSED.search(token.group()):
            continue
        apart = _apart(token.group(), believed)
        if apart != token.group():
            yield edit(token.start(), token.group(), apart, "mojibake:table", 0.9)
            continue
        for part in PART.finditer(text, token.start(), token.end()):
            yield from _read(part, believed)


def _apart(token: str, believed: list[Believed]) -> str:
    """The token with its signs read that stand by numbers or at a word's edge, where a table is sure."""
    for table in (one.table for one in believed if one.names):
        signs = {sign for sign in token if table.get(sign) in _NUMERIC}
        if signs and UNIT.fullmatch("".join(sign for sign in token if sign not in signs)):
            return "".join(table[sign] if sign in signs else sign for sign in token)
        word = token.rstrip(".,;:!?)")
        first, last = table.get(word[:1], ""), table.get(word[-1:], "")
        if len(word) > 2 and (first in _QUOTES if first else last in _QUOTES):
            core, end = word[bool(first) :], token[len(word) :]
            if last in _QUOTES:
                core, end = core[:-1], last + end
            inner = _made(core, table) or core
            if inner.isalpha() and not _is_word(_mapped(word, table)):
                return first + inner + end
    return token


def _read(part: re.Match[str], believed: list[Believed]) -> Iterator[Edit]:
    old = part.group()
    for one in believed:
        new = _made(old, one.table)
        if new:
            yield edit(part.start(), old, new, "mojibake:table", 0.97)
            return
    for one in believed:
        if one.names and _is_name(old, one.table):
            yield edit(part.start(), old, _mapped(old, one.table), "mojibake:table", 0.9)
            return


def _made(part: str, table: Table) -> str:
    """What the part becomes if that is a Swedish word and the part isn't; quotes at its edges may stay."""
    if table.keys().isdisjoint(part) or _is_word(part):
        return ""
    for start, end in ((0, len(part)), (1, len(part)), (0, len(part) - 1), (1, len(part) - 1)):
        core = _mapped(part[start:end], table)
        if core != part[start:end] and _is_word(core):
            return part[:start] + core + part[end:]
    return ""


def _is_name(part: str, table: Table) -> bool:
    """Whether the part is all letters when read by the table, with no sign at an edge that may be a quote."""
    return (
        not table.keys().isdisjoint(part)
        and len(part) > 2
        and part[0] not in AT_EDGES
        and part[-1] not in AT_EDGES
        and _mapped(part, table).isalpha()
        and not _is_word(part)
    )


def _is_flanked(part: str) -> bool:
    return any(sign in ISO_646_SE and part[at].isalpha() for at, sign in enumerate(part[1:-1]))


def _looks_latin(part: str) -> bool:
    """Whether the part only has look-alikes of another alphabet in a Swedish word."""
    looks = part.translate(LOOKS)
    return looks != part and _is_word(looks)


def _mapped(part: str, table: Table) -> str:
    return "".join(letter if table.get(letter) in _KEPT else table.get(letter, letter) for letter in part)


@cache
def _is_word(core: str) -> bool:
    return len(core) >= 2 and core.isalpha() and (known(core) or known(core + "-"))
