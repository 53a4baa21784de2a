"""Dots of lists by their shape."""

from dataclasses import replace
from itertools import pairwise

import pytest
from papers import pdf, picture

from pipeline.recognize import bullets, tesseract
from pipeline.sheet import Picture

LINES = ["Stöd kan ges till följande verksamheter:", "", "", "", "Ansökan lämnas till nämnden."]
ITEMS = ["öppna mötesplatser för unga", "läger och resor", "e är en bokstav"]


def page(mark):
    def draw(paper):
        for number, item in enumerate(ITEMS):
            y = 842 - 90 - 1.3 * 11 * (number + 1)
            mark(paper, 80, y)
            paper.drawString(92, y, item)

    return Picture(picture(pdf(LINES, draw=draw), dpi=300), 300)


def dot(paper, x, y):
    paper.circle(x, y + 3, 1.8, stroke=0, fill=1)


def dash(paper, x, y):
    paper.drawString(x, y, "–")


def letter(paper, x, y):
    paper.drawString(x, y, "e")


@pytest.mark.parametrize(("mark", "dots"), [(dot, True), (dash, False), (letter, False)])
def test_dots_are_told_by_their_shape(mark, dots):
    paper = page(mark)
    words = bullets.found(tesseract.words(paper, "swe"), paper)
    assert ([word.text for word in words].count("•") > 1) is dots
    for word, after in pairwise(words):
        if word.text == "•":
            assert after.text in {item.split()[0] for item in ITEMS}


def test_a_number_of_a_list_is_no_dot():
    paper = page(dot)
    numbered = [
        replace(after, text="1.") if before.text == "•" else before
        for before, after in zip(
            bullets.found(tesseract.words(paper, "swe"), paper), tesseract.words(paper, "swe"), strict=True
        )
    ]
    assert "1." in {token.text for token in numbered}
    assert bullets.found(numbered, paper) == numbered
