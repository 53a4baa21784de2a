#!/usr/bin/env python3
"""Print two excerpts of a real run as Markdown, or put them in README.md.

    readme_excerpt.py [--write]        reads data/extracted, as make run leaves it

The excerpts stand in README.md between `<!-- excerpt -->` and `<!-- end -->`.
"""

import csv
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "data" / "extracted"
README = ROOT / "README.md"
BLOCK = re.compile(r"(<!-- excerpt -->\n).*?(<!-- end -->)", re.S)
ROWS = 6
WIDEST = 60  # characters of a cell; seven recipients in one would make the table unreadable

Row = Mapping[str, str]
DOCUMENTS = (
    "source_path document_type municipality counterparty period_start period_end amount_total_sek quality"
    " review_reasons"
)
AMOUNTS = "source_path amount_sek year frequency page raw confidence flags"


def main() -> None:
    documents = rows("documents")
    files = {row["doc_id"]: name(row["source_path"]) for row in documents}
    shown = [{**row, "source_path": files[row["doc_id"]]} for row in documents]
    money = [
        {**row, "source_path": files[row["doc_id"]]} for row in rows("amounts") if row["kind"] == "funding"
    ]
    text = "\n".join(
        [
            f"`documents.csv`, {min(ROWS, len(shown))} of {len(shown)} rows, some of the columns:",
            "",
            table(DOCUMENTS, spread(shown, lambda row: row["document_type"])),
            "",
            f"`amounts.csv`, {min(ROWS, len(money))} of its rows about funding, some of the columns:",
            "",
            table(AMOUNTS, spread(money, lambda row: row["doc_id"])),
        ]
    )
    if "--write" in sys.argv:
        readme = README.read_text(encoding="utf-8")
        README.write_text(BLOCK.sub(lambda m: f"{m[1]}\n{text}\n\n{m[2]}", readme), encoding="utf-8")
    else:
        print(text)


def rows(table: str) -> list[Row]:
    path = OUT / f"{table}.csv"
    if not path.exists():
        sys.exit(f"{path} is missing: run make run first")
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def name(source_path: str) -> str:
    return Path(source_path.split("|")[0]).name


def spread(found: Sequence[Row], kind: Callable[[Row], str]) -> list[Row]:
    """A few rows of as many kinds as there are, in the table's order."""
    turns: dict[str, int] = {}
    ranked = []
    for at, row in enumerate(found):
        turns[kind(row)] = turns.get(kind(row), -1) + 1
        ranked.append((turns[kind(row)], at, row))
    chosen = sorted(ranked, key=lambda entry: entry[:2])[:ROWS]
    return [row for _, _, row in sorted(chosen, key=lambda entry: entry[1])]


def table(columns: str, shown: Sequence[Row]) -> str:
    names = columns.split()
    lines = [["file" if column == "source_path" else column for column in names], ["---"] * len(names)]
    lines += [[cell(row[column]) for column in names] for row in shown]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def cell(text: str) -> str:
    text = " ".join(text.split())
    if len(text) > WIDEST:
        text = text[: WIDEST - 1].rstrip("| ") + "…"
    return text.replace("|", "\\|")


if __name__ == "__main__":
    main()
