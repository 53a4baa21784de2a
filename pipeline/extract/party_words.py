"""What stands where a name might and names nobody: headings, labels, nouns for a part that somebody plays."""

import re
from functools import cache

from pipeline.extract.headings import heading_topic
from pipeline.extract.naming import is_body_word, looks_like_body, one_line
from pipeline.extract.word_lists import words_of

_NUMBER = re.compile(r"\d{1,2}\s*§\s*|(?:§\s*)?\d{1,2}(?:\.\d{1,2})*[.)]?\s+|§\s*\d{1,2}\s*")
# What headings of clauses and columns end in, whoever stands before: `Stiftelsens åtaganden`.
_HEADED = re.compile(
    r"(?:åtaganden?|skyldigheter|rättigheter|ansvar|avtal(?:et)?|uppdrag(?:et)?|omfattning|villkor|förslag|beslut"
    r"|bakgrund|org(?:anisations)?\.?(?:nr|nummer)|organisation|rapport|redovisning)[:.]?$",
    re.IGNORECASE,
)

LONGEST_HEADING = 4  # words

# A word for a paper, which begins a title and no name.
_PAPER = re.compile(
    r"\w*(?:avtal|överenskommelse|kontrakt|rapport(?:ering)?|redovisning|berättelse|ansökan|beslut|protokoll"
    r"|protokollsutdrag|skrivelse|utlåtande|faktura|uppföljning|sammanställning|avtalspart)(?:en|et|n)?[:,.]?$",
    re.IGNORECASE,
)

# Who is spoken to or of by a pronoun (`Er förening`): a body whose name stands elsewhere.
SPOKEN_OF = re.compile(
    r"(?:er|ert|din|vår|vårt|denna|detta|nämnda)\s+"
    r"(?:förening|ideella förening|klubb|organisation|stiftelse|församling|verksamhet|bolag|företag"
    r"|aktiebolag|enhet|kommun|nämnd|förvaltning|part|firma)",
    re.IGNORECASE,
)


@cache
def label_pattern(kind: str) -> re.Pattern[str]:
    """The labels of one kind of `data/party_labels.tsv`, as one expression."""
    wordings = "|".join(words_of("party_labels.tsv", kind)).replace(" ", r"\s+")
    return re.compile(rf"(?:{wordings})(?!\w)", re.IGNORECASE)


def names_nobody(words: str) -> bool:
    """Whether words are a heading, or one common noun for a part in a contract, and so no body's name.

    >>> names_nobody("Rättighetsgivare"), names_nobody("3 Klubbens åtaganden"), names_nobody("4 H Norrby")
    (True, True, False)
    """
    name = one_line(words)
    number = _NUMBER.match(name)
    bare = name[number.end() :] if number else name
    if not bare:
        return True
    parts = bare.split()
    if spoken_of(bare):
        return True
    if len(parts) == 1 and label_pattern("nobody").fullmatch(bare):
        return True
    if number and _is_heading(parts):
        return True
    if _PAPER.match(parts[0]) and not is_body_word(parts[-1]):
        return True
    owned = bool(re.search(r"(?:en|et)s$", parts[0], re.IGNORECASE))
    headed = 1 < len(parts) <= LONGEST_HEADING and "," not in bare and _HEADED.match(parts[-1])
    if headed and (owned or not is_body_word(parts[0].lower())):
        return True
    if number and "§" in number.group() and heading_topic(bare):
        return True
    return len(parts) <= 2 and not looks_like_body(bare) and bool(heading_topic(bare))


def spoken_of(name: str) -> bool:
    """Whether words point at a body by a pronoun and name none.

    >>> spoken_of("Er förening"), spoken_of("Vår Förening i Norrby")
    (True, False)
    """
    return SPOKEN_OF.fullmatch(name) is not None


def _is_heading(parts: list[str]) -> bool:
    """Whether the words after a section's number end in a common noun, or are one that isn't a body's."""
    last = parts[-1]
    return not is_body_word(last) and (last[0].islower() or len(parts) == 1)
