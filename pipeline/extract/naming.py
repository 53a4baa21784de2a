"""What the name of an organisation and the name of a person look like in Swedish papers.

A shared grammar, without any judgement of what a name does in its document. Names in running text end where
the grammar ends; a name that fills a cell or a line is taken whole. Bodies with a word for themselves
(förening, stiftelse, AB) are known by it; others (`Hela Människan`) by capitals and their surroundings.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from pipeline.extract.word_lists import data_lines, data_rows, words_of
from pipeline.lexicon import split

UPPER = "A-ZÀ-ÖØ-ÞŠŽČĆŁŞİŚŹŻĐ"
LOWER = "a-zß-öø-ÿšžčćłşığńśźżđ"
GAP = r"(?:[ \u00a0]{1,2}(?:\n[ \u00a0]*)?|\n[ \u00a0]*)"  # a blank or a line break in a name, no wider gap
WORD = rf"(?:[{UPPER}]|\d{{1,3}}:?[{UPPER}a])[\w'’´&.:/+-]*\w|[{UPPER}]"

FULL_LINE = 50  # characters from which a line is full, so that a name may go on below
CONNECTORS = r"och|&|i|på|av|för|vid|med|mot|till|från|utan|under|de|den|det|the|of|and|in|-|–"
# Words that stand before a name and never begin it, though a sentence begins with them.
BEFORE_NAME = r"Mellan|Och|Samt|Genom|Enligt|Avseende|Angående|Beträffande|Från|Åt|Hos|Inom|MELLAN|OCH|SAMT"
_PARTICLES = r"von|af|de|del|della|van|der|den|el|al|bin|ibn|la|le|da|dos|di"
_PERSON_WORD = (
    rf"(?:(?:Mc|Mac|O['’]|D['’]|Al-|El-)?[{UPPER}][{LOWER}]+(?:[-'’][{UPPER}]?[{LOWER}]+){{0,3}}|"
    rf"[{UPPER}]\.(?:[{UPPER}]\.)?)"
)
PERSON = re.compile(
    rf"(?<![\w@/.-])[{UPPER}][{LOWER}]+(?:-[{UPPER}]?[{LOWER}]+){{0,3}}"
    rf"(?:{GAP}(?:(?:{_PARTICLES}){GAP})?{_PERSON_WORD}){{1,3}}(?![\w@])(?!-\s)"
)


# A municipality or region by its own name.
TOWN = re.compile(
    rf"(?<![\w-])(?!(?:{BEFORE_NAME}|Till|Part|Undertecknade){GAP})(?:[{UPPER}][\w-]+{GAP}){{1,3}}(?:kommun|stad|Stad|Kommun)(?!\w)|"
    rf"(?<![\w-])(?:(?:UPPLANDS|LILLA|ÖSTRA){GAP})?(?!(?:DESS|SIN|FÖR|TILL|MED|ANNAN){GAP})[A-ZÅÄÖ-]{{3,}}{GAP}(?:KOMMUN|STAD)(?!\w)|"
    rf"Region{GAP}[{UPPER}]\w+(?:{GAP}(?:län|Härjedalen))?|[{UPPER}]\w+{GAP}[\w]+regionen"
)
_MARKS = re.compile(r"\*\*|__|[`#\u00ad]")
_BROKEN_WORD = re.compile(rf"(?<=[{LOWER}])-[ \u00a0]*\n[ \u00a0]*(?=[{LOWER}])(?!(?:och|eller|samt)\b)")
_PUBLIC_ENDING = re.compile(
    r"(?:kommuns?|stads|region|nämnden|nämnd|förvaltningen|styrelsen|kontoret|utskottet)$"
)
SHORT_FORM = re.compile(r"\b(?:(?:ek|id|ideell)\.? ?för|u\.p\.a)$")  # `ek. för.`, its last full stop lost
_DEFINITE = re.compile(r"(?:e[nt]|na|an)$")
SHORTEST_NOUN = 5  # letters of the last part of a compound; below it names split by accident (`Karo-lina`)
KEPT = 20_000  # answers about single names that are kept, since the same names return


@dataclass(frozen=True, slots=True)
class BodyWords:
    """The words of `data/body_words.tsv` by kind."""

    heads: frozenset[str]
    tails: tuple[str, ...]
    forms: frozenset[str]
    wholes: frozenset[str]
    nouns: frozenset[str]


@cache
def body_words() -> BodyWords:
    kinds: dict[str, list[str]] = {"head": [], "tail": [], "form": [], "whole": [], "noun": []}
    for kind, word in data_rows("body_words.tsv"):
        kinds[kind].append(word)
    return BodyWords(
        frozenset(kinds["head"]),
        tuple(kinds["tail"]),
        frozenset(kinds["form"]),
        frozenset(kinds["whole"]),
        frozenset(kinds["noun"]),
    )


@cache
def public_words(kind: str) -> tuple[str, ...]:
    """The wordings of one kind of `data/public_words.tsv`."""
    return words_of("public_words.tsv", kind)


@cache
def given_names() -> frozenset[str]:
    return frozenset(" ".join(data_lines("given_names.txt")).lower().split())


@cache
def title_words() -> tuple[str, ...]:
    return data_lines("titles.txt")


@cache
def _not_in_names() -> frozenset[str]:
    return frozenset(data_lines("not_in_names.txt"))


@lru_cache(maxsize=KEPT)
def one_line(text: str) -> str:
    """A name as one would write it: line breaks, Markdown marks and hyphenation at a line's end gone.

    >>> one_line("Arbetsmarknads- och\\nsocial-\\nnämnden")
    'Arbetsmarknads- och socialnämnden'
    """
    text = _BROKEN_WORD.sub("", _MARKS.sub("", text))
    return " ".join(text.split()).strip(" .,;:|·*_\"”’'")


@lru_cache(maxsize=KEPT)
def is_title_word(word: str) -> bool:
    """Whether a word names a role or ends as one (`utvecklingsstrateg`); capitals don't matter.

    >>> is_title_word("Avdelningschef"), is_title_word("Lindholm")
    (True, False)
    """
    bare = word.lower().strip(".,;:()*_ ")
    return bare in title_words() or bare.endswith(_title_ends())


@cache
def _title_ends() -> tuple[str, ...]:
    return tuple(word for word in title_words() if len(word) >= 4)


@cache
def _tail_pattern() -> re.Pattern[str]:
    tails = "|".join(sorted(map(re.escape, body_words().tails), key=len, reverse=True))
    return re.compile(rf"\w*(?:{tails})s?", re.IGNORECASE)


@lru_cache(maxsize=KEPT)
def is_body_word(word: str) -> bool:
    """Whether a word says that a name is an organisation's: Synskadeförening, Stiftelsen, AB.

    >>> is_body_word("Hörselklubb"), is_body_word("AB"), is_body_word("Svensson")
    (True, True, False)
    """
    bare = word.strip(".,;:*_ ")
    words = body_words()
    if bare.lower() in words.forms:
        return bare.isupper() or len(bare) > 3
    return bare.lower() in words.heads or bool(_tail_pattern().fullmatch(bare))


@lru_cache(maxsize=KEPT)
def is_person(name: str) -> bool:
    """Whether a capitalised sequence can be a person's name: two to four words, none of a body or a role.

    >>> is_person("Per-Olof af Ekenstam"), is_person("Föreningen Ljuset"), is_person("Norra Kommun")
    (True, False, False)
    >>> is_person("Ungdomshjälpen Skara"), is_person("Åsa-Viskans Pensionärsförening")
    (False, False)
    >>> is_person("Eva Strandgård")
    True
    """
    name = one_line(name)
    if not PERSON.fullmatch(name):
        return False
    words = name.split()
    if _is_coined(words[0]):
        return False
    if any(w.lower() in _not_in_names() or is_title_word(w) for w in words):
        return False
    if not any(is_body_word(w) or public_ending(w) for w in words):
        return True
    return all(part in given_names() for part in words[0].lower().split("-"))


@lru_cache(maxsize=KEPT)
def _is_coined(word: str) -> bool:
    """Whether a word is a compound in its definite form, as bodies call themselves: `Brukarstödet`."""
    if word.lower() in given_names() or not _DEFINITE.search(word):
        return False
    parts = split(word.lower())
    return parts is not None and len(parts[-1]) >= SHORTEST_NOUN


def knows_given_name(name: str) -> bool:
    """Whether the first name is one that the list knows; surer than the grammar alone."""
    first = one_line(name).split()[0].lower() if name.strip() else ""
    return first in given_names() or first.split("-")[0] in given_names()


def public_ending(word: str) -> bool:
    return bool(_PUBLIC_ENDING.search(word.lower()))


@cache
def _whole_names() -> re.Pattern[str]:
    return re.compile("|".join(rf"\b{re.escape(whole)}\b" for whole in sorted(body_words().wholes)))


@lru_cache(maxsize=KEPT)
def looks_like_body(name: str) -> bool:
    """Whether a name says by its own words that an organisation bears it.

    >>> looks_like_body("Viskans Synskadeförening"), looks_like_body("Eva Lind")
    (True, False)
    """
    low = one_line(name).lower()
    if not low:
        return False
    if SHORT_FORM.search(low):
        return True
    if _whole_names().search(low):
        return True
    if any(low.endswith(" " + form) for form in body_words().forms if " " in form or len(form) > 3):
        return True
    return any(is_body_word(word) for word in one_line(name).split())


@lru_cache(maxsize=KEPT)
def core(name: str) -> str:
    """A name without form words, for comparison: lower case, `föreningen` and `ekonomisk förening` gone.

    >>> core("Föreningen Ljuset i Norrby"), core("Scenen ekonomisk förening")
    ('ljuset i norrby', 'scenen')
    """
    low = re.sub(r"[^\w&-]+", " ", one_line(name).lower()).strip()
    low = re.sub(r"\b(?:(?:den )?(?:ideella|ekonomiska) )?(?:föreningen|stiftelsen|bolaget)\b", " ", low)
    low = re.sub(r"\b(?:ekonomisk|ideell) förening\b|\b(?:ab|hb|kb|aktiebolag|handelsbolag|publ)\b", " ", low)
    return " ".join(low.split()) or one_line(name).lower()
