"""Can a PDF's own text be believed? And the words for what is the matter with a page."""

import re
from collections.abc import Callable, Iterable

from pipeline.sheet import Sheet, Token

FLAGS = (
    "blank",
    "wordless",
    "no_layer",
    "sparse_layer",
    "bad_layer",
    "hidden_layer",
    "damaged_text",
    "rotated",
    "deskewed",
    "low_resolution",
    "unsure",
)
"""Every flag that recognition sets on a page; what they mean stands in `pipeline/flags.py`."""

_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]{3,}")
_UNMAPPED = re.compile("[\ue000-\uf8ff\ufffd\U000f0000-\U0010ffff]|\\(cid:\\d+\\)")
# A digit or a sign within a word: what a wrong reading leaves behind (f6r, £6rening, sj4lv).
_BROKEN_WORD = re.compile(
    r"(?<![\w.@/-])[^\W\d_]*[\d£€¢¥¤{}<>|~^\\][^\W\d_]{2,}(?![\w.@/-])|(?<!\w)[£¢¥{}<>|~^]\w"
)
# Small Swedish words are in any page of Swedish, and hardly in one of another language; without their
# diacritics they show a page of Swedish that lost them.
_SWEDISH = frozenset(
    "och att det som en på är av för med till den inte om ett har de vid kan ska pa ar for".split()  # noqa: SIM905
)

_ENGLISH = frozenset(
    ["the", "of", "and", "to", "a", "is", "that", "for", "on", "with", "as", "be", "this", "by"]
)

_MIN_LETTERS = 30
_SPARSE = 350
_MOSTLY_PICTURE = 0.6
_UNMAPPED_SHARE = 0.02
_UNKNOWN_SHARE = 0.30
_UNKNOWN_SHARE_HIDDEN = 0.16
_UNKNOWN_SHARE_GARBAGE = 0.5
_BROKEN_SHARE = 0.06
_BROKEN_SHARE_HIDDEN = 0.02


def layer_flag(sheet: Sheet, known: Callable[[str], bool]) -> str:
    """Why a PDF page's own text can't be used, as a flag; empty where it can."""
    text = " ".join(token.text for token in sheet.tokens)
    letters = len(_LETTER.findall(text))
    if not sheet.tokens or (letters == 0 and sheet.image_share > 0):
        return "no_layer"
    if sheet.image_share > _MOSTLY_PICTURE and letters < _SPARSE and sheet.hidden_share < 0.5:
        return "sparse_layer" if letters < _MIN_LETTERS or sheet.hidden_share == 0 else ""
    return (
        "bad_layer" if is_damaged(text, sheet.hidden_share > 0.5, known) or sheet.sideways_share > 0.5 else ""
    )


def is_damaged(text: str, hidden: bool, known: Callable[[str], bool]) -> bool:
    """Whether a text bears the marks of fonts without a key, or of OCR in the wrong language.

    `hidden` text, painted under a scan, is some OCR's, so less is needed to suspect it.
    """
    letters = len(_LETTER.findall(text))
    if len(_UNMAPPED.findall(text)) > _UNMAPPED_SHARE * max(letters, 1):
        return True
    if lost_diacritics(text):
        return True
    words = _WORD.findall(text)
    if letters < 100 or not words or _speaks(text, _ENGLISH):
        return False
    unknown = unknown_share(words, known)
    if not is_swedish(text):
        return hidden and unknown > _UNKNOWN_SHARE_GARBAGE
    broken = len(_BROKEN_WORD.findall(text)) / len(words)
    if hidden:
        return unknown > _UNKNOWN_SHARE_HIDDEN or broken > _BROKEN_SHARE_HIDDEN
    return unknown > _UNKNOWN_SHARE or broken > _BROKEN_SHARE


def lost_diacritics(text: str) -> bool:
    """Whether a text is Swedish, and has none, or next to none, of the å, ä and ö that Swedish has."""
    letters = _LETTER.findall(text)
    diacritics = sum(letter in "åäöÅÄÖ" for letter in letters)
    # Undamaged Swedish has 4 to 6 percent.
    return len(letters) > 200 and diacritics < 0.01 * len(letters) and is_swedish(text)


def is_swedish(text: str) -> bool:
    """Whether a text is Swedish as far as its small words tell, diacritics or not."""
    return _speaks(text, _SWEDISH)


def _speaks(text: str, small_words: frozenset[str]) -> bool:
    words = re.findall(r"[^\W\d_]+", text.casefold())
    return len(words) >= 20 and sum(word in small_words for word in words) > 0.10 * len(words)


def unknown_share(words: Iterable[str], known: Callable[[str], bool]) -> float:
    """The share of distinct words that no lexicon has; names and abbreviations don't count."""
    plain = {word for word in words if word.islower()}
    return sum(not known(word) for word in plain) / len(plain) if plain else 0.0


def confidence(tokens: Iterable[Token]) -> float:
    """The mean confidence of an engine's words, by length; 0 where it read none."""
    weighed = [(token.confidence or 0.0, len(token.text)) for token in tokens]
    total = sum(length for _, length in weighed)
    return sum(value * length for value, length in weighed) / total if total else 0.0
