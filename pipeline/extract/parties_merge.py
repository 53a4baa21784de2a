"""Claims about the same body made one, under the fullest form of its name that the document has."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from rapidfuzz import fuzz

from pipeline.extract.claims import Claim
from pipeline.extract.federations import is_federation
from pipeline.extract.layout import plain
from pipeline.extract.naming import GAP, core, one_line
from pipeline.extract.nlp import Material
from pipeline.extract.party_lines import is_label
from pipeline.extract.party_words import names_nobody
from pipeline.extract.printed_numbers import number_in
from pipeline.extract.running_names import organisations
from pipeline.extract.towns import towns

KEEP = 0.35
SURE = 0.85
_GENERIC = frozenset(
    [
        "föreningen",
        "förening",
        "kommunen",
        "bolaget",
        "stiftelsen",
        "staden",
        "regionen",
        "nämnden",
        "leverantören",
        "beställaren",
        "utföraren",
        "hyresvärden",
        "hyresgästen",
        "sökande",
        "parten",
        "part",
        "organisationen",
        "föreningar",
        "respektive",
        "förvaltningen",
        "anordnaren",
        "huvudmannen",
        "summa",
        "totalt",
    ]
)

# Between a name and its number: a comma or bracket, `org.nr`, a line's end.
_TAIL = re.compile(
    r"[\s,(]{0,4}(?:med\s+)?(?:org\w*[\s.-]*(?:nr|nummer)?[.:]*)?\s{0,3}(?:16)?\d[\d "
    r"]{5,8}\s*[-–—−‐‑]?\s*\d{4}"
)
_GAP = re.compile(GAP)
_TOWN = re.compile(r"([\w-]+)\s+(?:kommun|stad)\b|\b(region\s+\w+)", re.I)
Settled = list[tuple[Claim, tuple[str, ...]]]


def merged(material: Material, claims: list[Claim]) -> Settled:
    """One claim per body with its flags, in the order of the text."""
    groups: list[list[Claim]] = []
    for claim in sorted(claims, key=lambda c: (-c.weight, c.span.start)):
        if claim.weight < KEEP or _is_generic(claim) or _is_place(claim):
            continue
        group = next((g for g in groups if any(_same(claim, other) for other in g)), None)
        if group is None:
            groups.append([claim])
        else:
            group.append(claim)
    settled = [_one(material, group) for group in groups]
    best = {
        role: max((c.weight for c, _ in settled if c.role == role), default=0.0)
        for role in ("public", "counterparty")
    }
    kept = [(c, flags) for c, flags in settled if c.weight >= 0.58 or c.weight >= best[c.role]]
    if best["counterparty"] >= SURE:
        kept = [(c, flags) for c, flags in kept if c.role == "public" or c.weight >= 0.62]
    return sorted(kept, key=lambda pair: pair[0].span)


def _is_generic(claim: Claim) -> bool:
    """Whether a name is a common noun, a label or a heading."""
    if one_line(claim.name).lower() in _GENERIC:
        return True
    return claim.role == "counterparty" and (is_label(claim.name) or names_nobody(claim.name))


def _is_place(claim: Claim) -> bool:
    """Whether a name is that of a town alone: `Trosa` in a sentence is no party, nor is `Trosas` whose next
    word was misread."""
    return claim.role == "counterparty" and one_line(claim.name).lower() in towns()


def _same(a: Claim, b: Claim) -> bool:
    if a.role != b.role:
        return False
    if a.org_number and b.org_number and a.valid and b.valid:
        return a.org_number == b.org_number
    if a.role == "public":
        return _same_public(a.name, b.name)
    if a.rule == b.rule == "party_grant_row":
        return core(a.name) == core(b.name)  # each row is a body, however like another's its name is
    return same_body(a.name, b.name)


def _same_public(a: str, b: str) -> bool:
    """A nämnd and its kommun are one party; two municipalities are two, and a federation is another."""
    if is_federation(a) or is_federation(b):
        return is_federation(a) and is_federation(b) and same_body(a, b)
    first, second = _TOWN.search(a.lower()), _TOWN.search(b.lower())
    if first and second:
        return fuzz.ratio(first.group(1) or first.group(2), second.group(1) or second.group(2)) >= 85
    return True


def same_body(a: str, b: str) -> bool:
    """Whether two forms are one body: alike, or one the short form of the other.

    >>> same_body("Hela Ljuset", "Föreningen Hela Ljuset i Norrby")
    True
    """
    a, b = core(a), core(b)
    if fuzz.ratio(a, b) >= 88:
        return True
    small, large = sorted((a.split(), b.split()), key=len)
    if len(" ".join(small)) < 4:
        return False
    return large[: len(small)] == small or (len(small) > 1 and " ".join(small) in " ".join(large))


def _one(material: Material, group: list[Claim]) -> tuple[Claim, tuple[str, ...]]:
    best = group[0]
    flags: list[str] = []
    name = _name(material, group)
    if core(name) != core(best.name):
        flags.append("name_completed")
    numbered = [c for c in group if c.org_number]
    number = next((c for c in numbered if c.valid), numbered[0] if numbered else None)
    found = (number.org_number, number.valid) if number else None
    if (found is None or not found[1]) and (best.role == "counterparty" or is_federation(best.name)):
        near = number_near(material, [name, *(c.name for c in group)])
        if near and (found is None or near[1]):
            found = near
    span = min((c.span for c in group if c.weight >= 0.6), default=best.span)
    weight = min(0.97, best.weight + 0.03 * (len({c.rule for c in group}) - 1))
    claim = replace(
        best,
        name=name,
        span=best.span if best.weight >= 0.8 else span,
        weight=weight,
        org_number=found[0] if found else "",
        valid=found[1] if found else None,
        address=next((c.address for c in group if c.address), ""),
        contact=next((c.contact for c in group if c.contact), ""),
    )
    return claim, tuple(flags)


def _name(material: Material, group: list[Claim]) -> str:
    """The name of a group: the surest clause's, made whole by fuller forms."""
    best = group[0]
    if best.role == "public":
        return best.name
    candidates = [best.name]
    if best.weight >= 0.9 and best.rule != "party_grant_row":
        return best.name  # its own clause or block names it
    candidates += [c.name for c in group[1:] if c.weight >= 0.5 and _extends(best.name, c.name)]
    if best.rule != "party_grant_row":
        candidates += [form for form in _forms(material, best.name) if _extends(best.name, form)]
    counts = Counter(candidates)
    return max(
        counts,
        key=lambda n: (len(core(n).split()), n.lower().startswith(("föreningen", "stiftelsen")), counts[n]),
    )


