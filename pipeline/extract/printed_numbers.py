"""Organisation numbers as they are printed: the one reader of their many forms.

Ten digits, the third at least 2, the last a check digit (SKV 709); a third digit of 0 or 1 belongs to a
person. Look-alike letters become digits only where exactly one reading passes the check.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from stdnum import luhn

from pipeline.extract.forgiving import readings
from pipeline.extract.nlp import Material
from pipeline.model import Span

_D = r"[0-9OoQlI|!SsBZ]"
_DASH = r"[-–—‑‐−~_]"
# Pairs with blanks between (`80 24 87 - 3161`), the century 16 or the country code before.
WRITTEN = re.compile(
    rf"(?<![^\W_])(?<![\d+/–—-])(?<!\d[.,:])(?P<head>16[\s-]?|SE[\s-]?)?"
    rf"(?P<six>{_D}{{2}}[ \u00a0\n.]?{_D}{{2}}[ \u00a0\n.]?{_D}{{2}})"
    rf"(?P<mark>[ \u00a0]?\n?{_DASH}{{1,2}}\n?[ \u00a0]?|[ \u00a0.:\t]|)"
    rf"(?P<four>{_D}{{2}}[ \u00a0\n]?{_D}{{2}}|\*{{4}}|[xX]{{4}})(?P<vat>[ \u00a0]?01)?"
    rf"(?![^\W_])(?!{_DASH}\d)(?![.,]\d)"
)
CUE = re.compile(
    r"(?<![^\W_])[o0]r[gq](?:anisations?)?[.,\s-]{0,3}(?:n[ru]m+er|n[r:o]|no|nummer|number)\b|orgnr"
    r"|(?<![^\W_])org\.?(?=[\s:]*\d)|(?<![^\W_])reg(?:istrerings)?[.\s-]{0,2}(?:nr|nummer)\b|corporate id"
    r"|company reg|registration n|moms?reg|vat[\s-]?n|F-skatt",
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
# Numbers of municipalities, of their federations and of regions begin so (Skatteverket's groups).
_PUBLIC = re.compile(r"(?:212|222|232)\d00-")
FIRST_DIGITS = "12356789"
REACH = 60


@dataclass(frozen=True, slots=True)
class Written:
    """Ten digits as they stand: `number` as `NNNNNN-NNNN`, `dashed` where a dash (or SE…01) tells."""

    span: Span
    number: str
    valid: bool
    repaired: bool
    dashed: bool
    spaced: bool
    paired: bool  # blanks, if any, stand between pairs of figures, as in `80 24 87 - 3161`
    alone: bool  # without the tail of a VAT number that has no country code

    @property
    def personal(self) -> bool:
        return self.number[2] < "2"


def is_organisation(number: str) -> bool:
    """Whether ten digits can be an organisation number: check digit, third digit, first digit.

    >>> is_organisation("2120001124"), is_organisation("8112189876"), is_organisation("2120001123")
    (True, False, False)
    """
    return number[0] in FIRST_DIGITS and number[2] >= "2" and bool(luhn.is_valid(number))


def written(text: str) -> Iterator[Written]:
    """Everything of the form, in order, those of persons too; what can't be read is left out."""
    for match in WRITTEN.finditer(text):
        six, four = (re.sub(r"[\s.]", "", match[name]) for name in ("six", "four"))
        if sum(character.isdigit() for character in six + four) < 7:
            continue
        number, valid, repaired = _read(six + four)
        # A blank that was read as a stop, or a dash lost in a wide gap, is believed in a sound number alone.
        odd = "\n" in match["six"] + match["four"] or "." in match["six"] or "\t" in match["mark"]
        if not number or (not valid and (repaired or odd)):
            continue
        yield Written(
            span=Span(match.start(), match.end()),
            number=f"{number[:6]}-{number[6:]}",
            valid=valid,
            repaired=repaired,
            dashed=bool(re.search(_DASH, match["mark"]) or (match["vat"] and match["head"])),
            spaced=bool(match["mark"]) or bool(re.search(r"\s", match["six"])),
            paired=_paired(match),
            alone=bool(match["head"]) or not match["vat"],
        )


def _paired(match: re.Match[str]) -> bool:
    """`20 24 01 - 2025` is a range or a date: figures apart aren't a number unless they stand in pairs."""
    blanks = len(re.findall(r"[\s.]", match["six"]))
    dashed = re.search(_DASH, match["mark"])
    return blanks != 1 and not (blanks == 2 and not dashed and not re.search(r"\s", match["four"]))


def _read(digits: str) -> tuple[str, bool, bool]:
    """(number, whether its check digit holds, whether letters were read as digits); empty if unreadable."""
    if digits.isdigit():
        return digits, is_organisation(digits) or (digits[2] < "2" and luhn.is_valid(digits)), False
    passing = {reading for reading in readings(digits) if reading.isdigit() and is_organisation(reading)}
    return (passing.pop(), True, True) if len(passing) == 1 else ("", False, True)


def believed(one: Written, cue: bool) -> bool:
    """Whether figures are a number of their kind: by a wording before them, their dash or their check."""
    if not cue and not one.paired:
        return False
    if one.dashed:
        return one.valid or cue or one.number[0] not in "04"
    if not one.alone:
        return False
    return cue or (one.valid and not one.spaced and not one.repaired and not one.personal)


def cue_before(text: str, at: int) -> tuple[str, bool]:
    """The wording before a number that says organisation number, and whether another kind is announced."""
    before = text[max(0, at - REACH) : at]
    cue = max(CUE.finditer(before), key=lambda found: found.start(), default=None)
    if cue and not re.search(r"\d{3}|[.;!?]\s+[A-ZÅÄÖ]", before[cue.end() :]):
        return " ".join(cue[0].split()), False
    near = before.rpartition("\n")[2] if before.rpartition("\n")[2].strip() else before
    person, other = PERSON_CUE.search(near[-25:]), OTHER_CUE.search(near.rstrip(" .:\t"))
    return "", bool(other) and not person


def numbers(text: str) -> Iterator[Written]:
    """Every organisation number of a text, in order."""
    for one in written(text):
        if one.personal:
            continue
        cue, other = cue_before(text, one.span.start)
        if not other and believed(one, bool(cue)):
            yield one


def number_in(text: str) -> tuple[str, bool] | None:
    """The organisation number in a stretch of text and whether its check digit holds; a sound one before a
    misprint; None if there is none."""
    found = list(numbers(text))
    best = next((one for one in found if one.valid), found[0] if found else None)
    return (best.number, best.valid) if best else None


def has_number(text: str) -> bool:
    return number_in(text) is not None


def is_public_number(number: str) -> bool:
    """Whether a number is of the groups of municipalities, their federations and regions."""
    return bool(_PUBLIC.match(number))


def printed(material: Material) -> tuple[Written, ...]:
    """The organisation numbers of the whole document, in order."""
    return tuple(numbers(material.text))
