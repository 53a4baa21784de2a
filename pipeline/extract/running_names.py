"""Names of organisations in running text: where they begin and end, and which of them `och` joins."""

import re
from functools import cache, lru_cache

from pipeline.extract.naming import (
    BEFORE_NAME,
    CONNECTORS,
    FULL_LINE,
    GAP,
    KEPT,
    LOWER,
    SHORT_FORM,
    UPPER,
    WORD,
    body_words,
    is_body_word,
    is_person,
    knows_given_name,
    looks_like_body,
    one_line,
    public_ending,
)

# Words that begin a sentence or a heading after a name, and nouns that a name follows.
_OPENERS = (
    r"(?:Att|Den|Det|Detta|Denna|De|Avtalet|Beslutet|Bidraget|Stödet|Beloppet|Nämnden|Kommunen|Parterna|Dnr|"
    r"Sammanfattning|Bakgrund|Beslut|Datum|Sida|Innehåll|Enligt|Under|Vid|Efter|Ärendet|Sökt|Beviljat|"
    r"Handläggare)"
)
_NOUNS = (
    r"Ansökan|Avtal|Avtalet|Bidrag|Stöd|Överenskommelse|Överenskommelsen|Återkrav|Avslag|Verksamhetsbidrag|"
    r"Verksamhetsstöd|Partnerskap|Samverkan|Hyresavtal|Kontrakt|Förlängning|Begäran|Tilläggsavtal"
)


@cache
def organisation_pattern() -> re.Pattern[str]:
    """A body's name in running text. Begins with a capital; goes on over capitals, connectors that lead to
    capitals, and closing words in lower case (`ekonomisk förening`)."""
    forms = "|".join(
        re.escape(f).replace(r"\ ", GAP)
        for f in sorted(body_words().forms, key=len, reverse=True)
        if len(f) > 4 or "." in f
    )
    tails = (
        "förening|församling|förbund|klubb|sällskap|stiftelse|kyrka|skola|förskola|folkhögskola|"
        "teater|jour|hus|gård|museum|orkester|samfund|kooperativ|nätverk|gille|byalag|bygdelag|sockenlag|"
        "spelmanslag|roddarlag|skidlag|kamratlag"
    )
    # `Lyktan – förening för psykisk hälsa`: the second word is no verb, as far as its ending tells.
    described = (
        rf"[-–—]{GAP}(?:ideell{GAP})?(?:förening|stiftelse|nätverk|kooperativ|klubb){GAP}(?:för|mot){GAP}[{LOWER}]+"
        rf"(?:{GAP}(?:och{GAP})?(?!(?:har|får|fick|ska|skall|om|som|och|samt|i|på|till|med|för|genom|att|org"
        rf"|nedan|under|enligt|från|av|är|var|in|men|där)(?!\w)|[{LOWER}]*(?:[aeö]s|[ae]r|de|at|it)(?!\w))[{LOWER}]+)?"
    )
    # `Boll- och Idrottssällskap`, `Jakt-, skytte- och fiskeklubb`
    part = r"[\w'’´&.:/+-]*-"
    suspended = rf"[{UPPER}]{part}(?:,{GAP}{part})*{GAP}(?i:och|samt|&){GAP}[{UPPER}{LOWER}][\w-]*\w"
    # `Stiftelsen Gamla kvarnen`: an adjective and its noun
    heads = "Stiftelsen|Föreningen|Sällskapet|Kooperativet"
    called = rf"(?:{heads}){GAP}[{UPPER}][{LOWER}]+a{GAP}[{LOWER}]{{2,}}(?:en|et|an)(?!\w)"
    word = rf"(?:{suspended}|{called}|{WORD})"
    nouns = "|".join(sorted(body_words().nouns, key=len, reverse=True))
    return re.compile(
        rf"(?<![\w@])(?!(?:{BEFORE_NAME}){GAP})"
        rf"(?:(?:(?:den{GAP})?(?:ideella|ekonomiska){GAP})?(?:föreningen|stiftelsen|bolaget){GAP}(?=[{UPPER}])"
        rf"|[{UPPER}][{LOWER}]+[ae]{GAP}(?:{nouns}){GAP}(?:(?:i|på|för){GAP})?(?=[\"”«]?[{UPPER}]))?"
        rf"[\"”«]?{word}[\"”»]?"
        rf"(?:{GAP}(?:{described}|(?:{forms})(?!\w)|(?:ideell|ekonomisk){GAP}förening|\w*(?:{tails})(?!\w)"
        rf"|[{LOWER}]+s(?={GAP}\w*(?:{tails})(?!\w))"  # `Höga kustens spelmanslag`
        rf"|(?:(?:{CONNECTORS}){GAP}){{0,2}}[\"”«]?{word}[\"”»]?))*"
    )


