"""Dirt on the glass of a sheet feeder draws lines down the page; the print below them is read still."""

import cv2
import numpy as np
import pytest
from papers import pdf, picture, put, scanned, tilted

from pipeline import read
from pipeline.recognize import recognize, streaks
from pipeline.settings import Recognition
from pipeline.sheet import Picture

PLACES = ["Ekeby", "Norrsele", "Stora", "Hult", "Vik", "Sävsjön", "Hagaberg", "Lillån", "Åkersbro"]
LINES = [
    f"Föreningen i {place} beviljas {10 + n}4 500 kronor om året för kaféet vid sjön."
    for n, place in enumerate(PLACES * 4)
]
DPI = 200


def page():
    return picture(pdf(LINES), dpi=DPI).astype(np.uint8)


def streaked(pixels, *places, shade=90.0, through=0.4, wide=2):
    dirty = pixels.astype(np.float32)
    for x in places:
        dirty[:, x : x + wide] = dirty[:, x : x + wide] * through + shade * (1 - through)
    return np.clip(dirty, 0, 255).astype(np.uint8)


@pytest.mark.parametrize("shade", [0, 90, 180])
def test_the_print_below_a_streak_comes_back(shade):
    clean = page()
    back = streaks.wiped(Picture(streaked(clean, 300, 423, 611, shade=shade), DPI)).pixels
    assert np.abs(back.astype(int) - clean).mean() < 0.05
    assert cv2.absdiff(back, clean).max() < 60


def test_a_streak_that_hides_all_takes_the_shade_of_both_sides():
    clean = page()
    back = streaks.wiped(Picture(streaked(clean, 423, through=0.0), DPI)).pixels
    assert np.abs(back[:, 423:425].astype(int) - clean[:, 423:425]).mean() < 12


def drawn(x0, y0, x1, y1):
    ruled = page()
    cv2.line(ruled, (x0, y0), (x1, y1), 0, 2)
    return ruled


@pytest.mark.parametrize(
    "pixels",
    [
        page(),
        drawn(300, 200, 300, 2100),  # a table's rule ends before the sheet does
        tilted(drawn(300, 0, 300, 2338), 0.6),  # a fold isn't straight
        streaked(page(), 300, wide=40),  # a dark field
        streaked(page(), 1),  # the edge of the sheet
        np.full((90, 60), 255, np.uint8),
    ],
)
def test_what_is_no_streak_stays(pixels):
    before = Picture(pixels, DPI)
    assert streaks.wiped(before) is before


def test_a_streaked_scan_is_read_whole(tmp_path):
    dirty = streaked(page(), 250, 331, 402, 517, wide=3)
    sources, _ = read.discover([put(tmp_path, "a.pdf", scanned(dirty, DPI))], 10**9)
    text = recognize(read.sheet(sources[0], 1, Recognition()), 1, Recognition()).text
    assert [line for line in text.splitlines() if line] == LINES
