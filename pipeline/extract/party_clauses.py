"""Parties named in running text: party clauses, cover pages, decision points, titles and signature lines."""

import re
from collections.abc import Iterator

from pipeline.extract.board_names import BOARD
from pipeline.extract.claims import Claim, role_of
from pipeline.extract.layout import plain
from pipeline.extract.naming import (
    FULL_LINE,
    TOWN,
    UPPER,
    is_person,
    is_title_word,
    looks_like_body,
    one_line,
)
from pipeline.extract.nlp import Material
from pipeline.extract.party_lines import (
    ADDRESS,
    address_in,
    goes_on,
    is_authority,
    is_name_line,
    is_public,
    name_part,
)
from pipeline.extract.people import contacts
from pipeline.extract.printed_numbers import number_in, numbers
from pipeline.extract.running_names import organisations
from pipeline.model import Span

WINDOW = 900
_BETWEEN = re.compile(r"\b(?:mellan|Mellan|MELLAN)\b[:\s]+")
_PARTIES_ARE = re.compile(
    r"\b(?:[Pp]arter(?:na)?(?:\s+(?:i|till)\s+(?:detta|denna|föreliggande)?\s*\w+)?|"
    r"[Aa]vtalsparter(?:na)?)\s+är\s*:?\s+"
    r"|\b(?:(?:in)?gås|(?:in)?gåtts|träffas|träffats|sluts|slutits|tecknas|tecknats|upprättas|upprättats)\s+"
    r"(?:härmed\s+)?av\s+"
)
# What stands between such words and the first name.
_LEAD = (
    r"\s*(?:undertecknade,?\s+)?(?:(?:följande|nedanstående)\s+(?:avtals)?parter\s*:?\s*)?"
    r"(?:[-–•*]\s+|\d[.)]\s+|[ab]\)\s+)?(?:å\s+ena\s+sidan,?\s+)?"
)
_CONTRACT = re.compile(r"\b\w*(?:avtal|överenskommelse|kontrakt|partnerskap|samverkan|iop)\w*\b", re.I)
_CLOSE = re.compile(
    r"\b(?:har\s+(?:denna\s+dag\s+|idag\s+|härmed\s+)?(?:följande|detta|denna|nedanstående|träffats|"
    r"slutits|ingåtts|ingått|träffat|slutit|tecknat|tecknats|överenskommit|kommit)|träffas\s+härmed|"
    r"sluts\s+härmed|ingås\s+härmed|är\s+följande)"
)
_HAVE_AGREED = re.compile(
    r"\b(?:har\s+(?:denna\s+dag\s+|idag\s+|härmed\s+|i\s+dag\s+)?(?:ingått|träffat|slutit|tecknat|"
    r"överenskommit|kommit\s+överens)|ingår\s+härmed|sluter\s+härmed|träffar\s+härmed|"
    r"ingår\s+(?:följande|detta|denna)|sluter\s+(?:följande|detta|denna)|"
    r"är\s+överens\s+om\s+följande)\b"
)
_ALIAS = re.compile(
    r"\b(?:nedan|härefter|hädanefter|i\s+det\s+följande|fortsättningsvis|kalla[dt]|benämn[dt]|kallas|"
    r"benämns)\b",
    re.I,
)
NAME_START = (
    rf"(?=[\"”«]?[{UPPER}]|(?:den\s+)?(?:ideella\s+|ekonomiska\s+)?(?:föreningen|stiftelsen|"
    rf"bolaget)\s+[{UPPER}]|nämnden\s+för)"
)
_NEXT = re.compile(
    rf"(?:\b(?:och|samt)\b|;|\bå\s+(?:andra|ena)\s+sidan\b,?(?:\s+och\b)?|\n\s*(?:\d[.)]|[-–•])|"
    rf",)\s*(?:\d[.)]\s+|[ab]\)\s+)?{NAME_START}"
)
_ALIASES = frozenset(
    [
        "kommunen",
        "föreningen",
        "bolaget",
        "staden",
        "regionen",
        "leverantören",
        "beställaren",
        "parterna",
        "part",
        "parten",
        "hyresvärden",
        "hyresgästen",
        "utföraren",
        "stiftelsen",
        "organisationen",
        "klubben",
        "församlingen",
        "förbundet",
        "sällskapet",
        "företaget",
        "jouren",
        "nämnden",
        "förvaltningen",
        "avtalet",
        "överenskommelsen",
        "idéburet",
        "sverige",
        "uppdraget",
    ]
)


