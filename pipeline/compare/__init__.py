"""How right is a text, given the true one? Rates are always told with their counts.

`compare(truth, text, before)` counts wrong characters and words, å, ä and ö one by one, what is taken for
what, and, where the text was repaired, what the repair mended and what it broke. Truth never meets the
pipeline itself: that judges its pages without any, in `audit/`.
"""

from pipeline.compare.files import compared, pairs
from pipeline.compare.score import Comparison, compare

__all__ = ["Comparison", "compare", "compared", "pairs"]
