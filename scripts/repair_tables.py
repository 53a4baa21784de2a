"""Tables for docs/repair.md and the part of docs/benchmarks.md on repair, from what runs left behind."""

from typing import Any

from figure_tables import BENCH, ROOT, load, table

REPAIR = ROOT / "docs" / "repair.json"
GROUPS = {
    "dev": "our own pages, those worked with",
    "hold": "our own pages, kept for this figure",
    "corpus": "shared corpus",
    "made": "made by grammars, measured once",
}
FATES = ("fixed", "wrongly fixed", "left", "broken")
HEAD = ["text", "words", "wrong before", "wrong after", "cut", *FATES, "broken of 10 000"]


def ruined() -> str:
    """Word errors before and after, and what became of each word, for each collection."""
    found = load(REPAIR).get("ruined", {})
    rows = [_row(title, found[name]["all"]) for name, title in GROUPS.items() if name in found]
    return table(HEAD, rows, "make repair")


def faces() -> str:
    """The same for each typeface and kind of scan of the pages that were kept for it."""
    groups = load(REPAIR).get("ruined", {}).get("hold", {})
    rows = [_row(name, group) for name, group in sorted(groups.items()) if name != "all"]
    return table(HEAD, rows, "make repair")


def made() -> str:
    """The same for the documents that grammars made."""
    groups = load(REPAIR).get("ruined", {}).get("made", {})
    rows = [_row(name, group) for name, group in sorted(groups.items()) if name != "all"]
    return table(HEAD, rows, "make repair")


def letters() -> str:
    """How many of å, ä and ö came back, and how many of those that stand there should."""
    found = load(REPAIR).get("ruined", {}).get("hold", {}).get("all", {}).get("letters", {})
    rows = [
        [
            letter,
            str(count["true"]),
            str(count["read"]),
            str(count["right"]),
            f"{count['right'] / max(1, count['true']):.4f}",
            f"{count['right'] / max(1, count['read']):.4f}",
        ]
        for letter, count in found.items()
    ]
    return table(["letter", "true", "after repair", "right", "recall", "precision"], rows, "make repair")


def sound() -> str:
    """Words changed where nothing was to be changed."""
    rows = [
        [
            name,
            str(counts["words"]),
            str(counts.get("changes", 0)),
            f"{1e4 * counts.get('changes', 0) / counts['words']:.2f}",
        ]
        for name, counts in load(REPAIR).get("sound", {}).items()
    ]
    return table(["text", "words", "changed", "of 10 000"], rows, "make repair")


def confidence() -> str:
    """How often repairs of a confidence are right."""
    rows = [
        [
            f"{row['from']:.2f} to {row['to']:.2f}",
            f"{row['said']:.3f}",
            f"{row['right']:.3f}",
            str(row["repairs"]),
        ]
        for row in load(REPAIR).get("confidence", [])
    ]
    return table(["confidence", "mean", "share right", "repairs"], rows, "make repair")


def repairers() -> str:
    """What other repairers need and do on the same texts."""
    rows = [
        [
            f"{line['name']} {line['version']}",
            f"{line['start_seconds']:.2f}",
            _thousands(line["damaged_per_second"]),
            _thousands(line["sound_per_second"]),
            f"{line['peak_mb']:.0f}",
            f"{100 * (1 - line['after'] / max(1, line['before'])):.1f} %",
            *(str(line[name]) for name in ("fixed", "wrongly_fixed", "left", "broken")),
            f"{1e4 * line['changed'] / line['sound_words']:.1f}",
        ]
        for line in load(BENCH).get("repair", [])
    ]
    head = ["by what", "start s", "damaged words/s", "sound words/s", "peak MB", "errors cut", *FATES]
    return table([*head, "sound words changed of 10 000"], rows, "make bench")


def _row(title: str, group: dict[str, Any]) -> list[str]:
    counts = [str(group.get(name, 0)) for name in ("words", "before", "after")]
    fates = [str(group.get(name, 0)) for name in FATES]
    return [title, *counts, f"{100 * group['cut']:.1f} %", *fates, f"{group['broken_per_10k']:.1f}"]


def _thousands(number: int) -> str:
    return f"{number:,}".replace(",", " ")
