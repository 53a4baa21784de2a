"""The title of a document: its main heading, over several lines if need be, and not the letterhead."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from pipeline.extract.board_names import BOARD
from pipeline.extract.headings import NUMBERING, heading_topic
from pipeline.extract.layout import furniture, gap_before, plain
from pipeline.extract.matters import matters
from pipeline.extract.naming import KEPT, is_person, is_title_word, one_line
from pipeline.extract.nlp import Material
from pipeline.model import Span

REACH = 30  # lines of the document in which its title is looked for
_TYPE_WORD = re.compile(
    r"(?:tjänsteskrivelse|tjänsteutlåtande|protokollsutdrag|sammanträdesprotokoll\w*|protokoll|"
    r"delegationsbeslut|beslut|rapport|ansökan|"
    r"utdrag|avtal|missiv|blankett|sammanträdesprotokoll,? utdrag|bilaga \d*|kallelse|yttrande|"
    r"tjänsteskrivning|överenskommelse)",
    re.I,
)
_SUBJECT = re.compile(
    r"\b\w*(?:avtal\w*|överenskommelse\w*|kontrakt\w*|partnerskap\w*|beslut|ansökan|bidrag\w*|stöd|"
    r"återkrav\w*|rapport\w*|berättelse|förlängning"
    r"|uppföljning\w*|redovisning|samverkan|samarbete\w*|föreningsstöd|fördelning|avslag|ersättning|hyra|drift|"
    r"verksamhetsbidrag|yttrande|svar|utvärdering|medfinansiering)\b",
    re.I,
)
_NOT_TITLE = re.compile(
    r"^\s*(?:Dnr|Diarie\w*|Datum|Handl[äa]ggare|Sid\w*|Telefon|Tel\b|Till\b|Org\W*nr|Organisationsn\w*|"
    r"Beslutsdatum|Sammanträdes?datum|Delegations?punkt|Adress"
    r"|Postadress|E-?post|Besöks\w*|Box\b|Ärende(?:nr|nummer)\w*|Avtals?\s*n(?:r|ummer)|Upphandlings\w*|"
    r"Kontakt\w*|Inkom|Version|Plats\b|Mottagare|Sökande|Tid\b|Referens|Paragraf|www|mellan\b|och\b|"
    r"Fyll\b|Vår\b|Er\b|Kommunen\b|Föreningen\s{2})"
    r"|@|^\W*\d{4}-\d\d-\d\d\W*$|^\W*\d{3}\s?\d\d\s|^[\d\W]+$|\b(?:kommun|stad|Stad|KOMMUN|STAD)$|"
    r"\b\d{3}\s\d\d\s+[A-ZÅÄÖ]|\b0\d{1,3}\s?[-–/]\s?\d[\d ]{4,}|\bkl(?:ockan|\.)?\s?\d|\batt$|"
    r"\((?:S|M|C|L|V|KD|MP|SD|FP)\)|^\W*(?:Ansvarig|Deltar|DELTAR)\b|\d{6}\s?[-–—]\s?\d{4}|"
    r"\b(?:kommun|stad)\W+(?:Datum|Beslut|BESLUT|Sida|Protokoll|PROTOKOLL)?\W*$",
)


# What makes a sentence of a line: titles name things, and only end in one.
_SAYS = re.compile(
    r"\w\s+(?:är|var|har|hade|ska|skall|kan|får|beslutar|omfattar|avser|gäller|uppgår|finns|görs|sker|bedriver"
    r"|framgår|betalas|lämnas|ansöker)\b",
    re.I,
)
# Minutes of many matters are named by themselves, not by the first of these.
_OF_MINUTES = re.compile(r"(?:sammanträdes)?protokoll\s+\w", re.I)
_DAY_LAST = re.compile(r"\d{4}-\d\d-\d\d$|\bden\s+\d{1,2}\s+[a-z]+\s+\d{4}$", re.I)  # a field with its day
# A body's name and the kind of paper, in columns whose gap was lost: `ORRVIKENS KOMMUN BESLUT`.
_LETTERHEAD = re.compile(
    r"\W*(?!protokoll)(?:.*\b(?:kommun|stad|landsting|\w+(?:nämnden|styrelsen|förvaltningen|kontoret))|(?:region|landstinget)\b.{3,30}?"
    rf"|västra götalandsregionen)(?:\W+(?:{_TYPE_WORD.pattern}|datum|sid\w*|blad))*\W*",
    re.I,
)
_TWO_SENTENCES = re.compile(r"\w{4,}[.!?]\s+[A-ZÅÄÖ][a-zåäö]")
# A label with its value, such as the head of a form; or a number of a register by itself.
_LABELLED = re.compile(r"[A-ZÅÄÖ][\w/.-]*(?: [\w/.-]+){0,2}\s?: ?\S|[A-ZÅÄÖ]{1,6}[ /.-]?\d{4}[ /.:-]\d{1,6}$")
_SUM_FIELD = re.compile(r"^[^:\d]{3,40}:\s*\d[\d\s.,]*(?:t?kr\b|kronor|SEK|mnkr)", re.I)
_REGISTER = re.compile(
    r"(?:^|[\s(,;/|•·–-]+)(?:(?:Dnr|Diarien(?:r|ummer)|D\.?nr|Ärenden(?:r|ummer)|Avtals?n(?:r|ummer)|"
    r"Avtals?-?id|Ref\.?\s?nr)\b[.:]?\s*[^\n]*|Sid(?:a|an)?\.?\s+\d{1,3}(?:\s*(?:\(\s*\d{1,3}\s*\)|"
    r"(?:av|/)\s*\d{1,3}))?)\s*$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Title:
    """A candidate for the title with where it stands."""

    text: str
    span: Span
    confidence: float
    rule: str


def titles(material: Material) -> list[Title]:
    """Candidates for the title, the best first; empty for a text without anything like one."""
    found = list(_candidates(material))
    return sorted(found, key=lambda t: (-t.confidence, t.span.start))


def _candidates(material: Material) -> Iterator[Title]:
    outline, text = material.outline, plain(material.text)
    skip = furniture(outline)
    i = 0
    seen = 0
    while i < len(outline.lines) and i < REACH:
        if i in skip or not outline.lines[i].cells or not _may_open(material, text, i):
            if i not in skip and _prose(text, outline.lines[i].span):
                seen += 1
                if seen > 2:
                    return
            i += 1
            continue
        last = _last_line(material, text, i, skip)
        cells = [_main_cell(material, text, n) for n in range(i, last + 1) if n not in skip]
        span = Span(cells[0].start, cells[-1].end if len(cells) > 1 else cells[0].end)
        words = one_line(
            re.sub(r"^\s*(?:§\s?\d+|\d+\s?§)\s*", "", "\n".join(text[c.start : c.end] for c in cells))
        )
        words = _without_registers(words)
        if len(words) > 5:
            yield Title(words, span, _confidence(material, text, i, last, words), "title_heading")
        i = last + 1


def _without_registers(words: str) -> str:
    """A title without the case number, the contract's number or the page number on its line."""
    bare = re.sub(r"\s+[A-ZÅÄÖ]{2,5}[ -]\d{1,6}[/:.-]\d{1,6}$", "", _REGISTER.sub("", words))
    return one_line(bare).rstrip(" ,;:/|–-•·")


