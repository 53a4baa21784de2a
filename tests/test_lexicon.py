"""The lexicon: what is a word, what is a compound, who are the public bodies."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn

from pipeline import lexicon
from pipeline.lexicon import format as files
from pipeline.lexicon import trie
from pipeline.lexicon.context import EDGE, NUMBER, gain, model, pair, tokens
from pipeline.lexicon.parts import best_split, counted
from pipeline.lexicon.shadows import found, skeleton

WORDS = """
    nämnd nämnden kommunstyrelsen tjänsteskrivelse överenskommelse Överenskommelsen IDÉBUREN förvaltning
    verksamhetsplan uppföljningsmöte stödverksamhet arbetsmarknads- Arbetsmarknads-nämnden e-post
    trafiktraktor synpunktsredovisning bidragsmottagarnas fakturaunderlaget sal ån dyr Pär Moa Warsame
    och/eller måndag–fredag
    ungdomsmottagningsföreståndare Malmö Växjö Norrköpings Västerbottens Cederlöf Högberg idéburet
"""
DEBRIS = """
    pa ar nar fran ocksa malmo namnden arendet forslag f6r £6r handlaggare stodverksamhet leverantoren xqzt
    mojligheter direktor goran kravs verksamhetsar radgivningsstod foreningsstod barnkonventionens-ar ir fo
    socialndmnden férening overenskommelsen hyresavtalsforslag
    ¢ e6 f/r och/cller / och/ lll aaaaaaaaaaaaaaaaaaaa
"""


@pytest.mark.parametrize("word", WORDS.split())
def test_known(word: str) -> None:
    assert lexicon.known(word)


@pytest.mark.parametrize("word", [*DEBRIS.split(), "", "-", "2024", "802438-1355"])
def test_unknown(word: str) -> None:
    assert not lexicon.known(word)


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("stödverksamhet", ("stöd", "verksamhet")),
        ("vattenskyddsplan", ("vatten", "skydds", "plan")),
        ("stodverksamhet", None),
        ("nämnden", None),
        ("namnden", None),
        ("xyz", None),
    ],
)
def test_split(word: str, parts: tuple[str, ...] | None) -> None:
    assert lexicon.split(word) == parts


def test_frequency_is_a_probability() -> None:
    assert 0.01 < lexicon.frequency("och") < 0.1
    assert lexicon.frequency("Nämnden") == lexicon.frequency("nämnden") > 0
    assert lexicon.frequency("namnden") == 0.0


def test_rate_tells_whole_from_ruined() -> None:
    assert lexicon.lexicon_rate("Föreningen får bidrag för året.") == 1.0
    assert lexicon.lexicon_rate("Foreningen far bidrag f6r aret.") == pytest.approx(2 / 5)
    assert lexicon.lexicon_rate("2024 – 650 000") is None
    assert lexicon.lexicon_rate("") is None


def test_registers() -> None:
    assert len(lexicon.municipalities()) == 290
    assert len(lexicon.counties()) == 21
    umea = next(m for m in lexicon.municipalities() if m.short == "Umeå")
    assert (umea.name, umea.county, umea.code) == ("Umeå kommun", "Västerbotten", "2480")
    assert lexicon.public_bodies()["Umeå kommun"] == "212000-2627"
    assert "Arbetsförmedlingen" in lexicon.state_agencies()


@pytest.mark.parametrize("register", [lexicon.public_bodies(), lexicon.state_agencies()])
def test_every_number_passes_its_check_digit(register: dict[str, str]) -> None:
    assert all(luhn.is_valid(number.replace("-", "")) for number in register.values() if number)


@pytest.mark.parametrize(
    ("before", "right", "wrong", "after"),
    [
        ("ett", "år", "är", EDGE),
        ("kommunen", "är", "år", "ansvarig"),
        ("kommunen", "får", "för", "besluta"),
        ("till", "stöd", "stod", "för"),
        ("nämndens", "råd", "rad", "för"),
        (NUMBER, "år", "är", "efter"),
        ("verksamheten", "är", "år", "öppen"),
        ("det", "står", "stär", "föreningen"),
        ("xylofonstödet", "är", "år", "beviljat"),  # nobody has counted that neighbour
    ],
)
def test_neighbours_choose(before: str, right: str, wrong: str, after: str) -> None:
    assert pair(before, right) + pair(right, after) > pair(before, wrong) + pair(wrong, after)


@pytest.mark.parametrize(
    ("one", "other"), [("2024", NUMBER), ("År", "år"), ("NÄMNDEN", "nämnden"), ("17", "3")]
)
def test_case_and_digits_do_not_count(one: str, other: str) -> None:
    assert gain("för", one) == gain("för", other)
    assert gain(one, "för") == gain(other, "för")


@given(st.text(max_size=8), st.text(max_size=8))
def test_any_two_words_have_a_bounded_gain(before: str, word: str) -> None:
    assert -1.0 <= gain(before, word) <= 3.0
    assert pair(before, word) <= 3.0


def test_followers_take_what_is_theirs() -> None:
    """After any word the followers' probabilities sum to about 1."""
    table = model()
    words = [word for word in table.vocabulary.words() if not word.isdigit()]
    for before in (EDGE, "för", "nämnden", "verksamhetsbidrag", NUMBER):
        total = sum(10 ** pair(before, word) for word in words)
        assert 0.3 < total < 3, before


