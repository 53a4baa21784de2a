"""The organisation number of the document's own municipality or region, wherever it is printed."""

import re

from pipeline.extract.nlp import Material
from pipeline.extract.party_lines import number_in

# Numbers of municipalities, of their federations and of regions begin so (Skatteverket's groups).
_PUBLIC = re.compile(r"(?<![\w-])(?:21\s?20\s?\d\d|22\s?20\s?\d\d|23\s?21\s?\d\d)\s*[-–—−‐‑]?\s*\d{2}\s?\d{2}(?![\w-])")


def public_number(material: Material) -> tuple[str, bool] | None:
    """The one municipal number that the document prints and whether its check holds; None if none or several."""
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
