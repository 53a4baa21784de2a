"""Names alike found by an index: the same as by comparing each name with every head before it."""

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz

from pipeline.resolve.alike import LEAST, heads

WORDS = ["föreningen", "lyktan", "lyktans", "vänner", "i", "norrvik", "norrviks", "kommun", "nr", "12", "21"]
NAMES = st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join)


def plainly(names: list[str]) -> list[int]:
    """The first head that a name is like, each compared with each."""
    known: list[int] = []
    found = []
    for place, name in enumerate(names):
        like = [head for head in known if fuzz.ratio(names[head], name) >= LEAST]
        known += [] if like else [place]
        found.append(like[0] if like else place)
    return found


def changed(name: str, changes: list[tuple[int, str]]) -> str:
    """A name with letters taken out, or put in before a place."""
    for at, letter in changes:
        head, tail = name[: at % (len(name) + 1)], name[at % (len(name) + 1) :]
        name = head + (letter + tail if letter else tail[1:])
    return name


CHANGES = st.lists(st.tuples(st.integers(0, 80), st.sampled_from(["", "", "a", "n", " "])), max_size=8)


@given(st.lists(NAMES, min_size=1, max_size=4), st.lists(st.tuples(st.integers(0, 3), CHANGES), max_size=30))
def test_misspelled_names_have_the_heads_that_plain_comparing_gives(names, copies):
    alike = [changed(names[which % len(names)], changes) for which, changes in copies]
    assert heads(alike) == plainly(alike)


@given(st.lists(st.text("ab", max_size=30), max_size=40))
def test_names_of_few_letters_have_the_same_heads(names):
    assert heads(names) == plainly(names)


def test_what_is_alike_and_what_is_not():
    names = ["föreningen lyktan i norrvik", "föreningen lyktan i norvik", "föreningen sjön i norrvik", "", ""]
    assert heads(names) == [0, 0, 2, 3, 3]


def test_many_names_that_begin_and_end_alike():
    names = [f"föreningen {one}{two} i norrviks kommun" for one in range(40) for two in ("berg", "dal", "by")]
    assert heads(names) == plainly(names)
