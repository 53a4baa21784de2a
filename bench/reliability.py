"""What confidences are worth: calibration error, bands, and what passes without review."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from quality_fit import calibration_error

BANDS = (0.0, 0.2, 0.4, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 1.01)


class Share(NamedTuple):
    """A stated confidence, and whether the fact is right."""

    stated: float
    right: bool


PARTIES = ("public_party", "counterparty")
NUMBERS = ("public_org_number", "counterparty_org_number")
PERIOD = ("period_start", "period_end")
TOTAL = ("amount_total_sek",)
# What a reason for review casts doubt on; one that isn't here, on everything.
DOUBTED = {
    "party_missing": (*PARTIES, *NUMBERS),
    "name_conflict": PARTIES,
    "org_number_invalid": NUMBERS,
    "org_number_conflict": NUMBERS,
    "period_conflict": PERIOD,
    "period_missing": PERIOD,
    "amount_conflict": TOTAL,
    "amount_missing": TOTAL,
    "sum_mismatch": TOTAL,
}


@dataclass(frozen=True)
class Judged:
    """A document's rows by kind and key fields, each with its confidence and truth.

    `reasons` are those to review it that don't come from confidences.
    """

    file: str
    rows: tuple[tuple[str, Share], ...]
    fields: dict[str, Share]
    reasons: tuple[str, ...] = ()

    @property
    def undoubted(self) -> list[str]:
        """The fields that no reason casts doubt on."""
        doubted = {field for reason in self.reasons for field in DOUBTED.get(reason, tuple(self.fields))}
        return [field for field in self.fields if field not in doubted]

    def passed(self, threshold: float) -> list[Share]:
        """The key facts that aren't sent to review."""
        return [self.fields[name] for name in self.undoubted if self.fields[name].stated >= threshold]

    def reviewed(self, threshold: float) -> bool:
        return len(self.passed(threshold)) < len(self.fields)


def figures(documents: Sequence[Judged], threshold: float) -> dict[str, Any]:
    """All figures of a set of documents."""
    rows: dict[str, list[Share]] = defaultdict(list)
    for document in documents:
        for kind, share in document.rows:
            rows[kind].append(share)
    rows["key field"] = [share for document in documents for share in document.fields.values()]
    passed = [share.right for document in documents for share in document.passed(threshold)]
    clear = [one for one in documents if not one.reviewed(threshold)]
    return {
        "documents": len(documents),
        "right": sum(all(share.right for share in one.fields.values()) for one in documents),
        "kinds": {
            kind: {"rows": len(shares), "right": mean(s.right for s in shares), "error": error(shares)}
            for kind, shares in sorted(rows.items())
        },
        "bands": {kind: bands(shares) for kind, shares in sorted(rows.items())},
        "threshold": threshold,
        "facts": len(rows["key field"]),
        "passed": len(passed),
        "passed right": sum(passed),
        "clear": len(clear),
        "clear right": sum(all(share.right for share in one.fields.values()) for one in clear),
        "reasons": sum(bool(one.reasons) for one in documents),
    }


def error(shares: Sequence[Share]) -> float:
    """The expected calibration error: ten bins of equal width, each weighted by its rows."""
    return calibration_error([s.stated for s in shares], [s.right for s in shares], bins=10)


def bands(shares: Sequence[Share]) -> list[tuple[float, float, int, float, float]]:
    """Bounds, rows, mean stated and share right of each band that has rows."""
    found = []
    for low, high in pairwise(BANDS):
        inside = [s for s in shares if low <= s.stated < high]
        if inside:
            found.append(
                (low, high, len(inside), mean(s.stated for s in inside), mean(s.right for s in inside))
            )
    return found


def told(figures: dict[str, Any]) -> str:
    """The figures as lines to read."""
    lines = [f"{figures['documents']} documents, all key facts right in {figures['right']}"]
    lines += [
        f"{kind:12s} {of['rows']:6d} rows {of['right']:.3f} right, calibration error {of['error']:.4f}"
        for kind, of in figures["kinds"].items()
    ]
    lines += [
        f"key field {low:.2f}-{high:.2f} {count:6d} stated {stated:.3f} right {true:.3f}"
        for low, high, count, stated, true in figures["bands"]["key field"]
    ]
    passed, right = figures["passed"], figures["passed right"]
    lines += [
        f"not sent to review at {figures['threshold']:.3f}: {passed}/{figures['facts']} key facts"
        f" ({passed / figures['facts']:.3f}), {right} right ({right / max(1, passed):.4f})",
        f"documents not sent to review: {figures['clear']} of {figures['documents']}, all key facts right in"
        f" {figures['clear right']}; {figures['reasons']} have reasons beside their confidences",
    ]
    return "\n".join(lines)


def plot(figures: dict[str, Any], path: Path) -> None:
    """Stated confidence against the share that was right, by kind; a dot's area grows with its rows."""
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams.update({"svg.hashsalt": "confidence", "svg.fonttype": "none", "font.size": 8})
    from matplotlib import pyplot

    kinds = figures["bands"]
    drawing, panels = pyplot.subplots(2, 4, figsize=(10, 5), sharex=True, sharey=True)
    for panel, (kind, found) in zip(panels.flat, kinds.items(), strict=True):
        panel.plot((0, 1), (0, 1), color="0.8", zorder=0)
        panel.scatter(
            [stated for *_, stated, _ in found],
            [true for *_, true in found],
            s=[4 * rows**0.5 for _, _, rows, _, _ in found],
        )
        panel.set_title(f"{kind} ({figures['kinds'][kind]['rows']} rows)")
    drawing.supxlabel("stated confidence")
    drawing.supylabel("share right")
    drawing.tight_layout()
    drawing.savefig(path, metadata={"Date": None})
    pyplot.close(drawing)


def mean(values: Iterable[float]) -> float:
    found = [float(value) for value in values]
    return sum(found) / max(1, len(found))
