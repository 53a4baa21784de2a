"""What one line or cell of a party block says: a name, a number, an address, a contact, or prose."""

import re
from functools import cache, lru_cache

from pipeline.extract.board_names import BOARD
from pipeline.extract.federations import is_federation
from pipeline.extract.fields import form_labels
from pipeline.extract.naming import (
    GAP,
    KEPT,
    LOWER,
    UPPER,
    is_person,
    is_title_word,
    knows_given_name,
    looks_like_body,
    one_line,
    public_words,
)
from pipeline.extract.party_words import label_pattern, names_nobody
from pipeline.extract.printed_numbers import has_number
from pipeline.extract.running_names import cut_name
from pipeline.extract.word_lists import data_lines, words_of

ROLE = label_pattern("role")
APPLICANT = label_pattern("applicant")
PRIVATE = label_pattern("private")

_STREET = (
    r"(?:gatan|vägen|torget|gränd|gränden|allén|plan|stigen|backen|platsen|esplanaden|leden|boulevard|"
    r"kajen|bron|väg|gata|torg|hamnen|strand|stranden|gården|husen)"
)
ADDRESS = re.compile(
    rf"\b(?:[{UPPER}][\w.]*\s)*[\w-]*{_STREET}\s+\d+(?:\s?[A-Z]\b)?|\bBox\s+\d+|"
    rf"\b\d{{3}}\s?\d{{2}}\s+[{UPPER}][\w]+",
    re.I,
)
POSTAL = re.compile(rf"(?<!\d)\d{{3}}\s?\d{{2}}{GAP}[{UPPER}][\w-]+(?:{GAP}[{UPPER}][\w-]+)?")
_PLACE_AND_TOWN = re.compile(rf"[^,]{{3,40}},\s+\d{{3}}\s?\d{{2}}\s+[{UPPER}]")
LABEL = re.compile(
    r"^\s*(?:org|organisationsn|adress|post|besöks|telefon|tel\b|mobil|e-?post|mail|kontakt|bankgiro|"
    r"plusgiro|bg\b|pg\b|faktur|personn|firmatecknare|företrä|represent|datum|ort\b|namn|säte|webb|"
    r"hemsida|www|dnr|diarie|swish|fax|att\b|c/o)",
    re.I,
)
_THROUGH = re.compile(r"^\s*(?:genom|företrädd|företräds|representera|via|vid|gm)\b", re.I)
_CUT = re.compile(
    r"\s*(?:[,;(\[]|\s[-–—]\s?(?=[Vv]erksamhet|[Pp]rojekt|nedan|härefter|org)|\s+(?:nedan|härefter|"
    r"genom|org\.?\s?n|organisationsn|i\sdet\sföljande|hädanefter|fortsättningsvis|som\s(?:i\s|nedan|"
    r"part)|kallad|benämn|med\s(?:säte|adress|org)|c/o)\b|\s(?=(?:\d\d ?){3} ?[-–]|\d{3}\s\d{2}\s))",
    re.I,
)


@cache
def _words(kind: str) -> frozenset[str]:
    """The words of one kind of `data/line_words.tsv`."""
    return frozenset(words_of("line_words.tsv", kind))


@cache
def _regions() -> tuple[str, ...]:
    return tuple(line.lower() for line in data_lines("regions.txt"))


@lru_cache(maxsize=KEPT)
def is_public(name: str) -> bool:
    """Whether a name is a municipality's, region's, board's, administration's or authority's.

    >>> is_public("Norrby kommun"), is_public("Socialförvaltningen"), is_public("Norrby Kommunfastigheter AB")
    (True, True, False)
    """
    low = one_line(name).lower()
    if re.search(
        r"\b(?:ab|hb|aktiebolag|ekonomisk förening|förening|stiftelse|föreningen|stiftelsen)\b", low
    ):
        return False
    if (
        re.search(r"\b(?:kommun|stad|kommuns|stads|landsting|landstinget|kommunen|staden|regionen)\b", low)
        and len(low.split()) < 9
    ):
        return not re.search(r"stadsmission|i\s+\w+\s+(?:kommun|stad)$", low)
    if low.startswith("region ") or low in _regions():
        return True
    if re.search(
        r"(?:nämnden|nämnd|förvaltningen|förvaltning|kommunstyrelsen|regionstyrelsen|kontoret|"
        r"kommunfullmäktige|kommunalförbund|kommunalförbundet|samordningsförbund\w*|utskottet)\b",
        low,
    ):
        return True
    if low.startswith(("nämnden för", "gemensamma nämnden")):
        return True
    return is_federation(name) or is_authority(name)


