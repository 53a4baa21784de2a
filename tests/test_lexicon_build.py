"""How the lexicon is made: its texts, classes of words, inflection, and the same bytes each time."""

import lzma
import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from pipeline.lexicon import format as files
from pipeline.lexicon import own, statutes, trie
from pipeline.lexicon.book import prose
from pipeline.lexicon.build import domain_words
from pipeline.lexicon.classes import by_ending, clustered
from pipeline.lexicon.inflections import completed, listed, paradigms

LAW = """=== 1872/gammal
Rätten äro öppen.
=== 1999/ny
Nämnden ska pröva ansökan. Nämnden ska besluta. Nämnden får bevilja bidrag till föreningen.
The parties shall inform each other about all decisions that they have taken.
=== {kept}
Kaninerna ska vaccineras.
"""
NEWS = "Goran\tPER\nPerlström\tPER\nkom\t0\ntill\t0\nTrosa\tLOC\n.\t0\n\nHon 0\ngick 0\n. 0\n"
BUILD = """
import sys
from pathlib import Path
from pipeline.lexicon.build import built
words = {"nämnden": 1e-4, "namnden": 1e-6, "på": 1e-2, "pa": 1e-5, "far": 1e-4, "xq": 1e-6, "bidrag": 1e-4,
         "göran": 1e-5, "goran": 1e-8}
built(*map(Path, sys.argv[1:4]), words, Path(sys.argv[4]))
"""
BOOK = """<html><head><title>Om kaniner</title></head><body><h1>Om kaniner</h1>
<p>N&auml;r <i>kaninen</i> kom hem sa den att
gr&auml;set var gr&ouml;nt.<p>N&auml;r kaninen kom hem sa den att gr&auml;set var gr&ouml;nt.
<pre>for (;;) { kör(); går(); }</pre><p>The rabbit said that the grass was green.<p>Å nej!</body></html>"""


def kept_name() -> str:
    return next(name for name in (f"2001/lag-{n}" for n in range(1000)) if statutes.is_kept_out(name))


@pytest.fixture
def sources(tmp_path: Path) -> tuple[Path, Path, Path]:
    law, news, book = tmp_path / "law.txt.xz", tmp_path / "news.tsv.xz", tmp_path / "book.html"
    book.write_text(BOOK, encoding="latin-1")
    law.write_bytes(lzma.compress(LAW.format(kept=kept_name()).encode()))
    news.write_bytes(lzma.compress(NEWS.encode()))
    return law, news, book


def test_what_is_kept_out_is_not_counted(sources: tuple[Path, Path, Path]) -> None:
    counted = " ".join(line for _, line in statutes.paragraphs(sources[0]))
    assert "Nämnden ska" in counted
    assert "Kaninerna" not in counted
    assert "parties" not in counted  # a treaty's English
    assert statutes.kept_out_texts(sources[0]) == {kept_name(): "Kaninerna ska vaccineras.\n"}


@pytest.mark.parametrize("year", range(1900, 1950, 7))
def test_old_statutes_are_never_kept_out(year: int) -> None:
    assert not any(statutes.is_kept_out(f"{year}/{number}") for number in range(200))


def test_news_are_sentences_whatever_parts_word_and_tag(sources: tuple[Path, Path, Path]) -> None:
    first, second = statutes.news(sources[1])
    assert first[:2] == (("Goran", "PER"), ("Perlström", "PER"))
    assert [word for word, _ in second] == ["Hon", "gick", "."]


def test_of_a_book_each_swedish_paragraph_counts_once(sources: tuple[Path, Path, Path]) -> None:
    assert list(prose(sources[2])) == ["När kaninen kom hem sa den att gräset var grönt."]


def test_the_same_sources_give_the_same_bytes_in_any_process(
    sources: tuple[Path, Path, Path], tmp_path: Path
) -> None:
    made = []
    for seed in ("1", "2"):
        folder = tmp_path / seed
        folder.mkdir()
        command = [sys.executable, "-c", BUILD, *map(str, sources), str(folder)]
        subprocess.run(
            command, check=True, env={**os.environ, "PYTHONHASHSEED": seed}, stdout=subprocess.DEVNULL
        )
        made.append({path.name: path.read_bytes() for path in sorted(folder.iterdir())})
    assert made[0] == made[1]
    words = trie.opened(files.unpacked(memoryview(made[0]["words.bin"])))
    for word in ("nämnden", "på", "far", "tjänsteskrivelserna", "perlström", "göran", "cederlöf", "ån"):
        assert words.value(word), word
    for word in ("namnden", "pa", "goran", "xq", "kaninerna"):
        assert not words.value(word), word
    shadows = trie.opened(files.unpacked(memoryview(made[0]["shadows.bin"])))
    assert list(shadows.words()) == ["namnden"]


def test_words_used_alike_share_a_class() -> None:
    sentences = [
        f"{article} {noun} {verb}"
        for article in ("en", "ingen")
        for noun in ("nämnd", "lag", "stad")
        for verb in ("beslutar", "betalar")
    ]
    pairs: dict[tuple[str, str], int] = {}
    for sentence in sentences:
        for pair in pairwise(["^", *sentence.split(), "^"]):
            pairs[pair] = pairs.get(pair, 0) + 5
    words = ["^", "en", "ingen", "nämnd", "lag", "stad", "beslutar", "betalar"]
    classes = dict(zip(words, clustered(words, pairs, 1, 4, 8), strict=True))
    assert classes["^"] == 0
    assert classes["nämnd"] == classes["lag"] == classes["stad"]
    assert classes["beslutar"] == classes["betalar"] != classes["nämnd"]
    assert classes["en"] == classes["ingen"] != classes["nämnd"]


def test_an_ending_has_the_class_of_most_words_that_end_so() -> None:
    classes = {"hyrorna": 1, "avgifterna": 1, "stadgorna": 1, "borna": 2}
    endings = by_ending(classes)
    assert endings["rna"] == 1
    assert "garna" not in endings  # one word shows nothing


@pytest.mark.parametrize(
    ("paradigm", "base", "some"),
    [
        ("er", "nämnd", {"nämnden", "nämndernas"}),
        ("are", "handläggare", {"handläggaren", "handläggarna"}),
        ("or", "bilaga", {"bilagan", "bilagorna"}),
        ("el", "nyckel", {"nyckeln", "nycklarna"}),
        ("um", "centrum", {"centret", "centrerna"}),
        ("verb-ar", "besluta", {"beslutade", "beslutats", "beslutande"}),
        ("adj-ad", "beviljad", {"beviljat", "beviljade"}),
        ("ett-m", "program", {"programmet", "programmen"}),
    ],
)
def test_paradigms(paradigm: str, base: str, some: set[str]) -> None:
    forms = paradigms()[paradigm].forms(base)
    assert forms[0] == base
    assert some <= set(forms)


def test_every_listed_stem_fits_its_paradigm() -> None:
    assert all(form and form == form.strip().lower() for form in [*listed(), *domain_words()])


def test_a_word_seen_in_many_forms_has_the_others_too() -> None:
    seen = dict.fromkeys(["prövare", "prövaren", "prövarens", "prövares", "prövarna"], 1e-6)
    assert set(completed(seen)) == {"prövarnas"}
    assert not completed(dict.fromkeys(["prövare", "prövaren"], 1e-6))


def test_lists_of_short_words_and_names() -> None:
    assert all(len(word) <= 3 for word in own.short_words())
    assert {"åsa", "åsas", "cederlöf"} <= {*own.given_names(), *own.two_part_surnames()}
    assert "lars" in own.given_names()
    assert "larss" not in own.given_names()
