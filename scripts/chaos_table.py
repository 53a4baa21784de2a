"""The figures of docs/faults.md, made from what `bench/chaos.py` counted."""

import json
from pathlib import Path

CHAOS = Path(__file__).resolve().parents[1] / "docs" / "chaos.json"
VICTIMS = {
    "run": "the run itself",
    "worker": "a worker",
    "reader": "a process that reads a page",
    "tesseract": "Tesseract",
}


def kills() -> str:
    """Who was killed how often, and what was missing in the end."""
    told = json.loads(CHAOS.read_text(encoding="utf-8"))
    lines = ["| killed with `kill -9` | times |", "| --- | --- |"]
    lines += [f"| {name} | {told['kills'][victim]} |" for victim, name in VICTIMS.items()]
    lines += [
        "",
        f"Over {told['documents']} documents, in {told['rounds']} rounds and {told['starts']} starts.",
        f"In the end {told['lost']} of {told['rows']} rows were lost and {told['doubled']} doubled, "
        f"{len(told['other'])} files had other",
        f"bytes than after an undisturbed run, and {told['left_running']} processes were left.",
    ]
    return "\n".join(lines)
