"""What a piece may have been on paper, each reading with its log10 probability.

A reading is scored by how common the word is and how readily it is misread so (a noisy channel). Words
that the lexicon lacks are tried as compounds, part by part, each part with its own misreadings.
"""

from dataclasses import dataclass
from functools import lru_cache

from pipeline.clean.channel import heads_read_as, words_read_as
from pipeline.lexicon.words import compound_score, heads, known, shadows, table, tails

COMPOUND = -1.5  # log10 of how often a word is a compound that the table lacks
JOINT = -1.0  # and how often such a compound has one part more
UNKNOWN, UNKNOWN_LETTER = -7.0, -0.5  # a word that nobody knows: the longer, the less likely any one is
NAME = 2.6  # but a capital makes names of them
DEBRIS = -2.5  # and a digit or an é inside makes debris
SURE_COST = 2.0  # a cheaper simple word makes the search for compounds needless
LEAST_COMPOUND = 7
LEAST_HEAD = 3
LEAST_OPEN_TAIL = 5
NO_TAIL = -5.5  # log10 share of a word that ends no compound in the lexicon, but could
LEAST_NO_TAIL = 5
GENITIVE = -0.7
INFLECTED = -1.0  # a form that the table lacks of a word that it has
ENDINGS = ("s", "en", "et", "er", "ar", "or", "erna", "arna", "orna", "ens", "ers", "ars")
KEPT = 6
BEFORE_HYPHEN = -2.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A reading in lower case; `restored` where å, ä or ö comes back by it."""

    word: str
    score: float
    restored: bool


@lru_cache(maxsize=100_000)
def candidates(read: str, before_hyphen: bool = False) -> tuple[Candidate, ...]:
    """The likeliest readings other than what is read, best first."""
    found = _simple(read)
    if len(read) >= LEAST_COMPOUND and not any(c.score >= table()[c.word] - SURE_COST for c in found):
        found += _genitives(read)
        found += [c for c in _compounds(read) if c.word not in table()] or _open(read)
    if before_hyphen:
        found += _heads(read)
    lowered = read.lower()
    best: dict[str, Candidate] = {}
    for candidate in sorted(found, key=lambda c: (-c.score, c.word)):
        if candidate.word != lowered:
            best.setdefault(candidate.word, candidate)
    return tuple(best.values())[:KEPT]


def _simple(read: str) -> list[Candidate]:
    """Readings that the frequency table has."""
    levels = table()
    return [Candidate(word, levels[word] - cost, restored) for word, cost, restored in words_read_as(read)]


def _genitives(read: str) -> list[Candidate]:
    """Genitives, which the table lacks of most names and rarer words."""
    if not read.endswith("s"):
        return []
    simple = [c for c in _simple(read[:-1]) if c.word[-1] != "s"]
    return [Candidate(c.word + "s", c.score + GENITIVE, c.restored) for c in simple]


def _heads(read: str) -> list[Candidate]:
    """Readings as the first part of a compound that a hyphen breaks off: `försörjnings-`."""
    levels = heads()
    return [
        Candidate(word, levels[word] - cost + BEFORE_HYPHEN, restored)
        for end, word, cost, restored in heads_read_as(read)
        if end == len(read) and word not in table()
    ]


def _open(read: str) -> list[Candidate]:
    """Compounds whose first part is a name or a foreign word: `Tolanoföretaget`."""
    return [
        candidate
        for at in range(LEAST_HEAD, len(read) - LEAST_OPEN_TAIL + 1)
        if read[:at].isalpha()
        for candidate in _ended(read, at, read[:at].lower(), _unknown(read[:at]), False)
        if candidate.restored
    ]


@lru_cache(maxsize=100_000)
def as_read(read: str, before_hyphen: bool = False) -> float:
    """Log10 probability that the print has just what is read."""
    lowered = read.lower()
    level = table().get(lowered, shadows().get(lowered))
    if level is not None:
        return level
    if before_hyphen and lowered in heads():
        return heads()[lowered] + BEFORE_HYPHEN
    if known(lowered):
        score = compound_score(lowered)
        return COMPOUND + JOINT + (-7.0 if score is None else score)
    stems = [levels for levels in map(table().get, _stems(lowered)) if levels is not None]
    if stems:
        return max(stems) + INFLECTED
    unknown = _unknown(read)
    if len(read) < LEAST_COMPOUND or not read.isalpha():
        return unknown
    return max([unknown, *(made.score for made in _compounds(read) if made.word == lowered)])


def _unknown(read: str) -> float:
    """Log10 probability of a word that nothing is known of but its form."""
    score = UNKNOWN + UNKNOWN_LETTER * len(read)
    if not read.isalpha() or "é" in read.lower()[:-1]:
        return score + DEBRIS
    return score + NAME if read[0].isupper() else score


def _stems(word: str) -> list[str]:
    """What the word is without an ending, as far as the rest is long enough to be a word."""
    return [word.removesuffix(end) for end in ENDINGS if word.endswith(end) and len(word) - len(end) >= 5]


def _compounds(read: str) -> list[Candidate]:
    """Readings as two parts, then as three where two give none."""
    firsts = [first for first in heads_read_as(read) if len(read) - first[0] >= 3]
    levels = heads()
    scored = [(end, word, levels[word] - cost, restored) for end, word, cost, restored in firsts]
    two = [c for first in scored for c in _ended(read, *first)]
    if two:
        return two
    scored.sort(key=lambda first: -first[2])
    three: list[Candidate] = []
    for end, word, score, restored in scored[:KEPT]:
        for second_end, second, cost, again in heads_read_as(read[end:]):
            if len(second) >= 3 and len(read) - end - second_end >= 3:
                score_so_far = score + levels[second] - cost + JOINT
                three += _ended(read, end + second_end, word + second, score_so_far, restored or again)
    return three


def _ended(read: str, at: int, begun: str, score: float, restored: bool) -> list[Candidate]:
    """A compound begun, ended with each of the parts that the rest can be."""
    rest = read[at:]
    found = [
        _joined(begun, score, word, cost, restored or again) for word, cost, again in words_read_as(rest)
    ]
    if rest.endswith("s"):
        bare = [
            _joined(begun, score, word, cost, restored or again)
            for word, cost, again in words_read_as(rest[:-1])
        ]
        found += [
            Candidate(c.word + "s", c.score + GENITIVE, c.restored) for c in bare if c and c.word[-1] != "s"
        ]
    return [candidate for candidate in found if candidate]


def _joined(begun: str, score: float, word: str, cost: float, restored: bool) -> Candidate | None:
    """A compound of what is begun and a last part; None where that can't be one."""
    level = tails().get(word)
    if level is None:
        if len(word) < LEAST_NO_TAIL:
            return None
        level = NO_TAIL
    return Candidate(begun + word, score + level - cost + COMPOUND, restored)
