"""Parties named in running text: party clauses, cover pages, decision points, titles and signature lines."""

import re
from collections.abc import Iterator

from pipeline.extract.layout import plain
from pipeline.extract.naming import GAP, UPPER, is_person, is_title_word, looks_like_body, one_line, organisations
from pipeline.extract.nlp import Material
from pipeline.extract.party_blocks import Claim, role_of
from pipeline.extract.party_lines import (
    ADDRESS,
    address_in,
    is_authority,
    is_name_line,
    is_public,
    name_part,
    number_in,
)
from pipeline.extract.people import contacts
from pipeline.extract.public_bodies import BOARD
from pipeline.extract.titles import Title
from pipeline.model import Span

WINDOW = 900
_BETWEEN = re.compile(r"\b(?:mellan|Mellan|MELLAN)\b[:\s]+")
_PARTIES_ARE = re.compile(
    r"\b(?:[Pp]arter(?:na)?(?:\s+(?:i|till)\s+(?:detta|denna|föreliggande)?\s*\w+)?|[Aa]vtalsparter(?:na)?)\s+är\s*:?\s+"
)
_CONTRACT = re.compile(r"\b\w*(?:avtal|överenskommelse|kontrakt|partnerskap|samverkan|iop)\w*\b", re.I)
_CLOSE = re.compile(
    r"\b(?:har\s+(?:denna\s+dag\s+|idag\s+|härmed\s+)?(?:följande|detta|denna|nedanstående|träffats|slutits|ingåtts|ingått|träffat|slutit|tecknat|tecknats|överenskommit|kommit)|träffas\s+härmed|sluts\s+härmed|ingås\s+härmed|är\s+följande)"
)
_HAVE_AGREED = re.compile(
    r"\b(?:har\s+(?:denna\s+dag\s+|idag\s+|härmed\s+|i\s+dag\s+)?(?:ingått|träffat|slutit|tecknat|överenskommit|kommit\s+överens)|ingår\s+härmed|sluter\s+härmed|träffar\s+härmed|ingår\s+(?:följande|detta|denna)|sluter\s+(?:följande|detta|denna)|är\s+överens\s+om\s+följande)\b"
)
_ALIAS = re.compile(r"\b(?:nedan|härefter|hädanefter|i\s+det\s+följande|fortsättningsvis|kalla[dt]|benämn[dt]|kallas|benämns)\b", re.I)
_NAME_START = rf"(?=[\"”«]?[{UPPER}]|(?:den\s+)?(?:ideella\s+|ekonomiska\s+)?(?:föreningen|stiftelsen|bolaget)\s+[{UPPER}]|nämnden\s+för)"
_NEXT = re.compile(
    rf"(?:\b(?:och|samt)\b|;|\bå\s+(?:andra|ena)\s+sidan\b,?(?:\s+och\b)?|\n\s*(?:\d[.)]|[-–•])|,)\s*(?:\d[.)]\s+|[ab]\)\s+)?{_NAME_START}"
)
_TOWN = re.compile(rf"(?:[{UPPER}][\w-]+{GAP}){{1,3}}(?:kommun|stad|Stad|Kommun)(?!\w)|Region{GAP}[{UPPER}]\w+(?:{GAP}(?:län|Härjedalen))?|[{UPPER}]\w+{GAP}[\w]+regionen")
_ALIASES = frozenset(
    "kommunen föreningen bolaget staden regionen leverantören beställaren parterna part parten hyresvärden hyresgästen "
    "utföraren stiftelsen organisationen nämnden förvaltningen avtalet överenskommelsen idéburet sverige uppdraget".split()
)


def name_at(text: str, at: int) -> tuple[int, str] | None:
    """The body's name that begins at a position of running text: its end and the name."""
    town = _TOWN.match(text, at)
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
        if material.outline.topic_at(match.start()) in ("background", "motions", "appeal", "followup", "basis") and not strong:
            continue
        if not (strong or (named and match.start() < 2500) or (alone and closes)):
            continue
        claims = _party_list(material, text, match.end(), match.end() + len(window), 0.9 if strong else 0.75, match.group())
        if len(claims) >= 2:
            yield from claims
    for match in _HAVE_AGREED.finditer(text):
        if material.outline.topic_at(match.start()) in ("background", "motions", "reasons", "followup"):
            continue
        sentence = material.outline.sentence(Span(match.start(), match.end()))
        claims = _party_list(material, text, sentence.start, match.start(), 0.86, match.group())
        if len(claims) >= 2:
            yield from claims


