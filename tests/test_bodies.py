"""The names of bodies worked out piece by piece are those that all of them together give."""

import json
import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from pipeline import bodies, ledger
from pipeline.resolve.canonical import canonical_names

STEMS = (
    "Föreningen Lyktan",
    "Foreningen Lyktan",
    "Föreningen Lyktan i Norrvik",
    "föreningen  lyktan",
    "Åbrinken",
)
MORE = ("Norrviks kommun", "Norrviks kommuns socialnämnd", "Socialnämnden", "Socialnamnden", "Kultur AB", "")
NUMBERS = ("", "", "802886-4174", "212000-9721", "212000-0142", "556677-8899")
PRINTED = st.lists(st.tuples(st.sampled_from(STEMS + MORE), st.sampled_from(NUMBERS)), max_size=30)


@given(PRINTED)
def test_pieces_give_what_the_whole_gives(printed: list[tuple[str, str]]) -> None:
    whole = canonical_names(printed)
    with tempfile.TemporaryDirectory() as folder, ledger.opened(Path(folder)) as book:
        for number, pair in enumerate(printed):
            book.execute(
                "INSERT INTO sheaves VALUES (?, '', ?, '', '')", (str(number), json.dumps([pair, pair[:]]))
            )
        bodies.settle(book)
        found = {pair: bodies.name_of(book, *pair) for pair in printed}
    assert found == {pair: whole.get(pair, pair[0]) for pair in printed}
