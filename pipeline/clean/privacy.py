"""Personal numbers arrive with their last four digits masked; here they get one form, `YYMMDD-****`."""

import re
from collections.abc import Iterator

from pipeline.clean.rule import edit
from pipeline.model import Edit

MASKED = re.compile(
    r"""
    (?<! [\d*] )
    (?: 18 | 19 | 20 )? (?P<born> \d\d (?: 0[1-9] | 1[0-2] ) (?: [0-2]\d | 3[01] | [6-8]\d | 9[01] ) )
    \s? [-–—+]? \s? \*{4} (?! [\d*] )
    """,
    re.VERBOSE,
)


def find(text: str) -> Iterator[Edit]:
    """One form for every masked personal number, samordningsnummer (day + 60) too."""
    if "****" not in text:
        return
    for match in MASKED.finditer(text):
        new = f"{match['born']}-****"
        if match.group() != new:
            yield edit(match.start(), match.group(), new, "privacy")
