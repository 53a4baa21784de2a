#!/usr/bin/env python3
"""Score the pipeline on the development corpus, and show what a change gained and lost.

    score.py FOLDER [--save] [--fresh]

FOLDER holds corpus/ (files with gold facts) and tools/score.py. The run's tables go to build/score, the run
before to build/score.before. Prints the scorer's report, the figures that moved since docs/figures.json,
and the rows that came and went since the last run here. --save keeps the figures in docs/figures.json;
--fresh forgets the run before.
"""

import argparse
import csv
import json
import shutil
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "build" / "score"
BEFORE = ROOT / "build" / "score.before"
FIGURES = ROOT / "docs" / "figures.json"

# What a row says, apart from where it stands and how sure we are.
FACTS = {
    "documents": "document_type municipality board case_number public_party public_org_number counterparty"
    " counterparty_org_number period_start period_end amount_total_sek review_reasons",
    "parties": "role name org_number",
    "org_numbers": "org_number kind valid",
    "periods": "kind start end",
    "amounts": "kind amount_sek year frequency",
    "case_numbers": "case_number own",
    "decisions": "number status text",
    "persons": "name function",
}


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--save", action="store_true")
    parser.add_argument("--fresh", action="store_true")
    args = parser.parse_args()
    corpus, scorer = args.folder / "corpus", args.folder / "tools" / "score.py"
    if not (corpus / "files").is_dir() or not scorer.is_file():
        print(
            f"No development corpus in {args.folder.resolve()}: it needs corpus/ and tools/score.py.\n"
            "Name its folder: make score CORPUS=/path/to/folder. Everything else works without it.",
            file=sys.stderr,
        )
        return 1
    keep_run_before(args.fresh)
    seconds = run(corpus / "files")
    report = OUT.with_suffix(".json")
    subprocess.run([sys.executable, scorer, corpus, OUT, "--json", report], check=True)
    figures = chosen(json.loads(report.read_text(encoding="utf-8")))
    print(f"\nThe run took {seconds:.0f} s.")
    known = json.loads(FIGURES.read_text(encoding="utf-8")) if FIGURES.exists() else {}
    print_moves(known, figures)
    print_rows_gained_and_lost()
    if args.save:
        FIGURES.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        print(f"\nKept in {FIGURES.relative_to(ROOT)}.")
    return 0


def keep_run_before(fresh: bool) -> None:
    shutil.rmtree(BEFORE, ignore_errors=True)
    if OUT.exists() and not fresh:
        OUT.rename(BEFORE)
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.parent.mkdir(exist_ok=True)


def run(files: Path) -> float:
    """Status 1 means that a document failed, which the scorer counts; anything above is ours."""
    began = time.monotonic()
    done = subprocess.run([Path(sys.executable).parent / "namnd", "run", files, "-o", OUT], check=False)
    if done.returncode > 1:
        sys.exit(done.returncode)
    return time.monotonic() - began


def chosen(report: dict[str, Any]) -> dict[str, float]:
    """The figures that we follow, by a flat name; all are shares but the counts of files and leaks."""
    figures: dict[str, float] = {"files": report["files"], "missing": len(report["missing"])}
    figures["personal number leaks"] = len(report["leaks"])
    for table, cells in report["tables"]["all"].items():
        for measure in ("precision", "recall", "f1"):
            figures[f"{table} {measure}"] = cells[measure]
    for name, share in report["record"]["all"].items():
        figures[f"record {name}"] = share
    for variant, shares in report["record"].items():
        figures[f"key facts {variant}"] = shares["KEY FACTS ALL RIGHT"]
    for variant, text in report["text"].items():
        for measure in ("cer", "wer_before_repair", "wer", "broken_per_10k_words"):
            figures[f"text {variant} {measure}"] = text[measure]
    for name, value in report.get("quality_estimate", {}).items():
        figures[f"quality estimate {name}"] = value
    return figures


def print_moves(known: dict[str, float], figures: dict[str, float]) -> None:
    if not known:
        print("\nNo docs/figures.json to compare with: make score-save writes it.")
        return
    moved = {name: (known.get(name), value) for name, value in figures.items() if known.get(name) != value}
    print(f"\nSince docs/figures.json: {len(moved)} of {len(figures)} figures moved.")
    for name, (old, new) in moved.items():
        print(
            f"  {name:34} "
            + (f"{old:9.4f} -> {new:9.4f}  {new - old:+.4f}" if old is not None else f"{new:9.4f}  (new)")
        )


def print_rows_gained_and_lost() -> None:
    if not BEFORE.exists():
        print("\nNo run before to compare rows with; the next run compares with this one.")
        return
    old, new = rows(BEFORE), rows(OUT)
    gained, lost = new - old, old - new
    print(f"\nSince the last run: {gained.total()} rows gained, {lost.total()} lost.")
    changes = [(row, "+") for row in gained.elements()] + [(row, "-") for row in lost.elements()]
    for (file, table, *facts), sign in sorted(changes):
        print(f"{sign} {file}  {table}: {' | '.join(facts)}")


def rows(folder: Path) -> Counter[tuple[str, ...]]:
    """Each row as (file, table, fact, fact...); a record as one such row for each field that has a value."""
    names: dict[str, str] = {}
    found: Counter[tuple[str, ...]] = Counter()
    for table, columns in FACTS.items():
        path = folder / f"{table}.csv"
        if not path.exists():
            continue
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                facts = [(column, row[column]) for column in columns.split()]
                if table == "documents":
                    names[row["doc_id"]] = file_name = Path(row["source_path"].split("|")[0]).name
                    found.update((file_name, f"record.{column}", value) for column, value in facts if value)
                else:
                    said = (value for _, value in facts)
                    found[(names.get(row["doc_id"], row["doc_id"]), table, *said)] += 1
    return found


if __name__ == "__main__":
    sys.exit(main())