@lru_cache(maxsize=KEPT)
def cut_name(name: str) -> str:
    """A name from running text without what only stands beside it: a trailing connector, the next label.

    >>> cut_name("Föreningen Ljuset i Norrby Org.nr")
    'Föreningen Ljuset i Norrby'
    """
    name = one_line(name)
    labels = r"Org\.?\s?nr|Orgnr|Organisationsn\w+|Dnr|Tel\b|Telefon\b|Box\s\d|Adress\b|Postadress|Kontakt\w*"
    name = re.split(rf"\s+(?:{labels})", name)[0]
    name = re.split(rf"\s+(?={_OPENERS}\b)", name)[0]
    name = re.sub(rf"^(?:{_NOUNS})\s+(?:från|till|med|av|mellan)\s+(?=[{UPPER}])", "", name)
    name = re.sub(rf"^(?:{BEFORE_NAME}|mellan|och|samt)\s+(?=[{UPPER}])", "", name)
    name = re.sub(rf"^(?:[Aa]nsvarig\s+)?[Nn]ämnd[\s=:_—–-]+(?=[{UPPER}])", "", name)
    name = re.sub(r"^(?:Förening|Organisation|Sökande)\s+(?=(?:Föreningen|Stiftelsen|Bolaget)\b)", "", name)
    if not SHORT_FORM.search(name):
        name = re.sub(rf"\s+(?:{CONNECTORS})$", "", name)
    name = re.sub(r"^(?:den )?(?:(?:ideella|ekonomiska) )(?=föreningen)", "", name)
    name = re.sub(r",?\s+(?:gemensamt|tillsammans)$", "", name)
    name = name.strip(' ,;:.-–("”')
    if SHORT_FORM.search(name):
        name += "."
    if re.match(r"(?:föreningen|stiftelsen|bolaget)\s", name):
        name = name[0].upper() + name[1:]
    return name


def organisations(text: str, at: int = 0, indent: int = 0) -> list[tuple[int, int, str]]:
    """Every name that the grammar finds in running text, two joined by `och` parted: (start, end, name).

    `at` is added to the places; `indent` is how many characters of its first line the text lacks.
    """
    found: list[tuple[int, int, str]] = []
    for match in organisation_pattern().finditer(text):
        start = match.start()
        for left, right in _parted(_unbroken(text, match, indent)):
            found.append((at + start + left, at + start + right, cut_name(match.group()[left:right])))
    return [hit for hit in found if len(hit[2]) > 2]


def _unbroken(text: str, match: re.Match[str], indent: int) -> str:
    """A name up to the first line break that doesn't wrap a full line or leave the name open."""
    name = match.group()
    for line_end in re.finditer(r"\n", name):
        at = match.start() + line_end.start()
        start = text.rfind("\n", 0, at) + 1
        width = at - start + (0 if start else indent)
        before = name[: line_end.start()].rstrip()
        closing = re.match(
            r"\s*(?:ekonomisk|ideell|EKONOMISK FÖRENING|IDEELL FÖRENING|förening|församling|AB\b)",
            name[line_end.end() :],
        )
        beside = re.search(r"\S(?:\t| {3,})|^ {20,}", text[max(0, start) : match.start()])
        if (
            (width < FULL_LINE or beside)
            and not closing
            and not re.search(rf"(?:\b(?:{CONNECTORS}|ekonomisk|ideell)|-)$", before)
        ):
            return before
    return name


def _parted(name: str) -> list[tuple[int, int]]:
    """The places of the bodies in one capitalised sequence: `IK Norrby och IFK Sunne` are two."""
    parts, start = [], 0
    for joint in re.finditer(rf"{GAP}(?:och|samt){GAP}", name):
        left, right = name[start : joint.start()], name[joint.end() :]
        if left.endswith("-"):
            continue
        person = is_person(left) and knows_given_name(left)
        if _opens_body(right) and (looks_like_body(left) or person) and not _one_firm(left, right):
            parts.append((start, joint.start()))
            start = joint.end()
    return [*parts, (start, len(name))]


def _one_firm(left: str, right: str) -> bool:
    """Whether `och` stands inside a firm's name: `Ljuset Drift och Service AB`."""
    words, last = one_line(left).split(), one_line(right).split()
    if len(last) != 2 or last[1].lower() not in ("ab", "aktiebolag", "hb", "kb", "handelsbolag"):
        return False
    return words[0].lower() not in body_words().heads and not is_body_word(words[-1])


def _opens_body(name: str) -> bool:
    words = one_line(name).split()
    if not words:
        return False
    first = words[0].lower().strip(",")
    known = first in body_words().heads or first in body_words().forms
    return known or (len(words) > 1 and (looks_like_body(name) or public_ending(words[1])))
