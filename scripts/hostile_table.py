"""The figures of docs/faults.md about hostile files, made from what `bench/hostile.py` counted."""

import json
from pathlib import Path

HOSTILE = Path(__file__).resolve().parents[1] / "docs" / "hostile.json"
ORIGINALS = "broken and hostile files as they are"
MEGABYTE = 1_000_000


def outcome() -> str:
    """What the archive was made of, what became of it, and what was done that shouldn't be."""
    told = json.loads(HOSTILE.read_text(encoding="utf-8"))
    kinds = {ORIGINALS if kind == "originals" else f"copies: {kind}": n for kind, n in told["kinds"].items()}
    codes = ", ".join(f"{number} `{code}`" for code, number in told["codes"].items())
    rows = {
        "files": told["files"],
        **dict(sorted(kinds.items())),
        "exit status": told["exit_status"],
        "documents with rows": told["documents"],
        "files and pages that failed": codes,
        "files without an account": len(told["unaccounted"]),
        "most memory of a worker and what it started": f"{told['most_memory'] // MEGABYTE} MB "
        f"of {told['memory_limit'] // MEGABYTE}",
        "processes left": told["left_running"],
        "input files changed, files left elsewhere": len(told["changed"]),
        "files written beside output, page store and temporary folder": len(told["written_elsewhere"]),
        "sockets opened": len(told["sockets"]),
        "programs started": ", ".join(f"`{name}`" for name in told["programs"]),
        "personal numbers and words of documents in log and errors": len(told["leaks"]),
    }
    lines = [
        "| what | how many |",
        "| --- | --- |",
        *(f"| {name} | {value} |" for name, value in rows.items()),
    ]
    traced = told["calls_traced"]
    seen = (
        f"{traced:,} system calls were looked at (strace)." if traced else "System calls weren't looked at."
    )
    return "\n".join([*lines, "", seen.replace(",", " ")])
