#!/usr/bin/env python3
"""Rebuild the expected tables of the sample documents in tests/golden, and show what changed.

The tables hold what the rules make of data/raw with the Tesseract at hand. Read the difference as a
reviewer: each row that came or went is a claim about a document. Commit the files together with the change
that moved them.
"""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "build" / "golden"
GOLDEN = ROOT / "tests" / "golden"
FACTS = ["documents", "parties", "org_numbers", "periods", "amounts", "case_numbers", "decisions", "persons"]
ACROSS = ["chains", "errors"]


def main() -> None:
    shutil.rmtree(OUT, ignore_errors=True)  # pages are kept elsewhere
    namnd = Path(sys.executable).parent / "namnd"
    done = subprocess.run([namnd, "run", "data/raw", "-o", OUT], cwd=ROOT, check=False)
    if done.returncode > 1:
        sys.exit(done.returncode)
    GOLDEN.mkdir(exist_ok=True)
    for table in [*FACTS, *ACROSS]:
        shutil.copy(OUT / f"{table}.csv", GOLDEN)
    new = ["git", "ls-files", "--others", "--exclude-standard", "tests/golden"]
    subprocess.run(["git", "--no-pager", "diff", "--stat", "--", "tests/golden"], cwd=ROOT, check=True)
    subprocess.run(["git", "--no-pager", "diff", "-U0", "--", "tests/golden"], cwd=ROOT, check=True)
    if untracked := subprocess.run(new, cwd=ROOT, capture_output=True, text=True, check=True).stdout:
        print(f"New, to be committed:\n{untracked}")


if __name__ == "__main__":
    main()
