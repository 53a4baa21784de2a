"""Organisation numbers, with the body that each belongs to, and the masked trace of personal ones.

Ten digits, the third at least 2, the last a check digit (SKV 709); a third digit of 0 or 1 belongs to a
person. Look-alike letters become digits only where exactly one reading passes the check. A number that
is written as an organisation number but fails the check is kept and flagged.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from stdnum import luhn

from pipeline.extract.forgiving import readings
from pipeline.extract.names import body_of
from pipeline.extract.nlp import Material
from pipeline.model import Finding, OrgNumber, Span

KIND = "org_number"

_D = r"[\dOoQlI|!SsBZ]"
_DASH = r"[-–—‑‐−~_]"
# Pairs with blanks between (`80 24 87 - 3161`), the century 16 or the country code before.
WRITTEN = re.compile(
    rf"(?<![^\W_])(?<![\d+/–—-])(?<!\d[.,:])(?P<head>16[\s-]?|SE[\s-]?)?"
    rf"(?P<six>{_D}{{2}}[ \u00a0]?{_D}{{2}}[ \u00a0]?{_D}{{2}})"
    rf"(?P<mark>[ \u00a0]?\n?{_DASH}{{1,2}}\n?[ \u00a0]?|[ \u00a0.:]|)"
    rf"(?P<four>{_D}{{2}}[ \u00a0]?{_D}{{2}}|\*{{4}}|[xX]{{4}})(?P<vat>[ \u00a0]?01)?"
    rf"(?![^\W_])(?!{_DASH}\d)(?![.,]\d)"
)
CENTURY_PERSON = re.compile(
    r"(?<![\w/-])(?:19|20)(?P<six>\d{6})[ ]?[-–—‑+]?[ ]?(?P<four>\d{4}|\*{4}|[xX]{4})(?![\w])"
)
CUE = re.compile(
    r"(?<![^\W_])[o0]r[gq](?:anisations?)?[.,\s-]{0,3}(?:n[ru]m+er|n[r:o]|no|nummer|number)\b|orgnr"
    r"|(?<![^\W_])org\.?(?=[\s:]*\d)|corporate id|company reg|registration n|moms?reg|vat[\s-]?n|F-skatt",
    re.IGNORECASE,
)
PERSON_CUE = re.compile(r"person\s?-?(?:n[ru]m+er|nr)|samordningsn|p(?:ers)?\.?nr\b|född", re.IGNORECASE)
OTHER_CUE = re.compile(
    r"\b(?:tel(?:efon)?|mobil|fax|växel|faktura\w*|ocr\w*|kund\w*|bank\w*|plus\w*|postgiro|bg"
    r"|pg|konto\w*|clearing"
    r"|isbn|issn|ean|gln|peppol|ref(?:erens)?\w*|d(?:iarie)?nr|diarie\w*|ärende\w*"
    r"|avtal(?:snummer|snr|s?\s?nr)"
    r"|upphandling\w*|beställ\w*|order\w*|projekt(?:nr|nummer|kod)|objekt\w*|artikel\w*|serie\w*|swish|cfar"
    r"|arbetsställe\w*|personn\w*|id|mål\s?nr|löpnr|meddelande)\b[.:\s-]*(?:nr|nummer|no)?[.:\s]*$",
    re.IGNORECASE,
)
FIRST_DIGITS = "12356789"
REACH = 60


@dataclass(frozen=True, slots=True)
class _Candidate:
    span: Span
    number: str
    valid: bool
    repaired: bool
    full_form: bool
    cue: str


def find(material: Material) -> Iterator[Finding]:
    """One finding for each distinct number: the best evidence for it, in the order of the text."""
    best: dict[tuple[str, str], Finding] = {}
    for finding in _all(material):
        value = finding.value
        assert isinstance(value, OrgNumber)
        key = (value.kind, value.number or material.text[finding.span.start : finding.span.end])
        known = best.get(key)
        if known is None:
            best[key] = finding
        elif isinstance(known.value, OrgNumber):
            name = known.value.party_name or value.party_name
            better = finding if finding.confidence > known.confidence + 0.05 else known
            assert isinstance(better.value, OrgNumber)
            best[key] = replace(better, value=replace(better.value, party_name=name))
    yield from sorted(best.values(), key=lambda finding: finding.span)


def is_organisation(number: str) -> bool:
    """Whether ten digits can be an organisation number: check digit, third digit, first digit.

    >>> is_organisation("2120001124"), is_organisation("8112189876"), is_organisation("2120001123")
    (True, False, False)
    """
    return number[0] in FIRST_DIGITS and number[2] >= "2" and bool(luhn.is_valid(number))


def _all(material: Material) -> Iterator[Finding]:
    text = material.text
    people = list(_people(text))
    for span in people:
        yield _person(material, span)
    for match in WRITTEN.finditer(text):
        span = Span(match.start(), match.end())
        if any(span.overlaps(person) for person in people):
            continue
        candidate = _candidate(material, match)
        if candidate is None:
            continue
        if candidate.number[2] < "2":
            yield _person(material, candidate.span)
        else:
            yield _organisation(material, candidate)


def _people(text: str) -> Iterator[Span]:
    """Personal numbers with their century, or masked."""
    for match in CENTURY_PERSON.finditer(text):
        if match["four"].isdigit() and not _is_birth(match["six"]):
            continue
        yield Span(match.start(), match.end())
    for match in WRITTEN.finditer(text):
        if not match["four"][0].isdigit() and match["four"][0] in "*xX":
            yield Span(match.start(), match.end())


def _is_birth(six: str) -> bool:
    """Whether six digits may be a day of birth; a samordningsnummer adds 60 to the day."""
    month, day = int(six[2:4]), int(six[4:6])
    return 1 <= month <= 12 and (1 <= day <= 31 or 61 <= day <= 91)


def _person(material: Material, span: Span) -> Finding:
    return Finding(
        KIND,
        span,
        OrgNumber("", "personnummer", True),
        0.9,
        "personal_number",
        ("personal_number",),
        material.outline.topic_at(span.start),
    )


def _candidate(material: Material, match: re.Match[str]) -> _Candidate | None:
    """Read one written number; None when it's something else or can't be told."""
    six, four = (re.sub(r"\s", "", match[name]) for name in ("six", "four"))
    written = six + four
    if sum(character.isdigit() for character in written) < 7:
        return None
    dashed = bool(re.search(_DASH, match["mark"]))
    span = Span(match.start(), match.end())
    cue, other = _cues(material, span)
    if other or (not cue and _is_range_or_date(match)):
        return None
    number, valid, repaired = _read(written)
    full_form = dashed or bool(match["vat"] and match["head"])
    if not number or (repaired and not valid):
        return None
    if not full_form:  # ten figures in a row, or with a blank for the dash
        spaced = bool(match["mark"]) or " " in match["six"]
        if not cue and (not valid or spaced or repaired or number[2] < "2"):
            return None
        if match["vat"] and not match["head"]:
            return None
    if full_form and not valid and not cue and number[0] in "04":
        return None
    return _Candidate(span, number, valid, repaired, full_form, cue)


def _is_range_or_date(match: re.Match[str]) -> bool:
    """`20 24 01 - 2025`: figures apart aren't a number unless they stand in pairs."""
    blanks = len(re.findall(r"[ \u00a0]", match["six"]))
    return blanks == 1 or (blanks == 2 and not re.search(_DASH, match["mark"]) and " " not in match["four"])


