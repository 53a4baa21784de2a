"""Persons in a stretch of text with the title and the organisation that stand beside them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.extract.naming import (
    FULL_LINE,
    GAP,
    LOWER,
    PERSON,
    UPPER,
    is_body_word,
    is_person,
    is_title_word,
    knows_given_name,
    looks_like_body,
    one_line,
)
from pipeline.model import Span

PARTY = re.compile(r"\s*\((?:[A-ZÅÄÖ]{1,4}|[a-zåäö]{1,3}|opol\w*|oberoende|-)\)")
# Of a party in a council or parliament: its letters make any capitals before them a person's name.
_ELECTED = re.compile(r"[ \u00a0]\((?:M|S|C|L|KD|MP|V|SD|FP|m|s|c|l|kd|mp|v|sd|fp|kds|nyd)\)")
_TITLE_LEAD = (
    r"(?:tf|t\.?\s?f|vice|v|1:e vice|2:e vice|bitr|biträdande|förste|andre|stf|ställföreträdande|"
    r"verkställande)\.?"
)
_MODIFIER = re.compile(rf"(?:{_TITLE_LEAD}|[{LOWER}{UPPER}][\w]*-|och|samt|för|inom|på|av|&)$", re.I)


@dataclass(frozen=True, slots=True)
class Human:
    """A person as written: `span` counts in the text that was searched."""

    name: str
    title: str
    organisation: str
    span: Span
    sure: bool


def humans(text: str, at: int = 0, strict: bool = False) -> Iterator[Human]:
    """Every person in a stretch of text. `strict` demands a known given name, a title or a party letter."""
    for start, end in _spots(text):
        name = one_line(text[start:end])
        letters = PARTY.match(text, end)
        after = letters.end() if letters else end
        title, rest = _title_after(text, after)
        if not title:
            title = _title_before(text, start)
        sure = knows_given_name(name) or bool(title) or letters is not None
        if strict and not sure:
            continue
        organisation = _organisation_after(text, rest)
        yield Human(name, title, organisation, Span(at + start, at + end), sure)


def contacts(text: str) -> list[str]:
    """The names that a block gives after `Kontaktperson`, or the persons with a title in it."""
    label = re.search(r"kontakt(?:person(?:er)?|uppgifter)?\b[^:\n]{0,25}:?", text, re.I)
    region = text[label.end() :] if label else text
    found = list(humans(region, strict=not label))
    return list(dict.fromkeys(h.name for h in found if label or h.title))[:4]


def _spots(text: str) -> Iterator[tuple[int, int]]:
    """Where persons' names stand, role words that begin or end the capitals cut off."""
    for match in PERSON.finditer(text):
        words = _words(text, match)
        while words and _no_name(text, words):
            words = words[1:]
        if words and words[0][0] > match.start() and (rest := PERSON.match(text, words[0][0])):
            words = _words(text, rest)  # a name may go on where the role before it took up its words
        while words and is_title_word(text[slice(*words[-1])]):
            words = words[:-1]
        if len(words) < 2:
            continue
        for start, end in _two_people(text, words):
            for part in _on_one_line(text, start, end):
                elected = PERSON.fullmatch(text[slice(*part)]) and _ELECTED.match(text, part[1])
                if elected or (is_person(text[slice(*part)]) and not _begins_body(text, part[1])):
                    yield part


def _no_name(text: str, words: list[tuple[int, int]]) -> bool:
    """Whether the first word of a capitalised sequence is a role, or a heading over the name."""
    first = text[slice(*words[0])]
    broken = len(words) > 2 and "\n" in text[words[0][1] : words[1][0]]
    above = broken and text[words[1][0]].isupper() and not knows_given_name(first)
    return is_title_word(first) or first.lower() in _LEADS or above


def _words(text: str, match: re.Match[str]) -> list[tuple[int, int]]:
    at = match.start()
    return [(m.start() + at, m.end() + at) for m in re.finditer(r"\S+", match.group())]