def name_at(text: str, at: int) -> tuple[int, str] | None:
    """The body's name that begins at a position of running text: its end and the name."""
    town = TOWN.match(text, at)
    if town:
        return town.end(), one_line(town.group())
    board = BOARD.match(text, at)
    if board and not (board.group("s") or board.group("s2") or board.group("s3")):
        name = one_line(board.group())
        return board.end(), name[0].upper() + name[1:]
    hits = organisations(text[at : at + 160], at, at - text.rfind("\n", 0, at) - 1)
    if not hits or hits[0][0] - at > 2:
        return None
    _, end, name = hits[0]
    if name.lower() in _ALIASES or is_title_word(name) or name.lower().split()[0] in ("dnr", "org.nr", "box"):
        return None
    return end, name


def clause_claims(material: Material) -> Iterator[Claim]:
    """`Mellan X … och Y …`, `X och Y har ingått …`, `Parter är X och Y`."""
    text = plain(material.text)
    for match in [*_BETWEEN.finditer(text), *_PARTIES_ARE.finditer(text)]:
        window = _window(text, match.end())
        before = text[max(0, match.start() - 90) : match.start()]
        named = bool(_CONTRACT.search(before)) and "." not in before[-30:]
        strong = bool(number_in(window) or _ALIAS.search(window))
        closes = bool(_CLOSE.search(text, match.end(), match.end() + WINDOW))
        alone = not text[text.rfind("\n", 0, match.start()) + 1 : match.start()].strip(" #*")
        if (
            material.outline.topic_at(match.start())
            in ("background", "motions", "appeal", "followup", "basis")
            and not strong
        ):
            continue
        if not (strong or (named and match.start() < 2500) or (alone and closes)):
            continue
        end = min(
            [match.end() + len(window), *(h for h in material.outline.heading_starts if h > match.end())]
        )
        claims = _party_list(material, text, match.end(), end, 0.9 if strong else 0.75, match.group())
        if len(claims) >= 2:
            yield from claims
    for match in _HAVE_AGREED.finditer(text):
        sentence = material.outline.sentence(Span(match.start(), match.end()))
        topic = material.outline.topic_at(match.start())
        if topic in ("background", "motions", "reasons", "followup") and not _both_numbered(
            text[sentence.start : match.start()]
        ):
            continue
        claims = _party_list(material, text, sentence.start, match.start(), 0.86, match.group())
        if len(claims) >= 2:
            yield from claims


def _both_numbered(words: str) -> bool:
    """Whether two numbers stand before what is agreed: then it is this agreement's own clause."""
    return len(list(numbers(words))) > 1


def _window(text: str, at: int) -> str:
    """The clause from its start to where it closes: what was agreed, an empty line after a full "
    "stop, a heading."""
    window = text[at : at + WINDOW]
    close = _CLOSE.search(window)
    if close:
        window = window[: close.start()]
    end = re.search(
        r"\.\s*\n\s*\n|\n\s*\n\s*(?:#|\d+(?:\.\d+)*\.?\s+[A-ZÅÄÖ][a-zåäö]+\s*\n|§|\d+\s§)|"
        r"\.\s+(?:Avtalet|Parterna|Detta|Överenskommelsen|Denna|Syftet)\b|\f",
        window,
    )
    return window[: end.start()] if end else window


def _party_list(material: Material, text: str, start: int, end: int, weight: float, cue: str) -> list[Claim]:
    """The names that are joined in a clause, each with the number and address up to the next."""
    spots: list[tuple[int, int, str]] = []
    first = re.compile(rf"(?i:{_LEAD}){NAME_START}").match(text, start)
    at = first.end() if first else start
    while at < end:
        hit = name_at(text, at)
        if len(spots) > 1 and re.search(r"\n\s*\n", text[spots[-1][1] : at]):
            break
        fit = hit if hit and hit[0] <= end and _can_be_party(hit[1], text[at:end]) else None
        if fit and (not spots or _joins(text, spots[-1][1], at, fit[1])):
            spots.append((at, fit[0], fit[1]))
            at = fit[0]
        following = _NEXT.search(text, at, end)
        if not following:
            break
        at = following.end()
    return [
        _clause_claim(material, text, spot, spots[k + 1][0] if k + 1 < len(spots) else end, weight, cue)
        for k, spot in enumerate(spots)
    ]