def _read(written: str) -> tuple[str, bool, bool]:
    """(number, whether its check digit holds, whether letters were read as digits); empty if unreadable."""
    if written.isdigit():
        return written, is_organisation(written) or (written[2] < "2" and luhn.is_valid(written)), False
    passing = {reading for reading in readings(written) if reading.isdigit() and is_organisation(reading)}
    return (passing.pop(), True, True) if len(passing) == 1 else ("", False, True)


def _cues(material: Material, span: Span) -> tuple[str, bool]:
    """The wording that says organisation number, and whether another kind of number is announced."""
    text = material.text
    before = text[max(0, span.start - REACH) : span.start]
    cue = max(CUE.finditer(before), key=lambda found: found.start(), default=None)
    if cue and not re.search(r"\d{3}|[.;!?]\s+[A-ZÅÄÖ]", before[cue.end() :]):
        return " ".join(cue[0].split()), False
    near = before.rpartition("\n")[2] if before.rpartition("\n")[2].strip() else before
    person, other = PERSON_CUE.search(near[-25:]), OTHER_CUE.search(near.rstrip(" .:\t"))
    heading = _column_cue(material, span)
    if heading:
        return heading, False
    return "", bool(other) and not person


def _column_cue(material: Material, span: Span) -> str:
    """The cue in the column above a cell, in a table with a heading row."""
    lines, text = material.outline.lines, material.text
    index = material.outline.line_index(span.start)
    if len(lines[index].cells) < 2:
        return ""
    for line in reversed(lines[max(0, index - 40) : index]):
        for cell in line.cells:
            words = text[cell.start : cell.end]
            if len(words) <= 40 and not re.search(r"\d{4}", words) and (cue := CUE.match(words)):
                return " ".join(cue[0].split())
    return ""


def _organisation(material: Material, candidate: _Candidate) -> Finding:
    text, span = material.text, candidate.span
    dashed = f"{candidate.number[:6]}-{candidate.number[6:]}"
    flags = []
    if candidate.repaired:
        flags.append("digits_repaired")
    if not candidate.valid:
        flags.append("org_number_invalid")
    name = body_of(material, span)
    before = text[max(0, span.start - REACH) : span.start].rstrip()
    return Finding(
        KIND,
        span,
        OrgNumber(dashed, "organisation", candidate.valid, name),
        _confidence(material, candidate),
        "org_number_form" if candidate.full_form else "org_number_digits",
        tuple(flags),
        material.outline.topic_at(span.start),
        candidate.cue or ("(" if before.endswith("(") else ""),
    )


def _confidence(material: Material, candidate: _Candidate) -> float:
    """How sure a number is: form, cue, check digit, and the engine's own doubt about its words."""
    confidence = 0.97 if candidate.cue else 0.93 if candidate.full_form else 0.7
    if not candidate.valid:
        confidence -= 0.45 if candidate.cue else 0.6
    if candidate.repaired:
        confidence -= 0.12
    seen = [w.confidence for w in material.reading.words_in(candidate.span) if w.confidence is not None]
    if seen and min(seen) < 0.6:
        confidence -= 0.05 if candidate.valid else 0.1
    return round(max(0.05, confidence), 2)
