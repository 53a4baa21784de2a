"""Laws of the cleaner, on text that hypothesis makes up of words, debris, signs and broken structure."""

import re
from itertools import pairwise
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.clean import RULES, clean_document
from pipeline.lexicon import known
from pipeline.model import Cleaned, Page
from pipeline.offsets import apply

PARTS = (Path(__file__).parent / "cases" / "debris.txt").read_text(encoding="utf-8").split()
GLUE = (" ", " ", " ", "\n", "\n\n", "\t", "-\n", "\u00ad\n", "\u00a0", "")
BROKEN = st.lists(st.tuples(st.sampled_from(PARTS), st.sampled_from(GLUE)), max_size=60).map(
    lambda pairs: "".join(part + glue for part, glue in pairs)
)
ANY = st.text(max_size=80)
DIGITS = re.compile(r"\d")
DIGIT_RULES = ("symbol:percent", "lone_one", "swedish", "mojibake:ftfy", "privacy")


def clean(*texts: str) -> tuple[Cleaned, ...]:
    return clean_document(tuple(Page(at + 1, text) for at, text in enumerate(texts)))


@settings(max_examples=150, deadline=None)
@given(st.one_of(BROKEN, ANY))
def test_cleaning_is_idempotent(text: str) -> None:
    (once,) = clean(text)
    (twice,) = clean(once.text)
    assert twice.passes == ()


@settings(max_examples=100, deadline=None)
@given(st.lists(st.one_of(BROKEN, ANY), max_size=3))
def test_passes_rebuild_every_page(texts: list[str]) -> None:
    for page, raw in zip(clean(*texts), texts, strict=True):
        text = raw
        for edits in page.passes:
            assert edits
            text = apply(text, edits)
        assert (page.page.text, page.text) == (raw, text)


@settings(max_examples=100, deadline=None)
@given(BROKEN)
def test_digits_change_only_inside_words_and_by_named_rules(text: str) -> None:
    (page,) = clean(text)
    for edit in (edit for edits in page.passes for edit in edits):
        before, after = DIGITS.findall(edit.old), DIGITS.findall(edit.new)
        if before != after:
            assert edit.rule in DIGIT_RULES
            assert edit.rule != "swedish" or any(map(str.isalpha, edit.old))


@settings(max_examples=100, deadline=None)
@given(BROKEN)
def test_no_known_word_becomes_an_unknown_one(text: str) -> None:
    (page,) = clean(text)
    for edit in (edit for edits in page.passes for edit in edits):
        if edit.rule == "swedish":
            assert not known(edit.old) or known(edit.new)
            assert edit.old.lower() != edit.new.lower()


@settings(max_examples=50, deadline=None)
@given(st.lists(BROKEN, min_size=1, max_size=3))
def test_rules_give_sorted_edits_that_do_not_overlap(texts: list[str]) -> None:
    for rule in RULES:
        for text, edits in zip(texts, rule(tuple(texts)), strict=True):
            assert all(text[edit.span.start : edit.span.end] == edit.old != edit.new for edit in edits)
            assert all(a.span.end <= b.span.start for a, b in pairwise(edits))
