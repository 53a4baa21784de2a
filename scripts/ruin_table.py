"""The table of other ruin in docs/repair.md, made from what `bench/other_ruin.py` measured."""

import json
from pathlib import Path

RUIN = Path(__file__).resolve().parents[1] / "docs" / "ruin.json"
CORPORA = ("own", "statutes")


def kinds() -> str:
    """For each way of ruin the share of ruined words restored, and the right words broken in 10 000."""
    rows = json.loads(RUIN.read_text(encoding="utf-8"))
    lines = [
        "| ruin | own texts: ruined words | restored | broken per 10 000 "
        "| statutes: ruined words | restored | broken per 10 000 |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for row in rows:
        cells = [row["kind"]]
        for corpus in CORPORA:
            cells += [f"{row[f'{corpus}_ruined']:,}".replace(",", " "), f"{row[f'{corpus}_restored']:.1%}"]
            cells += [f"{row[f'{corpus}_broken_per_10_000']:.1f}"]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)
