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
    text = material.once(_lowered)
    pattern = r"\s+".join(re.escape(word.translate(_FOLD)) for word in name.lower().split())
    letters = list(name)
    for match in re.finditer(rf"(?<!\w){pattern}(?!\w)", material.once(_folded)):
        form = " ".join(text[match.start() : match.end()].split())
        for at, letter in enumerate(form[: len(letters)]):
            if letter in "åäö" and letters[at].lower() in "ao":
                letters[at] = letter.upper() if letters[at].isupper() else letter
    return "".join(letters)


def _lowered(material: Material) -> str:
    return plain(material.text).lower()


def _folded(material: Material) -> str:
    return material.once(_lowered).translate(_FOLD)


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
    for other in material.once(_words):
        if abs(len(other) - len(word)) > 1 or other[0] != word[0] or other == word:
            continue
        if other.translate(_FOLD) == folded or _inflected(word, other) or known(other):
            continue
        if DamerauLevenshtein.distance(word, other) == 1:
            yield other


def _words(material: Material) -> frozenset[str]:
    return frozenset(word.lower() for word in _WORD.findall(plain(material.text)))


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