def test_tokens_mark_ends_of_sentences() -> None:
    assert tokens("Ett år, 2 mån. Nej\n\nJa") == ["ett", "år", ",", "2", "mån", EDGE, "nej", EDGE, "ja"]


def test_shadows_are_found_by_ratio() -> None:
    words = {"på": 1e-2, "pa": 1e-5, "val": 1e-4, "väl": 1e-4, "får": 1e-3, "far": 1e-4}
    assert found(words, {"på": 900.0, "val": 50.0, "far": 30.0, "får": 90.0}) == {"pa"}
    assert skeleton("överåäé") == "overaae"


def test_parts_are_counted_over_words() -> None:
    words = dict.fromkeys(
        ["stöd", "plan", "grupp", "chef", "stödplan", "stödgrupp", "chefsplan", "chefsgrupp"], 1e-5
    )
    heads, tails = counted(words, frozenset())
    assert set(heads) == {"stöd", "chefs"}
    assert set(tails) == {"plan", "grupp"}
    assert best_split("stödgrupp", heads, tails) == len("stöd")
    assert best_split("grupp", heads, tails) == 0


def test_packing_is_deterministic() -> None:
    one, other = ({"b": 1, "a": 2}, {"a": 2, "b": 1})
    assert files.packed(trie.packed(one)) == files.packed(trie.packed(other))


@given(
    st.dictionaries(st.text("abc", min_size=1, max_size=4), st.integers(1, 255)), st.text("abc", max_size=4)
)
def test_near_words_are_one_letter_away(words: dict[str, int], word: str) -> None:
    tree = trie.opened(files.unpacked(memoryview(files.packed(trie.packed(words)))))
    halves = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    near = {head + tail[1:] for head, tail in halves if tail}
    near |= {head + letter + tail for head, tail in halves for letter in "abc"}
    near |= {head + letter + tail[1:] for head, tail in halves if tail for letter in "abc"} - {word}
    assert set(tree.near(word)) == {number for other, number in words.items() if other in near}


LETTERS = st.text("abåäö-'é", min_size=1, max_size=5)


@given(st.dictionaries(LETTERS, st.integers(1, 255)), st.lists(LETTERS))
def test_a_tree_holds_the_words_put_in_and_no_others(words: dict[str, int], others: list[str]) -> None:
    sections = files.unpacked(memoryview(files.packed(trie.packed(words))))
    tree = trie.opened(sections)
    assert list(tree.words()) == sorted(words)
    assert all(tree.value(word) == number for word, number in words.items())
    assert all(tree.value(word) == words.get(word, 0) for word in others)
    for word in others:
        begun = [(at, words[word[:at]]) for at in range(1, len(word) + 1) if word[:at] in words]
        assert tree.beginnings(word) == begun
        assert list(tree.words(word)) == sorted(one for one in words if one.startswith(word))
        node = trie.ROOT
        for letter in word:
            node = tree.child(node, letter) if node >= 0 else trie.NONE
        assert node == tree.node(word)


def test_the_builder_is_not_loaded_at_run_time() -> None:
    code = "import sys, pipeline.lexicon, pipeline.clean; print('wordfreq' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
