"""Organisation numbers as they are printed beside a name, and the one of the document's own municipality."""

import re
from collections.abc import Iterator

from stdnum import luhn

from pipeline.extract.forgiving import readings
from pipeline.extract.nlp import Material
from pipeline.model import Span

ORG_LABEL = re.compile(r"\borg(?:anisations?)?[\s.-]*(?:nr|n[ru]mmer)\b\.?|orgnr", re.I)
_NUMBER = re.compile(
    r"(?<![\w-])(?:16)?([\dOlISBo]{2}\s?[\dOlISBo]{2}\s?[\dOlISBo]{2})(\s*[-–—−‐‑]{1,2}\s*|"
    r"\s?)([\dOlISBo]{4})(?![\w-])"
)
# Numbers of municipalities, of their federations and of regions begin so (Skatteverket's groups).
_PUBLIC = re.compile(
    r"(?<![\w-])(?:21\s?20\s?\d\d|22\s?20\s?\d\d|23\s?21\s?\d\d)\s*[-–—−‐‑]?\s*\d{2}\s?\d{2}(?![\w-])"
)


def number_in(text: str) -> tuple[str, bool] | None:
    """The organisation number in a line, `NNNNNN-NNNN`, and whether its check digit holds; None if none.

    Look-alike letters are read as digits only where that makes the check digit hold. Personal numbers are
    never returned.
    """
    doubtful = None
    for match in _NUMBER.finditer(text):
        written = re.sub(r"\s", "", match.group(1)) + match.group(3)
        if sum(c.isdigit() for c in written) < 7 or (not match.group(2) and len(match.group()) > 12):
            continue
        for digits in readings(written):
            if not digits.isdigit() or digits[2] < "2":
                continue
            number = f"{digits[:6]}-{digits[6:]}"
            if luhn.is_valid(digits):
                return number, True
            if written.isdigit() and (match.group(2).strip() or ORG_LABEL.search(text)) and doubtful is None:
                doubtful = number
    return (doubtful, False) if doubtful else None


def numbers(text: str) -> Iterator[tuple[Span, str, bool]]:
    """Every organisation number of a text with its place and whether its check digit holds."""
    for match in _NUMBER.finditer(text):
        label = "Org.nr " if ORG_LABEL.search(text[max(0, match.start() - 25) : match.start()]) else ""
        number = number_in(label + match.group())
        if number:
            yield Span(match.start(), match.end()), *number


def is_public_number(number: str) -> bool:
    """Whether a number is of the groups of municipalities, their federations and regions."""
    return bool(re.match(r"(?:212|222|232)\d00-", number))


def has_number(text: str) -> bool:
    return number_in(text) is not None


def public_number(material: Material) -> tuple[str, bool] | None:
    """The one municipal number that the document prints and whether its check holds; None if none or "
    "several."""
    found = {}
    for match in _PUBLIC.finditer(material.text):
        number = number_in("Org.nr " + match.group().replace("\n", " "))
        if number:
            found[number[0]] = number[1]
    sound = {n for n, valid in found.items() if valid} or set(found)
    if len(sound) != 1:
        return None
    number_text = sound.pop()
    return number_text, found[number_text]
