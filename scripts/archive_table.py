"""What `bench/archive.py` and `bench/cluster.py` have seen, for docs/faults.md and docs/scale.md."""

import json
from pathlib import Path
from typing import Any

DOCS = Path(__file__).resolve().parents[1] / "docs"


def costs() -> str:
    """What archives of several sizes cost, and a PDF of thousands of pages."""
    told = json.loads((DOCS / "archive.json").read_text(encoding="utf-8"))
    head = (
        *("archive", "processor s", "seconds", "first stretch", "last stretch"),
        *("parent, first", "parent, last", "parent, peak", "tables or facts", "run again"),
    )
    rows = [_row(f"{one['documents']:,} texts".replace(",", " "), one, "tables") for one in told["texts"]]
    if pdf := told.get("pdf"):
        rows.append(_row(f"a PDF of {pdf['pages']:,} pages".replace(",", " "), pdf, "finish"))
    lines = [head, tuple("---" for _ in head), *rows]
    text = "\n".join("| " + " | ".join(line) + " |" for line in lines)
    if pdf:
        text += (
            f"\n\nThe least busy of {told['workers']} workers did {pdf['least_busy_worker']:.0%} of an even "
            "share of the PDF's pages."
        )
    if scans := told.get("scans"):
        text += (
            f" Of a PDF of {scans['pages']:,} scans".replace(",", " ")
            + f", the first pages took {scans['first_cpu']:.2f} s of processor time each, the last "
            f"{scans['last_cpu']:.2f} s."
        )
    return text


def _row(name: str, one: dict[str, Any], end: str) -> tuple[str, ...]:
    return (
        name,
        f"{one['cpu']:.0f}",
        f"{one['seconds']:.0f}",
        f"{one['stretch']}: {one['first_cpu']:.1f} s ({one['first_seconds']:.1f} s)",
        f"{one['last_cpu']:.1f} s ({one['last_seconds']:.1f} s)",
        *(f"{one[f'parent_{when}_mb']:.0f} MB" for when in ("first", "last", "peak")),
        f"{one[f'{end}_cpu']:.1f} s ({one[f'{end}_seconds']:.1f} s)",
        f"{one['again_cpu']:.1f} s ({one['again_seconds']:.1f} s, {one['again_share']:.1%})",
    )


def workers() -> str:
    """Two workers of a cluster against one."""
    told = json.loads((DOCS / "cluster.json").read_text(encoding="utf-8"))
    names = {"scans": "scans", "texts": "pages with text"}
    lines = ["| pages | one worker | two workers | times | processor s a page |", "| --- " * 5 + "|"]
    for kind, name in names.items():
        if one := told.get(kind):
            rate, cpu = one["pages_per_second"], one["cpu_per_page"]
            lines.append(
                f"| {one['pages']} {name} | {rate['1']:.2f} pages/s | {rate['2']:.2f} pages/s "
                f"| {one['times']:.2f} | {cpu['1']:.3f}, {cpu['2']:.3f} |"
            )
    return "\n".join(lines)