def _joins(text: str, last: int, at: int, name: str) -> bool:
    """Whether a joint stands between two names, so that the second is a party and not part of the first one's
    address; a comma alone joins only where a number stands before it."""
    joint = text[last:at].rstrip()
    if re.search(r"(?:\b(?:och|samt)|;|sidan,?|\n\s*(?:\d[.)]|[-–•]))(?:\s*\d[.)])?$", joint):
        return True
    plainly = (looks_like_body(name) or is_public(name)) and not ADDRESS.match(name)
    return joint.endswith(",") and plainly and number_in(joint) is not None


def _can_be_party(name: str, rest: str) -> bool:
    low = name.lower()
    if low in _ALIASES or is_authority(name) or len(name) < 3 or re.fullmatch(r"\d.*", name):
        return False
    return (
        is_public(name) or looks_like_body(name) or not is_person(name) or number_in(rest[:120]) is not None
    )


def _clause_claim(
    material: Material, text: str, spot: tuple[int, int, str], end: int, weight: float, cue: str
) -> Claim:
    start, stop, name = spot
    details = text[stop:end]
    number = number_in(re.sub(r"\s*\n\s*", " ", details))
    return Claim(
        role=role_of(name),
        name=name,
        span=Span(start, stop),
        weight=weight if number or weight < 0.85 else weight - 0.06,
        rule="party_clause",
        cue=one_line(cue),
        org_number=number[0] if number else "",
        valid=number[1] if number else None,
        address=address_in([re.sub(r"\s*\n\s*", " ", details)]),
        contact=", ".join(contacts(details)) if re.search("kontakt", details, re.I) else "",
    )


def cover_claims(material: Material) -> Iterator[Claim]:
    """A cover page: `mellan` on a line of its own, a name, `och`, a name."""
    text, lines = plain(material.text), material.outline.lines
    for i, line in enumerate(lines[:40]):
        if text[line.span.start : line.span.end].strip(" #:").lower() != "mellan":
            continue
        names: list[tuple[str, Span]] = []
        bearing: dict[
            int, tuple[str, bool]
        ] = {}  # the numbers printed below names, by whose place in the list
        expect = True
        for below in lines[i + 1 : i + 14]:
            body = text[below.span.start : below.span.end].strip()
            if body.lower().strip(" #") in ("och", "samt", "&"):
                expect = True
                continue
            number = number_in(body)
            if names and number and not name_part(body).startswith(names[-1][0]):
                bearing.setdefault(len(names) - 1, number)
            if expect and is_name_line(body):
                names.append((name_part(body), below.cells[0]))
                expect = False
            elif names and goes_on(names[-1][0], body) and below.span.start - names[-1][1].end < FULL_LINE:
                names[-1] = (
                    name_part(f"{names[-1][0]} {body}"),
                    Span(names[-1][1].start, below.cells[0].end),
                )
            elif len(names) >= 2 and (number or not body.startswith("(")):
                break
        if len(names) >= 2:
            for k, (name, span) in enumerate(names):
                org_number, valid = bearing.get(k, ("", None))
                yield Claim(role_of(name), name, span, 0.8, "party_cover", "mellan", org_number, valid)
            return


def signature_claims(material: Material) -> Iterator[Claim]:
    """`För X` over a signature."""
    text = plain(material.text)
    for line in material.outline.lines:
        for cell in line.cells:
            match = re.match(rf"För\s+{NAME_START}", text[cell.start : cell.end])
            if not match or len(cell) > 90:
                continue
            following = text[cell.end : cell.end + 60].lstrip(" \n")
            name = name_part(text[cell.start + match.end() : cell.end])
            rest = following.split("\n")[0] if len(line.cells) == 1 else ""
            if re.match(r"(?:ekonomisk|ideell)?\s*förening\b", rest):
                name = one_line(f"{name} {rest}")
            if name and is_name_line(name) and name.lower() not in _ALIASES and not is_person(name):
                yield Claim(role_of(name), name, cell, 0.6, "party_signature", "För")