@lru_cache(maxsize=KEPT)
def is_authority(name: str) -> bool:
    """Whether a name is a court's or a state authority's, which board papers mention without making "
    "it a party."""
    low = one_line(name).lower()
    return bool(_authorities().search(low))


@cache
def _authorities() -> re.Pattern[str]:
    return re.compile(rf"(?:^|\s|\w)(?:{'|'.join(map(re.escape, public_words('authority')))})\b")


def is_label(line: str) -> bool:
    """Whether a line is a form's label and no more."""
    bare = re.sub(r"^\s*(?:\d{1,2}[.)]?\s+)?", "", one_line(line)).lower()
    if bare in form_labels() or ROLE.fullmatch(bare) or APPLICANT.fullmatch(bare):
        return True
    words = bare.split()
    if re.fullmatch(r"(?:[\w/-]+ ){0,4}namn(?: \(.*\))?", bare):
        return True
    return len(words) < 4 and all(
        w in form_labels() or ROLE.fullmatch(w) or APPLICANT.fullmatch(w) for w in words
    )


def is_prose(line: str) -> bool:
    words = line.split()
    return len(line) > 95 or (len(words) >= 7 and line.rstrip().endswith((".", ":")))


@lru_cache(maxsize=KEPT)
def is_name_line(line: str, unknown: bool = False) -> bool:
    """Whether a line names a body: by a word for bodies, or by being short and capitalised.

    `unknown` lets a name pass that a person might bear, where no given name is known in it.
    """
    name = name_part(line)
    if (
        not name
        or is_label(line)
        or is_label(name)
        or names_nobody(name)
        or names_nobody(line)
        or LABEL.match(line)
        or _THROUGH.match(line)
        or is_prose(line)
        or "@" in line
    ):
        return False
    if _prose_after(line, name):
        return False
    if not (name[0].isupper() or name[0].isdigit()) or len(name) < 3 or name.startswith("Box "):
        return False
    small = [
        w for w in name.split() if w[0].islower() and w not in _words("inside") and not looks_like_body(w)
    ]
    if len(small) > 3 or any(w in _words("verb") for w in small):
        return False
    if looks_like_body(name) or is_public(name):
        return not ADDRESS.match(name) or looks_like_body(name.split(",")[0])
    words = name.split()
    if (
        re.search(r"\d", name)
        or ADDRESS.search(name if unknown else line)
        or any(is_title_word(w) for w in words)
    ):
        return False
    return (
        1 <= len(words) <= 7
        and len(small) <= len(words) // 2
        and (not is_person(name) or (unknown and not knows_given_name(name)))
    )


_BESIDE_NAME = re.compile(
    r"\d{3}|\b(?:nedan|härefter|hädanefter|genom|kalla\w*|benämn\w*|org|företr\w*|c/o|med\s+säte|i\s+det\s+följande)",
    re.I,
)


def _prose_after(line: str, name: str) -> bool:
    """Whether words of a sentence follow what looks like a name, with nothing that a party clause has."""
    rest = one_line_keep(line).partition(name)[2]
    small = [word for word in rest.split() if word[0].islower()]
    return len(small) >= 4 and not _BESIDE_NAME.search(rest)


_SOLE = re.compile(r"\b(?:enskild\s+firma|innehavare|enskild\s+näringsidkare|firma)\b", re.I)


def is_sole_trader(line: str) -> bool:
    """Whether a line says that a person trades under the name in it."""
    return bool(_SOLE.search(line))


_BORN = re.compile(r"(?<!\d)(?:19|20)?\d{2}[01]\d[0-3]\d\s?[-–+]\s?[\d*Xx]{4}(?!\d)")