def _extends(short: str, long: str) -> bool:
    """Whether a form is the same name with more words, and not another body's."""
    a, b = core(short).split(), core(long).split()
    if len(b) > len(a) + 4 or len(long) > 90:
        return False
    if a == b:
        return len(long.split()) > len(short.split())
    return (
        len(b) > len(a) and b[: len(a)] == a and b[len(a)] not in ("och", "samt") and "och" not in b[len(a) :]
    )


def _forms(material: Material, short: str) -> list[str]:
    """Every longer form of a name in the running text."""
    text = plain(material.text)
    head = re.escape(core(short).split()[0])
    forms = []
    for match in re.finditer(rf"(?<!\w){head}(?!\w)", text, re.I):
        start = max(0, match.start() - 40)
        line = text[start : match.end() + 80]
        for left, right, name in organisations(line, start):
            if left <= match.start() < right:
                forms.append(name)
    return forms


def number_near(material: Material, names: list[str]) -> tuple[str, bool] | None:
    """The number that stands right after a name anywhere in the document; a valid one before a misprint."""
    text = plain(material.text)
    doubtful = None
    for name in dict.fromkeys(names):
        for end in _ends(name.split(), text):
            tail = _TAIL.match(text, end)
            found = number_in(re.sub(r"\s*\n\s*", " ", tail.group())) if tail else None
            if found and found[1]:
                return found
            doubtful = doubtful or found
    return doubtful


def _ends(words: list[str], text: str) -> Iterator[int]:
    """Where a name ends in a text, its words parted by blanks or a line break."""
    at = text.find(words[0]) if words else -1
    while at >= 0:
        end = at + len(words[0])
        for word in words[1:]:
            gap = _GAP.match(text, end)
            if gap is None or not text.startswith(word, gap.end()):
                break
            end = gap.end() + len(word)
        else:
            yield end
            at = end - 1
        at = text.find(words[0], at + 1)
