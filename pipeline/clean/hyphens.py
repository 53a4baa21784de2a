"""Words that a line end cuts in two: `kommun-` / `styrelsen` becomes `kommunstyrelsen`, on the upper line.

Real hyphens stay: `arbetsmarknads- och`, `IOP-avtal`, `e-post`. Where both readings are possible, the same
document decides, then the lexicon.
"""

import re

from pipeline.clean.rule import Edits, Texts, edit
from pipeline.lexicon import known
from pipeline.model import Edit

BROKEN = re.compile(
    r"""
    (?P<first> [^\W_] [\w.]* (?: - \w+ )* )      # the word before the hyphen
    (?P<cut> [-‐\xad] [ ]* \n [ ]* )
    (?P<rest> [^\W\d_] \w* (?: - \w+ )* -? )     # what goes on below
    (?P<mark> [.,;:!?)»”"]* )
    (?P<gap> [ ]? )
    """,
    re.VERBOSE,
)
WORDS = re.compile(r"\w+(?:-\w+)*")
COORDINATED = frozenset(("och", "eller", "samt", "respektive", "men", "utan", "till", "både", "resp", "o"))
SOFT = "\N{SOFT HYPHEN}"


def find(texts: Texts) -> tuple[Edits, ...]:
    """Join cut words; words written whole elsewhere in the document say how."""
    if not any(BROKEN.search(text) for text in texts):
        return ((),) * len(texts)
    seen = frozenset(word.lower() for text in texts for word in WORDS.findall(text))
    return tuple(_found(text, seen) for text in texts)


def _found(text: str, seen: frozenset[str]) -> Edits:
    edits: list[Edit] = []
    at = 0
    while match := BROKEN.search(text, at):
        joint = None if _is_table(text, match) else _joint(match, seen)
        if joint is None:
            at = match.start("rest")
            continue
        old = text[match.start("cut") : match.end()]
        line_end = "" if text[match.end() : match.end() + 1] in ("\n", "") else "\n"
        edits.append(
            edit(match.start("cut"), old, joint + match["rest"] + match["mark"] + line_end, "hyphen", 0.98)
        )
        at = match.end()
    return tuple(edits)


def _is_table(text: str, match: re.Match[str]) -> bool:
    """Where cells stand side by side, the next line may go on with another cell."""
    start = text.rfind("\n", 0, match.start()) + 1
    end = text.find("\n", match.end())
    return "\t" in text[start : end if end >= 0 else len(text)]


def _joint(match: re.Match[str], seen: frozenset[str]) -> str | None:
    """What stands between the halves: nothing, a hyphen, or None where they aren't one word."""
    first, rest = match["first"], match["rest"]
    if SOFT in match["cut"]:
        return ""
    if rest.lower() in COORDINATED:
        return None
    last = first.rpartition("-")[2].lower()
    if not rest[0].islower() or not first[-1].islower() or len(last) == 1:
        return "-"  # Sven-Erik, IOP-avtal, 70-tal, e-post
    whole, kept = (first + rest).lower(), f"{first}-{rest}".lower()
    if (whole in seen) != (kept in seen):
        return "" if whole in seen else "-"
    if known(whole) or not (known(last) and known(rest)):
        return ""
    return "-" if kept in seen else ""
