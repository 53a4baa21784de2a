"""Characters that carry layout and not meaning: ligatures, odd blanks, control characters, split letters.

Line ends, tabs and form feeds are structure and stay.
"""

import re
import unicodedata
from collections.abc import Iterator

from pipeline.clean.rule import edit
from pipeline.model import Edit

LIGATURES = {
    "\N{LATIN SMALL LIGATURE FF}": "ff",
    "\N{LATIN SMALL LIGATURE FI}": "fi",
    "\N{LATIN SMALL LIGATURE FL}": "fl",
    "\N{LATIN SMALL LIGATURE FFI}": "ffi",
    "\N{LATIN SMALL LIGATURE FFL}": "ffl",
    "\N{LATIN SMALL LIGATURE LONG S T}": "st",
    "\N{LATIN SMALL LIGATURE ST}": "st",
}
# PDFium gives a hyphen at a line's end as U+FFFE, older versions as U+0002.

NORMAL = re.compile(
    r"""
    (?P<line> \r\n | [\r\v\x1c-\x1e\x85\u2028\u2029] )
  | (?P<blank> [\xa0\u1680\u2000-\u200a\u202f\u205f\u3000] )
  | (?P<hyphen> [\xad\ufffe\x02] (?= [ ]* \r?\n ) )        # left to the hyphen rule
  | (?P<nothing> [\xad\ufffe\ufeff\u200b-\u200f\u202a-\u202e\u2060-\u2064]
                | [\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f] )
  | (?P<ligature> [ﬀﬁﬂﬃﬄﬅﬆ] )
  | (?P<split> [^\W\d_] [\u0300-\u030c\u0327\u0328]+ )     # a letter and its marks, as macOS has them
    """,
    re.VERBOSE,
)
ODD = re.compile(r"[^\t\n\f -~¡-ʯ‐-‧‰-⁞€-⅏−■□●○▪▫–—]|\u00ad")
REPLACEMENT = {"line": "\n", "blank": " ", "hyphen": "\N{SOFT HYPHEN}", "nothing": ""}


def find(text: str) -> Iterator[Edit]:
    """Plain blanks and line ends, whole letters, nothing invisible."""
    if not ODD.search(text):
        return
    for match in NORMAL.finditer(text):
        kind, old = str(match.lastgroup), match.group()
        if kind == "ligature":
            new = LIGATURES[old]
        elif kind == "split":
            new = unicodedata.normalize("NFC", old)
        else:
            new = REPLACEMENT[kind]
        if new != old:
            yield edit(match.start(), old, new, f"layout:{kind}")
