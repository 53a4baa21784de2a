"""Parties that decision points and titles name: whom something is granted to, claimed from or agreed with."""

import re
from collections.abc import Iterator
from dataclasses import replace

from pipeline.extract.claims import Claim, role_of
from pipeline.extract.coined_names import coined_names
from pipeline.extract.federations import is_federation
from pipeline.extract.layout import gap_before, plain
from pipeline.extract.naming import is_person, is_title_word, looks_like_body, one_line
from pipeline.extract.nlp import Material
from pipeline.extract.party_clauses import NAME_START, name_at
from pipeline.extract.party_lines import is_authority, is_public, is_sole_trader
from pipeline.extract.printed_numbers import number_in
from pipeline.extract.titles import Title
from pipeline.model import Span

_GRANTS = re.compile(
    r"\b(?:bevilj\w+|tilldel\w+|utbetal\w+|återkräv\w*|återkrav|återbetal\w+|avslå\w*|avslag|ingå\w*|"
    r"teckna\w*|förläng\w+|överenskommelse\w*|avtal\w*|kontrakt\w*|partnerskap\w*"
    r"|iop|bidrag\w*|föreningsbidrag\w*|\w+bidrag|\w+stöd|stöd|ersättning|medel|anslå\w*|ansökan|"
    r"kronor|kr|kravet|uppdrag\w*|betala\w*|betalning\w*|hyra|samverkan|samarbete|återtar?|godkänn\w+|"
    r"upphäv\w*|säg\w+\s+upp)\b",
    re.I,
)
_TO = re.compile(
    rf"\b(?:med|till|från|bevilja[rs]?|beviljade|tilldela[rs]?|ge|ger|av|åt|"
    rf"återkräver|avslå[rs]?|avslog|avslagit|bifalla?|bifaller|avstyrk(?:a|er)|tillstyrk(?:a|er))"
    rf"\s+(?:följande\s+\w+:?\s+)?{NAME_START}"
)
_GETS = re.compile(
    r"\s*(?:\([^)]*\)|,[^,(]{0,60}(?:\([^)]{0,80}\))?,)?\s*(?:beviljas|avslås|tilldelas|erhåller|får|åläggs|ska\s+(?:betala|"
    r"återbetala)|godkänns\s+som)\b"
)

_VERDICT = re.compile(
    r"(?:nämnden|styrelsen|fullmäktige|utskottet|chefen|direktören|ordföranden|delegaten|\b[Jj]ag|\b[Vv]i)\s+"
    r"(?:beslutar|beslutade|har\s+beslutat|(?:har\s+)?(?:fattar|fattade|fattat)\s+(?:[^.;\n]{0,40}\n?[^.;\n]{0,90}\s)?"
    r"(?:följande\s+)?beslut|föreslås\s+besluta|godkänner|beviljar|avslår)\b"
)
OPENS = "start"  # the cue of a name that opens its point
_NOT_DECIDED = ("decision", "proposal", "background", "motions", "reasons", "basis", "appeal", "followup")
_POINT = re.compile(r"\s*(?:(?:\d{1,2}|[a-zåäö])[.)]|[-–•*])\s+|\s*(?:att|Att)\s")


def decision_claims(material: Material) -> Iterator[Claim]:
    """Whom the decision points grant something, oblige, or make an agreement with."""
    text = plain(material.text)
    for section in material.outline.sections:
        if section.topic in ("decision", "proposal"):
            yield from _decided(material, text, section.span)
    for match in _VERDICT.finditer(text):
        if material.outline.topic_at(match.start()) not in _NOT_DECIDED:
            yield from _decided(material, text, _verdict(material, text, match))


