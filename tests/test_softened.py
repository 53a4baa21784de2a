"""Pages that read poorly are read twice."""

import numpy as np
import pytest
from papers import PROSE, pdf, picture
from rapidfuzz import fuzz

from pipeline.lexicon import known
from pipeline.model import Box
from pipeline.recognize import evidence, softened, tesseract
from pipeline.recognize.fuse import text_of
from pipeline.sheet import Picture, Token


def words(*read):
    return [Token(text, Box(72, 90, 110, 100), 11, 100, sure) for text, sure in read]


@pytest.mark.parametrize(
    ("one", "other", "better"),
    [
        ([("nämaden", 0.6)], [("nämnden", 0.5)], True),
        ([("nämnden", 0.5)], [("nämaden", 0.6)], False),
        ([("nämnden", 0.5)], [("nämnd", 0.52)], False),
        ([("2023-12-31", 0.6)], [("2023-12-81", 0.5)], False),
        ([("kommun", 0.7), ("styrelsen", 0.7)], [("kommunstyrelsen", 0.9)], True),
        ([("rn", 0.4)], [], False),
        ([], [("beslutar", 0.7)], True),
        ([], [("besiutar", 0.9)], False),
        ([], [("1", 0.4)], False),
        ([], [("450", 0.95)], True),
    ],
)
def test_readings_are_weighed_by_confidence_and_lexicon(one, other, better):
    assert evidence.better(known)(words(*one), words(*other)) is better


def ragged(pixels, amount=85, seed=2):
    """As a bad fax: noise, then black and white alone."""
    noise = np.random.default_rng(seed).normal(0, amount, pixels.shape)
    return np.where(pixels + noise > 110, 255, 0).astype(np.uint8)


def test_a_ragged_page_reads_better_when_it_is_softened():
    paper = Picture(ragged(picture(pdf(PROSE * 2), dpi=300)), 300)
    first = tesseract.words(paper, "swe")
    fused = softened.reread(first, paper, lambda soft: tesseract.words(soft, "swe"), known)
    before, after = (fuzz.ratio(text_of(tokens), " ".join(PROSE * 2)) for tokens in (first, fused))
    assert after > 97
    assert after > before + 1


def test_a_page_that_reads_well_is_read_once():
    tokens = words(("Beslut", 0.95))
    blank = Picture(np.full((9, 9), 255, np.uint8), 300)
    assert softened.reread(tokens, blank, lambda soft: pytest.fail("read"), known) is tokens


def test_where_nothing_was_read_the_softened_page_is_all_there_is():
    blank = Picture(np.full((9, 9), 255, np.uint8), 300)
    tokens = words(("Beslut", 0.5))
    assert softened.reread([], blank, lambda soft: tokens, known) == tokens
