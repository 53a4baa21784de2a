"""Tokens and entities: spaCy's offsets are ours, on any text."""

import re
from pathlib import Path

import pytest
from factories import reading
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import UsageError
from pipeline.extract import extract, nlp
from pipeline.extract.nlp import language, material, parsed
from pipeline.extract.outline import VEIL
from pipeline.model import CaseNumber, Person, Span
from pipeline.settings import Extraction


@settings(max_examples=60, deadline=None)
@given(st.text(st.sampled_from("abåÄ. \n\t-1§\f"), max_size=120), st.integers(0, 3))
def test_the_tokens_are_the_text(text: str, endless: int) -> None:
    text = (text + "7" * 250 + " ") * endless + text
    doc = parsed(text, language())
    assert doc.text == text
    for token in doc:
        assert text[token.idx : token.idx + len(token)] == token.text


def test_a_word_without_end_comes_to_an_end() -> None:
    parsed("1" * 400_000 + " Umeå kommun", language())


@pytest.mark.parametrize(
    ("text", "entities"),
    [
        ("Avtalet gäller mellan Umeå kommun och föreningen.", ["Umeå kommun"]),
        ("Borås Stad och Region Skåne är överens.", ["Borås Stad", "Region Skåne"]),
        ("Kommunen ligger vid en region utan namn.", []),
    ],
)
def test_public_bodies_of_the_register_are_entities(text: str, entities: list[str]) -> None:
    named = material(reading(text)).entities(Span(0, len(text)))
    assert [text[span.start : span.end] for span, label in named if label == "KOMMUN"] == entities


def test_a_pipeline_that_is_not_installed_is_named_and_not_fetched() -> None:
    with pytest.raises(UsageError, match="sv_core_news_xx is not installed"):
        language("sv_core_news_xx")


@settings(max_examples=60, deadline=None)
@given(st.text(st.sampled_from("ab1 \n\t|§å"), max_size=80), st.integers(0, 700))
def test_words_without_end_are_veiled_and_nothing_moves(text: str, length: int) -> None:
    written = f"{text} {'x7' * (length // 2)} {text}"
    found = material(reading(written))
    assert len(found.text) == len(written)
    assert all(a in (b, VEIL) for a, b in zip(found.text, written, strict=True))
    assert (VEIL in found.text) == any(len(run) >= 300 for run in re.split(r"[\s|]", written))


def test_facts_beside_a_word_without_end_are_found() -> None:
    found = extract(
        reading("Diarienummer: KN 2024/118\n" + "å" * 400_000 + "\nDatum 2024-05-02"), Extraction()
    )
    assert "KN 2024/118" in {str(f.value.number) for f in found if isinstance(f.value, CaseNumber)}


def test_the_model_that_comes_with_the_package_sees_whom_a_sentence_mentions() -> None:
    text = "Frågor om lokalen har tidigare besvarats av Torgny Almström på kontoret i Hagby.\n"
    names = {}
    for model in ("", "names"):
        found = extract(reading(text), Extraction(spacy_model=model))
        names[model] = [f.value.name for f in found if isinstance(f.value, Person)]
    assert names == {"": [], "names": ["Torgny Almström"]}


def test_the_model_is_small_enough_to_come_along_and_says_what_it_is() -> None:
    folder = Path(nlp.__file__).parent / "data" / "names"
    assert sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) < 12_000_000
    assert "CC BY 4.0" in (folder / "README.md").read_text(encoding="utf-8")
