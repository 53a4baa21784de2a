"""The name in a row of a grant table, without what stands before and behind it."""

import re

from pipeline.extract.naming import SHORT_FORM, one_line

_BEHIND = re.compile(
    r"\s*[(,]?\s*(?:org\.?\s?nr)?\s*(?:16)?\d{6}\s?[-–—]?\s?\d{4}|\s+\d{1,3}(?:[ .]\d{3})+"
    r"|\s+(?!1[89]\d\d$)\d{4,}\s*(?:kr)?$|\t"
)
# Numbers in pairs, numbers that were misread, and sums, where one blank parts the cells. Five digits in all:
# a name may end in a year.
_FIGURES_BEHIND = re.compile(
    r"[\s|~_—–-]+(?=(?:[^\dA-ZÅÄÖ]*\d){5})\d[\dOoIl\s.,:|~_—–-]*(?:kr|avsl\w+|nej)?\W*$", re.I
)


def row_name(words: str) -> str:
    """The body that the first cells of a row name.

    >>> row_name("3. Ekeby Byalag 80 24 67-1235 12 000"), row_name("Norrsele IF 1909")
    ('Ekeby Byalag', 'Norrsele IF 1909')
    """
    words = re.sub(r"^\W*\d{1,3}[.)]?\s+(?=[A-ZÅÄÖ\d])|^[^\w\"(«”]+", "", one_line(words))
    words = _BEHIND.split(words)[0]
    name = one_line(_FIGURES_BEHIND.sub("", words)).strip(" (,;:|~_—-–")
    return f"{name}." if SHORT_FORM.search(name) else name
