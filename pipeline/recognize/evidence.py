"""How much speaks for a reading of a place: the engine's confidence, and whether what it says can be Swedish.

Two readings of one engine tell their confidences on one scale; a word that the lexicon has is worth more than
a word that it lacks, and a lone letter or a word with a sign in it is worth less than either.
"""

import re
from collections.abc import Callable, Sequence

from pipeline.sheet import Token

Known = Callable[[str], bool]

_KNOWN, _NUMERIC, _ODD = 0.4, 0.2, -0.2
_ALONE = 1.0  # what a word must be worth that the other reading doesn't have
_MARGIN = 0.03
_EDGES = ".,;:!?()[]\"'”’–—-"
_NUMBER = re.compile(r"\d[\d.,:/–-]*$")


def better(known: Known) -> Callable[[Sequence[Token], Sequence[Token]], bool]:
    """How to choose between two readings of a place by what speaks for each.

    The second must be clearly better. Words that only the first has stay; those that only the second has must
    be known words, or numbers, and surely read.
    """

    def choose(one: Sequence[Token], other: Sequence[Token]) -> bool:
        if not other:
            return False
        if not one:
            return min(_worth(token, known) for token in other) > _ALONE
        return worth(other, known) > worth(one, known) + _MARGIN

    return choose


def worth(tokens: Sequence[Token], known: Known) -> float:
    """What speaks for the words of a place, by length."""
    weights = [len(token.text) for token in tokens]
    return sum(_worth(t, known) * n for t, n in zip(tokens, weights, strict=True)) / sum(weights)


def _worth(token: Token, known: Known) -> float:
    core = token.text.strip(_EDGES)
    sure = token.confidence or 0.0
    if core.isalpha():
        return sure + (_KNOWN if known(core) else 0.0 if len(core) > 1 else _ODD)
    return sure + (_NUMERIC if _NUMBER.match(core) else _ODD if any(map(str.isalpha, core)) else 0.0)
