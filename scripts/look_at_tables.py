#!/usr/bin/env python3
"""Look at a finished run as a stranger would: tables, columns, a row per document, nobody's personal number.

    look_at_tables.py [INPUT] [OUT]        default: data/raw data/extracted

Reads the files alone and knows nothing of the pipeline, so that it can contradict it. Exit status 1 with a
list of what is wrong, else a summary.
"""

import csv
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

PLACE = "page x0 y0 x1 y1 char_start char_end"
TRUST = "confidence rule flags"
CONTRACT = {
    "documents": "doc_id source_path media_type pages text_source document_type title municipality board"
    " case_number document_date public_party public_org_number counterparty counterparty_org_number"
    " period_start period_end amount_total_sek quality needs_review review_reasons",
    "pages": "doc_id page text_source width_pt height_pt dpi rotation words mean_word_confidence"
    " lexicon_rate repaired_words quality seconds flags",
    "parties": "doc_id role name canonical_name org_number org_number_valid address contact"
    f" {PLACE} raw {TRUST}",
    "org_numbers": f"doc_id org_number kind valid party_name {PLACE} raw {TRUST}",
    "periods": f"doc_id kind start end precision {PLACE} raw {TRUST}",
    "amounts": f"doc_id kind amount_sek year frequency payer payee {PLACE} raw {TRUST}",
    "case_numbers": f"doc_id case_number own {PLACE} raw {TRUST}",
    "decisions": f"doc_id number status text {PLACE} {TRUST}",
    "persons": f"doc_id name title organisation function {PLACE} raw {TRUST}",
    "repairs": "doc_id page char_start char_end original repaired method confidence",
    "chains": "chain_id position doc_id counterparty_org_number public_org_number period_start period_end"
    " amount_total_sek links gap_days",
    "errors": "source_path doc_id page stage code message",
}
INPUTS = {".pdf", ".tif", ".tiff", ".png", ".jpg", ".jpeg", ".txt", ".md"}

# Year, month 01-12, day 01-31 or 61-91 (samordningsnummer), and four digits in clear.
PERSONAL = re.compile(
    r"(?<![\w.])(?:19|20)?(\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01]|[6-8]\d|9[01]))[-+–—]?(\d{4})(?![\w.]\d|\w)"
)


def main(inputs: Path, out: Path) -> int:
    tables, problems = read_tables(out)
    if not problems:
        problems += missing_documents(inputs, tables)
        problems += dangling_documents(tables)
        problems += missing_texts(out, tables)
        problems += undescribed(out)
    problems += personal_numbers(out)
    for problem in problems:
        print(f"WRONG  {problem}")
    if not problems:
        summary(tables)
    return 1 if problems else 0


def read_tables(out: Path) -> tuple[dict[str, list[dict[str, str]]], list[str]]:
    tables, problems = {}, []
    csv.field_size_limit(10**8)
    for name, columns in CONTRACT.items():
        path = out / f"{name}.csv"
        if not path.is_file():
            problems.append(f"{path} is missing")
            continue
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            tables[name] = list(reader)
        header, wanted = list(reader.fieldnames or []), columns.split()
        if header[: len(wanted)] != wanted:
            problems.append(f"{path} begins with {header[: len(wanted)]}, not with {wanted}")
        if any(None in row or None in row.values() for row in tables[name]):
            problems.append(f"{path} has rows that are longer or shorter than its header")
    return tables, problems


def missing_documents(inputs: Path, tables: dict[str, list[dict[str, str]]]) -> Iterator[str]:
    """Every input must have a row; what failed must at least be named among the errors."""
    seen = {Path(p).name for row in tables["documents"] for p in row["source_path"].split("|")}
    failed = {Path(row["source_path"]).name for row in tables["errors"]}
    for path in sorted(inputs.rglob("*")):
        if path.suffix.lower() in INPUTS and path.name not in seen:
            yield f"{path} has no row in documents.csv" + (" (it failed)" if path.name in failed else "")


def dangling_documents(tables: dict[str, list[dict[str, str]]]) -> Iterator[str]:
    known = {row["doc_id"] for row in tables["documents"]}
    for name, rows in tables.items():
        strangers = {row["doc_id"] for row in rows} - known
        if name != "errors" and strangers:
            yield f"{name}.csv has rows of documents that documents.csv lacks: {sorted(strangers)[:3]}"


def missing_texts(out: Path, tables: dict[str, list[dict[str, str]]]) -> Iterator[str]:
    for row in tables["documents"]:
        path = out / "text" / f"{row['doc_id']}.json"
        if not path.is_file():
            yield f"{path} is missing"
        elif len(json.loads(path.read_text(encoding="utf-8"))["pages"]) != int(row["pages"]):
            yield f"{path} has another number of pages than documents.csv"


def undescribed(out: Path) -> Iterator[str]:
    package = json.loads((out / "datapackage.json").read_text(encoding="utf-8"))
    described = {resource["name"] for resource in package["resources"]}
    if missing := set(CONTRACT) - described:
        yield f"datapackage.json doesn't describe {sorted(missing)}"


def personal_numbers(out: Path) -> Iterator[str]:
    """Names file and line, never the number."""
    for path in sorted(p for p in out.rglob("*") if p.suffix in {".csv", ".json", ".html", ".txt", ".md"}):
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
            if any(check_digit_holds(a + b) for a, b in PERSONAL.findall(line)):
                yield f"{path}:{number} seems to hold a personal number in clear"


def check_digit_holds(digits: str) -> bool:
    """The Luhn check over ten digits."""
    doubled = [int(d) * (2 - i % 2) for i, d in enumerate(digits)]
    return sum(d // 10 + d % 10 for d in doubled) % 10 == 0


def summary(tables: dict[str, list[dict[str, str]]]) -> None:
    review = sum(row["needs_review"] == "true" for row in tables["documents"])
    counts = ", ".join(f"{len(rows)} {name}" for name, rows in tables.items())
    print(f"Tables are sound: {counts}; {review} documents ask for review.")


if __name__ == "__main__":
    sys.exit(main(*(map(Path, sys.argv[1:] or ["data/raw", "data/extracted"]))))