def _verdict(material: Material, text: str, match: re.Match[str]) -> Span:
    """The sentence of a verb that decides, with the list that follows it."""
    outline = material.outline
    sentence = outline.sentence(Span(match.start(), match.end()))
    end = sentence.end
    for i in range(outline.line_index(sentence.end - 1) + 1, len(outline.lines)):
        line = outline.lines[i]
        topic = outline.topic_at(line.span.start)
        listed = bool(_POINT.match(text[line.span.start : line.span.end]))
        if topic in _NOT_DECIDED or (gap_before(outline, i) and not listed):
            break
        end = line.span.end
    return Span(sentence.start, end)


def _decided(material: Material, text: str, span: Span) -> Iterator[Claim]:
    flat = re.sub(r"\n(?=\S)", " ", text[: span.end])
    taken: set[str] = set()
    for point in _points(material, span):
        body = flat[point.start : point.end]
        if not _GRANTS.search(body):
            continue
        spots = [(m.end(), m.group()) for m in _TO.finditer(flat, point.start, point.end)]
        lead = re.match(r"\s*(?:(?:\d{1,2}|[a-zåäö])[.)])?[\s\d.)*•~–-]*(?:att\s+)?", body)
        spots.append((point.start + (lead.end() if lead else 0), OPENS))
        for at, cue in spots:
            for claim in _named(flat, at, point.end, cue, coined_names(material)):
                if claim.name not in taken:
                    taken.add(claim.name)
                    refused = re.search(r"\bavsl(?:å|ag)", body, re.I)
                    yield replace(claim, rule="party_refused") if refused else claim


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


def _named(flat: str, at: int, end: int, cue: str, coined: frozenset[str] = frozenset()) -> Iterator[Claim]:
    """The body named at a position, and those joined to it by commas and `och`."""
    while at < end:
        hit = name_at(flat, at)
        if hit is None:
            return
        stop, name = hit
        genitive = (
            re.match(r"(.+?)(?::s|s)$", name)
            if re.match(r"\s+(?:ansökan|begäran|förslag)", flat[stop:])
            else None
        )
        if (genitive and cue != OPENS) or genitive:
            name = genitive.group(1)
        number = number_in(flat[stop : min(stop + 45, end)])
        known = (
            looks_like_body(name) or number is not None or is_sole_trader(flat[stop : min(stop + 40, end)])
        )
        if cue == OPENS and not (
            _GETS.match(flat, stop) or (known and re.search(r"\d", flat[stop : stop + 30]))
        ):
            return
        if (
            (is_public(name) and not is_federation(name))
            or is_authority(name)
            or is_title_word(name.split()[-1])
            or (is_person(name) and not known and name.lower() not in coined)
        ):
            return
        if not known and (len(name.split()) < 2 or re.match(r"\d", name)):
            return
        yield Claim(
            role_of(name),
            name,
            Span(at, stop),
            0.86 if number else (0.8 if looks_like_body(name) else 0.62),
            "party_decision",
            one_line(cue) if cue != OPENS or _GETS.match(flat, stop) else "",
            number[0] if number else "",
            number[1] if number else None,
        )
        joint = re.match(
            rf"(?:\s*\([^)]*\))?(?:\s*,\s+|\s+(?:och|samt)\s+|\s*,\s+(?:och|samt)\s+){NAME_START}",
            flat[stop:end],
        )
        if not joint:
            return
        at = stop + joint.end()


def title_claims(material: Material, title: Title) -> Iterator[Claim]:
    """`… med Föreningen Ljuset` in the title; asked only where nothing surer names the party."""
    if not title.text:
        return
    text = re.sub(r"\n", " ", plain(material.text)[: title.span.end])
    for match in re.finditer(
        rf"\b(?:med|till|från|av|mellan|för|gällande|avseende|[-–:])\s+{NAME_START}",
        text[title.span.start :],
    ):
        for claim in _named(text, title.span.start + match.end(), title.span.end, match.group()):
            weight = 0.62 if looks_like_body(claim.name) else 0.4
            yield Claim(
                claim.role,
                claim.name,
                claim.span,
                weight,
                "party_title",
                claim.cue,
                claim.org_number,
                claim.valid,
            )