@lru_cache(maxsize=KEPT)
def _is_no_title(words: str) -> bool:
    return bool(_NOT_TITLE.search(words))


def _main_cell(material: Material, text: str, i: int) -> Span:
    """The cell of a line that can be the title: the longest that isn't a label or a date."""
    cells = material.outline.lines[i].cells
    fit = [c for c in cells if not _is_no_title(text[c.start : c.end])]
    return max(fit or cells, key=len)


def _may_open(material: Material, text: str, i: int) -> bool:
    line = material.outline.lines[i]
    cell = _main_cell(material, text, i)
    words = text[cell.start : cell.end].strip()
    bare = one_line(words)
    if _LETTERHEAD.fullmatch(bare):
        return False
    if not bare or not (bare[0].isupper() or words.startswith(("§", "#"))) or _is_no_title(words):
        return False
    own = _without_registers(words)
    if not own or _is_no_title(own):
        return False
    if (
        len(line.cells) > 2
        or len(bare) < 5
        or words.rstrip("* ").endswith((".", ",", ":"))
        or re.search(r"\.{4,}", words)
    ):
        return False
    if re.match(r"\s*(?:§\s?\d+|\d+\s?§)\s+\S", words):
        return True
    if _TYPE_WORD.fullmatch(bare) and not _lonely(material, text, i):
        return False
    if _in_prose(material, text, i):
        return False
    if (
        BOARD.fullmatch(bare)
        or (
            re.search(r"(?:förvaltningen|kontoret|avdelningen|enheten|nämnden)$", bare)
            and not _OF_MINUTES.match(bare)
        )
        or is_person(bare)
    ):
        return False
    topic = heading_topic(bare)
    return (
        not topic
        or (topic in ("economy", "parties", "grants", "application", "followup") and len(bare.split()) > 1)
    ) and not is_title_word(bare.split()[-1])


