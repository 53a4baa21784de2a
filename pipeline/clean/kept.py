"""Expressions whose words look as if they had lost their dots and are right as they are.

Neighbours two by two don't show them: `var och` goes on with `en` as with `höst`, and `sa att` is a verb only
where the sentence has none before it, as in second place and after what somebody said.
"""

import re
from collections.abc import Mapping
from functools import cache

from pipeline.model import Edit
from pipeline.word_lists import data_lines

LONGEST = 40  # characters
SAID = re.compile(
    r"(?:(?:\A|\n\n|[.!?:]\s)(?!Och|Men|Allt|Detta)[A-ZÅÄÖ]\w+\ssa\satt\b|[\w”\"],\ssa\s(?=[A-ZÅÄÖ]\w))"
)


def is_kept(text: str, change: Edit) -> bool:
    """Whether the word that an edit changes stands in such an expression."""
    start, end = change.span.start, change.span.end
    return any(
        match.start() <= start < match.end()
        for phrase in expressions().get(change.old.lower(), ())
        for match in phrase.finditer(text, max(0, start - LONGEST), end + LONGEST)
    )


@cache
def expressions() -> Mapping[str, tuple[re.Pattern[str], ...]]:
    """The expressions of `data/kept_phrases.txt` by each of their words, and where `sa` is a verb."""
    found: dict[str, tuple[re.Pattern[str], ...]] = {"sa": (SAID,)}
    for line in data_lines(__package__, "kept_phrases.txt"):
        phrase = re.compile(r"\b" + r"\s+".join(line.split()) + r"\b", re.IGNORECASE)
        for word in line.split():
            found[word] = (*found.get(word, ()), phrase)
    return found
