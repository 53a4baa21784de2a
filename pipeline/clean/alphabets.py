"""The tables by which Swedish letters have been misread, generated from Python's codecs.

`ALPHABETS` are the 8-bit mix-ups and ISO 646-SE; `UTF8_PAIRS` what UTF-8 letters look like in 8-bit tables,
once and twice, and in lower case, as a careless tool leaves them.
"""

LETTERS = "åäöÅÄÖéÉü"
# Written in the first, read as the second.
MIXED_UP = (
    ("latin-1", "cp437"),
    ("latin-1", "cp850"),
    ("latin-1", "mac_roman"),
    ("latin-1", "cp1250"),
    ("latin-1", "cp1251"),
    ("cp850", "cp1252"),
    ("cp850", "latin-1"),
    ("mac_roman", "cp1252"),
    ("mac_roman", "latin-1"),
)
# The Swedish variant of ASCII (SEN 850200 B), as terminals and telex archives had it.
ISO_646_SE = {"}": "å", "{": "ä", "|": "ö", "]": "Å", "[": "Ä", "\\": "Ö", "`": "é"}


def _table(written: str, read: str) -> dict[str, str]:
    """What each Swedish letter looks like when read by the wrong table; letters that survive are left out."""
    seen = {letter.encode(written).decode(read, "ignore"): letter for letter in LETTERS}
    return {sign: letter for sign, letter in seen.items() if sign and sign != letter and sign not in LETTERS}


def _utf8_pairs() -> dict[str, str]:
    pairs: dict[str, str] = {}
    for letter in LETTERS:
        for read in ("cp437", "cp850", "mac_roman"):
            pairs[letter.encode().decode(read)] = letter
        for read in ("cp1252", "latin-1"):
            once = letter.encode().decode(read, "replace")
            twice = once.encode().decode(read, "replace")
            for wrong in (twice, once):
                if "\N{REPLACEMENT CHARACTER}" not in wrong:
                    pairs[wrong] = letter
                    if letter.islower():
                        pairs[wrong.lower()] = letter
    # Lower-cased capitals: `ã…rsmã¶te` was `Årsmöte`.
    pairs |= {"ã…": "å", "ã„": "ä", "ã–": "ö"}
    return dict(sorted(pairs.items(), key=lambda pair: (-len(pair[0]), pair[0])))


ALPHABETS = (*(_table(written, read) for written, read in MIXED_UP), ISO_646_SE)
UTF8_PAIRS = _utf8_pairs()