def _in_prose(material: Material, text: str, i: int) -> bool:
    """Whether a line is part of a paragraph: one that ends in a full stop, or that a full line runs into."""
    lines = material.outline.lines
    if (
        i
        and not gap_before(material.outline, i)
        and len(lines[i - 1].span) > 60
        and len(lines[i - 1].cells) == 1
    ):
        return True
    end = i
    while end + 1 < len(lines) and not gap_before(material.outline, end + 1) and end - i < 8:
        end += 1
    last = text[lines[end].span.start : lines[end].span.end].rstrip()
    first = text[lines[i].span.start : lines[i].span.end]
    if end == i or not last.endswith(".") or first.lstrip().startswith("#"):
        return False
    runs_on = end - i > 1 and text[lines[i + 1].span.start : lines[i + 1].span.end].lstrip()[:1].islower()
    return len(first) > 55 or runs_on


def _lonely(material: Material, text: str, i: int) -> bool:
    """Whether a bare `Överenskommelse` heads the paper by itself: what follows is who it is between."""
    following = text[material.outline.lines[i].span.end :].lstrip()[:40]
    return bool(re.match(r"(?:mellan|om|avseende|nr)\b", following))


def _last_line(material: Material, text: str, i: int, skip: frozenset[int]) -> int:
    """The last line of a title that is broken over lines."""
    outline = material.outline
    last = i
    for n in range(i + 1, min(i + 5, len(outline.lines))):
        if n in skip:
            continue
        cell = outline.lines[n].cells[0]
        words = text[cell.start : cell.end].strip()
        above = text[outline.lines[last].span.start : outline.lines[last].span.end].rstrip()
        if re.fullmatch(r"\d{4}\s*[-–—]\s*\d{2,4}", words) and not gap_before(outline, n):
            last = n
            continue
        if len(outline.lines[n].cells) > 1 or _is_no_title(words) or len(words) > 90 or words.endswith("."):
            break
        open_end = bool(
            re.search(
                r"(?:\b(?:om|med|för|av|till|och|i|på|mellan|inom|vid|samt|avseende|med|offentligt|"
                r"idéburet)|[-–,])$",
                above,
            )
        )
        known = heading_topic(words)
        if gap_before(outline, n) and not open_end and not words[:1].islower():
            break
        if known and not words[:1].islower() and not open_end:
            break
        if (
            words[:1].islower()
            or open_end
            or (
                not gap_before(outline, n)
                and len(above) > 30
                and len(words) < 60
                and not words.startswith("#")
            )
        ):
            last = n
            continue
        break
    return last


def _prose(text: str, span: Span) -> bool:
    words = text[span.start : span.end].strip()
    return len(words) > 80 or (len(words) > 55 and words.endswith("."))


def _confidence(material: Material, text: str, i: int, last: int, words: str) -> float:
    score = 0.45
    raw = material.text[material.outline.lines[i].span.start : material.outline.lines[i].span.end].lstrip()
    if raw.startswith("#") or raw.startswith("**"):
        score += 0.15 if raw.startswith("# ") else 0.08
    if NUMBERING.match(raw) and heading_topic(words):
        score -= 0.5  # a clause
    elif raw.startswith("§"):
        score += 0.2
    if _SUBJECT.search(words):
        score += 0.25
    if len(words.split()) >= 3:
        score += 0.08
    if re.match(r"\d+(?:\.\d+)*[.)]?\s|(?:Punkt|Avsnitt)\s\d", words, re.IGNORECASE):
        score -= 0.3
    if _SUM_FIELD.search(words) or (_LABELLED.match(words) and not _SUBJECT.search(words.split(":")[0])):
        score -= 0.4
    if _is_no_title(words) or len(words) > 170:
        score -= 0.3
    if _OF_MINUTES.match(words):
        score += 0.6 if len(material.once(matters)) > 1 else 0
    elif _DAY_LAST.search(words):
        score -= 0.3
    if words.isupper() and _SUBJECT.search(words):
        score += 0.08
    if _SAYS.search(words) or _TWO_SENTENCES.search(words):
        score -= 0.3
    return round(max(0.1, min(0.92, score - 0.006 * i)), 2)