def _window(text: str, at: int) -> str:
    """The clause from its start to where it closes: what was agreed, an empty line after a full stop, a heading."""
    window = text[at : at + WINDOW]
    close = _CLOSE.search(window)
    if close:
        window = window[: close.start()]
    end = re.search(r"\.\s*\n\s*\n|\n\s*\n\s*(?:#|\d+(?:\.\d+)*\.?\s+[A-ZÅÄÖ][a-zåäö]+\s*\n|§|\d+\s§)|\.\s+(?:Avtalet|Parterna|Detta|Överenskommelsen|Denna|Syftet)\b|\f", window)
    return window[: end.start()] if end else window


def _party_list(material: Material, text: str, start: int, end: int, weight: float, cue: str) -> list[Claim]:
    """The names that are joined in a clause, each with the number and address up to the next."""
    spots: list[tuple[int, int, str]] = []
    first = re.compile(rf"\s*(?:å\s+ena\s+sidan,?\s+)?(?:\d[.)]\s+)?{_NAME_START}").match(text, start)
    at = first.end() if first else start
    while at < end:
        hit = name_at(text, at)
        if len(spots) > 1 and re.search(r"\n\s*\n", text[spots[-1][1] : at]):
            break
        if hit and hit[0] <= end and _can_be_party(hit[1], text[at:end]):
            if not spots or _joins(text, spots[-1][1], at, hit[1]):
                spots.append((at, hit[0], hit[1]))
                at = hit[0]
        following = _NEXT.search(text, at, end)
        if not following:
            break
        at = following.end()
    return [_clause_claim(material, text, spot, spots[k + 1][0] if k + 1 < len(spots) else end, weight, cue) for k, spot in enumerate(spots)]


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
    return is_public(name) or looks_like_body(name) or not is_person(name) or number_in(rest[:120]) is not None


def _clause_claim(material: Material, text: str, spot: tuple[int, int, str], end: int, weight: float, cue: str) -> Claim:
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
        expect = True
        for below in lines[i + 1 : i + 14]:
            body = text[below.span.start : below.span.end].strip()
            if body.lower().strip(" #") in ("och", "samt", "&"):
                expect = True
                continue
            if expect and is_name_line(body):
                names.append((name_part(body), below.cells[0]))
                expect = False
            elif not expect and len(names) >= 2:
                break
        if len(names) >= 2:
            for name, span in names:
                yield Claim(role_of(name), name, span, 0.8, "party_cover", "mellan")
            return


_GRANTS = re.compile(
    r"\b(?:bevilj\w+|tilldel\w+|utbetal\w+|återkräv\w*|återkrav|återbetal\w+|avslå\w*|avslag|ingå\w*|teckna\w*|förläng\w+|överenskommelse\w*|avtal\w*|kontrakt\w*|partnerskap\w*"
    r"|iop|bidrag\w*|föreningsbidrag\w*|\w+bidrag|\w+stöd|stöd|ersättning|medel|anslå\w*|ansökan|kronor|kr|kravet|betala\w*|betalning\w*|hyra|samverkan|samarbete|återtar?|godkänn\w+|upphäv\w*|säg\w+\s+upp)\b",
    re.I,
)
_TO = re.compile(rf"\b(?:med|till|från|bevilja[rs]?|beviljade|tilldela[rs]?|ge|ger|av|åt|återkräver)\s+(?:följande\s+\w+:?\s+)?{_NAME_START}")
_GETS = re.compile(r"\s*(?:\([^)]*\)|,[^,]{0,60},)?\s*(?:beviljas|tilldelas|erhåller|får|åläggs|ska\s+(?:betala|återbetala)|godkänns\s+som)\b")


def decision_claims(material: Material) -> Iterator[Claim]:
    """Whom the decision points grant something, oblige, or make an agreement with."""
    text = plain(material.text)
    for section in material.outline.sections:
        if section.topic in ("decision", "proposal"):
            yield from _decided(material, text, section.span)
    for match in re.finditer(r"(?:nämnden|styrelsen|fullmäktige|utskottet|[Jj]ag)\s+(?:beslutar|beslutade|föreslås\s+besluta|godkänner|beviljar|avslår)\b", text):
        topic = material.outline.topic_at(match.start())
        if topic in ("start", "other"):
            yield from _decided(material, text, material.outline.sentence(Span(match.start(), match.end())))


