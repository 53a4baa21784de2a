"""The curve that turns a rule's own figure into the chance that its repair is right."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from pipeline.clean.confidence import along, calibrated, curves

POINTS = ((0.2, 0.3), (0.6, 0.5), (0.9, 0.95))
SHARE = st.floats(0, 1)


def test_between_points_straight_and_beyond_them_level() -> None:
    heights = [along(POINTS, raw) for raw in (0.0, 0.2, 0.4, 0.6, 0.9, 1.0)]
    assert [round(height, 3) for height in heights] == [0.3, 0.3, 0.4, 0.5, 0.95, 0.95]


def test_a_rule_without_a_curve_keeps_its_figure() -> None:
    assert calibrated(0.77123, "no such rule") == 0.77123


@given(SHARE, SHARE)
def test_a_surer_repair_is_never_less_likely_right(one: float, other: float) -> None:
    for rule in curves():
        assert calibrated(min(one, other), rule) <= calibrated(max(one, other), rule)


def testcurves_rise_and_are_chances() -> None:
    for points in curves().values():
        assert all(a[0] < b[0] and a[1] <= b[1] for a, b in pairwise(points))
        assert all(0 <= height <= 1 for _, height in points)
