"""What a piece may have been on paper, each reading with its log10 probability.

A reading is scored by how common the word is and how readily it is misread so (a noisy channel). Words
that the lexicon lacks are tried as compounds, part by part, each part with its own misreadings.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from pipeline.clean.channel import (
    Mark,
    Reading,
    endings_read_as,
    heads_read_as,
    names_read_as,
    tails_read_as,
    words_read_as,
)
from pipeline.clean.names import endings, plain_endings
from pipeline.lexicon.words import compound_score, heads, known, level, shadows, tails

COMPOUND = -1.5  # log10 of how often a word is a compound that the table lacks
JOINT = -1.0  # and how often such a compound has one part more
UNKNOWN, UNKNOWN_LETTER = -8.0, -0.5  # a word that nobody knows: the longer, the less likely any one is
NAME = 1.2  # but a capital makes names of them
DEBRIS = -2.5  # and a digit or an é inside makes debris
SURE_COST = 2.0  # a cheaper simple word makes the search for compounds needless
LEAST_COMPOUND = 7
LEAST_HEAD = 3
LEAST_GONE = 3
LEAST_OPEN_HEAD = 2
LEAST_OPEN_TAIL = 5
LEAST_NAME_ENDING = 2
NAMED = 1.5  # log10 of how much likelier a name ends so than in what is left without the dots
SURE = re.compile(
    "[oé]?6[oé]?|oé|éo|(?<![aeiouyåäöd])é(?![aeiouyåäö]|s?$)"
)  # nothing but ö looks so inside a Swedish word
REMAINS = frozenset(
    ("r", "f", "p", "fr", "tv")
)  # of är, få, på, för, två: words to the lexicon, but not here
ENOUGH = -7.0  # log10; where å, ä and ö alone make as likely a word, other misreadings needn't be looked for
NAME_LEVEL = -5.5  # log10 probability of a name that the lexicon lacks
ENDING = 0.7  # what a capital says for a last part that names end in
VOWEL = frozenset("aeiouyåäöé46&@")
CAPITAL_INSIDE = re.compile("[a-zåäö][A-ZÅÄÖ]")
SURE_MARK = 0.4
NO_TAIL = -5.5  # log10 share of a word that ends no compound in the lexicon, but could
LEAST_NO_TAIL = 5
GENITIVE = -0.7
INFLECTED = -1.6  # a form that the table lacks of a word that it has
ENDINGS = ("s", "en", "et", "er", "ar", "or", "erna", "arna", "orna", "ens", "ers", "ars")
KEPT = 6
BEFORE_HYPHEN = -2.0


class Candidate(NamedTuple):
    """A reading in lower case, with its log10 probability by what machines misread in general.

    `marks` are the misreadings by which å, ä or ö come back, `noise` the others.
    """

    word: str
    score: float
    marks: tuple[Mark, ...] = ()
    noise: tuple[Mark, ...] = ()


@lru_cache(maxsize=100_000)
def candidates(read: str, before_hyphen: bool = False) -> tuple[Candidate, ...]:
    """The likeliest readings other than what is read, best first."""
    found = _simple(read)
    if len(read) >= LEAST_COMPOUND and level(read) is None and not any(map(_is_cheap, found)):
        found += _genitives(read)
        compounds = [c for c in _compounds(read) if level(c.word) is None]
        found += compounds if compounds and read.islower() else compounds + _open(read)
    if before_hyphen:
        found += _heads(read)
    lowered = read.lower()
    best: dict[str, Candidate] = {}
    for candidate in sorted(found, key=lambda c: (-c.score, c.word)):
        if candidate.word != lowered:
            best.setdefault(candidate.word, candidate)
    return tuple(best.values())[:KEPT]


def _is_cheap(candidate: Candidate) -> bool:
    return candidate.score >= (level(candidate.word) or 0.0) - SURE_COST


def _simple(read: str) -> list[Candidate]:
    """Readings that the frequency table has; with a letter lost where nothing else makes a word of it."""
    accepted = known(read)
    gone = read in REMAINS or (len(read) >= LEAST_GONE and read.isalpha() and not accepted)
    plain = words_read_as(read, noisy=False)
    if accepted:
        enough = not gone
    else:  # what has no vowel left has lost one
        enough = not VOWEL.isdisjoint(read.lower()) and any(
            one.level - one.cost > ENOUGH for one in plain if one.marks
        )
    found = [
        Candidate(one.word, one.level - one.cost, one.marks, one.noise)
        for one in (plain if enough else words_read_as(read, gone, not accepted))
        if len(read) > 1 or ("", read) not in one.marks
    ]
    if read[0].isupper():
        found += [
            Candidate(
                one.word, max(NAME_LEVEL, level(one.word) or NAME_LEVEL) - one.cost, one.marks, one.noise
            )
            for one in names_read_as(read)
        ]
    return found


def _genitives(read: str) -> list[Candidate]:
    """Genitives, which the table lacks of most names and rarer words."""
    if not read.endswith("s"):
        return []
    return [
        Candidate(c.word + "s", c.score + GENITIVE, c.marks, c.noise)
        for c in _simple(read[:-1])
        if c.word[-1] != "s"
    ]


def _heads(read: str) -> list[Candidate]:
    """Readings as the first part of a compound that a hyphen breaks off: `försörjnings-`."""
    return [
        Candidate(one.word, one.level - one.cost + BEFORE_HYPHEN, one.marks, one.noise)
        for one in heads_read_as(read)
        if one.end == len(read) and level(one.word) is None
    ]


def _open(read: str) -> list[Candidate]:
    """Compounds whose first part nobody knows: `Tolanoföretaget`, `Röingegatan`, `Filsbäck`."""
    found = []
    for at in range(LEAST_OPEN_HEAD, len(read) - LEAST_NAME_ENDING + 1):
        begun = _begun_unknown(read[:at])
        if begun is not None and len(read) - at >= LEAST_OPEN_TAIL and at >= LEAST_HEAD:
            found += [made for made in _ended(read, begun) if made.marks]
        if begun is not None and read[0].isupper():
            found += [made for made in _named(read, begun) if made.marks]
    whole = _begun_unknown(read)
    if whole is not None and whole.marks:
        found.append(Candidate(whole.word, whole.score, whole.marks))
    return found


def _begun_unknown(read: str) -> "Begun | None":
    """A part that nobody knows, with each ö that can be nothing else; None where debris is left."""
    word = SURE.sub("ö", read[:-1]) + read[-1:].replace("6", "ö")
    if not word.isalpha():
        return None
    marks = tuple((match.group(), "ö") for match in SURE.finditer(read[:-1]))
    marks += (("6", "ö"),) if read[-1:] == "6" else ()
    score = _unknown(word.replace("é", "e") if marks else read)
    return Begun(len(read), word.lower(), score - SURE_MARK * len(marks), marks)


def _named(read: str, begun: "Begun") -> list[Candidate]:
    """Names with an ending that hardly any name has without its å, ä or ö."""
    if read[begun.end :] in tails():
        return []
    return [
        Candidate(
            begun.word + last.word,
            _unknown(read[0] + "a" * (len(begun.word + last.word) - 1)) + NAMED - last.cost,
            begun.marks + last.marks,
            last.noise,
        )
        for last in endings_read_as(read[begun.end :])
        if not any(mark[0] == "i" for mark in last.marks)
    ]


@lru_cache(maxsize=100_000)
def as_read(read: str, before_hyphen: bool = False) -> float:
    """Log10 probability that the print has just what is read."""
    lowered = read.lower()
    if not read[1:].islower() and not read.isupper() and CAPITAL_INSIDE.search(read):
        return as_read(lowered, before_hyphen) + DEBRIS
    own = level(lowered)
    if own is None:
        own = shadows().get(lowered)
    head = heads().get(lowered) if before_hyphen else None
    if own is not None or head is not None:
        return max(-99.0 if own is None else own, -99.0 if head is None else head + BEFORE_HYPHEN)
    if known(lowered):
        score = compound_score(lowered)
        return COMPOUND + JOINT + (-7.0 if score is None else score)
    stems = [found for found in map(level, _stems(lowered)) if found is not None]
    if stems:
        return max(stems) + INFLECTED
    unknown = _unknown(read)
    if len(read) < LEAST_COMPOUND or not read.isalpha():
        return unknown
    made = [other.score for other in _compounds(read) if other.word == lowered]
    return max([unknown, *made, *_open_as_read(read)])


def _open_as_read(read: str) -> list[float]:
    """Its log10 probabilities as a compound whose first part is unknown."""
    levels = tails()
    return [
        _unknown(read[:at]) + share + COMPOUND
        for at in range(LEAST_HEAD, len(read) - LEAST_OPEN_TAIL + 1)
        if (share := levels.get(read[at:])) is not None
    ]


def _unknown(read: str) -> float:
    """Log10 probability of a word that nothing is known of but its form."""
    score = UNKNOWN + UNKNOWN_LETTER * len(read)
    if not read.isalpha() or "é" in read.lower()[:-1]:
        return score + DEBRIS
    return score + NAME if read[0].isupper() else score


def _stems(word: str) -> list[str]:
    """What the word is without an ending, as far as the rest is long enough to be a word."""
    return [word.removesuffix(end) for end in ENDINGS if word.endswith(end) and len(word) - len(end) >= 5]


class Begun(NamedTuple):
    """A compound read up to `end`, with the log10 probability of what it begins with."""

    end: int
    word: str
    score: float
    marks: tuple[Mark, ...] = ()
    noise: tuple[Mark, ...] = ()

    def and_head(self, one: Reading, joint: float = 0.0) -> "Begun":
        return Begun(
            self.end + one.end,
            self.word + one.word,
            self.score + (one.level + joint) - one.cost,
            self.marks + one.marks,
            self.noise + one.noise,
        )


@lru_cache(maxsize=20_000)
def _compounds(read: str) -> tuple[Candidate, ...]:
    """Readings as two parts, then as three where two give none."""
    nothing = Begun(0, "", 0.0)
    firsts = [nothing.and_head(one) for one in heads_read_as(read) if len(read) - one.end >= 3]
    two = tuple(c for first in firsts for c in _ended(read, first))
    if two:
        return two
    firsts.sort(key=lambda first: (-first.score, first.word))
    return tuple(
        candidate
        for first in firsts[:KEPT]
        for second in heads_read_as(read[first.end :])
        if len(second.word) >= 3 and len(read) - first.end - second.end >= 3
        for candidate in _ended(read, first.and_head(second, JOINT))
    )


def _ended(read: str, begun: Begun) -> list[Candidate]:
    """A compound begun, ended with each of the parts that the rest can be."""
    rest = read[begun.end :]
    if rest in plain_endings() and read[0].isupper():
        share = tails().get(rest)
        return [] if share is None else [_joined(begun, Reading(len(rest), rest, 0.0, share, (), ()), ENDING)]
    named = ENDING if read[0].isupper() else 0.0
    found = [_joined(begun, last, named) for last in _tails(rest)]
    if rest.endswith("s"):
        bare = [_joined(begun, last, named) for last in _tails(rest[:-1]) if last.word[-1] != "s"]
        found += [Candidate(c.word + "s", c.score + GENITIVE, c.marks, c.noise) for c in bare]
    return found


def _tails(rest: str) -> tuple[Reading, ...]:
    """What can end a compound: what ends others, or else any word that is long enough."""
    found = tails_read_as(rest)
    if found or len(rest) < LEAST_NO_TAIL:
        return found
    return tuple(one._replace(level=NO_TAIL) for one in words_read_as(rest, noisy=False))


def _joined(begun: Begun, last: Reading, named: float) -> Candidate:
    """A compound of what is begun and a last part."""
    return Candidate(
        begun.word + last.word,
        begun.score + last.level - last.cost + COMPOUND + (named if last.word in endings() else 0.0),
        begun.marks + last.marks,
        begun.noise + last.noise,
    )