def _decided(material: Material, text: str, span: Span) -> Iterator[Claim]:
    flat = re.sub(r"\n(?=\S)", " ", text[: span.end])
    taken: set[str] = set()
    for point in _points(material, span):
        body = flat[point.start : point.end]
        if not _GRANTS.search(body):
            continue
        spots = [(m.end(), m.group()) for m in _TO.finditer(flat, point.start, point.end)]
        lead = re.match(r"[\s\d.)*•–-]*(?:att\s+)?", body)
        spots.append((point.start + (lead.end() if lead else 0), "start"))
        for at, cue in spots:
            for claim in _named(flat, at, point.end, cue):
                if claim.name not in taken:
                    taken.add(claim.name)
                    yield claim


def _points(material: Material, span: Span) -> Iterator[Span]:
    """The sentences and list items of a stretch."""
    at = span.start
    while at < span.end:
        while at < span.end and material.text[at].isspace():
            at += 1
        if at >= span.end:
            return
        sentence = material.outline.sentence(Span(at, at + 1))
        end = min(max(sentence.end, at + 1), span.end)
        yield Span(max(sentence.start, span.start), end)
        at = end


def _named(flat: str, at: int, end: int, cue: str) -> Iterator[Claim]:
    """The body named at a position, and those joined to it by commas and `och`."""
    while at < end:
        hit = name_at(flat, at)
        if hit is None:
            return
        stop, name = hit
        genitive = re.match(r"(.+?)(?::s|s)$", name) if re.match(r"\s+(?:ansökan|begäran|förslag)", flat[stop:]) else None
        if genitive and cue != "start" or genitive:
            name = genitive.group(1)
        number = number_in(flat[stop : min(stop + 45, end)])
        known = looks_like_body(name) or number is not None
        if cue == "start" and not (_GETS.match(flat, stop) or (known and re.search(r"\d", flat[stop : stop + 30]))):
            return
        if is_public(name) or is_authority(name) or is_title_word(name.split()[-1]) or (is_person(name) and not known):
            return
        if not known and (len(name.split()) < 2 or re.match(r"\d", name)):
            return
        yield Claim(
            "counterparty", name, Span(at, stop), 0.86 if number else (0.8 if looks_like_body(name) else 0.62),
            "party_decision", one_line(cue), number[0] if number else "", number[1] if number else None,
        )
        joint = re.match(rf"(?:\s*\([^)]*\))?(?:\s*,\s+|\s+(?:och|samt)\s+|\s*,\s+(?:och|samt)\s+){_NAME_START}", flat[stop:end])
        if not joint:
            return
        at = stop + joint.end()


def title_claims(material: Material, title: Title) -> Iterator[Claim]:
    """`… med Föreningen Ljuset` in the title; asked only where nothing surer names the party."""
    if not title.text:
        return
    text = re.sub(r"\n", " ", plain(material.text)[: title.span.end])
    for match in re.finditer(rf"\b(?:med|till|från|av|mellan|för|gällande|avseende|[-–:])\s+{_NAME_START}", text[title.span.start :]):
        for claim in _named(text, title.span.start + match.end(), title.span.end, match.group()):
            weight = 0.62 if looks_like_body(claim.name) else 0.4
            yield Claim("counterparty", claim.name, claim.span, weight, "party_title", claim.cue, claim.org_number, claim.valid)


def signature_claims(material: Material) -> Iterator[Claim]:
    """`För X` over a signature."""
    text = plain(material.text)
    for line in material.outline.lines:
        for cell in line.cells:
            match = re.match(rf"För\s+{_NAME_START}", text[cell.start : cell.end])
            if not match or len(cell) > 90:
                continue
            following = text[cell.end : cell.end + 60].lstrip(" \n")
            name = name_part(text[cell.start + match.end() : cell.end])
            rest = following.split("\n")[0] if len(line.cells) == 1 else ""
            if re.match(r"(?:ekonomisk|ideell)?\s*förening\b", rest):
                name = one_line(f"{name} {rest}")
            if name and is_name_line(name) and name.lower() not in _ALIASES and not is_person(name):
                yield Claim(role_of(name), name, cell, 0.6, "party_signature", "För")
