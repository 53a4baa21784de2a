"""How the places that name a party agree: letters lost in one and kept in another, and what contradicts.

A party with two numbers, a number with two names, a name spelt in two ways: doubts for a person to settle.
"""

import re
from collections.abc import Iterator

from rapidfuzz import fuzz
from rapidfuzz.distance import DamerauLevenshtein

from pipeline.extract.claims import Claim
from pipeline.extract.layout import plain
from pipeline.extract.naming import core, one_line
from pipeline.extract.nlp import Material
from pipeline.extract.owners import Owner, owned
from pipeline.extract.printed_numbers import Written, printed
from pipeline.lexicon import known
from pipeline.model import Span

SAME = 90  # likeness from which two printed names are one body's
OTHER = 60  # likeness below which two names are two bodies'
SHORTEST = 5  # letters from which a word can be told from another that is like it
SURE_WORD = 0.8  # the engine's confidence from which a letter that differs was printed so
_WORD = re.compile(r"[^\W\d_]{4,}")
_ENDINGS = frozenset(["s", "n", "en", "et", "ns", "ens", "ets", "ar", "er", "arna", "erna", "a", "t", "e"])
_FOLD = str.maketrans("åäáàâãéèëêöóòôõøíìüúñ", "aaaaaaeeeeooooooiiuun")


def conflicts(material: Material, party: Claim) -> tuple[str, ...]:
    """The flags that a party of its own number earns, in a fixed order."""
    if party.role == "public":
        return ("org_number_conflict",) if _two_numbers(material, party) else ()
    flags = []
    if _two_names(material, party) or misspelt(material, party.name):
        flags.append("name_conflict")
    if _two_numbers(material, party):
        flags.append("org_number_conflict")
    return tuple(flags)


def agreed(material: Material, name: str) -> str:
    """A name with the dots and rings that OCR lost here and kept where the document prints the name again."""
    text, folded = material.once(_spaced), material.once(_folded)
    words = " ".join(name.lower().split())
    letters = list(name)
    for start in _standing(words.translate(_FOLD), folded):
        form = text[start : start + len(words)]
        for at, letter in enumerate(form[: len(letters)]):
            if letter in "åäö" and letters[at].lower() in "ao":
                letters[at] = letter.upper() if letters[at].isupper() else letter
    return "".join(letters)


def _standing(words: str, text: str) -> Iterator[int]:
    """Where words begin in a text in which they stand apart from any other letter."""
    at = text.find(words)
    while at >= 0:
        end = at + len(words)
        apart = not (_is_letter(text[at - 1 : at]) or _is_letter(text[end : end + 1]))
        if apart:
            yield at
        at = text.find(words, end if apart and words else at + 1)


def _is_letter(character: str) -> bool:
    return character.isalnum() or character == "_"


def _lowered(material: Material) -> str:
    return plain(material.text).lower()


def _spaced(material: Material) -> str:
    """The text in small letters with one blank between its words."""
    return " ".join(material.once(_lowered).split())


def _folded(material: Material) -> str:
    return material.once(_spaced).translate(_FOLD)


def _owned(material: Material) -> tuple[tuple[Written, Owner], ...]:
    """Every printed number with the body that it stands beside."""
    bodies = owned(material)
    return tuple((one, bodies[one.span]) for one in material.once(printed) if one.span in bodies)


def _two_numbers(material: Material, party: Claim) -> bool:
    """Whether a second number stands beside the party's own name."""
    numbers = {
        one.number
        for one, body in material.once(_owned)
        if body.beside and fuzz.ratio(core(body.name), core(party.name)) >= SAME
    }
    return len(numbers | ({party.org_number} if party.org_number else set())) > 1


def _two_names(material: Material, party: Claim) -> bool:
    """Whether another body's name stands beside the party's number."""
    names = [
        core(body.name)
        for one, body in material.once(_owned)
        if body.beside and one.number == party.org_number
    ]
    own = core(party.name)
    return any(fuzz.token_set_ratio(name, own) < OTHER for name in names)


def misspelt(material: Material, name: str) -> bool:
    """Whether the document also writes a name with a word that differs by a letter or two, beside its others.

    A letter that OCR bends (å for a) or that it read with doubt is its own error, not the document's.
    """
    words = one_line(name).lower().split()
    text = material.once(_lowered)
    return any(
        _stands_for(material, text, words, at, variant)
        for at, word in enumerate(words)
        if len(word) >= SHORTEST and _WORD.fullmatch(word)
        for variant in _variants(material, word)
    )


def _variants(material: Material, word: str) -> Iterator[str]:
    folded = word.translate(_FOLD)
    for other in material.once(_words).get(word[0], ()):
        if DamerauLevenshtein.distance(word, other, score_cutoff=1) != 1:
            continue
        if not (other.translate(_FOLD) == folded or _inflected(word, other) or known(other)):
            yield other


def _words(material: Material) -> dict[str, set[str]]:
    """The different words of the document by their first letter."""
    found: dict[str, set[str]] = {}
    for word in map(str.lower, _WORD.findall(plain(material.text))):
        found.setdefault(word[0], set()).add(word)
    return found


def _inflected(a: str, b: str) -> bool:
    short, long = sorted((a, b), key=len)
    return long.startswith(short) and long[len(short) :] in _ENDINGS


def _stands_for(material: Material, text: str, words: list[str], at: int, variant: str) -> bool:
    """Whether a variant stands where the word of the name does: between the name's other words."""
    before, after = words[at - 1] if at else "", words[at + 1] if at + 1 < len(words) else ""
    if not before and not after:
        return False
    left = rf"(?<!\w){re.escape(before)}\s+" if before else r"(?<!\w)"
    right = rf"\s+{re.escape(after)}" if after else ""
    pattern = re.compile(rf"{left}{re.escape(variant)}{right}")
    return any(_printed_so(material, match) for match in pattern.finditer(text))


def _printed_so(material: Material, match: re.Match[str]) -> bool:
    seen = [w.confidence for w in material.reading.words_in(Span(match.start(), match.end()))]
    return all(confidence is None or confidence >= SURE_WORD for confidence in seen)
