"""The name of a nämnd in running text and letterheads, and what only looks like one."""

import re
from collections.abc import Iterable

from pipeline.extract.naming import BEFORE_NAME, GAP, LOWER, UPPER, one_line, public_words
from pipeline.extract.towns import cased
from pipeline.model import Span

_NAMND = r"(?:n[^\W\d_]mn?d)"  # one letter may be bent
_PREFIX = (
    rf"(?:[^\W\d_]{{2,}}-,?{GAP}){{1,4}}(?:(?i:och|samt|&){GAP})?|"
    rf"[{UPPER}][{LOWER}]+{GAP}och{GAP}(?=[{LOWER}])"
)
_STOP = (
    r"beslut|har\b|ska\b|som\b|att\b|genom|är\b|får\b|kan\b|bevilj|godkän|avslå|under|enligt|vid\b|"
    r"nedan|org|box|dnr|till\b"
)
# A nämnd for a part of a town: `Socialnämnd väster`.
_QUARTER = r"(?:norr|söder|öster|väster|nord|syd|öst|väst|nordost|sydost|nordväst|sydväst|centrum|city|mitt)"
BOARD = re.compile(
    r"(?<![\w-])(?=[^\W\d_])(?:"
    rf"(?:{_PREFIX})?[^\W\d_]{{3,}}{_NAMND}{GAP}(?i:{_QUARTER})(?P<s6>s)?(?![\w-])"
    rf"|(?:{_PREFIX})?[^\W\d_]{{3,}}(?:-{GAP})?(?i:{_NAMND}(?:en)?(?P<s>s)?)(?![\w-])"
    rf"|(?:[Gg]emensamma{GAP})?[Nn]ämnden{GAP}för(?:{GAP}|\n[ \t]*)[{LOWER}{UPPER}][\w-]+"
    rf"(?:(?:,{GAP}(?=[{LOWER}]+(?:,|{GAP}och\b))|{GAP})(?!{_STOP})[{LOWER}][\w-]+){{0,6}}"
    rf"|(?P<plain>[{UPPER}][{LOWER}]+(?:isk|al|ell){GAP}[{LOWER}]*nämnd)(?![\w-])"
    rf"|(?:[Tt]ekniska|[Ss]ociala|[Hh]umanistiska|[Kk]ulturella){GAP}[{LOWER}]{{3,}}nämnden(?P<s5>s)?(?![\w-])"
    rf"|(?:[{UPPER}][{LOWER}]+(?:ska|ala)|(?:[{LOWER}]*tekniska|sociala|"
    rf"humanistiska)){GAP}nämnden(?P<s4>s)?(?!\w)(?!{GAP}för\b)"
    rf"|(?i:(?:kommun|region|landstings|stads)styrelsen)(?P<s2>s)?(?!\w)"
    rf"|(?i:(?:kommun|kommundels|stadsdels|region|landstings)fullmäktige)(?P<s3>s)?(?!\w)"
    rf"|[{UPPER}][\w-]+[ \u00a0](?i:stads[ \u00a0]nämnd)(?!\w)(?!{GAP}för\b)"
    r")"
)
_DISTRICT = re.compile(
    rf"(?:(?:stadsdels|kommundels){_NAMND}(?:en)?|(?:stadsdels|kommundels)fullmäktige)$", re.I
)
# The part of a town before its nämnd in the genitive, and after it.
_PART_BEFORE = re.compile(
    rf"(?<![\w-])(?!(?:{BEFORE_NAME}|Till|TILL|Av|I|Stad|STAD)\s)(?:[{UPPER}][\w-]+[ \u00a0]{{1,2}})?"
    rf"(?!(?:{BEFORE_NAME}|Till|TILL|Av|I|Stad|STAD)\s)[{UPPER}][\w-]+{GAP}$"
)
_PART_AFTER = re.compile(
    rf"(?:[ \u00a0]{{1,2}}i)?[ \u00a0]{{1,2}}(?P<part>[{UPPER}][\w-]+(?:[ \u00a0][{UPPER}][\w-]+)?)"
)


def board_name(text: str, match: re.Match[str], cell: Span | None) -> str:
    """The full name of the nämnd that `BOARD` matched within a cell; empty for what is none."""
    span = Span(match.start(), match.end())
    name = one_line(match.group())
    if any(match.group(g) for g in ("s", "s2", "s3", "s4", "s5", "s6")):
        name = name[:-1]
    low = re.sub(r"n[^\W\d_]mn?d(en)?$", r"nämnd\1", name.lower())
    if any(low.endswith(bad) or low == bad for bad in public_words("not_board")):
        return ""
    if match.group("plain"):
        return _indefinite(text, span, low, cell)
    if low.endswith(" stads nämnd"):
        return cased(name[: -len("stads nämnd")].strip()) + " stads nämnd"
    if low.endswith("nämnd"):
        whole = cell is not None and len(cell) <= len(span) + 3
        through = re.search(
            rf"(?:genom|av){GAP}(?:sin|dess|kommunens|stadens){GAP}$",
            text[max(0, span.start - 30) : span.start],
        )
        if _DISTRICT.search(low):
            return _district(text, span, low)
        if not whole and not through:
            return ""
        low = low if whole and not through else low + "en"
    elif _DISTRICT.search(low):
        after = _PART_AFTER.match(text, span.end)
        if after:
            between = text[span.end : after.start("part")].strip()
            low = " ".join(filter(None, [low, between, cased(after["part"])]))
        elif low.endswith("fullmäktige"):
            return _district(text, span, low) or low[0].upper() + low[1:]
    elif (
        not low.startswith(("nämnden", "gemensamma nämnden"))
        and low.endswith(" nämnden")
        and not re.fullmatch(r"[\w-]+(?:ska|ala) nämnden", low)
    ):
        return ""
    return low[0].upper() + low[1:]


def _indefinite(text: str, span: Span, low: str, cell: Span | None) -> str:
    """A name in the indefinite form (`Social omsorgsnämnd`), where a letterhead or its kommun stands before
    it."""
    before = text[cell.start if cell else span.start : span.start].strip(" #*|/–-•·")
    named = re.search(r"(?:kommuns?|stads?|Region\s+\w+),?$", before, re.I)
    return low[0].upper() + low[1:] if cell is not None and (not before or named) else ""


def _district(text: str, span: Span, low: str) -> str:
    before = _PART_BEFORE.search(text[max(0, span.start - 50) : span.start])
    return f"{cased(one_line(before.group()))} {low}" if before else ""


def whole_districts(names: Iterable[str]) -> dict[str, str]:
    """The full name for each plain one (`Stadsdelsnämnden`), where the document names one nämnd of the kind.

    >>> whole_districts(["Stadsdelsnämnden", "Ekbackens stadsdelsnämnd"])
    {'Stadsdelsnämnden': 'Ekbackens stadsdelsnämnd'}
    """
    found = sorted(set(names))
    plain = [name for name in found if _DISTRICT.fullmatch(name)]
    out = {}
    for name in plain:
        stem = name.lower().removesuffix("en")
        full = [other for other in found if other not in plain and stem in other.lower()]
        if len(full) == 1:
            out[name] = full[0]
    return out
