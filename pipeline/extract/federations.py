"""Bodies that several municipalities form (kommunalförbund): public, and another party than each of them."""

import re
from functools import cache, lru_cache

from pipeline.extract.naming import KEPT, one_line, public_words


@lru_cache(maxsize=KEPT)
def is_federation(name: str) -> bool:
    """Whether a name is that of a body of several municipalities, which is another than each of them.

    >>> is_federation("Gymnasieförbundet Norra Ådalen"), is_federation("Norrby Motorförbund")
    (True, False)
    """
    return bool(_federations().search(one_line(name).lower()))


@cache
def _federations() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{'|'.join(public_words('federation'))})(?:et|en)?s?\b")