def is_private_party(label: str, line: str, rest: list[str]) -> bool:
    """Whether a person is a party: named under a label for one, by the address or the day of birth.

    A name alone, or with a title or a telephone, may be whom to ask at a body.
    """
    name = one_line(line.split(",")[0].split("(")[0])
    if not PRIVATE.match(label) or not is_person(name) or not knows_given_name(name):
        return False
    block = "\n".join([line, *rest[:2]])
    return not has_number(block) and bool(_BORN.search(block) or (POSTAL.search(line) and "," in line))


@lru_cache(maxsize=KEPT)
def name_part(line: str) -> str:
    """The name that opens a line, without its number, aliases and address.

    >>> name_part("Norrby stad, nämnden för lek, org.nr 212000-0000")
    'Norrby stad'
    """
    words = re.sub(
        r"^\s*(?:[^\w\"(]{1,4}\s+|\d{1,2}[.)]\s+|\d{1,2}(?:\.\d{1,2})+\s+|[a-z]\)\s+|(?:part|avtalspart)\s+[A-Z\d]\s*:?\s+)",
        "",
        one_line_keep(line),
        flags=re.I,
    )
    board = BOARD.match(words)
    if board and not re.match(r"[\w-]+\s(?:kommun|stad)\b", words):
        rest = words[board.end() :]
        if re.match(r"\s*(?:[,;(]|$|\d|org|i\s)", rest, re.I) or not rest.strip():
            return one_line(words[: board.end()])
        tail = re.match(rf"\s+[{UPPER}][{LOWER}\w-]+\s+(?:kommun|stad)\b", rest)
        if tail:
            return one_line(words[: board.end() + tail.end()])
    cut = _CUT.search(words, 1)
    name = words[: cut.start()] if cut else words
    legal = re.match(
        r"(?:,?\s*(?:AB|HB|KB|\(publ\)|ek\.?\s?för\.?|ekonomisk förening|ideell förening))(?!\w)",
        words[len(name) :],
        re.I,
    )
    if legal:
        name += legal.group()
    return cut_name(name)


def one_line_keep(line: str) -> str:
    """A line without Markdown marks, its punctuation kept."""
    return " ".join(re.sub(r"\*\*|__|[`#\u00ad]", "", line).split())


def goes_on(name: str, following: str) -> bool:
    """Whether the next line finishes a name that is broken over lines."""
    rest = one_line_keep(following)
    if not rest or re.search(r"\d", rest) or LABEL.match(rest) or _THROUGH.match(rest) or len(rest) > 60:
        return False
    if re.search(r"(?:\b(?:ekonomisk|ideell|och|i|för|på|av|med|&)|-)$", name):
        return True
    if re.match(
        r"(?:EKONOMISK|IDEELL) FÖRENING\b|(?:ekonomisk |ideell )?förening\b|(?:församling|förskola|"
        r"stiftelse|och)\b",
        rest,
    ):
        return True
    words = rest.split()
    return (
        name.endswith("s")
        and len(words) == 1
        and words[0][:1].isupper()
        and not is_public(name)
        and looks_like_body(words[0])
    )


def fits_label(label: str, name: str) -> bool:
    """Whether a label can name this body: `Föreningen` doesn't name a kommun."""
    if label.startswith(("kommun", "staden", "region")):
        return is_public(name)
    if label.startswith(("förening", "bolag", "stiftelse", "företag", "firma")):
        return not is_public(name)
    return True


def ends_address(lines: list[str], following: str) -> bool:
    """Whether a line goes on with the address of the one above: a place and a post town after its comma."""
    broken = bool(lines) and lines[-1].rstrip().endswith(",")
    return broken and bool(_PLACE_AND_TOWN.match(following)) and not has_number(following)


def address_in(lines: list[str]) -> str:
    """Street and postal address of a block, joined by commas."""
    parts = []
    for written in lines:
        line = re.sub(
            r"^\s*(?:post|besöks|utdelnings)?adress\s*:?\s*", "", one_line_keep(written), flags=re.I
        )
        spots = list(ADDRESS.finditer(line))
        if not spots or (has_number(line) and not POSTAL.search(line)):
            continue
        postal = POSTAL.search(line)
        start = spots[0].start()
        end = max(postal.end() if postal else 0, spots[-1].end())
        part = one_line(line[start:end])
        if part and part not in parts:
            parts.append(part)
    return ", ".join(parts[:3])
