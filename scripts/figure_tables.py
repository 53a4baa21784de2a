"""Tables for docs/figures.md, made from the figures that runs leave behind."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
FIGURES = ROOT / "docs" / "figures.json"
BENCH = ROOT / "docs" / "bench.json"
CONFIDENCE = ROOT / "docs" / "confidence.json"
ABLATIONS = ROOT / "docs" / "extraction.json"

VARIANTS = {
    "all": "all",
    "born": "born digital",
    "scan300": "clean scan, 300 dpi",
    "office200": "office scan, 200 dpi",
    "copy200": "shaded copy, 200 dpi",
    "fax": "fax",
    "bad150": "poor scan, 150 dpi",
    "sideways": "scan on its side",
    "badlayer": "scan with an English text layer",
    "engtext": "that layer's text alone",
    "tiff": "bilevel TIFF",
}


def facts() -> str:
    """How many rows of each table are right, and how many facts were found."""
    figures = load(FIGURES)
    names = [name.removesuffix(" f1") for name in figures if name.endswith(" f1")]
    rows = [
        [f"`{name}`", *(_share(figures[f"{name} {what}"]) for what in ("precision", "recall", "f1"))]
        for name in names
    ]
    made = table(["facts", "precision", "recall", "f1"], rows, "make score-save")
    counts = "{files} files, {missing} of them without a record, {personal number leaks} leaks."
    return f"{made}\n\n{counts.format_map(figures)}" if figures else made


def records() -> str:
    """How often a field of the record is exactly right."""
    figures = load(FIGURES)
    fields = [name.removeprefix("record ") for name in figures if name.startswith("record ")]
    rows = [[f"`{field}`", _share(figures[f"record {field}"])] for field in fields if field.islower()]
    return table(["field", "right"], rows, "make score-save")


def states() -> str:
    """Key facts and text, by the state that the paper is in."""
    figures = load(FIGURES)
    measures = ("cer", "wer_before_repair", "wer", "broken_per_10k_words")
    rows = [
        [
            VARIANTS.get(variant, variant),
            _share(figures[f"key facts {variant}"]),
            *(_share(figures[f"text {variant} {what}"]) for what in measures[:3]),
            f"{figures[f'text {variant} {measures[3]}']:.1f}",
        ]
        for variant in _variants(figures)
    ]
    return table(["state", "key facts", "cer", "wer before repair", "wer", "broken"], rows, "make score-save")


def confidences() -> str:
    """What confidences are worth on documents that nothing was fitted on."""
    found = load(CONFIDENCE)
    if not found:
        return table([], [], "make confidence")
    kinds = found["kinds"].items()
    rows = [[kind, str(of["rows"]), _share(of["right"]), _share(of["error"])] for kind, of in kinds]
    made = table(["kind", "rows", "right", "calibration error"], rows, "make confidence")
    facts, passed, right = found["facts"], found["passed"], found["passed right"]
    return (
        f"{made}\n\n{found['documents']} documents. Not sent to review: {passed} of {facts} key facts"
        f" ({_share(passed / facts)}), of which {right} are right ({_share(right / max(1, passed))});"
        f" {found['clear']} documents with nothing to review, all key facts right in {found['clear right']}."
    )


def ablations() -> str:
    """Facts with each part of the pipeline and without it."""
    head = ("documents", "key facts", "precision", "recall")
    rows = [
        [part, way, str(of["documents"]), *(_share(of[name]) for name in head[1:])]
        for part, ways in load(ABLATIONS).items()
        for way, of in ways.items()
    ]
    return table(["part", "by", *head], rows, "make confidence")


def costs() -> str:
    """What every contender needed, and as ratios to the first of its part."""
    rows = [
        [
            line["part"],
            f"{line['contender']} {line['version']}".strip(),
            str(line["pages"] or ""),
            *(f"{line[name]:.1f}" for name in ("seconds", "cpu")),
            f"{line['peak_mb']:.0f}",
            *(f"{line[name]:.2f}" for name in ("times", "cpu_times", "memory_times")),
        ]
        for line in load(BENCH).get("lines", [])
    ]
    head = [
        "part",
        "by what",
        "pages",
        "seconds",
        "processor s",
        "peak MB",
        "× time",
        "× processor",
        "× memory",
    ]
    made = table(head, rows, "make bench")
    machine = load(BENCH).get("machine")
    return f"{made}\n\n{machine['cores']} cores, {machine['system']}." if machine else made


def wrong_words() -> str:
    """The share of wrong words that each contender made of each kind of scan."""
    lines = [line for line in load(BENCH).get("lines", []) if line["errors"]]
    if not lines:
        return table([], [], "make bench")
    found = [variant for variant in (*VARIANTS, *sorted(lines[0]["errors"])) if variant in lines[0]["errors"]]
    rows = [
        [VARIANTS.get(variant, variant), *(f"{100 * line['errors'][variant]:.1f} %" for line in lines)]
        for variant in dict.fromkeys(found)
    ]
    return table(["scan", *(line["contender"] for line in lines)], rows, "make bench")


def _variants(figures: dict[str, Any]) -> list[str]:
    found = [name.removeprefix("key facts ") for name in figures if name.startswith("key facts ")]
    ordered = list(VARIANTS)
    return sorted(
        (variant for variant in found if f"text {variant} cer" in figures),
        key=lambda variant: (ordered.index(variant) if variant in ordered else len(ordered), variant),
    )


def load(path: Path) -> dict[str, Any]:
    """The figures of a file; none where no run has left it yet."""
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return found


def _share(value: float) -> str:
    return f"{value:.3f}"


def table(head: Sequence[str], rows: Sequence[Sequence[str]], command: str) -> str:
    if not rows:
        return f"Not measured yet: `{command}`."
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