def _two_people(text: str, words: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """One name, or two that stand side by side with a blank between: `Eva Ek Olof Lund`."""
    names = [text[slice(*word)] for word in words]
    for k in range(2, len(words) - 1):
        if knows_given_name(names[0]) and knows_given_name(names[k]) and not knows_given_name(names[k - 1]):
            return [(words[0][0], words[k - 1][1]), (words[k][0], words[-1][1])]
    return [(words[0][0], words[-1][1])]


def _begins_body(text: str, end: int) -> bool:
    """Whether a word for a body goes on with the capitals, as its name: `Sankta Klara församling`."""
    following = _FOLLOWING.match(text, end)
    if following is None:
        return False
    word = following.group(2)
    firm = word in ("AB", "HB", "KB")
    return bool(following.group(1) or firm or (word[0].islower() and is_body_word(word)))


def _on_one_line(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """A name, or the names on either side of a line break that parts two; one broken at a full "
    "line's end stays."""
    breaks = [m.start() for m in re.finditer(r"\n", text[start:end])]
    if not breaks:
        return [(start, end)]
    parts = []
    for piece in re.finditer(r"[^\n]+", text[start:end]):
        body = piece.group()
        left = start + piece.start() + len(body) - len(body.lstrip())
        parts.append((left, start + piece.start() + len(body.rstrip())))
    whole = [p for p in parts if is_person(text[slice(*p)])]
    if whole:
        return whole
    line = text.rfind("\n", 0, start) + 1
    return (
        [(start, end)]
        if start + breaks[0] - line >= FULL_LINE or (knows_given_name(text[start:end]) and len(parts) == 2)
        else []
    )


_LEADS = frozenset(
    [
        "att",
        "till",
        "för",
        "av",
        "från",
        "med",
        "och",
        "samt",
        "via",
        "genom",
        "hos",
        "vid",
        "kopia",
        "enligt",
        "hälsar",
        "ring",
        "kontakta",
        "fråga",
        "ledamot",
        "ordförande",
    ]
)


_FOLLOWING = re.compile(rf"{GAP}((?:ekonomisk|ideell){GAP})?([\w-]+)")
_TO_TITLE = re.compile(r"[ \u00a0]*(?:,|[-–]|\(|\n[ \u00a0]*\n?|\t| {2,})?[ \u00a0]*\n?[ \u00a0]*")
_TITLE = re.compile(r"[^,\n\t()|;:@]*(?:\n[ \u00a0]*(?=[a-zåäö])[^,\n\t()|;:@]*)?")
_PAST_TITLE = re.compile(
    r"\s(?:samt|och)\s+(?=[A-ZÅÄÖ][\w-]+\s[A-ZÅÄÖ])|\s{3,}|\.\s*$|\.\s+[A-ZÅÄÖ]|\s(?:tel|Tel|telefon)\b|\s0\d"
)
_TO_BODY = re.compile(
    rf"(?:[ \u00a0]*,{GAP}?|[ \u00a0]*\n[ \u00a0]*|[ \u00a0]+|[ \u00a0]*[-–][ \u00a0]*)"
    r"(?:vid |i |hos |på |för )?"
)
_BODY = re.compile(r"[^,\n\t;:@.()]*(?:\n[ \u00a0]*(?=\S)[^,\n\t;:@.()]*)?")
_LEAD = re.compile(r"(?:^|[\n,;:•\t(]|\s{2,})[ \u00a0]*((?:[\w-]+\.?[ \u00a0]+){1,6})$")
_LAST_WORD = re.compile(r"([\w-]+\.?)[ \u00a0]+$")
_ADDRESS = re.compile(r"\S*@|(?<!\S)[a-zåäö]{2,}\.[a-zåäö]{2,}|\bwww\b|(?i:(?<!\S)(?:e-?post|mejl|mail)\b)")


def _title_after(text: str, at: int) -> tuple[str, int]:
    """A title after a name: after a comma, a dash or a line break, to the next comma or line that "
    "isn't its end."""
    lead = _TO_TITLE.match(text, at)
    start = lead.end() if lead else at
    piece = _TITLE.match(text, start)
    words = piece.group() if piece else ""
    if piece and text.startswith("@", piece.end()):
        words = re.sub(r"\S*$", "", words)  # the first half of an address
    cut = _PAST_TITLE.search(words)
    words = words[: cut.start()] if cut else words
    title = _as_title(words)
    return title, start + (
        words.find(title.split()[-1]) + len(title.split()[-1]) if title else 0
    ) if title else at


def _as_title(words: str) -> str:
    """The words as a title, cut before an organisation that follows it; empty where no word is a role."""
    parts = one_line(_ADDRESS.split(words)[0]).split()
    roles = [k for k, w in enumerate(parts) if is_title_word(w)]
    if not roles or roles[0] > 4 or len(parts) > 9:
        return ""
    if any(w[0].isupper() for w in parts[: roles[0]]) and not _MODIFIER.match(parts[0]) and roles[0] > 1:
        return ""
    end = roles[0] + 1
    while (
        end < len(parts)
        and (parts[end][0].islower() or is_title_word(parts[end]) or re.match(r"[A-ZÅÄÖ]{2,}-?", parts[end]))
        and not is_body_word(parts[end])
    ):
        if parts[end] in ("i", "hos", "vid", "på") and end + 1 < len(parts) and parts[end + 1][0].isupper():
            break
        end += 1
    while end > roles[0] + 1 and parts[end - 1] in ("för", "i", "på", "vid", "hos", "till"):
        end -= 1
    return " ".join(parts[:end]).strip(" ,.")


def _title_before(text: str, at: int) -> str:
    before = text[max(0, at - 90) : at]
    last = _LAST_WORD.search(before)
    lead = _LEAD.search(before) if last and is_title_word(last.group(1)) else None
    if not lead:
        return ""
    words = lead.group(1).split()
    first = len(words) - 1
    while first > 0 and (_MODIFIER.match(words[first - 1]) or is_title_word(words[first - 1])):
        first -= 1
    return " ".join(words[first:])


def _organisation_after(text: str, at: int) -> str:
    """A body right after a title: `…, verksamhetsledare, Föreningen Ljuset` or `… Hela Huset`."""
    lead = _TO_BODY.match(text, at)
    if not lead:
        return ""
    piece = _BODY.match(text, lead.end())
    words = one_line(piece.group()) if piece else ""
    if not words[:1].isalpha() or any(is_title_word(word) for word in words.split()):
        return ""
    if looks_like_body(words) or re.search(r"(?:kommun|stad|förvaltningen|nämnden)$", words):
        return words if len(words) < 80 and not is_person(words) else ""
    single = one_line(piece.group().partition("\n")[0]) if piece else ""
    return single if looks_like_body(single) and len(single) < 60 else ""
